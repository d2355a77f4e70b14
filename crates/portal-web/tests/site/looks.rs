//! What the settings of looks do to a customer's pages.

use std::collections::{BTreeMap, BTreeSet};

use portal_core::actor::Task;
use portal_core::id::{StatusId, TicketNumber};
use portal_core::ports::{Access, BytesSource, Clock, Files, Store};
use portal_core::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyType, PropertyValue};
use portal_core::settings::{
    BrandPicture, Branding, Cause, Column, Entry, FieldKind, FieldName, FormField, FormOption, OwnerDisplay,
    PortalLink, PortalLinks, SettingsAuthor, SettingsOwner, SettingsValue, SettingsVersion, ShownWhen, StatusWords,
    SupportForm, TicketDisplay,
};
use portal_core::text::{Locale, Localized};
use portal_core::ticket::{Sort, Stage};

use crate::world::{World, portal_id};

fn words(en: &str, de: &str) -> Localized {
    Localized::new(Locale::english(), en).with(Locale::german(), de)
}

fn key(name: &str) -> PropertyKey {
    name.parse().unwrap()
}

impl World {
    /// Changes a section, as the pages of the staff do.
    pub(crate) async fn set(&self, value: SettingsValue) {
        value.check().unwrap();
        let owner = SettingsOwner::Portal(portal_id(0));
        let task = &Task::CommandLine;
        let mut tx = self.store.begin(Access::Write).await.unwrap();
        let current = tx.settings().current_settings(owner, value.section()).await.unwrap();
        let version = SettingsVersion {
            owner,
            version: current.map_or(0, |it| it.version) + 1,
            value,
            author: SettingsAuthor::CommandLine,
            at: self.clock.now(),
            cause: Cause::CommandLine,
        };
        assert!(tx.settings().add_settings_version(task, &version).await.unwrap());
        let mut site = tx.directory().portal(portal_id(0)).await.unwrap().unwrap();
        site.revision += 1;
        tx.directory().put_portal(task, &site).await.unwrap();
        tx.commit().await.unwrap();
        self.calls.take();
    }

    /// Defines a property of tickets that customers may write.
    pub(crate) async fn ticket_property(&self, name: &str, kind: PropertyType) {
        self.property(name, kind, true).await;
    }

