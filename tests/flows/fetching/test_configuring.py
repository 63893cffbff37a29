import re

import pytest

from flows.fetching.configuring import configured
from flows.fetching.settings import FetchSettings


@pytest.mark.parametrize(
    ("settings", "agent"),
    [
        (FetchSettings(), r"cleancopy/\d+\.\d+\.\d+"),
        (FetchSettings(contact="https://example.org/about"), r"cleancopy/[\d.]+ \(\+https://example\.org/about\)"),
        (FetchSettings(contact="a@example.org", user_agent="mine/1"), r"mine/1"),
    ],
)
def test_we_say_who_we_are(settings: FetchSettings, agent: str) -> None:
    assert re.fullmatch(agent, configured(settings).user_agent or "")


def test_right_settings_stay_as_they_are() -> None:
    settings = FetchSettings(
        delay=0,
        proxy="http://proxy.example:3128",
        allow_private=("127.0.0.0/8", "10.1.2.3", "fd00::/8"),
        user_agent="x",
    )
    assert configured(settings) == settings
