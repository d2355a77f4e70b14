//! Anything that the core accepts: what is written down must come back whatever it is.

use std::collections::BTreeSet;
use std::time::Duration;

use portal_core::access::{self, Condition, Criteria, Operator, Principal};
use portal_core::id::{
    AccessGroupId, AgentId, CompanyId, ContactId, ConversationId, DomainId, InboxId, PipelineId, PortalId, StatusId,
    TicketNumber, Uuid,
};
use portal_core::mail::{EditableMail, Mail, MailText, MailTexts, StaffNotice, TicketNews};
use portal_core::ports::Hint;
use portal_core::property::{Decimal, PropertyKey, PropertyValue};
use portal_core::settings::{
    AccessSettings, Address, BrandPicture, Branding, Colour, Column, ConsentNotice, Entry, FieldKind, FieldName,
    FormField, FormOption, General, OwnerDisplay, PortalLink, PortalLinks, PrivateContent, SessionLimits,
    SettingsValue, ShownWhen, SignInMethods, StatusWords, SupportForm, TicketDisplay, TicketSettings,
};
use portal_core::text::{EmailAddress, Line, Locale, Localized};
use portal_core::ticket::{EventKind, Sort, Source, Stage, Version};
use portal_core::time::Date;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

fn id<T>(make: fn(Uuid) -> T) -> impl Strategy<Value = T>
where
    T: std::fmt::Debug,
{
    any::<u128>().prop_map(move |it| make(Uuid::from_u128(it)))
}

fn number() -> impl Strategy<Value = TicketNumber> {
    (1..i64::MAX).prop_map(|it| TicketNumber::new(it).unwrap())
}

/// A line with what JSON, HTML and terminals find difficult.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-zäöüß漢🙂\u{202e}\u{301} \"'\\\\/{}<>&$:,]{0,20}".prop_map(|it| format!("a{it}z"))
}

fn line() -> impl Strategy<Value = Line> {
    words().prop_map(|it| Line::fitted(&it).unwrap())
}

fn locale() -> impl Strategy<Value = Locale> {
    select(vec!["en", "de", "pt-BR", "zh-Hant-TW", "gsw"]).prop_map(|it| it.parse().unwrap())
}

pub(super) fn localized() -> impl Strategy<Value = Localized> {
    (locale(), words(), btree_map(locale(), words(), 0..3)).prop_map(|(primary, first, more)| {
        more.into_iter()
            .fold(Localized::new(primary, first), |text, (locale, it)| {
                text.with(locale, it)
            })
    })
}

fn key() -> impl Strategy<Value = PropertyKey> {
    "[a-z][a-z0-9_]{0,63}".prop_map(|it| it.parse().unwrap())
}

fn address() -> impl Strategy<Value = EmailAddress> {
    "[a-z0-9.+_-]{1,20}@[a-z]{1,20}\\.[a-z]{2,8}".prop_filter_map("an address", |it| it.parse().ok())
}

fn value() -> impl Strategy<Value = PropertyValue> {
    prop_oneof![
        any::<String>().prop_map(PropertyValue::Text),
        any::<i64>().prop_map(|it| PropertyValue::Number(Decimal::from_millionths(it))),
        (1..9999i32, 1..=12u8, 1..=31u8)
            .prop_filter_map("a day", |(year, month, day)| Date::new(
                year.try_into().ok()?,
                month,
                day
            ))
            .prop_map(PropertyValue::Date),
        any::<bool>().prop_map(PropertyValue::Bool),
        any::<String>().prop_map(PropertyValue::Choice),
        btree_set(any::<String>(), 0..4).prop_map(PropertyValue::Choices),
    ]
}

fn operator() -> impl Strategy<Value = Operator> {
    prop_oneof![
        value().prop_map(Operator::Is),
        value().prop_map(Operator::IsNot),
        vec(value(), 0..4).prop_map(Operator::AnyOf),
        value().prop_map(Operator::LessThan),
        value().prop_map(Operator::GreaterThan),
        any::<String>().prop_map(Operator::Contains),
        Just(Operator::IsKnown),
        Just(Operator::IsUnknown),
    ]
}

pub(super) fn criteria() -> impl Strategy<Value = Criteria> {
    let condition = (key(), operator()).prop_map(|(property, operator)| Condition { property, operator });
    vec(vec(condition, 1..4), 1..4).prop_map(|it| Criteria::new(it).unwrap())
}

