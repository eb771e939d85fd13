;; Constants are loaded without touching the flags.
;; invoke f 1 -> 10
;; invoke f 0 -> 0
(module
  (func $f (export "f") (param $c i32) (result i32)
    (select (i32.const 10) (i32.const 0) (local.get $c))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 16 bytes, 5 instructions, 1.78 x the 9 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64               ; after, notes
;;          (entry)                                              ; $c: edi
;; 0  0x20  i32.const 10  - constant, used where it is consumed  ; [10]
;; 1  0x22  i32.const 0   - constant, used where it is consumed  ; [10, 0]
;; 2  0x24  local.get $c  - local, read where it lives           ; [10, 0, $c]
;; 3  0x26  select           0  85ff        test edi, edi        ; [eax]
;;                           2  b80a000000  mov eax, 0xa
;;                           7  b900000000  mov ecx, 0
;;                           c  0f44c1      cmove eax, ecx
;; 4  0x27  end              f  c3          ret
