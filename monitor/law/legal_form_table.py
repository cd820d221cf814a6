"""The legal forms of companies by the countries that use them: their spellings and what is equivalent to them.

Forms and their long names follow the ISO 20275 list of entity legal forms:
https://www.gleif.org/en/lei-data/code-lists/iso-20275-entity-legal-forms-code-list
"""

import re
from enum import Enum

from msgspec import Struct


class Ignored(Enum):
    """Where in a name a form is left out when names are compared."""

    NOWHERE = "nowhere"
    LAST = "last"
    FIRST_OR_LAST = "first or last"


NOWHERE, LAST, FIRST_OR_LAST = Ignored


class LegalForm(Struct, frozen=True):
    """A legal form; a spelling that ends in a full stop is an abbreviation that keeps it."""

    spellings: tuple[str, ...]  # equivalent to each other, the usual one first
    long: tuple[str, ...] = ()  # the form in full, in its own language; equivalent to the spellings
    english: str = ""  # the usual translation, equivalent too
    ignored: Ignored = NOWHERE


def _form(*spellings: str, long: str = "", english: str = "", ignored: Ignored = NOWHERE) -> LegalForm:
    """Return a form; the long names are separated by bars."""
    return LegalForm(spellings, tuple(long.split("|")) if long else (), english, ignored)


