"""What a run is called in Prefect's lists."""

from pathlib import PurePath

from prefect.runtime import flow_run

from flows.redacting import redacted


def run_name() -> str:
    """The flow, the store's folder and when the run was to begin, in UTC: `ingest into out, 28 Nov 21:15`."""
    out = PurePath(redacted(str(flow_run.parameters.get("out", "out")))).name
    return f"{flow_run.flow_name} into {out}, {flow_run.scheduled_start_time:%d %b %H:%M}"
