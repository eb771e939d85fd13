;; A cycle of three registers.
;; invoke f 1 2 3 -> 231
(module
  (func $f (export "f") (param $a i32) (param $b i32) (param $c i32) (result i32)
    (call $g (local.get $b) (local.get $c) (local.get $a)))
  (func $g (param $a i32) (param $b i32) (param $c i32) (result i32)
    (i32.add (i32.mul (local.get $a) (i32.const 100))
      (i32.add (i32.mul (local.get $b) (i32.const 10)) (local.get $c)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32 i32) (result i32) (export "f")
;; 38 bytes, 11 instructions, 3.80 x the 10 bytes of wasm; frame 56 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi $b: esi $c: ebx
;;                           4  0f8218000000  jb trap.stack
;;                           a  4883ec38      sub rsp, 0x38
;;           trap.stack:    22  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x23  local.get $b  - local, read where it lives                          ; [$b]
;; 1  0x25  local.get $c  - local, read where it lives                          ; [$b, $c]
;; 2  0x27  local.get $a  - local, read where it lives                          ; [$b, $c, $a]
;; 3  0x29  call $g          e  4c8bdb        mov r11, rbx                      ; [eax] $a: - $b: - $c: -
;;                          11  8bdf          mov ebx, edi
;;                          13  8bfe          mov edi, esi
;;                          15  418bf3        mov esi, r11d
;;                          18  e800000000    call $g
;; 4  0x2b  end             1d  4883c438      add rsp, 0x38
;;                          21  c3            ret
;;
;; func 1 $g (param i32 i32 i32) (result i32)
;; 11 bytes, 5 instructions, 0.65 x the 17 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes   x86-64                   ; after, notes
;;          (entry)                                               ; $a: edi $b: esi $c: ebx
;; 0  0x2e  local.get $a   - local, read where it lives           ; [$a]
;; 1  0x30  i32.const 100  - constant, used where it is consumed  ; [$a, 100]
;; 2  0x33  i32.mul           0  6bc764  imul eax, edi, 0x64      ; [eax]
;; 3  0x34  local.get $b   - local, read where it lives           ; [eax, $b]
;; 4  0x36  i32.const 10   - constant, used where it is consumed  ; [eax, $b, 10]
;; 5  0x38  i32.mul           3  6bce0a  imul ecx, esi, 0xa       ; [eax, ecx]
;; 6  0x39  local.get $c   - local, read where it lives           ; [eax, ecx, $c]
;; 7  0x3b  i32.add           6  03cb    add ecx, ebx             ; [eax, ecx]
;; 8  0x3c  i32.add           8  03c1    add eax, ecx             ; [eax]
;; 9  0x3d  end               a  c3      ret
