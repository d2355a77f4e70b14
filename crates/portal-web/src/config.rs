//! What the pages need to know of the place where they run.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::str::FromStr;
use std::sync::{Arc, PoisonError, RwLock};

use portal_core::settings::Host;
use tokio_util::sync::CancellationToken;

pub use crate::middleware::rate::{Bucket, RateLimits};

/// How browsers reach the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// In the clear: loopback, or an operator who said so.
    Http,
    /// Through TLS, which a proxy ends.
    Https,
}

impl Scheme {
    /// `http` or `https`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// The port that browsers leave out.
    const fn default_port(self) -> &'static str {
        match self {
            Self::Http => ":80",
            Self::Https => ":443",
        }
    }

    /// A host as browsers send it with this scheme: lower case, without the default port.
    #[must_use]
    pub fn host(self, text: &str) -> Option<Host> {
        text.strip_suffix(self.default_port()).unwrap_or(text).parse().ok()
    }
}

/// A base URL that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a base URL like https://help.example.com; it has a scheme, a host, and no path")]
pub struct BaseUrlError(String);

/// Addresses of proxies: one address, or all that begin with the same bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

/// A text that is not a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address or network like 10.0.0.0/8 or ::1")]
pub struct NetworkError(String);

impl Network {
    /// Whether an address belongs to it. An IPv4 address in IPv6 clothes is an IPv4 address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address.to_canonical(), address.to_canonical()) {
            (IpAddr::V4(own), IpAddr::V4(other)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits.min(32))).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V6(own), IpAddr::V6(other)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(self.bits.min(128))).unwrap_or(0);
                own.to_bits() & mask == other.to_bits() & mask
            }
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => false,
        }
    }
}

impl FromStr for Network {
    type Err = NetworkError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || NetworkError(text.chars().take(64).collect());
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Ok(most), str::parse).map_err(|_| wrong())?;
        if bits <= most {
            Ok(Self { address, bits })
        } else {
            Err(wrong())
        }
    }
}

/// A link of the operator, shown at the foot of every page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorLink {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// Hosts that are answered and change while the server runs: a request only looks here, and never into the store, so that a
/// foreign host costs nothing. Clones share what is in it.
#[derive(Clone, Debug, Default)]
pub struct LiveHosts(Arc<RwLock<BTreeSet<Host>>>);

impl LiveHosts {
    /// Puts other hosts in the place of those that were there.
    pub fn replace(&self, hosts: impl IntoIterator<Item = Host>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = hosts.into_iter().collect();
    }

    /// Whether a host is one of them.
    #[must_use]
    pub fn contains(&self, host: &Host) -> bool {
        self.0.read().unwrap_or_else(PoisonError::into_inner).contains(host)
    }
}

/// What the pages need to know of the place where they run.
///
/// ```
/// let config = portal_web::WebConfig::for_base_url("http://127.0.0.1:8080").unwrap();
/// assert!(config.answers("127.0.0.1:8080"));
/// assert!(!config.answers("evil.example"));
/// ```
#[derive(Clone, Debug)]
pub struct WebConfig {
    /// How browsers reach the pages. Decides about `Secure` cookies, HSTS, and the origin that forms must come from.
    pub scheme: Scheme,
    /// The hosts that are answered: of the base URL and of every portal. Any other gets 421.
    pub hosts: BTreeSet<Host>,
    /// Further hosts that are answered, as the store says now: whoever serves the pages keeps them up to date.
    pub live_hosts: LiveHosts,
    /// The host of the base URL: the staff's side is answered there, and nowhere else.
    pub office: Host,
    /// Proxies whose `X-Forwarded-For` is believed. Nobody's by default.
    pub trusted_proxies: Vec<Network>,
    /// How many requests are answered.
    pub rates: RateLimits,
    /// Name of the operator at the foot of every page; may be empty.
    pub operator: String,
    /// The operator's links at the foot of every page.
    pub links: Vec<OperatorLink>,
    /// How to get access, shown on the sign-in page; may be empty.
    pub sign_in_help: String,
    /// When this is cancelled, open streams end, so that the server can stop.
    pub shutdown: CancellationToken,
}

impl WebConfig {
    /// Answers the host of a base URL.
    ///
    /// # Errors
    /// If it is not `http://host[:port]` or `https://host[:port]`.
    pub fn for_base_url(url: &str) -> Result<Self, BaseUrlError> {
        let wrong = || BaseUrlError(url.chars().take(200).collect());
        let (scheme, rest) = url.split_once("://").ok_or_else(wrong)?;
        let scheme = match scheme.to_ascii_lowercase().as_str() {
            "http" => Scheme::Http,
            "https" => Scheme::Https,
            _ => return Err(wrong()),
        };
        let host = scheme.host(rest.strip_suffix('/').unwrap_or(rest)).ok_or_else(wrong)?;
        Ok(Self {
            scheme,
            hosts: BTreeSet::from([host.clone()]),
            live_hosts: LiveHosts::default(),
            office: host,
            trusted_proxies: Vec::new(),
            rates: RateLimits::default(),
            operator: String::new(),
            links: Vec::new(),
            sign_in_help: String::new(),
            shutdown: CancellationToken::new(),
        })
    }

    /// Answers one more host.
    #[must_use]
    pub fn with_host(mut self, host: Host) -> Self {
        self.hosts.insert(host);
        self
    }

    /// With other limits of requests.
    #[must_use]
    pub const fn with_rates(mut self, rates: RateLimits) -> Self {
        self.rates = rates;
        self
    }

    /// Whether a `Host` header names a host that is answered.
    #[must_use]
    pub fn answers(&self, host: &str) -> bool {
        self.scheme.host(host).is_some_and(|it| self.serves(&it))
    }

    /// Whether a host is answered.
    pub(crate) fn serves(&self, host: &Host) -> bool {
        self.hosts.contains(host) || self.live_hosts.contains(host)
    }

    /// Whether cookies are `Secure` and have the `__Host-` prefix.
    pub(crate) const fn is_secure(&self) -> bool {
        matches!(self.scheme, Scheme::Https)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_a_scheme_and_a_host() {
        let config = WebConfig::for_base_url("https://Help.Example.com:443/").unwrap();
        assert!(config.answers("help.example.com"));
        assert!(config.answers("HELP.example.com:443"));
        for host in [
            "help.example.com:80",
            "help.example.com.",
            "example.com",
            "",
            "help.example.com/x",
            "a@help.example.com",
        ] {
            assert!(!config.answers(host), "{host}");
        }
        for url in [
            "help.example.com",
            "ftp://help.example.com",
            "https://",
            "https://a/b",
            "https://a?b",
            "https://user@a",
        ] {
            assert!(WebConfig::for_base_url(url).is_err(), "{url}");
        }
    }

    #[test]
    fn networks_contain_what_begins_like_them() {
        let contains =
            |network: &str, address: &str| network.parse::<Network>().unwrap().contains(address.parse().unwrap());
        assert!(contains("10.0.0.0/8", "10.200.3.4"));
        assert!(contains("10.0.0.0/8", "::ffff:10.200.3.4"));
        assert!(!contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("0.0.0.0/0", "8.8.8.8"));
        assert!(contains("::1", "::1"));
        assert!(!contains("::1", "::2"));
        assert!(contains("fd00::/8", "fd12::1"));
        for text in ["10.0.0.0/33", "10.0.0", "", "x/8", "::/129", "10.0.0.1/"] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
    }
}
