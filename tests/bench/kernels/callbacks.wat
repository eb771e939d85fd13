(module
  (type (;0;) (func (param i32 i32) (result i32)))
  (type (;1;) (func (param i32) (result f64)))
  (type (;2;) (func (param i32) (result i32)))
  (func $run (type 2) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (local i32 f64 i64)
    i32.const 31
    local.set 1
    i32.const -24576
    local.set 2
    loop
      local.get 2
      i32.const 25632
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
      i32.const 3
      i32.and
      i32.const 2
      i32.shl
      i32.const 1024
      i32.add
      i32.load
      i32.store
      local.get 2
      i32.const 25640
      i32.add
      local.get 1
      i32.const 5
      i32.shl
      local.get 1
      i32.xor
      local.tee 1
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
      i32.const 63
      i32.and
      f64.convert_i32_u
      f64.store
      local.get 2
      i32.const 25648
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
      i32.const 127
      i32.and
      f64.convert_i32_u
      f64.store
      local.get 2
      i32.const 24
      i32.add
      local.tee 2
      br_if 0
    end
    i32.const 0
    local.get 1
    i32.store offset=156704
    i32.const 1
    local.set 3
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const -65536
      local.set 2
      i32.const 1
      local.set 3
      loop
        local.get 2
        i32.const 91168
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
        i32.const 91172
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
        i32.const 65535
        i32.and
        f32.convert_i32_u
        f32.store
        local.get 2
        i32.const 8
        i32.add
        local.tee 2
        br_if 0
        i32.const 0
        local.get 1
        i32.store offset=156704
        local.get 0
        i32.const -1
        i32.add
        local.tee 4
        i32.const 3
        i32.and
        i32.const 2
        i32.shl
        i32.const 1040
        i32.add
        i32.load
        local.set 5
        i32.const 1
        local.set 6
        i32.const 91168
        local.set 7
        i32.const 25632
        local.set 2
        loop
          local.get 2
          local.set 8
          local.get 6
          i32.const 4
          i32.shl
          local.set 9
          local.get 6
          i32.const 1
          i32.shl
          local.set 10
          i32.const 0
          local.set 11
          local.get 7
          local.set 12
          loop
            local.get 11
            local.get 6
            i32.add
            local.tee 13
            local.get 6
            i32.add
            local.set 14
            local.get 12
            local.set 2
            local.get 10
            local.set 15
            local.get 13
            local.set 16
            local.get 11
            local.set 1
            loop
              block
                block
                  block
                    local.get 16
                    local.get 14
                    i32.ge_s
                    br_if 0
                    local.get 1
                    local.get 13
                    i32.ge_s
                    br_if 1
                    local.get 8
                    local.get 16
                    i32.const 3
                    i32.shl
                    i32.add
                    local.get 8
                    local.get 1
                    i32.const 3
                    i32.shl
                    i32.add
                    local.get 5
                    call_indirect (type 0)
                    br_if 1
                  end
                  local.get 1
                  local.set 17
                  local.get 1
                  i32.const 1
                  i32.add
                  local.set 1
                  br 1
                end
                local.get 16
                local.set 17
                local.get 16
                i32.const 1
                i32.add
                local.set 16
              end
              local.get 2
              local.get 8
              local.get 17
              i32.const 3
              i32.shl
              i32.add
              i64.load align=4
              i64.store align=4
              local.get 2
              i32.const 8
              i32.add
              local.set 2
              local.get 15
              i32.const -1
              i32.add
              local.tee 15
              br_if 0
            end
            local.get 12
            local.get 9
            i32.add
            local.set 12
            local.get 11
            local.get 10
            i32.add
            local.tee 11
            i32.const 8192
            i32.lt_u
            br_if 0
          end
          local.get 6
          i32.const 4096
          i32.lt_u
          local.set 1
          local.get 7
          local.set 2
          local.get 8
          local.set 7
          local.get 10
          local.set 6
          local.get 1
          br_if 0
        end
        local.get 4
        i32.const 8191
        i32.and
        i32.const 3
        i32.shl
        i32.const 91168
        i32.add
        i32.load
        local.get 3
        i32.xor
        local.set 15
        f64.const 0
        local.set 18
        i32.const 0
        local.set 16
        loop
          i32.const 0
          local.set 2
          loop
            local.get 18
            local.get 2
            i32.const 1056
            i32.add
            local.tee 1
            local.get 1
            i32.load
            call_indirect (type 1)
            f64.add
            local.get 2
            i32.const 1080
            i32.add
            local.tee 1
            local.get 1
            i32.load
            call_indirect (type 1)
            f64.add
            local.get 2
            i32.const 1104
            i32.add
            local.tee 1
            local.get 1
            i32.load
            call_indirect (type 1)
            f64.add
            local.get 2
            i32.const 1128
            i32.add
            local.tee 1
            local.get 1
            i32.load
            call_indirect (type 1)
            f64.add
            local.set 18
            local.get 2
            i32.const 96
            i32.add
            local.tee 2
            i32.const 24576
            i32.ne
            br_if 0
          end
          local.get 16
          i32.const 1
          i32.add
          local.tee 16
          i32.const 16
          i32.ne
          br_if 0
        end
        local.get 15
        i32.const 16777619
        i32.mul
        local.get 18
        i64.reinterpret_f64
        local.tee 19
        i64.const 32
        i64.shr_u
        local.get 19
        i64.xor
        i32.wrap_i64
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 3
        local.get 0
        i32.const 2
        i32.lt_s
        br_if 1
        i32.const 0
        i32.load offset=156704
        local.set 1
        local.get 4
        local.set 0
        i32.const -65536
        local.set 2
        br 0
      end
    end
    local.get 3
  )
  (func $rectangle (type 1) (param i32) (result f64)
    local.get 0
    f64.load offset=8
    local.get 0
    f64.load offset=16
    f64.mul
  )
  (func $triangle (type 1) (param i32) (result f64)
    local.get 0
    f64.load offset=8
    local.get 0
    f64.load offset=16
    f64.mul
    f64.const 0.5
    f64.mul
  )
  (func $ellipse (type 1) (param i32) (result f64)
    local.get 0
    f64.load offset=8
    local.get 0
    f64.load offset=16
    f64.mul
    f64.const 3.14159265
    f64.mul
  )
  (func $square (type 1) (param i32) (result f64)
    (local f64)
    local.get 0
    f64.load offset=8
    local.tee 1
    local.get 1
    f64.mul
  )
  (func $by_key (type 0) (param i32 i32) (result i32)
    local.get 0
    i32.load
    local.get 1
    i32.load
    i32.lt_u
  )
  (func $by_weight (type 0) (param i32 i32) (result i32)
    local.get 0
    f32.load offset=4
    local.get 1
    f32.load offset=4
    f32.lt
  )
  (func $by_low_bits (type 0) (param i32 i32) (result i32)
    local.get 0
    i32.load
    local.tee 0
    local.get 1
    i32.load
    local.tee 1
    i32.lt_u
    local.get 0
    i32.const 4095
    i32.and
    local.tee 0
    local.get 1
    i32.const 4095
    i32.and
    local.tee 1
    i32.lt_u
    local.get 0
    local.get 1
    i32.eq
    select
  )
  (func $reversed (type 0) (param i32 i32) (result i32)
    local.get 0
    i32.load
    local.get 1
    i32.load
    i32.gt_u
  )
  (table (;0;) 9 9 funcref)
  (memory (;0;) 3)
  (global $__stack_pointer (mut i32) (i32.const 173104))
  (export "memory" (memory 0))
  (export "run" (func $run))
  (elem (;0;) (offset (i32.const 1)) func $rectangle $triangle $ellipse $square $by_key $by_weight $by_low_bits $reversed)
  (data $.rodata (offset (i32.const 1024)) "\01\00\00\00\02\00\00\00\03\00\00\00\04\00\00\00\05\00\00\00\06\00\00\00\07\00\00\00\08\00\00\00")
)
