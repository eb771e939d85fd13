;; A call's result is compared and branched on.
;; invoke f 3 -> 1
;; invoke f 4 -> 0
(module
  (func $f (export "f") (param $a i32) (result i32)
    (if (result i32) (i32.eq (call $g (local.get $a)) (i32.const 9))
      (then (i32.const 1)) (else (i32.const 0))))
  (func $g (param i32) (result i32) (i32.mul (local.get 0) (local.get 0))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 42 bytes, 12 instructions, 2.47 x the 17 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm             code  bytes         x86-64                            ; after, notes
;;          (entry)             0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                              4  0f821c000000  jb trap.stack
;;                              a  4883ec28      sub rsp, 0x28
;;              trap.stack:    26  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x21  local.get $a     - local, read where it lives                          ; [$a]
;; 1  0x23  call $g             e  e800000000    call $g                           ; [eax] $a: -
;; 2  0x25  i32.const 9      - constant, used where it is consumed                 ; [eax, 9]
;; 3  0x27  i32.eq             13  83f809        cmp eax, 9                        ; [flags e], kept in flags
;; 4  0x28  if (result i32)    16  7507          jne @8                            ; [], fused with the instruction before
;; 5  0x2a    i32.const 1    - constant, used where it is consumed                 ; [1]
;; 6  0x2c  else               18  b801000000    mov eax, 1                        ; []
;;                             1d  eb02          jmp @9
;; 7  0x2d    i32.const 0    - constant, used where it is consumed                 ; [0]
;; 8  0x2f  end                1f  33c0          xor eax, eax                      ; [eax], moved to where the label expects it
;; 9  0x30  end                21  4883c428      add rsp, 0x28
;;                             25  c3            ret
;;
;; func 1 $g (param i32) (result i32)
;; 6 bytes, 3 instructions, 0.86 x the 7 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes   x86-64          ; after, notes
;;          (entry)                                    ; l0: edi
;; 0  0x33  local.get 0  - local, read where it lives  ; [l0]
;; 1  0x35  local.get 0  - local, read where it lives  ; [l0, l0]
;; 2  0x37  i32.mul         0  8bc7    mov eax, edi    ; [eax]
;;                          2  0fafc7  imul eax, edi
;; 3  0x38  end             5  c3      ret
