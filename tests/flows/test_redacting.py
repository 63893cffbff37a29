"""Passwords in URLs are not shown."""

import pytest

from flows.redacting import redacted


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "postgresql://ann:s3c:r@t@db.example:5432/news?schema=x",
            "postgresql://ann:***@db.example:5432/news?schema=x",
        ),
        ("postgresql:/ann:secret@db/news: is no URL", "postgresql:/ann:***@db/news: is no URL"),
        ("into sftp://:secret@host.example/store", "into sftp://:***@host.example/store"),
        ("s3://bucket/a:b@c", "s3://bucket/a:b@c"),
        ("postgresql://ann@db.example:5432/news", "postgresql://ann@db.example:5432/news"),
        ("postgresql://ann:sec/ret@db/news", "postgresql://ann:***@db/news"),
        (
            "postgresql://db/news?user=ann&password=secret&schema=x",
            "postgresql://db/news?user=ann&password=***&schema=x",
        ),
        ("/srv/news", "/srv/news"),
    ],
)
def test_a_password_is_not_shown_and_all_else_is(text: str, shown: str) -> None:
    assert redacted(text) == shown
