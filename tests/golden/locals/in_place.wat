;; A local without a register is changed in its word; a branch reads the flags of that.
;; target pins=0,0
;; invoke f 5 -> 25
(module
  (func (export "f") (param $n i32) (result i32) (local $sum i32) (local $k i32)
    (local.set $k (local.get $n))
    (loop $next
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $next (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
    local.get $sum))
;; ==== x86-64 ====
;; func 0 (param i32) (result i32) (export "f")
;; 52 bytes, 13 instructions, 1.79 x the 29 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm              code  bytes             x86-64                     ; after, notes
;;           (entry)              0  897c24e0          mov dword [rsp-0x20], edi  ; $n: [rsp-0x20] $sum: [rsp-0x28]
;;                                4  33c0              xor eax, eax
;;                                6  48894424d8        mov qword [rsp-0x28], rax
;;  0  0x22  local.get $n      - local, read where it lives                       ; [$n]
;;  1  0x24  local.set $k         b  8b4424e0          mov eax, dword [rsp-0x20]  ; [] $k: [rsp-0x18]
;;                                f  894424e8          mov dword [rsp-0x18], eax
;;  2  0x26  loop $next          13  0f1f840000000000  nop dword [rax+rax]
;;                               1b  0f1f440000        nop dword [rax+rax]
;;  3  0x28    local.get $sum  - local, read where it lives                       ; [$sum]
;;  4  0x2a    local.get $n    - local, read where it lives                       ; [$sum, $n]
;;  5  0x2c    i32.add           20  8b4424e0          mov eax, dword [rsp-0x20]  ; [[rsp-0x28]] $sum: -, computed in its destination
;;                               24  014424d8          add dword [rsp-0x28], eax
;;  6  0x2d    local.set $sum  - value is already where it belongs                ; [] $sum: [rsp-0x28]
;;  7  0x2f    local.get $k    - local, read where it lives                       ; [$k]
;;  8  0x31    i32.const 1     - constant, used where it is consumed              ; [$k, 1]
;;  9  0x33    i32.sub           28  836c24e801        sub dword [rsp-0x18], 1    ; [[rsp-0x18]] $k: -, computed in its destination
;; 10  0x34    local.tee $k    - value is already where it belongs                ; [$k] $k: [rsp-0x18]
;; 11  0x36    br_if $next       2d  75f1              jne @5                     ; []
;; 12  0x38  end               - only structure
;; 13  0x39  local.get $sum    - local, read where it lives                       ; [$sum]
;; 14  0x3b  end                 2f  8b4424d8          mov eax, dword [rsp-0x28]  ; moved to where the label expects it
;;                               33  c3                ret
