(module
  (type (;0;) (func (param i32) (result i32)))
  (type (;1;) (func (param i32 i32 i32) (result i32)))
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
        i32.const 255
        local.get 0
        i32.const -2
        i32.add
        local.tee 2
        i32.const 3
        i32.and
        i32.const 0
        call $queens
        local.get 1
        i32.xor
        i32.const 16777619
        i32.mul
        local.get 2
        i32.const 1
        i32.and
        i32.const 9
        i32.add
        i32.const 5
        i32.const 2
        call $tak
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
  (func $queens (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32 i32)
    block
      local.get 0
      br_if 0
      i32.const 1
      return
    end
    block
      local.get 2
      local.get 1
      i32.or
      i32.const -1
      i32.xor
      local.get 0
      i32.and
      local.tee 3
      br_if 0
      i32.const 0
      return
    end
    i32.const 0
    local.set 4
    loop
      local.get 3
      i32.const 0
      local.get 3
      i32.sub
      i32.and
      local.tee 5
      local.get 0
      i32.xor
      local.get 5
      local.get 1
      i32.or
      i32.const 1
      i32.shl
      local.get 5
      local.get 2
      i32.or
      i32.const 1
      i32.shr_u
      call $queens
      local.get 4
      i32.add
      local.set 4
      local.get 3
      i32.const -1
      i32.add
      local.get 3
      i32.and
      local.tee 3
      br_if 0
    end
    local.get 4
  )
  (func $tak (type 1) (param i32 i32 i32) (result i32)
    (local i32 i32)
    block
      local.get 1
      local.get 0
      i32.ge_s
      br_if 0
      loop
        local.get 0
        i32.const -1
        i32.add
        local.get 1
        local.get 2
        call $tak
        local.set 3
        local.get 1
        i32.const -1
        i32.add
        local.get 2
        local.get 0
        call $tak
        local.set 4
        local.get 2
        i32.const -1
        i32.add
        local.get 0
        local.get 1
        call $tak
        local.set 2
        local.get 4
        local.set 1
        local.get 3
        local.set 0
        local.get 4
        local.get 3
        i32.lt_s
        br_if 0
      end
    end
    local.get 2
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 1)
  (global $__stack_pointer (mut i32) (i32.const 17408))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
