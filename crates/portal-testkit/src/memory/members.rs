use async_trait::async_trait;
use portal_core::ports::Members;

use super::MemoryTx;

#[async_trait]
impl Members for MemoryTx {}
