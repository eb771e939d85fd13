;; One arm.
;; invoke f 1 -> 11
;; invoke f 0 -> 0
(module
  (func $f (export "f") (param $a i32) (result i32)
    (if (local.get $a) (then (local.set $a (i32.add (local.get $a) (i32.const 10)))))
    (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 10 bytes, 5 instructions, 0.62 x the 16 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes   x86-64                   ; after, notes
;;          (entry)                                                ; $a: edi
;; 0  0x20  local.get $a    - local, read where it lives           ; [$a]
;; 1  0x22  if                 0  85ff    test edi, edi            ; []
;;                             2  7403    je @8
;; 2  0x24    local.get $a  - local, read where it lives           ; [$a]
;; 3  0x26    i32.const 10  - constant, used where it is consumed  ; [$a, 10]
;; 4  0x28    i32.add          4  83c70a  add edi, 0xa             ; [edi] $a: -, computed in its destination
;; 5  0x29    local.set $a  - value is already where it belongs    ; [] $a: edi
;; 6  0x2b  end             - only structure
;; 7  0x2c  local.get $a    - local, read where it lives           ; [$a]
;; 8  0x2e  end                7  8bc7    mov eax, edi             ; moved to where the label expects it
;;                             9  c3      ret
