"""Countries: the headings under which the lists print them, and one short name for each that stays the same.

Names and their older or longer forms follow the Commerce Country Chart and the lists themselves:
https://www.ecfr.gov/current/title-15/part-738/appendix-Supplement%20No.%201%20to%20Part%20738
"""

import re
import unicodedata
from functools import lru_cache

# Short name: other forms in which headings or addresses print it, separated by bars.
OTHER_FORMS = {
    "Bahamas": "The Bahamas",
    "Belarus": "Republic of Belarus",
    "Bolivia": "Plurinational State of Bolivia",
    "Bosnia and Herzegovina": "Bosnia & Herzegovina|Bosnia-Herzegovina|Bosnia",
    "British Virgin Islands": "BVI|Virgin Islands, British",
    "Brunei": "Brunei Darussalam",
    "Burma": "Myanmar|Burma (Myanmar)|Myanmar (Burma)|Union of Myanmar",
    "Cape Verde": "Cabo Verde",
    "China": "China, People's Republic of|People's Republic of China|P.R. China|PRC|P.R.C.|China (PRC)|"
    "PR of China|P.R. of China|Mainland China",
    "Congo, Democratic Republic of the": "Democratic Republic of the Congo|Democratic Republic of Congo|DRC|"
    "Congo, Democratic Republic of|Congo (Kinshasa)",
    "Congo, Republic of the": "Republic of the Congo|Congo|Congo (Brazzaville)|Congo, Republic of",
    "Cote d'Ivoire": "Côte d'Ivoire|Ivory Coast",
    "Crimea Region of Ukraine": "Crimea|Crimea (Region of Ukraine)|Crimea, Ukraine|Occupied Crimea",
    "Czech Republic": "Czechia",
    "Egypt": "Arab Republic of Egypt",
    "Eswatini": "Swaziland",
    "Gambia": "The Gambia|Gambia, The",
    "Georgia": "Republic of Georgia",
    "Hong Kong": "Hong Kong, China|Hong Kong SAR|Hong Kong S.A.R.|Hong Kong (China)|China (Hong Kong)|HK",
    "Iran": "Islamic Republic of Iran|Iran, Islamic Republic of|I.R. Iran",
    "Kazakhstan": "Republic of Kazakhstan|Kazahkstan",
    "Kyrgyzstan": "Kyrgyz Republic",
    "Laos": "Lao PDR|Lao People's Democratic Republic",
    "Macau": "Macao|Macau SAR|Macao SAR",
    "Malta": "Republic of Malta",
    "Micronesia": "Federated States of Micronesia|Micronesia, Federated States of",
    "Moldova": "Republic of Moldova|Moldova, Republic of",
    "Netherlands": "The Netherlands|Holland|Netherlands, The",
    "North Korea": "Korea, North|DPRK|D.P.R.K.|Democratic People's Republic of Korea|"
    "Korea, Democratic People's Republic of",
    "North Macedonia": "Macedonia|Republic of North Macedonia|Former Yugoslav Republic of Macedonia",
    "Pakistan": "Islamic Republic of Pakistan",
    "Palestine": "Palestinian Territories|West Bank|Gaza",
    "Russia": "Russian Federation|The Russian Federation",
    "Saudi Arabia": "Kingdom of Saudi Arabia|KSA|K.S.A.",
    "Serbia": "Republic of Serbia",
    "Seychelles": "Republic of Seychelles|The Seychelles",
    "Slovakia": "Slovak Republic",
    "South Africa": "Republic of South Africa",
    "South Korea": "Korea, South|Korea, Republic of|Republic of Korea|Korea",
    "South Sudan": "Republic of South Sudan|South Sudan, Republic of",
    "Sudan": "Republic of the Sudan|Republic of Sudan",
    "Syria": "Syrian Arab Republic",
    "Taiwan": "Taiwan, Republic of China|Taiwan, R.O.C.|Republic of China|R.O.C.",
    "Tanzania": "United Republic of Tanzania",
    "Timor-Leste": "East Timor",
    "Turkey": "Türkiye|Turkiye|Republic of Turkey|Republic of Türkiye",
    "Ukraine": "The Ukraine",
    "United Arab Emirates": "UAE|U.A.E.|The United Arab Emirates|UAE.",
    "United Kingdom": "UK|U.K.|Great Britain|England|Scotland|Wales|Northern Ireland|The United Kingdom",
    "United States": "USA|U.S.A.|U.S.|US|United States of America",
    "Vatican City": "Holy See",
    "Venezuela": "Bolivarian Republic of Venezuela",
    "Vietnam": "Viet Nam|Socialist Republic of Vietnam",
    "Yemen": "Republic of Yemen",
}
PLAIN_NAMES = """
Afghanistan|Albania|Algeria|Andorra|Angola|Anguilla|Antigua and Barbuda|Argentina|Armenia|Aruba|
Australia|Austria|Azerbaijan|Bahrain|Bangladesh|Barbados|Belgium|Belize|Benin|Bermuda|Bhutan|
Botswana|Brazil|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Cayman Islands|Central
African Republic|Chad|Chile|Colombia|Comoros|Cook Islands|Costa Rica|Croatia|Cuba|Curacao|Cyprus|
Denmark|Djibouti|Dominica|Dominican Republic|Ecuador|El Salvador|Equatorial Guinea|Eritrea|Estonia|
Ethiopia|Fiji|Finland|France|Gabon|Germany|Ghana|Gibraltar|Greece|Grenada|Guatemala|Guernsey|
Guinea|Guinea-Bissau|Guyana|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iraq|Ireland|Isle of
Man|Israel|Italy|Jamaica|Japan|Jersey|Jordan|Kenya|Kiribati|Kosovo|Kuwait|Latvia|Lebanon|
Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|
Marshall Islands|Mauritania|Mauritius|Mexico|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Namibia|
Nauru|Nepal|New Zealand|Nicaragua|Niger|Nigeria|Norway|Oman|Palau|Panama|Papua New Guinea|
Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Rwanda|Saint Kitts and Nevis|Saint Lucia|
Saint Vincent and the Grenadines|Samoa|San Marino|Sao Tome and Principe|Senegal|Sierra Leone|
Singapore|Sint Maarten|Slovenia|Solomon Islands|Somalia|Spain|Sri Lanka|Suriname|Sweden|
Switzerland|Tajikistan|Thailand|Togo|Tonga|Trinidad and Tobago|Tunisia|Turkmenistan|Tuvalu|Uganda|
Uruguay|Uzbekistan|Vanuatu|Zambia|Zimbabwe
"""
IN_NAMES = re.compile(r"[^\w\s]")


