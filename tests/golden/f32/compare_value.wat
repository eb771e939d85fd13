;; An unordered operand makes it false.
;; invoke f 1 2 -> 1
;; invoke f nan 2 -> 0
(module
  (func $f (export "f") (param $a f32) (param $b f32) (result i32)
    (f32.lt (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param f32 f32) (result i32) (export "f")
;; 10 bytes, 4 instructions, 1.43 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64              ; after, notes
;;          (entry)                                         ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a  - local, read where it lives      ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives      ; [$a, $b]
;; 2  0x25  f32.lt           0  0f2efe  ucomiss xmm7, xmm6  ; [eax]
;;                           3  0f97c0  seta al
;;                           6  0fb6c0  movzx eax, al
;; 3  0x26  end              9  c3      ret
