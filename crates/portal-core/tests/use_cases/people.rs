//! What staff do with contacts, companies, groups and properties.

use std::collections::BTreeSet;

use portal_core::access::{AccessRule, Condition, Criteria, CriteriaProblem, CustomersMay, Operator, TicketPermission};
use portal_core::actor::{Actor, Task};
use portal_core::audit::{AuditEvent, AuditQuery};
use portal_core::crm::{
    ContactQuery, GroupError, PropertyError, SaveCompany, SaveContact, SaveContactError, SaveGroup,
};
use portal_core::ports::{Access, Store};
use portal_core::property::{PropertyDefinition, PropertyKey, PropertyOwner, PropertyType, PropertyValue};
use portal_core::settings::{ChangeSettings, SettingsOwner, SettingsValue, TicketSettings};
use portal_core::staff::{Permission, StaffError, StaffRefusal};
use portal_core::text::{Locale, Localized};
use portal_core::ticket::{ListFilter, ListTickets, Sort};
use portal_testkit::{RecordingStore, block_on};

use crate::fixture::World;
use crate::previews::staff;

fn key(name: &str) -> PropertyKey {
    name.parse().unwrap()
}

fn property(name: &str, customer_writable: bool) -> PropertyDefinition {
    PropertyDefinition {
        owner: PropertyOwner::Contact,
        key: key(name),
        label: Localized::new(Locale::english(), name),
        kind: PropertyType::Choice,
        customer_writable,
        shown_to_customers: false,
        options: Vec::new(),
        archived: false,
    }
}

fn is(name: &str, value: &str) -> Criteria {
    let condition = Condition {
        property: key(name),
        operator: Operator::Is(PropertyValue::Choice(value.to_owned())),
    };
    Criteria::new(vec![vec![condition]]).unwrap()
}

fn group(criteria: Option<Criteria>) -> SaveGroup {
    SaveGroup {
        id: None,
        name: "Gold customers".to_owned(),
        criteria,
    }
}

fn contact(name: &str, address: &str) -> SaveContact {
    SaveContact {
        id: None,
        name: name.to_owned(),
        email: String::new(),
        membership_email: address.to_owned(),
        primary_company: None,
        companies: BTreeSet::new(),
        properties: std::collections::BTreeMap::new(),
    }
}

async fn may_list(world: &World, who: portal_core::id::ContactId) -> bool {
    let wanted = ListTickets {
        portal: world.portal.id,
        tab: None,
        filter: ListFilter::All,
        requester: None,
        sort: Some(Sort::Created),
        edge: portal_core::ticket::Edge::Start,
        limit: 25,
        count_to: None,
    };
    world.service.list_tickets(&Actor::signed_in(who), wanted).await.is_ok()
}

#[test]
fn reg_034_who_leaves_a_group_is_out_at_the_next_request() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        world
            .service
            .save_property(&admin, &property("tier", false))
            .await
            .unwrap();
        let dynamic = world
            .service
            .save_group(&admin, &group(Some(is("tier", "gold"))))
            .await
            .unwrap();
        let mut portal = world.portal.clone();
        portal.access = AccessRule::Groups(BTreeSet::from([dynamic]));
        let mut tx = world.store.begin(Access::Write).await.unwrap();
        tx.directory().put_portal(&Task::CommandLine, &portal).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!may_list(&world, world.jonas).await);

        let view = world.service.view_contact(&admin, world.jonas).await.unwrap();
        let mut edit = SaveContact {
            id: Some(world.jonas),
            name: view.contact.name.to_string(),
            email: String::new(),
            membership_email: view
                .contact
                .membership_email
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
            primary_company: view.contact.primary_company,
            companies: view.contact.companies.clone(),
            properties: view.contact.properties.clone(),
        };
        edit.properties
            .insert(key("tier"), PropertyValue::Choice("gold".to_owned()));
        world.service.save_contact(&admin, &edit).await.unwrap();
        assert!(may_list(&world, world.jonas).await, "matches from now on");
        let listed = ContactQuery {
            group: Some(dynamic),
            limit: 10,
            ..ContactQuery::default()
        };
        let members = world.service.list_contacts(&admin, &listed).await.unwrap();
        assert_eq!(members.iter().map(|it| it.id).collect::<Vec<_>>(), [world.jonas]);

        let platinum = SaveGroup {
            id: Some(dynamic),
            ..group(Some(is("tier", "platinum")))
        };
        world.service.save_group(&admin, &platinum).await.unwrap();
        assert!(!may_list(&world, world.jonas).await, "the criteria changed");
        assert!(world.service.list_contacts(&admin, &listed).await.unwrap().is_empty());
        let mut tx = world.store.begin(Access::Read).await.unwrap();
        let entries = tx
            .audit()
            .audit_page(&Task::Maintenance, &AuditQuery::default(), 50)
            .await
            .unwrap();
        let last = entries.iter().find(|it| it.event == AuditEvent::GroupChanged).unwrap();
        assert!(
            last.detail.contains(&("lose.doors".to_owned(), "1".to_owned())),
            "{last:?}"
        );
        drop(tx);
        let used = world.service.remove_group(&admin, dynamic).await.unwrap_err();
        assert!(matches!(used, GroupError::InUse(portals) if portals.len() == 1));
    });
}

