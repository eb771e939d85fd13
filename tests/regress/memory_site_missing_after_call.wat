;; expected: trap memory. actual: InternalError "signal 11 ... not an out of bounds memory access":

;; (SITE_CALL = return address, TRAP_MEMORY = the accessing instruction); the runtime lookup
;; (lbtool/runtime/native.py explain_fault) takes the first one. Look up offset AND code:
;; for a fault the TRAP_MEMORY entry, for a return address the SITE_CALL entry. Seeds 3032 3043 3876.
;; call f2 18446744073709551488
(module
  (memory 1 2)
  (func (export "f2") (param i64) (result i64 i32 f64)
    f32.const 0x1.fffffe0000000p+30
    call 1
    i32.const 7749
    i32.load8_s offset=65535 align=1
    unreachable)
  (func (param f32) (result i32)
    i32.const 0))
