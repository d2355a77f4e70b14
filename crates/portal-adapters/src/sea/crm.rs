use std::collections::BTreeMap;

use async_trait::async_trait;
use portal_core::access::Principal;
use portal_core::actor::Task;
use portal_core::crm::{
    Company, CompanyQuery, CompanyRow, Contact, ContactQuery, ContactRow, Guest, Merge, Moved, Party, PartyNote, Table,
    ViewAs,
};
use portal_core::id::{
    AccessGroupId, CompanyId, ContactId, MergeId, MessageId, NoteId, TableId, TicketNumber, ViewAsId,
};
use portal_core::mail::QueuedMail;
use portal_core::ports::{Crm, StoreError};
use portal_core::text::{EmailAddress, Line};
use portal_core::ticket::{Message, Ticket};
use portal_core::time::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait, LockType, Order, Value};

use super::directory::{groups, people};
use super::outbox;
use super::row::only_opt;
use super::sql::{at, is, select};
use super::stored::val;
use super::tickets::{record, thread, timeline};
use super::tx::SeaTx;

mod addresses;
mod erase;
mod labels;
mod lists;
mod looks;
mod merges;
mod notes;
pub(super) mod party;
mod tables;

/// The number by which units of work wait that decide which properties criteria use; an arbitrary one.
const CRITERIA_LOCK: i64 = 0x706f_7274_616c_0020;

#[async_trait]
impl Crm for SeaTx {
    async fn contacts_page(&mut self, _: &Task, query: &ContactQuery) -> Result<Vec<ContactRow>, StoreError> {
        lists::contacts(self, query).await
    }

    async fn companies_page(&mut self, _: &Task, query: &CompanyQuery) -> Result<Vec<CompanyRow>, StoreError> {
        lists::companies(self, query).await
    }

    async fn group_sizes(&mut self, _: &Task) -> Result<Vec<(AccessGroupId, u64)>, StoreError> {
        lists::group_sizes(self).await
    }

    async fn guests(&mut self, _: &Task, after: Option<ContactId>, limit: u32) -> Result<Vec<Guest>, StoreError> {
        let mut statement = people::guests(self.backend());
        statement
            .order_by(("contact", "id"), Order::Asc)
            .limit(u64::from(limit));
        if let Some(after) = after {
            statement.and_where(at("contact", "id").gt(val(&after)));
        }
        self.list(&statement, people::read_guest).await
    }

    async fn guest(&mut self, _: &Task, id: ContactId) -> Result<Option<Guest>, StoreError> {
        let mut statement = people::guests(self.backend());
        statement.and_where(at("contact", "id").eq(val(&id)));
        self.find_one(&statement, people::read_guest).await
    }

    async fn lock_contact(&mut self, _: &Task, id: ContactId) -> Result<(), StoreError> {
        lock(self, "contact", val(&id)).await
    }

    async fn lock_company(&mut self, _: &Task, id: CompanyId) -> Result<(), StoreError> {
        lock(self, "company", val(&id)).await
    }

    async fn lock_group(&mut self, _: &Task, id: AccessGroupId) -> Result<(), StoreError> {
        lock(self, "access_group", val(&id)).await
    }

    async fn hold_criteria(&mut self, _: &Task) -> Result<(), StoreError> {
        // SQLite has one writer anyway.
        if self.is_postgres() {
            let sql = "SELECT pg_advisory_xact_lock($1)";
            self.all_of(self.written(sql, [CRITERIA_LOCK.into()])).await?;
        }
        Ok(())
    }

    async fn remove_group(&mut self, _: &Task, id: AccessGroupId) -> Result<(), StoreError> {
        groups::remove(self, id).await
    }

