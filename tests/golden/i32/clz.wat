;; Without lzcnt: bsr, and 32 for zero.
;; invoke f 1 -> 31
;; invoke f 0 -> 32
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.clz (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 19 bytes, 6 instructions, 3.80 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64           ; after, notes
;;          (entry)                                            ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives         ; [$a]
;; 1  0x22  i32.clz          0  8bc7          mov eax, edi     ; [eax]
;;                           2  41bb3f000000  mov r11d, 0x3f
;;                           8  0fbdc0        bsr eax, eax
;;                           b  410f44c3      cmove eax, r11d
;;                           f  83f01f        xor eax, 0x1f
;; 2  0x23  end             12  c3            ret
