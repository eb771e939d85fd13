;; Ten integers: two of them live in the frame.
;; invoke f 1 -> 55
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local $b i32) (local $c i32) (local $d i32) (local $e i32) (local $g i32)
    (local $h i32) (local $i i32) (local $j i32) (local $k i32)
    (local.set $b (i32.add (local.get $a) (i32.const 1)))
    (local.set $c (i32.add (local.get $b) (i32.const 1)))
    (local.set $d (i32.add (local.get $c) (i32.const 1)))
    (local.set $e (i32.add (local.get $d) (i32.const 1)))
    (local.set $g (i32.add (local.get $e) (i32.const 1)))
    (local.set $h (i32.add (local.get $g) (i32.const 1)))
    (local.set $i (i32.add (local.get $h) (i32.const 1)))
    (local.set $j (i32.add (local.get $i) (i32.const 1)))
    (local.set $k (i32.add (local.get $j) (i32.const 1)))
    (i32.add (local.get $a) (i32.add (local.get $b) (i32.add (local.get $c)
      (i32.add (local.get $d) (i32.add (local.get $e) (i32.add (local.get $g)
      (i32.add (local.get $h) (i32.add (local.get $i)
      (i32.add (local.get $j) (local.get $k))))))))))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 99 bytes, 28 instructions, 1.03 x the 96 bytes of wasm; frame 168 bytes, 0 spills
