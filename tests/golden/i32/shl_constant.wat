;; An immediate count; 33 is 1.
;; invoke f 5 -> 10
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.shl (local.get $a) (i32.const 33))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 6 bytes, 3 instructions, 0.86 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 33  - constant, used where it is consumed  ; [$a, 33]
;; 2  0x24  i32.shl          0  8bc7    mov eax, edi             ; [eax]
;;                           2  c1e001  shl eax, 1
;; 3  0x25  end              5  c3      ret
