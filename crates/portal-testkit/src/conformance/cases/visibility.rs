use portal_core::ports::Access;

use crate::conformance::Broken;
use crate::conformance::fixture::Fixture;
use crate::conformance::laws::{Effort, check};
use crate::conformance::random::{for_all, law_cases};
use crate::world::{commands, worlds};

const MOST_COMMANDS: usize = 8;

/// Each world lives in a unit of work that is never committed.
pub(super) fn every_contact_sees_exactly_what_the_oracle_says(fixture: &dyn Fixture) -> Result<(), Broken> {
    for_all(law_cases(fixture.law_cases()), &worlds(), |world| {
        fixture.block_on(Box::pin(async move {
            let mut tx = fixture.store().begin(Access::Write).await?;
            let place = world.install(&mut *tx).await?;
            check(&mut *tx, &world, &place, Effort::Every).await
        }))
    })
}

/// The same through units of work that only read.
pub(super) fn committed_worlds_read_the_same_by_read_and_by_snapshot(fixture: &dyn Fixture) -> Result<(), Broken> {
    for_all(law_cases(fixture.law_cases()).div_ceil(2), &worlds(), |world| {
        fixture.block_on(Box::pin(async move {
            let mut tx = fixture.store().begin(Access::Write).await?;
            let place = world.install(&mut *tx).await?;
            tx.commit().await?;
            for (access, turn) in [(Access::Read, 0), (Access::Snapshot, 4)] {
                let mut tx = fixture.store().begin(access).await?;
                check(&mut *tx, &world, &place, Effort::Some(turn))
                    .await
                    .map_err(|it| it.at(format!("{access:?}")))?;
            }
            Ok(())
        }))
    })
}

/// A state machine: what changes a ticket, a contact or a policy changes at once what is seen, and nothing else.
pub(super) fn after_every_command_the_same_again(fixture: &dyn Fixture) -> Result<(), Broken> {
    let values = (worlds(), commands(MOST_COMMANDS));
    for_all(law_cases(fixture.law_cases()), &values, |(mut world, commands)| {
        fixture.block_on(Box::pin(async move {
            let mut tx = fixture.store().begin(Access::Write).await?;
            let place = world.install(&mut *tx).await?;
            for (turn, command) in commands.iter().enumerate() {
                let after = |it: Broken| it.at(format!("after command {turn} {command:?}"));
                command.apply(&mut world, &place, &mut *tx).await.map_err(after)?;
                check(&mut *tx, &world, &place, Effort::Some(turn))
                    .await
                    .map_err(after)?;
            }
            Ok(())
        }))
    })
}

/// The same with a commit after each command, read by others.
pub(super) fn after_every_committed_command_the_same_again(fixture: &dyn Fixture) -> Result<(), Broken> {
    let values = (worlds(), commands(MOST_COMMANDS));
    for_all(
        law_cases(fixture.law_cases()).div_ceil(4),
        &values,
        |(mut world, commands)| {
            fixture.block_on(Box::pin(async move {
                let store = fixture.store();
                let mut tx = store.begin(Access::Write).await?;
                let place = world.install(&mut *tx).await?;
                tx.commit().await?;
                for (turn, command) in commands.iter().enumerate() {
                    let after = |it: Broken| it.at(format!("after command {turn} {command:?}"));
                    let mut tx = store.begin(Access::Write).await?;
                    command.apply(&mut world, &place, &mut *tx).await.map_err(after)?;
                    tx.commit().await?;
                    let mut tx = store.begin(Access::Snapshot).await?;
                    check(&mut *tx, &world, &place, Effort::Some(turn))
                        .await
                        .map_err(after)?;
                }
                Ok(())
            }))
        },
    )
}
