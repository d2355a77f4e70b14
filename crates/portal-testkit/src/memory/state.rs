use std::collections::{BTreeMap, BTreeSet};

use portal_core::access::{Criteria, Scope};
use portal_core::audit::{AuditEntry, Seal};
use portal_core::conversation::{Conversation, InboxKind, Said};
use portal_core::crm::{
    AccessGroup, Agent, Company, Contact, ContactStanding, Merge, MergeState, Moved, Party, PartyNote, Table, ViewAs,
};
use portal_core::desk::{CannedReply, PendingAnswer, SavedView};
use portal_core::id::{
    AccessGroupId, AgentId, AuditId, CannedReplyId, CompanyId, ContactId, ConversationId, DomainId, FileId, InboxId,
    IntentId, MergeId, MessageId, NoteId, NoticeId, PipelineId, PortalId, SavedViewId, SessionId, StaffSessionId,
    TableId, TicketNumber, TokenId, Uuid, ViewAsId,
};
use portal_core::membership::{Account, ApiToken, Profile, Session, Throttle, ThrottleKind};
use portal_core::notify::{AgentChoices, AgentNotice, ContactChoices};
use portal_core::ports::{KeptTerms, Remembered, StoreError, StoreErrorKind, ToldDue, Warning};
use portal_core::programs::{DoneOnce, ProgramToken};
use portal_core::property::PropertyDefinition;
use portal_core::satisfaction::TicketRating;
use portal_core::service::ServiceFacts;
use portal_core::settings::{CustomerPortal, Domain, Host, Inbox, Section, SettingsOwner, SettingsVersion};
use portal_core::staff::{StaffCredential, StaffSession, StaffToken, StaffUser};
use portal_core::text::{Line, Slug};
use portal_core::ticket::{Event, File, FileHome, Message, Note, Pipeline, Ticket};
use portal_core::time::Timestamp;

use super::imports::Ledger;
use super::members::Membership;
use super::outbox::Posted;

/// A seal with the entries under it, each with the hash of what it said then.
pub(super) type SealedBatch = (Seal, Vec<(AuditId, [u8; 32])>);

/// Everything that is stored. A unit of work changes its own copy; a commit puts it in the place of the old one.
#[derive(Clone, Default)]
pub(super) struct State {
    pub(super) portals: BTreeMap<PortalId, CustomerPortal>,
    pub(super) inboxes: BTreeMap<InboxId, Inbox>,
    pub(super) pipelines: BTreeMap<PipelineId, Pipeline>,
    pub(super) groups: BTreeMap<AccessGroupId, AccessGroup>,
    pub(super) contacts: BTreeMap<ContactId, Contact>,
    pub(super) companies: BTreeMap<CompanyId, Company>,
    pub(super) agents: BTreeMap<AgentId, Agent>,
    pub(super) staff_users: BTreeMap<AgentId, StaffUser>,
    pub(super) properties: Vec<PropertyDefinition>,
    pub(super) party_notes: Vec<PartyNote>,
    /// Which merge brought a note.
    pub(super) moved_notes: BTreeMap<NoteId, MergeId>,
    pub(super) company_labels: BTreeMap<ContactId, BTreeMap<CompanyId, Line>>,
    pub(super) erased: BTreeMap<ContactId, Timestamp>,
    pub(super) merges: BTreeMap<MergeId, Merge>,
    pub(super) moved: BTreeMap<MergeId, Vec<Moved>>,
    pub(super) tables: BTreeMap<TableId, (Table, Vec<u8>)>,
    pub(super) looks: BTreeMap<ViewAsId, ViewAs>,

    pub(super) last_number: i64,
    pub(super) tickets: BTreeMap<TicketNumber, Ticket>,
    pub(super) messages: Vec<Message>,
    pub(super) events: Vec<Event>,
    pub(super) notes: Vec<Note>,
    pub(super) pending: BTreeMap<MessageId, PendingAnswer>,
    /// Files that are staged, and those of messages and notes.
    pub(super) files: BTreeMap<FileId, File>,
    pub(super) read_marks: BTreeMap<(ContactId, TicketNumber), u32>,

    pub(super) imports: Ledger,
    pub(super) membership: Membership,

    pub(super) accounts: BTreeMap<ContactId, Account>,
    pub(super) sessions: BTreeMap<SessionId, Session>,
    /// When each contact's first session on a host began.
    pub(super) first_sessions: BTreeMap<(ContactId, String), Timestamp>,
    pub(super) tokens: BTreeMap<TokenId, ApiToken>,
    pub(super) throttles: BTreeMap<(ThrottleKind, [u8; 32]), Throttle>,
    pub(super) outbox: BTreeMap<IntentId, Posted>,
    pub(super) remembered: BTreeMap<(Uuid, String, String), Remembered>,

