//! Two contacts, or two companies, become one: choose the other, choose the fields, look, merge.

use std::collections::BTreeSet;

use poem::http::StatusCode;
use portal_core::crm::{
    CompanyQuery, ContactQuery, MergeError, MergeField, MergeParties, MergePreview, Party, Widening,
};
use portal_core::property::{PropertyDefinition, PropertyOwner, PropertyValues};

use super::party::base;
use super::preview::preview;
use crate::errors::Stop;
use crate::forms::Fields;
use crate::office::problems::said;
use crate::office::visit::OfficeVisit;
use crate::view::crm::Named;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::party::{MergeChoice, MergePage};
use crate::visit::Answer;

/// How many are offered.
const FOUND: u32 = 20;

/// One side, as the page shows it.
struct Side {
    name: String,
    values: Vec<(MergeField, String)>,
    registered: bool,
    properties: PropertyValues,
}

pub(super) async fn ask(visit: &OfficeVisit<'_>, into: Party, fields: &Fields) -> Answer {
    shown(visit, StatusCode::OK, into, fields, None, Vec::new()).await
}

pub(super) async fn act(visit: &OfficeVisit<'_>, into: Party, fields: &Fields) -> Answer {
    let from = other(into, fields.get("with")).ok_or(Stop::BAD_REQUEST)?;
    let mut command = command(into, from, fields);
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let result = if fields.get("do") == "merge" {
        command.accepted = accepted(fields);
        match portal.merge_parties(actor, &command).await {
            Ok(_) => return Ok(visit.done("office-flash-merged", &base(into))),
            Err(err) => Err(err),
        }
    } else {
        portal.preview_merge(actor, &command).await
    };
    let (field, key) = match result {
        Ok(preview) => return shown(visit, StatusCode::OK, into, fields, Some(preview), Vec::new()).await,
        Err(MergeError::Widens(_)) => {
            let preview = portal.preview_merge(actor, &command).await?;
            let problems = said(visit, "accepted", "merge-problem-widens");
            return shown(visit, refused, into, fields, Some(preview), problems).await;
        }
        Err(MergeError::Registered) => ("fields", "crm-problem-registered"),
        Err(MergeError::AddressTaken) => ("fields", "crm-problem-address-taken"),
        Err(MergeError::Gone | MergeError::NotTwo) => ("with", "merge-problem-gone"),
        Err(err) => return Err(err.into()),
    };
    shown(visit, refused, into, fields, None, said(visit, field, key)).await
}

/// The other one, of the same kind.
fn other(into: Party, id: &str) -> Option<Party> {
    match into {
        Party::Contact(_) => id.parse().ok().map(Party::Contact),
        Party::Company(_) => id.parse().ok().map(Party::Company),
    }
}

fn command(into: Party, from: Party, fields: &Fields) -> MergeParties {
    let take: BTreeSet<MergeField> = fields.all("take").filter_map(field).collect();
    MergeParties {
        into,
        from,
        take,
        companies: fields.get("companies") == "1",
        groups: fields.get("groups") == "1",
        accepted: None,
    }
}

/// What was ticked: the numbers that stood beside the tick.
fn accepted(fields: &Fields) -> Option<Widening> {
    let mut numbers = fields.get("accepted").split('.').map(str::parse::<u64>);
    let mut next = || numbers.next()?.ok();
    Some(Widening {
        people: next()?,
        tickets: next()?,
        doors: next()?,
    })
}

fn field(name: &str) -> Option<MergeField> {
    Some(match name {
        "name" => MergeField::Name,
        "email" => MergeField::Email,
        "membership_email" => MergeField::MembershipEmail,
        "primary_company" => MergeField::PrimaryCompany,
        "language" => MergeField::Language,
        "time_zone" => MergeField::TimeZone,
        "domain" => MergeField::Domain,
        _ => MergeField::Property(name.strip_prefix("property.")?.parse().ok()?),
    })
}

fn field_name(field: &MergeField) -> String {
    match field {
        MergeField::Name => "name".to_owned(),
        MergeField::Email => "email".to_owned(),
        MergeField::MembershipEmail => "membership_email".to_owned(),
        MergeField::PrimaryCompany => "primary_company".to_owned(),
        MergeField::Language => "language".to_owned(),
        MergeField::TimeZone => "time_zone".to_owned(),
        MergeField::Domain => "domain".to_owned(),
        MergeField::Property(key) => format!("property.{key}"),
    }
}

async fn side(visit: &OfficeVisit<'_>, party: Party) -> Result<Side, Stop> {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let text = |it: &dyn ToString| it.to_string();
    Ok(match party {
        Party::Contact(id) => {
            let view = portal.view_contact(actor, id).await?;
            let it = view.contact;
            let primary = view
                .companies
                .iter()
                .find(|company| Some(company.id) == it.primary_company);
            Side {
                name: it.name.to_string(),
                values: vec![
                    (MergeField::Name, it.name.to_string()),
                    (MergeField::Email, it.email.map(|it| text(&it)).unwrap_or_default()),
                    (
                        MergeField::MembershipEmail,
                        it.membership_email.map(|it| text(&it)).unwrap_or_default(),
                    ),
                    (
                        MergeField::PrimaryCompany,
                        primary.map(|it| text(&it.name)).unwrap_or_default(),
                    ),
                    (
                        MergeField::Language,
                        it.language.map(|it| text(&it)).unwrap_or_default(),
                    ),
                    (MergeField::TimeZone, it.time_zone.unwrap_or_default()),
                ],
                registered: view.registered,
                properties: it.properties,
            }
        }
        Party::Company(id) => {
            let it = portal.view_company(actor, id).await?.company;
            Side {
                name: it.name.to_string(),
                values: vec![
                    (MergeField::Name, it.name.to_string()),
                    (MergeField::Domain, it.domain.map(|it| text(&it)).unwrap_or_default()),
                ],
                registered: false,
                properties: it.properties,
            }
        }
    })
}

