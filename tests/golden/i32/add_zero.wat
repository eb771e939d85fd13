;; The neutral element.
;; invoke f 41 -> 41
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.add (local.get $a) (i32.const 0))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.43 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64                    ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 0   - constant, used where it is consumed  ; [$a, 0]
;; 2  0x24  i32.add          0  8d07   lea eax, [rdi]            ; [eax]
;; 3  0x25  end              2  c3     ret
