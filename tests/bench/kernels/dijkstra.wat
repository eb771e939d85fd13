(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i64 i32 i32 i32 i32 i32 i32 i32)
    i32.const -16384
    local.set 1
    i32.const 17
    local.set 2
    loop
      local.get 1
      i32.const 17408
      i32.add
      local.get 2
      i32.const 13
      i32.shl
      local.get 2
      i32.xor
      local.tee 3
      i32.const 17
      i32.shr_u
      local.get 3
      i32.xor
      local.tee 3
      i32.const 5
      i32.shl
      local.get 3
      i32.xor
      local.tee 3
      i32.const 250
      i32.rem_u
      i32.const 1
      i32.add
      i32.store8
      local.get 1
      i32.const 17409
      i32.add
      local.get 3
      i32.const 13
      i32.shl
      local.get 3
      i32.xor
      local.tee 3
      i32.const 17
      i32.shr_u
      local.get 3
      i32.xor
      local.tee 3
      i32.const 5
      i32.shl
      local.get 3
      i32.xor
      local.tee 2
      i32.const 250
      i32.rem_u
      i32.const 1
      i32.add
      i32.store8
      local.get 1
      i32.const 2
      i32.add
      local.tee 1
      br_if 0
    end
    i32.const 1
    local.set 4
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 1
      local.set 4
      loop
        i32.const 17408
        i32.const 255
        i32.const 65536
        memory.fill
        i32.const 0
        local.get 2
        i32.const 13
        i32.shl
        local.get 2
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
        local.tee 2
        i32.const 16383
        i32.and
        local.tee 1
        i32.store offset=82948
        local.get 1
        i32.const 2
        i32.shl
        i32.const 17408
        i32.add
        i32.const 0
        i32.store
        i32.const 0
        i32.const 0
        i32.store offset=82944
        i32.const 1
        local.set 5
        loop
          i32.const 0
          local.set 1
          i32.const 0
          i64.load offset=82944
          local.tee 6
          i64.const 32
          i64.shr_u
          i32.wrap_i64
          local.set 7
          local.get 5
          i32.const -1
          i32.add
          local.tee 3
          i32.const 3
          i32.shl
          local.tee 8
          i32.const 82948
          i32.add
          i32.load
          local.set 9
          local.get 8
          i32.const 82944
          i32.add
          i32.load
          local.set 10
          local.get 6
          i32.wrap_i64
          local.set 11
          block
            local.get 5
            i32.const 3
            i32.lt_s
            br_if 0
            i32.const 0
            local.set 12
            i32.const 1
            local.set 8
            i32.const 0
            local.set 13
            loop
              block
                block
                  local.get 12
                  i32.const 2
                  i32.add
                  local.tee 1
                  local.get 3
                  i32.lt_s
                  br_if 0
                  local.get 8
                  local.set 1
                  br 1
                end
                local.get 1
                local.get 8
                local.get 1
                i32.const 3
                i32.shl
                i32.const 82944
                i32.add
                i32.load
                local.get 8
                i32.const 3
                i32.shl
                i32.const 82944
                i32.add
                i32.load
                i32.lt_u
                select
                local.set 1
              end
              block
                local.get 1
                i32.const 3
                i32.shl
                i32.const 82944
                i32.add
                local.tee 8
                i32.load
                local.get 10
                i32.lt_u
                br_if 0
                local.get 13
                local.set 1
                br 2
              end
              local.get 13
              i32.const 3
              i32.shl
              i32.const 82944
              i32.add
              local.get 8
              i64.load
              i64.store
              local.get 1
              local.set 13
              local.get 1
              i32.const 1
              i32.shl
              local.tee 12
              i32.const 1
              i32.or
              local.tee 8
              local.get 3
              i32.lt_s
              br_if 0
            end
          end
          local.get 1
          i32.const 3
          i32.shl
          local.tee 1
          i32.const 82948
          i32.add
          local.get 9
          i32.store
          local.get 1
          i32.const 82944
          i32.add
          local.get 10
          i32.store
          block
            block
              local.get 7
              i32.const 2
              i32.shl
              i32.const 17408
              i32.add
              i32.load
              local.get 11
              i32.ge_u
              br_if 0
              local.get 3
              local.set 5
              br 1
            end
            block
              block
                block
                  local.get 7
                  i32.const 127
                  i32.and
                  local.tee 10
                  br_if 0
                  local.get 3
                  local.set 5
                  br 1
                end
                block
                  block
                    local.get 7
                    i32.const 1023
                    i32.add
                    i32.load8_u
                    local.get 11
                    i32.add
                    local.tee 13
                    local.get 7
                    i32.const -1
                    i32.add
                    local.tee 9
                    i32.const 2
                    i32.shl
                    i32.const 17408
                    i32.add
                    local.tee 1
                    i32.load
                    i32.lt_u
                    br_if 0
                    local.get 3
                    local.set 5
                    br 1
                  end
                  local.get 1
                  local.get 13
                  i32.store
                  block
                    block
                      local.get 5
                      i32.const 2
                      i32.ge_s
                      br_if 0
                      local.get 3
                      local.set 1
                      br 1
                    end
                    loop
                      block
                        local.get 3
                        i32.const -1
                        i32.add
                        local.tee 8
                        i32.const 1
                        i32.shr_u
                        local.tee 1
                        i32.const 3
                        i32.shl
                        i32.const 82944
                        i32.add
                        local.tee 12
                        i32.load
                        local.get 13
                        i32.gt_u
                        br_if 0
                        local.get 3
                        local.set 1
                        br 2
                      end
                      local.get 3
                      i32.const 3
                      i32.shl
                      i32.const 82944
                      i32.add
                      local.get 12
                      i64.load
                      i64.store
                      local.get 1
                      local.set 3
                      local.get 8
                      i32.const 1
                      i32.gt_u
                      br_if 0
                    end
                  end
                  local.get 1
                  i32.const 3
                  i32.shl
                  local.tee 1
                  i32.const 82948
                  i32.add
                  local.get 9
                  i32.store
                  local.get 1
                  i32.const 82944
                  i32.add
                  local.get 13
                  i32.store
                end
                local.get 10
                i32.const 127
                i32.eq
                br_if 1
              end
              local.get 7
              i32.const 1025
              i32.add
              i32.load8_u
              local.get 11
              i32.add
              local.tee 13
              local.get 7
              i32.const 1
              i32.add
              local.tee 10
              i32.const 2
              i32.shl
              i32.const 17408
              i32.add
              local.tee 1
              i32.load
              i32.ge_u
              br_if 0
              local.get 1
              local.get 13
              i32.store
              local.get 5
              local.set 3
              block
                local.get 5
                i32.const 1
                i32.lt_s
                br_if 0
                local.get 5
                local.set 1
                loop
                  block
                    local.get 1
                    i32.const -1
                    i32.add
                    local.tee 8
                    i32.const 1
                    i32.shr_u
                    local.tee 3
                    i32.const 3
                    i32.shl
                    i32.const 82944
                    i32.add
                    local.tee 12
                    i32.load
                    local.get 13
                    i32.gt_u
                    br_if 0
                    local.get 1
                    local.set 3
                    br 2
                  end
                  local.get 1
                  i32.const 3
                  i32.shl
                  i32.const 82944
                  i32.add
                  local.get 12
                  i64.load
                  i64.store
                  local.get 3
                  local.set 1
                  local.get 8
                  i32.const 1
                  i32.gt_u
                  br_if 0
                end
              end
              local.get 5
              i32.const 1
              i32.add
              local.set 5
              local.get 3
              i32.const 3
              i32.shl
              local.tee 1
              i32.const 82948
              i32.add
              local.get 10
              i32.store
              local.get 1
              i32.const 82944
              i32.add
              local.get 13
              i32.store
            end
            block
              local.get 7
              i32.const 128
              i32.lt_u
              br_if 0
              block
                local.get 7
                i32.const 896
                i32.add
                i32.load8_u
                local.get 11
                i32.add
                local.tee 13
                local.get 7
                i32.const -128
                i32.add
                local.tee 10
                i32.const 2
                i32.shl
                i32.const 17408
                i32.add
                local.tee 1
                i32.load
                i32.ge_u
                br_if 0
                local.get 1
                local.get 13
                i32.store
                local.get 5
                local.set 3
                block
                  local.get 5
                  i32.const 1
                  i32.lt_s
                  br_if 0
                  local.get 5
                  local.set 1
                  loop
                    block
                      local.get 1
                      i32.const -1
                      i32.add
                      local.tee 8
                      i32.const 1
                      i32.shr_u
                      local.tee 3
                      i32.const 3
                      i32.shl
                      i32.const 82944
                      i32.add
                      local.tee 12
                      i32.load
                      local.get 13
                      i32.gt_u
                      br_if 0
                      local.get 1
                      local.set 3
                      br 2
                    end
                    local.get 1
                    i32.const 3
                    i32.shl
                    i32.const 82944
                    i32.add
                    local.get 12
                    i64.load
                    i64.store
                    local.get 3
                    local.set 1
                    local.get 8
                    i32.const 1
                    i32.gt_u
                    br_if 0
                  end
                end
                local.get 5
                i32.const 1
                i32.add
                local.set 5
                local.get 3
                i32.const 3
                i32.shl
                local.tee 1
                i32.const 82948
                i32.add
                local.get 10
                i32.store
                local.get 1
                i32.const 82944
                i32.add
                local.get 13
                i32.store
              end
              local.get 7
              i32.const 16255
              i32.gt_u
              br_if 1
            end
            local.get 7
            i32.const 1152
            i32.add
            i32.load8_u
            local.get 11
            i32.add
            local.tee 13
            local.get 7
            i32.const 128
            i32.add
            local.tee 10
            i32.const 2
            i32.shl
            i32.const 17408
            i32.add
            local.tee 1
            i32.load
            i32.ge_u
            br_if 0
            local.get 1
            local.get 13
            i32.store
            local.get 5
            local.set 3
            block
              local.get 5
              i32.const 1
              i32.lt_s
              br_if 0
              local.get 5
              local.set 1
              loop
                block
                  local.get 1
                  i32.const -1
                  i32.add
                  local.tee 8
                  i32.const 1
                  i32.shr_u
                  local.tee 3
                  i32.const 3
                  i32.shl
                  i32.const 82944
                  i32.add
                  local.tee 12
                  i32.load
                  local.get 13
                  i32.gt_u
                  br_if 0
                  local.get 1
                  local.set 3
                  br 2
                end
                local.get 1
                i32.const 3
                i32.shl
                i32.const 82944
                i32.add
                local.get 12
                i64.load
                i64.store
                local.get 3
                local.set 1
                local.get 8
                i32.const 1
                i32.gt_u
                br_if 0
              end
            end
            local.get 5
            i32.const 1
            i32.add
            local.set 5
            local.get 3
            i32.const 3
            i32.shl
            local.tee 1
            i32.const 82948
            i32.add
            local.get 10
            i32.store
            local.get 1
            i32.const 82944
            i32.add
            local.get 13
            i32.store
          end
          local.get 5
          br_if 0
        end
        i32.const 0
        local.set 3
        i32.const -65536
        local.set 1
        loop
          local.get 1
          i32.const 82956
          i32.add
          i32.load
          local.get 1
          i32.const 82952
          i32.add
          i32.load
          local.get 1
          i32.const 82948
          i32.add
          i32.load
          local.get 1
          i32.const 82944
          i32.add
          i32.load
          local.get 3
          i32.xor
          i32.const 16777619
          i32.mul
          i32.xor
          i32.const 16777619
          i32.mul
          i32.xor
          i32.const 16777619
          i32.mul
          i32.xor
          i32.const 16777619
          i32.mul
          local.set 3
          local.get 1
          i32.const 16
          i32.add
          local.tee 1
          br_if 0
        end
        local.get 3
        local.get 4
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 4
        local.get 0
        i32.const 1
        i32.gt_s
        local.set 1
        local.get 0
        i32.const -1
        i32.add
        local.set 0
        local.get 1
        br_if 0
      end
    end
    local.get 4
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 10)
  (global $__stack_pointer (mut i32) (i32.const 623632))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
