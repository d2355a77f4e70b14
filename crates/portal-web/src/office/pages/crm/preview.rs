//! What a change of policy would do, as pages show it.

use portal_core::access::Tab;
use portal_core::crm::{Because, PolicyPreview, SeenAs, SightChange};
use portal_core::id::TicketNumber;
use portal_core::ticket::Stage;

use crate::i18n::{Arg, Translator};
use crate::view::crm::{AffectedView, Named, PolicyPreviewView, SeesList, SeesView, SightChangeView, TicketGlimpse};

/// A preview, for the template `office/_policy_preview.html`.
pub(crate) fn preview(it: &PolicyPreview) -> PolicyPreviewView {
    PolicyPreviewView {
        nothing: it.is_nothing(),
        gain: side(&it.gain),
        lose: side(&it.lose),
        estimate: it.estimate,
    }
}

fn side(it: &SightChange) -> SightChangeView {
    let examples = it.examples.iter().map(|it| AffectedView {
        contact: Named {
            href: format!("/admin/contacts/{}", it.contact),
            name: it.name.clone(),
        },
        tickets: it.tickets,
        some: glimpses(&it.some),
    });
    SightChangeView {
        people: it.people,
        tickets: it.tickets,
        doors: it.doors,
        examples: examples.collect(),
    }
}

fn glimpses(them: &[(TicketNumber, Option<String>)]) -> Vec<TicketGlimpse> {
    let glimpse = |(number, subject): &(TicketNumber, Option<String>)| TicketGlimpse {
        number: number.get(),
        subject: subject.clone(),
    };
    them.iter().map(glimpse).collect()
}

/// What a contact sees in a portal, with the reasons in the reader's language.
pub(crate) fn sees(texts: &Translator, it: &SeenAs) -> SeesView {
    let lists = it.lists.iter().map(|it| SeesList {
        tab: match it.tab {
            Tab::Mine => "mine",
            Tab::Company => "company",
        },
        open: it.counts.received + it.counts.in_progress + it.counts.waiting,
        closed: it.counts.of(Stage::Closed),
        some: glimpses(&it.some),
    });
    SeesView {
        portal: it.portal_name.clone(),
        enters: it.refused.is_none(),
        because: it.because.iter().map(|it| because(texts, it)).collect(),
        lists: lists.collect(),
    }
}

fn because(texts: &Translator, it: &Because) -> String {
    let plain = |key: &str| texts.text(key, &[]);
    let named = |key: &str, name: &str| texts.text(key, &[("name", Arg::from(name))]);
    match it {
        Because::NotPublished => plain("crm-because-not-published"),
        Because::Removed => plain("crm-because-removed"),
        Because::InGroup {
            name, matches: false, ..
        } => named("crm-because-in-group", name),
        Because::InGroup {
            name, matches: true, ..
        } => named("crm-because-matches-group", name),
        Because::InNoGroup => plain("crm-because-no-group"),
        Because::Registered => plain("crm-because-registered"),
        Because::NotRegistered => plain("crm-because-not-registered"),
        Because::OwnOnly => plain("crm-because-own"),
        Because::Company(_, name) => named("crm-because-company", name),
        Because::MatchesForCompany(_, name) => named("crm-because-matches-company", name),
        Because::NoMatchForCompany => plain("crm-because-no-match"),
        Because::NoCompany => plain("crm-because-no-company"),
    }
}
