"""Records of the last build: what went in comes out, and changes are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool.cache import last
from lbtool.cache.keys import Env, last_key
from lbtool.cache.seal import Rejected
from lbtool.compiler import Target
from lbtool.wasm import decode
from lbtool.wasm.read import assemble
from tests.scan.scanning import scan_all

if TYPE_CHECKING:
    from pathlib import Path

PATH = "/folder/of \udcff/a.wasm"
G, F = '(import "m" "g" (global $g i64))', '(import "m" "f" (func $f (param i32)))'
M, H, T = "(memory 1)", "(global $h (mut i32) (i32.const 0))", "(table 2 funcref)"
LOCALS = "(local i64 i64 f32)"
OWN = f"""(func $own (param i32) (result i32) {LOCALS}
  (call $f (global.get $h)) (drop (global.get $g)) (drop (i32.load (i32.const 0)))
  (call_indirect (type $t) (f64.const 1) (i32.const 0)) (i32.const 7))"""
BASE = f"(module (type $t (func (param f64))) {G} {F} {M} {H} {T} {OWN})"
# An edit of the text -> the changes of the key.
EDITS: tuple[tuple[str, str, tuple[last.Change, ...]], ...] = (
    (
        "$own (param i32)",
        "$own (param i64)",
        (last.Change("signature", "[i32] -> [i32]", "[i64] -> [i32]"),),
    ),
    (
        LOCALS,
        "(local i64 f32 f32)",
        (last.Change("declared locals", "2 x i64, 1 x f32", "1 x i64, 2 x f32"),),
    ),
    (
        F,
        "(func $f (param i32))",
        (
            last.Change(
                "slot 1", "function [i32] -> [] imported", "function [i32] -> []"
            ),
        ),
    ),
    (
        "$h (mut i32)",
        "$h i32",
        (last.Change("slot 0", "global i32 mutable", "global i32"),),
    ),
    (
        f"{G} {F} {M}",
        f"{F} {M} (global $g i64 (i64.const 0))",
        (last.Change("slot 2", "global i64 imported", "global i64"),),
    ),
    (
        M,
        '(import "m" "m" (memory 1))',
        (last.Change("slot 3", "memory", "memory imported"),),
    ),
    # what is not in a key
    (M, "(memory 2 9)", ()),
    ("$own ", '$own (export "x") ', ()),
    (H, f"(global i32 (i32.const 1)) {H}", ()),
    (F, f'(import "m" "other" (func)) {F}', ()),
)


def canonical(text: str) -> bytes:
    """Of the function that the text calls $own."""
    module = decode(assemble(text.encode()))
    (index,) = [index for index, name in module.names.funcs.items() if name == "own"]
    return [*scan_all(module)][index - module.n_imported_funcs].key


def build(text: str, env: Env) -> last.Last:
    found = canonical(text)
    entry = last.entry("own", env.key(found), found)
    return last.load(last.record(env, PATH, [entry]))


def changes(before: str, after: str, env: Env) -> tuple[last.Change, ...]:
    found = canonical(after)
    now = last.made(env.key(found), found)
    told = last.changes(build(before, env), "own", env, now)
    assert told is not None
    assert bool(told) == (canonical(before) != found)
    return tuple(told)


@pytest.mark.parametrize(("old", "new", "expected"), EDITS)
def test_the_fact_that_changed_is_named(
    old: str, new: str, expected: tuple[last.Change, ...]
) -> None:
    assert old in BASE
    assert changes(BASE, BASE.replace(old, new, 1), Env(Target())) == expected


def test_a_body_has_no_words() -> None:
    (found,) = changes(BASE, BASE.replace("f64.const 1", "f64.const 2"), Env(Target()))
    assert found.component == "body"
    assert found.before != found.after


def test_changed_options_are_named() -> None:
    env, found = (
        Env(Target(bounds="explicit", off=frozenset({"fuse"}))),
        canonical(BASE),
    )
    now = last.made(env.key(found), found)
    before = build(BASE, Env(Target()))
    assert last.changes(before, "own", env, now) == [
        ("option bounds", "'guard'", "'explicit'"),
        ("option off", "{}", "{'fuse'}"),
    ]
    assert last.changes(before, "another", env, now) is None


def test_what_is_recorded_comes_back() -> None:
    env, found = Env(Target()), canonical(BASE)
    key = env.key(found)
    names = ["own", "", "\udc80 \u2603", "a\0b"]
    payload = last.record(env, PATH, [last.entry(name, key, found) for name in names])
    loaded = last.load(payload)
    assert loaded.components == env.components
    assert loaded.functions == dict.fromkeys(names, last.made(key, found))
    assert last.load(last.record(env, PATH, [])) == last.Last(PATH, env.components, {})
    for size in range(len(payload)):
        with pytest.raises((Rejected, AssertionError)):
            assert last.load(payload[:size]).functions == loaded.functions


def test_a_file_has_one_record_whatever_links_lead_to_it(tmp_path: Path) -> None:
    (tmp_path / "a.wat").touch()
    (tmp_path / "b.wat").symlink_to("a.wat")
    assert last_key(str(tmp_path / "a.wat")) == last_key(str(tmp_path / "b.wat"))
    assert last_key(str(tmp_path / "a.wat")) != last_key(str(tmp_path / "c.wat"))
