use std::error::Error;

use async_trait::async_trait;

/// The domain name system did not answer.
#[derive(Debug, thiserror::Error)]
pub enum ResolverError {
    /// This service asks no name server.
    #[error("names cannot be looked up here")]
    Off,
    /// It did not answer in time, or answered nonsense.
    #[error("the name server did not answer")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}

/// Looks names up in the domain name system, to see that somebody controls a domain.
#[async_trait]
pub trait Resolver: Send + Sync + 'static {
    /// The texts of the TXT records (RFC 1035 §3.3.14) of a name, the parts of each joined; none if the name or the
    /// records do not exist. MUST answer within 5 seconds.
    async fn txt(&self, name: &str) -> Result<Vec<String>, ResolverError>;
}

/// Looks nothing up.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoResolver;

#[async_trait]
impl Resolver for NoResolver {
    async fn txt(&self, _: &str) -> Result<Vec<String>, ResolverError> {
        Err(ResolverError::Off)
    }
}
