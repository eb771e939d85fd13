;; A load that waits does not keep the result above it from its local.
;; invoke f 1.5 2 -> 3.0
(module
  (memory 1)
  (data (i32.const 8) "\00\00\00\00\00\00\f0\3f")
  (func $f (export "f") (param $a f64) (param $b f64) (result f64) (local $c f64)
    (f64.sub (f64.load (i32.const 8)) (local.tee $c (f64.sub (local.get $a) (local.get $b))))
    (f64.mul (local.get $c) (f64.const -3))
    (f64.add)))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result f64) (export "f")
;; 48 bytes, 8 instructions, 1.60 x the 30 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm          code  bytes             x86-64                           ; after, notes
;;           (entry)                                                                ; $a: xmm6 $b: xmm7
;;  0  0x28  i32.const 8   - constant, used where it is consumed                    ; [8]
;;  1  0x2a  f64.load      - load, done by the instruction that consumes it         ; [mem[0x8]], deferred, bounds check elided by guard pages, can trap
;;  2  0x2d  local.get $a  - local, read where it lives                             ; [mem[0x8], $a]
;;  3  0x2f  local.get $b  - local, read where it lives                             ; [mem[0x8], $a, $b]
;;  4  0x31  f64.sub          0  440f28c6          movaps xmm8, xmm6                ; [mem[0x8], xmm8], computed in its destination
;;                            4  f2440f5cc7        subsd xmm8, xmm7
;;  5  0x32  local.tee $c  - value is already where it belongs                      ; [mem[0x8], $c] $c: xmm8
;;  6  0x34  f64.sub          9  f2410f104608      movsd xmm0, qword [r14+8]        ; [xmm0]
;;                            f  f2410f5cc0        subsd xmm0, xmm8
;;  7  0x35  local.get $c  - local, read where it lives                             ; [xmm0, $c]
;;  8  0x37  f64.const -3  - constant, used where it is consumed                    ; [xmm0, $c, -3]
;;  9  0x40  f64.mul         14  410f28c8          movaps xmm1, xmm8                ; [xmm0, xmm1]
;;                           18  f20f590d08000000  mulsd xmm1, qword [rip+const:0]
;; 10  0x41  f64.add         20  f20f58c1          addsd xmm0, xmm1                 ; [xmm0]
;; 11  0x42  end             24  c3                ret
;;                           25  cccccc            padding
;;               const:0:    28  00000000000008c0  f64 -3
