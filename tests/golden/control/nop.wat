;; Nothing.
;; invoke f 1 -> 1
(module (func $f (export "f") (param i32) (result i32) nop (local.get 0) nop))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 3 bytes, 2 instructions, 0.50 x the 6 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes  x86-64           ; after, notes
;;          (entry)                                    ; l0: edi
;; 0  0x20  nop          - only structure
;; 1  0x21  local.get 0  - local, read where it lives  ; [l0]
;; 2  0x23  nop          - only structure
;; 3  0x24  end             0  8bc7   mov eax, edi     ; moved to where the label expects it
;;                          2  c3     ret
