(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 1104
    i32.const 255
    i32.const 256
    memory.fill
    i32.const 3
    local.set 1
    loop
      local.get 1
      i32.const 1021
      i32.add
      i32.load8_u
      i32.const 1104
      i32.add
      local.get 1
      i32.const -3
      i32.add
      i32.store8
      local.get 1
      i32.const 1022
      i32.add
      i32.load8_u
      i32.const 1104
      i32.add
      local.get 1
      i32.const -2
      i32.add
      i32.store8
      local.get 1
      i32.const 1023
      i32.add
      i32.load8_u
      i32.const 1104
      i32.add
      local.get 1
      i32.const -1
      i32.add
      i32.store8
      local.get 1
      i32.const 1024
      i32.add
      i32.load8_u
      i32.const 1104
      i32.add
      local.get 1
      i32.store8
      local.get 1
      i32.const 4
      i32.add
      local.tee 1
      i32.const 67
      i32.ne
      br_if 0
    end
    i32.const 3
    local.set 2
    i32.const -49152
    local.set 1
    loop
      local.get 1
      i32.const 50512
      i32.add
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
      i32.const 11
      i32.shr_u
      i32.store8
      local.get 1
      i32.const 50513
      i32.add
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
      i32.const 11
      i32.shr_u
      i32.store8
      local.get 1
      i32.const 2
      i32.add
      local.tee 1
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
        i32.const 49152
        local.get 0
        local.tee 4
        i32.const -1
        i32.add
        local.tee 0
        i32.const 3
        i32.rem_u
        i32.sub
        local.set 5
        i32.const 0
        local.set 1
        i32.const 50532
        local.set 6
        loop
          local.get 6
          i32.const -4
          i32.add
          local.tee 2
          i32.const 3
          i32.add
          local.get 1
          i32.const 1362
          i32.add
          i32.load8_u
          local.tee 7
          i32.const 63
          i32.and
          i32.const 1024
          i32.add
          i32.load8_u
          i32.store8
          local.get 2
          local.get 1
          i32.const 1360
          i32.add
          i32.load8_u
          local.tee 8
          i32.const 2
          i32.shr_u
          i32.const 1024
          i32.add
          i32.load8_u
          i32.store8
          local.get 2
          i32.const 2
          i32.add
          local.get 7
          local.get 1
          i32.const 1361
          i32.add
          i32.load8_u
          i32.const 8
          i32.shl
          local.tee 9
          i32.or
          i32.const 6
          i32.shr_u
          i32.const 63
          i32.and
          i32.const 1024
          i32.add
          i32.load8_u
          i32.store8
          local.get 2
          i32.const 1
          i32.add
          local.get 9
          local.get 8
          i32.const 16
          i32.shl
          i32.or
          i32.const 12
          i32.shr_u
          i32.const 63
          i32.and
          i32.const 1024
          i32.add
          i32.load8_u
          i32.store8
          local.get 6
          i32.const 4
          i32.add
          local.set 6
          local.get 1
          i32.const 5
          i32.add
          local.set 2
          local.get 1
          i32.const 3
          i32.add
          local.tee 7
          local.set 1
          local.get 2
          local.get 5
          i32.lt_u
          br_if 0
        end
        local.get 6
        i32.const -4
        i32.add
        local.set 1
        block
          block
            local.get 7
            local.get 5
            i32.lt_u
            br_if 0
            local.get 1
            local.set 6
            br 1
          end
          local.get 7
          i32.const 1360
          i32.add
          i32.load8_u
          i32.const 16
          i32.shl
          local.set 8
          i32.const 0
          local.set 2
          block
            local.get 7
            i32.const 1
            i32.add
            local.get 5
            i32.ge_u
            local.tee 9
            br_if 0
            local.get 7
            i32.const 1361
            i32.add
            i32.load8_u
            i32.const 8
            i32.shl
            local.set 2
          end
          local.get 1
          local.get 2
          local.get 8
          i32.or
          local.tee 7
          i32.const 18
          i32.shr_u
          i32.const 1024
          i32.add
          i32.load8_u
          i32.store8
          local.get 6
          i32.const -3
          i32.add
          local.get 7
          i32.const 12
          i32.shr_u
          i32.const 63
          i32.and
          i32.const 1024
          i32.add
          i32.load8_u
          i32.store8
          local.get 6
          i32.const -2
          i32.add
          local.set 7
          i32.const 61
          local.set 1
          block
            local.get 9
            br_if 0
            local.get 2
            i32.const 6
            i32.shr_u
            i32.const 60
            i32.and
            i32.const 1024
            i32.add
            i32.load8_u
            local.set 1
          end
          local.get 7
          local.get 1
          i32.store8
          local.get 6
          i32.const -1
          i32.add
          i32.const 61
          i32.store8
        end
        block
          block
            local.get 6
            i32.const 50528
            i32.sub
            local.tee 5
            i32.const 1
            i32.ge_s
            br_if 0
            i32.const 0
            local.set 8
            br 1
          end
          i32.const 0
          local.set 6
          i32.const 0
          local.set 1
          i32.const 0
          local.set 8
          i32.const 0
          local.set 2
          block
            loop
              local.get 1
              i32.const 50528
              i32.add
              i32.load8_u
              i32.const 1104
              i32.add
              i32.load8_u
              local.tee 7
              i32.const 63
              i32.gt_u
              br_if 1
              local.get 6
              i32.const 6
              i32.shl
              local.tee 9
              local.get 7
              i32.or
              local.set 6
              block
                local.get 2
                i32.const 1
                i32.add
                local.tee 2
                i32.const 4
                i32.ne
                br_if 0
                local.get 8
                i32.const 1361
                i32.add
                local.get 9
                i32.const 8
                i32.shr_u
                i32.store8
                local.get 8
                i32.const 1360
                i32.add
                local.get 9
                i32.const 16
                i32.shr_u
                i32.store8
                local.get 8
                i32.const 1362
                i32.add
                local.get 6
                i32.store8
                local.get 8
                i32.const 3
                i32.add
                local.set 8
                i32.const 0
                local.set 2
              end
              local.get 5
              local.get 1
              i32.const 1
              i32.add
              local.tee 1
              i32.ne
              br_if 0
            end
          end
          local.get 2
          i32.const 2
          i32.lt_s
          br_if 0
          local.get 8
          i32.const 1360
          i32.add
          local.get 6
          i32.const 4
          i32.const 10
          local.get 2
          i32.const 2
          i32.eq
          local.tee 1
          select
          i32.shr_u
          i32.store8
          block
            local.get 1
            i32.eqz
            br_if 0
            local.get 8
            i32.const 1
            i32.add
            local.set 8
            br 1
          end
          local.get 8
          i32.const 1361
          i32.add
          local.get 6
          i32.const 2
          i32.shr_u
          i32.store8
          local.get 8
          i32.const 2
          i32.add
          local.set 8
        end
        local.get 0
        i32.const 1023
        i32.and
        i32.const 1360
        i32.add
        local.tee 1
        local.get 1
        i32.load8_u
        i32.const 1
        i32.xor
        i32.store8
        local.get 8
        local.get 5
        i32.const 31
        i32.mul
        i32.add
        local.get 5
        i32.const 50523
        i32.add
        i32.load8_u
        i32.add
        local.get 0
        i32.const 1360
        i32.add
        i32.load8_u
        i32.add
        local.get 3
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 3
        local.get 4
        i32.const 1
        i32.gt_s
        br_if 0
      end
    end
    local.get 3
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 3)
  (global $__stack_pointer (mut i32) (i32.const 132464))
  (export "memory" (memory 0))
  (export "run" (func $run))
  (data $.rodata (offset (i32.const 1024))
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    "\00"
  )
)
