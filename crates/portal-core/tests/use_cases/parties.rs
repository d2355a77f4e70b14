//! Merges, erasures, tables, notes, looking through a contact's eyes.

use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::{CustomersMay, Tab, TicketPermission, enter};
use portal_core::actor::{Actor, ContactActor, Mode, Task};
use portal_core::audit::{AuditEvent, AuditQuery};
use portal_core::crm::{
    Contact, ContactQuery, EraseContactError, ExportError, LineProblem, MergeError, MergeField, MergeParties,
    MergeState, Party, PartyNoteError, PropertyError, SaveContact, TableField, TableLine, TableOf, TableState,
    ViewAsError, ViewParty, Widening,
};
use portal_core::id::{CompanyId, ContactId, InboxId, TicketNumber};
use portal_core::ports::{Access, Store};
use portal_core::property::{PropertyDefinition, PropertyOwner, PropertyType, PropertyValue};
use portal_core::staff::{InboxAccess, Permission, StaffActor, StaffError, StaffRefusal};
use portal_core::text::{Locale, Localized};
use portal_core::ticket::{AssociationLabel, Edge, ListFilter, ListQuery, ListTickets, Sort};
use portal_testkit::conformance::Broken;
use portal_testkit::world::worlds;
use portal_testkit::{TestPortal, block_on};
use proptest::prelude::*;

use crate::fixture::{World, id};
use crate::previews::staff;

pub(crate) fn merge(into: ContactId, from: ContactId) -> MergeParties {
    MergeParties {
        into: Party::Contact(into),
        from: Party::Contact(from),
        take: BTreeSet::new(),
        companies: true,
        groups: false,
        accepted: None,
    }
}

fn all_of(world: &World, tab: Option<Tab>) -> ListTickets {
    ListTickets {
        portal: world.portal.id,
        tab,
        filter: ListFilter::All,
        requester: None,
        sort: Some(Sort::Created),
        edge: Edge::Start,
        limit: 100,
        count_to: None,
    }
}

async fn seen(world: &World, who: ContactId) -> Option<BTreeSet<TicketNumber>> {
    let mut all = BTreeSet::new();
    for tab in [Tab::Mine, Tab::Company] {
        let wanted = all_of(world, Some(tab));
        let list = world.service.list_tickets(&Actor::signed_in(who), wanted).await.ok()?;
        all.extend(list.rows.iter().map(|it| it.number));
    }
    Some(all)
}

async fn everybody_sees(world: &World) -> Vec<Option<BTreeSet<TicketNumber>>> {
    let mut all = Vec::new();
    for who in [world.jonas, world.aylin, world.greta, world.stranger] {
        all.push(seen(world, who).await);
    }
    all
}

async fn contact(world: &World, id: ContactId) -> Contact {
    let mut tx = world.store.begin(Access::Read).await.unwrap();
    tx.directory().contact(&Task::Maintenance, id).await.unwrap().unwrap()
}

fn file_of(party: Party) -> ViewParty {
    ViewParty {
        party,
        below: None,
        before: None,
    }
}

