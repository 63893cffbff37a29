"""YAML as its nodes: all scalars are text, and no value is guessed."""

from typing import Any

import yaml

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_SafeLoader):  # type: ignore[misc] # typed as Any: in C where libyaml is there
    """Composes nodes without guessing whether a scalar is a number or a date: a sixth of the time of loading."""

    def resolve(self, kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        """The tag of a node; no reader of ours looks at it."""
        return kind.__name__

    def descend_resolver(self, *_: object) -> None:
        """Nothing to resolve by path."""

    ascend_resolver = descend_resolver


def compose(text: str) -> yaml.Node | None:
    """The root of a YAML text; None of an empty one.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return root
