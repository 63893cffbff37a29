"""An article from its page: what the page says of it, and its text."""

from functools import cache
from importlib.metadata import version

from cleaners.model.page_features import PageView
from cleaners.model.page_model import PageModel, load_page_model
from flows.pages.page import Extractor, Page


def extract(html: str, url: str | None = None, model: PageModel | None = None) -> Page | None:
    """The article of a page; None where no text is found.

    Nothing is fetched. The page is parsed once: metadata, blocks and extractor read the same tree.

    Args:
        html: the page.
        url: where it was found; relative links are read from it.
        model: what judges its blocks; None: the model that comes with the project.

    Raises:
        Exception: whatever trafilatura stumbles over.
    """
    # lxml and trafilatura are slow to import, and few inputs are pages.
    from flows.pages.bodies import read_body, titles_of  # noqa: PLC0415
    from flows.pages.drawing import draw  # noqa: PLC0415
    from flows.pages.metadata.reading import read_metadata  # noqa: PLC0415
    from flows.pages.parsing import parse  # noqa: PLC0415
    from flows.pages.rescue import rescue  # noqa: PLC0415
    from flows.pages.segmenting import segment  # noqa: PLC0415

    tree = parse(html)
    if tree is None:
        return None
    metadata = read_metadata(tree, url)
    model, page = model or load_page_model(), segment(tree)
    drawn = draw(tree, url, page.blocks)
    body = rescue(read_body(PageView(page, drawn.shares, titles_of(tree)), model), tree, drawn.text, model)
    if not body.text:
        return None
    return Page(
        text=body.text,
        hints=body.hints,
        recovered=body.recovered,
        extractor=_extractor(),
        **{name: getattr(metadata, name) for name in metadata.__struct_fields__},
    )


@cache
def _extractor() -> Extractor:
    """Its version is read from disk, which takes as long as a small page."""
    return Extractor(name="trafilatura", version=version("trafilatura"))
