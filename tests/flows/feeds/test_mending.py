import pytest

from flows.feeds.mending import harmless, mended


@pytest.mark.parametrize(
    ("body", "whole"),
    [
        ("<rss>a &amp; b &lt; &#233; &#150;</rss>", "<rss>a &amp; b &lt; &#233; &#150;</rss>"),
        ("<rss>a & b &c</rss>", "<rss>a &amp; b &amp;c</rss>"),
        ("<rss>&eacute;&nonsense;&LT;&paper;</rss>", "<rss>é&amp;nonsense;&lt;The &lt; Courier</rss>"),
        ("<rss>&#1;&#x0;&#xD800;&#x110000;&#11;&#12ab;</rss>", "<rss>\ufffd\ufffd &amp;#12ab;</rss>"),
        ("<rss><![CDATA[a & &nbsp; <!-- x -->]]></rss>", "<rss><![CDATA[a & &nbsp; <!-- x -->]]></rss>"),
        ("<rss>a<!-- -- & -->b</rss>", "<rss>ab</rss>"),
        (
            "<rss><foo:a b:c='d'/></rss>",
            '<rss xmlns:b="urn:undeclared:b" xmlns:foo="urn:undeclared:foo"><foo:a b:c=\'d\'/></rss>',
        ),
        ("<rss xmlns:foo='u'><foo:a/></rss>", "<rss xmlns:foo='u'><foo:a/></rss>"),
        ("<rss><author>a@courier.example (Ann)</author></rss>", "<rss><author> (Ann)</author></rss>"),
        (
            "<rss><author><![CDATA[Ann <a@courier.example>]]></author></rss>",
            "<rss><author><![CDATA[Ann <>]]></author></rss>",
        ),
        (
            "<rss><guid isPermaLink='False'>x</guid></rss>",
            "<rss><permalink-aside>false</permalink-aside><guid isPermaLink='False'>x</guid></rss>",
        ),
        (
            "<rss xmlns:m='http://search.yahoo.com/mrss'><m:title type='html'>x</m:title><m:title/></rss>",
            "<rss xmlns:m='http://search.yahoo.com/mrss'><m:title-aside>x</m:title-aside><m:title-aside/></rss>",
        ),
    ],
)
def test_what_would_stop_a_parser_is_mended_and_the_rest_left(body: str, whole: str) -> None:
    assert mended(body, {"paper": "The < Courier"}) == whole


def test_characters_that_xml_does_not_have_go() -> None:
    assert harmless("a\0\x01\x7f\ufffe b\x0bc\td\ne") == "a b c\td\ne"
