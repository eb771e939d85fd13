;; From a passive segment, once.
;; invoke f 8 -> 1684234849
;; invoke f 8 -> trap out of bounds memory access
(module
  (memory 1)
  (data $d "abcd")
  (func $f (export "f") (param $p i32) (result i32)
    (memory.init $d (local.get $p) (i32.const 0) (i32.const 4))
    (data.drop $d)
    (i32.load (local.get $p))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 68 bytes, 17 instructions, 3.40 x the 20 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm            code  bytes           x86-64                            ; after, notes
;;          (entry)            0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $p: edi
;;                             4  0f8236000000    jb trap.stack
;;                             a  4883ec28        sub rsp, 0x28
;;             trap.stack:    40  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x28  local.get $p    - local, read where it lives                            ; [$p]
;; 1  0x2a  i32.const 0     - constant, used where it is consumed                   ; [$p, 0]
;; 2  0x2c  i32.const 4     - constant, used where it is consumed                   ; [$p, 0, 4]
;; 3  0x2e  memory.init $d     e  893c24          mov dword [rsp], edi              ; [] $p: [rsp], locals saved around the call, can trap
;;                            11  8bf7            mov esi, edi
;;                            13  b904000000      mov ecx, 4
;;                            18  33d2            xor edx, edx
;;                            1a  41b800000000    mov r8d, data:$d
;;                            20  4d8b8f00000000  mov r9, qword [r15+memory:0]
;;                            27  41ff5758        call qword [r15+memory_init]
;; 4  0x32  data.drop $d      2b  be00000000      mov esi, data:$d
;;                            30  41ff5760        call qword [r15+data_drop]
;; 5  0x35  local.get $p    - local, read where it lives                            ; [$p]
;; 6  0x37  i32.load          34  8b3c24          mov edi, dword [rsp]              ; [mem[rdi]] $p: edi=[rsp], deferred, bounds check elided by guard pages, local reloaded, can trap
;; 7  0x3a  end               37  418b043e        mov eax, dword [r14+rdi]
;;                            3b  4883c428        add rsp, 0x28
;;                            3f  c3              ret
