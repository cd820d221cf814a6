"""Messages as files of a folder."""

import re
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from harness import at
from letters import LETTER, SENDER
from msgspec import structs

from monitor.mail.channels.folder import FolderChannel
from monitor.model.errors import DeliveryError


def test_mail_in_a_folder_is_a_whole_message(tmp_path: Path) -> None:
    FolderChannel(tmp_path / "mail", SENDER).send(LETTER)
    (file,) = (tmp_path / "mail").iterdir()
    assert re.fullmatch(r"20190516T1616-[0-9a-f]{12}\.eml", file.name)
    assert message_from_bytes(file.read_bytes(), policy=policy.default)["Message-ID"] == LETTER.message_id


def test_the_same_message_again_is_the_same_file_also_when_it_is_written_later(tmp_path: Path) -> None:
    channel = FolderChannel(tmp_path, SENDER)
    channel.send(LETTER)
    channel.send(structs.replace(LETTER, date=at("2019-05-16T17:00")))
    channel.close()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "mail").touch()
    with pytest.raises(DeliveryError, match="cannot write mail to") as caught:
        FolderChannel(tmp_path / "mail", SENDER).send(LETTER)
    assert not caught.value.permanent