pub(super) fn permission() -> impl Strategy<Value = access::TicketPermission> {
    prop_oneof![
        Just(access::TicketPermission::Own),
        Just(access::TicketPermission::Company),
        criteria().prop_map(access::TicketPermission::CompanyFor),
    ]
}

pub(super) fn rule() -> impl Strategy<Value = access::AccessRule> {
    prop_oneof![
        btree_set(id(AccessGroupId::from_uuid), 0..4).prop_map(access::AccessRule::Groups),
        Just(access::AccessRule::EveryRegisteredContact),
    ]
}

fn general() -> impl Strategy<Value = General> {
    (words(), btree_set(locale(), 0..4)).prop_map(|(name, offered)| General {
        name: name.parse().unwrap(),
        offered,
        time_zone: "Europe/Berlin".to_owned(),
    })
}

fn tickets() -> impl Strategy<Value = TicketSettings> {
    let hidden = btree_set(id(PipelineId::from_uuid), 0..4);
    (id(InboxId::from_uuid), permission(), hidden).prop_map(|(default_inbox, permission, hidden_pipelines)| {
        TicketSettings {
            default_inbox,
            permission,
            hidden_pipelines,
        }
    })
}

fn customers() -> impl Strategy<Value = access::CustomersMay> {
    any::<(bool, Option<u16>, bool, bool, bool)>().prop_map(
        |(close, reopen_days, act_on_colleagues_tickets, mark_private, rate)| access::CustomersMay {
            close,
            reopen_days,
            act_on_colleagues_tickets,
            mark_private,
            rate,
        },
    )
}

fn display() -> impl Strategy<Value = TicketDisplay> {
    let columns = (subsequence(Column::BUILT_IN.to_vec(), 0..=9), of(key())).prop_map(|(built_in, own)| {
        let mut columns: Vec<Column> = built_in.into_iter().filter(|it| *it != Column::Subject).collect();
        columns.extend(own.map(Column::Property));
        columns.push(Column::Subject);
        columns
    });
    let owner = prop_oneof![
        Just(OwnerDisplay::Name),
        Just(OwnerDisplay::Alias),
        line().prop_map(OwnerDisplay::Team),
        Just(OwnerDisplay::Nothing),
    ];
    let status = (of(localized()), of(localized())).prop_map(|(label, explanation)| StatusWords { label, explanation });
    let properties = of(btree_set(key(), 0..4).prop_map(|it| it.into_iter().collect()));
    (
        (of(localized()), of(localized())),
        columns,
        properties,
        owner,
        btree_map(id(StatusId::from_uuid), status, 0..4),
        select(vec![Sort::Attention, Sort::LastActivity, Sort::Created]),
    )
        .prop_map(
            |((label, new_label), columns, properties, owner, statuses, sort)| TicketDisplay {
                label,
                new_label,
                columns,
                properties,
                owner,
                statuses,
                sort,
            },
        )
}

