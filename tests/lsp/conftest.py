"""Sessions in a thread of the test's process; places of the tests' own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lbtool.lsp.door import serve_socket
from tests.daemon.conftest import place
from tests.lsp.client import Client, over_socket

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["place"]


@pytest.fixture
def new(place: object) -> Iterator[Client]:
    """A client that has said nothing yet."""
    del place
    with over_socket(serve_socket) as client:
        yield client


@pytest.fixture
def client(new: Client) -> Client:
    """A client that pushes nothing and can do little, trusted."""
    new.initialize()
    return new