#[test]
fn vis_050_a_merge_never_widens_sight_silently_and_its_scope_is_the_survivors() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let service = &world.service;
        let own = world.open(world.jonas, "Jonas asks").await;
        let foreign = world.open(world.stranger, "Of the other company").await;
        let companys = world.open(world.stranger, "The company's").await;
        world.change(companys, |it| it.contacts.clear()).await;
        assert_eq!(seen(&world, world.jonas).await.unwrap(), BTreeSet::from([own]));

        let command = merge(world.jonas, world.stranger);
        let preview = service.preview_merge(&admin, &command).await.unwrap();
        let widening = Widening::of(&preview.effect).unwrap();
        assert_eq!((widening.people, widening.tickets), (1, 1), "{preview:?}");
        assert!(preview.two_accounts);
        let refused = service.merge_parties(&admin, &command).await.unwrap_err();
        assert!(matches!(refused, MergeError::Widens(_)), "{refused}");
        let wrong = MergeParties {
            accepted: Some(Widening { people: 9, ..widening }),
            ..command.clone()
        };
        let refused = service.merge_parties(&admin, &wrong).await.unwrap_err();
        assert!(
            matches!(refused, MergeError::Widens(_)),
            "other numbers than were accepted"
        );
        let accepted = MergeParties {
            accepted: Some(widening),
            ..command
        };
        service.merge_parties(&admin, &accepted).await.unwrap();
        // The survivor's own company, and nothing of the other one's.
        let now = seen(&world, world.jonas).await.unwrap();
        assert_eq!(now, BTreeSet::from([own, foreign]));
        assert_eq!(seen(&world, world.stranger).await, None, "who left enters nowhere");
        assert!(world.view(world.jonas, companys).await.is_none());
        let mut tx = world.store.begin(Access::Snapshot).await.unwrap();
        let query = AuditQuery {
            event: Some(AuditEvent::ContactsMerged),
            about: Some(Party::Contact(world.jonas)),
            ..AuditQuery::default()
        };
        let entry = tx.audit().audit_page(&Task::Maintenance, &query, 5).await.unwrap();
        let gain = ("gain.tickets".to_owned(), "1".to_owned());
        assert!(entry[0].detail.contains(&gain));
        drop(tx);
        for again in [merge(world.jonas, world.stranger), merge(world.stranger, world.aylin)] {
            let refused = service.merge_parties(&admin, &again).await.unwrap_err();
            assert!(matches!(refused, MergeError::Gone), "{refused}");
        }
        let same = service.merge_parties(&admin, &merge(world.jonas, world.jonas)).await;
        assert!(matches!(same.unwrap_err(), MergeError::NotTwo));
        assert!(service.restore_contact(&admin, world.stranger).await.is_err());
    });
}

#[test]
fn vis_050_a_merge_that_is_undone_leaves_everything_as_it_was() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let service = &world.service;
        let (greta, jonas, other) = (world.greta, world.jonas, world.stranger);
        let shared = world.open(jonas, "Both are on it").await;
        world
            .change(shared, |it| {
                it.contacts.insert(other, AssociationLabel::Participant);
            })
            .await;
        for (who, subject) in [(other, "One"), (other, "Two"), (greta, "Three")] {
            world.open(who, subject).await;
        }
        let noted = service.write_party_note(&admin, Party::Contact(other), "pays late");
        noted.await.unwrap();
        let elsewhere = CompanyId::from_uuid(id(41));
        let labels = BTreeMap::from([(elsewhere, "Billing".to_owned())]);
        service.label_companies(&admin, other, &labels).await.unwrap();
        let snapshot = async || {
            (
                everybody_sees(&world).await,
                contact(&world, jonas).await,
                contact(&world, other).await,
                world.stored(shared).await.contacts,
            )
        };
        let before = snapshot().await;

        let mut command = merge(jonas, other);
        command.take = BTreeSet::from([MergeField::Name, MergeField::PrimaryCompany]);
        command.groups = true;
        let preview = service.preview_merge(&admin, &command).await.unwrap();
        command.accepted = Widening::of(&preview.effect);
        let merge_id = service.merge_parties(&admin, &command).await.unwrap();
        let merged = contact(&world, jonas).await;
        assert_eq!(merged.name.as_str(), "Max Stranger");
        assert_eq!(merged.primary_company, Some(elsewhere));
        let on_it = BTreeMap::from([(jonas, AssociationLabel::Requester)]);
        assert_eq!(world.stored(shared).await.contacts, on_it);
        let wanted = file_of(Party::Contact(jonas));
        let file = service.view_party(&admin, &wanted).await.unwrap();
        assert_eq!((file.notes.len(), file.labels.len()), (1, 1), "notes and roles follow");
        assert_eq!(file.merges[0].0.state, MergeState::Done);

        let undone = service.undo_merge(&admin, merge_id).await.unwrap();
        assert_eq!(undone, MergeState::Undone);
        assert_eq!(before, snapshot().await);
        let file = service.view_party(&admin, &wanted).await.unwrap();
        assert!(file.notes.is_empty() && file.labels.is_empty());
        // Again is fine, and does nothing.
        service.undo_merge(&admin, merge_id).await.unwrap();
        assert_eq!(before, snapshot().await);
    });
}

