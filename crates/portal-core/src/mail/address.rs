use std::fmt;
use std::fmt::Write as _;
use std::str::FromStr;

use crate::settings::{CustomerPortal, Host};

/// The address by which browsers reach the installation: `https://help.example.com`, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    https: bool,
    host: Host,
}

/// A text that is not a base address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address like https://help.example.com")]
pub struct BaseUrlError(String);

impl FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || BaseUrlError(text.chars().take(80).collect());
        let trimmed = text.trim().trim_end_matches('/');
        let (scheme, host) = trimmed.split_once("://").ok_or_else(wrong)?;
        let https = match scheme {
            "https" => true,
            "http" => false,
            _ => return Err(wrong()),
        };
        let default_port = if https { ":443" } else { ":80" };
        let host = host.strip_suffix(default_port).unwrap_or(host);
        Ok(Self {
            https,
            host: host.parse().map_err(|_| wrong())?,
        })
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme(), self.host)
    }
}

impl BaseUrl {
    /// The host that the pages of the staff are on.
    #[must_use]
    pub const fn host(&self) -> &Host {
        &self.host
    }

    const fn scheme(&self) -> &'static str {
        if self.https { "https" } else { "http" }
    }

    /// The right side of every Message-ID: the host without port.
    #[must_use]
    pub fn mail_domain(&self) -> String {
        let host = self.host.as_str();
        if host.starts_with('[') {
            return "localhost".to_owned();
        }
        host.split(':').next().unwrap_or(host).to_owned()
    }
}

/// Makes absolute addresses from what is configured and stored, never from a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origins {
    base: BaseUrl,
}

impl Origins {
    /// The addresses of an installation.
    #[must_use]
    pub const fn new(base: BaseUrl) -> Self {
        Self { base }
    }

    /// The address of a portal: its host and slug, by the scheme of the installation.
    #[must_use]
    pub fn portal(&self, portal: &CustomerPortal) -> Link {
        Link(format!("{}://{}/{}", self.base.scheme(), portal.host, portal.slug))
    }

    /// The address of the installation, where the staff works.
    #[must_use]
    pub fn staff(&self) -> Link {
        Link(self.base.to_string())
    }

    /// The base.
    #[must_use]
    pub const fn base(&self) -> &BaseUrl {
        &self.base
    }
}

/// An absolute address of a page of this installation. Only [`Origins`] makes one, so it leads nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Link(String);

impl Link {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page below this one. What an address cannot have is percent-encoded (RFC 3986 §2.1).
    #[must_use]
    pub fn to(&self, path: &str) -> Self {
        Self(format!("{}/{}", self.0, encoded(path, true)))
    }

    /// The same with `?name=value`.
    #[must_use]
    pub fn asking(&self, name: &str, value: &str) -> Self {
        let mark = if self.0.contains('?') { '&' } else { '?' };
        Self(format!(
            "{}{mark}{}={}",
            self.0,
            encoded(name, false),
            encoded(value, false)
        ))
    }
}

fn encoded(text: &str, path: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || (path && byte == b'/') {
            out.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

impl fmt::Debug for Link {
    /// A link may carry a secret: only where it leads is printed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.0.split('/').nth(2).unwrap_or_default();
        write!(f, "Link({host}/…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_addresses_are_scheme_and_host() {
        for (given, wanted) in [
            ("https://help.example.com/", "https://help.example.com"),
            ("https://help.example.com:443", "https://help.example.com"),
            ("http://localhost:8080", "http://localhost:8080"),
            ("http://[::1]:8080", "http://[::1]:8080"),
        ] {
            assert_eq!(given.parse::<BaseUrl>().unwrap().to_string(), wanted);
        }
        for wrong in [
            "",
            "help.example.com",
            "ftp://a.example",
            "https://a.example/path",
            "https://a b",
            "https://",
        ] {
            assert!(wrong.parse::<BaseUrl>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn links_lead_nowhere_else_whatever_is_put_into_them() {
        let base = Origins::new("https://help.example.com".parse().unwrap()).staff();
        assert_eq!(
            base.to("accept").asking("token", "ptl_invite_ab").as_str(),
            "https://help.example.com/accept?token=ptl_invite_ab"
        );
        assert_eq!(
            base.to("../@evil.example/?x#y").as_str(),
            "https://help.example.com/../%40evil.example/%3Fx%23y"
        );
        let link = base.to("accept/secret");
        assert_eq!(format!("{link:?}"), "Link(help.example.com/…)");
    }

    #[test]
    fn message_ids_end_in_the_host_without_port() {
        for (base, wanted) in [
            ("http://localhost:8080", "localhost"),
            ("http://[::1]:8080", "localhost"),
            ("https://help.example.com", "help.example.com"),
        ] {
            assert_eq!(base.parse::<BaseUrl>().unwrap().mail_domain(), wanted);
        }
    }
}
