//! Who may depend on what.

use std::collections::BTreeMap;

use super::Finding;
use super::workspace::{Workspace, matches};

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// A framework has the few direct dependants that the rules name.
pub(crate) fn only_named_crates_use_frameworks(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in workspace.packages.iter().filter(|it| it.member) {
        for dependency in &member.dependencies {
            for (framework, users) in &workspace.rules.wrappers {
                if matches(dependency, framework) && !users.contains(&member.name) {
                    findings.push(Finding::error(
                        &member.name,
                        format!("may not depend on `{dependency}`: only {} may", users.join(", ")),
                    ));
                }
            }
        }
    }
    findings
}

/// A member does not depend on what its layer must not know.
pub(crate) fn crates_keep_to_their_layer(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, forbidden) in &workspace.rules.layers {
        let Some(member) = workspace.packages.iter().find(|it| it.member && it.name == *name) else {
            findings.push(Finding::error(
                "xtask/tidy.toml: layers",
                format!("there is no member `{name}`"),
            ));
            continue;
        };
        for dependency in &member.dependencies {
            // A list that begins with `only` names what is allowed instead.
            let bad = match forbidden.split_first() {
                Some((first, allowed)) if first == "only" => !allowed.iter().any(|it| matches(dependency, it)),
                _ => forbidden.iter().any(|it| matches(dependency, it)),
            };
            if bad {
                findings.push(Finding::error(
                    name,
                    format!("may not depend on `{dependency}` in its layer"),
                ));
            }
        }
    }
    findings
}

/// Nowhere in the tree, for any target, tests included.
pub(crate) fn nothing_banned_is_in_the_tree(workspace: &Workspace) -> Vec<Finding> {
    let banned = |name: &str| workspace.rules.banned.iter().any(|it| matches(name, it));
    let found = workspace.packages.iter().filter(|it| banned(&it.name));
    found
        .map(|it| {
            let message = format!("`{}` is banned; see who wants it: `cargo tree -i {}`", it.name, it.name);
            Finding::error("Cargo.lock", message)
        })
        .collect()
}

/// Two versions of these cost build time, or split a type in two.
pub(crate) fn chosen_crates_have_one_version(workspace: &Workspace) -> Vec<Finding> {
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for it in &workspace.packages {
        versions.entry(&it.name).or_default().push(&it.version);
    }
    let mut findings = Vec::new();
    for name in &workspace.rules.one_version {
        if let Some(versions) = versions.get(name.as_str())
            && versions.len() > 1
        {
            findings.push(Finding::error(
                "Cargo.lock",
                format!("`{name}` is there as {}", versions.join(" and ")),
            ));
        }
    }
    findings
}

/// No git dependency, no other registry, no path outside of the workspace.
pub(crate) fn sources_are_the_registry(workspace: &Workspace) -> Vec<Finding> {
    let strange = workspace
        .packages
        .iter()
        .filter(|it| !it.member && it.source.as_deref() != Some(REGISTRY));
    strange
        .map(|it| {
            Finding::error(
                "Cargo.lock",
                format!("`{}` comes from {:?}, not from crates.io", it.name, it.source),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::{Package, Rules};

    fn member(name: &str, dependencies: &[&str]) -> Package {
        let dependencies = dependencies.iter().map(|it| (*it).to_owned()).collect();
        Package {
            name: name.into(),
            member: true,
            dependencies,
            ..Package::default()
        }
    }

    fn foreign(name: &str, version: &str) -> Package {
        let source = Some(REGISTRY.to_owned());
        Package {
            name: name.into(),
            version: version.into(),
            source,
            ..Package::default()
        }
    }

    fn workspace(packages: Vec<Package>, rules: &str) -> Workspace {
        let mut all: toml::Table = toml::from_str(
            "core_closure = []\nbanned = []\none_version = []\nlicences = []\ncustomer_use_cases = []\n\
             staff_types = []\nuse_cases = []\ngateways = []\naccess_table = []\nmay_sleep = []\n\
             wrappers = {}\nlayers = {}",
        )
        .unwrap();
        all.extend(toml::from_str::<toml::Table>(rules).unwrap());
        let rules: Rules = toml::Value::Table(all).try_into().unwrap();
        let mut workspace = Workspace::with_files(&[], rules);
        workspace.packages = packages;
        workspace
    }

    #[test]
    fn a_framework_in_the_wrong_crate_is_found() {
        let rules = "wrappers = { 'sea-orm*' = ['portal-adapters'] }";
        let good = member("portal-adapters", &["sea-orm-migration"]);
        let bad = member("portal-web", &["sea-orm"]);
        let found = only_named_crates_use_frameworks(&workspace(vec![good, bad], rules));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].place, "portal-web");
    }

    #[test]
    fn a_crate_that_leaves_its_layer_is_found() {
        let rules = "layers = { web = ['adapters'], wire = ['only', 'serde'] }";
        let good = vec![member("web", &["core"]), member("wire", &["serde"])];
        assert_eq!(crates_keep_to_their_layer(&workspace(good, rules)), []);
        let bad = vec![member("web", &["adapters"]), member("wire", &["tokio"])];
        assert_eq!(crates_keep_to_their_layer(&workspace(bad, rules)).len(), 2);
    }

    #[test]
    fn a_banned_crate_is_found() {
        let rules = "banned = ['aws-lc*', 'openssl-sys']";
        let packages = vec![
            foreign("aws-lc-rs", "1.0.0"),
            foreign("openssl-sys", "0.9.0"),
            foreign("ring", "0.17.0"),
        ];
        assert_eq!(nothing_banned_is_in_the_tree(&workspace(packages, rules)).len(), 2);
    }

    #[test]
    fn two_versions_are_found() {
        let packages = vec![
            foreign("poem", "3.0.0"),
            foreign("poem", "2.0.0"),
            foreign("syn", "1.0.0"),
        ];
        let found = chosen_crates_have_one_version(&workspace(packages, "one_version = ['poem', 'syn']"));
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn a_git_dependency_is_found() {
        let mut package = foreign("poem", "3.0.0");
        package.source = Some("git+https://example.com/poem".into());
        assert_eq!(sources_are_the_registry(&workspace(vec![package], "")).len(), 1);
    }
}
