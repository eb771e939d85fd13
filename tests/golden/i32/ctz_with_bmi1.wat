;; One instruction where the CPU has it.
;; target features=bmi1
;; invoke f 8 -> 3
;; invoke f 0 -> 32
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.ctz (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 7 bytes, 3 instructions, 1.40 x the 5 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64          ; after, notes
;;          (entry)                                       ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives    ; [$a]
;; 1  0x22  i32.ctz          0  8bc7      mov eax, edi    ; [eax]
;;                           2  f30fbcc0  tzcnt eax, eax
;; 2  0x23  end              6  c3        ret
