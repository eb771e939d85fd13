;; A branch to the function's own label is a return.
;; invoke f 1 -> 1
;; invoke f 0 -> 2
(module
  (func $f (export "f") (param $a i32) (result i32)
    (br_if 0 (i32.const 1) (local.get $a))
    drop
    (i32.const 2)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 16 bytes, 6 instructions, 1.45 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64               ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  i32.const 1   - constant, used where it is consumed  ; [1]
;; 1  0x22  local.get $a  - local, read where it lives           ; [1, $a]
;; 2  0x24  br_if 0          0  85ff        test edi, edi        ; [1], moved to where the label expects it
;;                           2  7406        je @5
;;                           4  b801000000  mov eax, 1
;;                           9  c3          ret
;; 3  0x26  drop          - nothing to do                        ; []
;; 4  0x27  i32.const 2   - constant, used where it is consumed  ; [2]
;; 5  0x29  end              a  b802000000  mov eax, 2           ; moved to where the label expects it
;;                           f  c3          ret
