use portal_core::ports::StoreError;
use sea_orm::QueryResult;
use serde::de::DeserializeOwned;

use super::error::{corrupt, store_error};
use super::stored::Stored;

/// A result row, read column by column in the order of the select list.
pub(crate) struct Row<'a> {
    result: &'a QueryResult,
    next: usize,
}

impl<'a> Row<'a> {
    pub(crate) const fn new(result: &'a QueryResult) -> Self {
        Self { result, next: 0 }
    }

    /// The next column.
    pub(crate) fn get<T: Stored>(&mut self) -> Result<T, StoreError> {
        let place = self.step();
        let raw: T::Raw = self.result.try_get_by_index(place).map_err(store_error)?;
        T::read(raw).ok_or_else(|| self.broken())
    }

    /// The next column, which may be NULL.
    pub(crate) fn opt<T: Stored>(&mut self) -> Result<Option<T>, StoreError>
    where
        Option<T::Raw>: sea_orm::TryGetable,
    {
        let place = self.step();
        let raw: Option<T::Raw> = self.result.try_get_by_index(place).map_err(store_error)?;
        raw.map(|it| T::read(it).ok_or_else(|| self.broken())).transpose()
    }

    /// The next column, a small number that a function of its own understands, or NULL.
    pub(crate) fn small(&mut self) -> Result<Option<i16>, StoreError> {
        let place = self.step();
        self.result.try_get_by_index(place).map_err(store_error)
    }

    /// The next column, a JSON document.
    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text: String = self.get()?;
        serde_json::from_str(&text).map_err(|error| corrupt(error.to_string()))
    }

    /// The next column, a JSON document or NULL.
    pub(crate) fn json_opt<T: DeserializeOwned>(&mut self) -> Result<Option<T>, StoreError> {
        let text: Option<String> = self.opt()?;
        text.map(|it| serde_json::from_str(&it).map_err(|error| corrupt(error.to_string())))
            .transpose()
    }

    fn step(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }

    fn broken(&self) -> StoreError {
        corrupt(format!("column {} makes no sense", self.next))
    }
}

/// The only column of a row.
pub(crate) fn only<T: Stored>(row: &mut Row<'_>) -> Result<T, StoreError> {
    row.get()
}

/// The only column of a row, which may be NULL.
pub(crate) fn only_opt<T: Stored>(row: &mut Row<'_>) -> Result<Option<T>, StoreError>
where
    Option<T::Raw>: sea_orm::TryGetable,
{
    row.opt()
}
