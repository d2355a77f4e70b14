use async_trait::async_trait;

/// How contacts become members: invitations, registrations, mailed codes and links, proofs of consent.
#[async_trait]
pub trait Members: Send {}
