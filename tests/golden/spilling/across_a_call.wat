;; What is on the stack below a call goes to the frame, the pending load too.
;; invoke f 3 -> 20
(module
  (memory 1)
  (data (i32.const 4) "\05")
  (func $f (export "f") (param $a i32) (result i32)
    (i32.add (i32.load (i32.const 4))
      (i32.add (i32.mul (local.get $a) (local.get $a))
        (i32.add (local.get $a) (call $g)))))
  (func $g (result i32) (i32.const 3)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 61 bytes, 16 instructions, 3.21 x the 19 bytes of wasm; frame 56 bytes, 2 spills
;;  #    at  wasm          code  bytes         x86-64                            ; after, notes
;;           (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                            4  0f822f000000  jb trap.stack
;;                            a  4883ec38      sub rsp, 0x38
;;            trap.stack:    39  41ff5718      call qword [r15+trap]             ; out of line
;;  0  0x2a  i32.const 4   - constant, used where it is consumed                 ; [4]
;;  1  0x2c  i32.load      - load, done by the instruction that consumes it      ; [mem[0x4]], deferred, bounds check elided by guard pages, can trap
;;  2  0x2f  local.get $a  - local, read where it lives                          ; [mem[0x4], $a]
;;  3  0x31  local.get $a  - local, read where it lives                          ; [mem[0x4], $a, $a]
;;  4  0x33  i32.mul          e  8bc7          mov eax, edi                      ; [mem[0x4], eax]
;;                           10  0fafc7        imul eax, edi
;;  5  0x34  local.get $a  - local, read where it lives                          ; [mem[0x4], eax, $a]
;;  6  0x36  call $g         13  418b4e04      mov ecx, dword [r14+4]            ; [[rsp+0x10], [rsp+0x18], [rsp+0x20], eax] $a: -, spilled
;;                           17  894c2410      mov dword [rsp+0x10], ecx
;;                           1b  89442418      mov dword [rsp+0x18], eax
;;                           1f  897c2420      mov dword [rsp+0x20], edi
;;                           23  e800000000    call $g
;;  7  0x38  i32.add         28  03442420      add eax, dword [rsp+0x20]         ; [[rsp+0x10], [rsp+0x18], eax], folded into an operand
;;  8  0x39  i32.add         2c  03442418      add eax, dword [rsp+0x18]         ; [[rsp+0x10], eax], folded into an operand
;;  9  0x3a  i32.add         30  03442410      add eax, dword [rsp+0x10]         ; [eax], folded into an operand
;; 10  0x3b  end             34  4883c438      add rsp, 0x38
;;                           38  c3            ret
;;
;; func 1 $g (result i32)
;; 6 bytes, 2 instructions, 1.50 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes       x86-64               ; after, notes
;; 0  0x3e  i32.const 3  - constant, used where it is consumed  ; [3]
;; 1  0x40  end             0  b803000000  mov eax, 3           ; moved to where the label expects it
;;                          5  c3          ret
