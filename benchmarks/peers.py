"""The extractors to compare, each as a function from a page and its URL to a text; none of them fetches anything."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec

from cleaners import load_phrases
from flows.documents.loaded import Source
from flows.documents.pages import load_page
from flows.recording import clean_document

Extract = Callable[[bytes, str | None], str]


def installed() -> Iterator[tuple[str, Extract]]:
    """This project, and the others that are there."""
    yield "cleancopy", _cleancopy()
    for name, module, extract in (
        ("trafilatura", "trafilatura", _trafilatura),
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

    def extract(html: bytes, url: str | None) -> str:
        return clean_document(load_page(html, source, url=url), library).text

    return extract


def _trafilatura(html: bytes, url: str | None) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415

    found = bare_extraction(html, url=url, with_metadata=True)
    return getattr(found, "text", None) or ""


def _readability(html: bytes, url: str | None) -> str:
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    summary = Document(html.decode("utf-8", "replace"), url=url).summary()
    return "\n".join(fromstring(summary).itertext())


def _newspaper(html: bytes, url: str | None) -> str:
    from newspaper import Article, Config  # noqa: PLC0415

    config = Config()
    config.fetch_images = False
    article = Article(url or "https://example.org/", config=config)
    article.download(input_html=html.decode("utf-8", "replace"))
    article.parse()
    return article.text or ""


def _resiliparse(html: bytes, _url: str | None) -> str:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    return str(extract_plain_text(html.decode("utf-8", "replace"), main_content=True))


def _goose(html: bytes, _url: str | None) -> str:
    from goose3 import Goose  # noqa: PLC0415

    with Goose({"enable_image_fetching": False}) as goose:
        return goose.extract(raw_html=html.decode("utf-8", "replace")).cleaned_text or ""


def _justext(html: bytes, _url: str | None) -> str:
    from justext import get_stoplist, justext  # noqa: PLC0415

    paragraphs = justext(html, get_stoplist("English"))
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)
