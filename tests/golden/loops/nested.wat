;; The inner loop's locals have the registers.
;; invoke f 4 -> 16
(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $i i32) (local $j i32) (local $count i32)
    (local.set $i (local.get $n))
    (loop $outer
      (local.set $j (local.get $n))
      (loop $inner
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br_if $inner (local.tee $j (i32.sub (local.get $j) (i32.const 1)))))
      (br_if $outer (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
    (local.get $count)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 32 bytes, 12 instructions, 0.71 x the 45 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm                  code  bytes             x86-64               ; after, notes
;;           (entry)                                                            ; $n: edi $count: 0
;;  0  0x22  local.get $n          - local, read where it lives                 ; [$n]
;;  1  0x24  local.set $i             0  8bf7              mov esi, edi         ; [] $i: esi
;;  2  0x26  loop $outer              2  33ed              xor ebp, ebp         ; $count: ebp
;;  3  0x28    local.get $n        - local, read where it lives                 ; [$n]
;;  4  0x2a    local.set $j           4  8bdf              mov ebx, edi         ; [] $j: ebx
;;  5  0x2c    loop $inner            6  0f1f840000000000  nop dword [rax+rax]
;;                                    e  6690              xchg ax, ax
;;  6  0x2e      local.get $count  - local, read where it lives                 ; [$count]
;;  7  0x30      i32.const 1       - constant, used where it is consumed        ; [$count, 1]
;;  8  0x32      i32.add             10  83c501            add ebp, 1           ; [ebp] $count: -, computed in its destination
;;  9  0x33      local.set $count  - value is already where it belongs          ; [] $count: ebp
;; 10  0x35      local.get $j      - local, read where it lives                 ; [$j]
;; 11  0x37      i32.const 1       - constant, used where it is consumed        ; [$j, 1]
;; 12  0x39      i32.sub             13  83eb01            sub ebx, 1           ; [ebx] $j: -, computed in its destination
;; 13  0x3a      local.tee $j      - value is already where it belongs          ; [$j] $j: ebx
;; 14  0x3c      br_if $inner        16  75f8              jne @8               ; []
;; 15  0x3e    end                 - only structure
;; 16  0x3f    local.get $i        - local, read where it lives                 ; [$i]
;; 17  0x41    i32.const 1         - constant, used where it is consumed        ; [$i, 1]
;; 18  0x43    i32.sub               18  83ee01            sub esi, 1           ; [esi] $i: -, computed in its destination
;; 19  0x44    local.tee $i        - value is already where it belongs          ; [$i] $i: esi
;; 20  0x46    br_if $outer          1b  75e7              jne @4               ; []
;; 21  0x48  end                   - only structure
;; 22  0x49  local.get $count      - local, read where it lives                 ; [$count]
;; 23  0x4b  end                     1d  8bc5              mov eax, ebp         ; moved to where the label expects it
;;                                   1f  c3                ret
