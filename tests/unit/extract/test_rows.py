"""Tables of data become lines a reader understands, cell by cell."""

import pytest

from crawler.extract import extract

LEAD = "柳湾区全年新增城镇就业8000人，改造老旧小区20个，群众的获得感更加充实。"


def rows(*cells: str) -> tuple[str, ...]:
    """The lines of a table with these rows, below a sentence."""
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    first, *found = extract(f"<p>{LEAD}</p><table>{table}</table>").paragraphs
    assert first == LEAD
    return tuple(found)


HEAD = "<th>指标</th><th>2025</th><th>2026</th>"


@pytest.mark.parametrize(
    ("row", "line"),
    [
        ("<td>生产总值</td><td>5%</td><td>6%</td>", "生产总值 | 5% | 6%"),
        ("<td>生产总值</td><td></td><td>6%</td>", "生产总值 | | 6%"),
        ("<td>生产总值</td><td>6%</td><td></td>", "生产总值 | 6% |"),
        ("<td>生产总值</td><td>&nbsp;</td><td>6%</td>", "生产总值 | | 6%"),
        ("<td></td><td>5%</td><td>6%</td>", "| 5% | 6%"),
        ("<td>生产<br>总值</td><td><p>5%</p></td><td><p>6%</p><p>左右</p></td>", "生产总值 | 5% | 6%左右"),
    ],
)
def test_each_cell_keeps_its_place(row: str, line: str) -> None:
    assert rows(HEAD, row) == ("指标 | 2025 | 2026", line)


def test_a_value_that_moves_to_another_column_is_another_text() -> None:
    assert rows(HEAD, "<td>粮食</td><td></td><td>6</td>") != rows(HEAD, "<td>粮食</td><td>6</td><td></td>")


def test_a_table_that_only_lays_a_page_out_is_no_table_of_data() -> None:
    long = "我们坚持稳中求进，扩大内需，推动产业升级，让群众过上更好的日子，让家乡一年比一年更加美丽。" * 8
    assert rows(f"<td>{long}</td><td><p>{long}</p><p>{long}</p></td>") == (long, long, long)


def test_a_row_with_a_heading_in_a_cell_lays_a_page_out() -> None:
    page = "<td>青岭 阴 4℃</td><td><h2>关于防汛工作的通知</h2><p>各乡镇要立即启动值守。</p></td>"
    assert rows(page) == ("各乡镇要立即启动值守。",)


def test_a_table_within_a_cell_speaks_for_itself() -> None:
    inner = "<table><tr><td>床位</td><td>500张</td></tr></table>"
    assert rows(f"<td>民生</td><td>{inner}</td>")[-1] == "床位 | 500张"
