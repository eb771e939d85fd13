;; seed-10504, found in mode default
;; {'default': 'wasmtime, lbtool: after the calls, m: 131072:12765927accb4bf9 != 131072:c467b71f509d9d2d'}
;; call f5
(module
  (type (func (result i32 f64)))
  (type (func (param i32 f32)))
  (type (func (param i32 f32 i64) (result i32 i32)))
  (type (func (param i32) (result i64)))
  (type (func (param externref funcref) (result funcref externref)))
  (type (func (result i32 f32 i32 i64)))
  (type (func (param i32 f32) (result i32)))
  (import "env" "fail0" (func (type 0)))
  (import "env" "host1" (func (type 1)))
  (import "env" "fail2" (func (type 2)))
  (import "aux" "trap" (func (type 3)))
  (import "aux" "swap" (func (type 4)))
  (table 19 27 funcref)
  (table 11 funcref)
  (table 8 externref)
  (memory 2 4)
  (global (mut i32) (i32.const 0))
  (export "f5" (func 5))
  (export "m" (memory 0))
  (elem (table 0) (offset (i32.const 0)) funcref (item (ref.func 0)) (item (ref.func 1)) (item (ref.func 2)) (item (ref.func 2)) (item (ref.func 2)) (item (ref.func 2)) (item (ref.func 3)) (item (ref.func 3)) (item (ref.func 3)) (item (ref.func 3)) (item (ref.func 4)) (item (ref.func 4)) (item (ref.func 4)) (item (ref.func 4)) (item (ref.func 5)) (item (ref.func 5)) (item (ref.func 6)) (item (ref.func 6)) (item (ref.null func)))
  (func (;5;) (type 5)
    global.get 0
    f32.const 0x1.7899280000000p+77
    i32.const 0
    i32.const 16
    i32.add
    call_indirect 0 (type 6)
    unreachable)
  (func (;6;) (type 6)
    (local i64 i64 i64 i64 i64 i32 i32)
    local.get 8
    local.get 4
    local.get 3
    i32.const 0
    if (result i64)
      local.get 8
      i32.const 6
      call_indirect 0 (type 3)
      drop
      local.get 5
      drop
      local.get 2
    else
      i64.const 1
    end
    f32.const -0x1.0000000000000p+63
    local.get 1
    f32.eq
    i32.const 2
    i32.const -2147483646
    i32.rem_s
    global.get 0
    i32.shl
    local.set 8
    local.set 7
    block
      block
        block
          i32.const -2147483647
          local.tee 0
          br_table 0 2 0 1 2 2 1 1 0 2 2
        end
      end
    end
    local.get 6
    i32.const 0
    local.get 7
    i32.store offset=1 align=4
    unreachable))
