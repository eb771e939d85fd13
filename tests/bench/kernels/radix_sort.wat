(module
  (type (;0;) (func (param i32) (result i32)))
  (func $run (type 0) (param i32) (result i32)
    (local i32 i32 i32 i32 i32 i32 i32)
    i32.const 1
    local.set 1
    block
      local.get 0
      i32.const 1
      i32.lt_s
      br_if 0
      i32.const 43
      local.set 2
      i32.const 1
      local.set 1
      loop
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 66560
          i32.add
          local.get 2
          i32.const 13
          i32.shl
          local.get 2
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
          local.tee 4
          i32.store
          local.get 3
          i32.const 66564
          i32.add
          local.get 4
          i32.const 13
          i32.shl
          local.get 4
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
          local.tee 2
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 132096
        i32.const 0
        i32.const 1024
        memory.fill
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 66560
          i32.add
          i32.load8_u
          i32.const 2
          i32.shl
          i32.const 132096
          i32.add
          local.tee 4
          local.get 4
          i32.load
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 66564
          i32.add
          i32.load8_u
          i32.const 2
          i32.shl
          i32.const 132096
          i32.add
          local.tee 4
          local.get 4
          i32.load
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 0
        local.set 4
        i32.const -1024
        local.set 3
        loop
          local.get 3
          i32.const 133120
          i32.add
          local.tee 5
          i32.load
          local.set 6
          local.get 5
          local.get 4
          i32.store
          local.get 3
          i32.const 133124
          i32.add
          local.tee 5
          i32.load
          local.set 7
          local.get 5
          local.get 6
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 3
          i32.const 133128
          i32.add
          local.tee 5
          i32.load
          local.set 6
          local.get 5
          local.get 7
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 3
          i32.const 133132
          i32.add
          local.tee 5
          i32.load
          local.set 7
          local.get 5
          local.get 6
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 7
          local.get 4
          i32.add
          local.set 4
          local.get 3
          i32.const 16
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 66560
          i32.add
          i32.load
          local.tee 4
          i32.const 255
          i32.and
          i32.const 2
          i32.shl
          i32.const 132096
          i32.add
          local.tee 5
          local.get 5
          i32.load
          local.tee 5
          i32.const 1
          i32.add
          i32.store
          local.get 5
          i32.const 2
          i32.shl
          i32.const 66560
          i32.add
          local.get 4
          i32.store
          local.get 3
          i32.const 66564
          i32.add
          i32.load
          local.tee 4
          i32.const 255
          i32.and
          i32.const 2
          i32.shl
          i32.const 132096
          i32.add
          local.tee 5
          local.get 5
          i32.load
          local.tee 5
          i32.const 1
          i32.add
          i32.store
          local.get 5
          i32.const 2
          i32.shl
          i32.const 66560
          i32.add
          local.get 4
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 132096
        i32.const 0
        i32.const 1024
        memory.fill
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 132096
          i32.add
          i32.load
          i32.const 6
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 4
          local.get 4
          i32.load
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 132100
          i32.add
          i32.load
          i32.const 6
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 4
          local.get 4
          i32.load
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 0
        local.set 4
        i32.const -1024
        local.set 3
        loop
          local.get 3
          i32.const 133120
          i32.add
          local.tee 5
          i32.load
          local.set 6
          local.get 5
          local.get 4
          i32.store
          local.get 3
          i32.const 133124
          i32.add
          local.tee 5
          i32.load
          local.set 7
          local.get 5
          local.get 6
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 3
          i32.const 133128
          i32.add
          local.tee 5
          i32.load
          local.set 6
          local.get 5
          local.get 7
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 3
          i32.const 133132
          i32.add
          local.tee 5
          i32.load
          local.set 7
          local.get 5
          local.get 6
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 7
          local.get 4
          i32.add
          local.set 4
          local.get 3
          i32.const 16
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 132096
          i32.add
          i32.load
          local.tee 4
          i32.const 6
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 5
          local.get 5
          i32.load
          local.tee 5
          i32.const 1
          i32.add
          i32.store
          local.get 5
          i32.const 2
          i32.shl
          i32.const 1024
          i32.add
          local.get 4
          i32.store
          local.get 3
          i32.const 132100
          i32.add
          i32.load
          local.tee 4
          i32.const 6
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 5
          local.get 5
          i32.load
          local.tee 5
          i32.const 1
          i32.add
          i32.store
          local.get 5
          i32.const 2
          i32.shl
          i32.const 1024
          i32.add
          local.get 4
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 132096
        i32.const 0
        i32.const 1024
        memory.fill
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 66560
          i32.add
          i32.load
          i32.const 14
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 4
          local.get 4
          i32.load
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 66564
          i32.add
          i32.load
          i32.const 14
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 4
          local.get 4
          i32.load
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 0
        local.set 4
        i32.const -1024
        local.set 3
        loop
          local.get 3
          i32.const 133120
          i32.add
          local.tee 5
          i32.load
          local.set 6
          local.get 5
          local.get 4
          i32.store
          local.get 3
          i32.const 133124
          i32.add
          local.tee 5
          i32.load
          local.set 7
          local.get 5
          local.get 6
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 3
          i32.const 133128
          i32.add
          local.tee 5
          i32.load
          local.set 6
          local.get 5
          local.get 7
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 3
          i32.const 133132
          i32.add
          local.tee 5
          i32.load
          local.set 7
          local.get 5
          local.get 6
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 7
          local.get 4
          i32.add
          local.set 4
          local.get 3
          i32.const 16
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 66560
          i32.add
          i32.load
          local.tee 4
          i32.const 14
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 5
          local.get 5
          i32.load
          local.tee 5
          i32.const 1
          i32.add
          i32.store
          local.get 5
          i32.const 2
          i32.shl
          i32.const 66560
          i32.add
          local.get 4
          i32.store
          local.get 3
          i32.const 66564
          i32.add
          i32.load
          local.tee 4
          i32.const 14
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 5
          local.get 5
          i32.load
          local.tee 5
          i32.const 1
          i32.add
          i32.store
          local.get 5
          i32.const 2
          i32.shl
          i32.const 66560
          i32.add
          local.get 4
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 132096
        i32.const 0
        i32.const 1024
        memory.fill
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 132096
          i32.add
          i32.load
          i32.const 22
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 4
          local.get 4
          i32.load
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 132100
          i32.add
          i32.load
          i32.const 22
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 4
          local.get 4
          i32.load
          i32.const 1
          i32.add
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 0
        local.set 4
        i32.const -1024
        local.set 3
        loop
          local.get 3
          i32.const 133120
          i32.add
          local.tee 5
          i32.load
          local.set 6
          local.get 5
          local.get 4
          i32.store
          local.get 3
          i32.const 133124
          i32.add
          local.tee 5
          i32.load
          local.set 7
          local.get 5
          local.get 6
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 3
          i32.const 133128
          i32.add
          local.tee 5
          i32.load
          local.set 6
          local.get 5
          local.get 7
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 3
          i32.const 133132
          i32.add
          local.tee 5
          i32.load
          local.set 7
          local.get 5
          local.get 6
          local.get 4
          i32.add
          local.tee 4
          i32.store
          local.get 7
          local.get 4
          i32.add
          local.set 4
          local.get 3
          i32.const 16
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const -65536
        local.set 3
        loop
          local.get 3
          i32.const 132096
          i32.add
          i32.load
          local.tee 4
          i32.const 22
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 5
          local.get 5
          i32.load
          local.tee 5
          i32.const 1
          i32.add
          i32.store
          local.get 5
          i32.const 2
          i32.shl
          i32.const 1024
          i32.add
          local.get 4
          i32.store
          local.get 3
          i32.const 132100
          i32.add
          i32.load
          local.tee 4
          i32.const 22
          i32.shr_u
          i32.const 1020
          i32.and
          i32.const 132096
          i32.add
          local.tee 5
          local.get 5
          i32.load
          local.tee 5
          i32.const 1
          i32.add
          i32.store
          local.get 5
          i32.const 2
          i32.shl
          i32.const 1024
          i32.add
          local.get 4
          i32.store
          local.get 3
          i32.const 8
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 0
        i32.load offset=1024
        local.set 4
        i32.const -65532
        local.set 3
        loop
          local.get 1
          local.get 4
          local.get 3
          i32.const 66560
          i32.add
          i32.load
          local.tee 5
          i32.le_u
          i32.add
          local.get 5
          local.get 3
          i32.const 66564
          i32.add
          i32.load
          local.tee 4
          i32.le_u
          i32.add
          local.get 4
          local.get 3
          i32.const 66568
          i32.add
          i32.load
          local.tee 5
          i32.le_u
          i32.add
          local.set 1
          local.get 5
          local.set 4
          local.get 3
          i32.const 12
          i32.add
          local.tee 3
          br_if 0
        end
        i32.const 0
        i32.load offset=33792
        local.get 1
        i32.xor
        i32.const 16777619
        i32.mul
        local.set 1
        local.get 0
        i32.const 1
        i32.gt_s
        local.set 3
        local.get 0
        i32.const -1
        i32.add
        local.set 0
        local.get 3
        br_if 0
      end
    end
    local.get 1
  )
  (table (;0;) 1 1 funcref)
  (memory (;0;) 3)
  (global $__stack_pointer (mut i32) (i32.const 149504))
  (export "memory" (memory 0))
  (export "run" (func $run))
)
