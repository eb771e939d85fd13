;; The second call's argument is the first one's result.
;; invoke f 5 -> 7
(module
  (func $f (export "f") (param $a i32) (result i32) (call $g (call $g (local.get $a))))
  (func $g (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 35 bytes, 9 instructions, 4.38 x the 8 bytes of wasm; frame 24 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                           4  0f8215000000  jb trap.stack
;;                           a  4883ec18      sub rsp, 0x18
;;           trap.stack:    1f  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x21  local.get $a  - local, read where it lives                          ; [$a]
;; 1  0x23  call $g          e  e800000000    call $g                           ; [eax] $a: -
;; 2  0x25  call $g         13  8bf8          mov edi, eax
;;                          15  e800000000    call $g
;; 3  0x27  end             1a  4883c418      add rsp, 0x18
;;                          1e  c3            ret
;;
;; func 1 $g (param i32) (result i32)
;; 4 bytes, 2 instructions, 0.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes   x86-64                   ; after, notes
;;          (entry)                                             ; l0: edi
;; 0  0x2a  local.get 0  - local, read where it lives           ; [l0]
;; 1  0x2c  i32.const 1  - constant, used where it is consumed  ; [l0, 1]
;; 2  0x2e  i32.add         0  8d4701  lea eax, [rdi+1]         ; [eax]
;; 3  0x2f  end             3  c3      ret
