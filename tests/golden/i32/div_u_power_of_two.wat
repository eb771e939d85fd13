;; A shift.
;; invoke f -1 -> 0x0fffffff
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.div_u (local.get $a) (i32.const 16))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 6 bytes, 3 instructions, 0.86 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 16  - constant, used where it is consumed  ; [$a, 16]
;; 2  0x24  i32.div_u        0  8bc7    mov eax, edi             ; [eax], strength reduced
;;                           2  c1e804  shr eax, 4
;; 3  0x25  end              5  c3      ret
