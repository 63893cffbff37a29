"""From candidates to the items of a shard, each as its page comes."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

import msgspec

from flows.documents.loaded import Item, Loaded, Noted
from flows.fetching.batch import FetchMany
from flows.ingesting.arriving import arrive, names_told, note_as, wait
from flows.ingesting.candidates import Candidate
from flows.ingesting.fetching_pages import with_pages
from flows.ingesting.known import Brought, known_by
from flows.ingesting.page_found import PageFound
from flows.sandbox import Sandbox
from flows.store.quarantine import key_of
from flows.store.state import asides
from flows.store.store import Store


class Bringing:
    """What brings the articles of a shard.

    Attributes:
        texts: articles by where their text came from.
    """

    def __init__(self, store: Store, fetch: FetchMany, sandbox: Sandbox, *, keep_raw: bool, now: datetime) -> None:
        """Nothing is asked for yet.

        Args:
            store: what is known.
            fetch: what asks for pages.
            sandbox: what reads them.
            keep_raw: whether they are kept as they came.
            now: when the run began.
        """
        self._store = store
        self._fetch = fetch
        self._sandbox = sandbox
        self._keep_raw = keep_raw
        self._now = now
        self._brought = Brought()
        self.texts: Counter[str] = Counter()

    def bring(self, candidates: Iterable[Candidate]) -> Iterator[tuple[Candidate, Item]]:
        """Each candidate with its item: a document, or a note that it waits, is another article or has no text."""
        found = with_pages(candidates, self._fetch, self._sandbox, keep_raw=self._keep_raw)
        for candidate, of_page in found:
            yield candidate, self._item(candidate, of_page)

    def _item(self, candidate: Candidate, found: PageFound | None) -> Item:
        other = self._other_article(candidate, found)
        if other is not None:
            return note_as(candidate, other)
        item = arrive(candidate, found, date_fetched=self._now)
        if isinstance(item, Candidate):
            return wait(item)
        if isinstance(item, Noted) and item.aside and known_asides([key_of(item.aside)], self._store):
            # Its feed says something else of it, and it has no text as before.
            return msgspec.structs.replace(item, aside=None)
        if isinstance(item, Loaded):
            self.texts[item.metadata["text_source"]] += 1
        return item

    def _other_article(self, candidate: Candidate, found: PageFound | None) -> str | None:
        """The article that it turns out to be by its page: one of the store, or an earlier one of this shard."""
        own = candidate.article
        if candidate.verdict != "new" or own is None:
            return None
        main = candidate.shown[0]
        own_names = dict.fromkeys(name for one in candidate.shown for name in one.naming.names)
        of_page = [name for name in names_told(candidate, found) if name not in own_names]
        names = [*own_names, *of_page]
        known = known_by({*of_page}, self._store).article_of(main, of_page) if of_page else None
        article = self._brought.article_of(names, main) or known or own
        self._brought.add(article, names, main)
        return article if article != own else None


def known_asides(keys: Iterable[bytes], store: Store) -> Collection[bytes]:
    """Those of these keys whose items the store has set aside already."""
    with store.state.begin() as connection:
        return asides(connection, keys)
