//! The texts of mails: which there are, and one of them in one language, with a look at it and a test.

use poem::Response;
use poem::http::{StatusCode, header};
use portal_core::input::{Problem as CoreProblem, ProblemKind, Problems};
use portal_core::mail::{
    EditableMail, MailText, MailTextField, MailTexts, OwnMailTexts, OwnMailTextsError, PreviewMailText, SendTestMail,
};
use portal_core::settings::{Section, SettingsValue};
use portal_core::text::{EmailAddress, Locale};

use super::words::name;
use super::{Changed, base, change, described, nav};
use crate::errors::Stop;
use crate::forms::Fields;
use crate::middleware::headers;
use crate::office::problems::{one, worded};
use crate::office::visit::OfficeVisit;
use crate::view::form::Problem;
use crate::view::office::{OfficeArea, PortalArea};
use crate::view::office_looks::{Frame, MailTextIn, MailTextLine, MailTextPage, MailTextsPage};
use crate::visit::Answer;

async fn own(visit: &OfficeVisit<'_>) -> Result<OwnMailTexts, Stop> {
    Ok(visit.web.portal.own_mail_texts(visit.actor()?, visit.portal()?).await?)
}

/// The languages in which a portal writes.
fn languages(own: &OwnMailTexts) -> Vec<Locale> {
    let mut all = vec![own.site.language.clone()];
    let others = own.site.offered.iter().chain(own.texts.iter().map(|(_, it, _)| it));
    for it in others {
        if !all.contains(it) {
            all.push(it.clone());
        }
    }
    all
}

fn frame(visit: &OfficeVisit<'_>, own: &OwnMailTexts, action: String) -> Frame {
    Frame {
        shell: visit.portal_shell(OfficeArea::Home, nav(visit, &own.site, PortalArea::MailTexts)),
        section: Section::MailTexts.name(),
        action,
        seen: own.version,
        theirs: Vec::new(),
        problems: Vec::new(),
    }
}

pub(super) async fn list(visit: &OfficeVisit<'_>) -> Answer {
    let own = own(visit).await?;
    let base = format!("{}/mail-texts", base(visit)?);
    let languages = languages(&own);
    let line = |mail: EditableMail| MailTextLine {
        mail: mail.name(),
        texts: languages
            .iter()
            .map(|it| MailTextIn {
                language: name(it),
                code: it.to_string(),
                href: format!("{base}/{}/{it}", mail.name()),
                own: own.texts.get(mail, it).is_some(),
            })
            .collect(),
    };
    let page = MailTextsPage {
        mails: EditableMail::ALL.into_iter().map(line).collect(),
        frame: frame(visit, &own, base),
    };
    visit.page(StatusCode::OK, &page)
}

/// The mail and the language of the address.
fn which(visit: &OfficeVisit<'_>) -> Result<(EditableMail, Locale), Stop> {
    let mail = EditableMail::named(&visit.places.word).ok_or(Stop::NOT_FOUND)?;
    let language = visit.places.id.parse().map_err(|_| Stop::NOT_FOUND)?;
    Ok((mail, language))
}

/// What the page of one text shows beside what the portal says.
struct Shown {
    text: MailText,
    test_to: Option<String>,
    seen: Option<u32>,
    theirs: Vec<String>,
    problems: Vec<Problem>,
}

pub(super) async fn show(visit: &OfficeVisit<'_>) -> Answer {
    let own = own(visit).await?;
    let (mail, language) = which(visit)?;
    let text = counting(visit, &own.texts, mail, &language);
    let shown = Shown {
        text,
        test_to: None,
        seen: None,
        theirs: Vec::new(),
        problems: Vec::new(),
    };
    page(visit, &own, StatusCode::OK, shown)
}

/// The text that counts now: the portal's own or the built-in one.
fn counting(visit: &OfficeVisit<'_>, texts: &MailTexts, mail: EditableMail, language: &Locale) -> MailText {
    let own = texts.get(mail, language).cloned();
    own.unwrap_or_else(|| visit.web.portal.built_in_mail_text(mail, language))
}

fn page(visit: &OfficeVisit<'_>, own: &OwnMailTexts, status: StatusCode, shown: Shown) -> Answer {
    let (mail, language) = which(visit)?;
    let action = format!("{}/mail-texts/{}/{language}", base(visit)?, mail.name());
    let mut frame = frame(visit, own, action);
    frame.seen = shown.seen.unwrap_or(own.version);
    frame.theirs = shown.theirs;
    frame.problems = shown.problems;
    let my = visit.staff.as_ref().map(|it| it.user.email.to_string());
    let page = MailTextPage {
        mail: mail.name(),
        language: name(&language),
        code: language.to_string(),
        own: own.texts.get(mail, &language).is_some(),
        subject: shown.text.subject,
        body: shown.text.body,
        placeholders: mail.placeholders().iter().map(|it| it.name()).collect(),
        needed: mail.needed().iter().map(|it| it.name()).collect(),
        back: format!("{}/mail-texts", base(visit)?),
        test_to: shown.test_to.or(my).unwrap_or_default(),
        frame,
    };
    let mut response = visit.page(status, &page)?;
    headers::let_frame(&mut response, &visit.web.config);
    Ok(response)
}

