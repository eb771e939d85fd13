;; A lazy reference is made a value before the local changes.
;; json
;; invoke f 5 -> 6
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local.get $a)
    (local.set $a (i32.const 1))
    (i32.add (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 10 bytes, 4 instructions, 0.91 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64               ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 1   - constant, used where it is consumed  ; [$a, 1]
;; 2  0x24  local.set $a     0  8bc7        mov eax, edi         ; [eax]
;;                           2  bf01000000  mov edi, 1
;; 3  0x26  local.get $a  - local, read where it lives           ; [eax, $a]
;; 4  0x28  i32.add          7  03c7        add eax, edi         ; [eax]
;; 5  0x29  end              9  c3          ret
