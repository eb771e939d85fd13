;; Comparison and branch are two instructions.
;; json
;; invoke f 1 2 -> 2
;; invoke f 2 1 -> 2
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (block $out
      (br_if $out (i32.ge_s (local.get $a) (local.get $b)))
      (local.set $a (local.get $b)))
    (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 9 bytes, 5 instructions, 0.50 x the 18 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes  x86-64           ; after, notes
;;          (entry)                                       ; $a: edi $b: esi
;; 0  0x21  block $out      - only structure
;; 1  0x23    local.get $a  - local, read where it lives  ; [$a]
;; 2  0x25    local.get $b  - local, read where it lives  ; [$a, $b]
;; 3  0x27    i32.ge_s         0  3bfe   cmp edi, esi     ; [flags ge], kept in flags
;; 4  0x28    br_if $out       2  7d02   jge @9           ; [], fused with the instruction before
;; 5  0x2a    local.get $b  - local, read where it lives  ; [$b]
;; 6  0x2c    local.set $a     4  8bfe   mov edi, esi     ; []
;; 7  0x2e  end             - only structure              ; $b: -
;; 8  0x2f  local.get $a    - local, read where it lives  ; [$a]
;; 9  0x31  end                6  8bc7   mov eax, edi     ; moved to where the label expects it
;;                             8  c3     ret
