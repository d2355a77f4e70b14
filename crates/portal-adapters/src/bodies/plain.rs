//! The text of sanitised HTML, for search, snippets and text mails.

/// Elements that stand on lines of their own, with how many line ends around them.
const LINES: &[(&str, usize)] = &[
    ("blockquote", 2),
    ("br", 1),
    ("caption", 1),
    ("dd", 1),
    ("div", 1),
    ("dl", 2),
    ("dt", 1),
    ("h3", 2),
    ("h4", 2),
    ("h5", 2),
    ("h6", 2),
    ("hr", 2),
    ("li", 1),
    ("ol", 2),
    ("p", 2),
    ("pre", 2),
    ("table", 2),
    ("tr", 1),
    ("ul", 2),
];

/// The text of HTML as the sanitiser writes it, where `<` and `>` stand for nothing but tags.
pub(super) fn plain(html: &str) -> String {
    let mut writer = Writer {
        out: String::with_capacity(html.len()),
        lines: 0,
        blank: false,
        pre: 0,
    };
    let mut rest = html;
    while let Some((text, tag_and_rest)) = rest.split_once('<') {
        writer.text(text);
        let Some((tag, after)) = tag_and_rest.split_once('>') else {
            break;
        };
        writer.tag(tag);
        rest = after;
    }
    if !rest.contains('<') {
        writer.text(rest);
    }
    writer.out
}

struct Writer {
    out: String,
    /// Line ends to be written before the next text.
    lines: usize,
    /// A blank to be written before the next text.
    blank: bool,
    pre: usize,
}

impl Writer {
    fn tag(&mut self, tag: &str) {
        let (end, tag) = tag.strip_prefix('/').map_or((false, tag), |it| (true, it));
        let name = tag.split_ascii_whitespace().next().unwrap_or_default();
        if let Some((_, lines)) = LINES.iter().find(|it| it.0 == name) {
            // Two line breaks after each other are two, two paragraphs after each other one gap.
            self.lines = if name == "br" {
                (self.lines + 1).min(2)
            } else {
                self.lines.max(*lines)
            };
        }
        match (name, end) {
            ("pre", false) => self.pre += 1,
            ("pre", true) => self.pre = self.pre.saturating_sub(1),
            ("td" | "th", true) => self.blank = true,
            ("li", false) => self.text("- "),
            _ => {}
        }
    }

    fn text(&mut self, escaped: &str) {
        let text = unescaped(escaped);
        if self.pre > 0 {
            self.gap(text.starts_with('\n'));
            self.out.push_str(&text);
            return;
        }
        if text.starts_with(is_blank) {
            self.blank = true;
        }
        for word in text.split(is_blank).filter(|it| !it.is_empty()) {
            self.gap(false);
            self.out.push_str(word);
            self.blank = true;
        }
        self.blank = text.ends_with(is_blank) || (self.blank && text.trim_matches(is_blank).is_empty());
    }

    /// Writes what separates the next text from the last one.
    fn gap(&mut self, has_own_line: bool) {
        if !self.out.is_empty() {
            let lines = self.lines.saturating_sub(usize::from(has_own_line));
            self.out.extend(std::iter::repeat_n('\n', lines));
            if self.lines == 0 && self.blank {
                self.out.push(' ');
            }
        }
        self.lines = 0;
        self.blank = false;
    }
}

/// HTML's blanks; a no-break space is none.
const fn is_blank(it: char) -> bool {
    matches!(it, ' ' | '\t' | '\n' | '\x0C' | '\r')
}

/// The five references that a serialiser writes.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(place) = rest.find('&') {
        let (before, reference) = rest.split_at(place);
        out.push_str(before);
        let known = [
            ("&amp;", '&'),
            ("&lt;", '<'),
            ("&gt;", '>'),
            ("&quot;", '"'),
            ("&nbsp;", '\u{A0}'),
        ];
        let found = known
            .iter()
            .find_map(|(name, it)| reference.strip_prefix(name).map(|after| (*it, after)));
        let (it, after) = found.unwrap_or(('&', reference.get(1..).unwrap_or_default()));
        out.push(it);
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn paragraphs_lines_lists_and_cells_stay_apart() {
        let cases = [
            ("<p>one  two\nthree</p><p>four</p>", "one two three\n\nfour"),
            ("<p>a<br>b<br><br>c</p>", "a\nb\n\nc"),
            ("<p>a <b>b</b>c <i> d</i></p>", "a bc d"),
            ("<ul><li>a</li><li>b</li></ul><p>c</p>", "- a\n- b\n\nc"),
            (
                "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>",
                "a b\nc",
            ),
            (
                "<p>x</p><pre tabindex=\"0\"><code>a\n  b\n</code></pre><p>y</p>",
                "x\n\na\n  b\n\n\ny",
            ),
            (
                "a &lt;b&gt; &amp;amp; &quot;c&quot; &nbsp;d & e",
                "a <b> &amp; \"c\" \u{A0}d & e",
            ),
            ("<div>a</div><div>b</div>", "a\nb"),
            ("", ""),
        ];
        for (html, text) in cases {
            assert_eq!(plain(html), text, "{html}");
        }
    }
}