    /// Defines a property of tickets.
    async fn property(&self, name: &str, kind: PropertyType, shown: bool) {
        let mut tx = self.store.begin(Access::Write).await.unwrap();
        let definition = PropertyDefinition {
            owner: PropertyOwner::Ticket,
            key: key(name),
            label: words(&format!("{name} label"), &format!("{name} Beschriftung")),
            kind,
            customer_writable: true,
            shown_to_customers: shown,
            options: Vec::new(),
            archived: false,
        };
        let task = &Task::CommandLine;
        tx.directory().put_property(task, &definition).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn asks(name: &str, entry: Entry, required: bool, when: Option<(&str, &str)>) -> FormField {
    FormField {
        kind: FieldKind::Property { key: key(name), entry },
        label: Some(words(&format!("Which {name}?"), &format!("Welche {name}?"))),
        help: None,
        required,
        when: when.map(|(field, answer)| ShownWhen {
            field: field.parse().unwrap(),
            any_of: BTreeSet::from([answer.to_owned()]),
        }),
    }
}

fn form() -> SupportForm {
    let line = |value: &str, label: &str| FormOption {
        value: value.parse().unwrap(),
        label: Some(words(label, label)),
    };
    let mut form = SupportForm {
        title: Some(words("Tell us", "Erzählen Sie")),
        button: Some(words("Off it goes", "Ab damit")),
        ..SupportForm::default()
    };
    form.fields.extend([
        asks(
            "line",
            Entry::DropDown(vec![line("l1", "Line one"), line("l2", "Line two")]),
            true,
            None,
        ),
        asks("down", Entry::Checkbox, false, None),
        asks("since", Entry::Date, true, Some(("property-down", "true"))),
        asks("lost", Entry::Number, false, Some(("property-line", "l2"))),
    ]);
    form
}

#[tokio::test]
async fn the_form_asks_what_it_is_told_and_keeps_what_was_typed() {
    let world = World::new().await;
    world.property("line", PropertyType::Choice, true).await;
    world.property("since", PropertyType::Date, true).await;
    world.set(SettingsValue::Form(form())).await;
    let mut anna = world.signed_in("anna").await;
    let page = anna.get("/support/new").await;
    for shown in [
        "<h1>Tell us</h1>",
        ">Off it goes</button>",
        "Which line?",
        "Line two",
        "name=\"property-since\"",
        "data-when=\"property-down\"",
        "asked.js",
    ] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }

    let idem = page.field("idem");
    let mut fields = vec![
        ("idem", idem.as_str()),
        ("subject", "Belt stands still"),
        ("description", "Since this morning."),
        ("priority", "high"),
        ("audience", "shared"),
        ("property-down", "true"),
        ("property-lost", "a lot"),
    ];
    let refused = anna.post("/support/new", &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    // The line and the day are missing; what is lost is asked of another line only, so nobody minds the words there.
    for shown in [
        "There are 2 problems",
        "href=\"#f-property-line\"",
        "href=\"#f-property-since\"",
        "value=\"Belt stands still\"",
        "value=\"a lot\"",
        "value=\"true\" checked",
    ] {
        assert!(refused.body.contains(shown), "{shown}: {}", refused.body);
    }
    assert!(!refused.body.contains("href=\"#f-property-lost\""));

    fields.extend([("property-line", "l1"), ("property-since", "2026-11-20")]);
    let sent = anna.post("/support/new", &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let ticket = anna.follow(&sent).await;
    for shown in ["line label", "Line one", "since label", "20 Nov 2026"] {
        assert!(ticket.body.contains(shown), "{shown}: {}", ticket.body);
    }
    let number: i64 = sent.location().rsplit('/').next().unwrap().parse().unwrap();
    let mut tx = world.store.begin(Access::Read).await.unwrap();
    let number = TicketNumber::new(number).unwrap();
    let stored = tx.tickets().load(&Task::CommandLine, number).await.unwrap().unwrap();
    assert_eq!(
        stored.properties,
        BTreeMap::from([
            (key("down"), PropertyValue::Bool(true)),
            (key("line"), PropertyValue::Choice("l1".to_owned())),
            (key("since"), PropertyValue::Date("2026-11-20".parse().unwrap())),
        ])
    );
}

#[tokio::test]
async fn columns_words_and_order_are_the_portals() {
    let world = World::new().await;
    world.property("line", PropertyType::Choice, true).await;
    world.property("secret", PropertyType::Text, false).await;
    world.set(SettingsValue::Form(form())).await;
    let columns = [
        "subject",
        "property-line",
        "property-secret",
        "created",
        "status",
        "priority",
        "updated",
        "source",
    ];
    world
        .set(SettingsValue::Display(TicketDisplay {
            label: Some(words("Requests", "Anfragen")),
            new_label: Some(words("New request", "Neue Anfrage")),
            columns: columns.iter().map(|it| it.parse().unwrap()).collect(),
            sort: Sort::Created,
            ..TicketDisplay::default()
        }))
        .await;
    let mut anna = world.signed_in("anna").await;
    let page = anna.get("/support/new").await;
    let idem = page.field("idem");
    let fields = [
        ("idem", idem.as_str()),
        ("subject", "Belt stands still"),
        ("description", "Since this morning."),
        ("audience", "shared"),
        ("property-line", "l2"),
        ("property-lost", "12,5"),
    ];
    assert_eq!(anna.post("/support/new", &fields).await.status, 303);
    world.calls.take();
    let list = anna.get("/support").await;
    for shown in [
        "<h1>Requests</h1>",
        "New request</a>",
        "My Requests",
        "line label</th>",
        "role=\"cell\" data-label=\"line label\"",
        "<bdi>Line two</bdi>",
    ] {
        assert!(list.body.contains(shown), "{shown}: {}", list.body);
    }
    assert!(
        !list.body.contains("secret label"),
        "what customers may not be shown is no column"
    );
    assert!(
        list.body.contains("aria-sort=\"descending\""),
        "in the portal's order: {}",
        list.body
    );
    // The seventh column needs room.
    assert_eq!(
        list.body.matches("<th class=\"col-text col-more\"").count(),
        1,
        "{}",
        list.body
    );
    let statements = world.calls.take();
    assert!(
        !statements.iter().any(|it| it.clone().starts_with("settings.")),
        "looks are kept: {statements:?}"
    );
    assert_eq!(
        statements
            .iter()
            .filter(|it| (*it).clone() == "tickets.row_details")
            .count(),
        1
    );

    let attention = anna.get("/support?sort=attention").await;
    assert!(
        attention.body.contains("class=\"group\""),
        "another order can be asked for"
    );
    let german = [("language", "de"), ("back", "/support")];
    anna.post("/support/language", &german).await;
    let list = anna.get("/support").await;
    assert!(list.body.contains("<h1>Anfragen</h1>") && list.body.contains("Meine Anfragen"));
}

#[tokio::test]
async fn a_list_that_nobody_changed_reads_no_more_than_before() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    anna.open("Printer on fire").await;
    anna.get("/support").await;
    world.calls.take();
    anna.get("/support").await;
    let statements = world.calls.take();
    let extra = statements
        .iter()
        .filter(|it| (*it).clone().starts_with("settings.") || (*it).clone().contains("details"))
        .count();
    assert_eq!(extra, 0, "{statements:?}");
}

#[tokio::test]
async fn names_of_staff_and_words_of_statuses_are_the_portals() {
    let world = World::new().await;
    let mut anna = world.signed_in("anna").await;
    let number = anna.open("Printer on fire").await;
    world.moved(number, Stage::WaitingOnContact).await;
    let mut tx = world.store.begin(Access::Read).await.unwrap();
    let ticket = tx
        .tickets()
        .load(&Task::CommandLine, TicketNumber::new(number).unwrap())
        .await
        .unwrap()
        .unwrap();
    drop(tx);
    let status: StatusId = ticket.status;
    let path = format!("/support/{number}");
    assert!(anna.get(&path).await.body.contains("We need an answer."));
    let display = |owner: OwnerDisplay| {
        SettingsValue::Display(TicketDisplay {
            owner,
            statuses: BTreeMap::from([(
                status,
                StatusWords {
                    label: Some(words("Your turn", "Sie sind dran")),
                    explanation: Some(words("Please write back.", "Bitte antworten Sie.")),
                },
            )]),
            ..TicketDisplay::default()
        })
    };
    world.set(display(OwnerDisplay::Nothing)).await;
    let page = anna.get(&path).await;
    assert!(
        page.body.contains("Your turn") && page.body.contains("Please write back."),
        "{}",
        page.body
    );
    assert!(
        !page.body.contains("We need an answer.") && !page.body.contains("Mara"),
        "{}",
        page.body
    );
    assert!(anna.get("/support").await.body.contains("Your turn"));
    world.set(display(OwnerDisplay::Alias)).await;
    assert!(
        !anna.get(&path).await.body.contains("Winter"),
        "an alias shows no family name"
    );
}

#[tokio::test]
async fn a_portal_has_its_colour_logo_and_links() {
    let world = World::new().await;
    let key = "00112233445566778899aabbccddeeff".parse().unwrap();
    let png = b"\x89PNG picture".to_vec();
    world
        .files
        .put(&key, &mut BytesSource::new(png.clone()), 1000)
        .await
        .unwrap();
    let picture = BrandPicture {
        key,
        digest: "0123456789abcdef".to_owned(),
        width: 241,
        height: 48,
    };
    world
        .set(SettingsValue::Branding(Branding {
            show_name: false,
            logo: Some(picture),
            accent: Some("#ffd400".parse().unwrap()),
            ..Branding::default()
        }))
        .await;
    let link = |label: &str, target: &str| PortalLink {
        label: words(label, label),
        target: target.parse().unwrap(),
    };
    world
        .set(SettingsValue::Links(PortalLinks {
            header: vec![link("Shop", "https://shop.example/")],
            footer: vec![link("Imprint", "/support/imprint")],
        }))
        .await;
    // Before anybody has signed in.
    let mut browser = world.browser();
    let page = browser.get("/support/sign-in").await;
    let logo =
        "<img class=\"logo logo-light\" src=\"/support/brand/0123456789abcdef\" width=\"121\" height=\"24\" alt=\"\">";
    assert!(page.body.contains(logo), "{}", page.body);
    assert!(page.body.contains("<a href=\"/support/imprint\">Imprint</a>"));
    assert!(!page.body.contains("style="), "no inline style");
    let style = page
        .body
        .split("href=\"")
        .find(|it| it.contains("brand-ffd400.css"))
        .unwrap();
    let style = browser.get(style.split('"').next().unwrap()).await;
    assert_eq!(style.status, 200);
    assert!(style.header("cache-control").contains("immutable"));
    assert!(
        style
            .body
            .contains("--accent:light-dark(#ffd400,#ffd400);--accent-hover:"),
        "{}",
        style.body
    );
    let got = browser.get("/support/brand/0123456789abcdef").await;
    assert_eq!((got.status, got.header("content-type")), (200, "image/png"));
    assert!(got.header("cache-control").contains("immutable"));
    assert_eq!(browser.get("/support/brand/fedcba9876543210").await.status, 404);
    let mut anna = world.signed_in("anna").await;
    let list = anna.get("/support").await;
    assert!(
        list.body.contains("href=\"https://shop.example/\">Shop</a>"),
        "{}",
        list.body
    );
}

#[tokio::test]
async fn only_colours_have_a_style_sheet() {
    let world = World::new().await;
    let mut browser = world.browser();
    for name in [
        "brand-.css",
        "brand-ffd4.css",
        "brand-FFD400.css",
        "brand-ffd400;x.css",
        "brand-zzzzzz.css",
    ] {
        let got = browser.get(&format!("/s/0/{name}")).await;
        assert_eq!(got.status, 404, "{name}");
    }
}

#[test]
fn every_column_has_a_name_that_comes_back() {
    for column in Column::BUILT_IN {
        assert_eq!(column.to_string().parse::<Column>().unwrap(), column);
    }
    for name in FieldName::BUILT_IN {
        assert_eq!(name.to_string().parse::<FieldName>().unwrap(), name);
    }
}
