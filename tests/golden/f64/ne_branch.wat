;; Two jumps.
;; invoke f 1 1 -> 0
;; invoke f nan nan -> 1
(module
  (func $f (export "f") (param $a f64) (param $b f64) (result i32)
    (block $out (result i32)
      (br_if $out (i32.const 1) (f64.ne (local.get $a) (local.get $b)))
      drop
      (i32.const 0))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result i32) (export "f")
;; 16 bytes, 6 instructions, 0.94 x the 17 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                     code  bytes       x86-64               ; after, notes
;;          (entry)                                                         ; $a: xmm6 $b: xmm7
;; 0  0x21  block $out (result i32)  - only structure
;; 1  0x23    i32.const 1            - constant, used where it is consumed  ; [1]
;; 2  0x25    local.get $a           - local, read where it lives           ; [1, $a]
;; 3  0x27    local.get $b           - local, read where it lives           ; [1, $a, $b]
;; 4  0x29    f64.ne                    0  660f2ef7    ucomisd xmm6, xmm7   ; [1, flags ne or p], kept in flags
;; 5  0x2a    br_if $out                4  b801000000  mov eax, 1           ; [eax], fused with the instruction before
;;                                      9  7a04        jp @9
;;                                      b  7502        jne @9
;; 6  0x2c    drop                   - nothing to do                        ; []
;; 7  0x2d    i32.const 0            - constant, used where it is consumed  ; [0]
;; 8  0x2f  end                         d  33c0        xor eax, eax         ; [eax] $a: - $b: -, moved to where the label expects it
;; 9  0x30  end                         f  c3          ret
