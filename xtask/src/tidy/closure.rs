//! The core stays small: its whole dependency closure is an allow-list.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Finding;
use super::workspace::Workspace;
use crate::tool;

const CORE: &str = "portal-core";

/// Asks cargo, with the features that the core alone turns on: other members add some to the same crates.
pub(crate) fn of_the_core() -> Result<Vec<String>> {
    let arguments = [
        "tree",
        "--locked",
        "--package",
        CORE,
        "--edges",
        "normal,build",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let tree = tool::output(&mut tool::cargo(arguments))?;
    let names: BTreeSet<_> = tree.lines().filter_map(|it| it.split(' ').next()).collect();
    Ok(names
        .into_iter()
        .filter(|it| !it.is_empty() && *it != CORE)
        .map(str::to_owned)
        .collect())
}

/// Both ways: nothing more than the list, and nothing on the list that is gone.
pub(crate) fn core_closure_is_allowed(workspace: &Workspace) -> Vec<Finding> {
    let there: BTreeSet<_> = workspace.core_closure.iter().collect();
    let allowed: BTreeSet<_> = workspace.rules.core_closure.iter().collect();
    let more = there
        .difference(&allowed)
        .map(|it| format!("the core may not depend on `{it}`, not even indirectly"));
    let gone = allowed
        .difference(&there)
        .map(|it| format!("`{it}` is no longer in the core's closure: take it out"));
    more.chain(gone)
        .map(|it| Finding::error("xtask/tidy.toml: core_closure", it))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::Rules;

    #[test]
    fn a_crate_too_many_and_one_too_few_are_found() {
        let rules = Rules {
            core_closure: vec!["uuid".into(), "gone".into()],
            ..Rules::default()
        };
        let mut workspace = Workspace::with_files(&[], rules);
        workspace.core_closure = vec!["tokio".into(), "uuid".into()];
        let found = core_closure_is_allowed(&workspace);
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].message.contains("`tokio`"));
        assert!(found[1].message.contains("`gone`"));
    }
}
