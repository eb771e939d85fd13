;; The last argument is computed where the callee wants it, its local is stored before.
;; invoke f 5 -> 15
(module
  (func $f (export "f") (param $n i32) (result i32)
    (if (i32.eqz (local.get $n)) (then (return (i32.const 0))))
    (i32.add (call $f (i32.sub (local.get $n) (i32.const 1))) (local.get $n))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 48 bytes, 15 instructions, 2.29 x the 21 bytes of wasm; frame 40 bytes, 0 spills
;;  #    at  wasm           code  bytes         x86-64                            ; after, notes
;;           (entry)           0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $n: edi
;;                             4  0f8222000000  jb trap.stack
;;                             a  4883ec28      sub rsp, 0x28
;;             trap.stack:    2c  41ff5718      call qword [r15+trap]             ; out of line
;;  0  0x20  local.get $n   - local, read where it lives                          ; [$n]
;;  1  0x22  i32.eqz           e  85ff          test edi, edi                     ; [flags e], kept in flags
;;  2  0x23  if               10  7507          jne @8                            ; [], fused with the instruction before
;;  3  0x25    i32.const 0  - constant, used where it is consumed                 ; [0]
;;  4  0x27    return         12  33c0          xor eax, eax                      ; moved to where the label expects it
;;                            14  4883c428      add rsp, 0x28
;;                            18  c3            ret
;;  5  0x28  end            - only structure                                      ; []
;;  6  0x29  local.get $n   - local, read where it lives                          ; [$n]
;;  7  0x2b  i32.const 1    - constant, used where it is consumed                 ; [$n, 1]
;;  8  0x2d  i32.sub          19  893c24        mov dword [rsp], edi              ; [edi] $n: [rsp], locals saved around the call, computed in its destination
;;                            1c  83ef01        sub edi, 1
;;  9  0x2e  call $f          1f  e800000000    call $f                           ; [eax]
;; 10  0x30  local.get $n   - local, read where it lives                          ; [eax, $n]
;; 11  0x32  i32.add          24  030424        add eax, dword [rsp]              ; [eax], folded into an operand
;; 12  0x33  end              27  4883c428      add rsp, 0x28
;;                            2b  c3            ret
