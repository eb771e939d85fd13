(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 f64 i32 i32 i32 f64 f64 f64 i64)
    i32.const -800
    local.set 1
    loop
      local.get 1
      i32.const 1856
      i32.add
      i64.const 4607182418800017408
      i64.store
      local.get 1
      i32.const 1848
      i32.add
      i64.const 4607182418800017408
      i64.store
      local.get 1
      i32.const 1840
      i32.add
      i64.const 4607182418800017408
      i64.store
      local.get 1
      i32.const 1832
      i32.add
      i64.const 4607182418800017408
      i64.store
      local.get 1
      i32.const 1824
      i32.add
      i64.const 4607182418800017408
      i64.store
      local.get 1
      i32.const 40
      i32.add
      local.tee 1
      br_if 0
    end
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      loop
        local.get 0
        local.set 2
        i32.const 0
        local.set 3
        loop
          local.get 3
          i32.const 1
          i32.add
          local.set 4
          f64.const 0
          local.set 5
          i32.const -800
          local.set 1
          local.get 3
          local.set 0
          loop
            f64.const 1
            local.get 0
            i32.const 1
            i32.add
            local.tee 6
            local.get 0
            i32.mul
            i32.const 1
            i32.shr_u
            local.get 4
            i32.add
            f64.convert_i32_s
            f64.div
            local.get 1
            i32.const 1824
            i32.add
            f64.load
            f64.mul
            local.get 5
            f64.add
            local.set 5
            local.get 6
            local.set 0
            local.get 1
            i32.const 8
            i32.add
            local.tee 1
            br_if 0
          end
          local.get 3
          i32.const 3
          i32.shl
          i32.const 1824
          i32.add
          local.get 5
          f64.store
          local.get 4
          local.set 3
          local.get 4
          i32.const 100
          i32.ne
          br_if 0
        end
        i32.const 2
        local.set 3
        i32.const 0
        local.set 7
        i32.const 0
        local.set 8
        loop
          f64.const 0
          local.set 5
          i32.const -800
          local.set 1
          i32.const 1
          local.set 0
          local.get 7
          local.set 6
          local.get 3
          local.set 4
          loop
            f64.const 1
            local.get 0
            local.get 6
            i32.const 1
            i32.shr_u
            i32.add
            f64.convert_i32_s
            f64.div
            local.get 1
            i32.const 2624
            i32.add
            f64.load
            f64.mul
            local.get 5
            f64.add
            local.set 5
            local.get 6
            local.get 4
            i32.add
            local.set 6
            local.get 0
            i32.const 1
            i32.add
            local.set 0
            local.get 4
            i32.const 2
            i32.add
            local.set 4
            local.get 1
            i32.const 8
            i32.add
            local.tee 1
            br_if 0
          end
          local.get 8
          i32.const 3
          i32.shl
          i32.const 2624
          i32.add
          local.get 5
          f64.store
          local.get 7
          local.get 3
          i32.add
          local.set 7
          local.get 3
          i32.const 2
          i32.add
          local.set 3
          local.get 8
          i32.const 1
          i32.add
          local.tee 8
          i32.const 100
          i32.ne
          br_if 0
        end
        i32.const 0
        local.set 3
        loop
          local.get 3
          i32.const 1
          i32.add
          local.set 4
          f64.const 0
          local.set 5
          i32.const -800
          local.set 1
          local.get 3
          local.set 0
          loop
            f64.const 1
            local.get 0
            i32.const 1
            i32.add
            local.tee 6
            local.get 0
            i32.mul
            i32.const 1
            i32.shr_u
            local.get 4
            i32.add
            f64.convert_i32_s
            f64.div
            local.get 1
            i32.const 3424
            i32.add
            f64.load
            f64.mul
            local.get 5
            f64.add
            local.set 5
            local.get 6
            local.set 0
            local.get 1
            i32.const 8
            i32.add
            local.tee 1
            br_if 0
          end
          local.get 3
          i32.const 3
          i32.shl
          i32.const 1824
          i32.add
          local.get 5
          f64.store
          local.get 4
          local.set 3
          local.get 4
          i32.const 100
          i32.ne
          br_if 0
        end
        i32.const 2
        local.set 3
        i32.const 0
        local.set 7
        i32.const 0
        local.set 8
        loop
          f64.const 0
          local.set 5
          i32.const -800
          local.set 1
          i32.const 1
          local.set 0
          local.get 7
          local.set 6
          local.get 3
          local.set 4
          loop
            f64.const 1
            local.get 0
            local.get 6
            i32.const 1
            i32.shr_u
            i32.add
            f64.convert_i32_s
            f64.div
            local.get 1
            i32.const 2624
            i32.add
            f64.load
            f64.mul
            local.get 5
            f64.add
            local.set 5
            local.get 6
            local.get 4
            i32.add
            local.set 6
            local.get 0
            i32.const 1
            i32.add
            local.set 0
            local.get 4
            i32.const 2
            i32.add
            local.set 4
            local.get 1
            i32.const 8
            i32.add
            local.tee 1
            br_if 0
          end
          local.get 8
          i32.const 3
          i32.shl
          i32.const 1024
          i32.add
          local.get 5
          f64.store
          local.get 7
          local.get 3
          i32.add
          local.set 7
          local.get 3
          i32.const 2
          i32.add
          local.set 3
          local.get 8
          i32.const 1
          i32.add
          local.tee 8
          i32.const 100
          i32.ne
          br_if 0
        end
        local.get 2
        i32.const -1
        i32.add
        local.set 0
        local.get 2
        i32.const 2
        i32.ge_s
        br_if 0
      end
    end
    f64.const 0
    local.set 9
    i32.const -800
    local.set 1
    f64.const 0
    local.set 10
    loop
      local.get 1
      i32.const 1832
      i32.add
      f64.load
      local.get 1
      i32.const 3432
      i32.add
      f64.load
      local.tee 5
      f64.mul
      local.get 1
      i32.const 1824
      i32.add
      f64.load
      local.get 1
      i32.const 3424
      i32.add
      f64.load
      local.tee 11
      f64.mul
      local.get 10
      f64.add
      f64.add
      local.set 10
      local.get 5
      local.get 5
      f64.mul
      local.get 11
      local.get 11
      f64.mul
      local.get 9
      f64.add
      f64.add
      local.set 9
      local.get 1
      i32.const 16
      i32.add
      local.tee 1
      br_if 0
    end
    local.get 10
    local.get 9
    f64.div
    f64.sqrt
    i64.reinterpret_f64
    local.tee 12
    i64.const 32
    i64.shr_u
    local.get 12
    i64.xor
    i32.wrap_i64
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 19808))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
