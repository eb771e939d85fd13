;; The value stays on the stack as a reference to the local.
;; invoke f 5 -> 12
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local $b i32)
    (i32.add (local.tee $b (i32.add (local.get $a) (i32.const 1))) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 7 bytes, 3 instructions, 0.50 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x22  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x24  i32.const 1   - constant, used where it is consumed  ; [$a, 1]
;; 2  0x26  i32.add          0  8d5f01  lea ebx, [rdi+1]         ; [ebx], computed in its destination
;; 3  0x27  local.tee $b  - value is already where it belongs    ; [$b] $b: ebx
;; 4  0x29  local.get $b  - local, read where it lives           ; [$b, $b]
;; 5  0x2b  i32.add          3  8d041b  lea eax, [rbx+rbx]       ; [eax]
;; 6  0x2c  end              6  c3      ret
