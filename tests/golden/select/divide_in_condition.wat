;; The division takes eax and edx while the arms wait.
;; invoke f 7 8 9 4 -> 7
;; invoke f 7 8 8 4 -> 8
(module
  (func $f (export "f") (param $a i32) (param $b i32) (param $c i32) (param $d i32) (result i32)
    (select (i32.add (local.get $a) (i32.const 0)) (i32.add (local.get $b) (i32.const 0))
      (i32.ne (i32.rem_s (local.get $c) (local.get $d)) (i32.const 0)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32 i32 i32) (result i32) (export "f")
;; 45 bytes, 18 instructions, 2.14 x the 21 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm            code  bytes         x86-64                 ; after, notes
;;           (entry)                                                    ; $a: edi $b: esi $c: ebx $d: ebp
;;  0  0x23  local.get $a    - local, read where it lives               ; [$a]
;;  1  0x25  i32.const 0     - constant, used where it is consumed      ; [$a, 0]
;;  2  0x27  i32.add            0  8d07          lea eax, [rdi]         ; [eax]
;;  3  0x28  local.get $b    - local, read where it lives               ; [eax, $b]
;;  4  0x2a  i32.const 0     - constant, used where it is consumed      ; [eax, $b, 0]
;;  5  0x2c  i32.add            2  8d0e          lea ecx, [rsi]         ; [eax, ecx]
;;  6  0x2d  local.get $c    - local, read where it lives               ; [eax, ecx, $c]
;;  7  0x2f  local.get $d    - local, read where it lives               ; [eax, ecx, $c, $d]
;;  8  0x31  i32.rem_s          4  8bd0          mov edx, eax           ; [r8d, ecx, edx], can trap
;;                              6  8bc3          mov eax, ebx
;;                              8  448bc2        mov r8d, edx
;;                              b  85ed          test ebp, ebp
;;                              d  0f8416000000  je trap.divide@8
;;                             13  83fdff        cmp ebp, 0xffffffff
;;                             16  7504          jne @8+18
;;                             18  33d2          xor edx, edx
;;                             1a  eb03          jmp @10
;;                             1c  99            cdq
;;                             1d  f7fd          idiv ebp
;;           trap.divide@8:    29  41ff5718      call qword [r15+trap]  ; out of line
;;  9  0x32  i32.const 0     - constant, used where it is consumed      ; [r8d, ecx, edx, 0]
;; 10  0x34  i32.ne            1f  85d2          test edx, edx          ; [r8d, ecx, flags ne], kept in flags
;; 11  0x35  select            21  440f44c1      cmove r8d, ecx         ; [r8d], fused with the instruction before
;; 12  0x36  end               25  418bc0        mov eax, r8d           ; moved to where the label expects it
;;                             28  c3            ret
