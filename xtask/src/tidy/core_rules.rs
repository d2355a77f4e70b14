//! Rules of who sees what that types alone do not hold.

use super::Finding;
use super::workspace::{Workspace, is_in};

/// A customer's use-case cannot read as staff or system if it cannot name the types that do.
pub(crate) fn customer_use_cases_name_no_staff_types(workspace: &Workspace) -> Vec<Finding> {
    let rules = &workspace.rules;
    let mut findings = Vec::new();
    for place in &rules.customer_use_cases {
        let mut files = workspace
            .rust()
            .filter(|it| is_in(&it.path, std::slice::from_ref(place)))
            .peekable();
        if files.peek().is_none() {
            findings.push(Finding::error(
                "xtask/tidy.toml: customer_use_cases",
                format!("`{place}` is not there"),
            ));
        }
        for file in files {
            for name in &rules.staff_types {
                for offset in whole_words(&file.code, name) {
                    let message = format!("a customer's use-case may not name `{name}`");
                    findings.push(Finding::error(file.place(offset), message));
                }
            }
        }
    }
    findings
}

/// A scope becomes SQL in one file; the schema files say what the table is.
pub(crate) fn one_place_names_the_access_table(workspace: &Workspace) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in workspace.rust() {
        // Tools and tests may look at the table; what they see is not shown to anyone.
        let product = file.path.starts_with("crates/") || file.path.starts_with("apps/");
        if !product || file.path.contains("/tests/") || is_in(&file.path, &workspace.rules.access_table) {
            continue;
        }
        for name in ["ticket_access", "TicketAccess"] {
            for offset in whole_words(&file.uncommented, name) {
                let message = format!("`{name}` belongs to {}", workspace.rules.access_table.join(", "));
                findings.push(Finding::error(file.place(offset), message));
            }
        }
    }
    findings
}

/// A unit of work that waits for something else holds its locks meanwhile.
pub(crate) fn no_gateway_is_awaited_inside_a_write(workspace: &Workspace) -> Vec<Finding> {
    const BEGIN: &str = "begin(Access::Write)";
    let mut findings = Vec::new();
    for file in workspace
        .rust()
        .filter(|it| is_in(&it.path, &workspace.rules.use_cases))
    {
        for (start, _) in file.code.match_indices(BEGIN) {
            let rest = file.code.get(start..).unwrap_or_default();
            let commit = rest.find(".commit()").unwrap_or(rest.len());
            // A function without a commit (a helper that opens the unit of work) ends the look.
            let next_function = rest
                .find("\nfn ")
                .into_iter()
                .chain(rest.find(" fn "))
                .min()
                .unwrap_or(rest.len());
            let inside = rest.get(..commit.min(next_function)).unwrap_or_default();
            for gateway in &workspace.rules.gateways {
                for offset in whole_words(inside, gateway) {
                    let message = format!("`{gateway}` inside a unit of work that writes: call it before `begin`");
                    findings.push(Finding::error(file.place(start + offset), message));
                }
            }
        }
    }
    findings
}

fn whole_words<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    text.match_indices(word)
        .map(|(offset, _)| offset)
        .filter(move |offset| {
            let before = text.get(..*offset).and_then(|it| it.chars().next_back());
            let after = text.get(offset + word.len()..).and_then(|it| it.chars().next());
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::workspace::Rules;

    fn rules() -> Rules {
        Rules {
            customer_use_cases: vec!["crates/portal-core/src/ticket".into()],
            staff_types: vec!["StaffScope".into(), "Task".into()],
            use_cases: vec!["crates/portal-core/src".into()],
            gateways: vec!["self.passwords".into()],
            access_table: vec!["crates/portal-adapters/src/sea/access.rs".into()],
            ..Rules::default()
        }
    }

    #[test]
    fn staff_types_in_a_customers_use_case_are_found() {
        let text = "use crate::Task;\n// Task is for others\nstruct Tasks;";
        let workspace = Workspace::with_files(&[("crates/portal-core/src/ticket/open.rs", text)], rules());
        let found = customer_use_cases_name_no_staff_types(&workspace);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].place, "crates/portal-core/src/ticket/open.rs:1");
    }

    #[test]
    fn a_listed_place_that_is_gone_is_found() {
        let found = customer_use_cases_name_no_staff_types(&Workspace::with_files(&[], rules()));
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn the_access_table_elsewhere_is_found_in_sql_too() {
        let files = [
            (
                "crates/portal-adapters/src/sea/access.rs",
                "\"SELECT 1 FROM ticket_access\"",
            ),
            (
                "crates/portal-adapters/src/sea/list.rs",
                "\"SELECT 1 FROM ticket_access\"",
            ),
            ("crates/portal-adapters/tests/sql.rs", "\"SELECT 1 FROM ticket_access\""),
        ];
        let found = one_place_names_the_access_table(&Workspace::with_files(&files, rules()));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].place, "crates/portal-adapters/src/sea/list.rs:1");
    }

    #[test]
    fn a_gateway_inside_a_write_is_found() {
        let bad = "async fn a(&self) {\n let mut tx = self.store.begin(Access::Write).await?;\n self.passwords\n  .hash();\n tx.commit().await\n}";
        let good = "async fn a(&self) {\n self.passwords.hash();\n let mut tx = self.store.begin(Access::Write).await?;\n tx.commit().await?;\n self.passwords.hash();\n}";
        let other = "async fn a(&self) {\n self.store.begin(Access::Write).await\n}\n async fn b(&self) {\n self.passwords.hash()\n}";
        let files = [
            ("crates/portal-core/src/bad.rs", bad),
            ("crates/portal-core/src/good.rs", good),
            ("crates/portal-core/src/other.rs", other),
        ];
        let found = no_gateway_is_awaited_inside_a_write(&Workspace::with_files(&files, rules()));
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].place, "crates/portal-core/src/bad.rs:3");
    }
}
