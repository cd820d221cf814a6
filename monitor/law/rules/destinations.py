"""The destinations of the lists: prose says "China" or "the U.A.E.", the list prints a heading in capitals.

Headings as in Supplement No. 4 to part 744; countries as in Supplement No. 1 to part 738
(https://www.ecfr.gov/current/title-15/subtitle-B/chapter-VII/subchapter-C/part-738).
"""

import re

_NAMES = """
Afghanistan|Albania|Algeria|Andorra|Angola|Antigua and Barbuda|Argentina|Armenia|Aruba|Australia|Austria
Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bermuda|Bhutan|Bolivia
Bosnia and Herzegovina|Botswana|Brazil|British Virgin Islands|Brunei|Bulgaria|Burkina Faso|Burma|Burundi
Cambodia|Cameroon|Canada|Cape Verde|Cayman Islands|Central African Republic|Chad|Chile
China, People's Republic of|Colombia|Comoros|Costa Rica|Cote d'Ivoire|Crimea Region of Ukraine|Croatia|Cuba
Curacao|Cyprus|Czech Republic|Denmark|Djibouti|Dominica|Dominican Republic|Ecuador|Egypt|El Salvador
Equatorial Guinea|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Georgia|Germany|Ghana
Gibraltar|Greece|Greenland|Grenada|Guatemala|Guinea|Guinea-Bissau|Guyana|Haiti|Honduras|Hong Kong|Hungary
Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Kosovo
Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Macau
Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Marshall Islands|Mauritania|Mauritius|Mexico|Micronesia|Moldova
Monaco|Mongolia|Montenegro|Morocco|Mozambique|Namibia|Nauru|Nepal|Netherlands|New Zealand|Nicaragua|Niger
Nigeria|North Korea|North Macedonia|Norway|Oman|Pakistan|Palau|Panama|Papua New Guinea|Paraguay|Peru
Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Samoa|San Marino|Saudi Arabia|Senegal|Serbia|Seychelles
Sierra Leone|Singapore|Slovakia|Slovenia|Solomon Islands|Somalia|South Africa|South Korea|South Sudan|Spain
Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Timor-Leste|Togo|Tonga
Trinidad and Tobago|Tunisia|Turkey|Turkmenistan|Uganda|Ukraine|United Arab Emirates|United Kingdom|Uruguay
Uzbekistan|Vanuatu|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe
"""
_ALIASES = {
    "people's republic of china": "China, People's Republic of",
    "peoples republic of china": "China, People's Republic of",
    "china, peoples republic of": "China, People's Republic of",
    "prc": "China, People's Republic of",
    "china": "China, People's Republic of",
    "russian federation": "Russia",
    "uae": "United Arab Emirates",
    "u.a.e.": "United Arab Emirates",
    "u.a.e": "United Arab Emirates",
    "uk": "United Kingdom",
    "u.k.": "United Kingdom",
    "burma (myanmar)": "Burma",
    "myanmar": "Burma",
    "turkiye": "Turkey",
    "türkiye": "Turkey",
    "kyrgyz republic": "Kyrgyzstan",
    "slovak republic": "Slovakia",
    "korea, south": "South Korea",
    "republic of korea": "South Korea",
    "korea, north": "North Korea",
    "crimea": "Crimea Region of Ukraine",
    "crimea region": "Crimea Region of Ukraine",
    "macao": "Macau",
    "czechia": "Czech Republic",
    "macedonia": "North Macedonia",
    "viet nam": "Vietnam",
}
HEADINGS = {name.lower(): name.upper() for name in re.split(r"[|\n]", _NAMES.strip())}
_HEADING_OF = {**HEADINGS, **{alias: name.upper() for alias, name in _ALIASES.items()}}

# A destination by any of its names, the longest first, in any case; without a group.
DESTINATION = "(?:" + "|".join(re.escape(name) for name in sorted(_HEADING_OF, key=len, reverse=True)) + ")"


def heading(destination: str) -> str:
    """The heading under which the list prints a destination; an unknown one as printed, in capitals."""
    text = re.sub(r"\s+", " ", destination.replace("’", "'")).strip(" ,;:")
    text = re.sub(r"^the\s+", "", text, flags=re.IGNORECASE)
    short = re.sub(r"\s*\((?:[\w.' ]+)\)$", "", text)
    for name in (text.lower(), text.lower().rstrip("."), short.lower()):
        if name in _HEADING_OF:
            return _HEADING_OF[name]
    return text.upper()


def is_destination(text: str) -> bool:
    """Whether a text is the name of a destination and nothing else."""
    return heading(text) in _HEADING_OF.values()
