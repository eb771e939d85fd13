;; Sign extension from 8 and 16 bits.
;; invoke f 0x8080 -> -32512
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.sub (i32.extend16_s (local.get $a)) (i32.extend8_s (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 10 bytes, 4 instructions, 1.11 x the 9 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes     x86-64          ; after, notes
;;          (entry)                                         ; $a: edi
;; 0  0x20  local.get $a    - local, read where it lives    ; [$a]
;; 1  0x22  i32.extend16_s     0  0fbfc7    movsx eax, di   ; [eax]
;; 2  0x23  local.get $a    - local, read where it lives    ; [eax, $a]
;; 3  0x25  i32.extend8_s      3  400fbecf  movsx ecx, dil  ; [eax, ecx]
;; 4  0x26  i32.sub            7  2bc1      sub eax, ecx    ; [eax]
;; 5  0x27  end                9  c3        ret
