;; Twelve live values and eight registers.
;; invoke f 1 -> 78
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.add (local.get $a) (i32.const 0)) (i32.add (local.get $a) (i32.const 1))
    (i32.add (local.get $a) (i32.const 2)) (i32.add (local.get $a) (i32.const 3))
    (i32.add (local.get $a) (i32.const 4)) (i32.add (local.get $a) (i32.const 5))
    (i32.add (local.get $a) (i32.const 6)) (i32.add (local.get $a) (i32.const 7))
    (i32.add (local.get $a) (i32.const 8)) (i32.add (local.get $a) (i32.const 9))
    (i32.add (local.get $a) (i32.const 10)) (i32.add (local.get $a) (i32.const 11))
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add) (i32.add)
    (i32.add) (i32.add) (i32.add) (i32.add) (i32.add)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 77 bytes, 26 instructions, 1.05 x the 73 bytes of wasm; frame 0 bytes, 1 spills
;;  #    at  wasm          code  bytes     x86-64                     ; after, notes
;;           (entry)                                                  ; $a: edi
;;  0  0x20  local.get $a  - local, read where it lives               ; [$a]
;;  1  0x22  i32.const 0   - constant, used where it is consumed      ; [$a, 0]
;;  2  0x24  i32.add          0  8d07      lea eax, [rdi]             ; [eax]
;;  3  0x25  local.get $a  - local, read where it lives               ; [eax, $a]
;;  4  0x27  i32.const 1   - constant, used where it is consumed      ; [eax, $a, 1]
;;  5  0x29  i32.add          2  8d4f01    lea ecx, [rdi+1]           ; [eax, ecx]
;;  6  0x2a  local.get $a  - local, read where it lives               ; [eax, ecx, $a]
;;  7  0x2c  i32.const 2   - constant, used where it is consumed      ; [eax, ecx, $a, 2]
;;  8  0x2e  i32.add          5  8d5702    lea edx, [rdi+2]           ; [eax, ecx, edx]
;;  9  0x2f  local.get $a  - local, read where it lives               ; [eax, ecx, edx, $a]
;; 10  0x31  i32.const 3   - constant, used where it is consumed      ; [1 more, ecx, edx, $a, 3]
;; 11  0x33  i32.add          8  8d5f03    lea ebx, [rdi+3]           ; [eax, ecx, edx, ebx]
;; 12  0x34  local.get $a  - local, read where it lives               ; [1 more, ecx, edx, ebx, $a]
;; 13  0x36  i32.const 4   - constant, used where it is consumed      ; [2 more, edx, ebx, $a, 4]
;; 14  0x38  i32.add          b  8d6f04    lea ebp, [rdi+4]           ; [1 more, ecx, edx, ebx, ebp]
;; 15  0x39  local.get $a  - local, read where it lives               ; [2 more, edx, ebx, ebp, $a]
;; 16  0x3b  i32.const 5   - constant, used where it is consumed      ; [3 more, ebx, ebp, $a, 5]
;; 17  0x3d  i32.add          e  8d7705    lea esi, [rdi+5]           ; [2 more, edx, ebx, ebp, esi]
;; 18  0x3e  local.get $a  - local, read where it lives               ; [3 more, ebx, ebp, esi, $a]
;; 19  0x40  i32.const 6   - constant, used where it is consumed      ; [4 more, ebp, esi, $a, 6]
;; 20  0x42  i32.add         11  448d4706  lea r8d, [rdi+6]           ; [3 more, ebx, ebp, esi, r8d]
;; 21  0x43  local.get $a  - local, read where it lives               ; [4 more, ebp, esi, r8d, $a]
;; 22  0x45  i32.const 7   - constant, used where it is consumed      ; [5 more, esi, r8d, $a, 7]
;; 23  0x47  i32.add         15  448d4f07  lea r9d, [rdi+7]           ; [4 more, ebp, esi, r8d, r9d]
;; 24  0x48  local.get $a  - local, read where it lives               ; [5 more, esi, r8d, r9d, $a]
;; 25  0x4a  i32.const 8   - constant, used where it is consumed      ; [6 more, r8d, r9d, $a, 8]
;; 26  0x4c  i32.add         19  448d5708  lea r10d, [rdi+8]          ; [5 more, esi, r8d, r9d, r10d]
;; 27  0x4d  local.get $a  - local, read where it lives               ; [6 more, r8d, r9d, r10d, $a]
;; 28  0x4f  i32.const 9   - constant, used where it is consumed      ; [7 more, r9d, r10d, $a, 9]
;; 29  0x51  i32.add         1d  448d6709  lea r12d, [rdi+9]          ; [6 more, r8d, r9d, r10d, r12d]
;; 30  0x52  local.get $a  - local, read where it lives               ; [7 more, r9d, r10d, r12d, $a]
;; 31  0x54  i32.const 10  - constant, used where it is consumed      ; [8 more, r10d, r12d, $a, 10]
;; 32  0x56  i32.add         21  448d6f0a  lea r13d, [rdi+0xa]        ; [7 more, r9d, r10d, r12d, r13d]
;; 33  0x57  local.get $a  - local, read where it lives               ; [8 more, r10d, r12d, r13d, $a]
;; 34  0x59  i32.const 11  - constant, used where it is consumed      ; [9 more, r12d, r13d, $a, 11]
;; 35  0x5b  i32.add         25  89442498  mov dword [rsp-0x68], eax  ; [8 more, r10d, r12d, r13d, eax], spilled
;;                           29  8d470b    lea eax, [rdi+0xb]
;; 36  0x5c  i32.add         2c  4403e8    add r13d, eax              ; [7 more, r9d, r10d, r12d, r13d]
;; 37  0x5d  i32.add         2f  4503e5    add r12d, r13d             ; [6 more, r8d, r9d, r10d, r12d]
;; 38  0x5e  i32.add         32  4503d4    add r10d, r12d             ; [5 more, esi, r8d, r9d, r10d]
;; 39  0x5f  i32.add         35  4503ca    add r9d, r10d              ; [4 more, ebp, esi, r8d, r9d]
;; 40  0x60  i32.add         38  4503c1    add r8d, r9d               ; [3 more, ebx, ebp, esi, r8d]
;; 41  0x61  i32.add         3b  4103f0    add esi, r8d               ; [2 more, edx, ebx, ebp, esi]
;; 42  0x62  i32.add         3e  03ee      add ebp, esi               ; [1 more, ecx, edx, ebx, ebp]
;; 43  0x63  i32.add         40  03dd      add ebx, ebp               ; [[rsp-0x68], ecx, edx, ebx]
;; 44  0x64  i32.add         42  03d3      add edx, ebx               ; [[rsp-0x68], ecx, edx]
;; 45  0x65  i32.add         44  03ca      add ecx, edx               ; [[rsp-0x68], ecx]
;; 46  0x66  i32.add         46  034c2498  add ecx, dword [rsp-0x68]  ; [ecx], folded into an operand
;; 47  0x67  end             4a  8bc1      mov eax, ecx               ; moved to where the label expects it
;;                           4c  c3        ret