    async fn tickets_of(
        &mut self,
        _: &Task,
        principal: Principal,
        below: Option<TicketNumber>,
        limit: u32,
    ) -> Result<Vec<Ticket>, StoreError> {
        let (table, column, id) = match principal {
            Principal::Contact(id) => ("ticket_contact", "contact", val(&id)),
            Principal::Company(id) => ("ticket_company", "company", val(&id)),
        };
        // The numbers first, along the index; then the tickets.
        let mut numbers = select(table, &["number"]);
        numbers
            .and_where(at(table, column).eq(id))
            .order_by((table, "number"), Order::Desc)
            .limit(u64::from(limit));
        if let Some(below) = below {
            numbers.and_where(at(table, "number").lt(val(&below)));
        }
        let mut statement = record::select(self.backend());
        statement
            .and_where(at(record::TABLE, "number").in_subquery(numbers))
            .order_by((record::TABLE, "number"), Order::Desc);
        self.list(&statement, record::read).await
    }

    async fn add_party_note(&mut self, _: &Task, note: &PartyNote) -> Result<(), StoreError> {
        notes::add(self, note).await
    }

    async fn party_note(&mut self, _: &Task, id: NoteId) -> Result<Option<PartyNote>, StoreError> {
        notes::one(self, id).await
    }

    async fn party_notes(&mut self, _: &Task, about: Party, limit: u32) -> Result<Vec<PartyNote>, StoreError> {
        notes::of(self, about, limit).await
    }

    async fn remove_party_note(&mut self, _: &Task, id: NoteId) -> Result<(), StoreError> {
        notes::remove(self, id).await
    }

    async fn company_labels(&mut self, _: &Task, contact: ContactId) -> Result<BTreeMap<CompanyId, Line>, StoreError> {
        labels::of(self, contact).await
    }

    async fn put_company_labels(
        &mut self,
        _: &Task,
        contact: ContactId,
        labels: &BTreeMap<CompanyId, Line>,
    ) -> Result<(), StoreError> {
        labels::put(self, contact, labels).await
    }

    async fn contacts_at(
        &mut self,
        _: &Task,
        addresses: &[EmailAddress],
        limit: u32,
    ) -> Result<Vec<ContactRow>, StoreError> {
        addresses::contacts_at(self, addresses, limit).await
    }

    async fn shared_addresses(
        &mut self,
        _: &Task,
        after: Option<&EmailAddress>,
        limit: u32,
    ) -> Result<Vec<EmailAddress>, StoreError> {
        addresses::shared(self, after, limit).await
    }

    async fn erased_at(&mut self, _: &Task, contact: ContactId) -> Result<Option<Timestamp>, StoreError> {
        let mut statement = select("contact", &["erased_at"]);
        statement.and_where(is("id", val(&contact)));
        let found = self.find_one(&statement, only_opt).await?;
        Ok(found.flatten())
    }

    async fn put_merge(&mut self, _: &Task, merge: &Merge) -> Result<(), StoreError> {
        merges::put(self, merge).await
    }

    async fn merge(&mut self, _: &Task, id: MergeId) -> Result<Option<Merge>, StoreError> {
        merges::one(self, id).await
    }

    async fn merges_of(&mut self, _: &Task, party: Party) -> Result<Vec<Merge>, StoreError> {
        merges::of(self, party).await
    }

    async fn keep_moved(&mut self, _: &Task, merge: MergeId, moved: &[Moved]) -> Result<(), StoreError> {
        merges::keep(self, merge, moved).await
    }

    async fn moved(&mut self, _: &Task, merge: MergeId, limit: u32) -> Result<Vec<Moved>, StoreError> {
        merges::moved(self, merge, limit).await
    }

    async fn forget_moved(&mut self, _: &Task, merge: MergeId, moved: &[Moved]) -> Result<(), StoreError> {
        merges::forget_moved(self, merge, moved).await
    }

    async fn move_notes(&mut self, _: &Task, merge: MergeId, from: Party, into: Party) -> Result<(), StoreError> {
        notes::follow(self, merge, from, into).await
    }

    async fn return_notes(&mut self, _: &Task, merge: MergeId, to: Party) -> Result<(), StoreError> {
        notes::go_back(self, merge, to).await
    }

    async fn erase_contact(
        &mut self,
        _: &Task,
        id: ContactId,
        addresses: &[EmailAddress],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        erase::contact(self, id, addresses, at).await
    }

