"""How a flow's run ends: in a state that says what happened, with what was done as its result."""

from typing import Any, TypeVar, cast

from prefect.client.schemas.objects import State
from prefect.states import Cancelled, Completed, Failed

from cleaners.errors import CleancopyError
from flows.redacting import redacted

Done = TypeVar("Done")


class StoppedError(CleancopyError):
    """A run was asked to stop and did: what a cancelled state has for a result, since Prefect raises that.

    Attributes:
        done: what was done until then.
    """

    def __init__(self, message: str, done: object) -> None:
        super().__init__(message)
        self.done = done


def ended(done: Done, said: str, *, set_aside: bool = False, stopped: bool = False) -> State[Done]:
    """The state of a run that came to its end, or stopped in good order.

    Args:
        done: what was done, the run's result.
        said: the same in one line.
        set_aside: whether something could not be used.
        stopped: whether it was asked to stop before its end.
    """
    if stopped:
        said = f"Stopped; what was committed stays, and the next run goes on from there: {said}"
        return Cancelled(message=said, data=StoppedError(said, done))
    if set_aside:
        return Completed(name="Completed with items set aside", message=said, data=done)
    return Completed(message=said, data=done)


def failed(error: CleancopyError) -> State[Any]:
    """The state of a run that could not go on: what is wrong in one line, not the two tracebacks of an exception."""
    return Failed(message=redacted(str(error)), data=error)


def result(state: State[State[Done]]) -> Done:
    """What a run did, whatever its state says of it.

    Args:
        state: what a flow gives that is asked for its state. Prefect's types put the state that our flows make into
            another; it is that state itself.

    Raises:
        Exception: what made it fail.
    """
    done: Any = state.result(raise_on_failure=False)
    if isinstance(done, StoppedError):
        done = done.done
    if isinstance(done, BaseException):
        raise done
    return cast("Done", done)
