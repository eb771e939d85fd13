;; Sign extension from 8, 16 and 32 bits.
;; invoke f 0x80 -> -128
;; invoke f 0x80000000 -> -2147483648
(module
  (func $f (export "f") (param $a i64) (result i64)
    (i64.or (i64.or (i64.extend8_s (local.get $a)) (i64.extend16_s (local.get $a)))
      (i64.extend32_s (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i64) (export "f")
;; 18 bytes, 6 instructions, 1.38 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm            code  bytes     x86-64           ; after, notes
;;          (entry)                                          ; $a: rdi
;; 0  0x20  local.get $a    - local, read where it lives     ; [$a]
;; 1  0x22  i64.extend8_s      0  480fbec7  movsx rax, dil   ; [rax]
;; 2  0x23  local.get $a    - local, read where it lives     ; [rax, $a]
;; 3  0x25  i64.extend16_s     4  480fbfcf  movsx rcx, di    ; [rax, rcx]
;; 4  0x26  i64.or             8  480bc1    or rax, rcx      ; [rax]
;; 5  0x27  local.get $a    - local, read where it lives     ; [rax, $a]
;; 6  0x29  i64.extend32_s     b  4863cf    movsxd rcx, edi  ; [rax, rcx]
;; 7  0x2a  i64.or             e  480bc1    or rax, rcx      ; [rax]
;; 8  0x2b  end               11  c3        ret
