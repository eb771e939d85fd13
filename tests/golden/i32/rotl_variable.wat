;; A rotation by cl.
;; invoke f 0x80000001 1 -> 3
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.rotl (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 7 bytes, 4 instructions, 1.00 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x23  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x25  i32.rotl         0  8bce   mov ecx, esi     ; [eax]
;;                           2  8bc7   mov eax, edi
;;                           4  d3c0   rol eax, cl
;; 3  0x26  end              6  c3     ret
