"""The boundary between Python and compiled code: a thin typed cover of the C sources.

Stores, functions, memories, tables, globals, linked code and instances as extension types;
what their methods mean for a user, and all policy, is in the plain Python modules beside
this one (``store.py``, ``func.py``, ``link.py``, ...). C types are in ``native.pxd``, types
for Python callers in ``native.pyi``. This module has no un-compiled form.
"""
# ruff: noqa: F821 - C names and types come from native.pxd

from array import array

import cython

from lbtool.runtime.rooms import Rooms
from lbtool.runtime.trap import InternalError, StoreBusyError, Trap, TrapCode

GUARDED_RESERVATION = LB_GUARDED_RESERVATION
GENERATIONS = LB_GENERATIONS
FREE = object()
FIRST_COLLECTION = 4096
NO_WORD = cython.declare("uint64_t", 0xFFFFFFFFFFFFFFFF)


# ---- signatures


class Signature:
    """A function type, its process-wide id, and where each value travels."""

    def __cinit__(self, functype, type_id):
        self.type = functype
        self.type_id = type_id
        params, results = functype.params, functype.results
        self.n_params, self.n_results = len(params), len(results)
        self.kinds = bytearray(params + results) or bytearray(1)
        self.places = array("I", bytes(4 * max(1, len(params) + len(results))))
        self.n_stack_args = self.assign(
            params, 0, LB_INTS, N_INT_ARGS, LB_FLOATS, N_FLOAT_ARGS, 0
        )
        self.n_stack = self.assign(
            results,
            self.n_params,
            LB_INT_RESULTS,
            N_INT_RESULTS,
            LB_FLOAT_RESULTS,
            N_FLOAT_RESULTS,
            self.n_stack_args,
        )

    def assign(self, kinds, first, ints, n_ints, floats, n_floats, stack):
        """Places of some values in order; the number of stack words used so far."""
        for k, kind in enumerate(kinds, first):
            if kind in (F32, F64):
                if n_floats:
                    self.places[k] = floats
                    floats, n_floats = floats + 1, n_floats - 1
                    continue
            elif n_ints:
                self.places[k] = ints
                ints, n_ints = ints + 1, n_ints - 1
                continue
            self.places[k] = LB_WORDS + stack
            stack += 1
        return stack


SIGNATURES = cython.declare(list, [None])
BY_TYPE = cython.declare(dict, {})


def signature(functype):
    """The one `Signature` of a function type; type ids are structural."""
    found = BY_TYPE.get(functype)
    if found is None:
        found = BY_TYPE.setdefault(functype, Signature(functype, len(SIGNATURES)))
        if found.type_id == len(SIGNATURES):
            SIGNATURES.append(found)
    return found


# ---- stores


