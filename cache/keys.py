"""Keys: digests of everything that the keyed thing may depend on, and of nothing else.

`Env` is the compiler and what it compiles for; with the canonical bytes of a function
it makes the function's key. The compiler is known by the files that are really loaded,
so neither a stale extension module nor a half-finished installation can poison a cache.
What the records hold is not here; why the parts are what they are: ``docs/cache.md``.
"""

from __future__ import annotations

import os
import sys
from _blake2 import blake2b
from _imp import extension_suffixes

import lbtool

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lbtool.compiler.target import Target

__all__ = [
    "Env",
    "H",
    "compiler_id",
    "digest_key",
    "function_key",
    "image_key",
    "last_key",
    "memo_key",
    "memo_keys",
    "prefixed",
    "quick_id",
    "shim_key",
    "text_key",
    "valid_key",
]

ROOT = os.path.dirname(os.path.abspath(lbtool.__file__))
# Where the modules are that can change the bytes of an artifact, or which artifact a
# body gets; "" is lbtool itself.
COMPILER = ("", "build", "cache", "compiler", "wasm", "x64")
# What can change the bytes of an image besides.
LINKING = ("runtime", "wat")
# An upgrade of the package that assembles texts makes this file anew.
ASSEMBLER = "wasmtime/__init__.py"
PURE_FOLDERS = frozenset({"compiler", "x64"})
# Options that decide whether there is an artifact, not what is in it: a body in
# canonical form was valid under the profile of its module, and code generation never
# asks for it. The keys of memos and of validated modules have the profile in them.
NOT_CODE = frozenset({"profile"})


# ---- digests


def prefixed(*parts: bytes) -> Callable[[bytes | memoryview], bytes]:
    """Give ``lambda last: H(*parts, last)`` with `parts` hashed once."""
    state = blake2b(digest_size=32)
    for part in parts:
        state.update(len(part).to_bytes(8, "little"))
        state.update(part)

    def digest(last: bytes | memoryview) -> bytes:
        hasher = state.copy()
        hasher.update(len(last).to_bytes(8, "little"))
        hasher.update(last)
        return hasher.digest()

    return digest


def H(*parts: bytes | memoryview) -> bytes:  # noqa: N802 - as the documents write it
    """BLAKE2b-256 over parts (at least one) with their lengths (u64) in front."""
    return prefixed(*map(bytes, parts[:-1]))(parts[-1])


# ---- the compiler, by its files


def _loaded(folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """(module, the file that Python loads for it) of a folder, in order of names."""
    pure = bool(os.environ.get("LBTOOL_PURE")) and folder in PURE_FOLDERS
    suffixes = (".py",) if pure else (*extension_suffixes(), ".py")
    ranks = {suffix: rank for rank, suffix in enumerate(suffixes)}
    found: dict[str, tuple[int, os.DirEntry[str]]] = {}
    with os.scandir(os.path.join(ROOT, folder)) as entries:
        for entry in entries:
            stem, dot, rest = entry.name.partition(".")
            rank = ranks.get(dot + rest)
            if rank is not None and (stem not in found or rank < found[stem][0]):
                found[stem] = rank, entry
    for stem in sorted(found):
        yield f"{folder}.{stem}".lstrip("."), found[stem][1]


def _stat_identity() -> bytes:
    found: list[object] = [sys.version]
    for folder in (*COMPILER, *LINKING):
        for name, entry in _loaded(folder):
            at = entry.stat()
            found += name, at.st_size, at.st_mtime_ns, at.st_ctime_ns, at.st_ino
    return H(b"lbtool/quick/1", repr(found).encode())


def _or_unique(digest: Callable[[], bytes]) -> bytes:
    """What cannot be read is known by nobody: an id that never comes again."""
    try:
        return digest()
    except OSError:
        return os.urandom(32)


# As the installation was when this process began to use it.
_STARTED_WITH = _or_unique(_stat_identity)
_known: dict[str, bytes] = {}


def quick_id() -> bytes:
    """Identity (size, times, inode) of every file that compiles, links or loads.

    It changes when a file is replaced by an equal one: good for what is cheap to make
    again, and 10 times cheaper than `compiler_id`.
    """
    return _STARTED_WITH


def changed() -> bool:
    """Whether the installation is another one than when this process started."""
    return _or_unique(_stat_identity) != _STARTED_WITH


def _content() -> bytes:
    parts = [sys.version.encode()]
    for folder in COMPILER:
        for name, entry in _loaded(folder):
            with open(entry.path, "rb", buffering=0) as file:
                parts += (name.encode(), file.read())
    if changed():
        # A process that outlives an upgrade has the old modules and sees the new files.
        raise FileNotFoundError("the installation changed")
    return H(b"lbtool/compiler/1", *parts)


def compiler_id() -> bytes:
    """Digest of every loaded file that can change the bytes of an artifact.

    Read once per process. When the files are not those that the process started with,
    the id is one that no other process has.
    """
    if "compiler" not in _known:
        _known["compiler"] = _or_unique(_content)
    return _known["compiler"]


# ---- environments and keys


def _text(value: object) -> str:
    """One text per value; TypeError for what has no obvious one."""
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(map(_text, value))) + "}"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(_text, value)) + ")"
    if value is None or isinstance(value, bool | int | str):
        return repr(value)
    raise TypeError(f"an option of code generation of type {type(value).__name__}")


