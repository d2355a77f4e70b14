//! What is forbidden and what is missing cost the same calls: nobody learns from them which it was.

use portal_core::id::TicketNumber;
use portal_core::ticket::{TimelineWindow, ViewTicket};
use portal_testkit::conformance::Broken;
use portal_testkit::fakes::Seen;
use portal_testkit::world::World;
use portal_testkit::{TestPortal, block_on};

#[test]
fn a_forbidden_ticket_costs_the_same_calls_as_a_missing_one() -> Result<(), Broken> {
    block_on(async {
        let it = TestPortal::with(World::small()).await?;
        let actor = it.actor(0);
        let mut seen = Vec::new();
        let missing = TicketNumber::new(4711).expect("a number");
        for number in [it.place.number(0)?, it.place.number(1)?, missing] {
            let query = ViewTicket {
                portal: it.place.portal_id(0),
                number,
                window: TimelineWindow::All,
            };
            let answer = it
                .portal
                .view_ticket(&actor, query)
                .await
                .map(|_| ())
                .map_err(|it| it.to_string());
            seen.push((answer, it.calls.take(), it.observer.take()));
        }
        let [visible, forbidden, missing] = &seen[..] else {
            panic!("three answers")
        };
        assert!(visible.0.is_ok());
        assert!(forbidden.0.is_err());
        assert_eq!(forbidden, missing);
        assert!(
            forbidden
                .2
                .contains(&Seen::NotFound(actor.contact().map(|it| it.contact)))
        );
        assert_ne!(visible.1, forbidden.1, "the recording is not blind");
        Ok(())
    })
}
