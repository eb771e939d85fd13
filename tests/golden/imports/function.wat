;; A foreign call: the callee's VMContext and memory for the time of the call.
;; json
;; invoke f 21 -> 42
(module
  (import "host" "twice" (func $twice (param i32) (result i32)))
  (func $f (export "f") (param $a i32) (result i32) (call $twice (local.get $a))))
;; ==== x86-64 ====
;; func 1 $f (param i32) (result i32) (export "f")
;; 55 bytes, 13 instructions, 9.17 x the 6 bytes of wasm; frame 24 bytes, 0 spills
;; #    at  wasm          code  bytes           x86-64                            ; after, notes
;;          (entry)          0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                           4  0f8229000000    jb trap.stack
;;                           a  4883ec18        sub rsp, 0x18
;;           trap.stack:    33  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x30  local.get $a  - local, read where it lives                            ; [$a]
;; 1  0x32  call $twice      e  4d8d9f00000000  lea r11, [r15+func:$twice.code]   ; [eax] $a: -
;;                          15  4c897c2408      mov qword [rsp+8], r15
;;                          1a  4d8b7b08        mov r15, qword [r11+8]
;;                          1e  4d8b7708        mov r14, qword [r15+memory0]
;;                          22  41ff13          call qword [r11]
;;                          25  4c8b7c2408      mov r15, qword [rsp+8]
;;                          2a  4d8b7708        mov r14, qword [r15+memory0]
;; 2  0x34  end             2e  4883c418        add rsp, 0x18
;;                          32  c3              ret
