"""Text for PostgreSQL, which takes no NUL: ids come from strangers, and JSON can spell one."""

from typing import Any

from psycopg.types.string import StrDumper, TextLoader

_ESCAPE, _NUL, _ITSELF = "\uffff", "\uffff0", "\uffff1"


class _Dumper(StrDumper):
    def dump(self, obj: str) -> Any:  # noqa: ANN401 - psycopg's own
        if "\0" in obj or _ESCAPE in obj:
            obj = obj.replace(_ESCAPE, _ITSELF).replace("\0", _NUL)
        return super().dump(obj)


class _Loader(TextLoader):
    def load(self, data: Any) -> bytes | str:  # noqa: ANN401 - as above
        text = super().load(data)
        if isinstance(text, str) and _ESCAPE in text:
            return text.replace(_NUL, "\0").replace(_ITSELF, _ESCAPE)
        return text


def register(connection: Any) -> None:  # noqa: ANN401 - as above
    """Let a connection write NUL as an escape, and read it again."""
    connection.adapters.register_dumper(str, _Dumper)
    for name in ("text", "varchar"):
        connection.adapters.register_loader(name, _Loader)
