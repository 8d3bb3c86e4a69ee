"""A whole file: what it makes, what it inherits, and every fault at once."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from crawler.config import parse_config
from crawler.config.keys import BODY, CHANNEL, FILE, HEALTH, NETWORK, SOURCE, WATCH
from crawler.errors import ConfigError
from crawler.model import Schedule, Selectors, Source, Watch
from crawler.options import AppriseChannel, Config, EmailChannel, Limits, Network, Secret, WebhookChannel
from tests.support.config import config_of, fault_of, faults_of, file_of, source_of

HERE = Path(__file__).parent
CHANNELS = {"desk": {"type": "webhook", "url": "https://hooks.example.org/"}}


def test_the_smallest_file_takes_every_default() -> None:
    config = parse_config("sources:\n- id: yunxi\n  url: https://www.example.org/1.html\n", {})
    source = Source(id="yunxi", title="yunxi", url="https://www.example.org/1.html")
    assert config == Config(channels={}, sources=(source,))


def test_every_key_arrives() -> None:
    environment = {"PROXY_PASSWORD": "p@ss/word", "MAIL_PASSWORD": "100%41:#?@/", "HOOK": "t0ken"}
    config = parse_config((HERE / "full.yaml").read_bytes(), environment)
    assert config.web_url == "https://crawler.example.org/"
    assert config.network == Network(
        allow_private=True,
        proxy=Secret("socks5://user:p%40ss%2Fword@proxy.example.org:1080"),
        contact="https://www.example.org/about",
        timeout=timedelta(seconds=20),
        max_bytes=5_000_000,
        hosts_at_once=4,
        ca_file="/etc/portal/ca.pem",
    )
    assert config.health == Limits(
        tick=timedelta(minutes=5), overdue=timedelta(days=2), pending=timedelta(hours=3), failing_percent=25
    )
    assert config.channels == {
        "desk": WebhookChannel(
            name="desk",
            url=Secret("https://hooks.example.org/t0ken"),
            secret=Secret("plain"),
            timeout=timedelta(seconds=5),
        ),
        "mail": EmailChannel(
            name="mail",
            host="mail.example.org",
            port=587,
            security="starttls",
            sender="crawler@example.org",
            recipients=("a@example.org", "b@example.org"),
            user="a@b",
            password=Secret("100%41:#?@/"),
            digest="hourly",
            timezone="Europe/Berlin",
            language="en",
            timeout=timedelta(minutes=1),
        ),
        "飞书": AppriseChannel(name="飞书", url=Secret("feishu://t0ken"), language="en"),
    }
    assert config.sources == (
        Source(
            id="云溪-2026",
            title="云溪市　政府工作报告",
            url="https://www.example.org/报告/1.html?part=2",
            max_pages=9,
            schedule=Schedule(cron="30 8 * * mon-fri", timezone="Asia/Shanghai"),
            delay=timedelta(seconds=5),
            alert=("desk", "mail", "飞书"),
            watch=Watch(
                targets=("地区生产总值",),
                min_change=Decimal("0.5"),
                min_percent=Decimal(2),
                relations=False,
                added=False,
                removed=False,
                text=True,
                text_to=("mail",),
                differs=False,
            ),
            body=Selectors(select="div.text", drop=(".ad", "#share")),
            enabled=False,
            suspect_after=timedelta(hours=1),
            failing_after=1,
            give_up_after=timedelta(seconds=30),
        ),
        Source(
            id="list_1",
            title="list_1",
            listing="http://例子.example:8080/reports/",
            match=r"/reports/\d+\.html$",
            max_pages=7,
            schedule=Schedule(every=timedelta(hours=12), up_to=timedelta(days=5), timezone="Asia/Tokyo"),
            delay=timedelta(0),
            alert=("desk",),
            suspect_after=timedelta(days=2),
            failing_after=5,
            give_up_after=timedelta(days=3),
        ),
    )


def keys_in(value: object) -> set[str]:
    """Every key of a file, wherever it stands."""
    if isinstance(value, dict):
        return set(value).union(*(keys_in(below) for below in value.values()))
    return set().union(*(keys_in(element) for element in value)) if isinstance(value, list) else set()


def test_the_full_file_leaves_no_key_out() -> None:
    channels = set().union(*(section.keys for section in CHANNEL.sections.values()))
    known = {*FILE.keys, *SOURCE.keys, *NETWORK.keys, *HEALTH.keys, *WATCH.keys, *BODY.keys, *channels}
    assert keys_in(yaml.safe_load((HERE / "full.yaml").read_text("utf-8"))) == known | {"desk", "mail", "飞书"}


def test_what_is_secret_never_shows_in_the_configuration() -> None:
    environment = {"PROXY_PASSWORD": "hunter2", "MAIL_PASSWORD": "hunter2", "HOOK": "hunter2"}
    config = parse_config((HERE / "full.yaml").read_bytes(), environment)
    assert "hunter2" not in f"{config!r} {config}"


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    with pytest.raises(ConfigError) as caught:
        parse_config((HERE / "faults.yaml").read_bytes(), {"DELAY": "hunter2"}, "conf/my.yaml")
    assert list(caught.value.faults) == (HERE / "faults.txt").read_text("utf-8").splitlines()
    assert "hunter2" not in str(caught.value)


# --- defaults --------------------------------------------------------------------------------------------------------


def test_a_cron_of_its_own_replaces_the_default_interval() -> None:
    source = source_of({"cron": "0 8 * * *"}, defaults={"every": "1d", "timezone": "Asia/Tokyo"})
    assert source.schedule == Schedule(cron="0 8 * * *", timezone="Asia/Tokyo")


def test_a_cron_of_its_own_drops_the_default_bounds() -> None:
    source = source_of({"cron": "0 8 * * *"}, defaults={"every": "1d", "up_to": "7d"})
    assert source.schedule == Schedule(cron="0 8 * * *")


def test_bounds_are_inherited_one_by_one() -> None:
    source = source_of({"every": "1h"}, defaults={"every": "1d", "up_to": "7d"})
    assert source.schedule == Schedule(every=timedelta(hours=1), up_to=timedelta(days=7))


def test_bounds_in_the_wrong_order_are_a_fault() -> None:
    wrong = fault_of(file_of({"every": "1d", "up_to": "6h"}))
    assert 'sources[0].up_to (yunxi): expected no less than every, which is "1d", found "6h"' in wrong
    assert " defaults.up_to: expected no less than every" in fault_of(file_of(defaults={"every": "1d", "up_to": "6h"}))
    assert "expected only together with every" in fault_of(file_of({"cron": "0 8 * * *", "up_to": "6h"}))


def test_an_interval_of_its_own_replaces_the_default_cron() -> None:
    source = source_of({"every": "1s"}, defaults={"cron": "0 8 * * *"})
    assert source.schedule == Schedule(every=timedelta(seconds=1))


def test_a_time_zone_alone_keeps_the_default_interval() -> None:
    assert source_of({"timezone": "UTC"}).schedule == Schedule(every=timedelta(hours=6), timezone="UTC")


def test_an_empty_list_of_its_own_silences_a_source() -> None:
    assert source_of({"alert": []}, channels=CHANNELS, defaults={"alert": ["desk"]}).alert == ()
    assert source_of({}, channels=CHANNELS).alert == tuple(CHANNELS)


def test_mail_digests_follow_the_default_time_zone() -> None:
    mail = {"type": "email", "smtp": "smtp://mail.example.org", "from": "a@example.org", "to": ["b@example.org"]}
    config = config_of(channels={"mail": mail}, defaults={"timezone": "Asia/Tokyo"})
    assert config.channels["mail"].timezone == "Asia/Tokyo"  # type: ignore[union-attr]  # it is the mail channel


def test_one_default_serves_many_sources() -> None:
    text = "defaults: {cron: '0 8 * * *'}\nsources: [{id: a, url: 'http://a/', every: 1d}, {id: b, url: 'http://b/'}]"
    assert [source.schedule.cron for source in parse_config(text, {}).sources] == [None, "0 8 * * *"]


@pytest.mark.parametrize("nothing", ["", " null", " ~", " # all commented out"])
@pytest.mark.parametrize("key", ["defaults", "network", "channels", "health", "web"])
def test_a_part_without_content_is_as_left_out(key: str, nothing: str) -> None:
    assert parse_config(f"{key}:{nothing}\n{file_of()[1:-1]}", {}) == config_of()


def test_a_key_without_a_value_is_as_left_out() -> None:
    keys = ("title", "listing", "match", "every", "cron", "alert", "watch", "body", "enabled", "max_pages")
    assert source_of(dict.fromkeys(keys)) == source_of()


def test_all_sources_may_be_disabled() -> None:
    assert not source_of({"enabled": False}).enabled


# --- what no key can tell alone --------------------------------------------------------------------------------------


def test_a_second_source_of_the_same_id_names_the_line_of_the_first() -> None:
    text = "sources:\n- id: a\n  url: http://a/\n- url: http://b/\n  id: a\n"
    assert fault_of(text) == 'sources.yaml:5: sources[1].id (a): the id "a" is already taken in line 2'


def test_ids_differ_by_case() -> None:
    assert len(parse_config("sources: [{id: a, url: 'http://a/'}, {id: A, url: 'http://a/'}]", {}).sources) == 2


def test_a_source_is_a_page_or_a_listing() -> None:
    assert 'the key "url" or "listing" is missing' in fault_of("sources: [{id: a}]")
    assert "either url or listing, found both" in fault_of(file_of({"listing": "http://a/"}))
    assert "sources[0].match (yunxi): expected only together with listing" in fault_of(file_of({"match": "x"}))


def test_a_source_has_one_schedule() -> None:
    assert "sources[0].cron (yunxi): expected either every or cron" in fault_of(
        file_of({"every": "1d", "cron": "0 8 * * *"})
    )
    assert " defaults.cron: expected either" in fault_of(file_of(defaults={"every": "1d", "cron": "0 8 * * *"}))


def test_alerts_go_to_channels_of_the_file() -> None:
    assert fault_of(file_of({"alert": ["dsek"]}, channels=CHANNELS)).endswith(
        'sources[0].alert[0] (yunxi): there is no channel "dsek"; did you mean "desk"?'
    )
    assert 'there is no channel "phone"; known here: desk' in fault_of(file_of({"alert": ["phone"]}, channels=CHANNELS))
    assert 'there is no channel "desk"; the file has no channels' in fault_of(file_of(defaults={"alert": ["desk"]}))


def test_a_faulty_channel_is_still_a_channel() -> None:
    assert "channels.desk" in fault_of(file_of({"alert": ["desk"]}, channels={"desk": {"type": "webhook"}}))


def test_sources_are_required_and_not_empty() -> None:
    assert fault_of("network: {}") == 'sources.yaml:1: the key "sources" is missing'
    assert fault_of("network: {}\nsources:\n") == 'sources.yaml:1: the key "sources" is missing'
    assert fault_of("\nsources: []").startswith("sources.yaml:2: sources: expected a list of sources")


@pytest.mark.parametrize(
    "text", ["", "# nothing yet\n", "sources: []", "sources:\n", "network: {allow_private: true}\n"]
)
def test_who_waits_for_the_first_source_takes_a_file_without_any(text: str) -> None:
    config = parse_config(text, {}, sourceless=True)
    assert config.sources == ()
    assert config.network.allow_private is ("allow_private" in text)


def test_who_waits_for_the_first_source_takes_no_other_fault() -> None:
    with pytest.raises(ConfigError, match="unknown key"):
        parse_config("netwrok: {}\nsources: []", {}, sourceless=True)


# --- variables of the environment ------------------------------------------------------------------------------------


def test_variables_are_filled_in_anywhere_in_a_text_and_only_once() -> None:
    assert config_of({"title": "${A}市${B}年"}, {"A": "云溪", "B": "${A}"}).sources[0].title == "云溪市${A}年"


def test_a_variable_cannot_inject_yaml() -> None:
    environment = {"T": "x\n    enabled: false"}
    fault = fault_of("sources:\n- id: a\n  url: http://a/\n  title: ${T}\n", environment)
    assert "control character" in fault
    assert "enabled" not in fault
    assert 'found "${F}" (filled in' in fault_of(file_of({"enabled": "${F}"}), {"F": "false"})


def test_each_unset_variable_is_named_once() -> None:
    assert faults_of(file_of({"title": "${A} ${B} ${A}"}), {"B": ""}) == (
        "sources.yaml:1: sources[0].title (yunxi): the environment variable A is not set",
    )


@pytest.mark.parametrize("text", ["${", "${}", "${A", "${A-B}", "${1}", "a ${ A}"])
def test_an_unclosed_or_odd_variable_is_a_fault(text: str) -> None:
    assert 'expected the name of an environment variable and "}"' in fault_of(file_of({"title": text}), {"A": "x"})


def test_values_of_the_environment_never_show() -> None:
    source = {"id": "${X} y", "url": "${X}", "every": "${X}", "cron": "${X}", "alert": ["${X}"], "timezone": "${X}"}
    listing = {"listing": "${X}", "match": "(${X}", "title": "${X}\n", "delay": "${X}", "body": {"drop": "${X}"}}
    faults = "\n".join(faults_of(file_of(source | listing, network="${X}", web={"url": "${X}"}), {"X": "hunter2"}))
    assert "hunter2" not in faults
    assert faults.count("(filled in from the environment)") == 11


def test_an_empty_variable_is_no_secret() -> None:
    channels = {"desk": {"type": "webhook", "url": "https://hooks.example.org/", "secret": "${S}"}}
    assert "channels.desk.secret: expected a text" in fault_of(file_of(channels=channels), {"S": ""})
