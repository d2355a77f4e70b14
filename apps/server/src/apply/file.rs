use portal_core::input::Problems;
use portal_core::ports::StoreError;
use portal_core::settings::Section;
use portal_core::staff::StaffError;
use portal_web::plain::{Condition, PrivateContent, Settings, Texts, Unfit};
use serde::Deserialize;
use toml::de::{DeTable, DeValue};

/// What can stand in the file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// Domains, by host.
    #[serde(default, rename = "domain")]
    pub(super) domains: Vec<DomainPart>,
    /// Properties, by owner and key.
    #[serde(default, rename = "property")]
    pub(super) properties: Vec<PropertyPart>,
    /// Inboxes, by name.
    #[serde(default, rename = "inbox")]
    pub(super) inboxes: Vec<InboxPart>,
    /// Access groups, by name.
    #[serde(default, rename = "group")]
    pub(super) groups: Vec<GroupPart>,
    /// Portals, by domain and slug.
    #[serde(default, rename = "portal")]
    pub(super) portals: Vec<PortalPart>,
}

/// A domain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DomainPart {
    pub(super) host: String,
    #[serde(default = "english")]
    pub(super) language: String,
    pub(super) private_content: Option<PrivateContent>,
}

fn english() -> String {
    "en".to_owned()
}

/// What has a property.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Owner {
    Contact,
    Company,
    Ticket,
}

/// What values a property has.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Text,
    Number,
    Date,
    Bool,
    Choice,
    Choices,
}

/// A property.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PropertyPart {
    pub(super) of: Owner,
    pub(super) key: String,
    pub(super) label: Texts,
    pub(super) kind: Kind,
    #[serde(default)]
    pub(super) customer_writable: bool,
    #[serde(default)]
    pub(super) shown_to_customers: bool,
}

/// An inbox.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InboxPart {
    pub(super) name: String,
}

/// An access group.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroupPart {
    pub(super) name: String,
    pub(super) criteria: Option<Vec<Vec<Condition>>>,
}

/// A portal.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PortalPart {
    pub(super) domain: String,
    pub(super) slug: String,
    pub(super) publish: Option<bool>,
    pub(super) settings: Settings,
}

impl File {
    /// Reads a file. The error has the line.
    pub(super) fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

/// Why a file was not applied to its end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Wrong {
    /// Something in it.
    #[error("{0}")]
    Unfit(Unfit),
    /// Several things in it.
    #[error("several things do not fit")]
    Several(Vec<Unfit>),
    /// Something else.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Unfit> for Wrong {
    fn from(it: Unfit) -> Self {
        Self::Unfit(it)
    }
}

impl From<StaffError> for Wrong {
    fn from(err: StaffError) -> Self {
        match err {
            StaffError::Store(err) => err.into(),
            StaffError::Refused(refusal) => Self::Unfit(Unfit {
                path: Vec::new(),
                problem: refusal.to_string(),
            }),
        }
    }
}

impl Wrong {
    /// What the core says of a part of the file.
    pub(super) fn problems(path: &[&str], problems: &Problems) -> Self {
        let one = |it: &portal_core::input::Problem| Unfit {
            path: path.iter().map(|it| (*it).to_owned()).chain([it.path()]).collect(),
            problem: it.kind.to_string(),
        };
        Self::Several(problems.list().iter().map(one).collect())
    }

    /// What the core says of the settings of a portal.
    pub(super) fn settings(place: usize, section: Section, problems: &Problems) -> Self {
        let within = |it: Unfit| it.within("settings").within(place.to_string()).within("portal");
        Self::Several(Unfit::all_of(section, problems).into_iter().map(within).collect())
    }

    /// Anything else about a part of the file.
    pub(super) fn at(path: &[&str], problem: impl std::fmt::Display) -> Self {
        Self::Unfit(Unfit {
            path: path.iter().map(|it| (*it).to_owned()).collect(),
            problem: problem.to_string(),
        })
    }
}

/// What is wrong, with the line and key of each.
pub(super) fn located(name: &str, text: &str, wrong: &Wrong) -> String {
    let one = |it: &Unfit| match line_of(text, &it.path) {
        Some(line) => format!("{name}:{line}: {it}"),
        None => format!("{name}: {it}"),
    };
    match wrong {
        Wrong::Unfit(it) => one(it),
        Wrong::Several(them) => them.iter().map(one).collect::<Vec<_>>().join("\n"),
        Wrong::Store(err) => crate::failure::told(err),
    }
}

/// The line where something stands, or what is around it.
fn line_of(text: &str, path: &[String]) -> Option<usize> {
    let root = DeTable::parse(text).ok()?;
    let mut found = None;
    let mut table = Some(root.get_ref());
    let mut array = None;
    for step in path {
        let value = match (table, array) {
            (Some(it), _) => {
                let (key, value) = it.iter().find(|(key, _)| key.get_ref().as_ref() == step)?;
                found = Some(key.span().start);
                value
            }
            (None, Some(it)) => {
                let it: &toml::de::DeArray<'_> = it;
                let value = step.parse().ok().and_then(|place: usize| it.get(place));
                let Some(value) = value else { break };
                found = Some(value.span().start);
                value
            }
            (None, None) => break,
        };
        (table, array) = match value.get_ref() {
            DeValue::Table(it) => (Some(it), None),
            DeValue::Array(it) => (None, Some(it)),
            _ => (None, None),
        };
        if table.is_some_and(toml::map::Map::is_empty) {
            break;
        }
    }
    let before = text.get(..found?)?;
    Some(before.matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "[[inbox]]\nname = \"A\"\n\n[[portal]]\ndomain = \"x\"\nslug = \"y\"\n\n[portal.settings.tickets]\ndefault_inbox = \"B\"\npermission = \"own\"\nhidden_pipelines = [\n  \"one\",\n  \"two\",\n]\n";

    #[test]
    fn what_does_not_fit_has_a_line() {
        let line = |path: &str| {
            let path: Vec<String> = path.split('.').map(str::to_owned).collect();
            line_of(TEXT, &path)
        };
        assert_eq!(line("portal.0.slug"), Some(6));
        assert_eq!(line("portal.0.settings.tickets.default_inbox"), Some(9));
        assert_eq!(line("portal.0.settings.tickets.hidden_pipelines.1"), Some(13));
        assert_eq!(line("inbox.0.name"), Some(2));
        assert_eq!(line("nothing"), None);
    }

    #[test]
    fn an_unknown_key_is_named() {
        let err = File::read(&TEXT.replace("slug", "slog")).unwrap_err().to_string();
        assert!(err.contains("line 6") && err.contains("slog"), "{err}");
    }
}
