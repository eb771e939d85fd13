;; A cycle of two registers.
;; json
;; invoke f 9 4 -> -5
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (call $g (local.get $b) (local.get $a)))
  (func $g (param $a i32) (param $b i32) (result i32)
    (i32.sub (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 36 bytes, 10 instructions, 4.50 x the 8 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi $b: esi
;;                           4  0f8216000000  jb trap.stack
;;                           a  4883ec28      sub rsp, 0x28
;;           trap.stack:    20  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x22  local.get $b  - local, read where it lives                          ; [$b]
;; 1  0x24  local.get $a  - local, read where it lives                          ; [$b, $a]
;; 2  0x26  call $g          e  4c8bde        mov r11, rsi                      ; [eax] $a: - $b: -
;;                          11  8bf7          mov esi, edi
;;                          13  418bfb        mov edi, r11d
;;                          16  e800000000    call $g
;; 3  0x28  end             1b  4883c428      add rsp, 0x28
;;                          1f  c3            ret
;;
;; func 1 $g (param i32 i32) (result i32)
;; 5 bytes, 3 instructions, 0.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi $b: esi
;; 0  0x2b  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x2d  local.get $b  - local, read where it lives  ; [$a, $b]
;; 2  0x2f  i32.sub          0  8bc7   mov eax, edi     ; [eax]
;;                           2  2bc6   sub eax, esi
;; 3  0x30  end              4  c3     ret
