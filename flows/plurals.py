"""Numbers of things, for people."""


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 feed`, `2,000 feeds`, `0 entries`.

    Args:
        number: of things.
        noun: for one of them.
        plural: for others, where an `s` does not make it.
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
