"""The blocks of a page: its text, piece by piece, and the elements that each stands in."""

import re
from functools import lru_cache

import msgspec

THEMES = {
    "content": "article body story entry post text main content articlebody copy richtext prose paragraph wysiwyg",
    "comments": "comment comments disqus respond reply replies discussion",
    "pictures": "caption credit image img photo picture figure gallery slideshow media thumbnail thumb lightbox",
    "notes": "note notes footnote footnotes reference references disclaimer correction source sources endnote",
    "letters": "newsletter subscribe subscription signup paywall premium register login donate donation offer cta",
    "side": "sidebar side aside rail widget widgets secondary column infobox factbox box callout pullout",
    "lists": "list item items listing ul grid row feed archive",
    "modal": "cookie consent modal popup overlay dialog gdpr notice alert privacy toast",
    "embeds": "embed tweet instagram oembed blockquote iframe tiktok embedded",
    "tools": "print tool tools toolbar button btn icon action actions link font",
    "sharing": "share sharing social follow facebook twitter whatsapp sharebar addtoany addthis sns",
    "related": "related recommended recommend recommendations more readmore also teaser teasers promo promos card"
    " cards recirc trending popular mostread latest next prev previous similar suggested further links",
    "people": "author authors byline bio profile contributor writer avatar vcard",
    "summaries": "summary lead lede intro standfirst dek deck subtitle subhead abstract excerpt description",
    "tags": "tag tags topic topics category categories keyword keywords label labels kicker breadcrumb breadcrumbs",
    "shop": "price product buy shop rating review stars cart deal",
}
"""The words of classes and ids that say what an element is for. Evidence only: none of them decides by itself."""

WITHIN = ("article", "main", "header", "footer", "aside", "figure", "table", "ul", "ol", "blockquote")
"""The elements that a block may stand in, whatever lies between."""

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_BITS: dict[str, int] = {}
for _bit, _words in enumerate(THEMES.values()):
    for _word in _words.split():
        _BITS[_word] = _BITS.get(_word, 0) | 1 << _bit
_BIT_WITHIN = {tag: 1 << bit for bit, tag in enumerate(WITHIN)}
# Class names come again on page after page of a site.
_REMEMBERED = 8192


class Node:
    """An element that makes a block of its own.

    Attributes:
        parent: the next such element around it; None for the outermost.
        depth: how many such elements are around it.
        named: its class, as the page has it.
        themes: bits of the themes of which its class, id or role has a word.
        within: bits of the elements of `WITHIN` that it stands in, or is.
    """

    __slots__ = ("depth", "named", "number", "parent", "tag", "themes", "within")

    def __init__(self, number: int, tag: str, parent: "Node | None", named: str = "", themes: int = 0) -> None:
        self.number, self.tag, self.parent, self.named, self.themes = number, tag, parent, named, themes
        self.depth: int = parent.depth + 1 if parent else 0
        self.within: int = (parent.within if parent else 0) | _BIT_WITHIN.get(tag, 0)


class Block(msgspec.Struct, frozen=True, gc=False):
    """A line of a page's text.

    Attributes:
        text: white space folded.
        node: the innermost element that makes a block.
        linked: characters within links.
        bold: characters in bold type.
    """

    text: str
    node: Node
    linked: int
    bold: int


class Blocks(msgspec.Struct, frozen=True):
    """A page's blocks in order, and their elements, each behind the one around it."""

    blocks: tuple[Block, ...]
    nodes: tuple[Node, ...]


@lru_cache(maxsize=_REMEMBERED)
def themes_of(name: str) -> int:
    """The bits of the themes of which a class, id or role has a word."""
    bits = _BITS.get(name.replace("-", "").replace("_", "").lower(), 0)
    for word in _WORD.findall(name):
        bits |= _BITS.get(word.lower(), 0)
    return bits
