;; A loop with no back edge is a block.
;; invoke f 3 -> 4
(module
  (func $f (export "f") (param $a i32) (result i32)
    (loop (result i32) (i32.add (local.get $a) (i32.const 1)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 4 bytes, 2 instructions, 0.40 x the 10 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm               code  bytes   x86-64                   ; after, notes
;;          (entry)                                                   ; $a: edi
;; 0  0x20  loop (result i32)  - only structure
;; 1  0x22    local.get $a     - local, read where it lives           ; [$a]
;; 2  0x24    i32.const 1      - constant, used where it is consumed  ; [$a, 1]
;; 3  0x26    i32.add             0  8d4701  lea eax, [rdi+1]         ; [eax]
;; 4  0x27  end                - only structure
;; 5  0x28  end                   3  c3      ret