#[test]
fn vis_050_a_merge_is_undone_for_thirty_days() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let command = merge(world.jonas, world.greta);
        let merge_id = world.service.merge_parties(&admin, &command).await.unwrap();
        world.days(30);
        let late = world.service.undo_merge(&admin, merge_id).await.unwrap_err();
        assert!(matches!(late, MergeError::TooLate));
    });
}

#[test]
fn of_two_accounts_the_survivors_stays_and_the_others_sessions_end() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let service = &world.service;
        let mut command = merge(world.jonas, world.greta);
        command.take = BTreeSet::from([MergeField::MembershipEmail]);
        let refused = service.merge_parties(&admin, &command).await.unwrap_err();
        assert!(matches!(refused, MergeError::Registered), "{refused}");
        command.take.clear();
        service.merge_parties(&admin, &command).await.unwrap();
        let mut tx = world.store.begin(Access::Snapshot).await.unwrap();
        assert!(tx.accounts().account(world.jonas).await.unwrap().is_some());
        let address = contact(&world, world.greta).await.membership_email.unwrap();
        assert_eq!(tx.accounts().account_by_address(&address).await.unwrap(), None);
        drop(tx);
        assert_eq!(seen(&world, world.greta).await, None);
        let all = ContactQuery {
            limit: 50,
            ..ContactQuery::default()
        };
        let listed = service.list_contacts(&admin, &all).await.unwrap();
        assert!(!listed.iter().any(|it| it.id == world.greta));
    });
}

#[test]
fn companies_become_one_and_two_again() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let service = &world.service;
        let other = CompanyId::from_uuid(id(41));
        for (who, subject) in [(world.jonas, "One"), (world.stranger, "Two"), (world.stranger, "Three")] {
            world.open(who, subject).await;
        }
        let before = everybody_sees(&world).await;
        let mut command = MergeParties {
            into: Party::Company(world.fernwerk),
            from: Party::Company(other),
            ..merge(world.jonas, world.jonas)
        };
        let preview = service.preview_merge(&admin, &command).await.unwrap();
        command.accepted = Widening::of(&preview.effect);
        let widening = command.accepted.unwrap();
        assert_eq!((widening.people, widening.tickets, widening.doors), (4, 3, 0));
        let merge_id = service.merge_parties(&admin, &command).await.unwrap();
        let all: BTreeSet<TicketNumber> = before.iter().flatten().flatten().copied().collect();
        assert_eq!(everybody_sees(&world).await, vec![Some(all); 4]);
        let moved = contact(&world, world.stranger).await;
        assert_eq!(moved.primary_company, Some(world.fernwerk));
        service.undo_merge(&admin, merge_id).await.unwrap();
        assert_eq!(everybody_sees(&world).await, before);
        assert_eq!(contact(&world, world.stranger).await.primary_company, Some(other));
    });
}

#[test]
fn vis_044_who_moves_to_another_company_keeps_what_is_their_own() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let own = world.open(world.jonas, "Own").await;
        let companys = world.open(world.aylin, "Of a colleague").await;
        let both = BTreeSet::from([own, companys]);
        assert_eq!(seen(&world, world.jonas).await.unwrap(), both);
        let it = contact(&world, world.jonas).await;
        let elsewhere = CompanyId::from_uuid(id(41));
        let command = SaveContact {
            id: Some(it.id),
            name: it.name.to_string(),
            email: String::new(),
            membership_email: it.membership_email.unwrap().to_string(),
            primary_company: Some(elsewhere),
            companies: BTreeSet::from([elsewhere]),
            properties: it.properties,
        };
        world.service.save_contact(&admin, &command).await.unwrap();
        assert_eq!(seen(&world, world.jonas).await.unwrap(), BTreeSet::from([own]));
        assert!(world.view(world.jonas, companys).await.is_none());
        let wanted = file_of(Party::Contact(it.id));
        let file = world.service.view_party(&admin, &wanted).await.unwrap();
        let detail = &file.history[0].detail;
        let change = ("primary_company".to_owned(), "Fernwerk GmbH → Other AG".to_owned());
        assert!(detail.contains(&change), "{detail:?}");
    });
}

