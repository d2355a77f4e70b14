//! The schema, as migrations that are only ever appended.
//!
//! The SQL is written once for both databases. Where they differ, a word in braces stands for what each of them needs:
//! see [`dialect`].

mod m0001_settings;
mod m0002_people;
mod m0003_tickets;
mod m0004_access;
mod m0005_membership;
mod m0006_search;
mod m0007_imports;
mod m0008_staff;
mod m0009_staff_sessions;
mod m0010_outbox;
mod m0011_members;
mod m0012_settings;
mod m0014_groups;
mod m0015_programs;
mod m0020_desk;
mod m0021_devices;
mod m0022_seals;
mod m0023_moving;
mod m0030_doing;
mod m0034_desk_search;
mod m0035_shelf;
mod m0040_crm;
mod m0041_merges;
mod m0042_tables;
mod m0043_erasing;
mod m0050_flow;
mod m0051_conversations;
mod m0060_service;
mod m0061_satisfaction;
mod m0062_due;
mod m0065_desk_filters;
mod m0069_desk_files;

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, async_trait};

/// All migrations, in order.
#[derive(Debug)]
pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_settings::Migration),
            Box::new(m0002_people::Migration),
            Box::new(m0003_tickets::Migration),
            Box::new(m0004_access::Migration),
            Box::new(m0005_membership::Migration),
            Box::new(m0006_search::Migration),
            Box::new(m0007_imports::Migration),
            Box::new(m0008_staff::Migration),
            Box::new(m0009_staff_sessions::Migration),
            Box::new(m0010_outbox::Migration),
            Box::new(m0011_members::Migration),
            Box::new(m0012_settings::Migration),
            Box::new(m0014_groups::Migration),
            Box::new(m0015_programs::Migration),
            Box::new(m0020_desk::Migration),
            Box::new(m0021_devices::Migration),
            Box::new(m0022_seals::Migration),
            Box::new(m0023_moving::Migration),
            Box::new(m0050_flow::Migration),
            Box::new(m0051_conversations::Migration),
            Box::new(m0034_desk_search::Migration),
            Box::new(m0035_shelf::Migration),
            Box::new(m0040_crm::Migration),
            Box::new(m0041_merges::Migration),
            Box::new(m0042_tables::Migration),
            Box::new(m0043_erasing::Migration),
            Box::new(m0060_service::Migration),
            Box::new(m0030_doing::Migration),
            Box::new(m0069_desk_files::Migration),
            Box::new(m0065_desk_filters::Migration),
            Box::new(m0061_satisfaction::Migration),
            Box::new(m0062_due::Migration),
        ]
    }
}

/// Defines a migration that runs statements, in one transaction on both databases.
macro_rules! migration {
    ($name:literal, $statements:expr) => {
        pub(super) struct Migration;

        impl sea_orm_migration::MigrationName for Migration {
            fn name(&self) -> &'static str {
                $name
            }
        }

        #[sea_orm_migration::async_trait::async_trait]
        impl sea_orm_migration::MigrationTrait for Migration {
            async fn up(&self, manager: &sea_orm_migration::SchemaManager) -> Result<(), sea_orm::DbErr> {
                super::run(manager, $statements).await
            }

            fn use_transaction(&self) -> Option<bool> {
                Some(true)
            }
        }
    };
}
use migration;

async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let backend = manager.get_database_backend();
    for statement in statements {
        if let Some(sql) = dialect(backend, statement) {
            manager.get_connection().execute_unprepared(&sql).await?;
        }
    }
    Ok(())
}

/// The statement for this database, or `None` if it is for the other one only: such a statement begins with `{sqlite}` or
/// `{postgres}`.
///
/// Texts sort by their bytes everywhere, which is how the core sorts them.
fn dialect(backend: DbBackend, statement: &str) -> Option<String> {
    let sqlite = backend == DbBackend::Sqlite;
    let (own, other) = if sqlite {
        ("{sqlite}", "{postgres}")
    } else {
        ("{postgres}", "{sqlite}")
    };
    let words: &[(&str, &str)] = if sqlite {
        &[
            ("{key}", "INTEGER PRIMARY KEY"),
            ("{uuid}", "BLOB"),
            ("{long}", "INTEGER"),
            ("{int}", "INTEGER"),
            ("{small}", "INTEGER"),
            ("{bool}", "INTEGER"),
            ("{text}", "TEXT"),
            ("{bytes}", "BLOB"),
            ("{table}", "STRICT"),
            ("{index table}", "STRICT, WITHOUT ROWID"),
        ]
    } else {
        &[
            ("{key}", "bigint PRIMARY KEY"),
            ("{uuid}", "uuid"),
            ("{long}", "bigint"),
            ("{int}", "integer"),
            ("{small}", "smallint"),
            ("{bool}", "boolean"),
            ("{text}", "text COLLATE \"C\""),
            ("{bytes}", "bytea"),
            ("{table}", ""),
            ("{index table}", ""),
        ]
    };
    if statement.starts_with(other) {
        return None;
    }
    let statement = statement.strip_prefix(own).unwrap_or(statement);
    Some(words.iter().fold(statement.trim().to_owned(), |sql, (word, meaning)| {
        sql.replace(word, meaning)
    }))
}
