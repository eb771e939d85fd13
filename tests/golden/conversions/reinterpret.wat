;; Between register classes.
;; invoke f 1 -> 4607182418800017409
(module
  (func $f (export "f") (param $a i64) (result i64)
    (i64.add (i64.reinterpret_f64 (f64.reinterpret_i64 (local.get $a)))
      (i64.reinterpret_f64 (f64.const 1)))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i64) (export "f")
;; 24 bytes, 5 instructions, 1.41 x the 17 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm                 code  bytes                 x86-64                       ; after, notes
;;          (entry)                                                                       ; $a: rdi
;; 0  0x20  local.get $a         - local, read where it lives                             ; [$a]
;; 1  0x22  f64.reinterpret_i64     0  66480f6ec7            movq xmm0, rdi               ; [xmm0]
;; 2  0x23  i64.reinterpret_f64     5  66480f7ec0            movq rax, xmm0               ; [rax]
;; 3  0x24  f64.const 1          - constant, used where it is consumed                    ; [rax, 1]
;; 4  0x2d  i64.reinterpret_f64  - same bits, other type                                  ; [rax, 0x3ff0000000000000]
;; 5  0x2e  i64.add                 a  48b9000000000000f03f  mov rcx, 0x3ff0000000000000  ; [rax]
;;                                 14  4803c1                add rax, rcx
;; 6  0x2f  end                    17  c3                    ret
