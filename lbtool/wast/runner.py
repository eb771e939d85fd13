"""Runs the commands of one script against one engine, in this process.

Each command ends in an `Outcome`; none stops the script. A module that needs a proposal
the engine refuses with a typed error makes itself, and every command on it,
"unsupported": never a pass. Processes, timeouts and crashes are `pool`'s matter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lbtool.engines.interface import (
    AnyValue,
    CompiledModule,
    EngineBackend,
    EngineTrap,
    Extern,
    Instance,
    TrapKind,
)
from lbtool.errors import (
    LinkError,
    MalformedError,
    ModuleError,
    UnsupportedError,
    ValidationError,
)
from lbtool.wast import results, spectest
from lbtool.wast.patterns import nan_pattern
from lbtool.wast.results import Outcome
from lbtool.wast.script import (
    Action,
    ActionCommand,
    AssertFailure,
    AssertNan,
    AssertReturn,
    Command,
    Get,
    InstanceCommand,
    ModuleCommand,
    ModuleSource,
    Register,
)
from lbtool.wast.text import TextError, assemble

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What a script's trap message begins with -> the trap. The first match counts.
TRAP_MESSAGES = (
    ("unreachable", TrapKind.UNREACHABLE),
    ("out of bounds memory", TrapKind.MEMORY),
    ("out of bounds table", TrapKind.TABLE),
    ("undefined", TrapKind.UNDEFINED),
    ("uninitialized", TrapKind.NULL),
    ("indirect call", TrapKind.SIGNATURE),
    ("integer overflow", TrapKind.OVERFLOW),
    ("integer divide by zero", TrapKind.DIVIDE),
    ("invalid conversion to integer", TrapKind.CONVERSION),
    ("call stack exhausted", TrapKind.STACK),
)
# Engines that cannot tell an undefined element from a table access out of bounds.
COARSE_ENGINES = frozenset(("cranelift", "winch"))


class Failed(Exception):  # noqa: N818 a verdict, not an error
    """The command did not do what the script says; the message tells what happened."""


class Refused(Exception):  # noqa: N818 a verdict, not an error
    """A module needs an unsupported proposal, which the message names."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A pass with remarks, see `Outcome`."""

    detail: str = ""
    agrees: bool | None = None


def column_of(command: Command) -> str:
    """Who is on trial in `command` (see `results`)."""
    if isinstance(command, AssertFailure) and isinstance(command.subject, ModuleSource):
        if command.kind == "assert_malformed":
            return "decoder" if command.subject.format == "binary" else "text"
        if command.kind == "assert_invalid":
            return "validator"
    return "engine"


