"""Our validator and wasmtime's agree on every module of the suites.

Differences are explained one by one: they are commands whose result later versions
changed. Decoding and validation are ours alone here, no engine is needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool import engines
from lbtool.compiler.check import validate
from lbtool.errors import ModuleError
from lbtool.wasm import Profile, decode
from lbtool.wast.legacy import modernise
from lbtool.wast.profiles import PROFILES
from lbtool.wast.script import AssertFailure, ModuleCommand, ModuleSource, parse_script
from lbtool.wast.text import TextError, assemble
from tests.data import SPEC_TESTSUITE, require
from tests.spec.suites import SUITES, Suite

if TYPE_CHECKING:
    from collections.abc import Iterator

# Modules (of all kinds of commands) that reach a validator, text errors left out.
MODULES = {"1.0-2018": 1927, "1.0": 2528, "2.0": 3447, "2.0 simd/": 1144}
# Validity that changed after 1.0: LEB128 of limits became 64 bits wide with memory64;
# br_table in unreachable code may mix label types since reference types.
EXPLAINED = {
    "1.0-2018": {("binary.wast", 138), ("unreached-invalid.wast", 538)},
    "1.0": {
        ("binary-leb128.wast", 216),
        ("binary-leb128.wast", 224),
        ("unreached-invalid.wast", 538),
    },
    "2.0": {("binary-leb128.wast", 217), ("binary-leb128.wast", 225)},
    "2.0 simd/": set(),
}


def binaries(source: bytes, *, legacy: bool) -> Iterator[tuple[int, bytes]]:
    """Line and bytes of every module of a script that the text parser lets through."""
    for command in parse_script(modernise(source) if legacy else source):
        module: object = None
        if isinstance(command, ModuleCommand):
            module = command.module
        elif isinstance(command, AssertFailure):
            module = command.subject
        if not isinstance(module, ModuleSource):
            continue
        if module.format == "binary":
            yield command.line, module.source
            continue
        try:
            data = assemble(module.source)
        except TextError:
            continue
        yield command.line, data


def ours_accepts(data: bytes, profile: Profile) -> bool:
    try:
        return not validate(decode(data), profile)
    except ModuleError:
        return False


@pytest.mark.parametrize("suite", SUITES, ids=str)
def test_validators_agree(suite: Suite) -> None:
    root = require(SPEC_TESTSUITE, MODULES[str(suite)])
    profile = PROFILES[suite.name]
    theirs = engines.get("cranelift", profile=profile.wasm)
    ours = Profile(profile.wasm)
    differences, seen = set(), 0
    for name, row in suite.scripts(root).items():
        source = (root / row["file"]).read_bytes()
        for line, data in binaries(source, legacy=profile.legacy):
            seen += 1
            try:
                theirs.validate(data)
                accepted = True
            except ModuleError:
                accepted = False
            if ours_accepts(data, ours) != accepted:
                differences.add((name, line))
    assert differences == EXPLAINED[str(suite)]
    assert seen == MODULES[str(suite)]
