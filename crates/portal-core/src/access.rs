//! Who may see and do what. The whole rule, in prose:
//!
//! 1. A ticket has **readers**: each associated contact and, unless the ticket is private, each associated company.
//!    A ticket that is unverified, spam or deleted has none.
//! 2. A contact who enters a portal reads **as** themself and, where the portal's ticket permission gives this contact
//!    company view, as their primary company.
//! 3. A ticket is **visible** exactly if it is in that portal, the two sets meet, and no deny-list covers it. The reason
//!    shown to people is the principal that met: “because you are on it”, “because your company is”.
//! 4. Sight is not entry: to see anything a contact must also be let in. The portal is published, the contact is
//!    active, and the access rule lets them pass: as a member of an access group, or as somebody registered. Members of
//!    a dynamic group are those who match its criteria at that moment.
//! 5. What may be **done** with a visible ticket is a further question, and never wider than sight.
//!
//! Neither set knows a negation, so a missing association or company can only hide a ticket, never reveal one.
//! Everything here is pure; the place where a [`Scope`] becomes SQL is proven equal to [`Scope::permits`].

mod action;
mod criteria;
mod entry;
mod principal;
mod scope;

pub use action::{Action, Decision, Denial, TicketState, decide};
pub use criteria::{Condition, Criteria, CriteriaError, CriteriaProblem, Operator};
pub use entry::{AccessRule, CustomersMay, Entrant, Refusal, TicketPermission, Viewer, enter};
pub use principal::{Audience, Principal, Standing, TicketFacts};
pub use scope::{DenyList, Scope, Tab};
