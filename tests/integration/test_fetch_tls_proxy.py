"""TLS is verified, and a configured proxy carries every request without opening a way around the guard."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import trustme

from crawler.errors import UsageError
from crawler.model import FailureKind
from crawler.options import Secret
from tests.support.fetching import failed, fetched, fetcher, name_hosts
from tests.support.http_server import Exchange, HttpServer, page, reply

PAGE = page("<p>x</p>")
PUBLIC = "93.184.216.34"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def serve_tls(authority: trustme.CA, *names: str) -> HttpServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return HttpServer({"/a": PAGE}, tls=context)


async def test_a_trusted_certificate_for_the_host(
    authority: trustme.CA, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_hosts(monkeypatch, {"portal.example": [PUBLIC]})
    with serve_tls(authority, "portal.example") as server:
        async with fetcher(allow_private=False, ca_file=ca_file) as web:
            answer = await fetched(web, server.url("/a", "portal.example"))
    assert answer.url.startswith("https://portal.example:")


async def test_an_untrusted_certificate_is_refused(authority: trustme.CA) -> None:
    with serve_tls(authority, "127.0.0.1") as server:
        async with fetcher() as web:
            failure = await failed(web, server.url("/a"), FailureKind.TLS)
    assert failure.reason.startswith("TLS certificate not trusted: ")
    assert server.requests == []


async def test_a_certificate_for_another_name_is_refused(
    authority: trustme.CA, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It names the very address that is dialled: that must not do.
    name_hosts(monkeypatch, {"portal.example": [PUBLIC]})
    with serve_tls(authority, "other.example", PUBLIC, "127.0.0.1") as server:
        async with fetcher(ca_file=ca_file) as web:
            failure = await failed(web, server.url("/a", "portal.example"), FailureKind.TLS)
    assert "portal.example" in failure.reason
    assert server.requests == []


async def test_two_names_on_one_address_do_not_share_a_connection(
    authority: trustme.CA, ca_file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name_hosts(monkeypatch, {"portal.example": [PUBLIC], "other.example": [PUBLIC]})
    with serve_tls(authority, "portal.example") as server:
        async with fetcher(ca_file=ca_file) as web:
            await fetched(web, server.url("/a", "portal.example"))
            await failed(web, server.url("/a", "other.example"), FailureKind.TLS)


async def test_a_server_without_tls_is_told_as_such() -> None:
    async def refuse(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(reply(b"plain HTTP only", 400))
        writer.close()

    async with await asyncio.start_server(refuse, "127.0.0.1", 0) as plain, fetcher() as web:
        port = plain.sockets[0].getsockname()[1]
        failure = await failed(web, f"https://127.0.0.1:{port}/", FailureKind.TLS)
    assert failure.reason.startswith("TLS handshake failed")


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_an_unusable_ca_file_is_a_usage_error(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "ca.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match=r"network\.ca_file: cannot read .*ca\.pem: "):
        fetcher(ca_file=str(path))


# --- proxy -----------------------------------------------------------------------------------------------------------


async def tunnel(exchange: Exchange) -> None:
    """CONNECT: answer, then carry bytes to the host of the test, whatever name was asked for."""
    port = int(exchange.request.target.rpartition(":")[2])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await exchange.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
    try:
        await asyncio.gather(carry(exchange.reader, writer), carry(reader, exchange.writer))
    finally:
        writer.close()


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
        writer.close()


@pytest.fixture
def proxy() -> Iterator[HttpServer]:
    with HttpServer(fallback=PAGE) as running:
        yield running


async def test_pages_come_through_the_proxy(proxy: HttpServer) -> None:
    async with fetcher(allow_private=False, proxy=Secret(proxy.url().replace("://", "://user:pw@"))) as web:
        answer = await fetched(web, "http://portal.invalid/a")  # a name only the proxy can resolve
    assert answer.content == b"<p>x</p>"
    assert proxy.targets == ["http://portal.invalid/robots.txt", "http://portal.invalid/a"]
    assert proxy.requests[0].headers["proxy-authorization"].startswith("Basic ")


async def test_tls_goes_through_the_proxy_and_is_verified(
    authority: trustme.CA, ca_file: str, proxy: HttpServer
) -> None:
    proxy.fallback = tunnel
    with serve_tls(authority, "portal.invalid") as server:
        async with fetcher(allow_private=False, ca_file=ca_file, proxy=Secret(proxy.url())) as web:
            await fetched(web, server.url("/a", "portal.invalid"))
            await failed(web, server.url("/a", "other.invalid"), FailureKind.TLS)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "10.0.0.1", "[::1]", "169.254.169.254"])
async def test_the_proxy_is_not_asked_for_private_hosts(proxy: HttpServer, host: str) -> None:
    async with fetcher(allow_private=False, proxy=Secret(proxy.url())) as web:
        await failed(web, f"http://{host}/", FailureKind.ADDRESS)
        await failed(web, f"https://{host}/", FailureKind.ADDRESS)
    assert proxy.requests == []


async def test_a_proxy_that_is_down_is_named_as_the_culprit(proxy: HttpServer) -> None:
    with HttpServer() as stopped:
        address = stopped.url()
    async with fetcher(proxy=Secret(address)) as web:
        failure = await failed(web, "http://portal.invalid/", FailureKind.CONNECT)
    assert failure.reason == f"the proxy: connection refused by 127.0.0.1:{stopped.port}"


async def test_a_proxy_that_refuses_is_named_too(proxy: HttpServer) -> None:
    proxy.fallback = reply(status=403)
    async with fetcher(proxy=Secret(proxy.url())) as web:
        failure = await failed(web, "https://portal.invalid/", FailureKind.CONNECT)
    assert failure.reason == "the proxy refused: 403 Forbidden"


@pytest.mark.parametrize("address", ["nonsense", "ftp://geheim@proxy.example/"])
def test_an_unusable_proxy_is_a_usage_error_without_its_password(address: str) -> None:
    with pytest.raises(UsageError, match=r"network\.proxy: ") as caught:
        fetcher(proxy=Secret(address))
    assert "geheim" not in str(caught.value)


async def test_a_socks_proxy_is_asked_for_the_name() -> None:
    asked: list[bytes] = []
    done = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(1 + 1 + 1)  # version, one method: no login
        writer.write(b"\x05\x00")
        _, _, _, kind, length = await reader.readexactly(5)
        assert kind == 3, "a name, not an address"
        asked.append(await reader.readexactly(length + 2))
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        with suppress(asyncio.IncompleteReadError):
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(page("<p>through the proxy</p>"))
        writer.close()
        await writer.wait_closed()
        done.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, fetcher(proxy=Secret(f"socks5://127.0.0.1:{port}")) as web:
        assert b"through the proxy" in (await fetched(web, "http://portal.invalid/a.html")).content
        await web.aclose()
        await asyncio.wait_for(done.wait(), 10)
    assert asked[0] == b"portal.invalid" + (80).to_bytes(2, "big")
