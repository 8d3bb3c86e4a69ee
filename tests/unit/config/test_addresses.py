"""Addresses: pages, channels, proxies, mail servers, mailboxes."""

import pytest

from crawler.options import AppriseChannel, EmailChannel, Secret, WebhookChannel
from tests.support.config import config_of, fault_of, faults_of, file_of, source_of

BAD = [
    "",
    "www.example.org",
    "//www.example.org/",
    "http:/www.example.org",
    "http:www.example.org",
    "http://",
    "http:///path",
    "https://:80/",
    "ftp://www.example.org/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "http://user@www.example.org/",
    "http://user:hunter2@www.example.org/",
    "http://@www.example.org/",
    "http://www.example.org\\@evil.example/",
    "http://www.example.org/a b",
    " http://www.example.org/",
    "http://www.example.org/\u3000",
    "http://www.example.org/\t",
    "http://www.exa\nmple.org/",
    "http://www.example.org/\x00",
    "http://www.example.org/\u202e",
    "http://www.exa\u200bmple.org/",
    "http://www.example.org:0/",
    "http://www.example.org:65536/",
    "http://www.example.org:http/",
    "http://[::1/",
    "http://[::g]/",
    "http://[v1.x]/",
    "http://[fe80::1%25eth0]/",
    "http://a..b/",
    "http://.a/",
    "http://%31.0.0.1/",
    "http://a,b/",
    "http://" + "a" * 64 + "/",
    "http://" + "a." * 130 + "b/",
    "http://www.example.org/" + "a" * 4_000,
    "http://ex\u2100mple.org/",
    5,
    ["http://www.example.org/"],
]
GOOD = [
    "http://www.example.org",
    "https://www.example.org/a/1.html?b=c&d=%20",
    "HTTP://WWW.Example.ORG/A".replace("HTTP", "http"),
    "http://www.example.org:8080/",
    "http://127.0.0.1:8000/",
    "http://[::1]:8000/",
    "http://localhost/",
    "http://my_host.example/",
    "http://例子.中国/报告?年=2024",
    "http://www.example.org./",
]
MAIL = {"type": "email", "smtp": "smtp://mail.example.org", "from": "a@example.org", "to": ["b@example.org"]}


@pytest.mark.parametrize("address", GOOD)
def test_a_good_page_address_stays_as_written(address: str) -> None:
    assert source_of({"url": address}).url == address
    assert source_of({"url": None, "listing": address}).listing == address


def test_a_fragment_is_left_out() -> None:
    assert source_of({"url": "http://www.example.org/a#b"}).url == "http://www.example.org/a"


@pytest.mark.parametrize("address", BAD)
def test_a_bad_page_address(address: object) -> None:
    for key, source in (("url", {"url": address}), ("listing", {"url": None, "listing": address})):
        fault = fault_of(file_of(source))
        assert f"sources[0].{key} (yunxi): expected an http or https address" in fault
        assert "hunter2" not in fault


@pytest.mark.parametrize("address", BAD)
def test_a_bad_webhook_or_dashboard_address(address: object) -> None:
    first, second = faults_of(file_of(channels={"desk": {"type": "webhook", "url": address}}, web={"url": address}))
    assert "channels.desk.url: expected an http or https address" in first
    assert "web.url: expected an http or https address" in second
    assert not isinstance(address, str) or not address or f'"{address}"' not in first


# --- channels --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("secret", ["plain", "whsec_c2VjcmV0c2VjcmV0", "whsec_YWI", "whsec_YWI=", "密钥"])
def test_a_webhook_may_have_a_secret(secret: str) -> None:
    channels = {"desk": {"type": "webhook", "url": "https://hooks.example.org/", "secret": secret}}
    channel = config_of(channels=channels).channels["desk"]
    assert channel == WebhookChannel(name="desk", url=Secret("https://hooks.example.org/"), secret=Secret(secret))
    assert secret not in repr(channel)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_hunter2!", "whsec_h", "hunter2\n", 5, ["hunter2"]])
def test_a_bad_secret_does_not_show(secret: object) -> None:
    channels = {"desk": {"type": "webhook", "url": "https://hooks.example.org/", "secret": secret}}
    fault = fault_of(file_of(channels=channels))
    assert "channels.desk.secret: expected a text" in fault
    assert "hunter2" not in fault


@pytest.mark.parametrize(
    ("smtp", "host", "port", "security", "login"),
    [
        ("smtp://mail.example.org", "mail.example.org", 25, "opportunistic", None),
        ("smtp://127.0.0.1:1025/", "127.0.0.1", 1025, "opportunistic", None),
        ("smtp://u:p@mail.example.org", "mail.example.org", 587, "starttls", ("u", "p")),
        ("smtp://u%40x:p%2F%25@mail.example.org:26", "mail.example.org", 26, "starttls", ("u@x", "p/%")),
        ("smtps://mail.example.org", "mail.example.org", 465, "tls", None),
        ("smtps://u:p:q@mail.example.org:4650", "mail.example.org", 4650, "tls", ("u", "p:q")),
        ("smtp://[::1]:25", "::1", 25, "opportunistic", None),
        ("smtp://u:${P}@mail.example.org", "mail.example.org", 587, "starttls", ("u", "%41@:/?#[\\ é")),
        ("smtp://${L}@${H}", "mail.example.org", 2525, "starttls", ("u", "p")),
        ("${ALL}", "mail.example.org", 587, "starttls", ("u", "pA")),
    ],
)
def test_a_mail_server(smtp: str, host: str, port: int, security: str, login: tuple[str, str] | None) -> None:
    environment = {
        "P": "%41@:/?#[\\ é",
        "L": "u:p",
        "H": "mail.example.org:2525",
        "ALL": "smtp://u:p%41@mail.example.org",
    }
    channel = config_of(environment=environment, channels={"mail": {**MAIL, "smtp": smtp}}).channels["mail"]
    assert isinstance(channel, EmailChannel)
    assert (channel.host, channel.port, channel.security) == (host, port, security)
    assert (channel.user, channel.password) == ((login[0], Secret(login[1])) if login else ("", None))


