"""Ways to clean the shards of a job: here, in processes of this machine, or on a Dask cluster."""

from typing import Literal

EngineName = Literal["processes", "dask"]
