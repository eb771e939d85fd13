(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32)
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
      local.set 0
      i32.const 1
      local.set 1
      loop
        i32.const 1024
        local.get 0
        i32.const -2
        i32.add
        i32.const 7
        i32.and
        local.tee 2
        i32.const 1000
        i32.or
        call $interpret
        local.get 1
        i32.xor
        i32.const 16777619
        i32.mul
        i32.const 1120
        local.get 2
        i32.const 700
        i32.add
        call $interpret
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 1
        local.get 0
        i32.const -1
        i32.add
        local.tee 0
        i32.const 1
        i32.gt_u
        br_if 0
      end
    end
    local.get 1
  )
  (func $interpret (type 1) (param i32 i32) (result i32)
    (local i32 i32 i32 i32 i32 i32)
    global.get $__stack_pointer
    i32.const 64
    i32.sub
    local.tee 2
    i32.const 56
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 48
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 40
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 32
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 24
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i32.const 16
    i32.add
    i64.const 0
    i64.store
    local.get 2
    i64.const 0
    i64.store
    local.get 2
    i64.const 0
    i64.store offset=8
    local.get 2
    local.get 1
    i32.store
    local.get 0
    local.set 1
    block
      loop
        local.get 1
        i32.load8_u
        local.set 3
        local.get 1
        i32.load8_u offset=3
        local.set 4
        local.get 1
        i32.load8_u offset=2
        local.set 5
        local.get 1
        i32.load8_u offset=1
        local.set 6
        local.get 1
        i32.const 4
        i32.add
        local.tee 7
        local.set 1
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
                            block
                              block
                                block
                                  local.get 3
                                  br_table 14 0 1 2 3 4 5 6 7 8 9 10 11 12 13
                                end
                                local.get 2
                                local.get 6
                                i32.const 2
                                i32.shl
                                i32.add
                                local.get 5
                                i32.store
                                local.get 7
                                local.set 1
                                br 12
                              end
                              local.get 2
                              local.get 6
                              i32.const 2
                              i32.shl
                              i32.add
                              local.get 2
                              local.get 5
                              i32.const 2
                              i32.shl
                              i32.add
                              i32.load
                              i32.store
                              local.get 7
                              local.set 1
                              br 11
                            end
                            local.get 2
                            local.get 6
                            i32.const 2
                            i32.shl
                            i32.add
                            local.get 2
                            local.get 4
                            i32.const 2
                            i32.shl
                            i32.add
                            i32.load
                            local.get 2
                            local.get 5
                            i32.const 2
                            i32.shl
                            i32.add
                            i32.load
                            i32.add
                            i32.store
                            local.get 7
                            local.set 1
                            br 10
                          end
                          local.get 2
                          local.get 6
                          i32.const 2
                          i32.shl
                          i32.add
                          local.get 2
                          local.get 5
                          i32.const 2
                          i32.shl
                          i32.add
                          i32.load
                          local.get 2
                          local.get 4
                          i32.const 2
                          i32.shl
                          i32.add
                          i32.load
                          i32.sub
                          i32.store
                          local.get 7
                          local.set 1
                          br 9
                        end
                        local.get 2
                        local.get 6
                        i32.const 2
                        i32.shl
                        i32.add
                        local.get 2
                        local.get 4
                        i32.const 2
                        i32.shl
                        i32.add
                        i32.load
                        local.get 2
                        local.get 5
                        i32.const 2
                        i32.shl
                        i32.add
                        i32.load
                        i32.mul
                        i32.store
                        local.get 7
                        local.set 1
                        br 8
                      end
                      local.get 2
                      local.get 6
                      i32.const 2
                      i32.shl
                      i32.add
                      local.get 2
                      local.get 5
                      i32.const 2
                      i32.shl
                      i32.add
                      i32.load
                      local.get 2
                      local.get 4
                      i32.const 2
                      i32.shl
                      i32.add
                      i32.load
                      i32.rem_u
                      i32.store
                      local.get 7
                      local.set 1
                      br 7
                    end
                    local.get 2
                    local.get 6
                    i32.const 2
                    i32.shl
                    i32.add
                    local.get 2
                    local.get 5
                    i32.const 2
                    i32.shl
                    i32.add
                    i32.load
                    local.get 2
                    local.get 4
                    i32.const 2
                    i32.shl
                    i32.add
                    i32.load
                    i32.shr_u
                    i32.store
                    local.get 7
                    local.set 1
                    br 6
                  end
                  local.get 2
                  local.get 6
                  i32.const 2
                  i32.shl
                  i32.add
                  local.get 2
                  local.get 4
                  i32.const 2
                  i32.shl
                  i32.add
                  i32.load
                  local.get 2
                  local.get 5
                  i32.const 2
                  i32.shl
                  i32.add
                  i32.load
                  i32.and
                  i32.store
                  local.get 7
                  local.set 1
                  br 5
                end
                local.get 0
                local.get 4
                i32.const 2
                i32.shl
                i32.add
                local.set 1
                br 4
              end
              local.get 7
              local.set 1
              local.get 2
              local.get 6
              i32.const 2
              i32.shl
              i32.add
              i32.load
              br_if 3
              local.get 0
              local.get 4
              i32.const 2
              i32.shl
              i32.add
              local.set 1
              br 3
            end
            local.get 7
            local.set 1
            local.get 2
            local.get 6
            i32.const 2
            i32.shl
            i32.add
            i32.load
            local.get 2
            local.get 5
            i32.const 2
            i32.shl
            i32.add
            i32.load
            i32.ge_s
            br_if 2
            local.get 0
            local.get 4
            i32.const 2
            i32.shl
            i32.add
            local.set 1
            br 2
          end
          local.get 2
          local.get 5
          i32.const 2
          i32.shl
          i32.add
          i32.load
          i32.const 1023
          i32.and
          i32.const 2
          i32.shl
          i32.const 1200
          i32.add
          local.get 2
          local.get 6
          i32.const 2
          i32.shl
          i32.add
          i32.load
          i32.store
          local.get 7
          local.set 1
          br 1
        end
        local.get 2
        local.get 6
        i32.const 2
        i32.shl
        i32.add
        local.get 2
        local.get 5
        i32.const 2
        i32.shl
        i32.add
        i32.load
        i32.const 1023
        i32.and
        i32.const 2
        i32.shl
        i32.const 1200
        i32.add
        i32.load
        i32.store
        local.get 7
        local.set 1
        br 0
      end
    end
    local.get 2
    i32.load offset=28
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 21680))
  (export "memory" (memory 0))
  (export "run" (func $run))
  (data $.rodata (offset (i32.const 1024))
    "\01\01\01\00\01\07\00\00\01\08\01\00\01\t\03\00\0b\00\01\12\02\02\01\00\04\03\02\08\n\03\00\0f\08\03\02\08\n\03\00\r\05\02\02\t\03\02\02\08\03\07\07\08\07\02\02\08\t\00\00\13\03\01\01\08"
    "\t\00\00\04\00\00\00\00\00\00\00\00\03\07\07\08\t\00\00\06\00\00\00\00\00\00\00\00\00\00\00\00\01\01\02\00\01\07\00\00\01\08\01\00\01\06\00\00\0b\00\01\11\01\02\00\00\04\03\06\02\n\03\00\r"
    "\r\04\02\00\06\05\01\04\n\05\00\0f\03\02\02\08\t\00\00\06\0c\01\06\00\03\06\06\08\03\01\01\08\t\00\00\04\02\07\06\00\00\00\00\00"
  )
)
