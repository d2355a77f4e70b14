//! Whether customers are satisfied: who may say so, how, and who is told.

use std::collections::BTreeSet;

use portal_core::access::{CustomersMay, Denial, Standing};
use portal_core::actor::{Actor, ContactActor, Mode, Task};
use portal_core::id::{ContactId, InboxId, TicketNumber};
use portal_core::notify::AgentNews;
use portal_core::ports::{Access, Store};
use portal_core::satisfaction::{RateByLinkError, RateTicket, RateTicketError, Rating};
use portal_core::staff::{InboxAccess, Permission};
use portal_core::ticket::{AssociationLabel, Stage};

use crate::fixture::id;
use crate::flow::{Flow, staff};

impl Flow {
    async fn rate(
        &self,
        who: ContactId,
        number: TicketNumber,
        rating: Rating,
        comment: &str,
    ) -> Result<(), RateTicketError> {
        let actor = Actor::signed_in(who);
        self.service
            .rate_ticket(&actor, self.rating(number, rating, comment))
            .await
    }

    fn rating(&self, number: TicketNumber, rating: Rating, comment: &str) -> RateTicket {
        RateTicket {
            portal: self.world.portal.id,
            number,
            rating,
            comment: comment.to_owned(),
        }
    }

    /// What was said of a ticket, as the desk shows it: by whom, what, with which words.
    async fn said(&self, number: TicketNumber) -> Vec<(String, Rating, String)> {
        let page = self.service.view_desk_ticket(&self.mara, number, 50).await.unwrap();
        let said = page.ratings.into_iter();
        said.map(|it| {
            (
                it.name,
                it.rating,
                it.comment.map(|it| it.to_string()).unwrap_or_default(),
            )
        })
        .collect()
    }

    /// The token of the link in the mail that says a ticket was closed.
    async fn link(&self) -> Option<String> {
        let mails = self.mailed().await;
        let closed = mails.iter().find(|it| it.text.contains("Closed"))?;
        let (_, rest) = closed.text.split_once("csat?token=")?;
        let token: String = rest
            .chars()
            .take_while(|it| it.is_ascii_hexdigit() || *it == '.')
            .collect();
        Some(token)
    }
}

#[tokio::test]
async fn whoever_is_on_a_closed_ticket_says_whether_it_is_good_and_changes_their_mind() {
    let flow = Flow::new().await;
    let (jonas, aylin) = (flow.world.jonas, flow.world.aylin);
    let number = flow.open(jonas, "Scanner").await;
    let open = flow.rate(jonas, number, Rating::Good, "").await;
    assert!(
        matches!(open, Err(RateTicketError::Denied(Denial::NotClosed))),
        "{open:?}"
    );
    flow.set(number, Stage::Closed).await;
    let before = flow.world.stored(number).await;
    flow.rate(jonas, number, Rating::NotGood, " It took\r\na week. ")
        .await
        .unwrap();
    let seen = flow.world.view(jonas, number).await.unwrap().rating.unwrap();
    assert_eq!(seen.comment.unwrap().as_str(), "It took\na week.");
    assert_eq!(
        flow.said(number).await,
        [("Jonas Weber".to_owned(), Rating::NotGood, "It took\na week.".to_owned())]
    );
    // Nothing that customers can notice has changed, and no colleague is shown it.
    assert_eq!(flow.world.stored(number).await, before);
    let colleague = flow.world.view(aylin, number).await.unwrap();
    assert_eq!(colleague.rating, None);
    flow.rate(jonas, number, Rating::Good, "").await.unwrap();
    assert_eq!(
        flow.said(number).await,
        [("Jonas Weber".to_owned(), Rating::Good, String::new())]
    );
    // It is kept while the ticket is open again, and can be changed when it is closed the next time.
    flow.set(number, Stage::InProgress).await;
    assert!(flow.rate(jonas, number, Rating::NotGood, "").await.is_err());
    assert_eq!(flow.said(number).await.len(), 1);
    flow.set(number, Stage::Closed).await;
    flow.rate(jonas, number, Rating::NotGood, "").await.unwrap();
    assert_eq!(flow.said(number).await[0].1, Rating::NotGood);
    let long = flow.rate(jonas, number, Rating::Good, &"a".repeat(2001)).await;
    assert!(matches!(long, Err(RateTicketError::Invalid(_))), "{long:?}");
}

#[tokio::test]
async fn a_ticket_that_one_does_not_see_is_rated_like_one_that_is_not_there() {
    let flow = Flow::new().await;
    let (jonas, aylin, stranger) = (flow.world.jonas, flow.world.aylin, flow.world.stranger);
    let number = flow.open(jonas, "Scanner").await;
    flow.set(number, Stage::Closed).await;
    let absent = TicketNumber::new(999_999).unwrap();
    let told = async |who, number| flow.rate(who, number, Rating::Good, "").await.unwrap_err().to_string();
    assert_eq!(told(stranger, number).await, told(stranger, absent).await);
    // A comment that is wrong tells nothing more.
    let long = "a".repeat(2001);
    for number in [number, absent] {
        let refused = flow.rate(stranger, number, Rating::Good, &long).await;
        assert!(matches!(refused, Err(RateTicketError::NotFound)), "{refused:?}");
    }
    // A colleague sees it, and is not asked: they were not helped with it.
    let refused = flow.rate(aylin, number, Rating::Good, "").await;
    assert!(
        matches!(refused, Err(RateTicketError::Denied(Denial::OnlyThroughCompany))),
        "{refused:?}"
    );
    // Nor does a token for reading say anything.
    let reading = Actor::Contact(ContactActor {
        contact: jonas,
        only: None,
        mode: Mode::Read,
    });
    let refused = flow
        .service
        .rate_ticket(&reading, flow.rating(number, Rating::Good, ""))
        .await;
    assert!(
        matches!(refused, Err(RateTicketError::Denied(Denial::ReadOnly))),
        "{refused:?}"
    );
    assert_eq!(flow.said(number).await, []);
    // What the desk shows of it, it shows to those who work there.
    flow.rate(jonas, number, Rating::Good, "").await.unwrap();
    assert!(flow.service.view_desk_ticket(&flow.tim, number, 50).await.is_err());
}

