;; A return in the middle.
;; invoke f 3 -> 9
;; invoke f 50 -> 50
(module
  (func $f (export "f") (param $a i32) (result i32)
    (if (i32.gt_u (local.get $a) (i32.const 9)) (then (return (local.get $a))))
    (i32.mul (local.get $a) (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 14 bytes, 7 instructions, 0.78 x the 18 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm            code  bytes   x86-64                   ; after, notes
;;           (entry)                                                ; $a: edi
;;  0  0x20  local.get $a    - local, read where it lives           ; [$a]
;;  1  0x22  i32.const 9     - constant, used where it is consumed  ; [$a, 9]
;;  2  0x24  i32.gt_u           0  83ff09  cmp edi, 9               ; [flags a], kept in flags
;;  3  0x25  if                 3  7603    jbe @9                   ; [], fused with the instruction before
;;  4  0x27    local.get $a  - local, read where it lives           ; [$a]
;;  5  0x29    return           5  8bc7    mov eax, edi             ; moved to where the label expects it
;;                              7  c3      ret
;;  6  0x2a  end             - only structure                       ; []
;;  7  0x2b  local.get $a    - local, read where it lives           ; [$a]
;;  8  0x2d  local.get $a    - local, read where it lives           ; [$a, $a]
;;  9  0x2f  i32.mul            8  8bc7    mov eax, edi             ; [eax]
;;                              a  0fafc7  imul eax, edi
;; 10  0x30  end                d  c3      ret
