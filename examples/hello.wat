;; A WASI command, written by hand: arguments, environment, stdin, files, exit code.
;;
;;     echo from stdin | lbtool run --dir . --env GREETING=Hi examples/hello.wat you README.md
;;
;; Prints "GREETING, NAME!" (variable GREETING or "Hello"; first argument or "world"),
;; then stdin, then the file named by the second argument, found in the first directory
;; given with --dir. A third argument names a file to write the greeting to. Ends with
;; the number of bytes on stdin (mod 256) as its exit code, or with 66 after a message on
;; stderr when a file cannot be opened.
;;
;; Memory:     0  two i32 results of calls
;;            16  iovec {address, length}
;;            32  bytes done
;;            64  texts
;;          1024  pointers of argv, up to 255
;;          4096  pointers of the environment
;;         16384  bytes of argv        32768  bytes of the environment
;;         65536  buffer for copying, 4096 bytes
(module
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $args_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get"
    (func $args_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get"
    (func $environ_sizes_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get"
    (func $environ_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close"
    (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open
      (param i32 i32 i32 i32 i32 i64 i64 i32 i32)
      (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit"
    (func $proc_exit (param i32)))

  (memory (export "memory") 2)
  (data (i32.const 64) "Hello\00")
  (data (i32.const 72) "world\00")
  (data (i32.const 80) ", \00")
  (data (i32.const 84) "!\n\00")
  (data (i32.const 96) "GREETING=\00")
  (data (i32.const 112) "cannot open \00")
  (data (i32.const 128) "\n\00")

  (func $strlen (param $text i32) (result i32)
    (local $end i32)
    (local.set $end (local.get $text))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (i32.load8_u (local.get $end))))
        (local.set $end (i32.add (local.get $end) (i32.const 1)))
        (br $next)))
    (i32.sub (local.get $end) (local.get $text)))

  ;; Writes everything, or traps: there is nobody left to tell.
  (func $write (param $fd i32) (param $from i32) (param $size i32)
    (block $done
      (loop $more
        (br_if $done (i32.eqz (local.get $size)))
        (i32.store (i32.const 16) (local.get $from))
        (i32.store (i32.const 20) (local.get $size))
        (if (call $fd_write
              (local.get $fd) (i32.const 16) (i32.const 1) (i32.const 32))
          (then unreachable))
        (local.set $from
          (i32.add (local.get $from) (i32.load (i32.const 32))))
        (local.set $size
          (i32.sub (local.get $size) (i32.load (i32.const 32))))
        (br $more))))

  (func $puts (param $fd i32) (param $text i32)
    (call $write
      (local.get $fd) (local.get $text) (call $strlen (local.get $text))))

  ;; Copies until the end of input; gives the number of bytes.
  (func $copy (param $in i32) (param $out i32) (result i32)
    (local $total i32)
    (block $done
      (loop $more
        (i32.store (i32.const 16) (i32.const 65536))
        (i32.store (i32.const 20) (i32.const 4096))
        (br_if $done
          (call $fd_read
            (local.get $in) (i32.const 16) (i32.const 1) (i32.const 32)))
        (br_if $done (i32.eqz (i32.load (i32.const 32))))
        (local.set $total
          (i32.add (local.get $total) (i32.load (i32.const 32))))
        (call $write
          (local.get $out) (i32.const 65536) (i32.load (i32.const 32)))
        (br $more)))
    (local.get $total))

  ;; Value of the variable whose "NAME=" is at $name, or $default.
  (func $getenv (param $name i32) (param $default i32) (result i32)
    (local $count i32)
    (local $entry i32)
    (local $i i32)
    (drop (call $environ_sizes_get (i32.const 0) (i32.const 4)))
    (drop (call $environ_get (i32.const 4096) (i32.const 32768)))
    (local.set $count (i32.load (i32.const 0)))
    (block $absent
      (loop $next_entry
        (br_if $absent (i32.eqz (local.get $count)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (local.set $entry
          (i32.load
            (i32.add
              (i32.const 4096)
              (i32.shl (local.get $count) (i32.const 2)))))
        (local.set $i (i32.const 0))
        (loop $next_char
          (if (i32.eqz
                (i32.load8_u (i32.add (local.get $name) (local.get $i))))
            (then
              (return (i32.add (local.get $entry) (local.get $i)))))
          (if (i32.eq
                (i32.load8_u (i32.add (local.get $name) (local.get $i)))
                (i32.load8_u (i32.add (local.get $entry) (local.get $i))))
            (then
              (local.set $i (i32.add (local.get $i) (i32.const 1)))
              (br $next_char))))
        (br $next_entry)))
    (local.get $default))

  ;; Argument $i, or $default when there are fewer.
  (func $arg (param $i i32) (param $default i32) (result i32)
    (drop (call $args_sizes_get (i32.const 0) (i32.const 4)))
    (if (i32.ge_u (local.get $i) (i32.load (i32.const 0)))
      (then (return (local.get $default))))
    (drop (call $args_get (i32.const 1024) (i32.const 16384)))
    (i32.load
      (i32.add
        (i32.const 1024)
        (i32.shl (local.get $i) (i32.const 2)))))

  ;; Opens a path below the first preopened directory (file descriptor 3), or ends the
  ;; program with 66. $flags: 1 creates, 8 truncates. $rights: 2 reads, 64 writes.
  (func $open (param $path i32) (param $flags i32) (param $rights i64) (result i32)
    (if (call $path_open
          (i32.const 3)
          (i32.const 1)
          (local.get $path)
          (call $strlen (local.get $path))
          (local.get $flags)
          (local.get $rights)
          (i64.const 0)
          (i32.const 0)
          (i32.const 0))
      (then
        (call $puts (i32.const 2) (i32.const 112))
        (call $puts (i32.const 2) (local.get $path))
        (call $puts (i32.const 2) (i32.const 128))
        (call $proc_exit (i32.const 66))))
    (i32.load (i32.const 0)))

  (func $greet (param $fd i32)
    (call $puts
      (local.get $fd)
      (call $getenv (i32.const 96) (i32.const 64)))
    (call $puts (local.get $fd) (i32.const 80))
    (call $puts
      (local.get $fd)
      (call $arg (i32.const 1) (i32.const 72)))
    (call $puts (local.get $fd) (i32.const 84)))

  (func (export "_start")
    (local $size i32)
    (local $path i32)
    (local $fd i32)
    (call $greet (i32.const 1))
    (local.set $size (call $copy (i32.const 0) (i32.const 1)))
    (local.set $path (call $arg (i32.const 2) (i32.const 0)))
    (if (local.get $path)
      (then
        (local.set $fd
          (call $open (local.get $path) (i32.const 0) (i64.const 2)))
        (drop (call $copy (local.get $fd) (i32.const 1)))
        (drop (call $fd_close (local.get $fd)))))
    (local.set $path (call $arg (i32.const 3) (i32.const 0)))
    (if (local.get $path)
      (then
        (local.set $fd
          (call $open (local.get $path) (i32.const 9) (i64.const 64)))
        (call $greet (local.get $fd))
        (drop (call $fd_close (local.get $fd)))))
    (call $proc_exit
      (i32.and (local.get $size) (i32.const 255)))))
