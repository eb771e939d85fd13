"""The payload of an ARTIFACT record, and what must hold before anybody links it.

Little-endian: a header of five u32 (bytes of code, frame size, relocations, sites,
slots), then code, relocations and sites as `lbtool.compiler.artifact` describes them.
The seal says that we wrote it; the checks here say that what we wrote is linkable, so
that a bug of an old version is a miss and not a crash. Linking is not here.
"""

from __future__ import annotations

from operator import sub
from struct import Struct

from lbtool import abi
from lbtool.cache.seal import Rejected
from lbtool.compiler.artifact import Artifact

__all__ = ["decode", "encode"]

HEADER = Struct("<5I")
RELOC_SIZE, SITE_SIZE = 16, 8
FIELD = 4  # bytes of a relocatable field
MAX_FRAME = 1 << 31
RELOC_KINDS = frozenset(v for k, v in vars(abi).items() if k.startswith("RELOC_"))
TRAPS = frozenset(v for k, v in vars(abi).items() if k.startswith("TRAP_"))
ACCESS = abi.TRAP_MEMORY | abi.SITE_ACCESS
SITE_CODES = TRAPS | {abi.SITE_CALL, ACCESS}


def encode(artifact: Artifact) -> bytes:
    """Bytes of an artifact; the slots are those its relocations name."""
    slots = memoryview(artifact.relocs).cast("I")[2::4].tolist()
    header = HEADER.pack(
        len(artifact.code),
        artifact.frame_size,
        len(artifact.relocs) // RELOC_SIZE,
        len(artifact.sites) // SITE_SIZE,
        max(slots, default=-1) + 1,
    )
    return b"".join((header, artifact.code, artifact.relocs, artifact.sites))


def decode(payload: bytes | memoryview, n_slots: int | None = None) -> Artifact:
    """The artifact; `n_slots` is how many slots the function has, where that is known.

    Raises `Rejected` with ``layout``, ``frame``, ``relocation`` or ``site``.
    """
    data = bytes(payload)
    if len(data) < HEADER.size:
        raise Rejected("layout")
    n_code, frame, n_relocs, n_sites, slots = HEADER.unpack_from(data)
    relocs_at = HEADER.size + n_code
    sites_at = relocs_at + RELOC_SIZE * n_relocs
    if not n_code or len(data) != sites_at + SITE_SIZE * n_sites:
        raise Rejected("layout")
    if frame >= MAX_FRAME or (frame and frame % 16 != 8):
        raise Rejected("frame")
    code, relocs = data[HEADER.size : relocs_at], data[relocs_at:sites_at]
    sites = data[sites_at:]
    _check_relocs(relocs, n_code, slots if n_slots is None else min(slots, n_slots))
    _check_sites(sites, n_code)
    return Artifact(code, frame, relocs, sites)


def _check_relocs(relocs: bytes, n_code: int, n_slots: int) -> None:
    """Fields lie inside the code, one behind the other; kinds and slots exist."""
    if not relocs:
        return
    words = memoryview(relocs).cast("I").tolist()
    offsets = words[0::4]
    if (
        offsets[-1] > n_code - FIELD
        or min(map(sub, offsets[1:], offsets), default=FIELD) < FIELD
        or not RELOC_KINDS.issuperset(words[1::4])
        or max(words[2::4]) >= n_slots
    ):
        raise Rejected("relocation")


def _check_sites(sites: bytes, n_code: int) -> None:
    """Offsets ascend within the code (a return address may be its end)."""
    if not sites:
        return
    offsets = memoryview(sites).cast("I")[0::2].tolist()
    if (
        offsets[-1] > n_code
        or offsets != sorted(offsets)
        or not SITE_CODES.issuperset(sites[4::8])
        or (offsets[-1] == n_code and sites[-4] == ACCESS)
    ):
        raise Rejected("site")
