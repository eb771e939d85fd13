;; A reference as a local, null to begin with.
;; invoke f null -> 1
(module
  (func $f (export "f") (param $r externref) (result i32)
    (local $s externref)
    (i32.and (ref.is_null (local.get $s)) (ref.is_null (local.get $r)))))
;; ==== x86-64 ====
;; func 0 $f (param externref) (result i32) (export "f")
;; 21 bytes, 9 instructions, 1.91 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64          ; after, notes
;;          (entry)                                     ; $r: rdi $s: 0
;; 0  0x22  local.get $s  - local, read where it lives  ; [null]
;; 1  0x24  ref.is_null      0  33c0    xor eax, eax    ; [eax]
;;                           2  33c9    xor ecx, ecx
;;                           4  4885c9  test rcx, rcx
;;                           7  0f94c0  sete al
;; 2  0x25  local.get $r  - local, read where it lives  ; [eax, $r]
;; 3  0x27  ref.is_null      a  33c9    xor ecx, ecx    ; [eax, ecx]
;;                           c  4885ff  test rdi, rdi
;;                           f  0f94c1  sete cl
;; 4  0x28  i32.and         12  23c1    and eax, ecx    ; [eax]
;; 5  0x29  end             14  c3      ret
