//! As much of HTML as is needed to follow links and fill in forms.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The values of this attribute, wherever it stands.
pub fn attributes(page: &str, name: &str) -> Vec<String> {
    let start = format!(" {name}=\"");
    let found = page
        .split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    found.map(unescape).collect()
}

/// Everything that a page links to or loads, within the site.
pub fn links(page: &str) -> BTreeSet<String> {
    let all = ["href", "src", "action", "data-read"]
        .into_iter()
        .flat_map(|it| attributes(page, it));
    let own = all.filter(|it| it.starts_with('/') && !it.starts_with("//"));
    own.map(|it| it.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

/// The inside of each tag, opening and closing.
pub fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).filter_map(|it| it.split('>').next()).collect()
}

/// The opening tag and the inside of the form that is sent to `action`.
fn form<'a>(page: &'a str, action: &str) -> Option<(&'a str, &'a str)> {
    page.split("<form").skip(1).find_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let leads_there = attributes(tag, "action").iter().any(|it| it == action);
        (leads_there && tag.contains("method=\"post\""))
            .then(|| (tag, rest.split("</form>").next().unwrap_or_default()))
    })
}

/// Names and values of the hidden fields of the form that is sent to `action`.
pub fn hidden_fields(page: &str, action: &str) -> Option<Vec<(String, String)>> {
    let (_, inside) = form(page, action)?;
    let inputs = inside
        .split("<input")
        .skip(1)
        .filter_map(|it| it.split('>').next())
        .filter(|it| it.contains("type=\"hidden\""));
    let one = |tag: &str, name: &str| attributes(tag, name).into_iter().next();
    Some(
        inputs
            .filter_map(|it| Some((one(it, "name")?, one(it, "value")?)))
            .collect(),
    )
}

/// Whether that form is sent in parts, so that it can carry files.
pub fn is_multipart(page: &str, action: &str) -> bool {
    form(page, action).is_some_and(|(tag, _)| tag.contains("multipart/form-data"))
}

/// What stands between these two, the first time, with entities resolved.
pub fn between(page: &str, start: &str, end: &str) -> Option<String> {
    let (_, rest) = page.split_once(start)?;
    Some(unescape(rest.split_once(end)?.0))
}

/// A form as it is sent.
pub fn form_body(fields: &[(&str, &str)]) -> String {
    let pairs = fields
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Percent-encoded, all but unreserved characters.
pub fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn unescape(text: &str) -> String {
    let names = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2f;", "/"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    names
        .iter()
        .fold(text.to_owned(), |text, (name, character)| text.replace(name, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<a href="/s?a=1&amp;b=2#x">x</a><a href="https://e.example">y</a>
        <form action="/find"><input type="hidden" name="no" value="no"></form>
        <form class="c" method="post" action="/new" enctype="multipart/form-data">
        <input type="hidden" name="idem" value="k&quot;1"><input name="subject" value="s"></form>"#;

    #[test]
    fn links_and_forms_are_read() {
        assert_eq!(
            links(PAGE).into_iter().collect::<Vec<_>>(),
            ["/find", "/new", "/s?a=1&b=2"]
        );
        assert_eq!(
            hidden_fields(PAGE, "/new"),
            Some(vec![("idem".to_owned(), "k\"1".to_owned())])
        );
        assert_eq!(hidden_fields(PAGE, "/find"), None);
        assert!(is_multipart(PAGE, "/new"));
        assert_eq!(form_body(&[("a b", "ü&")]), "a%20b=%C3%BC%26");
        assert_eq!(between(PAGE, "name=\"subject\" value=\"", "\""), Some("s".to_owned()));
    }
}
