;; An operand below the arguments waits in the frame.
;; invoke f 5 3 -> 37
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.add (i32.mul (local.get $a) (i32.const 7)) (call $g (local.get $b))))
  (func $g (param i32) (result i32) (i32.sub (local.get 0) (i32.const 1))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 41 bytes, 11 instructions, 3.42 x the 12 bytes of wasm; frame 40 bytes, 1 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi $b: esi
;;                           4  0f821b000000  jb trap.stack
;;                           a  4883ec28      sub rsp, 0x28
;;           trap.stack:    25  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x27  local.get $a  - local, read where it lives                          ; [$a]
;; 1  0x29  i32.const 7   - constant, used where it is consumed                 ; [$a, 7]
;; 2  0x2b  i32.mul          e  6bc707        imul eax, edi, 7                  ; [eax]
;; 3  0x2c  local.get $b  - local, read where it lives                          ; [eax, $b]
;; 4  0x2e  call $g         11  89442418      mov dword [rsp+0x18], eax         ; [[rsp+0x18], eax] $a: - $b: -, spilled
;;                          15  8bfe          mov edi, esi
;;                          17  e800000000    call $g
;; 5  0x30  i32.add         1c  03442418      add eax, dword [rsp+0x18]         ; [eax], folded into an operand
;; 6  0x31  end             20  4883c428      add rsp, 0x28
;;                          24  c3            ret
;;
;; func 1 $g (param i32) (result i32)
;; 4 bytes, 2 instructions, 0.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes   x86-64                   ; after, notes
;;          (entry)                                             ; l0: edi
;; 0  0x34  local.get 0  - local, read where it lives           ; [l0]
;; 1  0x36  i32.const 1  - constant, used where it is consumed  ; [l0, 1]
;; 2  0x38  i32.sub         0  8d47ff  lea eax, [rdi-1]         ; [eax]
;; 3  0x39  end             3  c3      ret
