;; Sign and zero extension in the load itself.
;; invoke f 0 -> 65533
(module
  (memory 1)
  (data (i32.const 0) "\ff\ff")
  (func $f (export "f") (param $p i32) (result i32)
    (i32.add (i32.add (i32.load8_s (local.get $p)) (i32.load16_s (local.get $p)))
      (i32.load16_u (local.get $p)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 20 bytes, 6 instructions, 1.05 x the 19 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64                     ; after, notes
;;          (entry)                                                    ; $p: edi
;; 0  0x25  local.get $p  - local, read where it lives                 ; [$p]
;; 1  0x27  i32.load8_s      0  410fbe043e  movsx eax, byte [r14+rdi]  ; [eax], bounds check elided by guard pages, can trap
;; 2  0x2a  local.get $p  - local, read where it lives                 ; [eax, $p]
;; 3  0x2c  i32.load16_s     5  410fbf0c3e  movsx ecx, word [r14+rdi]  ; [eax, ecx], bounds check elided by guard pages, can trap
;; 4  0x2f  i32.add          a  03c1        add eax, ecx               ; [eax]
;; 5  0x30  local.get $p  - local, read where it lives                 ; [eax, $p]
;; 6  0x32  i32.load16_u     c  410fb70c3e  movzx ecx, word [r14+rdi]  ; [eax, ecx], bounds check elided by guard pages, can trap
;; 7  0x35  i32.add         11  03c1        add eax, ecx               ; [eax]
;; 8  0x36  end             13  c3          ret