#[test]
fn gdpr_an_erasure_takes_the_person_and_leaves_the_tickets() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let service = &world.service;
        let number = world.open(world.jonas, "Printer").await;
        let about = Party::Contact(world.jonas);
        service.write_party_note(&admin, about, "canary").await.unwrap();
        let parts = merge(world.jonas, world.greta);
        service.merge_parties(&admin, &parts).await.unwrap();
        let lately = StaffActor {
            proven_lately: false,
            ..admin.clone()
        };
        let refused = service.erase_contact(&lately, world.jonas, "Jonas Weber").await;
        assert!(matches!(
            refused.unwrap_err(),
            EraseContactError::Staff(StaffError::Refused(StaffRefusal::ProveAgain))
        ));
        let refused = service.erase_contact(&admin, world.jonas, "Jonas").await;
        assert!(matches!(refused.unwrap_err(), EraseContactError::NotConfirmed));
        let part = service.erase_contact(&admin, world.greta, "Greta Holm").await;
        assert!(matches!(part.unwrap_err(), EraseContactError::Merged));
        let told = service.preview_erasure(&admin, world.jonas).await.unwrap();
        assert_eq!((told.merged, told.notes, told.account), (1, 1, true));

        service
            .erase_contact(&admin, world.jonas, " Jonas Weber ")
            .await
            .unwrap();
        for who in [world.jonas, world.greta] {
            let left = contact(&world, who).await;
            assert_eq!(left.name.as_str(), Contact::ERASED);
            assert_eq!((left.email, left.membership_email), (None, None));
            assert_eq!(seen(&world, who).await, None);
        }
        let read = world.view(world.aylin, number).await.unwrap();
        assert!(
            !format!("{read:?}").contains("Jonas"),
            "a colleague still reads the name"
        );
        assert!(format!("{read:?}").contains("Text of Printer"), "the message is gone");
        let file = service.view_party(&admin, &file_of(about)).await.unwrap();
        assert!(file.notes.is_empty() && file.erased_at.is_some());
        let mut tx = world.store.begin(Access::Snapshot).await.unwrap();
        let query = AuditQuery::default();
        let all = tx.audit().audit_page(&Task::Maintenance, &query, 500).await.unwrap();
        let text = format!("{all:?}");
        assert!(!text.contains("Jonas") && !text.contains("Greta"), "{text}");
        assert!(all.iter().any(|it| it.event == AuditEvent::ContactErased));
        drop(tx);
        let again = service.erase_contact(&admin, world.jonas, Contact::ERASED).await;
        assert!(matches!(again.unwrap_err(), EraseContactError::NotFound));
        assert!(service.restore_contact(&admin, world.jonas).await.is_err());
    });
}

fn line(line: u64, cells: &[&str]) -> TableLine {
    TableLine {
        line,
        cells: Some(cells.iter().map(|it| (*it).to_owned()).collect()),
    }
}

fn tier(options: &[&str], kind: PropertyType) -> PropertyDefinition {
    PropertyDefinition {
        owner: PropertyOwner::Contact,
        key: "tier".parse().unwrap(),
        label: Localized::new(Locale::english(), "Tier"),
        kind,
        customer_writable: false,
        shown_to_customers: false,
        options: options.iter().map(|it| (*it).to_owned()).collect(),
        archived: false,
    }
}

