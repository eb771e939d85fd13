;; A shift by 1 to 3 waits for the addition behind it: one lea.
;; invoke f 5 100 -> 120
;; invoke f 0x40000000 1 -> 1
;; invoke g 3 -> 56
(module
  (func (export "f") (param $i i32) (param $p i32) (result i32)
    (i32.add (local.get $p) (i32.shl (local.get $i) (i32.const 2))))
  (func (export "g") (param $i i32) (result i32)
    (i32.add (i32.shl (local.get $i) (i32.const 3)) (i32.const 32))))
;; ==== x86-64 ====
;; func 0 (param i32 i32) (result i32) (export "f")
;; 4 bytes, 2 instructions, 0.40 x the 10 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $i: edi $p: esi
;; 0  0x2b  local.get $p  - local, read where it lives           ; [$p]
;; 1  0x2d  local.get $i  - local, read where it lives           ; [$p, $i]
;; 2  0x2f  i32.const 2   - constant, used where it is consumed  ; [$p, $i, 2]
;; 3  0x31  i32.shl       - nothing to do                        ; [$p, edi<<2], deferred
;; 4  0x32  i32.add          0  8d04be  lea eax, [rsi+rdi*4]     ; [eax], folded into an operand
;; 5  0x33  end              3  c3      ret
;;
;; func 1 (param i32) (result i32) (export "g")
;; 8 bytes, 2 instructions, 0.80 x the 10 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes           x86-64                 ; after, notes
;;          (entry)                                                    ; $i: edi
;; 0  0x36  local.get $i  - local, read where it lives                 ; [$i]
;; 1  0x38  i32.const 3   - constant, used where it is consumed        ; [$i, 3]
;; 2  0x3a  i32.shl       - nothing to do                              ; [edi<<3], deferred
;; 3  0x3b  i32.const 32  - constant, used where it is consumed        ; [edi<<3, 32]
;; 4  0x3d  i32.add          0  8d04fd20000000  lea eax, [rdi*8+0x20]  ; [eax], folded into an operand
;; 5  0x3e  end              7  c3              ret
