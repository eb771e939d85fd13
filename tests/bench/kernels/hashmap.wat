(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i64 i64 i32 i32)
    i32.const 1024
    i32.const 0
    i32.const 131072
    memory.fill
    i32.const 1
    local.set 1
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 29
      local.set 2
      i32.const 1
      local.set 1
      loop
        local.get 0
        local.tee 3
        i32.const -1
        i32.add
        local.set 0
        i32.const 0
        local.set 4
        loop
          block
            local.get 2
            i32.const 13
            i32.shl
            local.get 2
            i32.xor
            local.tee 5
            i32.const 17
            i32.shr_u
            local.get 5
            i32.xor
            local.tee 5
            i32.const 5
            i32.shl
            local.get 5
            i32.xor
            local.tee 2
            i32.const 16383
            i32.and
            i32.const 1
            i32.add
            i64.extend_i32_u
            local.tee 6
            i64.const 20
            i64.shl
            i64.const 7
            i64.or
            local.tee 7
            local.get 6
            i64.const 13
            i64.shr_u
            i64.xor
            i64.const -49064778989728563
            i64.mul
            local.tee 6
            i64.const 33
            i64.shr_u
            local.get 6
            i64.xor
            i64.const -4265267296055464877
            i64.mul
            i64.const 50
            i64.shr_u
            i32.wrap_i64
            local.tee 5
            i32.const 3
            i32.shl
            i32.const 1024
            i32.add
            i64.load
            local.tee 6
            i64.eqz
            br_if 0
            local.get 6
            local.get 7
            i64.eq
            br_if 0
            loop
              local.get 5
              i32.const 1
              i32.add
              i32.const 16383
              i32.and
              local.tee 5
              i32.const 3
              i32.shl
              i32.const 1024
              i32.add
              i64.load
              local.tee 6
              i64.eqz
              br_if 1
              local.get 6
              local.get 7
              i64.ne
              br_if 0
            end
          end
          block
            block
              local.get 6
              i64.eqz
              br_if 0
              local.get 5
              i32.const 2
              i32.shl
              i32.const 132096
              i32.add
              local.tee 5
              local.get 5
              i32.load
              local.get 4
              i32.add
              i32.store
              br 1
            end
            local.get 5
            i32.const 2
            i32.shl
            i32.const 132096
            i32.add
            local.get 0
            i32.store
            local.get 5
            i32.const 3
            i32.shl
            i32.const 1024
            i32.add
            local.get 7
            i64.store
          end
          local.get 4
          i32.const 1
          i32.add
          local.tee 4
          i32.const 8192
          i32.ne
          br_if 0
        end
        i32.const 0
        local.set 8
        loop
          block
            local.get 2
            i32.const 13
            i32.shl
            local.get 2
            i32.xor
            local.tee 5
            i32.const 17
            i32.shr_u
            local.get 5
            i32.xor
            local.tee 5
            i32.const 5
            i32.shl
            local.get 5
            i32.xor
            local.tee 2
            i32.const 16383
            i32.and
            i32.const 1
            i32.add
            i64.extend_i32_u
            local.tee 6
            i64.const 20
            i64.shl
            i64.const 7
            i64.or
            local.tee 7
            local.get 6
            i64.const 13
            i64.shr_u
            i64.xor
            i64.const -49064778989728563
            i64.mul
            local.tee 6
            i64.const 33
            i64.shr_u
            local.get 6
            i64.xor
            i64.const -4265267296055464877
            i64.mul
            i64.const 50
            i64.shr_u
            i32.wrap_i64
            local.tee 5
            i32.const 3
            i32.shl
            i32.const 1024
            i32.add
            i64.load
            local.tee 6
            i64.eqz
            br_if 0
            local.get 6
            local.get 7
            i64.eq
            br_if 0
            loop
              local.get 5
              i32.const 1
              i32.add
              i32.const 16383
              i32.and
              local.tee 5
              i32.const 3
              i32.shl
              i32.const 1024
              i32.add
              i64.load
              local.tee 6
              i64.eqz
              br_if 1
              local.get 6
              local.get 7
              i64.ne
              br_if 0
            end
          end
          block
            local.get 6
            i64.eqz
            br_if 0
            block
              local.get 5
              i32.const 1
              i32.add
              local.tee 4
              i32.const 16383
              i32.and
              local.tee 9
              i32.const 3
              i32.shl
              i32.const 1024
              i32.add
              i64.load
              local.tee 6
              i64.eqz
              br_if 0
              loop
                block
                  local.get 4
                  local.get 6
                  i64.const 33
                  i64.shr_u
                  local.get 6
                  i64.xor
                  i64.const -49064778989728563
                  i64.mul
                  local.tee 7
                  i64.const 33
                  i64.shr_u
                  local.get 7
                  i64.xor
                  i64.const -4265267296055464877
                  i64.mul
                  i64.const 50
                  i64.shr_u
                  i32.wrap_i64
                  i32.sub
                  i32.const 16383
                  i32.and
                  local.get 4
                  local.get 5
                  i32.sub
                  i32.const 16383
                  i32.and
                  i32.lt_u
                  br_if 0
                  local.get 5
                  i32.const 3
                  i32.shl
                  i32.const 1024
                  i32.add
                  local.get 6
                  i64.store
                  local.get 5
                  i32.const 2
                  i32.shl
                  i32.const 132096
                  i32.add
                  local.get 9
                  i32.const 2
                  i32.shl
                  i32.const 132096
                  i32.add
                  i32.load
                  i32.store
                  local.get 9
                  local.set 5
                end
                local.get 9
                i32.const 1
                i32.add
                local.tee 4
                i32.const 16383
                i32.and
                local.tee 9
                i32.const 3
                i32.shl
                i32.const 1024
                i32.add
                i64.load
                local.tee 6
                i64.eqz
                i32.eqz
                br_if 0
              end
            end
            local.get 5
            i32.const 3
            i32.shl
            i32.const 1024
            i32.add
            i64.const 0
            i64.store
          end
          local.get 8
          i32.const 1
          i32.add
          local.tee 8
          i32.const 4096
          i32.ne
          br_if 0
        end
        i32.const 0
        local.set 9
        i32.const 132096
        local.set 4
        i32.const 1024
        local.set 5
        loop
          block
            block
              local.get 5
              i64.load
              i64.eqz
              i32.eqz
              br_if 0
              i32.const 1
              local.set 8
              br 1
            end
            local.get 4
            i32.load
            local.set 8
          end
          local.get 8
          local.get 1
          i32.xor
          i32.const 16777619
          i32.mul
          local.set 1
          block
            local.get 9
            i32.const 16322
            i32.gt_u
            br_if 0
            block
              block
                local.get 5
                i32.const 488
                i32.add
                i64.load
                i64.eqz
                i32.eqz
                br_if 0
                i32.const 1
                local.set 8
                br 1
              end
              local.get 4
              i32.const 244
              i32.add
              i32.load
              local.set 8
            end
            local.get 5
            i32.const 976
            i32.add
            local.set 5
            local.get 4
            i32.const 488
            i32.add
            local.set 4
            local.get 9
            i32.const 122
            i32.add
            local.set 9
            local.get 8
            local.get 1
            i32.xor
            i32.const 16777619
            i32.mul
            local.set 1
            br 1
          end
        end
        local.get 3
        i32.const 2
        i32.ge_s
        br_if 0
      end
    end
    local.get 1
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 4)
  (global $__stack_pointer (mut i32) (i32.const 214016))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
