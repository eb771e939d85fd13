;; A block that nothing branches to is nothing.
;; invoke f 4 -> 4
(module
  (func $f (export "f") (param $a i32) (result i32)
    (block (result i32) (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.43 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                code  bytes  x86-64           ; after, notes
;;          (entry)                                           ; $a: edi
;; 0  0x20  block (result i32)  - only structure
;; 1  0x22    local.get $a      - local, read where it lives  ; [$a]
;; 2  0x24  end                 - only structure
;; 3  0x25  end                    0  8bc7   mov eax, edi     ; moved to where the label expects it
;;                                 2  c3     ret
