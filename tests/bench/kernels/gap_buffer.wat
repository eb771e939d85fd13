(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 1024
    i32.const 0
    i32.const 16384
    memory.fill
    i32.const 33792
    i32.const 0
    i32.const 1024
    memory.fill
    i32.const 53
    local.set 1
    i32.const -16384
    local.set 2
    loop
      local.get 2
      i32.const 33792
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
      i32.store8
      local.get 2
      i32.const 33793
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
      i32.store8
      local.get 2
      i32.const 2
      i32.add
      local.tee 2
      br_if 0
    end
    i32.const 1
    local.set 3
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 16384
      local.set 4
      i32.const 1
      local.set 3
      i32.const 0
      local.set 5
      i32.const 0
      local.set 2
      loop
        local.get 2
        local.get 4
        i32.sub
        i32.const 32768
        i32.add
        local.set 6
        block
          block
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
            local.tee 7
            i32.const 268435455
            i32.le_u
            br_if 0
            local.get 2
            local.get 7
            i32.const 255
            i32.and
            i32.add
            i32.const -128
            i32.add
            local.set 8
            local.get 7
            local.set 1
            br 1
          end
          local.get 7
          i32.const 13
          i32.shl
          local.get 7
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
          local.get 6
          i32.rem_u
          local.set 8
        end
        block
          block
            local.get 2
            i32.const 0
            local.get 6
            local.get 8
            local.get 8
            local.get 6
            i32.gt_s
            select
            local.get 8
            i32.const 0
            i32.lt_s
            select
            local.tee 8
            i32.le_s
            br_if 0
            local.get 4
            local.get 2
            local.get 8
            i32.sub
            local.tee 2
            i32.sub
            local.tee 4
            i32.const 1024
            i32.add
            local.get 8
            i32.const 1024
            i32.add
            local.get 2
            memory.copy
            br 1
          end
          local.get 2
          i32.const 1024
          i32.add
          local.get 4
          i32.const 1024
          i32.add
          local.get 8
          local.get 2
          i32.sub
          local.tee 2
          memory.copy
          local.get 2
          local.get 4
          i32.add
          local.set 4
        end
        local.get 7
        i32.const 8
        i32.shr_u
        i32.const 31
        i32.and
        local.set 6
        block
          block
            local.get 7
            i32.const 65536
            i32.and
            i32.eqz
            br_if 0
            local.get 8
            local.get 6
            i32.add
            local.tee 2
            local.get 4
            i32.ge_s
            br_if 0
            local.get 8
            i32.const 1024
            i32.add
            local.get 7
            i32.const 127
            i32.and
            local.get 6
            memory.fill
            br 1
          end
          local.get 4
          local.get 6
          i32.add
          local.tee 2
          local.get 4
          local.get 2
          i32.const 32768
          i32.lt_s
          select
          local.set 4
          local.get 8
          local.set 2
        end
        i32.const 34816
        i32.const 33792
        i32.const 1024
        memory.copy
        local.get 7
        i32.const 16
        i32.shr_u
        i32.const 1008
        i32.and
        local.tee 8
        i32.const 33804
        i32.add
        local.get 5
        i32.store
        local.get 8
        i32.const 33800
        i32.add
        local.get 7
        i32.store
        local.get 8
        i32.const 33796
        i32.add
        local.get 6
        i32.store
        local.get 8
        i32.const 33792
        i32.add
        local.get 2
        i32.store
        local.get 5
        i32.const 4
        i32.shl
        i32.const 1008
        i32.and
        local.tee 7
        i32.const 33800
        i32.add
        local.get 8
        i32.const 34824
        i32.add
        i64.load
        i64.store
        local.get 7
        i32.const 33792
        i32.add
        local.get 8
        i32.const 34816
        i32.add
        i64.load
        i64.store
        i32.const 0
        i32.load offset=34804
        local.get 2
        i32.const -1
        i32.add
        i32.const 0
        local.get 2
        select
        i32.const 1024
        i32.add
        i32.load8_u
        i32.add
        local.get 3
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 3
        local.get 0
        local.get 5
        i32.const 1
        i32.add
        local.tee 5
        i32.ne
        br_if 0
      end
    end
    local.get 3
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 52224))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