def _abi() -> str:
    """The whole machine contract, not a number that someone has to remember."""
    from lbtool import abi  # noqa: PLC0415 - only who compiles needs it

    table = {k: v for k, v in vars(abi).items() if k.isupper()}
    return H(b"lbtool/abi/1", _text(tuple(sorted(table.items()))).encode()).hex()


class Env:
    """What a compiler with its options is, as the first half of every function's key.

    components  name -> text, for explaining a miss; the digest is over all of them
    digest      32 bytes
    """

    __slots__ = ("components", "digest", "key")

    def __init__(self, target: Target) -> None:
        system = os.uname()
        self.components: dict[str, str] = {
            "compiler": compiler_id().hex(),
            "ABI": _abi(),
            "architecture": system.machine,
            "operating system": system.sysname,
        }
        for name in target.__dataclass_fields__:
            if name not in NOT_CODE:
                self.components[f"option {name}"] = _text(getattr(target, name))
        texts = [text.encode() for pair in self.components.items() for text in pair]
        self.digest = H(b"lbtool/fn/1", *texts)
        # Key of canonical bytes; called once per function.
        self.key = prefixed(self.digest)


def function_key(env: Env, canonical: bytes) -> bytes:
    """Key of the artifact of a function."""
    return env.key(canonical)


def memo_keys(
    env: Env, profile: str, module_env: bytes
) -> Callable[[bytes | memoryview], bytes]:
    """Give the function from a raw body to the key of its memo.

    `module_env` is everything of the module that scanning a body can see: types,
    imports, functions, tables, memories, globals, segments; and the body's own type.
    """
    return prefixed(b"lbtool/memo/1", env.digest, profile.encode(), module_env)


def memo_key(env: Env, profile: str, module_env: bytes, body: bytes) -> bytes:
    """Key of one memo, see `memo_keys`."""
    return memo_keys(env, profile, module_env)(body)


def valid_key(profile: str, module: bytes | memoryview) -> bytes:
    """Key of the mark that a binary module validated under a profile."""
    return H(b"lbtool/valid/1", compiler_id(), profile.encode(), module)


def last_key(path: str) -> bytes:
    """Key of what the last build of a file was made of; links are followed."""
    return H(b"lbtool/last/1", os.fsencode(os.path.realpath(path)))


def image_key(module: bytes | memoryview, *facts: bytes) -> bytes:
    """Key of a linked image: this installation, facts (options, CPU), the module."""
    return H(b"lbtool/image/1", quick_id(), H(b"", *facts), module)


def _identity(at: os.stat_result) -> bytes:
    facts = (at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)
    return b"%d %d %d %d %d" % facts


def digest_key(at: os.stat_result) -> bytes:
    """Key of the digest of a file that is known by its identity alone."""
    return H(b"lbtool/digest/1", _identity(at))


def _assembler() -> bytes:
    """Identity of the package that assembles texts, which is not imported for it."""
    for place in sys.path:
        try:
            return _identity(os.stat(os.path.join(place, ASSEMBLER)))
        except OSError:
            continue
    return b""


def text_key(source: bytes | memoryview) -> bytes:
    """Key of an assembled text: this installation, the assembler, the text."""
    return H(b"lbtool/text/2", quick_id(), _assembler(), source)


def shim_key(*facts: bytes) -> bytes:
    """Key of serialised code of another engine: its version, settings, its source."""
    return H(b"lbtool/shim/1", quick_id(), *facts)
