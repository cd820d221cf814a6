"""Legal forms: what is one, what only looks like one, and where a name goes on behind its comma."""

import pytest

from monitor.law.entities import read_entity
from monitor.law.legal_form_table import FAMILIES
from monitor.law.legal_forms import before_legal_form, ends_in_abbreviated_form, is_legal_form
from monitor.law.rules.names import name_in_cell

EVERYWHERE = [
    ("K.K.", "5-1 Marunouchi, Tokyo, Japan"),
    ("KK", "5-1 Marunouchi, Tokyo, Japan"),
    ("Kabushiki Kaisha", "5-1 Marunouchi, Tokyo, Japan"),
    ("G.K.", "5-1 Marunouchi, Tokyo, Japan"),
    ("ULC", "100 King Street, Toronto, Canada"),
    ("Unlimited Liability Company", "100 King Street, Toronto, Canada"),
    ("L. L. C.", "P.O. Box 5, Dubai, United Arab Emirates"),
    ("FZ-LLC", "P.O. Box 5, Dubai, United Arab Emirates"),
    ("S.A.O.C.", "P.O. Box 5, Muscat, Oman"),
    ("W.L.L.", "P.O. Box 5, Manama, Bahrain"),
    ("S.A.L. (Offshore)", "Hamra Street, Beirut, Lebanon"),
    ("(Pvt.) Ltd.", "12 Mall Road, Lahore, Pakistan"),
    ("Sdn. Bhd.", "12 Jalan Ampang, Kuala Lumpur, Malaysia"),
    ("PT", "Jl. Sudirman 5, Jakarta, Indonesia"),
    ("GmbH & Co. KG", "Ringstrasse 1, Jena, Germany"),
    ("Gesellschaft mit beschränkter Haftung", "Ringstrasse 1, Jena, Germany"),
    ("S.à r.l.", "1 Rue Haute, Luxembourg"),
    ("B.V.", "1 Kade, Rotterdam, Netherlands"),
    ("S.p.A.", "1 Via Roma, Milan, Italy"),
    ("S. de R.L. de C.V.", "1 Calle Sur, Puebla, Mexico"),
    ("EIRELI", "1 Rua Azul, Sao Paulo, Brazil"),
    ("C.A.", "1 Calle Sur, Caracas, Venezuela"),
    ("A/S", "1 Gade, Aarhus, Denmark"),
    ("Sp. z o.o.", "ul. Prosta 1, Warsaw, Poland"),
    ("Sp. z o. o.", "ul. Prosta 1, Warsaw, Poland"),
    ("spol. s r.o.", "Nova 1, Brno, Czech Republic"),
    ("Zrt.", "1 Utca, Budapest, Hungary"),
    ("M.B.", "1 Gatve, Vilnius, Lithuania"),
    ("OÜ", "1 Tee, Tallinn, Estonia"),
    ("E.P.E.", "1 Odos, Athens, Greece"),
    ("San. ve Tic. Ltd. Şti.", "No. 5, Istanbul, Turkey"),
    ("A.Ş.", "No. 5, Istanbul, Turkey"),
    ("JLLC", "1 Lenina, Minsk, Belarus"),
    ("Unitary Enterprise", "1 Lenina, Minsk, Belarus"),
    ("Closed Joint-Stock Company", "1 Lenina, Yerevan, Armenia"),
    ("co., ltd.", "1 Road, Beijing, China"),
]


@pytest.mark.parametrize(("form", "address"), EVERYWHERE)
def test_a_legal_form_behind_a_comma_belongs_to_the_name_and_not_to_the_address(form: str, address: str) -> None:
    entity = read_entity(f"Alfa Optik, {form}, {address}")
    assert (entity.name, [a.text for a in entity.addresses]) == (f"Alfa Optik, {form}", [address])
    assert not entity.whole


@pytest.mark.parametrize(("form", "address"), EVERYWHERE)
def test_rules_read_the_forms_behind_a_name_as_lists_do(form: str, address: str) -> None:
    assert name_in_cell(f"Alfa Optik, {form}, {address}", ["Alfa Optik"]) == f"Alfa Optik, {form}"


@pytest.mark.parametrize("address", [
    "Sal, Cape Verde", "Spa, Belgium", "Co. Kerry, Ireland", "Ag. Dimitrios, Athens, Greece", "CA, USA",
    "Private Bag, Gaborone, Botswana", "PT Beta Tower, Jakarta, Indonesia", "SE Industrial Zone, Sofia, Bulgaria",
    "As Suwayda, Syria", "San Jose, Costa Rica", "AG Tower, Dubai, UAE", "Company Road, Tehran, Iran",
    "Corporation Street, Birmingham, United Kingdom", "Ad Dammam, Saudi Arabia",
])  # fmt: skip
def test_an_address_that_begins_like_a_legal_form_stays_an_address(address: str) -> None:
    entity = read_entity(f"Alfa Optik, {address}")
    assert (entity.name, [a.text for a in entity.addresses]) == ("Alfa Optik", [address])
    assert name_in_cell(f"Alfa Optik, {address}", ["Alfa Optik"]) == "Alfa Optik"


def test_names_that_look_like_legal_forms_stay_names_of_their_own() -> None:
    assert read_entity("Alfa (a.k.a., Sal, Sue, Sia and Asa), 1 Road, Jena, Germany.").further_names == (
        "Sal",
        "Sue",
        "Sia",
        "Asa",
    )


def test_an_alias_keeps_the_legal_form_behind_its_comma() -> None:
    entity = read_entity("Alfa (a.k.a., Beta, K.K., Gamma, ULC, and Delta), 1 Road, Tokyo, Japan.")
    assert entity.further_names == ("Beta, K.K", "Gamma, ULC", "Delta")


@pytest.mark.parametrize("name", [
    "Alfa Co., Ltd. Beijing Branch", "Alfa, Ltd. Research Institute", "Alfa GmbH Werk Nord", "Alfa, Inc. Asia Division",
    "Alfa Technology, Hong Kong Co., Ltd.", "Alfa, Japan K.K.", "AO Alfa NPO", "PT Alfa Beta Tbk", "Alfa AG Beta",
])  # fmt: skip
def test_a_legal_form_within_a_name_does_not_end_it(name: str) -> None:
    assert read_entity(f"{name}, 1 Beta Road, Kowloon, Hong Kong.").name == name


def test_every_spelling_of_the_table_is_recognized() -> None:
    printed = [text for family in FAMILIES for form in family for text in (*form.spellings, *form.long)]
    assert len(printed) > 300
    assert [text for text in printed if not is_legal_form(text)] == []


@pytest.mark.parametrize(
    "text", ["", ",", "()", "Alfa", "as", "As", "Sal", "ag", "Too", "CA", "Ltd. Beijing", "“Ltd.”"]
)
def test_other_words_are_no_legal_form(text: str) -> None:
    assert not is_legal_form(text)


def test_what_stands_before_the_forms_at_the_end_is_found() -> None:
    texts = ("Hong Kong Co., Ltd.", "Alfa (Pvt.) Ltd.", "Alfa S. A.", "Alfa", "Ltd.", "Alfa Sal", "Ltd " * 5_000)
    before = ["Hong Kong", "Alfa", "Alfa", None, None, None]
    assert [before_legal_form(text) for text in texts[:-1]] == before
    assert before_legal_form(texts[-1]) is not None


def test_only_abbreviations_keep_their_full_stop() -> None:
    assert ends_in_abbreviated_form("Alfa Co., Ltd.")
    assert not ends_in_abbreviated_form("Alfa Limited.")
    assert not ends_in_abbreviated_form("Alfa GmbH.")
