"""The API's document describes the values that it answers with: each of their fields, and no other."""

from dataclasses import fields
from typing import Any

import pytest

from crawler.model import Target
from crawler.search import Snippet
from crawler.web.api import shapes
from crawler.wire import change_json, target_json
from storage import found, lines
from storage.search import finding
from tests.support.store import raised, target


@pytest.mark.parametrize(
    ("shape", "line"),
    [
        (shapes.Source, lines.SourceLine),
        (shapes.Page, lines.PageLine),
        (shapes.Version, lines.VersionLine),
        (shapes.Change, lines.ChangeLine),
        (shapes.Alert, lines.AlertLine),
        (shapes.Delivery, lines.DeliveryLine),
        (shapes.StoredTarget, found.TargetLine),
        (shapes.FoundPage, finding.Found),
        (shapes.Snippet, Snippet),
    ],
)
def test_a_line(shape: type[shapes.Shape], line: type[Any]) -> None:
    assert list(shape.model_fields) == [field.name for field in fields(line)]


def test_a_text_has_reports_besides() -> None:
    assert list(shapes.Text.model_fields) == [*(field.name for field in fields(lines.Shown)), "reports"]


def test_a_target_and_what_became_of_it() -> None:
    assert list(shapes.Target.model_fields) == list(target_json(target()))
    assert list(shapes.TargetChange.model_fields) == list(change_json(raised().changed[0]))


def test_what_was_stored_when_targets_had_fewer_fields_may_lack_those_only() -> None:
    """Fields without a default were there from the beginning (`crawler.wire.target_told`)."""
    optional = {name for name, field in shapes.Target.model_fields.items() if not field.is_required()}
    assert optional == {field.name for field in fields(Target) if field.default == "" or field.name == "status"}
