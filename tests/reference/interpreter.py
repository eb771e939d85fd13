"""A reference interpreter for WebAssembly 2.0 without SIMD: plain, slow, right.

Executes `binary.RawModule`s. Every value is an unsigned integer (numbers and float
bits, as in ``numeric``), or for references None or an object (`Function` for a funcref,
anything for an externref). `Instance.hook`, called before each instruction of this
instance's functions, sees what a compiled program should hold at that point. Not here:
reading bytes, numeric semantics, comparing with other engines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.reference import opcodes as oc
from tests.reference.numeric import BINARY, UNARY, Trap, signed

if TYPE_CHECKING:
    from tests.reference.binary import Body, FuncType, Instr, RawModule

PAGE = 0x10000
Hook = Callable[[int, int, list[Any], list[Any]], None]
"""(funcidx, ordinal of the next instruction, operand stack of the frame, locals)"""


class OutOfSteps(Exception):  # noqa: N818
    """The run was longer than the limit set by the caller; says nothing about it."""


@dataclass(slots=True, eq=False)
class Memory:
    data: bytearray
    maximum: int

    def check(self, address: int, size: int) -> None:
        if address + size > len(self.data):
            raise Trap("memory")

    def grow(self, delta: int) -> int:
        pages = len(self.data) // PAGE
        if pages + delta > self.maximum:
            return 0xFFFFFFFF
        self.data += bytes(delta * PAGE)
        return pages


@dataclass(slots=True, eq=False)
class Table:
    items: list[Any]
    maximum: int

    def check(self, index: int, size: int) -> None:
        if index + size > len(self.items):
            raise Trap("table")

    def grow(self, value: Any, delta: int) -> int:
        size = len(self.items)
        if size + delta > self.maximum:
            return 0xFFFFFFFF
        self.items += [value] * delta
        return size


@dataclass(slots=True, eq=False)
class Global:
    value: Any


@dataclass(slots=True, eq=False)
class Function:
    """Defined (`instance`, `body`) or of the host (`host`: bits to bits)."""

    type: FuncType
    host: Callable[..., Sequence[Any]] | None = None
    instance: Instance | None = None
    index: int = 0
    body: Body | None = None
    matches: dict[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Label:
    target: int
    arity: int
    height: int


@dataclass(slots=True)
class Frame:
    function: Function
    locals: list[Any]
    stack: list[Any] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    pc: int = 0

    def pop_many(self, n: int) -> list[Any]:
        if n == 0:
            return []
        values = self.stack[-n:]
        del self.stack[-n:]
        return values

    def branch(self, depth: int) -> None:
        label = self.labels[-1 - depth]
        values = self.pop_many(label.arity)
        del self.stack[label.height :]
        self.stack += values
        # A loop's label stays, since its `loop` instruction is not executed again.
        is_loop = label.target < self.pc
        del self.labels[len(self.labels) - depth - (0 if is_loop else 1) :]
        self.pc = label.target


def find_matches(code: list[Instr]) -> dict[int, tuple[int, int]]:
    """For each block, loop and if: the ordinals of its else (or end) and of its end."""
    found: dict[int, tuple[int, int]] = {}
    opened: list[list[int]] = []
    for i, instr in enumerate(code):
        if instr[0] in {0x02, 0x03, 0x04}:
            opened.append([i, 0])
        elif instr[0] == 0x05:
            opened[-1][1] = i
        elif instr[0] == 0x0B and opened:
            start, other = opened.pop()
            found[start] = (other or i, i)
    return found


class Instance:
    """An instantiated module; `exports` maps names to Function, Table, Memory, Global.

    `steps` counts instructions down to `OutOfSteps`; `max_depth` is the number of
    nested calls after which ``stack`` traps. Both belong to the instance that was
    called first.
    """

    def __init__(
        self,
        module: RawModule,
        imports: dict[tuple[str, str], Any] | None = None,
        *,
        steps: int = 1 << 40,
        max_depth: int = 400,
        hook: Hook | None = None,
        executed: dict[int, int] | None = None,
    ) -> None:
        self.module, self.hook, self.executed = module, hook, executed
        self.steps, self.depth, self.max_depth = steps, 0, max_depth
        given: dict[str, list[Any]] = {
            k: [] for k in ("func", "table", "memory", "global")
        }
        for where, what, kind, _ in module.imports:
            given[kind].append((imports or {})[where, what])
        self.functions: list[Function] = given["func"] + [
            Function(
                module.types[t],
                None,
                self,
                len(given["func"]) + i,
                body,
                find_matches(body.code),
            )
            for i, (t, body) in enumerate(zip(module.funcs, module.bodies, strict=True))
        ]
        self.tables: list[Table] = given["table"] + [
            Table([None] * low, 10_000_000 if high is None else high)
            for _, (low, high) in module.tables
        ]
        self.memories: list[Memory] = given["memory"] + [
            Memory(bytearray(low * PAGE), 65536 if high is None else high)
            for low, high in module.memories
        ]
        self.globals: list[Global] = given["global"]
        for _, _, init in module.globals:
            self.globals.append(Global(self.constant(init)))
        self.elems = [[self.constant(i) for i in e.items] for e in module.elems]
        self.datas = [d.data for d in module.datas]
        spaces: dict[str, list[Any]] = {
            "func": self.functions,
            "table": self.tables,
            "memory": self.memories,
            "global": self.globals,
        }
        self.exports: dict[str, Any] = {n: spaces[k][i] for n, k, i in module.exports}
        self._initialise()

    def _initialise(self) -> None:
        for i, segment in enumerate(self.module.elems):
            if segment.mode == "active":
                offset = self.constant(segment.offset)
                self.table_init(segment.table, offset, 0, len(self.elems[i]), i)
            if segment.mode != "passive":
                self.elems[i] = []
        for i, data in enumerate(self.module.datas):
            if data.mode == "active":
                self.memory_init(self.constant(data.offset), 0, len(data.data), i)
                self.datas[i] = b""
        if self.module.start is not None:
            self.call(self.functions[self.module.start], [])

    def constant(self, expr: list[Instr]) -> Any:
        (instr,) = expr
        if instr[0] == 0x23:
            return self.globals[instr[1]].value
        if instr[0] == 0xD2:
            return self.functions[instr[1]]
        if instr[0] == 0xD0:
            return None
        mask = 0xFFFFFFFFFFFFFFFF if instr[0] == 0x42 else 0xFFFFFFFF
        return instr[1] if instr[0] == 0x44 else instr[1] & mask

    def invoke(self, name: str, args: Sequence[Any]) -> list[Any]:
        """Call an export; raises `Trap`. Arguments and results as described above."""
        self.depth = 0
        return self.call(self.exports[name], list(args))

    def call(self, function: Function, args: list[Any]) -> list[Any]:
        if function.host is not None:
            return list(function.host(*args))
        owner = function.instance
        assert owner is not None
        assert function.body is not None
        if owner is not self:
            owner.depth = self.depth
            owner.steps = self.steps
            try:
                return owner.call(function, args)
            finally:
                self.steps = owner.steps
        if self.depth >= self.max_depth:
            raise Trap("stack")
        references = {oc.FUNCREF, oc.EXTERNREF}
        zeros = [None if t in references else 0 for t in function.body.locals]
        self.depth += 1
        try:
            return self._run(Frame(function, args + zeros))
        finally:
            self.depth -= 1

    def _run(self, frame: Frame) -> list[Any]:
        body = frame.function.body
        assert body is not None
        code, stack = body.code, frame.stack
        arity = len(frame.function.type[1])
        frame.labels.append(Label(len(code), arity, 0))
        while frame.pc < len(code):
            instr = code[frame.pc]
            op = instr[0]
            if self.hook is not None:
                self.hook(frame.function.index, frame.pc, stack, frame.locals)
            if self.executed is not None:
                self.executed[op] = self.executed.get(op, 0) + 1
            self.steps -= 1
            if self.steps < 0:
                raise OutOfSteps
            frame.pc += 1
            if op in BINARY:
                b = stack.pop()
                stack[-1] = BINARY[op](stack[-1], b)
            elif op in UNARY:
                stack[-1] = UNARY[op](stack[-1])
            else:
                HANDLERS[op](self, frame, instr)
        return stack[len(stack) - arity :]

    def memory_init(self, dst: int, src: int, n: int, index: int) -> None:
        memory, data = self.memories[0], self.datas[index]
        if src + n > len(data):
            raise Trap("memory")
        memory.check(dst, n)
        memory.data[dst : dst + n] = data[src : src + n]

    def table_init(self, table: int, dst: int, src: int, n: int, index: int) -> None:
        items = self.elems[index]
        if src + n > len(items):
            raise Trap("table")
        self.tables[table].check(dst, n)
        self.tables[table].items[dst : dst + n] = items[src : src + n]


# ---- control


def _unreachable(_: Instance, __: Frame, ___: Instr) -> None:
    raise Trap("unreachable")


def _nothing(_: Instance, __: Frame, ___: Instr) -> None:
    pass


def _open(x: Instance, f: Frame, i: Instr) -> None:
    params, results = x.module.block_type(i[1])
    start = f.pc - 1
    other, end = f.function.matches[start]
    height = len(f.stack) - len(params)
    if i[0] == 0x03:
        f.labels.append(Label(f.pc, len(params), height))
        return
    taken = True
    if i[0] == 0x04:
        height -= 1
        taken = f.stack.pop() != 0
    f.labels.append(Label(end + 1, len(results), height))
    if not taken:
        # To the first instruction of the else arm, or to the end itself.
        f.pc = other + 1 if other != end else end


def _else(_: Instance, f: Frame, __: Instr) -> None:
    f.pc = f.labels[-1].target - 1


def _end(_: Instance, f: Frame, __: Instr) -> None:
    f.labels.pop()


def _br(_: Instance, f: Frame, i: Instr) -> None:
    f.branch(i[1])


def _br_if(_: Instance, f: Frame, i: Instr) -> None:
    if f.stack.pop():
        f.branch(i[1])


def _br_table(_: Instance, f: Frame, i: Instr) -> None:
    index = f.stack.pop()
    f.branch(i[1][index] if index < len(i[1]) else i[2])


def _return(_: Instance, f: Frame, __: Instr) -> None:
    f.branch(len(f.labels) - 1)


def _call(x: Instance, f: Frame, i: Instr) -> None:
    function = x.functions[i[1]]
    f.stack += x.call(function, f.pop_many(len(function.type[0])))


def _call_indirect(x: Instance, f: Frame, i: Instr) -> None:
    index, table = f.stack.pop(), x.tables[i[2]]
    if index >= len(table.items):
        raise Trap("undefined")
    function = table.items[index]
    if function is None:
        raise Trap("null")
    if function.type != x.module.types[i[1]]:
        raise Trap("signature")
    f.stack += x.call(function, f.pop_many(len(function.type[0])))


def _drop(_: Instance, f: Frame, __: Instr) -> None:
    f.stack.pop()


def _select(_: Instance, f: Frame, __: Instr) -> None:
    condition, b = f.stack.pop(), f.stack.pop()
    if not condition:
        f.stack[-1] = b


# ---- variables, constants, references


def _local_get(_: Instance, f: Frame, i: Instr) -> None:
    f.stack.append(f.locals[i[1]])


def _local_set(_: Instance, f: Frame, i: Instr) -> None:
    f.locals[i[1]] = f.stack.pop()


def _local_tee(_: Instance, f: Frame, i: Instr) -> None:
    f.locals[i[1]] = f.stack[-1]


def _global_get(x: Instance, f: Frame, i: Instr) -> None:
    f.stack.append(x.globals[i[1]].value)


def _global_set(x: Instance, f: Frame, i: Instr) -> None:
    x.globals[i[1]].value = f.stack.pop()


def _const(x: Instance, f: Frame, i: Instr) -> None:
    f.stack.append(x.constant([i]))


def _is_null(_: Instance, f: Frame, __: Instr) -> None:
    f.stack[-1] = int(f.stack[-1] is None)


# ---- memory


def _load(size: int, width: int | None) -> Callable[[Instance, Frame, Instr], None]:
    """`width` is the result's width if the loaded bytes are sign-extended to it."""

    def run(x: Instance, f: Frame, i: Instr) -> None:
        memory, address = x.memories[0], f.stack.pop() + i[2]
        memory.check(address, size)
        value = int.from_bytes(memory.data[address : address + size], "little")
        f.stack.append(signed(value, 8 * size) & ((1 << width) - 1) if width else value)

    return run


