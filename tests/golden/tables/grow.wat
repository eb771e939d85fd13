;; A library call.
;; invoke f 2 -> 1
;; invoke f 2 -> 3
;; invoke f 100 -> -1
(module
  (table $t 1 10 externref)
  (func $f (export "f") (param $n i32) (result i32)
    (table.grow $t (ref.null extern) (local.get $n))))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 40 bytes, 11 instructions, 4.44 x the 9 bytes of wasm; frame 40 bytes, 0 spills
;; #    at  wasm             code  bytes           x86-64                            ; after, notes
;;          (entry)             0  493b6710        cmp rsp, qword [r15+stack_limit]  ; $n: edi
;;                              4  0f821a000000    jb trap.stack
;;                              a  4883ec28        sub rsp, 0x28
;;              trap.stack:    24  41ff5718        call qword [r15+trap]             ; out of line
;; 0  0x27  ref.null extern  - constant, used where it is consumed                   ; [null]
;; 1  0x29  local.get $n     - local, read where it lives                            ; [null, $n]
;; 2  0x2b  table.grow $t       e  8bd7            mov edx, edi                      ; [eax] $n: -
;;                             10  33f6            xor esi, esi
;;                             12  498b8f00000000  mov rcx, qword [r15+table:$t]
;;                             19  41ff5768        call qword [r15+table_grow]
;;                             1d  8bc0            mov eax, eax
;; 3  0x2e  end                1f  4883c428        add rsp, 0x28
;;                             23  c3              ret
