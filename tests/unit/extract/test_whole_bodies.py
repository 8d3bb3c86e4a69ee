"""Nothing of a body is lost: forms of texts whose lines look like furniture, or stand in markup of their own."""

import pytest

from crawler.extract import extract

A, B, C, D = (
    f"全县地区生产总值达到{number}亿元,增长6.1%;一般公共预算收入12.4亿元,增长3.2%。" for number in range(212, 216)
)
FLAT = {
    "a lone word of debates": (A, "讨论", B, C),
    "key words": (A, B, "关键词:改革、创新、开放", C, D),
    "key words by number": (A, B, "关键词一:改革", "关键词二:创新", C, D),
    "numbers of headings": ("一、", A, B, "二、", C),
    "rights": (A, "版权保护力度持续加大,查处侵权案件31件。", B, C),
    "rights at the end": (A, B, C, "版权保护持续加强,侵权盗版行为得到有力打击。"),
    "offices and names": (A, "主任:样甲", "副主任:样乙样丙", "委员:样丁样戊", B),
    "names": ("现将名单公布如下,请各单位认真组织学习,抓好落实:", "样甲", "样乙", "样丙", "样丁"),
    "verses": ("青岚山下水如蓝", "十里春风到白鹭", "一棹烟波人去后", "满船明月照归途"),
    "interview": (
        "记者:请问今年的目标是什么?",
        "样甲:今年目标是增长6%左右,新增就业2000人。",
        "记者:下一步怎么做",
        "样甲:" + A,
    ),
    "questions of citizens": ("主持人:欢迎收看访谈", "局长:大家好," + A, "网友:怎么报名?", "局长:" + B, "网友:谢谢"),
    "whom to call": (A, "联系人:样甲,联系电话:0571-88000000", "地址:青岚县人民路1号", "青岚县民政局", "2024年2月1日"),
    "whom to call at the end": (A, "咨询时间:工作日", "联系电话:0571-88000000"),
    "programme": (
        "会议日程安排如下,请参会代表准时出席,遵守会议纪律。",
        "2024年1月22日09:00开幕式",
        "2024年1月22日14:30分组讨论",
        "2024年1月23日09:00闭幕式",
    ),
    "how to apply": (
        "符合条件的居民请登录青岚县政务服务网,点击“生育津贴”专栏,注册账号后提交申请。",
        "请您于4月1日前完成网上报名,逾期不再受理。",
        "青岚县卫生健康局",
    ),
    "news of an app": (A, "群众可通过“青岚办”APP查询办理进度,也可拨打热线咨询。", B),
    "English": (
        "The county government reported growth of 6.1% in 2023, with 86 projects completed.",
        "Investment rose by 7.4%, and 2,200 new jobs were created.",
        "Thank you!",
    ),
    "pictures": ("县领导调研项目建设", "群众参加文化活动", "新建公园一角"),
    "responsible offices": (A, "主办单位:县教育局", B, "主办单位:县民政局", C),
}
SHAPES = {
    "paragraphs": ("<div>", "<p>{}</p>", "</div>"),
    "breaks": ("<div>", "{}<br>", "</div>"),
    "divisions": ("<div>", "<div>{}</div>", "</div>"),
}
MARKED = {
    "signature": (
        f"<p>{A}</p><div>青岚县人民政府办公室</div><div>2024年1月23日</div>",
        (A, "青岚县人民政府办公室", "2024年1月23日"),
    ),
    "terms": (f"<dl><dt>回顾</dt><dd>{A}</dd><dt>安排</dt><dd>{B}</dd></dl>", ("回顾", A, "安排", B)),
    "as typed": (f"<pre>{A}\n{B}\n青岚县人民政府\n2024年1月3日</pre>", (A, B, "青岚县人民政府", "2024年1月3日")),
    "list": (
        f"<p>{A}</p><ul><li>老旧小区22个</li><li>托位640个</li></ul><p>{B}</p>",
        (A, "老旧小区22个", "托位640个", B),
    ),
    "linked sentence": (f"<p>{A}</p><p><a href=/x>{B}</a></p><p>{C}</p>", (A, B, C)),
    "attachment": (
        f"<p>{A}</p><p>附件:<a href='/a.doc'>1.任务分工方案.doc</a></p><p>青岚县人民政府</p>",
        (A, "附件:1.任务分工方案.doc", "青岚县人民政府"),
    ),
    "caption": (
        f"<p>{A}</p><figure><figcaption>图为项目建设现场</figcaption></figure><p>{B}</p>",
        (A, "图为项目建设现场", B),
    ),
    "heading": (f"<p>{A}</p><div>工作安排</div><p>{B}</p><p>{C}</p>", (A, "工作安排", B, C)),
    "boxes of one paragraph": (
        "".join(f"<section><p>{text}</p></section><p><br></p>" for text in ("各乡镇人民政府:", A, "特此通知。")),
        ("各乡镇人民政府:", A, "特此通知。"),
    ),
}


def paragraphs(markup: str) -> tuple[str, ...]:
    head = "<head><title>青岚县工作报告_青岚网</title></head>"
    return extract(f"<html>{head}<body><div><a href=/>首页</a></div><div>{markup}</div></body></html>").paragraphs


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", FLAT)
def test_every_line_comes_back(name: str, shape: str) -> None:
    start, one, end = SHAPES[shape]
    assert paragraphs(start + "".join(map(one.format, FLAT[name])) + end) == FLAT[name]


@pytest.mark.parametrize("name", MARKED)
def test_every_line_comes_back_in_whatever_markup(name: str) -> None:
    markup, expected = MARKED[name]
    assert paragraphs(markup) == expected


@pytest.mark.parametrize("remarks", [1, 8, 40])
def test_many_remarks_behind_a_body_do_not_take_it_with_them(remarks: int) -> None:
    """In one container with it, and below a sentence that stands above it."""
    intro = f"<p>{D}城乡面貌一年一个样,群众的笑容一年比一年多。</p>"
    body = [f"{text}各项任务第{number}项如期完成。" for number, text in enumerate((A, B, C, D) * 3)]
    said = "".join(
        f"<p>游客{n}说:</p><p>希望城际铁路早点通车,去年就说今年要开工了,{n}年内能坐上吗。</p>" for n in range(remarks)
    )
    page = f"<div><div>{intro}</div><div>{''.join(f'<p>{text}</p>' for text in body)}<div>{said}</div></div></div>"
    assert extract(f"<html><body>{page}</body></html>").paragraphs[-len(body) :] == tuple(body)