def _words(text: str) -> tuple[str, ...]:
    """Split into words in one case and without accents, "P.R." being one of them."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return tuple(IN_NAMES.sub("", text.replace("-", " ")).casefold().split())


def _all_forms() -> dict[tuple[str, ...], str]:
    plain = (" ".join(name.split()) for name in PLAIN_NAMES.split("|"))
    forms = {_words(name): name for name in plain}
    for name, others in OTHER_FORMS.items():
        forms |= {_words(form): name for form in (name, *others.split("|"))}
    return forms


def _lengths_by_last_word() -> dict[str, tuple[int, ...]]:
    """Return how many words the forms have that end in a word, longest first."""
    found: dict[str, set[int]] = {}
    for form in SHORT_NAMES:
        found.setdefault(form[-1], set()).add(len(form))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


SHORT_NAMES = _all_forms()
LENGTHS = _lengths_by_last_word()
MOST_POSTAL_CODES = 3


def country_forms() -> dict[str, str]:
    """Return every form that we know, in small letters, with its short name."""
    return {" ".join(words): name for words, name in SHORT_NAMES.items()}


def is_country(heading: str) -> bool:
    """Return whether a heading is a country we know under one of its forms."""
    return _words(heading) in SHORT_NAMES


def short_name(heading: str) -> str:
    """Return the one short name of a country; a heading we do not know keeps its words, with capitals."""
    return SHORT_NAMES.get(_words(heading)) or " ".join(word.capitalize() for word in heading.split())


@lru_cache(maxsize=8192)
def country_at_end(address: str) -> str | None:
    """Return the short name of the country that an address ends with, before or after a postal code."""
    words = _words(address[-80:])
    for _ in range(MOST_POSTAL_CODES):
        if words and not words[-1].isalpha():
            words = words[:-1]
    for length in LENGTHS.get(words[-1], ()) if words else ():
        if name := SHORT_NAMES.get(words[-length:]):
            return name
    return None
