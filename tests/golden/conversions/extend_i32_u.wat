;; An i32 in a register has a clean upper half: the extension is nothing.
;; invoke f -1 -> 4294967295
(module
  (func $f (export "f") (param $a i32) (result i64)
    (i64.extend_i32_u (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 3 bytes, 2 instructions, 0.60 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm              code  bytes  x86-64           ; after, notes
;;          (entry)                                         ; $a: edi
;; 0  0x20  local.get $a      - local, read where it lives  ; [$a]
;; 1  0x22  i64.extend_i32_u     0  8bc7   mov eax, edi     ; [rax]
;; 2  0x23  end                  2  c3     ret
