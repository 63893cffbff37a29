"""A model's reasons, in words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_TOLD = 3


def in_words(steps: NDArray[np.float64], words: Sequence[str]) -> list[str]:
    """A reason for each row of steps: the features that add most, and what each adds.

    Args:
        steps: what each feature adds (rows x features), from `Trees.reasons`; all are read off in one call.
        words: what to call each feature.
    """
    strongest = (-steps).argsort(axis=1, kind="stable")[:, :_TOLD]
    amounts = steps[np.arange(len(steps))[:, None], strongest]
    return [
        ", ".join(f"{words[place]} ({amount:+.1f})" for place, amount in zip(places, added, strict=True))
        for places, added in zip(strongest.tolist(), amounts.tolist(), strict=True)
    ]
