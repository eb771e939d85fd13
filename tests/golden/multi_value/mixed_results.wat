;; Classes count apart.
;; invoke f 1 2.5 -> 2.5 1 7 0.5
(module
  (func $f (export "f") (param $a i32) (param $b f64) (result f64 i32 i64 f32)
    (local.get $b) (local.get $a) (i64.const 7) (f32.const 0.5)))
;; ==== x86-64 ====
;; func 0 $f (param i32 f64) (result f64 i32 i64 f32) (export "f")
;; 32 bytes, 5 instructions, 2.46 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes             x86-64                           ; after, notes
;;          (entry)                                                                 ; $a: edi $b: xmm6
;; 0  0x24  local.get $b   - local, read where it lives                             ; [$b]
;; 1  0x26  local.get $a   - local, read where it lives                             ; [$b, $a]
;; 2  0x28  i64.const 7    - constant, used where it is consumed                    ; [$b, $a, 7]
;; 3  0x2a  f32.const 0.5  - constant, used where it is consumed                    ; [$b, $a, 7, 0.5]
;; 4  0x2f  end               0  8bc7              mov eax, edi                     ; moved to where the label expects it
;;                            2  0f28c6            movaps xmm0, xmm6
;;                            5  b907000000        mov ecx, 7
;;                            a  f30f100d06000000  movss xmm1, dword [rip+const:0]
;;                           12  c3                ret
;;                           13  cccccccccc        padding
;;               const:0:    18  0000003f00000000  f32 0.5
