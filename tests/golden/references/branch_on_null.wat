;; The test is fused with the branch.
;; invoke f null -> 7
(module
  (func $f (export "f") (param $r externref) (result i32)
    (block $out
      (br_if $out (ref.is_null (local.get $r)))
      (return (i32.const 1)))
    (i32.const 7)))
;; ==== x86-64 ====
;; func 0 $f (param externref) (result i32) (export "f")
;; 17 bytes, 6 instructions, 1.13 x the 15 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes       x86-64               ; after, notes
;;          (entry)                                                ; $r: rdi
;; 0  0x20  block $out      - only structure
;; 1  0x22    local.get $r  - local, read where it lives           ; [$r]
;; 2  0x24    ref.is_null      0  4885ff      test rdi, rdi        ; [flags e], kept in flags
;; 3  0x25    br_if $out       3  7406        je @8                ; [], fused with the instruction before
;; 4  0x27    i32.const 1   - constant, used where it is consumed  ; [1]
;; 5  0x29    return           5  b801000000  mov eax, 1           ; moved to where the label expects it
;;                             a  c3          ret
;; 6  0x2a  end             - only structure                       ; [] $r: -
;; 7  0x2b  i32.const 7     - constant, used where it is consumed  ; [7]
;; 8  0x2d  end                b  b807000000  mov eax, 7           ; moved to where the label expects it
;;                            10  c3          ret