class StoreCore:
    """Owner of everything that instances of one store share; entered by one thread."""

    def __cinit__(self):
        lb_store_init(cython.address(self.ctx))
        self.keep, self.tables, self.globals, self.segments = [], [], [], []
        self.refs, self.spare, self.ids = [None], [], {}
        self.limit = FIRST_COLLECTION

    def __dealloc__(self):
        lb_store_clear(cython.address(self.ctx))

    @property
    def busy(self):
        """Whether a call is running, in any thread."""
        return self.ctx.owner != 0

    @property
    def call_id(self):
        return self.ctx.call_id

    @property
    def cancelled(self):
        return self.ctx.scope_id != 0 and self.ctx.cancelled == self.ctx.scope_id

    # -- interruption

    def interrupt_call(self, call_id, nanoseconds):
        """End the call or scope `call_id`, after a delay; nothing when it is over."""
        check(lb_watch_arm(cython.address(self.ctx), call_id, nanoseconds))

    def open_scope(self):
        """An id for all outermost calls until `close_scope`; 0 when that cannot be."""
        return lb_scope_open(cython.address(self.ctx))

    def close_scope(self, scope_id):
        lb_scope_close(cython.address(self.ctx), scope_id)

    # -- external references: index in `refs`, 0 is null

    def handle(self, value):
        if value is None:
            return 0
        key = id(value)
        known = self.ids.get(key)
        if known is not None:
            return known
        if self.spare:
            number = self.spare.pop()
            self.refs[number] = value
        else:
            number = len(self.refs)
            self.refs.append(value)
        self.ids[key] = number
        return number

    def referent(self, handle):
        if handle >= cython.cast("uint64_t", len(self.refs)):
            raise InternalError(f"externref handle {handle} does not exist")
        return self.refs[handle]

    @property
    def n_externrefs(self):
        """Objects held for external references."""
        return len(self.ids)

    @cython.locals(table="TableCore", cell="GlobalCore")
    def collect(self):
        """Forget objects that no table, global or segment refers to; outside calls."""
        marks = bytearray(len(self.refs))
        for table in self.tables:
            self.mark(marks, table.tab.base, table.tab.len)
        for cell in self.globals:
            self.mark(marks, cell.cell, 1)
        for part in self.segments:
            self.mark(marks, cython.cast("uint64_t *", address_of(part)), len(part))
        dropped = []  # destructors run last, when the table is consistent again
        for number in range(1, len(self.refs)):
            value = self.refs[number]
            if not marks[number] and value is not FREE:
                dropped.append(value)
                del self.ids[id(value)]
                self.refs[number] = FREE
                self.spare.append(number)
        self.limit = max(FIRST_COLLECTION, 2 * len(self.ids))

    @cython.locals(k=Py_ssize_t)
    def mark(self, marks, items, n):
        for k in range(n):
            if items[k] < cython.cast("uint64_t", marks.shape[0]):
                marks[items[k]] = 1
        return 0

    # -- values

    @cython.locals(v=cython.longlong, b=bits, func="FuncCore")
    def to_bits(self, kind, value):
        if kind == I32:
            v = PyLong_AsLongLong(value)
            if v < -0x80000000 or v > cython.cast(cython.longlong, 0xFFFFFFFF):
                raise OverflowError(f"{value} does not fit i32")
            return cython.cast("uint32_t", v)
        if kind == I64:
            try:
                return cython.cast("uint64_t", PyLong_AsLongLong(value))
            except OverflowError:
                return PyLong_AsUnsignedLongLong(value)
        b.word = 0
        if kind == F64:
            b.f64 = value
        elif kind == F32:
            b.f32 = cython.cast(float, value)
        elif kind == EXTERNREF:
            return self.handle(value)
        elif value is not None:
            if not isinstance(value, FuncCore):
                raise TypeError(f"a funcref is a Func or None, not {value!r}")
            func = value
            if func.core is not self:
                raise ValueError("the function belongs to another store")
            return cython.cast("uint64_t", func.cell)
        return b.word

    @cython.locals(b=bits)
    def from_bits(self, kind, word):
        if kind == I32:
            return cython.cast("int32_t", word)
        if kind == I64:
            return cython.cast("int64_t", word)
        b.word = word
        if kind == F64:
            return b.f64
        if kind == F32:
            return b.f32
        if kind == EXTERNREF:
            return self.referent(word)
        return self.wrap(cython.cast("lb_funcref *", word)) if word else None

    @cython.locals(func="FuncCore")
    def wrap(self, cell):
        func = FUNC_CLASS.__new__(FUNC_CLASS)
        func.core = self
        func.signature = SIGNATURES[cell.type]
        func.cell = cell
        return func

    # -- calls

    def check_access(self):
        """Raise StoreBusyError when another thread is inside."""
        if lb_is_elsewhere(cython.address(self.ctx)):
            raise StoreBusyError("the store is in use by another thread")
        return 0

    def enter(self):
        if lb_begin(cython.address(self.ctx)) == LB_BUSY:
            raise StoreBusyError("the store is in use by another thread")
        return 0

    @cython.locals(status=cython.int, watched=cython.bint, ctx="lb_store *")
    def run(self, image, code, context):
        """Enter compiled code; Ctrl-C on the main thread is watched meanwhile."""
        ctx = cython.address(self.ctx)
        watched = lb_watch_runs() and lb_is_main_outermost(ctx)
        if watched:
            lb_watch_main(ctx)
            try:
                PyErr_CheckSignals()  # what came before the watcher listened
            except:
                lb_watch_main_over()
                lb_end(ctx)
                raise
        with cython.nogil:
            status = lb_run(ctx, image, code, context)
        if watched:
            lb_watch_main_over()
        lb_end(ctx)
        if status != LB_OK:
            self.fail(status)
        return 0

    def fail(self, status):
        """Raise what the trap record says."""
        trap = cython.address(self.ctx.trap)
        cause, self.pending = self.pending, None
        if status == LB_NO_STACK:
            raise Trap(TrapCode.STACK)
        if status == LB_CANCELLED:
            raise_interrupted(Trap(TrapCode.INTERRUPT))
        if trap.code == TRAP_HOST and cause is None and self.native_failure is not None:
            cause = self.native_failure()
        if cause is not None and not isinstance(cause, Exception):
            raise cause  # KeyboardInterrupt, SystemExit: not a matter of the guest
        access = trap.code == TRAP_MEMORY and trap.signal != 0
        frames = tuple(
            [describe(trap.frames[k], access and k == 0) for k in range(trap.n_frames)]
        )
        address = None
        if trap.signal:
            address = self.explain_fault(trap)
        elif trap.code == 0:
            raise InternalError(f"trap at an unknown site {trap.pc:#x}")
        error = Trap(
            TrapCode(trap.code),
            address,
            frames,
            truncated=bool(trap.more),
            reason=None if cause is None else f"{type(cause).__name__}: {cause}",
        )
        if trap.code == TRAP_INTERRUPT:
            raise_interrupted(error)
        raise error from cause

    @cython.locals(core="InstanceCore", base="uint64_t", k="uint32_t")
    def explain_fault(self, trap):
        """Offset in the memory whose reservation holds the address, or InternalError."""
        if trap.code == TRAP_MEMORY:
            for part in self.keep:
                if not isinstance(part, InstanceCore):
                    continue
                core = part
                if core.context != trap.context:
                    continue
                for k in range(core.c.n_memories):
                    base = cython.cast("uint64_t", core.c.memories[k].base)
                    if trap.address - base < core.c.memories[k].reserved:
                        return trap.address - base
        registers = tuple([trap.registers[k] for k in range(23)])
        raise InternalError(
            f"signal {trap.signal} in compiled code at {trap.pc:#x}, address "
            f"{trap.address:#x}: not an out of bounds memory access",
            registers,
        )

    @property
    def head(self):
        """Address of the first words of a VMContext of this store, for native hosts."""
        head = bytearray(VM_CELLS)
        self.keep.append(head)
        lb_fill_head(cython.cast("lb_vmctx *", address_of(head)), cython.address(self.ctx))
        return address_of(head)


