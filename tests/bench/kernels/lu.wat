(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 f64 i32 f64 i32)
    (local f64 i32 i32 i64)
    i32.const 1
    local.set 1
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 42
      local.set 2
      i32.const 1
      local.set 1
      loop
        local.get 0
        local.set 3
        i32.const 0
        local.set 4
        i32.const 2944
        local.set 5
        loop
          local.get 4
          i32.const 2
          i32.shl
          i32.const 2560
          i32.add
          local.get 4
          i32.store
          local.get 4
          i32.const 3
          i32.shl
          i32.const 1792
          i32.add
          local.get 2
          i32.const 13
          i32.shl
          local.get 2
          i32.xor
          local.tee 0
          i32.const 17
          i32.shr_u
          local.get 0
          i32.xor
          local.tee 0
          i32.const 5
          i32.shl
          local.get 0
          i32.xor
          local.tee 2
          i32.const 1023
          i32.and
          f64.convert_i32_u
          f64.const -512
          f64.add
          f64.store
          i32.const 0
          local.set 0
          loop
            local.get 5
            local.get 0
            i32.add
            local.tee 6
            local.get 2
            i32.const 13
            i32.shl
            local.get 2
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
            i32.const 4095
            i32.and
            f64.convert_i32_u
            f64.const 0.015625
            f64.mul
            f64.const -32
            f64.add
            f64.store
            local.get 6
            i32.const 8
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
            local.tee 2
            i32.const 4095
            i32.and
            f64.convert_i32_u
            f64.const 0.015625
            f64.mul
            f64.const -32
            f64.add
            f64.store
            local.get 0
            i32.const 16
            i32.add
            local.tee 0
            i32.const 768
            i32.ne
            br_if 0
          end
          local.get 5
          i32.const 768
          i32.add
          local.set 5
          local.get 4
          i32.const 1
          i32.add
          local.tee 4
          i32.const 96
          i32.ne
          br_if 0
        end
        i32.const 0
        local.set 8
        loop
          local.get 8
          local.tee 9
          i32.const 1
          i32.add
          local.set 8
          block
            local.get 9
            i32.const 94
            i32.gt_u
            br_if 0
            local.get 9
            i32.const 2
            i32.shl
            i32.const 2560
            i32.add
            local.tee 10
            i32.load
            local.tee 11
            i32.const 768
            i32.mul
            local.get 9
            i32.const 3
            i32.shl
            local.tee 12
            i32.add
            i32.const 2944
            i32.add
            f64.load
            f64.abs
            local.set 13
            block
              block
                i32.const 1
                local.get 9
                i32.sub
                i32.const 1
                i32.and
                local.tee 14
                br_if 0
                local.get 9
                local.set 6
                local.get 8
                local.set 0
                br 1
              end
              local.get 8
              i32.const 2
              i32.shl
              i32.const 2560
              i32.add
              i32.load
              i32.const 768
              i32.mul
              local.get 12
              i32.add
              i32.const 2944
              i32.add
              f64.load
              f64.abs
              local.tee 15
              local.get 13
              local.get 15
              local.get 13
              f64.gt
              local.tee 0
              select
              local.set 13
              local.get 8
              local.get 9
              local.get 0
              select
              local.set 6
              local.get 9
              i32.const 2
              i32.add
              local.set 0
            end
            block
              local.get 9
              i32.const 94
              i32.eq
              local.tee 16
              br_if 0
              local.get 0
              i32.const 2
              i32.shl
              i32.const 2560
              i32.add
              local.set 7
              loop
                local.get 7
                i32.const 4
                i32.add
                i32.load
                i32.const 768
                i32.mul
                local.get 12
                i32.add
                i32.const 2944
                i32.add
                f64.load
                f64.abs
                local.tee 15
                local.get 7
                i32.load
                i32.const 768
                i32.mul
                local.get 12
                i32.add
                i32.const 2944
                i32.add
                f64.load
                f64.abs
                local.tee 17
                local.get 13
                local.get 17
                local.get 13
                f64.gt
                local.tee 5
                select
                local.tee 13
                local.get 15
                local.get 13
                f64.gt
                local.tee 4
                select
                local.set 13
                local.get 0
                i32.const 1
                i32.add
                local.get 0
                local.get 6
                local.get 5
                select
                local.get 4
                select
                local.set 6
                local.get 7
                i32.const 8
                i32.add
                local.set 7
                local.get 0
                i32.const 2
                i32.add
                local.tee 0
                i32.const 96
                i32.ne
                br_if 0
              end
            end
            local.get 10
            local.get 6
            i32.const 2
            i32.shl
            i32.const 2560
            i32.add
            local.tee 0
            i32.load
            i32.store
            local.get 0
            local.get 11
            i32.store
            local.get 10
            i32.load
            i32.const 768
            i32.mul
            i32.const 2944
            i32.add
            local.tee 4
            local.get 8
            i32.const 3
            i32.shl
            local.tee 11
            i32.add
            local.set 18
            local.get 4
            local.get 12
            i32.add
            local.set 10
            local.get 9
            i32.const 2
            i32.add
            local.set 19
            local.get 8
            local.set 9
            loop
              local.get 9
              i32.const 2
              i32.shl
              i32.const 2560
              i32.add
              i32.load
              i32.const 768
              i32.mul
              local.tee 7
              local.get 12
              i32.add
              i32.const 2944
              i32.add
              local.tee 0
              local.get 0
              f64.load
              local.get 10
              f64.load
              f64.div
              local.tee 13
              f64.store
              local.get 13
              f64.neg
              local.set 13
              local.get 8
              local.set 0
              block
                local.get 14
                i32.eqz
                br_if 0
                local.get 7
                local.get 11
                i32.add
                i32.const 2944
                i32.add
                local.tee 0
                local.get 13
                local.get 18
                f64.load
                f64.mul
                local.get 0
                f64.load
                f64.add
                f64.store
                local.get 19
                local.set 0
              end
              block
                local.get 16
                br_if 0
                local.get 0
                i32.const 3
                i32.shl
                local.set 0
                local.get 7
                i32.const 2944
                i32.add
                local.set 5
                loop
                  local.get 5
                  local.get 0
                  i32.add
                  local.tee 7
                  local.get 13
                  local.get 4
                  local.get 0
                  i32.add
                  local.tee 6
                  f64.load
                  f64.mul
                  local.get 7
                  f64.load
                  f64.add
                  f64.store
                  local.get 7
                  i32.const 8
                  i32.add
                  local.tee 7
                  local.get 13
                  local.get 6
                  i32.const 8
                  i32.add
                  f64.load
                  f64.mul
                  local.get 7
                  f64.load
                  f64.add
                  f64.store
                  local.get 0
                  i32.const 16
                  i32.add
                  local.tee 0
                  i32.const 768
                  i32.ne
                  br_if 0
                end
              end
              local.get 9
              i32.const 1
              i32.add
              local.tee 9
              i32.const 96
              i32.ne
              br_if 0
            end
          end
          local.get 8
          i32.const 96
          i32.ne
          br_if 0
        end
        i32.const 0
        local.set 9
        loop
          local.get 9
          i32.const 2
          i32.shl
          i32.const 2560
          i32.add
          i32.load
          local.tee 12
          i32.const 3
          i32.shl
          i32.const 1792
          i32.add
          f64.load
          local.set 13
          block
            local.get 9
            i32.eqz
            br_if 0
            local.get 9
            i32.const 1
            i32.and
            local.set 8
            i32.const 0
            local.set 7
            block
              local.get 9
              i32.const 1
              i32.eq
              br_if 0
              local.get 9
              i32.const -2
              i32.and
              local.set 5
              local.get 12
              i32.const 768
              i32.mul
              i32.const 2944
              i32.add
              local.set 4
              i32.const 0
              local.set 0
              i32.const 0
              local.set 7
              loop
                local.get 13
                local.get 4
                local.get 0
                i32.add
                local.tee 6
                f64.load
                local.get 0
                i32.const 1024
                i32.add
                f64.load
                f64.mul
                f64.sub
                local.get 6
                i32.const 8
                i32.add
                f64.load
                local.get 0
                i32.const 1032
                i32.add
                f64.load
                f64.mul
                f64.sub
                local.set 13
                local.get 0
                i32.const 16
                i32.add
                local.set 0
                local.get 5
                local.get 7
                i32.const 2
                i32.add
                local.tee 7
                i32.ne
                br_if 0
              end
            end
            local.get 8
            i32.eqz
            br_if 0
            local.get 13
            local.get 12
            i32.const 768
            i32.mul
            local.get 7
            i32.const 3
            i32.shl
            local.tee 0
            i32.add
            i32.const 2944
            i32.add
            f64.load
            local.get 0
            i32.const 1024
            i32.add
            f64.load
            f64.mul
            f64.sub
            local.set 13
          end
          local.get 9
          i32.const 3
          i32.shl
          i32.const 1024
          i32.add
          local.get 13
          f64.store
          local.get 9
          i32.const 1
          i32.add
          local.tee 9
          i32.const 96
          i32.ne
          br_if 0
        end
        i32.const 95
        local.set 0
        i32.const 0
        local.set 9
        loop
          local.get 0
          local.tee 4
          i32.const 2
          i32.shl
          i32.const 2560
          i32.add
          i32.load
          local.set 12
          local.get 4
          i32.const 3
          i32.shl
          local.tee 8
          i32.const 1024
          i32.add
          local.tee 14
          f64.load
          local.set 13
          block
            local.get 4
            i32.const 94
            i32.gt_u
            br_if 0
            block
              block
                local.get 9
                i32.const 1
                i32.and
                br_if 0
                local.get 4
                local.set 7
                br 1
              end
              local.get 13
              local.get 12
              i32.const 768
              i32.mul
              local.get 4
              i32.const 1
              i32.add
              local.tee 7
              i32.const 3
              i32.shl
              local.tee 0
              i32.add
              i32.const 2944
              i32.add
              f64.load
              local.get 0
              i32.const 1024
              i32.add
              f64.load
              f64.mul
              f64.sub
              local.set 13
            end
            local.get 9
            i32.const 1
            i32.eq
            br_if 0
            local.get 7
            i32.const 3
            i32.shl
            local.set 0
            local.get 7
            i32.const -95
            i32.add
            local.set 7
            local.get 12
            i32.const 768
            i32.mul
            i32.const 2944
            i32.add
            local.set 5
            loop
              local.get 13
              local.get 5
              local.get 0
              i32.add
              local.tee 6
              i32.const 8
              i32.add
              f64.load
              local.get 0
              i32.const 1032
              i32.add
              f64.load
              f64.mul
              f64.sub
              local.get 6
              i32.const 16
              i32.add
              f64.load
              local.get 0
              i32.const 1040
              i32.add
              f64.load
              f64.mul
              f64.sub
              local.set 13
              local.get 0
              i32.const 16
              i32.add
              local.set 0
              local.get 7
              i32.const 2
              i32.add
              local.tee 7
              br_if 0
            end
          end
          local.get 14
          local.get 13
          local.get 12
          i32.const 768
          i32.mul
          local.get 8
          i32.add
          i32.const 2944
          i32.add
          f64.load
          f64.div
          f64.store
          local.get 9
          i32.const 1
          i32.add
          local.set 9
          local.get 4
          i32.const -1
          i32.add
          local.set 0
          local.get 4
          br_if 0
        end
        i32.const -768
        local.set 0
        loop
          local.get 1
          local.get 0
          i32.const 1792
          i32.add
          i64.load
          local.tee 20
          i64.const 32
          i64.shr_u
          local.get 20
          i64.xor
          i32.wrap_i64
          i32.xor
          i32.const 16777619
          i32.mul
          local.get 0
          i32.const 1800
          i32.add
          i64.load
          local.tee 20
          i64.const 32
          i64.shr_u
          local.get 20
          i64.xor
          i32.wrap_i64
          i32.xor
          i32.const 16777619
          i32.mul
          local.get 0
          i32.const 1808
          i32.add
          i64.load
          local.tee 20
          i64.const 32
          i64.shr_u
          local.get 20
          i64.xor
          i32.wrap_i64
          i32.xor
          i32.const 16777619
          i32.mul
          local.get 0
          i32.const 1816
          i32.add
          i64.load
          local.tee 20
          i64.const 32
          i64.shr_u
          local.get 20
          i64.xor
          i32.wrap_i64
          i32.xor
          i32.const 16777619
          i32.mul
          local.set 1
          local.get 0
          i32.const 32
          i32.add
          local.tee 0
          br_if 0
        end
        local.get 3
        i32.const -1
        i32.add
        local.set 0
        local.get 3
        i32.const 2
        i32.ge_s
        br_if 0
      end
    end
    local.get 1
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 2)
  (global $__stack_pointer (mut i32) (i32.const 93056))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
