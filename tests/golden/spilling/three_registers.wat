;; The smallest set of registers.
;; target gprs=7 xmms=7
;; json
;; invoke f 3 4 -> 7
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.sub (i32.mul (i32.add (local.get $a) (local.get $b)) (i32.const 3))
      (i32.mul (i32.sub (local.get $b) (local.get $a))
        (i32.add (local.get $a) (i32.add (local.get $b) (i32.const 7)))))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 44 bytes, 13 instructions, 1.76 x the 25 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm          code  bytes     x86-64                     ; after, notes
;;           (entry)          0  897c24c8  mov dword [rsp-0x38], edi  ; $a: [rsp-0x38] $b: [rsp-0x30]
;;                            4  897424d0  mov dword [rsp-0x30], esi
;;  0  0x21  local.get $a  - local, read where it lives               ; [$a]
;;  1  0x23  local.get $b  - local, read where it lives               ; [$a, $b]
;;  2  0x25  i32.add          8  8b4424c8  mov eax, dword [rsp-0x38]  ; [eax], folded into an operand
;;                            c  034424d0  add eax, dword [rsp-0x30]
;;  3  0x26  i32.const 3   - constant, used where it is consumed      ; [eax, 3]
;;  4  0x28  i32.mul         10  8d0440    lea eax, [rax+rax*2]       ; [eax], strength reduced
;;  5  0x29  local.get $b  - local, read where it lives               ; [eax, $b]
;;  6  0x2b  local.get $a  - local, read where it lives               ; [eax, $b, $a]
;;  7  0x2d  i32.sub         13  8b4c24d0  mov ecx, dword [rsp-0x30]  ; [eax, ecx], folded into an operand
;;                           17  2b4c24c8  sub ecx, dword [rsp-0x38]
;;  8  0x2e  local.get $a  - local, read where it lives               ; [eax, ecx, $a]
;;  9  0x30  local.get $b  - local, read where it lives               ; [eax, ecx, $a, $b]
;; 10  0x32  i32.const 7   - constant, used where it is consumed      ; [1 more, ecx, $a, $b, 7]
;; 11  0x34  i32.add         1b  8b5424d0  mov edx, dword [rsp-0x30]  ; [eax, ecx, $a, edx]
;;                           1f  83c207    add edx, 7
;; 12  0x35  i32.add         22  035424c8  add edx, dword [rsp-0x38]  ; [eax, ecx, edx], folded into an operand
;; 13  0x36  i32.mul         26  0fafca    imul ecx, edx              ; [eax, ecx]
;; 14  0x37  i32.sub         29  2bc1      sub eax, ecx               ; [eax]
;; 15  0x38  end             2b  c3        ret
