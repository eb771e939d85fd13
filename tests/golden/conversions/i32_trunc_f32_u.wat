;; Through a 64-bit conversion.
;; invoke f 4294967040 -> -256
;; invoke f -1 -> trap integer overflow
(module
  (func $f (export "f") (param $a f32) (result i32)
    (i32.trunc_f32_u (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f32) (result i32) (export "f")
;; 36 bytes, 10 instructions, 7.20 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                code  bytes         x86-64                 ; after, notes
;;          (entry)                                                        ; $a: xmm6
;; 0  0x20  local.get $a        - local, read where it lives               ; [$a]
;; 1  0x22  i32.trunc_f32_u        0  f3480f2cc6    cvttss2si rax, xmm6    ; [eax], can trap
;;                                 5  448bd8        mov r11d, eax
;;                                 8  4c3bd8        cmp r11, rax
;;                                 b  740e          je @2
;;                                 d  0f2ef6        ucomiss xmm6, xmm6
;;                                10  0f8a06000000  jp trap.conversion@1
;;                                16  e905000000    jmp trap.overflow@1
;;          trap.conversion@1:    1c  41ff5718      call qword [r15+trap]  ; out of line
;;            trap.overflow@1:    20  41ff5718      call qword [r15+trap]  ; out of line
;; 2  0x23  end                   1b  c3            ret
