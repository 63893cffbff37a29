"""Publishers that are closed when their test ends, and a plain client."""

from collections.abc import Iterator

import httpx2
import pytest

from tests.publisher.site import Publisher


@pytest.fixture(scope="session")
def full_size() -> Iterator[Publisher]:
    """200 feeds, 2,000 articles; for tests that change nothing."""
    with Publisher() as publisher:
        yield publisher


@pytest.fixture
def small() -> Iterator[Publisher]:
    """Every style of feed once; for tests that change something."""
    with Publisher(feeds=13, articles=78) as publisher:
        yield publisher


@pytest.fixture(scope="session")
def client() -> Iterator[httpx2.Client]:
    with httpx2.Client() as client:
        yield client
