//! What stands around the lists: one row, from one statement.

use portal_core::access::{Scope, Tab};
use portal_core::ports::{Colleague, ListFrame, StoreError};
use portal_core::ticket::StageCounts;
use sea_orm::DbBackend;
use sea_orm::sea_query::{Expr, Query, SelectStatement, SubQueryStatement};

use crate::sea::access;
use crate::sea::collected::id;
use crate::sea::directory::sight;
use crate::sea::error::corrupt;
use crate::sea::row::Row;
use crate::sea::sql::{is, select};
use crate::sea::stored::val;
use crate::sea::tx::SeaTx;

pub(super) async fn frame(tx: &SeaTx, scope: &Scope, cap: u32, colleagues: u32) -> Result<ListFrame, StoreError> {
    let found = tx
        .find_one(&statement(tx.backend(), scope, cap, colleagues), |row| {
            read(row, scope, cap, colleagues)
        })
        .await?;
    found.ok_or_else(|| corrupt("a row that is always there is missing"))
}

pub(in crate::sea) fn statement(backend: DbBackend, scope: &Scope, cap: u32, colleagues: u32) -> SelectStatement {
    let mut frame = Query::select();
    access::add_stage_counts(&mut frame, scope, Tab::Mine, cap);
    access::add_stage_counts(&mut frame, scope, Tab::Company, cap);
    if let Some(company) = scope.company() {
        frame.expr(of(select("company", &["name"])
            .and_where(is("id", val(&company)))
            .take()));
        if colleagues > 0 {
            // As one document: it comes over faster than a row for each.
            let all = match backend {
                DbBackend::Postgres => "json_agg(json_build_array(id, name))::text",
                _ => "json_group_array(json_array(hex(id), name))",
            };
            let mut people = Query::select();
            people
                .expr(Expr::cust(all))
                .from_subquery(sight::colleagues(company, colleagues), "people");
            frame.expr(of(people));
        }
    }
    frame
}

fn of(part: SelectStatement) -> Expr {
    Expr::SubQuery(None, Box::new(SubQueryStatement::SelectStatement(part)))
}

fn read(row: &mut Row<'_>, scope: &Scope, cap: u32, colleagues: u32) -> Result<ListFrame, StoreError> {
    let mut frame = ListFrame {
        mine: counts(row, scope, Tab::Mine, cap)?,
        companys: counts(row, scope, Tab::Company, cap)?,
        company: None,
        colleagues: Vec::new(),
    };
    if let Some(company) = scope.company() {
        frame.company = row.opt::<String>()?.map(|name| (company, name));
        if colleagues > 0 {
            let people: Option<Vec<(String, String)>> = row.json_opt()?;
            let colleague = |(contact, name): (String, String)| {
                Ok(Colleague {
                    contact: id(&contact)?,
                    name,
                    primary_company: Some(company),
                })
            };
            frame.colleagues = people
                .into_iter()
                .flatten()
                .map(colleague)
                .collect::<Result<_, StoreError>>()?;
            // The statement decides who; in what order a document has them is not said.
            frame
                .colleagues
                .sort_by(|a, b| (&a.name, a.contact).cmp(&(&b.name, b.contact)));
        }
    }
    Ok(frame)
}

fn counts(row: &mut Row<'_>, scope: &Scope, tab: Tab, cap: u32) -> Result<StageCounts, StoreError> {
    let mut counts = StageCounts::none(cap);
    if scope.principal_of(tab).is_some() {
        for stage in access::stages_by_rank() {
            *counts.of_mut(stage) = row.get()?;
        }
    }
    Ok(counts)
}
