//! Names, looked up at the name server that the system uses.

use std::time::Duration;

use async_trait::async_trait;
use hickory_resolver::TokioResolver;
use hickory_resolver::proto::rr::RData;
use portal_core::ports::{Resolver, ResolverError};

/// Asks the name server that the system uses.
///
/// Each question is asked anew: whoever just set a record wants to see it, and not what was there a minute ago.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemResolver;

/// As long as the port allows, with something left for the way back.
const TIMEOUT: Duration = Duration::from_millis(4500);

#[async_trait]
impl Resolver for SystemResolver {
    async fn txt(&self, name: &str) -> Result<Vec<String>, ResolverError> {
        let failed = |err: Box<dyn std::error::Error + Send + Sync>| ResolverError::Unavailable(err);
        let mut builder = TokioResolver::builder_tokio().map_err(|err| failed(err.into()))?;
        builder.options_mut().timeout = Duration::from_secs(2);
        builder.options_mut().attempts = 2;
        let resolver = builder.build().map_err(|err| failed(err.into()))?;
        // With the dot at its end the name is whole, and no search domain of the system is tried.
        let answer = tokio::time::timeout(TIMEOUT, resolver.txt_lookup(format!("{name}.")));
        let lookup = match answer.await {
            Err(elapsed) => return Err(failed(elapsed.into())),
            Ok(Err(err)) if err.is_no_records_found() || err.is_nx_domain() => return Ok(Vec::new()),
            Ok(Err(err)) => return Err(failed(err.into())),
            Ok(Ok(lookup)) => lookup,
        };
        let texts = lookup.answers().iter().filter_map(|record| match &record.data {
            RData::TXT(txt) => Some(String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
            _ => None,
        });
        Ok(texts.collect())
    }
}
