mod hostile;

use proptest::prelude::*;

use super::*;

fn html(source: &str, format: BodyFormat) -> String {
    render(source, format).html.as_str().to_owned()
}

const REL: &str = "rel=\"noopener noreferrer nofollow\"";

#[test]
fn text_keeps_its_lines_and_links_its_addresses() {
    let source = "Hello <b>you</b> & all,\r\n\r\n\r\n  see https://a.example/?q=1&r=\"2\"\nor write me@a.example.\n\n";
    assert_eq!(
        html(source, BodyFormat::Text),
        format!(
            "<p>Hello &lt;b&gt;you&lt;/b&gt; &amp; all,</p><p>  see \
             <a href=\"https://a.example/?q=1&amp;r=\" {REL}>https://a.example/?q=1&amp;r=</a>\"2\"<br>or write \
             <a href=\"mailto:me@a.example\" {REL}>me@a.example</a>.</p>"
        )
    );
    let body = render(source, BodyFormat::Text);
    assert!(body.plain.starts_with("Hello <b>you</b> & all,\n\n\n  see"));
    assert!(body.plain.ends_with("me@a.example."));
    assert_eq!(body.sanitiser, SANITISER);
}

#[test]
fn markdown_is_light() {
    let cases = [
        ("one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>\n".to_owned()),
        (
            "*a* **b** `c` ~~d~~",
            "<p><em>a</em> <strong>b</strong> <code>c</code> <del>d</del></p>\n".to_owned(),
        ),
        (
            "# One\n### Three\n###### Six",
            "<h3>One</h3>\n<h5>Three</h5>\n<h6>Six</h6>\n".to_owned(),
        ),
        (
            "- a\n- b\n\n3. c",
            "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n".to_owned(),
        ),
        (
            "> said\n\nanswer",
            "<blockquote>\n<p>said</p>\n</blockquote>\n<p>answer</p>\n".to_owned(),
        ),
        (
            "```rust\nlet a = \"<b>\";\n```",
            "<pre tabindex=\"0\"><code>let a = \"&lt;b&gt;\";\n</code></pre>\n".to_owned(),
        ),
        (
            "<b>bold</b> <script>x</script>",
            "<p>&lt;b&gt;bold&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;</p>\n".to_owned(),
        ),
        (
            "[a](https://a.example)",
            format!("<p><a href=\"https://a.example\" {REL}>a</a></p>\n"),
        ),
        ("[a](javascript:alert(1))", format!("<p><a {REL}>a</a></p>\n")),
        (
            "![alt](https://a.example/i.png)",
            format!("<p><a href=\"https://a.example/i.png\" {REL}>alt</a></p>\n"),
        ),
        (
            "[![alt](https://a.example/i.png)](https://b.example)",
            format!("<p><a href=\"https://b.example\" {REL}>alt</a></p>\n"),
        ),
        (
            "go to https://a.example now",
            format!("<p>go to <a href=\"https://a.example\" {REL}>https://a.example</a> now</p>\n"),
        ),
        (
            "`https://a.example`",
            "<p><code>https://a.example</code></p>\n".to_owned(),
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(html(source, BodyFormat::Markdown), expected, "{source}");
    }
    let block = html("<div>\ntyped\n</div>\n\nafter", BodyFormat::Markdown);
    assert!(
        block.starts_with("<p>&lt;div&gt;<br>\ntyped<br>\n&lt;/div&gt;"),
        "{block}"
    );
    assert!(block.ends_with("<p>after</p>\n"), "{block}");
}

#[test]
fn html_keeps_what_says_something() {
    let source = "<!DOCTYPE html><html><head><title>no</title><style>p{}</style></head><body class=\"x\" onload=\"y()\">\
                  <h1 id=\"top\">Offer</h1><p style=\"color:red\">Hello <font color=red>you</font>, <a href=\"https://a.example\" \
                  target=_blank>click</a> <img src=cid:1 alt=logo></p><table border=1><tr><td colspan=2 bgcolor=red>1<td>2</table>\
                  <ul><li>a<li>b</ul></body></html>";
    assert_eq!(
        html(source, BodyFormat::Html),
        format!(
            "<h3>Offer</h3><p>Hello you, <a href=\"https://a.example\" {REL}>click</a> </p><table><tbody><tr><td colspan=\"2\">1\
             </td><td>2</td></tr></tbody></table><ul><li>a</li><li>b</li></ul>"
        )
    );
    let body = render(source, BodyFormat::Html);
    assert_eq!(body.plain, "Offer\n\nHello you, click\n\n1 2\n\n- a\n- b");
    assert_eq!(body.source, source);
}

#[test]
fn long_mails_keep_their_paragraphs() {
    let source = "<p>a".repeat(1000);
    assert_eq!(html(&source, BodyFormat::Html).matches("<p>").count(), 1000);
    let list = format!("<ul>{}</ul>", "<li>a".repeat(1000));
    assert_eq!(html(&list, BodyFormat::Html).matches("<li>").count(), 1000);
}

#[tokio::test]
async fn too_long_is_cut_with_a_mark_and_only_once() {
    let cases = [
        ("ä b ".repeat(MAX_TEXT), BodyFormat::Text, MAX_TEXT),
        ("ä b ".repeat(MAX_TEXT), BodyFormat::Markdown, MAX_TEXT),
        ("<b>ä</b> ".repeat(MAX_HTML / 4), BodyFormat::Html, MAX_HTML),
        (
            format!("<p>a</p><!-- {}", "b ".repeat(MAX_HTML)),
            BodyFormat::Html,
            MAX_HTML,
        ),
    ];
    for (source, format, limit) in cases {
        let body = SanitisedBodies.render(&source, format).await;
        assert!(body.source.len() <= limit && body.source.len() > limit - 16);
        assert!(body.plain.ends_with("[…]"));
        assert!(body.html.as_str().contains("[…]"));
        assert_eq!(SanitisedBodies.render(&body.source, format).await, body);
    }
}

#[test]
fn nul_and_line_ends_are_put_right() {
    for format in [BodyFormat::Text, BodyFormat::Markdown, BodyFormat::Html] {
        let body = render("a\0b\rc\r\nd &#0;", format);
        assert_eq!(body.source, "ab\nc\nd &#0;");
        assert!(!body.html.as_str().contains(['\0', '\r']));
        assert!(!body.plain.contains(['\0', '\r']));
    }
}

#[test]
fn nothing_is_nothing() {
    for format in [BodyFormat::Text, BodyFormat::Markdown, BodyFormat::Html] {
        let body = render("", format);
        assert_eq!((body.html.as_str(), body.plain.as_str()), ("", ""));
    }
}

/// Checks a result as a browser's parser would see it, not as a text: by the tokenizer of an HTML parser.
fn check_harmless(html: &str) {
    use html5ever::tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer};

    struct Judge;
    impl TokenSink for Judge {
        type Handle = ();
        fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
            match token {
                Token::TagToken(tag) => {
                    assert!(sanitise::TAGS.contains(&&*tag.name), "<{}>", &*tag.name);
                    for it in &tag.attrs {
                        let name: &str = &it.name.local;
                        let known = ["href", "rel", "start", "span", "colspan", "rowspan", "dir", "tabindex"];
                        assert!(known.contains(&name), "{name}");
                        if name == "href" {
                            let scheme = ammonia::Url::parse(&it.value).unwrap().scheme().to_owned();
                            assert!(["https", "http", "mailto"].contains(&scheme.as_str()), "{scheme}");
                        }
                    }
                }
                Token::CommentToken(_) | Token::DoctypeToken(_) => panic!("a comment or doctype"),
                _ => {}
            }
            TokenSinkResult::Continue
        }
    }
    let tokenizer = Tokenizer::new(Judge, html5ever::tokenizer::TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(html5ever::tendril::StrTendril::from_slice(html));
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
}

fn check(source: &str, format: BodyFormat) {
    let body = render(source, format);
    let html = body.html.as_str();
    check_harmless(html);
    assert_eq!(sanitise::sanitised(html).as_deref(), Some(html), "not a fixed point");
}

/// Pieces that parsers stumble over, glued together at random.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(hostile::PIECES).prop_map(str::to_owned),
        proptest::sample::select(sanitise::TAGS).prop_map(|it| format!("<{it}>")),
        proptest::sample::select(sanitise::TAGS).prop_map(|it| format!("</{it}>")),
        "[ -~\\n]{0,6}",
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_is_harmless_and_stays_as_it_is(source in soup()) {
        for format in [BodyFormat::Text, BodyFormat::Markdown, BodyFormat::Html] {
            check(&source, format);
        }
    }

    #[test]
    fn text_loses_no_character(source in "[ -~\\näß\u{202e}]{0,200}") {
        let body = render(&source, BodyFormat::Text);
        let squeeze = |it: &str| it.split_whitespace().collect::<String>();
        prop_assert_eq!(squeeze(&plain::plain(body.html.as_str())), squeeze(&source));
    }
}
