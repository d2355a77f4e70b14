use std::collections::BTreeMap;
use std::io::{self, Write};

use portal_core::import::{PlannedPipeline, PropertyDraft, Tally};
use portal_core::property::PropertyOwner;
use portal_core::ticket::Stage;

use super::problem::{Problem, Severity, Sink};
use super::survey::Survey;
use super::target::Target;

/// Writes problems as they are found, and counts them.
pub(super) struct Printer<'a> {
    out: &'a mut dyn Write,
    pub(super) errors: u64,
    pub(super) warnings: u64,
    pub(super) failed: Option<io::Error>,
}

impl<'a> Printer<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Self {
        Self {
            out,
            errors: 0,
            warnings: 0,
            failed: None,
        }
    }
}

impl Sink for Printer<'_> {
    fn take(&mut self, problem: Problem) {
        match problem.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        if let Err(error) = writeln!(self.out, "{problem}") {
            self.failed.get_or_insert(error);
        }
    }
}

/// What there is and what will come of it.
pub(super) fn plan(
    out: &mut dyn Write,
    target: &Target,
    zone: &str,
    survey: &Survey,
    pipelines: &[PlannedPipeline],
) -> io::Result<()> {
    let into = target.portal.as_ref().map_or_else(
        || " (of no portal)".to_owned(),
        |it| format!(" of the portal “{}” (/{})", it.name, it.slug),
    );
    writeln!(
        out,
        "Into the inbox “{}”{into}; dates without zone are in {zone}.",
        target.inbox.name
    )?;
    writeln!(out)?;
    writeln!(out, "  companies {:>9}", survey.companies.len())?;
    writeln!(
        out,
        "  contacts  {:>9}   of whom {} get a sign-in address",
        survey.contacts.len(),
        survey.counts.sign_in
    )?;
    writeln!(out, "  tickets   {:>9}", survey.tickets.len())?;
    writeln!(out, "  messages  {:>9}", survey.counts.messages)?;
    writeln!(out, "  notes     {:>9}", survey.counts.notes)?;
    writeln!(out, "  files     {:>9}", survey.counts.files)?;
    if !pipelines.is_empty() {
        writeln!(out)?;
        writeln!(out, "Pipelines and statuses, and what customers are told:")?;
    }
    for pipeline in pipelines {
        writeln!(
            out,
            "  {}{}",
            pipeline.name,
            if pipeline.id.is_none() { " (new)" } else { "" }
        )?;
        let longest = pipeline
            .statuses
            .iter()
            .map(|it| it.name.as_str().chars().count())
            .max()
            .unwrap_or(0);
        for status in &pipeline.statuses {
            let new = if status.id.is_none() { " (new)" } else { "" };
            let gap = " ".repeat(longest - status.name.as_str().chars().count());
            writeln!(out, "    {}{gap} → {}{new}", status.name, word(status.stage))?;
        }
    }
    properties(out, &survey.properties)
}

fn properties(out: &mut dyn Write, drafts: &[PropertyDraft]) -> io::Result<()> {
    if drafts.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    writeln!(
        out,
        "Unknown columns, kept as properties for staff only until they are chosen for display:"
    )?;
    let mut by_owner: BTreeMap<PropertyOwner, Vec<&str>> = BTreeMap::new();
    for draft in drafts {
        by_owner.entry(draft.owner).or_default().push(&draft.label);
    }
    for (owner, labels) in by_owner {
        let owner = match owner {
            PropertyOwner::Contact => "contacts",
            PropertyOwner::Company => "companies",
            PropertyOwner::Ticket => "tickets",
        };
        writeln!(out, "  {owner}: {}", labels.join(", "))?;
    }
    Ok(())
}

const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Received => "Received",
        Stage::InProgress => "In progress",
        Stage::WaitingOnContact => "Waiting for you",
        Stage::Closed => "Closed",
    }
}

/// What was done.
pub(super) fn done(
    out: &mut dyn Write,
    companies: Tally,
    contacts: Tally,
    staff: u64,
    tickets: Tally,
) -> io::Result<()> {
    writeln!(out)?;
    writeln!(out, "            {:>9} {:>9} {:>9}", "added", "changed", "unchanged")?;
    for (name, tally) in [("companies", companies), ("contacts", contacts), ("tickets", tickets)] {
        writeln!(
            out,
            "  {name:<9} {:>9} {:>9} {:>9}",
            tally.added, tally.changed, tally.unchanged
        )?;
    }
    for (name, added) in [
        ("messages", tickets.messages),
        ("notes", tickets.notes),
        ("files", tickets.files),
        ("staff", staff),
    ] {
        writeln!(out, "  {name:<9} {added:>9}")?;
    }
    Ok(())
}

/// The last line.
pub(super) fn verdict(out: &mut dyn Write, errors: u64, warnings: u64, dry_run: bool) -> io::Result<()> {
    let count = |number: u64, thing: &str| format!("{number} {thing}{}", if number == 1 { "" } else { "s" });
    writeln!(out)?;
    write!(out, "{}, {}", count(errors, "error"), count(warnings, "warning"))?;
    if errors > 0 {
        write!(out, ": what an error names will be missing")?;
    }
    writeln!(out, ".{}", if dry_run { " Nothing was written." } else { "" })
}
