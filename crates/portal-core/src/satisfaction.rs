//! Whether customers are satisfied with how a ticket was solved.
//!
//! Whoever is on a closed ticket is asked, on its page and by a link in the mail that says it was closed. There is one
//! answer for each contact and ticket; a later one takes its place. It is neither a message nor a note: no other customer
//! is shown it, and it changes neither version nor last activity of its ticket.

mod rate_by_link;
mod rate_ticket;
mod rating;

pub use rate_by_link::RateByLinkError;
pub use rate_ticket::{RateTicket, RateTicketError};
pub use rating::{MeasuredRating, Rating, RatingComment, TicketRating};
