"""What a word was probably meant to be, for the sentence that says that it is not known."""

from collections.abc import Mapping

from rapidfuzz import fuzz, process, utils

NEAR = 60.0  # of 100: below it, a name is no help


def did_you_mean(word: str, by_form: Mapping[str, str], *, most: int = 1, in_part: bool = False) -> str:
    """The nearest names as words to follow, or nothing; `by_form` has how each is shown by how it is written.

    `in_part`: the word may be a part of a long name.
    """
    found = process.extract(
        word,
        sorted(by_form),
        scorer=fuzz.WRatio if in_part else fuzz.ratio,
        processor=utils.default_process,
        limit=most,
        score_cutoff=NEAR,
    )
    return f" (did you mean {' or '.join(by_form[form] for form, _, _ in found)}?)" if found else ""
