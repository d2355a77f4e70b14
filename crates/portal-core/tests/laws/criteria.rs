//! The algebra of conditions on contacts.

use portal_core::access::{Condition, Criteria, CriteriaError, Operator};
use portal_core::property::{Decimal, PropertyKey, PropertyValue, PropertyValues};
use portal_core::time::Date;
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases;

fn keys() -> impl Strategy<Value = PropertyKey> {
    select(vec!["tier", "seats", "since"]).prop_map(|it| it.parse().unwrap())
}

/// Few values of each type, so that equal ones are common.
fn values() -> impl Strategy<Value = PropertyValue> {
    let word = || select(vec!["gold", "Gold", "golden", "silver", ""]).prop_map(str::to_owned);
    prop_oneof![
        word().prop_map(PropertyValue::Text),
        word().prop_map(PropertyValue::Choice),
        (-1..3i64).prop_map(|it| PropertyValue::Number(Decimal::from_millionths(it))),
        (1..4u8).prop_map(|day| PropertyValue::Date(Date::new(2026, 1, day).unwrap())),
        any::<bool>().prop_map(PropertyValue::Bool),
        btree_set(word(), 0..3).prop_map(PropertyValue::Choices),
    ]
}

fn operators() -> impl Strategy<Value = Operator> {
    prop_oneof![
        values().prop_map(Operator::Is),
        values().prop_map(Operator::IsNot),
        vec(values(), 0..3).prop_map(Operator::AnyOf),
        values().prop_map(Operator::LessThan),
        values().prop_map(Operator::GreaterThan),
        select(vec!["gold", "OLD", "", "silver"]).prop_map(|it| Operator::Contains(it.to_owned())),
        Just(Operator::IsKnown),
        Just(Operator::IsUnknown),
    ]
}

fn conditions() -> impl Strategy<Value = Condition> {
    (keys(), operators()).prop_map(|(property, operator)| Condition { property, operator })
}

fn people() -> impl Strategy<Value = PropertyValues> {
    btree_map(keys(), values(), 0..4)
}

fn criteria() -> impl Strategy<Value = Vec<Vec<Condition>>> {
    vec(vec(conditions(), 1..4), 1..4)
}

fn matches(groups: Vec<Vec<Condition>>, person: &PropertyValues) -> bool {
    Criteria::new(groups).unwrap().matches(person)
}

fn holds(property: &PropertyKey, operator: Operator, person: &PropertyValues) -> bool {
    matches(
        vec![vec![Condition {
            property: property.clone(),
            operator,
        }]],
        person,
    )
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn is_and_is_not_are_opposites_also_of_unknown_values(key in keys(), value in values(), person in people()) {
        prop_assert_ne!(holds(&key, Operator::Is(value.clone()), &person), holds(&key, Operator::IsNot(value), &person));
    }

    #[test]
    fn known_and_unknown_are_opposites(key in keys(), person in people()) {
        prop_assert_ne!(holds(&key, Operator::IsKnown, &person), holds(&key, Operator::IsUnknown, &person));
        prop_assert_eq!(holds(&key, Operator::IsKnown, &person), person.contains_key(&key));
    }

    #[test]
    fn an_unknown_value_satisfies_only_is_not_and_is_unknown(key in keys(), operator in operators(), mut person in people()) {
        person.remove(&key);
        let expected = matches!(operator, Operator::IsNot(_) | Operator::IsUnknown);
        prop_assert_eq!(holds(&key, operator, &person), expected);
    }

    #[test]
    fn every_value_is_itself(key in keys(), value in values(), mut person in people()) {
        person.insert(key.clone(), value.clone());
        prop_assert!(holds(&key, Operator::Is(value.clone()), &person));
        prop_assert!(holds(&key, Operator::AnyOf(vec![value]), &person));
    }

    #[test]
    fn any_of_is_one_is_after_the_other(key in keys(), wanted in vec(values(), 0..4), person in people()) {
        let one_by_one = wanted.iter().any(|it| holds(&key, Operator::Is(it.clone()), &person));
        prop_assert_eq!(holds(&key, Operator::AnyOf(wanted), &person), one_by_one);
    }

    #[test]
    fn less_equal_and_greater_split_numbers_and_dates_and_nothing_else(key in keys(), bound in values(), mut person in people(), value in values()) {
        person.insert(key.clone(), value.clone());
        let less = holds(&key, Operator::LessThan(bound.clone()), &person);
        let greater = holds(&key, Operator::GreaterThan(bound.clone()), &person);
        let equal = holds(&key, Operator::Is(bound.clone()), &person);
        let comparable = matches!(
            (&value, &bound),
            (PropertyValue::Number(_), PropertyValue::Number(_)) | (PropertyValue::Date(_), PropertyValue::Date(_))
        );
        if comparable {
            prop_assert_eq!(u8::from(less) + u8::from(equal) + u8::from(greater), 1);
            if let (PropertyValue::Number(a), PropertyValue::Number(b)) = (&value, &bound) {
                prop_assert_eq!(less, a.millionths() < b.millionths());
            }
            if let (PropertyValue::Date(a), PropertyValue::Date(b)) = (&value, &bound) {
                prop_assert_eq!(less, a.parts() < b.parts());
            }
        } else {
            prop_assert!(!less && !greater);
        }
    }

    #[test]
    fn the_order_of_groups_and_conditions_counts_nothing(groups in criteria(), person in people()) {
        let mut turned = groups.clone();
        turned.reverse();
        for group in &mut turned {
            group.reverse();
        }
        prop_assert_eq!(matches(groups, &person), matches(turned, &person));
    }

    #[test]
    fn a_further_condition_never_adds_a_match(groups in criteria(), at in any::<prop::sample::Index>(), more in conditions(), person in people()) {
        let mut narrower = groups.clone();
        let at = at.index(narrower.len());
        narrower[at].push(more);
        prop_assert!(!matches(narrower, &person) || matches(groups, &person));
    }

    #[test]
    fn a_further_group_never_takes_a_match_away(groups in criteria(), more in vec(conditions(), 1..4), person in people()) {
        let mut wider = groups.clone();
        wider.push(more.clone());
        prop_assert_eq!(matches(wider, &person), matches(groups, &person) || matches(vec![more], &person));
    }

    #[test]
    fn a_group_is_all_of_its_conditions(group in vec(conditions(), 1..4), person in people()) {
        let one_by_one = group.iter().all(|it| matches(vec![vec![it.clone()]], &person));
        prop_assert_eq!(matches(vec![group], &person), one_by_one);
    }

    #[test]
    fn criteria_have_one_to_twenty_groups_of_one_to_twenty_conditions(sizes in vec(0..23usize, 0..23), condition in conditions()) {
        let groups: Vec<_> = sizes.iter().map(|it| vec![condition.clone(); *it]).collect();
        let expected = if sizes.is_empty() || sizes.contains(&0) {
            Err(CriteriaError::Empty)
        } else if sizes.len() > 20 || sizes.iter().any(|it| *it > 20) {
            Err(CriteriaError::TooMany)
        } else {
            Ok(groups.clone())
        };
        prop_assert_eq!(Criteria::new(groups).map(|it| it.groups().to_vec()), expected);
    }
}

