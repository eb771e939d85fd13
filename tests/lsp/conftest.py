"""Sessions in a thread of the test's process; places of the tests' own.

Every test here may start a daemon, so each has a place of its own, and whoever a test
leaves behind there is its failure. Whoever is somewhere else, because it was started
after its test, is the failure of the last.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from lbtool.lsp.door import serve_socket
from tests.daemon.conftest import place, processes, wait_for_end
from tests.lsp.client import Client, over_socket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lbtool.daemon.place import Place

__all__ = ["place"]


@pytest.fixture(scope="session", autouse=True)
def nobody_left(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever tests start, in whatever place, ends with them."""
    folder = tmp_path_factory.getbasetemp()
    os.environ["TESTS_IN"] = f"{folder}/"  # told to all of them
    yield
    found = {pid: line for pid, line in processes(folder).items() if "lbtool" in line}
    left = {pid: line for pid, line in found.items() if not wait_for_end(pid, 5)}
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not left


@pytest.fixture(autouse=True)
def own_place(place: Place) -> Place:
    """No test asks for the user's daemon."""
    return place


@pytest.fixture
def new() -> Iterator[Client]:
    """A client that has said nothing yet."""
    with over_socket(serve_socket) as client:
        yield client


@pytest.fixture
def client(new: Client) -> Client:
    """A client that pushes nothing and can do little, trusted."""
    new.initialize()
    return new
