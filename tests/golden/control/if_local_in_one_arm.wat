;; A local that is set in one arm only.
;; invoke f 1 -> 5
;; invoke f 0 -> 0
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local $b i32)
    (if (local.get $a) (then (local.set $b (i32.const 5))))
    (local.get $b)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 17 bytes, 6 instructions, 1.13 x the 15 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes       x86-64               ; after, notes
;;          (entry)                                                ; $a: edi $b: 0
;; 0  0x22  local.get $a    - local, read where it lives           ; [$a]
;; 1  0x24  if                 0  85ff        test edi, edi        ; [] $b: ebx
;;                             2  bb00000000  mov ebx, 0
;;                             7  7405        je @6
;; 2  0x26    i32.const 5   - constant, used where it is consumed  ; [5]
;; 3  0x28    local.set $b     9  bb05000000  mov ebx, 5           ; []
;; 4  0x2a  end             - only structure                       ; $a: -
;; 5  0x2b  local.get $b    - local, read where it lives           ; [$b]
;; 6  0x2d  end                e  8bc3        mov eax, ebx         ; moved to where the label expects it
;;                            10  c3          ret
