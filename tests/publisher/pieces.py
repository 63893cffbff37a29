"""What feeds of all formats are made of: texts, dates, and the least of XML."""

from datetime import datetime, timedelta
from xml.sax.saxutils import escape

from tests.publisher.editions import Article

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NAMED_ZONES = {timedelta(0): "GMT", timedelta(hours=-5): "EST"}
TEASER = {"ja": 40}  # characters; 120 where words have spaces between them


def teaser(article: Article) -> str:
    """The beginning of the text, cut with an ellipsis."""
    most = TEASER.get(article.story.language, 120)
    first = article.story.paragraphs[0][:most]
    return (first if article.story.language == "ja" else first.rpartition(" ")[0]) + "…"


def html(article: Article) -> str:
    """The whole text as a feed's HTML."""
    picture = (
        f'<p><img src="{picture_url(article)}" width="640" height="360"/></p>\n' if article.story.pictured else ""
    )
    return picture + "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in article.story.paragraphs)


def rfc822(moment: datetime, number: int) -> str:
    """As RSS has it: with or without the weekday; seconds only where there are some; zones by name or number."""
    weekday = f"{DAYS[moment.weekday()]}, " * (number % 4 != 3)
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    zone = NAMED_ZONES.get(moment.utcoffset() or timedelta(0), f"{moment:%z}")
    return f"{weekday}{moment.day:02} {MONTHS[moment.month - 1]} {moment.year} {clock} {zone}"


def w3c(moment: datetime) -> str:
    """As RSS 1.0, Atom and JSON Feed have it; RFC 3339 always has seconds, this profile only where there are some."""
    return moment.isoformat(timespec="auto" if moment.second else "minutes")


def rfc3339(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def picture_url(article: Article) -> str:
    return f"{article.home.paper.origin}/pictures/{article.story.number}.jpg"


def last_change(article: Article) -> datetime:
    return article.story.updated or article.story.published


def element(name: str, text: str) -> str:
    return f"<{name}>{escape(text)}</{name}>"


def cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"
