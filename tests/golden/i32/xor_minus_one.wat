;; The complement.
;; invoke f 5 -> -6
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.xor (local.get $a) (i32.const -1))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 6 bytes, 3 instructions, 0.86 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const -1  - constant, used where it is consumed  ; [$a, -1]
;; 2  0x24  i32.xor          0  8bc7    mov eax, edi             ; [eax]
;;                           2  83f0ff  xor eax, 0xffffffff
;; 3  0x25  end              5  c3      ret