@cython.cfunc
@cython.exceptval(-1, check=True)
@cython.returns(cython.int)
def raise_interrupted(error):
    """Raise what Python's own signal handlers raise, else `error`."""
    try:
        PyErr_CheckSignals()
    except BaseException as exception:
        exception.__cause__ = error
        raise
    raise error


@cython.cfunc
@cython.locals(
    module="const lb_module *",
    pc="uint64_t",
    access=cython.bint,
    site="int64_t",
    func="int64_t",
    block="CodeBlock",
)
def describe(pc, access):
    """(module, number of the defined function, ordinal) of a frame; None for the host.

    `access`: pc is a faulting instruction, not a return address.
    """
    module = lb_module_of(pc)
    if module == cython.NULL:
        return None
    site = lb_site_at(module, pc, access)
    func = lb_func_at(module, pc - 1 if site >= 0 and not access else pc)
    block = cython.cast(object, module.owner)
    return block.info, func, site >> 8 if site >= 0 else None


@cython.cfunc
@cython.returns("uint64_t")
@cython.exceptval(check=True)
@cython.locals(view="Py_buffer", address="uint64_t")
def address_of(buffer):
    """Address of a bytes-like object's first byte; it must stay alive and in place."""
    PyObject_GetBuffer(buffer, cython.address(view), PyBUF_SIMPLE)
    address = cython.cast("uint64_t", view.buf)
    PyBuffer_Release(cython.address(view))
    return address


@cython.cfunc
@cython.exceptval(-1, check=True)
@cython.returns(cython.int)
@cython.locals(status=cython.int)
def check(status):
    """OSError for a negative errno."""
    if status < 0:
        raise OSError(-status, "the runtime's request to the system failed")
    return status


# ---- functions


