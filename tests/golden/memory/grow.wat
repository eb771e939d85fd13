;; A library call; the base does not move.
;; invoke f 2 -> 1
;; invoke f 70000 -> -1
(module
  (memory 1)
  (func $f (export "f") (param $n i32) (result i32)
    (memory.grow (local.get $n))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 38 bytes, 10 instructions, 6.33 x the 6 bytes of wasm; frame 24 bytes, 0 spills
;; #    at  wasm          code  bytes           x86-64                            ; after, notes
;;          (entry)          0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $n: edi
;;                           4  0f8218000000    jb trap.stack
;;                           a  4883ec18        sub rsp, 0x18
;;           trap.stack:    22  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x25  local.get $n  - local, read where it lives                            ; [$n]
;; 1  0x27  memory.grow      e  8bf7            mov esi, edi                      ; [eax] $n: -
;;                          10  498b9700000000  mov rdx, qword [r15+memory:0]
;;                          17  41ff5740        call qword [r15+memory_grow]
;;                          1b  8bc0            mov eax, eax
;; 2  0x29  end             1d  4883c418        add rsp, 0x18
;;                          21  c3              ret