#[test]
fn criteria_never_ask_for_what_customers_write() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        world
            .service
            .save_property(&admin, &property("tier", true))
            .await
            .unwrap();
        let refused = world
            .service
            .save_group(&admin, &group(Some(is("tier", "gold"))))
            .await
            .unwrap_err();
        assert!(matches!(refused, GroupError::Criteria(CriteriaProblem::CustomersWrite(it)) if it == key("tier")));
        let refused = world
            .service
            .save_group(&admin, &group(Some(is("nothing", "gold"))))
            .await
            .unwrap_err();
        assert!(matches!(
            refused,
            GroupError::Criteria(CriteriaProblem::UnknownProperty(_))
        ));

        world
            .service
            .save_property(&admin, &property("tier", false))
            .await
            .unwrap();
        world
            .service
            .save_group(&admin, &group(Some(is("tier", "gold"))))
            .await
            .unwrap();
        let refused = world
            .service
            .save_property(&admin, &property("tier", true))
            .await
            .unwrap_err();
        assert!(matches!(refused, PropertyError::UsedByCriteria(by) if by == ["Gold customers"]));
        let other = PropertyDefinition {
            kind: PropertyType::Text,
            ..property("tier", false)
        };
        assert!(matches!(
            world.service.save_property(&admin, &other).await.unwrap_err(),
            PropertyError::OtherType
        ));
    });
}

/// Only a unit of work that holds the lock before it looks sees what others did meanwhile.
#[test]
fn whoever_lets_criteria_use_a_property_or_customers_write_it_holds_the_lock_before_looking() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        world
            .service
            .save_property(&admin, &property("tier", false))
            .await
            .unwrap();
        let store = RecordingStore::new(world.store.clone());
        let calls = store.calls();
        let service = world.service_over(store);
        let check = |what: &str, looks: &str| {
            let all = calls.take();
            let begun = all.iter().rposition(|it| it == "begin Write").unwrap();
            let place = |call: &str| all.iter().skip(begun).position(|it| it == call);
            let held = place("crm.hold_criteria");
            assert!(held.is_some() && held < place(looks), "{what}: {all:?}");
        };
        service
            .save_group(&admin, &group(Some(is("tier", "gold"))))
            .await
            .unwrap();
        check("a group is made", "directory.properties");
        service.save_property(&admin, &property("role", true)).await.unwrap();
        check("customers write a property", "directory.all_groups");
        let value = SettingsValue::Tickets(TicketSettings {
            default_inbox: world.portal.default_inbox,
            permission: TicketPermission::CompanyFor(is("tier", "gold")),
            hidden_pipelines: BTreeSet::new(),
        });
        let command = ChangeSettings {
            owner: SettingsOwner::Portal(world.portal.id),
            value,
            seen_version: 0,
        };
        service.change_settings(&admin, &command).await.unwrap();
        check("a permission asks for a property", "directory.properties");
    });
}

