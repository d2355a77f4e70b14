use async_trait::async_trait;
use portal_core::ports::AuditLog;

use super::tx::SeaTx;

#[async_trait]
impl AuditLog for SeaTx {}
