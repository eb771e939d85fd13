;; The address register of a pending load is the home of a local that is set.
;; invoke f 4 -> 108
(module
  (memory 1)
  (data (i32.const 4) "\64\00\00\00")
  (func $f (export "f") (param $p i32) (result i32)
    (i32.load (local.get $p))
    (local.set $p (i32.const 8))
    (i32.add (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 12 bytes, 4 instructions, 0.86 x the 14 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64                          ; after, notes
;;          (entry)                                                         ; $p: edi
;; 0  0x25  local.get $p  - local, read where it lives                      ; [$p]
;; 1  0x27  i32.load      - load, done by the instruction that consumes it  ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 2  0x2a  i32.const 8   - constant, used where it is consumed             ; [mem[rdi], 8]
;; 3  0x2c  local.set $p     0  418b043e    mov eax, dword [r14+rdi]        ; [eax]
;;                           4  bf08000000  mov edi, 8
;; 4  0x2e  local.get $p  - local, read where it lives                      ; [eax, $p]
;; 5  0x30  i32.add          9  03c7        add eax, edi                    ; [eax]
;; 6  0x31  end              b  c3          ret
