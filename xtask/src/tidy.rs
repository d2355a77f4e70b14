//! `cargo xtask tidy`: the rules of this repository that no compiler checks.
//!
//! Each check is a pure function from the [`Workspace`] to findings, so each is tested by planting the defect in a small
//! made-up workspace. The last test here runs all of them on the real one. `xtask/tidy.toml` holds the lists.

use anyhow::{Result, bail};

mod closure;
mod core_rules;
mod dependencies;
mod documents;
mod licences;
mod manifests;
mod source;
mod workspace;

use workspace::Workspace;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Print the core's dependency closure as the allow-list has it.
    #[arg(long)]
    closure: bool,
}

/// Something that a check dislikes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    place: String,
    message: String,
    /// A warning is printed and fails nothing.
    warning: bool,
}

impl Finding {
    fn error(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
            warning: false,
        }
    }

    fn warning(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            message: message.into(),
            warning: true,
        }
    }
}

type Check = fn(&Workspace) -> Vec<Finding>;

const CHECKS: &[Check] = &[
    closure::core_closure_is_allowed,
    dependencies::only_named_crates_use_frameworks,
    dependencies::crates_keep_to_their_layer,
    dependencies::nothing_banned_is_in_the_tree,
    dependencies::chosen_crates_have_one_version,
    dependencies::sources_are_the_registry,
    licences::licences_are_allowed,
    manifests::lints_are_opted_in,
    manifests::versions_come_from_the_workspace,
    source::no_mod_rs,
    source::no_forbidden_words,
    source::no_sleep_in_tests,
    source::files_are_short,
    core_rules::customer_use_cases_name_no_staff_types,
    core_rules::one_place_names_the_access_table,
    core_rules::no_gateway_is_awaited_inside_a_write,
    documents::architecture_is_short,
    documents::commands_exist,
    documents::links_lead_somewhere,
];

pub(crate) fn run(args: &Args) -> Result<()> {
    if args.closure {
        for it in closure::of_the_core()? {
            println!("{it}");
        }
        return Ok(());
    }
    check_and_print()
}

/// Runs every check on the real workspace and prints the findings; an error if one is no warning.
pub(crate) fn check_and_print() -> Result<()> {
    let findings = check(&Workspace::load()?);
    for it in &findings {
        println!(
            "{}{}: {}",
            if it.warning { "warning: " } else { "" },
            it.place,
            it.message
        );
    }
    let errors = findings.iter().filter(|it| !it.warning).count();
    if errors > 0 {
        bail!("{errors} findings");
    }
    Ok(())
}

fn check(workspace: &Workspace) -> Vec<Finding> {
    CHECKS.iter().flat_map(|check| check(workspace)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_workspace_is_tidy() {
        let mut findings = check(&Workspace::load().unwrap());
        findings.retain(|it| !it.warning);
        assert_eq!(findings, []);
    }
}
