"""Typed JSON: an error names the path of the value that is wrong."""

from typing import Any, TypeVar

import msgspec

from monitor.model.errors import ReadError

T = TypeVar("T")


def decode(body: bytes, kind: type[T], what: str) -> T:
    """Decode `body` as `kind`; unknown keys are ignored, as the APIs add some every year.

    Raises ReadError that names `what` and the path of the value that is missing or of another type.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.MsgspecError as error:
        raise ReadError(f"{what} does not read: {error}") from error
    except RecursionError as error:
        raise ReadError(f"{what} is nested beyond all measure") from error
    except UnicodeDecodeError as error:
        raise ReadError(f"{what} is not UTF-8: {error}") from error


def encode(value: Any) -> bytes:
    """The JSON of a value of ours, byte for byte the same for equal values."""
    return msgspec.json.encode(value, order="deterministic")
