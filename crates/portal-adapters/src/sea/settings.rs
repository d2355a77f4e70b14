use async_trait::async_trait;
use portal_core::ports::SettingsStore;

use super::tx::SeaTx;

#[async_trait]
impl SettingsStore for SeaTx {}
