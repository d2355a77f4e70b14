//! Laws of what customers see of settings: colours stay readable, forms understand anything, links lead nowhere bad.

use std::collections::{BTreeMap, BTreeSet};

use portal_core::property::{Decimal, PropertyKey, PropertyValue};
use portal_core::settings::{
    Answers, Colour, ConsentNotice, Entry, FieldKind, FieldName, FormField, FormOption, LinkTarget, Palette, Shades,
    ShownWhen, SupportForm,
};
use portal_core::text::{Locale, Localized};
use portal_core::ticket::Priority;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::cases;

const LIGHT: [&str; 4] = ["#f8f9fb", "#ffffff", "#f2f4f6", "#f0f3f6"];
const DARK: [&str; 4] = ["#0d0f14", "#15181d", "#1c1f26", "#1e2128"];

fn readable(shades: Shades, grounds: [&str; 4]) -> Result<(), TestCaseError> {
    let mut grounds: Vec<Colour> = grounds.iter().map(|it| it.parse().unwrap()).collect();
    prop_assert!(
        shades.on.contrast(shades.solid) >= 4.5,
        "letters on buttons: {shades:?}"
    );
    prop_assert!(
        shades.on.contrast(shades.hover) >= 4.5,
        "letters under the pointer: {shades:?}"
    );
    let stands_out = grounds.iter().all(|it| it.contrast(shades.solid) >= 3.0);
    let bordered = shades
        .edge
        .is_some_and(|edge| grounds.iter().all(|it| it.contrast(edge) >= 3.0));
    prop_assert!(stands_out || bordered, "buttons: {shades:?}");
    grounds.push(shades.soft);
    for ground in grounds {
        prop_assert!(ground.contrast(shades.link) >= 4.5, "links on {ground}: {shades:?}");
        prop_assert!(ground.contrast(shades.line) >= 3.0, "marks on {ground}: {shades:?}");
        prop_assert!(ground.contrast(shades.focus) >= 3.0, "focus on {ground}: {shades:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn every_colour_stays_readable(red: u8, green: u8, blue: u8) {
        let accent = Colour::new(red, green, blue);
        let palette = Palette::of(accent);
        readable(palette.light, LIGHT)?;
        readable(palette.dark, DARK)?;
        prop_assert_eq!(accent.to_string().parse::<Colour>().unwrap(), accent);
    }

    #[test]
    fn text_on_what_is_selected_stays_readable(red: u8, green: u8, blue: u8) {
        let palette = Palette::of(Colour::new(red, green, blue));
        // The darkest and the faintest letters of both schemes.
        prop_assert!(palette.light.soft.contrast("#59636f".parse().unwrap()) >= 4.5);
        prop_assert!(palette.dark.soft.contrast("#c0c6cf".parse().unwrap()) >= 4.5);
    }
}

#[test]
fn tokens_of_known_colours() {
    let shown = |shades: Shades| {
        let edge = shades.edge.map_or_else(|| "none".to_owned(), |it| it.to_string());
        format!(
            "solid {} hover {} on {} edge {edge} line {} link {} soft {} focus {}",
            shades.solid, shades.hover, shades.on, shades.line, shades.link, shades.soft, shades.focus
        )
    };
    let all = [
        "#2e61c4", "#ffd400", "#ff7a59", "#000000", "#ffffff", "#7f7f7f", "#0f766e",
    ]
    .iter()
    .fold(String::new(), |all, it| {
        let palette = Palette::of(it.parse().unwrap());
        format!(
            "{all}{it}\n  light {}\n  dark  {}\n",
            shown(palette.light),
            shown(palette.dark)
        )
    });
    assert_eq!(all, include_str!("tokens.txt"), "{all}");
}

fn key(name: &str) -> PropertyKey {
    name.parse().unwrap()
}

fn words(text: &str) -> Localized {
    Localized::new(Locale::english(), text)
}

fn entry() -> impl Strategy<Value = Entry> {
    let options = || -> Vec<FormOption> {
        ["red", "green", "blue"]
            .iter()
            .map(|it| FormOption {
                value: it.parse().unwrap(),
                label: None,
            })
            .collect()
    };
    select(vec![
        Entry::Text,
        Entry::Paragraph,
        Entry::Number,
        Entry::Date,
        Entry::DropDown(options()),
        Entry::MultiSelect(options()),
        Entry::Checkbox,
    ])
}

fn names() -> impl Strategy<Value = FieldName> {
    let mut all: Vec<FieldName> = FieldName::BUILT_IN.to_vec();
    all.extend(["a", "b", "c", "d"].iter().map(|it| FieldName::Property(key(it))));
    select(all)
}

fn condition() -> impl Strategy<Value = ShownWhen> {
    let values = vec!["red", "green", "true", "false", "high", "normal", "Bug"];
    (names(), subsequence(values, 0..3)).prop_map(|(field, any_of)| ShownWhen {
        field,
        any_of: any_of.into_iter().map(str::to_owned).collect(),
    })
}

/// Forms with conditions, valid or not.
fn form() -> impl Strategy<Value = SupportForm> {
    let property = (
        select(vec!["a", "b", "c", "d"]),
        entry(),
        any::<bool>(),
        prop::option::of(condition()),
    )
        .prop_map(|(name, entry, required, when)| FormField {
            kind: FieldKind::Property { key: key(name), entry },
            label: Some(words("Label")),
            help: None,
            required,
            when,
        });
    vec(property, 0..6).prop_map(|more| {
        let mut form = SupportForm::default();
        form.fields.extend(more);
        form
    })
}

fn given() -> impl Strategy<Value = BTreeMap<PropertyKey, Vec<String>>> {
    let text = prop_oneof![
        any::<String>(),
        select(vec![
            "red",
            "green",
            "true",
            "on",
            "12,5",
            "-3.5",
            "2026-02-29",
            "2026-02-28",
            ""
        ])
        .prop_map(str::to_owned),
    ];
    btree_map(
        select(vec!["a", "b", "c", "d", "e"]).prop_map(key),
        vec(text, 0..3),
        0..5,
    )
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn forms_understand_anything(form in form(), given in given(), category in "|Bug|\\PC{0,8}", files in 0_usize..3) {
        let answers = Answers { category: &category, priority: Priority::High, files, properties: &given };
        let checked = form.check();
        let Ok(read) = form.read(&answers) else { return Ok(()) };
        for (name, value) in &read.properties {
            let field = form.field(&FieldName::Property(name.clone())).unwrap();
            prop_assert!(read.asked.contains(&field.name()), "only what is asked is kept");
            let FieldKind::Property { entry, .. } = &field.kind else { unreachable!() };
            if checked.is_ok() {
                let fits = match (value, entry) {
                    (PropertyValue::Text(_), Entry::Text | Entry::Paragraph)
                    | (PropertyValue::Number(_), Entry::Number)
                    | (PropertyValue::Date(_), Entry::Date)
                    | (PropertyValue::Bool(_), Entry::Checkbox) => true,
                    (PropertyValue::Choice(it), Entry::DropDown(_)) => form.option(name, it).is_some(),
                    (PropertyValue::Choices(them), Entry::MultiSelect(_)) => {
                        them.iter().all(|it| form.option(name, it).is_some())
                    }
                    _ => false,
                };
                prop_assert!(fits, "{value:?} entered as {entry:?}");
            }
        }
    }

    #[test]
    fn what_is_not_asked_changes_nothing(form in form(), given in given(), other in given()) {
        // Only every other form is valid: too few for an assumption.
        if form.check().is_err() {
            return Ok(());
        }
        let answers = Answers { category: "", priority: Priority::Normal, files: 0, properties: &given };
        let asked = form.asked(&answers);
        // Whatever stands in fields that are not asked, the outcome is the same.
        let mut changed = given.clone();
        for field in &form.fields {
            let FieldName::Property(name) = field.name() else { continue };
            if !asked.contains(&field.name()) {
                changed.remove(&name);
                if let Some(other) = other.get(&name) {
                    changed.insert(name, other.clone());
                }
            }
        }
        let twin = Answers { properties: &changed, ..answers };
        prop_assert_eq!(form.asked(&twin), asked);
        prop_assert_eq!(form.read(&twin), form.read(&answers));
    }

    #[test]
    fn a_field_is_asked_only_below_an_answer_that_says_so(form in form(), given in given()) {
        let answers = Answers { category: "", priority: Priority::Normal, files: 0, properties: &given };
        let asked = form.asked(&answers);
        for field in &form.fields {
            if asked.contains(&field.name()) && form.check().is_ok()
                && let Some(when) = &field.when
            {
                prop_assert!(asked.contains(&when.field));
            }
        }
    }

    #[test]
    fn links_stay_here_or_go_by_https(text in "\\PC{0,40}|https://[a-z@:./\\\\]{0,20}|[/\\\\a-z:]{0,20}|javascript:[a-z]{0,9}") {
        if let Ok(link) = text.parse::<LinkTarget>() {
            let link = link.as_str();
            prop_assert!(link.starts_with('/') && !link.starts_with("//") || link.to_lowercase().starts_with("https://"));
            prop_assert!(!link.contains(['\\', '"', '<', '>', ' ', '\n']));
        }
    }

    #[test]
    fn numbers_are_what_was_typed(millionths: i64) {
        let number = Decimal::from_millionths(millionths);
        if millionths != i64::MIN {
            prop_assert_eq!(Decimal::typed(&number.to_string()), Some(number));
            prop_assert_eq!(Decimal::typed(&number.to_string().replace('.', ",")), Some(number));
        }
    }

    #[test]
    fn anything_typed_as_a_number_is_one_or_not(text: String) {
        if let Some(number) = Decimal::typed(&text) {
            prop_assert!(Decimal::typed(&number.to_string()) == Some(number));
        }
    }
}

#[test]
fn the_form_that_every_portal_begins_with_is_valid() {
    assert_eq!(SupportForm::default().check(), Ok(()));
}

#[test]
fn a_required_field_that_is_asked_must_be_filled_in() {
    let mut form = SupportForm::default();
    form.fields.push(FormField {
        kind: FieldKind::Property {
            key: key("down"),
            entry: Entry::Checkbox,
        },
        label: Some(words("The line stands still")),
        help: None,
        required: false,
        when: None,
    });
    form.fields.push(FormField {
        kind: FieldKind::Property {
            key: key("since"),
            entry: Entry::Date,
        },
        label: Some(words("Since when?")),
        help: None,
        required: true,
        when: Some(ShownWhen {
            field: FieldName::Property(key("down")),
            any_of: BTreeSet::from(["true".to_owned()]),
        }),
    });
    assert_eq!(form.check(), Ok(()));
    let read = |pairs: &[(&str, &str)]| {
        let given = pairs
            .iter()
            .map(|(name, text)| (key(name), vec![(*text).to_owned()]))
            .collect();
        form.read(&Answers {
            category: "",
            priority: Priority::Normal,
            files: 0,
            properties: &given,
        })
    };
    assert!(read(&[("since", "nonsense")]).is_ok(), "not asked, so ignored");
    let problems = read(&[("down", "on")]).unwrap_err();
    let paths: Vec<String> = problems.list().iter().map(portal_core::input::Problem::path).collect();
    assert_eq!(paths, ["fields.since"]);
    let fine = read(&[("down", "on"), ("since", "2026-11-22")]).unwrap();
    assert_eq!(
        fine.properties.get(&key("since")),
        Some(&PropertyValue::Date("2026-11-22".parse().unwrap()))
    );
}

#[test]
fn a_condition_looks_at_an_earlier_choice() {
    let late = |field: FieldName, value: &str| {
        let mut form = SupportForm::default();
        form.fields.insert(
            1,
            FormField {
                kind: FieldKind::Property {
                    key: key("a"),
                    entry: Entry::Text,
                },
                label: Some(words("A")),
                help: None,
                required: false,
                when: Some(ShownWhen {
                    field,
                    any_of: BTreeSet::from([value.to_owned()]),
                }),
            },
        );
        form.check().is_ok()
    };
    assert!(!late(FieldName::Priority, "high"), "the priority stands behind it");
    assert!(!late(FieldName::Subject, "x"), "a subject is no choice");
    assert!(!late(FieldName::Property(key("a")), "x"), "nothing depends on itself");
}

#[test]
fn a_new_wording_is_a_new_version_and_asks_again_if_told_to() {
    let none = ConsentNotice::default();
    assert!(!none.must_ask(None));
    let first = none.reworded(Some(words("Be nice.")), false);
    assert_eq!((first.version, first.counts_from), (1, 1));
    assert!(first.must_ask(None) && !first.must_ask(Some(1)));
    let mended = first.reworded(Some(words("Be nice!")), false);
    assert_eq!((mended.version, mended.counts_from), (2, 1));
    assert!(!mended.must_ask(Some(1)));
    let other = mended.reworded(Some(words("Be very nice.")), true);
    assert_eq!((other.version, other.counts_from), (3, 3));
    assert!(other.must_ask(Some(2)) && !other.must_ask(Some(3)));
    assert_eq!(other.reworded(other.text.clone(), false), other, "nothing changed");
    let gone = other.reworded(None, false);
    assert!(!gone.must_ask(None));
    assert_eq!(gone.reworded(Some(words("Again.")), false).version, 4);
}
