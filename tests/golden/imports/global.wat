;; The cell of an imported global is a pointer to the exporter's.
;; invoke f 1 -> 8
;; invoke f 2 -> 10
(module
  (import "host" "counter" (global $g (mut i32)))
  (func $f (export "f") (param $a i32) (result i32)
    (global.set $g (i32.add (global.get $g) (local.get $a)))
    (global.get $g)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 33 bytes, 8 instructions, 3.00 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                          ; after, notes
;;          (entry)                                                              ; $a: edi
;; 0  0x33  global.get $g     0  4d8b9f00000000  mov r11, qword [r15+global:$g]  ; [eax]
;;                            7  418b03          mov eax, dword [r11]
;; 1  0x35  local.get $a   - local, read where it lives                          ; [eax, $a]
;; 2  0x37  i32.add           a  03c7            add eax, edi                    ; [eax]
;; 3  0x38  global.set $g     c  4d8b9f00000000  mov r11, qword [r15+global:$g]  ; []
;;                           13  418903          mov dword [r11], eax
;; 4  0x3a  global.get $g    16  4d8b9f00000000  mov r11, qword [r15+global:$g]  ; [eax]
;;                           1d  418b03          mov eax, dword [r11]
;; 5  0x3c  end              20  c3              ret
