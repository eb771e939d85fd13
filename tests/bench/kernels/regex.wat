(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32) (result i32)))
  (type (;2;) (func (param i32 i32 i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32)
    i32.const 61
    local.set 1
    i32.const -4096
    local.set 2
    loop
      local.get 2
      i32.const 5184
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
      local.tee 3
      i32.const 26
      i32.rem_u
      i32.const 97
      i32.add
      i32.store8
      local.get 2
      i32.const 5185
      i32.add
      local.get 3
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
      local.tee 1
      i32.const 26
      i32.rem_u
      i32.const 97
      i32.add
      i32.store8
      local.get 2
      i32.const 2
      i32.add
      local.tee 2
      br_if 0
    end
    i32.const 1
    local.set 4
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 1
      local.set 4
      loop
        local.get 0
        local.set 5
        block
          block
            i32.const 0
            i32.load8_u offset=1088
            local.tee 0
            i32.eqz
            br_if 0
            i32.const 0
            local.set 3
            i32.const 1088
            local.set 2
            loop
              i32.const 1039
              local.get 2
              call $here
              local.get 3
              i32.add
              local.set 3
              local.get 2
              i32.const 1
              i32.add
              local.tee 2
              i32.load8_u
              br_if 0
            end
            local.get 3
            local.get 4
            i32.xor
            i32.const 16777619
            i32.mul
            local.set 4
            block
              local.get 0
              br_if 0
              i32.const 0
              local.set 3
              br 2
            end
            i32.const 0
            local.set 3
            i32.const 1088
            local.set 2
            loop
              i32.const 1024
              local.get 2
              call $here
              local.get 3
              i32.add
              local.set 3
              local.get 2
              i32.const 1
              i32.add
              local.tee 2
              i32.load8_u
              br_if 0
            end
            local.get 3
            local.get 4
            i32.xor
            local.set 4
            i32.const 0
            local.set 3
            local.get 0
            i32.eqz
            br_if 1
            i32.const 1088
            local.set 2
            loop
              i32.const 1029
              local.get 2
              call $here
              local.get 3
              i32.add
              local.set 3
              local.get 2
              i32.const 1
              i32.add
              local.tee 2
              i32.load8_u
              br_if 0
              br 2
            end
          end
          local.get 4
          i32.const 16777619
          i32.mul
          local.set 4
          i32.const 0
          local.set 3
        end
        i32.const 1079
        i32.const 1088
        call $here
        local.get 3
        local.get 4
        i32.const 16777619
        i32.mul
        i32.xor
        i32.const 16777619
        i32.mul
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 4
        block
          block
            local.get 0
            br_if 0
            i32.const 0
            local.set 3
            br 1
          end
          i32.const 0
          local.set 3
          i32.const 1088
          local.set 2
          loop
            i32.const 1048
            local.get 2
            call $here
            local.get 3
            i32.add
            local.set 3
            local.get 2
            i32.const 1
            i32.add
            local.tee 2
            i32.load8_u
            br_if 0
          end
          local.get 3
          local.get 4
          i32.xor
          local.set 4
          i32.const 0
          local.set 3
          local.get 0
          i32.eqz
          br_if 0
          i32.const 1088
          local.set 2
          loop
            i32.const 1055
            local.get 2
            call $here
            local.get 3
            i32.add
            local.set 3
            local.get 2
            i32.const 1
            i32.add
            local.tee 2
            i32.load8_u
            br_if 0
          end
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
        local.tee 2
        i32.const 13
        i32.shl
        local.get 2
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
        i32.const 4095
        i32.and
        i32.const 1088
        i32.add
        local.get 2
        i32.const 26
        i32.rem_u
        i32.const 97
        i32.add
        i32.store8
        local.get 5
        i32.const -1
        i32.add
        local.set 0
        local.get 3
        local.get 4
        i32.const 16777619
        i32.mul
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 4
        local.get 5
        i32.const 1
        i32.gt_s
        br_if 0
      end
    end
    local.get 4
  )
  (func $here (type 1) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    block
      local.get 0
      i32.load8_u
      local.tee 2
      br_if 0
      i32.const 1
      return
    end
    block
      block
        block
          block
            local.get 2
            i32.const 36
            i32.ne
            br_if 0
            local.get 1
            i32.load8_u
            local.set 3
            block
              local.get 0
              i32.load8_u offset=1
              i32.eqz
              br_if 0
              local.get 0
              i32.const 1
              i32.add
              local.set 4
              br 2
            end
            local.get 3
            i32.const 255
            i32.and
            i32.eqz
            return
          end
          local.get 0
          i32.const 1
          i32.add
          local.set 4
          local.get 1
          i32.load8_s
          local.set 3
          local.get 2
          i32.const 91
          i32.eq
          br_if 1
        end
        block
          local.get 3
          i32.const 255
          i32.and
          local.tee 5
          br_if 0
          i32.const 0
          local.set 5
          br 2
        end
        local.get 2
        i32.const 46
        i32.eq
        local.get 2
        local.get 5
        i32.eq
        i32.or
        local.set 5
        br 1
      end
      block
        block
          local.get 4
          local.get 4
          i32.load8_u
          i32.const 94
          i32.eq
          local.tee 6
          i32.add
          local.tee 2
          i32.load8_u
          local.tee 4
          i32.const 93
          i32.ne
          br_if 0
          i32.const 0
          local.set 7
          br 1
        end
        i32.const 0
        local.set 7
        loop
          block
            block
              local.get 2
              i32.load8_u offset=1
              local.tee 8
              i32.const 45
              i32.ne
              br_if 0
              i32.const 0
              local.set 5
              block
                local.get 4
                i32.extend8_s
                local.get 3
                i32.gt_s
                br_if 0
                local.get 2
                i32.load8_s offset=2
                local.get 3
                i32.ge_s
                local.set 5
              end
              local.get 2
              i32.const 2
              i32.add
              local.set 8
              local.get 2
              i32.load8_u offset=3
              local.set 4
              br 1
            end
            local.get 4
            i32.const 255
            i32.and
            local.get 3
            i32.const 255
            i32.and
            i32.eq
            local.set 5
            local.get 8
            local.set 4
            local.get 2
            local.set 8
          end
          local.get 8
          i32.const 1
          i32.add
          local.set 2
          local.get 7
          local.get 5
          i32.or
          local.set 7
          local.get 4
          i32.const 255
          i32.and
          i32.const 93
          i32.ne
          br_if 0
        end
      end
      local.get 3
      i32.const 0
      i32.ne
      local.get 7
      local.get 6
      i32.ne
      i32.and
      local.set 5
      local.get 2
      i32.const 1
      i32.add
      local.set 4
    end
    block
      block
        block
          local.get 4
          i32.load8_u
          local.tee 2
          i32.const 63
          i32.eq
          br_if 0
          local.get 2
          i32.const 42
          i32.ne
          br_if 1
          local.get 0
          local.get 4
          i32.const 1
          i32.add
          local.get 1
          call $star
          return
        end
        block
          local.get 5
          i32.eqz
          br_if 0
          i32.const 1
          local.set 2
          local.get 4
          i32.const 1
          i32.add
          local.get 1
          i32.const 1
          i32.add
          call $here
          br_if 2
        end
        local.get 4
        i32.const 1
        i32.add
        local.get 1
        call $here
        i32.const 0
        i32.ne
        return
      end
      i32.const 0
      local.set 2
      local.get 5
      i32.eqz
      br_if 0
      local.get 4
      local.get 1
      i32.const 1
      i32.add
      call $here
      i32.const 0
      i32.ne
      local.set 2
    end
    local.get 2
  )
  (func $star (type 2) (param i32 i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    local.get 0
    i32.const 1
    i32.add
    local.set 3
    i32.const 0
    local.set 4
    local.get 0
    i32.load8_u
    i32.const 255
    i32.and
    local.tee 5
    i32.const 91
    i32.eq
    local.set 6
    local.get 2
    local.set 7
    block
      loop
        local.get 7
        i32.load8_s
        local.set 8
        block
          block
            local.get 6
            br_if 0
            local.get 8
            i32.eqz
            br_if 3
            local.get 5
            i32.const 46
            i32.eq
            local.get 5
            local.get 8
            i32.const 255
            i32.and
            i32.eq
            i32.or
            br_if 1
            br 3
          end
          i32.const 0
          local.set 9
          block
            local.get 3
            local.get 3
            i32.load8_u
            i32.const 94
            i32.eq
            local.tee 10
            i32.add
            local.tee 0
            i32.load8_u
            local.tee 11
            i32.const 93
            i32.eq
            br_if 0
            i32.const 0
            local.set 9
            loop
              block
                block
                  local.get 0
                  i32.load8_u offset=1
                  local.tee 12
                  i32.const 45
                  i32.ne
                  br_if 0
                  i32.const 0
                  local.set 13
                  block
                    local.get 11
                    i32.extend8_s
                    local.get 8
                    i32.gt_s
                    br_if 0
                    local.get 0
                    i32.load8_s offset=2
                    local.get 8
                    i32.ge_s
                    local.set 13
                  end
                  local.get 0
                  i32.const 2
                  i32.add
                  local.set 12
                  local.get 0
                  i32.load8_u offset=3
                  local.set 11
                  br 1
                end
                local.get 11
                i32.const 255
                i32.and
                local.get 8
                i32.const 255
                i32.and
                i32.eq
                local.set 13
                local.get 12
                local.set 11
                local.get 0
                local.set 12
              end
              local.get 12
              i32.const 1
              i32.add
              local.set 0
              local.get 9
              local.get 13
              i32.or
              local.set 9
              local.get 11
              i32.const 255
              i32.and
              i32.const 93
              i32.ne
              br_if 0
            end
          end
          local.get 8
          i32.eqz
          br_if 2
          local.get 9
          local.get 10
          i32.eq
          br_if 2
        end
        local.get 4
        i32.const 1
        i32.add
        local.set 4
        local.get 7
        i32.const 1
        i32.add
        local.set 7
        br 0
      end
    end
    i32.const 1
    local.set 13
    block
      local.get 1
      local.get 7
      call $here
      br_if 0
      local.get 2
      i32.const -1
      i32.add
      local.set 11
      block
        loop
          local.get 4
          i32.eqz
          br_if 1
          local.get 11
          local.get 4
          i32.add
          local.set 0
          local.get 4
          i32.const -1
          i32.add
          local.set 4
          local.get 1
          local.get 0
          call $here
          br_if 2
          br 0
        end
      end
      i32.const 0
      local.set 13
    end
    local.get 13
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 21584))
  (export "memory" (memory 0))
  (export "run" (func $run))
  (data $.rodata (offset (i32.const 1024)) "x.?y\00[^a-p]q*r\00a[b-e]*f\00ab*c*d\00[aeiou][^aeiou][aeiou]\00^.*z$\00")
)
