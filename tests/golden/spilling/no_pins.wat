;; Locals live in the frame only.
;; target pins=0,0
;; invoke f 5 -> 15
(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (local.get $n)))
      (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $sum)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 36 bytes, 10 instructions, 1.44 x the 25 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm              code  bytes       x86-64                     ; after, notes
;;           (entry)              0  897c24e8    mov dword [rsp-0x18], edi  ; $n: [rsp-0x18] $sum: [rsp-0x20]
;;                                4  33c0        xor eax, eax
;;                                6  48894424e0  mov qword [rsp-0x20], rax
;;  0  0x22  loop $again          b  0f1f440000  nop dword [rax+rax]
;;  1  0x24    local.get $sum  - local, read where it lives                 ; [$sum]
;;  2  0x26    local.get $n    - local, read where it lives                 ; [$sum, $n]
;;  3  0x28    i32.add           10  8b4424e8    mov eax, dword [rsp-0x18]  ; [[rsp-0x20]] $sum: -, computed in its destination
;;                               14  014424e0    add dword [rsp-0x20], eax
;;  4  0x29    local.set $sum  - value is already where it belongs          ; [] $sum: [rsp-0x20]
;;  5  0x2b    local.get $n    - local, read where it lives                 ; [$n]
;;  6  0x2d    i32.const 1     - constant, used where it is consumed        ; [$n, 1]
;;  7  0x2f    i32.sub           18  836c24e801  sub dword [rsp-0x18], 1    ; [[rsp-0x18]] $n: -, computed in its destination
;;  8  0x30    local.tee $n    - value is already where it belongs          ; [$n] $n: [rsp-0x18]
;;  9  0x32    br_if $again      1d  75f1        jne @3                     ; []
;; 10  0x34  end               - only structure
;; 11  0x35  local.get $sum    - local, read where it lives                 ; [$sum]
;; 12  0x37  end                 1f  8b4424e0    mov eax, dword [rsp-0x20]  ; moved to where the label expects it
;;                               23  c3          ret
