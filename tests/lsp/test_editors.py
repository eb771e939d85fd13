"""Suites over pytest-lsp: what VS Code, Neovim and Emacs say that they can do.

Every message of the server passes through lsprotocol's types there, and through
pytest-lsp's own checks of what a client with such capabilities may be sent.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator  # noqa: TC003 - read by pytest-lsp
from pathlib import Path  # noqa: TC003
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import pytest_lsp
from lsprotocol import types as t
from pytest_lsp import (
    ClientServerConfig,
    LanguageClient,
    client_capabilities,
    make_test_lsp_client,
)

from tests.lsp.texts import ADD, ADD_LINE, CALL, URI

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.asyncio
# Requests of a server that pytest-lsp's client does not know.
MORE = (
    t.CLIENT_REGISTER_CAPABILITY,
    t.WORKSPACE_CODE_LENS_REFRESH,
    t.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
    t.WORKSPACE_TEXT_DOCUMENT_CONTENT_REFRESH,
)


def make() -> LanguageClient:
    client = make_test_lsp_client()
    for method in MORE:

        @client.feature(method)  # type: ignore[untyped-decorator]
        def agree(_: Any) -> None:
            return None

    return client


SERVER = ClientServerConfig(
    client_factory=make,
    server_command=[sys.executable, "-m", "lbtool.cli", "lsp", "--in-process"],
)
BROKEN = ADD.replace("local.get $b", "local.get $c")


def of_vscode() -> t.ClientCapabilities:
    """pytest-lsp's are of 2022: what has come since is added."""
    found = client_capabilities("visual-studio-code")
    assert found.text_document is not None
    assert found.workspace is not None
    found.text_document.diagnostic = t.DiagnosticClientCapabilities(
        dynamic_registration=True, related_document_support=False
    )
    found.workspace.diagnostics = t.DiagnosticWorkspaceClientCapabilities(
        refresh_support=True
    )
    found.workspace.text_document_content = t.TextDocumentContentClientCapabilities(
        dynamic_registration=True
    )
    found.general = t.GeneralClientCapabilities(
        position_encodings=[t.PositionEncodingKind.Utf16]
    )
    return found


CAPABILITIES: dict[str, Callable[[], t.ClientCapabilities]] = {
    "vscode": of_vscode,
    "neovim": lambda: client_capabilities("neovim"),
    "emacs": lambda: client_capabilities("emacs"),
}


@pytest_lsp.fixture(params=CAPABILITIES, config=SERVER)  # type: ignore[untyped-decorator]
async def editor(
    request: pytest.FixtureRequest, lsp_client: LanguageClient, tmp_path: Path
) -> AsyncIterator[None]:
    lsp_client.set_configuration({"lbtool": {"syntax": "intel", "trace": {}}})
    await lsp_client.initialize_session(
        t.InitializeParams(
            capabilities=CAPABILITIES[str(request.param)](),
            workspace_folders=[t.WorkspaceFolder(tmp_path.as_uri(), "w")],
            root_uri=tmp_path.as_uri(),
            initialization_options={"trusted": True},
        )
    )
    yield
    await lsp_client.shutdown_session()


def doc() -> t.TextDocumentIdentifier:
    return t.TextDocumentIdentifier(URI)


def opened(editor: LanguageClient, text: str = ADD) -> None:
    editor.text_document_did_open(
        t.DidOpenTextDocumentParams(t.TextDocumentItem(URI, "wat", 1, text))
    )


async def hover(editor: LanguageClient) -> None:
    found = await editor.text_document_hover_async(
        t.HoverParams(doc(), t.Position(ADD_LINE, 6))
    )
    assert found is not None
    assert isinstance(found.contents, t.MarkupContent)
    assert "i32.add" in found.contents.value
    assert found.range == t.Range(t.Position(ADD_LINE, 4), t.Position(ADD_LINE, 11))


