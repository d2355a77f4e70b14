mod golden;
mod laws;
mod strategies;

use std::collections::BTreeSet;

use portal_core::access::{self, Condition, Criteria, Operator, Principal};
use portal_core::id::{AccessGroupId, CompanyId, ContactId, PortalId, StatusId, TicketNumber, Uuid};
use portal_core::property::{Decimal, PropertyValue};
use portal_core::text::{Locale, Localized};
use portal_core::ticket::{EventKind, Source, Stage, Version};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn through<W, C>(core: &C) -> (String, C)
where
    W: Serialize + DeserializeOwned + for<'a> From<&'a C>,
    C: TryFrom<W, Error: std::fmt::Debug>,
{
    let json = serde_json::to_string(&W::from(core)).unwrap();
    let back = C::try_from(serde_json::from_str(&json).unwrap()).unwrap();
    (json, back)
}

#[test]
fn texts_keep_their_languages() {
    let text = Localized::new(Locale::english(), "Waiting").with(Locale::german(), "Wartet");
    let (json, back) = through::<crate::Localized, _>(&text);
    assert_eq!(
        json,
        r#"{"v":"1","primary":"en","texts":{"de":"Wartet","en":"Waiting"}}"#
    );
    assert_eq!(back, text);
}

#[test]
fn a_text_without_its_primary_language_is_refused() {
    let broken: crate::Localized = serde_json::from_str(r#"{"v":"1","primary":"en","texts":{"de":"Wartet"}}"#).unwrap();
    assert!(Localized::try_from(broken).is_err());
}

#[test]
fn permissions_keep_their_criteria() {
    let values = [
        PropertyValue::Text("a".into()),
        PropertyValue::Number(Decimal::from_millionths(-1_500_000)),
        PropertyValue::Date("2026-02-28".parse().unwrap()),
        PropertyValue::Bool(true),
        PropertyValue::Choice("x".into()),
        PropertyValue::Choices(BTreeSet::from(["x".into(), "y".into()])),
    ];
    let [text, number, date, bool_, choice, choices] = values;
    let operators = vec![
        Operator::Is(text),
        Operator::IsNot(bool_),
        Operator::AnyOf(vec![choice, choices]),
        Operator::LessThan(number),
        Operator::GreaterThan(date),
        Operator::Contains("c".into()),
        Operator::IsKnown,
        Operator::IsUnknown,
    ];
    let group = operators
        .into_iter()
        .map(|operator| Condition {
            property: "role".parse().unwrap(),
            operator,
        })
        .collect();
    let criteria = Criteria::new(vec![group]).unwrap();
    for permission in [
        access::TicketPermission::Own,
        access::TicketPermission::Company,
        access::TicketPermission::CompanyFor(criteria),
    ] {
        assert_eq!(through::<crate::TicketPermission, _>(&permission).1, permission);
    }
}

#[test]
fn criteria_that_would_match_everybody_are_refused() {
    let broken: crate::TicketPermission =
        serde_json::from_str(r#"{"v":"1","company_view":{"matching":[[]]}}"#).unwrap();
    assert!(access::TicketPermission::try_from(broken).is_err());
}

#[test]
fn rules_keep_their_groups() {
    let groups = access::AccessRule::Groups(BTreeSet::from([AccessGroupId::from_uuid(Uuid::from_u128(7))]));
    assert_eq!(through::<crate::AccessRule, _>(&groups).1, groups);
    let every = access::AccessRule::EveryRegisteredContact;
    assert_eq!(through::<crate::AccessRule, _>(&every).1, every);
}

#[test]
fn events_keep_what_happened() {
    let kinds = [
        EventKind::StatusChanged {
            status: StatusId::from_uuid(Uuid::from_u128(1)),
            stage: Stage::WaitingOnContact,
        },
        EventKind::OwnerChanged { owner: "Kim".into() },
        EventKind::Closed {
            reason: Some("done".into()),
        },
        EventKind::Reopened { reason: None },
        EventKind::MadePrivate,
        EventKind::MadeShared,
        EventKind::FollowUpOf {
            ticket: TicketNumber::new(12).unwrap(),
        },
        EventKind::PeopleChanged,
        EventKind::MergedInto {
            ticket: TicketNumber::new(13).unwrap(),
        },
        EventKind::SplitFrom {
            ticket: TicketNumber::new(14).unwrap(),
        },
        EventKind::NotDelivered { channel: Source::Chat },
    ];
    for kind in kinds {
        assert_eq!(through::<crate::EventKind, _>(&kind).1, kind);
    }
}

#[test]
fn hints_keep_their_readers() {
    let hint = portal_core::ports::Hint {
        portal: PortalId::from_uuid(Uuid::from_u128(1)),
        number: TicketNumber::new(3).unwrap(),
        version: Version(4),
        readers: vec![
            Principal::Contact(ContactId::from_uuid(Uuid::from_u128(5))),
            Principal::Company(CompanyId::from_uuid(Uuid::from_u128(6))),
        ],
    };
    assert_eq!(through::<crate::Hint, _>(&hint).1, hint);
}

#[test]
fn what_customers_see_comes_back_as_it_was() {
    use portal_core::settings::{
        BrandPicture, Branding, Column, ConsentNotice, Entry, FieldKind, FieldName, FormField, FormOption,
        OwnerDisplay, PortalLink, PortalLinks, ShownWhen, StatusWords, SupportForm, TicketDisplay,
    };
    let words = |text: &str| Localized::new(Locale::english(), text).with(Locale::german(), format!("{text} (de)"));
    let display = TicketDisplay {
        label: Some(words("Requests")),
        new_label: Some(words("New request")),
        columns: vec![
            Column::Subject,
            Column::Owner,
            Column::Property("serial".parse().unwrap()),
        ],
        properties: Some(vec!["serial".parse().unwrap()]),
        owner: OwnerDisplay::Team("Service".parse().unwrap()),
        statuses: std::collections::BTreeMap::from([(
            StatusId::from_uuid(Uuid::from_u128(7)),
            StatusWords {
                label: Some(words("With the workshop")),
                explanation: None,
            },
        )]),
        sort: portal_core::ticket::Sort::Created,
    };
    assert_eq!(through::<crate::TicketDisplay, _>(&display).1, display);
    let default = TicketDisplay::default();
    let (json, back) = through::<crate::TicketDisplay, _>(&default);
    assert_eq!(
        json,
        r#"{"v":"1","columns":["subject","status","requester","updated"],"owner":"name","sort":"attention"}"#
    );
    assert_eq!(back, default);

    let mut form = SupportForm {
        button: Some(words("Send")),
        ..SupportForm::default()
    };
    form.fields.push(FormField {
        kind: FieldKind::Property {
            key: "colour".parse().unwrap(),
            entry: Entry::DropDown(vec![FormOption {
                value: "red".parse().unwrap(),
                label: Some(words("Red")),
            }]),
        },
        label: Some(words("Colour")),
        help: Some(words("Of the light")),
        required: true,
        when: Some(ShownWhen {
            field: FieldName::Priority,
            any_of: BTreeSet::from(["high".to_owned()]),
        }),
    });
    assert_eq!(through::<crate::SupportForm, _>(&form).1, form);

    let notice = ConsentNotice {
        text: Some(words("Be nice.")),
        version: 3,
        counts_from: 2,
    };
    assert_eq!(through::<crate::ConsentNotice, _>(&notice).1, notice);

    let branding = Branding {
        show_name: false,
        logo: Some(BrandPicture {
            key: "00112233445566778899aabbccddeeff".parse().unwrap(),
            digest: "0123456789abcdef".into(),
            width: 240,
            height: 48,
        }),
        accent: Some("#ffd400".parse().unwrap()),
        ..Branding::default()
    };
    assert_eq!(through::<crate::Branding, _>(&branding).1, branding);

    let links = PortalLinks {
        header: vec![PortalLink {
            label: words("Shop"),
            target: "https://shop.example".parse().unwrap(),
        }],
        footer: vec![],
    };
    assert_eq!(through::<crate::PortalLinks, _>(&links).1, links);
}

#[test]
fn a_stored_link_that_leads_astray_is_refused() {
    let text = r#"{"v":"1","header":[{"label":{"v":"1","primary":"en","texts":{"en":"x"}},"target":"javascript:1"}],"footer":[]}"#;
    let broken: crate::PortalLinks = serde_json::from_str(text).unwrap();
    assert!(portal_core::settings::PortalLinks::try_from(broken).is_err());
}
