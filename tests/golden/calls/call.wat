;; A parameter is already where the callee wants it.
;; invoke f 5 -> 6
(module
  (func $f (export "f") (param $a i32) (result i32) (call $g (local.get $a)))
  (func $g (param $a i32) (result i32) (i32.add (local.get $a) (i32.const 1))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 28 bytes, 7 instructions, 4.67 x the 6 bytes of wasm; frame 24 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                           4  0f820e000000  jb trap.stack
;;                           a  4883ec18      sub rsp, 0x18
;;           trap.stack:    18  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x21  local.get $a  - local, read where it lives                          ; [$a]
;; 1  0x23  call $g          e  e800000000    call $g                           ; [eax] $a: -
;; 2  0x25  end             13  4883c418      add rsp, 0x18
;;                          17  c3            ret
;;
;; func 1 $g (param i32) (result i32)
;; 4 bytes, 2 instructions, 0.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x28  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x2a  i32.const 1   - constant, used where it is consumed  ; [$a, 1]
;; 2  0x2c  i32.add          0  8d4701  lea eax, [rdi+1]         ; [eax]
;; 3  0x2d  end              3  c3      ret
