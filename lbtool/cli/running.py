"""What ``lbtool run`` does once its options are known: choose, call, print, end.

A WASI command runs ``_start``; a reactor runs ``_initialize`` first, then what
``--invoke`` names. Results go to stdout, one per line; a trap is a report on stderr and
the code 134. No options are parsed here and no engine is known here.
"""

from __future__ import annotations

import gc
import sys

from lbtool.cli import values
from lbtool.cli.ctrl_c import EndedByCtrlC
from lbtool.cli.guest import GuestExit, Setting, load
from lbtool.engines.values import Ref, Value
from lbtool.errors import LbtoolError
from lbtool.records import record
from lbtool.wasm.types import valtype_name

TYPE_CHECKING = False  # `typing` is not imported by a warm run
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lbtool.cli.guest import Guest, Source
    from lbtool.cli.modules import Modules
    from lbtool.cli.report import UsageFault
    from lbtool.cli.run_options import Given
    from lbtool.engines import AnyValue, ExportInfo
    from lbtool.runtime.skeleton import Data

COMMAND, REACTOR = "_start", "_initialize"
START_SECTION = 8
SCHEMA = 1


@record(frozen=True, slots=True)
class Request:
    """One ``lbtool run``; `args` are the guest's, `timeout` is in seconds."""

    path: str
    args: tuple[str, ...] = ()
    invoke: str | None = None
    backend: str = "auto"
    timeout: float | None = None
    env: tuple[tuple[str, str], ...] = ()
    dirs: tuple[tuple[str, str], ...] = ()
    profile: str | None = None
    bounds: str = "guard"
    threads: int = 1

    def setting(self) -> Setting:
        """What the guest is given; with --invoke the arguments are not its argv."""
        return Setting(
            argv=(
                self.path.rstrip("/").rpartition("/")[2],
                *(() if self.invoke else self.args),
            ),
            env=self.env,
            dirs=self.dirs,
            profile=self.profile,
            bounds=self.bounds,
            threads=self.threads,
            timed=self.timeout is not None,
        )


@record(frozen=True, slots=True)
class Outcome:
    """What is printed on stdout: the engine's name, and typed results."""

    engine: str
    results: tuple[AnyValue, ...] = ()

    def text(self) -> str:
        """Line per result."""
        return "".join(f"{_shown(each)}\n" for each in self.results)

    def as_json(self) -> dict[str, object]:
        """Results with their types; numbers as text, which loses nothing."""
        return {
            "schema": SCHEMA,
            "engine": self.engine,
            "results": [
                {"type": valtype_name(each.valtype), "value": _shown(each)}
                for each in self.results
            ],
        }


def _shown(value: AnyValue) -> str:
    bits = value.bits if isinstance(value, Value) else value.token
    return values.format_bits(bits, value.valtype)


def request_of(given: Given) -> Request:
    """The request of a command line. Raises UsageFault if that contradicts itself."""
    settings = given.settings
    backend = settings.backend
    ours = backend in ("auto", "lbtool")
    if not ours and settings.origin("bounds").kind == "command line":
        raise _fault(f"--bounds is for lbtool's own code, not for {backend}")
    return Request(
        path=given.file,
        args=given.args,
        invoke=given.invoke,
        backend=backend,
        timeout=settings.timeout,
        env=given.env,
        dirs=given.dirs,
        profile=settings.wasm if settings.is_given("wasm") else None,
        bounds=settings.bounds,
        threads=settings.threads,
    )


def command(given: Given) -> int:
    """Do what ``lbtool run`` was told; gives the exit code.

    Raises OSError, UsageFault, and the errors of ``lbtool.errors`` but for traps.
    """
    from lbtool.cli.modules import Modules, read_file  # noqa: PLC0415 - see `fast`

    request = request_of(given)
    modules = Modules(given.settings, given.file, warn)
    contents = read_file(given.file)
    try:
        return finish(
            lambda: started(request, modules, contents), request, given.output
        )
    finally:
        modules.close()


def started(
    request: Request, modules: Modules, contents: bytes | memoryview
) -> tuple[Guest, bytes | memoryview]:
    """The guest of a file with these contents, and the binary module.

    What was compiled for it is kept while it runs.
    """
    data = modules.binary(contents)
    guest = load(request.backend, data, request.setting(), note, modules)
    modules.begin_keeping()
    return guest, data


