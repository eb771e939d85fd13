;; Without tzcnt: bsf, and 32 for zero.
;; invoke f 8 -> 3
;; invoke f 0 -> 32
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.ctz (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 16 bytes, 5 instructions, 3.20 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64           ; after, notes
;;          (entry)                                            ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives         ; [$a]
;; 1  0x22  i32.ctz          0  8bc7          mov eax, edi     ; [eax]
;;                           2  41bb20000000  mov r11d, 0x20
;;                           8  0fbcc0        bsf eax, eax
;;                           b  410f44c3      cmove eax, r11d
;; 2  0x23  end              f  c3            ret
