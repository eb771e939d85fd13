;; Results beyond the registers are read from the frame.
;; invoke f -> 12345
(module
  (func $f (export "f") (result i32)
    (local $e i32) (local $d i32) (local $c i32) (local $b i32)
    (call $g)
    (local.set $e) (local.set $d) (local.set $c) (local.set $b)
    (i32.mul (i32.const 10)) (i32.add (local.get $b))
    (i32.mul (i32.const 10)) (i32.add (local.get $c))
    (i32.mul (i32.const 10)) (i32.add (local.get $d))
    (i32.mul (i32.const 10)) (i32.add (local.get $e)))
  (func $g (result i32 i32 i32 i32 i32)
    (i32.const 1) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 79 bytes, 23 instructions, 2.08 x the 38 bytes of wasm; frame 104 bytes, 0 spills
;;  #    at  wasm          code  bytes         x86-64                            ; after, notes
;;           (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]
;;                            4  0f8241000000  jb trap.stack
;;                            a  4883ec68      sub rsp, 0x68
;;            trap.stack:    4b  41ff5718      call qword [r15+trap]             ; out of line
;;  0  0x2a  call $g          e  e800000000    call $g                           ; [1 more, ecx, edx, [rsp+0x50], [rsp+0x58]]
;;                           13  4c8b1c24      mov r11, qword [rsp]
;;                           17  4c895c2450    mov qword [rsp+0x50], r11
;;                           1c  4c8b5c2408    mov r11, qword [rsp+8]
;;                           21  4c895c2458    mov qword [rsp+0x58], r11
;;  1  0x2c  local.set $e    26  8b5c2458      mov ebx, dword [rsp+0x58]         ; [eax, ecx, edx, [rsp+0x50]] $e: ebx
;;  2  0x2e  local.set $d    2a  8b6c2450      mov ebp, dword [rsp+0x50]         ; [eax, ecx, edx] $d: ebp
;;  3  0x30  local.set $c    2e  8bf2          mov esi, edx                      ; [eax, ecx] $c: esi
;;  4  0x32  local.set $b    30  8bf9          mov edi, ecx                      ; [eax] $b: edi
;;  5  0x34  i32.const 10  - constant, used where it is consumed                 ; [eax, 10]
;;  6  0x36  i32.mul         32  6bc00a        imul eax, 0xa                     ; [eax]
;;  7  0x37  local.get $b  - local, read where it lives                          ; [eax, $b]
;;  8  0x39  i32.add         35  03c7          add eax, edi                      ; [eax]
;;  9  0x3a  i32.const 10  - constant, used where it is consumed                 ; [eax, 10]
;; 10  0x3c  i32.mul         37  6bc00a        imul eax, 0xa                     ; [eax]
;; 11  0x3d  local.get $c  - local, read where it lives                          ; [eax, $c]
;; 12  0x3f  i32.add         3a  03c6          add eax, esi                      ; [eax]
;; 13  0x40  i32.const 10  - constant, used where it is consumed                 ; [eax, 10]
;; 14  0x42  i32.mul         3c  6bc00a        imul eax, 0xa                     ; [eax]
;; 15  0x43  local.get $d  - local, read where it lives                          ; [eax, $d]
;; 16  0x45  i32.add         3f  03c5          add eax, ebp                      ; [eax]
;; 17  0x46  i32.const 10  - constant, used where it is consumed                 ; [eax, 10]
;; 18  0x48  i32.mul         41  6bc00a        imul eax, 0xa                     ; [eax]
;; 19  0x49  local.get $e  - local, read where it lives                          ; [eax, $e]
;; 20  0x4b  i32.add         44  03c3          add eax, ebx                      ; [eax]
;; 21  0x4c  end             46  4883c468      add rsp, 0x68
;;                           4a  c3            ret
;;
;; func 1 $g (result i32 i32 i32 i32 i32)
;; 34 bytes, 6 instructions, 2.83 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes               x86-64                   ; after, notes
;; 0  0x4f  i32.const 1  - constant, used where it is consumed              ; [1]
;; 1  0x51  i32.const 2  - constant, used where it is consumed              ; [1, 2]
;; 2  0x53  i32.const 3  - constant, used where it is consumed              ; [1, 2, 3]
;; 3  0x55  i32.const 4  - constant, used where it is consumed              ; [1, 2, 3, 4]
;; 4  0x57  i32.const 5  - constant, used where it is consumed              ; [1 more, 2, 3, 4, 5]
;; 5  0x59  end             0  48c744240804000000  mov qword [rsp+8], 4     ; moved to where the label expects it
;;                          9  48c744241005000000  mov qword [rsp+0x10], 5
;;                         12  b801000000          mov eax, 1
;;                         17  b902000000          mov ecx, 2
;;                         1c  ba03000000          mov edx, 3
;;                         21  c3                  ret
