(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 1
    global.set $__stack_pointer
    i32.const 1
    local.set 2
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      local.get 0
      i32.const 1
      i32.add
      local.set 0
      i32.const 1
      local.set 2
      loop
        local.get 1
        local.get 0
        i32.const -2
        i32.add
        i32.store offset=12
        local.get 1
        i32.const 12
        i32.add
        call $fannkuch
        local.get 2
        i32.xor
        i32.const 16777619
        i32.mul
        local.get 1
        i32.load offset=12
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 2
        local.get 0
        i32.const -1
        i32.add
        local.tee 0
        i32.const 1
        i32.gt_u
        br_if 0
      end
    end
    local.get 1
    i32.const 16
    i32.add
    global.set $__stack_pointer
    local.get 2
  )
  (func $fannkuch (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i64 i64)
    (local i32 i64)
    global.get $__stack_pointer
    i32.const 32
    i32.sub
    local.tee 1
    global.set $__stack_pointer
    local.get 1
    i64.const 30064771078
    i64.store offset=24
    local.get 1
    i64.const 21474836484
    i64.store offset=16
    local.get 1
    i64.const 12884901890
    i64.store offset=8
    local.get 1
    i64.const 4294967296
    i64.store
    i32.const 4
    local.set 2
    local.get 1
    i32.const 4
    i32.or
    local.set 3
    i32.const 1
    local.set 4
    i32.const 2
    local.set 5
    i32.const 3
    local.set 6
    i32.const 5
    local.set 7
    i32.const 6
    local.set 8
    i32.const 7
    local.set 9
    i32.const 0
    local.set 10
    i32.const 8
    local.set 11
    i32.const 0
    local.set 12
    block
      loop
        local.get 0
        local.get 0
        i32.load
        local.get 1
        call $flips
        local.tee 13
        local.get 4
        i32.mul
        i32.add
        i32.store
        local.get 1
        i32.load offset=4
        local.set 14
        local.get 1
        local.get 10
        i32.store offset=4
        local.get 1
        local.get 14
        i32.store
        local.get 13
        local.get 12
        local.get 13
        local.get 12
        i32.gt_s
        select
        local.set 12
        block
          local.get 5
          i32.const -1
          i32.add
          local.tee 5
          br_if 0
          local.get 1
          i64.load offset=4 align=4
          local.set 15
          local.get 1
          local.get 1
          i32.load
          i32.store offset=8
          local.get 1
          local.get 15
          i64.store
          i32.const 2
          local.set 5
          local.get 6
          i32.const -1
          i32.add
          local.tee 6
          br_if 0
          local.get 3
          i64.load align=4
          local.set 15
          local.get 1
          local.get 3
          i32.const 8
          i32.add
          local.tee 13
          i32.load
          i32.store offset=8
          local.get 1
          local.get 1
          i32.load
          i32.store offset=12
          local.get 1
          local.get 15
          i64.store
          i32.const 3
          local.set 6
          local.get 2
          i32.const -1
          i32.add
          local.tee 2
          br_if 0
          local.get 3
          i64.load align=4
          local.set 15
          local.get 1
          local.get 13
          i64.load align=4
          i64.store offset=8
          local.get 1
          i32.load
          local.set 10
          local.get 1
          local.get 15
          i64.store
          local.get 1
          local.get 10
          i32.store offset=16
          i32.const 4
          local.set 2
          local.get 7
          i32.const -1
          i32.add
          local.tee 7
          br_if 0
          local.get 13
          i64.load align=4
          local.set 15
          local.get 3
          i64.load align=4
          local.set 16
          local.get 1
          i32.const 16
          i32.add
          local.tee 14
          local.get 3
          i32.const 16
          i32.add
          local.tee 17
          i32.load
          i32.store
          local.get 1
          local.get 15
          i64.store offset=8
          local.get 1
          i32.load
          local.set 10
          local.get 1
          local.get 16
          i64.store
          local.get 1
          local.get 10
          i32.store offset=20
          i32.const 5
          local.set 7
          local.get 8
          i32.const -1
          i32.add
          local.tee 8
          br_if 0
          local.get 13
          i64.load align=4
          local.set 15
          local.get 3
          i64.load align=4
          local.set 16
          local.get 14
          local.get 17
          i64.load align=4
          i64.store
          local.get 1
          local.get 15
          i64.store offset=8
          local.get 1
          i32.load
          local.set 10
          local.get 1
          local.get 16
          i64.store
          local.get 1
          local.get 10
          i32.store offset=24
          i32.const 6
          local.set 8
          local.get 9
          i32.const -1
          i32.add
          local.tee 9
          br_if 0
          local.get 13
          i64.load align=4
          local.set 15
          local.get 17
          i64.load align=4
          local.set 16
          local.get 3
          i64.load align=4
          local.set 18
          local.get 1
          i32.const 24
          i32.add
          local.get 3
          i32.const 24
          i32.add
          i32.load
          i32.store
          local.get 14
          local.get 16
          i64.store
          local.get 1
          local.get 15
          i64.store offset=8
          local.get 1
          i32.load
          local.set 13
          local.get 1
          local.get 18
          i64.store
          local.get 1
          local.get 13
          i32.store offset=28
          i32.const 7
          local.set 9
          local.get 11
          i32.const -1
          i32.add
          local.tee 11
          i32.eqz
          br_if 2
        end
        i32.const 0
        local.get 4
        i32.sub
        local.set 4
        local.get 1
        i32.load
        local.set 10
        br 0
      end
    end
    local.get 1
    i32.const 32
    i32.add
    global.set $__stack_pointer
    local.get 12
  )
  (func $flips (type 0) (param i32) (result i32)
    (local i32 i64 i32 i32 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 32
    i32.sub
    local.tee 1
    i32.const 24
    i32.add
    local.get 0
    i32.const 24
    i32.add
    i64.load align=4
    i64.store
    local.get 1
    i32.const 16
    i32.add
    local.get 0
    i32.const 16
    i32.add
    i64.load align=4
    i64.store
    local.get 1
    local.get 0
    i64.load align=4
    local.tee 2
    i64.store
    local.get 1
    local.get 0
    i32.const 8
    i32.add
    i64.load align=4
    i64.store offset=8
    block
      local.get 2
      i32.wrap_i64
      local.tee 0
      br_if 0
      i32.const 0
      return
    end
    local.get 1
    i32.const 4
    i32.or
    local.set 3
    local.get 1
    i32.const -4
    i32.add
    local.set 4
    i32.const 0
    local.set 5
    loop
      block
        local.get 0
        i32.const 1
        i32.lt_s
        br_if 0
        local.get 1
        local.get 0
        i32.const 2
        i32.shl
        i32.add
        local.tee 6
        i32.load
        local.set 7
        local.get 6
        local.get 0
        i32.store
        local.get 1
        local.get 7
        i32.store
        block
          local.get 0
          i32.const 3
          i32.lt_s
          br_if 0
          local.get 0
          i32.const -1
          i32.add
          local.set 8
          i32.const 2
          local.set 7
          local.get 4
          local.get 0
          i32.const 2
          i32.shl
          i32.add
          local.set 0
          local.get 3
          local.set 6
          loop
            local.get 6
            i32.load
            local.set 9
            local.get 6
            local.get 0
            i32.load
            i32.store
            local.get 0
            local.get 9
            i32.store
            local.get 6
            i32.const 4
            i32.add
            local.set 6
            local.get 0
            i32.const -4
            i32.add
            local.set 0
            local.get 7
            local.get 8
            i32.const -1
            i32.add
            local.tee 8
            i32.lt_s
            local.set 9
            local.get 7
            i32.const 1
            i32.add
            local.set 7
            local.get 9
            br_if 0
          end
        end
        local.get 1
        i32.load
        local.set 0
      end
      local.get 5
      i32.const 1
      i32.add
      local.set 5
      local.get 0
      br_if 0
    end
    local.get 5
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 17408))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
