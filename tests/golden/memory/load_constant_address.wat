;; No register at all.
;; invoke f -> 100
(module
  (memory 1)
  (data (i32.const 16) "\64\00\00\00")
  (func $f (export "f") (result i32)
    (i32.load (i32.const 16))))
;; ==== x86-64 ====
;; func 0 $f (result i32) (export "f")
;; 5 bytes, 2 instructions, 0.71 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                            ; after, notes
;; 0  0x24  i32.const 16  - constant, used where it is consumed             ; [16]
;; 1  0x26  i32.load      - load, done by the instruction that consumes it  ; [mem[0x10]], deferred, bounds check elided by guard pages, can trap
;; 2  0x29  end              0  418b4610  mov eax, dword [r14+0x10]
;;                           4  c3        ret
