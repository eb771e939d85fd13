(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param f64)))
  (func $run (type 0) (param i32) (result i32)
    (local f64 f64 i32 f64 f64 f64 i32 i32 i64)
    f64.const 0
    local.set 1
    f64.const 1
    local.set 2
    i32.const 1
    local.set 3
    f64.const 1
    local.set 4
    f64.const 1
    local.set 5
    loop
      local.get 1
      local.get 4
      f64.const 0.0015339807878856412
      local.get 2
      f64.div
      f64.mul
      local.tee 4
      f64.neg
      local.get 4
      local.get 3
      i32.const 2
      i32.and
      select
      local.tee 6
      f64.const -0
      local.get 3
      i32.const 1
      i32.and
      local.tee 7
      select
      f64.add
      local.set 1
      local.get 5
      f64.const -0
      local.get 6
      local.get 7
      select
      f64.add
      local.set 5
      local.get 2
      f64.const 1
      f64.add
      local.set 2
      local.get 3
      i32.const 1
      i32.add
      local.tee 3
      i32.const 12
      i32.ne
      br_if 0
    end
    i32.const 0
    i64.const 4607182418800017408
    i64.store offset=66560
    i32.const 0
    f64.load offset=82944
    local.set 2
    f64.const 1
    local.set 4
    i32.const -16368
    local.set 3
    block
      loop
        local.get 3
        i32.const 99320
        i32.add
        local.get 2
        local.get 5
        f64.mul
        local.get 1
        local.get 4
        f64.mul
        f64.add
        local.tee 6
        f64.store
        local.get 3
        i32.const 82936
        i32.add
        local.get 4
        local.get 5
        f64.mul
        local.get 1
        local.get 2
        f64.mul
        f64.sub
        local.tee 4
        f64.store
        local.get 3
        i32.eqz
        br_if 1
        local.get 3
        i32.const 99328
        i32.add
        local.get 6
        local.get 5
        f64.mul
        local.get 1
        local.get 4
        f64.mul
        f64.add
        local.tee 2
        f64.store
        local.get 3
        i32.const 82944
        i32.add
        local.get 4
        local.get 5
        f64.mul
        local.get 1
        local.get 6
        f64.mul
        f64.sub
        local.tee 4
        f64.store
        local.get 3
        i32.const 16
        i32.add
        local.set 3
        br 0
      end
    end
    i32.const 33792
    i32.const 0
    i32.const 32768
    memory.fill
    i32.const 7
    local.set 7
    i32.const -32768
    local.set 3
    loop
      local.get 3
      i32.const 33792
      i32.add
      local.get 7
      i32.const 13
      i32.shl
      local.get 7
      i32.xor
      local.tee 7
      i32.const 17
      i32.shr_u
      local.get 7
      i32.xor
      local.tee 7
      i32.const 5
      i32.shl
      local.get 7
      i32.xor
      local.tee 7
      i32.const 8
      i32.shr_u
      f64.convert_i32_s
      f64.const 1.52587890625e-05
      f64.mul
      f64.store
      local.get 3
      i32.const 33800
      i32.add
      local.get 7
      i32.const 13
      i32.shl
      local.get 7
      i32.xor
      local.tee 7
      i32.const 17
      i32.shr_u
      local.get 7
      i32.xor
      local.tee 7
      i32.const 5
      i32.shl
      local.get 7
      i32.xor
      local.tee 7
      i32.const 8
      i32.shr_u
      f64.convert_i32_s
      f64.const 1.52587890625e-05
      f64.mul
      f64.store
      local.get 3
      i32.const 16
      i32.add
      local.tee 3
      br_if 0
    end
    i32.const 1
    local.set 8
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 1
      local.set 8
      loop
        f64.const -1
        call $transform
        f64.const 1
        call $transform
        i32.const -32768
        local.set 3
        loop
          local.get 3
          i32.const 33792
          i32.add
          local.tee 7
          local.get 7
          f64.load
          f64.const 0.000244140625
          f64.mul
          f64.store
          local.get 3
          i32.const 66560
          i32.add
          local.tee 7
          local.get 7
          f64.load
          f64.const 0.000244140625
          f64.mul
          f64.store
          local.get 3
          i32.const 33800
          i32.add
          local.tee 7
          local.get 7
          f64.load
          f64.const 0.000244140625
          f64.mul
          f64.store
          local.get 3
          i32.const 66568
          i32.add
          local.tee 7
          local.get 7
          f64.load
          f64.const 0.000244140625
          f64.mul
          f64.store
          local.get 3
          i32.const 16
          i32.add
          local.tee 3
          br_if 0
        end
        local.get 8
        local.get 0
        i32.const -1
        i32.add
        local.tee 3
        i32.const 4095
        i32.and
        i32.const 3
        i32.shl
        i32.const 1024
        i32.add
        i64.load
        local.tee 9
        i64.const 32
        i64.shr_u
        local.get 9
        i64.xor
        i32.wrap_i64
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 8
        local.get 0
        i32.const 1
        i32.gt_s
        local.set 7
        local.get 3
        local.set 0
        local.get 7
        br_if 0
      end
    end
    local.get 8
  )
  (func $transform (type 1) (param f64)
    (local i32 i32 i32 i32 f64 i32 i32 f64 i32 i32 i32 i32 i32 i32 i32 i32)
    (local f64 f64 f64 f64)
    i32.const 0
    local.set 1
    i32.const 0
    local.set 2
    loop
      block
        local.get 1
        local.get 2
        i32.ge_s
        br_if 0
        local.get 1
        i32.const 3
        i32.shl
        local.tee 3
        i32.const 1024
        i32.add
        local.tee 4
        f64.load
        local.set 5
        local.get 4
        local.get 2
        i32.const 3
        i32.shl
        local.tee 6
        i32.const 1024
        i32.add
        local.tee 7
        f64.load
        f64.store
        local.get 3
        i32.const 33792
        i32.add
        local.tee 3
        f64.load
        local.set 8
        local.get 3
        local.get 6
        i32.const 33792
        i32.add
        local.tee 4
        f64.load
        f64.store
        local.get 7
        local.get 5
        f64.store
        local.get 4
        local.get 8
        f64.store
      end
      i32.const 2048
      local.set 4
      block
        local.get 2
        i32.const 2048
        i32.and
        i32.eqz
        br_if 0
        i32.const 2048
        local.set 3
        loop
          local.get 2
          local.get 3
          i32.xor
          local.set 2
          local.get 3
          i32.const 1
          i32.shr_u
          local.tee 4
          local.set 3
          local.get 2
          local.get 4
          i32.and
          br_if 0
        end
      end
      local.get 4
      local.get 2
      i32.or
      local.set 2
      local.get 1
      i32.const 1
      i32.add
      local.tee 1
      i32.const 4096
      i32.ne
      br_if 0
    end
    i32.const 1
    local.set 9
    loop
      local.get 9
      i32.const 4
      i32.shl
      local.set 10
      local.get 9
      i32.const 3
      i32.shl
      local.set 11
      local.get 9
      i32.const 1
      i32.shl
      local.set 12
      i32.const 2048
      local.get 9
      i32.div_u
      local.set 13
      i32.const 0
      local.set 14
      i32.const 0
      local.set 15
      loop
        local.get 14
        local.set 2
        local.get 9
        local.set 1
        i32.const 0
        local.set 3
        loop
          local.get 11
          local.get 2
          i32.add
          local.tee 4
          i32.const 33792
          i32.add
          local.tee 6
          local.get 2
          i32.const 33792
          i32.add
          local.tee 7
          f64.load
          local.tee 5
          local.get 4
          i32.const 1024
          i32.add
          local.tee 16
          f64.load
          local.tee 8
          local.get 3
          local.get 13
          i32.mul
          i32.const 3
          i32.shl
          local.tee 4
          i32.const 82944
          i32.add
          f64.load
          local.get 0
          f64.mul
          local.tee 17
          f64.mul
          local.get 4
          i32.const 66560
          i32.add
          f64.load
          local.tee 18
          local.get 6
          f64.load
          local.tee 19
          f64.mul
          f64.add
          local.tee 20
          f64.sub
          f64.store
          local.get 16
          local.get 2
          i32.const 1024
          i32.add
          local.tee 4
          f64.load
          local.get 8
          local.get 18
          f64.mul
          local.get 17
          local.get 19
          f64.mul
          f64.sub
          local.tee 8
          f64.sub
          f64.store
          local.get 7
          local.get 20
          local.get 5
          f64.add
          f64.store
          local.get 4
          local.get 8
          local.get 4
          f64.load
          f64.add
          f64.store
          local.get 2
          i32.const 8
          i32.add
          local.set 2
          local.get 3
          i32.const 1
          i32.add
          local.set 3
          local.get 1
          i32.const -1
          i32.add
          local.tee 1
          br_if 0
        end
        local.get 14
        local.get 10
        i32.add
        local.set 14
        local.get 15
        local.get 12
        i32.add
        local.tee 15
        i32.const 4096
        i32.lt_s
        br_if 0
      end
      local.get 12
      local.set 9
      local.get 12
      i32.const 4096
      i32.lt_s
      br_if 0
    end
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 2)
  (global $__stack_pointer (mut i32) (i32.const 115712))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
