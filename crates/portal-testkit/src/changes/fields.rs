use portal_core::access::{
    AccessRule, Audience, Condition, Criteria, CustomersMay, Operator, Standing, TicketPermission,
};
use portal_core::actor::Mode;
use portal_core::crm::{AccessGroup, Agent, Company, Contact, ContactStanding, GroupKind};
use portal_core::id::{
    AccessGroupId, AgentId, CompanyId, ContactId, FileId, InboxId, MessageId, NoteId, PipelineId, PortalId, SessionId,
    StatusId, TicketId, TicketNumber, TokenId, Uuid,
};
use portal_core::membership::{Account, ApiToken, SecretHash, Session, Throttle, ThrottleKey, ThrottleKind};
use portal_core::ports::{IdempotencyKey, ImportedTicket, Receipt, ReceiptKind, Remembered};
use portal_core::property::{Decimal, PropertyDefinition, PropertyKey, PropertyOwner, PropertyType, PropertyValue};
use portal_core::settings::{CustomerPortal, Host, Inbox, SessionLimits, SetUp, SetUpStep};
use portal_core::text::{EmailAddress, FileName, Line, Locale, Localized, PersonName, PortalName, Slug, Subject};
use portal_core::ticket::{
    AssociationLabel, Author, AuthorKind, Automation, Body, BodyFormat, Closing, Event, EventKind, File, FileHome,
    FileKey, LastMessage, Message, Note, Pipeline, Priority, SafeHtml, Source, Stage, Status, Ticket, Version,
};
use portal_core::time::{Date, Timestamp};

use super::pack::Pack;

/// Types that stand for another one, with the way there and back.
macro_rules! by_another {
    ($($type:ty as $other:ty: $to:expr, $back:expr;)*) => {$(
        impl Pack for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                let to: fn(&$type) -> $other = $to;
                to(self).pack(out);
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                let back: fn($other) -> Option<$type> = $back;
                back(<$other>::unpack(bytes)?)
            }
        }
    )*};
}

macro_rules! ids {
    ($($type:ident)*) => { by_another! {
        $($type as u128: |it| it.uuid().as_u128(), |it| Some($type::from_uuid(Uuid::from_u128(it)));)*
    } };
}

macro_rules! texts {
    ($($type:ident)*) => { by_another! {
        $($type as String: |it| it.as_str().to_owned(), |it| it.parse().ok();)*
    } };
}

macro_rules! structs {
    ($($type:ident { $($field:ident)* })*) => {$(
        impl Pack for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.pack(out);)*
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Pack::unpack(bytes)?),* })
            }
        }
    )*};
}

macro_rules! enums {
    ($($type:ident { $($tag:literal $variant:ident $(($($part:ident)*))? $({ $($field:ident)* })?)* })*) => {$(
        impl Pack for $type {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($part),*))? $({ $($field),* })? => {
                        out.push($tag);
                        $($($part.pack(out);)*)?
                        $($($field.pack(out);)*)?
                    })*
                }
            }

            fn unpack(bytes: &mut &[u8]) -> Option<Self> {
                Some(match u8::unpack(bytes)? {
                    $($tag => {
                        $($(let $part = Pack::unpack(bytes)?;)*)?
                        Self::$variant $(($($part),*))? $({ $($field: Pack::unpack(bytes)?),* })?
                    })*
                    _ => return None,
                })
            }
        }
    )*};
}

ids! {
    AccessGroupId AgentId CompanyId ContactId FileId InboxId MessageId NoteId PipelineId PortalId SessionId StatusId
    TicketId TokenId
}

texts! { EmailAddress Host IdempotencyKey Line Locale PersonName PortalName PropertyKey Slug Subject }

by_another! {
    Uuid as u128: |it| it.as_u128(), |it| Some(Self::from_u128(it));
    TicketNumber as i64: |it| it.get(), Self::new;
    Version as i64: |it| it.0, |it| Some(Self(it));
    Timestamp as i64: |it| it.micros(), |it| Some(Self::from_micros(it));
    Decimal as i64: |it| it.millionths(), |it| Some(Self::from_millionths(it));
    Date as (u16, (u8, u8)): |it| { let (y, m, d) = it.parts(); (y, (m, d)) }, |(y, (m, d))| Self::new(y, m, d);
    SecretHash as [u8; 32]: |it| *it.bytes(), |it| Some(Self::from_bytes(it));
    FileKey as [u8; 16]: |it| *it.bytes(), |it| Some(Self::from_bytes(it));
    FileName as String: |it| it.as_str().to_owned(), |it| Some(Self::cleaned(&it));
    SafeHtml as String: |it| it.as_str().to_owned(), |it| Some(Self::vouched(it));
    Criteria as Vec<Vec<Condition>>: |it| it.groups().to_vec(), |it| Self::new(it).ok();
    Localized as (Locale, Vec<(Locale, String)>): localized_parts, localized;
    Pipeline as ((PipelineId, Line), (Vec<Status>, Retired)): pipeline_parts, pipeline;
}

type Retired = (Vec<(Status, StatusId)>, (bool, Option<(u16, u16)>));

fn pipeline_parts(it: &Pipeline) -> ((PipelineId, Line), (Vec<Status>, Retired)) {
    let does = it.automation();
    let closing = does.closing.map(|it| (it.days, it.notice));
    (
        (it.id(), it.name().clone()),
        (
            it.statuses().to_vec(),
            (it.retired().to_vec(), (does.answer_waits, closing)),
        ),
    )
}

