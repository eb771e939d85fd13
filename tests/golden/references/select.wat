;; References are selected like integers.
;; invoke f null 1 -> null
(module
  (func $f (export "f") (param $r externref) (param $c i32) (result externref)
    (select (result externref) (local.get $r) (ref.null extern) (local.get $c))))
;; ==== x86-64 ====
;; func 0 $f (param externref i32) (result externref) (export "f")
;; 12 bytes, 4 instructions, 1.09 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                       code  bytes       x86-64               ; after, notes
;;          (entry)                                                           ; $r: rdi $c: esi
;; 0  0x21  local.get $r               - local, read where it lives           ; [$r]
;; 1  0x23  ref.null extern            - constant, used where it is consumed  ; [$r, null]
;; 2  0x25  local.get $c               - local, read where it lives           ; [$r, null, $c]
;; 3  0x27  select (result externref)     0  85f6        test esi, esi        ; [rax]
;;                                        2  b800000000  mov eax, 0
;;                                        7  480f45c7    cmovne rax, rdi
;; 4  0x2a  end                           b  c3          ret
