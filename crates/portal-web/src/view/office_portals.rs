//! Portals, their set-up in four steps, their settings, and domains, as the staff see them.

use serde::Serialize;

use super::crm::{CriteriaEditor, Named, PolicyPreviewView, SeesView};
use super::form::Problem;
use super::shell::Shell;
use super::{Choice, Page};

/// All portals.
#[derive(Clone, Debug, Serialize)]
pub struct PortalsHome {
    /// The frame.
    pub shell: Shell,
    /// The portals.
    pub portals: Vec<PortalLine>,
}

impl Page for PortalsHome {
    const TEMPLATE: &'static str = "office/home.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A portal in a list.
#[derive(Clone, Debug, Serialize)]
pub struct PortalLine {
    /// Its name.
    pub name: String,
    /// Where customers find it.
    pub url: String,
    /// Where the staff look after it.
    pub href: String,
    /// `live`, `closed`, `draft`.
    pub state: &'static str,
}

/// A step of the set-up, as a line of its navigation.
#[derive(Clone, Debug, Serialize)]
pub struct StepLine {
    /// `name`, `address`, `tickets`, `access`, `check`.
    pub step: &'static str,
    /// Counts from 1.
    pub number: usize,
    /// Where it leads; none if nothing is there yet.
    pub href: Option<String>,
    /// What was decided, if it was left.
    pub value: Option<String>,
    /// Whether it was left.
    pub done: bool,
    /// Whether one is there.
    pub current: bool,
}

/// What the forms of steps and settings show.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PortalForm {
    /// The portal's name.
    pub name: String,
    /// Languages beside that of the domain.
    pub languages: Vec<Choice>,
    /// The time zone.
    pub time_zone: String,
    /// `https://`, in front of the host.
    pub scheme: String,
    /// The host that is chosen.
    pub host: String,
    /// The domains.
    pub domains: Vec<DomainChoice>,
    /// What stands behind the host.
    pub slug: String,
    /// Where it used to be.
    pub formerly: Vec<String>,
    /// Where new tickets can go.
    pub inboxes: Vec<Choice>,
    /// `own`, `company`, `some`.
    pub permission: String,
    /// Whom the third permission is for.
    pub criteria: Option<CriteriaEditor>,
    /// The name of an inbox that is to be made, as typed.
    pub new_inbox: String,
    /// The name of an access group that is to be made, as typed.
    pub new_group: String,
    /// What was looked at before it is saved.
    pub checked: String,
    /// Pipelines; chosen are those that are hidden.
    pub pipelines: Vec<Choice>,
    /// `groups`, `register`.
    pub access: String,
    /// The access groups.
    pub groups: Vec<Choice>,
    /// Whether the domain lets anyone register.
    pub self_registration: bool,
    /// Where that is switched on.
    pub private_href: String,
    /// Whether registration mails go out by themselves.
    pub send_mails: bool,
    /// Customers close tickets.
    pub close: bool,
    /// Days in which they reopen them; empty for never.
    pub reopen_days: String,
    /// They act on colleagues' tickets.
    pub colleagues: bool,
    /// They mark tickets private.
    pub mark_private: bool,
    /// Whether customers are asked whether they are satisfied.
    pub rate: bool,
    /// The version that is shown.
    pub seen: u32,
}

/// A domain to choose.
#[derive(Clone, Debug, Serialize)]
pub struct DomainChoice {
    /// Its id.
    pub value: String,
    /// Its host.
    pub label: String,
    /// Its language.
    pub language: String,
    /// Whether it is chosen.
    pub selected: bool,
    /// Whether it is proven to be ours.
    pub proven: bool,
}

