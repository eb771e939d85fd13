;; The smallest function.
;; json
;; invoke f ->
(module (func $f (export "f")))
;; ==== x86-64 ====
;; func 0 $f (export "f")
;; 1 bytes, 1 instructions, 0.50 x the 2 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm  code  bytes  x86-64  ; after, notes
;; 0  0x1e  end      0  c3     ret
