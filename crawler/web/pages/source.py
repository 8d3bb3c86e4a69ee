"""One source's form: adding it, editing it, and a look at what it would give.

The file stays the truth: a form is saved only into the file that it was opened over, and only if the whole is valid.
"""

import os
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from crawler import sourcefile
from crawler.config.parse import parse_config
from crawler.errors import CrawlerError, UsageError
from crawler.sourcefile import Seen
from crawler.trial import Trial
from crawler.web.asked import office_of, reader_of
from crawler.web.fields import shown_of, unshown
from crawler.web.locale import Taste, marked, translated
from crawler.web.office import Office
from crawler.web.preview import Given, look, told
from crawler.web.refused import Refused
from crawler.web.rendering import page
from crawler.web.sheet import NO_FAULTS, Faults, Sheet
from crawler.web.turns import Turns
from crawler.web.watchlist import keys_of, read_file

router = APIRouter()

LONGEST = 10_000
"""Characters of a field."""
_TITLE = 300
_NAME = 60


@router.get("/sources/new")
def new(request: Request) -> Response:
    """The empty form."""
    return _opened(request, None)


@router.get("/sources/{source}/edit")
def edit(request: Request, source: str) -> Response:
    """The form of a source, as the file has it."""
    return _opened(request, source)


@router.post("/sources/new")
def add(request: Request) -> Response:
    """Write a new source into the file."""
    return _saved(request, Sheet.sent(_form(request), None))


@router.post("/sources/{source}/edit")
def change(request: Request, source: str) -> Response:
    """Write what was changed of a source into the file."""
    return _saved(request, Sheet.sent(_form(request), source))


@router.post("/sources/preview")
def preview(request: Request) -> Response:
    """Fetch what the form says now, and show what comes of it below the form as it was filled in."""
    office, form, seen = office_of(request), _form(request), read_file(request)
    path = office.config_path
    sheet = Sheet.sent(form, form.get("source") or None).named(seen.text, path)
    try:
        config = parse_config(sheet.written(seen.text, os.environ, path), os.environ, path)
    except UsageError as error:
        return _shown(request, sheet, seen, sheet.faults(error, seen.text, path), HTTPStatus.UNPROCESSABLE_ENTITY)
    source = next(each for each in config.sources if each.id == sheet.id)
    turns: Turns = request.app.state.turns
    try:
        with turns.turn(reader_of(request), office.now()):
            given = look(config, office.store, source)
    except Refused as refused:
        taste: Taste = request.state.taste
        notice = translated(taste.language, refused.message, **refused.values)
        return _shown(request, sheet, seen, status=refused.status_code, notice=notice)
    except UsageError as error:
        return _shown(request, sheet, seen, Faults(fields={}, general=[str(error)]), HTTPStatus.CONFLICT)
    return _shown(request, _titled(sheet, given), seen, preview=told(given))


def _form(request: Request) -> Mapping[str, str]:
    form: Mapping[str, str] = request.state.form
    for name, text in form.items():
        if len(text) > LONGEST:
            raise Refused(400, marked("%(name)s: longer than %(most)s characters"), name=name[:_NAME], most=LONGEST)
    return form


def _opened(request: Request, source: str | None) -> Response:
    office, seen = office_of(request), read_file(request)
    path = office.config_path
    keys = {} if source is None else keys_of(seen, source, path)
    sheet = Sheet(source=source, typed=shown_of(keys), seen=seen.digest or "")
    return _shown(request, sheet, seen, sheet.standing(office.config, seen.text, path), keys=keys)


def _saved(request: Request, sheet: Sheet) -> Response:
    path, seen = office_of(request).config_path, read_file(request)
    sheet = sheet.named(seen.text, path)
    if (seen.digest or "") != sheet.seen:
        return _outrun(request, sheet, seen)
    try:
        text = sheet.written(seen.text, os.environ, path)
    except UsageError as error:
        return _shown(request, sheet, seen, sheet.faults(error, seen.text, path), HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        if text != seen.text:
            sourcefile.replace(path, text, seen.digest)
    except UsageError as error:
        if (now := read_file(request)).digest != seen.digest:
            return _outrun(request, sheet, now)
        return _shown(request, sheet, seen, Faults(fields={}, general=[str(error)]), HTTPStatus.CONFLICT)
    return RedirectResponse(f"/sources?{urlencode({'saved': sheet.id})}", HTTPStatus.SEE_OTHER)


def _outrun(request: Request, sheet: Sheet, seen: Seen) -> Response:
    """The form as it was filled in, beside what the file says by now; saving it again is meant then."""
    office = office_of(request)
    path = office.config_path
    differing = sheet.beside_file(seen.text, path)
    gone = sheet.source is not None and differing is None
    sheet = replace(sheet, source=None if gone else sheet.source, seen=seen.digest or "")
    outrun = {"differing": differing, "gone": gone}
    faults = sheet.standing(office.config, seen.text, path)
    return _shown(request, sheet, seen, faults, HTTPStatus.CONFLICT, outrun=outrun)


def _titled(sheet: Sheet, given: Given) -> Sheet:
    """With the title of the page, where a new one was given none."""
    if not isinstance(given, Trial) or sheet.source or sheet.typed["title"].strip():
        return sheet
    title = " ".join("".join(char if char.isprintable() else " " for char in given.article.title).split())
    return replace(sheet, typed={**sheet.typed, "title": "" if "${" in title else title[:_TITLE]})


def _shown(
    request: Request,
    sheet: Sheet,
    seen: Seen,
    faults: Faults = NO_FAULTS,
    status: int = HTTPStatus.OK,
    *,
    keys: Mapping[str, Any] | None = None,
    notice: str = "",
    preview: Mapping[str, Any] | None = None,
    outrun: Mapping[str, Any] | None = None,
) -> Response:
    office = office_of(request)
    if keys is None:
        keys = sheet.keys(seen.text, office.config_path) if sheet.source else {}
    shown = {
        "sheet": sheet,
        "faults": faults.fields,
        "general": faults.general,
        "notice": notice,
        "preview": preview,
        "outrun": outrun,
        "channels": _channels(office),
        "unshown": unshown(keys),
        "config_path": office.config_path,
    }
    return page(request, "source.html", shown, status)


def _channels(office: Office) -> list[str]:
    """Those that the file has, as far as it can be read."""
    try:
        return sorted(office.config().channels)
    except CrawlerError:
        return []
