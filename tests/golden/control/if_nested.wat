;; Three ways.
;; invoke f 0 -> 1
;; invoke f 1 -> 2
;; invoke f 2 -> 3
(module
  (func $f (export "f") (param $a i32) (result i32)
    (if (result i32) (i32.eqz (local.get $a))
      (then (i32.const 1))
      (else
        (if (result i32) (i32.eq (local.get $a) (i32.const 1))
          (then (i32.const 2))
          (else (i32.const 3)))))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 29 bytes, 10 instructions, 1.21 x the 24 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm               code  bytes       x86-64               ; after, notes
;;           (entry)                                                   ; $a: edi
;;  0  0x20  local.get $a       - local, read where it lives           ; [$a]
;;  1  0x22  i32.eqz               0  85ff        test edi, edi        ; [flags e], kept in flags
;;  2  0x23  if (result i32)       2  7507        jne @7               ; [], fused with the instruction before
;;  3  0x25    i32.const 1      - constant, used where it is consumed  ; [1]
;;  4  0x27  else                  4  b801000000  mov eax, 1           ; []
;;                                 9  eb11        jmp @14
;;  5  0x28    local.get $a     - local, read where it lives           ; [$a]
;;  6  0x2a    i32.const 1      - constant, used where it is consumed  ; [$a, 1]
;;  7  0x2c    i32.eq              b  83ff01      cmp edi, 1           ; [flags e], kept in flags
;;  8  0x2d    if (result i32)     e  7507        jne @12              ; [], fused with the instruction before
;;  9  0x2f      i32.const 2    - constant, used where it is consumed  ; [2]
;; 10  0x31    else               10  b802000000  mov eax, 2           ; [] $a: -
;;                                15  eb05        jmp @14
;; 11  0x32      i32.const 3    - constant, used where it is consumed  ; [3]
;; 12  0x34    end                17  b803000000  mov eax, 3           ; [eax], moved to where the label expects it
;; 13  0x35  end                - only structure
;; 14  0x36  end                  1c  c3          ret
