"""The page of an article: head, navigation, headline, byline, paragraphs, and what surrounds them."""

import json
from html import escape

from tests.publisher.editions import Article
from tests.publisher.stories import Story

BY = {"en": "By", "de": "Von", "fr": "Par", "es": "Por", "ru": "Автор:", "ja": "文:"}
SECTIONS = ("Politics", "Economy", "Culture", "Sport", "Weather")
RELATED = (
    "Ferry timetable for the summer",
    "Library opens on Sundays",
    "Two goals in the last minute",
    "What the tower clock hides",
)


def page(article: Article) -> str:
    """The page; half of them say their date in JSON-LD, the others in the head and a `time` element."""
    story = article.story
    structured = story.number % 2 == 0
    return f"""<!DOCTYPE html>
<html lang="{story.language}">
<head>
<meta charset="utf-8">
<title>{escape(story.title)} | {article.home.paper.name}</title>
<link rel="canonical" href="{article.url}">
<meta property="og:type" content="article">
<meta property="og:title" content="{escape(story.title)}">
<meta property="og:url" content="{article.url}">
<meta name="author" content="{escape(story.author)}">
{_picture(article)}{_structured(article) if structured else _stated(story)}
</head>
<body>
<header class="site-header"><a href="/">{article.home.paper.name}</a></header>
<nav class="menu"><ul>{"".join(f'<li><a href="/{name.lower()}">{name}</a></li>' for name in SECTIONS)}</ul></nav>
<main>
<article>
<h1>{escape(story.title)}</h1>
<p class="byline">{BY[story.language]} <a rel="author" href="/desk">{escape(story.author)}</a>{_clock(story)}</p>
<div class="article-body">
{_paragraphs(story)}
</div>
</article>
{_related() if story.number % 3 == 0 else ""}</main>
<footer class="site-footer"><p>{article.home.paper.name}</p><p><a href="/imprint">Imprint</a></p></footer>
</body>
</html>
"""


def _paragraphs(story: Story) -> str:
    return "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in story.paragraphs)


def _picture(article: Article) -> str:
    url = f"{article.home.paper.origin}/pictures/{article.story.number}.jpg"
    return f'<meta property="og:image" content="{url}">\n' * article.story.pictured


def _structured(article: Article) -> str:
    story = article.story
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published.isoformat(),
        "author": [{"@type": "Person", "name": story.author}],
        "keywords": list(story.tags),
        "mainEntityOfPage": article.url,
    }
    if story.updated:
        said["dateModified"] = story.updated.isoformat()
    return f'<script type="application/ld+json">{json.dumps(said, ensure_ascii=False)}</script>'


def _stated(story: Story) -> str:
    changed = (
        f'\n<meta property="article:modified_time" content="{story.updated.isoformat()}">' if story.updated else ""
    )
    tags = "".join(f'\n<meta property="article:tag" content="{escape(tag)}">' for tag in story.tags)
    return f'<meta property="article:published_time" content="{story.published.isoformat()}">{changed}{tags}'


def _clock(story: Story) -> str:
    if story.number % 2 == 0:
        return ""
    return f' <time datetime="{story.published.isoformat()}">{story.published:%d.%m.%Y %H:%M}</time>'


def _related() -> str:
    links = "".join(f'<li><a href="/news/{number}">{title}</a></li>' for number, title in enumerate(RELATED))
    return f'<aside class="related-links"><h2>Related</h2><ul>{links}</ul></aside>\n'
