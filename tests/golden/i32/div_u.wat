;; Only zero is checked.
;; invoke f -1 2 -> 0x7fffffff
;; invoke f 1 0 -> trap integer divide by zero
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.div_u (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 19 bytes, 7 instructions, 2.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes         x86-64                 ; after, notes
;;          (entry)                                                    ; $a: edi $b: esi
;; 0  0x21  local.get $a    - local, read where it lives               ; [$a]
;; 1  0x23  local.get $b    - local, read where it lives               ; [$a, $b]
;; 2  0x25  i32.div_u          0  8bc7          mov eax, edi           ; [eax], can trap
;;                             2  33d2          xor edx, edx
;;                             4  85f6          test esi, esi
;;                             6  0f8403000000  je trap.divide@2
;;                             c  f7f6          div esi
;;          trap.divide@2:     f  41ff5718      call qword [r15+trap]  ; out of line
;; 3  0x26  end                e  c3            ret
