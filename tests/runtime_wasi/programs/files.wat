;; Works in the directories of file descriptors 3 (writable) and 4 (read-only): copies
;; in.txt to out.txt, appends, seeks, renames, makes and removes, and does what must fail.
;; Every error number is one byte of the report that is written to stdout at the end,
;; followed by some results.
(module
  (import "wasi_snapshot_preview1" "path_open"
    (func $path_open
      (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_pread"
    (func $fd_pread (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek"
    (func $fd_seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_tell"
    (func $fd_tell (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $fd_close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_filestat_get"
    (func $fd_filestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_filestat_set_size"
    (func $fd_filestat_set_size (param i32 i64) (result i32)))
  (import "wasi_snapshot_preview1" "path_filestat_get"
    (func $path_filestat_get (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_create_directory"
    (func $path_create_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_remove_directory"
    (func $path_remove_directory (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_rename"
    (func $path_rename (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_unlink_file"
    (func $path_unlink_file (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_symlink"
    (func $path_symlink (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_readdir"
    (func $fd_readdir (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get"
    (func $fd_prestat_get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_dir_name"
    (func $fd_prestat_dir_name (param i32 i32 i32) (result i32)))
  (memory (export "memory") 2)
  (data (i32.const 0x100) "in.txt")
  (data (i32.const 0x110) "out.txt")
  (data (i32.const 0x120) "../escape.txt")
  (data (i32.const 0x130) "/etc/passwd")
  (data (i32.const 0x140) "missing/file.txt")
  (data (i32.const 0x160) "folder")
  (data (i32.const 0x170) "moved.txt")
  (data (i32.const 0x180) "link")
  (data (i32.const 0x190) " and more")
  (data (i32.const 0x1a0) "temporary")
  (global $report (mut i32) (i32.const 0x8000))
  (func $note (param $value i32)
    (i32.store8 (global.get $report) (local.get $value))
    (global.set $report (i32.add (global.get $report) (i32.const 1))))
  (func $vector (param $at i32) (param $size i32)
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (local.get $size)))
  ;; open `name`, note the error and give the descriptor
  (func $open (param $dir i32) (param $name i32) (param $size i32)
      (param $oflags i32) (param $rights i64) (result i32)
    (i32.store (i32.const 16) (i32.const -1))
    (call $note (call $path_open
      (local.get $dir) (i32.const 1) (local.get $name) (local.get $size)
      (local.get $oflags) (local.get $rights) (i64.const 0) (i32.const 0)
      (i32.const 16)))
    (i32.load (i32.const 16)))
  (func $copy (local $in i32) (local $out i32) (local $size i32)
    (local.set $in (call $open
      (i32.const 4) (i32.const 0x100) (i32.const 6) (i32.const 0) (i64.const 0x200026)))
    (local.set $out (call $open
      (i32.const 3) (i32.const 0x110) (i32.const 7) (i32.const 9) (i64.const 0x600066)))
    (loop $more
      (call $vector (i32.const 0x1000) (i32.const 300))
      (call $note (call $fd_read
        (local.get $in) (i32.const 0) (i32.const 1) (i32.const 8)))
      (local.set $size (i32.load (i32.const 8)))
      (if (local.get $size)
        (then
          (call $vector (i32.const 0x1000) (local.get $size))
          (call $note (call $fd_write
            (local.get $out) (i32.const 0) (i32.const 1) (i32.const 8)))
          (br $more))))
    ;; position, a read elsewhere, a seek to the start
    (call $note (call $fd_tell (local.get $out) (i32.const 24)))
    (call $note (i32.load (i32.const 24)))
    (call $vector (i32.const 0x1000) (i32.const 4))
    (call $note (call $fd_pread
      (local.get $in) (i32.const 0) (i32.const 1) (i64.const 5) (i32.const 8)))
    (call $note (i32.load8_u (i32.const 0x1000)))
    (call $note (call $fd_seek
      (local.get $out) (i64.const -3) (i32.const 2) (i32.const 24)))
    (call $note (i32.load (i32.const 24)))
    (call $vector (i32.const 0x190) (i32.const 9))
    (call $note (call $fd_write
      (local.get $out) (i32.const 0) (i32.const 1) (i32.const 8)))
    (call $note (call $fd_filestat_get (local.get $out) (i32.const 0x2000)))
    (call $note (i32.load8_u (i32.const 0x2010)))
    (call $note (i32.load (i32.const 0x2020)))
    (call $note (call $fd_close (local.get $out)))
    (call $note (call $fd_close (local.get $out)))
    ;; the input was opened for reading only
    (call $note (call $fd_write
      (local.get $in) (i32.const 0) (i32.const 1) (i32.const 8)))
    (call $note (call $fd_close (local.get $in))))
  (func $arrange
    (call $note (call $path_create_directory
      (i32.const 3) (i32.const 0x160) (i32.const 6)))
    (call $note (call $path_create_directory
      (i32.const 3) (i32.const 0x160) (i32.const 6)))
    (call $note (call $path_create_directory
      (i32.const 3) (i32.const 0x1a0) (i32.const 9)))
    (call $note (call $path_remove_directory
      (i32.const 3) (i32.const 0x1a0) (i32.const 9)))
    (call $note (call $path_rename
      (i32.const 3) (i32.const 0x110) (i32.const 7)
      (i32.const 3) (i32.const 0x170) (i32.const 9)))
    (call $note (call $path_symlink
      (i32.const 0x170) (i32.const 9) (i32.const 3) (i32.const 0x180) (i32.const 4)))
    (call $note (call $path_unlink_file
      (i32.const 3) (i32.const 0x160) (i32.const 6)))
    (call $note (call $path_unlink_file
      (i32.const 3) (i32.const 0x110) (i32.const 7)))
    (call $note (call $path_filestat_get
      (i32.const 3) (i32.const 1) (i32.const 0x180) (i32.const 4) (i32.const 0x2000)))
    (call $note (i32.load8_u (i32.const 0x2010)))
    ;; . and .. and folder, link, moved.txt
    (call $note (call $fd_readdir
      (i32.const 3) (i32.const 0x2000) (i32.const 4096) (i64.const 0) (i32.const 8)))
    (call $note (i32.load (i32.const 8))))
  (func $refused
    ;; out of the directory, in three ways
    (drop (call $open
      (i32.const 3) (i32.const 0x120) (i32.const 13) (i32.const 1) (i64.const 64)))
    (drop (call $open
      (i32.const 3) (i32.const 0x130) (i32.const 11) (i32.const 0) (i64.const 2)))
    (drop (call $open
      (i32.const 4) (i32.const 0x180) (i32.const 4) (i32.const 0) (i64.const 2)))
    ;; missing; a directory as a file; a file as a directory; exclusive on what exists
    (drop (call $open
      (i32.const 3) (i32.const 0x140) (i32.const 16) (i32.const 1) (i64.const 64)))
    (drop (call $open
      (i32.const 3) (i32.const 0x160) (i32.const 6) (i32.const 0) (i64.const 64)))
    (drop (call $open
      (i32.const 4) (i32.const 0x100) (i32.const 6) (i32.const 2) (i64.const 2)))
    (drop (call $open
      (i32.const 3) (i32.const 0x170) (i32.const 9) (i32.const 5) (i64.const 66)))
    ;; writing in the read-only directory
    (drop (call $open
      (i32.const 4) (i32.const 0x110) (i32.const 7) (i32.const 1) (i64.const 64)))
    (call $note (call $path_unlink_file
      (i32.const 4) (i32.const 0x100) (i32.const 6)))
    (call $note (call $path_create_directory
      (i32.const 4) (i32.const 0x160) (i32.const 6)))
    ;; descriptors that are none
    (call $note (call $fd_close (i32.const 99)))
    (call $note (call $fd_tell (i32.const -1) (i32.const 24)))
    (call $note (call $fd_seek
      (i32.const 1) (i64.const 0) (i32.const 0) (i32.const 24)))
    (call $note (call $fd_filestat_set_size (i32.const 77) (i64.const 10)))
    (call $note (call $fd_prestat_get (i32.const 5) (i32.const 24))))
  (func $names (param $fd i32)
    (call $note (call $fd_prestat_get (local.get $fd) (i32.const 24)))
    (call $note (i32.load (i32.const 28)))
    (if (call $fd_prestat_dir_name
          (local.get $fd) (global.get $report) (i32.load (i32.const 28)))
      (then unreachable))
    (global.set $report (i32.add (global.get $report) (i32.load (i32.const 28)))))
  (func (export "_start")
    (call $names (i32.const 3))
    (call $names (i32.const 4))
    (call $copy)
    (call $arrange)
    (call $refused)
    (call $vector
      (i32.const 0x8000) (i32.sub (global.get $report) (i32.const 0x8000)))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
