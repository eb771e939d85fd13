# distutils: sources = lbtool/runtime/csrc/wasi.c
# distutils: include_dirs = lbtool lbtool/runtime/csrc
# distutils: depends = lbtool/runtime/csrc/wasi.h lbtool/runtime/csrc/wasmtime_api.h
# distutils: libraries = dl
"""WASI environments of native code, as Python objects: a thin cover of ``wasi.c``.

Strings pass as bytes without NUL; the policy (defaults, which function is imported,
what an outcome means) is in ``wasi.py``. Types for callers are in ``wasi_native.pyi``.
This module has no un-compiled form.
"""
# ruff: noqa: ANN001, ANN201, ANN202, ANN204, D102, F821 - C names and types are in the .pxd

import cython

PROC_EXIT = LB_PROC_EXIT


@cython.cfunc
@cython.locals(message="char *")
def take_text(message):
    """Text of a message that C gave to us."""
    try:
        return cython.cast(bytes, message).decode(errors="replace")
    finally:
        free(message)


@cython.cfunc
def flat(strings):
    """Strings as one block, each ended by a NUL."""
    if any(b"\0" in text for text in strings):
        raise ValueError("a string for a WASI program contains a NUL character")
    return b"".join(text + b"\0" for text in strings)


@cython.locals(problem="char *")
def load(path):
    """Bind wasmtime's shared library and make the engine; the first call decides."""
    problem = lb_wasi_load(path)
    if problem != cython.NULL:
        raise OSError(take_text(problem))


class Environment:
    """One wasmtime store with WASI, the shim's instance and the guest's memory."""

    def __cinit__(self):
        self.handle = lb_wasi_new()
        self.ready = False
        if self.handle == cython.NULL:
            raise MemoryError

    def __dealloc__(self):
        lb_wasi_free(self.handle)

    def _configurable(self):
        if self.ready:
            raise RuntimeError("this WASI environment is already in use")

    def set_argv(self, argv):
        self._configurable()
        block = flat(argv)
        if not lb_wasi_argv(self.handle, block, len(argv)):
            raise ValueError("arguments of a WASI program must be UTF-8")

    def set_env(self, names, values):
        self._configurable()
        keys, texts = flat(names), flat(values)
        if len(names) != len(values):
            raise ValueError("as many values as names are needed")
        if not lb_wasi_env(self.handle, keys, texts, len(names)):
            raise ValueError("the environment of a WASI program must be UTF-8")

    def preopen(self, host, guest, writable):
        self._configurable()
        if b"\0" in host or b"\0" in guest:
            raise ValueError("a path contains a NUL character")
        return bool(lb_wasi_preopen(self.handle, host, guest, writable))

    def set_stdin(self, kind, data):
        self._configurable()
        return bool(lb_wasi_stdin(self.handle, kind, data, len(data)))

    def set_output(self, fd, kind, path, target):
        self._configurable()
        return bool(lb_wasi_output(self.handle, fd, kind, path, target))

    @cython.locals(problem="char *")
    def instantiate(self, shim, n_functions, has_memory):
        """Make the shim's instance; the text of wasmtime's refusal, or None."""
        self._configurable()
        self.ready = True
        problem = lb_wasi_instantiate(
            self.handle, shim, len(shim), n_functions, has_memory
        )
        return None if problem == cython.NULL else take_text(problem)

    def memory_base(self):
        return cython.cast("uintptr_t", lb_wasi_memory_base(self.handle))

    def memory_size(self):
        return lb_wasi_memory_size(self.handle)

    def memory_grow(self, delta):
        """Previous size in pages, or -1."""
        if not lb_wasi_memory_base(self.handle):
            return -1
        previous = lb_wasi_memory_grow(self.handle, delta)
        return -1 if previous == cython.cast("uint64_t", -1) else previous

    def grow_hook(self):
        """Code and data pointers of ``uint64_t grow(void *data, uint64_t delta)``."""
        return (
            cython.cast("uintptr_t", cython.address(lb_wasi_memory_grow)),
            cython.cast("uintptr_t", self.handle),
        )

    def host(self, index):
        """Address of the lb_host of wrapped function ``index`` or `PROC_EXIT`."""
        host = lb_wasi_host(self.handle, index)
        if host == cython.NULL:
            raise IndexError(index)
        return cython.cast("uintptr_t", host)

    def bind(self, context):
        """Make the functions part of the store of the VMContext at this address."""
        lb_wasi_bind(
            self.handle, cython.cast("lb_vmctx *", cython.cast("uintptr_t", context))
        )

    @cython.locals(code="uint32_t", message="char *")
    def outcome(self):
        """(kind, exit code, message or None) of the last call; then it is forgotten."""
        code = 0
        message = cython.NULL
        kind = lb_wasi_outcome(
            self.handle, cython.address(code), cython.address(message)
        )
        text = None if message == cython.NULL else take_text(message)
        return kind, code, text
