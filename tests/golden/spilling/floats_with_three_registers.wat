;; Spilled floats are read back as memory operands.
;; target xmms=7
;; invoke f 1 2 -> 51.0
(module
  (func $f (export "f") (param $a f64) (param $b f64) (result f64)
    (f64.add (f64.mul (local.get $a) (f64.const 3))
      (f64.add (f64.mul (local.get $b) (f64.const 4))
        (f64.add (f64.mul (local.get $a) (f64.const 5))
          (f64.add (f64.mul (local.get $b) (f64.const 6))
            (f64.add (f64.mul (local.get $a) (f64.const 7))
              (f64.mul (local.get $b) (f64.const 8)))))))))
;; ==== x86-64 ====
;; func 0 $f (param f64 f64) (result f64) (export "f")
;; 192 bytes, 23 instructions, 2.43 x the 79 bytes of wasm; frame 0 bytes, 3 spills
;;  #    at  wasm          code  bytes             x86-64                           ; after, notes
;;           (entry)          0  f20f117424b8      movsd qword [rsp-0x48], xmm6     ; $a: [rsp-0x48] $b: [rsp-0x40]
;;                            6  f20f117c24c0      movsd qword [rsp-0x40], xmm7
;;  0  0x21  local.get $a  - local, read where it lives                             ; [$a]
;;  1  0x23  f64.const 3   - constant, used where it is consumed                    ; [$a, 3]
;;  2  0x2c  f64.mul          c  f20f104424b8      movsd xmm0, qword [rsp-0x48]     ; [xmm0]
;;                           12  f20f590576000000  mulsd xmm0, qword [rip+const:0]
;;  3  0x2d  local.get $b  - local, read where it lives                             ; [xmm0, $b]
;;  4  0x2f  f64.const 4   - constant, used where it is consumed                    ; [xmm0, $b, 4]
;;  5  0x38  f64.mul         1a  f20f104c24c0      movsd xmm1, qword [rsp-0x40]     ; [xmm0, xmm1]
;;                           20  f20f590d70000000  mulsd xmm1, qword [rip+const:1]
;;  6  0x39  local.get $a  - local, read where it lives                             ; [xmm0, xmm1, $a]
;;  7  0x3b  f64.const 5   - constant, used where it is consumed                    ; [xmm0, xmm1, $a, 5]
;;  8  0x44  f64.mul         28  f20f105424b8      movsd xmm2, qword [rsp-0x48]     ; [xmm0, xmm1, xmm2]
;;                           2e  f20f59156a000000  mulsd xmm2, qword [rip+const:2]
;;  9  0x45  local.get $b  - local, read where it lives                             ; [xmm0, xmm1, xmm2, $b]
;; 10  0x47  f64.const 6   - constant, used where it is consumed                    ; [1 more, xmm1, xmm2, $b, 6]
;; 11  0x50  f64.mul         36  f20f114424c8      movsd qword [rsp-0x38], xmm0     ; [[rsp-0x38], xmm1, xmm2, xmm0], spilled
;;                           3c  f20f104424c0      movsd xmm0, qword [rsp-0x40]
;;                           42  f20f59055e000000  mulsd xmm0, qword [rip+const:3]
;; 12  0x51  local.get $a  - local, read where it lives                             ; [1 more, xmm1, xmm2, xmm0, $a]
;; 13  0x53  f64.const 7   - constant, used where it is consumed                    ; [2 more, xmm2, xmm0, $a, 7]
;; 14  0x5c  f64.mul         4a  f20f114c24d0      movsd qword [rsp-0x30], xmm1     ; [1 more, [rsp-0x30], xmm2, xmm0, xmm1], spilled
;;                           50  f20f104c24b8      movsd xmm1, qword [rsp-0x48]
;;                           56  f20f590d52000000  mulsd xmm1, qword [rip+const:4]
;; 15  0x5d  local.get $b  - local, read where it lives                             ; [2 more, xmm2, xmm0, xmm1, $b]
;; 16  0x5f  f64.const 8   - constant, used where it is consumed                    ; [3 more, xmm0, xmm1, $b, 8]
;; 17  0x68  f64.mul         5e  f20f115424d8      movsd qword [rsp-0x28], xmm2     ; [2 more, [rsp-0x28], xmm0, xmm1, xmm2], spilled
;;                           64  f20f105424c0      movsd xmm2, qword [rsp-0x40]
;;                           6a  f20f591546000000  mulsd xmm2, qword [rip+const:5]
;; 18  0x69  f64.add         72  f20f58ca          addsd xmm1, xmm2                 ; [1 more, [rsp-0x30], [rsp-0x28], xmm0, xmm1]
;; 19  0x6a  f64.add         76  f20f58c1          addsd xmm0, xmm1                 ; [[rsp-0x38], [rsp-0x30], [rsp-0x28], xmm0]
;; 20  0x6b  f64.add         7a  f20f584424d8      addsd xmm0, qword [rsp-0x28]     ; [[rsp-0x38], [rsp-0x30], xmm0], folded into an operand
;; 21  0x6c  f64.add         80  f20f584424d0      addsd xmm0, qword [rsp-0x30]     ; [[rsp-0x38], xmm0], folded into an operand
;; 22  0x6d  f64.add         86  f20f584424c8      addsd xmm0, qword [rsp-0x38]     ; [xmm0], folded into an operand
;; 23  0x6e  end             8c  c3                ret
;;                           8d  cccccc            padding
;;               const:0:    90  0000000000000840  f64 3
;;               const:1:    98  0000000000001040  f64 4
;;               const:2:    a0  0000000000001440  f64 5
;;               const:3:    a8  0000000000001840  f64 6
;;               const:4:    b0  0000000000001c40  f64 7
;;               const:5:    b8  0000000000002040  f64 8
