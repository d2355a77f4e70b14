//! Laws of the texts that are validated once and valid for ever.

use portal_core::property::PropertyKey;
use portal_core::settings::Host;
use portal_core::text::{
    EmailAddress, EmailError, FileName, Line, LineError, Locale, Localized, PersonName, RESERVED_SLUGS, Slug,
    SlugError, Subject, excerpt, index_tokens, is_look_alike, looks_like, looks_reserved, matching_words, query_tokens,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases;

/// Anything at all: control characters, unassigned ones, marks, right-to-left, emoji.
fn anything() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "\\PC{0,80}",
        "[ -~]{0,200}",
        "[a-zA-Z0-9äöüßÄÖÜẞéÉçøØłŁıİσςΣжЖ .,'/@_:-]{0,80}",
        "[\u{0}-\u{20}\u{7f}-\u{a0}\u{200b}-\u{202e}\u{2066}-\u{2069}\u{feff}a./ \\\\]{0,30}",
    ]
}

/// Slugs that a hasty eye takes for this one.
fn doubles(slug: &str) -> Vec<String> {
    let mut all = vec![
        slug.replace('o', "0"),
        slug.replace('0', "o"),
        slug.replace(['l', 'i'], "1"),
        slug.replace('1', "l"),
        slug.replace('m', "rn"),
        slug.replace('w', "vv"),
        slug.replace('-', ""),
    ];
    if let Some(first) = slug.chars().next() {
        all.push(format!("{first}-{}", &slug[first.len_utf8()..]));
    }
    all
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn an_address_is_canonical_and_stays_so(text in prop_oneof![
        anything(),
        " ?[A-Za-z0-9.!#$%&'*+/=?^_{|}~\"-]{0,70}@[A-Za-z0-9.-]{0,80} ?",
        "[A-Z][a-z]{1,8}\\.[A-Za-z]{1,8}@[A-Za-z]{1,10}\\.(com|DE)",
    ]) {
        if let Ok(address) = text.parse::<EmailAddress>() {
            prop_assert_eq!(address.as_str(), text.trim().to_ascii_lowercase());
            prop_assert_eq!(address.as_str().parse::<EmailAddress>().ok(), Some(address.clone()));
            prop_assert_eq!(address.as_str().to_ascii_uppercase().parse::<EmailAddress>().ok(), Some(address.clone()));
            let (local, domain) = address.as_str().rsplit_once('@').unwrap();
            prop_assert_eq!(address.domain(), domain);
            prop_assert!((1..=64).contains(&local.len()) && address.as_str().len() <= 254);
            prop_assert!(!local.contains('@') && domain.contains('.'));
            prop_assert!(!address.as_str().contains(|it: char| it.is_whitespace() || it.is_control() || "\"(),:;<>[\\]".contains(it)));
            prop_assert!(!format!("{address:?}").contains(&format!("{local}@")), "logs get the domain only");
        }
    }

    #[test]
    fn ordinary_addresses_are_accepted(local in "[a-z0-9]{1,10}([.+_-][a-z0-9]{1,10}){0,3}", domain in "[a-z0-9]{1,10}(-[a-z0-9]{1,5})?(\\.[a-z]{2,8}){1,3}") {
        let text = format!("{local}@{domain}");
        prop_assert!(text.parse::<EmailAddress>().is_ok());
    }

    #[test]
    fn a_slug_is_what_an_address_can_carry(text in prop_oneof![anything(), "[a-z0-9-]{0,70}", select(RESERVED_SLUGS.to_vec()).prop_map(str::to_owned)]) {
        let shape = (1..=63).contains(&text.len())
            && text.chars().all(|it| matches!(it, 'a'..='z' | '0'..='9' | '-'))
            && !text.starts_with('-') && !text.ends_with('-');
        let expected = match (shape, RESERVED_SLUGS.contains(&text.as_str())) {
            (false, _) => Err(SlugError::Malformed),
            (true, true) => Err(SlugError::Reserved(text.clone())),
            (true, false) => Ok(text.clone()),
        };
        prop_assert_eq!(text.parse::<Slug>().map(|it| it.to_string()), expected);
        if let Ok(slug) = text.parse::<Slug>() {
            prop_assert_eq!(slug.to_string().parse::<Slug>().ok(), Some(slug));
        }
    }

    #[test]
    fn what_looks_like_another_slug_does_so_both_ways(one in "[a-z0-9-]{1,20}", other in "[a-z0-9-]{1,20}", anything in anything()) {
        prop_assert!(!looks_like(&one, &one), "a slug is not another one");
        prop_assert_eq!(looks_like(&one, &other), looks_like(&other, &one));
        prop_assert_eq!(looks_like(&anything, &one), looks_like(&one, &anything));
        for double in doubles(&one) {
            prop_assert_eq!(looks_like(&one, &double), one != double, "{} and {}", one, double);
            // Two that look like a third look like each other, so no order of set-ups lets one of them in.
            for twin in doubles(&one) {
                prop_assert_eq!(looks_like(&twin, &double), twin != double);
            }
        }
    }

    #[test]
    fn nothing_that_looks_like_a_reserved_word_passes_as_a_slug(word in select(RESERVED_SLUGS.to_vec()), anything in anything()) {
        for double in doubles(word) {
            prop_assert!(looks_reserved(&double) || double.parse::<Slug>().is_err(), "{}", double);
        }
        let _ = looks_reserved(&anything);
    }

    #[test]
    fn a_host_is_lower_case_and_stays_so(text in prop_oneof![
        anything(),
        "[A-Za-z0-9.-]{1,40}(:[0-9+]{1,6})?",
        "\\[[0-9a-fA-F:]{2,20}\\](:[0-9]{1,5})?",
    ]) {
        if let Ok(host) = text.parse::<Host>() {
            if !text.starts_with('[') {
                prop_assert_eq!(host.as_str(), text.to_ascii_lowercase());
            }
            prop_assert_eq!(host.to_string().parse::<Host>().ok(), Some(host.clone()));
            prop_assert_eq!(host.as_str().to_ascii_uppercase().parse::<Host>().ok(), Some(host.clone()));
            prop_assert!(!host.as_str().ends_with('.'), "the dot of the root is another name to browsers");
            prop_assert!(host.as_str().is_ascii());
            prop_assert!(!host.as_str().contains(|it: char| it.is_whitespace() || it.is_control() || "/@?#\\\"'<>,;".contains(it)));
        }
    }

    #[test]
    fn an_address_of_numbers_has_one_form(pieces in any::<[u16; 8]>(), port in prop::option::of(1..=65_535_u16)) {
        let address = std::net::Ipv6Addr::from(pieces);
        let port = port.map_or_else(String::new, |it| format!(":{it}"));
        let long = pieces.map(|it| format!("{it:04X}")).join(":");
        let short = format!("[{address}]{port}").parse::<Host>();
        prop_assert_eq!(format!("[{long}]{port}").parse::<Host>().ok(), short.clone().ok());
        match address.to_ipv4_mapped() {
            Some(_) => prop_assert!(short.is_err()),
            None => prop_assert_eq!(short.unwrap().to_string(), format!("[{address}]{port}")),
        }
    }

    #[test]
    fn a_host_in_letters_of_the_world_is_refused_and_its_ascii_form_is_judged(
        name in "[a-zäöüßéа-яα-ω一-龠あ-んا-ي.-]{1,30}", anything in anything(),
    ) {
        let _ = is_look_alike(&anything);
        let _ = is_look_alike(&format!("xn--{anything}"));
        prop_assert!(name.is_ascii() || name.parse::<Host>().is_err());
    }

    #[test]
    fn a_plain_host_is_no_look_alike(name in "[a-z0-9]{1,10}(-[a-z0-9]{1,5})?(\\.[a-wyz][a-z]{1,8}){0,3}(:[1-9][0-9]{0,3})?") {
        prop_assume!(!name.contains("xn--"));
        prop_assert!(name.parse::<Host>().is_ok() && !is_look_alike(&name));
    }

    #[test]
    fn a_locale_is_a_language_with_at_most_two_subtags(text in prop_oneof![anything(), "[a-z]{1,4}(-[A-Za-z0-9]{1,9}){0,3}"]) {
        if let Ok(locale) = text.parse::<Locale>() {
            prop_assert_eq!(locale.as_str(), &text);
            prop_assert!((2..=3).contains(&locale.language().len()));
            prop_assert!(text.starts_with(locale.language()) && text.split('-').count() <= 3 && text.len() <= 21);
        }
    }

    #[test]
    fn a_file_name_is_clean_short_and_stays_so(given in prop_oneof![anything(), "(\\. ?){0,4}\\PC{140,160}(\\.[a-z]{1,14})?", "[. a/\\\\]{0,12}"]) {
        let name = FileName::cleaned(&given);
        let text = name.as_str();
        prop_assert!((1..=150).contains(&text.chars().count()));
        prop_assert!(!text.contains(['/', '\\', '\0']));
        prop_assert!(!text.chars().any(char::is_control));
        let invisible = |it| matches!(it, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        prop_assert!(!text.chars().any(invisible));
        prop_assert!(text.trim() == text && !text.starts_with('.') && !text.ends_with('.'));
        prop_assert_eq!(&FileName::cleaned(text), &name, "cleaning twice");
    }

    #[test]
    fn a_long_file_name_keeps_its_extension(stem in "[a-z]{160,200}", extension in "[a-z0-9]{1,10}") {
        let name = FileName::cleaned(&format!("{stem}.{extension}"));
        prop_assert_eq!(name.extension(), Some(extension));
        prop_assert_eq!(name.as_str().chars().count(), 150);
    }

    #[test]
    fn a_fitted_line_is_a_line(text in prop_oneof![anything(), "\\PC{190,320}"]) {
        let blank = text.chars().all(|it| it.is_whitespace() || it.is_control());
        for (fitted, strict, max) in [
            (Line::fitted(&text).map(|it| it.to_string()), text.parse::<Line>().map(|it| it.to_string()), Line::MAX),
            (Subject::fitted(&text).map(|it| it.to_string()), text.parse::<Subject>().map(|it| it.to_string()), Subject::MAX),
            (PersonName::fitted(&text).map(|it| it.to_string()), text.parse::<PersonName>().map(|it| it.to_string()), PersonName::MAX),
        ] {
            prop_assert_eq!(fitted.is_none(), blank);
            if let Some(fitted) = fitted {
                prop_assert!(fitted.chars().count() <= max);
                prop_assert!(fitted.trim() == fitted && !fitted.chars().any(char::is_control));
                if max == Line::MAX {
                    prop_assert_eq!(fitted.parse::<Line>().map(|it| it.to_string()), Ok(fitted.clone()));
                    prop_assert_eq!(Line::fitted(&fitted).map(|it| it.to_string()), Some(fitted.clone()));
                }
                // What is accepted as it is, is not changed by fitting either.
                if let Ok(strict) = strict {
                    prop_assert_eq!(strict, fitted);
                }
            }
        }
    }

    #[test]
    fn a_refused_line_says_what_is_wrong(text in anything()) {
        let trimmed = text.trim();
        let given = trimmed.chars().count();
        let expected = if trimmed.is_empty() {
            Err(LineError::Empty)
        } else if trimmed.chars().any(char::is_control) {
            Err(LineError::Control)
        } else if given > 80 {
            Err(LineError::TooLong { max: 80, given })
        } else {
            Ok(trimmed.to_owned())
        };
        prop_assert_eq!(text.parse::<PersonName>().map(|it| it.as_str().to_owned()), expected);
    }

    #[test]
    fn tokens_are_short_plain_words(text in prop_oneof![anything(), "[a-z]{60,200}( [a-z]{60,70}){0,3}"]) {
        let words = index_tokens([text.as_str()]);
        for word in &words {
            prop_assert!((1..=64).contains(&word.chars().count()));
            prop_assert!(word.chars().all(char::is_alphanumeric), "{:?}", word);
        }
        let mut distinct = words.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), words.len());
    }

    #[test]
    fn what_was_indexed_is_found_by_its_own_words(text in anything(), more in anything()) {
        let indexed = index_tokens([text.as_str(), more.as_str()]);
        let query = query_tokens(&text);
        prop_assert!(query.len() <= 16);
        prop_assert!(query.iter().all(|it| indexed.contains(it)), "{:?} not all in {:?}", query, indexed);
    }

    #[test]
    fn what_is_marked_of_a_text_are_rising_whole_words_of_the_query(text in anything(), query in prop_oneof![anything(), "[a-z]{1,3}"]) {
        let query = query_tokens(&query);
        let mut end = 0;
        for range in matching_words(&text, &query) {
            prop_assert!(range.start >= end && range.end > range.start);
            end = range.end;
            // Panics if the range is not one of whole characters.
            let word = text.get(range).unwrap();
            let marked = index_tokens([word]);
            prop_assert!(query.iter().any(|it| marked.iter().any(|token| token.starts_with(it.as_str()))), "{:?}", word);
        }
        prop_assert!(matching_words(&text, &[]).is_empty());
    }

    #[test]
    fn every_word_of_the_query_is_marked_where_it_stands(words in prop::collection::vec("[A-Za-zÄÖÜäöüß0-9]{1,12}", 1..12), at in any::<prop::sample::Index>()) {
        let (text, query) = (words.join(", "), query_tokens(&words[at.index(words.len())]));
        let marked: Vec<&str> = matching_words(&text, &query).into_iter().map(|it| &text[it]).collect();
        prop_assert!(marked.contains(&words[at.index(words.len())].as_str()));
        let expected = words.iter().filter(|it| query_tokens(it)[0].starts_with(&query[0])).count();
        prop_assert_eq!(marked.len(), expected);
    }

    #[test]
    fn an_excerpt_is_one_short_line_around_the_first_hit(words in prop::collection::vec("[a-zäöü]{1,20}[.,\n]?", 1..120), at in any::<prop::sample::Index>(), query in anything()) {
        let text = words.join(" ");
        for query in [query_tokens(&words[at.index(words.len())]), query_tokens(&query), Vec::new()] {
            let short = excerpt(&text, &query);
            prop_assert!(short.chars().count() <= 164, "{:?}", short);
            prop_assert!(!short.contains(['\n', '\t']));
            prop_assert_eq!(matching_words(&short, &query).is_empty(), matching_words(&text, &query).is_empty(), "{:?}", short);
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let core = short.trim_start_matches("… ").trim_end_matches(" …");
            prop_assert!(line.contains(core));
            prop_assert_eq!(line.starts_with(core) && line.ends_with(core), short == line);
        }
    }

    #[test]
    fn an_excerpt_of_anything_is_short(text in anything(), query in anything()) {
        prop_assert!(excerpt(&text, &query_tokens(&query)).chars().count() <= 164);
    }

    #[test]
    fn tokens_of_tokens_are_the_same_tokens(text in anything()) {
        for word in index_tokens([text.as_str()]) {
            prop_assert_eq!(index_tokens([word.as_str()]), [word]);
        }
    }

    #[test]
    fn case_counts_nothing(text in "[a-zA-ZäöüÄÖÜßẞàéîõçñøåæœşğıđłžα-ωΑ-ΡΣ-Ωά-ώа-яА-Яё0-9 -]{0,60}") {
        prop_assert_eq!(index_tokens([text.as_str()]), index_tokens([text.to_lowercase().as_str()]));
        // The upper case of `ı` is `I`, as that of `i`.
        prop_assert_eq!(index_tokens([text.as_str()]), index_tokens([text.to_uppercase().as_str()]));
    }

    #[test]
    fn a_property_name_out_of_a_label_is_a_valid_one(label in prop_oneof![anything(), "[0-9]{0,80}", "[a-zA-Z0-9 ()_%-]{0,120}"]) {
        let key = PropertyKey::from_label(&label);
        if let Some(key) = &key {
            prop_assert_eq!(key.as_str().parse::<PropertyKey>().ok(), Some(key.clone()));
            prop_assert!((1..=64).contains(&key.as_str().len()));
        }
        let something = label.chars().any(|it| it.is_ascii_alphanumeric());
        prop_assert!(key.is_some() || !something, "{:?} has letters or digits to make a name of", label);
    }

    #[test]
    fn a_property_name_is_lower_case_and_begins_with_a_letter(text in prop_oneof![anything(), "[a-z0-9_A-Z]{0,70}"]) {
        let fine = (1..=64).contains(&text.len())
            && text.starts_with(|it: char| it.is_ascii_lowercase())
            && text.chars().all(|it| matches!(it, 'a'..='z' | '0'..='9' | '_'));
        prop_assert_eq!(text.parse::<PropertyKey>().map(|it| it.to_string()).ok(), fine.then_some(text));
    }
}

