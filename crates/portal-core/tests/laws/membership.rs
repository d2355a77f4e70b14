//! Laws of passwords, secrets, sessions and the throttle.

use std::time::Duration;

use portal_core::id::{ContactId, SessionId, Uuid};
use portal_core::membership::{
    LIMIT_BEFORE_RESET, Password, PasswordError, Secret, SecretHash, Session, Throttle, ThrottleKey, ThrottleKind,
};
use portal_core::text::EmailAddress;
use portal_core::time::Timestamp;
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases;

const KINDS: [ThrottleKind; 3] = [
    ThrottleKind::Address,
    ThrottleKind::Network,
    ThrottleKind::Reauthentication,
];

fn chosen(text: &str, address: Option<&str>, words: &[&str]) -> Result<(), PasswordError> {
    let address: Option<EmailAddress> = address.map(|it| it.parse().unwrap());
    Password::chosen(text.to_owned(), address.as_ref(), words).map(|it| assert_eq!(it.expose(), text))
}

/// The wait after so many failures; `None` is for ever.
fn wait(kind: ThrottleKind, failures: u32) -> Option<Duration> {
    let at = Timestamp::from_micros(1_000_000_000);
    Throttle { failures, last_at: at }
        .next_attempt(kind)
        .map(|it| it.since(at))
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_chosen_password_keeps_every_rule_and_every_character(text in "\\PC{0,40}|[ -~]{0,300}|[ -~]{10,20}\0?") {
        match Password::chosen(text.clone(), None, &[]) {
            Ok(password) => {
                prop_assert!(text.chars().count() >= 15 && text.len() <= 256 && !text.contains('\0'));
                prop_assert_eq!(password.expose(), &text);
                prop_assert_eq!(Password::typed(text).map(|it| it == password), Some(true));
                prop_assert_eq!(format!("{password:?}"), "Password(…)");
            }
            Err(PasswordError::Nul) => prop_assert!(text.contains('\0')),
            Err(PasswordError::TooLong) => prop_assert!(text.len() > 256),
            Err(PasswordError::TooShort) => prop_assert!(text.chars().count() < 15),
            Err(PasswordError::Guessable) => prop_assert!(text.chars().count() >= 15 && text.len() <= 256),
        }
    }

    #[test]
    fn characters_are_counted_and_not_bytes(letters in "[äöüßéñ]{15,30}") {
        prop_assert_ne!(chosen(&letters, None, &[]), Err(PasswordError::TooShort));
        let fourteen: String = letters.chars().take(14).collect();
        prop_assert_eq!(chosen(&fourteen, None, &[]), Err(PasswordError::TooShort));
    }

    #[test]
    fn one_thing_repeated_is_guessable(part in "[a-z0-9]{1,12}", separator in "[ -]?") {
        let mut text = String::new();
        while text.chars().count() < 2 * (part.len() + 1).max(8) {
            text.push_str(&part);
            text.push_str(&separator);
        }
        prop_assert_eq!(chosen(&text, None, &[]), Err(PasswordError::Guessable));
    }

    #[test]
    fn the_own_address_makes_no_password(local in "[a-z]{8,20}", tail in "[a-z0-9]{0,7}") {
        let text = format!("{local}{tail}{}", "!".repeat(15));
        prop_assert_eq!(chosen(&text, Some(&format!("{local}@example.com")), &[]), Err(PasswordError::Guessable));
    }

    #[test]
    fn the_words_of_the_place_make_no_password(word in "[A-Z][a-z]{7,12}", digits in "[0-9]{0,4}") {
        let text = format!("{word} {} {digits} password", word.to_uppercase());
        prop_assert_eq!(chosen(&text, None, &[&word]), Err(PasswordError::Guessable));
    }

    #[test]
    fn anything_short_enough_can_be_typed_to_sign_in(text in "\\PC{0,300}") {
        prop_assert_eq!(Password::typed(text.clone()).map(|it| it.expose().to_owned()), (text.len() <= 256).then_some(text));
    }

    #[test]
    fn the_ladder_never_goes_down(kind in select(KINDS.to_vec()), failures in 0..300u32) {
        let (now, next) = (wait(kind, failures), wait(kind, failures + 1));
        match (now, next) {
            (Some(now), Some(next)) => prop_assert!(now <= next),
            (None, next) => prop_assert_eq!(next, None),
            (Some(_), None) => prop_assert_eq!(failures + 1, LIMIT_BEFORE_RESET),
        }
    }

    #[test]
    fn every_failure_counts_one(kind in select(KINDS.to_vec()), failures in 0..200u32, at in 0..1_000_000_000_000i64, later in 0..3_600u64) {
        let before = Throttle { failures, last_at: Timestamp::from_micros(at) };
        let now = before.last_at.plus(Duration::from_secs(later));
        let after = Throttle::failed(Some(before), kind, now);
        prop_assert_eq!(after, Throttle { failures: failures + 1, last_at: now });
        prop_assert_eq!(Throttle::failed(None, kind, now), Throttle { failures: 1, last_at: now });
    }

    #[test]
    fn only_networks_are_forgiven_by_time_alone(failures in 1..200u32, hours in 2..9_000u64) {
        let before = Throttle { failures, last_at: Timestamp::from_micros(0) };
        let now = before.last_at.plus(Duration::from_secs(hours * 3600));
        for kind in KINDS {
            let expected = if kind == ThrottleKind::Network { 1 } else { failures + 1 };
            prop_assert_eq!(Throttle::failed(Some(before), kind, now).failures, expected);
        }
    }

    #[test]
    fn a_secret_comes_back_as_it_went_out(bytes in any::<[u8; 32]>(), other in any::<[u8; 32]>(), kind in select(vec!["session", "api"])) {
        let secret = Secret::from_bytes(kind, &bytes);
        let prefix = format!("ptl_{kind}_");
        prop_assert_eq!(secret.expose().strip_prefix(&prefix).map(str::len), Some(64));
        let presented = Secret::presented(secret.expose());
        prop_assert_eq!(presented.as_ref().map(Secret::hash), Some(secret.hash()));
        prop_assert_eq!(SecretHash::from_bytes(*secret.hash().bytes()), secret.hash());
        prop_assert_eq!(Secret::from_bytes(kind, &other).hash() == secret.hash(), bytes == other);
        prop_assert_eq!(format!("{secret:?} {:?}", secret.hash()), "Secret(…) SecretHash(…)");
    }

    #[test]
    fn what_cannot_be_a_secret_is_refused(text in "\\PC{0,120}|ptl_[a-z0-9_]{0,100}|ptl_[ -~]{1,20}") {
        let plausible = text.len() <= 96 && text.starts_with("ptl_") && text.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
        prop_assert_eq!(Secret::presented(&text).is_some(), plausible);
    }

    #[test]
    fn a_session_ends_by_idleness_or_by_age_whichever_comes_first(now in 0..100i64, idle in 0..100i64, ends in 0..100i64) {
        let at = Timestamp::from_micros;
        let session = Session {
            id: SessionId::from_uuid(Uuid::nil()),
            contact: ContactId::from_uuid(Uuid::nil()),
            host: "help.example.com".to_owned(),
            secret: SecretHash::from_bytes([0; 32]),
            device: String::new(),
            created_at: at(0),
            seen_at: at(0),
            idle_until: at(idle),
            ends_at: at(ends),
        };
        prop_assert_eq!(session.is_alive(at(now)), now < idle.min(ends));
    }
}

