;; Dividing by -1 overflows for one value only.
;; invoke f 7 -> -7
;; invoke f 0x80000000 -> trap integer overflow
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.div_s (local.get $a) (i32.const -1))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 35 bytes, 10 instructions, 5.00 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm              code  bytes         x86-64                 ; after, notes
;;          (entry)                                                      ; $a: edi
;; 0  0x20  local.get $a      - local, read where it lives               ; [$a]
;; 1  0x22  i32.const -1      - constant, used where it is consumed      ; [$a, -1]
;; 2  0x24  i32.div_s            0  41bbffffffff  mov r11d, 0xffffffff   ; [eax], can trap
;;                               6  8bc7          mov eax, edi
;;                               8  4183fbff      cmp r11d, 0xffffffff
;;                               c  750c          jne @2+1a
;;                               e  81f800000080  cmp eax, 0x80000000
;;                              14  0f8405000000  je trap.overflow@2
;;                              1a  99            cdq
;;                              1b  41f7fb        idiv r11d
;;          trap.overflow@2:    1f  41ff5718      call qword [r15+trap]  ; out of line
;; 3  0x25  end                 1e  c3            ret
