//! axe-core on the present page.

use anyhow::{Context as _, Result};
use serde_json::{Value, json};

use super::Browser;
use crate::config;

const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

impl Browser {
    /// What the checker finds wrong with the present page: a line for each element.
    pub async fn violations(&self) -> Result<Vec<String>> {
        self.client
            .execute(&config::axe()?, vec![])
            .await
            .context("the checker cannot be loaded")?;
        let script = "const done = arguments[arguments.length - 1];
            axe.run(document, { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] })
                .then(it => done(it.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`))),
                      error => done(['axe failed: ' + error]));";
        let found = self.client.execute_async(script, vec![json!(TAGS)]).await?;
        let found = found.as_array().context("the checker gave no list")?;
        Ok(found.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }
}
