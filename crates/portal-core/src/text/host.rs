//! Whether a host could be taken for another one. Hosts are ASCII; what they show as is in their `xn--` labels (RFC 3492).

/// Whether a host has a label that mixes scripts, or that is made of letters which look like Latin ones and are not.
#[must_use]
pub fn is_look_alike(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name.split('.').any(|label| {
        label
            .strip_prefix("xn--")
            .is_some_and(|it| decode(it).is_none_or(|text| is_suspicious(&text)))
    })
}

fn is_suspicious(label: &str) -> bool {
    let latin = |it: char| it.is_ascii_alphabetic() || ('\u{00c0}'..='\u{024f}').contains(&it);
    let letters: Vec<char> = label.chars().filter(|it| it.is_alphabetic()).collect();
    let (ours, others): (Vec<char>, Vec<char>) = letters.into_iter().partition(|it| latin(*it));
    if others.is_empty() {
        // A label that is all ASCII has no business in this form.
        return label.is_ascii();
    }
    let scripts = |it: &char| match *it {
        '\u{0370}'..='\u{03ff}' | '\u{1f00}'..='\u{1fff}' => 1,
        '\u{0400}'..='\u{052f}' => 2,
        _ => 3,
    };
    let first = others.first().map(scripts);
    let mixed = !ours.is_empty() || others.iter().any(|it| Some(scripts(it)) != first);
    let doubles = "аеорсухіјѕһԁԛԝӏгпкνορτυικαεϲ";
    mixed || label.chars().any(|it| !it.is_alphanumeric() && it != '-') || others.iter().all(|it| doubles.contains(*it))
}

/// Decodes what stands behind `xn--` (RFC 3492 §6.2).
fn decode(input: &str) -> Option<String> {
    const BASE: u32 = 36;
    let (basic, extended) = input.rsplit_once('-').unwrap_or(("", input));
    let mut output: Vec<char> = basic.chars().collect();
    let (mut code, mut index, mut bias) = (128u32, 0u32, 72u32);
    let mut digits = extended.bytes().peekable();
    while digits.peek().is_some() {
        let (before, mut weight, mut step) = (index, 1u32, BASE);
        loop {
            let digit = match digits.next()? {
                it @ b'a'..=b'z' => u32::from(it - b'a'),
                it @ b'0'..=b'9' => u32::from(it - b'0') + 26,
                _ => return None,
            };
            index = index.checked_add(digit.checked_mul(weight)?)?;
            let threshold = step.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            step += BASE;
        }
        let count = u32::try_from(output.len()).ok()? + 1;
        bias = adapt(index - before, count, before == 0);
        code = code.checked_add(index / count)?;
        index %= count;
        output.insert(usize::try_from(index).ok()?, char::from_u32(code)?);
        index += 1;
    }
    Some(output.into_iter().collect())
}

/// How the decoder's bias follows what was decoded (RFC 3492 §6.1).
const fn adapt(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    /// Encodes a label as RFC 3492 §6.3 says: what browsers do with what people type.
    fn encode(label: &str) -> String {
        let mut output: String = label.chars().filter(char::is_ascii).collect();
        let basic = u32::try_from(output.len()).unwrap();
        if basic > 0 {
            output.push('-');
        }
        let (mut code, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
        let digit = |it: u32| char::from(u8::try_from(if it < 26 { it + 97 } else { it + 22 }).unwrap());
        while let Some(next) = label.chars().map(u32::from).filter(|it| *it >= code).min() {
            delta += (next - code) * (handled + 1);
            code = next;
            for it in label.chars().map(u32::from) {
                if it < code {
                    delta += 1;
                }
                if it == code {
                    let (mut rest, mut step) = (delta, 36u32);
                    loop {
                        let threshold = step.saturating_sub(bias).clamp(1, 26);
                        if rest < threshold {
                            break;
                        }
                        output.push(digit(threshold + (rest - threshold) % (36 - threshold)));
                        rest = (rest - threshold) / (36 - threshold);
                        step += 36;
                    }
                    output.push(digit(rest));
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled += 1;
                }
            }
            delta += 1;
            code += 1;
        }
        output
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_decoded(label in "[a-z0-9äöüßа-яα-ω一-龠あ-ん🙂-🙏-]{1,20}") {
            prop_assert_eq!(decode(&encode(&label)), Some(label));
        }

        #[test]
        fn nothing_brings_the_decoder_down(text in prop_oneof![any::<String>(), "[a-z0-9-]{0,80}", "[z9]{0,80}"]) {
            if let Some(label) = decode(&text) {
                prop_assert!(label.chars().count() <= text.len());
            }
        }

        #[test]
        fn adm_022_one_foreign_letter_among_latin_ones_is_noticed(
            label in "[a-z]{1,10}", place in any::<prop::sample::Index>(), letter in "[а-яα-ωא-ת一-龠]",
        ) {
            let mut mixed = label.clone();
            mixed.insert_str(place.index(label.len() + 1), &letter);
            let host = format!("help.xn--{}.example", encode(&mixed));
            prop_assert!(is_look_alike(&host), "{} for {}", host, mixed);
        }

        #[test]
        fn adm_022_letters_that_pass_for_latin_ones_are_noticed(
            label in prop_oneof!["[аеорсухіјѕһԁԛԝӏгпк]{1,10}", "[νορτυικαε]{1,10}"],
        ) {
            prop_assert!(is_look_alike(&format!("xn--{}.example", encode(&label))), "{}", label);
        }

        #[test]
        fn adm_022_a_label_in_ascii_has_no_other_form(label in "[a-z0-9-]{1,20}") {
            let host = format!("xn--{label}-.example");
            prop_assert!(is_look_alike(&host));
        }

        #[test]
        fn names_in_one_script_pass(
            (common, own) in select(vec![("[a-zäöüßéç]{1,9}", "[äöüßéç]"), ("[а-я]{1,9}", "[бджлфц]"), ("[ぁ-ん一-龠]{1,9}", "[日本]")])
                .prop_flat_map(|(common, own)| (common, own)),
        ) {
            let label = format!("{common}{own}");
            prop_assert!(!is_look_alike(&format!("help.xn--{}.example:8443", encode(&label))), "{}", label);
        }
    }

    #[test]
    fn adm_022_look_alike_and_mixed_hosts_are_noticed() {
        // `аррӏе` in Cyrillic letters, `pаypal` with one Cyrillic letter, and an encoding of plain ASCII.
        for host in [
            "xn--80ak6aa92e.com",
            "www.xn--pypal-4ve.com",
            "xn--abc-.example",
            "xn--!!.example",
        ] {
            assert!(is_look_alike(host), "{host}");
        }
        for host in [
            "help.kestrel.example",
            "localhost:8080",
            "xn--mller-kva.example",
            "xn--r8jz45g.jp",
        ] {
            assert!(!is_look_alike(host), "{host}");
        }
    }

    #[test]
    fn decoding_is_that_of_the_standard() {
        assert_eq!(decode("mller-kva").as_deref(), Some("müller"));
        assert_eq!(decode("r8jz45g").as_deref(), Some("例え"));
        assert_eq!(decode("99999999999"), None);
    }
}
