//! Stores around stores: a [`Layer`] overrides what it wants to change of a unit of work and passes on the rest.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use portal_core::access::{AccessRule, Entrant, Principal, Scope};
use portal_core::actor::Task;
use portal_core::audit::{AuditEntry, AuditQuery, Seal, SealedEntry};
use portal_core::conversation::{Conversation, ConversationRow, ConversationState, InboxKind, Said};
use portal_core::crm::{
    AccessGroup, Agent, Company, CompanyQuery, CompanyRow, Contact, ContactQuery, ContactRow, Guest, Merge, Moved,
    Party, PartyNote, Table, ViewAs,
};
use portal_core::desk::{
    CannedReply, DeskCounts, DeskHit, DeskQuery, DeskRow, DeskSearch, DeskThread, PendingAnswer, SavedView, StaffScope,
};
use portal_core::id::{
    AccessGroupId, AddressChangeId, AgentId, CannedReplyId, ChallengeId, CompanyId, ContactId, ConversationId,
    DomainId, FileId, InboxId, IntentId, MergeId, MessageId, NoteId, PipelineId, PortalId, RegistrationId, SavedViewId,
    SessionId, StaffSessionId, StatusId, TableId, TicketId, TicketNumber, TokenId, Uuid, ViewAsId,
};
use portal_core::mail::{Claim, ClaimedMail, Intent, MailState, MailTally, QueuedMail, Settled};
use portal_core::measures::{MeasureQuery, MeasuredTicket};
use portal_core::membership::{
    Account, AddressChange, ApiToken, Challenge, ChallengePurpose, ConsentProof, Invitation, KnownContact, Member,
    MemberCounts, MemberQuery, Profile, Registration, RegistrationState, SecretHash, Session, Throttle, ThrottleKey,
};
use portal_core::notify::{AgentChoices, AgentNotice, ContactChoices};
use portal_core::ports::{
    Accounts, AuditLog, Colleague, Conversations, Crm, Desk, DeskHint, Directory, Doorway, Hint, IdempotencyKey,
    ImportedTicket, Imports, Journal, KeptTerms, ListFrame, Members, Notices, Outbox, Person, Programs, Receipt,
    ReceiptKind, Remembered, Satisfaction, ServiceLevels, SettingsStore, Shelf, Staffing, StoreError, Tickets, Timers,
    ToldDue, Tx, Warning, WatchedTicket,
};
use portal_core::programs::{DoneOnce, ProgramToken};
use portal_core::property::{PropertyDefinition, PropertyOwner};
use portal_core::satisfaction::{MeasuredRating, TicketRating};
use portal_core::service::ServiceFacts;
use portal_core::settings::{CustomerPortal, Domain, Host, Inbox, Section, SettingsOwner, SettingsVersion};
use portal_core::staff::{StaffCredential, StaffSession, StaffToken, StaffTokenKind, StaffUser};
use portal_core::text::{EmailAddress, Line, Locale, PersonName, Slug};
use portal_core::ticket::{
    Event, File, LastMessage, ListQuery, Message, Note, Pipeline, RowDetails, Search, Ticket, TicketHit, TicketRow,
    Timeline, TimelineWindow, Version,
};
use portal_core::time::Timestamp;

/// A unit of work with a [`Layer`] around it.
#[derive(Debug)]
pub struct Layered<L>(pub L);

macro_rules! ports {
    ($($port:ident by $door:ident {
        $(fn $name:ident($($arg:ident: $type:ty),*) -> $result:ty;)*
    })*) => {
        /// Something around a unit of work. Whatever it does not override goes on to the unit of work inside.
        #[async_trait]
        pub trait Layer: Send + 'static {
            /// The unit of work inside.
            fn inner(&mut self) -> &mut dyn Tx;

            /// Told the name of each call (`tickets.find`) before it is made.
            fn called(&mut self, _call: &'static str) {}

            /// Ends the unit of work.
            async fn commit(self: Box<Self>) -> Result<(), StoreError>;

            $($(
                #[doc = concat!("See [`", stringify!($port), "::", stringify!($name), "`].")]
                async fn $name(&mut self, $($arg: $type),*) -> Result<$result, StoreError> {
                    self.inner().$door().$name($($arg),*).await
                }
            )*)*
        }

        $(
            #[async_trait]
            impl<L: Layer> $port for Layered<L> {
                $(
                    async fn $name(&mut self, $($arg: $type),*) -> Result<$result, StoreError> {
                        self.0.called(concat!(stringify!($door), ".", stringify!($name)));
                        self.0.$name($($arg),*).await
                    }
                )*
            }
        )*
    };
}

