"""The boundary between Python and compiled code: stores, calls, and the C core.

Typed covers of the C sources. What they mean for a user, and all policy, is in the
plain Python modules beside this one. All C code with state is linked into this module;
``cells.py`` (memories, tables, globals) and ``linked.py`` (code, instances) reach it
through here. C types are in ``native.pxd``, types for Python callers in ``native.pyi``;
there is no un-compiled form.
"""
# ruff: noqa: F821 - C names and types are in the .pxd

import cython

from lbtool.runtime.rooms import Rooms

GENERATIONS = LB_GENERATIONS
FREE = object()
FIRST_COLLECTION = 4096
NO_WORD = cython.declare("uint64_t", 0xFFFFFFFFFFFFFFFF)


@cython.cfunc
def traps():
    """The module of traps: imported when there is one, which is rarely."""
    from lbtool.runtime import trap  # noqa: PLC0415

    return trap


# ---- stores


class Root:
    """Something whose external references keep objects alive."""

    def references(self):
        raise NotImplementedError

    def n_references(self):
        raise NotImplementedError


class StoreCore:
    """Owner of everything that instances of one store share; entered by one thread."""

    def __cinit__(self):
        lb_store_init(cython.address(self.ctx))
        self.keep, self.roots, self.segments = [], [], []
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
            raise traps().InternalError(f"externref handle {handle} does not exist")
        return self.refs[handle]

    @property
    def n_externrefs(self):
        """Objects held for external references."""
        return len(self.ids)

    @cython.locals(root=Root)
    def collect(self):
        """Forget objects that no table, global or segment refers to; outside calls."""
        marks = bytearray(len(self.refs))
        for part in self.roots:
            root = part
            self.mark(marks, root.references(), root.n_references())
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
        func.signature = signature_of(cell.type)
        func.cell = cell
        return func

    # -- calls

    def check_access(self):
        """Raise StoreBusyError when another thread is inside."""
        if lb_is_elsewhere(cython.address(self.ctx)):
            raise traps().StoreBusyError("the store is in use by another thread")
        return 0

    def enter(self):
        if lb_begin(cython.address(self.ctx)) == LB_BUSY:
            raise traps().StoreBusyError("the store is in use by another thread")
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
            raise traps().Trap(traps().TrapCode.STACK)
        if status == LB_CANCELLED:
            raise_interrupted(traps().Trap(traps().TrapCode.INTERRUPT))
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
            raise traps().InternalError(f"trap at an unknown site {trap.pc:#x}")
        error = traps().Trap(
            traps().TrapCode(trap.code),
            address,
            frames,
            truncated=bool(trap.more),
            reason=None if cause is None else f"{type(cause).__name__}: {cause}",
        )
        error.__cause__ = cause
        if trap.code == TRAP_INTERRUPT:
            raise_interrupted(error)
        raise error

    def explain_fault(self, trap):
        """Offset in the memory that the address is of, or InternalError."""
        offset = lb_fault_offset(cython.address(self.ctx))
        if offset >= 0:
            return offset
        registers = tuple([trap.registers[k] for k in range(23)])
        raise traps().InternalError(
            f"signal {trap.signal} in compiled code at {trap.pc:#x}, address "
            f"{trap.address:#x}: not an out of bounds memory access",
            registers,
        )

    # -- instances

    def adopt_context(self, context):
        """Fill the head of a VMContext, which then belongs to this store."""
        self.check_access()
        lb_fill_head(context, cython.address(self.ctx))
        if lb_store_add(cython.address(self.ctx), context):
            raise MemoryError
        return 0


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
    info = cython.cast(object, module.info)
    return info, func, site >> 8 if site >= 0 else None


