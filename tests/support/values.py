"""Values for tests of the rules: each function gives a plain one, with what the test is about as arguments."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from crawler.checks import Document, Due
from crawler.decide import Moment
from crawler.failing import Health
from crawler.model import Schedule, Source
from crawler.targets import find_targets
from crawler.text import fingerprint

NOW = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)
INSTALLATION = "3f2b8f0c-6f1e-4a51-9d0c-1f6f3f2f9a10"

PARAGRAPHS = (
    "今年政府工作的总体要求是：坚持稳中求进，聚焦实体经济，办好民生实事，推动云溪高质量发展迈上新台阶。",
    "今年发展的主要预期目标是：地区生产总值增长6%左右；城镇调查失业率控制在5%以内；固定资产投资增长8%以上。",
    "全面推进乡村振兴，新建高标准农田3万亩，改造农村公路120公里，让田园更有看头、农民更有奔头。",
    "持续优化营商环境，新增经营主体1.2万户，为企业减负20亿元以上，办事材料再减一成。",
)
TEXT = "\n".join(PARAGRAPHS)


def source(**fields: Any) -> Source:
    """A source of one page."""
    plain = Source(
        id="yunxi",
        title="云溪市政府工作报告",
        url="https://www.example.org/yunxi.html",
        schedule=Schedule(every=timedelta(hours=6)),
        alert=("desk",),
    )
    return replace(plain, **fields)


def document(text: str = TEXT, **fields: Any) -> Document:
    """A document as read, with its targets."""
    plain = Document(
        url="https://www.example.org/yunxi.html",
        title="云溪市2026年政府工作报告",
        published=None,
        region="云溪市",
        year=2026,
        paragraphs=tuple(text.split("\n")),
        targets=tuple(find_targets(text, 2026)),
        parts=(),
        captures=(),
        fetched_at=NOW,
        fingerprint=fingerprint(text),
    )
    return replace(plain, **fields)


def due(text: str = TEXT, **fields: Any) -> Due:
    """A page that was read once before; `version=0` makes it one that never was."""
    plain = Due(
        page=7,
        source=source(),
        url="https://www.example.org/yunxi.html",
        title="云溪市2026年政府工作报告",
        region="云溪市",
        year=2026,
        version=1,
        fingerprint=fingerprint(text),
        characters=len(text),
        target_count=sum(target.status == "target" for target in find_targets(text, 2026)),
    )
    return replace(plain, **fields)


def moment(**fields: Any) -> Moment:
    """A healthy source at `NOW`."""
    plain = Moment(
        now=NOW, jitter=0.0, installation=INSTALLATION, health=Health(told_failing=False, failing_elsewhere=0)
    )
    return replace(plain, **fields)
