"""``make test-vscode``: our extension in a real VS Code, driven in a browser.

VS Code is code-server from npm, the browser is Debian's Chromium driven by
playwright-core. What is downloaded (650 MB) stays in the folder ``LBTOOL_VSCODE_CACHE``
(default ``~/.cache/lbtool-vscode``); settings, extension and files of a run are made
anew. Not in `make test`: it needs two minutes for the first run, and a browser.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

from tests.editors.demo import write_demo
from tests.editors.tools import EDITORS, lbtool, nodejs, private

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGES = ("code-server@4.139.1", "playwright-core@1.65.1")
# Headers for the three modules of VS Code that are compiled, and the browser.
DEBIAN = (
    "chromium build-essential pkg-config libkrb5-dev libsecret-1-dev libx11-dev "
    "libxkbfile-dev"
)
BUDGET = 150.0  # ms from a keystroke to its code on the screen
FUNCTIONS = 500
HERE = Path(__file__).resolve().parent
SETTINGS = {
    "breadcrumbs.enabled": False,
    "chat.disableAIFeatures": True,
    "editor.minimap.enabled": False,
    "files.autoSave": "off",
    "security.workspace.trust.startupPrompt": "never",
    "telemetry.telemetryLevel": "off",
    "window.commandCenter": False,
    "workbench.colorTheme": "Dark Modern",
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}
FUNCTION = """\
  (func $f{n} (export "f{n}") (param $a i32) (param $b i32) (result i32)
    (local $sum i32)
    (local.set $sum (i32.mul (local.get $a) (i32.const {factor})))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $b)))
        (local.set $sum
          (i32.add (local.get $sum)
            (i32.load offset={offset} (i32.shl (local.get $b) (i32.const 2)))))
        (local.set $b (i32.sub (local.get $b) (i32.const 1)))
        (br $next)))
    (i32.xor (local.get $sum) (i32.const {n})))
"""


def large() -> str:
    """A module of `FUNCTIONS` functions; the constant 5 is in the first one."""
    functions = (
        FUNCTION.format(n=n, factor=5 + n, offset=4 * n) for n in range(FUNCTIONS)
    )
    return f'(module\n  (memory (export "memory") 1)\n{"".join(functions)})\n'


def installed(folder: Path) -> Path:
    """VS Code and the driver of the browser, installed there unless they are."""
    done = folder / "installed.json"
    if done.is_file() and json.loads(done.read_text()) == list(PACKAGES):
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    vscode = folder / "node_modules/code-server/lib/vscode"
    # Install scripts of code-server want tools that npm does not bring; what they do:
    npm(folder, "init", "-y")
    npm(folder, "install", "--ignore-scripts", *PACKAGES)
    npm(vscode, "install", "--omit=dev", "--ignore-scripts")
    npm(vscode, "rebuild")
    npm(vscode / "extensions", "install", "--omit=dev", "--ignore-scripts")
    done.write_text(json.dumps(PACKAGES))
    return folder


def npm(folder: Path, *arguments: str) -> None:
    """Run npm; modules are compiled with the headers that came with this node."""
    node = nodejs()
    variables = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "npm_config_nodedir": str(node),
        "npm_config_loglevel": "error",
    }
    command = [str(Path(sys.executable).parent / "npm"), *arguments]
    sys.stderr.write(f"npm {shlex.join(arguments)}\n")
    made = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | variables,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    if made.returncode:
        sys.exit(f"npm failed in {folder}; needed: apt-get install {DEBIAN}")


def packaged(folder: Path) -> Path:
    """The extension, built in a copy of its folder."""
    copy = folder / "extension"
    ignored = shutil.ignore_patterns("node_modules", "dist")
    shutil.copytree(EDITORS / "vscode", copy, ignore=ignored)
    npm(copy, "ci", "--ignore-scripts")
    npm(copy, "run", "package")
    return copy / "dist/lbtool.vsix"


@contextmanager
def served(
    cache: Path, folder: Path, extension: Path, variables: dict[str, str]
) -> Iterator[str]:
    """VS Code with the extension; the address of its window."""
    user = folder / "user"
    for name, settings in (
        ("User", SETTINGS),
        ("Machine", {"lbtool.command": [lbtool(), "lsp"]}),
    ):
        (user / name).mkdir(parents=True)
        (user / name / "settings.json").write_text(json.dumps(settings))
    server = [
        str(nodejs() / "bin/node"),
        str(cache / "node_modules/code-server/out/node/entry.js"),
        *("--config", str(folder / "config.yaml"), "--user-data-dir", str(user)),
        *("--extensions-dir", str(folder / "extensions")),
    ]
    subprocess.run(
        [*server, "--install-extension", str(extension)],
        check=True,
        env=variables,
        stdout=subprocess.DEVNULL,
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"127.0.0.1:{port}"
    options = ["--auth", "none", "--bind-addr", address, "--disable-telemetry"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [*server, *options, "--disable-update-check"],
            env=variables,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            awaited(f"http://{address}/healthz")
            yield f"http://{address}"
        finally:
            # All of it: what is left of it would start the daemon that is stopped.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def awaited(address: str) -> None:
    """Return when somebody answers there."""
    deadline = time.monotonic() + 60
    while True:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def driven(cache: Path, folder: Path, pictures: Path | None, strokes: int) -> str:
    """What the browser saw: a line about keystrokes; raises when something failed."""
    workspace = folder / "workspace"
    workspace.mkdir()
    write_demo(workspace)
    (workspace / "large.wat").write_text(large())
    chromium = shutil.which("chromium") or sys.exit(f"apt-get install {DEBIAN}")
    with (
        private(folder) as variables,
        served(cache, folder, packaged(folder), variables) as url,
    ):
        setup = {
            "playwright": str(cache / "package.json"),
            "chromium": chromium,
            "url": url,
            "workspace": str(workspace),
            "settings": str(folder / "user/Machine/settings.json"),
            "pictures": None if pictures is None else str(pictures),
            "keystrokes": strokes,
        }
        made = subprocess.run(
            [str(nodejs() / "bin/node"), str(HERE / "drive.mjs"), json.dumps(setup)],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    times = json.loads(made.stdout)["keystrokes"]
    middle, late = median(times), quantiles(times, n=20)[-1]
    verdict = "within" if late <= BUDGET else "OVER"
    return (
        f"VS Code, {FUNCTIONS} functions, {len(times)} keystrokes to fresh assembly on "
        f"screen: median {middle:.0f} ms, p95 {late:.0f} ms, {verdict} "
        f"{BUDGET:.0f} ms"
    )


def main() -> None:
    """Parse arguments, run once."""
    parser = argparse.ArgumentParser(prog="python -m tests.editors.vscode")
    parser.add_argument("--pictures", type=Path, help="a folder for screenshots")
    parser.add_argument("--keystrokes", type=int, default=100)
    given = parser.parse_args()
    default = Path.home() / ".cache/lbtool-vscode"
    cache = installed(Path(os.environ.get("LBTOOL_VSCODE_CACHE") or default))
    pictures = given.pictures and given.pictures.resolve()
    with tempfile.TemporaryDirectory(prefix="lbtool-vscode-") as folder:
        line = driven(cache, Path(folder), pictures, given.keystrokes)
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