ports! {
    Tickets by tickets {
        fn find(scope: &Scope, number: TicketNumber) -> Option<Ticket>;
        fn find_by_id(scope: &Scope, id: TicketId) -> Option<Ticket>;
        fn page(scope: &Scope, query: &ListQuery) -> Vec<TicketRow>;
        fn row_details(scope: &Scope, numbers: &[TicketNumber]) -> Vec<RowDetails>;
        fn frame(scope: &Scope, cap: u32, colleagues: u32) -> ListFrame;
        fn search(scope: &Scope, search: &Search) -> Vec<TicketHit>;
        fn timeline(scope: &Scope, number: TicketNumber, window: TimelineWindow) -> Timeline;
        fn file(scope: &Scope, id: FileId) -> Option<File>;
        fn staged_files(scope: &Scope, ids: &[FileId], since: Timestamp) -> Vec<File>;
        fn lock(number: TicketNumber) -> ();
        fn next_number() -> TicketNumber;
        fn insert(ticket: &Ticket) -> ();
        fn update(ticket: &Ticket, expected: Version) -> bool;
        fn add_message(message: &Message) -> ();
        fn add_event(event: &Event) -> ();
        fn add_staged_file(file: &File) -> ();
        fn raise_read_mark(contact: ContactId, number: TicketNumber, seq: u32) -> ();
        fn add_note(task: &Task, note: &Note) -> ();
        fn load(task: &Task, number: TicketNumber) -> Option<Ticket>;
        fn sweep_staged(task: &Task, before: Timestamp, limit: u32) -> Vec<File>;
    }
    Desk by desk {
        fn desk_page(scope: &StaffScope, query: &DeskQuery) -> Vec<DeskRow>;
        fn desk_counts(scope: &StaffScope, agent: AgentId, cap: u32) -> DeskCounts;
        fn desk_ticket(scope: &StaffScope, number: TicketNumber) -> Option<Ticket>;
        fn public_message(task: &Task, number: TicketNumber, seq: u32) -> Option<Message>;
        fn due_snoozes(task: &Task, now: Timestamp, limit: u32) -> Vec<TicketNumber>;
        fn merged_sources(scope: &StaffScope, into: TicketNumber, limit: u32) -> Vec<Ticket>;
        fn merged_numbers(task: &Task, into: TicketNumber) -> Vec<TicketNumber>;
        fn drafted_files(agent: AgentId, ids: &[FileId], since: Timestamp) -> Vec<File>;
        fn add_pending(answer: &PendingAnswer) -> ();
        fn pending_answers(scope: &StaffScope, number: TicketNumber) -> Vec<PendingAnswer>;
        fn take_pending(task: &Task, id: MessageId) -> Option<PendingAnswer>;
        fn due_pending(task: &Task, now: Timestamp, limit: u32) -> Vec<(MessageId, TicketNumber)>;
        fn desk_file(scope: &StaffScope, id: FileId) -> Option<File>;
        fn desk_thread(scope: &StaffScope, number: TicketNumber, limit: u32) -> DeskThread;
        fn desk_search(scope: &StaffScope, search: &DeskSearch) -> Vec<DeskHit>;
        fn desk_sizes(scope: &StaffScope, lists: &[DeskQuery], cap: u32) -> Vec<u32>;
    }
    Directory by directory {
        fn entrant(portal: PortalId, contact: ContactId) -> Option<Entrant>;
        fn portal_at(host: &Host, slug: &Slug) -> Option<CustomerPortal>;
        fn portals_on(host: &Host) -> Vec<CustomerPortal>;
        fn portal(id: PortalId) -> Option<CustomerPortal>;
        fn inbox(id: InboxId) -> Option<Inbox>;
        fn pipeline(id: PipelineId) -> Option<Pipeline>;
        fn profile(contact: ContactId) -> Option<Profile>;
        fn update_profile(
            contact: ContactId,
            name: &PersonName,
            language: Option<&Locale>,
            time_zone: Option<&str>
        ) -> ();
        fn people_on(scope: &Scope, number: TicketNumber) -> Vec<Colleague>;
        fn companies_on(scope: &Scope, number: TicketNumber) -> Vec<(CompanyId, String)>;
        fn agent_name(agent: AgentId) -> Option<String>;
        fn shown_properties() -> Vec<PropertyDefinition>;
        fn all_portals(task: &Task) -> Vec<CustomerPortal>;
        fn all_inboxes(task: &Task) -> Vec<Inbox>;
        fn all_pipelines(task: &Task) -> Vec<Pipeline>;
        fn all_groups(task: &Task) -> Vec<AccessGroup>;
        fn contact(task: &Task, id: ContactId) -> Option<Contact>;
        fn contact_by_membership_email(task: &Task, email: &EmailAddress) -> Option<Contact>;
        fn company(task: &Task, id: CompanyId) -> Option<Company>;
        fn properties(task: &Task, owner: PropertyOwner) -> Vec<PropertyDefinition>;
        fn put_portal(task: &Task, portal: &CustomerPortal) -> ();
        fn put_inbox(task: &Task, inbox: &Inbox) -> ();
        fn lock_inbox(task: &Task, id: InboxId) -> ();
        fn move_tickets(task: &Task, inbox: InboxId, after: Option<TicketNumber>, limit: u32) -> Option<TicketNumber>;
        fn put_pipeline(task: &Task, pipeline: &Pipeline) -> ();
        fn put_group(task: &Task, group: &AccessGroup) -> ();
        fn put_contact(task: &Task, contact: &Contact) -> ();
        fn put_company(task: &Task, company: &Company) -> ();
        fn put_agent(task: &Task, agent: &Agent) -> ();
        fn put_property(task: &Task, property: &PropertyDefinition) -> ();
    }
    Accounts by accounts {
        fn doorway(host: &Host, slug: &Slug, secret: Option<&SecretHash>) -> Option<Doorway>;
        fn account_by_address(address: &EmailAddress) -> Option<Account>;
        fn account(contact: ContactId) -> Option<Account>;
        fn put_account(account: &Account) -> ();
        fn add_session(session: &Session, keep: u32) -> ();
        fn sessions(contact: ContactId, now: Timestamp) -> Vec<Session>;
        fn touch_session(id: SessionId, seen_at: Timestamp, idle_until: Timestamp) -> ();
        fn end_session(contact: ContactId, id: SessionId) -> ();
        fn end_sessions(contact: ContactId, but: Option<SessionId>) -> ();
        fn living_sessions(ids: &[SessionId], now: Timestamp) -> Vec<SessionId>;
        fn add_token(token: &ApiToken) -> ();
        fn token(secret: &SecretHash) -> Option<(ApiToken, Profile)>;
        fn tokens(contact: ContactId, portal: PortalId) -> Vec<ApiToken>;
        fn touch_token(id: TokenId, seen_at: Timestamp) -> ();
        fn remove_token(contact: ContactId, id: TokenId) -> ();
        fn throttle(key: &ThrottleKey) -> Option<Throttle>;
        fn set_throttle(key: &ThrottleKey, throttle: Option<&Throttle>) -> ();
        fn forget_devices(contact: ContactId, at: Timestamp) -> ();
        fn devices_forgotten(contact: ContactId) -> Option<Timestamp>;
    }
    Members by members {
        fn invitation(portal: PortalId, contact: ContactId) -> Option<Invitation>;
        fn invitation_of_link(token: &SecretHash) -> Option<Invitation>;
        fn put_invitation(invitation: &Invitation) -> ();
        fn use_invitation(token: &SecretHash, now: Timestamp) -> bool;
        fn add_challenge(challenge: &Challenge) -> ();
        fn challenge(id: ChallengeId) -> Option<Challenge>;
        fn challenge_of_link(token: &SecretHash) -> Option<Challenge>;
        fn challenge_of_browser(browser: &SecretHash, purpose: ChallengePurpose) -> Option<Challenge>;
        fn arm_challenge(challenge: &Challenge) -> ();
        fn count_guess(id: ChallengeId, max: u32) -> bool;
        fn use_challenge(id: ChallengeId, now: Timestamp) -> bool;
        fn end_challenges(contact: ContactId, purpose: Option<ChallengePurpose>, but: Option<ChallengeId>) -> ();
        fn put_registration(registration: &Registration) -> ();
        fn registration(id: RegistrationId) -> Option<Registration>;
        fn registration_of_link(token: &SecretHash) -> Option<Registration>;
        fn use_registration(id: RegistrationId, from: RegistrationState, to: RegistrationState) -> bool;
        fn registrations(
            task: &Task,
            portal: PortalId,
            state: RegistrationState,
            limit: u32
        ) -> Vec<Registration>;
        fn known_contacts(address: &EmailAddress) -> Vec<KnownContact>;
        fn companies_of_domain(domain: &str) -> Vec<CompanyId>;
        fn put_address_change(change: &AddressChange) -> ();
        fn address_change(id: AddressChangeId) -> Option<AddressChange>;
        fn address_change_to_confirm(token: &SecretHash) -> Option<AddressChange>;
        fn address_change_to_revert(token: &SecretHash) -> Option<AddressChange>;
        fn waiting_address_change(contact: ContactId) -> Option<AddressChange>;
        fn use_address_change(id: AddressChangeId, now: Timestamp, revert_until: Timestamp) -> bool;
        fn use_address_revert(id: AddressChangeId, now: Timestamp) -> bool;
        fn cancel_address_changes(contact: ContactId) -> ();
        fn add_consent(proof: &ConsentProof) -> ();
        fn consent(portal: PortalId, contact: ContactId) -> Option<ConsentProof>;
        fn members(
            task: &Task,
            portal: PortalId,
            access: &AccessRule,
            query: &MemberQuery,
            now: Timestamp
        ) -> Vec<Member>;
        fn member_counts(task: &Task, portal: PortalId, access: &AccessRule, now: Timestamp) -> MemberCounts;
        fn sweep_members(task: &Task, before: Timestamp, limit: u32) -> u64;
        fn end_tokens(contact: ContactId) -> ();
    }
    Crm by crm {
        fn contacts_page(task: &Task, query: &ContactQuery) -> Vec<ContactRow>;
        fn companies_page(task: &Task, query: &CompanyQuery) -> Vec<CompanyRow>;
        fn group_sizes(task: &Task) -> Vec<(AccessGroupId, u64)>;
        fn guests(task: &Task, after: Option<ContactId>, limit: u32) -> Vec<Guest>;
        fn guest(task: &Task, id: ContactId) -> Option<Guest>;
        fn lock_contact(task: &Task, id: ContactId) -> ();
        fn lock_company(task: &Task, id: CompanyId) -> ();
        fn lock_group(task: &Task, id: AccessGroupId) -> ();
        fn hold_criteria(task: &Task) -> ();
        fn remove_group(task: &Task, id: AccessGroupId) -> ();
        fn tickets_of(
            task: &Task,
            principal: Principal,
            below: Option<TicketNumber>,
            limit: u32
        ) -> Vec<Ticket>;
        fn add_party_note(task: &Task, note: &PartyNote) -> ();
        fn party_note(task: &Task, id: NoteId) -> Option<PartyNote>;
        fn party_notes(task: &Task, about: Party, limit: u32) -> Vec<PartyNote>;
        fn remove_party_note(task: &Task, id: NoteId) -> ();
        fn company_labels(task: &Task, contact: ContactId) -> BTreeMap<CompanyId, Line>;
        fn put_company_labels(task: &Task, contact: ContactId, labels: &BTreeMap<CompanyId, Line>) -> ();
        fn contacts_at(task: &Task, addresses: &[EmailAddress], limit: u32) -> Vec<ContactRow>;
        fn shared_addresses(task: &Task, after: Option<&EmailAddress>, limit: u32) -> Vec<EmailAddress>;
        fn erased_at(task: &Task, contact: ContactId) -> Option<Timestamp>;
        fn put_merge(task: &Task, merge: &Merge) -> ();
        fn merge(task: &Task, id: MergeId) -> Option<Merge>;
        fn merges_of(task: &Task, party: Party) -> Vec<Merge>;
        fn keep_moved(task: &Task, merge: MergeId, moved: &[Moved]) -> ();
        fn moved(task: &Task, merge: MergeId, limit: u32) -> Vec<Moved>;
        fn forget_moved(task: &Task, merge: MergeId, moved: &[Moved]) -> ();
        fn move_notes(task: &Task, merge: MergeId, from: Party, into: Party) -> ();
        fn return_notes(task: &Task, merge: MergeId, to: Party) -> ();
        fn erase_contact(task: &Task, id: ContactId, addresses: &[EmailAddress], at: Timestamp) -> ();
        fn listed_guests(task: &Task, after: Option<ContactId>, limit: u32) -> Vec<Guest>;
        fn messages_by(task: &Task, contact: ContactId, after: Option<MessageId>, limit: u32) -> Vec<Message>;
        fn mails_to(task: &Task, addresses: &[EmailAddress], limit: u32) -> Vec<QueuedMail>;
        fn add_table(task: &Task, table: &Table, content: &[u8]) -> ();
        fn put_table(task: &Task, table: &Table) -> ();
        fn table(task: &Task, id: TableId) -> Option<Table>;
        fn table_content(task: &Task, id: TableId) -> Vec<u8>;
        fn tables(task: &Task, limit: u32) -> Vec<Table>;
        fn remove_table_content(task: &Task, id: TableId) -> ();
        fn remove_table(task: &Task, id: TableId) -> ();
        fn contact_by_external_id(task: &Task, key: &str) -> Option<Contact>;
        fn company_by_external_id(task: &Task, key: &str) -> Option<Company>;
        fn companies_named(task: &Task, name: &str, limit: u32) -> Vec<CompanyId>;
        fn put_view_as(task: &Task, view: &ViewAs) -> ();
        fn view_as(task: &Task, id: ViewAsId) -> Option<ViewAs>;
    }
    Staffing by staffing {
        fn staff_user(id: AgentId) -> Option<StaffUser>;
        fn staff_users(task: &Task) -> Vec<StaffUser>;
        fn put_staff_user(task: &Task, user: &StaffUser) -> ();
        fn staff_by_address(address: &EmailAddress) -> Option<(StaffUser, Option<StaffCredential>)>;
        fn admins() -> Vec<AgentId>;
        fn has_admin_or_portal() -> (bool, bool);
        fn staff_credential(agent: AgentId) -> Option<StaffCredential>;
        fn put_staff_credential(credential: &StaffCredential) -> ();
        fn use_step(agent: AgentId, step: u64) -> bool;
        fn set_recovery_codes(agent: AgentId, codes: &[[u8; 32]]) -> ();
        fn use_recovery_code(agent: AgentId, code: &[u8; 32]) -> bool;
        fn recovery_codes_left(agent: AgentId) -> u32;
        fn staff_doorway(secret: &SecretHash) -> Option<(StaffSession, StaffUser)>;
        fn add_staff_session(session: &StaffSession, keep: u32) -> ();
        fn change_staff_session(session: &StaffSession) -> bool;
        fn touch_staff_session(id: StaffSessionId, seen_at: Timestamp, idle_until: Timestamp) -> ();
        fn staff_sessions(agent: AgentId, now: Timestamp) -> Vec<StaffSession>;
        fn end_staff_session(agent: AgentId, id: StaffSessionId) -> ();
        fn end_staff_sessions(agent: AgentId, but: Option<StaffSessionId>) -> ();
        fn living_staff_sessions(ids: &[StaffSessionId], now: Timestamp) -> Vec<StaffSessionId>;
        fn add_staff_token(token: &StaffToken) -> ();
        fn staff_token(secret: &SecretHash) -> Option<StaffToken>;
        fn take_staff_token(secret: &SecretHash) -> Option<StaffToken>;
        fn staff_token_of(agent: AgentId, kind: StaffTokenKind) -> Option<StaffToken>;
        fn remove_staff_tokens(agent: Option<AgentId>) -> ();
    }
    ServiceLevels by service {
        fn service_terms(inboxes: &[InboxId]) -> Vec<KeptTerms>;
        fn put_service_terms(task: &Task, terms: &KeptTerms) -> bool;
        fn service_facts(scope: &StaffScope, numbers: &[TicketNumber]) -> Vec<(TicketNumber, ServiceFacts)>;
        fn measured(scope: &StaffScope, query: &MeasureQuery, limit: u32) -> Vec<MeasuredTicket>;
        fn backlog(scope: &StaffScope, inbox: Option<InboxId>, limit: u32) -> Vec<Timestamp>;
        fn watched(
            task: &Task,
            inbox: InboxId,
            after: Option<TicketNumber>,
            limit: u32
        ) -> Vec<WatchedTicket>;
        fn told_due(task: &Task, number: TicketNumber) -> Vec<ToldDue>;
        fn put_told_due(task: &Task, told: &ToldDue) -> ();
    }
    Satisfaction by satisfaction {
        fn own_rating(scope: &Scope, number: TicketNumber) -> Option<TicketRating>;
        fn put_rating(rating: &TicketRating) -> ();
        fn ratings(scope: &StaffScope, number: TicketNumber, limit: u32) -> Vec<TicketRating>;
        fn measured_ratings(scope: &StaffScope, query: &MeasureQuery, limit: u32) -> Vec<MeasuredRating>;
        fn ratings_by(task: &Task, contact: ContactId, limit: u32) -> Vec<TicketRating>;
        fn hand_rating(task: &Task, number: TicketNumber, from: ContactId, to: ContactId) -> ();
        fn return_rating(task: &Task, number: TicketNumber, giver: ContactId, from: ContactId) -> ();
    }
    Programs by programs {
        fn add_program_token(token: &ProgramToken) -> ();
        fn program_token(secret: &SecretHash) -> Option<ProgramToken>;
        fn program_tokens(agent: AgentId) -> Vec<ProgramToken>;
        fn touch_program_token(id: TokenId, seen_at: Timestamp) -> ();
        fn remove_program_token(agent: AgentId, id: TokenId) -> ();
        fn begin_command(agent: AgentId, key: &IdempotencyKey, command: &DoneOnce, since: Timestamp) -> Option<DoneOnce>;
        fn end_command(agent: AgentId, key: &IdempotencyKey, answer: Option<&str>) -> ();
    }
    Shelf by shelf {
        fn saved_views(agent: AgentId) -> Vec<SavedView>;
        fn saved_view(id: SavedViewId) -> Option<SavedView>;
        fn put_saved_view(view: &SavedView) -> ();
        fn remove_saved_view(id: SavedViewId) -> ();
        fn canned_replies(agent: AgentId) -> Vec<CannedReply>;
        fn canned_reply(id: CannedReplyId) -> Option<CannedReply>;
        fn put_canned_reply(reply: &CannedReply) -> ();
        fn remove_canned_reply(id: CannedReplyId) -> ();
    }
    Outbox by outbox {
        fn push(intent: &Intent) -> bool;
        fn take_back(key: &str, now: Timestamp) -> bool;
        fn next_due(task: &Task) -> Option<Timestamp>;
        fn claim_due(task: &Task, now: Timestamp, until: Timestamp, limit: u32) -> Vec<ClaimedMail>;
        fn hold(task: &Task, claim: Claim, until: Timestamp) -> bool;
        fn settle(task: &Task, claim: Claim, how: &Settled, to: Option<&EmailAddress>, now: Timestamp) -> bool;
        fn queued(task: &Task, state: MailState, older_than: Option<IntentId>, limit: u32) -> Vec<QueuedMail>;
        fn queued_mail(task: &Task, id: IntentId) -> Option<QueuedMail>;
        fn tally(task: &Task) -> MailTally;
        fn revive(task: &Task, id: IntentId, now: Timestamp) -> bool;
        fn discard(task: &Task, id: IntentId, now: Timestamp) -> bool;
        fn sweep_mails(task: &Task, before: Timestamp, limit: u32) -> u64;
    }
    AuditLog by audit {
        fn record(entry: &AuditEntry) -> ();
        fn audit_page(task: &Task, query: &AuditQuery, limit: u32) -> Vec<AuditEntry>;
        fn newest_seal(task: &Task) -> Option<Seal>;
        fn unsealed(task: &Task, limit: u32) -> Vec<AuditEntry>;
        fn add_seal(task: &Task, seal: &Seal, entries: &[SealedEntry]) -> ();
        fn seals(task: &Task, after: i64, limit: u32) -> Vec<Seal>;
        fn sealed(task: &Task, seal: i64) -> Vec<SealedEntry>;
        fn forget(task: &Task, about: Party, objects: &[String]) -> ();
    }
    SettingsStore by settings {
        fn current_settings(owner: SettingsOwner, section: Section) -> Option<SettingsVersion>;
        fn all_current_settings(owner: SettingsOwner) -> Vec<SettingsVersion>;
        fn settings_version(
            task: &Task,
            owner: SettingsOwner,
            section: Section,
            version: u32
        ) -> Option<SettingsVersion>;
        fn settings_history(
            task: &Task,
            owner: SettingsOwner,
            section: Option<Section>,
            limit: u32
        ) -> Vec<SettingsVersion>;
        fn add_settings_version(task: &Task, version: &SettingsVersion) -> bool;
        fn portal_to_change(task: &Task, id: PortalId) -> Option<CustomerPortal>;
        fn domain_to_change(task: &Task, id: DomainId) -> Option<Domain>;
        fn domain(id: DomainId) -> Option<Domain>;
        fn domain_of(host: &Host) -> Option<Domain>;
        fn all_domains(task: &Task) -> Vec<Domain>;
        fn put_domain(task: &Task, domain: &Domain) -> ();
        fn remove_domain(task: &Task, id: DomainId) -> ();
        fn served_hosts() -> Vec<Host>;
        fn portal_formerly_at(host: &Host, slug: &Slug) -> Option<PortalId>;
        fn former_addresses(task: &Task, portal: PortalId) -> Vec<(Host, Slug)>;
        fn keep_address(task: &Task, host: &Host, slug: &Slug, portal: PortalId) -> ();
        fn free_address(task: &Task, host: &Host, slug: &Slug) -> ();
        fn remove_portal(task: &Task, id: PortalId) -> ();
    }
    Imports by imports {
        fn all_receipts(task: &Task, kind: ReceiptKind, after: Option<&str>, limit: u32) -> Vec<Receipt>;
        fn receipts(task: &Task, kind: ReceiptKind, keys: &[String]) -> Vec<Receipt>;
        fn parts(task: &Task, tickets: &[TicketNumber]) -> Vec<(TicketNumber, String)>;
        fn put_receipts(task: &Task, receipts: &[Receipt]) -> ();
        fn people(task: &Task, after: Option<ContactId>, limit: u32) -> Vec<Person>;
        fn all_agents(task: &Task) -> Vec<Agent>;
        fn reserve_numbers(task: &Task, count: u32) -> Vec<TicketNumber>;
        fn insert_tickets(task: &Task, tickets: &[ImportedTicket]) -> ();
    }
    Notices by notices {
        fn contact_choices(contact: ContactId) -> ContactChoices;
        fn set_contact_choices(contact: ContactId, choices: ContactChoices) -> ();
        fn is_muted(contact: ContactId, number: TicketNumber) -> bool;
        fn set_muted(contact: ContactId, number: TicketNumber, muted: bool) -> ();
        fn agent_choices(agent: AgentId) -> AgentChoices;
        fn set_agent_choices(agent: AgentId, choices: &AgentChoices) -> ();
        fn add_agent_notice(notice: &AgentNotice) -> ();
        fn agent_notices(scope: &StaffScope, agent: AgentId, limit: u32) -> Vec<AgentNotice>;
        fn unread_notices(scope: &StaffScope, agent: AgentId, cap: u32) -> u32;
        fn read_agent_notices(agent: AgentId, ticket: Option<TicketNumber>, now: Timestamp) -> ();
        fn mail_agent_notices(
            scope: &StaffScope,
            agent: AgentId,
            mail: IntentId,
            limit: u32
        ) -> Vec<AgentNotice>;
    }
    Conversations by conversations {
        fn inbox_kind(inbox: InboxId) -> InboxKind;
        fn set_inbox_kind(inbox: InboxId, kind: InboxKind) -> ();
        fn lock_conversation(id: ConversationId) -> ();
        fn any_conversation(task: &Task, id: ConversationId) -> Option<Conversation>;
        fn conversation(scope: &StaffScope, id: ConversationId) -> Option<Conversation>;
        fn conversations(
            scope: &StaffScope,
            state: ConversationState,
            inbox: Option<InboxId>,
            after: Option<(Timestamp, ConversationId)>,
            limit: u32
        ) -> Vec<ConversationRow>;
        fn said(scope: &StaffScope, id: ConversationId, limit: u32) -> Vec<Said>;
        fn last_spoken(task: &Task, number: TicketNumber) -> Option<Conversation>;
        fn put_conversation(conversation: &Conversation) -> ();
        fn add_said(said: &Said) -> ();
        fn take_out(
            task: &Task,
            number: TicketNumber,
            messages: &BTreeSet<MessageId>
        ) -> Option<LastMessage>;
    }
    Timers by timers {
        fn to_warn(
            task: &Task,
            pipeline: PipelineId,
            quiet_since: Timestamp,
            limit: u32
        ) -> Vec<TicketNumber>;
        fn to_close(
            task: &Task,
            pipeline: PipelineId,
            quiet_since: Timestamp,
            warned_before: Timestamp,
            limit: u32
        ) -> Vec<TicketNumber>;
        fn warning(task: &Task, number: TicketNumber) -> Option<Warning>;
        fn put_warning(task: &Task, warning: &Warning) -> ();
        fn hold_pipeline(task: &Task, pipeline: PipelineId) -> ();
        fn has_status(task: &Task, status: StatusId) -> bool;
        fn change_status(task: &Task, from: StatusId, to: StatusId, limit: u32) -> u64;
    }
    Journal by journal {
        fn hint(hint: &Hint) -> ();
        fn desk_hint(hint: &DeskHint) -> ();
        fn recall(
            who: Uuid,
            use_case: &str,
            key: &IdempotencyKey,
            since: Timestamp
        ) -> Option<Remembered>;
        fn remember(
            who: Uuid,
            use_case: &str,
            key: &IdempotencyKey,
            what: &Remembered,
            since: Timestamp
        ) -> bool;
    }
}

