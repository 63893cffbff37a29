"""The tables of a store's state."""

import sqlalchemy as sa

TABLES = sa.MetaData()
LAYOUT = sa.Table(
    "layout",
    TABLES,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
)
RUNS = sa.Table(
    "runs",
    TABLES,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("began", sa.Text, nullable=False),
)
PARTS = sa.Table(
    "parts",
    TABLES,
    sa.Column("folder", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
)
# Which run last wrote a folder anew: only its folder may take the place of the old one.
REWRITINGS = sa.Table(
    "rewritings",
    TABLES,
    sa.Column("folder", sa.Text, primary_key=True),
    sa.Column("run", sa.Text, nullable=False),
)
# Ids as they are, not hashed: those that share their beginnings lie together, and a transaction touches few pages.
ARTICLES = sa.Table(
    "articles",
    TABLES,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("original", sa.LargeBinary, nullable=False),
    sa.Column("content", sa.LargeBinary, nullable=False),
    sa.Column("run", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
ASIDE = sa.Table(
    "aside",
    TABLES,
    sa.Column("key", sa.LargeBinary, primary_key=True),
    sa.Column("run", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)
# What is known of feeds: a value that is read and written whole, as JSON.
FEEDS = sa.Table(
    "feeds",
    TABLES,
    sa.Column("url", sa.Text, primary_key=True),
    sa.Column("state", sa.LargeBinary, nullable=False),
)
# By which names, as guids and links, the feeds know an article. Some names are several articles' in turn.
NAMES = sa.Table(
    "names",
    TABLES,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("article", sa.Text, primary_key=True),
    sqlite_with_rowid=False,
)
SIGHTINGS = sa.Table(
    "sightings",
    TABLES,
    sa.Column("article", sa.Text, primary_key=True),
    sa.Column("feed", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.LargeBinary, nullable=False),
    sa.Column("marks", sa.LargeBinary),
    sqlite_with_rowid=False,
)
# What is known of the stored text of an article that a feed showed: a lesser one must not take its place.
TEXTS = sa.Table(
    "texts",
    TABLES,
    sa.Column("article", sa.Text, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("cut", sa.Boolean, nullable=False),
    sa.Column("feed", sa.Text, nullable=False),
    sa.Column("link", sa.Text),
    sa.Column("title", sa.Text),
    sqlite_with_rowid=False,
)
# Articles whose pages could not be had for a reason that may pass, with all that their feeds said: they may be gone
# from the feed by the time that the page can be had.
WAITING = sa.Table(
    "waiting",
    TABLES,
    sa.Column("article", sa.Text, primary_key=True),
    sa.Column("due", sa.Text),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("candidate", sa.LargeBinary, nullable=False),
)
# How far files of the input were read, so that the next run need not read them again.
INPUTS = sa.Table(
    "inputs",
    TABLES,
    sa.Column("key", sa.LargeBinary, primary_key=True),
    sa.Column("lines", sa.BigInteger, nullable=False),
    sa.Column("ended", sa.Boolean, nullable=False),
    sa.Column("documents", sa.BigInteger, nullable=False),
    sa.Column("asides", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
LOCK = sa.Table(
    "lock",
    TABLES,
    sa.Column("only", sa.Integer, sa.CheckConstraint('"only" = 1'), primary_key=True, autoincrement=False),
    sa.Column("run", sa.Text, nullable=False),
    sa.Column("host", sa.Text, nullable=False),
    sa.Column("process", sa.Integer, nullable=False),
    sa.Column("born", sa.Text, nullable=False),
    sa.Column("since", sa.Text, nullable=False),
    sa.Column("until", sa.Double, nullable=False),
)
