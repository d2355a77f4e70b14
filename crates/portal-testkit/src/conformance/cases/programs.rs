use std::collections::BTreeSet;

use portal_core::actor::{Mode, Task};
use portal_core::id::{AgentId, TokenId, Uuid};
use portal_core::membership::SecretHash;
use portal_core::ports::{Access, IdempotencyKey, Store, StoreErrorKind, Tx};
use portal_core::programs::{DoneOnce, ProgramToken};
use portal_core::staff::{InboxAccess, Permission, StaffStanding, StaffUser};

use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::at;

fn agent(number: u128) -> AgentId {
    AgentId::from_uuid(Uuid::from_u128(900 + number))
}

async fn staff(tx: &mut dyn Tx, number: u128) -> Result<(), Broken> {
    let user = StaffUser {
        id: agent(number),
        name: format!("Agent {number}").parse()?,
        email: format!("agent{number}@kestrel.example").parse()?,
        permissions: BTreeSet::from([Permission::Admin]),
        inboxes: InboxAccess::All,
        standing: StaffStanding::Active,
        language: None,
        time_zone: None,
        created_at: at(0),
    };
    Ok(tx.staffing().put_staff_user(&Task::CommandLine, &user).await?)
}

fn token(number: u8, owner: u128) -> Result<ProgramToken, Broken> {
    Ok(ProgramToken {
        id: TokenId::from_uuid(Uuid::from_u128(u128::from(number))),
        agent: agent(owner),
        name: format!("Robot {number}").parse()?,
        mode: if number.is_multiple_of(2) {
            Mode::Read
        } else {
            Mode::Write
        },
        only: BTreeSet::from([Permission::Crm, Permission::PortalSettings]),
        dangerous: !number.is_multiple_of(2),
        secret: SecretHash::from_bytes([number; 32]),
        created_at: at(i64::from(number)),
        ends_at: at(1_000),
        seen_at: None,
    })
}

pub(super) async fn tokens_of_programs_come_back_and_go(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    staff(&mut *tx, 1).await?;
    staff(&mut *tx, 2).await?;
    for (number, owner) in [(1, 1), (2, 1), (3, 2)] {
        tx.programs().add_program_token(&token(number, owner)?).await?;
    }
    same!(
        tx.programs().program_tokens(agent(1)).await?,
        vec![token(2, 1)?, token(1, 1)?],
        "tokens do not come newest first"
    );
    let three = token(3, 2)?;
    same!(
        tx.programs().program_token(&three.secret).await?,
        Some(three.clone()),
        "a token is not found by its secret"
    );
    tx.programs().touch_program_token(three.id, at(50)).await?;
    let found = tx.programs().program_token(&three.secret).await?;
    same!(found.and_then(|it| it.seen_at), Some(at(50)), "a use is not noted");
    tx.programs().remove_program_token(agent(1), three.id).await?;
    ensure!(
        tx.programs().program_token(&three.secret).await?.is_some(),
        "somebody removed another one's token"
    );
    tx.programs().remove_program_token(agent(2), three.id).await?;
    tx.programs().remove_program_token(agent(2), three.id).await?;
    tx.programs().touch_program_token(three.id, at(60)).await?;
    ensure!(
        tx.programs().program_token(&three.secret).await?.is_none(),
        "a removed token is there"
    );
    Ok(())
}

pub(super) async fn one_token_has_a_secret(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    staff(&mut *tx, 1).await?;
    tx.programs().add_program_token(&token(1, 1)?).await?;
    let same_secret = ProgramToken {
        id: TokenId::from_uuid(Uuid::from_u128(77)),
        ..token(1, 1)?
    };
    let refused = tx.programs().add_program_token(&same_secret).await;
    ensure!(
        refused.is_err_and(|it| it.kind() == StoreErrorKind::Conflict),
        "two tokens have one secret"
    );
    same!(
        tx.programs().program_tokens(agent(1)).await?.len(),
        1,
        "a refused token is there"
    );
    Ok(())
}

fn command(byte: u8, second: i64) -> DoneOnce {
    DoneOnce {
        command: [byte; 32],
        answer: None,
        at: at(second),
    }
}

fn key(text: &str) -> Result<IdempotencyKey, Broken> {
    Ok(text.parse()?)
}

pub(super) async fn a_command_is_begun_once(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (one, two) = (key("key-number-one")?, key("key-number-two")?);
    let programs = tx.programs();
    same!(
        programs.begin_command(agent(1), &one, &command(1, 100), at(0)).await?,
        None,
        "a new command was begun before"
    );
    same!(
        programs.begin_command(agent(1), &one, &command(2, 110), at(0)).await?,
        Some(command(1, 100)),
        "a key is used twice"
    );
    for (agent, key) in [(agent(1), &two), (agent(2), &one)] {
        same!(
            programs.begin_command(agent, key, &command(3, 120), at(0)).await?,
            None,
            "keys of different owners or of other names meet"
        );
    }
    same!(
        programs
            .begin_command(agent(1), &one, &command(4, 500), at(101))
            .await?,
        None,
        "what is old is not forgotten"
    );
    Ok(())
}

pub(super) async fn a_command_that_ended_answers_the_same_and_a_forgotten_one_begins_anew(
    store: &dyn Store,
) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let one = key("key-number-one")?;
    let programs = tx.programs();
    programs.end_command(agent(1), &one, Some("201 early")).await?;
    same!(
        programs.begin_command(agent(1), &one, &command(1, 100), at(0)).await?,
        None,
        "an answer to nothing began a command"
    );
    programs.end_command(agent(1), &one, Some("201 done")).await?;
    let done = DoneOnce {
        answer: Some("201 done".to_owned()),
        ..command(1, 100)
    };
    same!(
        programs.begin_command(agent(1), &one, &command(1, 110), at(0)).await?,
        Some(done),
        "an answer is lost"
    );
    programs.end_command(agent(1), &one, None).await?;
    same!(
        programs.begin_command(agent(1), &one, &command(1, 120), at(0)).await?,
        None,
        "a forgotten command is remembered"
    );
    Ok(())
}
