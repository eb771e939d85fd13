;; The constant is on the left and needs a register.
;; invoke f 3 -> 97
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.sub (i32.const 100) (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 8 bytes, 3 instructions, 1.00 x the 8 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes       x86-64               ; after, notes
;;          (entry)                                               ; $a: edi
;; 0  0x20  i32.const 100  - constant, used where it is consumed  ; [100]
;; 1  0x23  local.get $a   - local, read where it lives           ; [100, $a]
;; 2  0x25  i32.sub           0  b864000000  mov eax, 0x64        ; [eax]
;;                            5  2bc7        sub eax, edi
;; 3  0x26  end               7  c3          ret
