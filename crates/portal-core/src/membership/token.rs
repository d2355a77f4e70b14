use super::session::SecretHash;
use crate::actor::Mode;
use crate::id::{ContactId, PortalId, TokenId};
use crate::text::Line;
use crate::time::Timestamp;

/// A bearer token for the REST API, bound to one contact and one portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: TokenId,
    /// As whom it acts.
    pub contact: ContactId,
    /// The only portal it works in.
    pub portal: PortalId,
    /// What its owner calls it.
    pub name: Line,
    /// Whether it may change anything.
    pub mode: Mode,
    /// The hash of its secret.
    pub secret: SecretHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it stops working, at most a year after it was made.
    pub ends_at: Timestamp,
    /// When it was used last, to within 5 minutes.
    pub seen_at: Option<Timestamp>,
}
