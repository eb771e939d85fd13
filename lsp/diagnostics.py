"""Diagnostics: pulled where the client can ask, else pushed; never both.

With `features` ``asm-only`` only what concerns machine code is told: functions that are
valid and cannot be compiled, limits, and traps of runs. The rest is what any other
server of the language says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as t

from lbtool.lsp.pacing import on_present_text
from lbtool.lsp.progress import Progress
from lbtool.lsp.virtual import binary_of

if TYPE_CHECKING:
    from lbtool.errors import Diagnostic
    from lbtool.lsp.documents import OpenDocument, View
    from lbtool.lsp.pacing import Pace
    from lbtool.lsp.server import Server
    from lbtool.service.diagnostics import Finding

    Json = dict[str, Any]

__all__ = ["SOURCE", "diagnostic", "items", "offered", "options", "publish", "pull"]

SOURCE = "lbtool"
SEVERITIES = {
    "error": t.DiagnosticSeverity.Error,
    "warning": t.DiagnosticSeverity.Warning,
    "information": t.DiagnosticSeverity.Information,
}
# Codes of what the compiler, not the language, has to say.
OF_CODE = "E03"
MOST = 1000  # diagnostics of one document


def options(_: Server) -> t.DiagnosticOptions:
    """Each document is for itself."""
    return t.DiagnosticOptions(
        inter_file_dependencies=False, workspace_diagnostics=False, identifier=SOURCE
    )


def offered(ls: Server) -> bool:
    """Only to clients that ask; others are told."""
    return ls.client.pulls


async def pull(ls: Server, params: t.DocumentDiagnosticParams) -> Json:
    """``textDocument/diagnostic``: all of a document, or that nothing has changed."""
    document = ls.documents.get(params.text_document.uri)
    if document is None:
        return {"kind": "full", "items": []}

    async def work(view: View, pace: Pace) -> Json:
        result = f"{document.state} {ls.configuration.features}"
        if params.previous_result_id == result:
            return {"kind": "unchanged", "resultId": result}
        found = await items(ls, document, view, pace)
        return {"kind": "full", "resultId": result, "items": found}

    return await on_present_text(document, work)


def publish(ls: Server, uri: str, version: int | None, found: list[Json]) -> None:
    """``textDocument/publishDiagnostics``."""
    params: Json = {"uri": uri, "diagnostics": found}
    if version is not None:
        params["version"] = version
    ls.protocol.tell(t.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)


async def items(
    ls: Server, document: OpenDocument, view: View, pace: Pace
) -> list[Json]:
    """What is wrong with a state of a document."""
    if binary_of(document.uri) is not None:
        binary = ls.on_disk(document.uri)
        if binary is not None and binary.faults:
            return [_fault(view, each) for each in binary.faults]
    kept = document.findings
    async with Progress(ls, "Checking") as progress:
        for done, total in kept.steps():
            progress.report(done, total)
            await pace.pause()
    found = kept.all()
    if ls.configuration.features == "asm-only":
        found = [each for each in found if each.code.startswith(OF_CODE)]
    made = [diagnostic(view, each) for each in found[:MOST]]
    made += [trap for each in document.traps if (trap := each.diagnostic(ls, view))]
    return made


def _fault(view: View, fault: Diagnostic) -> Json:
    """What is wrong with a binary, at the comment that is all of its text."""
    where = "" if fault.offset is None else f" at byte {fault.offset:#x} of the binary"
    return {
        "range": view.json_range(0, len(view.document.text)),
        "severity": t.DiagnosticSeverity.Error,
        "code": fault.code,
        "source": SOURCE,
        "message": f"{fault.message}{where}",
    }


def diagnostic(view: View, finding: Finding) -> Json:
    """One finding as the protocol has it."""
    return {
        "range": view.json_range(finding.start, finding.end),
        "severity": SEVERITIES[finding.severity],
        "code": finding.code,
        "source": SOURCE,
        "message": finding.message,
    }
