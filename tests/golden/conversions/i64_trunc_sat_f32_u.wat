;; Saturates at both ends.
;; invoke f -1 -> 0
;; invoke f inf -> -1
(module
  (func $f (export "f") (param $a f32) (result i64)
    (i64.trunc_sat_f32_u (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f32) (result i64) (export "f")
;; 80 bytes, 15 instructions, 13.33 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                 code  bytes                 x86-64                             ; after, notes
;;          (entry)                                                                             ; $a: xmm6
;; 0  0x20  local.get $a         - local, read where it lives                                   ; [$a]
;; 1  0x22  i64.trunc_sat_f32_u     0  0f2e3541000000        ucomiss xmm6, dword [rip+const:0]  ; [rax]
;;                                  7  7311                  jae @1+1a
;;                                  9  f3480f2cc6            cvttss2si rax, xmm6
;;                                  e  4885c0                test rax, rax
;;                                 11  792f                  jns @2
;;                                 13  b800000000            mov eax, 0
;;                                 18  eb28                  jmp @2
;;                                 1a  440f28fe              movaps xmm15, xmm6
;;                                 1e  f3440f5c3d21000000    subss xmm15, dword [rip+const:0]
;;                                 27  f3490f2cc7            cvttss2si rax, xmm15
;;                                 2c  49bb0000000000000080  mov r11, 0x8000000000000000
;;                                 36  4933c3                xor rax, r11
;;                                 39  7807                  js @2
;;                                 3b  48c7c0ffffffff        mov rax, 0xffffffffffffffff
;; 2  0x24  end                    42  c3                    ret
;;                                 43  cccccccccc            padding
;;                     const:0:    48  0000005f00000000      f32 9.223372e+18