#[test]
fn imp_a_table_is_looked_at_then_taken_in_once() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let service = &world.service;
        let definition = tier(&["gold", "silver"], PropertyType::Choice);
        service.save_property(&admin, &definition).await.unwrap();
        let columns = ["External ID", "Name", "E-mail", "Firma", "Tier"].map(str::to_owned);
        let lines = vec![
            line(2, &["k1", "Ada", "ada@fernwerk.example", "", "gold"]),
            line(3, &["k2", "Eve", "eve@elsewhere.example", "fernwerk gmbh", ""]),
            line(4, &["k3", "Bad", "not an address", "", ""]),
            line(5, &["k4", "Gil", "gil@x.example", "Nobody Ltd", ""]),
            line(6, &["k5", "Hal", "hal@x.example", "", "bronze"]),
            line(7, &["k1", "Twin", "twin@x.example", "", ""]),
            line(8, &["", "Nameless", "", "", ""]),
            TableLine { line: 9, cells: None },
            line(10, &["k6", "", "new@x.example", "", ""]),
            line(11, &["", "Max the Stranger", "max.stranger@fernwerk.example", "", ""]),
        ];
        let bring = async || {
            let content = ("people.csv", b"bytes".as_slice());
            let many = lines.len() as u64;
            let id = service
                .bring_table(&admin, TableOf::Contacts, content, &columns, many)
                .await
                .unwrap();
            let mut mapping = service.view_table(&admin, id).await.unwrap().table.mapping;
            assert_eq!(mapping[3], Some(TableField::Company), "guessed by the heading");
            mapping[4] = Some(TableField::Property("tier".parse().unwrap()));
            service.map_table(&admin, id, &mapping).await.unwrap();
            id
        };
        let id = bring().await;
        let check = service.check_table(&admin, id, &lines).await.unwrap();
        assert_eq!((check.added, check.changed, check.unchanged), (2, 1, 0), "{check:?}");
        assert_eq!(check.new_primaries, 1, "by the column, and never by the domain");
        let wrong: Vec<(u64, &LineProblem)> = check.wrong.iter().map(|it| (it.line, &it.problem)).collect();
        assert!(
            matches!(wrong[0], (4, LineProblem::Field(TableField::Email, _))),
            "{wrong:?}"
        );
        assert_eq!(wrong[1], (5, &LineProblem::NoCompany));
        assert!(matches!(wrong[2], (6, LineProblem::NotOfType(..))));
        assert_eq!(wrong[3], (7, &LineProblem::Twice(2)));
        assert_eq!(wrong[4], (8, &LineProblem::NoKey));
        assert_eq!(wrong[5], (9, &LineProblem::Unreadable));
        assert_eq!(wrong[6], (10, &LineProblem::NoName));
        let all = ContactQuery {
            limit: 50,
            ..ContactQuery::default()
        };
        let rows = service.list_contacts(&admin, &all).await.unwrap();
        assert_eq!(rows.len(), 4, "looking changed something");

        let done = service.run_table(&admin, id, &lines).await.unwrap();
        assert_eq!(done.state, TableState::Done);
        assert_eq!((done.added, done.changed, done.left_out), (2, 1, 7));
        let rows = service.list_contacts(&admin, &all).await.unwrap();
        assert_eq!(rows.len(), 6);
        let ada = rows.iter().find(|it| it.name == "Ada").unwrap();
        assert_eq!(ada.company, None, "the domain of an address makes nobody a member");
        let stranger = contact(&world, world.stranger).await;
        assert_eq!(stranger.name.as_str(), "Max the Stranger", "found again by the address");
        let kept = contact(&world, ada.id).await.properties;
        assert_eq!(kept.values().next(), Some(&PropertyValue::Choice("gold".to_owned())));
        // The same again changes nothing, however often.
        let again = service.run_table(&admin, id, &lines).await.unwrap();
        assert_eq!(again, done);
        let id = bring().await;
        let done = service.run_table(&admin, id, &lines).await.unwrap();
        assert_eq!((done.added, done.changed, done.left_out), (0, 0, 7));
        let content = service.view_table(&admin, id).await.unwrap().content;
        assert!(content.is_empty(), "the file is kept");
    });
}

#[test]
fn imp_a_large_table_goes_in_units_and_can_stop_anywhere() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        let service = &world.service;
        let columns = ["Name".to_owned()];
        let lines: Vec<TableLine> = (0..10_100).map(|n| line(n + 2, &[&format!("Firm {n}")])).collect();
        let content = ("many.csv", b"x".as_slice());
        let many = lines.len() as u64;
        let id = service
            .bring_table(&admin, TableOf::Companies, content, &columns, many)
            .await
            .unwrap();
        // All of them are wrong but the last: what is left out counts as looked at.
        let mut wrong: Vec<TableLine> = lines
            .iter()
            .map(|it| TableLine {
                cells: None,
                ..it.clone()
            })
            .collect();
        wrong.pop();
        wrong.extend(lines.last().cloned());
        let table = service.run_table(&admin, id, &wrong).await.unwrap();
        assert_eq!((table.state, table.done), (TableState::Running, 10_000));
        let refused = service.map_table(&admin, id, &table.mapping).await;
        assert!(refused.is_err(), "it runs already");
        let table = service.run_table(&admin, id, &wrong).await.unwrap();
        assert_eq!(
            (table.state, table.added, table.left_out),
            (TableState::Done, 1, 10_099)
        );
    });
}

