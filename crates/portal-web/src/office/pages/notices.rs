//! What somebody of the staff is told: the list behind the bell, and what they want to be told.

use std::collections::BTreeMap;

use poem::Body;
use poem::http::{Method, StatusCode};
use portal_core::notify::{AgentChoices, AgentNews, Digest, OwnChoicesError, Quiet, Wanted};
use portal_core::staff::Permission;

use crate::forms::{self, Fields};
use crate::office::problems::worded;
use crate::office::routes::{Need, OfficeRoute, Operation as Any};
use crate::office::visit::OfficeVisit;
use crate::view::Choice;
use crate::view::form::Problem;
use crate::view::office::OfficeArea;
use crate::view::office_flow::{ChoicesPage, NoticeLine, NoticesPage};
use crate::visit::Answer;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    List,
    Read,
    Choices,
    SaveChoices,
}

const DESK: Need = Need::Any(&[Permission::HelpDesk]);

pub(crate) const ROUTES: &[OfficeRoute] = &[
    OfficeRoute::page("/desk/notices", Any::Notices(Operation::List), DESK),
    OfficeRoute::form("/desk/notices/read", Any::Notices(Operation::Read), DESK).unaudited(),
    OfficeRoute::page("/desk/notices/choices", Any::Notices(Operation::Choices), DESK),
    OfficeRoute::form("/desk/notices/choices", Any::Notices(Operation::SaveChoices), DESK).unaudited(),
];

pub(super) async fn answer(visit: &OfficeVisit<'_>, operation: Operation, body: Body) -> Answer {
    let fields = if visit.ask.method == Method::POST {
        forms::office_fields(visit, body).await?
    } else {
        Fields::default()
    };
    match operation {
        Operation::List => list(visit).await,
        Operation::Read => read(visit, &fields).await,
        Operation::Choices => {
            let choices = visit.web.portal.agent_choices(visit.actor()?).await?;
            choices_page(visit, StatusCode::OK, &Typed::of(&choices), Vec::new())
        }
        Operation::SaveChoices => save(visit, &fields).await,
    }
}

async fn list(visit: &OfficeVisit<'_>) -> Answer {
    let bell = visit.web.portal.view_bell(visit.actor()?).await?;
    let line = |(it, subject): &(portal_core::notify::AgentNotice, portal_core::text::Subject)| NoticeLine {
        news: it.news.name(),
        by: it.by.clone(),
        number: it.ticket.get(),
        subject: subject.as_str().to_owned(),
        href: format!("/desk/tickets/{}", it.ticket),
        when: visit.times().recent(it.at.micros()),
        unread: it.read_at.is_none(),
    };
    let page = NoticesPage {
        shell: visit.shell(OfficeArea::Notices),
        notices: bell.notices.iter().map(line).collect(),
        unread: bell.unread,
    };
    visit.page(StatusCode::OK, &page)
}

async fn read(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let ticket = fields.given("ticket").and_then(|it| it.parse().ok());
    visit.web.portal.read_bell(visit.actor()?, ticket).await?;
    Ok(visit.done("office-flash-notices-read", "/desk/notices"))
}

/// The choices, as typed.
struct Typed {
    bell: Vec<String>,
    mail: Vec<String>,
    digest: String,
    quiet: bool,
    quiet_from: String,
    quiet_to: String,
}

impl Typed {
    fn of(it: &AgentChoices) -> Self {
        let named = |wanted: fn(&Wanted) -> bool| {
            let those = it.wanted.iter().filter(|(_, it)| wanted(it));
            those.map(|(news, _)| news.name().to_owned()).collect()
        };
        let hours = |it: u16| format!("{:02}:{:02}", it / 60, it % 60);
        let quiet = it.quiet.unwrap_or(Quiet {
            from: 20 * 60,
            to: 7 * 60,
        });
        Self {
            bell: named(|it| it.bell),
            mail: named(|it| it.mail),
            digest: it.digest.name().to_owned(),
            quiet: it.quiet.is_some(),
            quiet_from: hours(quiet.from),
            quiet_to: hours(quiet.to),
        }
    }

    fn read(fields: &Fields) -> Self {
        let all = |name: &'static str| fields.all(name).map(str::to_owned).collect();
        Self {
            bell: all("bell"),
            mail: all("mail"),
            digest: fields.get("digest").to_owned(),
            quiet: fields.get("quiet") == "1",
            quiet_from: fields.get("quiet_from").to_owned(),
            quiet_to: fields.get("quiet_to").to_owned(),
        }
    }

    fn choices(&self) -> AgentChoices {
        let has = |list: &[String], news: AgentNews| list.iter().any(|it| it == news.name());
        let wanted: BTreeMap<AgentNews, Wanted> = AgentNews::ALL
            .into_iter()
            .map(|it| {
                let wanted = Wanted {
                    bell: has(&self.bell, it),
                    mail: has(&self.mail, it),
                };
                (it, wanted)
            })
            .collect();
        AgentChoices {
            wanted,
            digest: Digest::named(&self.digest).unwrap_or_default(),
            quiet: self.quiet.then(|| Quiet {
                from: minute(&self.quiet_from),
                to: minute(&self.quiet_to),
            }),
        }
    }
}

/// The minute of the day of `22:00`; what is none is out of every range.
fn minute(text: &str) -> u16 {
    let parsed = text.split_once(':').and_then(|(hour, minute)| {
        let hour: u16 = hour.parse().ok().filter(|it| *it < 24)?;
        let minute: u16 = minute.parse().ok().filter(|it| *it < 60)?;
        Some(hour * 60 + minute)
    });
    parsed.unwrap_or(u16::MAX)
}

fn choices_page(visit: &OfficeVisit<'_>, status: StatusCode, typed: &Typed, problems: Vec<Problem>) -> Answer {
    let has = |list: &[String], news: AgentNews| list.iter().any(|it| it == news.name());
    let page = ChoicesPage {
        shell: visit.shell(OfficeArea::Notices),
        rows: AgentNews::ALL
            .into_iter()
            .map(|it| (it.name(), has(&typed.bell, it), has(&typed.mail, it)))
            .collect(),
        digests: Digest::ALL
            .into_iter()
            .map(|it| Choice::new(it.name(), it.name(), &typed.digest))
            .collect(),
        quiet: typed.quiet,
        quiet_from: typed.quiet_from.clone(),
        quiet_to: typed.quiet_to.clone(),
        problems,
    };
    visit.page(status, &page)
}

async fn save(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let typed = Typed::read(fields);
    let saved = visit
        .web
        .portal
        .set_agent_choices(visit.actor()?, &typed.choices())
        .await;
    match saved {
        Ok(()) => Ok(visit.done("office-flash-choices-saved", "/desk/notices")),
        Err(OwnChoicesError::Invalid(problems)) => {
            let problems = worded(visit, &problems);
            choices_page(visit, StatusCode::UNPROCESSABLE_ENTITY, &typed, problems)
        }
        Err(err) => Err(err.into()),
    }
}
