;; A dot product with 128-bit vectors (SIMD): the sum over i below n of
;; (i mod 256) * (255 - i mod 256), four products at a time. n is rounded down to a
;; multiple of four, at most 65536.
;;
;; lbtool does not compile SIMD yet; `--backend auto`, the default, says so and takes
;; Cranelift:
;;
;;     lbtool run examples/dot.wat --invoke dot 1024
(module
  (memory 8)

  ;; Two vectors of i32: a at 0, b at 262144, n elements each.
  (func $fill (param $n i32)
    (local $i i32)
    (block $done
      (loop $next
        (br_if $done
          (i32.ge_u (local.get $i) (local.get $n)))
        (i32.store
          (i32.shl (local.get $i) (i32.const 2))
          (i32.and (local.get $i) (i32.const 255)))
        (i32.store offset=262144
          (i32.shl (local.get $i) (i32.const 2))
          (i32.sub
            (i32.const 255)
            (i32.and (local.get $i) (i32.const 255))))
        (local.set $i
          (i32.add (local.get $i) (i32.const 1)))
        (br $next))))

  (func (export "dot") (param $n i32) (result i32)
    (local $at i32)
    (local $end i32)
    (local $sum v128)
    (if (i32.gt_u (local.get $n) (i32.const 65536))
      (then (local.set $n (i32.const 65536))))
    (call $fill (local.get $n))
    (local.set $end
      (i32.shl
        (i32.and (local.get $n) (i32.const -4))
        (i32.const 2)))
    (block $done
      (loop $next
        (br_if $done
          (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $sum
          (i32x4.add
            (local.get $sum)
            (i32x4.mul
              (v128.load (local.get $at))
              (v128.load offset=262144 (local.get $at)))))
        (local.set $at
          (i32.add (local.get $at) (i32.const 16)))
        (br $next)))
    (i32.add
      (i32.add
        (i32x4.extract_lane 0 (local.get $sum))
        (i32x4.extract_lane 1 (local.get $sum)))
      (i32.add
        (i32x4.extract_lane 2 (local.get $sum))
        (i32x4.extract_lane 3 (local.get $sum))))))
