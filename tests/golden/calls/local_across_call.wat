;; A local that is used behind the call is saved; one that is not is not.
;; json
;; invoke f 5 3 -> 8
(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.add (call $g (local.get $b)) (local.get $a)))
  (func $g (param i32) (result i32) (local.get 0)))
;; ==== x86-64 ====
;; func 0 $f (param i32 i32) (result i32) (export "f")
;; 36 bytes, 10 instructions, 4.00 x the 9 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm          code  bytes         x86-64                            ; after, notes
;;          (entry)          0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi $b: esi
;;                           4  0f8216000000  jb trap.stack
;;                           a  4883ec28      sub rsp, 0x28
;;           trap.stack:    20  41ff5718      call qword [r15+trap]             ; out of line
;; 0  0x27  local.get $b  - local, read where it lives                          ; [$b]
;; 1  0x29  call $g          e  893c24        mov dword [rsp], edi              ; [eax] $a: [rsp] $b: -, locals saved around the call
;;                          11  8bfe          mov edi, esi
;;                          13  e800000000    call $g
;; 2  0x2b  local.get $a  - local, read where it lives                          ; [eax, $a]
;; 3  0x2d  i32.add         18  030424        add eax, dword [rsp]              ; [eax], folded into an operand
;; 4  0x2e  end             1b  4883c428      add rsp, 0x28
;;                          1f  c3            ret
;;
;; func 1 $g (param i32) (result i32)
;; 3 bytes, 2 instructions, 0.75 x the 4 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm         code  bytes  x86-64           ; after, notes
;;          (entry)                                    ; l0: edi
;; 0  0x31  local.get 0  - local, read where it lives  ; [l0]
;; 1  0x33  end             0  8bc7   mov eax, edi     ; moved to where the label expects it
;;                          2  c3     ret
