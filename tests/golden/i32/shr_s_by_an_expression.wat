;; Count and value both come from expressions.
;; invoke f -64 1 -> -16
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.shr_s (i32.add (local.get $a) (i32.const 0)) (i32.add (local.get $b) (i32.const 1)))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 8 bytes, 4 instructions, 0.62 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi $b: esi
;; 0  0x21  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x23  i32.const 0   - constant, used where it is consumed  ; [$a, 0]
;; 2  0x25  i32.add          0  8d07    lea eax, [rdi]           ; [eax]
;; 3  0x26  local.get $b  - local, read where it lives           ; [eax, $b]
;; 4  0x28  i32.const 1   - constant, used where it is consumed  ; [eax, $b, 1]
;; 5  0x2a  i32.add          2  8d4e01  lea ecx, [rsi+1]         ; [eax, ecx]
;; 6  0x2b  i32.shr_s        5  d3f8    sar eax, cl              ; [eax]
;; 7  0x2c  end              7  c3      ret