async def lenses(editor: LanguageClient) -> None:
    found = await editor.text_document_code_lens_async(t.CodeLensParams(doc()))
    assert found
    sizes = [each for each in found if each.command is None]
    lens = await editor.code_lens_resolve_async(sizes[0])
    assert lens.command is not None
    assert "bytes" in lens.command.title


async def test_diagnostics(editor: LanguageClient) -> None:
    """VS Code asks for them; the others are told."""
    opened(editor, BROKEN)
    can = editor.capabilities
    assert can is not None
    assert can.workspace is not None
    # pytest-lsp's Neovim pulls, and cannot be told to pull again.
    if can.workspace.diagnostics is not None:
        report = await editor.text_document_diagnostic_async(
            t.DocumentDiagnosticParams(doc())
        )
        assert isinstance(report, t.RelatedFullDocumentDiagnosticReport)
        found = report.items
        again = await editor.text_document_diagnostic_async(
            t.DocumentDiagnosticParams(doc(), previous_result_id=report.result_id)
        )
        assert isinstance(again, t.RelatedUnchangedDocumentDiagnosticReport)
        assert URI not in editor.diagnostics
    else:
        await editor.wait_for_notification(t.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        found = editor.diagnostics[URI]
    assert [each.code for each in found] == ["E0206"]


async def navigation(editor: LanguageClient) -> None:
    here = t.Position(CALL, 12)
    definition = await editor.text_document_definition_async(
        t.DefinitionParams(doc(), here)
    )
    assert definition
    references = await editor.text_document_references_async(
        t.ReferenceParams(t.ReferenceContext(include_declaration=True), doc(), here)
    )
    assert references is not None
    assert len(references) == 2
    symbols = await editor.text_document_document_symbol_async(
        t.DocumentSymbolParams(doc())
    )
    assert symbols
    assert {type(each) for each in symbols} == {t.DocumentSymbol}
    for found in (
        await editor.text_document_document_highlight_async(
            t.DocumentHighlightParams(doc(), here)
        ),
        await editor.text_document_folding_range_async(t.FoldingRangeParams(doc())),
        await editor.text_document_selection_range_async(
            t.SelectionRangeParams(doc(), [here])
        ),
        await editor.text_document_semantic_tokens_full_async(
            t.SemanticTokensParams(doc())
        ),
        await editor.workspace_symbol_async(t.WorkspaceSymbolParams("add")),
    ):
        assert found


async def run(editor: LanguageClient) -> None:
    given: dict[str, Any] = {"uri": URI, "export": "add", "args": "40 2"}
    found: Any = await editor.workspace_execute_command_async(
        t.ExecuteCommandParams("lbtool.run", [given])
    )
    assert found["text"] == "add(40, 2) = 42: i32"


async def machine_code_beside(editor: LanguageClient) -> None:
    params = t.TextDocumentContentParams(f"lbtool-asm:/a.s?{quote(URI, safe='')}")
    content = await editor.workspace_text_document_content_async(params)
    assert "i32.add" in content.text
    found: Any = await editor.workspace_execute_command_async(
        t.ExecuteCommandParams("lbtool.assembly", [URI])
    )
    assert found["text"] == content.text


async def cancelled(editor: LanguageClient) -> None:
    given: dict[str, Any] = {"uri": URI, "export": "spin", "args": []}
    params = t.ExecuteCommandParams("lbtool.run", [given])
    future = editor.protocol.send_request(
        t.WORKSPACE_EXECUTE_COMMAND, params, msg_id="spin"
    )
    editor.cancel_request(t.CancelParams("spin"))
    with pytest.raises(Exception, match=r"(?i)cancel"):
        await asyncio.wait_for(asyncio.wrap_future(future), 60)


async def test_reading(editor: LanguageClient) -> None:
    """One server for several questions: starting it is what takes time."""
    opened(editor)
    for question in (hover, lenses, navigation, machine_code_beside):
        await question(editor)


async def test_running(editor: LanguageClient) -> None:
    opened(editor)
    await run(editor)
    await cancelled(editor)
