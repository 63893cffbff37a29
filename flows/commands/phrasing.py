"""`cleancopy phrases`: write, check, list and explain phrases."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaners.document import Kind
from cleaners.errors import CleancopyError
from flows.commands.options import AsJson, Phrases
from flows.commands.terminal import DONE, WRONG_USAGE, complain, say, until_nobody_reads, write_json
from flows.inspection.spelling import spelt_out

if TYPE_CHECKING:
    from cleaners.phrases.phrase import Phrase

NEW_EXAMPLES = """\b
Examples:
  cleancopy phrases new example.org --name "Example News" --country IN
  cleancopy phrases new example.org "Download the Example News app today."
  cleancopy phrases new example.org --from out urn:example:1:12 --dir my-phrases
"""
CHECK_EXAMPLES = """\b
Examples:
  cleancopy phrases check my-phrases
  cleancopy phrases check my-phrases/example.org.yaml
"""
LIST_EXAMPLES = """\b
Examples:
  cleancopy phrases list --publisher ndtv.com
  cleancopy phrases list --language de --kind newsletter --json
"""
EXPLAIN_EXAMPLES = """\b
Examples:
  cleancopy phrases explain mid-day.com/app-promo
  cleancopy phrases explain --text "Read more: Harbour grows" --language en
"""

app = typer.Typer(
    name="phrases",
    rich_markup_mode=None,
    help="Write, check, list and explain phrases: the sentences and lines that publishers add to articles.",
)


@app.command("new", epilog=NEW_EXAMPLES)
def new(
    publisher: Annotated[str, typer.Argument(help="The publisher's domain, as example.org.")],
    line: Annotated[
        str | None, typer.Argument(help="A line that is to go; without one, a phrase to fill in.")
    ] = None,
    source: Annotated[
        tuple[str, str] | None,
        typer.Option("--from", metavar="STORE ID:LINE", help="The line of a record's original, counted from 1."),
    ] = None,
    folder: Annotated[str, typer.Option("--dir", metavar="DIR", help="Where the publisher's file is or goes.")] = ".",
    kind: Annotated[Kind | None, typer.Option(metavar="KIND", help="What the line is; guessed if not said.")] = None,
    name: Annotated[str | None, typer.Option(help="How its phrases call the publisher; for a new file.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO 3166, as IN; for a new file.")] = None,
) -> int:
    """Draft a phrase in the publisher's file; `check` tells what is left for you to fill in."""
    from cleaners import load_phrases  # noqa: PLC0415 - a start of `clean -` does without
    from cleaners.phrases.reading import Publisher  # noqa: PLC0415
    from flows.phrasebook.drafting import Draft, guess_kind, guess_where, write  # noqa: PLC0415

    if line is not None and source is not None:
        raise typer.BadParameter("give either a line or --from")
    where = guess_where(2, 4)
    if source is not None:
        number, lines = _line_of(*source)
        line, where = _paragraph_of(number, lines), guess_where(number, len(lines))
    if line is not None:
        line = " ".join(line.split())
        if not line:
            raise CleancopyError("the line is empty")
    library = load_phrases()
    if kind is None:
        kind = guess_kind(line, library) if line is not None else Kind.UI_JUNK
    known = library.publishers.get(publisher, Publisher(publisher, (publisher,), None))
    named = Publisher(publisher, (name,) if name else known.names, country or known.country)
    path, identity = write(Draft(line=line, kind=kind, where=where), named, Path(folder))
    say(f"{path}: {identity} is drafted as {kind}; fill in what it must keep, then: cleancopy phrases check {path}")
    return DONE


@app.command("check", epilog=CHECK_EXAMPLES)
def check(
    paths: Annotated[list[str], typer.Argument(metavar="DIR|FILE...", help="Phrase files, or folders of them.")],
) -> int:
    """Check phrase files as loading does; warn of phrases that do harm, say the same twice or are never needed."""
    from cleaners import load_phrases  # noqa: PLC0415
    from flows.phrasebook import checking  # noqa: PLC0415

    number, complaints = checking.check(paths, load_phrases())
    with until_nobody_reads():
        for complaint in complaints:
            place, _, rest = complaint.message.partition(": ")
            typer.echo(spelt_out(complaint.message if complaint.fatal else f"{place}: warning: {rest}"))
    wrong = sum(complaint.fatal for complaint in complaints)
    if wrong:
        complain(f"{wrong} of what was checked cannot be used")
        return WRONG_USAGE
    say(f"{number} phrases can be used, {len(complaints)} warnings")
    return DONE


