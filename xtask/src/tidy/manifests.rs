//! The manifests of the members: everything is said once, in the root.

use toml::{Table, Value};

use super::Finding;
use super::workspace::{File, Workspace};

/// Every member opts in to the workspace's lints.
pub(crate) fn lints_are_opted_in(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, manifest) in members(workspace) {
        if !inherits(manifest.get("lints")) {
            findings.push(Finding::error(&file.path, "lacks `[lints] workspace = true`"));
        }
    }
    findings
}

/// Versions, edition and licence are inherited.
pub(crate) fn versions_come_from_the_workspace(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (file, manifest) in members(workspace) {
        let package = manifest.get("package").and_then(Value::as_table);
        for key in ["version", "edition", "rust-version", "license"] {
            if !inherits(package.and_then(|it| it.get(key))) {
                findings.push(Finding::error(
                    &file.path,
                    format!("`{key}` is not `{key}.workspace = true`"),
                ));
            }
        }
        for (name, value) in dependencies(&manifest) {
            if !inherits(Some(value)) {
                let message = format!("`{name}` is not `workspace = true`: versions stand in the root Cargo.toml");
                findings.push(Finding::error(&file.path, message));
            }
        }
    }
    findings
}

fn members(workspace: &Workspace) -> impl Iterator<Item = (&File, Table)> {
    let manifests = workspace.files.iter().filter(|it| it.path.ends_with("/Cargo.toml"));
    manifests.filter_map(|it| Some((it, it.text.parse::<Table>().ok()?)))
}

fn inherits(value: Option<&Value>) -> bool {
    value.and_then(|it| it.get("workspace")).and_then(Value::as_bool) == Some(true)
}

fn dependencies(manifest: &Table) -> Vec<(&String, &Value)> {
    let tables = ["dependencies", "dev-dependencies", "build-dependencies"];
    let targets = manifest
        .get("target")
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::values);
    let holders = std::iter::once(manifest).chain(targets.filter_map(Value::as_table));
    holders
        .flat_map(|holder| tables.iter().filter_map(|it| holder.get(*it)?.as_table()))
        .flatten()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::Rules;

    const GOOD: &str = "[package]\nname = 'a'\nversion.workspace = true\nedition.workspace = true\n\
                        rust-version.workspace = true\nlicense.workspace = true\n[lints]\nworkspace = true\n\
                        [dependencies]\nserde.workspace = true\n";

    fn findings(manifest: &str) -> Vec<Finding> {
        let workspace = Workspace::with_files(&[("crates/a/Cargo.toml", manifest)], Rules::default());
        let mut all = lints_are_opted_in(&workspace);
        all.extend(versions_come_from_the_workspace(&workspace));
        all
    }

    #[test]
    fn a_good_manifest_passes() {
        assert_eq!(findings(GOOD), []);
    }

    #[test]
    fn each_defect_is_found() {
        assert_eq!(findings(&GOOD.replace("[lints]\nworkspace = true", "")).len(), 1);
        assert_eq!(
            findings(&GOOD.replace("edition.workspace = true", "edition = '2024'")).len(),
            1
        );
        assert_eq!(
            findings(&GOOD.replace("serde.workspace = true", "serde = '1'")).len(),
            1
        );
        let target = format!("{GOOD}[target.'cfg(unix)'.dev-dependencies]\nlibc = '1'\n");
        assert_eq!(findings(&target).len(), 1);
    }
}
