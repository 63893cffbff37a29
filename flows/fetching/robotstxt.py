"""What a robots.txt says to us. RFC 9309; the matching of paths is Protego's."""

import re

from protego import Protego

PRODUCT = "cleancopy"
"""Our product token: the name by which a robots.txt can address us."""

MOST_BYTES = 500 * 1024
"""Of one robots.txt that are read; RFC 9309, section 2.5, asks for no less."""

_AGENT = re.compile(r"\s*user[- ]?agent\s*[: ]\s*(\*|[a-z_-]*)", re.IGNORECASE)


class RobotsTxt:
    """The rules for us of one robots.txt.

    Attributes:
        crawl_delay: seconds between requests that it asks for; 0 if it does not.
        weight: code points it was read from, for those who keep many.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_BYTES:  # half a line may say more than the whole: `Disallow: /`
            content = content[:MOST_BYTES].rpartition(b"\n")[0]
        text = _ours(content.decode("utf-8-sig", errors="replace"))
        self._rules = Protego.parse(text)
        self.weight = len(text)
        self.crawl_delay = self._rules.crawl_delay(PRODUCT) or 0.0

    def allows(self, path: str) -> bool:
        """Whether a path, with its query, may be fetched."""
        # A name in front, for a path that begins with // is none.
        return self._rules.can_fetch(f"http://_{path}", PRODUCT)


def _ours(text: str) -> str:
    """The groups for us and for everyone.

    Protego takes `User-agent: clean` for a word to cleancopy, and needs minutes for 500 KB of groups of many names.
    So it gets no other names than ours, without versions, and `*`.
    """
    kept: list[str] = []
    for line in re.split(r"\r\n?|\n", text):
        named = _AGENT.match(line)
        if named is None:
            kept.append(line)
            continue
        name = named[1].lower()
        kept.append(f"User-agent: {name}" if name in {"*", PRODUCT} else "User-agent: other")
    return "\n".join(kept)
