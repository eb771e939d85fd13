;; Locals are saved around the call and come back when they are needed.
;; invoke f 4 -> 20
(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $twice (local.get $n))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum))
  (func $twice (param i32) (result i32) (i32.add (local.get 0) (local.get 0))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 57 bytes, 17 instructions, 2.11 x the 27 bytes of wasm; frame 40 bytes, 0 spills
;;  #    at  wasm              code  bytes         x86-64                            ; after, notes
;;           (entry)              0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $n: edi $sum: 0
;;                                4  0f822b000000  jb trap.stack
;;                                a  4883ec28      sub rsp, 0x28
;;                trap.stack:    35  41ff5718      call qword [r15+trap]             ; out of line
;;  0  0x23  loop $again          e  33db          xor ebx, ebx                      ; $sum: ebx
;;  1  0x25    local.get $sum  - local, read where it lives                          ; [$sum]
;;  2  0x27    local.get $n    - local, read where it lives                          ; [$sum, $n]
;;  3  0x29    call $twice       10  895c2418      mov dword [rsp+0x18], ebx         ; [[rsp+0x18], eax] $n: [rsp] $sum: [rsp+8], locals saved around the call
;;                               14  895c2408      mov dword [rsp+8], ebx
;;                               18  893c24        mov dword [rsp], edi
;;                               1b  e800000000    call $twice
;;  4  0x2b    i32.add           20  8bd8          mov ebx, eax                      ; [ebx], folded into an operand, computed in its destination
;;                               22  035c2418      add ebx, dword [rsp+0x18]
;;  5  0x2c    local.set $sum  - value is already where it belongs                   ; [] $sum: ebx
;;  6  0x2e    local.get $n    - local, read where it lives                          ; [$n]
;;  7  0x30    i32.const 1     - constant, used where it is consumed                 ; [$n, 1]
;;  8  0x32    i32.sub           26  8b3c24        mov edi, dword [rsp]              ; [edi], computed in its destination
;;                               29  83ef01        sub edi, 1
;;  9  0x33    local.tee $n    - value is already where it belongs                   ; [$n] $n: edi
;; 10  0x35    br_if $again      2c  75e2          jne @3                            ; []
;; 11  0x37  end               - only structure
;; 12  0x38  local.get $sum    - local, read where it lives                          ; [$sum]
;; 13  0x3a  end                 2e  8bc3          mov eax, ebx                      ; moved to where the label expects it
;;                               30  4883c428      add rsp, 0x28
;;                               34  c3            ret
;;
;; func 1 $twice (param i32) (result i32)
;; 4 bytes, 2 instructions, 0.57 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes   x86-64              ; after, notes
;;          (entry)                                        ; l0: edi
;; 0  0x3d  local.get 0  - local, read where it lives      ; [l0]
;; 1  0x3f  local.get 0  - local, read where it lives      ; [l0, l0]
;; 2  0x41  i32.add         0  8d043f  lea eax, [rdi+rdi]  ; [eax]
;; 3  0x42  end             3  c3      ret
