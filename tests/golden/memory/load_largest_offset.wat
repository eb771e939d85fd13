;; An access that fits no memory always traps.
;; invoke f 0 -> trap out of bounds memory access
(module
  (memory 1)
  (func $f (export "f") (param $p i32) (result i32)
    (i32.load offset=0xffffffff (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 12 bytes, 4 instructions, 1.09 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                        code  bytes       x86-64                 ; after, notes
;;          (entry)                                                              ; $p: edi
;; 0  0x25  local.get $p                - local, read where it lives             ; [$p]
;; 1  0x27  i32.load offset=4294967295     0  e903000000  jmp trap.memory@1      ; [0], can trap
;;                      trap.memory@1:     8  41ff5718    call qword [r15+trap]  ; out of line
;; 2  0x2e  end                            5  33c0        xor eax, eax           ; moved to where the label expects it
;;                                         7  c3          ret
