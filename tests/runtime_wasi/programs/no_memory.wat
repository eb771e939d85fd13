;; Without a memory called "memory", calls of WASI functions fail as a whole.
(module
  (import "wasi_snapshot_preview1" "sched_yield" (func $sched_yield (result i32)))
  (memory (export "other") 1)
  (func (export "_start") (drop (call $sched_yield))))
