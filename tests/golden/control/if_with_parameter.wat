;; The parameter of an if without else goes through.
;; invoke f 1 -> 8
;; invoke f 0 -> 7
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.const 7)
    (if (param i32) (result i32) (local.get $a) (then (i32.const 1) (i32.add)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 13 bytes, 5 instructions, 1.08 x the 12 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                                  code  bytes       x86-64               ; after, notes
;;          (entry)                                                                      ; $a: edi
;; 0  0x20  i32.const 7                           - constant, used where it is consumed  ; [7]
;; 1  0x22  local.get $a                          - local, read where it lives           ; [7, $a]
;; 2  0x24  if (type 0) (param i32) (result i32)     0  85ff        test edi, edi        ; [eax]
;;                                                   2  b807000000  mov eax, 7
;;                                                   7  7403        je @6
;; 3  0x26    i32.const 1                         - constant, used where it is consumed  ; [eax, 1]
;; 4  0x28    i32.add                                9  83c001      add eax, 1           ; [eax]
;; 5  0x29  end                                   - only structure                       ; $a: -
;; 6  0x2a  end                                      c  c3          ret