#[test]
fn words_are_folded_as_people_type_them() {
    let table: [(&str, &[&str]); 12] = [
        ("Straße STRASSE strasse", &["strasse"]),
        ("ERR-404", &["err", "404"]),
        ("Crème brûlée", &["creme", "brulee"]),
        ("Müller MÜLLER mu\u{308}ller", &["muller"]),
        ("Æther Œuvre Øre", &["aether", "oeuvre", "ore"]),
        ("Łódź đ", &["lodz", "d"]),
        ("İstanbul ISTANBUL ıstanbul", &["istanbul"]),
        ("ΟΔΟΣ οδος οδός", &["οδοσ"]),
        ("ﬁle №5 ①", &["file", "no5", "1"]),
        ("東京 都", &["東京", "都"]),
        ("a\0b\u{200b}c", &["a", "b", "c"]),
        (" .,;- ", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(index_tokens([text]), expected, "{text}");
    }
}

#[test]
fn a_query_has_at_most_sixteen_words_and_a_document_at_most_256_kib() {
    let words: Vec<String> = (0..40_000).map(|it| format!("word{it:05}")).collect();
    let many = words.join(" ");
    assert_eq!(query_tokens(&many).len(), 16);
    let indexed = index_tokens([many.as_str()]);
    let size: usize = indexed.iter().map(|it| it.len() + 1).sum();
    assert!(size <= 256 * 1024 && size > 256 * 1024 - 65, "{size}");
    assert_eq!(indexed[0], "word00000", "what comes first is kept");
    let long = "x".repeat(65);
    assert_eq!(index_tokens([long.as_str()]), ["x".repeat(64)]);
    assert_eq!(query_tokens(&long), ["x".repeat(64)]);
}

#[test]
fn the_limits_of_an_address_are_exact() {
    let parse = |text: &str| text.parse::<EmailAddress>().map(|_| ());
    let local = |length: usize| format!("{}@example.com", "a".repeat(length));
    assert_eq!(parse(&local(64)), Ok(()));
    assert_eq!(parse(&local(65)), Err(EmailError::TooLong));
    let domain = |length: usize| format!("{}.com", "b".repeat(length));
    assert_eq!(parse(&format!("a@{}", domain(63))), Ok(()));
    assert_eq!(parse(&format!("a@{}", domain(64))), Err(EmailError::Malformed));
    let labels = format!("{0}.{0}.{0}.{1}", "c".repeat(63), "d".repeat(60));
    assert_eq!(parse(&format!("a@{labels}")), Ok(()), "254 bytes");
    assert_eq!(parse(&format!("ab@{labels}")), Err(EmailError::TooLong), "255 bytes");
    for wrong in [
        "",
        "@",
        "a@",
        "@b.com",
        "a@b",
        "a b@c.com",
        "a@b..com",
        ".a@b.com",
        "a.@b.com",
        "a@-b.com",
        "a@b-.com",
        "a@b@c.com",
        "a@[127.0.0.1]",
        "\"a\"@b.com",
    ] {
        assert_eq!(parse(wrong), Err(EmailError::Malformed), "{wrong}");
    }
    assert_eq!(parse("käthe@example.com"), Err(EmailError::NotAscii));
}

#[test]
fn hosts_are_names_addresses_and_ports() {
    let fine = [
        "localhost",
        "help.example.com",
        "HELP.example.com:8443",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:65535",
        "a",
    ];
    for host in fine {
        assert!(host.parse::<Host>().is_ok(), "{host}");
    }
    let wrong = [
        "",
        ":80",
        "a:",
        "a:0",
        "a:08",
        "a:+8",
        "a:65536",
        "a:b",
        "::1",
        "[::1",
        "[]",
        "[::1]x",
        "-a",
        "a-",
        "a..b",
        "a.",
        "a/b",
        "a b",
        "ä.de",
        "user@a",
        "[::1%eth0]",
        "a:1:2",
    ];
    for host in wrong {
        assert!(host.parse::<Host>().is_err(), "{host}");
    }
    assert!("a".repeat(63).parse::<Host>().is_ok());
    assert!("a".repeat(64).parse::<Host>().is_err());
}

#[test]
fn file_names_of_attacks_become_harmless() {
    let table = [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\report.pdf", "report.pdf"),
        ("photo\u{202e}gpj.exe", "photogpj.exe"),
        ("a\r\nSet-Cookie: b", "aSet-Cookie: b"),
        (". . .hidden", "hidden"),
        ("..", "file"),
        ("", "file"),
        ("/", "file"),
        ("\u{2066}\u{2069}", "file"),
        ("name. ", "name"),
        ("a\u{1d173}b\u{110bd}c\u{8e2}.txt", "abc.txt"),
    ];
    for (given, expected) in table {
        assert_eq!(FileName::cleaned(given).as_str(), expected, "{given:?}");
    }
    assert_eq!(FileName::cleaned("archive.tar.GZ").extension().as_deref(), Some("gz"));
    assert_eq!(FileName::cleaned("no extension").extension(), None);
    assert_eq!(FileName::cleaned("a.x y").extension(), None);
    assert_eq!(FileName::cleaned("a.abcdefghijk").extension(), None);
}

#[test]
fn labels_become_property_names() {
    let of = |label: &str| PropertyKey::from_label(label).map(|it| it.to_string());
    assert_eq!(of("Customer since (year)").as_deref(), Some("customer_since_year"));
    assert_eq!(of("2nd contact").as_deref(), Some("p_2nd_contact"));
    assert_eq!(of("Größe").as_deref(), Some("grosse"));
    assert_eq!(of(""), None);
    assert_eq!(of("---"), None);
    assert_eq!(of("客戶"), None);
    assert_eq!(of(&"7".repeat(64)).map(|it| it.len()), Some(64));
}

#[test]
fn a_text_is_shown_in_the_wanted_language_else_a_near_one_else_the_first() {
    let locale = |text: &str| text.parse::<Locale>().unwrap();
    let text = Localized::new(Locale::english(), "Closed")
        .with(Locale::german(), "Geschlossen")
        .with(locale("pt-BR"), "Fechado");
    assert_eq!(text.get(&locale("de")), "Geschlossen");
    assert_eq!(text.get(&locale("de-AT")), "Geschlossen");
    assert_eq!(text.get(&locale("pt")), "Fechado");
    assert_eq!(text.get(&locale("fr")), "Closed");
    assert_eq!(text.primary(), &Locale::english());
    assert_eq!(text.iter().count(), 3);
}

/// Spellings that somebody could hope are taken for Alice: each is her address to the byte, or none.
#[test]
fn reg_013_other_spellings_of_an_address_are_the_same_or_refused() {
    let alice: EmailAddress = "alice@acme.example".parse().unwrap();
    for same in ["alice@ACME.example", "ALICE@acme.example", " alice@acme.example\r\n"] {
        assert_eq!(same.parse::<EmailAddress>().ok(), Some(alice.clone()), "{same:?}");
    }
    for refused in [
        "alice@acme.example.",
        "alice@acme\u{3002}example",
        "alic\u{e9}@acme.example",
        "\u{430}lice@acme.example",
        "\"alice\"@acme.example",
        "\"a>b\"@acme.example",
        "=?utf-8?q?=61?=lice@acme.example",
        "alice@acme.example\0",
        "alice@acme.example\0@evil.example",
        "alice@acme.example\r\nBcc: m@evil.example",
        "alice@acme.example, m@evil.example",
        "alice@acme.example@evil.example",
        "alice(comment)@acme.example",
        "alice@[192.0.2.1]",
        "alice@xn--acme-\u{e9}.example",
        "ali\u{200b}ce@acme.example",
        "\u{202e}alice@acme.example",
    ] {
        assert!(refused.parse::<EmailAddress>().is_err(), "{refused:?}");
    }
    for another in [
        "alice+x@acme.example",
        "a.lice@acme.example",
        "alice@xn--acm-epa.example",
    ] {
        assert_ne!(another.parse::<EmailAddress>().unwrap(), alice, "{another}");
    }
}
