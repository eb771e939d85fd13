;; The old value is read before the global changes.
;; invoke f 3 -> 7
;; invoke f 4 -> 3
(module
  (global $g (mut i32) (i32.const 7))
  (func $f (export "f") (param $a i32) (result i32)
    (global.get $g)
    (global.set $g (local.get $a))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 15 bytes, 3 instructions, 1.88 x the 8 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes           x86-64                          ; after, notes
;;          (entry)                                                              ; $a: edi
;; 0  0x28  global.get $g     0  418b8700000000  mov eax, dword [r15+global:$g]  ; [eax]
;; 1  0x2a  local.get $a   - local, read where it lives                          ; [eax, $a]
;; 2  0x2c  global.set $g     7  4189bf00000000  mov dword [r15+global:$g], edi  ; [eax]
;; 3  0x2e  end               e  c3              ret