@cython.locals(view="Py_buffer", address="uint64_t")
def address_of(buffer):
    """Address of a bytes-like object's first byte; it must stay alive and in place."""
    PyObject_GetBuffer(buffer, cython.address(view), PyBUF_SIMPLE)
    address = cython.cast("uint64_t", view.buf)
    PyBuffer_Release(cython.address(view))
    return address


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
        if not raw:
            return self.core.from_bits(self.signature.kinds[k], word)
        # the upper half of a vector register is not part of an f32
        return cython.cast("uint32_t", word) if self.signature.kinds[k] == F32 else word

    def results(self, image, raw):
        return tuple(
            [self.result(image, k, raw) for k in range(self.signature.n_results)]
        )

    def cell_address(self):
        """Identity of the function: address of what a funcref to it points to."""
        return cython.cast("uint64_t", self.cell)

    @cython.locals(host="HostCore")
    def init_host(self, core, sig, callable_):
        """Become a function of the host that calls `callable_`."""
        host = HostCore(core, sig, callable_)
        self.adopt(
            core,
            sig,
            cython.cast("uint64_t", cython.address(lb_host_stub)),
            cython.cast("uint64_t", host.record),
            host,
        )

    def adopt(self, core, sig, code, context, owner):
        """Become the function {code, context}; the store keeps `owner` alive."""
        self.core, self.signature, self.owner = core, sig, owner
        self.own.code = cython.cast("const void *", cython.cast("uint64_t", code))
        self.own.context = cython.cast("lb_vmctx *", cython.cast("uint64_t", context))
        self.own.type = self.signature.type_id
        self.cell = cython.address(self.own)
        self.core.keep.append(
            self
        )  # funcrefs may point here as long as the store lives


FUNC_CLASS = cython.declare(object, FuncCore)


def set_func_class(cls):
    """The class of functions that come out of compiled code."""
    global FUNC_CLASS  # noqa: PLW0603 - the subclass is defined in Python
    FUNC_CLASS = cls


class HostCore:
    """A Python callable as compiled code reaches it."""

    def __cinit__(self, core, sig, callable_):
        self.core, self.signature, self.callable = core, sig, callable_
        self.record = cython.cast("lb_host *", calloc(1, VM_CELLS))
        if self.record == cython.NULL:
            raise MemoryError
        lb_fill_head(
            cython.cast("lb_vmctx *", self.record), cython.address(self.core.ctx)
        )
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
    """What the host stub calls; `image.failed` was set by it."""
    host_core = cython.cast(object, host.data)
    try:
        host_core.call(image)
        image.failed = 0
    except BaseException as exception:  # noqa: BLE001 - raised again beyond the code
        host_core.core.pending = exception


# ---- executable memory: pages are taken, written, sealed, given back

ROOMS = Rooms(LB_ARENA_SIZE)


def arena():
    """Address and size of the range that holds all compiled code."""
    check(lb_arena_open())
    return cython.cast("uint64_t", lb_arena), LB_ARENA_SIZE


class Room:
    """Pages of the arena: filled through the buffer protocol, then sealed in part."""

    def __cinit__(self, size):
        check(lb_arena_open())
        self.length = size
        self.size = (self.length + LB_PAGE - 1) // LB_PAGE * LB_PAGE
        self.offset = ROOMS.take(self.size)
        self.taken = True
        check(lb_code_writable(self.offset, self.size))

    def __dealloc__(self):
        if self.taken:  # nothing of the code stays readable
            lb_code_release(self.offset, self.size)
            if ROOMS is not None:  # nobody has it when the interpreter ends
                ROOMS.give(self.offset, self.size)

    @cython.locals(buffer="Py_buffer *", flags=cython.int)
    def __getbuffer__(self, buffer, flags):
        PyBuffer_FillInfo(buffer, self, self.start(), self.length, 0, flags)

    def start(self):
        return lb_arena + self.offset


def seal_pages(module):
    """Make a module's pages executable, no longer writable, and known to traps."""
    check(lb_code_seal(module.start - lb_arena, module.size))
    lb_module_register(module)
    return 0


def forget_module(module):
    """Frames of this code are no longer recognised."""
    lb_module_forget(module)


def pack_sites(to, records, n):
    """Sites of a function as `lb_site_at` reads them; gives the number of bytes."""
    return lb_pack_sites(to, records, n)


def cpu_features():
    """Which of the features that compiled code may use this processor has."""
    return b"%d" % lb_cpu_features()


# ---- signal handlers and the watcher, for handlers.py


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
        cython.cast("const void *", cython.cast("uint64_t", address)),
        cython.address(info),
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
