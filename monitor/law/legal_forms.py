"""Legal forms that follow a name behind a comma, in the spellings of the countries that the lists know."""

import re

_FORMS = (
    re.compile(
        r"(?:Cos?|Company|Corp|Corporation|Inc|Incorporated|Ltda?|Limited|Pvt|Private|Pte|Pty|Plc|L\.?L\.?[CP]|L\.?P"
        r"|GmbH|mbH|AG|KG|OHG|SE|S\.?A(?:\.?(?:S|R\.?L|L|E))?|S\.?R\.?L|S\.?P\.?A|S\.?L(?:\.?U)?|[BNC]\.?V|de\s+C\.?V"
        r"|A\.?[BSŞ]|A/S|ApS)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:Oyj?|OÜ|SIA|UAB|Kft|Zrt|s\.?r\.?o|d\.?o\.?o|[OCP]?\.?J\.?S\.?C|[OZP]?AO|OOO|TOO"
        r"|FSUE|FGUP|GUP|SUE|E?OOD|E?AD|F\.?Z\.?[EC]|FZCO|FZ-?LLC|FZ|DMCC|DWC|W\.?L\.?L|Sdn|Bhd|Berhad|Tbk|PT|[SŞ]ti"
        r"|Tic|San|Jr|Sr|II|III|IV|Ph\.?D)\b",
        re.IGNORECASE,
    ),
)
_BETWEEN = re.compile(r"[.,\s)-]*")
_BRACKET = re.compile(r"\([^()]*\)[\s.]*")


def is_legal_form(text: str) -> bool:
    """Tell whether a text is made of legal forms, such as "Co., Ltd." or "OOO (a subsidiary)"."""
    end = 0
    while (form := _form_at(text, end)) is not None:
        between = _BETWEEN.match(text, form.end())
        end = between.end() if between else form.end()
    return end > 0 and (end == len(text) or _BRACKET.fullmatch(text, end) is not None)


def _form_at(text: str, start: int) -> re.Match[str] | None:
    return next((found for form in _FORMS if (found := form.match(text, start))), None)
