use crate::id::{
    AddressChangeId, AgentId, ChallengeId, ContactId, ConversationId, IntentId, PortalId, RegistrationId, TicketNumber,
};
use crate::mail::EditableMail;
use crate::text::EmailAddress;
use crate::time::Timestamp;

/// What somebody is to be told by mail: whom it concerns and why. Everything else is looked up when it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// A contact is invited into a portal.
    Invitation {
        /// The portal.
        portal: PortalId,
        /// Who is invited.
        contact: ContactId,
    },
    /// A contact who has an account already may now enter a portal: a notice without any secret.
    AlreadyRegistered {
        /// The portal.
        portal: PortalId,
        /// Who may enter.
        contact: ContactId,
    },
    /// Somebody who registers is to prove that the address is theirs.
    VerifyAddress {
        /// Their registration.
        registration: RegistrationId,
    },
    /// A link and a code to sign in with.
    SignIn {
        /// What the link and the code answer.
        challenge: ChallengeId,
    },
    /// A link to choose a new password with.
    ResetPassword {
        /// What the link answers.
        challenge: ChallengeId,
    },
    /// To the new address of somebody who wants to change theirs.
    ConfirmAddress {
        /// The change.
        change: AddressChangeId,
    },
    /// To the old address of somebody who wants to change theirs.
    AddressChanging {
        /// The change.
        change: AddressChangeId,
    },
    /// To the old address of somebody who changed theirs.
    AddressChanged {
        /// The change.
        change: AddressChangeId,
    },
    /// The password was changed.
    PasswordChanged {
        /// The portal where it was changed.
        portal: PortalId,
        /// Whose.
        contact: ContactId,
    },
    /// A registration was approved.
    RegistrationApproved {
        /// The portal.
        portal: PortalId,
        /// Who may enter now.
        contact: ContactId,
    },
    /// A registration waits for approval: one mail for each of the staff who is told.
    RegistrationPending {
        /// The registration.
        registration: RegistrationId,
        /// Who is told.
        agent: AgentId,
    },
    /// Somebody of the staff is invited.
    StaffInvitation {
        /// Who.
        agent: AgentId,
    },
    /// A link by which somebody of the staff chooses a new password.
    StaffReset {
        /// Who.
        agent: AgentId,
    },
    /// Something about the account of somebody of the staff.
    StaffNotice {
        /// Whose.
        agent: AgentId,
        /// What.
        what: StaffNotice,
    },
    /// Somebody of the staff answered a ticket: one mail for each contact on it.
    TicketAnswered {
        /// The portal that the ticket was in.
        portal: PortalId,
        /// Who is told.
        contact: ContactId,
        /// Which ticket.
        ticket: TicketNumber,
        /// The place of the answer in the ticket's public sequence.
        seq: u32,
    },
    /// Something else happened to a ticket: one mail for each contact on it.
    TicketNews {
        /// The portal that the ticket was in.
        portal: PortalId,
        /// Who is told.
        contact: ContactId,
        /// Which ticket.
        ticket: TicketNumber,
        /// The highest place in its public sequence then.
        seq: u32,
        /// What.
        what: TicketNews,
    },
    /// Somebody of the staff answered, and the answer leaves by the channel of a conversation instead of by mail.
    ByChannel {
        /// The conversation that it goes on.
        conversation: ConversationId,
        /// Which ticket.
        ticket: TicketNumber,
        /// The place of the answer in the ticket's public sequence.
        seq: u32,
    },
    /// Something about tickets that somebody of the staff wants to know: whatever they have not read when it leaves.
    AgentNews {
        /// Who.
        agent: AgentId,
    },
    /// A test: of the way out, or of a text.
    Test {
        /// The portal in whose name it is sent; the installation's if `None`.
        portal: Option<PortalId>,
        /// The mail whose text is tried, with values made up; the plain test mail if `None`.
        of: Option<EditableMail>,
        /// To whom.
        to: EmailAddress,
        /// Who wanted it; `None` for the command line.
        asked_by: Option<AgentId>,
    },
}

/// What contacts are told of a ticket, beside messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TicketNews {
    /// We received what you asked.
    Received,
    /// The staff opened a ticket for you.
    Opened,
    /// It waits for you.
    Waiting,
    /// It waits for you, and is closed if you say nothing.
    Reminder,
    /// It was closed.
    Closed,
    /// It was closed because you said nothing.
    Expired,
    /// It was opened again.
    Reopened,
}

