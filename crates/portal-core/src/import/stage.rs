use crate::ticket::Stage;

/// The stage of HubSpot's default statuses, in English and in German installations; `None` for any other name.
#[must_use]
pub fn stage_of_status(name: &str) -> Option<Stage> {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    match words.join(" ").as_str() {
        "new" | "neu" => Some(Stage::Received),
        "waiting on contact" | "warten auf kontakt" | "wartet auf kontakt" => Some(Stage::WaitingOnContact),
        "waiting on us" | "warten auf uns" | "wartet auf uns" => Some(Stage::InProgress),
        "closed" | "geschlossen" => Some(Stage::Closed),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_default_statuses_have_their_stages() {
        assert_eq!(stage_of_status("New"), Some(Stage::Received));
        assert_eq!(stage_of_status(" waiting  on CONTACT "), Some(Stage::WaitingOnContact));
        assert_eq!(stage_of_status("Waiting on us"), Some(Stage::InProgress));
        assert_eq!(stage_of_status("Closed"), Some(Stage::Closed));
        assert_eq!(stage_of_status("Escalated"), None);
    }
}
