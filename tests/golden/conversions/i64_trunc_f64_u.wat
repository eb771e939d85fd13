;; Two halves of the range.
;; invoke f 9223372036854775808 -> -9223372036854775808
;; invoke f 1e300 -> trap integer overflow
(module
  (func $f (export "f") (param $a f64) (result i64)
    (i64.trunc_f64_u (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result i64) (export "f")
;; 104 bytes, 18 instructions, 20.80 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                code  bytes                 x86-64                             ; after, notes
;;          (entry)                                                                            ; $a: xmm6
;; 0  0x20  local.get $a        - local, read where it lives                                   ; [$a]
;; 1  0x22  i64.trunc_f64_u        0  660f2e3558000000      ucomisd xmm6, qword [rip+const:0]  ; [rax], can trap
;;                                 8  0f831d000000          jae @1+43
;;                                 e  f2480f2cc6            cvttsd2si rax, xmm6
;;                                13  4885c0                test rax, rax
;;                                16  0f8934000000          jns @2
;;                                1c  660f2ef6              ucomisd xmm6, xmm6
;;                                20  0f8a2b000000          jp trap.conversion@1
;;                                26  e92a000000            jmp trap.overflow@1
;;                                2b  440f28fe              movaps xmm15, xmm6
;;                                2f  f2440f5c3d28000000    subsd xmm15, qword [rip+const:0]
;;                                38  f2490f2cc7            cvttsd2si rax, xmm15
;;                                3d  49bb0000000000000080  mov r11, 0x8000000000000000
;;                                47  4933c3                xor rax, r11
;;                                4a  0f8909000000          jns trap.overflow@1
;;          trap.conversion@1:    51  41ff5718              call qword [r15+trap]              ; out of line
;;            trap.overflow@1:    55  41ff5718              call qword [r15+trap]              ; out of line
;;            trap.overflow@1:    59  41ff5718              call qword [r15+trap]              ; out of line
;; 2  0x23  end                   50  c3                    ret
;;                                5d  cccccc                padding
;;                    const:0:    60  000000000000e043      f64 9.223372036854776e+18
