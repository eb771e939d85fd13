;; The constant moves to the right and the condition is mirrored.
;; invoke f 4 -> 1
;; invoke f 5 -> 0
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.gt_s (i32.const 5) (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 9 bytes, 4 instructions, 1.29 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  i32.const 5   - constant, used where it is consumed  ; [5]
;; 1  0x22  local.get $a  - local, read where it lives           ; [5, $a]
;; 2  0x24  i32.gt_s         0  33c0    xor eax, eax             ; [eax]
;;                           2  83ff05  cmp edi, 5
;;                           5  0f9cc0  setl al
;; 3  0x25  end              8  c3      ret