def finish(
    start: Callable[[], tuple[Guest, Data]], request: Request, output: str
) -> int:
    """Start the guest, call what is to be called, print; gives the exit code.

    `start` gives the guest and the binary module that it is an instance of.
    """
    try:
        with EndedByCtrlC():
            guest, data = start()
            gc.enable()  # see `fast`
            outcome = _call(guest, data, request)
    except GuestExit as end:
        return end.status
    except LbtoolError as error:
        from lbtool.cli.trap_report import report  # noqa: PLC0415 - rarely needed

        code = report(error, request, output)
        if code is None:
            raise
        return code
    if isinstance(outcome, int):
        return outcome
    if output == "json":
        import json  # noqa: PLC0415 - milliseconds

        sys.stdout.write(f"{json.dumps(outcome.as_json())}\n")
    else:
        sys.stdout.write(outcome.text())
    return 0


def attempt(
    data: bytes, request: Request, source: Source | None = None
) -> Outcome | int:
    """Run the binary module `data`; gives results, or the code to end with.

    Raises what ``guest.load`` raises, EngineTrap and GuestExit too, and UsageFault.
    """
    guest = load(request.backend, data, request.setting(), note, source)
    return _call(guest, data, request)


def note(text: str) -> None:
    """A note on stderr."""
    _say("note", text)


def warn(text: str) -> None:
    """A warning on stderr."""
    _say("warning", text)


def _say(severity: str, text: str) -> None:
    from lbtool.cli.terminal import Style, printable  # noqa: PLC0415 - rarely needed

    label = Style.of(sys.stderr).severity(severity, severity)
    sys.stderr.write(f"{label}: {printable(text)}\n")


def _fault(message: str, hint: str | None = None) -> UsageFault:
    from lbtool.cli.report import UsageFault  # noqa: PLC0415 - click

    return UsageFault(message, hint)


def _call(guest: Guest, data: Data, request: Request) -> Outcome | int:
    functions = {each.name: each for each in guest.exports if each.kind == "func"}
    wanted = request.invoke
    args: tuple[AnyValue, ...] = ()
    if wanted is not None:
        args = typed_arguments(find_export(functions, wanted), request.args)
    elif COMMAND in functions:
        wanted = COMMAND

    def calls() -> tuple[AnyValue, ...]:
        if wanted != COMMAND and REACTOR in functions and wanted != REACTOR:
            guest.call(REACTOR, ())
        elif wanted is None and not has_start(bytes(data)):
            raise _fault("the module has no `_start`", _invoke_hint(functions))
        return () if wanted is None else guest.call(wanted, args)

    if request.timeout is None:
        results = calls()
    else:
        from lbtool.cli.clock import Clock  # noqa: PLC0415 - threads

        with Clock(request.timeout).running(guest):
            results = calls()
    return 0 if request.invoke is None else Outcome(guest.engine, results)


def _invoke_hint(functions: dict[str, ExportInfo]) -> str:
    if not functions:
        return "it exports no functions"
    return f"name a function with --invoke: {', '.join(list(functions)[:12])}"


def find_export(functions: dict[str, ExportInfo], name: str) -> ExportInfo:
    """The exported function `name`, or a UsageFault that knows similar names."""
    found = functions.get(name)
    if found is not None:
        return found
    import difflib  # noqa: PLC0415 - only for a mistake

    from lbtool.cli.terminal import printable  # noqa: PLC0415

    close = difflib.get_close_matches(name, functions, n=3)
    hint = f"did you mean {' or '.join(close)}?" if close else _invoke_hint(functions)
    raise _fault(f"the module exports no function {printable(name)!r}", hint)


def typed_arguments(export: ExportInfo, args: Sequence[str]) -> tuple[Value | Ref, ...]:
    """Command-line text as values of the function's parameter types."""
    signature = " ".join(valtype_name(each) for each in export.params) or "nothing"
    if len(args) != len(export.params):
        raise _fault(
            f"`{export.name}` takes {_count(len(export.params))}, not {len(args)}",
            f"its parameters: {signature}",
        )
    made: list[Value | Ref] = []
    pairs = zip(args, export.params, strict=True)
    for position, (text, valtype) in enumerate(pairs, 1):
        try:
            bits = values.parse_bits(text, valtype)
        except ValueError as error:
            raise _fault(
                f"argument {position} of `{export.name}`, {text!r}: "
                f"{valtype_name(valtype)}: {error}",
                f"its parameters: {signature}",
            ) from None
        made.append(Ref(valtype, None) if bits is None else Value(valtype, bits))
    return tuple(made)


def has_start(data: bytes) -> bool:
    """Whether a (valid) binary module has a start section."""
    position = 8
    while position < len(data):
        section = data[position]
        size = shift = 0
        while True:
            position += 1
            size |= (data[position] & 0x7F) << shift
            shift += 7
            if data[position] < 0x80:
                break
        if section == START_SECTION:
            return True
        position += 1 + size
    return False


def _count(arguments: int) -> str:
    return f"{arguments} argument{'' if arguments == 1 else 's'}"
