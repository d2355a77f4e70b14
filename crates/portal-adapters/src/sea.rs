//! The store: SQLite by default, PostgreSQL where several servers share one.
