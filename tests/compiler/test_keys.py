"""Equal canonical bytes mean equal artifacts, from whatever module they come.

The key of a function is its canonical bytes (`tests/scan/test_keys.py` says which edits
change them). Here: what is compiled depends on nothing else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from lbtool.compiler import Target, compile_module
from lbtool.compiler.canonical import load
from lbtool.compiler.compile import generate
from lbtool.compiler.env import ModuleEnv
from lbtool.compiler.explain import explain_function
from lbtool.compiler.generator import Generator
from lbtool.compiler.listing import listing
from lbtool.wasm import decode, require_valid
from tests.compiler.sources import generated, real
from tests.data import CORPUS, ROOT
from tests.reference import binary
from tests.scan import edits
from tests.scan.scanning import scan_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lbtool.compiler.artifact import Artifact
    from lbtool.wasm import Module
    from tests.reference.binary import RawModule

TARGETS = (
    Target(),
    Target(bounds="explicit"),
    Target(strict=True),
    Target(gprs=0b111 | 1 << 3, xmms=0b111 | 1 << 6, features=frozenset()),
)
MODULES = 12
SMALL = 400  # bytes of a corpus module that is edited


@cache
def sources() -> dict[str, RawModule]:
    found = dict(generated(MODULES))
    if CORPUS.present:
        found |= real(SMALL)
    return {name: binary.decode(data) for name, data in found.items()}


def keyed(data: bytes) -> list[tuple[bytes, tuple[Artifact, ...]]]:
    """Canonical bytes of every function of a module, with an artifact per target."""
    module = decode(data)
    require_valid(module, Target().profile)
    keys = [found.key for found in scan_all(module)]
    compiled = [compile_module(module, target) for target in TARGETS]
    artifacts = zip(*([f.artifact for f in each] for each in compiled), strict=True)
    return list(zip(keys, artifacts, strict=True))


def pairs(
    every: tuple[Callable[[RawModule], Any], ...],
) -> Iterator[tuple[bytes, bytes]]:
    """(module, module with one edit), wherever the edit applies."""
    for raw in sources().values():
        for edit in every:
            changed, place = edits.edited(raw, edit)
            if place is not None or edit in edits.RENUMBER:
                yield binary.encode(raw), binary.encode(changed)


def test_equal_keys_have_equal_artifacts() -> None:
    """Over 200 pairs of a module and one edit; the artifacts of edited functions may
    differ, and some do."""
    known: dict[tuple[int, bytes], Artifact] = {}
    count = kept = changed = told_apart = 0
    for one, other in pairs(edits.RENUMBER + edits.FACTS):
        before, after = keyed(one), keyed(other)
        for k in range(len(TARGETS)):
            for key, artifacts in (*before, *after):
                assert known.setdefault((k, key), artifacts[k]) == artifacts[k]
        old, new = dict(before), dict(after)
        kept += len(new.keys() & old.keys())
        changed += len(new.keys() - old.keys())
        codes = {found[0].code for found in old.values()}
        told_apart += any(found[0].code not in codes for found in new.values())
        count += 1
    assert count >= 200
    assert kept > changed > 50
    assert told_apart >= 20
    assert len({artifact.code for artifact in known.values()}) >= 100


@cache
def functions() -> dict[bytes, tuple[Artifact, ...]]:
    """Artifacts for all targets by canonical bytes."""
    found: dict[bytes, tuple[Artifact, ...]] = {}
    for _, other in pairs(edits.FACTS):
        found |= dict(keyed(other))
    if CORPUS.present:
        for data in real(400_000).values():
            found |= dict(keyed(data))
    return found


def test_canonical_bytes_alone_are_enough() -> None:
    """The module is not needed: a new generator makes the artifact from the key."""
    for k, target in enumerate(TARGETS):
        reused = Generator(target)
        for key, artifacts in functions().items():
            for generator in (Generator(target), reused):
                function = load(key)
                if target.strict:
                    function.assume_nothing()
                assert generate(generator, function) == artifacts[k]
    assert len(functions()) >= 100


# ---- widths of indices


def offsets(raw: RawModule, module: Module, k: int, *, wide: bool) -> list[int]:
    """Where the opcodes of the k-th defined function are, by encoding them."""
    body = raw.bodies[k]
    encoded = edits._wide_instr if wide else binary.encode_instr
    sizes = [len(encoded(instr)) for instr in body.code]
    at = module.bodies[k][1] - sum(sizes)
    found = []
    for size in sizes:
        found.append(at)
        at += size
    return found


def test_widths_of_indices_share_the_artifact_and_keep_their_positions() -> None:
    moved = functions = 0
    for raw in sources().values():
        narrow = decode(binary.encode(raw))
        wide = decode(edits.encode_wide(raw))
        assert len(wide.data) > len(narrow.data)
        assert keyed(narrow.data) == keyed(wide.data)
        for k in range(len(raw.bodies)):
            funcidx = narrow.n_imported_funcs + k
            one = explain_function(narrow, funcidx, Target())
            other = explain_function(wide, funcidx, Target())
            assert one.compiled == other.compiled
            assert one.instructions == other.instructions
            places = []
            for module, found in ((narrow, one), (wide, other)):
                lines = listing(module, funcidx, found).lines
                places.append([line.offset for line in lines])
                expected = offsets(raw, module, k, wide=module is wide)
                assert places[-1] == expected
            moved += places[0] != places[1]
            functions += 1
    assert functions >= 30
    assert moved >= functions // 2


# ---- nothing else gets in


def test_order_of_compilation_does_not_matter() -> None:
    """A generator that has just compiled anything else makes the same artifact."""
    keys = [key for m in generated(4).values() for key, _ in keyed(m)]
    fresh = {key: generate(Generator(Target()), load(key)) for key in keys}
    generator = Generator(Target())
    for order in (keys, keys[::-1], sorted(keys), keys[::2] + keys[1::2]):
        for key in order:
            assert generate(generator, load(key)) == fresh[key]


def test_a_copy_of_the_environment_is_as_good() -> None:
    """Streaming gives each body an environment of its own, in its own bytes."""
    module = decode(next(iter(generated(1).values())))
    env = ModuleEnv(module, Target().profile)
    assert env.with_data(b"x").data == b"x"
    assert env.data == module.data


def digests() -> dict[str, str]:
    """Per module, a digest of keys and artifacts."""
    found = {}
    for name, data in generated(MODULES).items():
        hasher = blake2b()
        for key, artifacts in keyed(data):
            hasher.update(repr((key, *map(tuple, artifacts))).encode())
        found[name] = hasher.hexdigest()
    return found


def test_hash_seeds_do_not_matter() -> None:
    # generated modules are compared by their bytes too: a failure is the compiler's
    code = (
        "import json; from tests.compiler.test_keys import digests;"
        "print(hash('seed'), json.dumps(digests()))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(8)
    ]
    hashes, expected = set(), digests()
    for process in running:
        output, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        value, _, found = output.partition(" ")
        hashes.add(value)
        assert json.loads(found) == expected
    assert len(hashes) == 8
