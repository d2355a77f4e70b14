use super::pipeline::Stage;
use crate::access::Standing;

/// Something that happens to a ticket and may move it. Every writer says which of these it is: pages, API, mails, timers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A customer wrote.
    CustomerReplied,
    /// A customer wrote, and closes the ticket with it.
    CustomerRepliedAndClosed,
    /// A customer closed it.
    CustomerClosed,
    /// A customer opened it again.
    CustomerReopened,
    /// Somebody of the staff answered, and goes on working.
    Answered,
    /// Somebody of the staff answered, and waits for the customer.
    AnsweredAndWaits,
    /// Somebody of the staff answered, and closes it.
    AnsweredAndClosed,
    /// Somebody of the staff chose a status of this stage.
    SetTo(Stage),
    /// The customer was asked, was reminded, and said nothing.
    TimeIsUp,
}

impl Step {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::CustomerReplied,
        Self::CustomerRepliedAndClosed,
        Self::CustomerClosed,
        Self::CustomerReopened,
        Self::Answered,
        Self::AnsweredAndWaits,
        Self::AnsweredAndClosed,
        Self::SetTo(Stage::Received),
        Self::SetTo(Stage::InProgress),
        Self::SetTo(Stage::WaitingOnContact),
        Self::SetTo(Stage::Closed),
        Self::TimeIsUp,
    ];

    /// Whether something is written that stays, whatever becomes of the stage.
    #[must_use]
    pub const fn writes(self) -> bool {
        match self {
            Self::CustomerReplied
            | Self::CustomerRepliedAndClosed
            | Self::Answered
            | Self::AnsweredAndWaits
            | Self::AnsweredAndClosed => true,
            Self::CustomerClosed | Self::CustomerReopened | Self::SetTo(_) | Self::TimeIsUp => false,
        }
    }
}

/// A step that a ticket in this state cannot take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a ticket in this state cannot do this")]
pub struct NoSuchStep;

/// The state machine of tickets: in which stage a step leaves one. There is no other.
///
/// A ticket that was merged, deleted or judged to be spam stays where it is, whoever writes on it; nothing else can be done
/// to it but what undoes that.
///
/// # Errors
/// If the step cannot be taken from here.
pub const fn next_stage(now: Stage, standing: Standing, step: Step) -> Result<Stage, NoSuchStep> {
    match standing {
        Standing::Live | Standing::Unverified => {}
        Standing::Spam | Standing::Deleted | Standing::Merged => {
            return if step.writes() { Ok(now) } else { Err(NoSuchStep) };
        }
    }
    match (step, now) {
        // What nobody has begun is not begun by another message of the customer.
        (Step::CustomerReplied, Stage::Received) => Ok(Stage::Received),
        (Step::CustomerReplied, _) | (Step::CustomerReopened, Stage::Closed) => Ok(Stage::InProgress),
        (Step::CustomerReopened, _) | (Step::CustomerClosed, Stage::Closed) => Err(NoSuchStep),
        (Step::CustomerRepliedAndClosed | Step::CustomerClosed | Step::AnsweredAndClosed, _)
        | (Step::TimeIsUp, Stage::WaitingOnContact) => Ok(Stage::Closed),
        // A question is not taken back by another sentence.
        (Step::Answered, Stage::WaitingOnContact) | (Step::AnsweredAndWaits, _) => Ok(Stage::WaitingOnContact),
        (Step::Answered, _) => Ok(Stage::InProgress),
        (Step::SetTo(stage), _) => Ok(stage),
        (Step::TimeIsUp, _) => Err(NoSuchStep),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STANDINGS: [Standing; 5] = [
        Standing::Live,
        Standing::Unverified,
        Standing::Spam,
        Standing::Deleted,
        Standing::Merged,
    ];

    #[test]
    fn from_any_state_any_writer_makes_legal_moves_only() {
        for standing in STANDINGS {
            for now in Stage::ALL {
                for step in Step::ALL {
                    let next = next_stage(now, standing, step);
                    let told = format!("{standing:?} {now:?} {step:?} → {next:?}");
                    if matches!(standing, Standing::Spam | Standing::Deleted | Standing::Merged) {
                        assert!(next.is_err() || next == Ok(now), "{told}");
                        continue;
                    }
                    // Nobody loses what they wrote.
                    assert!(!step.writes() || next.is_ok(), "{told}");
                    match next {
                        // Only the staff put a ticket back to where nobody has begun.
                        Ok(Stage::Received) => {
                            assert!(now == Stage::Received || step == Step::SetTo(Stage::Received), "{told}");
                        }
                        // Only the staff ask customers for something.
                        Ok(Stage::WaitingOnContact) => {
                            let asked = matches!(step, Step::AnsweredAndWaits | Step::SetTo(_));
                            assert!(
                                asked || (now == Stage::WaitingOnContact && step == Step::Answered),
                                "{told}"
                            );
                        }
                        // A timer closes what waits, and nothing else.
                        Ok(Stage::Closed) => {
                            assert!(step != Step::TimeIsUp || now == Stage::WaitingOnContact, "{told}");
                        }
                        Ok(Stage::InProgress) | Err(NoSuchStep) => {}
                    }
                }
            }
        }
    }

    #[test]
    fn what_a_customer_writes_never_waits_for_the_customer() {
        for now in Stage::ALL {
            for step in [Step::CustomerReplied, Step::CustomerRepliedAndClosed] {
                assert_ne!(next_stage(now, Standing::Live, step), Ok(Stage::WaitingOnContact));
            }
            assert!(next_stage(now, Standing::Live, Step::CustomerReplied).is_ok_and(Stage::is_open));
        }
    }
}
