;; Setting a local to zero costs nothing before it is needed.
;; invoke f 5 -> 5
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local $b i32)
    (local.set $b (i32.const 0))
    (i32.add (local.get $a) (local.get $b))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.23 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes  x86-64                    ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x22  i32.const 0   - constant, used where it is consumed  ; [0]
;; 1  0x24  local.set $b  - local is a known zero                ; [] $b: 0
;; 2  0x26  local.get $a  - local, read where it lives           ; [$a]
;; 3  0x28  local.get $b  - local, read where it lives           ; [$a, 0]
;; 4  0x2a  i32.add          0  8d07   lea eax, [rdi]            ; [eax]
;; 5  0x2b  end              2  c3     ret
