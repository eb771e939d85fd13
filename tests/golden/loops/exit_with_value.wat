;; The value leaves the loop through a branch.
;; invoke f 100 -> 11
(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $i i32)
    (block $found (result i32)
      (loop $again
        (br_if $found (local.get $i)
          (i32.gt_u (i32.mul (local.get $i) (local.get $i)) (local.get $n)))
        drop
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $again))
      (unreachable))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 33 bytes, 11 instructions, 1.00 x the 33 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                       code  bytes             x86-64               ; after, notes
;;           (entry)                                                                 ; $n: edi $i: 0
;;  0  0x22  block $found (result i32)  - only structure
;;  1  0x24    loop $again                 0  33db              xor ebx, ebx         ; $i: ebx
;;                                         2  0f1f840000000000  nop dword [rax+rax]
;;                                         a  660f1f440000      nop word [rax+rax]
;;  2  0x26      local.get $i           - local, read where it lives                 ; [$i]
;;  3  0x28      local.get $i           - local, read where it lives                 ; [$i, $i]
;;  4  0x2a      local.get $i           - local, read where it lives                 ; [$i, $i, $i]
;;  5  0x2c      i32.mul                  10  8bc3              mov eax, ebx         ; [$i, eax]
;;                                        12  0fafc3            imul eax, ebx
;;  6  0x2d      local.get $n           - local, read where it lives                 ; [$i, eax, $n]
;;  7  0x2f      i32.gt_u                 15  3bc7              cmp eax, edi         ; [$i, flags a], kept in flags
;;  8  0x30      br_if $found             17  8bc3              mov eax, ebx         ; [eax], fused with the instruction before
;;                                        19  7705              ja @18
;;  9  0x32      drop                   - nothing to do                              ; []
;; 10  0x33      local.get $i           - local, read where it lives                 ; [$i]
;; 11  0x35      i32.const 1            - constant, used where it is consumed        ; [$i, 1]
;; 12  0x37      i32.add                  1b  83c301            add ebx, 1           ; [ebx] $i: -, computed in its destination
;; 13  0x38      local.set $i           - value is already where it belongs          ; [] $i: ebx
;; 14  0x3a      br $again                1e  ebf0              jmp @5
;; 15  0x3c    end                      - unreachable
;; 16  0x3d    unreachable              - unreachable
;; 17  0x3e  end                        - only structure                             ; [eax] $n: - $i: -
;; 18  0x3f  end                          20  c3                ret
