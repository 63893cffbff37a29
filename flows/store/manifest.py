"""The manifest of a store in object storage: which of the objects that lie there count."""

import msgspec

from flows.store.errors import DamagedError
from flows.store.parts import FOLDERS, Folder, Part

MANIFEST = "manifest.jsonl"
Shown = dict[Folder, dict[str, Part]]
"""The parts that count, by folder and name."""
_decode = msgspec.json.Decoder(Part).decode


def encode_manifest(shown: Shown) -> bytes:
    """A line for each part."""
    parts = (part for folder in FOLDERS for _, part in sorted(shown[folder].items()))
    return b"".join(msgspec.json.encode(part) + b"\n" for part in parts)


def decode_manifest(content: bytes, out: str) -> Shown:
    """The parts that a manifest names.

    Args:
        content: of the manifest.
        out: the store's URL, for messages.

    Raises:
        DamagedError: a line is none of a manifest.
    """
    shown: Shown = {folder: {} for folder in FOLDERS}
    for number, line in enumerate(content.splitlines(), 1):
        try:
            part = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise DamagedError(f"{out}/{MANIFEST}:{number}", "is no line of a manifest", out) from error
        shown[part.folder][part.name] = part
    return shown
