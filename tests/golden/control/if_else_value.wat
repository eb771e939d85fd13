;; Both arms end with the value where the label wants it.
;; json
;; invoke f 1 -> 10
;; invoke f 0 -> 20
(module
  (func $f (export "f") (param $a i32) (result i32)
    (if (result i32) (local.get $a) (then (i32.const 10)) (else (i32.const 20)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 17 bytes, 6 instructions, 1.42 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm             code  bytes       x86-64               ; after, notes
;;          (entry)                                                 ; $a: edi
;; 0  0x20  local.get $a     - local, read where it lives           ; [$a]
;; 1  0x22  if (result i32)     0  85ff        test edi, edi        ; []
;;                              2  7407        je @5
;; 2  0x24    i32.const 10   - constant, used where it is consumed  ; [10]
;; 3  0x26  else                4  b80a000000  mov eax, 0xa         ; [] $a: -
;;                              9  eb05        jmp @6
;; 4  0x27    i32.const 20   - constant, used where it is consumed  ; [20]
;; 5  0x29  end                 b  b814000000  mov eax, 0x14        ; [eax], moved to where the label expects it
;; 6  0x2a  end                10  c3          ret
