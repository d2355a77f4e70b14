use async_trait::async_trait;
use portal_core::ports::Outbox;

use super::tx::SeaTx;

#[async_trait]
impl Outbox for SeaTx {}