/// A step of the set-up.
#[derive(Clone, Debug, Serialize)]
pub struct SetUpPage {
    /// The frame.
    pub shell: Shell,
    /// All steps.
    pub steps: Vec<StepLine>,
    /// The step.
    pub step: &'static str,
    /// Counts from 1.
    pub number: usize,
    /// The step behind it.
    pub next: &'static str,
    /// The step in front of it.
    pub back: Option<String>,
    /// Where the form goes.
    pub action: String,
    /// What it shows.
    pub form: PortalForm,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Page for SetUpPage {
    const TEMPLATE: &'static str = "office/set_up.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// One line of the check.
#[derive(Clone, Debug, Serialize)]
pub struct CheckLine {
    /// What was looked at.
    pub item: &'static str,
    /// `ready`, `advised`, `missing`.
    pub state: &'static str,
    /// Where it is mended.
    pub href: String,
}

/// What is ready and what is missing, and the button that opens the portal.
#[derive(Clone, Debug, Serialize)]
pub struct CheckPage {
    /// The frame.
    pub shell: Shell,
    /// All steps.
    pub steps: Vec<StepLine>,
    /// The lines.
    pub checks: Vec<CheckLine>,
    /// Whether nothing that is needed is missing.
    pub ready: bool,
    /// Where customers will find it.
    pub url: String,
    /// Where the form goes.
    pub action: String,
    /// The step in front of it.
    pub back: String,
    /// The revision that is shown.
    pub revision: u32,
    /// Whether registration mails go out by themselves.
    pub send_mails: bool,
    /// How many people would get one.
    pub recipients: u64,
    /// What opening it would do.
    pub preview: PolicyPreviewView,
    /// Whom was searched for, to look through their eyes.
    pub q: String,
    /// Who was found.
    pub found: Vec<Named>,
    /// Through whose eyes one looks.
    pub seen_as: Option<Named>,
    /// What they would see.
    pub sees: Option<SeesView>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

impl Page for CheckPage {
    const TEMPLATE: &'static str = "office/check.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A page of settings.
#[derive(Clone, Debug, Serialize)]
pub struct PortalSettingsPage {
    /// The frame.
    pub shell: Shell,
    /// `general`, `address`, `tickets`, `access`, `customers`.
    pub section: &'static str,
    /// Where the form goes.
    pub action: String,
    /// What it shows.
    pub form: PortalForm,
    /// What somebody else made of it meanwhile, as lines.
    pub theirs: Vec<String>,
    /// What it would do.
    pub preview: Option<PolicyPreviewView>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Page for PortalSettingsPage {
    const TEMPLATE: &'static str = "office/settings.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A portal's own page.
#[derive(Clone, Debug, Serialize)]
pub struct PortalOverview {
    /// The frame.
    pub shell: Shell,
    /// Its name.
    pub name: String,
    /// Where customers find it.
    pub url: String,
    /// `live`, `closed`, `draft`.
    pub state: &'static str,
    /// `/admin/portals/{portal}`.
    pub base: String,
    /// What had better be mended.
    pub to_do: Vec<CheckLine>,
    /// The revision that is shown.
    pub revision: u32,
    /// Whether registration mails go out by themselves.
    pub send_mails: bool,
    /// What is wrong with a form.
    pub problems: Vec<Problem>,
}

impl Page for PortalOverview {
    const TEMPLATE: &'static str = "office/portal.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// All versions of a portal's settings.
#[derive(Clone, Debug, Serialize)]
pub struct HistoryPage {
    /// The frame.
    pub shell: Shell,
    /// The versions, the newest first.
    pub versions: Vec<VersionLine>,
    /// Where a roll back goes.
    pub action: String,
    /// Why one did not go back.
    pub problems: Vec<Problem>,
}

impl Page for HistoryPage {
    const TEMPLATE: &'static str = "office/history.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// One version.
#[derive(Clone, Debug, Serialize)]
pub struct VersionLine {
    /// The section.
    pub section: &'static str,
    /// Its number.
    pub version: u32,
    /// The current version of the section.
    pub current: u32,
    /// Who made it; empty for the system.
    pub author: String,
    /// When.
    pub at: super::when::When,
    /// What it changed, as `before → after` lines.
    pub diff: Vec<String>,
}

/// All domains.
#[derive(Clone, Debug, Serialize)]
pub struct DomainsPage {
    /// The frame.
    pub shell: Shell,
    /// The domains.
    pub domains: Vec<DomainLine>,
    /// As typed.
    pub host: String,
    /// Languages to choose.
    pub languages: Vec<Choice>,
    /// What is wrong with the form.
    pub problems: Vec<Problem>,
}

impl Page for DomainsPage {
    const TEMPLATE: &'static str = "office/domains.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// A domain.
#[derive(Clone, Debug, Serialize)]
pub struct DomainLine {
    /// Its id.
    pub id: String,
    /// Its host.
    pub host: String,
    /// `local`, `pending`, `verified`.
    pub state: &'static str,
    /// The name of the TXT record.
    pub record: String,
    /// What it has to say.
    pub value: String,
    /// Languages to choose.
    pub languages: Vec<Choice>,
    /// The company that access pages name.
    pub company: String,
    /// Whom to write to.
    pub contact: String,
    /// Whether anyone may register.
    pub self_registration: bool,
    /// Whether somebody approves.
    pub approve: bool,
    /// Whether passwords sign in.
    pub by_password: bool,
    /// Whether mails sign in.
    pub by_mail: bool,
    /// Minutes without any request.
    pub idle: String,
    /// Hours in all.
    pub absolute: String,
    /// The version that is shown.
    pub seen: u32,
    /// The name beside the sender's address.
    pub from_name: String,
    /// The sender's address; empty for the installation's.
    pub from_address: String,
    /// The one that is shown.
    pub from_seen: String,
    /// What somebody else made of the private content meanwhile, as lines.
    pub theirs: Vec<String>,
}
