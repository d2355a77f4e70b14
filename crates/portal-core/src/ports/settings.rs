use async_trait::async_trait;

/// The settings of portals and domains, every version of them.
#[async_trait]
pub trait SettingsStore: Send {}
