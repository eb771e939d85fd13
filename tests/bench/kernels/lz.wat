(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    i32.const 11
    local.set 1
    i32.const 0
    local.set 2
    loop
      block
        block
          local.get 2
          br_if 0
          i32.const 0
          local.set 3
          br 1
        end
        local.get 1
        i32.const 13
        i32.shl
        local.get 1
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
        local.tee 1
        local.get 2
        i32.rem_u
        local.set 3
      end
      local.get 1
      i32.const 13
      i32.shl
      local.get 1
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
      local.set 1
      block
        block
          local.get 2
          i32.const 256
          i32.lt_s
          br_if 0
          local.get 1
          i32.const 13
          i32.shl
          local.get 1
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
          local.set 1
          local.get 5
          i32.const 1
          i32.and
          br_if 0
          local.get 4
          i32.const 31
          i32.and
          local.tee 5
          i32.eqz
          br_if 1
          local.get 3
          i32.const 1024
          i32.add
          local.set 4
          local.get 5
          i32.const -1
          i32.add
          local.set 5
          block
            loop
              local.get 2
              i32.const 1024
              i32.add
              local.get 4
              i32.load8_u
              i32.store8
              local.get 2
              i32.const 1
              i32.add
              local.set 3
              local.get 5
              i32.eqz
              br_if 1
              local.get 4
              i32.const 1
              i32.add
              local.set 4
              local.get 5
              i32.const -1
              i32.add
              local.set 5
              local.get 2
              i32.const 65535
              i32.lt_s
              local.set 6
              local.get 3
              local.set 2
              local.get 6
              br_if 0
            end
          end
          local.get 3
          local.set 2
          br 1
        end
        local.get 2
        i32.const 1024
        i32.add
        local.get 1
        i32.const 13
        i32.shl
        local.get 1
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
        local.tee 1
        i32.const 26
        i32.rem_u
        i32.const 97
        i32.add
        i32.store8
        local.get 2
        i32.const 1
        i32.add
        local.set 2
      end
      local.get 2
      i32.const 65536
      i32.lt_s
      br_if 0
    end
    i32.const 1
    local.set 7
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 1
      local.set 7
      loop
        i32.const 132368
        i32.const 255
        i32.const 16384
        memory.fill
        i32.const 0
        local.set 6
        i32.const 0
        local.set 8
        i32.const 0
        local.set 4
        loop
          local.get 4
          i32.const 1024
          i32.add
          i32.load16_u align=1
          local.get 4
          i32.const 1026
          i32.add
          i32.load8_u
          i32.const 16
          i32.shl
          i32.or
          i32.const -1640531535
          i32.mul
          i32.const 18
          i32.shr_u
          i32.const 16380
          i32.and
          i32.const 132368
          i32.add
          local.tee 5
          i32.load
          local.set 2
          local.get 5
          local.get 4
          i32.store
          local.get 4
          local.get 2
          i32.sub
          local.set 9
          block
            block
              block
                local.get 2
                i32.const 0
                i32.lt_s
                br_if 0
                local.get 9
                i32.const 65535
                i32.gt_s
                br_if 0
                local.get 2
                i32.const 1024
                i32.add
                local.set 1
                i32.const 65536
                local.get 4
                i32.sub
                local.set 10
                i32.const 0
                local.set 2
                block
                  block
                    loop
                      local.get 4
                      local.get 2
                      i32.add
                      local.tee 5
                      i32.const 65536
                      i32.eq
                      br_if 1
                      block
                        local.get 1
                        local.get 2
                        i32.add
                        local.tee 3
                        i32.load8_u
                        local.get 5
                        i32.const 1024
                        i32.add
                        i32.load8_u
                        i32.eq
                        br_if 0
                        local.get 2
                        local.set 10
                        br 2
                      end
                      block
                        local.get 2
                        i32.const 254
                        i32.ne
                        br_if 0
                        i32.const 255
                        local.set 10
                        br 3
                      end
                      local.get 5
                      i32.const -65535
                      i32.add
                      i32.eqz
                      br_if 1
                      block
                        local.get 3
                        i32.const 1
                        i32.add
                        i32.load8_u
                        local.get 5
                        i32.const 1025
                        i32.add
                        i32.load8_u
                        i32.ne
                        br_if 0
                        local.get 2
                        i32.const 2
                        i32.add
                        local.set 2
                        br 1
                      end
                    end
                    local.get 2
                    i32.const 1
                    i32.add
                    local.set 10
                  end
                  local.get 10
                  i32.const 4
                  i32.lt_s
                  br_if 1
                end
                local.get 4
                local.get 8
                i32.sub
                local.set 2
                br 1
              end
              i32.const 0
              local.set 10
              local.get 4
              local.get 8
              i32.sub
              local.tee 2
              i32.const 254
              i32.gt_s
              br_if 0
              local.get 4
              i32.const 1
              i32.add
              local.set 4
              br 1
            end
            local.get 6
            i32.const 148752
            i32.add
            local.get 2
            i32.store8
            local.get 6
            i32.const 1
            i32.add
            local.set 5
            block
              local.get 4
              local.get 8
              i32.le_s
              br_if 0
              local.get 6
              i32.const 148753
              i32.add
              local.get 8
              i32.const 1024
              i32.add
              local.get 2
              memory.copy
              local.get 5
              local.get 8
              i32.sub
              local.get 4
              i32.add
              local.set 5
              local.get 4
              local.get 6
              i32.add
              local.get 8
              i32.sub
              local.set 6
            end
            local.get 5
            i32.const 148752
            i32.add
            local.get 10
            i32.store8
            local.get 6
            i32.const 148755
            i32.add
            local.get 9
            i32.const 8
            i32.shr_u
            i32.store8
            local.get 6
            i32.const 148754
            i32.add
            local.get 9
            i32.store8
            local.get 6
            i32.const 4
            i32.add
            local.set 6
            local.get 10
            local.get 4
            i32.add
            local.tee 4
            local.set 8
          end
          local.get 4
          i32.const 65536
          i32.lt_s
          br_if 0
        end
        local.get 6
        i32.const 148752
        i32.add
        local.get 4
        local.get 8
        i32.sub
        local.tee 2
        i32.store8
        local.get 6
        i32.const 1
        i32.add
        local.set 10
        block
          local.get 4
          local.get 8
          i32.le_s
          br_if 0
          local.get 10
          i32.const 148752
          i32.add
          local.get 8
          i32.const 1024
          i32.add
          local.get 2
          memory.copy
          local.get 10
          local.get 4
          i32.add
          local.get 8
          i32.sub
          local.set 10
        end
        local.get 0
        i32.const -1
        i32.add
        local.set 9
        i32.const 0
        local.set 8
        i32.const 0
        local.set 2
        loop
          local.get 8
          i32.const 1
          i32.add
          local.set 4
          block
            block
              local.get 8
              i32.const 148752
              i32.add
              i32.load8_u
              local.tee 5
              br_if 0
              local.get 8
              local.set 5
              br 1
            end
            local.get 2
            i32.const 66576
            i32.add
            local.get 8
            i32.const 148753
            i32.add
            local.get 5
            memory.copy
            local.get 4
            local.get 5
            i32.add
            local.set 4
            local.get 2
            local.get 5
            i32.add
            local.set 2
            local.get 8
            local.get 5
            i32.add
            local.set 5
          end
          block
            local.get 4
            local.get 10
            i32.lt_s
            br_if 0
            i32.const -388
            local.set 4
            loop
              local.get 7
              local.get 4
              i32.const 66964
              i32.add
              i32.load8_u
              i32.xor
              i32.const 16777619
              i32.mul
              local.get 4
              i32.const 67061
              i32.add
              i32.load8_u
              i32.xor
              i32.const 16777619
              i32.mul
              local.get 4
              i32.const 67158
              i32.add
              i32.load8_u
              i32.xor
              i32.const 16777619
              i32.mul
              local.get 4
              i32.const 67255
              i32.add
              i32.load8_u
              i32.xor
              i32.const 16777619
              i32.mul
              local.set 7
              local.get 4
              i32.const 388
              i32.add
              local.tee 4
              i32.const 65148
              i32.lt_u
              br_if 0
            end
            local.get 9
            i32.const 31
            i32.mul
            i32.const 65535
            i32.and
            i32.const 1024
            i32.add
            local.tee 4
            local.get 4
            i32.load8_u
            i32.const 3
            i32.xor
            i32.store8
            local.get 7
            local.get 2
            local.get 10
            i32.add
            i32.xor
            i32.const 16777619
            i32.mul
            local.set 7
            local.get 0
            i32.const 1
            i32.gt_s
            local.set 2
            local.get 9
            local.set 0
            local.get 2
            br_if 2
            br 3
          end
          local.get 5
          i32.const 4
          i32.add
          local.set 8
          local.get 4
          i32.const 148752
          i32.add
          i32.load8_u
          local.tee 6
          i32.eqz
          br_if 0
          local.get 5
          i32.const 148755
          i32.add
          i32.load8_u
          i32.const 8
          i32.shl
          local.get 5
          i32.const 148754
          i32.add
          i32.load8_u
          i32.or
          local.set 3
          local.get 6
          i32.const -1
          i32.add
          local.set 1
          block
            local.get 6
            i32.const 3
            i32.and
            local.tee 4
            i32.eqz
            br_if 0
            i32.const 66576
            local.get 3
            i32.sub
            local.set 5
            loop
              local.get 2
              i32.const 66576
              i32.add
              local.get 5
              local.get 2
              i32.add
              i32.load8_u
              i32.store8
              local.get 2
              i32.const 1
              i32.add
              local.set 2
              local.get 6
              i32.const -1
              i32.add
              local.set 6
              local.get 4
              i32.const -1
              i32.add
              local.tee 4
              br_if 0
            end
          end
          local.get 1
          i32.const 3
          i32.lt_u
          br_if 0
          local.get 2
          local.get 3
          i32.sub
          i32.const 66576
          i32.add
          local.set 1
          i32.const 0
          local.set 4
          loop
            local.get 2
            local.get 4
            i32.add
            local.tee 5
            i32.const 66576
            i32.add
            local.get 1
            local.get 4
            i32.add
            local.tee 3
            i32.load8_u
            i32.store8
            local.get 5
            i32.const 66577
            i32.add
            local.get 3
            i32.const 1
            i32.add
            i32.load8_u
            i32.store8
            local.get 5
            i32.const 66578
            i32.add
            local.get 3
            i32.const 2
            i32.add
            i32.load8_u
            i32.store8
            local.get 5
            i32.const 66579
            i32.add
            local.get 3
            i32.const 3
            i32.add
            i32.load8_u
            i32.store8
            local.get 6
            local.get 4
            i32.const 4
            i32.add
            local.tee 4
            i32.ne
            br_if 0
          end
          local.get 2
          local.get 4
          i32.add
          local.set 2
          br 0
        end
      end
    end
    local.get 7
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 5)
  (global $__stack_pointer (mut i32) (i32.const 296208))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
