;; The result is computed where the local lives.
;; invoke f 5 -> 6
(module
  (func $f (export "f") (param $a i32) (result i32)
    (local.set $a (i32.add (local.get $a) (i32.const 1)))
    (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 6 bytes, 3 instructions, 0.55 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 1   - constant, used where it is consumed  ; [$a, 1]
;; 2  0x24  i32.add          0  83c701  add edi, 1               ; [edi] $a: -, computed in its destination
;; 3  0x25  local.set $a  - value is already where it belongs    ; [] $a: edi
;; 4  0x27  local.get $a  - local, read where it lives           ; [$a]
;; 5  0x29  end              3  8bc7    mov eax, edi             ; moved to where the label expects it
;;                           5  c3      ret
