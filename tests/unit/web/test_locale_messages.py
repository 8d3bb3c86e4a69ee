"""The texts of the dashboard: every one of them stands in the catalogue, and nothing else does."""

from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from crawler.web.locale import messages

WEB = Path(__file__).resolve().parents[3] / "crawler" / "web"
CATALOGUE = WEB / "locale" / "zh" / "LC_MESSAGES" / "messages.po"


def used() -> set[str]:
    found = extract_from_dir(WEB, [("templates/**.html", "jinja2"), ("**.py", "python")])
    return {message[0] if isinstance(message, tuple) else message for _, _, message, _, _ in found}


def test_every_text_is_translated_and_no_other() -> None:
    with CATALOGUE.open("rb") as file:
        known = {entry.id[0] if isinstance(entry.id, tuple) else entry.id for entry in read_po(file) if entry.id}
    assert known == used()


def test_no_translation_is_empty_and_all_keep_their_places() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="zh")
    for entry in catalogue:
        if entry.id:
            strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
            assert all(strings), entry.id
            assert not list(entry.check(catalogue)), entry.id
    assert messages("zh").gettext("Changes") == "变更"
    assert messages("en").gettext("Changes") == "Changes"
