;; Bytes are compared with constants where they are, words with registers and constants.
;; invoke f 0 -> 1
;; invoke f 1 -> 2
;; invoke f 2 -> 3
;; invoke f 65536 -> trap out of bounds memory access
(module
  (memory 1)
  (data (i32.const 0) "/\ff\00")
  (func (export "f") (param $p i32) (result i32)
    (if (i32.eq (i32.load8_u (local.get $p)) (i32.const 47))
      (then (return (i32.const 1))))
    (if (i32.lt_s (i32.load8_s (local.get $p)) (i32.const 0))
      (then (return (i32.const 2))))
    (i32.add (i32.const 2) (i32.eqz (i32.load (local.get $p))))))
;; ==== x86-64 ====
;; func 0 (param i32) (result i32) (export "f")
;; 40 bytes, 13 instructions, 1.03 x the 39 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm           code  bytes       x86-64                          ; after, notes
;;           (entry)                                                          ; $p: edi
;;  0  0x25  local.get $p   - local, read where it lives                      ; [$p]
;;  1  0x27  i32.load8_u    - load, done by the instruction that consumes it  ; [byte mem[rdi]], deferred, bounds check elided by guard pages, can trap
;;  2  0x2a  i32.const 47   - constant, used where it is consumed             ; [byte mem[rdi], 47]
;;  3  0x2c  i32.eq            0  41803c3e2f  cmp byte [r14+rdi], 0x2f        ; [flags e], folded into an operand, kept in flags
;;  4  0x2d  if                5  7506        jne @11                         ; [], fused with the instruction before
;;  5  0x2f    i32.const 1  - constant, used where it is consumed             ; [1]
;;  6  0x31    return          7  b801000000  mov eax, 1                      ; moved to where the label expects it
;;                             c  c3          ret
;;  7  0x32  end            - only structure                                  ; []
;;  8  0x33  local.get $p   - local, read where it lives                      ; [$p]
;;  9  0x35  i32.load8_s    - load, done by the instruction that consumes it  ; [byte mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 10  0x38  i32.const 0    - constant, used where it is consumed             ; [byte mem[rdi], 0]
;; 11  0x3a  i32.lt_s          d  41803c3e00  cmp byte [r14+rdi], 0           ; [flags l], folded into an operand, kept in flags
;; 12  0x3b  if               12  7d06        jge @19                         ; [], fused with the instruction before
;; 13  0x3d    i32.const 2  - constant, used where it is consumed             ; [2]
;; 14  0x3f    return         14  b802000000  mov eax, 2                      ; moved to where the label expects it
;;                            19  c3          ret
;; 15  0x40  end            - only structure                                  ; []
;; 16  0x41  i32.const 2    - constant, used where it is consumed             ; [2]
;; 17  0x43  local.get $p   - local, read where it lives                      ; [2, $p]
;; 18  0x45  i32.load       - load, done by the instruction that consumes it  ; [2, mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 19  0x48  i32.eqz          1a  33c0        xor eax, eax                    ; [2, eax], folded into an operand
;;                            1c  41833c3e00  cmp dword [r14+rdi], 0
;;                            21  0f94c0      sete al
;; 20  0x49  i32.add          24  83c002      add eax, 2                      ; [eax]
;; 21  0x4a  end              27  c3          ret
