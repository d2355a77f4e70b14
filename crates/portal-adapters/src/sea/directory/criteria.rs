//! Criteria as SQL, to find candidates. Who of them matches is decided by [`Criteria::matches`].

use portal_core::access::{Condition, Criteria, Operator};
use portal_core::ports::StoreError;
use portal_core::property::{PropertyKey, PropertyType, PropertyValue};
use sea_orm::sea_query::{Cond, Expr, ExprTrait, Query, SelectStatement};

use crate::sea::collected::pack;
use crate::sea::sql::{at, is};
use crate::sea::stored::val;

const VALUES: &str = "contact_property";

/// A condition on the table `contact` that holds of everybody who matches. Of others too only where a text is to have
/// another one in it, because databases disagree with the core about upper and lower case.
pub(super) fn may_match(criteria: &Criteria) -> Result<Cond, StoreError> {
    criteria.groups().iter().try_fold(Cond::any(), |any, group| {
        let all = group
            .iter()
            .try_fold(Cond::all(), |all, it| Ok::<_, StoreError>(all.add(condition(it)?)))?;
        Ok(any.add(all))
    })
}

fn condition(it: &Condition) -> Result<Expr, StoreError> {
    let has = |what: Expr| Expr::exists(values(&it.property).and_where(what).to_owned());
    let known = || Expr::exists(values(&it.property));
    Ok(match &it.operator {
        Operator::Is(wanted) => has(equals(wanted)?),
        Operator::IsNot(unwanted) => has(equals(unwanted)?).not(),
        Operator::AnyOf(wanted) => {
            let any = wanted.iter().try_fold(None, |any: Option<Expr>, it| {
                let one = equals(it)?;
                Ok::<_, StoreError>(Some(match any {
                    Some(any) => any.or(one),
                    None => one,
                }))
            })?;
            any.map_or_else(never, has)
        }
        Operator::LessThan(bound) => compare(bound, sea_orm::ExprTrait::lt)?.map_or_else(never, has),
        Operator::GreaterThan(bound) => compare(bound, sea_orm::ExprTrait::gt)?.map_or_else(never, has),
        Operator::Contains(_) | Operator::IsKnown => known(),
        Operator::IsUnknown => known().not(),
    })
}

fn never() -> Expr {
    Expr::cust("1 = 0")
}

/// The value of a property of the contact.
fn values(key: &PropertyKey) -> SelectStatement {
    let mut values = Query::select();
    values
        .expr(Expr::val(1i32))
        .from(VALUES)
        .and_where(at(VALUES, "owner").equals(("contact", "id")))
        .and_where(at(VALUES, "name").eq(val(key)));
    values
}

/// Whether the value is this one.
fn equals(value: &PropertyValue) -> Result<Expr, StoreError> {
    let (kind, word, amount) = pack(value)?;
    let kind = is("kind", val(&kind));
    Ok(match (word, amount) {
        (Some(word), _) => kind.and(is("word", word.into())),
        (None, amount) => kind.and(is("amount", amount.into())),
    })
}

/// How the value compares with a number or a day; `None` for what has no order. Days sort like their written form.
fn compare(bound: &PropertyValue, how: impl Fn(Expr, Expr) -> Expr) -> Result<Option<Expr>, StoreError> {
    let (kind, word, amount) = pack(bound)?;
    let compared = match kind {
        PropertyType::Number => how(Expr::col("amount"), Expr::val(amount)),
        PropertyType::Date => how(Expr::col("word"), Expr::val(word)),
        PropertyType::Text | PropertyType::Bool | PropertyType::Choice | PropertyType::Choices => return Ok(None),
    };
    Ok(Some(is("kind", val(&kind)).and(compared)))
}
