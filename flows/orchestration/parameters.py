"""Parameters that flows take, as types from which Prefect's pages make a form and check what is typed into it."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(min_length=1)]
_Folder = Annotated[Text, Field(description="A folder of phrase files of your own, added to the library.")]
_Ids = Annotated[tuple[Text, ...], Field(description="Phrases to leave out, by id: mid-day.com/app-promo.")]


class Rules(BaseModel):
    """Which phrases are applied."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    phrases: _Folder | None = None
    disable: _Ids = ()


ALL_RULES = Rules()
