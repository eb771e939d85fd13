;; Nothing follows the loop.
;; invoke f 3 -> 8
(module
  (func $f (export "f") (param $a i32) (result i32)
    (loop $again
      (if (i32.gt_u (local.get $a) (i32.const 7)) (then (return (local.get $a))))
      (local.set $a (i32.add (local.get $a) (i32.const 1)))
      (br $again))
    (unreachable)))
;; ==== x86-64 ====
;; func 0 $f (param i32) (result i32) (export "f")
;; 13 bytes, 6 instructions, 0.50 x the 26 bytes of wasm; frame 0 bytes, 0 spills
;;  #    at  wasm              code  bytes   x86-64                   ; after, notes
;;           (entry)                                                  ; $a: edi
;;  0  0x20  loop $again       - only structure
;;  1  0x22    local.get $a    - local, read where it lives           ; [$a]
;;  2  0x24    i32.const 7     - constant, used where it is consumed  ; [$a, 7]
;;  3  0x26    i32.gt_u           0  83ff07  cmp edi, 7               ; [flags a], kept in flags
;;  4  0x27    if                 3  7603    jbe @10                  ; [], fused with the instruction before
;;  5  0x29      local.get $a  - local, read where it lives           ; [$a]
;;  6  0x2b      return           5  8bc7    mov eax, edi             ; moved to where the label expects it
;;                                7  c3      ret
;;  7  0x2c    end             - only structure                       ; []
;;  8  0x2d    local.get $a    - local, read where it lives           ; [$a]
;;  9  0x2f    i32.const 1     - constant, used where it is consumed  ; [$a, 1]
;; 10  0x31    i32.add            8  83c701  add edi, 1               ; [edi] $a: -, computed in its destination
;; 11  0x32    local.set $a    - value is already where it belongs    ; [] $a: edi
;; 12  0x34    br $again          b  ebf3    jmp @3
;; 13  0x36  end               - unreachable
;; 14  0x37  unreachable       - unreachable
;; 15  0x38  end               - unreachable
