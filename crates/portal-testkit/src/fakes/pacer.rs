use std::time::Duration;

use async_trait::async_trait;
use portal_core::ports::Pacer;

/// Does not wait at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPause;

#[async_trait]
impl Pacer for NoPause {
    async fn pause(&self, _about: Duration) {}
}
