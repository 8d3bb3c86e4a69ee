"""Markup broken in the usual ways gives the text a browser shows."""

import pytest

from crawler.extract import extract, list_links

A, B, C = (f"第{n}项工作要抓紧抓实,完成投资{n}2亿元以上,确保年底前见到成效,让群众得到实惠。" for n in (1, 2, 3))
SHOWN = {
    "unclosed paragraphs": f"<div><p>{A}<p>{B}<p>{C}</div>",
    "unclosed divisions": f"<div><div>{A}<div>{B}<div>{C}",
    "upper case": f"<DIV><P>{A}</P><P>{B}<BR>{C}</P></DIV>",
    "attributes without quotes": f"<div class=a id=b><p style=text-indent:2em>{A}<p align=left>{B}<p>{C}</div>",
    "two bodies": f"<body><p>{A}</p></body><body><p>{B}</p></body><p>{C}</p>",
    "two documents": f"<html><body><p>{A}</p><html><head><title>x</title></head><body><p>{B}</p><p>{C}</p>",
    "stray end tags": f"<div><p>{A}</p></div></div></div><p>{B}</p></div></span></td><p>{C}</p>",
    "end tags as breaks": f"<div>{A}</p>{B}</br>{C}</div>",
    "crossed tags": f"<div><font><p>{A}</font></p><b><p>{B}</b></p><p><i>{C}</p></i></div>",
    "a paragraph in a paragraph": f"<p><p>{A}</p></p><p><div>{B}</div></p><p>{C}</p>",
    "a form that crosses": f"<form><div><p>{A}</p></form><p>{B}</p></div><p>{C}</p>",
    "cells without rows": f"<table><td>{A}</td><tr><td>{B}<tr><td>{C}</table>",
    "text between rows": f"<table>{A}<tr><td>{B}</td></tr><tr><td>{C}</td></tr></table>",
    "anchors left open": f"<div><a name=1><p>{A}</p><a name=2><p>{B}</p><a name=3><p>{C}</p></div>",
    "a link left open": f"<div><p><a href=/x>{A}</p><p>{B}</p><p>{C}</p></div>",
    "an advert's link left open": f"<div><a href=/ad><img src=x><div><p>{A}</p><p>{B}</p><p>{C}</p></div></div>",
    "a link left open over breaks": f"<div><a href=/ad>{A}<br>{B}<br>{C}</div>",
    "elements of Word": f"<div><p><o:p>{A}</o:p></p><?xml:namespace prefix=o /><st1:x>{B}</st1:x><p>{C}</p></div>",
    "self-closed elements": f"<div/><p>{A}</p><span/><p>{B}</p><p/>{C}",
    "a tag in the title": f"<head><title>x<body></title><p>{A}</p><p>{B}</p><p>{C}</p>",
    "null characters": f"<div><p>{A[:5]}\0{A[5:]}</p><p>{B}</p><p>{C}</p></div>",
    "blanks as entities": f"<div><p>&nbsp;&#12288;{A}</p><p>&emsp;{B}&zwnj;</p><p>{C}&#8203</p></div>",
    "lines of preformatted text": f"<pre><span>{A}\n{B}\n</span>{C}</pre>",
}
HIDDEN = {
    "a comment": "<!-- <p>{}</p> -->",
    "a comment with an odd end": "<!-- <p>{} --!>",
    "a conditional comment": "<!--[if IE]><p>{}</p><![endif]-->",
    "a character section": "<p><![CDATA[{}]]></p>",
    "noscript": "<noscript><p>{}</p></noscript>",
    "noscript in capitals": "<NOSCRIPT><P>{}</P></NOSCRIPT>",
    "a template": "<template><p>{}</p></template>",
    "an inline frame": "<iframe><p>{}</p></iframe>",
    "a text field": "<textarea>{}</textarea>",
    "a script": "<script>document.write('<p>{}</p>')</script>",
    "a script with end tags": "<script>var a = '</div></body>{}';</script>",
    "a style": "<style>p:before {{ content: '{}' }}</style>",
    "an attribute": "<p hidden>{}</p>",
    "a style of its own": "<div style='color:red; DISPLAY : None'><p>{}</p></div>",
    "a picture": "<svg><title>{0}</title><text>{0}</text></svg>",
    "a list of suggestions": "<datalist><option>{}</datalist>",
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_browser_shows_is_read(name: str) -> None:
    nav = "<ul>" + "".join(f"<li><a href='/{n}'>栏目{n}</a></li>" for n in range(9)) + "</ul>"
    assert extract(nav + SHOWN[name]).paragraphs == (A, B, C)


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_what_a_browser_hides_is_not_read(name: str, place: int) -> None:
    pieces = [f"<p>{A}</p>", f"<p>{B}</p>", f"<p>{C}</p>"]
    pieces.insert(place, HIDDEN[name].format("这一段读者看不到,内容完全不同,不应当读出来,否则就是误报。"))
    assert extract(f"<div>{''.join(pieces)}</div>").paragraphs == (A, B, C)


def test_a_note_for_browsers_without_scripts_does_not_end_the_head() -> None:
    head = "<noscript><p>请启用脚本,否则页面无法正常显示全部内容。</p></noscript><title>云溪市政府工作报告</title>"
    article = extract(f"<html><head>{head}</head><body><p>{A}</p><p>{B}</p></body></html>")
    assert article.paragraphs == (A, B)
    assert article.title == "云溪市政府工作报告"


def test_the_visible_half_of_a_conditional_comment_is_read() -> None:
    assert extract(f"<p>{A}</p><![if !IE]><p>{B}</p><![endif]>").paragraphs == (A, B)


def test_a_page_of_frames_has_no_body() -> None:
    article = extract(
        "<title>报告</title><frameset cols=1,2><frame src=a><frame src=b><noframes>旧</noframes></frameset>"
    )
    assert article.paragraphs == ()
    assert article.title == "报告"


def test_the_reading_aid_of_a_rare_character_is_read_without_its_brackets() -> None:
    assert extract(f"<p><ruby>垚<rp>(</rp><rt>yao</rt><rp>)</rp></ruby>{A}</p>").paragraphs == (f"垚yao{A}",)


def test_inline_elements_shown_as_blocks_end_the_line() -> None:
    spans = "".join(f"<span style='display:block'>{text}</span>" for text in (A, B, C))
    assert extract(f"<div>{spans}</div>").paragraphs == (A, B, C)


def test_whole_teasers_of_several_articles_stay_links() -> None:
    teasers = "".join(f"<a href='/{n}'><p>{text}</p></a>" for n, text in enumerate((A, B, C)))
    assert extract(f"<div><p>{A}{B}</p><p>{C}</p></div><div>{teasers}</div>").paragraphs == (A + B, C)


def test_links_nobody_sees_lead_nowhere() -> None:
    links = "<a href='/1'>一</a><noscript><a href='/2'>二</a></noscript><template><a href='/3'>三</a></template>"
    assert list_links(f"{links}<!-- <a href='/4'>四</a> -->", "http://a.example/") == (("http://a.example/1", "一"),)


@pytest.mark.parametrize("open_tag", ["<b>", "<font color=red>", "<a name=x>", "<span>", "<strong><em>"])
def test_formatting_left_open_a_thousand_times_changes_nothing(open_tag: str) -> None:
    paragraphs = tuple(f"第{n}项。{A}" for n in range(1_000))
    body = "".join(f"<p>{open_tag}{text}</p>" for text in paragraphs)
    padding = "<i></i>" * 2_600  # so many tags that nesting is looked at
    assert extract(f"<div>{body}</div>{padding}").paragraphs == paragraphs
