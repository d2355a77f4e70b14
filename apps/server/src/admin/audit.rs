//! `portal audit`: whether anybody has tampered with the audit.

use portal_core::audit::{Seal, SealFaultKind, SealVerdict};
use portal_core::staff::StaffActor;
use serde_json::json;

use crate::failure::Failure;
use crate::output::Output;
use crate::wiring::Wired;

/// What to do about the audit.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum AuditCommand {
    /// Look through all seals: was anything changed, left out, added, or put into another order?
    ///
    /// Ends with code 1 if so. Note the newest seal down elsewhere, and give it next time: then it also shows that nothing was
    /// cut off at the end.
    #[command(
        after_help = "Example:\n  portal audit verify\n  portal audit verify --expect 4711:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    )]
    Verify {
        /// A seal that was noted down: number and link
        #[arg(long, value_name = "NUMBER:LINK")]
        expect: Option<String>,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// Does it; says whether everything is fine.
///
/// # Errors
/// If the audit cannot be read.
pub async fn run(wired: &Wired, command: &AuditCommand) -> Result<bool, Failure> {
    let AuditCommand::Verify { expect, json } = command;
    let expected = match expect {
        None => None,
        Some(text) => {
            let wrong = || {
                Failure::wrong(format!(
                    "`{text}` is no seal like 4711:9f86…; `portal audit verify` prints one"
                ))
            };
            Some(noted(text).ok_or_else(wrong)?)
        }
    };
    wired.portal.seal_audit().await.map_err(failure)?;
    let verdict = wired
        .portal
        .verify_audit(&StaffActor::command_line(), expected)
        .await
        .map_err(failure)?;
    let mut lines = vec![format!("{} entries under {} seals", verdict.entries, verdict.seals)];
    if verdict.forgotten > 0 {
        lines.push(format!(
            "{} of them were emptied when somebody was erased",
            verdict.forgotten
        ));
    }
    if let Some(seal) = &verdict.newest {
        lines.push(format!("the newest seal is {}", named(seal)));
    }
    for fault in &verdict.faults {
        lines.push(format!("seal {}: {}", fault.seal, word(fault.kind)));
    }
    lines.push(
        if verdict.is_fine() {
            "nothing was tampered with"
        } else {
            "somebody tampered with the audit"
        }
        .to_owned(),
    );
    Output::new(*json).data(&lines.join("\n"), &document(&verdict))?;
    Ok(verdict.is_fine())
}

fn document(verdict: &SealVerdict) -> serde_json::Value {
    let faults: Vec<_> = verdict
        .faults
        .iter()
        .map(|it| json!({ "seal": it.seal, "fault": word(it.kind) }))
        .collect();
    json!({
        "fine": verdict.is_fine(),
        "seals": verdict.seals,
        "entries": verdict.entries,
        "forgotten": verdict.forgotten,
        "newest": verdict.newest.as_ref().map(named),
        "faults": faults,
    })
}

const fn word(kind: SealFaultKind) -> &'static str {
    match kind {
        SealFaultKind::Missing => "a seal is missing before it",
        SealFaultKind::Broken => "it does not fit its entries, or the seal before",
        SealFaultKind::Changed => "an entry says something else than when it was sealed",
        SealFaultKind::Unexpected => "it is not there, or not the one that was noted down",
    }
}

/// `4711:9f86…`
fn named(seal: &Seal) -> String {
    let link = seal
        .link
        .iter()
        .fold(String::new(), |text, it| format!("{text}{it:02x}"));
    format!("{}:{link}", seal.number)
}

fn noted(text: &str) -> Option<(i64, [u8; 32])> {
    let (number, link) = text.split_once(':')?;
    if link.len() != 64 || !link.bytes().all(|it| it.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, digits) in bytes.iter_mut().zip(link.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some((number.parse().ok()?, bytes))
}

fn failure(error: portal_core::audit::SealError) -> Failure {
    match error {
        portal_core::audit::SealError::Store(error) => error.into(),
        other => Failure::wrong(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_that_was_printed_is_read() {
        let seal = Seal {
            number: 12,
            at: portal_core::time::Timestamp::from_micros(0),
            entries: 1,
            link: [0xa7; 32],
        };
        assert_eq!(noted(&named(&seal)), Some((12, [0xa7; 32])));
        for wrong in ["", "12", "12:", "x:00", "12:zz"] {
            assert_eq!(noted(wrong), None, "{wrong}");
        }
    }
}
