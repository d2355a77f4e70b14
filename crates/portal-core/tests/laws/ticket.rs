//! Laws of the small parts of tickets: pipelines, snippets, file and idempotency keys, numbers.

use portal_core::id::{PipelineId, StatusId, TicketNumber, Uuid};
use portal_core::ports::IdempotencyKey;
use portal_core::ticket::{FileKey, Pipeline, PipelineError, Stage, Status, snippet};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::cases;

fn status((id, stage): (u8, Stage)) -> Status {
    Status {
        id: StatusId::from_uuid(Uuid::from_u128(u128::from(id))),
        name: format!("status {id}").parse().unwrap(),
        stage,
        customer_label: None,
        explanation: None,
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_pipeline_has_each_stage_and_no_status_twice(given in vec((0..12u8, select(Stage::ALL.to_vec())), 0..9)) {
        let statuses: Vec<Status> = given.iter().copied().map(status).collect();
        let missing = Stage::ALL.into_iter().find(|stage| given.iter().all(|(_, it)| it != stage));
        let twice = given.iter().enumerate().any(|(at, (id, _))| given[..at].iter().any(|(it, _)| it == id));
        let pipeline = Pipeline::new(PipelineId::from_uuid(Uuid::nil()), "Support".parse().unwrap(), statuses.clone());
        match (missing, twice) {
            (Some(stage), _) => prop_assert_eq!(pipeline, Err(PipelineError::MissingStage(stage))),
            (None, true) => prop_assert_eq!(pipeline, Err(PipelineError::Duplicate)),
            (None, false) => {
                let pipeline = pipeline.unwrap();
                prop_assert_eq!(pipeline.statuses(), &statuses[..]);
                for stage in Stage::ALL {
                    let first = statuses.iter().find(|it| it.stage == stage);
                    prop_assert_eq!(pipeline.entry(stage), first);
                }
                for it in &statuses {
                    prop_assert_eq!(pipeline.status(it.id), Some(it));
                }
                prop_assert_eq!(pipeline.status(StatusId::from_uuid(Uuid::from_u128(99))), None);
            }
        }
    }

    #[test]
    fn a_snippet_is_one_short_line_from_the_beginning(text in "(\\PC{0,12}[ \n\t]){0,40}|\\PC{0,400}") {
        let short = snippet(&text);
        let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if short == words {
            prop_assert!(short.chars().count() <= 140);
        } else {
            let kept = short.strip_suffix('…').unwrap();
            prop_assert!(kept.chars().count() <= 140);
            prop_assert!(words.starts_with(kept));
            prop_assert!(words.chars().count() > 140);
            let next = words[kept.len()..].chars().next();
            prop_assert!(next == Some(' ') || !kept.contains(' '), "cut inside a word: {:?}", kept);
        }
        prop_assert!(!short.contains(['\n', '\t', '\r']));
    }

    #[test]
    fn a_file_key_is_read_back(bytes in any::<[u8; 16]>()) {
        let key = FileKey::from_bytes(bytes);
        let text = key.to_string();
        prop_assert!(text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()));
        prop_assert_eq!(text.parse::<FileKey>(), Ok(key));
        prop_assert_eq!(key.bytes(), &bytes);
        prop_assert!(!format!("{key:?}").contains(&text[..8]), "a key must not get into logs");
    }

    #[test]
    fn nothing_else_is_a_file_key(text in "\\PC{0,40}|[+0-9a-f]{30,34}|\\.\\./[a-z]{1,8}") {
        let fine = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
        prop_assert_eq!(text.parse::<FileKey>().is_ok(), fine);
    }

    #[test]
    fn an_idempotency_key_is_8_to_128_visible_characters(text in "[!-~]{0,140}|\\PC{0,20}|[!-~]{8}[\0-\x20]") {
        let fine = (8..=128).contains(&text.len()) && text.bytes().all(|b| (0x21..=0x7e).contains(&b));
        prop_assert_eq!(text.parse::<IdempotencyKey>().map(|it| it.as_str().to_owned()).ok(), fine.then_some(text));
    }

    #[test]
    fn a_ticket_number_is_positive_and_written_one_way(number in any::<i64>(), text in "[#+0-9-]{0,22}") {
        prop_assert_eq!(TicketNumber::new(number).map(TicketNumber::get), Some(number).filter(|it| *it >= 1));
        if let Some(it) = TicketNumber::new(number) {
            prop_assert_eq!(it.to_string().parse::<TicketNumber>(), Ok(it));
            prop_assert_eq!(format!("#{it}").parse::<TicketNumber>(), Ok(it));
        }
        if let Ok(it) = text.parse::<TicketNumber>() {
            prop_assert_eq!(it.to_string(), text.strip_prefix('#').unwrap_or(&text));
        }
    }
}

#[test]
fn ranks_and_stages_are_two_names_of_the_same() {
    for stage in Stage::ALL {
        assert_eq!(Stage::from_rank(stage.rank()), Some(stage));
        assert_eq!(stage.is_open(), stage.rank() >= 1);
    }
    assert_eq!(Stage::from_rank(4), None);
    let mut order = Stage::ALL;
    order.sort_by_key(|it| std::cmp::Reverse(it.rank()));
    assert_eq!(
        order,
        [
            Stage::WaitingOnContact,
            Stage::InProgress,
            Stage::Received,
            Stage::Closed
        ]
    );
}
