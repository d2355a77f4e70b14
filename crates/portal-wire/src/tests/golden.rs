//! Documents as the first release wrote them. They are in databases: each must be read for ever, and say the same.
//!
//! A test that fails here says that a stored document would be lost. Nothing in `golden/` is ever edited: documents of a
//! new kind join at the end of a file, those of a new version have a file of their own.

use std::collections::BTreeSet;

use portal_core::{access, mail, ports, settings, text, ticket};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads every document of a file, and writes it again as it was; gives the names of the variants it has seen.
fn stays<W, C>(golden: &str) -> BTreeSet<String>
where
    W: Serialize + DeserializeOwned + for<'a> From<&'a C>,
    C: TryFrom<W, Error: std::fmt::Debug>,
{
    let documents: Vec<Value> = serde_json::from_str(golden).unwrap();
    assert!(!documents.is_empty());
    let mut names = BTreeSet::new();
    for document in documents {
        let read: W = serde_json::from_value(document.clone()).unwrap_or_else(|it| panic!("{it}: {document}"));
        let core = C::try_from(read).unwrap_or_else(|it| panic!("{it:?}: {document}"));
        assert_eq!(serde_json::to_value(W::from(&core)).unwrap(), document);
        super::laws::names(&document, &mut names);
    }
    names
}

/// That a file has a document for every one of these names.
#[track_caller]
fn has(seen: &BTreeSet<String>, names: &[&str]) {
    for name in names {
        assert!(seen.contains(*name), "no document has `{name}`");
    }
}

#[test]
fn settings_of_version_1() {
    let seen = stays::<crate::SettingsValue, settings::SettingsValue>(include_str!("golden/settings.v1.json"));
    for section in settings::Section::ALL {
        has(&seen, &[&section.name().replace('-', "_")]);
    }
}

#[test]
fn criteria_of_version_1() {
    let seen = stays::<crate::Criteria, access::Criteria>(include_str!("golden/criteria.v1.json"));
    has(
        &seen,
        &[
            "is",
            "is_not",
            "any_of",
            "less_than",
            "greater_than",
            "contains",
            "is_known",
            "is_unknown",
        ],
    );
    has(&seen, &["text", "number", "date", "bool", "choice", "choices"]);
}

#[test]
fn permissions_and_rules_of_version_1() {
    let seen = stays::<crate::TicketPermission, access::TicketPermission>(include_str!("golden/permission.v1.json"));
    has(&seen, &["nobody", "everybody", "matching"]);
    let seen = stays::<crate::AccessRule, access::AccessRule>(include_str!("golden/rule.v1.json"));
    has(&seen, &["groups", "every_registered_contact"]);
}

#[test]
fn intents_of_version_1() {
    let seen = stays::<crate::Mail, mail::Mail>(include_str!("golden/mail.v1.json"));
    has(
        &seen,
        &[
            "invitation",
            "already_registered",
            "verify_address",
            "sign_in",
            "reset_password",
        ],
    );
    has(
        &seen,
        &[
            "confirm_address",
            "address_changing",
            "address_changed",
            "password_changed",
        ],
    );
    has(
        &seen,
        &[
            "registration_approved",
            "registration_pending",
            "staff_invitation",
            "staff_reset",
        ],
    );
    has(&seen, &["staff_notice", "ticket_answered", "test"]);
    has(&seen, &["ticket_news", "agent_news", "by_channel"]);
    has(&seen, &mail::TicketNews::ALL.map(mail::TicketNews::name));
    has(&seen, &mail::StaffNotice::ALL.map(mail::StaffNotice::name));
    has(&seen, &mail::EditableMail::ALL.map(mail::EditableMail::name));
}

#[test]
fn texts_events_and_hints_of_version_1() {
    stays::<crate::Localized, text::Localized>(include_str!("golden/localized.v1.json"));
    let seen = stays::<crate::EventKind, ticket::EventKind>(include_str!("golden/event.v1.json"));
    has(
        &seen,
        &[
            "status_changed",
            "owner_changed",
            "closed",
            "reopened",
            "made_private",
            "made_shared",
        ],
    );
    has(&seen, &["follow_up_of", "closed_by_timer", "not_delivered"]);
    stays::<crate::Hint, ports::Hint>(include_str!("golden/hint.v1.json"));
}

#[test]
fn lists_and_details_of_version_1() {
    let list: crate::List = serde_json::from_str(r#"{"v":"1","items":["de","en"]}"#).unwrap();
    assert_eq!(list.clone().read::<text::Locale, Vec<_>>().unwrap().len(), 2);
    assert_eq!(
        serde_json::to_string(&list).unwrap(),
        r#"{"v":"1","items":["de","en"]}"#
    );
    let written = r#"{"v":"1","detail":[["name","Kestrel"],["slug","support"]]}"#;
    let detail: crate::AuditDetail = serde_json::from_str(written).unwrap();
    assert_eq!(serde_json::to_string(&detail).unwrap(), written);
}
