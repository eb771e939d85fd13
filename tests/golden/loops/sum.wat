;; Four instructions a round, none of them touches memory.
;; json
;; invoke f 100 -> 5050
(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 26 bytes, 8 instructions, 1.04 x the 25 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm              code  bytes             x86-64               ; after, notes
;;           (entry)                                                        ; $n: edi $sum: 0
;;  0  0x22  loop $again          0  33db              xor ebx, ebx         ; $sum: ebx
;;                                2  0f1f840000000000  nop dword [rax+rax]
;;                                a  660f1f440000      nop word [rax+rax]
;;  1  0x24    local.get $sum  - local, read where it lives                 ; [$sum]
;;  2  0x26    local.get $n    - local, read where it lives                 ; [$sum, $n]
;;  3  0x28    i32.add           10  03df              add ebx, edi         ; [ebx] $sum: -, computed in its destination
;;  4  0x29    local.set $sum  - value is already where it belongs          ; [] $sum: ebx
;;  5  0x2b    local.get $n    - local, read where it lives                 ; [$n]
;;  6  0x2d    i32.const 1     - constant, used where it is consumed        ; [$n, 1]
;;  7  0x2f    i32.sub           12  83ef01            sub edi, 1           ; [edi] $n: -, computed in its destination
;;  8  0x30    local.tee $n    - value is already where it belongs          ; [$n] $n: edi
;;  9  0x32    br_if $again      15  75f9              jne @3               ; []
;; 10  0x34  end               - only structure
;; 11  0x35  local.get $sum    - local, read where it lives                 ; [$sum]
;; 12  0x37  end                 17  8bc3              mov eax, ebx         ; moved to where the label expects it
;;                               19  c3                ret
