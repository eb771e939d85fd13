;; The results of a call are used where they arrive.
;; invoke f 17 5 -> 32
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (call $divmod (local.get $a) (local.get $b))
    (i32.const 10) (i32.mul) (i32.add (i32.const 9)) (i32.add))
  (func $divmod (param $a i32) (param $b i32) (result i32 i32)
    (i32.div_u (local.get $a) (local.get $b))
    (i32.rem_u (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 36 bytes, 10 instructions, 2.40 x the 15 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi $b: esi
;;                           4  0f8216000000  jb trap.stack
;;                           a  4883ec38      sub rsp, 0x38
;;           trap.stack:    20  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x29  local.get $a  - local, read where it lives                          ; [$a]
;; 1  0x2b  local.get $b  - local, read where it lives                          ; [$a, $b]
;; 2  0x2d  call $divmod     e  e800000000    call $divmod                      ; [eax, ecx] $a: - $b: -
;; 3  0x2f  i32.const 10  - constant, used where it is consumed                 ; [eax, ecx, 10]
;; 4  0x31  i32.mul         13  6bc90a        imul ecx, 0xa                     ; [eax, ecx]
;; 5  0x32  i32.const 9   - constant, used where it is consumed                 ; [eax, ecx, 9]
;; 6  0x34  i32.add         16  83c109        add ecx, 9                        ; [eax, ecx]
;; 7  0x35  i32.add         19  03c1          add eax, ecx                      ; [eax]
;; 8  0x36  end             1b  4883c438      add rsp, 0x38
;;                          1f  c3            ret
;;
;; func 1 $divmod (param i32 i32) (result i32 i32)
;; 43 bytes, 16 instructions, 3.58 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes         x86-64                 ; after, notes
;;          (entry)                                                    ; $a: edi $b: esi
;; 0  0x39  local.get $a    - local, read where it lives               ; [$a]
;; 1  0x3b  local.get $b    - local, read where it lives               ; [$a, $b]
;; 2  0x3d  i32.div_u          0  8bc7          mov eax, edi           ; [eax], can trap
;;                             2  33d2          xor edx, edx
;;                             4  85f6          test esi, esi
;;                             6  0f8417000000  je trap.divide@2
;;                             c  f7f6          div esi
;;          trap.divide@2:    23  41ff5718      call qword [r15+trap]  ; out of line
;; 3  0x3e  local.get $a    - local, read where it lives               ; [eax, $a]
;; 4  0x40  local.get $b    - local, read where it lives               ; [eax, $a, $b]
;; 5  0x42  i32.rem_u          e  8bc8          mov ecx, eax           ; [ecx, edx], can trap
;;                            10  8bc7          mov eax, edi
;;                            12  33d2          xor edx, edx
;;                            14  85f6          test esi, esi
;;                            16  0f840b000000  je trap.divide@5
;;                            1c  f7f6          div esi
;;          trap.divide@5:    27  41ff5718      call qword [r15+trap]  ; out of line
;; 6  0x43  end               1e  8bc1          mov eax, ecx           ; moved to where the label expects it
;;                            20  8bca          mov ecx, edx
;;                            22  c3            ret
