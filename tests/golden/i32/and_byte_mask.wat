;; A mask of eight or sixteen ones.
;; invoke f 4660 -> 4712
;; invoke f -1 -> 65790
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.add (i32.and (local.get $a) (i32.const 0xff))
      (i32.and (local.get $a) (i32.const 0xffff)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 10 bytes, 4 instructions, 0.62 x the 16 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm             code  bytes     x86-64                 ; after, notes
;;          (entry)                                                 ; $a: edi
;; 0  0x20  local.get $a     - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 255    - constant, used where it is consumed  ; [$a, 255]
;; 2  0x25  i32.and             0  400fb6c7  movzx eax, dil         ; [eax]
;; 3  0x26  local.get $a     - local, read where it lives           ; [eax, $a]
;; 4  0x28  i32.const 65535  - constant, used where it is consumed  ; [eax, $a, 65535]
;; 5  0x2c  i32.and             4  0fb7cf    movzx ecx, di          ; [eax, ecx]
;; 6  0x2d  i32.add             7  03c1      add eax, ecx           ; [eax]
;; 7  0x2e  end                 9  c3        ret
