;; The edge needs moves: the local is in the frame on one side.
;; invoke f 1 -> 2
;; invoke f 0 -> 1
(module
  (func $f (export "f") (param $a i32) (result i32)
    (block $out
      (call $g)
      (br_if $out (i32.eqz (local.get $a)))
      (local.set $a (i32.add (local.get $a) (i32.const 0))))
    (i32.add (local.get $a) (i32.const 1)))
  (func $g))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 44 bytes, 13 instructions, 1.83 x the 24 bytes of wasm; frame 40 bytes, 0 spills
;;  #    at  wasm            code  bytes         x86-64                            ; after, notes
;;           (entry)            0  493b6710      cmp rsp, qword [r15+stack_limit]  ; $a: edi
;;                              4  0f821e000000  jb trap.stack
;;                              a  4883ec28      sub rsp, 0x28
;;              trap.stack:    28  41ff5718      call qword [r15+trap]             ; out of line
;;  0  0x24  block $out      - only structure
;;  1  0x26    call $g          e  893c24        mov dword [rsp], edi              ; $a: [rsp], locals saved around the call
;;                             11  e800000000    call $g
;;  2  0x28    local.get $a  - local, read where it lives                          ; [$a]
;;  3  0x2a    i32.eqz         16  8b3c24        mov edi, dword [rsp]              ; [flags e] $a: edi=[rsp], kept in flags, local reloaded
;;                             19  85ff          test edi, edi
;;  4  0x2b    br_if $out      1b  7403          je @12                            ; [], fused with the instruction before
;;  5  0x2d    local.get $a  - local, read where it lives                          ; [$a]
;;  6  0x2f    i32.const 0   - constant, used where it is consumed                 ; [$a, 0]
;;  7  0x31    i32.add         1d  83c700        add edi, 0                        ; [edi] $a: -, computed in its destination
;;  8  0x32    local.set $a  - value is already where it belongs                   ; [] $a: edi
;;  9  0x34  end             - only structure
;; 10  0x35  local.get $a    - local, read where it lives                          ; [$a]
;; 11  0x37  i32.const 1     - constant, used where it is consumed                 ; [$a, 1]
;; 12  0x39  i32.add           20  8d4701        lea eax, [rdi+1]                  ; [eax]
;; 13  0x3a  end               23  4883c428      add rsp, 0x28
;;                             27  c3            ret
;;
;; func 1 $g
;; 1 bytes, 1 instructions, 0.50 x the 2 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm  code  bytes  x86-64  ; after, notes
;; 0  0x3d  end      0  c3     ret
