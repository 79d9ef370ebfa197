"""Mails and mailboxes: one article a message, attachments as members."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from onrecord.errors import SkipDocument
from onrecord.intake.extracts import Extract
from onrecord.intake.limits import Limits
from onrecord.intake.readers import read_source
from onrecord.intake.sources import hold_bytes

TEXT = "The harbour will close for a week, the port authority said.\n\nFrom Monday on, ships are sent to Osterby.\n"


def make_mail(text: str | None = TEXT, html: str | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Courier Morning Brief <brief@courier.example>"
    mail["To"] = "desk@reader.example"
    mail["Subject"] = "Harbour closes — “it cannot wait”"
    mail["Date"] = "Wed, 06 Mar 2024 23:30:00 -0500"
    mail["Message-ID"] = "<1@courier.example>"
    if text is not None:
        mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html") if text is not None else mail.set_content(
            html, subtype="html"
        )
    return mail


def read(name: str, data: bytes, **options: object) -> list[Extract | SkipDocument]:
    return list(read_source(hold_bytes(name, data, **options)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "noname"])
def test_a_mail_is_one_article_and_its_date_is_not_sure(name: str) -> None:
    (found,) = read(name, bytes(make_mail(html="<p>not this</p>")))
    assert isinstance(found, Extract)
    assert (found.text, found.member, found.format) == (TEXT, "", "mail")
    assert (found.title, found.byline) == ("Harbour closes — “it cannot wait”", "Courier Morning Brief")
    assert [(claim.day, claim.origin, claim.sure) for claim in found.dates] == [
        ("2024-03-06", "header", False)
    ]


def test_html_is_read_when_there_is_no_plain_part() -> None:
    (found,) = read("a.eml", bytes(make_mail(text=None, html=f"<html><body><p>{TEXT}</p></body></html>")))
    assert isinstance(found, Extract) and found.text.startswith("The harbour will close")


def test_a_part_in_another_charset() -> None:
    mail = make_mail(text=None)
    mail.set_content("“Ja,” said Mayor Nørby – twice.", charset="cp1252")
    (found,) = read("a.eml", bytes(mail))
    assert isinstance(found, Extract) and found.text == "“Ja,” said Mayor Nørby – twice.\n"


def test_attached_articles_are_members_and_pictures_are_not() -> None:
    mail = make_mail()
    mail.add_attachment(b"\x89PNG\r\n", maintype="image", subtype="png", filename="logo.png")
    mail.add_attachment(
        TEXT.encode(), maintype="application", subtype="octet-stream", filename="../../story.txt"
    )
    mail.add_attachment(b"%PDF-1.7 broken", maintype="application", subtype="pdf", filename="scan.pdf")
    mail.add_attachment(make_mail("Forwarded: the pier stays public, the mayor said.\n"))
    found = read("a.eml", bytes(mail))
    assert [item.member for item in found] == ["", "story.txt", "scan.pdf", "forwarded.eml"]
    assert [isinstance(item, Extract) for item in found] == [True, True, False, True]


def test_a_mailbox_is_split_and_numbered() -> None:
    mails = [
        make_mail(),
        make_mail("Second message.\n\n>From here on, it is quoted.\n"),
        make_mail(text=None),
    ]
    box = b"".join(
        b"From brief@courier.example Wed Mar  6 23:30:00 2024\n"
        + bytes(mail).replace(b"\nFrom Mon", b"\n>From Mon")
        + b"\n"
        for mail in mails
    )
    found = read("archive.mbox", box)
    assert [item.member for item in found] == ["1", "2", "3"]
    assert isinstance(found[0], Extract) and "\nFrom Monday on" in found[0].text
    assert isinstance(found[1], Extract) and "\nFrom here on" in found[1].text
    assert isinstance(found[2], SkipDocument)
    assert [item.member for item in read("box", box)] == ["1", "2", "3"]


def test_a_message_over_the_cap_is_skipped_alone() -> None:
    box = b"".join(
        b"From a@b.example Wed Mar  6 23:30:00 2024\n" + bytes(make_mail(text)) + b"\n"
        for text in ("x" * 9000 + "\n", TEXT)
    )
    first, second = read("a.mbox", box, limits=Limits(row_bytes=3000))
    assert isinstance(first, SkipDocument) and "larger" in first.reason
    assert isinstance(second, Extract)


def test_mails_inside_mails_end_somewhere() -> None:
    mail = make_mail("innermost\n")
    for _ in range(8):
        outer = make_mail()
        outer.add_attachment(mail)
        mail = outer
    found = read("a.eml", bytes(mail))
    assert isinstance(found[-1], SkipDocument) and "inside each other" in found[-1].reason


@pytest.mark.parametrize(
    "date", ["never", "Wed, 06 Mar 2024 25:99:99", "Wed, 06 Mar 2024 10:00:00 +99999999999999"]
)
def test_a_malformed_date_costs_the_date_alone(date: str) -> None:
    data = f"From: a@b.example\nMIME-Version: 1.0\nDate: {date}\n\nThe mayor said no.\n".encode()
    (found,) = read("a.eml", data)
    assert isinstance(found, Extract) and found.text == "The mayor said no.\n" and found.dates == ()


@pytest.mark.parametrize(
    "data",
    [
        b"MIME-Version: 1.0\nSubject: =?utf-8?b?//8=?=\nContent-Type: text/plain; charset=nonsense\n\nThe mayor said no.",
        b"MIME-Version: 1.0\nDate: never\nFrom: \xff\xfe\nContent-Type: text/plain\n\nThe mayor said no.",
        b"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n!!!!notbase64",
        b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\nContent-Type: multipart/mixed; boundary=x\n\n" * 300,
    ],
)
def test_malformed_mails_are_read_or_skipped(data: bytes) -> None:
    try:
        assert all(isinstance(item, (Extract, SkipDocument)) for item in read("a.eml", data))
    except SkipDocument as problem:
        assert problem.reason
