"""The commands of a ``.wast`` script as frozen values, each with its line.

Modules stay source: text is handed on as written, binary and quoted modules are decoded
from their strings. Expected results become patterns (bits and a mask), so that a NaN
class or a v128 shape is one comparison. Running is `runner`'s matter.

Source: the script grammar in the reference interpreter's README (WebAssembly/spec), and
``assert_return_canonical_nan``/``assert_return_arithmetic_nan`` of the 1.0 interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lbtool.wast.lexer import Form, Lexer, ScriptError, string
from lbtool.wast.patterns import Pattern, Result, argument, result

if TYPE_CHECKING:
    from lbtool.engines.interface import AnyValue

ModuleFormat = Literal["text", "binary", "quote"]
MODULE_ASSERTIONS = frozenset(
    ("assert_malformed", "assert_invalid", "assert_unlinkable", "assert_trap")
)
ACTION_ASSERTIONS = frozenset(("assert_trap", "assert_exhaustion", "assert_exception"))
NAN_ASSERTIONS = {
    "assert_return_canonical_nan": "canonical",
    "assert_return_arithmetic_nan": "arithmetic",
}
_INLINE = ("(module ", "\n)")


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """A module in a script: binary bytes, or text in UTF-8."""

    line: int
    format: ModuleFormat
    source: bytes
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Invoke:
    """``(invoke $module? "name" args...)``."""

    line: int
    module: str | None
    name: str
    args: tuple[AnyValue, ...]


@dataclass(frozen=True, slots=True)
class Get:
    """``(get $module? "name")``: the value of an exported global."""

    line: int
    module: str | None
    name: str


Action = Invoke | Get


@dataclass(frozen=True, slots=True)
class ModuleCommand:
    """Compile; instantiate too unless it is only a `definition`."""

    line: int
    module: ModuleSource
    definition: bool = False
    kind: str = "module"


@dataclass(frozen=True, slots=True)
class InstanceCommand:
    """``(module instance $name $definition)``."""

    line: int
    name: str | None
    definition: str | None
    kind: str = "module"


@dataclass(frozen=True, slots=True)
class Register:
    """The module `module` (the last one if None) is importable as `name`."""

    line: int
    name: str
    module: str | None
    kind: str = "register"


@dataclass(frozen=True, slots=True)
class ActionCommand:
    """An action whose results do not matter; it must not trap."""

    line: int
    action: Action
    kind: str = "action"


@dataclass(frozen=True, slots=True)
class AssertReturn:
    """The action returns exactly these results."""

    line: int
    action: Action
    results: tuple[Result, ...]
    kind: str = "assert_return"


@dataclass(frozen=True, slots=True)
class AssertNan:
    """The action returns one NaN of the class (1.0 scripts)."""

    line: int
    action: Action
    nan: str
    kind: str


@dataclass(frozen=True, slots=True)
class AssertFailure:
    """`subject` fails in the way that `kind` names, with a message like `message`."""

    line: int
    kind: str
    subject: Action | ModuleSource
    message: str


Command = (
    ModuleCommand
    | InstanceCommand
    | Register
    | ActionCommand
    | AssertReturn
    | AssertNan
    | AssertFailure
)


def parse_script(data: bytes) -> tuple[Command, ...]:
    """Reads a whole script; raises `ScriptError` with the line."""
    return _Reader(data).commands()


def _text(token: bytes | Form) -> str:
    if not isinstance(token, bytes):
        raise ValueError("a name was expected")  # noqa: TRY004
    return (string(token) if token.startswith(b'"') else token).decode()


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._lexer = Lexer(data)

    def commands(self) -> tuple[Command, ...]:
        found: list[Command] = []
        for form in self._lexer.forms():
            try:
                command = self._command(form)
            except (ValueError, IndexError, KeyError) as error:
                raise self._lexer.error(str(error), form.start) from error
            if command is None:
                return (*found, self._inline(form))
            found.append(command)
        return tuple(found)

    def _command(self, form: Form) -> Command | None:
        line = self._lexer.line(form.start)
        kind = form.head().decode()
        if kind == "module":
            return self._module_command(form, line)
        if kind == "register":
            module = _text(form.items[2]) if len(form.items) > 2 else None
            return Register(line, _text(form.items[1]), module)
        if kind in ("invoke", "get"):
            return ActionCommand(line, self._action(form))
        if kind == "assert_return":
            expected = tuple(result(item) for item in form.items[2:])
            return AssertReturn(line, self._action(form.items[1]), expected)
        if kind in NAN_ASSERTIONS:
            action = self._action(form.items[1])
            return AssertNan(line, action, NAN_ASSERTIONS[kind], kind)
        if kind in MODULE_ASSERTIONS | ACTION_ASSERTIONS:
            return self._failure(form, line, kind)
        if kind.startswith("assert") or kind in ("script", "input", "output", "thread"):
            raise ValueError(f"unknown command {kind}")
        return None

    def _failure(self, form: Form, line: int, kind: str) -> AssertFailure:
        first = form.items[1]
        message = string(_bytes(form.items[2])).decode() if len(form.items) > 2 else ""
        if isinstance(first, Form) and first.head() == b"module":
            if kind not in MODULE_ASSERTIONS:
                raise ValueError(f"{kind} takes an action")
            return AssertFailure(line, kind, self._module(first), message)
        if kind not in ACTION_ASSERTIONS:
            raise ValueError(f"{kind} takes a module")
        return AssertFailure(line, kind, self._action(first), message)

    def _inline(self, form: Form) -> ModuleCommand:
        """The rest of the script as the fields of one module."""
        line = self._lexer.line(form.start)
        before, after = _INLINE
        source = before.encode() + self._lexer.data[form.start :] + after.encode()
        return ModuleCommand(line, ModuleSource(line, "text", source))

    def _module_command(self, form: Form, line: int) -> ModuleCommand | InstanceCommand:
        words = [_text(item) for item in form.items[1:4] if _is_word(item)]
        if words[:1] == ["instance"]:
            name, definition = [*words[1:3], None, None][:2]
            return InstanceCommand(line, name, definition)
        module = self._module(form)
        return ModuleCommand(line, module, definition=words[:1] == ["definition"])

    def _module(self, form: Form) -> ModuleSource:
        line = self._lexer.line(form.start)
        items = [_bytes(item) for item in form.items[1:]]
        definition = items[:1] == [b"definition"]
        if definition:
            del items[0]
        name = items.pop(0).decode() if items and items[0].startswith(b"$") else None
        if items and items[0] in (b"binary", b"quote"):
            source = b"".join(string(item) for item in items[1:])
            return ModuleSource(
                line, "binary" if items[0] == b"binary" else "quote", source, name
            )
        source = self._lexer.data[form.start : form.end]
        if definition:
            source = source.replace(b"definition", b"", 1)
        return ModuleSource(line, "text", source, name)

    def _action(self, form: bytes | Form) -> Action:
        if not isinstance(form, Form):
            raise ValueError("an action was expected")  # noqa: TRY004
        line = self._lexer.line(form.start)
        items = list(form.items[1:])
        first = _bytes(items[0])
        module = None if first.startswith(b'"') else first.decode()
        if module is not None:
            del items[0]
        name = _text(items[0])
        if form.head() == b"get":
            return Get(line, module, name)
        if form.head() != b"invoke":
            raise ValueError(f"unknown action {form.head()!r}")
        return Invoke(line, module, name, tuple(argument(i) for i in items[1:]))


def _is_word(item: bytes | Form) -> bool:
    return isinstance(item, bytes) and not item.startswith(b'"')


def _bytes(item: bytes | Form) -> bytes:
    if not isinstance(item, bytes):
        raise ValueError("a word or a string was expected")  # noqa: TRY004
    return item


__all__ = [
    "Action",
    "ActionCommand",
    "AssertFailure",
    "AssertNan",
    "AssertReturn",
    "Command",
    "Get",
    "InstanceCommand",
    "Invoke",
    "ModuleCommand",
    "ModuleSource",
    "Pattern",
    "Register",
    "ScriptError",
    "parse_script",
]