#[test]
fn adm_028_handing_out_wants_a_permission_a_proof_and_happens_seldom() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let service = &world.service;
        let crm = staff(&world.store, Permission::Crm).await;
        let refused = service.export_parties(&crm, TableOf::Contacts).await.unwrap_err();
        assert!(matches!(
            refused,
            ExportError::Staff(StaffError::Refused(StaffRefusal::NotAllowed(Permission::Export)))
        ));
        let unproven = StaffActor {
            proven_lately: false,
            ..staff(&world.store, Permission::Export).await
        };
        let refused = service.export_contact(&unproven, world.jonas).await.unwrap_err();
        assert!(matches!(
            refused,
            ExportError::Staff(StaffError::Refused(StaffRefusal::ProveAgain))
        ));
        world.open(world.jonas, "Secret subject").await;
        let exporter = staff(&world.store, Permission::Export).await;
        let one = service.export_contact(&exporter, world.jonas).await.unwrap();
        assert!(
            one.is_partial && one.tickets.is_empty() && one.messages.is_empty(),
            "without the help desk there are no tickets"
        );
        let admin = staff(&world.store, Permission::Admin).await;
        let one = service.export_contact(&admin, world.jonas).await.unwrap();
        assert!(!one.is_partial && one.tickets.len() == 1 && one.messages.len() == 1);
        let all = service.export_parties(&admin, TableOf::Contacts).await.unwrap();
        assert_eq!((all.contacts.len(), all.companies.len()), (4, 2));
        let fourth = service.export_parties(&admin, TableOf::Companies).await;
        assert!(matches!(fourth.unwrap_err(), ExportError::TooMany));
        world.days(1);
        assert!(service.export_parties(&admin, TableOf::Companies).await.is_ok());
    });
}

#[test]
fn looking_through_a_contacts_eyes_shows_what_they_see_and_leaves_a_trace() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let service = &world.service;
        let own = world.open(world.jonas, "Own").await;
        let foreign = world.open(world.stranger, "Foreign").await;
        let crm = staff(&world.store, Permission::Crm).await;
        let refused = service
            .begin_view_as(&crm, world.jonas, world.portal.id, "They called")
            .await;
        assert!(refused.is_err(), "who does not work with tickets reads none");
        let admin = staff(&world.store, Permission::Admin).await;
        let none = service.begin_view_as(&admin, world.jonas, world.portal.id, "  ").await;
        assert!(matches!(none.unwrap_err(), ViewAsError::Invalid(_)));
        let id = service
            .begin_view_as(&admin, world.jonas, world.portal.id, "They called")
            .await
            .unwrap();
        let list = service
            .view_as_list(&admin, id, all_of(&world, None))
            .await
            .unwrap()
            .list;
        assert_eq!(list.rows.iter().map(|it| it.number).collect::<Vec<_>>(), [own]);
        assert!(service.view_as_ticket(&admin, id, own).await.is_err(), "not opened yet");
        assert!(
            service.open_as(&admin, id, foreign).await.is_err(),
            "they do not see it"
        );
        service.open_as(&admin, id, own).await.unwrap();
        let ticket = service.view_as_ticket(&admin, id, own).await.unwrap().ticket;
        assert_eq!(ticket.subject.as_str(), "Own");
        let mut tx = world.store.begin(Access::Snapshot).await.unwrap();
        for (event, object) in [
            (AuditEvent::ViewedAs, "Jonas Weber".to_owned()),
            (AuditEvent::TicketReadAs, format!("#{own}")),
        ] {
            let query = AuditQuery {
                event: Some(event),
                about: Some(Party::Contact(world.jonas)),
                ..AuditQuery::default()
            };
            let entries = tx.audit().audit_page(&Task::Maintenance, &query, 9).await.unwrap();
            assert_eq!(entries.len(), 1, "{event:?}");
            assert_eq!(entries[0].object, object);
            assert_eq!(entries[0].detail, [("reason".to_owned(), "They called".to_owned())]);
        }
        let sessions = tx.accounts().sessions(world.jonas, service.now()).await.unwrap();
        assert!(sessions.is_empty(), "a session was made");
        drop(tx);
        world.days(1);
        let over = service.view_as_list(&admin, id, all_of(&world, None)).await;
        assert!(over.is_err(), "it does not end");
    });
}