class FuncCore:
    """A function of a store: the target of a funcref."""

    def call_bits(self, *args):
        """Call with raw 64-bit patterns, and a tuple of such as the result.

        References are passed as the patterns of this store; for tests and tools.
        """
        return self.invoke(args, True)

    def __call__(self, *args):
        return self.invoke(args, False)

    def invoke(self, args, raw):
        if self.core is None:
            raise TypeError("this function was not made by a store")
        image.n_stack = self.signature.n_stack
        if image.n_stack <= 24:
            image.stack = few.words
            return self.invoke_with(args, raw, cython.address(image))
        more = cython.cast("uint64_t *", calloc(image.n_stack, 8))
        if more == cython.NULL:
            raise MemoryError
        image.stack = more
        try:
            return self.invoke_with(args, raw, cython.address(image))
        finally:
            free(more)

    def invoke_with(self, args, raw, image):
        sig = self.signature
        if len(args) != sig.n_params:
            raise TypeError(f"{sig.n_params} arguments expected, got {len(args)}")
        self.core.enter()
        try:
            if self.core.ctx.depth == 1 and len(self.core.ids) >= self.core.limit:
                self.core.collect()
            for k in range(sig.n_params):
                if raw:
                    word = PyLong_AsUnsignedLongLongMask(args[k])
                else:
                    word = self.core.to_bits(sig.kinds[k], args[k])
                place = sig.places[k]
                if place < cython.cast("uint32_t", LB_WORDS):
                    image.words[place] = word
                else:
                    image.stack[place - LB_WORDS] = word
        except:
            lb_end(cython.address(self.core.ctx))
            raise
        self.core.run(image, self.cell.code, self.cell.context)
        if sig.n_results == 1:
            return (self.result(image, 0, 1),) if raw else self.result(image, 0, 0)
        if sig.n_results == 0 and not raw:
            return None
        return self.results(image, raw)

    def result(self, image, k, raw):
        k += self.signature.n_params
        place = self.signature.places[k]
        if place < cython.cast("uint32_t", LB_WORDS):
            word = image.words[place]
        else:
            word = image.stack[place - LB_WORDS]
        return word if raw else self.core.from_bits(self.signature.kinds[k], word)

    def results(self, image, raw):
        return tuple([self.result(image, k, raw) for k in range(self.signature.n_results)])

    def cell_address(self):
        """Identity of the function: address of what a funcref to it points to."""
        return cython.cast("uint64_t", self.cell)

    @cython.locals(host="HostCore")
    def init_host(self, core, sig, callable_):
        """Become a function of the host that calls `callable_`."""
        host = HostCore(core, sig, callable_)
        self.adopt(core, sig, cython.cast("uint64_t", cython.address(lb_host_stub)),
                   cython.cast("uint64_t", host.record), host)

    def adopt(self, core, sig, code, context, owner):
        """Become the function {code, context}; the store keeps `owner` alive."""
        self.core, self.signature, self.owner = core, sig, owner
        self.own.code = cython.cast("const void *", cython.cast("uint64_t", code))
        self.own.context = cython.cast("lb_vmctx *", cython.cast("uint64_t", context))
        self.own.type = self.signature.type_id
        self.cell = cython.address(self.own)
        self.core.keep.append(self)  # funcrefs may point here as long as the store lives


FUNC_CLASS = cython.declare(object, FuncCore)


def set_func_class(cls):
    """The class of functions that come out of compiled code."""
    global FUNC_CLASS
    FUNC_CLASS = cls


class HostCore:
    """A Python callable as compiled code reaches it."""

    def __cinit__(self, core, sig, callable_):
        self.core, self.signature, self.callable = core, sig, callable_
        self.record = cython.cast("lb_host *", calloc(1, VM_CELLS))
        if self.record == cython.NULL:
            raise MemoryError
        lb_fill_head(cython.cast("lb_vmctx *", self.record), cython.address(self.core.ctx))
        self.record.callback = host_callback
        self.record.data = cython.cast("void *", self)

    def __dealloc__(self):
        free(self.record)

    def call(self, image):
        sig = self.signature
        args = PyTuple_New(sig.n_params)
        for k in range(sig.n_params):
            place = sig.places[k]
            if place < cython.cast("uint32_t", LB_WORDS):
                value = self.core.from_bits(sig.kinds[k], image.words[place])
            else:
                value = self.core.from_bits(sig.kinds[k], image.stack[place - LB_WORDS])
            Py_INCREF(value)
            PyTuple_SET_ITEM(args, k, value)
        value = self.callable(*args)
        if sig.n_results == 1:
            return self.give(image, 0, value)
        if sig.n_results == 0:
            if value is not None:
                raise TypeError(f"no result expected from the host, got {value!r}")
            return 0
        values = tuple(value)
        if len(values) != sig.n_results:
            raise TypeError(f"{sig.n_results} results expected, got {len(values)}")
        for k in range(sig.n_results):
            self.give(image, k, values[k])
        return 0

    def give(self, image, k, value):
        sig = self.signature
        word = self.core.to_bits(sig.kinds[sig.n_params + k], value)
        place = sig.places[sig.n_params + k]
        if place < cython.cast("uint32_t", LB_WORDS):
            image.words[place] = word
        else:
            image.stack[place - LB_WORDS] = word
        return 0


