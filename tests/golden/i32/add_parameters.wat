;; The sum of two parameters goes to the result register by one lea or mov and add.
;; invoke f 2 3 -> 5
;; invoke f -1 1 -> 0
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.add (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 4 bytes, 2 instructions, 0.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64              ; after, notes
;;          (entry)                                         ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives      ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives      ; [$a, $b]
;; 2  0x25  i32.add          0  8d0437  lea eax, [rdi+rsi]  ; [eax]
;; 3  0x26  end              3  c3      ret
