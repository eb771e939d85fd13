;; Saturates at both ends.
;; invoke f -1 -> 0
;; invoke f inf -> -1
(module
  (func $f (export "f") (param $a f32) (result i64)
    (i64.trunc_sat_f32_u (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f32) (result i64) (export "f")
;; 96 bytes, 15 instructions, 16.00 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                 code  bytes                 x86-64                             ; after, notes
;;          (entry)                                                                             ; $a: xmm6
;; 0  0x20  local.get $a         - local, read where it lives                                   ; [$a]
;; 1  0x22  i64.trunc_sat_f32_u     0  0f2e3551000000        ucomiss xmm6, dword [rip+const:0]  ; [rax]
;;                                  7  0f8318000000          jae @1+37
;;                                  d  f3480f2cc6            cvttss2si rax, xmm6
;;                                 12  4885c0                test rax, rax
;;                                 15  0f8936000000          jns @2
;;                                 1b  b800000000            mov eax, 0
;;                                 20  e92c000000            jmp @2
;;                                 25  440f28fe              movaps xmm15, xmm6
;;                                 29  f3440f5c3d26000000    subss xmm15, dword [rip+const:0]
;;                                 32  f3490f2cc7            cvttss2si rax, xmm15
;;                                 37  49bb0000000000000080  mov r11, 0x8000000000000000
;;                                 41  4933c3                xor rax, r11
;;                                 44  0f8807000000          js @2
;;                                 4a  48c7c0ffffffff        mov rax, 0xffffffffffffffff
;; 2  0x24  end                    51  c3                    ret
;;                                 52  cccccccccccc          padding
;;                     const:0:    58  0000005f00000000      f32 9.223372e+18