@cython.locals(host_core=HostCore)
def host_callback(host, image):
    host_core = cython.cast(object, host.data)
    try:
        host_core.call(image)
        image.failed = 0
    except BaseException as exception:
        host_core.core.pending = exception


# ---- memories, tables, globals


class MemoryCore:
    """A linear memory; its base never moves."""

    def open(self, core, pages, max_pages, reserve):
        """Reserve `reserve` bytes of address space, `pages` of 64 KiB usable."""
        self.core = core
        check(lb_memory_open(cython.address(self.mem), pages, max_pages, reserve))

    def adopt(self, core, place, max_pages, hook, owner):
        """Become a memory that something else owns: (address, size, reserved) in bytes,
        and (code, data) of its grow function.
        """
        self.core, self.owner = core, owner
        base, self.mem.size, self.mem.reserved = place
        self.mem.base = cython.cast("uint8_t *", cython.cast("uint64_t", base))
        self.mem.max_pages = max_pages
        code, data = hook
        self.mem.grow_data = cython.cast("void *", cython.cast("uint64_t", data))
        self.mem.grow = cython.cast(
            "uint64_t (*)(void *, uint64_t) noexcept nogil", cython.cast("uint64_t", code)
        )

    def __dealloc__(self):
        lb_memory_close(cython.address(self.mem))

    @property
    def address(self):
        """Machine address of byte 0."""
        return cython.cast("uint64_t", self.mem.base)

    @property
    def byte_size(self):
        return self.mem.size

    @property
    def reserved(self):
        """Bytes of address space from the base that belong to this memory."""
        return self.mem.reserved

    def grow_pages(self, delta):
        """Previous size in pages, or -1."""
        self.core.check_access()
        old = lb_memory_grow(cython.address(self.mem), delta)
        return -1 if old == NO_WORD else old

    @cython.locals(buffer="Py_buffer *", flags=cython.int)
    def __getbuffer__(self, buffer, flags):
        PyBuffer_FillInfo(buffer, self, self.mem.base, self.mem.size, 0, flags)


class TableCore:
    """A table of references."""

    def open(self, core, element, length, maximum, value):
        self.core, self.element = core, element
        check(lb_table_open(cython.address(self.tab), length, maximum,
                            self.core.to_bits(self.element, value)))
        if self.element == EXTERNREF:
            self.core.tables.append(self)

    def __dealloc__(self):
        lb_table_close(cython.address(self.tab))

    def __len__(self):
        return self.tab.len

    def check(self, index):
        self.core.check_access()
        if index >= self.tab.len:
            raise IndexError("table index out of range")
        return 0

    def load(self, index):
        self.check(index)
        return self.core.from_bits(self.element, self.tab.base[cython.cast("uint64_t", index)])

    def store_at(self, index, value):
        self.check(index)
        word = self.core.to_bits(self.element, value)
        self.tab.base[cython.cast("uint64_t", index)] = word

    def grow_by(self, delta, value):
        """Previous length, or -1."""
        self.core.check_access()
        word = self.core.to_bits(self.element, value)
        old = lb_table_grow(cython.address(self.tab), delta, word)
        return -1 if old == NO_WORD else old


class GlobalCore:
    """A global: its own cell, or one in an instance that the store keeps alive."""

    def open(self, core, valtype):
        self.cell = cython.address(self.own[0])
        self.start(core, valtype)

    @cython.locals(instance="InstanceCore")
    def open_in(self, core, valtype, instance, index):
        """The cell of defined global `index` of an instance."""
        self.cell = cython.cast(
            "uint64_t *",
            cython.cast("uint8_t *", instance.context)
            + instance.code.layout.c.globals
            + CELL_GLOBAL * cython.cast(Py_ssize_t, index),
        )
        self.start(core, valtype)

    def start(self, core, valtype):
        self.core, self.valtype = core, valtype
        if self.valtype == EXTERNREF:
            self.core.globals.append(self)

    def get_value(self):
        return self.core.from_bits(self.valtype, self.cell[0])

    def set_value(self, value):
        self.core.check_access()
        self.cell[0] = self.core.to_bits(self.valtype, value)

    def get_bits(self):
        return self.cell[0]

    def set_bits(self, word):
        self.cell[0] = word


# ---- code


