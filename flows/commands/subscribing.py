"""`cleancopy feeds`: the list of feeds, and lists from and to other readers."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaners.errors import CleancopyError
from flows.commands.options import AsJson, Feeds, FullText, State
from flows.commands.terminal import DONE, SET_ASIDE, complain, say, until_nobody_reads, write_json
from flows.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.feeds.feed_state import FeedState

ADD_EXAMPLES = """\b
Examples:
  cleancopy feeds add https://example.org/rss.xml --publisher example.org
  cleancopy feeds add example.org
"""
LIST_EXAMPLES = """\b
Examples:
  cleancopy feeds list
  cleancopy feeds list --out out
  cleancopy feeds list --feeds my-feeds.toml --json
"""
REMOVE_EXAMPLES = """\b
Example:
  cleancopy feeds remove https://example.org/rss.xml
"""
IMPORT_EXAMPLES = """\b
Examples:
  cleancopy feeds import subscriptions.opml
  cleancopy feeds import - < subscriptions.opml
"""
EXPORT_EXAMPLES = """\b
Examples:
  cleancopy feeds export > subscriptions.opml
  cleancopy feeds export subscriptions.opml --feeds my-feeds.toml
"""

app = typer.Typer(name="feeds", rich_markup_mode=None, help="The list of feeds that are read.")

Url = Annotated[str, typer.Argument(metavar="URL", help="The feed's address, as the list has it.")]


@app.command("add", epilog=ADD_EXAMPLES)
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="A feed, or a page that names its feeds.")],
    feeds: Feeds = None,
    publisher: Annotated[
        str | None, typer.Option(metavar="DOMAIN", help="Whose articles these are; each one's URL says it if not.")
    ] = None,
    full_text: Annotated[
        FullText | None,
        typer.Option(
            show_default="auto",
            help="Fetch articles from their pages: where evidence speaks for it, always, or never.",
        ),
    ] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Add all feeds that the page names, but those of readers' comments.")
    ] = False,
) -> int:
    """Add a feed to the list; of a page that names several, the first that is not of readers' comments.

    The address is asked once, politely, before anything is written; the settings are those of the file. For a feed
    that is on the list already, --publisher and --full-text change what that says.
    """
    from flows.commands.adding import add_feed  # noqa: PLC0415 - a start of `clean -` does without
    from flows.commands.addresses import domain, meant  # noqa: PLC0415

    whose = domain(publisher) if publisher is not None else None
    return add_feed(meant(url), list_path(feeds), publisher=whose, full_text=full_text, every=every)


@app.command("list", epilog=LIST_EXAMPLES)
def list_feeds(
    feeds: Feeds = None,
    out: Annotated[
        str | None, typer.Option(help="A store: also say when each feed last came, is due, and why it failed.")
    ] = None,
    state: State = None,
    as_json: AsJson = False,
) -> int:
    """List the feeds: whether each is on, its address, its publisher and its title."""
    from flows.feeds.listing import line_of, listed  # noqa: PLC0415
    from flows.feeds.subscriptions import read_subscriptions  # noqa: PLC0415

    path = list_path(feeds)
    subscriptions = read_subscriptions(path)
    states = _states(out, state) if out is not None else {}
    with until_nobody_reads():
        for feed in subscriptions.feeds:
            row = listed(feed, states.get(feed.url))
            if as_json:
                write_json(row)
            else:
                say(line_of(row))
    if not subscriptions.feeds:
        complain(f"{path}: the list is empty; `cleancopy feeds add URL` adds to it")
    return DONE


@app.command("remove", epilog=REMOVE_EXAMPLES)
def remove(url: Url, feeds: Feeds = None) -> int:
    """Take a feed off the list, with the comments directly above it; articles that were read of it stay."""
    from flows.commands.addresses import meant  # noqa: PLC0415
    from flows.feeds.editing import remove_feed  # noqa: PLC0415

    path = list_path(feeds)
    if not any(remove_feed(path, each) for each in meant(url)):
        raise CleancopyError(f"{path}: {url} is not on the list")
    say(f"{path}: removed {url}")
    return DONE


@app.command("import", epilog=IMPORT_EXAMPLES)
def import_feeds(
    source: Annotated[str, typer.Argument(metavar="FILE", help="An OPML file, or - for standard input.")],
    feeds: Feeds = None,
) -> int:
    """Add the feeds of an OPML file, as other readers export them; folders are not kept."""
    from flows.feeds.editing import add_feeds  # noqa: PLC0415
    from flows.feeds.opml import read_opml  # noqa: PLC0415

    path = list_path(feeds)
    try:
        content = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        imported = read_opml(content)
    except OSError as error:
        raise CleancopyError(f"{source}: cannot be read: {error.strerror or error}") from error
    except CleancopyError as error:
        raise CleancopyError(f"{source}: {error}") from error
    added = len(add_feeds(path, imported.feeds))
    for line in imported.unusable:
        complain(f"{source}: {line}")
    say(f"{path}: {counted(added, 'feed')} added, {len(imported.feeds) - added} on the list already")
    return SET_ASIDE if imported.unusable else DONE


@app.command("export", epilog=EXPORT_EXAMPLES)
def export(
    target: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Where to; standard output if not said.")
    ] = None,
    feeds: Feeds = None,
) -> int:
    """Write the list as OPML, for other readers; `import` gives the same list again."""
    from flows.feeds.opml import write_opml  # noqa: PLC0415
    from flows.feeds.rewriting import rewrite  # noqa: PLC0415
    from flows.feeds.subscriptions import read_subscriptions  # noqa: PLC0415

    content = write_opml(read_subscriptions(list_path(feeds)).feeds)
    if target is not None:
        rewrite(Path(target), lambda _: content)
        return DONE
    with until_nobody_reads():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    return DONE


def _states(out: str, url: str | None) -> "Mapping[str, FeedState]":
    """What a store knows of feeds, by URL."""
    from flows.store.sightings import feed_states  # noqa: PLC0415
    from flows.store.store import existing_store  # noqa: PLC0415
    from flows.store.whereabouts import state_of  # noqa: PLC0415

    opened = state_of(existing_store(out), url)
    opened.open()
    try:
        with opened.begin(started=False) as connection:
            return feed_states(connection)
    finally:
        opened.close()


def list_path(given: str | None) -> Path:
    """The subscriptions file that is meant."""
    from flows.feeds.subscriptions import usual_path  # noqa: PLC0415

    return Path(given) if given is not None else usual_path()
