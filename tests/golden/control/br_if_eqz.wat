;; The condition is inverted for nothing.
;; invoke f 0 -> 1
;; invoke f 5 -> 5
(module
  (func $f (export "f") (param $a i32) (result i32)
    (block $out
      (br_if $out (i32.eqz (i32.eqz (local.get $a))))
      (local.set $a (i32.const 1)))
    (local.get $a)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 12 bytes, 5 instructions, 0.71 x the 17 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes       x86-64               ; after, notes
;;          (entry)                                                ; $a: edi
;; 0  0x20  block $out      - only structure
;; 1  0x22    local.get $a  - local, read where it lives           ; [$a]
;; 2  0x24    i32.eqz          0  85ff        test edi, edi        ; [flags e], kept in flags
;; 3  0x25    i32.eqz       - condition inverted                   ; [flags ne], kept in flags
;; 4  0x26    br_if $out       2  7505        jne @9               ; [], fused with the instruction before
;; 5  0x28    i32.const 1   - constant, used where it is consumed  ; [1]
;; 6  0x2a    local.set $a     4  bf01000000  mov edi, 1           ; []
;; 7  0x2c  end             - only structure
;; 8  0x2d  local.get $a    - local, read where it lives           ; [$a]
;; 9  0x2f  end                9  8bc7        mov eax, edi         ; moved to where the label expects it
;;                             b  c3          ret