class Layout:
    """Where the cells of a module's VMContext lie; depends on the module only."""

    def __cinit__(self, counts, func_types, declared, type_ids):
        (
            self.c.n_imported_funcs,
            self.c.n_globals,
            self.c.n_memories,
            self.c.n_tables,
            self.c.n_datas,
            self.c.n_elems,
        ) = counts
        self.c.n_funcs, self.c.n_types = len(func_types), len(type_ids)
        self.func_types = array("I", func_types) or array("I", [0])
        self.type_ids = array("Q", type_ids) or array("Q", [0])
        self.funcref_list = tuple(declared)
        self.starts = array("I", bytes(4 * (1 + len(func_types))))
        self.funcrefs = array("i", [-1]) * (len(func_types) + 1)
        at = VM_CELLS
        self.c.memories, at = at, at + CELL_MEMORY * self.c.n_memories
        self.c.tables, at = at, at + CELL_TABLE * self.c.n_tables
        self.c.types, at = at, at + CELL_TYPE * self.c.n_types
        self.c.globals = at = (at + 15) & -16
        at += CELL_GLOBAL * self.c.n_globals
        self.c.func_imports, at = at, at + CELL_FUNC_IMPORT * self.c.n_imported_funcs
        for index in self.funcref_list:
            self.funcrefs[index] = at
            at += CELL_FUNCREF
        self.size = at
        self.c.funcrefs = cython.address(self.funcrefs[0])
        self.c.func_starts = cython.address(self.starts[0])


ROOMS = cython.declare(object, Rooms(LB_ARENA_SIZE))


class CodeBlock:
    """Linked code of one module in the arena, with its tables for traps."""

    def __cinit__(self, layout, functions, info):
        self.layout, self.info = layout, info
        n = len(functions)
        if n != self.layout.c.n_funcs - self.layout.c.n_imported_funcs:
            raise InternalError("the number of compiled functions is wrong")
        self.starts = self.layout.starts
        self.frames = array("I", bytes(4 * (n + 1)))
        self.place(functions)
        check(lb_arena_open())
        self.offset = ROOMS.take(self.room)
        self.c.start = lb_arena + self.offset
        check(lb_code_writable(self.offset, self.room))
        self.write(functions)
        check(lb_code_seal(self.offset, self.room))
        self.c.n_funcs, self.c.size = n, self.room
        self.c.func_start = cython.address(self.starts[0])
        self.c.frame_size = cython.address(self.frames[0])
        self.c.sites = cython.address(self.sites[0])
        self.c.owner = cython.cast("void *", self)
        lb_module_register(cython.address(self.c))
        self.registered = True

    def __dealloc__(self):
        if self.registered:
            lb_module_forget(cython.address(self.c))
        if self.c.start != cython.NULL:
            lb_code_release(self.offset, self.room)
            ROOMS.give(self.offset, self.room)

    def place(self, functions):
        """Start of every function, 16-aligned; room for all, and for their sites."""
        at, n_sites = 0, 0
        for k, function in enumerate(functions):
            self.starts[k] = at
            self.frames[k] = function.artifact.frame_size
            code = function.artifact.code
            at += (len(code) + 15) & ~15
            n_sites += len(function.artifact.sites) // 8
        self.room = (at + LB_PAGE) // LB_PAGE * LB_PAGE
        self.c.n_sites = n_sites
        self.sites = array("I", bytes(8 * (n_sites + 1)))
        return 0

    def write(self, functions):
        memset(self.c.start, 0xCC, self.room)
        at = 0
        for k, function in enumerate(functions):
            artifact = function.artifact
            code = artifact.code
            start = self.starts[k]
            memcpy(self.c.start + start, cython.cast("const char *", code), len(code))
            self.relocate(function, artifact, k)
            at = self.take_sites(artifact.sites, k, at)
        return 0

    def relocate(self, function, artifact, k):
        relocs, binding = artifact.relocs, function.binding
        kinds, imported = function.slot_kinds, function.imported
        b.n = len(kinds)
        if len(imported) != len(kinds) or len(binding) != 4 * len(kinds) or len(relocs) % 16:
            raise InternalError(f"tables of compiled function {k} disagree")
        b.index = cython.cast("const int32_t *", cython.cast("const char *", binding))
        b.kind = cython.cast("const uint8_t *", cython.cast("const char *", kinds))
        b.imported = cython.cast("const uint8_t *", cython.cast("const char *", imported))
        wrong = lb_relocate(
            self.c.start,
            self.starts[k],
            len(artifact.code),
            cython.cast("const uint8_t *", cython.cast("const char *", relocs)),
            len(relocs) // 16,
            cython.address(b),
            cython.address(self.layout.c),
        )
        if wrong:
            raise InternalError(f"relocation {wrong - 1} of compiled function {k} is wrong")
        return 0

    def take_sites(self, data, k, at):
        n = len(data) // 8
        for j in range(n):
            memcpy(cython.address(record), cython.cast("const char *", data) + 8 * j, 8)
            self.sites[2 * (at + j)] = self.starts[k] + record.offset
            self.sites[2 * (at + j) + 1] = record.meaning
        return at + n

    @property
    def address(self):
        """Machine address of the first function."""
        return cython.cast("uint64_t", self.c.start)

    def start_of(self, k):
        """Offset of defined function k."""
        return self.starts[k]