fn options() -> impl Strategy<Value = Vec<FormOption>> {
    btree_map("[a-z]{1,8}", of(localized()), 1..4).prop_map(|them| {
        let option = |(value, label): (String, _)| FormOption {
            value: value.parse().unwrap(),
            label,
        };
        them.into_iter().map(option).collect()
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        Just(Entry::Text),
        Just(Entry::Paragraph),
        Just(Entry::Number),
        Just(Entry::Date),
        options().prop_map(Entry::DropDown),
        options().prop_map(Entry::MultiSelect),
        Just(Entry::Checkbox),
    ]
}

/// Forms that pass their own check: conditions look at the priority, which stands above.
fn form() -> impl Strategy<Value = SupportForm> {
    let field = (entry(), localized(), of(localized()), any::<bool>(), any::<bool>());
    let own = btree_map(key(), field, 0..4);
    (of(localized()), of(localized()), own).prop_map(|(title, button, own)| {
        let built_in = |kind| FormField {
            kind,
            label: None,
            help: None,
            required: false,
            when: None,
        };
        let mut fields: Vec<FormField> = [
            FieldKind::Subject,
            FieldKind::Category,
            FieldKind::Priority,
            FieldKind::Description,
            FieldKind::Files,
        ]
        .into_iter()
        .map(built_in)
        .collect();
        fields.extend(
            own.into_iter()
                .map(|(key, (entry, label, help, required, always))| FormField {
                    kind: FieldKind::Property { key, entry },
                    label: Some(label),
                    help,
                    required,
                    when: (!always).then(|| ShownWhen {
                        field: FieldName::Priority,
                        any_of: BTreeSet::from(["high".to_owned()]),
                    }),
                }),
        );
        SupportForm { title, button, fields }
    })
}

fn consent() -> impl Strategy<Value = ConsentNotice> {
    (of(localized()), 1..=u32::MAX).prop_flat_map(|(text, version)| {
        (0..=version).prop_map(move |counts_from| ConsentNotice {
            text: text.clone(),
            version,
            counts_from,
        })
    })
}

fn branding() -> impl Strategy<Value = Branding> {
    let picture = || {
        ("[0-9a-f]{32}", "[0-9a-f]{16}", 1..=32u32, 1..=32u32).prop_map(|(key, digest, width, height)| BrandPicture {
            key: key.parse().unwrap(),
            digest,
            width,
            height,
        })
    };
    let accent = of(any::<(u8, u8, u8)>().prop_map(|(red, green, blue)| Colour::new(red, green, blue)));
    (any::<bool>(), of(picture()), of(picture()), of(picture()), accent).prop_map(
        |(show_name, logo, logo_dark, favicon, accent)| Branding {
            show_name: show_name || logo.is_none(),
            logo,
            logo_dark,
            favicon,
            accent,
        },
    )
}

fn links() -> impl Strategy<Value = PortalLinks> {
    let target = prop_oneof![
        "/[a-z0-9?=&#]{0,20}",
        "https://[a-z]{1,20}\\.example/[a-z0-9?=&#%]{0,20}"
    ]
    .prop_map(|it| it.parse().unwrap());
    let link = (localized(), target).prop_map(|(label, target)| PortalLink { label, target });
    let link = link.boxed();
    (
        vec(link.clone(), 0..=PortalLinks::MAX_HEADER),
        vec(link, 0..=PortalLinks::MAX_FOOTER),
    )
        .prop_map(|(header, footer)| PortalLinks { header, footer })
}

fn mail_texts() -> impl Strategy<Value = MailTexts> {
    let prose = || "[A-Za-zäöüß漢🙂 \"'\\\\<>&$,]{1,20}";
    let text = (select(EditableMail::ALL.to_vec()), locale(), prose(), prose());
    vec(text, 0..6).prop_map(|texts| {
        texts
            .into_iter()
            .fold(MailTexts::default(), |all, (mail, language, subject, body)| {
                let needed: Vec<String> = mail.needed().iter().map(|it| format!("{{{}}}", it.name())).collect();
                let text = MailText {
                    subject: format!("{{portal_name}}: {subject}"),
                    body: format!("{body}\n\n{}", needed.join("\n\n")),
                };
                all.with(mail, language, Some(text))
            })
    })
}

fn private_content() -> impl Strategy<Value = PrivateContent> {
    (
        of(line()),
        of(address()),
        any::<(bool, bool, bool, bool)>(),
        (any::<u32>(), any::<u32>()),
    )
        .prop_map(
            |(
                company_name,
                admin_contact,
                (self_registration, approve_registrations, password, mail),
                (idle, absolute),
            )| {
                PrivateContent {
                    company_name,
                    admin_contact,
                    self_registration,
                    approve_registrations,
                    methods: SignInMethods { password, mail },
                    limits: SessionLimits {
                        idle: Duration::from_secs(idle.into()),
                        absolute: Duration::from_secs(absolute.into()),
                    },
                }
            },
        )
}

/// A value of any section.
pub(super) fn settings() -> impl Strategy<Value = SettingsValue> {
    let place = (id(DomainId::from_uuid), "[a-z]{1,20}-[a-z0-9]{1,20}");
    prop_oneof![
        general().prop_map(SettingsValue::General),
        place.prop_map(|(domain, slug)| SettingsValue::Address(Address {
            domain,
            slug: slug.parse().unwrap()
        })),
        tickets().prop_map(SettingsValue::Tickets),
        (rule(), any::<bool>()).prop_map(|(rule, send_registration_mails)| SettingsValue::Access(AccessSettings {
            rule,
            send_registration_mails
        })),
        customers().prop_map(SettingsValue::Customers),
        display().prop_map(SettingsValue::Display),
        form().prop_map(SettingsValue::Form),
        consent().prop_map(SettingsValue::Consent),
        branding().prop_map(SettingsValue::Branding),
        links().prop_map(SettingsValue::Links),
        mail_texts().prop_map(SettingsValue::MailTexts),
        private_content().prop_map(SettingsValue::PrivateContent),
    ]
}

/// An intent of any kind.
pub(super) fn mail() -> impl Strategy<Value = Mail> {
    use portal_core::id::{AddressChangeId, ChallengeId, RegistrationId};
    let (portal, contact) = (|| id(PortalId::from_uuid), || id(ContactId::from_uuid));
    let (agent, change) = (|| id(AgentId::from_uuid), || id(AddressChangeId::from_uuid));
    let (challenge, registration) = (|| id(ChallengeId::from_uuid), || id(RegistrationId::from_uuid));
    let test = (
        of(portal()),
        of(select(EditableMail::ALL.to_vec())),
        address(),
        of(agent()),
    );
    prop_oneof![
        (portal(), contact()).prop_map(|(portal, contact)| Mail::Invitation { portal, contact }),
        (portal(), contact()).prop_map(|(portal, contact)| Mail::AlreadyRegistered { portal, contact }),
        registration().prop_map(|registration| Mail::VerifyAddress { registration }),
        challenge().prop_map(|challenge| Mail::SignIn { challenge }),
        challenge().prop_map(|challenge| Mail::ResetPassword { challenge }),
        change().prop_map(|change| Mail::ConfirmAddress { change }),
        change().prop_map(|change| Mail::AddressChanging { change }),
        change().prop_map(|change| Mail::AddressChanged { change }),
        (portal(), contact()).prop_map(|(portal, contact)| Mail::PasswordChanged { portal, contact }),
        (portal(), contact()).prop_map(|(portal, contact)| Mail::RegistrationApproved { portal, contact }),
        (registration(), agent()).prop_map(|(registration, agent)| Mail::RegistrationPending { registration, agent }),
        agent().prop_map(|agent| Mail::StaffInvitation { agent }),
        agent().prop_map(|agent| Mail::StaffReset { agent }),
        (agent(), select(StaffNotice::ALL.to_vec())).prop_map(|(agent, what)| Mail::StaffNotice { agent, what }),
        (portal(), contact(), number(), any::<u32>()).prop_map(|(portal, contact, ticket, seq)| {
            Mail::TicketAnswered {
                portal,
                contact,
                ticket,
                seq,
            }
        }),
        (
            portal(),
            contact(),
            number(),
            any::<u32>(),
            select(TicketNews::ALL.to_vec())
        )
            .prop_map(|(portal, contact, ticket, seq, what)| Mail::TicketNews {
                portal,
                contact,
                ticket,
                seq,
                what,
            }),
        (id(ConversationId::from_uuid), number(), any::<u32>()).prop_map(|(conversation, ticket, seq)| {
            Mail::ByChannel {
                conversation,
                ticket,
                seq,
            }
        }),
        agent().prop_map(|agent| Mail::AgentNews { agent }),
        test.prop_map(|(portal, of, to, asked_by)| Mail::Test {
            portal,
            of,
            to,
            asked_by
        }),
    ]
}

/// Something that happened to a ticket.
pub(super) fn event() -> impl Strategy<Value = EventKind> {
    let stages = vec![
        Stage::Received,
        Stage::InProgress,
        Stage::WaitingOnContact,
        Stage::Closed,
    ];
    prop_oneof![
        (id(StatusId::from_uuid), select(stages))
            .prop_map(|(status, stage)| EventKind::StatusChanged { status, stage }),
        any::<String>().prop_map(|owner| EventKind::OwnerChanged { owner }),
        of(any::<String>()).prop_map(|reason| EventKind::Closed { reason }),
        of(any::<String>()).prop_map(|reason| EventKind::Reopened { reason }),
        Just(EventKind::MadePrivate),
        Just(EventKind::MadeShared),
        number().prop_map(|ticket| EventKind::FollowUpOf { ticket }),
        any::<u16>().prop_map(|days| EventKind::ClosedByTimer { days }),
        Just(EventKind::PeopleChanged),
        number().prop_map(|ticket| EventKind::MergedInto { ticket }),
        number().prop_map(|ticket| EventKind::SplitFrom { ticket }),
        select(Source::ALL.to_vec()).prop_map(|channel| EventKind::NotDelivered { channel }),
    ]
}

/// The news of any ticket. Contacts come before companies, as they are written.
pub(super) fn hint() -> impl Strategy<Value = Hint> {
    let contacts = vec(id(ContactId::from_uuid).prop_map(Principal::Contact), 0..4);
    let companies = vec(id(CompanyId::from_uuid).prop_map(Principal::Company), 0..4);
    (id(PortalId::from_uuid), number(), any::<i64>(), contacts, companies).prop_map(
        |(portal, number, version, contacts, companies)| Hint {
            portal,
            number,
            version: Version(version),
            readers: contacts.into_iter().chain(companies).collect(),
        },
    )
}
