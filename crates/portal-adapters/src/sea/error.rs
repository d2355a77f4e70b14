use portal_core::ports::{StoreError, StoreErrorKind};
use sea_orm::sqlx;
use sea_orm::{DbErr, RuntimeErr};

/// What the database said, in the words of the port.
pub(crate) fn store_error(error: DbErr) -> StoreError {
    StoreError::new(kind(&error), error)
}

/// Something stored that does not fit the core's types.
pub(crate) fn corrupt(what: impl Into<String>) -> StoreError {
    StoreError::new(StoreErrorKind::Corrupt, what.into())
}

/// A refusal without any error of the database.
pub(crate) const fn conflict() -> StoreError {
    StoreError::bare(StoreErrorKind::Conflict)
}

fn kind(error: &DbErr) -> StoreErrorKind {
    match error {
        DbErr::ConnectionAcquire(_) => StoreErrorKind::Unavailable,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => sqlx_kind(error),
        DbErr::Conn(_) => StoreErrorKind::Unavailable,
        _ => StoreErrorKind::Corrupt,
    }
}

pub(super) fn sqlx_kind(error: &sqlx::Error) -> StoreErrorKind {
    let sqlx::Error::Database(error) = error else {
        return match error {
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) | sqlx::Error::ColumnNotFound(_) => {
                StoreErrorKind::Corrupt
            }
            _ => StoreErrorKind::Unavailable,
        };
    };
    if error.is_unique_violation() {
        return StoreErrorKind::Conflict;
    }
    code_kind(error.code().as_deref().unwrap_or_default())
}

/// PostgreSQL names a class and an error (SQLSTATE, Appendix A of its manual); SQLite gives its extended result code as a
/// decimal number.
fn code_kind(code: &str) -> StoreErrorKind {
    match code {
        // Serialization failure, deadlock, lock not available.
        "40001" | "40P01" | "55P03" => StoreErrorKind::Retry,
        // SQLITE_BUSY with its extended forms, SQLITE_LOCKED with its.
        "5" | "261" | "517" | "773" | "6" | "262" | "518" => StoreErrorKind::Retry,
        // Connection exceptions, too few resources, an operator's intervention (a shutdown, a statement timeout); SQLite:
        // I/O error, full disk, cannot open, read-only.
        _ if code.starts_with("08") || code.starts_with("53") || code.starts_with("57") || code.starts_with("58") => {
            StoreErrorKind::Unavailable
        }
        _ if code
            .parse::<u32>()
            .is_ok_and(|it| code.len() < 5 && matches!(it & 0xff, 8 | 10 | 13 | 14)) =>
        {
            StoreErrorKind::Unavailable
        }
        _ => StoreErrorKind::Corrupt,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_mean_try_again() {
        for code in ["40001", "40P01", "55P03", "5", "261", "517", "773", "6", "262", "518"] {
            assert_eq!(code_kind(code), StoreErrorKind::Retry, "{code}");
        }
    }

    #[test]
    fn codes_that_mean_the_database_is_gone() {
        for code in [
            "08006", "53300", "57P01", "57014", "58030", "8", "10", "13", "14", "778", "3338",
        ] {
            assert_eq!(code_kind(code), StoreErrorKind::Unavailable, "{code}");
        }
    }

    #[test]
    fn other_codes_are_bugs_or_broken_data() {
        for code in ["42P01", "22P02", "23503", "1", "787", "11", ""] {
            assert_eq!(code_kind(code), StoreErrorKind::Corrupt, "{code}");
        }
    }
}