@pytest.mark.parametrize(
    "smtp",
    [
        *("mail.example.org", "http://mail.example.org", "smtp://", "smtp://u:hunter2@", "smtp://u@mail.example.org"),
        *("smtp://:hunter2@mail.example.org", "smtp://mail.example.org/path", "smtp://u:hun/ter2@mail.example.org"),
        *(
            "smtp://u:hunter2@mail.example.org?tls=no",
            "smtp://u:hunter2@mail.example.org:99999",
            "smtp://u: @h",
            "",
            25,
        ),
    ],
)
def test_a_bad_mail_server_does_not_show(smtp: object) -> None:
    fault = fault_of(file_of(channels={"mail": {**MAIL, "smtp": smtp}}))
    assert "channels.mail.smtp: expected the address of a mail server" in fault
    assert "ter2" not in fault


@pytest.mark.parametrize(
    "mailbox",
    ["nobody", "@example.org", "a@", "a b@example.org", "a@b@c", "<a@b>", "a@b\r\nBcc: c@d", "é@example.org", "", 5],
)
def test_a_bad_mail_address(mailbox: object) -> None:
    first, second = faults_of(file_of(channels={"mail": {**MAIL, "from": mailbox, "to": ["a@localhost", mailbox]}}))
    assert "channels.mail.from: expected a mail address" in first
    assert "channels.mail.to[1]: expected a mail address" in second


def test_an_apprise_channel() -> None:
    channels = {"chat": {"type": "apprise", "url": "feishu://${TOKEN}"}}
    config = config_of(environment={"TOKEN": "t0ken"}, channels=channels)
    assert config.channels["chat"] == AppriseChannel(name="chat", url=Secret("feishu://t0ken"))
    assert "t0ken" not in repr(config)


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ({}, 'channels.x: the key "type" is missing; expected one of webhook, email, apprise'),
        ({"type": "sms"}, 'channels.x.type: expected one of webhook, email, apprise, found "sms"'),
        ({"type": 5}, "channels.x.type: expected one of webhook, email, apprise, found 5"),
        ({"type": "webhook"}, 'channels.x: the key "url" is missing'),
        ({"type": "apprise"}, 'channels.x: the key "url" is missing'),
        ({"type": "apprise", "url": "hunter2"}, "channels.x.url: expected the address of a service"),
        ({"type": "apprise", "url": "feishu://x", "language": "fr"}, "channels.x.language: expected zh or en"),
        ({"type": "webhook", "url": "http://a/", "smtp": "x"}, "channels.x.smtp: unknown key"),
        ({**MAIL, "digest": "weekly"}, 'channels.x.digest: expected hourly or daily, found "weekly"'),
        ({**MAIL, "to": "a@example.org"}, "channels.x.to: expected a list of mail addresses"),
        ({**MAIL, "to": []}, "channels.x.to: expected a list of mail addresses, found an empty list"),
        (
            {**MAIL, "to": ["a@example.org", "a@example.org"]},
            'channels.x.to[1]: "a@example.org" stands in the list twice',
        ),
        ({**MAIL, "timezone": "CST8"}, "channels.x.timezone: expected a time zone"),
        ({**MAIL, "timeout": "2h"}, "channels.x.timeout: expected a duration"),
        ("https://hooks.example.org/hunter2", "channels.x: expected keys and values"),
        (["hunter2"], "channels.x: expected keys and values"),
        (None, "channels.x: expected keys and values"),
    ],
)
def test_faults_of_a_channel(channel: object, expected: str) -> None:
    fault = fault_of(file_of(channels={"x": channel}))
    assert expected in fault
    assert "hunter2" not in fault


def test_channels_have_names() -> None:
    webhook = {"type": "webhook", "url": "http://a/"}
    assert "expected 1 to 100 letters, digits, '.', '_' or '-'" in fault_of(file_of(channels={"a b": webhook}))
    assert "channels: expected names" in fault_of(file_of(channels=[webhook]))


@pytest.mark.parametrize("proxy", ["http://p.example:3128", "https://p.example", "socks5://u:p%40@127.0.0.1:1080"])
def test_a_proxy(proxy: str) -> None:
    config = config_of(network={"proxy": proxy})
    assert config.network.proxy == Secret(proxy)
    assert "p.example" not in repr(config.network)


@pytest.mark.parametrize(
    "proxy", ["p.example:3128", "ftp://p.example", "socks4://h", "http://p.example/x", "http://u:hunter2@h:0", 5]
)
def test_a_bad_proxy_does_not_show(proxy: object) -> None:
    fault = fault_of(file_of(network={"proxy": proxy}))
    assert "network.proxy: expected the address of a proxy" in fault
    assert "hunter2" not in fault
