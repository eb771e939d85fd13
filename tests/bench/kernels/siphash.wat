(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i64 i64 i32 i32) (result i64)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i64 i64 i64 i64)
    i32.const 3
    local.set 1
    loop
      local.get 1
      i32.const 1028
      i32.add
      local.get 1
      i32.const 4
      i32.add
      local.tee 2
      i32.store8
      local.get 1
      i32.const 1027
      i32.add
      local.get 1
      i32.const 3
      i32.add
      i32.store8
      local.get 1
      i32.const 1026
      i32.add
      local.get 1
      i32.const 2
      i32.add
      i32.store8
      local.get 1
      i32.const 1025
      i32.add
      local.get 1
      i32.const 1
      i32.add
      i32.store8
      local.get 1
      i32.const 1024
      i32.add
      local.get 1
      i32.store8
      local.get 1
      i32.const 1023
      i32.add
      local.get 1
      i32.const -1
      i32.add
      i32.store8
      local.get 1
      i32.const 1022
      i32.add
      local.get 1
      i32.const -2
      i32.add
      i32.store8
      local.get 1
      i32.const 1021
      i32.add
      local.get 1
      i32.const -3
      i32.add
      i32.store8
      local.get 1
      i32.const 8
      i32.add
      local.set 1
      local.get 2
      i32.const 1023
      i32.ne
      br_if 0
    end
    block
      block
        local.get 0
        i32.const 1
        i32.ge_s
        br_if 0
        i64.const 0
        local.set 3
        br 1
      end
      local.get 0
      i64.extend_i32_u
      local.set 4
      i64.const 0
      local.set 5
      i32.const 16
      local.set 2
      i32.const 0
      local.set 1
      i64.const 0
      local.set 3
      loop
        local.get 3
        local.get 5
        local.get 1
        i32.const 63
        i32.and
        i32.const 1024
        i32.add
        local.get 2
        local.get 1
        i32.const 900
        i32.div_u
        i32.const 900
        i32.mul
        i32.sub
        call $siphash
        local.set 3
        local.get 1
        i32.const 1
        i32.add
        local.set 1
        local.get 2
        i32.const 1
        i32.add
        local.set 2
        local.get 5
        i64.const 1
        i64.add
        local.tee 6
        local.set 5
        local.get 4
        local.get 6
        i64.ne
        br_if 0
      end
    end
    local.get 3
    i64.const 32
    i64.shr_u
    local.get 3
    i64.xor
    i32.wrap_i64
  )
  (func $siphash (type 1) (param i64 i64 i32 i32) (result i64)
    (local i64 i64 i32 i32 i64 i64 i32 i64 i64 i64)
    local.get 1
    i64.const 8387220255154660723
    i64.xor
    local.set 4
    local.get 0
    i64.const 7816392313619706465
    i64.xor
    local.set 5
    local.get 1
    i64.const 7237128888997146477
    i64.xor
    local.set 1
    local.get 0
    i64.const 8317987319222330741
    i64.xor
    local.set 0
    i32.const 0
    local.set 6
    block
      local.get 3
      i32.const 8
      i32.lt_s
      br_if 0
      i32.const 0
      local.set 7
      loop
        local.get 2
        local.get 7
        i32.add
        i64.load align=1
        local.tee 8
        local.get 4
        i64.xor
        local.tee 4
        local.get 5
        i64.add
        local.tee 5
        local.get 0
        local.get 1
        i64.add
        local.tee 0
        local.get 1
        i64.const 13
        i64.rotl
        i64.xor
        local.tee 1
        i64.add
        local.tee 9
        local.get 1
        i64.const 17
        i64.rotl
        i64.xor
        local.tee 1
        i64.const 13
        i64.rotl
        local.get 4
        i64.const 16
        i64.rotl
        local.get 5
        i64.xor
        local.tee 4
        local.get 0
        i64.const 32
        i64.rotl
        i64.add
        local.tee 5
        local.get 1
        i64.add
        local.tee 0
        i64.xor
        local.tee 1
        i64.const 17
        i64.rotl
        local.get 4
        i64.const 21
        i64.rotl
        local.get 5
        i64.xor
        local.tee 4
        local.get 9
        i64.const 32
        i64.rotl
        i64.add
        local.tee 5
        local.get 1
        i64.add
        local.tee 9
        i64.xor
        local.set 1
        local.get 4
        i64.const 16
        i64.rotl
        local.get 5
        i64.xor
        local.tee 4
        i64.const 21
        i64.rotl
        local.get 4
        local.get 0
        i64.const 32
        i64.rotl
        i64.add
        local.tee 0
        i64.xor
        local.set 4
        local.get 9
        i64.const 32
        i64.rotl
        local.set 5
        local.get 0
        local.get 8
        i64.xor
        local.set 0
        local.get 7
        i32.const 16
        i32.add
        local.set 10
        local.get 7
        i32.const 8
        i32.add
        local.tee 6
        local.set 7
        local.get 10
        local.get 3
        i32.le_s
        br_if 0
      end
    end
    local.get 3
    i64.extend_i32_u
    i64.const 56
    i64.shl
    local.set 9
    block
      local.get 6
      local.get 3
      i32.ge_s
      br_if 0
      local.get 3
      local.get 6
      i32.sub
      local.tee 7
      i64.extend_i32_u
      local.tee 8
      i64.const 1
      i64.and
      local.set 11
      block
        block
          local.get 7
          i32.const 1
          i32.ne
          br_if 0
          i64.const 0
          local.set 8
          br 1
        end
        local.get 8
        i64.const 4294967294
        i64.and
        local.set 12
        i64.const 0
        local.set 8
        loop
          local.get 2
          local.get 6
          i32.add
          local.tee 7
          i32.const 1
          i32.add
          i64.load8_u
          local.get 8
          i64.const 4294967280
          i64.and
          local.tee 13
          i64.const 8
          i64.or
          i64.shl
          local.get 7
          i64.load8_u
          local.get 13
          i64.shl
          local.get 9
          i64.or
          i64.or
          local.set 9
          local.get 6
          i32.const 2
          i32.add
          local.set 6
          local.get 8
          i64.const 16
          i64.add
          local.set 8
          local.get 12
          i64.const -2
          i64.add
          local.tee 12
          i64.eqz
          i32.eqz
          br_if 0
        end
        local.get 8
        i64.const 4294967280
        i64.and
        local.set 8
      end
      local.get 11
      i64.eqz
      br_if 0
      local.get 2
      local.get 6
      i32.add
      i64.load8_u
      local.get 8
      i64.shl
      local.get 9
      i64.or
      local.set 9
    end
    local.get 9
    local.get 4
    i64.xor
    local.tee 4
    i64.const 16
    i64.rotl
    local.get 4
    local.get 5
    i64.add
    local.tee 4
    i64.xor
    local.tee 5
    i64.const 21
    i64.rotl
    local.get 5
    local.get 0
    local.get 1
    i64.add
    local.tee 0
    i64.const 32
    i64.rotl
    i64.add
    local.tee 5
    i64.xor
    local.tee 8
    i64.const 16
    i64.rotl
    local.get 8
    local.get 4
    local.get 0
    local.get 1
    i64.const 13
    i64.rotl
    i64.xor
    local.tee 1
    i64.add
    local.tee 4
    i64.const 32
    i64.rotl
    i64.add
    local.tee 0
    i64.xor
    local.tee 8
    local.get 5
    local.get 4
    local.get 1
    i64.const 17
    i64.rotl
    i64.xor
    local.tee 1
    i64.add
    local.tee 4
    i64.const 32
    i64.rotl
    i64.add
    local.tee 5
    local.get 9
    i64.xor
    local.get 1
    i64.const 13
    i64.rotl
    local.get 4
    i64.xor
    local.tee 1
    i64.const 17
    i64.rotl
    local.get 0
    local.get 1
    i64.add
    local.tee 1
    i64.xor
    local.tee 4
    i64.add
    local.tee 0
    local.get 4
    i64.const 13
    i64.rotl
    i64.xor
    local.tee 4
    i64.const 17
    i64.rotl
    local.get 4
    local.get 1
    i64.const 32
    i64.rotl
    i64.const 255
    i64.xor
    local.get 8
    i64.const 21
    i64.rotl
    local.get 5
    i64.xor
    local.tee 1
    i64.add
    local.tee 5
    i64.add
    local.tee 4
    i64.xor
    local.tee 8
    i64.const 13
    i64.rotl
    local.get 8
    local.get 0
    i64.const 32
    i64.rotl
    local.get 1
    i64.const 16
    i64.rotl
    local.get 5
    i64.xor
    local.tee 1
    i64.add
    local.tee 5
    i64.add
    local.tee 0
    i64.xor
    local.tee 8
    i64.const 17
    i64.rotl
    local.get 8
    local.get 4
    i64.const 32
    i64.rotl
    local.get 1
    i64.const 21
    i64.rotl
    local.get 5
    i64.xor
    local.tee 1
    i64.add
    local.tee 4
    i64.add
    local.tee 5
    i64.xor
    local.tee 8
    i64.const 13
    i64.rotl
    local.get 8
    local.get 0
    i64.const 32
    i64.rotl
    local.get 1
    i64.const 16
    i64.rotl
    local.get 4
    i64.xor
    local.tee 1
    i64.add
    local.tee 4
    i64.add
    local.tee 0
    i64.xor
    local.tee 8
    i64.const 17
    i64.rotl
    local.get 8
    local.get 5
    i64.const 32
    i64.rotl
    local.get 1
    i64.const 21
    i64.rotl
    local.get 4
    i64.xor
    local.tee 1
    i64.add
    local.tee 4
    i64.add
    local.tee 5
    i64.xor
    local.tee 8
    i64.const 13
    i64.rotl
    local.get 8
    local.get 0
    i64.const 32
    i64.rotl
    local.get 1
    i64.const 16
    i64.rotl
    local.get 4
    i64.xor
    local.tee 1
    i64.add
    local.tee 4
    i64.add
    i64.xor
    local.tee 0
    local.get 5
    i64.const 32
    i64.rotl
    local.get 1
    i64.const 21
    i64.rotl
    local.get 4
    i64.xor
    local.tee 1
    i64.add
    local.tee 4
    i64.add
    local.tee 5
    local.get 1
    i64.const 16
    i64.rotl
    local.get 4
    i64.xor
    i64.const 21
    i64.rotl
    i64.xor
    local.get 0
    i64.const 17
    i64.rotl
    i64.xor
    local.get 5
    i64.const 32
    i64.rotl
    i64.xor
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 18432))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
