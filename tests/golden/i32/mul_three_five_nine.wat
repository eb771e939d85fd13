;; Three lea.
;; invoke f 2 -> 270
(module
  (func $f (export "f") (param $a i32) (result i32)
    (i32.mul (i32.mul (i32.mul (local.get $a) (i32.const 3)) (i32.const 5)) (i32.const 9))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 10 bytes, 4 instructions, 0.77 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes   x86-64                   ; after, notes
;;          (entry)                                              ; $a: edi
;; 0  0x20  local.get $a  - local, read where it lives           ; [$a]
;; 1  0x22  i32.const 3   - constant, used where it is consumed  ; [$a, 3]
;; 2  0x24  i32.mul          0  8d047f  lea eax, [rdi+rdi*2]     ; [eax], strength reduced
;; 3  0x25  i32.const 5   - constant, used where it is consumed  ; [eax, 5]
;; 4  0x27  i32.mul          3  8d0480  lea eax, [rax+rax*4]     ; [eax], strength reduced
;; 5  0x28  i32.const 9   - constant, used where it is consumed  ; [eax, 9]
;; 6  0x2a  i32.mul          6  8d04c0  lea eax, [rax+rax*8]     ; [eax], strength reduced
;; 7  0x2b  end              9  c3      ret
