;; The shadow stack pointer goes down and up again.
;; invoke f -> 100
(module
  (global $sp (mut i32) (i32.const 100))
  (func $f (export "f") (result i32)
    (local $old i32)
    (global.set $sp (local.tee $old (i32.sub (global.get $sp) (i32.const 16))))
    (global.set $sp (i32.add (local.get $old) (i32.const 16)))
    (global.get $sp)))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 35 bytes, 7 instructions, 1.59 x the 22 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm            code  bytes           x86-64                           ; after, notes
;;  0  0x2a  global.get $sp     0  418b9f00000000  mov ebx, dword [r15+global:$sp]  ; [ebx], computed in its destination
;;  1  0x2c  i32.const 16    - constant, used where it is consumed                  ; [ebx, 16]
;;  2  0x2e  i32.sub            7  83eb10          sub ebx, 0x10                    ; [ebx]
;;  3  0x2f  local.tee $old  - value is already where it belongs                    ; [$old] $old: ebx
;;  4  0x31  global.set $sp     a  41899f00000000  mov dword [r15+global:$sp], ebx  ; []
;;  5  0x33  local.get $old  - local, read where it lives                           ; [$old]
;;  6  0x35  i32.const 16    - constant, used where it is consumed                  ; [$old, 16]
;;  7  0x37  i32.add           11  8d4310          lea eax, [rbx+0x10]              ; [eax]
;;  8  0x38  global.set $sp    14  41898700000000  mov dword [r15+global:$sp], eax  ; []
;;  9  0x3a  global.get $sp    1b  418b8700000000  mov eax, dword [r15+global:$sp]  ; [eax]
;; 10  0x3c  end               22  c3              ret
