(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 23
    local.set 1
    i32.const 0
    i32.const 23
    i32.store offset=66564
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
        local.get 0
        local.set 3
        i32.const 0
        local.set 0
        loop
          local.get 0
          i32.const 1068
          i32.add
          local.get 0
          i32.const 1072
          i32.add
          i32.store
          local.get 0
          i32.const 1052
          i32.add
          local.get 0
          i32.const 1056
          i32.add
          i32.store
          local.get 0
          i32.const 1036
          i32.add
          local.get 0
          i32.const 1040
          i32.add
          i32.store
          local.get 0
          i32.const 1084
          i32.add
          i32.const 0
          local.get 0
          i32.const 1088
          i32.add
          local.get 0
          i32.const 65472
          i32.eq
          select
          i32.store
          local.get 0
          i32.const 64
          i32.add
          local.tee 0
          i32.const 65536
          i32.ne
          br_if 0
        end
        i32.const 0
        i32.const 1024
        i32.store offset=66560
        i32.const 0
        local.get 1
        i32.const 13
        i32.shl
        local.get 1
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
        local.tee 4
        i32.store offset=66564
        i32.const 2047
        local.set 0
        i32.const 0
        local.get 4
        i32.const 65535
        i32.and
        call $insert
        local.set 5
        loop
          i32.const 0
          i32.const 0
          i32.load offset=66564
          local.tee 4
          i32.const 13
          i32.shl
          local.get 4
          i32.xor
          local.tee 4
          i32.const 17
          i32.shr_u
          local.get 4
          i32.xor
          local.tee 4
          i32.const 5
          i32.shl
          local.get 4
          i32.xor
          local.tee 4
          i32.store offset=66564
          local.get 5
          local.get 4
          i32.const 65535
          i32.and
          call $insert
          local.set 5
          local.get 0
          i32.const -1
          i32.add
          local.tee 0
          br_if 0
        end
        i32.const 0
        local.set 6
        i32.const 0
        i32.load offset=66564
        local.set 1
        loop
          i32.const 0
          local.get 1
          i32.const 13
          i32.shl
          local.get 1
          i32.xor
          local.tee 0
          i32.const 17
          i32.shr_u
          local.get 0
          i32.xor
          local.tee 7
          i32.const 5
          i32.shl
          local.get 7
          i32.xor
          local.tee 1
          i32.store offset=66564
          local.get 1
          i32.const 65535
          i32.and
          local.set 4
          block
            block
              block
                local.get 5
                i32.eqz
                br_if 0
                local.get 5
                local.set 0
                loop
                  local.get 0
                  i32.load
                  local.tee 8
                  local.get 4
                  i32.eq
                  br_if 2
                  local.get 0
                  i32.const 8
                  i32.const 12
                  local.get 4
                  local.get 8
                  i32.lt_u
                  select
                  i32.add
                  i32.load
                  local.tee 0
                  br_if 0
                end
              end
              local.get 7
              i32.const 1
              i32.and
              local.set 0
              br 1
            end
            local.get 0
            i32.load offset=4
            local.set 0
          end
          local.get 0
          local.get 2
          i32.xor
          local.set 0
          block
            local.get 6
            i32.const 1
            i32.and
            i32.eqz
            br_if 0
            local.get 5
            local.get 4
            call $erase
            local.set 5
            i32.const 0
            i32.load offset=66564
            local.set 1
          end
          local.get 0
          i32.const 16777619
          i32.mul
          local.set 2
          local.get 6
          i32.const 1
          i32.add
          local.tee 6
          i32.const 4096
          i32.ne
          br_if 0
        end
        block
          block
            local.get 5
            br_if 0
            i32.const 0
            local.set 4
            br 1
          end
          local.get 5
          i32.load offset=4
          local.set 4
        end
        local.get 3
        i32.const -1
        i32.add
        local.set 0
        local.get 4
        local.get 2
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 2
        local.get 3
        i32.const 1
        i32.gt_s
        br_if 0
      end
    end
    local.get 2
  )
  (func $insert (type 1) (param i32 i32) (result i32)
    (local i32)
    block
      local.get 0
      br_if 0
      i32.const 0
      i32.load offset=66560
      local.tee 0
      local.get 1
      i32.store
      local.get 0
      i64.const 1
      i64.store offset=4 align=4
      i32.const 0
      local.get 0
      i32.load offset=12
      i32.store offset=66560
      local.get 0
      i32.const 0
      i32.store offset=12
      local.get 0
      return
    end
    block
      block
        block
          local.get 0
          i32.load
          local.tee 2
          local.get 1
          i32.le_u
          br_if 0
          local.get 0
          i32.const 8
          i32.add
          local.set 2
          br 1
        end
        local.get 2
        local.get 1
        i32.ge_u
        br_if 1
        local.get 0
        i32.const 12
        i32.add
        local.set 2
      end
      local.get 2
      local.get 2
      i32.load
      local.get 1
      call $insert
      i32.store
      local.get 0
      call $balance
      local.set 0
    end
    local.get 0
  )
  (func $erase (type 1) (param i32 i32) (result i32)
    (local i32 i32)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 2
    global.set $__stack_pointer
    block
      block
        local.get 0
        br_if 0
        i32.const 0
        local.set 1
        br 1
      end
      block
        block
          local.get 0
          i32.load
          local.tee 3
          local.get 1
          i32.le_u
          br_if 0
          local.get 0
          local.get 0
          i32.load offset=8
          local.get 1
          call $erase
          i32.store offset=8
          br 1
        end
        block
          local.get 3
          local.get 1
          i32.ge_u
          br_if 0
          local.get 0
          local.get 0
          i32.load offset=12
          local.get 1
          call $erase
          i32.store offset=12
          br 1
        end
        local.get 0
        i32.load offset=12
        local.set 3
        local.get 0
        i32.const 0
        i32.load offset=66560
        i32.store offset=12
        i32.const 0
        local.get 0
        i32.store offset=66560
        local.get 0
        i32.load offset=8
        local.set 1
        local.get 3
        i32.eqz
        br_if 1
        local.get 3
        local.get 2
        i32.const 12
        i32.add
        call $take_least
        local.set 3
        local.get 2
        i32.load offset=12
        local.tee 0
        local.get 3
        i32.store offset=12
        local.get 0
        local.get 1
        i32.store offset=8
      end
      local.get 0
      call $balance
      local.set 1
    end
    local.get 2
    i32.const 16
    i32.add
    global.set $__stack_pointer
    local.get 1
  )
  (func $balance (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32)
    i32.const 0
    local.set 1
    i32.const 0
    local.set 2
    block
      local.get 0
      i32.load offset=8
      local.tee 3
      i32.eqz
      br_if 0
      local.get 3
      i32.load offset=4
      local.set 2
    end
    block
      local.get 0
      i32.load offset=12
      local.tee 4
      i32.eqz
      br_if 0
      local.get 4
      i32.load offset=4
      local.set 1
    end
    local.get 0
    local.get 2
    local.get 1
    local.get 2
    local.get 1
    i32.gt_s
    select
    i32.const 1
    i32.add
    i32.store offset=4
    i32.const 0
    local.set 1
    i32.const 0
    local.set 2
    block
      local.get 3
      i32.eqz
      br_if 0
      local.get 3
      i32.load offset=4
      local.set 2
    end
    block
      local.get 4
      i32.eqz
      br_if 0
      local.get 4
      i32.load offset=4
      local.set 1
    end
    block
      block
        local.get 2
        local.get 1
        i32.sub
        local.tee 1
        i32.const 2
        i32.lt_s
        br_if 0
        i32.const 0
        local.set 4
        i32.const 0
        local.set 2
        block
          local.get 3
          i32.load offset=8
          local.tee 1
          i32.eqz
          br_if 0
          local.get 1
          i32.load offset=4
          local.set 2
        end
        block
          local.get 3
          i32.load offset=12
          local.tee 1
          i32.eqz
          br_if 0
          local.get 1
          i32.load offset=4
          local.set 4
        end
        block
          block
            local.get 2
            local.get 4
            i32.lt_s
            br_if 0
            local.get 1
            local.set 4
            local.get 3
            local.set 1
            br 1
          end
          local.get 1
          i32.load offset=8
          local.set 4
          local.get 1
          local.get 3
          i32.store offset=8
          local.get 3
          local.get 4
          i32.store offset=12
          i32.const 0
          local.set 2
          i32.const 0
          local.set 5
          block
            local.get 3
            i32.load offset=8
            local.tee 6
            i32.eqz
            br_if 0
            local.get 6
            i32.load offset=4
            local.set 5
          end
          block
            local.get 4
            i32.eqz
            br_if 0
            local.get 4
            i32.load offset=4
            local.set 2
          end
          local.get 3
          local.get 5
          local.get 2
          local.get 5
          local.get 2
          i32.gt_s
          select
          i32.const 1
          i32.add
          local.tee 2
          i32.store offset=4
          block
            block
              local.get 1
              i32.load offset=12
              local.tee 4
              br_if 0
              i32.const 0
              local.set 3
              br 1
            end
            local.get 4
            i32.load offset=4
            local.set 3
          end
          local.get 1
          local.get 2
          local.get 3
          local.get 2
          local.get 3
          i32.gt_s
          select
          i32.const 1
          i32.add
          i32.store offset=4
        end
        local.get 1
        local.get 0
        i32.store offset=12
        local.get 0
        local.get 4
        i32.store offset=8
        i32.const 0
        local.set 3
        i32.const 0
        local.set 2
        block
          local.get 4
          i32.eqz
          br_if 0
          local.get 4
          i32.load offset=4
          local.set 2
        end
        block
          local.get 0
          i32.load offset=12
          local.tee 4
          i32.eqz
          br_if 0
          local.get 4
          i32.load offset=4
          local.set 3
        end
        local.get 0
        local.get 2
        local.get 3
        local.get 2
        local.get 3
        i32.gt_s
        select
        i32.const 1
        i32.add
        local.tee 3
        i32.store offset=4
        block
          block
            local.get 1
            i32.load offset=8
            local.tee 0
            br_if 0
            i32.const 0
            local.set 0
            br 1
          end
          local.get 0
          i32.load offset=4
          local.set 0
        end
        local.get 0
        local.get 3
        local.get 0
        local.get 3
        i32.gt_s
        select
        local.set 0
        br 1
      end
      block
        local.get 1
        i32.const -2
        i32.le_s
        br_if 0
        local.get 0
        return
      end
      i32.const 0
      local.set 3
      i32.const 0
      local.set 2
      block
        local.get 4
        i32.load offset=12
        local.tee 1
        i32.eqz
        br_if 0
        local.get 1
        i32.load offset=4
        local.set 2
      end
      block
        local.get 4
        i32.load offset=8
        local.tee 1
        i32.eqz
        br_if 0
        local.get 1
        i32.load offset=4
        local.set 3
      end
      block
        block
          local.get 2
          local.get 3
          i32.lt_s
          br_if 0
          local.get 1
          local.set 3
          local.get 4
          local.set 1
          br 1
        end
        local.get 4
        local.get 1
        i32.load offset=12
        local.tee 5
        i32.store offset=8
        local.get 1
        local.get 4
        i32.store offset=12
        i32.const 0
        local.set 3
        i32.const 0
        local.set 2
        block
          local.get 5
          i32.eqz
          br_if 0
          local.get 5
          i32.load offset=4
          local.set 2
        end
        block
          local.get 4
          i32.load offset=12
          local.tee 5
          i32.eqz
          br_if 0
          local.get 5
          i32.load offset=4
          local.set 3
        end
        local.get 4
        local.get 2
        local.get 3
        local.get 2
        local.get 3
        i32.gt_s
        select
        i32.const 1
        i32.add
        local.tee 2
        i32.store offset=4
        block
          block
            local.get 1
            i32.load offset=8
            local.tee 3
            br_if 0
            i32.const 0
            local.set 4
            br 1
          end
          local.get 3
          i32.load offset=4
          local.set 4
        end
        local.get 1
        local.get 4
        local.get 2
        local.get 4
        local.get 2
        i32.gt_s
        select
        i32.const 1
        i32.add
        i32.store offset=4
      end
      local.get 1
      local.get 0
      i32.store offset=8
      local.get 0
      local.get 3
      i32.store offset=12
      i32.const 0
      local.set 4
      i32.const 0
      local.set 2
      block
        local.get 0
        i32.load offset=8
        local.tee 5
        i32.eqz
        br_if 0
        local.get 5
        i32.load offset=4
        local.set 2
      end
      block
        local.get 3
        i32.eqz
        br_if 0
        local.get 3
        i32.load offset=4
        local.set 4
      end
      local.get 0
      local.get 2
      local.get 4
      local.get 2
      local.get 4
      i32.gt_s
      select
      i32.const 1
      i32.add
      local.tee 3
      i32.store offset=4
      block
        block
          local.get 1
          i32.load offset=12
          local.tee 0
          br_if 0
          i32.const 0
          local.set 0
          br 1
        end
        local.get 0
        i32.load offset=4
        local.set 0
      end
      local.get 3
      local.get 0
      local.get 3
      local.get 0
      i32.gt_s
      select
      local.set 0
    end
    local.get 1
    local.get 0
    i32.const 1
    i32.add
    i32.store offset=4
    local.get 1
  )
  (func $take_least (type 1) (param i32 i32) (result i32)
    (local i32)
    block
      local.get 0
      i32.load offset=8
      local.tee 2
      br_if 0
      local.get 1
      local.get 0
      i32.store
      local.get 0
      i32.load offset=12
      return
    end
    local.get 0
    local.get 2
    local.get 1
    call $take_least
    i32.store offset=8
    local.get 0
    call $balance
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 2)
  (global $__stack_pointer (mut i32) (i32.const 82960))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
