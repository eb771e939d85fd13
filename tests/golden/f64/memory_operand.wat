;; A load is the second operand of the multiplication.
;; invoke f 2 0 -> 0.0
(module
  (memory 1)
  (func $f (export "f") (param $a f64) (param $p i32) (result f64)
    (f64.mul (local.get $a) (f64.load offset=8 (local.get $p)))))
;; ==== x86-64 ====
;; func 0 $f (param f64 i32) (result f64) (export "f")
;; 11 bytes, 3 instructions, 1.10 x the 10 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm               code  bytes           x86-64                         ; after, notes
;;          (entry)                                                                 ; $a: xmm6 $p: edi
;; 0  0x26  local.get $a       - local, read where it lives                         ; [$a]
;; 1  0x28  local.get $p       - local, read where it lives                         ; [$a, $p]
;; 2  0x2a  f64.load offset=8  - load, done by the instruction that consumes it     ; [$a, mem[rdi+8]], deferred, bounds check elided by guard pages, can trap
;; 3  0x2d  f64.mul               0  0f28c6          movaps xmm0, xmm6              ; [xmm0], folded into an operand
;;                                3  f2410f59443e08  mulsd xmm0, qword [r14+rdi+8]
;; 4  0x2e  end                   a  c3              ret
