use std::collections::BTreeMap;
use std::time::Duration;

use super::MeasuredTicket;
use super::spread::Spread;
use crate::id::{InboxId, TicketNumber};
use crate::satisfaction::{MeasuredRating, Rating};
use crate::service::Calendar;
use crate::ticket::{Priority, Source};
use crate::time::Timestamp;

/// The figures of a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Tickets opened in it.
    pub opened: usize,
    /// Tickets closed in it and still closed.
    pub closed: usize,
    /// Of those opened in it: from opening to the first reply, in working time of their inbox. Those without a reply are
    /// not in it.
    pub first_reply: Spread,
    /// Of those closed in it: from opening to closing, on the clock.
    pub to_close: Spread,
    /// Of those closed in it: how long the customer waited for replies, all of them together, on the clock.
    pub waited: Spread,
    /// What customers said of those closed in it.
    pub satisfaction: Verdicts,
}

/// What customers said of tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// How often they said it was good.
    pub good: usize,
    /// How often they said it was not.
    pub not_good: usize,
    /// Of how many tickets they said anything. Several people may say something of one.
    pub rated: usize,
}

impl Verdicts {
    /// How many answers there are.
    #[must_use]
    pub const fn answers(self) -> usize {
        self.good + self.not_good
    }

    /// Of these ratings of one ticket.
    fn of_one(ratings: &[Rating]) -> Self {
        let good = ratings.iter().filter(|it| **it == Rating::Good).count();
        Self {
            good,
            not_good: ratings.len() - good,
            rated: usize::from(!ratings.is_empty()),
        }
    }

    const fn add(&mut self, other: Self) {
        self.good += other.good;
        self.not_good += other.not_good;
        self.rated += other.rated;
    }
}

/// The figures of a period, as a whole and in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measures {
    /// The whole.
    pub whole: Figures,
    /// The parts, each with the instant at which it begins.
    pub parts: Vec<(Timestamp, Figures)>,
    /// How many of those opened had no reply until now.
    pub unanswered: usize,
    /// Those opened, by the way they came.
    pub by_source: BTreeMap<Source, usize>,
    /// Those opened, by how urgent they are.
    pub by_priority: BTreeMap<Priority, usize>,
}

/// What is collected before it is summed up.
#[derive(Default)]
struct Heap {
    opened: usize,
    closed: usize,
    first_reply: Vec<Duration>,
    to_close: Vec<Duration>,
    waited: Vec<Duration>,
    satisfaction: Verdicts,
}

impl Heap {
    fn figures(self) -> Figures {
        Figures {
            opened: self.opened,
            closed: self.closed,
            first_reply: Spread::of(self.first_reply),
            to_close: Spread::of(self.to_close),
            waited: Spread::of(self.waited),
            satisfaction: self.satisfaction,
        }
    }
}

impl Measures {
    /// The figures of tickets, and of what was said of them. `edges` are the instants between the parts, ascending: the first begins the period, the last
    /// ends it and does not belong to it. `calendars` say in which hours an inbox works; one that is not named works around
    /// the clock.
    #[must_use]
    pub fn of(
        tickets: &[MeasuredTicket],
        ratings: &[MeasuredRating],
        edges: &[Timestamp],
        calendars: &BTreeMap<InboxId, Calendar>,
    ) -> Self {
        let always = Calendar::always();
        let mut said: BTreeMap<TicketNumber, Vec<Rating>> = BTreeMap::new();
        for it in ratings {
            said.entry(it.ticket).or_default().push(it.rating);
        }
        let mut parts: Vec<Heap> = edges.iter().skip(1).map(|_| Heap::default()).collect();
        let mut whole = Heap::default();
        let mut unanswered = 0;
        let (mut by_source, mut by_priority) = (BTreeMap::new(), BTreeMap::new());
        for ticket in tickets {
            let calendar = calendars.get(&ticket.inbox).unwrap_or(&always);
            if let Some(part) = part_of(edges, ticket.created_at).and_then(|it| parts.get_mut(it)) {
                *by_source.entry(ticket.source).or_default() += 1;
                *by_priority.entry(ticket.priority).or_default() += 1;
                let reply = ticket.first_reply_at.map(|it| calendar.worked(ticket.created_at, it));
                unanswered += usize::from(reply.is_none());
                for heap in [part, &mut whole] {
                    heap.opened += 1;
                    heap.first_reply.extend(reply);
                }
            }
            let closed = ticket.closed_at.and_then(|at| Some((at, part_of(edges, at)?)));
            if let Some((at, part)) = closed.and_then(|(at, part)| Some((at, parts.get_mut(part)?))) {
                let said = said.get(&ticket.number).map(|it| Verdicts::of_one(it));
                for heap in [part, &mut whole] {
                    heap.satisfaction.add(said.unwrap_or_default());
                    heap.closed += 1;
                    heap.to_close.push(at.since(ticket.created_at));
                    heap.waited.push(ticket.waited);
                }
            }
        }
        let begins = edges.iter().copied();
        Self {
            whole: whole.figures(),
            parts: begins.zip(parts.into_iter().map(Heap::figures)).collect(),
            unanswered,
            by_source,
            by_priority,
        }
    }
}