#[test]
fn reg_011_sign_in_addresses_are_canonical_unique_and_of_the_contact_once_registered() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let ada = world
            .service
            .save_contact(&admin, &contact("Ada", " Ada@Example.COM "))
            .await
            .unwrap();
        let view = world.service.view_contact(&admin, ada).await.unwrap();
        assert_eq!(view.contact.membership_email.unwrap().as_str(), "ada@example.com");
        let twin = world
            .service
            .save_contact(&admin, &contact("Eve", "ADA@example.com"))
            .await;
        assert!(matches!(twin.unwrap_err(), SaveContactError::AddressTaken));
        let odd = world
            .service
            .save_contact(&admin, &contact("Eve", "ädä@example.com"))
            .await;
        assert!(matches!(odd.unwrap_err(), SaveContactError::Invalid(_)));
        // Jonas has an account: whoever has the new address must confirm it.
        let move_away = SaveContact {
            id: Some(world.jonas),
            ..contact("Jonas", "elsewhere@example.com")
        };
        let refused = world.service.save_contact(&admin, &move_away).await.unwrap_err();
        assert!(matches!(refused, SaveContactError::Registered));

        world.service.remove_contact(&admin, ada).await.unwrap();
        world
            .service
            .save_contact(&admin, &contact("Eve", "ada@example.com"))
            .await
            .unwrap();
        assert!(
            world.service.restore_contact(&admin, ada).await.is_err(),
            "the address is Eve's now"
        );
    });
}

#[test]
fn adm_004_people_are_for_those_who_look_after_them() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let agent = staff(&world.store, Permission::HelpDesk).await;
        let refused = |it: &StaffError| matches!(it, StaffError::Refused(StaffRefusal::NotAllowed(_)));
        let service = &world.service;
        let all = ContactQuery::default();
        assert!(refused(&service.list_contacts(&agent, &all).await.unwrap_err()));
        assert!(refused(&service.list_groups(&agent).await.unwrap_err()));
        assert!(service.view_contact(&agent, world.jonas).await.is_err());
        assert!(service.save_contact(&agent, &contact("Eve", "")).await.is_err());
        assert!(service.remove_contact(&agent, world.jonas).await.is_err());
        assert!(service.save_group(&agent, &group(None)).await.is_err());
        assert!(service.save_property(&agent, &property("tier", false)).await.is_err());
        let company = SaveCompany {
            id: None,
            name: "Fernwerk".to_owned(),
            domain: String::new(),
            properties: None,
        };
        assert!(service.save_company(&agent, &company).await.is_err());
        // Looking after people is not looking after settings.
        let crm = staff(&world.store, Permission::Crm).await;
        assert!(service.save_group(&crm, &group(None)).await.is_err());
        assert!(service.save_company(&crm, &company).await.is_ok());
    });
}

#[test]
fn reg_035_who_joins_a_group_later_is_invited_once_and_only_where_mails_are_on() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let service = &world.service;
        let ada = service
            .save_contact(&admin, &contact("Ada", "ada@example.com"))
            .await
            .unwrap();
        let group = service.save_group(&admin, &group(None)).await.unwrap();
        let invited = async || {
            let mut tx = world.store.begin(Access::Snapshot).await.unwrap();
            tx.members().invitation(world.portal.id, ada).await.unwrap()
        };
        let ada_only = BTreeSet::from([ada]);
        let nobody = BTreeSet::new();
        for (mails, expected) in [(false, false), (true, true)] {
            let mut portal = world.portal.clone();
            portal.access = AccessRule::Groups(BTreeSet::from([group]));
            portal.send_registration_mails = mails;
            let mut tx = world.store.begin(Access::Write).await.unwrap();
            tx.directory().put_portal(&Task::CommandLine, &portal).await.unwrap();
            tx.commit().await.unwrap();
            service.change_members(&admin, group, &ada_only, &nobody).await.unwrap();
            assert_eq!(invited().await.is_some(), expected, "mails {mails}");
            service.change_members(&admin, group, &nobody, &ada_only).await.unwrap();
        }
        let first = invited().await.unwrap();
        service.change_members(&admin, group, &ada_only, &nobody).await.unwrap();
        assert_eq!(invited().await.unwrap().id, first.id, "nobody is invited twice");
    });
}
