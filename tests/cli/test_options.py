"""Where our options end and the guest's arguments begin."""

from __future__ import annotations

import pytest

from lbtool.cli.options import split_guest_arguments

OPTIONS = {"--dir": True, "--invoke": True, "--help": False, "-h": False}


@pytest.mark.parametrize(
    ("args", "ours", "guest"),
    [
        ("f", "f", ""),
        ("f -1", "f", "-1"),
        ("f a --dir x", "f", "a --dir x"),
        ("f --dir x a", "f --dir x", "a"),
        ("f --dir=x --invoke g -1 2", "f --dir=x --invoke g", "-1 2"),
        ("--dir x f --unknown --help", "--dir x f", "--unknown --help"),
        ("f -- --dir x", "f", "--dir x"),
        ("f --help a", "f --help", "a"),
        ("--unknown f a", "--unknown f", "a"),
        ("--dir", "--dir", ""),
        ("", "", ""),
        ("-- f --dir x", "f", "--dir x"),
        ("f a -- b", "f", "a -- b"),
    ],
)
def test_split(args: str, ours: str, guest: str) -> None:
    assert split_guest_arguments(args.split(), OPTIONS) == (
        ours.split(),
        guest.split(),
    )
