;; lzcnt, tzcnt and popcnt.
;; target features=lzcnt,bmi1
;; invoke f 1 -> 64
;; invoke f 0 -> 128
(module
  (func $f (export "f") (param $a i64) (result i64)
    (i64.add (i64.add (i64.clz (local.get $a)) (i64.ctz (local.get $a)))
      (i64.popcnt (local.get $a)))))
;; ==== x86-64 ====
;; func 0 $f (param i64) (result i64) (export "f")
;; 31 bytes, 9 instructions, 2.38 x the 13 bytes of wasm; frame 0 bytes, 0 spills
;; #    at  wasm          code  bytes       x86-64           ; after, notes
;;          (entry)                                          ; $a: rdi
;; 0  0x20  local.get $a  - local, read where it lives       ; [$a]
;; 1  0x22  i64.clz          0  488bc7      mov rax, rdi     ; [rax]
;;                           3  f3480fbdc0  lzcnt rax, rax
;; 2  0x23  local.get $a  - local, read where it lives       ; [rax, $a]
;; 3  0x25  i64.ctz          8  488bcf      mov rcx, rdi     ; [rax, rcx]
;;                           b  f3480fbcc9  tzcnt rcx, rcx
;; 4  0x26  i64.add         10  4803c1      add rax, rcx     ; [rax]
;; 5  0x27  local.get $a  - local, read where it lives       ; [rax, $a]
;; 6  0x29  i64.popcnt      13  488bcf      mov rcx, rdi     ; [rax, rcx]
;;                          16  f3480fb8c9  popcnt rcx, rcx
;; 7  0x2a  i64.add         1b  4803c1      add rax, rcx     ; [rax]
;; 8  0x2b  end             1e  c3          ret
