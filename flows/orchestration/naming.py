"""What a run is called in Prefect's lists."""

from pathlib import Path

from prefect.runtime import flow_run


def run_name() -> str:
    """The flow, the store's folder and when the run was to begin, in UTC: `ingest into out, 28 Nov 21:15`."""
    out = Path(str(flow_run.parameters.get("out", "out"))).name
    return f"{flow_run.flow_name} into {out}, {flow_run.scheduled_start_time:%d %b %H:%M}"