    async fn listed_guests(
        &mut self,
        _: &Task,
        after: Option<ContactId>,
        limit: u32,
    ) -> Result<Vec<Guest>, StoreError> {
        let mut statement = people::guests(self.backend());
        statement
            .and_where(addresses::listed())
            .order_by(("contact", "id"), Order::Asc)
            .limit(u64::from(limit));
        if let Some(after) = after {
            statement.and_where(at("contact", "id").gt(val(&after)));
        }
        self.list(&statement, people::read_guest).await
    }

    async fn messages_by(
        &mut self,
        _: &Task,
        contact: ContactId,
        after: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Message>, StoreError> {
        let mut statement = select(thread::MESSAGES, &thread::MESSAGE_COLUMNS);
        statement
            .and_where(is("author", val(&contact)))
            // As the index says it.
            .and_where(Expr::cust("author_kind = 1"))
            .order_by("id", Order::Asc)
            .limit(u64::from(limit));
        if let Some(after) = after {
            statement.and_where(Expr::col("id").gt(val(&after)));
        }
        self.list(&statement, timeline::read_message).await
    }

    async fn mails_to(
        &mut self,
        _: &Task,
        addresses: &[EmailAddress],
        limit: u32,
    ) -> Result<Vec<QueuedMail>, StoreError> {
        if addresses.is_empty() {
            return Ok(Vec::new());
        }
        let mut statement = outbox::mails();
        statement
            .and_where(Expr::col("recipient").is_in(addresses.iter().map(|it| Expr::val(val(it)))))
            .order_by("id", Order::Desc)
            .limit(u64::from(limit));
        self.list(&statement, outbox::read).await
    }

    async fn add_table(&mut self, _: &Task, table: &Table, content: &[u8]) -> Result<(), StoreError> {
        tables::add(self, table, content).await
    }

    async fn put_table(&mut self, _: &Task, table: &Table) -> Result<(), StoreError> {
        tables::put(self, table).await
    }

    async fn table(&mut self, _: &Task, id: TableId) -> Result<Option<Table>, StoreError> {
        tables::one(self, id).await
    }

    async fn table_content(&mut self, _: &Task, id: TableId) -> Result<Vec<u8>, StoreError> {
        tables::content(self, id).await
    }

    async fn tables(&mut self, _: &Task, limit: u32) -> Result<Vec<Table>, StoreError> {
        tables::newest(self, limit).await
    }

    async fn remove_table_content(&mut self, _: &Task, id: TableId) -> Result<(), StoreError> {
        tables::remove_content(self, id).await
    }

    async fn remove_table(&mut self, _: &Task, id: TableId) -> Result<(), StoreError> {
        tables::remove(self, id).await
    }

    async fn contact_by_external_id(&mut self, _: &Task, key: &str) -> Result<Option<Contact>, StoreError> {
        people::contact_by_external_id(self, key).await
    }

    async fn company_by_external_id(&mut self, _: &Task, key: &str) -> Result<Option<Company>, StoreError> {
        people::company_by_external_id(self, key).await
    }

    async fn companies_named(&mut self, _: &Task, name: &str, limit: u32) -> Result<Vec<CompanyId>, StoreError> {
        tables::companies_named(self, name, limit).await
    }

    async fn put_view_as(&mut self, _: &Task, view: &ViewAs) -> Result<(), StoreError> {
        looks::put(self, view).await
    }

    async fn view_as(&mut self, _: &Task, id: ViewAsId) -> Result<Option<ViewAs>, StoreError> {
        looks::one(self, id).await
    }
}

/// Keeps a row from being changed by others. SQLite has one writer anyway.
async fn lock(tx: &mut SeaTx, table: &'static str, id: Value) -> Result<(), StoreError> {
    if tx.is_postgres() {
        let mut statement = select(table, &["id"]);
        statement.and_where(is("id", id)).lock(LockType::Update);
        tx.all(&statement).await?;
    }
    Ok(())
}
