(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i64 i32 i64 i32 i32 i32 i32 i32 i32 i64 i64 i64 i32 i32)
    block
      local.get 0
      i32.const 1
      i32.ge_s
      br_if 0
      i32.const 0
      return
    end
    local.get 0
    i64.extend_i32_u
    local.set 1
    i32.const 0
    local.set 2
    i64.const 0
    local.set 3
    i32.const 0
    local.set 4
    loop
      i32.const 0
      local.set 5
      block
        local.get 3
        i32.wrap_i64
        local.tee 6
        i32.const 1
        i32.shl
        local.tee 0
        i32.const 1000000007
        i32.add
        local.tee 7
        i32.const 1
        i32.eq
        br_if 0
        block
          local.get 0
          i32.const 1000000006
          i32.add
          local.tee 8
          local.get 8
          i32.ctz
          i32.shr_u
          local.tee 9
          i32.eqz
          br_if 0
          local.get 7
          i64.extend_i32_u
          local.set 10
          i32.const 2
          local.get 7
          i32.rem_u
          i64.extend_i32_u
          local.set 11
          i64.const 1
          local.set 12
          local.get 9
          local.set 0
          loop
            block
              local.get 0
              i32.const 1
              i32.and
              i32.eqz
              br_if 0
              local.get 12
              local.get 11
              i64.mul
              local.get 10
              i64.rem_u
              local.set 12
            end
            local.get 11
            local.get 11
            i64.mul
            local.get 10
            i64.rem_u
            local.set 11
            local.get 0
            i32.const 1
            i32.gt_u
            local.set 13
            local.get 0
            i32.const 1
            i32.shr_u
            local.set 0
            local.get 13
            br_if 0
          end
          block
            local.get 12
            i32.wrap_i64
            local.tee 0
            i32.const 1
            i32.eq
            br_if 0
            local.get 8
            local.get 0
            i32.eq
            br_if 0
            local.get 9
            local.set 13
            i32.const 0
            local.set 5
            local.get 9
            local.get 8
            i32.eq
            br_if 2
            block
              loop
                local.get 0
                local.tee 14
                i64.extend_i32_u
                local.tee 11
                local.get 11
                i64.mul
                local.get 10
                i64.rem_u
                local.set 11
                local.get 13
                i32.const 1
                i32.shl
                local.tee 13
                local.get 8
                i32.eq
                br_if 1
                local.get 11
                i32.wrap_i64
                local.set 0
                local.get 14
                local.get 8
                i32.ne
                br_if 0
              end
            end
            i32.const 0
            local.set 5
            local.get 14
            local.get 8
            i32.ne
            br_if 2
          end
          i32.const 7
          local.get 7
          i32.rem_u
          i64.extend_i32_u
          local.set 11
          i64.const 1
          local.set 12
          local.get 9
          local.set 0
          loop
            block
              local.get 0
              i32.const 1
              i32.and
              i32.eqz
              br_if 0
              local.get 12
              local.get 11
              i64.mul
              local.get 10
              i64.rem_u
              local.set 12
            end
            local.get 11
            local.get 11
            i64.mul
            local.get 10
            i64.rem_u
            local.set 11
            local.get 0
            i32.const 1
            i32.gt_u
            local.set 13
            local.get 0
            i32.const 1
            i32.shr_u
            local.set 0
            local.get 13
            br_if 0
          end
          block
            local.get 7
            i32.const 7
            i32.eq
            br_if 0
            local.get 12
            i32.wrap_i64
            local.tee 0
            i32.const 1
            i32.eq
            br_if 0
            local.get 8
            local.get 0
            i32.eq
            br_if 0
            i32.const 0
            local.set 5
            local.get 9
            local.get 8
            i32.eq
            br_if 2
            local.get 9
            local.set 13
            block
              loop
                local.get 0
                local.tee 14
                i64.extend_i32_u
                local.tee 11
                local.get 11
                i64.mul
                local.get 10
                i64.rem_u
                local.set 11
                local.get 13
                i32.const 1
                i32.shl
                local.tee 13
                local.get 8
                i32.eq
                br_if 1
                local.get 11
                i32.wrap_i64
                local.set 0
                local.get 14
                local.get 8
                i32.ne
                br_if 0
              end
            end
            i32.const 0
            local.set 5
            local.get 14
            local.get 8
            i32.ne
            br_if 2
          end
          i32.const 61
          local.get 7
          i32.rem_u
          i64.extend_i32_u
          local.set 11
          i64.const 1
          local.set 12
          local.get 9
          local.set 0
          loop
            block
              local.get 0
              i32.const 1
              i32.and
              i32.eqz
              br_if 0
              local.get 12
              local.get 11
              i64.mul
              local.get 10
              i64.rem_u
              local.set 12
            end
            local.get 11
            local.get 11
            i64.mul
            local.get 10
            i64.rem_u
            local.set 11
            local.get 0
            i32.const 1
            i32.gt_u
            local.set 13
            local.get 0
            i32.const 1
            i32.shr_u
            local.set 0
            local.get 13
            br_if 0
          end
          local.get 7
          i32.const 61
          i32.eq
          br_if 0
          local.get 12
          i32.wrap_i64
          local.tee 0
          i32.const 1
          i32.eq
          br_if 0
          local.get 8
          local.get 0
          i32.eq
          br_if 0
          i32.const 0
          local.set 5
          local.get 9
          local.get 8
          i32.eq
          br_if 1
          block
            loop
              local.get 0
              local.tee 13
              i64.extend_i32_u
              local.tee 11
              local.get 11
              i64.mul
              local.get 10
              i64.rem_u
              local.set 11
              local.get 9
              i32.const 1
              i32.shl
              local.tee 9
              local.get 8
              i32.eq
              br_if 1
              local.get 11
              i32.wrap_i64
              local.set 0
              local.get 13
              local.get 8
              i32.ne
              br_if 0
            end
          end
          i32.const 0
          local.set 5
          local.get 13
          local.get 8
          i32.ne
          br_if 1
        end
        i32.const 1
        local.set 5
      end
      local.get 6
      i32.const 223092870
      i32.add
      local.set 0
      loop
        local.get 7
        local.get 0
        local.tee 13
        i32.rem_u
        local.set 0
        local.get 13
        local.set 7
        local.get 0
        br_if 0
      end
      local.get 13
      local.get 4
      i32.add
      local.set 4
      local.get 5
      local.get 2
      i32.add
      local.set 2
      local.get 3
      i64.const 1
      i64.add
      local.tee 3
      local.get 1
      i64.ne
      br_if 0
    end
    local.get 2
    i32.const 16
    i32.shl
    local.get 4
    i32.add
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 17408))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
