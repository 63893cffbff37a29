"""What an entry carries besides its text: enclosures, pictures, and what the record has no field for."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from flows.feeds.links import absolute
from flows.feeds.mending import ASIDE
from flows.feeds.names import names_of
from flows.feeds.shapes import fields, objects
from flows.feeds.texts import title_of

Bases = tuple[str, ...]
_MOST = 50
_LONGEST = 2000
# feedparser's names, and the metadata's.
_PLAIN = {
    "comments": "comments",
    "slash_comments": "comment_count",
    "thr_total": "comment_count",
    "rights": "rights",
    "publisher": "publisher",
    "geo_lat": "latitude",
    "geo_long": "longitude",
    "itunes_duration": "duration",
    "itunes_episode": "episode",
    "itunes_season": "season",
    "expired": "expires",
}
_MEDIA = ("url", "type", "medium", "width", "height", "duration", "language")


def enclosures_of(links: Iterable[Mapping[str, Any]], bases: Bases) -> list[dict[str, str]]:
    """The files of an entry."""
    files = []
    for link in links:
        url = absolute(_text(link.get("href")), bases) if link.get("rel") == "enclosure" else None
        if url is not None:
            kept = {"url": url, "type": _text(link.get("type")), "length": _text(link.get("length"))}
            files.append({key: value for key, value in kept.items() if value})
    return files[:_MOST]


def media_of(values: object, bases: Bases) -> list[dict[str, str]]:
    """`media:content` or `media:thumbnail`, each once."""
    found: dict[str, dict[str, str]] = {}
    for value in objects(values):
        url = absolute(_text(value.get("url")), bases)
        if url is not None:
            found.setdefault(url, {key: _text(value.get(key)) for key in _MEDIA if value.get(key)} | {"url": url})
    return list(found.values())[:_MOST]


def image_of(entry: Mapping[str, Any], metadata: Mapping[str, Any], bases: Bases) -> str | None:
    """An entry's picture: the largest of its media, a podcast's, a thumbnail, a file, what an `<image>` names."""
    pictures = [medium for medium in metadata.get("media", ()) if _is_picture(medium)]
    if pictures:
        return str(max(pictures, key=_width)["url"])
    if url := absolute(_text(fields(entry.get("image")).get("href")), bases):
        return url
    files = [file for file in metadata.get("enclosures", ()) if _is_picture(file)]
    for picture in (*metadata.get("thumbnails", ()), *files):
        return str(picture["url"])
    return absolute(_text(entry.get("href")), bases) if _text(entry.get("href")) else None


def metadata_of(entry: Mapping[str, Any], bases: Bases) -> dict[str, Any]:
    """What the record has no field for; without what the feed does not say."""
    credits_ = [credit.get("content") for credit in objects(entry.get("media_credit"))]
    where = fields(entry.get("where"))
    caption = title_of(entry.get(f"media_description{ASIDE}"), "text/html")
    values: dict[str, Any] = {
        "enclosures": enclosures_of(objects(entry.get("links")), bases),
        "media": media_of(entry.get("media_content"), bases),
        "thumbnails": media_of(entry.get("media_thumbnail"), bases),
        "credits": list(names_of(credits_)),
        "caption": caption[:_LONGEST] if caption else None,
        "contributors": list(names_of(person.get("name") for person in objects(entry.get("contributors")))),
        "where": _place(where),
    }
    for key, name in _PLAIN.items():
        values.setdefault(name, title_of(_text(entry.get(key))[:_LONGEST], "text/html"))
    return {key: value for key, value in values.items() if value}


def _place(where: Mapping[str, Any]) -> dict[str, Any] | None:
    """A place on the map as JSON has it: lists, where feedparser gives tuples, and no number that is none."""
    if "coordinates" not in where:
        return None
    place: dict[str, Any] = msgspec.json.decode(
        msgspec.json.encode({"type": where.get("type"), "coordinates": where["coordinates"]})
    )
    return place


def _is_picture(medium: Mapping[str, str]) -> bool:
    return medium.get("medium") == "image" or medium.get("type", "").startswith("image/")


def _width(medium: Mapping[str, str]) -> int:
    width = medium.get("width", "")
    return int(width) if width.isascii() and width.isdigit() and len(width) < 9 else 0  # noqa: PLR2004


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
