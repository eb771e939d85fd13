;; Zero and overflow are checked in front of idiv.
;; invoke f -7 2 -> -3
;; invoke f 1 0 -> trap integer divide by zero
;; invoke f 0x80000000 -1 -> trap integer overflow
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.div_s (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 39 bytes, 12 instructions, 5.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm              code  bytes         x86-64                 ; after, notes
;;          (entry)                                                      ; $a: edi $b: esi
;; 0  0x21  local.get $a      - local, read where it lives               ; [$a]
;; 1  0x23  local.get $b      - local, read where it lives               ; [$a, $b]
;; 2  0x25  i32.div_s            0  8bc7          mov eax, edi           ; [eax], can trap
;;                               2  85f6          test esi, esi
;;                               4  0f8415000000  je trap.divide@2
;;                               a  83feff        cmp esi, 0xffffffff
;;                               d  750c          jne @2+1b
;;                               f  81f800000080  cmp eax, 0x80000000
;;                              15  0f8408000000  je trap.overflow@2
;;                              1b  99            cdq
;;                              1c  f7fe          idiv esi
;;            trap.divide@2:    1f  41ff5718      call qword [r15+trap]  ; out of line
;;          trap.overflow@2:    23  41ff5718      call qword [r15+trap]  ; out of line
;; 3  0x26  end                 1e  c3            ret
