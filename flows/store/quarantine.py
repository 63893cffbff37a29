"""Lines of the quarantine, and the keys under which the state knows them."""

import hashlib

import msgspec

from flows.documents.loaded import SetAside


def encode_aside(item: SetAside) -> bytes:
    """One line of JSON Lines, its break included."""
    return msgspec.json.encode(item) + b"\n"


def key_of(item: SetAside) -> bytes:
    """Sixteen bytes that tell the item from any other: each is kept once in a store."""
    return hashlib.sha256(encode_aside(item)).digest()[:16]
