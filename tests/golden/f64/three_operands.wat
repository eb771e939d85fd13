;; With AVX operands stay where they are, and the result goes where it is wanted.
;; target features=avx
;; invoke f 1 2 3 4 -> -2.0
;; invoke g 9 2.5 -> -4.0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (param $c f64) (param $d f64) (result f64)
    (f64.div (f64.mul (f64.sub (local.get $a) (local.get $b)) (f64.add (local.get $d) (local.get $d)))
      (f64.add (local.get $a) (local.get $c))))
  (func $g (export "g") (param $a f64) (param $b f64) (result f64)
    (local.set $b (f64.sub (f64.sqrt (local.get $a)) (local.get $b)))
    (local.set $a (f64.max (f64.neg (local.get $a)) (local.get $b)))
    (f64.floor (f64.mul (f64.mul (local.get $a) (local.get $b)) (f64.const -14)))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64 f64 f64) (result f64) (export "f")
;; 23 bytes, 6 instructions, 1.21 x the 19 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm          code  bytes       x86-64                   ; after, notes
;;           (entry)                                                  ; $a: xmm6 $b: xmm7 $c: xmm8 $d: xmm9
;;  0  0x2e  local.get $a  - local, read where it lives               ; [$a]
;;  1  0x30  local.get $b  - local, read where it lives               ; [$a, $b]
;;  2  0x32  f64.sub          0  c5cb5cc7    vsubsd xmm0, xmm6, xmm7  ; [xmm0]
;;  3  0x33  local.get $d  - local, read where it lives               ; [xmm0, $d]
;;  4  0x35  local.get $d  - local, read where it lives               ; [xmm0, $d, $d]
;;  5  0x37  f64.add          4  c4c13358c9  vaddsd xmm1, xmm9, xmm9  ; [xmm0, xmm1]
;;  6  0x38  f64.mul          9  c5fb59c1    vmulsd xmm0, xmm0, xmm1  ; [xmm0]
;;  7  0x39  local.get $a  - local, read where it lives               ; [xmm0, $a]
;;  8  0x3b  local.get $c  - local, read where it lives               ; [xmm0, $a, $c]
;;  9  0x3d  f64.add          d  c4c14b58c8  vaddsd xmm1, xmm6, xmm8  ; [xmm0, xmm1]
;; 10  0x3e  f64.div         12  c5fb5ec1    vdivsd xmm0, xmm0, xmm1  ; [xmm0]
;; 11  0x3f  end             16  c3          ret
;;
;; func 1 $g (param f64 f64) (result f64) (export "g")
;; 80 bytes, 16 instructions, 2.35 x the 34 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm           code  bytes             x86-64                                  ; after, notes
;;           (entry)                                                                        ; $a: xmm6 $b: xmm7
;;  0  0x42  local.get $a   - local, read where it lives                                    ; [$a]
;;  1  0x44  f64.sqrt          0  c5cb51c6          vsqrtsd xmm0, xmm6, xmm6                ; [xmm0]
;;  2  0x45  local.get $b   - local, read where it lives                                    ; [xmm0, $b]
;;  3  0x47  f64.sub           4  c5fb5cff          vsubsd xmm7, xmm0, xmm7                 ; [xmm7] $b: -, computed in its destination
;;  4  0x48  local.set $b   - value is already where it belongs                             ; [] $b: xmm7
;;  5  0x4a  local.get $a   - local, read where it lives                                    ; [$a]
;;  6  0x4c  f64.neg           8  c57b103d30000000  vmovsd xmm15, qword [rip+const:0]       ; [xmm0]
;;                            10  c4c14857c7        vxorps xmm0, xmm6, xmm15
;;  7  0x4d  local.get $b   - local, read where it lives                                    ; [xmm0, $b]
;;  8  0x4f  f64.max          15  660f2ec7          ucomisd xmm0, xmm7                      ; [xmm6] $a: -, computed in its destination
;;                            19  7a08              jp @8+e
;;                            1b  750c              jne @8+14
;;                            1d  c5f854f7          vandps xmm6, xmm0, xmm7
;;                            21  eb0a              jmp @12
;;                            23  c5fb58f7          vaddsd xmm6, xmm0, xmm7
;;                            27  eb04              jmp @12
;;                            29  c5fb5ff7          vmaxsd xmm6, xmm0, xmm7
;;  9  0x50  local.set $a   - value is already where it belongs                             ; [] $a: xmm6
;; 10  0x52  local.get $a   - local, read where it lives                                    ; [$a]
;; 11  0x54  local.get $b   - local, read where it lives                                    ; [$a, $b]
;; 12  0x56  f64.mul          2d  c5cb59c7          vmulsd xmm0, xmm6, xmm7                 ; [xmm0]
;; 13  0x57  f64.const -14  - constant, used where it is consumed                           ; [xmm0, -14]
;; 14  0x60  f64.mul          31  c5fb59050f000000  vmulsd xmm0, xmm0, qword [rip+const:1]  ; [xmm0]
;; 15  0x61  f64.floor        39  c4e3790bc009      vroundsd xmm0, xmm0, xmm0, 9
;; 16  0x62  end              3f  c3                ret
;;                const:0:    40  0000000000000080  f64 -0
;;                const:1:    48  0000000000002cc0  f64 -14
