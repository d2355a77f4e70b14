use std::collections::BTreeSet;

use super::{Entry, FieldKind, FieldName, FormField};
use crate::ticket::Priority;

/// When a field is asked: an earlier field, itself asked, has one of these answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownWhen {
    /// The earlier field: a choice or a checkbox.
    pub field: FieldName,
    /// The answers; of a checkbox `true` or `false`, of the priority its name such as `high`.
    pub any_of: BTreeSet<String>,
}

impl ShownWhen {
    /// Whether it looks at a choice among these fields, and at answers that this one can have.
    pub(super) fn fits(&self, before: &[FormField]) -> bool {
        let Some(field) = before.iter().find(|it| it.name() == self.field) else {
            return false;
        };
        let known = |value: &String| match &field.kind {
            // The portal's kinds of request are another setting, which may change.
            FieldKind::Category => true,
            FieldKind::Priority => Priority::named(value).is_some(),
            FieldKind::Property {
                entry: Entry::Checkbox, ..
            } => matches!(value.as_str(), "true" | "false"),
            FieldKind::Property {
                entry: Entry::DropDown(options) | Entry::MultiSelect(options),
                ..
            } => options.iter().any(|it| it.value.as_str() == value),
            FieldKind::Subject | FieldKind::Description | FieldKind::Files | FieldKind::Property { .. } => false,
        };
        !self.any_of.is_empty() && self.any_of.iter().all(known)
    }

    /// Whether one of the answers is among the given ones.
    pub(super) fn holds(&self, given: &[String]) -> bool {
        given.iter().any(|it| self.any_of.contains(it))
    }
}
