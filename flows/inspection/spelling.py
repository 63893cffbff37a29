"""What a text may do to a terminal, spelt out instead."""

_RISKY = (
    *(code for code in range(0x20) if chr(code) not in "\n\t"),
    *range(0x7F, 0xA0),  # DEL and C1: a terminal may take one of these for an escape sequence, too
    *(0x2028, 0x2029),  # separators of lines and paragraphs
    *range(0x202A, 0x202F),  # embeddings and overrides that turn the order of a line around
    *range(0x2066, 0x206A),  # isolates
    *range(0xD800, 0xE000),  # surrogates, which a file's name can hold and no output can encode
)
_ONE_BYTE = 0xFF
_SPELT = {code: f"\\x{code:02x}" if code <= _ONE_BYTE else f"\\u{code:04x}" for code in _RISKY}


def spelt_out(text: str) -> str:
    r"""The text for a terminal: `\x1b`, `\u202e` and the like stand for what would steer it.

    Line feed and tab stay, as do the marks and joiners that scripts are written with.
    """
    return text.translate(_SPELT)