#[test]
fn the_limits_are_twenty_and_not_one_more() {
    let condition = Condition {
        property: "tier".parse().unwrap(),
        operator: Operator::IsKnown,
    };
    let of =
        |groups: usize, conditions: usize| Criteria::new(vec![vec![condition.clone(); conditions]; groups]).map(|_| ());
    assert_eq!(of(20, 20), Ok(()));
    assert_eq!(of(1, 20), Ok(()));
    assert_eq!(of(20, 1), Ok(()));
    assert_eq!(of(21, 1), Err(CriteriaError::TooMany));
    assert_eq!(of(1, 21), Err(CriteriaError::TooMany));
    assert_eq!(of(0, 0), Err(CriteriaError::Empty));
    assert_eq!(of(1, 0), Err(CriteriaError::Empty));
}

#[test]
fn contains_looks_into_texts_whatever_their_case_and_for_whole_choices() {
    let text = |it: &str| PropertyValue::Text(it.to_owned());
    let choices = |all: &[&str]| PropertyValue::Choices(all.iter().map(|it| (*it).to_owned()).collect());
    let table = [
        (text("Golden Plan"), "PLAN", true),
        (text("Golden Plan"), "silver", false),
        (PropertyValue::Choice("Golden".into()), "gold", true),
        (PropertyValue::Choice("Golden".into()), "plan", false),
        (choices(&["gold", "silver"]), "gold", true),
        (choices(&["golden"]), "gold", false),
        (choices(&["Gold"]), "gold", false),
        (PropertyValue::Bool(true), "true", false),
        (PropertyValue::Number(Decimal::from_millionths(1)), "1", false),
        (PropertyValue::Date(Date::new(2026, 1, 1).unwrap()), "2026", false),
    ];
    let key: PropertyKey = "any".parse().unwrap();
    for (value, part, expected) in table {
        let person = PropertyValues::from([(key.clone(), value.clone())]);
        assert_eq!(
            holds(&key, Operator::Contains(part.to_owned()), &person),
            expected,
            "{value:?} contains {part}"
        );
    }
}

#[test]
fn values_of_different_types_are_never_equal() {
    let key: PropertyKey = "any".parse().unwrap();
    let person = PropertyValues::from([(key.clone(), PropertyValue::Text("gold".into()))]);
    assert!(!holds(
        &key,
        Operator::Is(PropertyValue::Choice("gold".into())),
        &person
    ));
    assert!(holds(
        &key,
        Operator::IsNot(PropertyValue::Choice("gold".into())),
        &person
    ));
}
