"""What a robots.txt says to us. RFC 9309; the matching of paths is Protego's."""

import re
from collections import Counter

from protego import Protego

PRODUCT = "cleancopy"
"""Our product token: the name by which a robots.txt can address us."""

MOST_BYTES = 500 * 1024
"""Of one robots.txt that are read; RFC 9309, section 2.5, asks for no less."""

# The matching runs in the event loop, and its time grows with all four of these.
_MOST_RULES = 2000  # for each of our names
_LONGEST_LINE = 2000
_MOST_WILDCARDS = 10
_LONGEST_PATH = 2000

_AGENT = re.compile(r"user(?:-|\s*)agent\s*[:\s]\s*(\*|[a-z_-]*)", re.IGNORECASE)
_OF_NO_GROUP = re.compile(r"(?:site-?maps?|host)\s*[:\s]", re.IGNORECASE)
_NO_RULE = "Disallow:"


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
        return self._rules.can_fetch(f"http://_{path[:_LONGEST_PATH]}", PRODUCT)


def _ours(text: str) -> str:
    """The groups for us and for everyone, without rules that take too long.

    Protego takes `User-agent: clean` for a word to cleancopy, and needs minutes for 500 KB of groups of many names.
    So it gets no other names than ours, without versions, and `*`. A rule left out still ends a list of names.
    """
    kept: list[str] = []
    names: set[str] = set()
    in_names = False
    rules: Counter[str] = Counter()
    for raw in text.splitlines():  # as Protego does
        line = raw.partition("#")[0].strip()
        if not line or _OF_NO_GROUP.match(line):
            continue
        if named := _AGENT.match(line):
            name = named[1].lower()
            name = name if name in {"*", PRODUCT} else "other"
            names = {*names, name} if in_names else {name}
            in_names = True
            kept.append(f"User-agent: {name}")
            continue
        in_names = False
        ours = names - {"other"}
        fits = len(line) <= _LONGEST_LINE and line.count("*") <= _MOST_WILDCARDS
        if ours and fits and all(rules[name] < _MOST_RULES for name in ours):
            rules.update(ours)
            kept.append(line)
        else:
            kept.append(_NO_RULE)
    return "\n".join(kept)