class ScriptRunner:
    """The state of a script: its instances, names and registered exports."""

    def __init__(self, backend: EngineBackend) -> None:
        self.backend = backend
        self.session = backend.session()
        self.namespace: dict[tuple[str, str], Extern] = {}
        self._last: Instance | Refused | None = None
        self._instances: dict[str, Instance | Refused] = {}
        self._last_module: CompiledModule | Refused | None = None
        self._modules: dict[str, CompiledModule | Refused] = {}
        self._exports: dict[int, tuple[str, ...]] = {}
        self.namespace.update(spectest.externs(backend, self.session))

    def run(self, commands: tuple[Command, ...]) -> Iterator[Outcome]:
        """Runs the commands in order, yielding each outcome when it is there."""
        for command in commands:
            column = column_of(command)
            status, verdict = self._judge(command)
            yield Outcome(
                command.line,
                command.kind,
                column,
                status,
                verdict.detail,
                verdict.agrees,
            )

    def _judge(self, command: Command) -> tuple[str, Verdict]:
        try:
            return results.PASS, self._run(command) or Verdict()
        except Refused as refused:
            return results.UNSUPPORTED, Verdict(str(refused))
        except Failed as failed:
            return results.FAIL, Verdict(str(failed))
        except EngineTrap as trap:
            return results.FAIL, Verdict(f"trap: {trap.kind}")
        except Exception as error:  # noqa: BLE001 any engine error fails this command
            return results.FAIL, Verdict(f"{type(error).__name__}: {error}")

    def _run(self, command: Command) -> Verdict | None:
        match command:
            case ModuleCommand():
                self._module(command)
            case InstanceCommand():
                self._instance(command)
            case Register():
                self._register(command)
            case ActionCommand():
                self._act(command.action)
            case AssertReturn():
                self._assert_return(command)
            case AssertNan():
                self._assert_nan(command)
            case AssertFailure():
                return self._assert_failure(command)
        return None

    # ---- modules

    def _module(self, command: ModuleCommand) -> None:
        name = command.module.name
        # A module that fails must not leave its predecessor to the commands behind it.
        self._last_module = None
        self._modules.pop(name or "", None)
        if not command.definition:
            self._last = None
            self._instances.pop(name or "", None)
        compiled: CompiledModule | Refused
        try:
            compiled = self._compile(command.module)
        except Refused as refused:
            compiled = refused
        self._last_module = compiled
        if name:
            self._modules[name] = compiled
        if not command.definition:
            self._bind(compiled, name)
        elif isinstance(compiled, Refused):
            raise compiled

    def _instance(self, command: InstanceCommand) -> None:
        module = (
            self._modules.get(command.definition)
            if command.definition
            else self._last_module
        )
        if module is None:
            raise Failed(f"no module {command.definition}")
        self._bind(module, command.name)

    def _bind(self, module: CompiledModule | Refused, name: str | None) -> None:
        """Instantiates `module` as the current instance."""
        if isinstance(module, Refused):
            self._last = module
            if name:
                self._instances[name] = module
            raise module
        instance = self._instantiate(module)
        self._exports[id(instance)] = tuple(e.name for e in module.exports)
        self._last = instance
        if name:
            self._instances[name] = instance

    def _instantiate(self, module: CompiledModule) -> Instance:
        try:
            return self.session.instantiate(module, self.namespace)
        except LinkError as error:
            raise Failed(f"link error: {_first_line(error)}") from None

    def _compile(self, module: ModuleSource) -> CompiledModule:
        """Compiles; `Refused` for an unsupported module that the validator accepts."""
        data = _binary(module)
        try:
            return self.backend.compile(data)
        except UnsupportedError as error:
            try:
                self.backend.validate(data)
            except UnsupportedError:
                pass
            except ModuleError as invalid:
                raise Failed(f"refused: {_first_line(invalid)}") from None
            raise Refused(error.proposal) from None
        except ModuleError as error:
            raise Failed(f"refused: {_first_line(error)}") from None

    def _register(self, command: Register) -> None:
        instance = self._find(command.module)
        for name in self._exports[id(instance)]:
            self.namespace[command.name, name] = instance.extern(name)

    def _find(self, name: str | None) -> Instance:
        found = self._instances.get(name) if name else self._last
        if found is None:
            raise Failed(f"no instance {name or '(last module)'}")
        if isinstance(found, Refused):
            raise found
        return found

    # ---- actions

    def _act(self, action: Action) -> tuple[AnyValue, ...]:
        instance = self._find(action.module)
        try:
            if isinstance(action, Get):
                return (instance.get_global(action.name),)
            return instance.call(action.name, action.args)
        except KeyError as error:
            raise Failed(f"no export {error}") from None

    def _assert_return(self, command: AssertReturn) -> None:
        got = self._act(command.action)
        expected = command.results
        if len(got) != len(expected) or not all(
            pattern.matches(value) for pattern, value in zip(expected, got, strict=True)
        ):
            raise Failed(f"got {_show(got)}, expected {_show(expected)}")

    def _assert_nan(self, command: AssertNan) -> None:
        got = self._act(command.action)
        pattern = nan_pattern(got[0].valtype, command.nan) if len(got) == 1 else None
        if pattern is None or not pattern.matches(got[0]):
            raise Failed(f"got {_show(got)}, expected a {command.nan} NaN")

    # ---- failures that the script wants

    def _assert_failure(self, command: AssertFailure) -> Verdict | None:
        subject = command.subject
        match command.kind, subject:
            case "assert_malformed", ModuleSource():
                return self._assert_refused(subject, command.message, MalformedError)
            case "assert_invalid", ModuleSource():
                return self._assert_refused(subject, command.message, ValidationError)
            case "assert_unlinkable", ModuleSource():
                return self._assert_unlinkable(subject, command.message)
            case "assert_trap", ModuleSource():
                module = self._compile(subject)
                return self._assert_trap(command, lambda: self._instantiate(module))
            case (("assert_trap" | "assert_exhaustion"), (_ as action)):
                assert not isinstance(action, ModuleSource)
                return self._assert_trap(command, lambda: self._act(action))
            case _:
                raise Failed(f"{command.kind} cannot be run")

    def _assert_refused(
        self, module: ModuleSource, expected: str, wanted: type[ModuleError]
    ) -> Verdict:
        """The text parser, the decoder or the validator must refuse `module`."""
        try:
            data = _binary(module)
        except Failed as failed:
            return Verdict("text parser", agrees=expected in str(failed))
        try:
            self.backend.validate(data)
        except UnsupportedError as error:
            raise Refused(error.proposal) from None
        except ModuleError as error:
            # An engine that does not tell the classes apart raises plain ModuleError.
            if type(error) not in (wanted, ModuleError):
                raise Failed(f"{type(error).__name__}: {_first_line(error)}") from None
            return Verdict(agrees=expected in str(error))
        raise Failed(f"accepted, expected: {expected}")

    def _assert_unlinkable(self, module: ModuleSource, expected: str) -> Verdict:
        compiled = self._compile(module)
        try:
            self.session.instantiate(compiled, self.namespace)
        except LinkError as error:
            return Verdict(agrees=expected in str(error))
        raise Failed(f"linked, expected: {expected}")

    def _assert_trap(
        self, command: AssertFailure, attempt: Callable[[], object]
    ) -> Verdict | None:
        wanted = next(
            (k for begin, k in TRAP_MESSAGES if command.message.startswith(begin)), None
        )
        try:
            got = attempt()
        except EngineTrap as trap:
            kind = trap.kind
        else:
            shown = f" but {_show(got)}" if isinstance(got, tuple) else ""
            raise Failed(f"no trap{shown}, expected: {command.message}")
        if kind == wanted:
            return None
        coarse = self.backend.name in COARSE_ENGINES
        if coarse and (wanted, kind) == (TrapKind.UNDEFINED, TrapKind.TABLE):
            return None
        raise Failed(f"trap: {kind}, expected: {command.message}")


def _binary(module: ModuleSource) -> bytes:
    if module.format == "binary":
        return module.source
    try:
        return assemble(module.source)
    except TextError as error:
        raise Failed(f"text parser: {_first_line(error)}") from None


def _first_line(error: object) -> str:
    return str(error).strip().replace("\n", " | ")[:300]


def _show(values: tuple[object, ...]) -> str:
    return ", ".join(_show_one(v) for v in values) or "nothing"


def _show_one(value: object) -> str:
    bits, mask = getattr(value, "bits", None), getattr(value, "mask", None)
    if bits is None:
        return str(value)
    text = f"{getattr(value, 'valtype', 0):#x}:{bits:#x}"
    return text if mask is None else f"{text}/{mask:#x}"
