"""What is said of the metrics (tables, dashboard, rules) names what the server really exposes, and nothing else."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from crawler.app import keep_totals
from crawler.options import Limits
from crawler.tally import Tally
from storage.access import add_token
from tests.support.dashboard import TOKEN, Clock, office_of, running
from tests.support.store import NOW, alert, changed, opened, source, watch

ROOT = Path(__file__).resolve().parents[3]
DEPLOY = ROOT / "deploy"
ROW = re.compile(r"^\| `(crawler_\w+)` \| (\w+) \| ([\w, ]*?) ?\| \S.* \|$", re.MULTILINE)
SCRAPED = {"up": {"job", "instance"}}
"""What Prometheus itself adds."""
PROMQL = {"by", "on", "unless", "sum", "max", "rate", "histogram_quantile"}

Exposed = dict[str, tuple[str, set[str]]]


@pytest.fixture(scope="module")
def exposed(tmp_path_factory: pytest.TempPathFactory) -> Exposed:
    """Type and labels by the name that the documents use, where something of everything has happened."""
    folder = tmp_path_factory.mktemp("metrics")
    (folder / "sources.yaml").write_text("sources: []\n", "utf-8")
    tally = Tally()
    tally.add("checks", "new")
    tally.add("deliveries", "delivered")
    tally.add("requests", "gov", "2xx")
    tally.add("received_bytes", "gov")
    tally.time("request_seconds", "gov", seconds=0.2)
    with opened(folder / "crawler.db") as store:
        [due] = watch(store, source())
        store.record(changed(due, alerts=(alert(),)))
        keep_totals(store, tally)
        add_token(store, "prometheus", f"{TOKEN}-of-prometheus", ["read"], NOW)
        office = office_of(store, folder / "sources.yaml", Clock(), ticked_at=lambda: NOW)
        shown = {"Authorization": f"Bearer {TOKEN}-of-prometheus"}
        with running(office) as dashboard, dashboard.stranger(headers=shown) as machine:
            text = machine.get("/metrics").raise_for_status().text
    return dict(_families(text))


def _families(text: str) -> Iterator[tuple[str, tuple[str, set[str]]]]:
    for family in text_string_to_metric_families(text):
        if family.name.startswith("crawler_"):
            assert family.samples, f"{family.name}: nothing was told of it here"
            labels = {name for sample in family.samples for name in sample.labels}
            name = f"{family.name}_total" if family.type == "counter" else family.name
            yield name, (family.type, labels - {"le"})


@pytest.mark.parametrize("name", ["metrics.md", "metrics.zh-CN.md"])
def test_the_table_is_what_the_server_exposes(name: str, exposed: Exposed) -> None:
    rows = ROW.findall((ROOT / "docs" / name).read_text("utf-8"))
    assert {metric: (kind, set(filter(None, labels.split(", ")))) for metric, kind, labels in rows} == exposed
    assert len(rows) == len(exposed)


def panels() -> list[dict[str, Any]]:
    document = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))
    found = document["panels"]
    assert isinstance(found, list)
    return found


def rules() -> list[dict[str, Any]]:
    document = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))
    return [rule for group in document["groups"] for rule in group["rules"]]


def faults(expression: str, exposed: Exposed) -> set[str]:
    """Words of an expression that are no metric, none of its metrics' labels and no PromQL of ours."""
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]', "", expression)
    words = set(re.findall(r"[A-Za-z_]\w*", plain))
    known = {f"{name}_bucket" if kind == "histogram" else name: labels for name, (kind, labels) in exposed.items()}
    metrics = {word: known[word] for word in words & known.keys()} | {word: SCRAPED[word] for word in words & {"up"}}
    labels = {"le", "job", "instance"}.union(*metrics.values())
    return words - PROMQL - metrics.keys() - labels if metrics else {"no metric"}


EXPRESSIONS = [
    *((panel["title"], target["expr"]) for panel in panels() for target in panel["targets"]),
    *((rule["alert"], rule["expr"]) for rule in rules()),
]


@pytest.mark.parametrize(("name", "expression"), EXPRESSIONS)
def test_an_expression_names_what_is_exposed(name: str, expression: str, exposed: Exposed) -> None:
    assert faults(expression, exposed) == set(), name


@pytest.mark.parametrize(
    "expression", ["crawler_check_total", "sum by (host) (crawler_requests_total)", "crawler_outbox_dead{channel='x'}"]
)
def test_a_wrong_name_would_be_noticed(expression: str, exposed: Exposed) -> None:
    assert faults(expression, exposed)


def test_legends_and_summaries_name_labels_of_their_expressions(exposed: Exposed) -> None:
    said = [(each["legendFormat"], each["expr"]) for panel in panels() for each in panel["targets"]]
    said += [(rule["annotations"]["summary"].replace("$labels.", ""), rule["expr"]) for rule in rules()]
    for text, expression in said:
        for label in re.findall(r"\{\{\s*(\w+)\s*\}\}", text):
            assert not faults(f"{expression} {label}", exposed), (text, expression)


def test_grafana_asks_for_the_data_source_and_panels_do_not_overlap() -> None:
    document = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))
    [variable] = document["templating"]["list"]
    assert (variable["name"], variable["type"], variable["query"]) == ("datasource", "datasource", "prometheus")
    taken: set[tuple[int, int]] = set()
    for panel in document["panels"]:
        assert {each["datasource"]["uid"] for each in [panel, *panel["targets"]]} == {"${datasource}"}
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken
        assert at["x"] + at["w"] <= 24
        taken |= cells
    assert len({panel["id"] for panel in document["panels"]}) == len(document["panels"])


def test_a_rule_says_how_bad_it_is_and_what_is_wrong() -> None:
    for rule in rules():
        assert rule["annotations"].keys() == {"summary"}, rule["alert"]
        assert rule["labels"]["severity"] in ("critical", "warning")


def test_the_rules_limits_are_those_of_health() -> None:
    limits = Limits()
    said = {rule["alert"]: rule["expr"].rpartition(" > ")[2] for rule in rules()}
    assert said["CrawlerNotTicking"] == str(int(limits.tick.total_seconds()))
    assert said["CrawlerAlertsWait"] == str(int(limits.pending.total_seconds()))
    assert said["CrawlerChecksLate"] == str(int(limits.overdue.total_seconds()))


def test_the_scrape_reads_its_token_from_a_file_and_loads_the_rules() -> None:
    document = yaml.safe_load((DEPLOY / "prometheus.yml").read_text("utf-8"))
    [scraped] = document["scrape_configs"]
    assert scraped["authorization"].keys() == {"credentials_file"}
    assert all((DEPLOY / name).is_file() for name in document["rule_files"])
    token = scraped["authorization"]["credentials_file"]
    for page in ("metrics.md", "metrics.zh-CN.md"):
        assert token in (ROOT / "docs" / page).read_text("utf-8")
    assert f'job="{scraped["job_name"]}"' in next(rule["expr"] for rule in rules() if "up{" in rule["expr"])
