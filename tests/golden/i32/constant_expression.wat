;; Two constants.
;; invoke f -> 42
(module
  (func $f (export "f") (result i32)
    (i32.add (i32.const 40) (i32.const 2))))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 9 bytes, 3 instructions, 1.29 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64               ; after, notes
;; 0  0x1f  i32.const 40  - constant, used where it is consumed  ; [40]
;; 1  0x21  i32.const 2   - constant, used where it is consumed  ; [40, 2]
;; 2  0x23  i32.add          0  b802000000  mov eax, 2           ; [eax]
;;                           5  83c028      add eax, 0x28
;; 3  0x24  end              8  c3          ret
