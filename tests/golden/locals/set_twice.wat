;; The first value is never read.
;; invoke f -> 2
(module
  (func $f (export "f") (result i32)
    (local $a i32)
    (local.set $a (i32.const 1))
    (local.set $a (i32.const 2))
    (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 13 bytes, 4 instructions, 0.93 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64               ; after, notes
;; 0  0x21  i32.const 1   - constant, used where it is consumed  ; [1]
;; 1  0x23  local.set $a     0  bb01000000  mov ebx, 1           ; [] $a: ebx
;; 2  0x25  i32.const 2   - constant, used where it is consumed  ; [2]
;; 3  0x27  local.set $a     5  bb02000000  mov ebx, 2           ; []
;; 4  0x29  local.get $a  - local, read where it lives           ; [$a]
;; 5  0x2b  end              a  8bc3        mov eax, ebx         ; moved to where the label expects it
;;                           c  c3          ret
