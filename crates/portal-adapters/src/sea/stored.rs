use std::time::Duration;

use portal_core::access::{Audience, Principal, Standing};
use portal_core::actor::Mode;
use portal_core::conversation::{ConversationState, InboxKind};
use portal_core::desk::{Queue, Then};
use portal_core::id::*;
use portal_core::mail::MailState;
use portal_core::membership::{AddressChangeState, ChallengePurpose, RegistrationState, SecretHash, ThrottleKind};
use portal_core::notify::AgentNews;
use portal_core::ports::ReceiptKind;
use portal_core::property::{PropertyKey, PropertyOwner, PropertyType};
use portal_core::satisfaction::{Rating, RatingComment};
use portal_core::service::Mark;
use portal_core::settings::Host;
use portal_core::staff::{StaffSessionStage, StaffTokenKind};
use portal_core::text::{EmailAddress, FileName, Line, Locale, PersonName, PortalName, Slug, Subject};
use portal_core::ticket::{AssociationLabel, BodyFormat, FileKey, Priority, Source, Stage, Version};
use portal_core::time::Timestamp;
use sea_orm::TryGetable;
use sea_orm::sea_query::{Nullable, Value};

/// A value that one column holds.
pub(crate) trait Stored: Sized {
    /// What the database knows it as.
    type Raw: TryGetable + Into<Value> + Nullable;

    /// On the way in.
    fn raw(&self) -> Self::Raw;

    /// On the way out; `None` if what is stored makes no sense.
    fn read(raw: Self::Raw) -> Option<Self>;
}

/// The bound value.
pub(crate) fn val<T: Stored>(it: &T) -> Value {
    it.raw().into()
}

/// The bound value, or NULL.
pub(crate) fn opt<T: Stored>(it: Option<&T>) -> Value {
    it.map(T::raw).into()
}

macro_rules! plain {
    ($($name:ty),*) => {$(
        impl Stored for $name {
            type Raw = Self;
            fn raw(&self) -> Self {
                self.clone()
            }
            fn read(raw: Self) -> Option<Self> {
                Some(raw)
            }
        }
    )*};
}

plain!(i64, bool, String, Vec<u8>);

macro_rules! uuids {
    ($($name:ident),*) => {$(
        impl Stored for $name {
            type Raw = Uuid;
            fn raw(&self) -> Uuid {
                self.uuid()
            }
            fn read(raw: Uuid) -> Option<Self> {
                Some(Self::from_uuid(raw))
            }
        }
    )*};
}

uuids!(
    PortalId,
    InboxId,
    PipelineId,
    StatusId,
    ContactId,
    CompanyId,
    AccessGroupId,
    AgentId,
    TicketId,
    MessageId,
    NoteId,
    FileId,
    SessionId,
    TokenId,
    InvitationId,
    ChallengeId,
    RegistrationId,
    AddressChangeId,
    IntentId,
    StaffSessionId,
    AuditId,
    DomainId,
    NoticeId,
    ConversationId,
    SavedViewId,
    CannedReplyId,
    MergeId,
    TableId,
    ViewAsId
);

impl Stored for Uuid {
    type Raw = Self;
    fn raw(&self) -> Self {
        *self
    }
    fn read(raw: Self) -> Option<Self> {
        Some(raw)
    }
}

macro_rules! texts {
    ($($name:ident),*) => {$(
        impl Stored for $name {
            type Raw = String;
            fn raw(&self) -> String {
                self.as_str().to_owned()
            }
            fn read(raw: String) -> Option<Self> {
                raw.parse().ok()
            }
        }
    )*};
}

texts!(
    EmailAddress,
    Line,
    Locale,
    PersonName,
    PortalName,
    Slug,
    Subject,
    Host,
    PropertyKey,
    RatingComment
);

impl Stored for FileName {
    type Raw = String;
    fn raw(&self) -> String {
        self.as_str().to_owned()
    }
    fn read(raw: String) -> Option<Self> {
        Some(Self::cleaned(&raw))
    }
}

macro_rules! integers {
    ($($name:ty, $out:expr, $in:expr;)*) => {$(
        impl Stored for $name {
            type Raw = i64;
            fn raw(&self) -> i64 {
                $out(*self)
            }
            fn read(raw: i64) -> Option<Self> {
                $in(raw)
            }
        }
    )*};
}

integers! {
    TicketNumber, Self::get, Self::new;
    Timestamp, Self::micros, |it| Some(Self::from_micros(it));
    Version, |it: Self| it.0, |it| Some(Self(it));
    Duration, |it: Self| i64::try_from(it.as_micros()).unwrap_or(i64::MAX), |it| u64::try_from(it).ok().map(Self::from_micros);
    u32, i64::from, |it| Self::try_from(it).ok();
    u64, |it: Self| i64::try_from(it).unwrap_or(i64::MAX), |it| Self::try_from(it).ok();
}

impl Stored for u16 {
    type Raw = i32;
    fn raw(&self) -> i32 {
        i32::from(*self)
    }
    fn read(raw: i32) -> Option<Self> {
        Self::try_from(raw).ok()
    }
}

macro_rules! bytes {
    ($($name:ident, $size:literal;)*) => {$(
        impl Stored for $name {
            type Raw = Vec<u8>;
            fn raw(&self) -> Vec<u8> {
                self.bytes().to_vec()
            }
            fn read(raw: Vec<u8>) -> Option<Self> {
                <[u8; $size]>::try_from(raw).ok().map(Self::from_bytes)
            }
        }
    )*};
}

