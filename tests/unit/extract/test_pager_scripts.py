import pytest

from crawler.extract.pager_scripts import scripted

ARTICLE = "http://gov.example/zwgk/t20240208_99.html"


def test_a_script_names_every_part() -> None:
    pager = scripted(ARTICLE, '<script>createPageHTML(3, 0, "t20240208_99", "html");</script>')
    assert pager
    assert (pager.part, pager.parts) == (1, 3)
    assert pager.urls == tuple(f"http://gov.example/zwgk/t20240208_99{end}.html" for end in ("", "_1", "_2"))
    assert pager.next == pager.urls[1]


@pytest.mark.parametrize("current", [0, 1, 2, 3])
def test_the_page_s_own_address_is_believed_more_than_the_script(current: int) -> None:
    pager = scripted(ARTICLE.replace(".html", "_1.html"), f"createPageHTML(3, {current}, 't20240208_99', 'html')")
    assert pager
    assert pager.part == 2


@pytest.mark.parametrize(
    "arguments",
    [
        "3,0,'t20240208_99','html'",
        "'page',3,0,'t20240208_99','html',45",
        '"page", \'3\', \'0\', "t20240208_99", "html", "black2", \'45\'',
        "'t20240208_99','html',3,0",
        "3 , 0 ,'t20240208_99' , 'shtml' , 'extra'",
    ],
)
def test_the_order_of_arguments_varies(arguments: str) -> None:
    pager = scripted(ARTICLE, f"<script>createPageHTML({arguments});</script>")
    assert pager
    assert (pager.part, pager.parts) == (1, 3)


def test_arguments_may_be_variables() -> None:
    script = "var total = '4', now = 0; createPageHTML(total, now, 't20240208_99', 'html')"
    pager = scripted(ARTICLE, script)
    assert pager
    assert pager.parts == 4


def test_an_unknown_variable_says_nothing() -> None:
    assert scripted(ARTICLE, "createPageHTML(total, 0, 't20240208_99', 'html')") is None


def test_a_function_that_is_only_defined_says_nothing() -> None:
    assert scripted(ARTICLE, "function createPageHTML(_nPageCount, _nCurrIndex, _sPageName, _sPageExt){}") is None


def test_a_folder_is_named_index() -> None:
    pager = scripted("http://gov.example/zwgk/", "createPageHTML(3, 1, 'index', 'html')")
    assert pager
    assert pager.part == 1  # the script counts from 1
    assert pager.urls[1] == "http://gov.example/zwgk/index_1.html"


def test_a_script_for_another_page_says_nothing() -> None:
    assert scripted(ARTICLE, "createPageHTML(5, 0, 'index', 'html')") is None


def test_of_several_scripts_the_page_s_own_is_read() -> None:
    script = "createPageHTML(9, 0, 'index', 'html'); createPageHTML(2, 0, 't20240208_99', 'html')"
    pager = scripted(ARTICLE, script)
    assert pager
    assert pager.parts == 2


def test_without_an_address_only_the_numbers_are_told() -> None:
    pager = scripted("", "createPageHTML(5, 2, 't20240208_99', 'html')")
    assert pager
    assert (pager.part, pager.parts, pager.next, pager.urls) == (3, 5, None, ())


@pytest.mark.parametrize(
    "variables",
    [
        "var countPage = 3; var currentPage = 0; document.write('<a href=\"t20240208_99'+'_'+i+'.'+'html\">')",
        'var currentPage=0;\nvar countPage=3\ndocument.write("<a href=\'t20240208_99"+"_" + i + "."+"html\'>")',
    ],
)
def test_variables_and_written_links(variables: str) -> None:
    pager = scripted(ARTICLE, f"<script>{variables}</script>")
    assert pager
    assert (pager.part, pager.parts, len(pager.urls)) == (1, 3, 3)


@pytest.mark.parametrize(
    "variables",
    [
        "var countPage = 1; var currentPage = 0; '_' + i '.html'",
        "var countPage = 3; '_' + i '.html'",
        "var countPage = 3; var currentPage = 0; load(currentPage)",  # pages are fetched by a script
        "var countPage = 99999; var currentPage = 0; '_' + i '.html'",
    ],
)
def test_other_variables_say_nothing(variables: str) -> None:
    assert scripted(ARTICLE, f"<script>{variables}</script>") is None


def test_long_scripts_are_read_in_linear_time() -> None:
    assert scripted(ARTICLE, "createPageHTML(" * 50_000) is None
    assert scripted(ARTICLE, "createPageHTML(a,b,c,d)" * 50_000) is None


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("/zwgk/", "'<a href=index_'+i+'.html>'"),
        ("/zwgk/", '"<a href=\'index_"+i+".html\'>"'),
        ("/zwgk/index.html", "'/zwgk/index_' + i + '.html'"),
        ("/zwgk/list_3.html", "'list_3_' + i + '.html'"),
        ("/zwgk/list_3.html", '"_" + i + ".html"'),
    ],
)
def test_a_loop_may_write_the_name_of_the_list(path: str, written: str) -> None:
    loop = f"var countPage = 3; var currentPage = 0; for (var i = 0; i < countPage; i++) document.write({written});"
    pager = scripted(f"http://gov.example{path}", loop)
    assert pager
    assert (pager.part, pager.parts) == (1, 3)
    name = path.rpartition("/")[2].removesuffix(".html") or "index"
    assert pager.urls[1:] == tuple(f"http://gov.example/zwgk/{name}_{n}.html" for n in (1, 2))


def test_a_loop_for_another_list_says_nothing() -> None:
    assert scripted(ARTICLE, "var countPage = 3; var currentPage = 0; write('index_' + i + '.html')") is None
