;; seed-1397, found in mode default
;; {'default': "wasmtime, lbtool: step 1 Call(name='f4', args=(2933647103,)): ['ok', 11456397414593671580, 2933647103, 2933647103] != ['ok', 0, 2933647103, 2933647103]"}
;; call refuel 10
;; call f4 2933647103
(module
  (type (func (param i32 i64) (result i64)))
  (type (func (param f32) (result f64 f32 f32)))
  (type (func (param i64) (result i32)))
  (type (func (param i64 f64 externref) (result funcref funcref)))
  (type (func (result f64)))
  (type (func (param i32 externref f64) (result f64 i32 i32 f64 i32)))
  (type (func (param i32)))
  (import "aux" "store" (func (type 0)))
  (import "aux" "ci" (global i32))
  (table 17 25 funcref)
  (table 8 17 funcref)
  (table 4 4 externref)
  (memory 1 1)
  (global (mut i32) (i32.const 0))
  (export "f4" (func 1))
  (export "refuel" (func 3))
  (func (;1;) (type 1)
    (local i32 i32 f32 f64)
    local.get 0
    local.get 3
    i32.const 0
    select
    drop
    i32.const 257
    i64.const 0
    call 0
    local.get 4
    f64.const -0x1.d4cbffe8f319cp-528
    f64.add
    ref.null extern
    i64.const 7
    call 2
    if (type 3)
      i32.const 0
      if (type 4)
        global.get 0
        ref.null extern
        f64.const 0x1.0000000000000p+0
        loop (type 5)
          i32.const 0
          br_if 0
          local.set 4
          drop
          local.set 1
          f64.const 0x1.0000000000000p-1022
          local.get 1
          local.get 1
          local.get 4
          local.get 2
        end
        drop
        local.set 4
        drop
        drop
      else
        local.get 4
      end
      local.set 4
      drop
      local.set 4
      drop
      ref.null func
      ref.null func
    else
      unreachable
    end
    drop
    drop
    local.get 4
    local.get 0
    local.get 0)
  (func (;2;) (type 2)
    (local i64)
    global.get 1
    local.get 1
    i64.const -128
    i32.const 8
    select (result i64)
    drop)
  (func (;3;) (type 6)
    local.get 0
    global.set 1))