def _store(size: int) -> Callable[[Instance, Frame, Instr], None]:
    def run(x: Instance, f: Frame, i: Instr) -> None:
        value, address = f.stack.pop(), f.stack.pop() + i[2]
        memory = x.memories[0]
        memory.check(address, size)
        value &= (1 << 8 * size) - 1
        memory.data[address : address + size] = value.to_bytes(size, "little")

    return run


def _memory_size(x: Instance, f: Frame, _: Instr) -> None:
    f.stack.append(len(x.memories[0].data) // PAGE)


def _memory_grow(x: Instance, f: Frame, _: Instr) -> None:
    f.stack[-1] = x.memories[0].grow(f.stack[-1])


def _memory_init(x: Instance, f: Frame, i: Instr) -> None:
    dst, src, n = f.pop_many(3)
    x.memory_init(dst, src, n, i[1])


def _data_drop(x: Instance, _: Frame, i: Instr) -> None:
    x.datas[i[1]] = b""


def _memory_copy(x: Instance, f: Frame, _: Instr) -> None:
    dst, src, n = f.pop_many(3)
    memory = x.memories[0]
    memory.check(src, n)
    memory.check(dst, n)
    memory.data[dst : dst + n] = memory.data[src : src + n]


def _memory_fill(x: Instance, f: Frame, _: Instr) -> None:
    dst, value, n = f.pop_many(3)
    memory = x.memories[0]
    memory.check(dst, n)
    memory.data[dst : dst + n] = bytes([value & 0xFF]) * n


# ---- tables


def _table_get(x: Instance, f: Frame, i: Instr) -> None:
    table, index = x.tables[i[1]], f.stack.pop()
    table.check(index, 1)
    f.stack.append(table.items[index])


def _table_set(x: Instance, f: Frame, i: Instr) -> None:
    index, value = f.pop_many(2)
    x.tables[i[1]].check(index, 1)
    x.tables[i[1]].items[index] = value


def _table_init(x: Instance, f: Frame, i: Instr) -> None:
    dst, src, n = f.pop_many(3)
    x.table_init(i[2], dst, src, n, i[1])


def _elem_drop(x: Instance, _: Frame, i: Instr) -> None:
    x.elems[i[1]] = []


def _table_copy(x: Instance, f: Frame, i: Instr) -> None:
    dst, src, n = f.pop_many(3)
    target, source = x.tables[i[1]], x.tables[i[2]]
    source.check(src, n)
    target.check(dst, n)
    target.items[dst : dst + n] = source.items[src : src + n]


def _table_grow(x: Instance, f: Frame, i: Instr) -> None:
    value, delta = f.pop_many(2)
    f.stack.append(x.tables[i[1]].grow(value, delta))


def _table_size(x: Instance, f: Frame, i: Instr) -> None:
    f.stack.append(len(x.tables[i[1]].items))


def _table_fill(x: Instance, f: Frame, i: Instr) -> None:
    dst, value, n = f.pop_many(3)
    x.tables[i[1]].check(dst, n)
    x.tables[i[1]].items[dst : dst + n] = [value] * n


def _accesses() -> dict[int, Callable[[Instance, Frame, Instr], None]]:
    """Loads and stores, with the width taken from the mnemonic (i64.load32_s, ...)."""
    table = {}
    for op in oc.OPS.values():
        if op.immediates != "m":
            continue
        valtype, _, access = op.name.partition(".")
        digits = "".join(c for c in access if c.isdigit())
        width = int(valtype[1:])
        size = int(digits or width) // 8
        if access.startswith("load"):
            table[op.code] = _load(size, width if access.endswith("_s") else None)
        else:
            table[op.code] = _store(size)
    return table


_NAMED: dict[str, Callable[[Instance, Frame, Instr], None]] = {
    "unreachable": _unreachable, "nop": _nothing, "block": _open, "loop": _open,
    "if": _open, "else": _else, "end": _end, "br": _br, "br_if": _br_if,
    "br_table": _br_table, "return": _return, "call": _call,
    "call_indirect": _call_indirect, "drop": _drop, "select": _select,
    "select_t": _select, "local.get": _local_get, "local.set": _local_set,
    "local.tee": _local_tee, "global.get": _global_get, "global.set": _global_set,
    "table.get": _table_get, "table.set": _table_set, "memory.size": _memory_size,
    "memory.grow": _memory_grow, "i32.const": _const, "i64.const": _const,
    "f32.const": _const, "f64.const": _const, "ref.null": _const, "ref.func": _const,
    "ref.is_null": _is_null, "memory.init": _memory_init, "data.drop": _data_drop,
    "memory.copy": _memory_copy, "memory.fill": _memory_fill, "table.init": _table_init,
    "elem.drop": _elem_drop, "table.copy": _table_copy, "table.grow": _table_grow,
    "table.size": _table_size, "table.fill": _table_fill,
}  # fmt: skip
HANDLERS = _accesses() | {oc.CODE[name]: handler for name, handler in _NAMED.items()}
