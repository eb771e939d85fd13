;; Two halves of the range.
;; invoke f 9223372036854775808 -> -9223372036854775808
;; invoke f 1e300 -> trap integer overflow
(module
  (func $f (export "f") (param $a f64) (result i64)
    (i64.trunc_f64_u (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result i64) (export "f")
;; 96 bytes, 17 instructions, 19.20 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                code  bytes                 x86-64                             ; after, notes
;;          (entry)                                                                            ; $a: xmm6
;; 0  0x20  local.get $a        - local, read where it lives                                   ; [$a]
;; 1  0x22  i64.trunc_f64_u        0  660f2e3550000000      ucomisd xmm6, qword [rip+const:0]  ; [rax], can trap
;;                                 8  7319                  jae @1+23
;;                                 a  f2480f2cc6            cvttsd2si rax, xmm6
;;                                 f  4885c0                test rax, rax
;;                                12  7934                  jns @2
;;                                14  660f2ef6              ucomisd xmm6, xmm6
;;                                18  0f8a2b000000          jp trap.conversion@1
;;                                1e  e92a000000            jmp trap.overflow@1
;;                                23  440f28fe              movaps xmm15, xmm6
;;                                27  f2440f5c3d28000000    subsd xmm15, qword [rip+const:0]
;;                                30  f2490f2cc7            cvttsd2si rax, xmm15
;;                                35  49bb0000000000000080  mov r11, 0x8000000000000000
;;                                3f  4933c3                xor rax, r11
;;                                42  0f8905000000          jns trap.overflow@1
;;          trap.conversion@1:    49  41ff5718              call qword [r15+trap]              ; out of line
;;            trap.overflow@1:    4d  41ff5718              call qword [r15+trap]              ; out of line
;; 2  0x23  end                   48  c3                    ret
;;                                51  cccccccccccccc        padding
;;                    const:0:    58  000000000000e043      f64 9.223372036854776e+18
