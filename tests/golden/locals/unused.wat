;; Parameters and locals that are not used have no place.
;; invoke f 1 2 3 -> 3
(module
  (func $f (export "f") (param $a i32) (param $b i64) (param $c i32) (result i32)
    (local $d i32) (local $e f64)
    (local.get $c)))
;; ==== x86-64 ====
;; func 0 $f (param i32 i64 i32) (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.38 x the 8 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $c: ebx
;; 0  0x26  local.get $c  - local, read where it lives  ; [$c]
;; 1  0x28  end              0  8bc3   mov eax, ebx     ; moved to where the label expects it
;;                           2  c3     ret