@app.command("list", epilog=LIST_EXAMPLES)
def list_phrases(
    publisher: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Of this publisher.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="Common ones of this language, as de.")] = None,
    kind: Annotated[Kind | None, typer.Option(metavar="KIND", help="Of this kind.")] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="With these words.")] = None,
    phrases: Phrases = None,
    as_json: AsJson = False,
) -> int:
    """List the phrases of the library: id, kind, action and text."""
    from cleaners import load_phrases  # noqa: PLC0415
    from flows.phrasebook.listing import Wanted, select, told  # noqa: PLC0415

    wanted = Wanted(publisher=publisher, language=language, kind=kind, text=text)
    found = False
    with until_nobody_reads():
        for phrase in select(load_phrases(phrases), wanted):
            found = True
            if as_json:
                write_json(told(phrase))
            else:
                typer.echo(spelt_out(f"{phrase.id}  {phrase.kind}  {told(phrase)['action']}  {phrase.text}"))
    if not found:
        complain("no phrase matches")
    return DONE


@app.command("explain", epilog=EXPLAIN_EXAMPLES)
def explain(
    identity: Annotated[str | None, typer.Argument(metavar="ID", help="A phrase, as mid-day.com/app-promo.")] = None,
    text: Annotated[
        str | None, typer.Option(metavar="LINE", help="Which phrases take this line, or nearly do.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="DOMAIN", help="The line's publisher.")] = None,
    language: Annotated[str | None, typer.Option(metavar="CODE", help="The line's language.")] = None,
    phrases: Phrases = None,
    as_json: AsJson = False,
) -> int:
    """Tell all about a phrase; or which phrases take a line, and what the nearest ones miss in it."""
    from cleaners import load_phrases  # noqa: PLC0415
    from flows.phrasebook.explaining import explain as explained  # noqa: PLC0415

    if (identity is None) == (text is None):
        raise typer.BadParameter("give either the ID of a phrase or --text LINE")
    library = load_phrases(phrases)
    if identity is not None:
        return _tell(identity, [phrase for phrase in library.phrases if phrase.id == identity], as_json=as_json)
    verdicts = explained(text or "", library, library.resolve(publisher) if publisher else None, language)
    with until_nobody_reads():
        for verdict in verdicts:
            if as_json:
                write_json(verdict)
                continue
            takes = "takes it" if verdict.takes else f"does not take it ({verdict.share:.0%} of its words)"
            typer.echo(spelt_out(f"{verdict.id}  {verdict.kind}  {takes}: {verdict.reason}"))
            typer.echo(spelt_out(f"    {verdict.text}"))
    if not verdicts:
        complain("no phrase comes near this line")
    return DONE


def _tell(identity: str, found: list["Phrase"], *, as_json: bool) -> int:
    from flows.phrasebook.listing import told  # noqa: PLC0415

    if not found:
        raise CleancopyError(f"no phrase has the id {identity!r}; see cleancopy phrases list")
    with until_nobody_reads():
        if as_json:
            write_json(told(found[0]))
            return DONE
        for name, value in told(found[0]).items():
            for item in value if isinstance(value, list) else [value]:
                typer.echo(spelt_out(f"{name:9}{item if item is not None else ''}"))
    return DONE


def _line_of(store: str, place: str) -> tuple[int, list[str]]:
    """The line's number, from 1, and the lines of the original that it stands in."""
    from flows.inspection.reading import read_records  # noqa: PLC0415
    from flows.originals import original_text  # noqa: PLC0415

    identity, _, number = place.rpartition(":")
    if not identity or not number.isdecimal():
        raise typer.BadParameter(f"--from {store} {place}: say ID:LINE, as urn:example:1:12")
    for record in read_records(store):
        if record.id == identity:
            lines = original_text(record).split("\n")
            if not 1 <= int(number) <= len(lines) or not lines[int(number) - 1].strip():
                raise CleancopyError(f"{store}: record {identity} has no words in line {number} of {len(lines)}")
            return int(number), lines
    raise CleancopyError(f"{store}: no record with the id {identity}")


def _paragraph_of(number: int, lines: list[str]) -> str:
    """The line; of hard-wrapped copy the whole paragraph that it stands in, as phrases see it."""
    from cleaners.layout import read_paragraphs  # noqa: PLC0415

    start = sum(len(line) + 1 for line in lines[: number - 1])
    return next(each.text for each in read_paragraphs("\n".join(lines)) if each.start <= start <= each.end)
