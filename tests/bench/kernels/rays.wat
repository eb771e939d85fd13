(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32 i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 f32 f32 i32 f32 f32)
    global.get $__stack_pointer
    i32.const 64
    i32.sub
    local.tee 1
    global.set $__stack_pointer
    i32.const 41
    local.set 2
    i32.const -320
    local.set 3
    loop
      local.get 3
      i32.const 1344
      i32.add
      local.get 2
      i32.const 13
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 17
      i32.shr_u
      local.get 2
      i32.xor
      local.tee 2
      i32.const 5
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 255
      i32.and
      f32.convert_i32_u
      f32.const 0.03125
      f32.mul
      f32.const -4
      f32.add
      f32.store
      local.get 3
      i32.const 1348
      i32.add
      local.get 2
      i32.const 13
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 17
      i32.shr_u
      local.get 2
      i32.xor
      local.tee 2
      i32.const 5
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 255
      i32.and
      f32.convert_i32_u
      f32.const 0.03125
      f32.mul
      f32.const -4
      f32.add
      f32.store
      local.get 3
      i32.const 1352
      i32.add
      local.get 2
      i32.const 13
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 17
      i32.shr_u
      local.get 2
      i32.xor
      local.tee 2
      i32.const 5
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 255
      i32.and
      f32.convert_i32_u
      f32.const 0.03125
      f32.mul
      f32.const 4
      f32.add
      f32.store
      local.get 3
      i32.const 1356
      i32.add
      local.get 2
      i32.const 13
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 17
      i32.shr_u
      local.get 2
      i32.xor
      local.tee 2
      i32.const 5
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 63
      i32.and
      f32.convert_i32_u
      f32.const 0.015625
      f32.mul
      f32.const 0.25
      f32.add
      f32.store
      local.get 3
      i32.const 1360
      i32.add
      local.get 2
      i32.const 13
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 17
      i32.shr_u
      local.get 2
      i32.xor
      local.tee 2
      i32.const 5
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 255
      i32.and
      i32.store
      local.get 3
      i32.const 20
      i32.add
      local.tee 3
      br_if 0
    end
    i32.const 1
    local.set 2
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 1
      local.set 2
      loop
        local.get 1
        i64.const -4611686018427387904
        i64.store offset=52 align=4
        local.get 1
        local.get 0
        i32.const -1
        i32.add
        local.tee 4
        i32.const 15
        i32.and
        f32.convert_i32_s
        f32.const 0.0625
        f32.mul
        f32.store offset=48
        i32.const -24
        local.set 5
        loop
          local.get 5
          f32.convert_i32_s
          f32.const 0.03125
          f32.mul
          local.tee 6
          local.get 6
          f32.mul
          local.set 7
          i32.const -32
          local.set 3
          loop
            local.get 1
            i32.const 32
            i32.add
            i32.const 8
            i32.add
            local.tee 8
            f32.const 1
            local.get 3
            f32.convert_i32_s
            f32.const 0.03125
            f32.mul
            local.tee 9
            local.get 9
            f32.mul
            local.get 7
            f32.add
            f32.const 1
            f32.add
            f32.sqrt
            f32.div
            local.tee 10
            f32.store
            local.get 1
            i32.const 16
            i32.add
            i32.const 8
            i32.add
            local.get 1
            i32.const 48
            i32.add
            i32.const 8
            i32.add
            i32.load
            i32.store
            local.get 1
            i32.const 8
            i32.add
            local.get 8
            i32.load
            i32.store
            local.get 1
            local.get 6
            local.get 10
            f32.mul
            f32.store offset=36
            local.get 1
            local.get 9
            local.get 10
            f32.mul
            f32.store offset=32
            local.get 1
            local.get 1
            i64.load offset=48
            i64.store offset=16
            local.get 1
            local.get 1
            i64.load offset=32
            i64.store
            local.get 1
            i32.const 16
            i32.add
            local.get 1
            i32.const 0
            call $colour
            local.get 2
            i32.xor
            i32.const 16777619
            i32.mul
            local.set 2
            local.get 3
            i32.const 1
            i32.add
            local.tee 3
            i32.const 32
            i32.ne
            br_if 0
          end
          local.get 5
          i32.const 1
          i32.add
          local.tee 5
          i32.const 24
          i32.ne
          br_if 0
        end
        local.get 0
        i32.const 1
        i32.gt_s
        local.set 3
        local.get 4
        local.set 0
        local.get 3
        br_if 0
      end
    end
    local.get 1
    i32.const 64
    i32.add
    global.set $__stack_pointer
    local.get 2
  )
  (func $colour (type 1) (param i32 i32 i32) (result i32)
    (local i32 f32 f32 f32 f32 f32 f32 i32 f32 f32 f32 f32 f32 f32 i32 f32)
    (local f32 f32 f32 i32)
    global.get $__stack_pointer
    i32.const 64
    i32.sub
    local.tee 3
    global.set $__stack_pointer
    local.get 0
    f32.load offset=8
    local.set 4
    local.get 0
    f32.load offset=4
    local.set 5
    local.get 0
    f32.load
    local.set 6
    local.get 1
    f32.load offset=8
    local.set 7
    local.get 1
    f32.load offset=4
    local.set 8
    local.get 1
    f32.load
    local.set 9
    i32.const 0
    local.set 0
    i32.const -1
    local.set 10
    f32.const 1000000000
    local.set 11
    i32.const 1024
    local.set 1
    loop
      block
        local.get 1
        i32.const 8
        i32.add
        f32.load
        local.get 4
        f32.sub
        local.tee 12
        local.get 7
        f32.mul
        local.get 1
        f32.load
        local.get 6
        f32.sub
        local.tee 13
        local.get 9
        f32.mul
        local.get 8
        local.get 1
        i32.const 4
        i32.add
        f32.load
        local.get 5
        f32.sub
        local.tee 14
        f32.mul
        f32.add
        f32.add
        local.tee 15
        local.get 15
        f32.mul
        local.get 1
        i32.const 12
        i32.add
        f32.load
        local.tee 16
        local.get 16
        f32.mul
        local.get 12
        local.get 12
        f32.mul
        local.get 13
        local.get 13
        f32.mul
        local.get 14
        local.get 14
        f32.mul
        f32.add
        f32.add
        f32.sub
        f32.add
        local.tee 12
        f32.const 0
        f32.lt
        br_if 0
        local.get 0
        local.get 10
        local.get 15
        local.get 12
        f32.sqrt
        f32.sub
        local.tee 12
        f32.const 0.001
        f32.gt
        local.get 12
        local.get 11
        f32.lt
        i32.and
        local.tee 17
        select
        local.set 10
        local.get 12
        local.get 11
        local.get 17
        select
        local.set 11
      end
      local.get 1
      i32.const 20
      i32.add
      local.set 1
      local.get 0
      i32.const 1
      i32.add
      local.tee 0
      i32.const 16
      i32.ne
      br_if 0
    end
    block
      block
        local.get 10
        i32.const -1
        i32.gt_s
        br_if 0
        local.get 8
        f32.const 64
        f32.mul
        f32.const 64
        f32.add
        i32.trunc_sat_f32_u
        local.set 1
        br 1
      end
      local.get 3
      local.get 7
      local.get 11
      f32.mul
      local.get 4
      f32.add
      local.tee 4
      f32.store offset=56
      local.get 3
      local.get 8
      local.get 11
      f32.mul
      local.get 5
      f32.add
      local.tee 5
      f32.store offset=52
      local.get 3
      local.get 9
      local.get 11
      f32.mul
      local.get 6
      f32.add
      local.tee 6
      f32.store offset=48
      i32.const 1024
      local.set 1
      block
        block
          local.get 4
          local.get 10
          i32.const 20
          i32.mul
          local.tee 0
          i32.const 1032
          i32.add
          f32.load
          f32.sub
          local.tee 12
          f32.const 1
          local.get 12
          local.get 12
          f32.mul
          local.get 6
          local.get 0
          i32.const 1024
          i32.add
          f32.load
          f32.sub
          local.tee 12
          local.get 12
          f32.mul
          local.get 5
          local.get 0
          i32.const 1028
          i32.add
          f32.load
          f32.sub
          local.tee 13
          local.get 13
          f32.mul
          f32.add
          f32.add
          f32.sqrt
          f32.div
          local.tee 14
          f32.mul
          local.tee 18
          f32.const -0.48
          f32.mul
          local.get 12
          local.get 14
          f32.mul
          local.tee 19
          f32.const 0.6
          f32.mul
          local.get 13
          local.get 14
          f32.mul
          local.tee 20
          f32.const 0.64
          f32.mul
          f32.add
          f32.add
          local.tee 21
          f32.const 0
          f32.lt
          br_if 0
          i32.const 0
          local.set 0
          i32.const -1
          local.set 17
          f32.const 1000000000
          local.set 11
          loop
            block
              local.get 1
              i32.const 8
              i32.add
              f32.load
              local.get 4
              f32.sub
              local.tee 12
              f32.const -0.48
              f32.mul
              local.get 1
              f32.load
              local.get 6
              f32.sub
              local.tee 13
              f32.const 0.6
              f32.mul
              local.get 1
              i32.const 4
              i32.add
              f32.load
              local.get 5
              f32.sub
              local.tee 14
              f32.const 0.64
              f32.mul
              f32.add
              f32.add
              local.tee 15
              local.get 15
              f32.mul
              local.get 1
              i32.const 12
              i32.add
              f32.load
              local.tee 16
              local.get 16
              f32.mul
              local.get 12
              local.get 12
              f32.mul
              local.get 13
              local.get 13
              f32.mul
              local.get 14
              local.get 14
              f32.mul
              f32.add
              f32.add
              f32.sub
              f32.add
              local.tee 12
              f32.const 0
              f32.lt
              br_if 0
              local.get 0
              local.get 17
              local.get 15
              local.get 12
              f32.sqrt
              f32.sub
              local.tee 12
              f32.const 0.001
              f32.gt
              local.get 12
              local.get 11
              f32.lt
              i32.and
              local.tee 22
              select
              local.set 17
              local.get 12
              local.get 11
              local.get 22
              select
              local.set 11
            end
            local.get 1
            i32.const 20
            i32.add
            local.set 1
            local.get 0
            i32.const 1
            i32.add
            local.tee 0
            i32.const 16
            i32.ne
            br_if 0
          end
          local.get 17
          i32.const 0
          i32.lt_s
          br_if 1
        end
        f32.const 0.1
        local.set 21
      end
      local.get 21
      local.get 10
      i32.const 20
      i32.mul
      i32.const 1040
      i32.add
      i32.load
      f32.convert_i32_u
      f32.mul
      i32.trunc_sat_f32_u
      local.set 1
      local.get 2
      i32.const 2
      i32.gt_s
      br_if 0
      local.get 3
      i32.const 32
      i32.add
      i32.const 8
      i32.add
      local.tee 0
      local.get 18
      local.get 7
      local.get 18
      f32.mul
      local.get 9
      local.get 19
      f32.mul
      local.get 8
      local.get 20
      f32.mul
      f32.add
      f32.add
      f32.const -2
      f32.mul
      local.tee 12
      f32.mul
      local.get 7
      f32.add
      f32.store
      local.get 3
      i32.const 16
      i32.add
      i32.const 8
      i32.add
      local.get 3
      i32.const 48
      i32.add
      i32.const 8
      i32.add
      i32.load
      i32.store
      local.get 3
      i32.const 8
      i32.add
      local.get 0
      i32.load
      i32.store
      local.get 3
      local.get 20
      local.get 12
      f32.mul
      local.get 8
      f32.add
      f32.store offset=36
      local.get 3
      local.get 19
      local.get 12
      f32.mul
      local.get 9
      f32.add
      f32.store offset=32
      local.get 3
      local.get 3
      i64.load offset=48
      i64.store offset=16
      local.get 3
      local.get 3
      i64.load offset=32
      i64.store
      local.get 3
      i32.const 16
      i32.add
      local.get 3
      local.get 2
      i32.const 1
      i32.add
      call $colour
      local.get 1
      i32.const 3
      i32.mul
      i32.add
      i32.const 2
      i32.shr_u
      local.set 1
    end
    local.get 3
    i32.const 64
    i32.add
    global.set $__stack_pointer
    local.get 1
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 17728))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
