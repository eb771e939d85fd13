;; cmp and cmov.
;; json
;; invoke f 3 4 -> 3
;; invoke f 4 3 -> 3
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (select (local.get $a) (local.get $b) (i32.lt_s (local.get $a) (local.get $b)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 8 bytes, 4 instructions, 0.67 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64           ; after, notes
;;          (entry)                                      ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives   ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives   ; [$a, $b]
;; 2  0x25  local.get $a  - local, read where it lives   ; [$a, $b, $a]
;; 3  0x27  local.get $b  - local, read where it lives   ; [$a, $b, $a, $b]
;; 4  0x29  i32.lt_s         0  3bfe    cmp edi, esi     ; [$a, $b, flags l], kept in flags
;; 5  0x2a  select           2  8bc7    mov eax, edi     ; [eax], fused with the instruction before
;;                           4  0f4dc6  cmovge eax, esi
;; 6  0x2b  end              7  c3      ret
