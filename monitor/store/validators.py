"""What sources said of the version that was accepted last."""

from msgspec import Struct

from monitor.store.base import Tables


class KeptValidator(Struct, frozen=True, kw_only=True):
    """The validators of an answer, empty where it had none, and the hash of the answer."""

    etag: str
    last_modified: str
    sha256: str


class Validators(Tables):
    """Validators by the name of the source, kept together with what was accepted."""

    def keep_validator(self, name: str, validator: KeptValidator) -> None:
        """Remember which version of a source was accepted."""
        row = {
            "name": name,
            "etag": validator.etag,
            "last_modified": validator.last_modified,
            "sha256": validator.sha256,
        }
        self._db.insert("validator", row, "REPLACE")

    def validator(self, name: str) -> KeptValidator | None:
        """The version of a source that was accepted last; None before the first time."""
        rows = self._db.query("SELECT etag, last_modified, sha256 FROM validator WHERE name = ?", [name])
        return next((KeptValidator(**row) for row in rows), None)
