//! Several tickets at once: all of them, or none.

use std::collections::BTreeMap;

use portal_core::access::Standing;
use portal_core::desk::{ChangeMany, DeskError, DeskView, ManyChange, TicketChange};
use portal_core::id::TicketNumber;
use portal_core::ticket::{Priority, Stage, Version};

use crate::desk::Desk;

impl Desk {
    async fn three(&self) -> Vec<TicketNumber> {
        let mut numbers = Vec::new();
        for (who, subject) in [
            (self.world.jonas, "One"),
            (self.world.aylin, "Two"),
            (self.world.stranger, "Three"),
        ] {
            numbers.push(self.world.open(who, subject).await);
        }
        numbers
    }

    async fn seen(&self, numbers: &[TicketNumber]) -> BTreeMap<TicketNumber, Version> {
        let mut seen = BTreeMap::new();
        for number in numbers {
            seen.insert(*number, self.world.stored(*number).await.version);
        }
        seen
    }

    async fn many(&self, numbers: &[TicketNumber], change: ManyChange) -> Result<u32, DeskError> {
        let command = ChangeMany {
            tickets: self.seen(numbers).await,
            change,
            key: None,
        };
        self.world.service.change_many(&self.mara, command).await
    }
}

#[tokio::test]
async fn each_change_is_made_to_all_of_them() {
    let desk = Desk::new().await;
    let numbers = desk.three().await;
    let later = desk.world.service.now().plus(std::time::Duration::from_hours(4));
    let mara = desk.mara.agent;
    for (change, counts) in [
        (ManyChange::Owner(Some(mara)), 3),
        (ManyChange::Owner(Some(mara)), 0),
        (ManyChange::Priority(Priority::Urgent), 3),
        (ManyChange::Snooze(Some(later)), 3),
        (ManyChange::Snooze(None), 3),
        (ManyChange::Stage(Stage::WaitingOnContact), 3),
        (ManyChange::Stage(Stage::Closed), 3),
        (ManyChange::Stage(Stage::InProgress), 3),
        (ManyChange::Sight(TicketChange::Standing(Standing::Spam)), 3),
        (ManyChange::Sight(TicketChange::Standing(Standing::Deleted)), 3),
        (ManyChange::Sight(TicketChange::Standing(Standing::Live)), 3),
    ] {
        assert_eq!(desk.many(&numbers, change).await.unwrap(), counts, "{change:?}");
    }
    for number in &numbers {
        let ticket = desk.world.stored(*number).await;
        assert_eq!(ticket.owner, Some(mara));
        assert_eq!((ticket.priority, ticket.stage), (Priority::Urgent, Stage::InProgress));
        assert_eq!((ticket.standing, ticket.snoozed_until), (Standing::Live, None));
    }
}

#[tokio::test]
async fn if_one_cannot_be_changed_none_is() {
    let desk = Desk::new().await;
    let numbers = desk.three().await;
    desk.world.change(numbers[2], |it| it.standing = Standing::Spam).await;
    let refused = desk.many(&numbers, ManyChange::Stage(Stage::Closed)).await;
    assert!(matches!(refused, Err(DeskError::NotPossible)), "{refused:?}");
    assert_eq!(desk.numbers(&desk.mara, DeskView::Closed).await, Vec::<i64>::new());
    // Whoever does not have the inbox of one changes none.
    let command = ChangeMany {
        tickets: desk.seen(&numbers).await,
        change: ManyChange::Priority(Priority::Low),
        key: None,
    };
    let refused = desk.world.service.change_many(&desk.tim, command).await;
    assert!(matches!(refused, Err(DeskError::NotFound)), "{refused:?}");
    // Nobody closes a ticket to which somebody wrote meanwhile.
    let command = ChangeMany {
        tickets: desk.seen(&numbers[..2]).await,
        change: ManyChange::Stage(Stage::Closed),
        key: None,
    };
    desk.customer(numbers[0], "Wait!").await;
    let refused = desk.world.service.change_many(&desk.mara, command).await;
    assert!(matches!(refused, Err(DeskError::Stale)), "{refused:?}");
    assert_eq!(desk.world.stored(numbers[1]).await.stage, Stage::Received);
}

#[tokio::test]
async fn not_more_than_a_hundred_and_not_none() {
    let desk = Desk::new().await;
    let refused = desk.many(&[], ManyChange::Stage(Stage::Closed)).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
    let command = ChangeMany {
        tickets: (1..=101)
            .filter_map(TicketNumber::new)
            .map(|it| (it, Version(1)))
            .collect(),
        change: ManyChange::Stage(Stage::Closed),
        key: None,
    };
    let refused = desk.world.service.change_many(&desk.mara, command).await;
    assert!(matches!(refused, Err(DeskError::Invalid(_))), "{refused:?}");
}

#[tokio::test]
async fn the_preview_says_who_loses_how_many_of_them() {
    let desk = Desk::new().await;
    let numbers = desk.three().await;
    let spam = TicketChange::Standing(Standing::Spam);
    let preview = desk
        .world
        .service
        .preview_many(&desk.mara, &numbers, spam)
        .await
        .unwrap();
    let lost: Vec<(&str, u32)> = preview.lose.iter().map(|it| (it.0.name.as_str(), it.1)).collect();
    assert_eq!(
        lost,
        [
            ("Aylin Demir", 2),
            ("Greta Holm", 2),
            ("Jonas Weber", 2),
            ("Max Stranger", 1)
        ]
    );
    assert!(preview.gain.is_empty());
    assert_eq!(preview.tickets.len(), 3);
}
