"""What trafilatura takes for the article of a page, laid onto the page's blocks."""

import logging
import re
from collections.abc import Sequence
from configparser import ConfigParser
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING

import msgspec
import trafilatura
from trafilatura.settings import DEFAULT_CONFIG, Document

from cleaners.layout import PROSE_CHARACTERS, ends_sentence
from cleaners.model.blocks import Block
from flows.pages.aligning import drawn_shares

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Scripts in which a word is one or two characters: kana, Han, Hangul.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")
_DENSE_SHARE = 0.25
_LINKED = 0.3
# What the extractor takes beside links should be as long as a good part of the page's prose; where it is less, it is
# asked again, with all it can do; where it is next to nothing even then, the prose is taken.
_GOOD_PART, _NEXT_TO_NOTHING = 0.4, 0.05
_ARTICLE = 500

# What it would log, a run's counts and reasons say.
for _name in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)


class Drawn(msgspec.Struct, frozen=True):
    """What the extractor took: its text, and of each block of the page the share that is in it."""

    text: str
    shares: Sequence[float]


def draw(tree: "HtmlElement", url: str | None, blocks: Sequence[Block]) -> Drawn:
    """The extractor's choice among a page's blocks.

    First without its comparison with other extractors, which costs a quarter of the time and, with the page model
    behind it, gains nothing on most pages; on some forty of 999 the quick way took only a small part of the article.

    Args:
        tree: the page.
        url: where it was found.
        blocks: what the tree was cut into.

    Raises:
        Exception: whatever trafilatura stumbles over.
    """
    prose = [_prose(block) for block in blocks]
    config = _config(dense=_is_dense(blocks))
    drawn = _draw(tree, url, blocks, config, fast=True)
    if _unlinked(blocks, drawn) < _GOOD_PART * sum(prose):
        drawn = _draw(tree, url, blocks, config, fast=False)
    if sum(prose) > _ARTICLE and _unlinked(blocks, drawn) < _NEXT_TO_NOTHING * sum(prose):
        drawn = Drawn(drawn.text, [float(length > 0) for length in prose])
    return drawn


def _draw(
    tree: "HtmlElement", url: str | None, blocks: Sequence[Block], config: ConfigParser, *, fast: bool
) -> Drawn:
    found = trafilatura.bare_extraction(tree, url=url, fast=fast, include_comments=False, config=config)
    text = (found.text if isinstance(found, Document) else None) or ""
    return Drawn(text, drawn_shares(blocks, text))


def _is_dense(blocks: Sequence[Block]) -> bool:
    text = "\n".join([block.text for block in blocks])
    return not text.isascii() and sum(map(len, _DENSE.findall(text))) > _DENSE_SHARE * len(text)


def _prose(block: Block) -> int:
    """The length of a block of prose, 0 of others."""
    length = len(block.text)
    is_prose = length >= PROSE_CHARACTERS and block.linked < _LINKED * length and ends_sentence(block.text)
    return length if is_prose else 0


def _unlinked(blocks: Sequence[Block], drawn: Drawn) -> float:
    """How many characters were drawn that are no links."""
    return sum([(len(block.text) - block.linked) * share for block, share in zip(blocks, drawn.shares, strict=True)])


@cache
def _config(*, dense: bool) -> ConfigParser:
    """Trafilatura's own settings; of dense scripts a quarter of its 250 characters is an article, too.

    A Japanese article of six sentences was taken for none, and all of its page for one line; of a Chinese one of
    three sentences the menu was part.
    """
    config = deepcopy(DEFAULT_CONFIG)
    if dense:
        config["DEFAULT"]["min_extracted_size"] = "60"
    return config
