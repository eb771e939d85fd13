;; Loads and stores of both float widths.
;; invoke f 0 2.5 -> 2.5
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (param $a f64) (result f64)
    (f32.store offset=8 (local.get $p) (f32.demote_f64 (local.get $a)))
    (f64.store (local.get $p) (f64.promote_f32 (f32.load offset=8 (local.get $p))))
    (f64.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32 f64) (result f64) (export "f")
;; 37 bytes, 8 instructions, 1.42 x the 26 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                code  bytes           x86-64                            ; after, notes
;;           (entry)                                                                     ; $p: edi $a: xmm6
;;  0  0x26  local.get $p        - local, read where it lives                            ; [$p]
;;  1  0x28  local.get $a        - local, read where it lives                            ; [$p, $a]
;;  2  0x2a  f32.demote_f64         0  0f28c6          movaps xmm0, xmm6                 ; [$p, xmm0]
;;                                  3  f20f5ac0        cvtsd2ss xmm0, xmm0
;;  3  0x2b  f32.store offset=8     7  f3410f11443e08  movss dword [r14+rdi+8], xmm0     ; [], bounds check elided by guard pages, can trap
;;  4  0x2e  local.get $p        - local, read where it lives                            ; [$p]
;;  5  0x30  local.get $p        - local, read where it lives                            ; [$p, $p]
;;  6  0x32  f32.load offset=8   - load, done by the instruction that consumes it        ; [$p, mem[rdi+8]], deferred, bounds check elided by guard pages, can trap
;;  7  0x35  f64.promote_f32        e  0f57c0          xorps xmm0, xmm0                  ; [$p, xmm0], folded into an operand
;;                                 11  f3410f5a443e08  cvtss2sd xmm0, dword [r14+rdi+8]
;;  8  0x36  f64.store             18  f2410f11043e    movsd qword [r14+rdi], xmm0       ; [], bounds check elided by guard pages, can trap
;;  9  0x39  local.get $p        - local, read where it lives                            ; [$p]
;; 10  0x3b  f64.load            - load, done by the instruction that consumes it        ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 11  0x3e  end                   1e  f2410f10043e    movsd xmm0, qword [r14+rdi]
;;                                 24  c3              ret
