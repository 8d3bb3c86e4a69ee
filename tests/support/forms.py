"""The dashboard's form of a source as a browser without scripts has it, and a file of sources with much to spoil."""

import html as markup
import re

import httpx

from tests.support.dashboard import Browser

FILE = """\
# Our watch list; keep it in order.
defaults: {every: 6h, delay: 0s}   # for all
network: {allow_private: true}
channels:
    desk: {type: webhook, url: "https://hooks.example.org/x"}   # the desk

sources:
  # --- the north
  - id: qinghe            # a county
    title: &name 清河县政府工作报告
    url: "https://www.example.org/qinghe.html"   # its portal
    body:
      drop:
        - '#ad'   # advert
    # every: 1h

  # --- the south
  - {id: yunxi, url: 'https://www.example.org/${REGION}/yunxi.html', watch: {targets: [就业], added: false}}
"""


def filled(answer: httpx.Response) -> dict[str, str]:
    """The fields of the form as they stand on a page."""
    text = answer.text.partition('class="sheet"')[2]
    fields = {
        name: markup.unescape(shown)
        for name, shown in re.findall(r'<input (?:id="[^"]*" |type="hidden" )?name="([^"]+)" value="([^"]*)"', text)
    }
    for name, shown in re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', text, re.DOTALL):
        fields[name] = markup.unescape(shown)
    for name, choices in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', text):
        fields[name] = next(iter(re.findall(r'value="(\w*)" selected', choices)), "")
    fields["kind"] = re.findall(r'name="kind" value="(\w+)" checked', text)[0]
    return fields


def saved(browser: Browser, path: str, **typed: str) -> httpx.Response:
    """A form opened, filled in and sent."""
    return browser.post(path, data={**filled(browser.get(path)), **typed})


def words(answer: httpx.Response) -> str:
    """What a person reads on a page."""
    return markup.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))


def previewed(browser: Browser, path: str, **typed: str) -> httpx.Response:
    """A form opened, filled in and looked at."""
    return browser.post("/sources/preview", data={**filled(browser.get(path)), **typed})
