"""Arguments and options that several commands take."""

from typing import Annotated, Literal

import typer

from flows.engines import EngineName

Records = Annotated[str, typer.Argument(help="A store, a folder or file of records, or - for standard input.")]
Store = Annotated[str, typer.Argument(help="The store's folder, as `clean --out` was given it.")]
Phrases = Annotated[
    str | None, typer.Option(metavar="DIR", help="A folder of phrase files of your own, added to the library.")
]
Disable = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Leave a phrase out, as mid-day.com/app-promo. Repeatable.")
]
Mapping = Annotated[
    str | None,
    typer.Option(
        "--map", metavar="OURS=THEIRS,...", help="Fields of rows by their own names, as text=body,title=headline."
    ),
]
StripDatelines = Annotated[
    bool,
    typer.Option(
        "--strip-datelines/--no-strip-datelines",
        help="Also take inline datelines and agency suffixes out of the text.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet/--no-quiet", help="No progress bar and no summary; complaints stay.")]
LogJson = Annotated[
    bool, typer.Option("--log-json", help="Tell what happens as JSON, one object a line, on standard error.")
]
Direct = Annotated[bool, typer.Option("--direct/--no-direct", help="Run without Prefect, in this process.")]
Updates = Annotated[
    Literal["append", "ignore"],
    typer.Option(help="Corrected articles become further versions of their records, or are left alone."),
]
Wait = Annotated[
    bool, typer.Option("--wait/--no-wait", help="Wait for another run on this store to end, instead of leaving.")
]
State = Annotated[
    str | None,
    typer.Option(
        "--state",
        metavar="URL",
        help="Where the store's state is, as postgresql://user@host/database; if not said, in its folder.",
    ),
]
Engine = Annotated[
    EngineName,
    typer.Option("--engine", help="What cleans the documents: processes of this machine, or a Dask cluster."),
]
Workers = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="How many processes; if not said, one for each processor.")
]
Scheduler = Annotated[
    str | None, typer.Option(metavar="URL", help="With --engine dask: its scheduler, as tcp://10.0.0.1:8786.")
]
KeepRaw = Annotated[
    bool,
    typer.Option(
        "--keep-raw/--no-keep-raw", help="Keep pages as they came, as WARC in OUT/raw, to be cleaned again."
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        help="The store's folder: records go to OUT/records. Needed, unless input is - or a setting says it."
    ),
]
FullText = Literal["auto", "always", "never"]
Feeds = Annotated[
    str | None,
    typer.Option(
        "--feeds",
        metavar="FILE",
        help="The list; if not said feeds.toml in this folder, or seeds/feeds.toml where only that is there.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="For scripts: one object a line.")]