#[tokio::test]
async fn a_link_rates_its_ticket_as_long_as_its_contact_may_and_shows_nothing() {
    let flow = Flow::new().await;
    let (jonas, portal) = (flow.world.jonas, flow.world.portal.id);
    let number = flow.open(jonas, "Scanner").await;
    flow.mailed().await;
    flow.set(number, Stage::Closed).await;
    let token = flow.link().await.unwrap();
    // Looking changes nothing, however often.
    for _ in 0..3 {
        assert_eq!(flow.service.rated_by_link(portal, &token).await.unwrap(), number);
    }
    assert_eq!(flow.said(number).await, []);
    let by_link = async |token: &str| flow.service.rate_by_link(portal, token, Rating::Good, "Thanks").await;
    assert_eq!(by_link(&token).await.unwrap(), number);
    assert_eq!(
        flow.said(number).await,
        [("Jonas Weber".to_owned(), Rating::Good, "Thanks".to_owned())]
    );
    let (head, signature) = token.rsplit_once('.').unwrap();
    let (who, until) = head.rsplit_once('.').unwrap();
    let later = until.parse::<i64>().unwrap() + 1;
    for wrong in [
        String::new(),
        head.to_owned(),
        format!("{token}0"),
        format!("{who}.{later}.{signature}"),
        token.replacen(&format!(".{number}."), &format!(".{}.", number.get() + 1), 1),
    ] {
        assert!(
            matches!(by_link(&wrong).await, Err(RateByLinkError::NotFound)),
            "{wrong}"
        );
        let seen = flow.service.rated_by_link(portal, &wrong).await;
        assert!(matches!(seen, Err(RateByLinkError::NotFound)), "{wrong}");
    }
    // Whoever lost sight of it, or may not enter any more, is told what is told of a link that nobody sent.
    let refused = async |why: &str| {
        let seen = flow.service.rated_by_link(portal, &token).await;
        assert!(matches!(seen, Err(RateByLinkError::NotFound)), "{why}: {seen:?}");
        let rated = by_link(&token).await;
        assert!(matches!(rated, Err(RateByLinkError::NotFound)), "{why}: {rated:?}");
    };
    flow.world
        .change(number, |it| {
            it.contacts.remove(&jonas);
        })
        .await;
    refused("not on it any more").await;
    flow.world
        .change(number, |it| {
            it.contacts.insert(jonas, AssociationLabel::Requester);
            it.standing = Standing::Spam;
        })
        .await;
    refused("spam").await;
    flow.world.change(number, |it| it.standing = Standing::Live).await;
    assert!(by_link(&token).await.is_ok());
    flow.set(number, Stage::InProgress).await;
    refused("open again").await;
    flow.set(number, Stage::Closed).await;
    flow.world.days(30);
    assert!(by_link(&token).await.is_ok());
    flow.world.days(1);
    refused("too old").await;
}

#[tokio::test]
async fn only_who_may_rate_is_asked_by_mail_and_a_portal_can_leave_it() {
    let flow = Flow::new().await;
    let jonas = flow.world.jonas;
    let number = flow.open(jonas, "Scanner").await;
    flow.mailed().await;
    let may = CustomersMay {
        rate: false,
        ..CustomersMay::default()
    };
    let mut site = flow.world.portal.clone();
    site.may = may;
    let mut tx = flow.world.store.begin(Access::Write).await.unwrap();
    tx.directory().put_portal(&Task::CommandLine, &site).await.unwrap();
    tx.commit().await.unwrap();
    flow.set(number, Stage::Closed).await;
    assert_eq!(flow.link().await, None);
    let refused = flow.rate(jonas, number, Rating::Good, "").await;
    assert!(
        matches!(refused, Err(RateTicketError::Denied(Denial::NotOffered))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn whose_ticket_it_is_hears_that_it_is_not_good_once() {
    let flow = Flow::new().await;
    let jonas = flow.world.jonas;
    let number = flow.open(jonas, "Scanner").await;
    flow.set(number, Stage::Closed).await;
    flow.world.change(number, |it| it.owner = Some(flow.mara.agent)).await;
    let not_good = async |who| {
        let news = flow.news(who).await;
        news.into_iter().filter(|it| *it == AgentNews::NotGood).count()
    };
    flow.rate(jonas, number, Rating::Good, "").await.unwrap();
    assert_eq!(not_good(&flow.mara).await, 0);
    flow.rate(jonas, number, Rating::NotGood, "").await.unwrap();
    flow.rate(jonas, number, Rating::NotGood, "It took a week.")
        .await
        .unwrap();
    assert_eq!((not_good(&flow.mara).await, not_good(&flow.admin).await), (1, 0));
    // Whoever took care of it does not work there any more: then it concerns all who do.
    let elsewhere = InboxAccess::Only(BTreeSet::from([InboxId::from_uuid(id(0x99))]));
    staff(&flow.world, 0x71, "Mara", Permission::HelpDesk, elsewhere).await;
    flow.rate(jonas, number, Rating::Good, "").await.unwrap();
    flow.rate(jonas, number, Rating::NotGood, "").await.unwrap();
    assert_eq!((not_good(&flow.admin).await, not_good(&flow.tim).await), (1, 0));
}
