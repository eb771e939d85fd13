;; The seventh and the eighth argument are in the caller's frame.
;; invoke f 1 -> 36
(module
  (func $f (export "f") (param $a i32) (result i32)
    (call $g (local.get $a) (i32.const 2) (i32.const 3) (i32.const 4)
      (i32.const 5) (i32.const 6) (i32.const 7) (i32.const 8)))
  (func $g (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
    (i32.add (i32.add (i32.add (local.get 0) (local.get 1))
        (i32.add (local.get 2) (local.get 3)))
      (i32.add (i32.add (local.get 4) (local.get 5))
        (i32.add (local.get 6) (local.get 7))))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 72 bytes, 14 instructions, 3.60 x the 20 bytes of wasm; frame 104 bytes, 0 spills
;; #    at  wasm          code  bytes               x86-64                            ; after, notes
;;          (entry)          0  493b6710            cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                           4  0f823a000000        jb trap.stack
;;                           a  4883ec68            sub rsp, 0x68
;;           trap.stack:    44  41ff5718            call qword [r15+trap]             ; out of line
;; 0  0x2d  local.get $a  - local, read where it lives                                ; [$a]
;; 1  0x2f  i32.const 2   - constant, used where it is consumed                       ; [$a, 2]
;; 2  0x31  i32.const 3   - constant, used where it is consumed                       ; [$a, 2, 3]
;; 3  0x33  i32.const 4   - constant, used where it is consumed                       ; [$a, 2, 3, 4]
;; 4  0x35  i32.const 5   - constant, used where it is consumed                       ; [1 more, 2, 3, 4, 5]
;; 5  0x37  i32.const 6   - constant, used where it is consumed                       ; [2 more, 3, 4, 5, 6]
;; 6  0x39  i32.const 7   - constant, used where it is consumed                       ; [3 more, 4, 5, 6, 7]
;; 7  0x3b  i32.const 8   - constant, used where it is consumed                       ; [4 more, 5, 6, 7, 8]
;; 8  0x3d  call $g          e  48c7042407000000    mov qword [rsp], 7                ; [eax] $a: -
;;                          16  48c744240808000000  mov qword [rsp+8], 8
;;                          1f  bb03000000          mov ebx, 3
;;                          24  bd04000000          mov ebp, 4
;;                          29  be02000000          mov esi, 2
;;                          2e  41b805000000        mov r8d, 5
;;                          34  41b906000000        mov r9d, 6
;;                          3a  e800000000          call $g
;; 9  0x3f  end             3f  4883c468            add rsp, 0x68
;;                          43  c3                  ret
;;
;; func 1 $g (param i32 i32 i32 i32 i32 i32 i32 i32) (result i32)
;; 25 bytes, 9 instructions, 1.00 x the 25 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm         code  bytes     x86-64                     ; after, notes
;;           (entry)                                                 ; l0: edi l1: esi l2: ebx l3: ebp l4: r8d l5: r9d l6: [rsp+8] l7: [rsp+0x10]
;;  0  0x42  local.get 0  - local, read where it lives               ; [l0]
;;  1  0x44  local.get 1  - local, read where it lives               ; [l0, l1]
;;  2  0x46  i32.add         0  8d0437    lea eax, [rdi+rsi]         ; [eax]
;;  3  0x47  local.get 2  - local, read where it lives               ; [eax, l2]
;;  4  0x49  local.get 3  - local, read where it lives               ; [eax, l2, l3]
;;  5  0x4b  i32.add         3  8d0c2b    lea ecx, [rbx+rbp]         ; [eax, ecx]
;;  6  0x4c  i32.add         6  03c1      add eax, ecx               ; [eax]
;;  7  0x4d  local.get 4  - local, read where it lives               ; [eax, l4]
;;  8  0x4f  local.get 5  - local, read where it lives               ; [eax, l4, l5]
;;  9  0x51  i32.add         8  438d0c08  lea ecx, [r8+r9]           ; [eax, ecx]
;; 10  0x52  local.get 6  - local, read where it lives               ; [eax, ecx, l6]
;; 11  0x54  local.get 7  - local, read where it lives               ; [eax, ecx, l6, l7]
;; 12  0x56  i32.add         c  8b542408  mov edx, dword [rsp+8]     ; [eax, ecx, edx], folded into an operand
;;                          10  03542410  add edx, dword [rsp+0x10]
;; 13  0x57  i32.add        14  03ca      add ecx, edx               ; [eax, ecx]
;; 14  0x58  i32.add        16  03c1      add eax, ecx               ; [eax]
;; 15  0x59  end            18  c3        ret
