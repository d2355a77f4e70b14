use async_trait::async_trait;
use portal_core::ports::SettingsStore;

use super::MemoryTx;

#[async_trait]
impl SettingsStore for MemoryTx {}
