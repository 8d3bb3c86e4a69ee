"""What pages tell of themselves at a body's edges goes, marked up as it may be; what a body says of itself stays."""

import pytest

from crawler.extract import extract
from crawler.extract.notices import tells_of_page

REPORT = [f"全市上下凝心聚力，完成了第{n}个方面的工作，取得了新的进展，群众的日子越过越好。" for n in "一二三四五六"]
NOTICES = [
    "松风文库创办于2011年，是一家专注于公文写作的资料分享平台。",
    "作者：老船工，渡口专栏作者，关注水乡变迁。",
    "【作者简介】陈晓，曾任职于云溪市文联，自由撰稿人。",
    "功能介绍 权威发布，便民问答。",
    "白鹭洲网由云溪日报社主办，是全市重要的新闻网站，地址：渡口路3号。",
    "重要提示：本文由网友上传，松风文库不对内容负责。",
    "此文已发布超过60个月，部分内容可能已经过时。",
    "友情提醒：网页上的文字可能有误，以印发的文件为准。",
]


def body(*lines: str) -> list[str]:
    """The body of a page of such paragraphs."""
    return list(
        extract(f"<html><body><div>{''.join(f'<p>{line}</p>' for line in lines)}</div></body></html>").paragraphs
    )


@pytest.mark.parametrize("line", NOTICES)
def test_notices_and_portraits_go_at_both_edges(line: str) -> None:
    assert body(line, *REPORT) == REPORT
    assert body(*REPORT, line) == REPORT


@pytest.mark.parametrize("line", [line for line in NOTICES if line.startswith(("松风", "作者", "白鹭洲"))])
def test_amid_a_body_such_words_tell_nothing(line: str) -> None:
    assert line in body(*REPORT[:3], line, *REPORT[3:])


@pytest.mark.parametrize(
    "line",
    [
        "注：本公报中数据均为初步统计数，部分数据因四舍五入，存在总计与分项合计不等的情况。",
        "说明：本报告中的增速按可比价格计算，绝对数以统计年鉴为准。",
        "本文件自印发之日起施行，此前有关规定与本文件不一致的，以本文件为准。",
        "云溪文旅集团成立于2009年，是一家市属国有企业，员工两千余人。",
        "各位代表，现在我代表市人民政府，向大会作工作报告，请予审议。",
        "重要提示：台风过境期间，沿江居民请勿外出，服从安排。",
        "资料来源：本公报中就业数据来自市人力资源和社会保障局，其他数据来自市统计局。",
        "政府网站年检合格率达到100%，新媒体账号全部整改到位。",
        "公司主办的创作者大会吸引了三百名作家。",
    ],
)
def test_what_a_body_says_at_its_edges_stays(line: str) -> None:
    assert not tells_of_page(line)
    assert line in body(*REPORT, line)


def test_a_text_of_little_else_is_left_as_it_is() -> None:
    assert NOTICES[0] in body(NOTICES[0], REPORT[0])
