"""Makes a failing case small: fewer calls, functions, instructions, locals,
definitions.

Works on the decoded module and asks `still_fails` about each smaller candidate;
candidates that do not validate are not asked about. The result is a module a person can
read. Not here: what failing means, and surviving crashes (``differential``).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain

import wasmtime

from tests.property.generate import Call, Case
from tests.reference import opcodes as oc
from tests.reference.binary import Body, FuncType, Instr, RawModule, decode, encode
from tests.reference.interpreter import find_matches

StillFails = Callable[[Case], bool]
CONST = {oc.I32: 0x41, oc.I64: 0x42, oc.F32: 0x43, oc.F64: 0x44}
STRUCTURED = {0x02, 0x03, 0x04}


@cache
def _engine() -> wasmtime.Engine:
    config = wasmtime.Config()
    config.parallel_compilation = False
    return wasmtime.Engine(config)


def is_valid(data: bytes) -> bool:
    try:
        wasmtime.Module.validate(_engine(), data)
    except wasmtime.WasmtimeError:
        return False
    return True


def enclosing_end(code: list[Instr], at: int) -> int:
    """The else or end that closes the block in which instruction `at` lies."""
    depth = 0
    for i in range(at, len(code)):
        if code[i][0] in STRUCTURED:
            depth += 1
        elif code[i][0] == 0x0B or (code[i][0] == 0x05 and depth == 0):
            if depth == 0:
                return i
            depth -= 1
    return len(code) - 1


def unwrap(inner: list[Instr]) -> list[Instr] | None:
    """The body of a block without the block; None if something branches to it."""
    out: list[Instr] = []
    depth = 0
    for instr in inner:
        op = instr[0]
        depth += (op in STRUCTURED) - (op == 0x0B)
        if op in {0x0C, 0x0D}:
            if instr[1] == depth:
                return None
            out.append((op, instr[1] - (instr[1] > depth)))
        elif op == 0x0E:
            labels = (*instr[1], instr[2])
            if depth in labels:
                return None
            *arms, other = (d - (d > depth) for d in labels)
            out.append((op, tuple(arms), other))
        else:
            out.append(instr)
    return out


def _constants(types: tuple[int, ...]) -> list[Instr]:
    return [(CONST[t], 0) if t in CONST else (0xD0, t) for t in types]


class Minimiser:
    """Holds the smallest failing case so far; `tries` bounds the work."""

    def __init__(self, case: Case, still_fails: StillFails, tries: int = 4000) -> None:
        self.case, self.still_fails, self.tries = case, still_fails, tries
        self.module = decode(case.wasm)

    def run(self) -> Case:
        before = -1
        self.calls()
        while before != (size := len(self.case.wasm) + len(self.case.calls)):
            before = size
            self.bodies()
            for index in range(len(self.module.bodies)):
                self.truncate(index)
                self.instructions(index)
                self.pairs(index)
            self.definitions()
            self.calls()
        return self.case

    # ---- candidates

    def accept(self, module: RawModule, calls: list[Call] | None = None) -> bool:
        if self.tries <= 0:
            return False
        data = encode(module)
        if not is_valid(data):
            return False
        self.tries -= 1
        calls = self.case.calls if calls is None else calls
        candidate = replace(self.case, wasm=data, calls=calls)
        if not self.still_fails(candidate):
            return False
        self.case, self.module = candidate, module
        return True

    def calls(self) -> None:
        size = len(self.case.calls) // 2
        while size >= 1:
            at = 0
            while at < len(self.case.calls):
                fewer = self.case.calls[:at] + self.case.calls[at + size :]
                if not self.accept(self.module, fewer):
                    at += size
            size //= 2

    def with_code(self, index: int, code: list[Instr]) -> RawModule:
        module = copy.copy(self.module)
        module.bodies = list(module.bodies)
        module.bodies[index] = Body(module.bodies[index].locals, code)
        return module

    def bodies(self) -> None:
        for index, typeidx in enumerate(self.module.funcs):
            code: list[Instr] = [*_constants(self.module.types[typeidx][1]), (0x0B,)]
            if self.module.bodies[index].code != code:
                self.accept(self.with_code(index, code))

    def truncate(self, index: int) -> None:
        """Cut everything from some place to the end of its block."""
        at = 0
        while at < len(self.module.bodies[index].code) - 1:
            code = self.module.bodies[index].code
            end = enclosing_end(code, at)
            cut = [*code[:at], (0x00,), *code[end:]]
            at += not (len(cut) < len(code) and self.accept(self.with_code(index, cut)))

    def pairs(self, index: int) -> None:
        """Remove a value together with the instruction that throws it away."""
        at = 1
        while at < len(self.module.bodies[index].code) - 1:
            code = self.module.bodies[index].code
            shorter = (
                self.without_value(index, code, at)
                if code[at][0] in {0x1A, 0x21}
                else 0
            )
            at += not shorter

    def without_value(self, index: int, code: list[Instr], at: int) -> bool:
        for back in range(max(0, at - 25), at):
            fewer = code[:back] + code[back + 1 : at] + code[at + 1 :]
            if self.accept(self.with_code(index, fewer)):
                return True
        return False

    def instructions(self, index: int) -> None:
        code = self.module.bodies[index].code
        size = max(1, len(code) // 2)
        while size >= 1:
            at = 0
            while at < len(self.module.bodies[index].code) - 1:
                code = self.module.bodies[index].code
                fewer = code[:at] + code[min(at + size, len(code) - 1) :]
                if not self.accept(self.with_code(index, fewer)):
                    at += size
            size //= 2
        at = 0
        while at < len(self.module.bodies[index].code) - 1:
            for smaller in self.simpler(self.module.bodies[index].code, at):
                if self.accept(self.with_code(index, smaller)):
                    break
            else:
                at += 1

    def simpler(self, code: list[Instr], at: int) -> Iterator[list[Instr]]:
        """Ways to do less at one instruction, each strictly simpler than before."""
        instr = code[at]
        if instr[0] in STRUCTURED:
            other, end = find_matches(code)[at]
            params, results = self.module.block_type(instr[1])
            drops: list[Instr] = [(0x1A,)] * (len(params) + (instr[0] == 0x04))
            yield code[:at] + drops + _constants(results) + code[end + 1 :]
            if instr[0] == 0x04:
                kept = code[at + 1 : other]
                yield [*code[:at], (26,), (2, instr[1]), *kept, *code[end:]]
                yield [*code[:at], (26,), *kept, *code[end + 1 :]]
            unwrapped = unwrap(code[at + 1 : end]) if other == end else None
            if unwrapped is not None:
                yield (
                    code[:at]
                    + [(0x1A,)] * (instr[0] == 0x04)
                    + unwrapped
                    + code[end + 1 :]
                )
            return
        yield from self.replaced(code, at)

    def replaced(self, code: list[Instr], at: int) -> Iterator[list[Instr]]:
        """The instruction as drops of its operands and constants for its results."""
        signature = self.signature(code[at])
        if signature is None:
            return
        params, results = signature
        before, after = code[:at], code[at + 1 :]
        if len(params) == 2 and results == params[:1]:
            yield [*before, (0x1A,), *after]
        yield before + [(0x1A,)] * len(params) + _constants(results) + after
        if not params:
            return
        for width in range(1, min(at, 6) + 1):
            yield code[: at - width] + _constants(results) + code[at + 1 :]

    def signature(self, instr: Instr) -> FuncType | None:
        """Types of an instruction, if it has fixed ones and is not a constant."""
        op = oc.OPS[instr[0]]
        if op.name == "call":
            return self.module.func_types()[instr[1]]
        if op.name == "call_indirect":
            params, results = self.module.types[instr[1]]
            return (*params, oc.I32), results
        if (
            op.params is None
            or op.results is None
            or op.code in {*CONST.values(), 0xD0}
        ):
            return None
        return op.params, op.results

    def definitions(self) -> None:
        """Drop exports, segments, the start function, and what nothing refers to."""
        for field in ("exports", "elems", "datas"):
            for i in reversed(range(len(getattr(self.module, field)))):
                module = copy.copy(self.module)
                setattr(
                    module,
                    field,
                    [x for j, x in enumerate(getattr(module, field)) if j != i],
                )
                called = {call.name for call in self.case.calls}
                if called <= {name for name, _, _ in module.exports}:
                    self.accept(module)
        module = copy.copy(self.module)
        module.start = None
        self.accept(module)
        self.accept(without_unused(self.module))
        for index in range(len(self.module.bodies)):
            self.accept(without_unused_locals(self.module, index))


# ---- renumbering


def _refers(module: RawModule, space: str) -> set[int]:
    """Indices of functions, types or globals that something outside their list uses."""
    code = chain(
        *(b.code for b in module.bodies),
        *(g[2] for g in module.globals),
        *(e.offset for e in module.elems),
        *(i for e in module.elems for i in e.items),
        *(d.offset for d in module.datas),
    )
    used: set[int] = set()
    for instr in code:
        index = _index_of(instr, space)
        if index is not None:
            used.add(index)
    if space == "type":
        used |= {*module.funcs, *module.imported("func")}
    kind = {"func": "func", "global": "global"}.get(space)
    used |= {i for _, k, i in module.exports if k == kind}
    if space == "func" and module.start is not None:
        used.add(module.start)
    return used


def _index_of(instr: Instr, space: str) -> int | None:
    code = instr[0]
    if space == "func":
        return instr[1] if code in {0x10, 0xD2} else None
    if space == "global":
        return instr[1] if code in {0x23, 0x24} else None
    if code in STRUCTURED:
        return instr[1] if instr[1] >= 0 else None
    return instr[1] if code == 0x11 else None


def _renumber(module: RawModule, space: str, new: dict[int, int]) -> None:
    def fix(code: list[Instr]) -> list[Instr]:
        out = []
        for instr in code:
            index = _index_of(instr, space)
            out.append(instr if index is None else (instr[0], new[index], *instr[2:]))
        return out

    module.bodies = [Body(b.locals, fix(b.code)) for b in module.bodies]
    module.globals = [(t, m, fix(init)) for t, m, init in module.globals]
    module.elems = [
        replace(e, offset=fix(e.offset), items=[fix(i) for i in e.items])
        for e in module.elems
    ]
    module.datas = [replace(d, offset=fix(d.offset)) for d in module.datas]
    if space in {"func", "global"}:
        module.exports = [
            (n, k, new[i] if k == space else i) for n, k, i in module.exports
        ]
    if space == "func" and module.start is not None:
        module.start = new[module.start]


def _keep(module: RawModule, space: str, kind: str) -> set[int]:
    """Drop unused imports and definitions of one space; gives the kept old indices."""
    used = _refers(module, space)
    position = -1
    imports = []
    for entry in module.imports:
        if entry[2] == kind:
            position += 1
            if position not in used:
                continue
        imports.append(entry)
    module.imports = imports
    return used


def without_unused(module: RawModule) -> RawModule:
    module = copy.copy(module)
    for space in ("func", "global"):
        n_imported = len(module.imported(space))
        used = _keep(module, space, space)
        if space == "func":
            rows = [i for i in range(len(module.funcs)) if i + n_imported in used]
            module.funcs = [module.funcs[i] for i in rows]
            module.bodies = [module.bodies[i] for i in rows]
        else:
            module.globals = [
                g for i, g in enumerate(module.globals) if i + n_imported in used
            ]
        _renumber(module, space, {old: new for new, old in enumerate(sorted(used))})
    used = _refers(module, "type")
    new_types = {old: new for new, old in enumerate(sorted(used))}
    module.types = [t for i, t in enumerate(module.types) if i in used]
    module.funcs = [new_types[i] for i in module.funcs]
    module.imports = [
        (w, n, k, new_types[d] if k == "func" else d) for w, n, k, d in module.imports
    ]
    _renumber(module, "type", new_types)
    return module


def without_unused_locals(module: RawModule, index: int) -> RawModule:
    body = module.bodies[index]
    n_params = len(module.types[module.funcs[index]][0])
    used = {i[1] for i in body.code if i[0] in {0x20, 0x21, 0x22}} | set(
        range(n_params)
    )
    new = {old: i for i, old in enumerate(sorted(used))}
    code = [(i[0], new[i[1]]) if i[0] in {0x20, 0x21, 0x22} else i for i in body.code]
    kept = [t for i, t in enumerate(body.locals) if i + n_params in used]
    module = copy.copy(module)
    module.bodies = list(module.bodies)
    module.bodies[index] = Body(kept, code)
    return module


def minimise(case: Case, still_fails: StillFails, tries: int = 4000) -> Case:
    """The smallest case found that still fails; `case` itself must fail."""
    return Minimiser(case, still_fails, tries).run()
