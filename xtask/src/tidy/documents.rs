//! Documents stay short and true.

use super::Finding;
use super::workspace::{File, Workspace};

/// Nobody reads a long one.
const ARCHITECTURE_LINES: usize = 300;

/// The page that gives a newcomer the bird's-eye view.
pub(crate) fn architecture_is_short(workspace: &Workspace) -> Vec<Finding> {
    let lines = workspace
        .file("ARCHITECTURE.md")
        .map_or(0, |it| it.text.lines().count());
    if lines > ARCHITECTURE_LINES {
        return vec![Finding::error(
            "ARCHITECTURE.md",
            format!("{lines} lines, at most {ARCHITECTURE_LINES}"),
        )];
    }
    Vec::new()
}

/// Every `cargo xtask …` and `cargo run -p …` that a document names is there.
pub(crate) fn commands_exist(workspace: &Workspace) -> Vec<Finding> {
    let tasks = crate::task_names();
    let mut findings = Vec::new();
    for file in documents(workspace) {
        for (offset, _) in file.text.match_indices("cargo xtask ") {
            let task = word_at(&file.text, offset + "cargo xtask ".len());
            if !task.is_empty() && task != "help" && !tasks.iter().any(|it| it == task) {
                findings.push(Finding::error(
                    file.place(offset),
                    format!("there is no `cargo xtask {task}`"),
                ));
            }
        }
        for (offset, _) in file.text.match_indices("cargo ") {
            let line = file
                .text
                .get(offset..)
                .and_then(|it| it.lines().next())
                .unwrap_or_default();
            let line = line.split(['`', '#']).next().unwrap_or_default();
            let words: Vec<_> = line.split_whitespace().take_while(|it| *it != "--").collect();
            for pair in words.windows(2) {
                if let [flag, name] = pair
                    && matches!(*flag, "-p" | "--package")
                    && !is_member(workspace, name)
                {
                    findings.push(Finding::error(
                        file.place(offset),
                        format!("there is no package `{name}`"),
                    ));
                }
            }
        }
    }
    findings
}

/// Links to files of the repository lead to a file or folder.
pub(crate) fn links_lead_somewhere(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in documents(workspace) {
        for (offset, _) in file.text.match_indices("](") {
            let rest = file.text.get(offset + 2..).unwrap_or_default();
            let target = rest.split([')', ' ', '#']).next().unwrap_or_default();
            if target.is_empty() || target.contains(':') {
                continue;
            }
            let path = resolve(&file.path, target);
            let folder = format!("{}/", path.trim_end_matches('/'));
            // Pictures are no text, so the list of files does not hold them.
            let there = workspace
                .files
                .iter()
                .any(|it| it.path == path || it.path.starts_with(&folder))
                || crate::tool::root().join(&path).exists();
            if !there {
                findings.push(Finding::error(
                    file.place(offset),
                    format!("the link to `{target}` leads nowhere"),
                ));
            }
        }
    }
    findings
}

fn documents(workspace: &Workspace) -> impl Iterator<Item = &File> {
    workspace
        .files
        .iter()
        .filter(|it| it.path.rsplit('.').next() == Some("md"))
}

fn is_member(workspace: &Workspace, name: &str) -> bool {
    workspace.packages.iter().any(|it| it.member && it.name == name)
}

fn word_at(text: &str, offset: usize) -> &str {
    let rest = text.get(offset..).unwrap_or_default();
    let end = rest
        .find(|it: char| !(it.is_ascii_alphanumeric() || it == '-'))
        .unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

/// A relative link, seen from the folder of the document.
fn resolve(document: &str, target: &str) -> String {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::{Package, Rules};

    fn workspace(text: &str) -> Workspace {
        let files = [("docs/a.md", text), ("docs/b.md", ""), ("src/main.rs", "")];
        let mut workspace = Workspace::with_files(&files, Rules::default());
        workspace.packages = vec![Package {
            name: "portal-server".into(),
            member: true,
            ..Package::default()
        }];
        workspace
    }

    #[test]
    fn commands_that_are_gone_are_found() {
        let text = "`cargo xtask ci --full`, `cargo xtask nothing`\ncargo run -p portal-server -- demo -p x\ncargo run -p gone";
        let found = commands_exist(&workspace(text));
        let messages: Vec<_> = found.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(
            messages,
            ["there is no `cargo xtask nothing`", "there is no package `gone`"]
        );
    }

    #[test]
    fn dead_links_are_found() {
        let text =
            "[b](b.md) [c](b.md#part) [up](../src/main.rs) [dir](../src) [web](https://example.com) [x](gone.md)";
        let found = links_lead_somewhere(&workspace(text));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].message.contains("gone.md"));
    }

    #[test]
    fn a_long_architecture_page_is_found() {
        let text = "x\n".repeat(ARCHITECTURE_LINES + 1);
        let workspace = Workspace::with_files(&[("ARCHITECTURE.md", &text)], Rules::default());
        assert_eq!(architecture_is_short(&workspace).len(), 1);
    }
}