fn pipeline(parts: ((PipelineId, Line), (Vec<Status>, Retired))) -> Option<Pipeline> {
    let ((id, name), (statuses, (retired, (answer_waits, closing)))) = parts;
    let closing = match closing {
        None => None,
        Some((days, notice)) => Some(Closing::new(days, notice)?),
    };
    let made = Pipeline::new(id, name, statuses).and_then(|it| it.with_retired(retired));
    made.ok()
        .map(|it| it.with_automation(Automation { answer_waits, closing }))
}

fn localized_parts(it: &Localized) -> (Locale, Vec<(Locale, String)>) {
    (
        it.primary().clone(),
        it.iter()
            .map(|(locale, text)| (locale.clone(), text.to_owned()))
            .collect(),
    )
}

fn localized((primary, texts): (Locale, Vec<(Locale, String)>)) -> Option<Localized> {
    let (_, text) = texts.iter().find(|(locale, _)| *locale == primary)?;
    let start = Localized::new(primary, text.clone());
    Some(
        texts
            .iter()
            .fold(start, |it, (locale, text)| it.with(locale.clone(), text.clone())),
    )
}

enums! {
    Audience { 0 Shared 1 Private }
    Standing { 0 Live 1 Unverified 2 Spam 3 Deleted 4 Merged }
    AssociationLabel { 0 Requester 1 Participant }
    Priority { 0 Low 1 Normal 2 High 3 Urgent }
    Stage { 0 Received 1 InProgress 2 WaitingOnContact 3 Closed }
    Source { 0 Portal 1 Email 2 Form 3 Chat 4 Messenger 5 Other }
    BodyFormat { 0 Text 1 Markdown 2 Html }
    ContactStanding { 0 Active 1 Inactive }
    Mode { 0 Read 1 Write }
    ThrottleKind { 0 Address 1 Network 2 Reauthentication 11 MailNetwork 12 MailAddress 13 CodeNetwork 14 CodeAddress 15 RegistrationNetwork 16 RegistrationAddress }
    ReceiptKind { 0 Company 1 Contact 2 Ticket }
    PropertyOwner { 0 Contact 1 Company 2 Ticket }
    PropertyType { 0 Text 1 Number 2 Date 3 Bool 4 Choice 5 Choices }
    PropertyValue { 0 Text(it) 1 Number(it) 2 Date(it) 3 Bool(it) 4 Choice(it) 5 Choices(it) }
    AuthorKind { 0 Contact(id) 1 Agent(id) 2 System }
    FileHome { 0 Staged(contact) 1 Message(ticket id) 2 Note(ticket id) 3 Drafted(agent) 4 Held(agent id) }
    EventKind {
        0 StatusChanged { status stage } 1 OwnerChanged { owner } 2 Closed { reason } 3 Reopened { reason }
        4 MadePrivate 5 MadeShared 6 FollowUpOf { ticket } 7 ClosedByTimer { days } 8 PeopleChanged
        9 MergedInto { ticket } 10 SplitFrom { ticket } 11 NotDelivered { channel }
    }
    TicketPermission { 0 Own 1 Company 2 CompanyFor(criteria) }
    SetUpStep { 0 Name 1 Address 2 Tickets 3 Access }
    SetUp { 0 Draft { done } 1 Finished }
    GroupKind { 0 Static 1 Dynamic(criteria) }
    AccessRule { 0 Groups(groups) 1 EveryRegisteredContact }
    Operator {
        0 Is(it) 1 IsNot(it) 2 AnyOf(it) 3 LessThan(it) 4 GreaterThan(it) 5 Contains(it) 6 IsKnown 7 IsUnknown
    }
}

structs! {
    Condition { property operator }
    CustomersMay { close reopen_days act_on_colleagues_tickets mark_private rate }
    Body { source format html plain sanitiser }
    Author { kind name }
    File { id key name size home at }
    Message { id ticket seq author at source body files }
    Event { ticket seq at by kind }
    Note { id ticket author at body files }
    LastMessage { author name snippet }
    Ticket {
        number id version portal inbox pipeline status stage subject priority category owner source standing audience
        contacts companies properties created_at closed_at last_activity public_seq last_message files external_id
        merged_into snoozed_until
    }
    Status { id name stage customer_label explanation }
    Inbox { id name portal pipeline moving_to }
    SessionLimits { idle absolute }
    CustomerPortal {
        id name host slug language offered time_zone published default_inbox permission access may hidden_pipelines
        categories sessions revision send_registration_mails set_up
    }
    Contact {
        id name email membership_email standing primary_company companies groups language time_zone properties
        external_id created_at
    }
    Company { id name domain properties external_id created_at }
    AccessGroup { id name kind }
    Agent { id name email }
    PropertyDefinition { owner key label kind customer_writable shown_to_customers options archived }
    Account { contact password_hash password_set_at }
    Session { id contact host secret device created_at seen_at idle_until ends_at }
    ApiToken { id contact portal name mode secret created_at ends_at seen_at }
    ThrottleKey { kind hash }
    Throttle { failures last_at }
    Remembered { command result at }
    Receipt { kind key object number fingerprint parts }
    ImportedTicket { ticket messages events notes }
}
