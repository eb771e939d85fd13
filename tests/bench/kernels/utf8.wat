(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 1
    global.set $__stack_pointer
    local.get 1
    i32.const 0
    i32.store offset=12
    i32.const 19
    local.set 2
    i32.const -65536
    local.set 3
    loop
      local.get 3
      i32.const 66576
      i32.add
      i32.const 63
      local.get 2
      i32.const 13
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 17
      i32.shr_u
      local.get 2
      i32.xor
      local.tee 4
      i32.const 5
      i32.shl
      local.get 4
      i32.xor
      local.tee 2
      i32.const 13
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      i32.const 17
      i32.shr_u
      local.get 2
      i32.xor
      local.tee 2
      i32.const 5
      i32.shl
      local.get 2
      i32.xor
      local.tee 2
      local.get 4
      i32.const 3
      i32.and
      i32.const 2
      i32.shl
      i32.const 1024
      i32.add
      i32.load
      i32.rem_u
      local.tee 4
      local.get 4
      i32.const -2048
      i32.and
      i32.const 55296
      i32.eq
      select
      i32.store
      local.get 3
      i32.const 4
      i32.add
      local.tee 3
      br_if 0
    end
    local.get 1
    local.get 2
    i32.store offset=12
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
        local.get 0
        local.set 6
        i32.const -65536
        local.set 4
        i32.const 132144
        local.set 2
        loop
          block
            block
              local.get 4
              i32.const 66576
              i32.add
              i32.load
              local.tee 3
              i32.const 127
              i32.gt_u
              br_if 0
              local.get 2
              local.get 3
              i32.store8
              local.get 2
              i32.const 1
              i32.add
              local.set 2
              br 1
            end
            block
              local.get 3
              i32.const 2047
              i32.gt_u
              br_if 0
              local.get 2
              local.get 3
              i32.const 63
              i32.and
              i32.const 128
              i32.or
              i32.store8 offset=1
              local.get 2
              local.get 3
              i32.const 6
              i32.shr_u
              i32.const 192
              i32.or
              i32.store8
              local.get 2
              i32.const 2
              i32.add
              local.set 2
              br 1
            end
            block
              local.get 3
              i32.const 65535
              i32.gt_u
              br_if 0
              local.get 2
              local.get 3
              i32.const 63
              i32.and
              i32.const 128
              i32.or
              i32.store8 offset=2
              local.get 2
              local.get 3
              i32.const 12
              i32.shr_u
              i32.const 224
              i32.or
              i32.store8
              local.get 2
              local.get 3
              i32.const 6
              i32.shr_u
              i32.const 63
              i32.and
              i32.const 128
              i32.or
              i32.store8 offset=1
              local.get 2
              i32.const 3
              i32.add
              local.set 2
              br 1
            end
            local.get 2
            local.get 3
            i32.const 63
            i32.and
            i32.const 128
            i32.or
            i32.store8 offset=3
            local.get 2
            local.get 3
            i32.const 18
            i32.shr_u
            i32.const 240
            i32.or
            i32.store8
            local.get 2
            local.get 3
            i32.const 6
            i32.shr_u
            i32.const 63
            i32.and
            i32.const 128
            i32.or
            i32.store8 offset=2
            local.get 2
            local.get 3
            i32.const 12
            i32.shr_u
            i32.const 63
            i32.and
            i32.const 128
            i32.or
            i32.store8 offset=1
            local.get 2
            i32.const 4
            i32.add
            local.set 2
          end
          local.get 4
          i32.const 4
          i32.add
          local.tee 4
          br_if 0
        end
        local.get 2
        i32.const 132144
        i32.sub
        local.tee 3
        call $decode
        local.set 4
        local.get 1
        i32.load offset=12
        local.tee 2
        i32.const 13
        i32.shl
        local.get 2
        i32.xor
        local.tee 2
        i32.const 17
        i32.shr_u
        local.get 2
        i32.xor
        local.tee 2
        i32.const 5
        i32.shl
        local.get 2
        i32.xor
        local.tee 2
        i32.const 16383
        i32.and
        i32.const 2
        i32.shl
        i32.const 1040
        i32.add
        local.get 2
        i32.const 7
        i32.mul
        i32.const 1
        i32.add
        i32.const 16383
        i32.and
        i32.const 2
        i32.shl
        i32.const 1040
        i32.add
        i32.load
        i32.store
        local.get 1
        local.get 2
        i32.store offset=12
        local.get 4
        local.get 3
        i32.add
        local.get 6
        i32.const -1
        i32.add
        local.tee 0
        i32.const 16383
        i32.and
        i32.const 2
        i32.shl
        i32.const 66592
        i32.add
        i32.load
        i32.add
        local.get 5
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 5
        block
          local.get 0
          i32.const 7
          i32.and
          br_if 0
          local.get 1
          local.get 2
          i32.const 13
          i32.shl
          local.get 2
          i32.xor
          local.tee 2
          i32.const 17
          i32.shr_u
          local.get 2
          i32.xor
          local.tee 2
          i32.const 5
          i32.shl
          local.get 2
          i32.xor
          local.tee 2
          i32.store offset=12
          local.get 2
          local.get 3
          i32.rem_u
          i32.const 132144
          i32.add
          local.tee 2
          local.get 2
          i32.load8_u
          i32.const 64
          i32.xor
          i32.store8
          local.get 3
          call $decode
          local.get 5
          i32.xor
          i32.const 16777619
          i32.mul
          local.set 5
        end
        local.get 6
        i32.const 1
        i32.gt_s
        br_if 0
      end
    end
    local.get 1
    i32.const 16
    i32.add
    global.set $__stack_pointer
    local.get 5
  )
  (func $decode (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    i32.const 0
    local.set 1
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 66592
      local.set 2
      i32.const 0
      local.set 3
      loop
        i32.const 0
        local.set 4
        block
          block
            block
              local.get 3
              i32.const 132144
              i32.add
              i32.load8_s
              local.tee 5
              i32.const -1
              i32.gt_s
              br_if 0
              local.get 5
              i32.const -62
              i32.lt_u
              br_if 1
              i32.const 1
              local.set 4
              local.get 5
              i32.const -32
              i32.lt_u
              br_if 0
              i32.const 2
              i32.const 3
              local.get 5
              i32.const -16
              i32.lt_u
              select
              local.set 4
            end
            local.get 5
            i32.const -12
            i32.gt_u
            br_if 0
            local.get 4
            local.get 3
            i32.add
            local.tee 6
            local.get 0
            i32.lt_s
            br_if 1
          end
          local.get 3
          i32.const -1
          i32.xor
          return
        end
        i32.const 63
        local.get 4
        i32.shr_u
        i32.const 255
        local.get 4
        select
        local.get 5
        i32.const 255
        i32.and
        i32.and
        local.set 5
        block
          block
            local.get 4
            i32.eqz
            br_if 0
            local.get 3
            i32.const 132145
            i32.add
            i32.load8_u
            local.tee 7
            i32.const 192
            i32.and
            i32.const 128
            i32.ne
            br_if 1
            local.get 7
            i32.const 63
            i32.and
            local.get 5
            i32.const 6
            i32.shl
            i32.or
            local.set 5
            local.get 4
            i32.const 1
            i32.eq
            br_if 0
            local.get 3
            i32.const 132146
            i32.add
            i32.load8_u
            local.tee 7
            i32.const 192
            i32.and
            i32.const 128
            i32.ne
            br_if 1
            local.get 7
            i32.const 63
            i32.and
            local.get 5
            i32.const 6
            i32.shl
            i32.or
            local.set 5
            local.get 4
            i32.const 2
            i32.eq
            br_if 0
            local.get 3
            i32.const 132147
            i32.add
            i32.load8_u
            local.tee 7
            i32.const 192
            i32.and
            i32.const 128
            i32.ne
            br_if 1
            local.get 7
            i32.const 63
            i32.and
            local.get 5
            i32.const 6
            i32.shl
            i32.or
            local.set 5
          end
          block
            block
              local.get 5
              i32.const 1114111
              i32.gt_u
              br_if 0
              local.get 5
              i32.const 67106816
              i32.and
              i32.const 55296
              i32.ne
              br_if 1
            end
            local.get 3
            i32.const -1
            i32.xor
            return
          end
          block
            local.get 4
            i32.const 2
            i32.ne
            br_if 0
            local.get 5
            i32.const 2047
            i32.gt_u
            br_if 0
            local.get 3
            i32.const -1
            i32.xor
            return
          end
          block
            local.get 4
            i32.const 3
            i32.ne
            br_if 0
            local.get 5
            i32.const 65535
            i32.gt_u
            br_if 0
            local.get 3
            i32.const -1
            i32.xor
            return
          end
          local.get 2
          local.get 5
          i32.store
          local.get 2
          i32.const 4
          i32.add
          local.set 2
          local.get 1
          i32.const 1
          i32.add
          local.set 1
          local.get 6
          i32.const 1
          i32.add
          local.tee 3
          local.get 0
          i32.lt_s
          br_if 1
          br 2
        end
      end
      local.get 3
      i32.const -1
      i32.xor
      local.set 1
    end
    local.get 1
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 4)
  (global $__stack_pointer (mut i32) (i32.const 214064))
  (export "memory" (memory 0))
  (export "run" (func $run))
  (data $.rodata (offset (i32.const 1024)) "\80\00\00\00\00\08\00\00\00\d8\00\00\00\00\11\00")
)
