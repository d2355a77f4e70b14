use std::collections::{BTreeMap, BTreeSet};

use portal_core::import::PropertyDraft;
use portal_core::property::{PropertyKey, PropertyOwner, PropertyValue, PropertyValues};

use super::problem::{Problem, Severity, Sink};
use super::table::{Row, Table};

/// Longest text of a property, in characters.
const MAX_PROPERTY: usize = 16_000;

/// Which column is where, whatever their order.
#[derive(Debug)]
pub(super) struct Columns {
    places: BTreeMap<&'static str, usize>,
    properties: Vec<(usize, PropertyDraft)>,
}

impl Columns {
    /// Reads a heading. Columns that are not in `known` become properties of `owner`; without an owner they are left out.
    ///
    /// Returns `None` if a column of `needed` is missing, so that no row can be read.
    pub(super) fn read(
        table: &Table,
        known: &[&'static str],
        needed: &[&'static str],
        owner: Option<PropertyOwner>,
        sink: &mut dyn Sink,
    ) -> Option<Self> {
        let mut tell = |column: &str, severity, what: String| {
            let column = (!column.is_empty()).then(|| column.to_owned());
            sink.take(Problem {
                file: table.name,
                line: 1,
                column,
                severity,
                what,
            });
        };
        let mut places = BTreeMap::new();
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        for (place, heading) in table.headings.iter().enumerate() {
            let twice = match known.iter().find(|it| plain(it) == plain(heading)) {
                _ if heading.is_empty() => {
                    tell(
                        "",
                        Severity::Warning,
                        format!("column {} has no heading and is left out", place + 1),
                    );
                    false
                }
                Some(name) => places.insert(*name, place).is_some_and(|first| {
                    places.insert(name, first);
                    true
                }),
                None if others.contains_key(heading) => true,
                None => {
                    others.insert(heading.clone(), place);
                    false
                }
            };
            if twice {
                tell(
                    heading,
                    Severity::Warning,
                    "there are two columns with this heading; only the first one is read".to_owned(),
                );
            }
        }
        let missing: Vec<&str> = needed.iter().copied().filter(|it| !places.contains_key(it)).collect();
        for name in &missing {
            tell(
                name,
                Severity::Error,
                "this column is missing, so nothing of this file can be imported".to_owned(),
            );
        }
        let properties = owner.map(|owner| name_properties(owner, others)).unwrap_or_default();
        missing.is_empty().then_some(Self { places, properties })
    }

    pub(super) fn of(&self, name: &'static str) -> Option<usize> {
        self.places.get(name).copied()
    }

    /// The properties that unknown columns become, by heading.
    pub(super) fn properties(&self) -> impl Iterator<Item = &PropertyDraft> {
        self.properties.iter().map(|(_, it)| it)
    }

    /// A row's values in unknown columns; an empty cell is no value.
    pub(super) fn values(&self, row: &Row) -> PropertyValues {
        let values = self
            .properties
            .iter()
            .map(|(place, it)| (it.key.clone(), row.get(Some(*place))));
        let values = values.filter(|(_, text)| !text.is_empty());
        values
            .map(|(key, text)| (key, PropertyValue::Text(text.chars().take(MAX_PROPERTY).collect())))
            .collect()
    }
}

/// Headings differ in case and blanks between exports.
fn plain(heading: &str) -> String {
    heading
        .split_whitespace()
        .map(str::to_lowercase)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Names by heading in alphabetical order, so that the order of columns changes nothing; a name that is taken gets a number.
fn name_properties(owner: PropertyOwner, headings: BTreeMap<String, usize>) -> Vec<(usize, PropertyDraft)> {
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    for (label, place) in headings {
        let first = PropertyKey::from_label(&label).or_else(|| "column".parse().ok());
        let Some(first) = first else { continue };
        let numbered = (2..).map_while(|it| format!("{:.60}_{it}", first.as_str()).parse::<PropertyKey>().ok());
        if let Some(key) = std::iter::once(first.clone())
            .chain(numbered)
            .find(|it| !taken.contains(it))
        {
            taken.insert(key.clone());
            found.push((place, PropertyDraft { owner, key, label }));
        }
    }
    found
}
