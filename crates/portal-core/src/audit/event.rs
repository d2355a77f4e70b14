/// Declares the events with the names they are stored and exported under. A released name never changes its meaning.
macro_rules! events {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What was done. Stored by its name; new ones are added at the end.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum AuditEvent {
            $($(#[$doc])* $variant,)*
        }

        impl AuditEvent {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name: the area, a dot, what happened.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

events! {
    /// The first administrator was made.
    SetUpCompleted = "set_up.completed",
    /// Somebody of the staff signed in with both factors.
    StaffSignedIn = "staff.signed_in",
    /// Somebody of the staff signed out.
    StaffSignedOut = "staff.signed_out",
    /// A sign-in of the staff was blocked after too many wrong attempts.
    StaffBlocked = "staff.blocked",
    /// Somebody of the staff proved again who they are.
    StaffProved = "staff.proved",
    /// A staff user was made.
    StaffAdded = "staff.added",
    /// An invitation was made for a staff user.
    StaffInvited = "staff.invited",
    /// A staff user chose a password by an invitation.
    StaffAccepted = "staff.accepted",
    /// Name, address, permissions or inboxes of a staff user were changed.
    StaffChanged = "staff.changed",
    /// A staff user may not sign in any more.
    StaffDisabled = "staff.disabled",
    /// A staff user may sign in again.
    StaffEnabled = "staff.enabled",
    /// A link to set a new password was made for a staff user.
    StaffResetMade = "staff.reset_made",
    /// A staff user set a new password by such a link.
    StaffReset = "staff.reset",
    /// A staff user changed what they are called, or their language.
    StaffProfileChanged = "staff.profile_changed",
    /// A staff user changed their password.
    StaffPasswordChanged = "staff.password_changed",
    /// A staff user connected an authenticator app.
    StaffAuthenticatorSet = "staff.authenticator_set",
    /// A staff user made new recovery codes.
    StaffRecoveryCodesMade = "staff.recovery_codes_made",
    /// A staff user signed in with a recovery code.
    StaffRecoveryCodeUsed = "staff.recovery_code_used",
    /// A staff user ended sessions of their own.
    StaffSessionsEnded = "staff.sessions_ended",
    /// The audit was exported.
    AuditExported = "audit.exported",
    /// A domain was connected.
    DomainConnected = "domain.connected",
    /// A domain was proven to be ours.
    DomainVerified = "domain.verified",
    /// A domain's language was changed.
    DomainChanged = "domain.changed",
    /// A domain was removed.
    DomainRemoved = "domain.removed",
    /// Somebody began to set up a portal.
    PortalBegun = "portal.begun",
    /// A portal was opened.
    PortalPublished = "portal.published",
    /// A portal was closed for now.
    PortalUnpublished = "portal.unpublished",
    /// A portal was deleted.
    PortalDeleted = "portal.deleted",
    /// Settings were changed.
    SettingsChanged = "settings.changed",
    /// An older version of settings was brought back.
    SettingsRolledBack = "settings.rolled_back",
    /// Everybody who was not invited to a portal was.
    MembersInvited = "members.invited",
    /// One contact was invited to a portal, perhaps again.
    MemberInvited = "member.invited",
    /// Invitations whose mails had not left were taken back.
    InvitationsCancelled = "members.invitations_cancelled",
    /// An invitation was taken back.
    InvitationRevoked = "member.invitation_revoked",
    /// A contact was sent a link to choose a new password.
    MemberReset = "member.reset",
    /// All sessions and tokens of a contact were ended.
    MemberSessionsEnded = "member.sessions_ended",
    /// A registration was approved.
    RegistrationApproved = "registration.approved",
    /// A registration was declined.
    RegistrationDeclined = "registration.declined",
    /// A contact was added.
    ContactAdded = "contact.added",
    /// Name, addresses, companies or properties of a contact were changed.
    ContactChanged = "contact.changed",
    /// A contact was removed.
    ContactRemoved = "contact.removed",
    /// A removed contact was brought back.
    ContactRestored = "contact.restored",
    /// A company was added.
    CompanyAdded = "company.added",
    /// A company was changed.
    CompanyChanged = "company.changed",
    /// An access group was added.
    GroupAdded = "group.added",
    /// The name or the criteria of an access group were changed.
    GroupChanged = "group.changed",
    /// Contacts were put into an access group or taken out.
    GroupMembersChanged = "group.members_changed",
    /// An access group was removed.
    GroupRemoved = "group.removed",
    /// A property was added, or who may see or write it was changed.
    PropertySaved = "property.saved",
    /// A mail that had been given up is sent again.
    MailSentAgain = "mail.sent_again",
    /// A mail was discarded before it was sent.
    MailDiscarded = "mail.discarded",
    /// A test mail was wanted.
    MailTested = "mail.tested",
    /// A token for programs was made.
    ProgramTokenMade = "program.token_made",
    /// A token for programs was removed.
    ProgramTokenRemoved = "program.token_removed",
    /// An inbox was added, or its name was changed.
    InboxSaved = "inbox.saved",
    /// The authenticator app of a staff user was disconnected.
    StaffAuthenticatorRemoved = "staff.authenticator_removed",
    /// A ticket was answered.
    TicketAnswered = "ticket.answered",
    /// A note was written on a ticket.
    TicketNoted = "ticket.noted",
    /// A ticket was given to somebody, or to nobody.
    TicketAssigned = "ticket.assigned",
    /// The status of a ticket was changed by hand.
    TicketStatusChanged = "ticket.status_changed",
    /// The priority of a ticket was changed.
    TicketPriorityChanged = "ticket.priority_changed",
    /// The category of a ticket was changed.
    TicketCategoryChanged = "ticket.category_changed",
    /// A property of a ticket got another value.
    TicketPropertyChanged = "ticket.property_changed",
    /// A view of the desk that colleagues have too was saved or changed.
    SharedViewSaved = "desk.view_saved",
    /// A view of the desk that colleagues had too was removed.
    SharedViewRemoved = "desk.view_removed",
    /// A canned reply that colleagues have too was saved or changed.
    CannedReplySaved = "desk.canned_saved",
    /// A canned reply that colleagues had too was removed.
    CannedReplyRemoved = "desk.canned_removed",
    /// A ticket was made private or shared.
    TicketAudienceChanged = "ticket.audience_changed",
    /// A ticket was moved to another inbox.
    TicketMoved = "ticket.moved",
    /// A ticket was marked as spam, deleted, or brought back.
    TicketStandingChanged = "ticket.standing_changed",
    /// A ticket was put aside until a time, or taken up again.
    TicketSnoozed = "ticket.snoozed",
    /// Invitations that were out were sent again.
    InvitationsResent = "members.invitations_resent",
    /// An inbox was sent on its way to another portal.
    InboxMoving = "inbox.moving",
    /// An inbox arrived in another portal.
    InboxMoved = "inbox.moved",
    /// A pipeline or one of its statuses was added, changed, moved, or taken out of use.
    PipelineChanged = "pipeline.changed",
    /// A ticket was opened for a customer.
    TicketOpenedFor = "ticket.opened_for",
    /// A conversation became a ticket, or part of one.
    ConversationAttached = "conversation.attached",
    /// A conversation was taken out of its ticket.
    ConversationDetached = "conversation.detached",
    /// A conversation was opened, closed, or judged to be spam.
    ConversationStateChanged = "conversation.state_changed",
    /// A note was written about a contact or a company.
    PartyNoted = "contact.noted",
    /// A note about a contact or a company was removed.
    PartyNoteRemoved = "contact.note_removed",
    /// Two contacts became one.
    ContactsMerged = "contact.merged",
    /// Two companies became one.
    CompaniesMerged = "company.merged",
    /// A merge was undone.
    MergeUndone = "contact.merge_undone",
    /// What is personal of a contact was erased.
    ContactErased = "contact.erased",
    /// What is stored about a contact was handed out.
    ContactExported = "contact.exported",
    /// Contacts or companies were handed out as a table.
    DataExported = "data.exported",
    /// A table of contacts or companies was taken in.
    TableImported = "data.imported",
    /// Somebody of the staff looked through a contact's eyes.
    ViewedAs = "contact.viewed_as",
    /// Somebody of the staff read a ticket through a contact's eyes.
    TicketReadAs = "ticket.read_as",
    /// What an inbox promises was changed.
    ServiceTermsChanged = "service.terms_changed",
    /// Somebody, or a company, was put on a ticket.
    TicketLinked = "ticket.linked",
    /// Somebody, or a company, was taken off a ticket.
    TicketUnlinked = "ticket.unlinked",
    /// A ticket was merged into another one.
    TicketMerged = "ticket.merged",
    /// A merged ticket became one of its own again.
    TicketUnmerged = "ticket.unmerged",
    /// Messages of a ticket were copied into a new one.
    TicketSplit = "ticket.split",
}

impl AuditEvent {
    /// The event with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }

    /// What it is about: the name up to the dot.
    #[must_use]
    pub fn area(self) -> &'static str {
        self.name().split_once('.').map_or("", |(area, _)| area)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_different_and_found_again() {
        let names: BTreeSet<&str> = AuditEvent::ALL.iter().map(|it| it.name()).collect();
        assert_eq!(names.len(), AuditEvent::ALL.len());
        for event in AuditEvent::ALL {
            assert_eq!(AuditEvent::named(event.name()), Some(*event));
            assert!(!event.area().is_empty(), "{event:?}");
        }
        assert_eq!(AuditEvent::named("staff"), None);
    }
}
