;; Operands below a block are in the frame when it begins.
;; invoke f 3 0 -> 4
;; invoke f 3 1 -> 5
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.add (local.get $a) (i32.const 0))
    (block $x (result i32)
      (br_if $x (i32.const 2) (local.get $b))
      drop
      (i32.const 1))
    (i32.add)))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 25 bytes, 8 instructions, 1.25 x the 20 bytes of wasm; frame 0 bytes, 1 spills
;;  #    at  wasm                   code  bytes       x86-64                     ; after, notes
;;           (entry)                                                             ; $a: edi $b: esi
;;  0  0x21  local.get $a           - local, read where it lives                 ; [$a]
;;  1  0x23  i32.const 0            - constant, used where it is consumed        ; [$a, 0]
;;  2  0x25  i32.add                   0  8d07        lea eax, [rdi]             ; [eax]
;;  3  0x26  block $x (result i32)     2  894424e8    mov dword [rsp-0x18], eax  ; [[rsp-0x18]], spilled
;;  4  0x28    i32.const 2          - constant, used where it is consumed        ; [[rsp-0x18], 2]
;;  5  0x2a    local.get $b         - local, read where it lives                 ; [[rsp-0x18], 2, $b]
;;  6  0x2c    br_if $x                6  85f6        test esi, esi              ; [[rsp-0x18], eax]
;;                                     8  b802000000  mov eax, 2
;;                                     d  7505        jne @10
;;  7  0x2e    drop                 - nothing to do                              ; [[rsp-0x18]]
;;  8  0x2f    i32.const 1          - constant, used where it is consumed        ; [[rsp-0x18], 1]
;;  9  0x31  end                       f  b801000000  mov eax, 1                 ; [[rsp-0x18], eax] $a: - $b: -, moved to where the label expects it
;; 10  0x32  i32.add                  14  034424e8    add eax, dword [rsp-0x18]  ; [eax], folded into an operand
;; 11  0x33  end                      18  c3          ret
