use std::fmt;

use portal_core::crm::AccessGroup;
use portal_core::id::{AccessGroupId, DomainId, InboxId, PipelineId};
use portal_core::input::Problems;
use portal_core::property::PropertyDefinition;
use portal_core::settings::{Domain, Inbox, PortalView, Section, SettingsVersion};
use portal_core::text::Locale;
use portal_core::ticket::Pipeline;

/// Something that does not fit, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The way to it: keys and places, from the outside in.
    pub path: Vec<String>,
    /// What is wrong with it.
    pub problem: String,
}

impl Unfit {
    /// A problem with a field.
    pub fn new(path: impl Into<String>, problem: impl fmt::Display) -> Self {
        Self {
            path: vec![path.into()],
            problem: problem.to_string(),
        }
    }

    /// The same, seen from further out.
    #[must_use]
    pub fn within(mut self, outer: impl Into<String>) -> Self {
        self.path.insert(0, outer.into());
        self
    }

    /// What the core says of the settings of a section.
    #[must_use]
    pub fn all_of(section: Section, problems: &Problems) -> Vec<Self> {
        let one = |it: &portal_core::input::Problem| Self {
            path: std::iter::once(section.name().replace('-', "_"))
                .chain(it.path().split('.').map(str::to_owned))
                .collect(),
            problem: it.kind.to_string(),
        };
        problems.list().iter().map(one).collect()
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.join("."), self.problem)
    }
}

/// What references can mean.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The language of texts that must be there; English if `None`.
    pub language: Option<Locale>,
    /// All domains.
    pub domains: Vec<Domain>,
    /// All inboxes.
    pub inboxes: Vec<Inbox>,
    /// All pipelines.
    pub pipelines: Vec<Pipeline>,
    /// All access groups.
    pub groups: Vec<AccessGroup>,
    /// The properties of contacts that criteria can ask for.
    pub properties: Vec<PropertyDefinition>,
    /// The newest version of each section, to go on from.
    pub versions: Vec<SettingsVersion>,
}

impl Known {
    /// What the settings of a portal can choose from.
    #[must_use]
    pub fn of(view: &PortalView, properties: Vec<PropertyDefinition>) -> Self {
        Self {
            language: Some(view.portal.language.clone()),
            domains: view.domains.clone(),
            inboxes: view.inboxes.clone(),
            pipelines: view.pipelines.clone(),
            groups: view.groups.clone(),
            properties,
            versions: view.versions.iter().chain(&view.domain_versions).cloned().collect(),
        }
    }

    pub(super) fn language(&self) -> Locale {
        self.language.clone().unwrap_or_else(Locale::english)
    }

    pub(super) fn version(&self, section: Section) -> Option<&SettingsVersion> {
        self.versions.iter().find(|it| it.section() == section)
    }

    pub(super) fn domain(&self, named: &str) -> Result<DomainId, Unfit> {
        let all = self.domains.iter().map(|it| (it.id, it.host.as_str()));
        one("domain", named, all)
    }

    pub(super) fn inbox(&self, named: &str) -> Result<InboxId, Unfit> {
        let all = self.inboxes.iter().map(|it| (it.id, it.name.as_str()));
        one("inbox", named, all)
    }

    pub(super) fn pipeline(&self, named: &str) -> Result<PipelineId, Unfit> {
        let all = self.pipelines.iter().map(|it| (it.id(), it.name().as_str()));
        one("pipeline", named, all)
    }

    pub(super) fn group(&self, named: &str) -> Result<AccessGroupId, Unfit> {
        let all = self.groups.iter().map(|it| (it.id, it.name.as_str()));
        one("access group", named, all)
    }
}

/// The one that has this id or, else, this name.
fn one<'a, T: fmt::Display>(
    kind: &str,
    named: &str,
    all: impl Iterator<Item = (T, &'a str)> + Clone,
) -> Result<T, Unfit> {
    if let Some((id, _)) = all.clone().find(|(id, _)| id.to_string() == named) {
        return Ok(id);
    }
    let mut fitting = all.filter(|(_, name)| *name == named);
    let shown: String = named.chars().take(80).collect();
    match (fitting.next(), fitting.next()) {
        (Some((id, _)), None) => Ok(id),
        (Some(_), Some(_)) => Err(Unfit {
            path: Vec::new(),
            problem: format!("several are called `{shown}`; give the id"),
        }),
        (None, _) => Err(Unfit {
            path: Vec::new(),
            problem: format!("there is no {kind} `{shown}`"),
        }),
    }
}
