//! Only licences that the project can ship under.

use spdx::{Expression, ParseMode};

use super::Finding;
use super::workspace::Workspace;

/// Every package's expression is satisfied by the allowed licences alone.
pub(crate) fn licences_are_allowed(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in workspace.packages.iter().filter(|it| !it.member) {
        let licence = package.licence.as_deref().unwrap_or("none");
        if !is_allowed(licence, &workspace.rules.licences) {
            findings.push(Finding::error(
                "Cargo.lock",
                format!("`{}` has the licence `{licence}`", package.name),
            ));
        }
    }
    findings
}

fn is_allowed(licence: &str, allowed: &[String]) -> bool {
    let Ok(expression) = Expression::parse_mode(licence, ParseMode::LAX) else {
        return false;
    };
    expression.evaluate(|requirement| allowed.contains(&requirement.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_understood() {
        let allowed = vec!["MIT".to_owned(), "Unicode-3.0".to_owned()];
        for good in [
            "MIT",
            "MIT/GPL-3.0",
            "GPL-3.0-only OR MIT",
            "(MIT OR GPL-3.0-only) AND Unicode-3.0",
        ] {
            assert!(is_allowed(good, &allowed), "{good}");
        }
        for bad in ["GPL-3.0-only", "MIT AND GPL-3.0-only", "none", ""] {
            assert!(!is_allowed(bad, &allowed), "{bad}");
        }
    }
}
