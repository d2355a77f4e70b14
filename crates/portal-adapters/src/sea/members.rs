use async_trait::async_trait;
use portal_core::ports::Members;

use super::tx::SeaTx;

#[async_trait]
impl Members for SeaTx {}