/// In which part an instant lies.
fn part_of(edges: &[Timestamp], at: Timestamp) -> Option<usize> {
    let begun = edges.partition_point(|it| *it <= at);
    // Behind the last edge it is over.
    begun.checked_sub(1).filter(|_| begun < edges.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::Uuid;

    const HOUR: i64 = 3_600_000_000;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_micros(hours * HOUR)
    }

    fn ticket(number: i64, created: i64, reply: Option<i64>, closed: Option<i64>) -> MeasuredTicket {
        MeasuredTicket {
            number: TicketNumber::new(number).unwrap(),
            inbox: InboxId::from_uuid(Uuid::from_u128(1)),
            priority: Priority::Normal,
            source: Source::Portal,
            created_at: at(created),
            closed_at: closed.map(at),
            first_reply_at: reply.map(at),
            waited: Duration::from_hours(3),
        }
    }

    #[test]
    fn opened_and_closed_count_where_they_happened() {
        let tickets = [
            ticket(1, -5, Some(1), Some(2)),
            ticket(2, 0, Some(4), Some(30)),
            ticket(3, 23, None, None),
            ticket(4, 24, Some(25), Some(48)),
        ];
        let edges = [at(0), at(24), at(48)];
        let said = |ticket, rating| MeasuredRating {
            ticket: TicketNumber::new(ticket).unwrap(),
            rating,
        };
        // Of the last one it does not count: that was closed when the period was over.
        let ratings = [
            said(1, Rating::Good),
            said(1, Rating::NotGood),
            said(2, Rating::Good),
            said(4, Rating::NotGood),
        ];
        let measures = Measures::of(&tickets, &ratings, &edges, &BTreeMap::new());
        let told = |it: &Figures| (it.satisfaction.good, it.satisfaction.not_good, it.satisfaction.rated);
        let verdicts: Vec<_> = measures.parts.iter().map(|(_, it)| told(it)).collect();
        assert_eq!(verdicts, [(1, 1, 1), (1, 0, 1)]);
        assert_eq!(told(&measures.whole), (2, 1, 2));
        let counts: Vec<_> = measures.parts.iter().map(|(_, it)| (it.opened, it.closed)).collect();
        // What was closed at the end of the period does not belong to it.
        assert_eq!(counts, [(2, 1), (1, 1)]);
        assert_eq!((measures.whole.opened, measures.whole.closed), (3, 2));
        assert_eq!(measures.unanswered, 1);
        assert_eq!(measures.whole.first_reply.count, 2);
        assert_eq!(measures.whole.first_reply.median, Some(Duration::from_hours(1)));
        assert_eq!(measures.whole.to_close.median, Some(Duration::from_hours(7)));
        assert_eq!(measures.by_source, BTreeMap::from([(Source::Portal, 3)]));
    }

    #[test]
    fn first_replies_count_in_the_hours_of_the_inbox() {
        let tickets = [ticket(1, 0, Some(40), None)];
        let hours = Calendar::of(vec![(at(9), at(17)), (at(33), at(41))]);
        let calendars = BTreeMap::from([(tickets[0].inbox, hours)]);
        let measures = Measures::of(&tickets, &[], &[at(0), at(48)], &calendars);
        assert_eq!(measures.whole.first_reply.median, Some(Duration::from_hours(15)));
    }
}
