"""Text for pages that show next to none: what the extractor found beside the blocks, or what lies in scripts."""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cleaners.document import LineHint
from cleaners.model.page_model import PageModel
from flows.pages.bodies import Body, hints_of
from flows.pages.fragments import lines_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Of characters: a page with less is one whose text is somewhere else. Of scripts with as many characters a word, two.
_NEAR_EMPTY = 250
# A string of JSON. One that is never closed goes to the end, so that each character is read once.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_PARAGRAPH = re.compile(r"<p[\s>]")
_FEWEST_PARAGRAPHS = 2


def rescue(body: Body, tree: "HtmlElement", drawn: str, model: PageModel) -> Body:
    """The body, or where it is next to nothing, a longer one from elsewhere in the page.

    Some pages hold their text only as data, from which a browser builds what it shows: the extractor finds it in
    JSON-LD, and the mark-up of an article stands in strings of other scripts.

    Args:
        body: what the page shows.
        tree: the page.
        drawn: the extractor's text.
        model: the one that judged the body.
    """
    if body.story >= _NEAR_EMPTY:
        return body
    found = [[line.strip() for line in drawn.split("\n") if line.strip()], *_articles_in_scripts(tree)]
    lines = max(found, key=lambda lines: sum(map(len, lines)))
    text = "\n".join(lines)
    if len(text) < max(_NEAR_EMPTY, 2 * body.story):
        return body
    hints = hints_of(model, [LineHint("script", 0.0, 0.0, "")] * len(lines))
    return Body(text=text, story=len(text), hints=hints, recovered=len(lines))


def _articles_in_scripts(tree: "HtmlElement") -> Iterator[list[str]]:
    for script in tree.iter("script"):
        for string in _STRING.finditer(script.text or ""):
            if string.end() - string.start() < _NEAR_EMPTY:
                continue
            try:
                html = json.loads(string[0])
            except ValueError:  # never closed, or of a script that is no JSON
                continue
            if len(_PARAGRAPH.findall(html)) >= _FEWEST_PARAGRAPHS:
                yield lines_of(html).split("\n")
