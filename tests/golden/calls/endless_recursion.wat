;; The stack check ends it.
;; invoke f -> trap call stack exhausted
(module (func $f (export "f") (call $f)))
;; ==== x86-64 ====
;; func 0 $f (export "f")
;; 28 bytes, 7 instructions, 7.00 x the 4 bytes of wasm; frame 8 bytes, 0 spills
;; #    at  wasm         code  bytes         x86-64                            ; after, notes
;;          (entry)         0  493b6710      cmp rsp, qword [r15+stack_limit]
;;                          4  0f820e000000  jb trap.stack
;;                          a  4883ec08      sub rsp, 8
;;          trap.stack:    18  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x1e  call $f         e  e800000000    call $f
;; 1  0x20  end            13  4883c408      add rsp, 8
;;                         17  c3            ret
