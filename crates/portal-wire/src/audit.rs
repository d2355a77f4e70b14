use serde::{Deserialize, Serialize};

/// The details of an audit entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "v", deny_unknown_fields)]
pub enum AuditDetail {
    /// The first form.
    #[serde(rename = "1")]
    V1 {
        /// Name and value, in the order in which pages show them.
        detail: Vec<(String, String)>,
    },
}

impl From<&[(String, String)]> for AuditDetail {
    fn from(it: &[(String, String)]) -> Self {
        Self::V1 { detail: it.to_vec() }
    }
}

impl From<AuditDetail> for Vec<(String, String)> {
    fn from(AuditDetail::V1 { detail }: AuditDetail) -> Self {
        detail
    }
}
