//! Laws of everything that is stored: to JSON and back is the same, and whatever else a document says is refused.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::strategies::{criteria, event, hint, localized, mail, permission, rule, settings};
use super::through;

/// Every object of a document, those inside others included.
fn objects(value: &mut Value, visit: &mut impl FnMut(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            visit(map);
            map.values_mut().for_each(|it| objects(it, visit));
        }
        Value::Array(items) => items.iter_mut().for_each(|it| objects(it, visit)),
        _ => {}
    }
}

/// Every name and word in a document.
pub(super) fn names(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            into.extend(map.keys().cloned());
            map.values().for_each(|it| names(it, into));
        }
        Value::Array(items) => items.iter().for_each(|it| names(it, into)),
        Value::String(text) => {
            into.insert(text.clone());
        }
        _ => {}
    }
}

/// Reads documents that say more, or that another version wrote, wherever in them they do.
fn refuses_strangers<W: Serialize + DeserializeOwned>(json: &str) -> Result<(), TestCaseError> {
    let document: Value = serde_json::from_str(json).unwrap();
    let mut versions = 0;
    objects(&mut document.clone(), &mut |it| {
        versions += usize::from(it.contains_key("v"));
    });
    for change in 0..versions {
        for (name, value) in [("v", "2"), ("later", "anything")] {
            let mut place = 0;
            let mut changed = document.clone();
            objects(&mut changed, &mut |it| {
                if it.contains_key("v") {
                    if place == change {
                        it.insert(name.to_owned(), value.into());
                    }
                    place += 1;
                }
            });
            prop_assert!(serde_json::from_value::<W>(changed.clone()).is_err(), "{}", changed);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn settings_of_every_section_come_back_as_they_were(value in settings()) {
        let (json, back) = through::<crate::SettingsValue, _>(&value);
        prop_assert_eq!(back, value);
        refuses_strangers::<crate::SettingsValue>(&json)?;
    }

    #[test]
    fn intents_come_back_as_they_were(value in mail()) {
        let (json, back) = through::<crate::Mail, _>(&value);
        prop_assert_eq!(back, value);
        refuses_strangers::<crate::Mail>(&json)?;
    }

    #[test]
    fn criteria_come_back_as_they_were(value in criteria()) {
        let (json, back) = through::<crate::Criteria, _>(&value);
        prop_assert_eq!(back, value);
        refuses_strangers::<crate::Criteria>(&json)?;
    }

    #[test]
    fn permissions_and_rules_come_back_as_they_were(permission in permission(), rule in rule()) {
        let (json, back) = through::<crate::TicketPermission, _>(&permission);
        prop_assert_eq!(back, permission);
        refuses_strangers::<crate::TicketPermission>(&json)?;
        let (json, back) = through::<crate::AccessRule, _>(&rule);
        prop_assert_eq!(back, rule);
        refuses_strangers::<crate::AccessRule>(&json)?;
    }

    #[test]
    fn texts_events_and_hints_come_back_as_they_were(text in localized(), event in event(), hint in hint()) {
        let (json, back) = through::<crate::Localized, _>(&text);
        prop_assert_eq!(back, text);
        refuses_strangers::<crate::Localized>(&json)?;
        let (json, back) = through::<crate::EventKind, _>(&event);
        prop_assert_eq!(back, event);
        refuses_strangers::<crate::EventKind>(&json)?;
        let (json, back) = through::<crate::Hint, _>(&hint);
        prop_assert_eq!(back, hint);
        refuses_strangers::<crate::Hint>(&json)?;
    }

    #[test]
    fn nothing_in_a_document_brings_the_reader_down(text in any::<String>(), swapped in settings(), with in any::<String>()) {
        prop_assert!(serde_json::from_str::<crate::SettingsValue>(&text).is_err());
        // Every text of a document replaced: either it is refused, or it is what the core accepts.
        let mut document = serde_json::to_value(crate::SettingsValue::from(&swapped)).unwrap();
        objects(&mut document, &mut |map| {
            for (name, it) in map.iter_mut() {
                if it.is_string() && name != "v" {
                    *it = Value::String(with.clone());
                }
            }
        });
        if let Ok(read) = serde_json::from_value::<crate::SettingsValue>(document)
            && let Ok(value) = portal_core::settings::SettingsValue::try_from(read)
        {
            prop_assert_eq!(through::<crate::SettingsValue, _>(&value).1, value);
        }
    }
}

#[test]
fn objects_inside_others_take_no_further_fields() {
    let picture = r#"{"v":"1","show_name":true,"logo":{"key":"00112233445566778899aabbccddeeff","digest":"0123456789abcdef","width":1,"height":1,"depth":1}}"#;
    assert!(serde_json::from_str::<crate::Branding>(picture).is_err());
    let field = r#"{"v":"1","fields":[{"name":"subject","hidden":true}]}"#;
    assert!(serde_json::from_str::<crate::SupportForm>(field).is_err());
    let intent = r#"{"v":"1","mail":{"staff_reset":{"agent":"x","token":"y"}}}"#;
    assert!(serde_json::from_str::<crate::Mail>(intent).is_err());
    let condition = r#"{"v":"1","any":[[{"property":"a","operator":"is_known","not":true}]]}"#;
    assert!(serde_json::from_str::<crate::Criteria>(condition).is_err());
}
