"""Heads of instructions: how the supplement that is amended is named."""

import re
from random import Random

from edits import DATE, HEAD, edit_heads, groups, replaced, substitute
from kind import kind


def _supplement(text: str, form: str) -> str | None:
    """Every head with its supplement in another form; {n} stands for its number."""

    def edit(inner: str) -> str | None:
        found = HEAD.search(inner)
        number = re.search(r"[467]\b", found[0]) if found else None
        if found is None or number is None:
            return None
        return inner[: found.start()] + form.format(n=number[0]) + inner[found.end() :]

    return edit_heads(text, edit)


@kind("“Supp. No. 4 to Part 744 is amended by”")
def head_abbreviated(text: str, _random: Random) -> str | None:
    return _supplement(text, "Supp. No. {n} to Part 744")


@kind("“Supplement no. 4 is amended by”: the part is told by the heading and the markup alone")
def head_without_part(text: str, _random: Random) -> str | None:
    return _supplement(text, "Supplement no. {n}") if 'PART="744"' in text else None


@kind("“2. In supplement no. 4 to part 744” begins in lower case after another word")
def head_in_lower_case(text: str, _random: Random) -> str | None:
    return _supplement(text, "supplement no. {n} to part 744")


@kind("“Supplement Number 4 to Part 744 is amended”, as rules of the nineties wrote it out")
def head_number_spelled(text: str, _random: Random) -> str | None:
    return _supplement(text, "Supplement Number {n} to Part 744")


@kind("“Supplement No.4 to part 744”, a blank lost in setting")
def head_without_blank(text: str, _random: Random) -> str | None:
    return _supplement(text, "Supplement No.{n} to part 744")


@kind("“Supplement No. 4 of part 744 is amended”")
def head_of_part(text: str, _random: Random) -> str | None:
    return _supplement(text, "Supplement No. {n} of part 744")


@kind("“Supplement No. 4 to 15 CFR part 744 is amended”")
def head_with_title(text: str, _random: Random) -> str | None:
    return _supplement(text, "Supplement No. {n} to 15 CFR part 744")


@kind("“Supplement No. 4 to Part 744 (the Entity List) is amended”")
def head_with_name_of_list(text: str, _random: Random) -> str | None:
    return _supplement(text, "Supplement No. {n} to Part 744 (the Entity List)")


@kind("“The Entity List in Supplement No. 4 to part 744 is amended”")
def head_names_list_first(text: str, _random: Random) -> str | None:
    return _supplement(text, "The Entity List in Supplement No. {n} to part 744")


@kind("“In part 744, Supplement No. 4 is amended”")
def head_part_first(text: str, _random: Random) -> str | None:
    return _supplement(text, "In part 744, Supplement No. {n}")


@kind("“SUPPLEMENT NO. 4 TO PART 744 is amended” with the words of a heading in capitals")
def head_in_capitals(text: str, _random: Random) -> str | None:
    return _supplement(text, "SUPPLEMENT NO. {n} TO PART 744")


@kind("“Amend supplement no. 4 to part 744 by:”, the Office’s form since 2020")
def head_imperative(text: str, _random: Random) -> str | None:
    def edit(inner: str) -> str | None:
        found = re.match(r"(\d+\. )(supplement no\. \d to part 744) is amended(.*)", inner, re.IGNORECASE)
        if found is None:
            return None
        rest = " by:" if found[3] in (":", " by:") else found[3].replace(", by", " by", 1)
        return f"{found[1]}Amend s{found[2][1:]}{rest}"

    return edit_heads(text, edit)


@kind("“In Supplement No. 4 to part 744, the table is amended as follows:”")
def head_in_the_table(text: str, _random: Random) -> str | None:
    return edit_heads(
        text, substitute(r"(?i)^(\d+\. )(supplement no\. \d to part 744) is amended(?: by)?:$", _in_the_table)
    )


def _in_the_table(found: re.Match[str]) -> str:
    return f"{found[1]}In {found[2]}, the table is amended as follows:"


@kind("“is further amended”, “is hereby amended as follows:”")
def head_hereby(text: str, _random: Random) -> str | None:
    return edit_heads(text, substitute(r"is amended(?: by)?:$", "is hereby further amended as follows:"))


@kind("“2. Effective September 16, 2024, supplement no. 4 to part 744 is amended:” repeats the day of DATES")
def head_with_day(text: str, _random: Random) -> str | None:
    day = re.search(rf"<(?:EFFDATE|DATES)>.*?\beffective\s+(?:on\s+)?({DATE})", text, re.DOTALL)
    if day is None:
        return None
    return edit_heads(text, substitute(r"(?i)^(\d+\. )s(upplement no)", rf"\1Effective {day[1]}, s\2"))


@kind("Instructions are numbered through a document of several parts: “27. Supplement no. 4 to part 744”")
def head_with_high_number(text: str, random: Random) -> str | None:
    return edit_heads(text, substitute(r"^\d+\. ", f"{random.randrange(21, 140)}. "))


@kind("A misprint in the number of the supplement leaves open which list is meant", keeps=False)
def head_wrong_supplement(text: str, random: Random) -> str | None:
    return _supplement(text, f"Supplement No. {random.choice((14, 24, 40))} to part 744")


@kind("The head of an instruction is lost; its items follow on the instruction before", keeps=False)
def head_lost(text: str, random: Random) -> str | None:
    nested = [g for g in groups(text) if not g[0].acts and any(p.acts for p in g[1:])]
    return replaced(text, [(random.choice(nested)[0], None)]) if nested else None
