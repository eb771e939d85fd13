;; The load is an operand of the addition.
;; invoke f 0 3 -> 6
(module
  (memory 1)
  (data (i32.const 0) "\01\00\00\00\02\00\00\00\03\00\00\00")
  (func $f (export "f") (param $p i32) (param $n i32) (result i32)
    (local $sum i32)
    (block $done
      (loop $again
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $p))))
        (local.set $p (i32.add (local.get $p) (i32.const 4)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $again)))
    (local.get $sum)))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 35 bytes, 11 instructions, 0.81 x the 43 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                code  bytes             x86-64                    ; after, notes
;;           (entry)                                                               ; $p: edi $n: esi $sum: 0
;;  0  0x28  block $done         - only structure
;;  1  0x2a    loop $again          0  33db              xor ebx, ebx              ; $sum: ebx
;;                                  2  0f1f840000000000  nop dword [rax+rax]
;;                                  a  660f1f440000      nop word [rax+rax]
;;  2  0x2c      local.get $n    - local, read where it lives                      ; [$n]
;;  3  0x2e      i32.eqz           10  85f6              test esi, esi             ; [flags e], kept in flags
;;  4  0x2f      br_if $done       12  740c              je @22                    ; [], fused with the instruction before
;;  5  0x31      local.get $sum  - local, read where it lives                      ; [$sum]
;;  6  0x33      local.get $p    - local, read where it lives                      ; [$sum, $p]
;;  7  0x35      i32.load        - load, done by the instruction that consumes it  ; [$sum, mem[rdi]], deferred, bounds check elided by guard pages, can trap
;;  8  0x38      i32.add           14  41031c3e          add ebx, dword [r14+rdi]  ; [ebx] $sum: -, folded into an operand, computed in its destination
;;  9  0x39      local.set $sum  - value is already where it belongs               ; [] $sum: ebx
;; 10  0x3b      local.get $p    - local, read where it lives                      ; [$p]
;; 11  0x3d      i32.const 4     - constant, used where it is consumed             ; [$p, 4]
;; 12  0x3f      i32.add           18  83c704            add edi, 4                ; [edi] $p: -, computed in its destination
;; 13  0x40      local.set $p    - value is already where it belongs               ; [] $p: edi
;; 14  0x42      local.get $n    - local, read where it lives                      ; [$n]
;; 15  0x44      i32.const 1     - constant, used where it is consumed             ; [$n, 1]
;; 16  0x46      i32.sub           1b  83ee01            sub esi, 1                ; [esi] $n: -, computed in its destination
;; 17  0x47      local.set $n    - value is already where it belongs               ; [] $n: esi
;; 18  0x49      br $again         1e  ebf0              jmp @3
;; 19  0x4b    end               - unreachable
;; 20  0x4c  end                 - only structure                                  ; $p: - $n: -
;; 21  0x4d  local.get $sum      - local, read where it lives                      ; [$sum]
;; 22  0x4f  end                   20  8bc3              mov eax, ebx              ; moved to where the label expects it
;;                                 22  c3                ret
