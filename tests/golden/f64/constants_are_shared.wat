;; Equal constants have one place in the pool.
;; invoke f 1 -> 22.5
(module
  (func $f (export "f") (param $a f64) (result f64)
    (f64.add (f64.mul (local.get $a) (f64.const 2.5))
      (f64.add (f64.const 17.5) (f64.const 2.5)))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 48 bytes, 6 instructions, 1.41 x the 34 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes             x86-64                           ; after, notes
;;          (entry)                                                                  ; $a: xmm6
;; 0  0x20  local.get $a    - local, read where it lives                             ; [$a]
;; 1  0x22  f64.const 2.5   - constant, used where it is consumed                    ; [$a, 2.5]
;; 2  0x2b  f64.mul            0  0f28c6            movaps xmm0, xmm6                ; [xmm0]
;;                             3  f20f590515000000  mulsd xmm0, qword [rip+const:0]
;; 3  0x2c  f64.const 17.5  - constant, used where it is consumed                    ; [xmm0, 17.5]
;; 4  0x35  f64.const 2.5   - constant, used where it is consumed                    ; [xmm0, 17.5, 2.5]
;; 5  0x3e  f64.add            b  f20f100d0d000000  movsd xmm1, qword [rip+const:0]  ; [xmm0, xmm1]
;;                            13  f20f580d0d000000  addsd xmm1, qword [rip+const:1]
;; 6  0x3f  f64.add           1b  f20f58c1          addsd xmm0, xmm1                 ; [xmm0]
;; 7  0x40  end               1f  c3                ret
;;                const:0:    20  0000000000000440  f64 2.5
;;                const:1:    28  0000000000803140  f64 17.5
