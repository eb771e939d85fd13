;; The result goes to the local's home, which is one of the arms.
;; invoke f 5 9 -> 9
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (local.set $a (select (local.get $b) (local.get $a) (i32.gt_u (local.get $b) (local.get $a))))
    (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 8 bytes, 4 instructions, 0.50 x the 16 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                 ; after, notes
;;          (entry)                                            ; $a: edi $b: esi
;; 0  0x21  local.get $b  - local, read where it lives         ; [$b]
;; 1  0x23  local.get $a  - local, read where it lives         ; [$b, $a]
;; 2  0x25  local.get $b  - local, read where it lives         ; [$b, $a, $b]
;; 3  0x27  local.get $a  - local, read where it lives         ; [$b, $a, $b, $a]
;; 4  0x29  i32.gt_u         0  3bf7    cmp esi, edi           ; [$b, $a, flags a], kept in flags
;; 5  0x2a  select           2  0f47fe  cmova edi, esi         ; [edi] $a: -, fused with the instruction before, computed in its destination
;; 6  0x2b  local.set $a  - value is already where it belongs  ; [] $a: edi
;; 7  0x2d  local.get $a  - local, read where it lives         ; [$a]
;; 8  0x2f  end              5  8bc7    mov eax, edi           ; moved to where the label expects it
;;                           7  c3      ret