bytes! {
    SecretHash, 32;
    FileKey, 16;
}

impl Stored for [u8; 32] {
    type Raw = Vec<u8>;
    fn raw(&self) -> Vec<u8> {
        self.to_vec()
    }
    fn read(raw: Vec<u8>) -> Option<Self> {
        raw.try_into().ok()
    }
}

/// A byte for the kind, then the 16 of the id: short, and the same on both databases.
impl Stored for Principal {
    type Raw = Vec<u8>;
    fn raw(&self) -> Vec<u8> {
        let (kind, id) = match self {
            Self::Contact(id) => (1, id.uuid()),
            Self::Company(id) => (2, id.uuid()),
        };
        let mut bytes = Vec::with_capacity(17);
        bytes.push(kind);
        bytes.extend_from_slice(id.as_bytes());
        bytes
    }
    fn read(raw: Vec<u8>) -> Option<Self> {
        let (kind, id) = raw.split_first()?;
        let id = Uuid::from_slice(id).ok()?;
        match kind {
            1 => Some(Self::Contact(ContactId::from_uuid(id))),
            2 => Some(Self::Company(CompanyId::from_uuid(id))),
            _ => None,
        }
    }
}

/// Each code is written once and read back by the same list. A released code never changes its meaning.
macro_rules! codes {
    ($($name:ident { $($variant:ident = $code:literal),* $(,)? })*) => {$(
        impl Stored for $name {
            type Raw = i16;
            fn raw(&self) -> i16 {
                match self {
                    $(Self::$variant => $code,)*
                }
            }
            fn read(raw: i16) -> Option<Self> {
                match raw {
                    $($code => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    )*};
}

codes! {
    Priority { Low = 1, Normal = 2, High = 3, Urgent = 4 }
    AssociationLabel { Requester = 1, Participant = 2 }
    Source { Portal = 1, Email = 2, Form = 3, Chat = 4, Messenger = 5, Other = 9 }
    Standing { Live = 1, Unverified = 2, Spam = 3, Deleted = 4, Merged = 5 }
    Audience { Shared = 1, Private = 2 }
    BodyFormat { Text = 1, Markdown = 2, Html = 3 }
    PropertyOwner { Contact = 1, Company = 2, Ticket = 3 }
    PropertyType { Text = 1, Number = 2, Date = 3, Bool = 4, Choice = 5, Choices = 6 }
    ThrottleKind {
        Address = 1, Network = 2, Reauthentication = 3, MailNetwork = 11, MailAddress = 12, CodeNetwork = 13,
        CodeAddress = 14, RegistrationNetwork = 15, RegistrationAddress = 16,
    }
    Mode { Read = 1, Write = 2 }
    Then { Work = 1, Wait = 2, Close = 3 }
    Queue { Open = 1, Waiting = 2, Snoozed = 3, Closed = 4, Spam = 5, Deleted = 6 }
    MailState { Waiting = 1, Sent = 2, Dropped = 3, Dead = 4, Discarded = 5 }
    ChallengePurpose { SignIn = 1, Reset = 2 }
    RegistrationState { Unverified = 1, Waiting = 2, Approved = 3, Declined = 4 }
    AddressChangeState { Waiting = 1, Confirmed = 2, Cancelled = 3, Reverted = 4 }
    ReceiptKind { Company = 1, Contact = 2, Ticket = 3 }
    StaffSessionStage { HalfWay = 1, Complete = 2 }
    InboxKind { HelpDesk = 1, Inbox = 2 }
    ConversationState { Open = 1, Closed = 2, Spam = 3 }
    AgentNews {
        Assigned = 1, Mentioned = 2, Replied = 3, Unassigned = 4, NotGood = 5, DueSoon = 6, Late = 7
    }
    Rating { Good = 1, NotGood = 2 }
    Mark { Ahead = 1, Soon = 2, Late = 3 }
    StaffTokenKind { SetUp = 1, Invitation = 2, Reset = 3, ResetBoth = 4 }
}

/// A stage is stored as its rank, which is what lists are ordered by.
impl Stored for Stage {
    type Raw = i16;
    fn raw(&self) -> i16 {
        i16::from(self.rank())
    }
    fn read(raw: i16) -> Option<Self> {
        u8::try_from(raw).ok().and_then(Self::from_rank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back<T: Stored + PartialEq + std::fmt::Debug>(it: T) {
        assert_eq!(T::read(it.raw()), Some(it));
    }

    #[test]
    fn what_goes_in_comes_out() {
        back(Principal::Contact(ContactId::from_uuid(Uuid::from_u128(1))));
        back(Principal::Company(CompanyId::from_uuid(Uuid::from_u128(u128::MAX))));
        for stage in Stage::ALL {
            back(stage);
        }
        back(Duration::from_micros(5));
        back(Timestamp::from_micros(-5));
        back(u32::MAX);
    }

    #[test]
    fn what_makes_no_sense_is_noticed() {
        assert_eq!(Principal::read(vec![3; 17]), None);
        assert_eq!(Principal::read(vec![1; 16]), None);
        assert_eq!(Stage::read(4), None);
        assert_eq!(Source::read(0), None);
        assert_eq!(TicketNumber::read(0), None);
        assert_eq!(u32::read(-1), None);
    }
}
