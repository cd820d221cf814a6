"""General licenses and their steps, made by hand."""

from datetime import date

from monitor.model.licenses import GeneralLicense, LicenseEvent, LicenseEventKind


def step(kind: LicenseEventKind, on: date, *, old: date | None = None, new: date | None = None) -> LicenseEvent:
    return LicenseEvent(
        document_number=f"{on}-{kind.name}",
        published=on,
        event=kind,
        old_expiry=old,
        new_expiry=new,
        sentence="It is so.",
        effective_on=on,
        public_on=on,
        announced_on=on,
        valid_from=on if kind is LicenseEventKind.ISSUED else None,
    )


def license_of(*history: LicenseEvent) -> GeneralLicense:
    return GeneralLicense(
        key="license:7", thread="license:7", identifier="Supplement No. 7, Temporary General License, Alfa",
        called="Temporary General License (Alfa)", name="Temporary General License", supplement="Supplement No. 7",
        beneficiaries=("Alfa",), history=history,
    )  # fmt: skip
