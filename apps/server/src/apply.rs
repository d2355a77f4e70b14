//! `portal apply`: the whole set-up from a file, by the same use-cases as the pages and the API.
//!
//! What the file names is made as it says; what it does not name stays as it is. Applying it again changes nothing.
//! `file` says what can stand there, and finds the line of what does not fit.

mod change;
mod file;
mod portals;
mod things;

use std::path::PathBuf;

use portal_core::staff::StaffActor;

use self::change::Changes;
use self::file::File;
use crate::failure::Failure;
use crate::output::{Output, say};
use crate::wiring::Wired;

/// A file to be applied.
#[derive(Clone, Debug, clap::Args)]
pub struct ApplyArgs {
    /// The file; docs/reference/apply.md says what can stand in it
    pub file: PathBuf,
    /// Only show what would change
    #[arg(long)]
    pub dry_run: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Does it.
///
/// # Errors
/// Names the key and the line of what does not fit. What was changed before it stays changed.
pub async fn run(wired: &Wired, args: &ApplyArgs) -> Result<(), Failure> {
    let name = args.file.display().to_string();
    let text =
        std::fs::read_to_string(&args.file).map_err(|it| Failure::wrong(format!("`{name}` cannot be read: {it}")))?;
    let file = File::read(&text).map_err(|it| Failure::wrong(format!("{name}: {it}")))?;
    let applying = Applying {
        wired,
        actor: StaffActor::command_line(),
        dry_run: args.dry_run,
    };
    let mut changes = Changes::default();
    let done = applying.all(&file, &mut changes).await;
    if args.json || !changes.is_empty() {
        Output::new(args.json).data(&changes.text(), &changes.json(args.dry_run))?;
    }
    done.map_err(|it| Failure::wrong(file::located(&name, &text, &it)))?;
    say(&match (changes.is_empty(), args.dry_run) {
        (true, _) => "Everything is as the file says.".to_owned(),
        (false, true) => "Nothing was changed: this is what would be.".to_owned(),
        (false, false) => "Done.".to_owned(),
    });
    Ok(())
}

/// A file on its way.
pub(crate) struct Applying<'a> {
    wired: &'a Wired,
    actor: StaffActor,
    dry_run: bool,
}

impl Applying<'_> {
    async fn all(&self, file: &File, changes: &mut Changes) -> Result<(), file::Wrong> {
        self.domains(file, changes).await?;
        self.properties(file, changes).await?;
        self.inboxes(file, changes).await?;
        self.groups(file, changes).await?;
        self.portals(file, changes).await
    }
}
