use std::collections::BTreeMap;

use serde_json::{Value, json};

/// What a file changes, in order.
#[derive(Debug, Default)]
pub(super) struct Changes(Vec<Change>);

#[derive(Debug)]
struct Change {
    what: String,
    lines: Vec<String>,
}

impl Changes {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Something is made or done.
    pub(super) fn note(&mut self, what: impl Into<String>) {
        self.0.push(Change {
            what: what.into(),
            lines: Vec::new(),
        });
    }

    /// Something changes from one value to another one.
    pub(super) fn differ(&mut self, what: impl Into<String>, before: &Value, after: &Value, names: &Names) {
        let (mut was, mut is) = (BTreeMap::new(), BTreeMap::new());
        flat(String::new(), before, &mut was);
        flat(String::new(), after, &mut is);
        let mut lines = Vec::new();
        for (path, value) in &was {
            if is.get(path) != Some(value) {
                lines.push(format!("- {path} = {}", names.shown(value)));
            }
        }
        for (path, value) in &is {
            if was.get(path) != Some(value) {
                lines.push(format!("+ {path} = {}", names.shown(value)));
            }
        }
        self.0.push(Change {
            what: what.into(),
            lines,
        });
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for change in &self.0 {
            text.push_str(&change.what);
            text.push('\n');
            for line in &change.lines {
                text.push_str("  ");
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }

    pub(super) fn json(&self, dry_run: bool) -> Value {
        let changes = self.0.iter().map(|it| json!({ "what": it.what, "diff": it.lines }));
        json!({ "dry_run": dry_run, "changes": changes.collect::<Vec<_>>() })
    }
}

/// Names for ids, so that people can read a difference.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    pub(super) fn with(mut self, id: impl ToString, name: impl ToString) -> Self {
        self.0.insert(id.to_string(), name.to_string());
        self
    }

    fn shown(&self, value: &Value) -> String {
        let name = value.as_str().and_then(|it| self.0.get(it));
        name.map_or_else(|| value.to_string(), |it| format!("\"{it}\""))
    }
}

/// Each value by its path.
fn flat(path: String, value: &Value, all: &mut BTreeMap<String, Value>) {
    let below = |step: &str| {
        if path.is_empty() {
            step.to_owned()
        } else {
            format!("{path}.{step}")
        }
    };
    match value {
        Value::Object(them) => {
            for (key, it) in them {
                flat(below(key), it, all);
            }
        }
        Value::Array(them) => {
            for (place, it) in them.iter().enumerate() {
                flat(below(&place.to_string()), it, all);
            }
        }
        Value::Null => {}
        it => {
            all.insert(path, it.clone());
        }
    }
}
