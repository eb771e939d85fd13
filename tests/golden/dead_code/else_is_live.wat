;; The first arm never ends, the second does.
;; invoke f 0 -> 2
;; invoke f 1 -> 9
(module
  (func $f (export "f") (param $a i32) (result i32)
    (if (local.get $a) (then (return (i32.const 9)) (drop (i32.const 1))))
    (i32.const 2)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 16 bytes, 6 instructions, 1.07 x the 15 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes       x86-64               ; after, notes
;;          (entry)                                               ; $a: edi
;; 0  0x20  local.get $a   - local, read where it lives           ; [$a]
;; 1  0x22  if                0  85ff        test edi, edi        ; []
;;                            2  7406        je @8
;; 2  0x24    i32.const 9  - constant, used where it is consumed  ; [9]
;; 3  0x26    return          4  b809000000  mov eax, 9           ; moved to where the label expects it
;;                            9  c3          ret
;; 4  0x27    i32.const 1  - unreachable
;; 5  0x29    drop         - unreachable
;; 6  0x2a  end            - only structure                       ; [] $a: -
;; 7  0x2b  i32.const 2    - constant, used where it is consumed  ; [2]
;; 8  0x2d  end               a  b802000000  mov eax, 2           ; moved to where the label expects it
;;                            f  c3          ret
