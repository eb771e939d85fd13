;; The count takes ecx away.
;; target gprs=7
;; invoke f 1 2 3 -> 15
(module
  (func $f (export "f") (param $a i32) (param $b i32) (param $c i32) (result i32)
    (i32.or (i32.add (local.get $a) (local.get $b))
      (i32.or (i32.shl (local.get $a) (local.get $c))
        (i32.shl (local.get $a) (local.get $b))))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32 i32) (result i32) (export "f")
;; 53 bytes, 16 instructions, 2.79 x the 19 bytes of wasm; frame 0 bytes, 1 spills
;;  #    at  wasm          code  bytes     x86-64                     ; after, notes
;;           (entry)          0  897c24c8  mov dword [rsp-0x38], edi  ; $a: [rsp-0x38] $b: [rsp-0x30] $c: [rsp-0x28]
;;                            4  897424d0  mov dword [rsp-0x30], esi
;;                            8  895c24d8  mov dword [rsp-0x28], ebx
;;  0  0x22  local.get $a  - local, read where it lives               ; [$a]
;;  1  0x24  local.get $b  - local, read where it lives               ; [$a, $b]
;;  2  0x26  i32.add          c  8b4424c8  mov eax, dword [rsp-0x38]  ; [eax], folded into an operand
;;                           10  034424d0  add eax, dword [rsp-0x30]
;;  3  0x27  local.get $a  - local, read where it lives               ; [eax, $a]
;;  4  0x29  local.get $c  - local, read where it lives               ; [eax, $a, $c]
;;  5  0x2b  i32.shl         14  8b4c24d8  mov ecx, dword [rsp-0x28]  ; [eax, edx]
;;                           18  8b5424c8  mov edx, dword [rsp-0x38]
;;                           1c  d3e2      shl edx, cl
;;  6  0x2c  local.get $a  - local, read where it lives               ; [eax, edx, $a]
;;  7  0x2e  local.get $b  - local, read where it lives               ; [eax, edx, $a, $b]
;;  8  0x30  i32.shl         1e  8b4c24d0  mov ecx, dword [rsp-0x30]  ; [[rsp-0x20], edx, eax], spilled
;;                           22  894424e0  mov dword [rsp-0x20], eax
;;                           26  8b4424c8  mov eax, dword [rsp-0x38]
;;                           2a  d3e0      shl eax, cl
;;  9  0x31  i32.or          2c  0bd0      or edx, eax                ; [[rsp-0x20], edx]
;; 10  0x32  i32.or          2e  0b5424e0  or edx, dword [rsp-0x20]   ; [edx], folded into an operand
;; 11  0x33  end             32  8bc2      mov eax, edx               ; moved to where the label expects it
;;                           34  c3        ret
