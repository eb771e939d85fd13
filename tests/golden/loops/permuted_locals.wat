;; A cycle of three locals on each round.
;; invoke f 4 -> 231
(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $a i32) (local $b i32) (local $c i32)
    (local.set $a (i32.const 1)) (local.set $b (i32.const 2)) (local.set $c (i32.const 3))
    (loop $again
      (local.get $b) (local.get $c) (local.get $a)
      (local.set $c) (local.set $b) (local.set $a)
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (i32.add (i32.mul (local.get $a) (i32.const 100))
      (i32.add (i32.mul (local.get $b) (i32.const 10)) (local.get $c)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 42 bytes, 16 instructions, 0.76 x the 55 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm            code  bytes       x86-64               ; after, notes
;;           (entry)                                                ; $n: edi
;;  0  0x22  i32.const 1     - constant, used where it is consumed  ; [1]
;;  1  0x24  local.set $a       0  bb01000000  mov ebx, 1           ; [] $a: ebx
;;  2  0x26  i32.const 2     - constant, used where it is consumed  ; [2]
;;  3  0x28  local.set $b       5  bd02000000  mov ebp, 2           ; [] $b: ebp
;;  4  0x2a  i32.const 3     - constant, used where it is consumed  ; [3]
;;  5  0x2c  local.set $c       a  be03000000  mov esi, 3           ; [] $c: esi
;;  6  0x2e  loop $again        f  90          nop
;;  7  0x30    local.get $b  - local, read where it lives           ; [$b]
;;  8  0x32    local.get $c  - local, read where it lives           ; [$b, $c]
;;  9  0x34    local.get $a  - local, read where it lives           ; [$b, $c, $a]
;; 10  0x36    local.set $c    10  8bc6        mov eax, esi         ; [$b, eax]
;;                             12  8bf3        mov esi, ebx
;; 11  0x38    local.set $b    14  8bcd        mov ecx, ebp         ; [ecx]
;;                             16  8be8        mov ebp, eax
;; 12  0x3a    local.set $a    18  8bd9        mov ebx, ecx         ; []
;; 13  0x3c    local.get $n  - local, read where it lives           ; [$n]
;; 14  0x3e    i32.const 1   - constant, used where it is consumed  ; [$n, 1]
;; 15  0x40    i32.sub         1a  83ef01      sub edi, 1           ; [edi] $n: -, computed in its destination
;; 16  0x41    local.tee $n  - value is already where it belongs    ; [$n] $n: edi
;; 17  0x43    br_if $again    1d  75f1        jne @10              ; []
;; 18  0x45  end             - only structure
;; 19  0x46  local.get $a    - local, read where it lives           ; [$a]
;; 20  0x48  i32.const 100   - constant, used where it is consumed  ; [$a, 100]
;; 21  0x4b  i32.mul           1f  6bc364      imul eax, ebx, 0x64  ; [eax]
;; 22  0x4c  local.get $b    - local, read where it lives           ; [eax, $b]
;; 23  0x4e  i32.const 10    - constant, used where it is consumed  ; [eax, $b, 10]
;; 24  0x50  i32.mul           22  6bcd0a      imul ecx, ebp, 0xa   ; [eax, ecx]
;; 25  0x51  local.get $c    - local, read where it lives           ; [eax, ecx, $c]
;; 26  0x53  i32.add           25  03ce        add ecx, esi         ; [eax, ecx]
;; 27  0x54  i32.add           27  03c1        add eax, ecx         ; [eax]
;; 28  0x55  end               29  c3          ret
