//! What the checks look at: the files that git knows or would know, and what cargo says of the packages.

use std::collections::BTreeMap;
use std::process::Command;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::source::code_only;
use crate::tool;

/// The repository as data.
pub(crate) struct Workspace {
    pub(crate) files: Vec<File>,
    pub(crate) packages: Vec<Package>,
    /// The dependency closure of the core, `None` in made-up workspaces that do not look at it.
    pub(crate) core_closure: Vec<String>,
    pub(crate) rules: Rules,
}

/// A text file.
pub(crate) struct File {
    /// From the root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// For Rust: comments and the contents of literals blanked, lines kept. Else the text.
    pub(crate) code: String,
    /// For Rust: only comments blanked. Else the text.
    pub(crate) uncommented: String,
}

impl File {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let (path, text) = (path.into(), text.into());
        let rust = is_rust(&path);
        let code = if rust { code_only(&text, false) } else { text.clone() };
        let uncommented = if rust { code_only(&text, true) } else { text.clone() };
        Self {
            path,
            text,
            code,
            uncommented,
        }
    }

    pub(crate) fn is_rust(&self) -> bool {
        is_rust(&self.path)
    }

    /// The place of a byte offset, as `path:line`.
    pub(crate) fn place(&self, offset: usize) -> String {
        let before = self.text.as_bytes().get(..offset).unwrap_or_default();
        let line = before.split(|it| *it == b'\n').count();
        format!("{}:{line}", self.path)
    }
}

fn is_rust(path: &str) -> bool {
    path.rsplit('.').next() == Some("rs")
}

/// What cargo says of a package, ours or another's.
#[derive(Clone, Debug, Default)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) licence: Option<String>,
    /// Where it comes from; `None` for a path.
    pub(crate) source: Option<String>,
    /// Whether it is a member of the workspace.
    pub(crate) member: bool,
    /// Names of the direct dependencies that are not for tests only.
    pub(crate) dependencies: Vec<String>,
}

/// `xtask/tidy.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rules {
    /// Crates that may be in the core's closure.
    pub(crate) core_closure: Vec<String>,
    /// Framework (a name, or a prefix with `*`) → the members that may depend on it.
    pub(crate) wrappers: BTreeMap<String, Vec<String>>,
    /// Member → what it must not depend on directly.
    pub(crate) layers: BTreeMap<String, Vec<String>>,
    /// Names (or prefixes with `*`) that must not be in the tree at all.
    pub(crate) banned: Vec<String>,
    /// Crates of which the tree holds one version.
    pub(crate) one_version: Vec<String>,
    pub(crate) licences: Vec<String>,
    /// Folders and files of use-cases that customers run.
    pub(crate) customer_use_cases: Vec<String>,
    /// Type names that those must not mention.
    pub(crate) staff_types: Vec<String>,
    /// Folders that hold use-cases of any kind.
    pub(crate) use_cases: Vec<String>,
    /// What must not be awaited between `begin(Access::Write)` and `commit`.
    pub(crate) gateways: Vec<String>,
    /// Who may name the table `ticket_access`.
    pub(crate) access_table: Vec<String>,
    /// Files in which a wait for another process is polled.
    pub(crate) may_sleep: Vec<String>,
}

impl Workspace {
    /// Reads the real one.
    pub(crate) fn load() -> Result<Self> {
        let root = tool::root();
        let rules = std::fs::read_to_string(root.join("xtask/tidy.toml")).context("xtask/tidy.toml")?;
        let rules = toml::from_str(&rules).context("xtask/tidy.toml")?;
        Ok(Self {
            files: files()?,
            packages: packages()?,
            core_closure: super::closure::of_the_core()?,
            rules,
        })
    }

    /// A made-up one, for planting defects.
    #[cfg(test)]
    pub(crate) fn with_files(files: &[(&str, &str)], rules: Rules) -> Self {
        let files = files.iter().map(|(path, text)| File::new(*path, *text)).collect();
        Self {
            files,
            packages: Vec::new(),
            core_closure: Vec::new(),
            rules,
        }
    }

    pub(crate) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|it| it.path == path)
    }

    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|it| it.is_rust())
    }
}

/// Whether a path is one of these files or lies in one of these folders.
pub(crate) fn is_in(path: &str, places: &[String]) -> bool {
    places.iter().any(|place| {
        path == place
            || path
                .strip_prefix(place.trim_end_matches('/'))
                .is_some_and(|it| it.starts_with('/'))
    })
}

/// Whether a name is a pattern, or begins with it if the pattern ends in `*`.
pub(crate) fn matches(name: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == pattern,
    }
}

fn files() -> Result<Vec<File>> {
    let root = tool::root();
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(&root);
    let list = tool::output(&mut git)?;
    let mut files = Vec::new();
    for path in list.split('\0').filter(|it| !it.is_empty()) {
        // Deleted but not yet committed, a link, or no text: nothing to check.
        if let Ok(text) = std::fs::read_to_string(root.join(path)) {
            files.push(File::new(path, text));
        }
    }
    Ok(files)
}

fn packages() -> Result<Vec<Package>> {
    let metadata = cargo_metadata::MetadataCommand::new()
        .current_dir(tool::root())
        .other_options(["--locked".to_owned()])
        .exec()
        .context("cargo metadata failed")?;
    let packages = metadata.packages.iter().map(|it| Package {
        name: it.name.to_string(),
        version: it.version.to_string(),
        licence: it.license.clone(),
        source: it.source.as_ref().map(|it| it.repr.clone()),
        member: metadata.workspace_members.contains(&it.id),
        dependencies: it
            .dependencies
            .iter()
            .filter(|it| it.kind != cargo_metadata::DependencyKind::Development)
            .map(|it| it.name.clone())
            .collect(),
    });
    Ok(packages.collect())
}
