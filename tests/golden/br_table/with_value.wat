;; The value goes to every target's place.
;; invoke f 0 7 -> 17
;; invoke f 1 7 -> 27
;; invoke f 9 7 -> 7
(module
  (func $f (export "f") (param $i i32) (param $v i32) (result i32)
    (block $b (result i32)
      (block $a (result i32)
        (br_table $a $b 2 (local.get $v) (local.get $i)))
      (return (i32.add (i32.const 10))))
    (i32.add (i32.const 20))))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 25 bytes, 11 instructions, 1.04 x the 24 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                     code  bytes       x86-64               ; after, notes
;;           (entry)                                                         ; $i: edi $v: esi
;;  0  0x21  block $b (result i32)    - only structure
;;  1  0x23    block $a (result i32)  - only structure
;;  2  0x25      local.get $v         - local, read where it lives           ; [$v]
;;  3  0x27      local.get $i         - local, read where it lives           ; [$v, $i]
;;  4  0x29      br_table $a $b 2        0  8bc6        mov eax, esi
;;                                       2  85ff        test edi, edi
;;                                       4  740b        je @7
;;                                       6  83ff01      cmp edi, 1
;;                                       9  740a        je @11
;;                                       b  e900000000  jmp @4+10
;;                                      10  c3          ret
;;  5  0x2e    end                    - only structure                       ; [eax] $i: - $v: -
;;  6  0x2f    i32.const 10           - constant, used where it is consumed  ; [eax, 10]
;;  7  0x31    i32.add                  11  83c00a      add eax, 0xa         ; [eax]
;;  8  0x32    return                   14  c3          ret
;;  9  0x33  end                      - only structure
;; 10  0x34  i32.const 20             - constant, used where it is consumed  ; [eax, 20]
;; 11  0x36  i32.add                    15  83c014      add eax, 0x14        ; [eax]
;; 12  0x37  end                        18  c3          ret
