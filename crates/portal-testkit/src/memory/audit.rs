use async_trait::async_trait;
use portal_core::ports::AuditLog;

use super::MemoryTx;

#[async_trait]
impl AuditLog for MemoryTx {}
