"""Seconds, CPU and memory of `crawler once` over many local pages: python bench/once.py [PAGES]

A server in a process of its own serves made-up reports of about 12 KB text in pages of about 60 KB, with furniture that
moves at every request. The first round stores every page; in the second nothing but furniture has moved; before the
third, one page in a hundred was edited. Prints one row a round; false and missed must be 0.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import Process, Value
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = [
    "扎实推进乡村全面振兴，新建高标准农田{}万亩，改造农村公路{}公里，让田园更有看头、农民更有奔头。",
    "大力实施扩大有效投资行动，完成固定资产投资{}亿元、增长{}%以上，开工亿元以上项目40个。",
    "不断优化营商环境，落实惠企资金{}亿元以上，新增经营主体{}户，办事流程再压缩三成。",
    "坚持以人民为中心，城镇新增就业{}人，新改扩建学校{}所，基层医疗服务更加便捷。",
    "坚定不移防范化解风险，守牢安全生产底线，做好防汛防台各项工作，确保社会大局和谐稳定。",
]


def paragraphs(page: int, edited: bool) -> list[str]:
    """The page's body: about 12 KB of UTF-8."""
    dice = random.Random(page)
    lines = [dice.choice(SENTENCES).format(dice.randrange(2, 90), dice.randrange(2, 90)) * 3 for _ in range(32)]
    lines[0] = f"今年的主要预期目标是：地区生产总值增长{5 if edited else 6}%左右，城镇调查失业率控制在5%以内。"
    return lines


def serve(port: "Synchronized[int]", edited: "Synchronized[int]") -> None:
    """Serve every /N.html; edited pages are those whose number `edited` divides."""
    furniture = random.Random()

    class Portal(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            name = self.path.strip("/").removesuffix(".html")
            if not name.isdigit():
                self.send_error(404)
                return
            number = int(name)

            def links() -> str:
                return "".join(
                    f'<li><a href="/{furniture.randrange(10**6)}.html">推荐阅读之{furniture.randrange(10**6)}</a></li>'
                    for _ in range(100)
                )

            script = f"<script>var visit = {furniture.randrange(10**9)};{'track(0);' * 3500}</script>"
            body = "".join(
                f"<p>{line}</p>" for line in paragraphs(number, bool(edited.value and number % edited.value == 0))
            )
            html = (
                f"<html><head><meta charset=utf-8><title>第{number}县2026年政府工作报告</title>{script}</head><body>"
                f"<ul>{links()}</ul><h1>第{number}县2026年政府工作报告</h1><div>{body}</div>"
                f"<p>阅读 {furniture.randrange(10**6)} 次 分享 收藏</p><ul>{links()}</ul></body></html>"
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(html)))
            self.end_headers()
            self.wfile.write(html)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    port.value = server.server_address[1]
    server.serve_forever()


def measure(folder: Path) -> tuple[float, float, float, dict]:
    """Wall seconds, CPU seconds and peak megabytes of one `once`, and what it printed."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "crawler", "once", "--json"], cwd=folder, stdout=subprocess.PIPE,
                               env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    out, _ = process.communicate()
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, after.ru_maxrss / 1024, json.loads(out)


def main(pages: int) -> None:
    """Serve, measure three rounds, print the table."""
    port, edited = Value("i", 0), Value("i", 0)
    portal = Process(target=serve, args=(port, edited), daemon=True)
    portal.start()
    while not port.value:
        time.sleep(0.01)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        entries = "".join(f'  - {{id: p{n}, url: "http://127.0.0.1:{port.value}/{n}.html"}}\n' for n in range(pages))
        (folder / "sources.yaml").write_text(
            f"defaults: {{delay: 0s}}\nnetwork: {{allow_private: true}}\nsources:\n{entries}"
        )
        print("| round | wall s | CPU s | CPU ms/page | peak MB | database MB | false | missed |")
        print("| --- | --- | --- | --- | --- | --- | --- | --- |")
        for label, every in (("first", 0), ("only furniture moved", 0), ("1 % edited", 100)):
            edited.value = every
            wall, cpu, peak, said = measure(folder)
            wanted = {f"p{n}" for n in range(pages) if every and n % every == 0}
            told = {row["source"] for row in said["pages"] if row["outcome"] not in ("new", "unchanged")}
            size = sum(path.stat().st_size for path in folder.glob("crawler.db*")) / 1e6
            print(f"| {label} | {wall:.1f} | {cpu:.1f} | {1000 * cpu / pages:.1f} | {peak:.0f} | {size:.1f} "
                  f"| {len(told - wanted)} | {len(wanted - told)} |", flush=True)  # fmt: skip
    portal.kill()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
