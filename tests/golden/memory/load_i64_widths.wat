;; 32 bits into 64, signed and not.
;; invoke f 0 -> 4294967294
(module
  (memory 1)
  (data (i32.const 0) "\ff\ff\ff\ff")
  (func $f (export "f") (param $p i32) (result i64)
    (i64.add (i64.load32_s (local.get $p)) (i64.load32_u (local.get $p)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i64) (export "f")
;; 12 bytes, 4 instructions, 0.92 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes     x86-64                       ; after, notes
;;          (entry)                                                    ; $p: edi
;; 0  0x25  local.get $p  - local, read where it lives                 ; [$p]
;; 1  0x27  i64.load32_s     0  4963043e  movsxd rax, dword [r14+rdi]  ; [rax], bounds check elided by guard pages, can trap
;; 2  0x2a  local.get $p  - local, read where it lives                 ; [rax, $p]
;; 3  0x2c  i64.load32_u     4  418b0c3e  mov ecx, dword [r14+rdi]     ; [rax, rcx], bounds check elided by guard pages, can trap
;; 4  0x2f  i64.add          8  4803c1    add rax, rcx                 ; [rax]
;; 5  0x30  end              b  c3        ret
