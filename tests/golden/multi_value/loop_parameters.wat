;; Fibonacci: two values are rotated on each round.
;; json
;; invoke f 10 -> 89
(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $a i32) (local $b i32)
    (i32.const 0) (i32.const 1)
    (loop $again (param i32 i32) (result i32 i32)
      (local.set $b) (local.set $a)
      (local.get $b)
      (i32.add (local.get $a) (local.get $b))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (return)
    (unreachable)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 34 bytes, 12 instructions, 1.03 x the 33 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                                      code  bytes             x86-64               ; after, notes
;;           (entry)                                                                                ; $n: edi
;;  0  0x29  i32.const 0                               - constant, used where it is consumed        ; [0]
;;  1  0x2b  i32.const 1                               - constant, used where it is consumed        ; [0, 1]
;;  2  0x2d  loop $again (type 1) (param i32 i32) (result i32 i32)     0  b801000000        mov eax, 1           ; [ecx, eax]
;;                                                        5  33c9              xor ecx, ecx
;;                                                        7  0f1f840000000000  nop dword [rax+rax]
;;                                                        f  90                nop
;;  3  0x2f    local.set $b                              10  8bd8              mov ebx, eax         ; [ecx] $b: ebx
;;  4  0x31    local.set $a                              12  8be9              mov ebp, ecx         ; [] $a: ebp
;;  5  0x33    local.get $b                            - local, read where it lives                 ; [$b]
;;  6  0x35    local.get $a                            - local, read where it lives                 ; [$b, $a]
;;  7  0x37    local.get $b                            - local, read where it lives                 ; [$b, $a, $b]
;;  8  0x39    i32.add                                   14  8d441d00          lea eax, [rbp+rbx]   ; [$b, eax]
;;  9  0x3a    local.get $n                            - local, read where it lives                 ; [$b, eax, $n]
;; 10  0x3c    i32.const 1                             - constant, used where it is consumed        ; [$b, eax, $n, 1]
;; 11  0x3e    i32.sub                                   18  83ef01            sub edi, 1           ; [$b, eax, edi] $n: -, computed in its destination
;; 12  0x3f    local.tee $n                            - value is already where it belongs          ; [$b, eax, $n] $n: edi
;; 13  0x41    br_if $again                              1b  7404              je @15               ; [$b, eax], moved to where the label expects it
;;                                                       1d  8bcb              mov ecx, ebx
;;                                                       1f  ebef              jmp @3
;; 14  0x43  end                                       - only structure
;; 15  0x44  return                                      21  c3                ret
;; 16  0x45  unreachable                               - unreachable
;; 17  0x46  end                                       - unreachable
