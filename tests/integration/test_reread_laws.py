"""Whatever happens to page, rules and evidence between two checks: each edit is told once, and nothing else is."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.checks import Outcome
from crawler.model import Article
from storage import queries
from storage.store import Store
from tests.support.rereading import improve
from tests.support.store import HOUR, NOW, alter, opened
from tests.support.values import source
from tests.support.web import Web, round_of

THEMES = ("农业", "工业", "商贸", "教育", "医疗", "交通", "水利", "文旅")
BODY = [
    f"{theme}方面坚持稳中求进，新建{theme}项目{number}个，群众的日子一年比一年红火，{theme}服务更加便捷。"
    for number, theme in enumerate(THEMES, 3)
]
ABOUT = "晴川文库的说明：新增停车位50个，改造管网50公里，请大家多多支持我们的工作并且常来看看。"
EVENTS = ("edit", "edit", "noise", "rules", "rules", "move", "damage", "failure")


@dataclass
class World:
    """A page in one part or two, of which the rules let one line in or leave it out."""

    dice: random.Random
    store: Store
    web: Web = field(default_factory=Web)
    number: int = 10
    noise: int = 0
    address: int = 0
    rules: int = 0
    lets_in: bool = True
    hours: int = 0

    def __post_init__(self) -> None:
        self.parts = self.dice.choice((1, 2))
        self.place = self.dice.choice((3, len(BODY)))

    def lines(self) -> list[str]:
        body = [text.replace("项目4个", f"项目{self.number}个") for text in BODY]
        return [*body[: self.place], ABOUT, *body[self.place :]]

    def read(self, article: Article) -> Article:
        if self.lets_in:
            return article
        return replace(article, paragraphs=tuple(text for text in article.paragraphs if text != ABOUT))

    def url(self, part: int = 1) -> str:
        return f"https://www.example.org/{self.address}{'' if part == 1 else '_2'}.html"

    def publish(self) -> None:
        cut = 4 if self.parts == 2 else len(BODY) + 1
        shares = [self.lines()[:cut], self.lines()[cut:]][: self.parts]
        links = "".join(f'<a href="{self.url(part)}">{part}</a>' for part in (1, 2)) if self.parts == 2 else ""
        for part, share in enumerate(shares, 1):
            body = "".join(f"<p>{text}</p>" for text in share)
            page = f"<h1>云溪市2026年政府工作报告</h1><div>{body}</div><p>{links}</p><!-- {self.noise} -->".encode()
            tag = {"etag": f'"{self.number} {self.noise}"'} if self.dice.random() < 0.5 else {}
            self.web.put(self.url(part), page, **tag)

    async def check(self) -> tuple[Outcome, list[tuple[str, str]]]:
        """The outcome of one check, and the edits it told."""
        self.hours += 1
        page = source(url=self.url(), delay=timedelta(0))
        now = NOW + self.hours * HOUR
        (result,) = await round_of(self.web, self.store, page, now=now, rules=f"rules{self.rules}")
        hunks = [hunk for alert in result.alerts for hunk in alert.payload["text"]["hunks"]]
        return result.outcome, [(hunk["old"], hunk["new"]) for hunk in hunks]

    async def happen(self, event: str) -> None:
        self.number += event == "edit"
        self.noise += event == "noise"
        self.address += event == "move"
        if event == "rules":
            self.rules, self.lets_in = self.rules + 1, self.dice.random() < 0.5
        if event == "damage":
            alter(self.store.database.path, "UPDATE content SET data = x'0011'")
        if event == "failure":
            for url in (self.url(1), self.url(2)):
                self.web.fail(url)
            await self.check()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "crawler.db") as open_store:
        yield open_store


@pytest.mark.parametrize("seed", range(6))
async def test_each_edit_is_told_once_and_nothing_else_is(
    store: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    world = World(random.Random(seed), store)
    improve(monkeypatch, world.read)
    world.publish()
    await world.check()
    for _ in range(10):
        before = world.number
        for event in world.dice.sample(EVENTS, world.dice.randint(1, 3)):
            await world.happen(event)
        world.publish()
        seen = [await world.check()]
        while seen[-1][0] is not Outcome.UNCHANGED and len(seen) < 4:
            seen.append(await world.check())
        told = [hunk for _, hunks in seen for hunk in hunks]
        assert told == ([(str(before), str(world.number))] if world.number != before else [])
        assert seen[-1][0] is Outcome.UNCHANGED
        said = [text for text in world.lines() if world.lets_in or text != ABOUT]
        assert queries.show(store, 1).body == "\n".join(said)
