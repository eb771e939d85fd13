(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i64 i64)
    i32.const 9
    local.set 1
    i32.const -512
    local.set 2
    loop
      local.get 2
      i32.const 1536
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
      i32.store
      local.get 2
      i32.const 2048
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
      i32.store
      local.get 2
      i32.const 4
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
      i32.const 1
      local.set 3
      loop
        i32.const 0
        local.set 4
        i32.const 2048
        local.set 5
        i32.const 2048
        i32.const 0
        i32.const 1024
        memory.fill
        loop
          local.get 4
          i32.const 2
          i32.shl
          local.tee 6
          i32.const 1024
          i32.add
          i64.load32_u
          local.set 7
          i64.const 0
          local.set 8
          i32.const 0
          local.set 2
          loop
            local.get 5
            local.get 2
            i32.add
            local.tee 1
            local.get 8
            local.get 1
            i64.load32_u
            i64.add
            local.get 2
            i32.const 1536
            i32.add
            i64.load32_u
            local.get 7
            i64.mul
            i64.add
            local.tee 8
            i64.store32
            local.get 1
            i32.const 4
            i32.add
            local.tee 1
            local.get 8
            i64.const 32
            i64.shr_u
            local.get 1
            i64.load32_u
            i64.add
            local.get 2
            i32.const 1540
            i32.add
            i64.load32_u
            local.get 7
            i64.mul
            i64.add
            local.tee 8
            i64.store32
            local.get 8
            i64.const 32
            i64.shr_u
            local.set 8
            local.get 2
            i32.const 8
            i32.add
            local.tee 2
            i32.const 512
            i32.ne
            br_if 0
          end
          local.get 6
          i32.const 2560
          i32.add
          local.get 8
          i64.store32
          local.get 5
          i32.const 4
          i32.add
          local.set 5
          local.get 4
          i32.const 1
          i32.add
          local.tee 4
          i32.const 128
          i32.ne
          br_if 0
        end
        i64.const 0
        local.set 8
        i32.const 1024
        local.set 2
        loop
          local.get 2
          i32.const 2044
          i32.add
          local.tee 1
          local.get 8
          i64.const 32
          i64.shl
          local.get 1
          i64.load32_u
          i64.or
          local.tee 8
          i64.const 1000000007
          i64.div_u
          local.tee 7
          i64.store32
          local.get 2
          i32.const 2040
          i32.add
          local.tee 1
          local.get 8
          local.get 7
          i64.const 1000000007
          i64.mul
          i64.sub
          i64.const 32
          i64.shl
          local.get 1
          i64.load32_u
          i64.or
          local.tee 8
          i64.const 1000000007
          i64.div_u
          local.tee 7
          i64.store32
          local.get 8
          local.get 7
          i64.const 1000000007
          i64.mul
          i64.sub
          local.set 8
          local.get 2
          i32.const -8
          i32.add
          local.tee 2
          br_if 0
        end
        local.get 3
        local.get 8
        i32.wrap_i64
        i32.xor
        local.set 5
        i64.const 0
        local.set 8
        i32.const -512
        local.set 2
        loop
          local.get 2
          i32.const 1536
          i32.add
          local.tee 1
          local.get 8
          local.get 1
          i64.load32_u
          i64.add
          local.get 2
          i32.const 2816
          i32.add
          i64.load32_u
          i64.add
          local.tee 8
          i64.store32
          local.get 2
          i32.const 1540
          i32.add
          local.tee 1
          local.get 8
          i64.const 32
          i64.shr_u
          local.get 1
          i64.load32_u
          i64.add
          local.get 2
          i32.const 2820
          i32.add
          i64.load32_u
          i64.add
          local.tee 8
          i64.store32
          local.get 8
          i64.const 32
          i64.shr_u
          local.set 8
          local.get 2
          i32.const 8
          i32.add
          local.tee 2
          br_if 0
        end
        local.get 0
        i32.const -1
        i32.add
        local.tee 2
        i32.const 127
        i32.and
        i32.const 2
        i32.shl
        i32.const 1536
        i32.add
        local.tee 1
        local.get 1
        i32.load
        local.get 5
        i32.const 16777619
        i32.mul
        local.get 8
        i32.wrap_i64
        i32.xor
        i32.const 16777619
        i32.mul
        local.tee 3
        i32.xor
        i32.store
        local.get 0
        i32.const 1
        i32.gt_s
        local.set 1
        local.get 2
        local.set 0
        local.get 1
        br_if 0
      end
    end
    local.get 3
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 19456))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
