//! Lists in forms whose entries are moved and removed by buttons that send the form: `up-columns-2`, `remove-columns-0`.

/// Does what a button says to the list that it names.
pub(super) fn edit<T>(items: &mut Vec<T>, name: &str, button: &str) {
    let mut parts = button.splitn(3, '-');
    let (Some(what), Some(list), Some(place)) = (parts.next(), parts.next(), parts.next()) else {
        return;
    };
    let Some(place) = place
        .parse::<usize>()
        .ok()
        .filter(|it| list == name && *it < items.len())
    else {
        return;
    };
    match what {
        "up" if place > 0 => items.swap(place, place - 1),
        "down" if place + 1 < items.len() => items.swap(place, place + 1),
        "remove" => drop(items.remove(place)),
        _ => {}
    }
}

/// Whether the button adds an entry to the list with this name.
pub(super) fn adds(name: &str, button: &str) -> bool {
    button.strip_prefix("add-").is_some_and(|it| it == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_move_and_go_and_nothing_else_happens() {
        let after = |button: &str| {
            let mut items = vec!['a', 'b', 'c'];
            edit(&mut items, "columns", button);
            items.into_iter().collect::<String>()
        };
        assert_eq!(after("up-columns-1"), "bac");
        assert_eq!(after("down-columns-1"), "acb");
        assert_eq!(after("remove-columns-2"), "ab");
        for nothing in [
            "up-columns-0",
            "down-columns-2",
            "remove-columns-3",
            "up-other-1",
            "up-columns",
            "",
            "x",
        ] {
            assert_eq!(after(nothing), "abc", "{nothing}");
        }
        assert!(adds("columns", "add-columns"));
        assert!(!adds("columns", "add-other"));
    }
}