#[test]
fn the_ladder_is_the_one_that_is_documented() {
    let steps = |kind| -> Vec<Option<u64>> {
        [0, 2, 3, 8, 9, 19, 20, 24, 25, 49, 50, 99, 100, 101, u32::MAX]
            .map(|it| wait(kind, it).map(|it| it.as_secs()))
            .to_vec()
    };
    let account = [
        Some(0),
        Some(0),
        Some(3),
        Some(3),
        Some(10),
        Some(10),
        Some(10),
        Some(10),
        Some(60),
        Some(60),
        Some(900),
        Some(900),
        None,
        None,
        None,
    ];
    assert_eq!(steps(ThrottleKind::Address), account);
    assert_eq!(steps(ThrottleKind::Reauthentication), account);
    let network = [0, 0, 0, 0, 0, 0, 6, 6, 6, 6, 6, 6, 60, 60, 60].map(Some);
    assert_eq!(steps(ThrottleKind::Network), network);
    let full = Throttle {
        failures: u32::MAX,
        last_at: Timestamp::from_micros(0),
    };
    assert_eq!(
        Throttle::failed(Some(full), ThrottleKind::Address, full.last_at).failures,
        u32::MAX
    );
}

#[test]
fn a_network_is_forgiven_after_an_hour_and_not_before() {
    let before = Throttle {
        failures: 50,
        last_at: Timestamp::from_micros(0),
    };
    let hour = before.last_at.plus(Duration::from_hours(1));
    assert_eq!(Throttle::failed(Some(before), ThrottleKind::Network, hour).failures, 51);
    assert_eq!(
        Throttle::failed(Some(before), ThrottleKind::Network, hour.plus(Duration::from_micros(1))).failures,
        1
    );
}

