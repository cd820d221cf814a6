"""What `make test` leaves to `make soak`."""

from collections.abc import Iterable
from typing import Any

import pytest


def in_soak(*values: object, id: str | None = None) -> Any:  # noqa: A002 - the word of pytest.param
    """A case that `make soak` alone runs."""
    return pytest.param(*values, marks=pytest.mark.soak, id=id)


def every(step: int, cases: Iterable[tuple[Any, ...]]) -> list[Any]:
    """All cases; `make test` runs the first and then one in so many, `make soak` the others."""
    return [in_soak(*case) if number % step else pytest.param(*case) for number, case in enumerate(cases)]
