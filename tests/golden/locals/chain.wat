;; Operations in a row are computed in the register of the local that gets the last result.
;; invoke f 7 9 -> 315
(module
  (func (export "f") (param $x i32) (param $y i32) (result i32) (local $z i32)
    (local.set $z (i32.sub (i32.mul (i32.xor (local.get $x) (local.get $y))
      (i32.const 7)) (i32.const -6)))
    (local.set $z (i32.add (local.get $z) (i32.shl (local.get $z) (i32.const 1))))
    (i32.add (local.get $z) (i32.and (local.get $x) (i32.const -13)))))
;; ==== x86-64 ====
;; func 0 (param i32 i32) (result i32) (export "f")
;; 21 bytes, 9 instructions, 0.60 x the 35 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm           code  bytes   x86-64                   ; after, notes
;;           (entry)                                               ; $x: edi $y: esi
;;  0  0x23  local.get $x   - local, read where it lives           ; [$x]
;;  1  0x25  local.get $y   - local, read where it lives           ; [$x, $y]
;;  2  0x27  i32.xor           0  8bdf    mov ebx, edi             ; [ebx], computed in its destination
;;                             2  33de    xor ebx, esi
;;  3  0x28  i32.const 7    - constant, used where it is consumed  ; [ebx, 7]
;;  4  0x2a  i32.mul           4  6bdb07  imul ebx, 7              ; [ebx]
;;  5  0x2b  i32.const -6   - constant, used where it is consumed  ; [ebx, -6]
;;  6  0x2d  i32.sub           7  83c306  add ebx, 6               ; [ebx]
;;  7  0x2e  local.set $z   - value is already where it belongs    ; [] $z: ebx
;;  8  0x30  local.get $z   - local, read where it lives           ; [$z]
;;  9  0x32  local.get $z   - local, read where it lives           ; [$z, $z]
;; 10  0x34  i32.const 1    - constant, used where it is consumed  ; [$z, $z, 1]
;; 11  0x36  i32.shl        - nothing to do                        ; [$z, ebx<<1], deferred
;; 12  0x37  i32.add           a  8d1c5b  lea ebx, [rbx+rbx*2]     ; [ebx] $z: -, folded into an operand, computed in its destination
;; 13  0x38  local.set $z   - value is already where it belongs    ; [] $z: ebx
;; 14  0x3a  local.get $z   - local, read where it lives           ; [$z]
;; 15  0x3c  local.get $x   - local, read where it lives           ; [$z, $x]
;; 16  0x3e  i32.const -13  - constant, used where it is consumed  ; [$z, $x, -13]
;; 17  0x40  i32.and           d  8bc7    mov eax, edi             ; [$z, eax]
;;                             f  83e0f3  and eax, 0xfffffff3
;; 18  0x41  i32.add          12  03c3    add eax, ebx             ; [eax]
;; 19  0x42  end              14  c3      ret
