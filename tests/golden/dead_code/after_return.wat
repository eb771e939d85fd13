;; Unreachable code is typed by its own rules.
;; invoke f 5 -> 5
(module
  (func $f (export "f") (param $a i32) (result i32)
    (return (local.get $a))
    (f32.add) (drop) (i32.const 1)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.33 x the 9 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64           ; after, notes
;;          (entry)                                     ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives  ; [$a]
;; 1  0x22  return           0  8bc7   mov eax, edi     ; moved to where the label expects it
;;                           2  c3     ret
;; 2  0x23  f32.add       - unreachable
;; 3  0x24  drop          - unreachable
;; 4  0x25  i32.const 1   - unreachable
;; 5  0x27  end           - unreachable
