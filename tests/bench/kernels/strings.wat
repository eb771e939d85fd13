(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (local i32)
    i32.const 37
    local.set 1
    i32.const -32768
    local.set 2
    loop
      local.get 2
      i32.const 33888
      i32.add
      local.get 1
      i32.const 13
      i32.shl
      local.get 1
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
      local.tee 1
      i32.const 35
      i32.rem_u
      i32.const 1072
      i32.add
      i32.load8_u
      i32.store8
      local.get 2
      i32.const 1
      i32.add
      local.tee 3
      local.get 2
      i32.lt_u
      local.set 4
      local.get 3
      local.set 2
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
        local.set 2
        loop
          local.get 2
          i32.const 33904
          i32.add
          local.get 2
          i32.const 1120
          i32.add
          i32.load8_u
          local.tee 3
          i32.const 32
          i32.add
          local.get 3
          local.get 3
          i32.const -65
          i32.add
          i32.const 255
          i32.and
          i32.const 26
          i32.lt_u
          select
          i32.store8
          local.get 2
          i32.const 33905
          i32.add
          local.get 2
          i32.const 1121
          i32.add
          i32.load8_u
          local.tee 3
          i32.const 32
          i32.add
          local.get 3
          local.get 3
          i32.const -65
          i32.add
          i32.const 255
          i32.and
          i32.const 26
          i32.lt_u
          select
          i32.store8
          local.get 2
          i32.const 33906
          i32.add
          local.get 2
          i32.const 1122
          i32.add
          i32.load8_u
          local.tee 3
          i32.const 32
          i32.add
          local.get 3
          local.get 3
          i32.const -65
          i32.add
          i32.const 255
          i32.and
          i32.const 26
          i32.lt_u
          select
          i32.store8
          local.get 2
          i32.const 3
          i32.add
          local.tee 2
          i32.const 32769
          i32.ne
          br_if 0
        end
        i32.const -1
        local.set 2
        loop
          local.get 2
          i32.const 33905
          i32.add
          local.set 3
          local.get 2
          i32.const 1
          i32.add
          local.tee 6
          local.set 2
          local.get 3
          i32.load8_u
          br_if 0
        end
        i32.const 0
        local.set 7
        i32.const 0
        local.set 8
        i32.const 0
        local.set 9
        block
          i32.const 0
          i32.load8_u offset=33904
          i32.eqz
          br_if 0
          i32.const 0
          local.set 8
          i32.const 0
          local.set 2
          loop
            local.get 2
            i32.const -1
            i32.add
            local.set 2
            loop
              local.get 2
              i32.const 33905
              i32.add
              local.set 3
              local.get 2
              i32.const 1
              i32.add
              local.tee 4
              local.set 2
              local.get 3
              i32.load8_u
              local.tee 3
              i32.const 32
              i32.eq
              br_if 0
            end
            local.get 4
            i32.const 33904
            i32.add
            local.set 10
            i32.const 0
            local.set 11
            local.get 4
            local.set 2
            block
              loop
                local.get 3
                i32.const 32
                i32.or
                i32.const 255
                i32.and
                i32.const 32
                i32.eq
                br_if 1
                local.get 11
                i32.const 1
                i32.add
                local.set 11
                local.get 2
                i32.const 33905
                i32.add
                i32.load8_u
                local.set 3
                local.get 2
                i32.const 1
                i32.add
                local.set 2
                br 0
              end
            end
            block
              local.get 2
              local.get 4
              i32.le_s
              br_if 0
              local.get 8
              i32.const 2
              i32.shl
              local.tee 4
              i32.const 132224
              i32.add
              local.get 11
              i32.store
              local.get 4
              i32.const 66688
              i32.add
              local.get 10
              i32.store
              local.get 8
              i32.const 1
              i32.add
              local.set 8
            end
            local.get 3
            i32.const 255
            i32.and
            br_if 0
          end
          i32.const 0
          local.set 9
          local.get 8
          i32.const 2
          i32.lt_s
          br_if 0
          i32.const 0
          local.set 9
          i32.const 0
          i32.load offset=132224
          local.set 12
          i32.const 0
          i32.load offset=66688
          local.set 13
          i32.const 1
          local.set 14
          loop
            local.get 13
            local.set 3
            local.get 14
            i32.const 2
            i32.shl
            local.tee 2
            i32.const 66688
            i32.add
            i32.load
            local.set 13
            block
              block
                block
                  local.get 12
                  local.tee 15
                  local.get 2
                  i32.const 132224
                  i32.add
                  i32.load
                  local.tee 12
                  local.get 15
                  local.get 12
                  i32.lt_s
                  select
                  local.tee 16
                  i32.const 1
                  i32.lt_s
                  br_if 0
                  local.get 3
                  i32.load8_u
                  local.tee 2
                  local.get 13
                  i32.load8_u
                  local.tee 4
                  i32.ne
                  br_if 1
                  local.get 16
                  i32.const -1
                  i32.add
                  local.set 11
                  local.get 13
                  i32.const 1
                  i32.add
                  local.set 10
                  local.get 3
                  i32.const 1
                  i32.add
                  local.set 17
                  i32.const 0
                  local.set 2
                  loop
                    local.get 11
                    local.get 2
                    i32.eq
                    br_if 1
                    local.get 10
                    local.get 2
                    i32.add
                    local.set 3
                    local.get 17
                    local.get 2
                    i32.add
                    local.set 4
                    local.get 2
                    i32.const 1
                    i32.add
                    local.set 2
                    local.get 4
                    i32.load8_u
                    local.tee 4
                    local.get 3
                    i32.load8_u
                    local.tee 3
                    i32.eq
                    br_if 0
                  end
                  local.get 2
                  local.get 16
                  i32.ge_s
                  br_if 0
                  local.get 4
                  local.get 3
                  i32.sub
                  local.set 2
                  br 2
                end
                local.get 15
                local.get 12
                i32.sub
                local.set 2
                br 1
              end
              local.get 2
              local.get 4
              i32.sub
              local.set 2
            end
            local.get 2
            i32.const 31
            i32.shr_u
            local.get 9
            i32.add
            local.set 9
            local.get 14
            i32.const 1
            i32.add
            local.tee 14
            local.get 8
            i32.ne
            br_if 0
          end
        end
        local.get 0
        i32.const -1
        i32.add
        local.set 15
        local.get 9
        i32.const 5
        i32.mul
        local.get 8
        i32.const 3
        i32.mul
        i32.add
        local.get 6
        i32.add
        local.get 5
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 5
        loop
          i32.const -1
          local.set 2
          local.get 7
          i32.const 2
          i32.shl
          i32.const 1024
          i32.add
          i32.load
          local.tee 10
          local.set 4
          loop
            local.get 2
            local.tee 11
            i32.const 1
            i32.add
            local.set 2
            local.get 4
            local.tee 3
            i32.const 1
            i32.add
            local.set 4
            local.get 3
            i32.load8_u
            br_if 0
          end
          local.get 3
          local.get 10
          i32.sub
          local.set 4
          i32.const 0
          local.set 2
          loop
            local.get 2
            i32.const 197788
            i32.add
            local.get 4
            i32.store
            local.get 2
            i32.const 197784
            i32.add
            local.get 4
            i32.store
            local.get 2
            i32.const 197780
            i32.add
            local.get 4
            i32.store
            local.get 2
            i32.const 197776
            i32.add
            local.get 4
            i32.store
            local.get 2
            i32.const 197772
            i32.add
            local.get 4
            i32.store
            local.get 2
            i32.const 197768
            i32.add
            local.get 4
            i32.store
            local.get 2
            i32.const 197764
            i32.add
            local.get 4
            i32.store
            local.get 2
            i32.const 197760
            i32.add
            local.get 4
            i32.store
            local.get 2
            i32.const 32
            i32.add
            local.tee 2
            i32.const 1024
            i32.ne
            br_if 0
          end
          local.get 4
          i32.const -1
          i32.add
          local.set 13
          block
            local.get 4
            i32.const 2
            i32.lt_s
            br_if 0
            local.get 13
            i32.const 3
            i32.and
            local.set 12
            i32.const 0
            local.set 17
            block
              local.get 3
              local.get 10
              i32.sub
              i32.const -2
              i32.add
              i32.const 3
              i32.lt_u
              br_if 0
              local.get 11
              i32.const -4
              i32.and
              local.set 8
              i32.const 0
              local.set 17
              local.get 11
              local.set 2
              loop
                local.get 10
                local.get 17
                i32.add
                local.tee 3
                i32.load8_u
                i32.const 2
                i32.shl
                i32.const 197760
                i32.add
                local.get 2
                i32.store
                local.get 3
                i32.const 1
                i32.add
                i32.load8_u
                i32.const 2
                i32.shl
                i32.const 197760
                i32.add
                local.get 2
                i32.const -1
                i32.add
                i32.store
                local.get 3
                i32.const 2
                i32.add
                i32.load8_u
                i32.const 2
                i32.shl
                i32.const 197760
                i32.add
                local.get 2
                i32.const -2
                i32.add
                i32.store
                local.get 3
                i32.const 3
                i32.add
                i32.load8_u
                i32.const 2
                i32.shl
                i32.const 197760
                i32.add
                local.get 2
                i32.const -3
                i32.add
                i32.store
                local.get 2
                i32.const -4
                i32.add
                local.set 2
                local.get 8
                local.get 17
                i32.const 4
                i32.add
                local.tee 17
                i32.ne
                br_if 0
              end
            end
            local.get 12
            i32.eqz
            br_if 0
            local.get 11
            i32.const 3
            i32.and
            local.set 8
            local.get 11
            local.get 17
            i32.sub
            local.set 2
            local.get 10
            local.get 17
            i32.add
            local.set 3
            loop
              local.get 3
              i32.load8_u
              i32.const 2
              i32.shl
              i32.const 197760
              i32.add
              local.get 2
              i32.store
              local.get 2
              i32.const -1
              i32.add
              local.set 2
              local.get 3
              i32.const 1
              i32.add
              local.set 3
              local.get 8
              i32.const -1
              i32.add
              local.tee 8
              br_if 0
            end
          end
          i32.const 0
          local.set 12
          block
            local.get 4
            local.get 6
            i32.gt_s
            br_if 0
            i32.const 0
            local.set 8
            local.get 4
            local.set 14
            i32.const 0
            local.set 12
            loop
              local.get 13
              local.set 11
              block
                local.get 4
                i32.const 1
                i32.lt_s
                br_if 0
                local.get 8
                i32.const 33904
                i32.add
                local.set 17
                local.get 13
                local.set 2
                loop
                  block
                    local.get 17
                    local.get 2
                    i32.add
                    i32.load8_u
                    local.get 10
                    local.get 2
                    i32.add
                    i32.load8_u
                    i32.eq
                    br_if 0
                    local.get 2
                    local.set 11
                    br 2
                  end
                  i32.const -1
                  local.set 11
                  local.get 2
                  i32.const 0
                  i32.gt_s
                  local.set 3
                  local.get 2
                  i32.const -1
                  i32.add
                  local.set 2
                  local.get 3
                  br_if 0
                end
              end
              local.get 11
              i32.const 31
              i32.shr_u
              local.get 12
              i32.add
              local.set 12
              local.get 14
              i32.const 33903
              i32.add
              i32.load8_u
              i32.const 2
              i32.shl
              i32.const 197760
              i32.add
              i32.load
              local.get 8
              i32.add
              local.tee 8
              local.get 4
              i32.add
              local.tee 14
              local.get 6
              i32.le_s
              br_if 0
            end
          end
          local.get 12
          local.get 5
          i32.xor
          i32.const 16777619
          i32.mul
          local.set 5
          local.get 7
          i32.const 1
          i32.add
          local.tee 7
          i32.const 5
          i32.ne
          br_if 0
        end
        local.get 1
        i32.const 13
        i32.shl
        local.get 1
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
        local.tee 1
        i32.const 32767
        i32.and
        i32.const 1120
        i32.add
        i32.const 32
        i32.store8
        local.get 0
        i32.const 1
        i32.gt_s
        local.set 2
        local.get 15
        local.set 0
        local.get 2
        br_if 0
      end
    end
    local.get 5
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 4)
  (global $__stack_pointer (mut i32) (i32.const 215168))
  (export "memory" (memory 0))
  (export "run" (func $run))
  (data $.rodata (offset (i32.const 1024))
    "(\04\00\00\"\04\00\00,\04\00\00\18\04\00\00\14\04\00\00zzz\00quick fox\00lorem\00the\00a b\00etaoin shrdlu ET"
    "AOIN  the quick fox\00"
  )
)
