import pytest

from flows.feeds.doctype import declared_entities
from flows.feeds.refusals import NotAFeedError, Refusal


@pytest.mark.parametrize(
    ("subset", "entities"),
    [
        ('<!ENTITY a "b">', {"a": "b"}),
        ("<!ENTITY nbsp '&#160;'><!ENTITY lt \"&#38;#60;\">", {"nbsp": "\xa0", "lt": "<"}),
        ('<!ENTITY a "first"><!ENTITY a "second">', {"a": "first"}),
        ('<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y PUBLIC "p" "http://localhost/">', {"x": "", "y": ""}),
        ('<!ENTITY % HTMLlat1 PUBLIC "p" "u"> %HTMLlat1;', {}),
        ('<!ENTITY far "&#x110000;">', {"far": ""}),
        ("<!ENTITY<!ENTITY", {}),
    ],
)
def test_entities_are_read(subset: str, entities: dict[str, str]) -> None:
    assert declared_entities(subset) == entities


@pytest.mark.parametrize(
    "subset",
    [
        '<!ENTITY a "x"><!ENTITY b "&a;&a;">',
        f'<!ENTITY a "{"x" * 1001}">',
        "<!ENTITY" * 10_000,
    ],
)
def test_what_grows_is_refused(subset: str) -> None:
    with pytest.raises(NotAFeedError) as caught:
        declared_entities(subset)
    assert caught.value.reason is Refusal.ENTITIES
