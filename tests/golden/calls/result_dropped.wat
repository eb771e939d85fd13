;; Nothing is done with the result.
;; invoke f 5 -> 5
(module
  (func $f (export "f") (param $a i32) (result i32)
    (drop (call $g))
    (local.get $a))
  (func $g (result i32) (i32.const 1)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 34 bytes, 9 instructions, 4.86 x the 7 bytes of wasm; frame 24 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                           4  0f8214000000  jb trap.stack
;;                           a  4883ec18      sub rsp, 0x18
;;           trap.stack:    1e  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x25  call $g          e  893c24        mov dword [rsp], edi              ; [eax] $a: [rsp], locals saved around the call
;;                          11  e800000000    call $g
;; 1  0x27  drop          - nothing to do                                       ; []
;; 2  0x28  local.get $a  - local, read where it lives                          ; [$a]
;; 3  0x2a  end             16  8b0424        mov eax, dword [rsp]              ; moved to where the label expects it
;;                          19  4883c418      add rsp, 0x18
;;                          1d  c3            ret
;;
;; func 1 $g (result i32)
;; 6 bytes, 2 instructions, 1.50 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes       x86-64               ; after, notes
;; 0  0x2d  i32.const 1  - constant, used where it is consumed  ; [1]
;; 1  0x2f  end             0  b801000000  mov eax, 1           ; moved to where the label expects it
;;                          5  c3          ret
