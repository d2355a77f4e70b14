use async_trait::async_trait;
use portal_core::ports::Outbox;

use super::MemoryTx;

#[async_trait]
impl Outbox for MemoryTx {}
