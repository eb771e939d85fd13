;; A value is carried by the loop.
;; invoke f 5 -> 120
(module
  (func $f (export "f") (param $n i32) (result i32)
    (i32.const 1)
    (loop $again (param i32) (result i32)
      (i32.mul (local.get $n))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again (local.get $n)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 25 bytes, 7 instructions, 1.19 x the 21 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                                      code  bytes             x86-64               ; after, notes
;;           (entry)                                                                                ; $n: edi
;;  0  0x20  i32.const 1                               - constant, used where it is consumed        ; [1]
;;  1  0x22  loop $again (type 0) (param i32) (result i32)     0  b801000000        mov eax, 1           ; [eax]
;;                                                        5  0f1f840000000000  nop dword [rax+rax]
;;                                                        d  0f1f00            nop dword [rax]
;;  2  0x24    local.get $n                            - local, read where it lives                 ; [eax, $n]
;;  3  0x26    i32.mul                                   10  0fafc7            imul eax, edi        ; [eax]
;;  4  0x27    local.get $n                            - local, read where it lives                 ; [eax, $n]
;;  5  0x29    i32.const 1                             - constant, used where it is consumed        ; [eax, $n, 1]
;;  6  0x2b    i32.sub                                   13  83ef01            sub edi, 1           ; [eax, edi] $n: -, computed in its destination
;;  7  0x2c    local.set $n                            - value is already where it belongs          ; [eax] $n: edi
;;  8  0x2e    local.get $n                            - local, read where it lives                 ; [eax, $n]
;;  9  0x30    br_if $again                              16  75f8              jne @3               ; [eax]
;; 10  0x32  end                                       - only structure
;; 11  0x33  end                                         18  c3                ret
