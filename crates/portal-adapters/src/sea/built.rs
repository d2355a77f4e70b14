//! A statement as text and values.

use std::fmt::{self, Write};

use sea_orm::sea_query::{
    PostgresQueryBuilder, QueryBuilder, QueryStatementWriter, SqlWriter, SqlWriterValues, SqliteQueryBuilder, Value,
};
use sea_orm::{DbBackend, Statement};

/// What is sent: text with places for the values, and limits written out.
///
/// SQLite plans by the value of a bound limit, and so prepares a statement that has one anew each time it runs; PostgreSQL
/// takes a bound limit for a tenth of all rows. There are only a few different limits, hence only a few more texts.
pub(super) fn built(backend: DbBackend, statement: &impl QueryStatementWriter) -> Statement {
    match backend {
        DbBackend::Postgres => collect(backend, PostgresQueryBuilder, statement),
        _ => collect(backend, SqliteQueryBuilder, statement),
    }
}

fn collect<B: QueryBuilder>(backend: DbBackend, builder: B, statement: &impl QueryStatementWriter) -> Statement {
    let (placeholder, numbered) = builder.placeholder();
    let mut text = Text(SqlWriterValues::new(placeholder, numbered));
    statement.build_collect_into(builder, &mut text);
    let (sql, values) = text.0.into_parts();
    Statement {
        sql,
        values: Some(values),
        db_backend: backend,
    }
}

/// Collects values, but for limits: these alone are unsigned, since no column is.
struct Text(SqlWriterValues);

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.write_str(text)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl SqlWriter for Text {
    fn push_param<T: QueryBuilder>(&mut self, value: Value, builder: &T) {
        match value {
            Value::BigUnsigned(Some(limit)) => self.0.write_str(&limit.to_string()).unwrap_or_default(),
            value => self.0.push_param(value, builder),
        }
    }

    fn as_writer(&mut self) -> &mut dyn Write {
        self
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::sea_query::{Expr, ExprTrait, Query};

    use super::*;

    #[test]
    fn limits_are_written_out_and_everything_else_is_bound() {
        let mut leg = Query::select();
        leg.column("number").from("ticket").limit(7);
        let mut select = Query::select();
        select
            .column("number")
            .from_subquery(leg, "leg")
            .and_where(Expr::col("number").gt(3i64))
            .limit(26);
        let of = |backend| {
            let it = built(backend, &select);
            (it.sql, it.values.map(|it| it.0))
        };
        let bound = Some(vec![Value::from(3i64)]);
        assert_eq!(
            of(DbBackend::Sqlite),
            (
                r#"SELECT "number" FROM (SELECT "number" FROM "ticket" LIMIT 7) AS "leg" WHERE "number" > ? LIMIT 26"#
                    .to_owned(),
                bound.clone()
            )
        );
        assert_eq!(
            of(DbBackend::Postgres),
            (
                r#"SELECT "number" FROM (SELECT "number" FROM "ticket" LIMIT 7) AS "leg" WHERE "number" > $1 LIMIT 26"#
                    .to_owned(),
                bound
            )
        );
    }
}
