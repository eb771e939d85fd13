;; A virtual zero gets its register before the loop that sets it.
;; invoke f 3 -> 2
(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $last i32)
    (loop $again
      (if (i32.gt_u (local.get $n) (i32.const 1)) (then (local.set $last (local.get $n))))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $last)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 31 bytes, 10 instructions, 1.03 x the 30 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                 code  bytes             x86-64               ; after, notes
;;           (entry)                                                           ; $n: edi $last: 0
;;  0  0x22  loop $again             0  33db              xor ebx, ebx         ; $last: ebx
;;                                   2  0f1f840000000000  nop dword [rax+rax]
;;                                   a  660f1f440000      nop word [rax+rax]
;;  1  0x24    local.get $n       - local, read where it lives                 ; [$n]
;;  2  0x26    i32.const 1        - constant, used where it is consumed        ; [$n, 1]
;;  3  0x28    i32.gt_u             10  83ff01            cmp edi, 1           ; [flags a], kept in flags
;;  4  0x29    if                   13  7602              jbe @10              ; [], fused with the instruction before
;;  5  0x2b      local.get $n     - local, read where it lives                 ; [$n]
;;  6  0x2d      local.set $last    15  8bdf              mov ebx, edi         ; []
;;  7  0x2f    end                - only structure
;;  8  0x30    local.get $n       - local, read where it lives                 ; [$n]
;;  9  0x32    i32.const 1        - constant, used where it is consumed        ; [$n, 1]
;; 10  0x34    i32.sub              17  83ef01            sub edi, 1           ; [edi] $n: -, computed in its destination
;; 11  0x35    local.tee $n       - value is already where it belongs          ; [$n] $n: edi
;; 12  0x37    br_if $again         1a  75f4              jne @3               ; []
;; 13  0x39  end                  - only structure
;; 14  0x3a  local.get $last      - local, read where it lives                 ; [$last]
;; 15  0x3c  end                    1c  8bc3              mov eax, ebx         ; moved to where the label expects it
;;                                  1e  c3                ret