fn typed(fields: &Fields) -> MailText {
    MailText::typed(fields.get("subject"), fields.get("body"))
}

/// What is wrong with a text, at the fields of this form.
fn faults(visit: &OfficeVisit<'_>, text: &MailText, mail: EditableMail) -> Vec<Problem> {
    let problem = |(field, fault)| CoreProblem {
        field: match field {
            MailTextField::Subject => "subject",
            MailTextField::Body => "body",
        },
        item: None,
        kind: ProblemKind::MailText(fault),
    };
    text.faults(mail)
        .into_iter()
        .map(|it| one(visit, &problem(it)))
        .collect()
}

pub(super) async fn save(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let own = own(visit).await?;
    let (mail, language) = which(visit)?;
    let here = format!("{}/mail-texts/{}/{language}", base(visit)?, mail.name());
    if fields.get("do") == "test" {
        return test(visit, &own, mail, fields, &here).await;
    }
    let text = typed(fields);
    let seen = fields.get("seen").parse().map_err(|_| Stop::BAD_REQUEST)?;
    let shown = |theirs, problems, seen| Shown {
        text: text.clone(),
        test_to: None,
        seen: Some(seen),
        theirs,
        problems,
    };
    let built_in = visit.web.portal.built_in_mail_text(mail, &language);
    let reset = fields.get("do") == "reset" || text == built_in;
    if !reset {
        let problems = faults(visit, &text, mail);
        if !problems.is_empty() {
            return page(
                visit,
                &own,
                StatusCode::UNPROCESSABLE_ENTITY,
                shown(Vec::new(), problems, seen),
            );
        }
    }
    let texts = own
        .texts
        .clone()
        .with(mail, language.clone(), (!reset).then(|| text.clone()));
    match change(visit, SettingsValue::MailTexts(texts), seen).await? {
        Changed::Done => Ok(visit.done("office-flash-saved", &here)),
        Changed::Refused(problems) => page(
            visit,
            &own,
            StatusCode::UNPROCESSABLE_ENTITY,
            shown(Vec::new(), problems, seen),
        ),
        Changed::Conflict { seen, theirs } => {
            let lines = match &theirs {
                SettingsValue::MailTexts(texts) => {
                    let text = counting(visit, texts, mail, &language);
                    vec![text.subject, text.body]
                }
                other => described::lines(visit, &[], other),
            };
            page(visit, &own, StatusCode::CONFLICT, shown(lines, Vec::new(), seen))
        }
    }
}

async fn test(visit: &OfficeVisit<'_>, own: &OwnMailTexts, mail: EditableMail, fields: &Fields, here: &str) -> Answer {
    match fields.get("to").trim().parse::<EmailAddress>() {
        Ok(to) => {
            let command = SendTestMail {
                portal: Some(visit.portal()?),
                of: Some(mail),
                to,
            };
            visit.web.portal.send_test_mail(visit.actor()?, command).await?;
            Ok(visit.done("office-flash-mail-test", here))
        }
        Err(err) => {
            let shown = Shown {
                text: typed(fields),
                test_to: Some(fields.get("to").to_owned()),
                seen: fields.get("seen").parse().ok(),
                theirs: Vec::new(),
                problems: worded(visit, &Problems::one("to", err)),
            };
            page(visit, own, StatusCode::UNPROCESSABLE_ENTITY, shown)
        }
    }
}

/// The mail as it would leave, to stand in a frame: nothing in it runs, loads or leads anywhere.
pub(super) async fn preview(visit: &OfficeVisit<'_>, fields: &Fields) -> Answer {
    let (mail, language) = which(visit)?;
    let text = fields.given("body").map(|_| typed(fields));
    if let Some(text) = &text {
        let problems = faults(visit, text, mail);
        if !problems.is_empty() {
            let lines: Vec<String> = problems.into_iter().map(|it| it.text).collect();
            return Ok(framed("text/plain; charset=utf-8", lines.join("\n")));
        }
    }
    let command = PreviewMailText {
        portal: visit.portal()?,
        mail,
        language,
        text,
    };
    let rendered = visit.web.portal.preview_mail_text(visit.actor()?, &command).await?;
    Ok(framed("text/html; charset=utf-8", rendered.html))
}

fn framed(kind: &str, body: String) -> Response {
    Response::builder()
        .header(header::CONTENT_SECURITY_POLICY, headers::FRAMED_MAIL)
        .content_type(kind)
        .body(body)
}

impl From<OwnMailTextsError> for Stop {
    fn from(err: OwnMailTextsError) -> Self {
        match err {
            OwnMailTextsError::Staff(err) => err.into(),
            OwnMailTextsError::NotFound => Self::NOT_FOUND,
            OwnMailTextsError::Store(err) => err.into(),
            err @ (OwnMailTextsError::Prepare(_) | OwnMailTextsError::Letters(_)) => Self::broken(&err),
        }
    }
}
