//! What happens to every request before a page is made, outermost first: [`headers`], [`host`], [`client`], [`rate`],
//! [`csrf`]; [`body`] counts what is read.

pub(crate) mod body;
pub(crate) mod client;
pub(crate) mod csrf;
pub(crate) mod headers;
pub(crate) mod host;
pub(crate) mod misses;
pub(crate) mod rate;
pub(crate) mod turnstile;
