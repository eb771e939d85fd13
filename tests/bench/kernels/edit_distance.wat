(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const -1000
    local.set 1
    i32.const 13
    local.set 2
    loop
      local.get 1
      i32.const 2024
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
      i32.const 3
      i32.and
      local.tee 4
      i32.store8
      block
        local.get 3
        i32.const 5
        i32.shl
        local.get 3
        i32.xor
        local.tee 3
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
        i32.const 5
        i32.rem_u
        br_if 0
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
        local.set 2
        local.get 3
        i32.const 3
        i32.and
        local.set 4
      end
      local.get 1
      i32.const 3032
      i32.add
      local.get 4
      i32.store8
      local.get 1
      i32.const 1
      i32.add
      local.tee 3
      local.get 1
      i32.lt_u
      local.set 4
      local.get 3
      local.set 1
      local.get 4
      i32.eqz
      br_if 0
    end
    i32.const 1
    local.set 5
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 1
      local.set 5
      loop
        i32.const 0
        local.set 1
        i32.const 3040
        local.set 3
        loop
          local.get 3
          local.get 1
          i32.store
          local.get 3
          i32.const 24
          i32.add
          local.get 1
          i32.const 6
          i32.add
          i32.store
          local.get 3
          i32.const 20
          i32.add
          local.get 1
          i32.const 5
          i32.add
          i32.store
          local.get 3
          i32.const 16
          i32.add
          local.get 1
          i32.const 4
          i32.add
          i32.store
          local.get 3
          i32.const 12
          i32.add
          local.get 1
          i32.const 3
          i32.add
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.get 1
          i32.const 2
          i32.add
          i32.store
          local.get 3
          i32.const 4
          i32.add
          local.get 1
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 28
          i32.add
          local.set 3
          local.get 1
          i32.const 7
          i32.add
          local.tee 1
          i32.const 1001
          i32.ne
          br_if 0
        end
        i32.const 0
        local.set 6
        i32.const 7044
        local.set 7
        i32.const 3040
        local.set 1
        loop
          local.get 7
          local.tee 8
          local.get 6
          local.tee 3
          i32.const 1
          i32.add
          local.tee 6
          i32.store
          local.get 3
          i32.const 1024
          i32.add
          i32.load8_u
          local.set 9
          local.get 1
          local.tee 7
          i32.load
          local.set 10
          i32.const 4
          local.set 1
          i32.const 2032
          local.set 3
          local.get 6
          local.set 4
          loop
            local.get 8
            local.get 1
            i32.add
            local.get 10
            local.get 9
            i32.const 255
            i32.and
            local.get 3
            i32.load8_u
            i32.ne
            i32.add
            local.tee 11
            local.get 7
            local.get 1
            i32.add
            i32.load
            local.tee 10
            local.get 4
            local.get 10
            local.get 4
            i32.lt_s
            select
            i32.const 1
            i32.add
            local.tee 4
            local.get 11
            local.get 4
            i32.lt_s
            select
            local.tee 4
            i32.store
            local.get 3
            i32.const 1
            i32.add
            local.set 3
            local.get 10
            local.set 10
            local.get 1
            i32.const 4
            i32.add
            local.tee 1
            i32.const 4004
            i32.ne
            br_if 0
          end
          local.get 8
          local.set 1
          local.get 6
          i32.const 1000
          i32.ne
          br_if 0
        end
        local.get 8
        i32.load offset=4000
        local.set 1
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
        local.tee 2
        i32.const 1000
        i32.rem_u
        i32.const 1024
        i32.add
        local.tee 3
        local.get 3
        i32.load8_u
        i32.const 1
        i32.xor
        i32.store8
        local.get 1
        local.get 5
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 5
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
    local.get 5
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 27440))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
