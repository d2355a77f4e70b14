//! The pseudo-language: readable, but longer and with accents.

use std::borrow::Cow;

/// Puts accents on letters and doubles vowels; markup between `<` and `>` stays.
pub(super) fn stretch(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    let mut tag = false;
    for letter in text.chars() {
        match letter {
            '<' => tag = true,
            '>' => {
                tag = false;
                out.push('>');
                continue;
            }
            _ => {}
        }
        if tag {
            out.push(letter);
            continue;
        }
        match letter {
            'a' => out.push_str("áá"),
            'e' => out.push_str("éé"),
            'i' => out.push_str("íí"),
            'o' => out.push_str("óó"),
            'u' => out.push_str("úú"),
            'A' => out.push('Å'),
            'E' => out.push('É'),
            'I' => out.push('Î'),
            'O' => out.push('Ö'),
            'U' => out.push('Û'),
            'c' => out.push('ç'),
            'n' => out.push('ñ'),
            's' => out.push('š'),
            'y' => out.push('ý'),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}