;;  #    at  wasm          code  bytes           x86-64                            ; after, notes
;;           (entry)          0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $a: [rsp]
;;                            4  0f8255000000    jb trap.stack
;;                            a  4881eca8000000  sub rsp, 0xa8
;;                           11  893c24          mov dword [rsp], edi
;;            trap.stack:    5f  41ff5718        call qword [r15+trap]             ; out of line
;;  0  0x22  local.get $a  - local, read where it lives                            ; [$a]
;;  1  0x24  i32.const 1   - constant, used where it is consumed                   ; [$a, 1]
;;  2  0x26  i32.add         14  8b1c24          mov ebx, dword [rsp]              ; [ebx], computed in its destination
;;                           17  83c301          add ebx, 1
;;  3  0x27  local.set $b  - value is already where it belongs                     ; [] $b: ebx
;;  4  0x29  local.get $b  - local, read where it lives                            ; [$b]
;;  5  0x2b  i32.const 1   - constant, used where it is consumed                   ; [$b, 1]
;;  6  0x2d  i32.add         1a  8d6b01          lea ebp, [rbx+1]                  ; [ebp], computed in its destination
;;  7  0x2e  local.set $c  - value is already where it belongs                     ; [] $c: ebp
;;  8  0x30  local.get $c  - local, read where it lives                            ; [$c]
;;  9  0x32  i32.const 1   - constant, used where it is consumed                   ; [$c, 1]
;; 10  0x34  i32.add         1d  8d7501          lea esi, [rbp+1]                  ; [esi], computed in its destination
;; 11  0x35  local.set $d  - value is already where it belongs                     ; [] $d: esi
;; 12  0x37  local.get $d  - local, read where it lives                            ; [$d]
;; 13  0x39  i32.const 1   - constant, used where it is consumed                   ; [$d, 1]
;; 14  0x3b  i32.add         20  8d7e01          lea edi, [rsi+1]                  ; [edi], computed in its destination
;; 15  0x3c  local.set $e  - value is already where it belongs                     ; [] $e: edi
;; 16  0x3e  local.get $e  - local, read where it lives                            ; [$e]
;; 17  0x40  i32.const 1   - constant, used where it is consumed                   ; [$e, 1]
;; 18  0x42  i32.add         23  448d4701        lea r8d, [rdi+1]                  ; [r8d], computed in its destination
;; 19  0x43  local.set $g  - value is already where it belongs                     ; [] $g: r8d
;; 20  0x45  local.get $g  - local, read where it lives                            ; [$g]
;; 21  0x47  i32.const 1   - constant, used where it is consumed                   ; [$g, 1]
;; 22  0x49  i32.add         27  458d4801        lea r9d, [r8+1]                   ; [r9d], computed in its destination
;; 23  0x4a  local.set $h  - value is already where it belongs                     ; [] $h: r9d
;; 24  0x4c  local.get $h  - local, read where it lives                            ; [$h]
;; 25  0x4e  i32.const 1   - constant, used where it is consumed                   ; [$h, 1]
;; 26  0x50  i32.add         2b  458d6101        lea r12d, [r9+1]                  ; [r12d], computed in its destination
;; 27  0x51  local.set $i  - value is already where it belongs                     ; [] $i: r12d
;; 28  0x53  local.get $i  - local, read where it lives                            ; [$i]
;; 29  0x55  i32.const 1   - constant, used where it is consumed                   ; [$i, 1]
;; 30  0x57  i32.add         2f  458d6c2401      lea r13d, [r12+1]                 ; [r13d], computed in its destination
;; 31  0x58  local.set $j  - value is already where it belongs                     ; [] $j: r13d
;; 32  0x5a  local.get $j  - local, read where it lives                            ; [$j]
;; 33  0x5c  i32.const 1   - constant, used where it is consumed                   ; [$j, 1]
;; 34  0x5e  i32.add         34  418d4501        lea eax, [r13+1]                  ; [eax]
;; 35  0x5f  local.set $k    38  89442448        mov dword [rsp+0x48], eax         ; [] $k: [rsp+0x48]
;; 36  0x61  local.get $a  - local, read where it lives                            ; [$a]
;; 37  0x63  local.get $b  - local, read where it lives                            ; [$a, $b]
;; 38  0x65  local.get $c  - local, read where it lives                            ; [$a, $b, $c]
;; 39  0x67  local.get $d  - local, read where it lives                            ; [$a, $b, $c, $d]
;; 40  0x69  local.get $e  - local, read where it lives                            ; [1 more, $b, $c, $d, $e]
;; 41  0x6b  local.get $g  - local, read where it lives                            ; [2 more, $c, $d, $e, $g]
;; 42  0x6d  local.get $h  - local, read where it lives                            ; [3 more, $d, $e, $g, $h]
;; 43  0x6f  local.get $i  - local, read where it lives                            ; [4 more, $e, $g, $h, $i]
;; 44  0x71  local.get $j  - local, read where it lives                            ; [5 more, $g, $h, $i, $j]
;; 45  0x73  local.get $k  - local, read where it lives                            ; [6 more, $h, $i, $j, $k]
;; 46  0x75  i32.add         3c  418bc5          mov eax, r13d                     ; [5 more, $g, $h, $i, eax], folded into an operand
;;                           3f  03442448        add eax, dword [rsp+0x48]
;; 47  0x76  i32.add         43  4103c4          add eax, r12d                     ; [4 more, $e, $g, $h, eax]
;; 48  0x77  i32.add         46  4103c1          add eax, r9d                      ; [3 more, $d, $e, $g, eax]
;; 49  0x78  i32.add         49  4103c0          add eax, r8d                      ; [2 more, $c, $d, $e, eax]
;; 50  0x79  i32.add         4c  03c7            add eax, edi                      ; [1 more, $b, $c, $d, eax]
;; 51  0x7a  i32.add         4e  03c6            add eax, esi                      ; [$a, $b, $c, eax]
;; 52  0x7b  i32.add         50  03c5            add eax, ebp                      ; [$a, $b, eax]
;; 53  0x7c  i32.add         52  03c3            add eax, ebx                      ; [$a, eax]
;; 54  0x7d  i32.add         54  030424          add eax, dword [rsp]              ; [eax], folded into an operand
;; 55  0x7e  end             57  4881c4a8000000  add rsp, 0xa8
;;                           5e  c3              ret
