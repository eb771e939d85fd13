;; Float locals are pinned too.
;; invoke f 4 -> 3.75
(module
  (func $f (export "f") (param $n i32) (result f64)
    (local $x f64) (local $sum f64)
    (local.set $x (f64.const 2))
    (loop $again
      (local.set $sum (f64.add (local.get $sum) (local.get $x)))
      (local.set $x (f64.mul (local.get $x) (f64.const 0.5)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result f64) (export "f")
;; 56 bytes, 9 instructions, 1.12 x the 50 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm              code  bytes             x86-64                           ; after, notes
;;           (entry)                                                                    ; $n: edi $sum: 0
;;  0  0x22  f64.const 2       - constant, used where it is consumed                    ; [2]
;;  1  0x2b  local.set $x         0  f20f103520000000  movsd xmm6, qword [rip+const:0]  ; [] $x: xmm6
;;  2  0x2d  loop $again          8  0f57ff            xorps xmm7, xmm7                 ; $sum: xmm7
;;                                b  0f1f440000        nop dword [rax+rax]
;;  3  0x2f    local.get $sum  - local, read where it lives                             ; [$sum]
;;  4  0x31    local.get $x    - local, read where it lives                             ; [$sum, $x]
;;  5  0x33    f64.add           10  f20f58fe          addsd xmm7, xmm6                 ; [xmm7] $sum: -, computed in its destination
;;  6  0x34    local.set $sum  - value is already where it belongs                      ; [] $sum: xmm7
;;  7  0x36    local.get $x    - local, read where it lives                             ; [$x]
;;  8  0x38    f64.const 0.5   - constant, used where it is consumed                    ; [$x, 0.5]
;;  9  0x41    f64.mul           14  f20f593514000000  mulsd xmm6, qword [rip+const:1]  ; [xmm6] $x: -, computed in its destination
;; 10  0x42    local.set $x    - value is already where it belongs                      ; [] $x: xmm6
;; 11  0x44    local.get $n    - local, read where it lives                             ; [$n]
;; 12  0x46    i32.const 1     - constant, used where it is consumed                    ; [$n, 1]
;; 13  0x48    i32.sub           1c  83ef01            sub edi, 1                       ; [edi] $n: -, computed in its destination
;; 14  0x49    local.tee $n    - value is already where it belongs                      ; [$n] $n: edi
;; 15  0x4b    br_if $again      1f  75ef              jne @5                           ; []
;; 16  0x4d  end               - only structure
;; 17  0x4e  local.get $sum    - local, read where it lives                             ; [$sum]
;; 18  0x50  end                 21  0f28c7            movaps xmm0, xmm7                ; moved to where the label expects it
;;                               24  c3                ret
;;                               25  cccccc            padding
;;                   const:0:    28  0000000000000040  f64 2
;;                   const:1:    30  000000000000e03f  f64 0.5