    pub(super) staff_credentials: BTreeMap<AgentId, StaffCredential>,
    pub(super) recovery_codes: BTreeMap<AgentId, Vec<[u8; 32]>>,
    pub(super) staff_sessions: BTreeMap<StaffSessionId, StaffSession>,
    pub(super) staff_tokens: Vec<StaffToken>,
    pub(super) program_tokens: BTreeMap<TokenId, ProgramToken>,
    pub(super) program_commands: BTreeMap<(AgentId, String), DoneOnce>,
    pub(super) contact_choices: BTreeMap<ContactId, ContactChoices>,
    pub(super) muted: BTreeSet<(ContactId, TicketNumber)>,
    pub(super) agent_choices: BTreeMap<AgentId, AgentChoices>,
    /// With the mail that says it, if one does.
    pub(super) agent_notices: BTreeMap<NoticeId, (AgentNotice, Option<IntentId>)>,
    pub(super) inbox_kinds: BTreeMap<InboxId, InboxKind>,
    pub(super) conversations: BTreeMap<ConversationId, Conversation>,
    pub(super) said: Vec<Said>,
    pub(super) warnings: BTreeMap<TicketNumber, Warning>,
    pub(super) audit: Vec<AuditEntry>,
    pub(super) seals: Vec<SealedBatch>,
    /// Since when a contact's devices are known again; before that they are not.
    pub(super) devices_since: BTreeMap<ContactId, Timestamp>,
    pub(super) saved_views: BTreeMap<SavedViewId, SavedView>,
    pub(super) canned_replies: BTreeMap<CannedReplyId, CannedReply>,
    pub(super) domains: BTreeMap<DomainId, Domain>,
    /// Every version, oldest first.
    pub(super) settings: BTreeMap<(SettingsOwner, Section), Vec<SettingsVersion>>,
    pub(super) former_addresses: BTreeMap<(Host, Slug), PortalId>,
    pub(super) service_facts: BTreeMap<TicketNumber, ServiceFacts>,
    pub(super) service_terms: BTreeMap<InboxId, KeptTerms>,
    /// By ticket, and whether it is of closing.
    pub(super) told_due: BTreeMap<(TicketNumber, bool), ToldDue>,
    /// Each with who gave it.
    pub(super) ratings: BTreeMap<(TicketNumber, ContactId), (TicketRating, ContactId)>,
}

impl State {
    /// Whether a contact or company became a part of another one.
    pub(super) fn is_merged(&self, party: Party) -> bool {
        self.merges
            .values()
            .any(|it| it.from == party && it.state != MergeState::Undone)
    }

    /// A ticket, in the portal its inbox belongs to now.
    /// Gives files a home. One that went with a message or a note stays there, and the unit of work begins anew.
    pub(super) fn settle(&mut self, files: &mut [File], home: FileHome) -> Result<(), StoreError> {
        for file in files {
            let there = self.files.get(&file.id).map(|it| it.home);
            if matches!(there, Some(FileHome::Message(..) | FileHome::Note(..))) {
                return Err(StoreError::bare(StoreErrorKind::Retry));
            }
            file.home = home;
            self.files.insert(file.id, file.clone());
        }
        Ok(())
    }

    pub(super) fn ticket(&self, number: TicketNumber) -> Option<Ticket> {
        let mut ticket = self.tickets.get(&number)?.clone();
        if let Some(inbox) = self.inboxes.get(&ticket.inbox) {
            ticket.portal = inbox.portal;
        }
        Some(ticket)
    }

    /// The ticket, if the scope permits it.
    pub(super) fn visible(&self, scope: &Scope, number: TicketNumber) -> Option<Ticket> {
        let ticket = self.tickets.get(&number)?;
        let mut facts = ticket.facts();
        if let Some(inbox) = self.inboxes.get(&ticket.inbox) {
            facts.portal = inbox.portal;
        }
        if scope.permits(&facts) {
            self.ticket(number)
        } else {
            None
        }
    }

    /// All tickets the scope permits, by number.
    pub(super) fn all_visible(&self, scope: &Scope) -> Vec<Ticket> {
        self.tickets
            .keys()
            .filter_map(|number| self.visible(scope, *number))
            .collect()
    }

    /// The group with its criteria, if it is dynamic.
    pub(super) fn criteria(&self, group: AccessGroupId) -> Option<(AccessGroupId, Criteria)> {
        let criteria = self.groups.get(&group)?.criteria()?;
        Some((group, criteria.clone()))
    }

    pub(super) fn is_active(&self, contact: ContactId) -> bool {
        self.contacts
            .get(&contact)
            .is_some_and(|it| it.standing == ContactStanding::Active)
    }

    pub(super) fn profile(&self, contact: ContactId) -> Option<Profile> {
        let it = self.contacts.get(&contact)?;
        let company = it.primary_company.and_then(|id| self.companies.get(&id));
        Some(Profile {
            contact,
            name: it.name.clone(),
            email: it.membership_email.clone(),
            language: it.language.clone(),
            time_zone: it.time_zone.clone(),
            company: company.map(|it| it.name.to_string()),
        })
    }
}
