;; A constant is four bytes of the pool; plus zero is made by xor.
;; invoke f -> 0.1
(module
  (func $f (export "f") (result f32)
    (f32.add (f32.const 0.1) (f32.const 0))))
;; ==== x86-64 ====
;; func 0 $f (result f32) (export "f")
;; 24 bytes, 3 instructions, 1.85 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes             x86-64                           ; after, notes
;; 0  0x1f  f32.const 0.1  - constant, used where it is consumed                    ; [0.1]
;; 1  0x24  f32.const 0    - constant, used where it is consumed                    ; [0.1, 0]
;; 2  0x29  f32.add           0  0f57c0            xorps xmm0, xmm0                 ; [xmm0]
;;                            3  f30f580505000000  addss xmm0, dword [rip+const:0]
;; 3  0x2a  end               b  c3                ret
;;                            c  cccccccc          padding
;;               const:0:    10  cdcccc3d00000000  f32 0.1
