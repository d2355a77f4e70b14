use portal_core::actor::Task;
use portal_core::id::{ContactId, IntentId, PortalId, Uuid};
use portal_core::mail::{Claim, ClaimedMail, Intent, Mail, MailState, Settled};
use portal_core::ports::{Access, Store, Tx};
use portal_core::time::Timestamp;

use super::small::{usable, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::at;

const TASK: &Task = &Task::Delivery;

fn id(number: u128) -> IntentId {
    IntentId::from_uuid(Uuid::from_u128(number))
}

/// The `number`th intent, due in the second of its number: an invitation if it has a key.
fn intent(number: u128, key: Option<&str>) -> Intent {
    let mail = Mail::Invitation {
        portal: PortalId::from_uuid(Uuid::from_u128(1)),
        contact: ContactId::from_uuid(Uuid::from_u128(number)),
    };
    Intent {
        unique: key.map(str::to_owned),
        ..Intent::now(id(number), mail, at(number as i64))
    }
}

async fn pushed(tx: &mut dyn Tx, numbers: std::ops::RangeInclusive<u128>) -> Result<(), Broken> {
    for number in numbers {
        ensure!(
            tx.outbox().push(&intent(number, None)).await?,
            "intent {number} was not taken"
        );
    }
    Ok(())
}

fn numbers(claimed: &[ClaimedMail]) -> Vec<(u128, u32, u32)> {
    let number = |it: &ClaimedMail| (it.claim.intent.uuid().as_u128(), it.claim.attempt, it.tries);
    claimed.iter().map(number).collect()
}

async fn claim(tx: &mut dyn Tx, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<ClaimedMail>, Broken> {
    Ok(tx.outbox().claim_due(TASK, now, until, limit).await?)
}

async fn state(tx: &mut dyn Tx, number: u128) -> Result<Option<MailState>, Broken> {
    Ok(tx.outbox().queued_mail(TASK, id(number)).await?.map(|it| it.state))
}

pub(super) async fn intents_come_back_as_they_were_pushed(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    pushed(&mut *tx, 1..=3).await?;
    ensure!(!tx.outbox().push(&intent(3, None)).await?, "an id was taken twice");
    let found = tx.outbox().queued(TASK, MailState::Waiting, None, 2).await?;
    same!(
        found.iter().map(|it| it.id).collect::<Vec<_>>(),
        vec![id(3), id(2)],
        "the newest two"
    );
    let found = tx.outbox().queued(TASK, MailState::Waiting, Some(id(2)), 2).await?;
    same!(
        found.iter().map(|it| it.id).collect::<Vec<_>>(),
        vec![id(1)],
        "what is older"
    );
    same!(
        found.first().map(|it| it.mail.clone()),
        Some(intent(1, None).mail),
        "the mail"
    );
    same!(tx.outbox().next_due(TASK).await?, Some(at(1)), "what is due next");
    let tally = tx.outbox().tally(TASK).await?;
    same!((tally.waiting, tally.dead), (3, 0), "the tally");
    Ok(())
}

pub(super) async fn only_one_intent_of_a_key_waits(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    ensure!(
        tx.outbox().push(&intent(1, Some("k"))).await?,
        "the first was not taken"
    );
    ensure!(!tx.outbox().push(&intent(2, Some("k"))).await?, "a second one waits");
    usable(&mut *tx, &place).await?;
    ensure!(
        tx.outbox().push(&intent(3, Some("K"))).await?,
        "another key was not taken"
    );
    ensure!(tx.outbox().take_back("k", at(5)).await?, "it was not taken back");
    ensure!(!tx.outbox().take_back("k", at(5)).await?, "it was taken back twice");
    same!(
        state(&mut *tx, 1).await?,
        Some(MailState::Discarded),
        "the state of what was taken back"
    );
    ensure!(
        tx.outbox().push(&intent(4, Some("k"))).await?,
        "the key is not free again"
    );
    Ok(())
}

pub(super) async fn claims_are_of_what_is_due_longest_and_at_most_the_limit(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    pushed(&mut *tx, 1..=5).await?;
    let first = claim(&mut *tx, at(4), at(100), 3).await?;
    same!(
        numbers(&first),
        vec![(1, 1, 1), (2, 1, 1), (3, 1, 1)],
        "the first claims"
    );
    let second = claim(&mut *tx, at(4), at(100), 3).await?;
    same!(numbers(&second), vec![(4, 1, 1)], "what is left");
    ensure!(
        claim(&mut *tx, at(4), at(100), 3).await?.is_empty(),
        "something was claimed twice"
    );
    let again = claim(&mut *tx, at(100), at(200), 9).await?;
    same!(
        numbers(&again),
        vec![(5, 1, 1), (1, 2, 2), (2, 2, 2), (3, 2, 2), (4, 2, 2)],
        "what is claimed again when the claims have expired"
    );
    Ok(())
}

pub(super) async fn whoever_lost_a_claim_settles_nothing(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    pushed(&mut *tx, 1..=1).await?;
    let (lost, held) = (
        Claim {
            intent: id(1),
            attempt: 1,
        },
        Claim {
            intent: id(1),
            attempt: 2,
        },
    );
    claim(&mut *tx, at(1), at(10), 1).await?;
    ensure!(
        tx.outbox().hold(TASK, lost, at(20)).await?,
        "a living claim was not prolonged"
    );
    ensure!(
        claim(&mut *tx, at(19), at(30), 1).await?.is_empty(),
        "a prolonged claim was lost"
    );
    claim(&mut *tx, at(20), at(30), 1).await?;
    ensure!(
        !tx.outbox().hold(TASK, lost, at(40)).await?,
        "a lost claim was prolonged"
    );
    ensure!(
        !tx.outbox().settle(TASK, lost, &Settled::Sent, None, at(21)).await?,
        "a lost claim was settled"
    );
    same!(state(&mut *tx, 1).await?, Some(MailState::Waiting), "the state");
    let address = "ada@example.com".parse()?;
    ensure!(
        tx.outbox()
            .settle(TASK, held, &Settled::Sent, Some(&address), at(22))
            .await?,
        "a living claim was not settled"
    );
    ensure!(
        !tx.outbox().settle(TASK, held, &Settled::Sent, None, at(23)).await?,
        "it was settled twice"
    );
    let found = tx.outbox().queued_mail(TASK, id(1)).await?;
    let found = found.map(|it| (it.state, it.to, it.settled_at, it.attempts));
    same!(
        found,
        Some((MailState::Sent, Some(address), Some(at(22)), 2)),
        "what was written down"
    );
    Ok(())
}

pub(super) async fn what_is_tried_again_waits_until_it_is_due(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    pushed(&mut *tx, 1..=1).await?;
    let claimed = claim(&mut *tx, at(1), at(10), 1).await?;
    let claim_of = |claimed: &[ClaimedMail]| {
        claimed
            .first()
            .map(|it| it.claim)
            .ok_or_else(|| Broken::new("no claim"))
    };
    let again = Settled::Again(at(50), "come back later".to_owned());
    ensure!(
        tx.outbox()
            .settle(TASK, claim_of(&claimed)?, &again, None, at(2))
            .await?,
        "not settled"
    );
    ensure!(
        claim(&mut *tx, at(49), at(60), 1).await?.is_empty(),
        "it was claimed too early"
    );
    let found = tx.outbox().queued_mail(TASK, id(1)).await?;
    same!(
        found.and_then(|it| it.reason),
        Some("come back later".to_owned()),
        "the reason"
    );
    same!(
        numbers(&claim(&mut *tx, at(50), at(60), 1).await?),
        vec![(1, 2, 2)],
        "the second attempt"
    );
    Ok(())
}

pub(super) async fn only_what_was_given_up_is_revived_and_its_tries_begin_anew(
    store: &dyn Store,
) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let place = world().install(&mut *tx).await?;
    tx.outbox().push(&intent(1, Some("k"))).await?;
    ensure!(!tx.outbox().revive(TASK, id(1), at(1)).await?, "what waits was revived");
    let first = Claim {
        intent: id(1),
        attempt: 1,
    };
    claim(&mut *tx, at(1), at(10), 1).await?;
    let dead = Settled::Dead("nobody lives here".to_owned());
    ensure!(
        tx.outbox().settle(TASK, first, &dead, None, at(2)).await?,
        "it was not given up"
    );
    same!(tx.outbox().tally(TASK).await?.dead, 1, "how many were given up");
    tx.outbox().push(&intent(2, Some("k"))).await?;
    ensure!(!tx.outbox().revive(TASK, id(1), at(3)).await?, "two of a key wait");
    usable(&mut *tx, &place).await?;
    ensure!(
        tx.outbox().discard(TASK, id(2), at(3)).await?,
        "what waits was not discarded"
    );
    ensure!(
        tx.outbox().revive(TASK, id(1), at(4)).await?,
        "what was given up was not revived"
    );
    same!(
        numbers(&claim(&mut *tx, at(4), at(10), 9).await?),
        vec![(1, 2, 1)],
        "the attempt after it"
    );
    ensure!(
        !tx.outbox().settle(TASK, first, &Settled::Sent, None, at(5)).await?,
        "an old claim counts again"
    );
    ensure!(tx.outbox().discard(TASK, id(1), at(6)).await?, "it was not discarded");
    ensure!(
        !tx.outbox().discard(TASK, id(1), at(7)).await?,
        "it was discarded twice"
    );
    Ok(())
}

pub(super) async fn sweeping_leaves_what_waits_and_what_was_given_up(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    pushed(&mut *tx, 1..=4).await?;
    claim(&mut *tx, at(4), at(100), 9).await?;
    let ends = [
        (1, Settled::Sent),
        (2, Settled::Dropped("gone".to_owned())),
        (3, Settled::Dead("refused".to_owned())),
    ];
    for (number, how) in ends {
        let claim = Claim {
            intent: id(number),
            attempt: 1,
        };
        tx.outbox().settle(TASK, claim, &how, None, at(10)).await?;
    }
    same!(tx.outbox().sweep_mails(TASK, at(10), 9).await?, 0, "what is not old");
    same!(tx.outbox().sweep_mails(TASK, at(11), 1).await?, 1, "at most the limit");
    same!(tx.outbox().sweep_mails(TASK, at(11), 9).await?, 1, "the rest");
    same!(state(&mut *tx, 3).await?, Some(MailState::Dead), "what was given up");
    same!(state(&mut *tx, 4).await?, Some(MailState::Waiting), "what waits");
    Ok(())
}