impl TicketNews {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Opened,
        Self::Waiting,
        Self::Reminder,
        Self::Closed,
        Self::Expired,
        Self::Reopened,
    ];

    /// Its name in files and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Opened => "opened",
            Self::Waiting => "waiting",
            Self::Reminder => "reminder",
            Self::Closed => "closed",
            Self::Expired => "expired",
            Self::Reopened => "reopened",
        }
    }

    /// The news with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// What somebody of the staff is told about their account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StaffNotice {
    /// The password was changed.
    PasswordChanged,
    /// A second factor was set up.
    FactorAdded,
    /// The second factor was removed.
    FactorRemoved,
    /// A recovery code was used.
    RecoveryCodeUsed,
    /// New recovery codes were made.
    RecoveryCodesRenewed,
    /// Sign-in is locked after many failures.
    Locked,
}

impl StaffNotice {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::PasswordChanged,
        Self::FactorAdded,
        Self::FactorRemoved,
        Self::RecoveryCodeUsed,
        Self::RecoveryCodesRenewed,
        Self::Locked,
    ];

    /// Its name in files and texts.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password_changed",
            Self::FactorAdded => "factor_added",
            Self::FactorRemoved => "factor_removed",
            Self::RecoveryCodeUsed => "recovery_code_used",
            Self::RecoveryCodesRenewed => "recovery_codes_renewed",
            Self::Locked => "locked",
        }
    }

    /// The notice with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

impl Mail {
    /// Its name on pages and in logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::AlreadyRegistered { .. } => "already_registered",
            Self::VerifyAddress { .. } => "verify_address",
            Self::SignIn { .. } => "sign_in",
            Self::ResetPassword { .. } => "reset_password",
            Self::ConfirmAddress { .. } => "confirm_address",
            Self::AddressChanging { .. } => "address_changing",
            Self::AddressChanged { .. } => "address_changed",
            Self::PasswordChanged { .. } => "password_changed",
            Self::RegistrationApproved { .. } => "registration_approved",
            Self::RegistrationPending { .. } => "registration_pending",
            Self::StaffInvitation { .. } => "staff_invitation",
            Self::StaffReset { .. } => "staff_reset",
            Self::StaffNotice { .. } => "staff_notice",
            Self::TicketAnswered { .. } => "ticket_answered",
            Self::TicketNews { .. } => "ticket_news",
            Self::ByChannel { .. } => "by_channel",
            Self::AgentNews { .. } => "agent_news",
            Self::Test { .. } => "test",
        }
    }

    /// The key under which only one may wait at a time; `None` where each is news of its own.
    #[must_use]
    pub fn key(&self) -> Option<String> {
        let name = self.name();
        match self {
            Self::Invitation { portal, contact }
            | Self::AlreadyRegistered { portal, contact }
            | Self::RegistrationApproved { portal, contact } => Some(format!("{name}:{portal}:{contact}")),
            Self::VerifyAddress { registration } => Some(format!("{name}:{registration}")),
            Self::SignIn { challenge } | Self::ResetPassword { challenge } => Some(format!("{name}:{challenge}")),
            Self::ConfirmAddress { change } | Self::AddressChanging { change } => Some(format!("{name}:{change}")),
            Self::RegistrationPending { registration, agent } => Some(format!("{name}:{registration}:{agent}")),
            Self::StaffInvitation { agent } | Self::StaffReset { agent } | Self::AgentNews { agent } => {
                Some(format!("{name}:{agent}"))
            }
            Self::ByChannel {
                conversation,
                ticket,
                seq,
            } => Some(format!("{name}:{conversation}:{ticket}:{seq}")),
            Self::TicketNews {
                contact,
                ticket,
                seq,
                what,
                ..
            } => Some(format!("{name}:{contact}:{ticket}:{seq}:{}", what.name())),
            Self::TicketAnswered {
                contact, ticket, seq, ..
            } => Some(format!("{name}:{contact}:{ticket}:{seq}")),
            Self::AddressChanged { .. }
            | Self::PasswordChanged { .. }
            | Self::StaffNotice { .. }
            | Self::Test { .. } => None,
        }
    }
}

/// A mail that is to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intent {
    /// Its id, from which its Message-ID is made.
    pub id: IntentId,
    /// What is to be said.
    pub mail: Mail,
    /// It does not leave before this.
    pub not_before: Timestamp,
    /// When it was wanted.
    pub created_at: Timestamp,
    /// While one with this key waits, no other one can be pushed.
    pub unique: Option<String>,
}

impl Intent {
    /// A mail that is to leave at once, and may not wait twice if [`Mail::key`] says so.
    #[must_use]
    pub fn now(id: IntentId, mail: Mail, now: Timestamp) -> Self {
        Self {
            id,
            unique: mail.key(),
            mail,
            not_before: now,
            created_at: now,
        }
    }

    /// The same, not before an instant.
    #[must_use]
    pub fn not_before(self, not_before: Timestamp) -> Self {
        Self { not_before, ..self }
    }
}
