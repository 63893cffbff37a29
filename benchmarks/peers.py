"""The extractors to compare, each as a function from a page and its URL; none of them fetches anything."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec

from scoring import Found

from cleaners import load_phrases
from flows.documents.loaded import Loaded, Source
from flows.documents.pages import document_of, read_page_bytes
from flows.recording import clean_document

OWN, YARDSTICK = "cleancopy", "trafilatura"
Extract = Callable[[bytes, str | None], Found]


def installed() -> Iterator[tuple[str, Extract]]:
    """What the others are timed against, this project, and the others that are there."""
    yield YARDSTICK, _trafilatura
    yield OWN, _cleancopy()
    for name, module, extract in (
        ("readability-lxml", "readability", _readability),
        ("newspaper4k", "newspaper", _newspaper),
        ("resiliparse", "resiliparse", _resiliparse),
        ("goose3", "goose3", _goose),
        ("jusText", "justext", _justext),
    ):
        if find_spec(module):
            yield name, extract


def _cleancopy() -> Extract:
    library = load_phrases()
    source = Source.fetched("benchmark")

    def extract(html: bytes, url: str | None) -> Found:
        # In this process: what a worker of the sandbox takes would not be counted.
        page = read_page_bytes(html, url)
        loaded = Loaded(document=document_of(page, url), source=source, extractor=page.extractor)
        record = clean_document(loaded, library)
        return Found(text=record.text, title=record.title, authors=record.authors, date=record.date_published)

    return extract


def _trafilatura(html: bytes, url: str | None) -> Found:
    from trafilatura import bare_extraction  # noqa: PLC0415

    found = bare_extraction(html, url=url, with_metadata=True)
    if found is None:
        return Found()
    authors = [name.strip() for name in (getattr(found, "author", None) or "").split(";") if name.strip()]
    return Found(text=getattr(found, "text", None) or "", title=found.title, authors=authors, date=found.date)


def _readability(html: bytes, url: str | None) -> Found:
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    document = Document(html.decode("utf-8", "replace"), url=url)
    return Found(text="\n".join(fromstring(document.summary()).itertext()), title=document.short_title())


def _newspaper(html: bytes, url: str | None) -> Found:
    from newspaper import Article, Config  # noqa: PLC0415

    config = Config()
    config.fetch_images = False
    article = Article(url or "https://example.org/", config=config)
    article.download(input_html=html.decode("utf-8", "replace"))
    article.parse()
    date = article.publish_date.isoformat() if article.publish_date else None
    authors = [name for name in article.authors if isinstance(name, str)]
    return Found(text=article.text or "", title=article.title, authors=authors, date=date)


def _resiliparse(html: bytes, _url: str | None) -> Found:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    return Found(text=str(extract_plain_text(html.decode("utf-8", "replace"), main_content=True)))


def _goose(html: bytes, _url: str | None) -> Found:
    from goose3 import Goose  # noqa: PLC0415

    with Goose({"enable_image_fetching": False}) as goose:
        found = goose.extract(raw_html=html.decode("utf-8", "replace"))
    title, date = (value if isinstance(value, str) else None for value in (found.title, found.publish_date))
    authors = [name for name in found.authors or () if isinstance(name, str)]
    return Found(text=found.cleaned_text or "", title=title, authors=authors, date=date)


def _justext(html: bytes, _url: str | None) -> Found:
    from justext import get_stoplist, justext  # noqa: PLC0415

    paragraphs = justext(html, get_stoplist("English"))
    return Found(text="\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate))
