;; The result goes to the local's home.
;; invoke f 2 -> 8
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local $b i32)
    (local.set $b (call $g (local.get $a)))
    (i32.add (local.get $b) (local.get $b)))
  (func $g (param i32) (result i32) (i32.add (local.get 0) (local.get 0))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 33 bytes, 9 instructions, 2.20 x the 15 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                           4  0f8213000000  jb trap.stack
;;                           a  4883ec28      sub rsp, 0x28
;;           trap.stack:    1d  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x23  local.get $a  - local, read where it lives                          ; [$a]
;; 1  0x25  call $g          e  e800000000    call $g                           ; [eax] $a: -
;; 2  0x27  local.set $b    13  8bd8          mov ebx, eax                      ; [] $b: ebx
;; 3  0x29  local.get $b  - local, read where it lives                          ; [$b]
;; 4  0x2b  local.get $b  - local, read where it lives                          ; [$b, $b]
;; 5  0x2d  i32.add         15  8d041b        lea eax, [rbx+rbx]                ; [eax]
;; 6  0x2e  end             18  4883c428      add rsp, 0x28
;;                          1c  c3            ret
;;
;; func 1 $g (param i32) (result i32)
;; 4 bytes, 2 instructions, 0.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes   x86-64              ; after, notes
;;          (entry)                                        ; l0: edi
;; 0  0x31  local.get 0  - local, read where it lives      ; [l0]
;; 1  0x33  local.get 0  - local, read where it lives      ; [l0, l0]
;; 2  0x35  i32.add         0  8d043f  lea eax, [rdi+rdi]  ; [eax]
;; 3  0x36  end             3  c3      ret
