"""What was left out of a page, and why, in words."""

from crawler.extract import explain, extract, surroundings_of
from crawler.model import Selectors

BODY = (
    "石桥县新的一年要扩大内需，推动产业升级，粮食产量稳定在12万吨以上，让群众过上更好的日子。",
    "石桥县全年新增城镇就业8000人，改造老旧小区20个，群众的获得感更加充实。",
)
ABOUT = "石桥信息港由一群热爱家乡的青年共同打理，每天为大家送上家乡的新鲜事，陪伴大家走过了许多年。"


def page(*, around: str = "", behind: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in BODY)
    return f"<html><body>{around}<div><h1>石桥县政府工作报告</h1><div>{body}</div>{behind}</div></body></html>"


def reasons(markup: str, **more: object) -> dict[str, str]:
    return {line.text: line.reason for line in explain(markup, **more)}


def test_each_line_of_a_page_is_body_or_has_its_reason() -> None:
    markup = page(around="<nav><a href=/>首页</a></nav>", behind="<p>上一篇：没有了</p><p>版权所有 石桥信息港</p>")
    texts = [*extract(markup).paragraphs, *reasons(markup)]
    assert sorted(texts) == sorted([*BODY, "首页", "石桥县政府工作报告", "上一篇：没有了", "版权所有石桥信息港"])


def test_reasons_name_what_a_line_was_taken_for() -> None:
    markup = page(
        around="<div><a href=/>首页</a></div>",
        behind="<p>上一篇：没有了</p><h3>相关文章</h3><ul><li>河川市报告</li><li>柳湾区报告</li></ul>",
    )
    found = reasons(markup)
    assert "link" in found["首页"]
    assert "behind bodies" in found["上一篇：没有了"]
    assert "heading of a list" in found["相关文章"]
    assert "list of other articles" in found["河川市报告"]


def test_a_shared_line_says_on_how_many_pages_it_was_met() -> None:
    markup = page(behind=f"<section><p>{ABOUT}</p></section>")
    template = frozenset(surroundings_of(markup))
    assert reasons(markup, template=template)[ABOUT] == "3 pages of this host or more have it at the same place"


def test_a_selector_answers_for_what_it_leaves_out() -> None:
    markup = page(behind=f"<div id=about><p>{ABOUT}</p></div>")
    found = reasons(markup, selectors=Selectors(select="#about"))
    assert found[BODY[0]] == "outside the selected element"


def test_other_documents_have_nothing_to_explain() -> None:
    assert explain("石桥县政府工作报告\n\n粮食产量稳定在12万吨以上。".encode(), "text/plain") == ()
