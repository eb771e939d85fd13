;; A factorial; the stack is checked in the prologue.
;; invoke f 10 -> 3628800
(module
  (func $f (export "f") (param $n i64) (result i64)
    (if (result i64) (i64.eqz (local.get $n))
      (then (i64.const 1))
      (else (i64.mul (local.get $n) (call $f (i64.sub (local.get $n) (i64.const 1))))))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i64) (export "f")
;; 58 bytes, 15 instructions, 2.76 x the 21 bytes of wasm; frame 40 bytes, 0 spills
;;  #    at  wasm             code  bytes         x86-64                            ; after, notes
;;           (entry)             0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $n: rdi
;;                               4  0f822c000000  jb trap.stack
;;                               a  4883ec28      sub rsp, 0x28
;;               trap.stack:    36  41ff5718      call qword [r15+trap]             ; out of line
;;  0  0x20  local.get $n     - local, read where it lives                          ; [$n]
;;  1  0x22  i64.eqz             e  4885ff        test rdi, rdi                     ; [flags e], kept in flags
;;  2  0x23  if (result i64)    11  7507          jne @8                            ; [], fused with the instruction before
;;  3  0x25    i64.const 1    - constant, used where it is consumed                 ; [1]
;;  4  0x27  else               13  b801000000    mov eax, 1                        ; []
;;                              18  eb17          jmp @12
;;  5  0x28    local.get $n   - local, read where it lives                          ; [$n]
;;  6  0x2a    local.get $n   - local, read where it lives                          ; [$n, $n]
;;  7  0x2c    i64.const 1    - constant, used where it is consumed                 ; [$n, $n, 1]
;;  8  0x2e    i64.sub          1a  488d47ff      lea rax, [rdi-1]                  ; [$n, rax]
;;  9  0x2f    call $f          1e  48897c2410    mov qword [rsp+0x10], rdi         ; [[rsp+0x10], rax] $n: -
;;                              23  488bf8        mov rdi, rax
;;                              26  e800000000    call $f
;; 10  0x31    i64.mul          2b  480faf442410  imul rax, qword [rsp+0x10]        ; [rax], folded into an operand
;; 11  0x32  end              - only structure
;; 12  0x33  end                31  4883c428      add rsp, 0x28
;;                              35  c3            ret
