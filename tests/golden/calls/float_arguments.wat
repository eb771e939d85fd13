;; Each class counts for itself.
;; invoke f 1 2.5 -> 5.5
(module
  (func $f (export "f") (param $a i32) (param $b f64) (result f64)
    (call $g (local.get $b) (i32.add (local.get $a) (i32.const 1)) (f32.const 1)))
  (func $g (param $x f64) (param $y i32) (param $z f32) (result f64)
    (f64.add (local.get $x) (f64.add (f64.convert_i32_s (local.get $y))
      (f64.promote_f32 (local.get $z))))))
;; ==== x86-64 ====
;; func 0 $f (param i32 f64) (result f64) (export "f")
;; 56 bytes, 10 instructions, 3.50 x the 16 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm          code  bytes             x86-64                            ; after, notes
;;          (entry)          0  493b6710          cmp rsp, qword [r15+stack_limit]  ; $a: edi $b: xmm6
;;                           4  0f821b000000      jb trap.stack
;;                           a  4883ec38          sub rsp, 0x38
;;           trap.stack:    25  41ff5718          call qword [r15+trap]             ; out of line
;; 0  0x29  local.get $b  - local, read where it lives                              ; [$b]
;; 1  0x2b  local.get $a  - local, read where it lives                              ; [$b, $a]
;; 2  0x2d  i32.const 1   - constant, used where it is consumed                     ; [$b, $a, 1]
;; 3  0x2f  i32.add          e  8d4701            lea eax, [rdi+1]                  ; [$b, eax]
;; 4  0x30  f32.const 1   - constant, used where it is consumed                     ; [$b, eax, 1]
;; 5  0x35  call $g         11  8bf8              mov edi, eax                      ; [xmm0] $a: - $b: -
;;                          13  f30f103d15000000  movss xmm7, dword [rip+const:0]
;;                          1b  e800000000        call $g
;; 6  0x37  end             20  4883c438          add rsp, 0x38
;;                          24  c3                ret
;;                          29  cccccccccccccc    padding
;;              const:0:    30  0000803f00000000  f32 1
;;
;; func 1 $g (param f64 i32 f32) (result f64)
;; 23 bytes, 7 instructions, 1.92 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm               code  bytes     x86-64               ; after, notes
;;          (entry)                                                 ; $x: xmm6 $y: edi $z: xmm7
;; 0  0x3a  local.get $x       - local, read where it lives         ; [$x]
;; 1  0x3c  local.get $y       - local, read where it lives         ; [$x, $y]
;; 2  0x3e  f64.convert_i32_s     0  0f57c0    xorps xmm0, xmm0     ; [$x, xmm0]
;;                                3  f20f2ac7  cvtsi2sd xmm0, edi
;; 3  0x3f  local.get $z       - local, read where it lives         ; [$x, xmm0, $z]
;; 4  0x41  f64.promote_f32       7  0f28cf    movaps xmm1, xmm7    ; [$x, xmm0, xmm1]
;;                                a  f30f5ac9  cvtss2sd xmm1, xmm1
;; 5  0x42  f64.add               e  f20f58c1  addsd xmm0, xmm1     ; [$x, xmm0]
;; 6  0x43  f64.add              12  f20f58c6  addsd xmm0, xmm6     ; [xmm0]
;; 7  0x44  end                  16  c3        ret
