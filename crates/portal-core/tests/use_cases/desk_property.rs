//! Properties of tickets, as agents change them.

use portal_core::actor::Task;
use portal_core::desk::{DeskError, SetProperty};
use portal_core::id::TicketNumber;
use portal_core::input::ProblemKind;
use portal_core::ports::{Access, Store};
use portal_core::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyType, PropertyValue};
use portal_core::text::{Locale, Localized};

use crate::desk::Desk;

fn key(name: &str) -> PropertyKey {
    name.parse().unwrap()
}

async fn define(desk: &Desk, name: &str, kind: PropertyType, options: &[&str], archived: bool) {
    let definition = PropertyDefinition {
        owner: PropertyOwner::Ticket,
        key: key(name),
        label: Localized::new(Locale::english(), name),
        kind,
        customer_writable: false,
        shown_to_customers: false,
        options: options.iter().map(|it| (*it).to_owned()).collect(),
        archived,
    };
    let mut tx = desk.world.store.begin(Access::Write).await.unwrap();
    tx.directory()
        .put_property(&Task::CommandLine, &definition)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

impl Desk {
    async fn set(&self, number: TicketNumber, name: &str, was: &str, value: &str) -> Result<(), DeskError> {
        let command = SetProperty {
            number,
            property: key(name),
            was: was.to_owned(),
            value: value.to_owned(),
            key: None,
        };
        self.world.service.set_property(&self.mara, command).await
    }
}

fn kind(result: Result<(), DeskError>) -> ProblemKind {
    let Err(DeskError::Invalid(problems)) = result else {
        panic!("{result:?}")
    };
    problems.list()[0].kind.clone()
}

#[tokio::test]
async fn a_property_is_of_its_type_among_what_is_offered_and_changed_by_whoever_saw_it() {
    let desk = Desk::new().await;
    let number = desk.world.open(desk.world.jonas, "Scanner").await;
    define(&desk, "hall", PropertyType::Choice, &["A", "B"], false).await;
    define(&desk, "devices", PropertyType::Number, &[], false).await;
    define(&desk, "old", PropertyType::Text, &[], true).await;
    desk.set(number, "hall", "", "B").await.unwrap();
    desk.set(number, "devices", "", "12").await.unwrap();
    assert_eq!(kind(desk.set(number, "hall", "B", "C").await), ProblemKind::NotOffered);
    assert_eq!(
        kind(desk.set(number, "devices", "12", "many").await),
        ProblemKind::Number
    );
    assert_eq!(kind(desk.set(number, "old", "", "x").await), ProblemKind::NotOffered);
    assert_eq!(kind(desk.set(number, "absent", "", "x").await), ProblemKind::NotOffered);
    let late = desk.set(number, "hall", "", "A").await;
    assert!(matches!(late, Err(DeskError::Stale)), "{late:?}");
    let ticket = desk.world.stored(number).await;
    assert_eq!(ticket.properties[&key("hall")], PropertyValue::Choice("B".to_owned()));
    assert_eq!(ticket.properties[&key("devices")].to_string(), "12");
    let version = ticket.version;
    desk.set(number, "hall", "B", " ").await.unwrap();
    let ticket = desk.world.stored(number).await;
    assert!(!ticket.properties.contains_key(&key("hall")));
    assert!(ticket.version > version, "whoever looks at it is told");
    let command = SetProperty {
        number,
        property: key("hall"),
        was: String::new(),
        value: "A".to_owned(),
        key: None,
    };
    let refused = desk.world.service.set_property(&desk.tim, command).await;
    assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");
    let view = desk
        .world
        .service
        .view_desk_ticket(&desk.mara, number, 10)
        .await
        .unwrap();
    let shown: Vec<_> = view
        .properties
        .iter()
        .map(|(it, value)| (it.key.as_str(), value.is_some()))
        .collect();
    assert!(
        shown.contains(&("hall", false)) && shown.contains(&("devices", true)),
        "{shown:?}"
    );
    assert!(!shown.iter().any(|it| it.0 == "old"), "{shown:?}");
}
