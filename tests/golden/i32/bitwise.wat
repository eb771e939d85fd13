;; and, or, xor of registers.
;; invoke f 12 10 -> 2
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.xor (i32.and (local.get $a) (local.get $b))
      (i32.and (i32.or (local.get $a) (local.get $b)) (i32.const 10)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 14 bytes, 7 instructions, 0.88 x the 16 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives           ; [$a, $b]
;; 2  0x25  i32.and          0  8bc7    mov eax, edi             ; [eax]
;;                           2  23c6    and eax, esi
;; 3  0x26  local.get $a  - local, read where it lives           ; [eax, $a]
;; 4  0x28  local.get $b  - local, read where it lives           ; [eax, $a, $b]
;; 5  0x2a  i32.or           4  8bcf    mov ecx, edi             ; [eax, ecx]
;;                           6  0bce    or ecx, esi
;; 6  0x2b  i32.const 10  - constant, used where it is consumed  ; [eax, ecx, 10]
;; 7  0x2d  i32.and          8  83e10a  and ecx, 0xa             ; [eax, ecx]
;; 8  0x2e  i32.xor          b  33c1    xor eax, ecx             ; [eax]
;; 9  0x2f  end              d  c3      ret
