;; movsxd.
;; invoke f -1 -> -1
(module
  (func $f (export "f") (param $a i32) (result i64)
    (i64.extend_i32_s (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 4 bytes, 2 instructions, 0.80 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm              code  bytes   x86-64           ; after, notes
;;          (entry)                                          ; $a: edi
;; 0  0x20  local.get $a      - local, read where it lives   ; [$a]
;; 1  0x22  i64.extend_i32_s     0  4863c7  movsxd rax, edi  ; [rax]
;; 2  0x23  end                  3  c3      ret
