;; The divisor of the outer division is where idiv puts its remainder.
;; invoke f 100 7 -> 50
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.div_s (local.get $a) (i32.rem_s (local.get $a) (local.get $b)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 71 bytes, 23 instructions, 7.10 x the 10 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm              code  bytes         x86-64                 ; after, notes
;;          (entry)                                                      ; $a: edi $b: esi
;; 0  0x21  local.get $a      - local, read where it lives               ; [$a]
;; 1  0x23  local.get $a      - local, read where it lives               ; [$a, $a]
;; 2  0x25  local.get $b      - local, read where it lives               ; [$a, $a, $b]
;; 3  0x27  i32.rem_s            0  8bc7          mov eax, edi           ; [$a, edx], can trap
;;                               2  85f6          test esi, esi
;;                               4  0f8431000000  je trap.divide@3
;;                               a  83feff        cmp esi, 0xffffffff
;;                               d  7504          jne @3+13
;;                               f  33d2          xor edx, edx
;;                              11  eb03          jmp @4
;;                              13  99            cdq
;;                              14  f7fe          idiv esi
;;            trap.divide@3:    3b  41ff5718      call qword [r15+trap]  ; out of line
;; 4  0x28  i32.div_s           16  448bda        mov r11d, edx          ; [eax], can trap
;;                              19  8bc7          mov eax, edi
;;                              1b  4585db        test r11d, r11d
;;                              1e  0f841b000000  je trap.divide@4
;;                              24  4183fbff      cmp r11d, 0xffffffff
;;                              28  750c          jne @4+20
;;                              2a  81f800000080  cmp eax, 0x80000000
;;                              30  0f840d000000  je trap.overflow@4
;;                              36  99            cdq
;;                              37  41f7fb        idiv r11d
;;            trap.divide@4:    3f  41ff5718      call qword [r15+trap]  ; out of line
;;          trap.overflow@4:    43  41ff5718      call qword [r15+trap]  ; out of line
;; 5  0x29  end                 3a  c3            ret
