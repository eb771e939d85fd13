;; The selector is a pending load.
;; invoke f 0 -> 20
(module
  (memory 1)
  (data (i32.const 0) "\01")
  (func $f (export "f") (param $p i32) (result i32)
    (block $b (block $a (br_table $a $b (i32.load (local.get $p))))
      (return (i32.const 10)))
    (i32.const 20)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 22 bytes, 8 instructions, 1.00 x the 22 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                code  bytes       x86-64                          ; after, notes
;;           (entry)                                                               ; $p: edi
;;  0  0x25  block $b            - only structure
;;  1  0x27    block $a          - only structure
;;  2  0x29      local.get $p    - local, read where it lives                      ; [$p]
;;  3  0x2b      i32.load        - load, done by the instruction that consumes it  ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;;  4  0x2e      br_table $a $b     0  418b043e    mov eax, dword [r14+rdi]
;;                                  4  85c0        test eax, eax
;;                                  6  7402        je @7
;;                                  8  eb06        jmp @10
;;  5  0x32    end               - only structure                                  ; [] $p: -
;;  6  0x33    i32.const 10      - constant, used where it is consumed             ; [10]
;;  7  0x35    return               a  b80a000000  mov eax, 0xa                    ; moved to where the label expects it
;;                                  f  c3          ret
;;  8  0x36  end                 - only structure                                  ; []
;;  9  0x37  i32.const 20        - constant, used where it is consumed             ; [20]
;; 10  0x39  end                   10  b814000000  mov eax, 0x14                   ; moved to where the label expects it
;;                                 15  c3          ret
