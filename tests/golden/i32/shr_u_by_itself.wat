;; Value and count are the same local.
;; invoke f 4 -> 0
;; invoke f -32 -> -32
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.shr_u (local.get $a) (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 7 bytes, 4 instructions, 1.00 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x22  local.get $a  - local, read where it lives  ; [$a, $a]
;; 2  0x24  i32.shr_u        0  8bcf   mov ecx, edi     ; [eax]
;;                           2  8bc7   mov eax, edi
;;                           4  d3e8   shr eax, cl
;; 3  0x25  end              6  c3     ret