#[test]
fn keys_of_different_kinds_never_meet() {
    let address: EmailAddress = "ann@example.com".parse().unwrap();
    let keys = [
        ThrottleKey::address(&address),
        ThrottleKey::network("ann@example.com"),
        ThrottleKey::network("10.0.0.1"),
    ];
    assert!(keys[0].hash != keys[1].hash && keys[1].hash != keys[2].hash);
    let contact = ContactId::from_uuid(Uuid::nil());
    assert_ne!(
        ThrottleKey::reauthentication(contact).hash,
        ThrottleKey::network(&contact.to_string()).hash
    );
    assert_eq!(
        ThrottleKey::address(&address),
        ThrottleKey::address(&" ANN@example.com ".parse().unwrap())
    );
}

#[test]
fn what_everybody_would_guess_is_refused_and_several_words_are_not() {
    let refused: &[(&str, Option<&str>, &[&str])] = &[
        ("correct horse battery staple", None, &[]),
        ("Password-Password", None, &[]),
        ("aaaaaaaaaaaaaaaaaaaa", None, &[]),
        ("abababababababababab", None, &[]),
        ("qwertzuiopasdfghjkl", None, &[]),
        ("!!!!!!!!!!!!!!!!!!!!", None, &[]),
        ("Northwind-Support-2026", None, &["Northwind"]),
        ("ann.example-password", Some("ann.example@example.com"), &[]),
        ("portalsupportpasswort1", None, &[]),
    ];
    for (text, address, words) in refused {
        assert_eq!(chosen(text, *address, words), Err(PasswordError::Guessable), "{text}");
    }
    let accepted: &[(&str, Option<&str>, &[&str])] = &[
        ("seven green boats sail", None, &[]),
        ("Der Igel mag kein Blau", Some("igel@example.com"), &["Northwind"]),
        ("support plus eleven lamps", None, &[]),
        ("Zx9 qT4 mV7 pL2", Some("ann@example.com"), &[]),
        ("ann likes two brown hats", Some("ann@example.com"), &[]),
    ];
    for (text, address, words) in accepted {
        assert_eq!(chosen(text, *address, words), Ok(()), "{text}");
    }
}

#[test]
fn the_limits_of_a_password_are_exact() {
    let of = |length: usize| -> String { "correct lamp 7 zebra! ".chars().cycle().take(length).collect() };
    assert_eq!(chosen(&of(14), None, &[]), Err(PasswordError::TooShort));
    assert_eq!(chosen(&of(15), None, &[]), Ok(()));
    let numbers: Vec<String> = (0..64).map(|it| format!("{it:x}q{}", it * 7 % 100)).collect();
    let unrepeated: String = numbers.concat().chars().take(256).collect();
    assert_eq!(unrepeated.len(), 256);
    assert_eq!(chosen(&unrepeated, None, &[]), Ok(()));
    assert_eq!(
        chosen(&format!("{unrepeated}x"), None, &[]),
        Err(PasswordError::TooLong)
    );
    assert!(Password::typed("x".repeat(257)).is_none());
}
