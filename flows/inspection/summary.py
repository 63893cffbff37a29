"""What a run did, for people."""

from collections import Counter

from rich.console import Console
from rich.table import Table

from flows.counts import Counts
from flows.ingesting.tally import Tally
from flows.plurals import counted


def print_ingested(tally: Tally, out: str, console: Console) -> None:
    """What came of the feeds, then what `print_summary` says of their articles."""
    feeds = tally.feeds
    asked = f"{feeds['new']} with news, {feeds['nothing_new'] + feeds['unchanged']} without, {feeds['failed']} failed"
    resting = f"; {feeds['not_due']} not due" if feeds["not_due"] else ""
    off = f"; {feeds['off']} switched off" if feeds["off"] else ""
    console.print(
        f"[bold]{counted(feeds.total(), 'feed')}[/]: {asked}{resting}{off}",
        highlight=False,
        soft_wrap=True,
    )
    _print_counter(tally.failed, "failed", console)
    if tally.texts:
        _print_counter(tally.texts, "articles by the source of their text", console)
    _print_counter(tally.waits, "articles that wait for their pages, asked for again when due", console)
    if tally.left:
        console.print(f"\nbeyond the limit, left for the next run: {counted(tally.left, 'article')}")
    if tally.left_out:
        console.print(f"\ntoo long feeds: {counted(tally.left_out, 'entry', 'entries')} not read")
    console.print()
    print_summary(tally.counts, out, console)


def print_summary(counts: Counts, out: str, console: Console) -> None:
    """A few lines and two small tables: records, what left their text, what was set aside, where to look next."""
    records = counts.new + counts.updated + counts.unchanged + counts.ignored
    ignored = f", {counted(counts.ignored, 'correction')} ignored" if counts.ignored else ""
    console.print(
        f"[bold]{counted(records, 'record')}[/]: {counts.new} new, {counts.updated} updated, "
        f"{counts.unchanged} unchanged{ignored}{_taken_out(counts)}{_finished(counts)}",
        highlight=False,
        soft_wrap=True,
    )
    _print_counter(counts.removed, "taken out", console)
    _print_counter(counts.flags, "flagged", console)
    _print_counter(counts.set_aside, "set aside", console)
    console.print(f"\nrecords      {out}/records/*.jsonl", highlight=False, markup=False, soft_wrap=True)
    if counts.set_aside:
        console.print(f"set aside    {out}/quarantine/*.jsonl", highlight=False, markup=False, soft_wrap=True)
    console.print(f"look inside  cleancopy show {out}", highlight=False, markup=False, soft_wrap=True)


def _taken_out(counts: Counts) -> str:
    """How much left the texts that were cleaned; what the store had already was not."""
    if not counts.characters:
        return ""
    gone = counts.characters - counts.kept
    return f"; {gone:,} of {counts.characters:,} characters taken out ({gone / counts.characters:.1%})"


def _finished(counts: Counts) -> str:
    return f"; {counted(counts.finished, 'file')} not read again" if counts.finished else ""


def _print_counter(counter: Counter[str], title: str, console: Console) -> None:
    if not counter:
        return
    table = Table(box=None, padding=(0, 2), show_header=False)
    for name, count in sorted(counter.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(str(count), name)
    console.print(f"\n{title}")
    console.print(table)
