(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param f64 i32) (result f64)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 f64 f64)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 1
    global.set $__stack_pointer
    local.get 1
    i32.const 0
    i32.store offset=12
    i32.const 1
    local.set 2
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      local.get 0
      f64.convert_i32_s
      local.set 3
      f64.const 0
      local.set 4
      i32.const 1
      local.set 2
      loop
        local.get 2
        local.get 4
        local.get 3
        f64.div
        f64.const 8
        f64.mul
        f64.const -4
        f64.add
        local.get 1
        i32.const 12
        i32.add
        call $root
        f64.const 4096
        f64.mul
        f64.const 0.5
        f64.add
        f64.floor
        i32.trunc_sat_f64_s
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 2
        local.get 4
        f64.const 1
        f64.add
        local.set 4
        local.get 0
        i32.const -1
        i32.add
        local.tee 0
        br_if 0
      end
      local.get 1
      i32.load offset=12
      local.get 2
      i32.add
      local.set 2
    end
    local.get 1
    i32.const 16
    i32.add
    global.set $__stack_pointer
    local.get 2
  )
  (func $root (type 1) (param f64 i32) (result f64)
    (local i32 i32 i32 f64 f64)
    local.get 1
    i32.load
    local.tee 2
    i32.const 40
    i32.add
    local.set 3
    i32.const 1
    local.set 4
    block
      block
        loop
          local.get 0
          f64.const 0.5
          local.get 0
          f64.const 0.3
          f64.mul
          f64.const -1.7
          f64.add
          local.get 0
          f64.mul
          f64.const 0.4
          f64.add
          local.get 0
          f64.mul
          f64.const 2.9
          f64.add
          local.get 0
          f64.mul
          f64.const -3.1
          f64.add
          local.get 0
          f64.mul
          f64.const -1.2
          f64.add
          local.get 0
          f64.mul
          f64.const 0.7
          f64.add
          local.get 0
          f64.const 1.8
          f64.mul
          f64.const -8.5
          f64.add
          local.get 0
          f64.mul
          f64.const 1.6
          f64.add
          local.get 0
          f64.mul
          f64.const 8.7
          f64.add
          local.get 0
          f64.mul
          f64.const -6.2
          f64.add
          local.get 0
          f64.mul
          f64.const -1.2
          f64.add
          local.tee 5
          f64.const 1
          local.get 5
          f64.const 0
          f64.ne
          select
          f64.div
          local.tee 5
          local.get 5
          f64.abs
          f64.const 0.5
          f64.gt
          select
          local.tee 6
          local.get 5
          f64.copysign
          f64.sub
          local.set 0
          local.get 6
          f64.abs
          f64.const 1e-12
          f64.lt
          br_if 1
          local.get 4
          i32.const 1
          i32.add
          local.tee 4
          i32.const 41
          i32.eq
          br_if 2
          br 0
        end
      end
      local.get 2
      local.get 4
      i32.add
      local.set 3
    end
    local.get 1
    local.get 3
    i32.store
    local.get 0
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 17408))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