ENGLISH = (
    _form("Co.", "Company", ignored=LAST),
    _form("Cos.", ignored=LAST),
    _form("Corp.", "Corporation", ignored=LAST),
    _form("Inc.", "Incorporated", ignored=LAST),
    _form("Ltd.", "Limited", ignored=LAST),
    _form("Unltd.", long="Unlimited Company"),
    _form("PLC", long="Public Limited Company", ignored=LAST),
    _form("PCL", long="Public Company Limited"),
    _form("LLC", "L.L.C.", long="Limited Liability Company|Limited Liability Co.", ignored=FIRST_OR_LAST),
    _form("PLLC", "P.L.L.C.", long="Professional Limited Liability Company"),
    _form("ULC", "U.L.C.", long="Unlimited Liability Company|Unlimited Liability Corporation"),
    _form("LLP", "L.L.P.", long="Limited Liability Partnership", ignored=LAST),
    _form("LLLP", "L.L.L.P.", long="Limited Liability Limited Partnership"),
    _form("LP", "L.P.", long="Limited Partnership", ignored=LAST),
    _form("CIC", "C.I.C.", long="Community Interest Company"),
    _form("Pty.", long="Proprietary", ignored=LAST),
)
SOUTH_ASIA = (
    _form("Pvt.", "Private", ignored=LAST),
    _form("OPC", long="One Person Company"),
)
SOUTH_EAST_ASIA = (
    _form("Pte.", english="Private", ignored=LAST),
    _form("Sdn.", long="Sendirian", english="Private", ignored=LAST),
    _form("Bhd.", "Berhad", english="Limited", ignored=LAST),
    _form("PT", "P.T.", long="Perseroan Terbatas", english="Limited Liability Company", ignored=FIRST_OR_LAST),
    _form("Tbk.", long="Terbuka", english="Public", ignored=LAST),
    _form("Persero"),
    _form("UD", "U.D.", long="Usaha Dagang"),
    _form("TNHH", long="Cong Ty TNHH", english="Limited Liability Company"),
)
EAST_ASIA = (
    _form("K.K.", long="Kabushiki Kaisha|Kabushiki Gaisha|Kabushikikaisha|Kabushikigaisha", english="Co., Ltd."),
    _form("Y.K.", long="Yugen Kaisha|Yugen Gaisha|Yugenkaisha|Yugengaisha", english="Limited Company"),
    _form("G.K.", long="Godo Kaisha|Godo Gaisha|Goudou Kaisha|Goudou Gaisha", english="Limited Liability Company"),
    _form("Chusik Hoesa", "Jusik Hoesa", english="Co., Ltd."),
    _form("Yuhan Hoesa", english="Limited Company"),
    _form("Youxian Gongsi", english="Limited Company"),
    _form("Gufen Youxian Gongsi", english="Company Limited by Shares"),
    _form("Youxian Zeren Gongsi", english="Limited Liability Company"),
    _form("XXK", "X.X.K.", long="Khyazgaarlagdmal Khariutslagatai Kompani", english="Limited Liability Company"),
)
GERMAN = (
    _form("GmbH", "G.m.b.H.", long="Gesellschaft mit beschränkter Haftung", english="LLC", ignored=LAST),
    _form("gGmbH", long="gemeinnützige GmbH", english="LLC"),
    _form("mbH", "m.b.H.", long="mit beschränkter Haftung", ignored=LAST),
    _form("AG", "A.G.", long="Aktiengesellschaft", english="Corporation", ignored=LAST),
    _form("KG", "K.G.", long="Kommanditgesellschaft", english="Limited Partnership", ignored=LAST),
    _form("KGaA", long="Kommanditgesellschaft auf Aktien"),
    _form("OHG", "oHG", long="offene Handelsgesellschaft", english="General Partnership", ignored=LAST),
    _form("UG", long="Unternehmergesellschaft|UG (haftungsbeschränkt)|Unternehmergesellschaft (haftungsbeschränkt)"),
    _form("GbR", long="Gesellschaft bürgerlichen Rechts", english="General Partnership"),
    _form("e.K.", "e.Kfm.", long="eingetragener Kaufmann", english="Sole Proprietorship"),
    _form("e.V.", long="eingetragener Verein", english="Registered Association"),
    _form("e.G.", long="eingetragene Genossenschaft", english="Registered Cooperative"),
)
EUROPEAN_UNION = (
    _form("SE", "S.E.", long="Societas Europaea", english="European Company", ignored=LAST),
    _form("SCE", "S.C.E.", long="Societas Cooperativa Europaea", english="European Cooperative"),
)
DUTCH = (
    _form("B.V.", "BV", long="Besloten Vennootschap", english="Limited Liability Company", ignored=LAST),
    _form("N.V.", "NV", long="Naamloze Vennootschap", english="Corporation", ignored=LAST),
    _form("BVBA", "B.V.B.A.", english="Limited Liability Company"),
    _form("C.V.", "CV", long="Commanditaire Vennootschap", english="Limited Partnership", ignored=LAST),
    _form("V.O.F.", "VOF", long="Vennootschap onder firma", english="General Partnership"),
)
FRENCH = (
    _form("S.A.", "SA", long="Société Anonyme", english="Corporation", ignored=LAST),
    _form("S.A.S.", "SAS", long="Société par actions simplifiée", english="Simplified Corporation", ignored=LAST),
    _form("SASU", "S.A.S.U.", english="Simplified Corporation"),
    _form("SARL", "S.A.R.L.", "S.à r.l.", long="Société à responsabilité limitée", english="LLC", ignored=LAST),
    _form("EURL", "E.U.R.L.", english="LLC"),
    _form("SNC", "S.N.C.", long="Société en nom collectif", english="General Partnership"),
    _form("SPRL", "S.P.R.L.", english="LLC"),
    _form("SCS", "S.C.S.", long="Société en commandite simple", english="Limited Partnership"),
    _form("Cie.", long="Compagnie", english="Company"),
)
ITALIAN = (
    _form("S.r.l.", "SRL", long="Società a responsabilità limitata", english="LLC", ignored=LAST),
    _form("S.r.l.s.", "SRLS", long="Società a responsabilità limitata semplificata", english="LLC"),
    _form("S.p.A.", "SpA", long="Società per azioni", english="Corporation", ignored=LAST),
    _form("S.n.c.", long="Società in nome collettivo", english="General Partnership"),
    _form("S.a.s.", "SAS", long="Società in accomandita semplice", english="Limited Partnership", ignored=LAST),
)
SPANISH_AND_PORTUGUESE = (
    _form("S.A.", "SA", "S/A", long="Sociedad Anónima|Sociedade Anônima", english="Corporation", ignored=LAST),
    _form("S.A.U.", "SAU", long="Sociedad Anónima Unipersonal", english="Corporation"),
    _form("S.L.", "SL", long="Sociedad Limitada", english="LLC", ignored=LAST),
    _form("S.L.U.", "SLU", long="Sociedad Limitada Unipersonal", english="LLC", ignored=LAST),
    _form("S.A. de C.V.", "de C.V.", long="Sociedad Anónima de Capital Variable", english="Corporation"),
    _form("S.A.P.I. de C.V.", "S.A.B. de C.V.", english="Corporation"),
    _form("S. de R.L.", long="Sociedad de Responsabilidad Limitada", english="LLC"),
    _form("Ltda.", long="Limitada", english="Limited", ignored=LAST),
    _form("Lda.", english="Limited"),
    _form("EIRELI", english="Limited"),
    _form("E.I.R.L.", "EIRL", long="Empresa Individual de Responsabilidad Limitada", english="LLC"),
    _form("S.A.C.", "SAC", long="Sociedad Anónima Cerrada", english="Corporation"),
    _form("C.A.", long="Compañía Anónima", english="Corporation"),
    _form("Cía.", "Cia.", long="Compañía|Companhia", english="Company"),
)
NORDIC = (
    _form("A/S", "AS", "A.S.", long="Aktieselskab|Aksjeselskap", english="Corporation", ignored=LAST),
    _form("ASA", "A.S.A.", long="Allmennaksjeselskap", english="Public Limited Company"),
    _form("ApS", long="Anpartsselskab", english="Private Limited Company", ignored=LAST),
    _form("I/S", "K/S", "P/S", english="Partnership"),
    _form("ANS", long="Ansvarlig selskap", english="General Partnership"),
    _form("AB", "A.B.", long="Aktiebolag|Aktiebolaget", english="Corporation", ignored=LAST),
    _form("HB", long="Handelsbolag", english="General Partnership"),
    _form("KB", long="Kommanditbolag", english="Limited Partnership"),
    _form("Oy", long="Osakeyhtiö", english="Limited Company", ignored=LAST),
    _form("Oyj", long="Julkinen osakeyhtiö", english="Public Limited Company", ignored=LAST),
    _form("Ky", "Tmi", english="Limited Partnership"),
    _form("ehf.", "hf.", long="einkahlutafélag|hlutafélag", english="Limited Company"),
)
BALTIC = (
    _form("UAB", "U.A.B.", long="Uždaroji akcinė bendrovė", english="Private Limited Company", ignored=LAST),
    _form("MB", "M.B.", long="Mažoji bendrija", english="Small Partnership"),
    _form("SIA", "S.I.A.", long="Sabiedrība ar ierobežotu atbildību", english="LLC", ignored=LAST),
    _form("OÜ", "O.Ü.", "OU", long="Osaühing", english="Private Limited Company"),
    _form("AS", long="Aktsiaselts|Akciju sabiedrība|Akcinė bendrovė", english="Corporation", ignored=LAST),
)
CENTRAL_EUROPE = (
    _form("Sp. z o.o.", "Sp. z.o.o.", long="Spółka z ograniczoną odpowiedzialnością", english="LLC"),
    _form("Sp. k.", "Sp. j.", long="Spółka komandytowa|Spółka jawna", english="Partnership"),
    _form("S.A.", "SA", long="Spółka Akcyjna", english="Corporation", ignored=LAST),
    _form("s.r.o.", "sro", "spol. s r.o.", long="společnost s ručením omezeným", english="LLC", ignored=LAST),
    _form("a.s.", long="akciová společnost|akciová spoločnosť", english="Corporation", ignored=LAST),
    _form("v.o.s.", "k.s.", english="Partnership"),
    _form("Kft.", long="Korlátolt Felelősségű Társaság", english="LLC", ignored=LAST),
    _form("Zrt.", long="Zártkörűen Működő Részvénytársaság", english="Private Corporation", ignored=LAST),
    _form("Nyrt.", long="Nyilvánosan Működő Részvénytársaság", english="Public Corporation"),
    _form("Bt.", "Kkt.", long="Betéti társaság|Közkereseti társaság", english="Partnership"),
    _form("S.R.L.", "SRL", long="Societate cu răspundere limitată", english="LLC", ignored=LAST),
)
BALKANS = (
    _form("d.o.o.", "doo", long="Društvo s ograničenom odgovornošću", english="LLC", ignored=LAST),
    _form("d.d.", "a.d.", long="Dioničko društvo|Delniška družba|Akcionarsko društvo", english="Corporation"),
    _form("j.d.o.o.", "d.n.o.", english="LLC"),
    _form("OOD", "O.O.D.", english="LLC", ignored=LAST),
    _form("EOOD", "E.O.O.D.", english="LLC", ignored=LAST),
    _form("AD", "A.D.", long="Aktsionerno druzhestvo", english="Corporation", ignored=LAST),
    _form("EAD", "E.A.D.", english="Corporation", ignored=LAST),
    _form("A.E.", long="Anonymi Etaireia", english="Corporation"),
    _form("E.P.E.", "EPE", long="Etaireia Periorismenis Efthynis", english="LLC"),
    _form("I.K.E.", "IKE", long="Idiotiki Kefalaiouchiki Etaireia", english="Private Company"),
    _form("O.E.", "E.E.", long="Omorrythmi Etaireia|Eterorrythmi Etaireia", english="Partnership"),
    _form("SH.P.K.", "SHPK", english="LLC"),
)
TURKISH = (
    _form("A.Ş.", "AŞ", long="Anonim Şirketi", english="Corporation", ignored=LAST),
    _form("Ltd. Şti.", long="Limited Şirketi", english="Limited Company"),
    _form("Şti.", "Sti.", long="Şirketi", english="Company", ignored=LAST),
    _form("Tic.", english="Trade", ignored=LAST),  # in full also a word of addresses
    _form("San.", english="Industry", ignored=LAST),  # in full also a word of addresses
    _form("San. ve Tic.", "Tic. ve San.", long="Sanayi ve Ticaret|Ticaret ve Sanayi", english="Industry and Trade"),
)
RUSSIAN_AND_UKRAINIAN = (
    _form(
        "OOO",
        "O.O.O.",
        long="Obshchestvo s ogranichennoy otvetstvennostyu|Obshchestvo s ogranichennoi otvetstvennostiu",
        english="LLC",
        ignored=FIRST_OR_LAST,
    ),
    _form("ODO", long="Obshchestvo s dopolnitelnoy otvetstvennostyu", english="Additional Liability Company"),
    _form(
        "AO", "A.O.", long="Aktsionernoe Obshchestvo|Aktsionernoye Obshchestvo", english="JSC", ignored=FIRST_OR_LAST
    ),
    _form("NAO", long="Nepublichnoe Aktsionernoe Obshchestvo", english="JSC"),
    _form(
        "PAO",
        "P.A.O.",
        long="Publichnoe Aktsionernoe Obshchestvo|Publichnoye Aktsionernoye Obshchestvo",
        english="PJSC",
        ignored=FIRST_OR_LAST,
    ),
    _form(
        "OAO",
        "O.A.O.",
        long="Otkrytoe Aktsionernoe Obshchestvo|Otkrytoye Aktsionernoye Obshchestvo",
        english="OJSC",
        ignored=FIRST_OR_LAST,
    ),
    _form(
        "ZAO",
        "Z.A.O.",
        long="Zakrytoe Aktsionernoe Obshchestvo|Zakrytoye Aktsionernoye Obshchestvo",
        english="CJSC",
        ignored=FIRST_OR_LAST,
    ),
    _form(
        "TOO", "T.O.O.", long="Tovarishchestvo s ogranichennoy otvetstvennostyu", english="LLP", ignored=FIRST_OR_LAST
    ),
    _form("JSC", "J.S.C.", long="JSCo.|Joint Stock Company|Joint Stock Co.", ignored=FIRST_OR_LAST),
    _form("OJSC", "O.J.S.C.", long="Open Joint Stock Company", ignored=FIRST_OR_LAST),
    _form("CJSC", "C.J.S.C.", long="Closed Joint Stock Company", ignored=FIRST_OR_LAST),
    _form("PJSC", "P.J.S.C.", long="Public Joint Stock Company", ignored=FIRST_OR_LAST),
    _form("PrJSC", long="Private Joint Stock Company"),
    _form("FGUP", long="Federalnoe Gosudarstvennoe Unitarnoe Predpriyatie", english="FSUE", ignored=FIRST_OR_LAST),
    _form("FSUE", long="Federal State Unitary Enterprise", ignored=FIRST_OR_LAST),
    _form("GUP", long="Gosudarstvennoe Unitarnoe Predpriyatie", english="SUE", ignored=LAST),
    _form("SUE", long="State Unitary Enterprise", ignored=LAST),
    _form("MUP", long="Municipal Unitary Enterprise"),
    _form("FKP", long="Federalnoe Kazennoe Predpriyatie", english="Federal State Enterprise"),
    _form(
        "RUP", "PRUP", "NPRUP", long="Respublikanskoe Unitarnoe Predpriyatie", english="Republican Unitary Enterprise"
    ),
    _form("RUE", long="Republican Unitary Enterprise"),
    _form("ChUP", long="Private Unitary Enterprise"),
    _form("UE", "UP", long="Unitary Enterprise|Unitarnoe Predpriyatie"),
    _form("JLLC", long="Joint Limited Liability Company"),
    _form("ALC", long="Additional Liability Company"),
    _form("TOV", "T.O.V.", long="Tovarystvo z obmezhenoyu vidpovidalnistyu", english="LLC"),
    _form("PrAT", "PAT", "VAT", long="Pryvatne aktsionerne tovarystvo", english="JSC"),
)
CAUCASUS_AND_CENTRAL_ASIA = (
    _form("MMC", long="Məhdud Məsuliyyətli Cəmiyyət", english="LLC"),
    _form("MChJ", "MCHJ", long="Masʼuliyati cheklangan jamiyat", english="LLC"),
    _form("OsOO", english="LLC"),
)
MIDDLE_EAST = (
    _form("FZE", "F.Z.E.", long="Free Zone Establishment", ignored=LAST),
    _form("FZC", "F.Z.C.", long="Free Zone Company", ignored=LAST),
    _form("FZCO", "F.Z.Co.", english="Free Zone Company", ignored=LAST),
    _form("FZ", english="Free Zone", ignored=LAST),
    _form("FZ-LLC", english="Free Zone Limited Liability Company"),
    _form("DMCC", "D.M.C.C.", english="Dubai Multi Commodities Centre", ignored=LAST),
    _form("DWC", "DWC-LLC", english="Dubai World Central", ignored=LAST),
    _form("W.L.L.", "WLL", long="With Limited Liability", english="LLC", ignored=LAST),
    _form("S.P.C.", "SPC", long="Single Person Company|Sole Proprietorship"),
    _form("S.A.L.", "SAL", long="Société Anonyme Libanaise", english="JSC", ignored=LAST),
    _form("S.A.E.", "SAE", long="Société Anonyme Egyptienne", english="JSC", ignored=LAST),
    _form("S.A.O.C.", "SAOC", english="CJSC"),
    _form("S.A.O.G.", "SAOG", english="PJSC"),
    _form("S.A.K.", "SAK", "K.S.C.", "KSC", "K.S.C.C.", "KSCC", "K.S.C.P.", "KSCP", english="JSC"),
    _form("B.S.C.", "BSC", english="JSC"),
    _form("E.C.", long="Exempt Company"),
    _form("Q.S.C.", "QSC", "Q.P.S.C.", "QPSC", english="JSC"),
    _form("P.S.C.", "PSC", long="Public Shareholding Company"),
    _form("Est.", long="Establishment"),
    _form("B.M.", long="Be'eravon Mugbal", english="Limited"),
)
FAMILIES = (
    ENGLISH, SOUTH_ASIA, SOUTH_EAST_ASIA, EAST_ASIA, GERMAN, EUROPEAN_UNION, DUTCH, FRENCH, ITALIAN,
    SPANISH_AND_PORTUGUESE, NORDIC, BALTIC, CENTRAL_EUROPE, BALKANS, TURKISH, RUSSIAN_AND_UKRAINIAN,
    CAUCASUS_AND_CENTRAL_ASIA, MIDDLE_EAST,
)  # fmt: skip
# Letters of forms that are also words, given names, places or codes of states: forms only as printed in the table,
# or in capitals.
ALSO_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
    ab ad ag alc ans ao as asa bt cic cie co company compagnie companhia compania corporation cos cv est
    establishment fz gup hb kb kg ky lda lp mb mmc mup nao odo opc ou pao pat persero pp private proprietary psc pt
    public rue rup sa sac sae sak sal san sas sau sce se sia sl slu spa spc sti sue tic tmi too tov ud ue ug up vat
    """,
    )
)
# Letters that are forms only with their stops or strokes: "C.A." is a company of Venezuela, "CA" is California.
NEED_SIGNS = frozenset(re.findall(r"\w+", "ae bm ca ec ee eg ek ev is ks oe ps"))
