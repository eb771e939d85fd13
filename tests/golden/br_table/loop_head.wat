;; One target is a loop that goes round again.
;; invoke f 3 -> 0
(module
  (func $f (export "f") (param $n i32) (result i32)
    (loop $again
      (block $out
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_table $out $again $again $out (local.get $n))))
    (local.get $n)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 22 bytes, 10 instructions, 0.88 x the 25 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                                  code  bytes   x86-64                   ; after, notes
;;           (entry)                                                                      ; $n: edi
;;  0  0x20  loop $again                           - only structure
;;  1  0x22    block $out                          - only structure
;;  2  0x24      local.get $n                      - local, read where it lives           ; [$n]
;;  3  0x26      i32.const 1                       - constant, used where it is consumed  ; [$n, 1]
;;  4  0x28      i32.sub                              0  83ef01  sub edi, 1               ; [edi] $n: -, computed in its destination
;;  5  0x29      local.set $n                      - value is already where it belongs    ; [] $n: edi
;;  6  0x2b      local.get $n                      - local, read where it lives           ; [$n]
;;  7  0x2d      br_table $out $again $again $out     3  85ff    test edi, edi
;;                                                    5  740c    je @11
;;                                                    7  83ff01  cmp edi, 1
;;                                                    a  74f4    je @4
;;                                                    c  83ff02  cmp edi, 2
;;                                                    f  74ef    je @4
;;                                                   11  eb00    jmp @11
;;  8  0x33    end                                 - only structure                       ; []
;;  9  0x34  end                                   - only structure
;; 10  0x35  local.get $n                          - local, read where it lives           ; [$n]
;; 11  0x37  end                                     13  8bc7    mov eax, edi             ; moved to where the label expects it
;;                                                   15  c3      ret
