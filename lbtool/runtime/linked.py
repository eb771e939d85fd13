"""Linked code and instances: a module's machine code in the arena, and its VMContexts.

Where cells lie (`Layout`) and the code (`CodeBlock`) depend on the module alone, hence
all its instances share them. The order of events at instantiation is in
``instantiate.py``.
"""
# ruff: noqa: ANN001, ANN201, ANN204, D102, F821 - C names and types are in the .pxd

import cython

from lbtool.buffers import ints, ulongs, words

CONSTANT = cython.declare("uint64_t", 0)  # skeleton.CONST, GLOBAL, FUNC
OF_GLOBAL = cython.declare("uint64_t", 1)
OF_FUNC = cython.declare("uint64_t", 2)
PIECE_SIZE = cython.declare("size_t", cython.sizeof("lb_piece"))


@cython.cfunc
def internal_error(message):
    """The error; a warm run does not import its module."""
    from lbtool.runtime import trap  # noqa: PLC0415

    return trap.InternalError(message)


def check_datas(datas, size, n_memories, n_globals):
    """Whether data records are of a module of `size` bytes with so many of these."""
    return bool(datas_hold(datas, size, n_memories, n_globals))


def datas_hold(datas, size, n_memories, n_globals):  # noqa: D103 - the same, in C
    if datas.shape[0] == 0:
        return True
    return lb_datas_fit_module(
        cython.cast("const lb_data *", cython.address(datas[0])),
        datas.shape[0] // 4,
        size,
        n_memories,
        n_globals,
    )


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
        self.func_types, self.declared = func_types, declared
        self.n_declared = len(declared)
        self.type_ids = ulongs(len(type_ids))
        for k, type_id in enumerate(type_ids):
            self.type_ids[k] = type_id
        self.funcrefs = ints(len(func_types) + 1)
        self.funcrefs[:] = -1
        at = VM_CELLS
        self.c.memories, at = at, at + CELL_MEMORY * self.c.n_memories
        self.c.tables, at = at, at + CELL_TABLE * self.c.n_tables
        self.c.types, at = at, at + CELL_TYPE * self.c.n_types
        self.c.globals = at = (at + 15) & -16
        at += CELL_GLOBAL * self.c.n_globals
        self.c.func_imports, at = at, at + CELL_FUNC_IMPORT * self.c.n_imported_funcs
        for k in range(self.n_declared):
            self.funcrefs[self.declared[k]] = at
            at += CELL_FUNCREF
        self.size = at
        self.c.funcrefs = cython.address(self.funcrefs[0])

    def has_cell(self, index):
        """Whether there is a function `index`, which references may name."""
        return index < self.c.n_funcs and self.funcrefs[index] >= 0

    def words_hold(self, pairs, n_globals):
        """Whether initialisers name only such functions, and the first globals."""
        return bool(self.pairs_hold(pairs, n_globals))

    def pairs_hold(self, pairs, n_globals):
        if pairs.shape[0] % 2:
            return False
        for k in range(pairs.shape[0] // 2):
            if pairs[2 * k] > OF_FUNC:
                return False
            if pairs[2 * k] == OF_GLOBAL and pairs[2 * k + 1] >= n_globals:
                return False
            if pairs[2 * k] == OF_FUNC and (
                pairs[2 * k + 1] >= self.c.n_funcs
                or self.funcrefs[cython.cast(Py_ssize_t, pairs[2 * k + 1])] < 0
            ):
                return False
        return True


class CodeBlock:
    """Linked code of one module in the arena, with its tables for traps.

    It is empty until one of `link` and `load` was called, once.
    """

    def __cinit__(self, layout, info):
        self.layout, self.info = layout, info
        self.c.n_funcs = self.layout.c.n_funcs - self.layout.c.n_imported_funcs

    def __dealloc__(self):
        if self.registered:
            forget_module(cython.address(self.c))

    @cython.locals(pieces="lb_piece *")
    def link(self, functions):
        """Place and relocate compiled functions, one per defined function."""
        if len(functions) != cython.cast(Py_ssize_t, self.c.n_funcs):
            raise internal_error("the number of compiled functions is wrong")
        pieces = cython.cast("lb_piece *", calloc(self.c.n_funcs + 1, PIECE_SIZE))
        if not pieces:
            raise MemoryError
        try:
            buffers = self.gather(functions, pieces)
            self.place(pieces)
            self.pack_sites(pieces)
            self.open()
            self.write(pieces)
            del buffers
        finally:
            free(pieces)
        self.seal()

    def gather(self, functions, pieces):
        """Where the parts of all functions are; gives what must stay alive meanwhile.

        Functions of one batch have their parts in the same buffers.
        """
        buffers = []
        last_data = last_words = None
        octets = table = n_octets = n_words = 0
        for k, function in enumerate(functions):
            try:
                flat = function.flat()
            except ValueError:
                raise internal_error(
                    f"tables of compiled function {k} disagree"
                ) from None
            data, at, n_code, n_slots, tables, word, frame, n_relocs, n_sites = flat
            if data is not last_data:
                last_data = data
                octets, n_octets = address_of(data), len(data)
                buffers.append(data)
            if tables is not last_words:
                last_words = tables
                table, n_words = address_of(tables), len(tables) // 4
                buffers.append(tables)
            if (
                min(at, n_code, n_slots, word, frame, n_relocs, n_sites) < 0
                or at + n_code + 2 * n_slots > n_octets
                or word + n_relocs + n_sites + n_slots > n_words
            ):
                raise internal_error(f"compiled function {k} is not where it should be")
            piece = pieces + k
            piece.code = cython.cast("const uint8_t *", octets + at)
            piece.sites = cython.cast("const uint8_t *", table + 4 * (word + n_relocs))
            piece.relocs = cython.cast("const uint8_t *", table + 4 * word)
            piece.n_code, piece.frame_size = n_code, frame
            piece.n_relocs, piece.n_sites = n_relocs // 4, n_sites // 2
            piece.binding.kind = piece.code + n_code
            piece.binding.imported = piece.binding.kind + n_slots
            piece.binding.index = cython.cast(
                "const int32_t *", piece.sites + 4 * n_sites
            )
            piece.binding.n = n_slots
        return buffers

    @cython.locals(at="uint64_t")
    def load(self, code, starts, frames, site_starts, sites):
        """Take what `linked` gave; ValueError when the tables cannot be its.

        Code that was read into a `Room` stays where it is; else it is copied.
        """
        self.starts, self.frames = starts, frames
        self.site_starts, self.sites = site_starts, sites
        self.room = len(code)
        if (
            self.room == 0
            or self.room % LB_PAGE
            or self.starts.shape[0] != self.c.n_funcs + 1
            or self.frames.shape[0] != self.c.n_funcs + 1
            or self.site_starts.shape[0] != self.c.n_funcs + 1
            or self.sites.shape[0] != self.end_of_sites() + 1
            or not lb_tables_hold(
                self.room,
                self.c.n_funcs,
                cython.address(self.starts[0]),
                cython.address(self.frames[0]),
                cython.address(self.site_starts[0]),
            )
        ):
            raise ValueError("tables of linked code")
        at = address_of(code)
        owner = getattr(code, "obj", None)
        if isinstance(owner, Room) and self.is_fresh(owner) and at % LB_PAGE == 0:
            self.settle(owner, cython.cast("uint8_t *", at))
        else:
            self.open()
            memcpy(self.c.start, cython.cast("const void *", at), self.room)
        self.seal()

    def is_fresh(self, room):
        return not room.sealed

    def end_of_sites(self):
        return self.site_starts[cython.cast(Py_ssize_t, self.c.n_funcs)]

    def linked(self):
        """What `load` takes, in any process."""
        return (
            cython.cast("const char *", self.c.start)[: self.room],
            bytes(self.starts),
            bytes(self.frames),
            bytes(self.site_starts),
            bytes(self.sites),
        )

    def open(self):
        """Take pages that can be written."""
        room = Room(self.room)
        return self.settle(room, room.start())

    def settle(self, room, start):
        self.home, self.c.start, self.c.size = room, start, self.room
        return 0

    def seal(self):
        """From now on the pages can be executed, and traps know them."""
        self.c.func_start = cython.address(self.starts[0])
        self.c.frame_size = cython.address(self.frames[0])
        self.c.site_start = cython.address(self.site_starts[0])
        self.c.sites = cython.address(self.sites[0])
        self.c.info = cython.cast("void *", self.info)
        seal_pages(cython.address(self.c))
        self.registered = self.home.sealed = True
        return 0

    def place(self, pieces):
        """Start of every function, 16-aligned."""
        n = self.c.n_funcs
        starts, frames = words(n + 1), words(n + 1)
        at = 0
        for k in range(n):
            starts[k] = at
            frames[k] = pieces[k].frame_size
            at += (pieces[k].n_code + 15) & ~15
        self.room = (at + LB_PAGE) // LB_PAGE * LB_PAGE
        self.starts, self.frames = starts, frames
        self.layout.c.func_starts = cython.address(self.starts[0])
        return 0

    def pack_sites(self, pieces):
        total = at = 0
        n = self.c.n_funcs
        for k in range(n):
            total += pieces[k].n_sites
        packed = bytearray(LB_LONGEST_SITE * total + 1)
        starts = words(n + 1)
        to = cython.cast("uint8_t *", cython.cast("char *", packed))
        for k in range(n):
            starts[k] = at
            at += pack_sites(to + at, pieces[k].sites, pieces[k].n_sites)
        starts[n] = at
        self.site_starts, self.sites = starts, bytes(packed[: at + 1])
        return 0

    def write(self, pieces):
        with cython.nogil:
            wrong = lb_write(
                self.c.start, self.room, pieces, cython.address(self.layout.c)
            )
        self.layout.c.func_starts = cython.NULL
        if wrong.relocation:
            raise internal_error(
                f"relocation {wrong.relocation - 1} of compiled function"
                f" {wrong.function} is wrong"
            )
        return 0

    @property
    def address(self):
        """Machine address of the first function."""
        return cython.cast("uint64_t", self.c.start)

    @property
    def size(self):
        """Bytes, padding to whole pages included."""
        return self.room

    def start_of(self, k):
        """Offset of defined function k."""
        return self.starts[k]


class InstanceCore:
    """A VMContext with its cells and the record that library calls use."""

    @cython.locals(layout=Layout, k=Py_ssize_t)
    def __cinit__(self, core, code):
        self.core, self.code, self.parts = core, code, []
        layout = self.code.layout
        self.context = cython.cast("lb_vmctx *", calloc(1, layout.size + 16))
        self.c.context = self.context
        self.c.memories = cython.cast(
            "lb_memory **", calloc(layout.c.n_memories + 1, 8)
        )
        self.c.tables = cython.cast("lb_table **", calloc(layout.c.n_tables + 1, 8))
        self.c.datas = cython.cast("lb_segment *", calloc(layout.c.n_datas + 1, 16))
        self.c.elems = cython.cast("lb_segment *", calloc(layout.c.n_elems + 1, 16))
        if not (
            self.context
            and self.c.memories
            and self.c.tables
            and self.c.datas
            and self.c.elems
        ):
            raise MemoryError
        self.c.n_memories, self.c.n_tables = layout.c.n_memories, layout.c.n_tables
        self.c.n_datas, self.c.n_elems = layout.c.n_datas, layout.c.n_elems
        self.context.instance = cython.address(self.c)
        for k in range(layout.c.n_types):
            cython.cast("uint64_t *", self.cells() + layout.c.types)[k] = (
                layout.type_ids[k]
            )
        self.core.adopt_context(self.context)
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

    @cython.locals(
        layout=Layout,
        k=Py_ssize_t,
        index="uint32_t",
        cell="lb_funcref *",
        code="const void **",
    )
    def fill_funcrefs(self):
        """Write the cells that funcrefs point to; after the imports are in place."""
        layout = self.code.layout
        for k in range(layout.n_declared):
            index = layout.declared[k]
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
                    self.code.c.start
                    + self.code.starts[index - layout.c.n_imported_funcs]
                )
                cell.context = self.context

    def global_address(self, index):
        """Address of the cell of a global that the instance defines."""
        if not 0 <= index < self.code.layout.c.n_globals:
            raise IndexError(index)
        return (
            cython.cast("uint64_t", self.context)
            + self.code.layout.c.globals
            + CELL_GLOBAL * cython.cast("uint64_t", index)
        )

    def funcref(self, index):
        if index < 0 or index >= self.code.layout.c.n_funcs:
            raise IndexError(index)
        if self.code.layout.funcrefs[index] < 0:
            raise internal_error(f"function {index} has no cell for references")
        return cython.cast(
            "lb_funcref *", self.cells() + self.code.layout.funcrefs[index]
        )

    def func(self, index):
        """The function `index` as an object; it must be declared (spec, 3.4.10)."""
        return self.core.wrap(self.funcref(index))

    def func_bits(self, index):
        """Bit pattern of a funcref to function `index`."""
        return cython.cast("uint64_t", self.funcref(index))

    @cython.locals(records="const lb_data *", at="const uint8_t *")
    def load_datas(self, datas, data):
        """Contents of all data segments: ranges of `data`, which is kept alive."""
        self.datas = datas
        if self.datas.shape[0] != 4 * cython.cast(
            Py_ssize_t, self.c.n_datas
        ) or not check_datas(
            datas, len(data), self.c.n_memories, self.code.layout.c.n_globals
        ):
            raise IndexError("data segments")
        if not self.c.n_datas:
            return
        records, at = self.data_records(), cython.NULL
        if hasattr(data, "fileno"):
            if lb_datas_active(records, self.c.n_datas):
                self.file = data  # they are written once, straight from the file
            else:
                data = bytes(data)
        if self.file is None:
            self.parts.append(data)
            at = cython.cast(
                "const uint8_t *", cython.cast("uint64_t", address_of(data))
            )
        lb_load_datas(cython.address(self.c), records, self.c.n_datas, at)

    def bits_of_globals(self, globals_):
        if globals_.shape[0] <= cython.cast(Py_ssize_t, self.code.layout.c.n_globals):
            raise IndexError("globals")
        return cython.address(globals_[0])

    def data_records(self):
        if self.c.n_datas == 0:
            return cython.NULL
        return cython.cast("const lb_data *", cython.address(self.datas[0]))

    def datas_fit(self, globals_):
        """Whether all active data segments fit; `globals_` are the bits of globals."""
        return bool(
            lb_datas_fit(
                cython.address(self.c),
                self.data_records(),
                self.c.n_datas,
                self.bits_of_globals(globals_),
            )
        )

    @cython.locals(status="int64_t", fd=cython.int)
    def run_datas(self, globals_):
        """Write the active data segments and drop them; a trap code or 0.

        Raises OSError when they cannot be read, or are not what they were.
        """
        fd = -1 if self.file is None else self.file.fileno()
        status = lb_run_datas(
            cython.address(self.c),
            self.data_records(),
            self.c.n_datas,
            self.bits_of_globals(globals_),
            fd,
        )
        if self.file is not None:
            file, self.file = self.file, None
            file.check()
        if status < 0:
            raise OSError(-status, "the data of the module cannot be read")
        return status

    def evaluate(self, pairs, globals_):
        """Bits of initialisers, which are pairs of words (``skeleton.py``)."""
        made = ulongs(len(pairs) // 2)
        self.evaluate_into(made, pairs, globals_)
        return made

    def evaluate_into(self, out, pairs, globals_):
        for k in range(out.shape[0]):
            if pairs[2 * k] == CONSTANT:
                out[k] = pairs[2 * k + 1]
            elif pairs[2 * k] == OF_GLOBAL:
                out[k] = globals_[cython.cast(Py_ssize_t, pairs[2 * k + 1])]
            else:
                out[k] = cython.cast("uint64_t", self.funcref(pairs[2 * k + 1]))
        return 0

    @cython.locals(k=Py_ssize_t)
    def set_elem(self, k, items, traced):
        """Contents of element segment k: u64; `traced` when externrefs."""
        self.parts.append(items)
        if k >= self.c.n_elems:
            raise IndexError(k)
        self.c.elems[k].items = cython.cast("const void *", address_of(items))
        self.c.elems[k].len = len(items)
        if traced and len(items):
            self.core.segments.append(items)

    @cython.locals(k=Py_ssize_t)
    def drop_elem(self, k):
        self.c.elems[k].len = 0

    @cython.locals(k=Py_ssize_t, table=Py_ssize_t)
    def init_elem(self, k, table, offset):
        """table.init of the whole segment; a trap code or 0."""
        return lb_init_elem(
            self.c.tables[table],
            offset,
            cython.address(self.c.elems[k]),
            0,
            self.c.elems[k].len,
        )
