//! Lists that belong to a row, collected into one column of it, so that the row and its lists come from one statement.

use std::collections::BTreeMap;
use std::str::FromStr;

use portal_core::id::Uuid;
use portal_core::ports::StoreError;
use portal_core::property::{Decimal, PropertyKey, PropertyType, PropertyValue, PropertyValues};
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, Value};

use super::error::corrupt;
use super::row::Row;
use super::stored::{Stored, val};

/// `SELECT` of all ids of a child table's column for the row `owner` of the outer statement. Read with [`ids`].
pub(super) fn ids_of(backend: DbBackend, table: &str, column: &str, condition: &str) -> Expr {
    let sql = match backend {
        DbBackend::Postgres => format!("(SELECT string_agg({column}::text, ',') FROM {table} WHERE {condition})"),
        _ => format!("(SELECT group_concat(hex({column})) FROM {table} WHERE {condition})"),
    };
    Expr::cust(sql)
}

/// As [`ids_of`], each id followed by `:` and a code. Read with [`coded`].
pub(super) fn coded_ids_of(backend: DbBackend, table: &str, column: &str, code: &str, condition: &str) -> Expr {
    let sql = match backend {
        DbBackend::Postgres => {
            format!("(SELECT string_agg({column}::text || ':' || {code}, ',') FROM {table} WHERE {condition})")
        }
        _ => format!("(SELECT group_concat(hex({column}) || ':' || {code}) FROM {table} WHERE {condition})"),
    };
    Expr::cust(sql)
}

/// All property values of a row. Read with [`properties`].
pub(super) fn properties_of(backend: DbBackend, table: &str, condition: &str) -> Expr {
    let sql = match backend {
        DbBackend::Postgres => format!(
            "(SELECT json_agg(json_build_array(name, kind, word, amount))::text FROM {table} WHERE {condition})"
        ),
        _ => format!("(SELECT json_group_array(json_array(name, kind, word, amount)) FROM {table} WHERE {condition})"),
    };
    Expr::cust(sql)
}

/// The next column, made by [`ids_of`].
pub(super) fn ids<T, C>(row: &mut Row<'_>) -> Result<C, StoreError>
where
    T: Stored<Raw = Uuid>,
    C: FromIterator<T>,
{
    let text: Option<String> = row.opt()?;
    text.iter().flat_map(|it| it.split(',')).map(id).collect()
}

/// The next column, made by [`coded_ids_of`].
pub(super) fn coded<T, V>(row: &mut Row<'_>) -> Result<BTreeMap<T, V>, StoreError>
where
    T: Stored<Raw = Uuid> + Ord,
    V: Stored<Raw = i16>,
{
    let text: Option<String> = row.opt()?;
    let pair = |it: &str| {
        let (key, code) = it.split_once(':').ok_or_else(|| corrupt("an id without code"))?;
        let code = code
            .parse()
            .ok()
            .and_then(V::read)
            .ok_or_else(|| corrupt("an unknown code"))?;
        Ok((id(key)?, code))
    };
    text.iter().flat_map(|it| it.split(',')).map(pair).collect()
}

/// An id of a list.
pub(super) fn id<T: Stored<Raw = Uuid>>(text: &str) -> Result<T, StoreError> {
    let uuid = Uuid::from_str(text).map_err(|error| corrupt(error.to_string()))?;
    T::read(uuid).ok_or_else(|| corrupt("an id makes no sense"))
}

/// Name, type, and what holds the value: a word or an amount.
type StoredProperty = (String, i16, Option<String>, Option<i64>);

/// The next column, made by [`properties_of`].
pub(super) fn properties(row: &mut Row<'_>) -> Result<PropertyValues, StoreError> {
    let stored: Option<Vec<StoredProperty>> = row.json_opt()?;
    let value = |(name, kind, word, amount): StoredProperty| {
        let key = name.parse::<PropertyKey>().ok();
        key.zip(unpack(kind, word, amount))
            .ok_or_else(|| corrupt(format!("the property `{name}` makes no sense")))
    };
    stored.unwrap_or_default().into_iter().map(value).collect()
}

/// The columns of a property table.
pub(super) const PROPERTY_COLUMNS: [&str; 5] = ["owner", "name", "kind", "word", "amount"];

/// The row of a property table for one value.
pub(super) fn property_row(owner: Value, key: &PropertyKey, value: &PropertyValue) -> Result<Vec<Value>, StoreError> {
    let (kind, word, amount) = pack(value)?;
    Ok(vec![owner, val(key), val(&kind), word.into(), amount.into()])
}

/// What holds a value: its type, and a word or an amount.
pub(super) fn pack(value: &PropertyValue) -> Result<(PropertyType, Option<String>, Option<i64>), StoreError> {
    Ok(match value {
        PropertyValue::Text(it) => (PropertyType::Text, Some(it.clone()), None),
        PropertyValue::Number(it) => (PropertyType::Number, None, Some(it.millionths())),
        PropertyValue::Date(it) => (PropertyType::Date, Some(it.to_string()), None),
        PropertyValue::Bool(it) => (PropertyType::Bool, None, Some(i64::from(*it))),
        PropertyValue::Choice(it) => (PropertyType::Choice, Some(it.clone()), None),
        PropertyValue::Choices(it) => {
            let list = serde_json::to_string(it).map_err(|error| corrupt(error.to_string()))?;
            (PropertyType::Choices, Some(list), None)
        }
    })
}

fn unpack(kind: i16, word: Option<String>, amount: Option<i64>) -> Option<PropertyValue> {
    Some(match PropertyType::read(kind)? {
        PropertyType::Text => PropertyValue::Text(word?),
        PropertyType::Number => PropertyValue::Number(Decimal::from_millionths(amount?)),
        PropertyType::Date => PropertyValue::Date(word?.parse().ok()?),
        PropertyType::Bool => PropertyValue::Bool(amount? != 0),
        PropertyType::Choice => PropertyValue::Choice(word?),
        PropertyType::Choices => PropertyValue::Choices(serde_json::from_str(&word?).ok()?),
    })
}
