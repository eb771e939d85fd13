"""The WASI programs of this folder, how each is run, and how each must end.

A case is run in a fresh pair of directories: ``work`` (writable) and ``given``
(read-only, with in.txt and a link that leads out). Engines turn a run into an
`Outcome`, which is compared as a whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

PROGRAMS = Path(__file__).parent / "programs"
IN_TXT = bytes(range(32, 127)) * 8


@dataclass(frozen=True)
class Case:
    """One run: `end` is ("return",), ("exit", code), ("trap", kind) or ("failed",)."""

    name: str
    program: str
    end: tuple[str | int, ...] = ("return",)
    args: tuple[str, ...] = ()
    env: tuple[tuple[str, str], ...] = ()
    stdin: bytes = b""
    stdout: bytes | None = None
    stderr: bytes = b""
    # where wasmtime's end differs; the reason stands beside the case
    in_wasmtime: tuple[str | int, ...] | None = None

    @property
    def text(self) -> str:
        return (PROGRAMS / f"{self.program}.wat").read_text()

    @property
    def argv(self) -> tuple[str, ...]:
        return (self.program, *self.args)


@dataclass(frozen=True)
class Outcome:
    """What a run did: how it ended, its output and the files it left."""

    end: tuple[str | int, ...]
    stdout: bytes
    stderr: bytes
    files: dict[str, bytes | None] = field(default_factory=dict)


def directories(base: Path) -> tuple[Path, Path]:
    """Make ``work`` and ``given`` in `base`."""
    work, given = base / "work", base / "given"
    work.mkdir(parents=True)
    given.mkdir()
    (given / "in.txt").write_bytes(IN_TXT)
    (given / "link").symlink_to("../../..")
    return work, given


def files_below(base: Path) -> dict[str, bytes | None]:
    """Contents by relative path; None for directories, the target for links."""
    found: dict[str, bytes | None] = {}
    for path in sorted(base.rglob("*")):
        name = str(path.relative_to(base))
        if path.is_symlink():
            found[name] = str(path.readlink()).encode()
        else:
            found[name] = path.read_bytes() if path.is_file() else None
    return found


def _exit(code: int, *, refused: bool = False) -> Case:
    return Case(
        f"exit-{code}",
        "exit",
        ("exit", code),
        args=(str(code),),
        stdout=b"before\n",
        # wasmtime's C API turns codes from 126 on into an error
        in_wasmtime=("failed",) if refused else None,
    )


LINES = b"".join(b"%04d\n" % k for k in range(3000))
TEXT = bytes(k * k % 251 for k in range(70_000))

CASES = (
    Case("hello", "hello", stdout=b"hello world\n", stderr=b"a warning\n"),
    Case("args-none", "args", stdout=b"args\0"),
    Case(
        "args-env",
        "args",
        args=("one", "", "zwei drei", "vier=\N{EURO SIGN}"),
        env=(("HOME", "/work"), ("EMPTY", ""), ("UMLAUT", "\xe4\xf6=\xfc")),
        stdout="args\0one\0\0zwei drei\0vier=\N{EURO SIGN}\0"
        "HOME=/work\0EMPTY=\0UMLAUT=\xe4\xf6=\xfc\0".encode(),
    ),
    Case(
        "args-many",
        "args",
        args=tuple(f"argument {k}" for k in range(3000)),
        stdout=b"args\0" + b"".join(b"argument %d\0" % k for k in range(3000)),
    ),
    Case("clock-random", "clock_random", ("exit", 0), stdout=b""),
    Case("cat-empty", "cat", stdout=b""),
    Case("cat-text", "cat", stdin=b"one\ntwo\0three", stdout=b"one\ntwo\0three"),
    Case("cat-large", "cat", stdin=TEXT, stdout=TEXT),
    _exit(0),
    _exit(1),
    _exit(42),
    _exit(125),
    _exit(126, refused=True),
    _exit(255, refused=True),
    _exit(256, refused=True),
    _exit(4294967295, refused=True),
    Case("trap", "trap", ("trap", "integer divide by zero"), stdout=b"not yet broken"),
    Case("many-writes", "many_writes", stdout=LINES),
    Case("grow", "grow"),
    *(
        Case(f"bad-pointer-{k}", "bad_pointer", ("failed",), (str(k),), stdout=said)
        # the result is stored last: case 2 has written already
        for k, said in enumerate((b"ok", b"ok", b"okok", b"ok", b"ok", b"ok", b"ok"))
    ),
    Case("vectors", "vectors", stdin=b"0123456789"),
    Case("files", "files"),
    Case("table", "table", ("exit", 3), stdout=b"indirect"),
    Case("no-memory", "no_memory", ("failed",), stdout=b""),
)