class InstanceCore:
    """A VMContext with its cells and the record that library calls use."""

    @cython.locals(layout=Layout, k=Py_ssize_t)
    def __cinit__(self, core, code):
        self.core, self.code, self.parts = core, code, []
        self.core.check_access()
        layout = self.code.layout
        self.context = cython.cast("lb_vmctx *", calloc(1, layout.size + 16))
        self.c.context = self.context
        self.c.memories = cython.cast("lb_memory **", calloc(layout.c.n_memories + 1, 8))
        self.c.tables = cython.cast("lb_table **", calloc(layout.c.n_tables + 1, 8))
        self.c.datas = cython.cast("lb_segment *", calloc(layout.c.n_datas + 1, 16))
        self.c.elems = cython.cast("lb_segment *", calloc(layout.c.n_elems + 1, 16))
        if not (self.context and self.c.memories and self.c.tables and self.c.datas
                and self.c.elems):
            raise MemoryError
        self.c.n_memories, self.c.n_tables = layout.c.n_memories, layout.c.n_tables
        self.c.n_datas, self.c.n_elems = layout.c.n_datas, layout.c.n_elems
        lb_fill_head(self.context, cython.address(self.core.ctx))
        self.context.instance = cython.address(self.c)
        for k in range(layout.c.n_types):
            cython.cast("uint64_t *", self.cells() + layout.c.types)[k] = layout.type_ids[k]
        if lb_store_add(cython.address(self.core.ctx), self.context):
            raise MemoryError
        self.core.keep.append(self)

    def __dealloc__(self):
        free(self.context)
        free(self.c.memories)
        free(self.c.tables)
        free(self.c.datas)
        free(self.c.elems)

    def cells(self):
        return cython.cast("uint8_t *", self.context)

    @cython.locals(func=FuncCore, cell="const void **")
    def import_func(self, index, func):
        self.parts.append(func)
        cell = cython.cast(
            "const void **",
            self.cells()
            + self.code.layout.c.func_imports
            + CELL_FUNC_IMPORT * cython.cast(Py_ssize_t, index),
        )
        cell[0] = func.cell.code
        cell[1] = func.cell.context

    @cython.locals(cell=GlobalCore, to="uint64_t *")
    def import_global(self, index, cell):
        self.parts.append(cell)
        to = cython.cast(
            "uint64_t *",
            self.cells()
            + self.code.layout.c.globals
            + CELL_GLOBAL * cython.cast(Py_ssize_t, index),
        )
        to[0] = cython.cast("uint64_t", cell.cell)

    @cython.locals(memory=MemoryCore, k=Py_ssize_t)
    def set_memory(self, k, memory):
        self.parts.append(memory)
        if k >= self.c.n_memories:
            raise IndexError(k)
        self.c.memories[k] = cython.address(memory.mem)
        cython.cast("lb_memory **", self.cells() + self.code.layout.c.memories)[k] = (
            self.c.memories[k]
        )
        if k == 0:
            self.context.memory0 = memory.mem.base

    @cython.locals(table=TableCore, k=Py_ssize_t)
    def set_table(self, k, table):
        self.parts.append(table)
        if k >= self.c.n_tables:
            raise IndexError(k)
        self.c.tables[k] = cython.address(table.tab)
        cython.cast("lb_table **", self.cells() + self.code.layout.c.tables)[k] = (
            self.c.tables[k]
        )

    @cython.locals(layout=Layout, index="uint32_t", cell="lb_funcref *", code="const void **")
    def fill_funcrefs(self):
        """Write the cells that funcrefs point to; after the imports are in place."""
        layout = self.code.layout
        for index in layout.funcref_list:
            cell = cython.cast("lb_funcref *", self.cells() + layout.funcrefs[index])
            cell.type = layout.type_ids[layout.func_types[index]]
            if index < layout.c.n_imported_funcs:
                code = cython.cast(
                    "const void **",
                    self.cells() + layout.c.func_imports + CELL_FUNC_IMPORT * index,
                )
                cell.code = code[0]
                cell.context = cython.cast("lb_vmctx *", code[1])
            else:
                cell.code = (
                    self.code.c.start + layout.starts[index - layout.c.n_imported_funcs]
                )
                cell.context = self.context

    def funcref(self, index):
        if index < 0 or index >= self.code.layout.c.n_funcs:
            raise IndexError(index)
        if self.code.layout.funcrefs[index] < 0:
            raise InternalError(f"function {index} has no cell for references")
        return cython.cast("lb_funcref *", self.cells() + self.code.layout.funcrefs[index])

    def func(self, index):
        """The function `index` as an object; it must be declared (spec, 3.4.10)."""
        return self.core.wrap(self.funcref(index))

    def func_bits(self, index):
        """Bit pattern of a funcref to function `index`."""
        return cython.cast("uint64_t", self.funcref(index))

    @cython.locals(k=Py_ssize_t)
    def set_data(self, k, data, start, end):
        """Contents of data segment k: a range of `data`, which is kept alive."""
        self.parts.append(data)
        if k >= self.c.n_datas or not 0 <= start <= end <= len(data):
            raise IndexError(k)
        self.c.datas[k].items = cython.cast(
            "const void *", address_of(data) + cython.cast("uint64_t", start)
        )
        self.c.datas[k].len = end - start

    @cython.locals(k=Py_ssize_t)
    def set_elem(self, k, items, traced):
        """Contents of element segment k: an array("Q"); `traced` when externrefs."""
        self.parts.append(items)
        if k >= self.c.n_elems:
            raise IndexError(k)
        self.c.elems[k].items = cython.cast("const void *", address_of(items))
        self.c.elems[k].len = len(items)
        if traced and len(items):
            self.core.segments.append(items)

    @cython.locals(k=Py_ssize_t)
    def drop_data(self, k):
        self.c.datas[k].len = 0

    @cython.locals(k=Py_ssize_t)
    def drop_elem(self, k):
        self.c.elems[k].len = 0

    def init_data(self, k, memory, offset):
        """memory.init of the whole segment; a trap code or 0."""
        return lb_init_data(cython.address(self.c), offset, 0,
                            self.c.datas[cython.cast(Py_ssize_t, k)].len, k, memory)

    def init_elem(self, k, table, offset):
        """table.init of the whole segment; a trap code or 0."""
        return lb_init_elem(cython.address(self.c), offset, 0,
                            self.c.elems[cython.cast(Py_ssize_t, k)].len, k, table)


