"""`cleancopy retry`, `compact`, `repair` and `reclean`: a store kept in order."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.configuring import is_given
from flows.commands.options import Disable, Mapping, Phrases, State, Store, StripDatelines, Wait
from flows.commands.terminal import DONE, SET_ASIDE, STOPPED, complain, say
from flows.plurals import counted

RETRY_EXAMPLES = """\b
Example:
  cleancopy retry out
"""
COMPACT_EXAMPLES = """\b
Example:
  cleancopy compact out
"""
REPAIR_EXAMPLES = """\b
Example:
  cleancopy repair out
"""
RECLEAN_EXAMPLES = """\b
Examples:
  cleancopy reclean out --out cleaner --phrases my-phrases/
  cleancopy reclean out --in-place
"""


def retry(
    store: Store,
    mapping: Mapping = None,
    phrases: Phrases = None,
    disable: Disable = None,
    strip_datelines: StripDatelines = False,
    wait: Wait = False,
    state: State = None,
) -> int:
    """Read again what was set aside; what can be used now becomes records and leaves the quarantine."""
    from cleaners import load_phrases  # noqa: PLC0415 - a start of `clean -` does without
    from flows.documents.mapping import parse_mapping  # noqa: PLC0415
    from flows.job import new_run  # noqa: PLC0415
    from flows.retrying import retry as retry_store  # noqa: PLC0415
    from flows.stopping import stop_on_signals  # noqa: PLC0415
    from flows.store.store import open_store  # noqa: PLC0415
    from flows.watching.events import log_complaints  # noqa: PLC0415
    from flows.watching.progress import advance_nothing  # noqa: PLC0415
    from flows.watching.watch import watched  # noqa: PLC0415

    library = load_phrases(phrases, disable or ())
    fields = parse_mapping(mapping) if mapping else {}
    out = _existing(store)
    told = watched(log_complaints(complain), advance_nothing)
    with told, stop_on_signals() as stop, open_store(out, new_run(), state=state, wait=wait, stop=stop) as opened:
        done = retry_store(opened, library, fields=fields, strip_datelines=strip_datelines, stop=stop)
    for name in done.missing:
        complain(f"{name}: is not there, seen from this folder; what was set aside of it stays")
    say(f"{done.resolved} resolved, {done.remaining} still set aside; {counted(done.counts.new, 'new record')}")
    if done.counts.stopped:
        return STOPPED
    return SET_ASIDE if done.remaining else DONE


def compact(store: Store, wait: Wait = False, state: State = None) -> int:
    """Rewrite a store's records into few large parts, with only the last version of each."""
    from flows.job import new_run  # noqa: PLC0415
    from flows.store.compacting import compact as compact_store  # noqa: PLC0415
    from flows.store.store import open_store  # noqa: PLC0415

    with open_store(_existing(store), new_run(), state=state, wait=wait) as opened:
        done = compact_store(opened)
    say(
        f"{counted(done.kept, 'record')} kept, {counted(done.dropped, 'earlier version')} dropped; "
        f"{counted(done.parts_before, 'part')} became {done.parts_after}"
    )
    return DONE


def repair(store: Store, state: State = None) -> int:
    """Rebuild the state of a store from its records; lines that are none are set aside."""
    from flows.job import new_run  # noqa: PLC0415
    from flows.store.repairing import repair as repair_store  # noqa: PLC0415

    done = repair_store(_existing(store), new_run(), state)
    damaged = counted(done.damaged, "damaged line")
    say(f"{counted(done.records, 'record')}; {done.doubled} stood twice, {damaged} set aside")
    if not done.is_feeds_known:
        complain(
            f"{store}: the old state could not be read: which articles of feeds wait for their pages is lost, "
            "and some names by which feeds show articles; their feeds are asked again"
        )
    return SET_ASIDE if done.damaged else DONE


def reclean(
    context: typer.Context,
    store: Store,
    out: Annotated[str | None, typer.Option(help="A new store for the recleaned records.")] = None,
    in_place: Annotated[bool, typer.Option("--in-place", help="Let them take the place of the old ones.")] = False,
    phrases: Phrases = None,
    disable: Disable = None,
    wait: Wait = False,
    state: State = None,
) -> int:
    """Apply today's rules to stored records, and say what changed by rule.

    Records that come out as they were stay byte for byte. --state is that of the store that is written.
    """
    if in_place == (out is not None):
        raise typer.BadParameter("say either --out NEW or --in-place")
    from cleaners import load_phrases  # noqa: PLC0415
    from flows.job import new_run  # noqa: PLC0415
    from flows.recleaning import open_new_store  # noqa: PLC0415
    from flows.recleaning import reclean as reclean_store  # noqa: PLC0415
    from flows.store.store import open_store  # noqa: PLC0415

    library = load_phrases(phrases, disable or ())
    source = _existing(store)
    if out is None:
        target = open_store(source, new_run(), state=state, wait=wait)
    else:
        # A setting says where the state of the usual store is, not that of a new one.
        target = open_new_store(out, new_run(), source, state if is_given(context, "state") else None)
    with target as opened:
        done = reclean_store(opened, library, source)
    for name in done.unrestorable:
        complain(f"{store}: record {name}: its original cannot be restored; it stays as it is")
    say(f"{counted(done.records, 'record')}, {done.changed} changed")
    _say_by_rule(done.more, done.less)
    return SET_ASIDE if done.unrestorable else DONE


def _existing(store: str) -> Path | str:
    from flows.store.store import existing_store  # noqa: PLC0415

    return existing_store(store)


def _say_by_rule(more: Counter[str], less: Counter[str]) -> None:
    for rule in sorted(more | less, key=lambda rule: (-more[rule] - less[rule], rule)):
        say(f"  {f'+{more[rule]}' if more[rule] else '':>8} {f'-{less[rule]}' if less[rule] else '':>8}  {rule}")
