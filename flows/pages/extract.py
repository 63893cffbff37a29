"""The text of a page: trafilatura, behind one function."""

import logging
import re
from copy import deepcopy
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from flows.pages.page import Extractor, Page

if TYPE_CHECKING:
    from configparser import ConfigParser

# Scripts in which a word is one or two characters: kana, Han, Hangul.
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")
_FEW = 20


def extract(html: str, url: str | None = None) -> Page | None:
    """The article of a page; None where no text is found.

    Nothing is fetched.

    Args:
        html: the page.
        url: where it was found; relative links are read from it.

    Raises:
        Exception: whatever trafilatura stumbles over.
    """
    trafilatura = _trafilatura()
    from flows.pages.metadata.reading import read_metadata  # noqa: PLC0415
    from flows.pages.parsing import parse  # noqa: PLC0415 - lxml is slow to import, and few inputs are pages

    tree = parse(html)
    if tree is None:
        return None
    metadata = read_metadata(tree, url)
    found = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        config=_config(dense=len(_DENSE.findall(html)) >= _FEW),
    )
    text = "\n".join(line.strip() for line in (found.text if found else "").splitlines() if line.strip())
    if not text:
        return None
    return Page(
        text=text,
        extractor=Extractor(name="trafilatura", version=version("trafilatura")),
        **{name: getattr(metadata, name) for name in metadata.__struct_fields__},
    )


@cache
def _trafilatura() -> Any:  # noqa: ANN401 - a module
    """The extractor, imported when the first page is read; what it would log, a run's counts and reasons say."""
    import trafilatura  # noqa: PLC0415

    for name in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    return trafilatura


@cache
def _config(*, dense: bool) -> "ConfigParser":
    """Trafilatura's own settings; of dense scripts a third of its 250 characters is an article, too.

    A Japanese article of six sentences was taken for none, and all of its page for one line.
    """
    from trafilatura.settings import DEFAULT_CONFIG  # noqa: PLC0415

    config = deepcopy(DEFAULT_CONFIG)
    if dense:
        config["DEFAULT"]["min_extracted_size"] = "80"
    return config
