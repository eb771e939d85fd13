(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i64 i64 i64 i32 i32)
    i32.const 1
    local.set 1
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      local.get 0
      i32.const 1
      i32.add
      local.set 2
      i64.const -7046029254386353131
      local.set 3
      i32.const 1
      local.set 1
      loop
        local.get 3
        i64.const 7
        i64.rotl
        i64.const -3372029247567499371
        i64.add
        local.tee 3
        i32.wrap_i64
        local.tee 0
        i32.popcnt
        local.get 1
        i32.add
        local.get 3
        i64.const 4294967295
        i64.and
        local.tee 4
        i64.const 16
        i64.shl
        local.get 4
        i64.or
        i64.const 281470681808895
        i64.and
        local.tee 4
        i64.const 8
        i64.shl
        local.get 4
        i64.or
        i64.const 71777214294589695
        i64.and
        local.tee 4
        i64.const 4
        i64.shl
        local.get 4
        i64.or
        i64.const 1085102592571150095
        i64.and
        local.tee 4
        i64.const 2
        i64.shl
        local.get 4
        i64.or
        i64.const 3689348814741910323
        i64.and
        local.tee 4
        i64.const 1
        i64.shl
        local.get 4
        i64.or
        i64.const 6148914691236517205
        i64.and
        local.get 3
        i64.const 32
        i64.shr_u
        local.tee 4
        i64.const 16
        i64.shl
        local.get 4
        i64.or
        i64.const 281470681808895
        i64.and
        local.tee 5
        i64.const 8
        i64.shl
        local.get 5
        i64.or
        i64.const 71777214294589695
        i64.and
        local.tee 5
        i64.const 4
        i64.shl
        local.get 5
        i64.or
        i64.const 1085102592571150095
        i64.and
        local.tee 5
        i64.const 2
        i64.shl
        local.get 5
        i64.or
        i64.const 3689348814741910323
        i64.and
        local.tee 5
        i64.const 2
        i64.shl
        local.get 5
        i64.const 1
        i64.shl
        i64.or
        i64.const -6148914691236517206
        i64.and
        i64.or
        local.tee 5
        i64.popcnt
        i32.wrap_i64
        i32.add
        local.tee 6
        local.get 4
        i32.wrap_i64
        local.tee 1
        i32.const 1
        i32.or
        i32.clz
        i32.const 3
        i32.mul
        local.get 3
        i64.const 1099511627776
        i64.or
        i64.ctz
        i32.wrap_i64
        i32.add
        i32.xor
        i32.const 5
        i32.shl
        local.get 6
        i32.const 27
        i32.shr_u
        i32.or
        local.get 0
        i32.const 1
        i32.shr_u
        local.get 0
        i32.xor
        local.tee 0
        i32.const 24
        i32.shl
        local.get 0
        i32.const 8
        i32.shl
        i32.const 16711680
        i32.and
        i32.or
        local.get 0
        i32.const 8
        i32.shr_u
        i32.const 65280
        i32.and
        local.get 0
        i32.const 24
        i32.shr_u
        i32.or
        i32.or
        local.tee 0
        i32.const 4
        i32.shr_u
        i32.const 252645135
        i32.and
        local.get 0
        i32.const 252645135
        i32.and
        i32.const 4
        i32.shl
        i32.or
        local.tee 0
        i32.const 2
        i32.shr_u
        i32.const 858993459
        i32.and
        local.get 0
        i32.const 858993459
        i32.and
        i32.const 2
        i32.shl
        i32.or
        local.tee 0
        i32.const 1
        i32.shr_u
        i32.const 1431655765
        i32.and
        local.get 0
        i32.const 1431655765
        i32.and
        i32.const 1
        i32.shl
        i32.or
        i32.add
        local.get 1
        local.get 1
        i32.const 1073741823
        i32.gt_u
        i32.const 30
        i32.shl
        local.tee 0
        i32.sub
        local.tee 1
        i32.const 0
        local.get 0
        i32.const 268435456
        i32.or
        local.tee 6
        local.get 1
        local.get 6
        i32.lt_u
        select
        i32.sub
        local.tee 7
        i32.const 0
        local.get 1
        local.get 6
        i32.ge_u
        i32.const 28
        i32.shl
        local.get 0
        i32.const 1
        i32.shr_u
        i32.or
        local.tee 6
        i32.const 67108864
        i32.or
        local.tee 0
        local.get 7
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 1
        i32.const 0
        local.get 7
        local.get 0
        i32.ge_u
        i32.const 26
        i32.shl
        local.get 6
        i32.const 1
        i32.shr_u
        i32.or
        local.tee 7
        i32.const 16777216
        i32.or
        local.tee 0
        local.get 1
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 6
        i32.const 0
        local.get 1
        local.get 0
        i32.ge_u
        i32.const 24
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.or
        local.tee 7
        i32.const 4194304
        i32.add
        local.tee 0
        local.get 6
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 1
        i32.const 0
        local.get 6
        local.get 0
        i32.ge_u
        i32.const 22
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 1048576
        i32.add
        local.tee 0
        local.get 1
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 6
        i32.const 0
        local.get 1
        local.get 0
        i32.ge_u
        i32.const 20
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 262144
        i32.add
        local.tee 0
        local.get 6
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 1
        i32.const 0
        local.get 6
        local.get 0
        i32.ge_u
        i32.const 18
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 65536
        i32.add
        local.tee 0
        local.get 1
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 6
        i32.const 0
        local.get 1
        local.get 0
        i32.ge_u
        i32.const 16
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 16384
        i32.add
        local.tee 0
        local.get 6
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 1
        i32.const 0
        local.get 6
        local.get 0
        i32.ge_u
        i32.const 14
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 4096
        i32.add
        local.tee 0
        local.get 1
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 6
        i32.const 0
        local.get 1
        local.get 0
        i32.ge_u
        i32.const 12
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 1024
        i32.add
        local.tee 0
        local.get 6
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 1
        i32.const 0
        local.get 6
        local.get 0
        i32.ge_u
        i32.const 10
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 256
        i32.add
        local.tee 0
        local.get 1
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 6
        i32.const 0
        local.get 1
        local.get 0
        i32.ge_u
        i32.const 8
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 64
        i32.add
        local.tee 0
        local.get 6
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 1
        i32.const 0
        local.get 6
        local.get 0
        i32.ge_u
        i32.const 6
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 7
        i32.const 16
        i32.add
        local.tee 0
        local.get 1
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.tee 6
        local.get 1
        local.get 0
        i32.ge_u
        i32.const 4
        i32.shl
        local.get 7
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 1
        i32.const 4
        i32.add
        local.tee 0
        i32.ge_u
        i32.const 2
        i32.shl
        local.get 1
        i32.const 1
        i32.shr_u
        i32.add
        local.tee 1
        i32.const 1
        i32.shr_u
        i32.add
        local.get 6
        i32.const 0
        local.get 0
        local.get 6
        local.get 0
        i32.lt_u
        select
        i32.sub
        local.get 1
        i32.gt_u
        i32.add
        local.set 1
        local.get 5
        i64.const 0
        local.get 5
        i64.sub
        i64.and
        local.get 3
        i64.xor
        local.set 3
        local.get 2
        i32.const -1
        i32.add
        local.tee 2
        i32.const 1
        i32.gt_u
        br_if 0
      end
    end
    local.get 1
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 17408))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