fn choices(
    visit: &OfficeVisit<'_>,
    defined: &[PropertyDefinition],
    (into, from): (&Side, &Side),
    taken: Option<&BTreeSet<MergeField>>,
) -> Vec<MergeChoice> {
    let language = visit.language();
    let mut rows: Vec<(MergeField, String, String, String)> = into
        .values
        .iter()
        .zip(&from.values)
        .map(|((field, into), (_, from))| {
            let label = visit
                .texts()
                .text("party-field", &[("field", field_name(field).as_str().into())]);
            (field.clone(), label, into.clone(), from.clone())
        })
        .collect();
    for it in defined {
        let value = |of: &Side| of.properties.get(&it.key).map(ToString::to_string).unwrap_or_default();
        let field = MergeField::Property(it.key.clone());
        rows.push((field, it.label.get(&language).to_owned(), value(into), value(from)));
    }
    rows.retain(|(_, _, into, from)| into != from);
    rows.into_iter()
        .map(|(field, label, mine, other)| {
            let fixed = field == MergeField::MembershipEmail && into.registered;
            MergeChoice {
                // What only the other one has is taken, unless it was said otherwise.
                take: !fixed && taken.map_or(mine.is_empty(), |taken| taken.contains(&field)),
                field: field_name(&field),
                label,
                into: mine,
                from: other,
                fixed,
            }
        })
        .collect()
}

async fn shown(
    visit: &OfficeVisit<'_>,
    status: StatusCode,
    into: Party,
    fields: &Fields,
    looked: Option<MergePreview>,
    problems: Vec<Problem>,
) -> Answer {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let survivor = side(visit, into).await?;
    let (of, area, owner) = match into {
        Party::Contact(_) => ("contact", OfficeArea::Contacts, PropertyOwner::Contact),
        Party::Company(_) => ("company", OfficeArea::Companies, PropertyOwner::Company),
    };
    let from = other(into, fields.get("with")).filter(|it| *it != into);
    let sent = fields.given("do").is_some();
    let mut page = MergePage {
        shell: visit.shell(area),
        of,
        base: base(into),
        into: Named {
            href: base(into),
            name: survivor.name.clone(),
        },
        q: fields.get("q").to_owned(),
        found: Vec::new(),
        from: None,
        fields: Vec::new(),
        companies: !sent || fields.get("companies") == "1",
        groups: fields.get("groups") == "1",
        widening: looked
            .as_ref()
            .and_then(|it| Widening::of(&it.effect))
            .map(|it| format!("{}.{}.{}", it.people, it.tickets, it.doors)),
        gain: looked.as_ref().map_or((0, 0, 0), |it| {
            let gain = &it.effect.gain;
            (gain.people, gain.tickets, gain.doors)
        }),
        two_accounts: looked.as_ref().is_some_and(|it| it.two_accounts),
        loses_account: looked.as_ref().is_some_and(|it| it.loses_account),
        preview: looked.as_ref().map(|it| preview(&it.effect)),
        turned: String::new(),
        problems,
    };
    match from {
        None => page.found = found(visit, into, fields.given("q")).await?,
        Some(from) => {
            let leaves = side(visit, from).await?;
            let defined = portal.list_properties(actor, owner).await?;
            let taken: BTreeSet<MergeField> = fields.all("take").filter_map(field).collect();
            page.fields = choices(visit, &defined, (&survivor, &leaves), sent.then_some(&taken));
            let id = match from {
                Party::Contact(id) => id.to_string(),
                Party::Company(id) => id.to_string(),
            };
            let me = match into {
                Party::Contact(id) => id.to_string(),
                Party::Company(id) => id.to_string(),
            };
            page.turned = format!("{}/merge?with={me}", base(from));
            page.from = Some((
                id,
                Named {
                    href: base(from),
                    name: leaves.name,
                },
            ));
        }
    }
    visit.page(status, &page)
}

async fn found(visit: &OfficeVisit<'_>, into: Party, text: Option<&str>) -> Result<Vec<(String, Named, String)>, Stop> {
    let (portal, actor) = (&visit.web.portal, visit.actor()?);
    let Some(text) = text else { return Ok(Vec::new()) };
    Ok(match into {
        Party::Contact(me) => {
            let query = ContactQuery {
                text: Some(text.to_owned()),
                limit: FOUND,
                ..ContactQuery::default()
            };
            let rows = portal.list_contacts(actor, &query).await?;
            let others = rows.into_iter().filter(|it| it.id != me);
            others
                .map(|it| {
                    let about = it.membership_email.or(it.email).map(|it| it.to_string());
                    let about = about
                        .into_iter()
                        .chain(it.company.map(|(_, name)| name))
                        .collect::<Vec<_>>();
                    (
                        it.id.to_string(),
                        Named {
                            href: base(Party::Contact(it.id)),
                            name: it.name,
                        },
                        about.join(" · "),
                    )
                })
                .collect()
        }
        Party::Company(me) => {
            let query = CompanyQuery {
                text: Some(text.to_owned()),
                after: None,
                limit: FOUND,
            };
            let rows = portal.list_companies(actor, &query).await?;
            let others = rows.into_iter().filter(|it| it.id != me);
            others
                .map(|it| {
                    (
                        it.id.to_string(),
                        Named {
                            href: base(Party::Company(it.id)),
                            name: it.name,
                        },
                        it.domain.unwrap_or_default(),
                    )
                })
                .collect()
        }
    })
}
