//! What staff keep about contacts and companies: notes, labels, addresses, merges, tables; and what an erasure leaves.

use std::collections::{BTreeMap, BTreeSet};

use portal_core::actor::Task;
use portal_core::audit::{AuditActor, AuditEntry, AuditEvent, AuditQuery};
use portal_core::crm::{
    CompanyQuery, Contact, ContactQuery, Merge, MergeState, Moved, Party, PartyFields, PartyNote, Table, TableField,
    TableOf, TableState, ViewAs,
};
use portal_core::id::{AgentId, AuditId, MergeId, NoteId, TableId, TicketNumber, Uuid, ViewAsId};
use portal_core::ports::{Access, Store, StoreErrorKind};
use portal_core::property::PropertyValue;
use portal_core::text::{EmailAddress, Line};
use portal_core::ticket::{AssociationLabel, Author, AuthorKind, Body, BodyFormat, SafeHtml};
use portal_core::time::Timestamp;

use super::small::world;
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::Place;

const TASK: &Task = &Task::Maintenance;

fn at(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

fn uuid(place: &Place, n: u128) -> Uuid {
    Uuid::from_u128((u128::from(place.base) << 64) | (0x00c0_0000 + n))
}

fn note(place: &Place, n: u128, about: Party) -> PartyNote {
    PartyNote {
        id: NoteId::from_uuid(uuid(place, n)),
        about,
        author: Author {
            kind: AuthorKind::Agent(AgentId::from_uuid(uuid(place, 90))),
            name: "Mara".to_owned(),
        },
        at: at(i64::try_from(n).unwrap_or(0)),
        body: Body {
            source: format!("note {n}"),
            format: BodyFormat::Markdown,
            html: SafeHtml::vouched(format!("<p>note {n}</p>")),
            plain: format!("note {n}"),
            sanitiser: 1,
        },
    }
}

fn merge(place: &Place, n: u128, from: Party, into: Party) -> Merge {
    Merge {
        id: MergeId::from_uuid(uuid(place, n)),
        from,
        into,
        state: MergeState::Moving,
        by: Some(AgentId::from_uuid(uuid(place, 90))),
        at: at(7),
        was_active: true,
        before: PartyFields {
            name: "Before".to_owned(),
            companies: BTreeSet::from([place.company_id(0)]),
            ..PartyFields::default()
        },
        after: PartyFields {
            name: "After".to_owned(),
            ..PartyFields::default()
        },
    }
}

pub(super) async fn notes_come_newest_first_and_follow_a_merge(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (one, two) = (Party::Contact(place.contact_id(0)), Party::Contact(place.contact_id(1)));
    let notes = [note(&place, 1, one), note(&place, 2, one), note(&place, 3, two)];
    for note in &notes {
        tx.crm().add_party_note(TASK, note).await?;
    }
    let [first, second, others] = notes;
    let found = tx.crm().party_notes(TASK, one, 10).await?;
    same!(found, vec![second.clone(), first.clone()], "newest first");
    same!(tx.crm().party_notes(TASK, one, 1).await?.len(), 1, "at most the limit");
    same!(
        tx.crm().party_note(TASK, first.id).await?,
        Some(first.clone()),
        "one note"
    );
    let merge = merge(&place, 10, one, two);
    tx.crm().put_merge(TASK, &merge).await?;
    tx.crm().move_notes(TASK, merge.id, one, two).await?;
    same!(
        tx.crm().party_notes(TASK, one, 10).await?.len(),
        0,
        "nothing stays behind"
    );
    let ids: Vec<NoteId> = tx
        .crm()
        .party_notes(TASK, two, 10)
        .await?
        .iter()
        .map(|it| it.id)
        .collect();
    same!(ids, vec![others.id, second.id, first.id], "all are the survivor's");
    tx.crm().return_notes(TASK, merge.id, one).await?;
    same!(tx.crm().party_notes(TASK, one, 10).await?, found, "as before");
    same!(
        tx.crm().party_notes(TASK, two, 10).await?,
        vec![others],
        "and the other's"
    );
    tx.crm().remove_party_note(TASK, second.id).await?;
    same!(tx.crm().party_notes(TASK, one, 10).await?, vec![first], "one is gone");
    Ok(())
}

pub(super) async fn labels_outlast_changes_of_the_contact(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let id = place.contact_id(0);
    let labels = BTreeMap::from([(place.company_id(1), "Billing".parse::<Line>()?)]);
    tx.crm().put_company_labels(TASK, id, &labels).await?;
    let contact = place.contact(&world, 0)?;
    tx.directory().put_contact(TASK, &contact).await?;
    same!(tx.crm().company_labels(TASK, id).await?, labels, "labels");
    same!(
        tx.crm().company_labels(TASK, place.contact_id(1)).await?,
        BTreeMap::new(),
        "of somebody else"
    );
    tx.crm().put_company_labels(TASK, id, &BTreeMap::new()).await?;
    same!(
        tx.crm().company_labels(TASK, id).await?,
        BTreeMap::new(),
        "none any more"
    );
    Ok(())
}

pub(super) async fn shared_addresses_are_those_of_more_than_one(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let shared: EmailAddress = format!("a{:x}@shared.example", place.base).parse()?;
    let twice: EmailAddress = format!("b{:x}@shared.example", place.base).parse()?;
    for index in 0..3 {
        let contact = place.contact(&world, index)?;
        let contact = match index {
            0 => Contact {
                email: Some(shared.clone()),
                ..contact
            },
            // One contact has it twice, which is one contact.
            1 => Contact {
                email: Some(twice.clone()),
                membership_email: Some(twice.clone()),
                ..contact
            },
            _ => Contact {
                membership_email: Some(shared.clone()),
                ..contact
            },
        };
        tx.directory().put_contact(TASK, &contact).await?;
    }
    let before: EmailAddress = "0@0.example".parse()?;
    let found = tx.crm().shared_addresses(TASK, Some(&before), 1000).await?;
    ensure!(found.contains(&shared) && !found.contains(&twice), "{found:?}");
    ensure!(found.is_sorted(), "ascending");
    let behind = tx.crm().shared_addresses(TASK, Some(&shared), 1000).await?;
    ensure!(!behind.contains(&shared), "behind the given one");
    let at = async |tx: &mut dyn portal_core::ports::Tx| -> Result<BTreeSet<_>, Broken> {
        let rows = tx.crm().contacts_at(TASK, std::slice::from_ref(&shared), 10).await?;
        Ok(rows.into_iter().map(|it| it.id).collect())
    };
    let both = BTreeSet::from([place.contact_id(0), place.contact_id(2)]);
    same!(at(&mut *tx).await?, both, "whoever has it");
    let merge = merge(
        &place,
        11,
        Party::Contact(place.contact_id(2)),
        Party::Contact(place.contact_id(0)),
    );
    tx.crm().put_merge(TASK, &merge).await?;
    same!(
        at(&mut *tx).await?,
        BTreeSet::from([place.contact_id(0)]),
        "who became a part is not there"
    );
    let found = tx.crm().shared_addresses(TASK, Some(&before), 1000).await?;
    ensure!(!found.contains(&shared), "and shares nothing");
    let everybody = ContactQuery {
        limit: 1000,
        ..ContactQuery::default()
    };
    let listed = tx.crm().contacts_page(TASK, &everybody).await?;
    ensure!(
        !listed.iter().any(|it| it.id == place.contact_id(2)),
        "who became a part is in a list"
    );
    Ok(())
}

pub(super) async fn merges_come_back_and_remember_what_followed(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let (from, into) = (Party::Company(place.company_id(0)), Party::Company(place.company_id(1)));
    let mut merge = merge(&place, 12, from, into);
    merge.before.properties = BTreeMap::from([(
        "tier".parse()?,
        PropertyValue::Choices(BTreeSet::from(["gold".to_owned()])),
    )]);
    merge.before.labels = BTreeMap::from([(place.company_id(0), "Billing".parse()?)]);
    tx.crm().put_merge(TASK, &merge).await?;
    same!(tx.crm().merge(TASK, merge.id).await?, Some(merge.clone()), "the merge");
    for party in [from, into] {
        same!(tx.crm().merges_of(TASK, party).await?, vec![merge.clone()], "of both");
    }
    let listed = async |tx: &mut dyn portal_core::ports::Tx| -> Result<bool, Broken> {
        let query = CompanyQuery {
            limit: 1000,
            ..CompanyQuery::default()
        };
        let rows = tx.crm().companies_page(TASK, &query).await?;
        Ok(rows.iter().any(|it| it.id == place.company_id(0)))
    };
    ensure!(!listed(&mut *tx).await?, "what became a part is listed");
    let number = |n: i64| TicketNumber::new(n).ok_or_else(|| Broken::new("a number"));
    let moved = vec![
        Moved::Person {
            contact: place.contact_id(0),
            primary: true,
            before: false,
            label: Some("Billing".parse()?),
        },
        Moved::Ticket {
            number: number(9)?,
            label: AssociationLabel::Requester,
            before: Some(AssociationLabel::Participant),
        },
        Moved::Ticket {
            number: number(10)?,
            label: AssociationLabel::Participant,
            before: None,
        },
    ];
    let backwards: Vec<Moved> = moved.iter().rev().cloned().collect();
    tx.crm().keep_moved(TASK, merge.id, &backwards).await?;
    let other = Moved::Ticket {
        number: number(10)?,
        label: AssociationLabel::Requester,
        before: None,
    };
    tx.crm().keep_moved(TASK, merge.id, &[other]).await?;
    same!(
        tx.crm().moved(TASK, merge.id, 10).await?,
        moved,
        "in order, as it was first"
    );
    let first: Vec<Moved> = moved.iter().take(2).cloned().collect();
    same!(tx.crm().moved(TASK, merge.id, 2).await?, first, "at most the limit");
    tx.crm().forget_moved(TASK, merge.id, &first).await?;
    let rest: Vec<Moved> = moved.iter().skip(2).cloned().collect();
    same!(tx.crm().moved(TASK, merge.id, 10).await?, rest, "what is left");
    merge.state = MergeState::Undone;
    tx.crm().put_merge(TASK, &merge).await?;
    same!(tx.crm().merge(TASK, merge.id).await?, Some(merge), "replaced");
    ensure!(listed(&mut *tx).await?, "after the undoing it is not listed");
    Ok(())
}

pub(super) async fn an_erasure_leaves_tickets_and_nothing_personal(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let id = place.contact_id(0);
    let party = Party::Contact(id);
    let address: EmailAddress = format!("erase{:x}@shared.example", place.base).parse()?;
    let contact = Contact {
        email: Some(address.clone()),
        external_id: Some(format!("erase {:x}", place.base)),
        language: Some("de".parse()?),
        ..place.contact(&world, 0)?
    };
    tx.directory().put_contact(TASK, &contact).await?;
    tx.crm().add_party_note(TASK, &note(&place, 1, party)).await?;
    let labels = BTreeMap::from([(place.company_id(0), "Billing".parse::<Line>()?)]);
    tx.crm().put_company_labels(TASK, id, &labels).await?;
    let entry = |n: u128, about: Option<Party>, object: &str| {
        let entry = AuditEntry::new(
            AuditId::from_uuid(uuid(&place, 30 + n)),
            at(5),
            AuditActor::System,
            AuditEvent::ContactChanged,
            object,
        )
        .with("name", "Old → New");
        match about {
            Some(party) => entry.concerning(party),
            None => entry,
        }
    };
    let name = format!("Name {:x}", place.base);
    let entries = [
        entry(1, Some(party), &name),
        entry(2, None, &name),
        entry(3, Some(Party::Contact(place.contact_id(1))), &name),
    ];
    for entry in &entries {
        tx.audit().record(entry).await?;
    }
    let before: Vec<_> = tickets(&mut *tx, &place, world.tickets.len()).await?;
    let addresses: Vec<EmailAddress> = contact.email.iter().chain(&contact.membership_email).cloned().collect();
    let written = tx.crm().messages_by(TASK, id, None, 1000).await?;
    tx.crm().erase_contact(TASK, id, &addresses, at(99)).await?;
    tx.audit().forget(TASK, party, std::slice::from_ref(&name)).await?;

    let left = tx
        .directory()
        .contact(TASK, id)
        .await?
        .ok_or_else(|| Broken::new("gone"))?;
    let expected = Contact {
        id,
        name: Contact::ERASED.parse()?,
        email: None,
        membership_email: None,
        standing: portal_core::crm::ContactStanding::Inactive,
        primary_company: None,
        companies: BTreeSet::new(),
        groups: BTreeSet::new(),
        language: None,
        time_zone: None,
        properties: BTreeMap::new(),
        external_id: None,
        created_at: contact.created_at,
    };
    same!(left, expected, "the contact");
    same!(tx.crm().erased_at(TASK, id).await?, Some(at(99)), "when");
    same!(tx.accounts().account(id).await?, None, "the account");
    same!(tx.crm().party_notes(TASK, party, 10).await?, Vec::new(), "notes");
    same!(tx.crm().company_labels(TASK, id).await?, BTreeMap::new(), "labels");
    same!(
        tx.crm().contacts_at(TASK, &addresses, 10).await?,
        Vec::new(),
        "addresses"
    );
    let listed = tx.crm().listed_guests(TASK, None, 10_000).await?;
    ensure!(
        !listed.iter().any(|it| it.contact.id == id),
        "an erased contact is listed"
    );
    let after = tickets(&mut *tx, &place, world.tickets.len()).await?;
    for (old, new) in before.iter().zip(&after) {
        same!(old.contacts, new.contacts, "who is on a ticket");
        let theirs = new
            .last_message
            .as_ref()
            .filter(|it| it.author == AuthorKind::Contact(id));
        ensure!(theirs.is_none_or(|it| it.name.is_empty()), "a name in a list");
    }
    let still = tx.crm().messages_by(TASK, id, None, 1000).await?;
    same!(still.len(), written.len(), "messages stay");
    ensure!(
        still.iter().all(|it| it.author.name.is_empty()),
        "by nobody who is named"
    );
    let query = AuditQuery {
        about: Some(party),
        ..AuditQuery::default()
    };
    let [mut first, _, third] = entries;
    first.object.clear();
    first.detail.clear();
    same!(
        tx.audit().audit_page(TASK, &query, 10).await?,
        vec![first],
        "the audit of them"
    );
    let others = AuditQuery {
        about: Some(Party::Contact(place.contact_id(1))),
        ..AuditQuery::default()
    };
    same!(
        tx.audit().audit_page(TASK, &others, 10).await?,
        vec![third],
        "of somebody else"
    );
    let all = tx.audit().audit_page(TASK, &AuditQuery::default(), 1000).await?;
    let unnamed = all.iter().find(|it| it.id == AuditId::from_uuid(uuid(&place, 32)));
    ensure!(
        unnamed.is_some_and(|it| it.object.is_empty()),
        "an entry that names them"
    );
    Ok(())
}

async fn tickets(
    tx: &mut dyn portal_core::ports::Tx,
    place: &Place,
    count: usize,
) -> Result<Vec<portal_core::ticket::Ticket>, Broken> {
    let mut found = Vec::new();
    for index in 0..count {
        found.extend(tx.tickets().load(TASK, place.number(index)?).await?);
    }
    Ok(found)
}

pub(super) async fn tables_and_looks_come_back(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let mut table = Table {
        id: TableId::from_uuid(uuid(&place, 50)),
        of: TableOf::Contacts,
        name: "people.csv".to_owned(),
        by: None,
        at: at(i64::MAX - 1),
        columns: vec!["Name, full".to_owned(), String::new(), "Tier".to_owned()],
        lines: 3,
        mapping: vec![
            Some(TableField::Name),
            None,
            Some(TableField::Property("tier".parse()?)),
        ],
        state: TableState::Mapping,
        done: 0,
        added: 0,
        changed: 0,
        left_out: 0,
    };
    tx.crm().add_table(TASK, &table, b"a\0b").await?;
    same!(tx.crm().table(TASK, table.id).await?, Some(table.clone()), "the table");
    same!(
        tx.crm().table_content(TASK, table.id).await?,
        b"a\0b".to_vec(),
        "its content"
    );
    table.state = TableState::Running;
    table.done = 2;
    table.added = 1;
    table.left_out = 1;
    tx.crm().put_table(TASK, &table).await?;
    same!(tx.crm().tables(TASK, 1).await?, vec![table.clone()], "the newest");
    same!(
        tx.crm().table_content(TASK, table.id).await?,
        b"a\0b".to_vec(),
        "still there"
    );
    tx.crm().remove_table_content(TASK, table.id).await?;
    same!(tx.crm().table_content(TASK, table.id).await?, Vec::<u8>::new(), "gone");
    tx.crm().remove_table(TASK, table.id).await?;
    same!(tx.crm().table(TASK, table.id).await?, None, "removed");

    let key = format!("key {:x}", place.base);
    let contact = Contact {
        external_id: Some(key.clone()),
        ..place.contact(&world, 0)?
    };
    tx.directory().put_contact(TASK, &contact).await?;
    let found = place.own(tx.crm().contact_by_external_id(TASK, &key).await?);
    same!(found, Some(contact), "by external id");
    let company = portal_core::crm::Company {
        external_id: Some(key.clone()),
        name: format!("Firm {:x}", place.base).parse()?,
        ..place.company(0)?
    };
    tx.directory().put_company(TASK, &company).await?;
    same!(
        tx.crm().company_by_external_id(TASK, &key).await?,
        Some(company.clone()),
        "a company by external id"
    );
    let name = format!("FIRM {:X}", place.base);
    same!(
        tx.crm().companies_named(TASK, &name, 5).await?,
        vec![company.id],
        "whatever the case"
    );
    same!(
        tx.crm().companies_named(TASK, "Firm", 5).await?,
        Vec::new(),
        "the whole name"
    );

    let mut view = ViewAs {
        id: ViewAsId::from_uuid(uuid(&place, 60)),
        agent: AgentId::from_uuid(uuid(&place, 90)),
        contact: place.contact_id(0),
        portal: place.portal_id(0),
        reason: "They called".parse()?,
        at: at(3),
        opened: BTreeSet::new(),
    };
    tx.crm().put_view_as(TASK, &view).await?;
    view.opened.insert(place.number(0)?);
    tx.crm().put_view_as(TASK, &view).await?;
    same!(tx.crm().view_as(TASK, view.id).await?, Some(view), "a look");
    Ok(())
}

pub(super) async fn one_is_a_part_of_at_most_one(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    let party = |it| Party::Contact(place.contact_id(it));
    let mut first = merge(&place, 70, party(0), party(1));
    tx.crm().put_merge(TASK, &first).await?;
    let second = merge(&place, 71, party(0), party(2));
    match tx.crm().put_merge(TASK, &second).await {
        Err(err) if err.kind() == StoreErrorKind::Conflict => {}
        other => return Err(Broken::new(format!("a part of two: {other:?}"))),
    }
    first.state = MergeState::Undone;
    tx.crm().put_merge(TASK, &first).await?;
    tx.crm().put_merge(TASK, &second).await?;
    Ok(())
}
