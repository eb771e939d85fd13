;; The bits of a float constant are stored as an integer.
;; invoke f 8 -> 1.5
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result f32)
    (f32.store (local.get $p) (f32.const 1.5))
    (f64.store offset=8 (local.get $p) (f64.const 0))
    (f32.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result f32) (export "f")
;; 24 bytes, 4 instructions, 0.77 x the 31 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                code  bytes               x86-64                           ; after, notes
;;          (entry)                                                                        ; $p: edi
;; 0  0x25  local.get $p        - local, read where it lives                               ; [$p]
;; 1  0x27  f32.const 1.5       - constant, used where it is consumed                      ; [$p, 1.5]
;; 2  0x2c  f32.store              0  41c7043e0000c03f    mov dword [r14+rdi], 0x3fc00000  ; [], bounds check elided by guard pages, can trap
;; 3  0x2f  local.get $p        - local, read where it lives                               ; [$p]
;; 4  0x31  f64.const 0         - constant, used where it is consumed                      ; [$p, 0]
;; 5  0x3a  f64.store offset=8     8  49c7443e0800000000  mov qword [r14+rdi+8], 0         ; [], bounds check elided by guard pages, can trap
;; 6  0x3d  local.get $p        - local, read where it lives                               ; [$p]
;; 7  0x3f  f32.load            - load, done by the instruction that consumes it           ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 8  0x42  end                   11  f3410f10043e        movss xmm0, dword [r14+rdi]
;;                                17  c3                  ret
