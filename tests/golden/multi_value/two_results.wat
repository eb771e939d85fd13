;; eax and ecx.
;; invoke f 3 4 -> 4 3
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32 i32)
    (local.get $b) (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32 i32) (export "f")
;; 5 bytes, 3 instructions, 0.83 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi $b: esi
;; 0  0x22  local.get $b  - local, read where it lives  ; [$b]
;; 1  0x24  local.get $a  - local, read where it lives  ; [$b, $a]
;; 2  0x26  end              0  8bc6   mov eax, esi     ; moved to where the label expects it
;;                           2  8bcf   mov ecx, edi
;;                           4  c3     ret
