;; Locals are saved around a foreign call as around any other.
;; invoke f 4 -> 20
(module
  (import "host" "twice" (func $twice (param i32) (result i32)))
  (func $f (export "f") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $twice (local.get $n))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
;; ==== x86-64 ====
;; func 1 $f (param i32) (result i32) (export "f")
;; 84 bytes, 23 instructions, 3.11 x the 27 bytes of wasm; frame 40 bytes, 0 spills
;;  #    at  wasm              code  bytes           x86-64                            ; after, notes
;;           (entry)              0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $n: edi $sum: 0
;;                                4  0f8246000000    jb trap.stack
;;                                a  4883ec28        sub rsp, 0x28
;;                trap.stack:    50  41ff5718        call qword [r15+trap]             ; out of line
;;  0  0x32  loop $again          e  33db            xor ebx, ebx                      ; $sum: ebx
;;  1  0x34    local.get $sum  - local, read where it lives                            ; [$sum]
;;  2  0x36    local.get $n    - local, read where it lives                            ; [$sum, $n]
;;  3  0x38    call $twice       10  895c2418        mov dword [rsp+0x18], ebx         ; [[rsp+0x18], eax] $n: [rsp] $sum: [rsp+8], locals saved around the call
;;                               14  895c2408        mov dword [rsp+8], ebx
;;                               18  893c24          mov dword [rsp], edi
;;                               1b  4d8d9f00000000  lea r11, [r15+func:$twice.code]
;;                               22  4c897c2410      mov qword [rsp+0x10], r15
;;                               27  4d8b7b08        mov r15, qword [r11+8]
;;                               2b  4d8b7708        mov r14, qword [r15+memory0]
;;                               2f  41ff13          call qword [r11]
;;                               32  4c8b7c2410      mov r15, qword [rsp+0x10]
;;                               37  4d8b7708        mov r14, qword [r15+memory0]
;;  4  0x3a    i32.add           3b  8bd8            mov ebx, eax                      ; [ebx], folded into an operand, computed in its destination
;;                               3d  035c2418        add ebx, dword [rsp+0x18]
;;  5  0x3b    local.set $sum  - value is already where it belongs                     ; [] $sum: ebx
;;  6  0x3d    local.get $n    - local, read where it lives                            ; [$n]
;;  7  0x3f    i32.const 1     - constant, used where it is consumed                   ; [$n, 1]
;;  8  0x41    i32.sub           41  8b3c24          mov edi, dword [rsp]              ; [edi], computed in its destination
;;                               44  83ef01          sub edi, 1
;;  9  0x42    local.tee $n    - value is already where it belongs                     ; [$n] $n: edi
;; 10  0x44    br_if $again      47  75c7            jne @3                            ; []
;; 11  0x46  end               - only structure
;; 12  0x47  local.get $sum    - local, read where it lives                            ; [$sum]
;; 13  0x49  end                 49  8bc3            mov eax, ebx                      ; moved to where the label expects it
;;                               4b  4883c428        add rsp, 0x28
;;                               4f  c3              ret
