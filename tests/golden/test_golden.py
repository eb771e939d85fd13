"""The golden files: the code is what it was, and does what the comments say.

`make golden` runs this; `make bless` writes anew what the compiler makes; its diff is
read before it is committed.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from lbtool import engines
from lbtool.abi import EXTERNREF, FUNCREF
from lbtool.cli.values import format_bits, parse_bits
from lbtool.compiler.target import host_features
from lbtool.engines import EngineTrap, Ref, Value
from lbtool.wasm import read
from tests.golden.cases import BLESSING, FOLDER, HOST, PATHS, RULE, Case, case

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lbtool.engines import AnyValue, ExportInfo, Instance

ENGINES = ("lbtool", "cranelift")


def name(path: Path) -> str:
    return str(path.relative_to(FOLDER).with_suffix(""))


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_assembly(path: Path) -> None:
    each = case(path)
    if BLESSING:
        each.write()
        return
    assert each.made_assembly() == each.assembly, "`make bless` accepts this"


JSON_PATHS = [path for path in PATHS if case(path).has_json]


@pytest.mark.parametrize("path", JSON_PATHS, ids=name)
def test_json(path: Path) -> None:
    each = case(path)
    if BLESSING:
        each.json_path.write_text(each.made_json())
        return
    assert each.made_json() == each.json_path.read_text(), "`make bless` accepts this"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("path", PATHS, ids=name)
def test_result(path: Path, engine: str) -> None:
    each = case(path)
    instance = instantiate(each, engine)
    for call in each.calls:
        args = tuple(parse_bits_of(instance, call.name, call.args))
        if call.trap is not None:
            with pytest.raises(EngineTrap) as caught:
                instance.instance.call(call.name, args)
            assert str(caught.value) in (call.trap, OTHER_WORDS.get(call.trap))
            continue
        results = instance.instance.call(call.name, args)
        types = instance.exports[call.name].results
        expected = [
            Ref(of, None) if of in REFERENCES else Value(of, parse_bits(text, of) or 0)
            for text, of in zip(call.results, types, strict=True)
        ]
        assert [shown(one) for one in results] == [shown(one) for one in expected]


REFERENCES = (FUNCREF, EXTERNREF)
# wasmtime has one word for both.
OTHER_WORDS = {"undefined element": "out of bounds table access"}


class Running:
    """An instance with its exports by name."""

    def __init__(self, instance: Instance, exports: Mapping[str, ExportInfo]) -> None:
        self.instance = instance
        self.exports = exports


def instantiate(each: Case, engine: str) -> Running:
    ours = None
    if engine == "lbtool":
        features = each.options["features"] & host_features()
        ours = {**each.options, "features": features}
    backend = engines.get(engine, target=ours)
    session = backend.session()
    compiled = backend.compile(read(each.path))
    imports = {}
    if compiled.imports:
        host = session.instantiate(backend.compile(read(HOST)), {})
        imports = {(i.module, i.name): host.extern(i.name) for i in compiled.imports}
    instance = session.instantiate(compiled, imports)
    return Running(instance, {one.name: one for one in compiled.exports})


def parse_bits_of(
    running: Running, export: str, args: tuple[str, ...]
) -> list[AnyValue]:
    params = running.exports[export].params
    return [
        Ref(of, None) if of in REFERENCES else Value(of, parse_bits(text, of) or 0)
        for text, of in zip(args, params, strict=True)
    ]


def shown(value: AnyValue) -> str:
    """Text of a result; one NaN is as good as another."""
    if isinstance(value, Ref):
        return "null" if value.token is None else "ref"
    text = format_bits(value.bits, value.valtype)
    return "nan" if "nan" in text else text


def test_every_case_says_what_it_shows_and_runs() -> None:
    titles: Counter[str] = Counter()
    for path in PATHS:
        each = case(path)
        titles[each.title] += 1
        assert each.title.endswith("."), path
        assert each.source.startswith(f";; {each.title}\n"), path
        assert each.calls, f"{path} is never run"
        assert RULE in path.read_text(), f"{path}: `make bless` has not been run"
        assert each.has_json is each.json_path.exists(), path
    # A family per operator family, and enough cases.
    families = Counter(path.parent.name for path in PATHS)
    assert len(PATHS) >= 150
    assert len(families) >= 20
    assert min(families.values()) >= 4
    assert len(JSON_PATHS) >= 15
