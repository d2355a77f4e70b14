//! `cargo xtask codegen`: what is generated from the program and checked in, in `docs/generated`.
//!
//! To add a file, add a line to [`GENERATED`].

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::test;
use crate::tool;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Compare only; an error if a file is stale.
    #[arg(long)]
    check: bool,
}

/// One generated file.
struct Generated {
    path: &'static str,
    source: Source,
}

/// Where its text comes from.
enum Source {
    /// What `portal` prints with these arguments.
    Portal(&'static [&'static str]),
    /// A reviewed text file, shown as a code block below an introduction.
    Quoted {
        file: &'static str,
        introduction: &'static str,
    },
}

const GENERATED: &[Generated] = &[
    Generated {
        path: "docs/generated/openapi.json",
        source: Source::Portal(&["openapi"]),
    },
    Generated {
        path: "docs/generated/config-reference.md",
        source: Source::Portal(&["check-config", "--reference"]),
    },
    Generated {
        path: "docs/generated/access-matrix.md",
        source: Source::Quoted {
            file: "crates/portal-core/tests/access_matrix.txt",
            introduction: "# Who may do what\n\nEvery kind of person, action and relation to a ticket. A test compares \
                           this table with the rule; a change of it is a change of who may see or do what.\n",
        },
    },
];

pub(crate) fn run(args: &Args) -> Result<()> {
    tool::succeed(&mut test::build())?;
    let portal = tool::portal_program()?;
    if args.check { check(&portal) } else { write(&portal) }
}

fn write(portal: &Path) -> Result<()> {
    for it in GENERATED {
        let text = it.text(portal)?;
        let path = tool::root().join(it.path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, text).with_context(|| format!("`{}` could not be written", it.path))?;
        println!("wrote {}", it.path);
    }
    Ok(())
}

/// Compares every generated file with what the program makes of it now.
pub(crate) fn check(portal: &Path) -> Result<()> {
    let mut stale = Vec::new();
    for it in GENERATED {
        let there = std::fs::read_to_string(tool::root().join(it.path)).unwrap_or_default();
        if there != it.text(portal)? {
            stale.push(it.path);
        }
    }
    if !stale.is_empty() {
        bail!("stale: {}; run `cargo xtask codegen`", stale.join(", "));
    }
    Ok(())
}

impl Generated {
    fn text(&self, portal: &Path) -> Result<String> {
        let text = match self.source {
            Source::Portal(arguments) => tool::output(Command::new(portal).args(arguments))?,
            Source::Quoted { file, introduction } => {
                let quoted = std::fs::read_to_string(tool::root().join(file))
                    .with_context(|| format!("`{file}` could not be read"))?;
                format!("{introduction}\n```text\n{}\n```", quoted.trim_end())
            }
        };
        Ok(format!("{}\n", text.trim_end()))
    }
}
