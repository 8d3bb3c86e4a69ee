"""A made-up alert for `alerts test CHANNEL`: looks like a real one, and says that it is a test. Pure."""

from datetime import datetime

from crawler.checks import Alert
from crawler.model import Json


def sample(channel: str, at: datetime) -> Alert:
    """A changed target of a place that does not exist."""
    identity = f"test-{channel}-{at:%Y%m%d%H%M%S%f}"
    return Alert(
        id=identity,
        type="page.changed",
        source="test",
        page=None,
        raised_at=at,
        summary="【测试 test】地区生产总值增长 6%左右 → 5.5%左右",
        payload=_payload(identity, at),
        channels=(channel,),
    )


def _payload(identity: str, at: datetime) -> dict[str, Json]:
    old, new = _target("6", "增长6%左右"), _target("5.5", "增长5.5%左右")
    before, after = "今年发展的主要预期目标是：地区生产总值", "，城镇新增就业2万人以上。"
    return {
        "type": "page.changed",
        "id": identity,
        "occurred_at": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "source": {"id": "test", "title": "测试 test"},
        "page": {
            "url": "https://www.example.org/report.html",
            "title": "【测试 test】某某市政府工作报告",
            "region": "【测试 test】某某市",
            "year": at.year,
        },
        "versions": {"old": 1, "new": 2},
        "summary": "【测试 test】地区生产总值增长 6%左右 → 5.5%左右",
        "reason": None,
        "targets": {
            "changed": [
                {"indicator": "地区生产总值", "words": "地区生产总值增长 6%左右 → 5.5%左右", "old": old, "new": new}
            ],
            "added": [],
            "removed": [],
        },
        "reports": [],
        "text": {
            "hunks": [
                {
                    "op": "replace",
                    "old": "增长6%左右",
                    "new": "增长5.5%左右",
                    "before": before,
                    "after": after,
                    "report": "",
                }
            ],
            "unified": f"-{before}增长6%左右{after}\n+{before}增长5.5%左右{after}\n",
            "truncated": False,
        },
        "links": {"page": "https://www.example.org/report.html", "diff": None},
    }


def _target(value: str, sentence: str) -> dict[str, Json]:
    return {
        "indicator": "地区生产总值",
        "key": "地区生产总值",
        "kind": "growth",
        "relation": "about",
        "low": value,
        "high": value,
        "unit": "%",
        "text": f"{value}%",
        "sentence": f"地区生产总值{sentence}",
        "status": "target",
        "report": "",
        "words": f"{value}%左右",
    }
