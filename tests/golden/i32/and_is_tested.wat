;; An and that is only compared with zero is a test; a small mask tests a byte.
;; invoke f 8 -> 1
;; invoke f 7 -> 0
;; invoke f 256 -> 2
(module
  (func (export "f") (param $x i32) (result i32)
    (if (i32.and (local.get $x) (i32.const 8)) (then (return (i32.const 1))))
    (if (i32.eqz (i32.and (local.get $x) (i32.const 0xff00)))
      (then (return (i32.const 0))))
    i32.const 2))
;; ==== x86-64 ====
;; func 0 (param i32) (result i32) (export "f")
;; 29 bytes, 10 instructions, 1.00 x the 29 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm             code  bytes         x86-64             ; after, notes
;;           (entry)                                                 ; $x: edi
;;  0  0x20  local.get $x     - local, read where it lives           ; [$x]
;;  1  0x22  i32.const 8      - constant, used where it is consumed  ; [$x, 8]
;;  2  0x24  i32.and             0  40f6c708      test dil, 8        ; [flags ne], kept in flags
;;  3  0x25  if                  4  7406          je @9              ; [], fused with the instruction before
;;  4  0x27    i32.const 1    - constant, used where it is consumed  ; [1]
;;  5  0x29    return            6  b801000000    mov eax, 1         ; moved to where the label expects it
;;                               b  c3            ret
;;  6  0x2a  end              - only structure                       ; []
;;  7  0x2b  local.get $x     - local, read where it lives           ; [$x]
;;  8  0x2d  i32.const 65280  - constant, used where it is consumed  ; [$x, 65280]
;;  9  0x31  i32.and             c  f7c700ff0000  test edi, 0xff00   ; [flags ne], kept in flags
;; 10  0x32  i32.eqz          - condition inverted                   ; [flags e], kept in flags
;; 11  0x33  if                 12  7503          jne @16            ; [], fused with the instruction before
;; 12  0x35    i32.const 0    - constant, used where it is consumed  ; [0]
;; 13  0x37    return           14  33c0          xor eax, eax       ; moved to where the label expects it
;;                              16  c3            ret
;; 14  0x38  end              - only structure                       ; [] $x: -
;; 15  0x39  i32.const 2      - constant, used where it is consumed  ; [2]
;; 16  0x3b  end                17  b802000000    mov eax, 2         ; moved to where the label expects it
;;                              1c  c3            ret
