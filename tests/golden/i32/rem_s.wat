;; The remainder by -1 is zero, without a trap.
;; invoke f -7 2 -> -1
;; invoke f 0x80000000 -1 -> 0
;; invoke f 1 0 -> trap integer divide by zero
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.rem_s (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 29 bytes, 12 instructions, 4.14 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes         x86-64                 ; after, notes
;;          (entry)                                                    ; $a: edi $b: esi
;; 0  0x21  local.get $a    - local, read where it lives               ; [$a]
;; 1  0x23  local.get $b    - local, read where it lives               ; [$a, $b]
;; 2  0x25  i32.rem_s          0  8bc7          mov eax, edi           ; [edx], can trap
;;                             2  85f6          test esi, esi
;;                             4  0f840f000000  je trap.divide@2
;;                             a  83feff        cmp esi, 0xffffffff
;;                             d  7504          jne @2+13
;;                             f  33d2          xor edx, edx
;;                            11  eb03          jmp @3
;;                            13  99            cdq
;;                            14  f7fe          idiv esi
;;          trap.divide@2:    19  41ff5718      call qword [r15+trap]  ; out of line
;; 3  0x26  end               16  8bc2          mov eax, edx           ; moved to where the label expects it
;;                            18  c3            ret
