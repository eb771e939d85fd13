;; An unsigned division by a constant.
;; invoke f 4294967295 -> 429496729
;; invoke f 99 -> 9
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.div_u (local.get $a) (i32.const 10))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 14 bytes, 5 instructions, 2.00 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64             ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 10  - constant, used where it is consumed  ; [$a, 10]
;; 2  0x24  i32.div_u        0  41bb0a000000  mov r11d, 0xa      ; [eax]
;;                           6  8bc7          mov eax, edi
;;                           8  33d2          xor edx, edx
;;                           a  41f7f3        div r11d
;; 3  0x25  end              d  c3            ret
