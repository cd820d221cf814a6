"""How alike two texts are, by rapidfuzz; it takes 4 MiB that a quiet poll need not spend, and is loaded when asked."""


def ratio(one: str, other: str, needed: float | None = None) -> float:
    """From 0 to 100; 0 where it is less than `needed`."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - see above

    return fuzz.ratio(one, other, score_cutoff=needed)