#[async_trait]
impl<L: Layer> Tx for Layered<L> {
    fn tickets(&mut self) -> &mut dyn Tickets {
        self
    }

    fn desk(&mut self) -> &mut dyn Desk {
        self
    }

    fn directory(&mut self) -> &mut dyn Directory {
        self
    }

    fn accounts(&mut self) -> &mut dyn Accounts {
        self
    }

    fn journal(&mut self) -> &mut dyn Journal {
        self
    }

    fn members(&mut self) -> &mut dyn Members {
        self
    }

    fn crm(&mut self) -> &mut dyn Crm {
        self
    }

    fn staffing(&mut self) -> &mut dyn Staffing {
        self
    }

    fn settings(&mut self) -> &mut dyn SettingsStore {
        self
    }

    fn outbox(&mut self) -> &mut dyn Outbox {
        self
    }

    fn programs(&mut self) -> &mut dyn Programs {
        self
    }

    fn notices(&mut self) -> &mut dyn Notices {
        self
    }

    fn conversations(&mut self) -> &mut dyn Conversations {
        self
    }

    fn timers(&mut self) -> &mut dyn Timers {
        self
    }

    fn shelf(&mut self) -> &mut dyn Shelf {
        self
    }

    fn service(&mut self) -> &mut dyn ServiceLevels {
        self
    }

    fn satisfaction(&mut self) -> &mut dyn Satisfaction {
        self
    }

    fn audit(&mut self) -> &mut dyn AuditLog {
        self
    }

    fn imports(&mut self) -> &mut dyn Imports {
        self
    }

    async fn commit(self: Box<Self>) -> Result<(), StoreError> {
        let mut layer = Box::new(self.0);
        layer.called("commit");
        layer.commit().await
    }
}
