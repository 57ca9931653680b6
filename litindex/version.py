"""Which litindex this is, and how its indexes are told from other databases."""

from importlib.util import find_spec

__version__ = "0.1.0"

APPLICATION_ID = 0x4C495458
"""`LITX` in the header of our databases (PRAGMA application_id): how an index is told from any other SQLite file."""


def is_index_header(header: bytes) -> bool:
    """Whether the first 100 bytes of a file are those of a litindex database."""
    return header[:16] == b"SQLite format 3\0" and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def is_compiled() -> bool:
    """Whether the parser is machine code (`LITINDEX_COMPILE=1 pip wheel .`) and not Python."""
    found = find_spec("litindex.models")
    return found is not None and not (found.origin or "").endswith(".py")
