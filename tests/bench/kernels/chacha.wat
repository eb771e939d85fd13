(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func))
  (func $run (type 0) (param i32) (result i32)
    (local i32)
    i32.const 1
    local.set 1
    i32.const 0
    i32.const 1
    i32.store8 offset=1040
    i32.const 0
    i32.const 1
    i32.store8 offset=1024
    i32.const 0
    i32.const 1
    i32.store8 offset=1048
    i32.const 0
    i32.const 1
    i32.store8 offset=1056
    i32.const 0
    i32.const 1
    i32.store8 offset=1072
    i32.const 0
    i32.const 1
    i32.store8 offset=1088
    i32.const 0
    i32.const 1
    i32.store8 offset=1096
    i32.const 0
    i32.const 1
    i32.store8 offset=1104
    i32.const 0
    i32.const 1
    i32.store8 offset=1120
    i32.const 0
    i32.const 1
    i32.store8 offset=1136
    i32.const 0
    i32.const 1
    i32.store8 offset=1144
    i32.const 0
    i32.const 1
    i32.store8 offset=1152
    i32.const 0
    i32.const -458970745
    i32.store offset=1168
    i32.const 0
    i32.const 1
    i32.store8 offset=1184
    i32.const 0
    i32.const 1
    i32.store8 offset=1192
    i32.const 0
    i32.const 1
    i32.store8 offset=1200
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
        call $next
        local.get 0
        i32.const -2
        i32.add
        i32.const 15
        i32.and
        i32.const 2
        i32.shl
        i32.const 1216
        i32.add
        i32.load
        local.get 1
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
  (func $next (type 1)
    (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (local i32 i32 i32 i32 i32)
    i32.const -1620456640
    i32.const 0
    i32.const 0
    i32.load8_u offset=1200
    select
    local.set 0
    i32.const 150495534
    i32.const 0
    i32.const 0
    i32.load8_u offset=1192
    select
    local.set 1
    i32.const 1125800173
    i32.const 0
    i32.const 0
    i32.load8_u offset=1184
    select
    local.set 2
    i32.const -1165306507
    i32.const 0
    i32.const 0
    i32.load8_u offset=1152
    select
    local.set 3
    i32.const 1071858786
    i32.const 0
    i32.const 0
    i32.load8_u offset=1144
    select
    local.set 4
    i32.const 342349671
    i32.const 0
    i32.const 0
    i32.load8_u offset=1136
    select
    local.set 5
    i32.const -508318330
    i32.const 0
    i32.const 0
    i32.load8_u offset=1120
    select
    local.set 6
    i32.const 1321642159
    i32.const 0
    i32.const 0
    i32.load8_u offset=1104
    select
    local.set 7
    i32.const 16672580
    i32.const 0
    i32.const 0
    i32.load8_u offset=1096
    select
    local.set 8
    i32.const 270650210
    i32.const 0
    i32.const 0
    i32.load8_u offset=1088
    select
    local.set 9
    i32.const -922063504
    i32.const 0
    i32.const 0
    i32.load8_u offset=1072
    select
    local.set 10
    i32.const -668941483
    i32.const 0
    i32.const 0
    i32.load8_u offset=1056
    select
    local.set 11
    i32.const 1215122706
    i32.const 0
    i32.const 0
    i32.load8_u offset=1048
    select
    local.set 12
    i32.const -309954818
    i32.const 0
    i32.const 0
    i32.load8_u offset=1040
    select
    local.set 13
    i32.const 15427384
    i32.const 0
    i32.const 0
    i32.load8_u offset=1024
    select
    local.set 14
    i32.const 10
    local.set 15
    i32.const 0
    i32.load offset=1168
    local.tee 16
    local.set 17
    loop
      local.get 17
      local.get 10
      local.get 14
      i32.add
      local.tee 14
      i32.xor
      i32.const 16
      i32.rotl
      local.tee 17
      local.get 6
      i32.add
      local.tee 6
      local.get 10
      i32.xor
      i32.const 12
      i32.rotl
      local.tee 10
      local.get 14
      i32.add
      local.tee 14
      local.get 17
      i32.xor
      i32.const 8
      i32.rotl
      local.tee 17
      local.get 6
      i32.add
      local.tee 6
      local.get 10
      i32.xor
      i32.const 7
      i32.rotl
      local.tee 10
      local.get 0
      local.get 7
      local.get 11
      i32.add
      local.tee 11
      i32.xor
      i32.const 16
      i32.rotl
      local.tee 0
      local.get 3
      i32.add
      local.tee 3
      local.get 7
      i32.xor
      i32.const 12
      i32.rotl
      local.tee 7
      local.get 11
      i32.add
      local.tee 18
      i32.add
      local.tee 11
      local.get 1
      local.get 8
      local.get 12
      i32.add
      local.tee 12
      i32.xor
      i32.const 16
      i32.rotl
      local.tee 1
      local.get 4
      i32.add
      local.tee 4
      local.get 8
      i32.xor
      i32.const 12
      i32.rotl
      local.tee 8
      local.get 12
      i32.add
      local.tee 12
      local.get 1
      i32.xor
      i32.const 8
      i32.rotl
      local.tee 19
      i32.xor
      i32.const 16
      i32.rotl
      local.tee 1
      local.get 2
      local.get 9
      local.get 13
      i32.add
      local.tee 13
      i32.xor
      i32.const 16
      i32.rotl
      local.tee 2
      local.get 5
      i32.add
      local.tee 5
      local.get 9
      i32.xor
      i32.const 12
      i32.rotl
      local.tee 9
      local.get 13
      i32.add
      local.tee 13
      local.get 2
      i32.xor
      i32.const 8
      i32.rotl
      local.tee 2
      local.get 5
      i32.add
      local.tee 20
      i32.add
      local.tee 5
      local.get 10
      i32.xor
      i32.const 12
      i32.rotl
      local.tee 10
      local.get 11
      i32.add
      local.tee 11
      local.get 1
      i32.xor
      i32.const 8
      i32.rotl
      local.tee 1
      local.get 5
      i32.add
      local.tee 5
      local.get 10
      i32.xor
      i32.const 7
      i32.rotl
      local.set 10
      local.get 18
      local.get 0
      i32.xor
      i32.const 8
      i32.rotl
      local.tee 0
      local.get 3
      i32.add
      local.tee 3
      local.get 7
      i32.xor
      i32.const 7
      i32.rotl
      local.tee 7
      local.get 12
      i32.add
      local.tee 12
      local.get 2
      i32.xor
      i32.const 16
      i32.rotl
      local.tee 2
      local.get 6
      i32.add
      local.tee 6
      local.get 7
      i32.xor
      i32.const 12
      i32.rotl
      local.tee 7
      local.get 12
      i32.add
      local.tee 12
      local.get 2
      i32.xor
      i32.const 8
      i32.rotl
      local.tee 2
      local.get 6
      i32.add
      local.tee 6
      local.get 7
      i32.xor
      i32.const 7
      i32.rotl
      local.set 7
      local.get 19
      local.get 4
      i32.add
      local.tee 4
      local.get 8
      i32.xor
      i32.const 7
      i32.rotl
      local.tee 8
      local.get 13
      i32.add
      local.tee 13
      local.get 17
      i32.xor
      i32.const 16
      i32.rotl
      local.tee 17
      local.get 3
      i32.add
      local.tee 3
      local.get 8
      i32.xor
      i32.const 12
      i32.rotl
      local.tee 8
      local.get 13
      i32.add
      local.tee 13
      local.get 17
      i32.xor
      i32.const 8
      i32.rotl
      local.tee 17
      local.get 3
      i32.add
      local.tee 3
      local.get 8
      i32.xor
      i32.const 7
      i32.rotl
      local.set 8
      local.get 20
      local.get 9
      i32.xor
      i32.const 7
      i32.rotl
      local.tee 9
      local.get 14
      i32.add
      local.tee 14
      local.get 0
      i32.xor
      i32.const 16
      i32.rotl
      local.tee 0
      local.get 4
      i32.add
      local.tee 4
      local.get 9
      i32.xor
      i32.const 12
      i32.rotl
      local.tee 9
      local.get 14
      i32.add
      local.tee 14
      local.get 0
      i32.xor
      i32.const 8
      i32.rotl
      local.tee 0
      local.get 4
      i32.add
      local.tee 4
      local.get 9
      i32.xor
      i32.const 7
      i32.rotl
      local.set 9
      local.get 15
      i32.const -1
      i32.add
      local.tee 15
      br_if 0
    end
    i32.const 0
    i32.const 15427384
    i32.const 0
    i32.const 0
    i32.load8_u offset=1024
    select
    local.get 14
    i32.add
    i32.store offset=1216
    i32.const 0
    i32.const -309954818
    i32.const 0
    i32.const 0
    i32.load8_u offset=1040
    select
    local.get 13
    i32.add
    i32.store offset=1220
    i32.const 0
    i32.const 1215122706
    i32.const 0
    i32.const 0
    i32.load8_u offset=1048
    select
    local.get 12
    i32.add
    i32.store offset=1224
    i32.const 0
    i32.const -668941483
    i32.const 0
    i32.const 0
    i32.load8_u offset=1056
    select
    local.get 11
    i32.add
    i32.store offset=1228
    i32.const 0
    i32.const -922063504
    i32.const 0
    i32.const 0
    i32.load8_u offset=1072
    select
    local.get 10
    i32.add
    i32.store offset=1232
    i32.const 0
    i32.const 270650210
    i32.const 0
    i32.const 0
    i32.load8_u offset=1088
    select
    local.get 9
    i32.add
    i32.store offset=1236
    i32.const 0
    i32.const 16672580
    i32.const 0
    i32.const 0
    i32.load8_u offset=1096
    select
    local.get 8
    i32.add
    i32.store offset=1240
    i32.const 0
    i32.const 1321642159
    i32.const 0
    i32.const 0
    i32.load8_u offset=1104
    select
    local.get 7
    i32.add
    i32.store offset=1244
    i32.const 0
    i32.const -508318330
    i32.const 0
    i32.const 0
    i32.load8_u offset=1120
    select
    local.get 6
    i32.add
    i32.store offset=1248
    i32.const 0
    i32.const 342349671
    i32.const 0
    i32.const 0
    i32.load8_u offset=1136
    select
    local.get 5
    i32.add
    i32.store offset=1252
    i32.const 0
    i32.load offset=1168
    local.set 7
    i32.const 0
    local.get 16
    i32.const 1
    i32.add
    i32.store offset=1168
    i32.const 0
    local.get 7
    local.get 17
    i32.add
    i32.store offset=1264
    i32.const 0
    i32.const 1071858786
    i32.const 0
    i32.const 0
    i32.load8_u offset=1144
    select
    local.get 4
    i32.add
    i32.store offset=1256
    i32.const 0
    i32.const -1165306507
    i32.const 0
    i32.const 0
    i32.load8_u offset=1152
    select
    local.get 3
    i32.add
    i32.store offset=1260
    i32.const 0
    i32.const 1125800173
    i32.const 0
    i32.const 0
    i32.load8_u offset=1184
    select
    local.get 2
    i32.add
    i32.store offset=1268
    i32.const 0
    i32.const 150495534
    i32.const 0
    i32.const 0
    i32.load8_u offset=1192
    select
    local.get 1
    i32.add
    i32.store offset=1272
    i32.const 0
    i32.const -1620456640
    i32.const 0
    i32.const 0
    i32.load8_u offset=1200
    select
    local.get 0
    i32.add
    i32.store offset=1276
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 17664))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
