;; Floats keep their register class.
;; invoke f 2 -> 3.5
(module
  (global $g (mut f64) (f64.const 1.5))
  (func $f (export "f") (param $a f64) (result f64)
    (global.set $g (f64.add (global.get $g) (local.get $a)))
    (global.get $g)))
;; ==== x86-64 ====
;; func 0 $f (param f64) (result f64) (export "f")
;; 32 bytes, 5 instructions, 2.91 x the 11 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm           code  bytes               x86-64                             ; after, notes
;;          (entry)                                                                     ; $a: xmm6
;; 0  0x2f  global.get $g     0  f2410f108700000000  movsd xmm0, qword [r15+global:$g]  ; [xmm0]
;; 1  0x31  local.get $a   - local, read where it lives                                 ; [xmm0, $a]
;; 2  0x33  f64.add           9  f20f58c6            addsd xmm0, xmm6                   ; [xmm0]
;; 3  0x34  global.set $g     d  f2410f118700000000  movsd qword [r15+global:$g], xmm0  ; []
;; 4  0x36  global.get $g    16  f2410f108700000000  movsd xmm0, qword [r15+global:$g]  ; [xmm0]
;; 5  0x38  end              1f  c3                  ret