# ---- signal handlers and the watcher, for handlers.py


def arena():
    """Address and size of the range that holds all compiled code."""
    check(lb_arena_open())
    return cython.cast("uint64_t", lb_arena), LB_ARENA_SIZE


def watcher_runs():
    """Whether the native thread that serves deadlines and Ctrl-C runs."""
    return lb_watch_runs()


def start_watcher():
    """Start that thread, if it does not run."""
    check(lb_watch_start())


def handlers_on_top():
    """Whether our latest entry is the installed handler of SIGSEGV and of SIGBUS."""
    return lb_on_top()


def signal_handler(number):
    """Address of the handler that is installed for a signal (0 and 1: none)."""
    return lb_signal_handler(number)


@cython.locals(info=Dl_info)
def library_of(address):
    """Path of the library or program that holds an address, or an empty string."""
    if not dladdr(
        cython.cast("const void *", cython.cast("uint64_t", address)), cython.address(info)
    ):
        return ""
    return cython.cast(bytes, info.dli_fname).decode(errors="replace")


def keep_action(number, restore):
    """Note what is installed for a signal, or install again what was noted."""
    check(lb_keep_action(number, restore))


def generation_of(handler):
    """Which of our entries a handler's address is, or -1."""
    return lb_generation_of(handler)


def install(number, generation):
    """Put entry `generation` on top of what is installed."""
    check(lb_install(number, generation))


def install_before(number, generation, other):
    """Put it on top, and what is installed last, after what `other` has below it."""
    check(lb_install_before(number, generation, other))