#[test]
fn adm_008_who_has_no_inbox_sees_no_ticket_on_a_page_nor_through_others_eyes() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let service = &world.service;
        let own = world.open(world.jonas, "Own").await;
        let agent = staff(&world.store, Permission::Admin).await;
        let wanted = file_of(Party::Contact(world.jonas));
        let file = service.view_party(&agent, &wanted).await.unwrap();
        assert_eq!(file.tickets.len(), 1);
        let mut tx = world.store.begin(Access::Write).await.unwrap();
        let mut user = tx.staffing().staff_user(agent.agent).await.unwrap().unwrap();
        user.inboxes = InboxAccess::Only(BTreeSet::from([InboxId::from_uuid(id(999))]));
        tx.staffing().put_staff_user(&Task::CommandLine, &user).await.unwrap();
        tx.commit().await.unwrap();
        let file = service.view_party(&agent, &wanted).await.unwrap();
        assert!(file.tickets.is_empty() && file.older_tickets.is_none());
        let id = service
            .begin_view_as(&agent, world.jonas, world.portal.id, "They called")
            .await
            .unwrap();
        assert!(service.open_as(&agent, id, own).await.is_err());
    });
}

#[test]
fn notes_are_their_authors_and_for_the_staff_alone() {
    block_on(async {
        let world = World::with(TicketPermission::Company, CustomersMay::default()).await;
        let service = &world.service;
        let about = Party::Company(world.fernwerk);
        let author = staff(&world.store, Permission::Crm).await;
        let empty = service.write_party_note(&author, about, "  ").await.unwrap_err();
        assert!(matches!(empty, PartyNoteError::Invalid(_)));
        let note = service.write_party_note(&author, about, "canary-7f3a").await.unwrap();
        let number = world.open(world.jonas, "Own").await;
        let read = world.view(world.jonas, number).await.unwrap();
        assert!(!format!("{read:?}").contains("canary-7f3a"));
        let other = Party::Contact(world.jonas);
        let elsewhere = service.remove_party_note(&author, other, note).await;
        assert!(matches!(elsewhere.unwrap_err(), PartyNoteError::NotFound));
        service.remove_party_note(&author, about, note).await.unwrap();
    });
}

#[test]
fn options_are_checked_and_what_is_archived_is_asked_for_no_more() {
    block_on(async {
        let world = World::with(TicketPermission::Own, CustomersMay::default()).await;
        let admin = staff(&world.store, Permission::Admin).await;
        for (options, kind) in [
            (["a", "a"].as_slice(), PropertyType::Choice),
            (["a", ""].as_slice(), PropertyType::Choice),
            (["a,b"].as_slice(), PropertyType::Choices),
            (["a"].as_slice(), PropertyType::Text),
        ] {
            let refused = world.service.save_property(&admin, &tier(options, kind)).await;
            assert!(matches!(refused.unwrap_err(), PropertyError::Invalid(_)), "{options:?}");
        }
        let fine = tier(&["gold", "silver"], PropertyType::Choice);
        world.service.save_property(&admin, &fine).await.unwrap();
        assert!(fine.typed("gold", None).is_some());
        assert!(fine.typed("bronze", None).is_none());
        let before = PropertyValue::Choice("bronze".to_owned());
        assert_eq!(fine.typed("bronze", Some(&before)), Some(before.clone()));
        let archived = PropertyDefinition { archived: true, ..fine };
        world.service.save_property(&admin, &archived).await.unwrap();
        let offered = world.service.criteria_properties(&admin).await.unwrap();
        assert!(offered.is_empty());
    });
}

