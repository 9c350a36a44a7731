"""notmuch: mail, found with Xapian. Each story is a message of a Maildir."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.charset import QP, Charset
from email.header import Header
from email.mime.text import MIMEText
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from .base import Peer, first_line

CONFIG = """
[database]
path={mail}
[user]
name=Press office
primary_email=press@news.example
[new]
tags=news
"""

QUOTED = Charset("utf-8")
QUOTED.header_encoding = QP


class Notmuch(Peer):
    """`notmuch new` reads the messages, `notmuch restore` sets the tags that came with them."""

    name = "notmuch"
    shown = r"^id:(\d+)@"

    @classmethod
    def version(cls) -> str | None:
        """Return the version."""
        line = first_line("notmuch", "--version")
        return line and line.split()[1]

    def prepare(self) -> None:
        """Deliver the messages; tags are lines of the format of `notmuch dump`."""
        for name in ("cur", "new", "tmp"):
            (self.folder / "mail" / name).mkdir(parents=True)
        (self.folder / "config").write_text(CONFIG.format(mail=self.folder / "mail"))
        with (self.folder / "tags").open("w") as tags:
            tags.write("#notmuch-dump batch-tag:3 tags\n")
            for story in self.read_stories():
                number = story["number"]
                Path(self.folder, "mail", "cur", f"{number}:2,S").write_bytes(_message(story))
                tags.write(f"{' '.join('+' + tag for tag in story['tags'])} -- id:{number}@news.example\n")
        (self.folder / "batch").write_text("+reviewed -- tag:campaign\n")
        (self.folder / "one").write_bytes(
            _message({"number": 0, "title": "A story", "date": "2026-01-29", "summary": "", "body": ""})
        )

    def build(self) -> list[Sequence[str]]:
        """Index the messages and set their tags."""
        return [["notmuch", "new", "--quiet"], ["notmuch", "restore", f"--input={self.folder / 'tags'}"]]

    def search(self, words: str) -> list[Sequence[str]]:
        """Search; it has no order but by date, and no way to find what is misspelt."""
        return [["notmuch", "search", "--output=messages", "--limit=10", words]]

    def list_newest(self) -> list[Sequence[str]]:
        """List, newest first."""
        return [["notmuch", "search", "--limit=20", "*"]]

    def add(self) -> list[Sequence[str]]:
        """Deliver one message."""
        return [["sh", "-c", f"notmuch insert +topic-7 <'{self.folder / 'one'}'"]]

    def tag(self) -> list[Sequence[str]]:
        """Tag by a batch file."""
        return [["notmuch", "tag", f"--input={self.folder / 'batch'}"]]

    def environment(self) -> Mapping[str, str]:
        """Name the configuration."""
        return {**super().environment(), "NOTMUCH_CONFIG": str(self.folder / "config")}


def _message(story: Mapping[str, Any]) -> bytes:
    # The subject in Q: in B, which EmailMessage writes, GMime reads no further than to the first padding.
    message = MIMEText(f"{story['summary']}\n\n{story['body']}\n", "plain", "utf-8")
    message["From"] = "Press office <press@news.example>"
    message["To"] = "readers@news.example"
    message["Subject"] = Header(story["title"], QUOTED, header_name="Subject")
    message["Date"] = format_datetime(datetime.fromisoformat(story["date"]).replace(tzinfo=UTC))
    message["Message-ID"] = f"<{story['number']}@news.example>"
    return bytes(message)
