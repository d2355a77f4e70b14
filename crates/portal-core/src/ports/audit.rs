use async_trait::async_trait;

/// What was done, by whom, for good: entries are only ever added.
#[async_trait]
pub trait AuditLog: Send {}
