;; Three in registers, two in the caller's frame.
;; invoke f 1 -> 1 2 3 4 5
(module
  (func $f (export "f") (param $a i32) (result i32 i32 i32 i32 i32)
    (local.get $a) (i32.const 2) (i32.const 3) (i32.const 4) (i32.const 5)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32 i32 i32 i32 i32) (export "f")
;; 31 bytes, 6 instructions, 2.58 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes               x86-64                   ; after, notes
;;          (entry)                                                          ; $a: edi
;; 0  0x24  local.get $a  - local, read where it lives                       ; [$a]
;; 1  0x26  i32.const 2   - constant, used where it is consumed              ; [$a, 2]
;; 2  0x28  i32.const 3   - constant, used where it is consumed              ; [$a, 2, 3]
;; 3  0x2a  i32.const 4   - constant, used where it is consumed              ; [$a, 2, 3, 4]
;; 4  0x2c  i32.const 5   - constant, used where it is consumed              ; [1 more, 2, 3, 4, 5]
;; 5  0x2e  end              0  48c744240804000000  mov qword [rsp+8], 4     ; moved to where the label expects it
;;                           9  48c744241005000000  mov qword [rsp+0x10], 5
;;                          12  8bc7                mov eax, edi
;;                          14  b902000000          mov ecx, 2
;;                          19  ba03000000          mov edx, 3
;;                          1e  c3                  ret
