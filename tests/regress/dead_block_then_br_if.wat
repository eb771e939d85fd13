;; expected: f5 traps unreachable
;; actual: IndexError in Values.pop (generator.drop): the inner block ends unreachable and nothing
;; branches to it, so nothing after it is live; the br_if after it must not count/keep the outer label
;; (or `end` of the outer block must know it has no predecessor). Seeds 387 532 1089 1181(part).
;; call f5
(module
  (func (export "f5") (result f32)
    block (result i32)
      block (result i32)
        unreachable
      end
      i32.const 0
      br_if 0
    end
    drop
    f32.const -1.5))
