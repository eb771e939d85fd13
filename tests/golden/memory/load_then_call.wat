;; A pending load is done before a call that may change it.
;; invoke f 0 -> 100
(module
  (memory 1)
  (data (i32.const 0) "\64\00\00\00")
  (func $f (export "f") (param $p i32) (result i32)
    (i32.load (local.get $p))
    (call $clear))
  (func $clear (i32.store (i32.const 0) (i32.const 0))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 40 bytes, 10 instructions, 4.44 x the 9 bytes of wasm; frame 24 bytes, 1 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $p: edi
;;                           4  0f821a000000  jb trap.stack
;;                           a  4883ec18      sub rsp, 0x18
;;           trap.stack:    24  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x29  local.get $p  - local, read where it lives                          ; [$p]
;; 1  0x2b  i32.load      - load, done by the instruction that consumes it      ; [mem[rdi]], deferred, bounds check elided by guard pages, can trap
;; 2  0x2e  call $clear      e  418b043e      mov eax, dword [r14+rdi]          ; [[rsp+0x10]] $p: -, spilled
;;                          12  89442410      mov dword [rsp+0x10], eax
;;                          16  e800000000    call $clear
;; 3  0x30  end             1b  8b442410      mov eax, dword [rsp+0x10]         ; moved to where the label expects it
;;                          1f  4883c418      add rsp, 0x18
;;                          23  c3            ret
;;
;; func 1 $clear
;; 8 bytes, 2 instructions, 0.89 x the 9 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes           x86-64              ; after, notes
;; 0  0x33  i32.const 0  - constant, used where it is consumed     ; [0]
;; 1  0x35  i32.const 0  - constant, used where it is consumed     ; [0, 0]
;; 2  0x37  i32.store       0  41c70600000000  mov dword [r14], 0  ; [], bounds check elided by guard pages, can trap
;; 3  0x3a  end             7  c3              ret