/// What each contact sees in each portal, twice: by the lists of the store and by the rule, which must agree.
async fn sight_of_all(it: &TestPortal) -> Result<Vec<Option<BTreeSet<TicketNumber>>>, Broken> {
    let task = Task::Maintenance;
    let mut all = Vec::new();
    for contact in 0..it.world.contacts.len() {
        for portal in 0..it.world.portals.len() {
            let who = it.place.contact_id(contact);
            let mut tx = it.store.begin(Access::Snapshot).await?;
            let entrant = tx.directory().entrant(it.place.portal_id(portal), who).await?;
            let actor = ContactActor {
                contact: who,
                only: None,
                mode: Mode::Read,
            };
            let Some(Ok(viewer)) = entrant.map(|it| enter(actor, &it)) else {
                all.push(None);
                continue;
            };
            let scope = viewer.scope().clone();
            let (mut listed, mut permitted) = (BTreeSet::new(), BTreeSet::new());
            for tab in [Tab::Mine, Tab::Company] {
                let query = ListQuery {
                    tab,
                    filter: ListFilter::All,
                    requester: None,
                    sort: Sort::Created,
                    edge: Edge::Start,
                    limit: 100,
                };
                listed.extend(tx.tickets().page(&scope, &query).await?.iter().map(|it| it.number));
            }
            for ticket in 0..it.world.tickets.len() {
                let number = it.place.number(ticket)?;
                let facts = tx.tickets().load(&task, number).await?.map(|it| it.facts());
                if facts.is_some_and(|it| scope.permits(&it)) {
                    permitted.insert(number);
                }
            }
            if listed != permitted {
                return Err(Broken::new(format!("listed {listed:?}, permitted {permitted:?}")));
            }
            all.push(Some(listed));
        }
    }
    Ok(all)
}

fn wider(before: &[Option<BTreeSet<TicketNumber>>], after: &[Option<BTreeSet<TicketNumber>>]) -> bool {
    before.iter().zip(after).any(|(before, after)| match (before, after) {
        (None, Some(_)) => true,
        (Some(before), Some(after)) => !after.is_subset(before),
        (_, None) => false,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn vis_050_in_any_world_no_merge_widens_unaccepted_and_every_undoing_brings_back(
        world in worlds(), pairs in proptest::collection::vec((0..8_usize, 0..8_usize, any::<bool>(), any::<bool>()), 1..6),
    ) {
        let checked: Result<(), Broken> = block_on(async {
            let it = TestPortal::with(world).await?;
            let actor = staff(&it.store, Permission::Admin).await;
            let mut merged = Vec::new();
            for (one, other, companies, both) in pairs {
                let (into, from) = if companies {
                    let company = |n: usize| Party::Company(it.place.company_id(n % 3));
                    (company(one), company(other))
                } else {
                    let many = it.world.contacts.len();
                    let contact = |n: usize| Party::Contact(it.place.contact_id(n % many));
                    (contact(one), contact(other))
                };
                let mut command = MergeParties {
                    into,
                    from,
                    take: BTreeSet::from([MergeField::PrimaryCompany]),
                    companies: both,
                    groups: both,
                    accepted: None,
                };
                let before = sight_of_all(&it).await?;
                let silent = it.portal.merge_parties(&actor, &command).await;
                match silent {
                    Ok(id) => {
                        let after = sight_of_all(&it).await?;
                        if wider(&before, &after) {
                            return Err(Broken::new(format!("{command:?} widens silently")));
                        }
                        merged.push((id, before));
                    }
                    Err(MergeError::Widens(effect)) => {
                        if sight_of_all(&it).await? != before {
                            return Err(Broken::new(format!("a refused {command:?} did something")));
                        }
                        command.accepted = Widening::of(&effect);
                        let id = it.portal.merge_parties(&actor, &command).await?;
                        let after = sight_of_all(&it).await?;
                        if !wider(&before, &after) {
                            return Err(Broken::new(format!("{command:?} widens nothing: {effect:?}")));
                        }
                        merged.push((id, before));
                    }
                    // One of the two is a part of another one already, or not there.
                    Err(MergeError::Gone | MergeError::NotTwo | MergeError::NotFound) => {}
                    Err(err) => return Err(err.into()),
                }
            }
            for (id, before) in merged.into_iter().rev() {
                it.portal.undo_merge(&actor, id).await?;
                if sight_of_all(&it).await? != before {
                    return Err(Broken::new(format!("undoing {id} does not bring back")));
                }
            }
            Ok(())
        });
        prop_assert!(checked.is_ok(), "{}", checked.unwrap_err());
    }
}
