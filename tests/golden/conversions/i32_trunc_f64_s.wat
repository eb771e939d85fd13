;; Out of range and NaN trap, out of line.
;; json
;; invoke f -1.9 -> -1
;; invoke f 2147483648 -> trap integer overflow
;; invoke f nan -> trap invalid conversion to integer
(module
  (func $f (export "f") (param $a f64) (result i32)
    (i32.trunc_f64_s (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result i32) (export "f")
;; 39 bytes, 11 instructions, 7.80 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                code  bytes         x86-64                 ; after, notes
;;          (entry)                                                        ; $a: xmm6
;; 0  0x20  local.get $a        - local, read where it lives               ; [$a]
;; 1  0x22  i32.trunc_f64_s        0  f2480f2cc6    cvttsd2si rax, xmm6    ; [eax], can trap
;;                                 5  4c63d8        movsxd r11, eax
;;                                 8  4c3bd8        cmp r11, rax
;;                                 b  740f          je @1+1c
;;                                 d  660f2ef6      ucomisd xmm6, xmm6
;;                                11  0f8a08000000  jp trap.conversion@1
;;                                17  e907000000    jmp trap.overflow@1
;;                                1c  8bc0          mov eax, eax
;;          trap.conversion@1:    1f  41ff5718      call qword [r15+trap]  ; out of line
;;            trap.overflow@1:    23  41ff5718      call qword [r15+trap]  ; out of line
;; 2  0x23  end                   1e  c3            ret
