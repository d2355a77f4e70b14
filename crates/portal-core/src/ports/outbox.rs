use async_trait::async_trait;

/// What is to leave the installation once the unit of work commits: intents, never rendered mails or clear secrets.
#[async_trait]
pub trait Outbox: Send {}
