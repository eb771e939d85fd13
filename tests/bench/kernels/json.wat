(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32)))
  (type (;2;) (func (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32)
    i32.const 0
    i32.const 91
    i32.store8 offset=1056
    i32.const 0
    i32.const 6
    i32.store offset=263208
    i32.const 0
    i32.const 1
    i32.store offset=1040
    loop
      i32.const 0
      call $write
      i32.const 0
      i32.load offset=1040
      local.tee 1
      i32.const 1056
      i32.add
      i32.const 44
      i32.store8
      local.get 1
      i32.const 1057
      i32.add
      i32.const 10
      i32.store8
      local.get 1
      i32.const 1058
      i32.add
      i32.const 32
      i32.store8
      i32.const 0
      local.get 1
      i32.const 3
      i32.add
      i32.store offset=1040
      local.get 1
      i32.const 99997
      i32.lt_s
      br_if 0
    end
    local.get 1
    i32.const 1060
    i32.add
    i32.const 117
    i32.store8
    local.get 1
    i32.const 1059
    i32.add
    i32.const 110
    i32.store8
    local.get 1
    i32.const 1061
    i32.add
    i32.const 108
    i32.store8
    local.get 1
    i32.const 1062
    i32.add
    i32.const 108
    i32.store8
    local.get 1
    i32.const 1063
    i32.add
    i32.const 93
    i32.store8
    i32.const 0
    local.get 1
    i32.const 8
    i32.add
    local.tee 2
    i32.store offset=1040
    local.get 1
    i32.const 1064
    i32.add
    i32.const 0
    i32.store8
    i32.const 0
    local.get 2
    i32.store offset=263200
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      local.get 0
      i32.const 1
      i32.add
      local.set 1
      loop
        i32.const 0
        i32.const 0
        i32.store offset=263204
        i32.const 0
        call $value
        i32.const 0
        i32.load offset=263204
        i32.add
        i32.const 0
        i32.load offset=263200
        i32.xor
        i32.const 16777619
        i32.mul
        local.tee 2
        i32.store offset=263200
        local.get 1
        i32.const -1
        i32.add
        local.tee 1
        i32.const 1
        i32.gt_u
        br_if 0
      end
    end
    local.get 2
  )
  (func $write (type 1) (param i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 16
    i32.sub
    local.tee 1
    global.set $__stack_pointer
    i32.const 0
    local.set 2
    i32.const 0
    i32.const 0
    i32.load offset=263208
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
    local.tee 3
    i32.store offset=263208
    block
      block
        block
          block
            block
              block
                block
                  block
                    block
                      block
                        local.get 3
                        i32.const 5
                        i32.const 8
                        local.get 0
                        i32.const 6
                        i32.gt_s
                        select
                        i32.rem_u
                        br_table 6 0 1 2 3 4 4 5
                      end
                      i32.const 0
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
                      i32.store offset=263208
                      i32.const 1024
                      i32.const 1029
                      local.get 3
                      i32.const 1
                      i32.and
                      select
                      local.tee 3
                      i32.load8_u
                      local.tee 2
                      i32.eqz
                      br_if 8
                      local.get 3
                      i32.const 1
                      i32.add
                      local.set 0
                      i32.const 0
                      i32.load offset=1040
                      local.set 3
                      loop
                        local.get 3
                        i32.const 1056
                        i32.add
                        local.get 2
                        i32.store8
                        local.get 3
                        i32.const 1
                        i32.add
                        local.set 3
                        local.get 0
                        i32.load8_u
                        local.set 2
                        local.get 0
                        i32.const 1
                        i32.add
                        local.set 0
                        local.get 2
                        br_if 0
                      end
                      i32.const 0
                      local.get 3
                      i32.store offset=1040
                      br 8
                    end
                    i32.const 0
                    local.set 2
                    i32.const 0
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
                    local.tee 3
                    i32.const 13
                    i32.shl
                    local.get 3
                    i32.xor
                    local.tee 0
                    i32.const 17
                    i32.shr_u
                    local.get 0
                    i32.xor
                    local.tee 0
                    i32.const 5
                    i32.shl
                    local.get 0
                    i32.xor
                    i32.store offset=263208
                    local.get 3
                    local.get 0
                    i32.shr_u
                    local.set 3
                    i32.const 1
                    local.set 0
                    loop
                      local.get 1
                      i32.const 6
                      i32.add
                      local.get 2
                      local.tee 4
                      i32.add
                      local.get 3
                      local.get 3
                      i32.const 10
                      i32.div_u
                      local.tee 5
                      i32.const 10
                      i32.mul
                      i32.sub
                      i32.const 48
                      i32.or
                      i32.store8
                      local.get 0
                      local.tee 6
                      i32.const 1
                      i32.add
                      local.set 0
                      local.get 4
                      i32.const 1
                      i32.add
                      local.set 2
                      local.get 3
                      i32.const 9
                      i32.gt_u
                      local.set 7
                      local.get 5
                      local.set 3
                      local.get 7
                      br_if 0
                    end
                    i32.const 0
                    local.set 3
                    i32.const 0
                    i32.load offset=1040
                    local.set 5
                    block
                      local.get 2
                      i32.const 3
                      i32.and
                      i32.eqz
                      br_if 0
                      local.get 6
                      i32.const 3
                      i32.and
                      local.set 7
                      local.get 1
                      i32.const 6
                      i32.add
                      i32.const -1
                      i32.add
                      local.set 0
                      loop
                        local.get 5
                        local.get 3
                        i32.add
                        i32.const 1056
                        i32.add
                        local.get 0
                        local.get 2
                        i32.add
                        i32.load8_u
                        i32.store8
                        local.get 0
                        i32.const -1
                        i32.add
                        local.set 0
                        local.get 7
                        local.get 3
                        i32.const 1
                        i32.add
                        local.tee 3
                        i32.ne
                        br_if 0
                      end
                      local.get 5
                      local.get 3
                      i32.add
                      local.set 5
                      local.get 2
                      local.get 3
                      i32.sub
                      local.set 2
                    end
                    block
                      local.get 4
                      i32.const 3
                      i32.lt_u
                      br_if 0
                      i32.const 0
                      local.set 0
                      i32.const 0
                      local.get 2
                      i32.sub
                      local.set 4
                      local.get 2
                      local.get 1
                      i32.const 6
                      i32.add
                      i32.add
                      i32.const -4
                      i32.add
                      local.set 3
                      loop
                        local.get 5
                        local.get 0
                        i32.add
                        local.tee 2
                        i32.const 1056
                        i32.add
                        local.get 3
                        i32.const 3
                        i32.add
                        i32.load8_u
                        i32.store8
                        local.get 2
                        i32.const 1057
                        i32.add
                        local.get 3
                        i32.const 2
                        i32.add
                        i32.load8_u
                        i32.store8
                        local.get 2
                        i32.const 1058
                        i32.add
                        local.get 3
                        i32.const 1
                        i32.add
                        i32.load8_u
                        i32.store8
                        local.get 2
                        i32.const 1059
                        i32.add
                        local.get 3
                        i32.load8_u
                        i32.store8
                        local.get 3
                        i32.const -4
                        i32.add
                        local.set 3
                        local.get 4
                        local.get 0
                        i32.const 4
                        i32.add
                        local.tee 0
                        i32.add
                        br_if 0
                      end
                      local.get 5
                      local.get 0
                      i32.add
                      local.set 5
                    end
                    i32.const 0
                    local.get 5
                    i32.store offset=1040
                    br 7
                  end
                  i32.const 0
                  local.set 2
                  i32.const 0
                  i32.load offset=1040
                  local.tee 8
                  i32.const 1056
                  i32.add
                  i32.const 45
                  i32.store8
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
                  local.tee 9
                  i32.const 65535
                  i32.and
                  local.set 3
                  local.get 8
                  i32.const 1
                  i32.add
                  local.set 10
                  i32.const 1
                  local.set 0
                  loop
                    local.get 1
                    i32.const 6
                    i32.add
                    local.get 2
                    local.tee 4
                    i32.add
                    local.get 3
                    local.get 3
                    i32.const 10
                    i32.div_u
                    local.tee 5
                    i32.const 10
                    i32.mul
                    i32.sub
                    i32.const 48
                    i32.or
                    i32.store8
                    local.get 0
                    local.tee 6
                    i32.const 1
                    i32.add
                    local.set 0
                    local.get 4
                    i32.const 1
                    i32.add
                    local.set 2
                    local.get 3
                    i32.const 9
                    i32.gt_u
                    local.set 7
                    local.get 5
                    local.set 3
                    local.get 7
                    br_if 0
                  end
                  block
                    block
                      local.get 2
                      i32.const 3
                      i32.and
                      br_if 0
                      br 1
                    end
                    local.get 6
                    i32.const 3
                    i32.and
                    local.set 5
                    local.get 1
                    i32.const 6
                    i32.add
                    i32.const -1
                    i32.add
                    local.set 0
                    i32.const 0
                    local.set 3
                    loop
                      local.get 8
                      local.get 3
                      i32.add
                      i32.const 1057
                      i32.add
                      local.get 0
                      local.get 2
                      i32.add
                      i32.load8_u
                      i32.store8
                      local.get 0
                      i32.const -1
                      i32.add
                      local.set 0
                      local.get 5
                      local.get 3
                      i32.const 1
                      i32.add
                      local.tee 3
                      i32.ne
                      br_if 0
                    end
                    local.get 2
                    local.get 3
                    i32.sub
                    local.set 2
                    local.get 8
                    local.get 3
                    i32.add
                    local.tee 6
                    i32.const 1
                    i32.add
                    local.set 10
                  end
                  block
                    local.get 4
                    i32.const 3
                    i32.lt_u
                    br_if 0
                    i32.const 0
                    local.set 0
                    i32.const 0
                    local.get 2
                    i32.sub
                    local.set 4
                    local.get 2
                    local.get 1
                    i32.const 6
                    i32.add
                    i32.add
                    i32.const -4
                    i32.add
                    local.set 3
                    loop
                      local.get 10
                      local.get 0
                      i32.add
                      local.tee 2
                      i32.const 1056
                      i32.add
                      local.get 3
                      i32.const 3
                      i32.add
                      i32.load8_u
                      i32.store8
                      local.get 2
                      i32.const 1057
                      i32.add
                      local.get 3
                      i32.const 2
                      i32.add
                      i32.load8_u
                      i32.store8
                      local.get 2
                      i32.const 1058
                      i32.add
                      local.get 3
                      i32.const 1
                      i32.add
                      i32.load8_u
                      i32.store8
                      local.get 2
                      i32.const 1059
                      i32.add
                      local.get 3
                      i32.load8_u
                      i32.store8
                      local.get 3
                      i32.const -4
                      i32.add
                      local.set 3
                      local.get 4
                      local.get 0
                      i32.const 4
                      i32.add
                      local.tee 0
                      i32.add
                      br_if 0
                    end
                    local.get 10
                    local.get 0
                    i32.add
                    local.tee 10
                    i32.const -1
                    i32.add
                    local.set 6
                  end
                  local.get 10
                  i32.const 1056
                  i32.add
                  i32.const 46
                  i32.store8
                  i32.const 0
                  local.set 2
                  i32.const 0
                  local.get 9
                  i32.const 13
                  i32.shl
                  local.get 9
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
                  i32.store offset=263208
                  local.get 3
                  i32.const 1023
                  i32.and
                  local.set 3
                  local.get 6
                  i32.const 2
                  i32.add
                  local.set 8
                  i32.const 1
                  local.set 0
                  loop
                    local.get 1
                    i32.const 6
                    i32.add
                    local.get 2
                    i32.add
                    local.get 3
                    local.get 3
                    i32.const 10
                    i32.div_u
                    local.tee 4
                    i32.const 10
                    i32.mul
                    i32.sub
                    i32.const 48
                    i32.or
                    i32.store8
                    local.get 0
                    local.tee 7
                    i32.const 1
                    i32.add
                    local.set 0
                    local.get 2
                    i32.const 1
                    i32.add
                    local.set 2
                    local.get 3
                    i32.const 9
                    i32.gt_u
                    local.set 5
                    local.get 4
                    local.set 3
                    local.get 5
                    br_if 0
                  end
                  local.get 2
                  i32.const -1
                  i32.add
                  local.set 10
                  block
                    block
                      local.get 2
                      i32.const 3
                      i32.and
                      br_if 0
                      br 1
                    end
                    i32.const 0
                    local.set 3
                    i32.const 0
                    local.get 7
                    i32.const 3
                    i32.and
                    i32.sub
                    local.set 4
                    local.get 1
                    i32.const 6
                    i32.add
                    local.get 2
                    i32.add
                    local.set 5
                    i32.const 1058
                    local.set 0
                    loop
                      local.get 0
                      local.get 6
                      i32.add
                      local.get 5
                      local.get 3
                      i32.add
                      i32.const -1
                      i32.add
                      i32.load8_u
                      i32.store8
                      local.get 0
                      i32.const 1
                      i32.add
                      local.set 0
                      local.get 4
                      local.get 3
                      i32.const -1
                      i32.add
                      local.tee 3
                      i32.ne
                      br_if 0
                    end
                    local.get 2
                    local.get 3
                    i32.add
                    local.set 2
                    local.get 6
                    local.get 3
                    i32.sub
                    local.tee 3
                    i32.const 2
                    i32.add
                    local.set 8
                    local.get 3
                    i32.const 1
                    i32.add
                    local.set 3
                  end
                  block
                    local.get 10
                    i32.const 3
                    i32.lt_u
                    br_if 0
                    i32.const 0
                    local.set 0
                    i32.const 0
                    local.get 2
                    i32.sub
                    local.set 4
                    local.get 2
                    local.get 1
                    i32.const 6
                    i32.add
                    i32.add
                    i32.const -4
                    i32.add
                    local.set 3
                    loop
                      local.get 8
                      local.get 0
                      i32.add
                      local.tee 2
                      i32.const 1056
                      i32.add
                      local.get 3
                      i32.const 3
                      i32.add
                      i32.load8_u
                      i32.store8
                      local.get 2
                      i32.const 1057
                      i32.add
                      local.get 3
                      i32.const 2
                      i32.add
                      i32.load8_u
                      i32.store8
                      local.get 2
                      i32.const 1058
                      i32.add
                      local.get 3
                      i32.const 1
                      i32.add
                      i32.load8_u
                      i32.store8
                      local.get 2
                      i32.const 1059
                      i32.add
                      local.get 3
                      i32.load8_u
                      i32.store8
                      local.get 3
                      i32.const -4
                      i32.add
                      local.set 3
                      local.get 4
                      local.get 0
                      i32.const 4
                      i32.add
                      local.tee 0
                      i32.add
                      br_if 0
                    end
                    local.get 8
                    local.get 0
                    i32.add
                    local.tee 8
                    i32.const -1
                    i32.add
                    local.set 3
                  end
                  local.get 8
                  i32.const 1056
                  i32.add
                  i32.const 101
                  i32.store8
                  i32.const 0
                  local.get 3
                  i32.const 4
                  i32.add
                  i32.store offset=1040
                  local.get 3
                  i32.const 1059
                  i32.add
                  i32.const 51
                  i32.store8
                  local.get 3
                  i32.const 1058
                  i32.add
                  i32.const 45
                  i32.store8
                  br 6
                end
                i32.const 0
                i32.load offset=1040
                local.tee 7
                i32.const 1056
                i32.add
                i32.const 34
                i32.store8
                local.get 7
                i32.const 1057
                i32.add
                i32.const 115
                i32.store8
                local.get 7
                i32.const 1058
                i32.add
                i32.const 111
                i32.store8
                local.get 7
                i32.const 1059
                i32.add
                i32.const 109
                i32.store8
                local.get 7
                i32.const 1060
                i32.add
                i32.const 101
                i32.store8
                local.get 7
                i32.const 1061
                i32.add
                i32.const 32
                i32.store8
                local.get 7
                i32.const 1062
                i32.add
                i32.const 92
                i32.store8
                local.get 7
                i32.const 1063
                i32.add
                i32.const 34
                i32.store8
                local.get 7
                i32.const 1064
                i32.add
                i32.const 116
                i32.store8
                local.get 7
                i32.const 1065
                i32.add
                i32.const 101
                i32.store8
                local.get 7
                i32.const 1066
                i32.add
                i32.const 120
                i32.store8
                local.get 7
                i32.const 1067
                i32.add
                i32.const 116
                i32.store8
                local.get 7
                i32.const 1068
                i32.add
                i32.const 92
                i32.store8
                local.get 7
                i32.const 1069
                i32.add
                i32.const 34
                i32.store8
                local.get 7
                i32.const 1070
                i32.add
                i32.const 32
                i32.store8
                local.get 7
                i32.const 1071
                i32.add
                i32.const 92
                i32.store8
                local.get 7
                i32.const 1072
                i32.add
                i32.const 117
                i32.store8
                local.get 7
                i32.const 1073
                i32.add
                i32.const 48
                i32.store8
                local.get 7
                i32.const 1075
                i32.add
                i32.const 52
                i32.store8
                local.get 7
                i32.const 1074
                i32.add
                i32.const 48
                i32.store8
                local.get 7
                i32.const 1076
                i32.add
                i32.const 49
                i32.store8
                local.get 7
                i32.const 1077
                i32.add
                i32.const 92
                i32.store8
                local.get 7
                i32.const 1078
                i32.add
                i32.const 110
                i32.store8
                i32.const 0
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
                local.tee 3
                i32.store offset=263208
                local.get 7
                i32.const 23
                i32.add
                local.set 8
                i32.const 1
                local.set 0
                loop
                  local.get 1
                  i32.const 6
                  i32.add
                  local.get 2
                  i32.add
                  local.get 3
                  local.get 3
                  i32.const 10
                  i32.div_u
                  local.tee 4
                  i32.const 10
                  i32.mul
                  i32.sub
                  i32.const 48
                  i32.or
                  i32.store8
                  local.get 0
                  local.tee 6
                  i32.const 1
                  i32.add
                  local.set 0
                  local.get 2
                  i32.const 1
                  i32.add
                  local.set 2
                  local.get 3
                  i32.const 9
                  i32.gt_u
                  local.set 5
                  local.get 4
                  local.set 3
                  local.get 5
                  br_if 0
                end
                local.get 2
                i32.const -1
                i32.add
                local.set 10
                block
                  block
                    local.get 2
                    i32.const 3
                    i32.and
                    br_if 0
                    br 1
                  end
                  i32.const 0
                  local.set 3
                  i32.const 0
                  local.get 6
                  i32.const 3
                  i32.and
                  i32.sub
                  local.set 4
                  local.get 1
                  i32.const 6
                  i32.add
                  local.get 2
                  i32.add
                  local.set 5
                  i32.const 1079
                  local.set 0
                  loop
                    local.get 0
                    local.get 7
                    i32.add
                    local.get 5
                    local.get 3
                    i32.add
                    i32.const -1
                    i32.add
                    i32.load8_u
                    i32.store8
                    local.get 0
                    i32.const 1
                    i32.add
                    local.set 0
                    local.get 4
                    local.get 3
                    i32.const -1
                    i32.add
                    local.tee 3
                    i32.ne
                    br_if 0
                  end
                  local.get 2
                  local.get 3
                  i32.add
                  local.set 2
                  local.get 7
                  local.get 3
                  i32.sub
                  local.tee 3
                  i32.const 23
                  i32.add
                  local.set 8
                  local.get 3
                  i32.const 22
                  i32.add
                  local.set 3
                end
                block
                  local.get 10
                  i32.const 3
                  i32.lt_u
                  br_if 0
                  i32.const 0
                  local.set 0
                  i32.const 0
                  local.get 2
                  i32.sub
                  local.set 4
                  local.get 2
                  local.get 1
                  i32.const 6
                  i32.add
                  i32.add
                  i32.const -4
                  i32.add
                  local.set 3
                  loop
                    local.get 8
                    local.get 0
                    i32.add
                    local.tee 2
                    i32.const 1056
                    i32.add
                    local.get 3
                    i32.const 3
                    i32.add
                    i32.load8_u
                    i32.store8
                    local.get 2
                    i32.const 1057
                    i32.add
                    local.get 3
                    i32.const 2
                    i32.add
                    i32.load8_u
                    i32.store8
                    local.get 2
                    i32.const 1058
                    i32.add
                    local.get 3
                    i32.const 1
                    i32.add
                    i32.load8_u
                    i32.store8
                    local.get 2
                    i32.const 1059
                    i32.add
                    local.get 3
                    i32.load8_u
                    i32.store8
                    local.get 3
                    i32.const -4
                    i32.add
                    local.set 3
                    local.get 4
                    local.get 0
                    i32.const 4
                    i32.add
                    local.tee 0
                    i32.add
                    br_if 0
                  end
                  local.get 8
                  local.get 0
                  i32.add
                  local.tee 8
                  i32.const -1
                  i32.add
                  local.set 3
                end
                i32.const 0
                local.get 3
                i32.const 2
                i32.add
                i32.store offset=1040
                local.get 8
                i32.const 1056
                i32.add
                i32.const 34
                i32.store8
                br 5
              end
              i32.const 0
              i32.load offset=1040
              local.tee 2
              i32.const 1056
              i32.add
              i32.const 123
              i32.store8
              local.get 2
              i32.const 1057
              i32.add
              i32.const 32
              i32.store8
              i32.const 0
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
              local.tee 3
              i32.store offset=263208
              local.get 3
              i32.const 6
              i32.rem_u
              i32.const 1
              i32.add
              local.set 10
              local.get 0
              i32.const 1
              i32.add
              local.set 11
              local.get 2
              i32.const 2
              i32.add
              local.set 6
              local.get 1
              i32.const 6
              i32.add
              i32.const -4
              i32.add
              local.set 12
              local.get 1
              i32.const 6
              i32.add
              i32.const -1
              i32.add
              local.set 13
              loop
                local.get 6
                i32.const 1057
                i32.add
                i32.const 107
                i32.store8
                local.get 6
                i32.const 1056
                i32.add
                i32.const 34
                i32.store8
                local.get 6
                i32.const 1058
                i32.add
                i32.const 101
                i32.store8
                local.get 6
                i32.const 1059
                i32.add
                i32.const 121
                i32.store8
                local.get 6
                i32.const 4
                i32.add
                local.set 8
                i32.const 0
                local.set 2
                i32.const 1
                local.set 0
                local.get 10
                local.set 3
                loop
                  local.get 1
                  i32.const 6
                  i32.add
                  local.get 2
                  i32.add
                  local.get 3
                  local.get 3
                  i32.const 10
                  i32.div_u
                  local.tee 4
                  i32.const 10
                  i32.mul
                  i32.sub
                  i32.const 48
                  i32.or
                  i32.store8
                  local.get 0
                  local.tee 7
                  i32.const 1
                  i32.add
                  local.set 0
                  local.get 2
                  i32.const 1
                  i32.add
                  local.set 2
                  local.get 3
                  i32.const 9
                  i32.gt_u
                  local.set 5
                  local.get 4
                  local.set 3
                  local.get 5
                  br_if 0
                end
                local.get 2
                i32.const -1
                i32.add
                local.set 9
                block
                  block
                    local.get 2
                    i32.const 3
                    i32.and
                    br_if 0
                    br 1
                  end
                  local.get 13
                  local.get 2
                  i32.add
                  local.set 4
                  i32.const 0
                  local.set 3
                  i32.const 0
                  local.get 7
                  i32.const 3
                  i32.and
                  i32.sub
                  local.set 5
                  i32.const 1060
                  local.set 0
                  loop
                    local.get 0
                    local.get 6
                    i32.add
                    local.get 4
                    local.get 3
                    i32.add
                    i32.load8_u
                    i32.store8
                    local.get 0
                    i32.const 1
                    i32.add
                    local.set 0
                    local.get 5
                    local.get 3
                    i32.const -1
                    i32.add
                    local.tee 3
                    i32.ne
                    br_if 0
                  end
                  local.get 2
                  local.get 3
                  i32.add
                  local.set 2
                  local.get 6
                  local.get 3
                  i32.sub
                  local.tee 3
                  i32.const 4
                  i32.add
                  local.set 8
                  local.get 3
                  i32.const 3
                  i32.add
                  local.set 3
                end
                block
                  local.get 9
                  i32.const 3
                  i32.lt_u
                  br_if 0
                  local.get 12
                  local.get 2
                  i32.add
                  local.set 3
                  i32.const 0
                  local.set 0
                  i32.const 0
                  local.get 2
                  i32.sub
                  local.set 4
                  loop
                    local.get 8
                    local.get 0
                    i32.add
                    local.tee 2
                    i32.const 1056
                    i32.add
                    local.get 3
                    i32.const 3
                    i32.add
                    i32.load8_u
                    i32.store8
                    local.get 2
                    i32.const 1057
                    i32.add
                    local.get 3
                    i32.const 2
                    i32.add
                    i32.load8_u
                    i32.store8
                    local.get 2
                    i32.const 1058
                    i32.add
                    local.get 3
                    i32.const 1
                    i32.add
                    i32.load8_u
                    i32.store8
                    local.get 2
                    i32.const 1059
                    i32.add
                    local.get 3
                    i32.load8_u
                    i32.store8
                    local.get 3
                    i32.const -4
                    i32.add
                    local.set 3
                    local.get 4
                    local.get 0
                    i32.const 4
                    i32.add
                    local.tee 0
                    i32.add
                    br_if 0
                  end
                  local.get 8
                  local.get 0
                  i32.add
                  local.tee 8
                  i32.const -1
                  i32.add
                  local.set 3
                end
                local.get 8
                i32.const 1056
                i32.add
                i32.const 34
                i32.store8
                i32.const 0
                local.get 3
                i32.const 5
                i32.add
                i32.store offset=1040
                local.get 3
                i32.const 1059
                i32.add
                i32.const 58
                i32.store8
                local.get 3
                i32.const 1058
                i32.add
                i32.const 32
                i32.store8
                local.get 3
                i32.const 1060
                i32.add
                i32.const 32
                i32.store8
                local.get 11
                call $write
                i32.const 0
                i32.load offset=1040
                local.set 3
                local.get 10
                i32.const 1
                i32.eq
                br_if 4
                local.get 3
                i32.const 1056
                i32.add
                i32.const 2604
                i32.store16 align=1
                i32.const 0
                local.get 3
                i32.const 2
                i32.add
                local.tee 6
                i32.store offset=1040
                local.get 10
                i32.const -1
                i32.add
                local.set 10
                br 0
              end
            end
            i32.const 0
            i32.load offset=1040
            local.tee 2
            i32.const 1056
            i32.add
            i32.const 91
            i32.store8
            i32.const 0
            local.get 2
            i32.const 1
            i32.add
            i32.store offset=1040
            i32.const 0
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
            local.tee 5
            i32.store offset=263208
            local.get 0
            i32.const 1
            i32.add
            local.tee 4
            call $write
            i32.const 0
            i32.load offset=1040
            local.tee 3
            i32.const 1
            i32.add
            local.set 2
            local.get 5
            i32.const 6
            i32.rem_u
            local.tee 0
            i32.eqz
            br_if 1
            loop
              local.get 3
              i32.const 1056
              i32.add
              i32.const 44
              i32.store8
              i32.const 0
              local.get 3
              i32.const 2
              i32.add
              i32.store offset=1040
              local.get 2
              i32.const 1056
              i32.add
              i32.const 32
              i32.store8
              local.get 4
              call $write
              i32.const 0
              i32.load offset=1040
              local.tee 3
              i32.const 1
              i32.add
              local.set 2
              local.get 0
              i32.const -1
              i32.add
              local.tee 0
              br_if 0
              br 2
            end
          end
          i32.const 0
          i32.load offset=1040
          local.tee 3
          i32.const 1056
          i32.add
          i32.const 110
          i32.store8
          local.get 3
          i32.const 1057
          i32.add
          i32.const 117
          i32.store8
          local.get 3
          i32.const 1058
          i32.add
          i32.const 108
          i32.store8
          local.get 3
          i32.const 1059
          i32.add
          i32.const 108
          i32.store8
          i32.const 0
          local.get 3
          i32.const 4
          i32.add
          i32.store offset=1040
          br 2
        end
        i32.const 0
        local.get 2
        i32.store offset=1040
        local.get 3
        i32.const 1056
        i32.add
        i32.const 93
        i32.store8
        br 1
      end
      i32.const 0
      local.get 3
      i32.const 1
      i32.add
      i32.store offset=1040
      local.get 3
      i32.const 1056
      i32.add
      i32.const 125
      i32.store8
    end
    local.get 1
    i32.const 16
    i32.add
    global.set $__stack_pointer
  )
  (func $value (type 2) (result i32)
    (local i32 i32 i32 i32 i32 f64 i32 f64 i64)
    i32.const 0
    i32.load offset=263204
    local.set 0
    block
      loop
        local.get 0
        i32.const 1056
        i32.add
        i32.load8_u
        local.tee 1
        i32.const -9
        i32.add
        local.tee 2
        i32.const 25
        i32.gt_u
        br_if 1
        block
          i32.const 1
          local.get 2
          i32.shl
          i32.const 8388627
          i32.and
          br_if 0
          local.get 2
          i32.const 25
          i32.ne
          br_if 2
          call $string
          return
        end
        i32.const 0
        local.get 0
        i32.const 1
        i32.add
        local.tee 0
        i32.store offset=263204
        br 0
      end
    end
    block
      block
        block
          block
            block
              block
                block
                  block
                    local.get 1
                    i32.const -91
                    i32.add
                    br_table 0 2 2 2 2 2 2 2 2 2 2 3 2 2 2 2 2 2 2 5 2 2 2 2 2 4 2 2 2 2 2 2 1 2
                  end
                  i32.const 0
                  local.set 3
                  loop
                    i32.const 0
                    local.get 0
                    i32.const 1
                    i32.add
                    i32.store offset=263204
                    call $value
                    i32.eqz
                    br_if 7
                    i32.const 0
                    i32.load offset=263204
                    local.set 0
                    block
                      loop
                        block
                          local.get 0
                          i32.const 1056
                          i32.add
                          i32.load8_u
                          local.tee 2
                          i32.const -9
                          i32.add
                          br_table 0 0 2 2 0 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 0 2 2 2 2 2 2 2 2 2 2 2 3 2
                        end
                        i32.const 0
                        local.get 0
                        i32.const 1
                        i32.add
                        local.tee 0
                        i32.store offset=263204
                        br 0
                      end
                    end
                  end
                  i32.const 0
                  local.get 0
                  i32.const 1
                  i32.add
                  i32.store offset=263204
                  local.get 2
                  i32.const 93
                  i32.eq
                  return
                end
                loop
                  local.get 0
                  i32.const 1057
                  i32.add
                  local.set 2
                  local.get 0
                  i32.const 1
                  i32.add
                  local.set 0
                  block
                    local.get 2
                    i32.load8_u
                    local.tee 1
                    i32.const -9
                    i32.add
                    local.tee 2
                    i32.const 23
                    i32.gt_u
                    br_if 0
                    i32.const 1
                    local.get 2
                    i32.shl
                    i32.const 8388627
                    i32.and
                    br_if 1
                  end
                  i32.const 0
                  local.set 3
                  i32.const 0
                  local.get 0
                  i32.store offset=263204
                  local.get 1
                  i32.const 34
                  i32.ne
                  br_if 6
                  call $string
                  i32.eqz
                  br_if 6
                  i32.const 0
                  i32.load offset=263204
                  local.set 0
                  block
                    loop
                      local.get 0
                      i32.const 1056
                      i32.add
                      i32.load8_u
                      local.tee 1
                      i32.const -9
                      i32.add
                      local.tee 2
                      i32.const 23
                      i32.gt_u
                      br_if 1
                      i32.const 1
                      local.get 2
                      i32.shl
                      i32.const 8388627
                      i32.and
                      i32.eqz
                      br_if 1
                      i32.const 0
                      local.get 0
                      i32.const 1
                      i32.add
                      local.tee 0
                      i32.store offset=263204
                      br 0
                    end
                  end
                  i32.const 0
                  local.set 3
                  i32.const 0
                  local.get 0
                  i32.const 1
                  i32.add
                  i32.store offset=263204
                  local.get 1
                  i32.const 58
                  i32.ne
                  br_if 6
                  call $value
                  i32.eqz
                  br_if 6
                  i32.const 0
                  i32.load offset=263204
                  local.set 0
                  block
                    loop
                      block
                        local.get 0
                        i32.const 1056
                        i32.add
                        i32.load8_u
                        local.tee 2
                        i32.const -9
                        i32.add
                        br_table 0 0 2 2 0 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 2 0 2 2 2 2 2 2 2 2 2 2 2 3 2
                      end
                      i32.const 0
                      local.get 0
                      i32.const 1
                      i32.add
                      local.tee 0
                      i32.store offset=263204
                      br 0
                    end
                  end
                end
                i32.const 0
                local.get 0
                i32.const 1
                i32.add
                i32.store offset=263204
                local.get 2
                i32.const 125
                i32.eq
                return
              end
              i32.const 0
              local.set 3
              i32.const 0
              local.get 1
              i32.const 45
              i32.eq
              local.tee 4
              local.get 0
              i32.add
              local.tee 2
              i32.store offset=263204
              local.get 2
              i32.const 1056
              i32.add
              i32.load8_u
              local.tee 2
              i32.const -58
              i32.add
              i32.const 255
              i32.and
              i32.const 246
              i32.lt_u
              br_if 4
              local.get 0
              i32.const 1
              i32.add
              local.set 0
              f64.const 0
              local.set 5
              loop
                local.get 5
                f64.const 10
                f64.mul
                local.get 2
                i32.const 255
                i32.and
                i32.const -48
                i32.add
                f64.convert_i32_s
                f64.add
                local.set 5
                local.get 4
                local.get 0
                i32.add
                local.set 2
                local.get 0
                i32.const 1
                i32.add
                local.tee 3
                local.set 0
                local.get 2
                i32.const 1056
                i32.add
                i32.load8_u
                local.tee 2
                i32.const -48
                i32.add
                i32.const 255
                i32.and
                i32.const 10
                i32.lt_u
                br_if 0
              end
              i32.const 0
              local.get 4
              local.get 3
              i32.add
              local.tee 0
              i32.const -1
              i32.add
              local.tee 6
              i32.store offset=263204
              f64.const 1
              local.set 7
              block
                block
                  local.get 2
                  i32.const 255
                  i32.and
                  i32.const 46
                  i32.eq
                  br_if 0
                  local.get 6
                  local.set 0
                  br 1
                end
                i32.const 0
                local.get 0
                i32.store offset=263204
                local.get 0
                i32.const 1056
                i32.add
                i32.load8_u
                local.tee 2
                i32.const -48
                i32.add
                i32.const 255
                i32.and
                i32.const 9
                i32.gt_u
                br_if 0
                local.get 4
                local.get 3
                i32.add
                local.set 3
                f64.const 1
                local.set 7
                i32.const 0
                local.set 0
                loop
                  local.get 5
                  f64.const 10
                  f64.mul
                  local.get 2
                  i32.const 255
                  i32.and
                  i32.const -48
                  i32.add
                  f64.convert_i32_s
                  f64.add
                  local.set 5
                  local.get 7
                  f64.const 10
                  f64.mul
                  local.set 7
                  local.get 3
                  local.get 0
                  i32.add
                  local.set 2
                  local.get 0
                  i32.const 1
                  i32.add
                  local.tee 4
                  local.set 0
                  local.get 2
                  i32.const 1057
                  i32.add
                  i32.load8_u
                  local.tee 2
                  i32.const -48
                  i32.add
                  i32.const 255
                  i32.and
                  i32.const 10
                  i32.lt_u
                  br_if 0
                end
                i32.const 0
                local.get 3
                local.get 4
                i32.add
                local.tee 0
                i32.store offset=263204
              end
              block
                local.get 2
                i32.const 223
                i32.and
                i32.const 69
                i32.ne
                br_if 0
                i32.const 0
                local.get 0
                i32.const 1
                i32.add
                local.tee 2
                i32.store offset=263204
                local.get 0
                i32.const 1057
                i32.add
                i32.load8_u
                local.tee 6
                local.set 3
                block
                  local.get 6
                  i32.const 45
                  i32.ne
                  br_if 0
                  i32.const 0
                  local.get 0
                  i32.const 2
                  i32.add
                  local.tee 2
                  i32.store offset=263204
                  local.get 0
                  i32.const 1058
                  i32.add
                  i32.load8_u
                  local.set 3
                end
                local.get 3
                i32.const -48
                i32.add
                i32.const 255
                i32.and
                i32.const 9
                i32.gt_u
                br_if 0
                i32.const 0
                local.set 0
                loop
                  local.get 3
                  i32.const 255
                  i32.and
                  local.get 0
                  i32.const 10
                  i32.mul
                  i32.add
                  i32.const -48
                  i32.add
                  local.set 0
                  local.get 2
                  i32.const 1057
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
                  i32.const -48
                  i32.add
                  i32.const 255
                  i32.and
                  i32.const 10
                  i32.lt_u
                  br_if 0
                end
                i32.const 0
                local.get 4
                i32.store offset=263204
                local.get 0
                i32.eqz
                br_if 0
                local.get 0
                i32.const -1
                i32.add
                local.set 4
                block
                  local.get 0
                  i32.const 3
                  i32.and
                  local.tee 2
                  i32.eqz
                  br_if 0
                  local.get 6
                  i32.const 45
                  i32.eq
                  local.set 3
                  loop
                    local.get 7
                    f64.const 10
                    f64.mul
                    local.get 7
                    local.get 3
                    select
                    local.set 7
                    local.get 5
                    local.get 5
                    f64.const 10
                    f64.mul
                    local.get 3
                    select
                    local.set 5
                    local.get 0
                    i32.const -1
                    i32.add
                    local.set 0
                    local.get 2
                    i32.const -1
                    i32.add
                    local.tee 2
                    br_if 0
                  end
                end
                local.get 4
                i32.const 3
                i32.lt_u
                br_if 0
                local.get 6
                i32.const 45
                i32.eq
                local.set 2
                loop
                  local.get 7
                  f64.const 10
                  f64.mul
                  f64.const 10
                  f64.mul
                  f64.const 10
                  f64.mul
                  f64.const 10
                  f64.mul
                  local.get 7
                  local.get 2
                  select
                  local.set 7
                  local.get 5
                  local.get 5
                  f64.const 10
                  f64.mul
                  f64.const 10
                  f64.mul
                  f64.const 10
                  f64.mul
                  f64.const 10
                  f64.mul
                  local.get 2
                  select
                  local.set 5
                  local.get 0
                  i32.const -4
                  i32.add
                  local.tee 0
                  br_if 0
                end
              end
              i32.const 0
              i32.const 0
              i32.load offset=263200
              local.get 5
              local.get 7
              f64.div
              local.tee 5
              f64.neg
              local.get 5
              local.get 1
              i32.const 45
              i32.eq
              select
              i64.reinterpret_f64
              local.tee 8
              i64.const 32
              i64.shr_u
              local.get 8
              i64.xor
              i32.wrap_i64
              i32.xor
              i32.const 16777619
              i32.mul
              i32.store offset=263200
              br 3
            end
            block
              block
                block
                  local.get 0
                  i32.const 1057
                  i32.add
                  i32.load8_u
                  i32.const 97
                  i32.eq
                  br_if 0
                  local.get 0
                  i32.const 2
                  i32.add
                  local.set 0
                  br 1
                end
                block
                  local.get 0
                  i32.const 1058
                  i32.add
                  i32.load8_u
                  i32.const 108
                  i32.eq
                  br_if 0
                  local.get 0
                  i32.const 3
                  i32.add
                  local.set 0
                  br 1
                end
                block
                  local.get 0
                  i32.const 1059
                  i32.add
                  i32.load8_u
                  i32.const 115
                  i32.eq
                  br_if 0
                  local.get 0
                  i32.const 4
                  i32.add
                  local.set 0
                  br 1
                end
                local.get 0
                i32.const 1060
                i32.add
                i32.load8_u
                i32.const 101
                i32.eq
                br_if 1
                local.get 0
                i32.const 5
                i32.add
                local.set 0
              end
              i32.const 0
              local.get 0
              i32.store offset=263204
              i32.const 0
              return
            end
            i32.const 0
            local.get 0
            i32.const 5
            i32.add
            i32.store offset=263204
            i32.const 0
            i32.const 0
            i32.load offset=263200
            i32.const 101
            i32.xor
            i32.const 16777619
            i32.mul
            i32.store offset=263200
            br 2
          end
          block
            block
              block
                local.get 0
                i32.const 1057
                i32.add
                i32.load8_u
                i32.const 114
                i32.eq
                br_if 0
                local.get 0
                i32.const 2
                i32.add
                local.set 0
                br 1
              end
              block
                local.get 0
                i32.const 1058
                i32.add
                i32.load8_u
                i32.const 117
                i32.eq
                br_if 0
                local.get 0
                i32.const 3
                i32.add
                local.set 0
                br 1
              end
              local.get 0
              i32.const 1059
              i32.add
              i32.load8_u
              i32.const 101
              i32.eq
              br_if 1
              local.get 0
              i32.const 4
              i32.add
              local.set 0
            end
            i32.const 0
            local.get 0
            i32.store offset=263204
            i32.const 0
            return
          end
          i32.const 0
          local.get 0
          i32.const 4
          i32.add
          i32.store offset=263204
          i32.const 0
          i32.const 0
          i32.load offset=263200
          i32.const 101
          i32.xor
          i32.const 16777619
          i32.mul
          i32.store offset=263200
          br 1
        end
        block
          block
            block
              local.get 0
              i32.const 1057
              i32.add
              i32.load8_u
              i32.const 117
              i32.eq
              br_if 0
              local.get 0
              i32.const 2
              i32.add
              local.set 0
              br 1
            end
            block
              local.get 0
              i32.const 1058
              i32.add
              i32.load8_u
              i32.const 108
              i32.eq
              br_if 0
              local.get 0
              i32.const 3
              i32.add
              local.set 0
              br 1
            end
            local.get 0
            i32.const 1059
            i32.add
            i32.load8_u
            i32.const 108
            i32.eq
            br_if 1
            local.get 0
            i32.const 4
            i32.add
            local.set 0
          end
          i32.const 0
          local.get 0
          i32.store offset=263204
          i32.const 0
          return
        end
        i32.const 0
        local.get 0
        i32.const 4
        i32.add
        i32.store offset=263204
        i32.const 0
        i32.const 0
        i32.load offset=263200
        i32.const 108
        i32.xor
        i32.const 16777619
        i32.mul
        i32.store offset=263200
      end
      i32.const 1
      local.set 3
    end
    local.get 3
  )
  (func $string (type 2) (result i32)
    (local i32 i32 i32 i32 i32)
    i32.const 0
    i32.load offset=263204
    local.tee 0
    i32.const 1
    i32.add
    local.set 1
    block
      block
        local.get 0
        i32.const 1057
        i32.add
        i32.load8_u
        local.tee 0
        i32.const 34
        i32.eq
        br_if 0
        i32.const 0
        i32.load offset=263200
        local.set 2
        loop
          local.get 1
          local.tee 3
          i32.const 1
          i32.add
          local.set 1
          i32.const 0
          local.set 4
          local.get 0
          i32.const 255
          i32.and
          local.tee 0
          i32.const 32
          i32.lt_u
          br_if 2
          block
            local.get 0
            i32.const 92
            i32.ne
            br_if 0
            local.get 3
            i32.const 2
            i32.add
            local.set 1
            block
              block
                block
                  block
                    local.get 3
                    i32.const 1057
                    i32.add
                    i32.load8_u
                    local.tee 0
                    i32.const -92
                    i32.add
                    br_table 4 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 7 2 7 7 7 7 7 3 1 0
                  end
                  local.get 0
                  i32.const -34
                  i32.add
                  br_table 3 6 6 6 6 6 6 6 6 6 6 6 6 3 6
                end
                local.get 3
                i32.const 1061
                i32.add
                i32.load8_u
                local.tee 1
                i32.const -48
                i32.add
                local.get 1
                i32.const 32
                i32.or
                i32.const -87
                i32.add
                local.get 1
                i32.const 58
                i32.lt_u
                select
                local.get 3
                i32.const 1060
                i32.add
                i32.load8_u
                local.tee 1
                i32.const 268435408
                i32.add
                local.get 1
                i32.const 32
                i32.or
                i32.const 268435369
                i32.add
                local.get 1
                i32.const 58
                i32.lt_u
                select
                local.get 3
                i32.const 1058
                i32.add
                i32.load8_u
                local.tee 1
                i32.const 1048528
                i32.add
                local.get 1
                i32.const 32
                i32.or
                i32.const 1048489
                i32.add
                local.get 1
                i32.const 58
                i32.lt_u
                select
                i32.const 8
                i32.shl
                local.get 3
                i32.const 1059
                i32.add
                i32.load8_u
                local.tee 1
                i32.const 16777168
                i32.add
                local.get 1
                i32.const 32
                i32.or
                i32.const 16777129
                i32.add
                local.get 1
                i32.const 58
                i32.lt_u
                select
                i32.const 4
                i32.shl
                i32.or
                i32.or
                i32.const 4
                i32.shl
                i32.or
                local.set 0
                local.get 3
                i32.const 6
                i32.add
                local.set 1
                br 2
              end
              i32.const 10
              local.set 0
              br 1
            end
            i32.const 9
            local.set 0
          end
          i32.const 0
          local.get 2
          local.get 0
          i32.xor
          i32.const 16777619
          i32.mul
          local.tee 2
          i32.store offset=263200
          local.get 1
          i32.const 1056
          i32.add
          i32.load8_u
          local.tee 0
          i32.const 34
          i32.ne
          br_if 0
        end
      end
      local.get 1
      i32.const 1
      i32.add
      local.set 1
      i32.const 1
      local.set 4
    end
    i32.const 0
    local.get 1
    i32.store offset=263204
    local.get 4
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 5)
  (global $__stack_pointer (mut i32) (i32.const 279600))
  (export "memory" (memory 0))
  (export "run" (func $run))
  (data $.rodata (offset (i32.const 1024)) "true\00false\00")
)
