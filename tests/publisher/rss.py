"""RSS 0.91, 0.92, 1.0 (RDF) and 2.0."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from tests.publisher.editions import Article, Feed
from tests.publisher.pieces import cdata, element, html, picture_url, rfc822, teaser, w3c

RSS20 = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
)
NETSCAPE = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"'
    ' "http://my.netscape.com/publish/formats/rss-0.91.dtd">\n'
)


def rss091(feed: Feed, articles: Sequence[Article]) -> str:
    items = "".join(
        f"<item>{element('title', article.story.title)}{element('link', article.link)}"
        f"{element('description', teaser(article))}</item>\n"
        for article in articles
    )
    return f'{NETSCAPE}<rss version="0.91"><channel>\n{_channel(feed)}{items}</channel></rss>\n'


def rss092(feed: Feed, articles: Sequence[Article]) -> str:
    items = "".join(
        f"<item>{element('title', article.story.title)}{element('link', article.link)}"
        f"{element('description', html(article))}{_categories(article)}{_enclosure(article)}</item>\n"
        for article in articles
    )
    return f'<rss version="0.92"><channel>\n{_channel(feed)}{items}</channel></rss>\n'


def rss10(feed: Feed, articles: Sequence[Article]) -> str:
    listed = "".join(f"<rdf:li rdf:resource={quoteattr(article.link)}/>" for article in articles)
    items = "".join(
        f"<item rdf:about={quoteattr(article.link)}>{element('title', article.story.title)}"
        f"{element('link', article.link)}"
        f"{element('description', teaser(article))}{element('dc:date', w3c(article.story.published))}"
        f"{element('dc:creator', article.story.author)}"
        f"{''.join(element('dc:subject', tag) for tag in article.story.tags)}"
        f"<content:encoded>{cdata(html(article))}</content:encoded></item>\n"
        for article in articles
    )
    head = f"{element('title', feed.paper.name)}{element('link', feed.paper.origin + '/')}"
    return (
        f"{RDF}\n<channel rdf:about={quoteattr(feed.url)}>"
        f"{head}{element('description', 'News')}{element('dc:language', feed.paper.language)}"
        f"<items><rdf:Seq>{listed}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def rss20_content(feed: Feed, articles: Sequence[Article]) -> str:
    """No link: the guid is the link."""
    items = "".join(
        f"<item>{element('title', article.story.title)}{_guid(article)}"
        f"{element('link', article.link) * (article.guid != article.url)}"
        f"<description>{cdata(escape(teaser(article)))}</description>"
        f"<content:encoded>{cdata(html(article))}</content:encoded>"
        f"{element('dc:creator', article.story.author)}{_categories(article)}"
        f"{element('pubDate', rfc822(article.story.published, article.story.number))}{_media(article)}</item>\n"
        for article in articles
    )
    return f"{RSS20}><channel>\n{_channel(feed)}{items}</channel></rss>\n"


def rss20_plain(feed: Feed, articles: Sequence[Article]) -> str:
    """The whole text as the description, escaped."""
    items = "".join(
        f"<item>{element('title', article.story.title)}{element('link', article.link)}{_guid(article)}"
        f"{element('description', html(article))}"
        f"{element('author', f'desk@{feed.paper.name} ({article.story.author})')}"
        f"{element('pubDate', rfc822(article.story.published, article.story.number))}"
        f"{_categories(article)}{_enclosure(article)}</item>\n"
        for article in articles
    )
    return f"{RSS20}><channel>\n{_channel(feed)}{element('ttl', '60')}{items}</channel></rss>\n"


def rss20_teaser(feed: Feed, articles: Sequence[Article]) -> str:
    """Summaries that break off, links relative to the feed's base, Dublin Core's dates."""
    items = "".join(
        f"<item>{element('title', article.story.title)}{element('link', article.path)}{_guid(article)}"
        f"{element('description', teaser(article))}{element('dc:creator', article.story.author)}"
        f"{element('dc:date', w3c(article.story.published))}{_categories(article)}</item>\n"
        for article in articles
    )
    return (
        f"{RSS20} xml:base={quoteattr(feed.paper.origin + '/')}><channel>\n{_channel(feed)}{items}</channel></rss>\n"
    )


def _channel(feed: Feed) -> str:
    return (
        f"{element('title', feed.paper.name)}{element('link', feed.paper.origin + '/')}"
        f"{element('description', 'News')}{element('language', feed.paper.language)}\n"
    )


def _guid(article: Article) -> str:
    permanent = ' isPermaLink="false"' * (article.guid != article.url)
    return f"<guid{permanent}>{escape(article.guid or '')}</guid>"


def _categories(article: Article) -> str:
    return "".join(element("category", tag) for tag in article.story.tags)


def _enclosure(article: Article) -> str:
    return f'<enclosure url="{picture_url(article)}" length="51200" type="image/jpeg"/>' * article.story.pictured


def _media(article: Article) -> str:
    return f'<media:content url="{picture_url(article)}" medium="image" type="image/jpeg"/>' * article.story.pictured
