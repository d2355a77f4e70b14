use std::collections::BTreeSet;

use super::*;

#[test]
fn every_address_of_the_staff_says_who_from_where_and_whether_it_is_audited() {
    let lines: Vec<String> = all()
        .map(|it| {
            let needs = match it.needs {
                Need::Nobody => "nobody".to_owned(),
                Need::Staff => "staff".to_owned(),
                Need::Any(permissions) => permissions.iter().map(|it| it.name()).collect::<Vec<_>>().join("|"),
            };
            format!(
                "{} {} needs:{needs} from:{:?} carries:{:?} audit:{:?}",
                it.method, it.path, it.origin, it.carries, it.audit
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn what_changes_something_comes_from_our_own_pages() {
    for route in all() {
        assert_eq!(
            route.method == Method::GET,
            route.origin == Origin::Any,
            "{} {}",
            route.method,
            route.path
        );
        assert!(route.is_page || route.method != Method::GET || route.audit == Audit::None);
        assert!(crate::office::owns(route.path), "{}", route.path);
    }
}

#[test]
fn no_address_is_there_twice() {
    let mut seen = BTreeSet::new();
    for route in all() {
        assert!(
            seen.insert((route.method.as_str(), route.path)),
            "{} {}",
            route.method,
            route.path
        );
    }
}

#[test]
fn nobody_is_led_anywhere_else() {
    for path in [
        "//evil.example",
        "https://evil.example",
        "/support",
        "/admin/../x",
        "/desk/language",
        "/admin%2f",
    ] {
        assert_eq!(safe(path), None, "{path}");
    }
}
