# distutils: sources = lbtool/runtime/csrc/wasi.c
# distutils: include_dirs = lbtool lbtool/runtime/csrc
# distutils: depends = lbtool/runtime/csrc/wasi.h lbtool/runtime/csrc/wasmtime_api.h
# distutils: libraries = dl
"""WASI environments and shims as Python objects: a thin cover of ``wasi.c``.

Strings pass as bytes without NUL; the policy (defaults, which functions there are,
what a failure means) is in ``wasi.py`` and ``wasi_config.py``. Types for callers are in
``wasi_native.pyi``. This module has no un-compiled form.
"""
# ruff: noqa: F821 - C names and types are in the .pxd

import cython


@cython.cfunc
@cython.locals(message="char *")
def take_text(message):
    """Text of a message that C gave to us."""
    try:
        return cython.cast(bytes, message).decode(errors="replace")
    finally:
        free(message)


@cython.cfunc
def joined(strings):
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


@cython.locals(problem="char *", code="uint8_t *", size="size_t")
def compile_shim(shim):
    """Machine code of a shim in wasmtime's own form. LookupError: its refusal."""
    problem = lb_shim_compile(
        shim, len(shim), cython.address(code), cython.address(size)
    )
    if problem != cython.NULL:
        raise LookupError(take_text(problem))
    try:
        return cython.cast("const char *", code)[:size]
    finally:
        lb_code_free(code, size)


class Environment:
    """One wasmtime store with the settings and the open files of WASI programs."""

    def __cinit__(self):
        self.handle = lb_wasi_new()
        self.started = False
        if self.handle == cython.NULL:
            raise MemoryError

    def __dealloc__(self):
        lb_wasi_free(self.handle)

    def _configurable(self):
        if self.started:
            raise RuntimeError("this WASI environment is already in use")

    def set_argv(self, argv):
        self._configurable()
        block = joined(argv)
        if not lb_wasi_argv(self.handle, block, len(argv)):
            raise ValueError("arguments of a WASI program must be UTF-8")

    def set_env(self, names, values):
        self._configurable()
        keys, texts = joined(names), joined(values)
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
    def start(self):
        """End the settings; a message if wasmtime refuses them, or None."""
        self._configurable()
        self.started = True
        problem = lb_wasi_start(self.handle)
        return None if problem == cython.NULL else take_text(problem)

    @cython.locals(text="char *")
    def failure(self):
        """Why the last function failed as a whole, once; None if none did."""
        text = lb_wasi_failure(self.handle)
        return None if text == cython.NULL else take_text(text)


class Shim:
    """A guest's memory and wrapped functions. LookupError: wasmtime's refusal.

    The code is that of `compile_shim`; it is run, so it must come from nobody else.
    """

    @cython.locals(environment=Environment, problem="char *")
    def __cinit__(self, environment, code, n_functions, has_memory):
        if not environment.started:
            raise RuntimeError("the WASI environment has not been started")
        self.environment = environment
        problem = lb_shim_open(
            environment.handle,
            code,
            len(code),
            n_functions,
            has_memory,
            cython.address(self.handle),
        )
        if problem != cython.NULL:
            raise LookupError(take_text(problem))

    def __dealloc__(self):
        lb_shim_free(self.handle)

    def memory_base(self):
        """Address of byte 0, or 0 when there is no memory."""
        return cython.cast("uintptr_t", lb_shim_memory_base(self.handle))

    def memory_size(self):
        return lb_shim_memory_size(self.handle)

    @cython.locals(previous="uint64_t")
    def memory_grow(self, delta):
        """Previous size in pages, or -1."""
        previous = lb_shim_memory_grow(self.handle, delta)
        return -1 if previous == cython.cast("uint64_t", -1) else previous

    def grow_hook(self):
        """Code and data pointers of ``uint64_t grow(void *data, uint64_t delta)``."""
        return (
            cython.cast("uintptr_t", cython.address(lb_shim_memory_grow)),
            cython.cast("uintptr_t", self.handle),
        )

    @cython.locals(like="uintptr_t")
    def bind(self, like):
        """Join the store of the host function with its lb_funcref at `like`.

        Gives the address of the functions' code.
        """
        return cython.cast(
            "uintptr_t", lb_shim_bind(self.handle, cython.cast("lb_funcref *", like))
        )

    def host(self, index):
        """Address of the lb_host of wrapped function ``index``."""
        host = lb_shim_host(self.handle, index)
        if host == cython.NULL:
            raise IndexError(index)
        return cython.cast("uintptr_t", host)
