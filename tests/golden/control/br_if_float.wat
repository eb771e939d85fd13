;; Less-than of floats is one jump.
;; invoke f 1 2 -> 1
;; invoke f nan 2 -> 0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (result i32)
    (if (result i32) (f64.lt (local.get $a) (local.get $b))
      (then (i32.const 1))
      (else (i32.const 0)))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result i32) (export "f")
;; 16 bytes, 6 instructions, 1.07 x the 15 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm             code  bytes       x86-64               ; after, notes
;;          (entry)                                                 ; $a: xmm6 $b: xmm7
;; 0  0x21  local.get $a     - local, read where it lives           ; [$a]
;; 1  0x23  local.get $b     - local, read where it lives           ; [$a, $b]
;; 2  0x25  f64.lt              0  660f2efe    ucomisd xmm7, xmm6   ; [flags a], kept in flags
;; 3  0x26  if (result i32)     4  7607        jbe @7               ; [], fused with the instruction before
;; 4  0x28    i32.const 1    - constant, used where it is consumed  ; [1]
;; 5  0x2a  else                6  b801000000  mov eax, 1           ; [] $a: - $b: -
;;                              b  eb02        jmp @8
;; 6  0x2b    i32.const 0    - constant, used where it is consumed  ; [0]
;; 7  0x2d  end                 d  33c0        xor eax, eax         ; [eax], moved to where the label expects it
;; 8  0x2e  end                 f  c3          ret
