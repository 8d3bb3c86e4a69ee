"""A portal that puts what does harm wherever it may put text: titles, bodies, links, file names, headers, errors."""

import html
import re

from tests.support.http_server import HttpServer, page, redirect, reply

STEERING = "\x1b]0;taken over\x07\x1b[31m\x9b2J\x08\x7f"
TURNING = "\u202egnp.exe\u202c\u2066\u2067\u2069\u200e\u200f\u061c"
UNSEEN = "\u200b\u200c\u200d\u2060\u00ad\ufeff\u3164\U000e0041"
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'[bold]"
LINES = "\r\nBcc: victim@example.org\u2028\u2029\x85\r"
BAD = STEERING + TURNING + UNSEEN + MARKUP

RAW = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\U000e0000-\U000e007f]"
)
"""What must stand raw in no output (written down anew: the program's own list may be wrong)."""

BODY = [
    f"=HYPERLINK(1)今年政府工作的总体要求是：坚持稳中求进，{BAD}聚焦实体经济，办好民生实事，推动云溪高质量发展迈上新台阶。",
    f"今年发展的主要预期目标是：=cmd{UNSEEN}地区生产总值增长6%左右；@城镇调查失业率控制在5%以内；+固定资产投资增长8%以上。",
    f"全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，{TURNING}让田园更有看头、农民更有奔头。",
    f"-持续优化营商环境，新增经营主体1.2万户，为企业减负20亿元以上，办事材料再减一成。{STEERING}",
]
TITLE = f"=1+1{BAD}云溪市2026年政府工作报告"
NEXT_TITLE = f"@SUM(1){BAD}河川市2025年政府工作报告"
HEADERS = {"Server": "\x1b[31m\x9b2J", "ETag": '"\x1b[31m"', "Last-Modified": "\x1b[31m", "X-Odd": "<script>"}


def written(text: str) -> str:
    """As HTML that means the text: raw controls would make it binary data, references do not."""
    return re.sub("[\x00-\x1f\x7f]", lambda found: f"&#{ord(found[0])};", html.escape(text))


def report(lines: list[str], title: str) -> bytes:
    """A page of it, everything as references or raw, as a browser would take it."""
    body = "".join(f"<p>{written(line)}</p>" for line in lines)
    shown = written(title)
    text = f"<html><head><title>{shown}</title></head><body><h1>{shown}</h1><div>{body}</div></body></html>"
    return page(text, **HEADERS)


def edited(lines: list[str]) -> list[str]:
    """A target lowered, and a hostile word put in."""
    return [line.replace("增长6%", "增长5.5%").replace("更有看头", f"更有{BAD}看头") for line in lines]


def open_portal() -> HttpServer:
    """The portal before its first edit; `edit` makes that."""
    links = [f'<li><a href="/r/{n}{written(BAD)}.html">{written(TITLE)}</a></li>' for n in (1, 2)]
    listing = f"<html><head><title>{written(BAD)}</title></head><body><ul>{''.join(links)}</ul></body></html>"
    name = written(f"附件{BAD}报告")
    notice = (
        f"<html><head><title>{written(TITLE)}</title></head><body><h1>{written(TITLE)}</h1>"
        f'<div><p>现将报告予以公布，全文见附件。</p><p><a href="/f/{name}.pdf">{name}.pdf</a></p></div></body></html>'
    )
    return HttpServer(
        {
            "/report.html": report(BODY, TITLE),
            "/next.html": report([line.replace("6%", "5%") for line in BODY], NEXT_TITLE),
            "/list.html": page(listing, **HEADERS),
            "/notice.html": page(notice, **HEADERS),
            "/phrase.html": b"HTTP/1.1 500 \x1b[31m\xe2\x80\xaeOops\r\nContent-Length: 0\r\n\r\n",
            "/kind.html": reply(b"\x00\x01\x02" * 100, headers={"Content-Type": f"application/{STEERING[:-2]}"}),
            "/broken.html": b"HTTP/1.1 \x1b[31m\xe2\x80\xae\r\n\r\n",
            "/moved.html": redirect("/\x1b[31m\x9b2J.html"),
        },
        fallback=reply(report(BODY, TITLE), 404),
    )


def edit(portal: HttpServer) -> None:
    """What a portal does between two checks."""
    portal.routes["/report.html"] = report(edited(BODY), TITLE + "（修订）")
