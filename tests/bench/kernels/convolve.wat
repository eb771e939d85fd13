(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 f32 f32 f32 f32 f32 f32 f32 f32 f32 f32)
    (local f32 f32 f32 i32 i32)
    i32.const 47
    local.set 1
    i32.const 0
    local.set 2
    i32.const 1024
    local.set 3
    loop
      i32.const 0
      local.set 4
      loop
        local.get 3
        local.get 4
        i32.add
        local.tee 5
        local.get 1
        i32.const 13
        i32.shl
        local.get 1
        i32.xor
        local.tee 1
        i32.const 17
        i32.shr_u
        local.get 1
        i32.xor
        local.tee 1
        i32.const 5
        i32.shl
        local.get 1
        i32.xor
        local.tee 1
        i32.const 255
        i32.and
        f32.convert_i32_u
        f32.store
        local.get 5
        i32.const 4
        i32.add
        local.get 1
        i32.const 13
        i32.shl
        local.get 1
        i32.xor
        local.tee 1
        i32.const 17
        i32.shr_u
        local.get 1
        i32.xor
        local.tee 1
        i32.const 5
        i32.shl
        local.get 1
        i32.xor
        local.tee 1
        i32.const 255
        i32.and
        f32.convert_i32_u
        f32.store
        local.get 4
        i32.const 8
        i32.add
        local.tee 4
        i32.const 640
        i32.ne
        br_if 0
      end
      local.get 3
      i32.const 640
      i32.add
      local.set 3
      local.get 2
      i32.const 1
      i32.add
      local.tee 2
      i32.const 120
      i32.ne
      br_if 0
    end
    i32.const 1
    local.set 6
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 1
      local.set 6
      loop
        i32.const 0
        local.set 5
        i32.const 0
        f32.load offset=1668
        local.set 7
        i32.const 0
        f32.load offset=1664
        local.set 8
        i32.const 0
        f32.load offset=1028
        local.set 9
        i32.const 0
        f32.load offset=1024
        local.set 10
        i32.const 1
        local.set 3
        loop
          local.get 8
          local.set 11
          local.get 7
          local.set 12
          i32.const 0
          local.set 1
          local.get 3
          i32.const 1
          i32.add
          local.tee 3
          i32.const 640
          i32.mul
          local.tee 4
          i32.const 1028
          i32.add
          f32.load
          local.tee 7
          local.set 13
          local.get 4
          i32.const 1024
          i32.add
          f32.load
          local.tee 8
          local.set 14
          local.get 12
          local.set 15
          local.get 11
          local.set 16
          loop
            local.get 9
            local.set 17
            local.get 15
            local.set 18
            local.get 13
            local.set 19
            local.get 5
            local.get 1
            i32.add
            local.tee 4
            i32.const 78468
            i32.add
            local.get 4
            i32.const 2312
            i32.add
            f32.load
            local.tee 13
            f32.const 0.0625
            f32.mul
            local.get 19
            f32.const 0.125
            f32.mul
            local.get 14
            f32.const 0.0625
            f32.mul
            local.get 4
            i32.const 1672
            i32.add
            f32.load
            local.tee 15
            f32.const 0.125
            f32.mul
            local.get 18
            f32.const 0.25
            f32.mul
            local.get 16
            f32.const 0.125
            f32.mul
            local.get 4
            i32.const 1032
            i32.add
            f32.load
            local.tee 9
            f32.const 0.0625
            f32.mul
            local.get 10
            f32.const 0.0625
            f32.mul
            local.get 17
            f32.const 0.125
            f32.mul
            f32.add
            f32.add
            f32.add
            f32.add
            f32.add
            f32.add
            f32.add
            f32.add
            f32.store
            local.get 19
            local.set 14
            local.get 18
            local.set 16
            local.get 17
            local.set 10
            local.get 1
            i32.const 4
            i32.add
            local.tee 1
            i32.const 632
            i32.ne
            br_if 0
          end
          local.get 5
          i32.const 640
          i32.add
          local.set 5
          local.get 12
          local.set 9
          local.get 11
          local.set 10
          local.get 3
          i32.const 119
          i32.ne
          br_if 0
        end
        i32.const 0
        local.set 5
        i32.const 0
        f32.load offset=78468
        local.set 7
        i32.const 0
        f32.load offset=78464
        local.set 8
        i32.const 0
        f32.load offset=77828
        local.set 9
        i32.const 0
        f32.load offset=77824
        local.set 10
        i32.const 1
        local.set 3
        loop
          local.get 8
          local.set 11
          local.get 7
          local.set 12
          i32.const 0
          local.set 1
          local.get 3
          i32.const 1
          i32.add
          local.tee 3
          i32.const 640
          i32.mul
          local.tee 4
          i32.const 77828
          i32.add
          f32.load
          local.tee 7
          local.set 13
          local.get 4
          i32.const 77824
          i32.add
          f32.load
          local.tee 8
          local.set 14
          local.get 12
          local.set 15
          local.get 11
          local.set 16
          loop
            local.get 9
            local.set 17
            local.get 15
            local.set 18
            local.get 13
            local.set 19
            local.get 5
            local.get 1
            i32.add
            local.tee 4
            i32.const 1668
            i32.add
            local.get 4
            i32.const 79112
            i32.add
            f32.load
            local.tee 13
            f32.const 0
            f32.mul
            local.get 19
            f32.const -0.5
            f32.mul
            local.get 14
            f32.const 0
            f32.mul
            local.get 4
            i32.const 78472
            i32.add
            f32.load
            local.tee 15
            f32.const -0.5
            f32.mul
            local.get 18
            f32.const 3
            f32.mul
            local.get 16
            f32.const -0.5
            f32.mul
            local.get 4
            i32.const 77832
            i32.add
            f32.load
            local.tee 9
            f32.const 0
            f32.mul
            local.get 10
            f32.const 0
            f32.mul
            local.get 17
            f32.const -0.5
            f32.mul
            f32.add
            f32.add
            f32.add
            f32.add
            f32.add
            f32.add
            f32.add
            f32.add
            f32.store
            local.get 19
            local.set 14
            local.get 18
            local.set 16
            local.get 17
            local.set 10
            local.get 1
            i32.const 4
            i32.add
            local.tee 1
            i32.const 632
            i32.ne
            br_if 0
          end
          local.get 5
          i32.const 640
          i32.add
          local.set 5
          local.get 12
          local.set 9
          local.get 11
          local.set 10
          local.get 3
          i32.const 119
          i32.ne
          br_if 0
        end
        i32.const 0
        local.set 20
        i32.const 1024
        local.set 21
        i32.const 154624
        local.set 2
        loop
          local.get 21
          local.set 4
          i32.const 0
          local.set 1
          loop
            local.get 4
            f32.const 0
            local.get 4
            f32.load
            local.tee 17
            f32.const 255
            f32.min
            local.get 17
            f32.const 0
            f32.lt
            select
            local.tee 17
            f32.store
            local.get 2
            local.get 1
            i32.add
            local.tee 5
            local.get 17
            i32.trunc_sat_f32_u
            i32.store8
            local.get 4
            i32.const 4
            i32.add
            local.tee 3
            f32.const 0
            local.get 3
            f32.load
            local.tee 17
            f32.const 255
            f32.min
            local.get 17
            f32.const 0
            f32.lt
            select
            local.tee 17
            f32.store
            local.get 5
            i32.const 1
            i32.add
            local.get 17
            i32.trunc_sat_f32_u
            i32.store8
            local.get 4
            i32.const 8
            i32.add
            local.set 4
            local.get 1
            i32.const 2
            i32.add
            local.tee 1
            i32.const 160
            i32.ne
            br_if 0
          end
          local.get 2
          i32.const 160
          i32.add
          local.set 2
          local.get 21
          i32.const 640
          i32.add
          local.set 21
          local.get 20
          i32.const 1
          i32.add
          local.tee 20
          i32.const 120
          i32.ne
          br_if 0
        end
        local.get 6
        local.get 0
        i32.const -1
        i32.add
        local.tee 4
        i32.const 120
        i32.rem_s
        i32.const 160
        i32.mul
        local.get 4
        i32.const 160
        i32.rem_s
        i32.add
        i32.const 154624
        i32.add
        i32.load8_u
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 6
        local.get 0
        i32.const 1
        i32.gt_s
        local.set 1
        local.get 4
        local.set 0
        local.get 1
        br_if 0
      end
    end
    local.get 6
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 3)
  (global $__stack_pointer (mut i32) (i32.const 190208))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
