;; Zero as an operand.
;; invoke f 5 -> 5
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local $z i32)
    (i32.add (local.get $a) (local.get $z))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.33 x the 9 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi $z: 0
;; 0  0x22  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x24  local.get $z  - local, read where it lives  ; [$a, 0]
;; 2  0x26  i32.add          0  8d07   lea eax, [rdi]   ; [eax]
;; 3  0x27  end              2  c3     ret
