//! From which network a request comes: what limits count by.

use std::net::{IpAddr, Ipv6Addr};

use poem::http::HeaderMap;
use portal_core::settings::Host;

use crate::config::Network;

/// The network of a client: an IPv4 address, or the /64 of an IPv6 address, since one customer has all of it.
///
/// `X-Forwarded-For` counts only if the peer is a trusted proxy, and then from the right: each trusted hop vouches for the
/// one before it. What a client writes there itself stands further left and is never looked at.
pub(crate) fn network(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[Network]) -> String {
    let Some(mut address) = peer else {
        return "unknown".to_owned();
    };
    let is_trusted = |it: IpAddr| trusted.iter().any(|network| network.contains(it));
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|it| it.to_str().ok())
        .flat_map(|it| it.split(','))
        .collect();
    for hop in hops.into_iter().rev() {
        if !is_trusted(address) {
            break;
        }
        let Ok(before) = hop.trim().parse() else { break };
        address = before;
    }
    match address.to_canonical() {
        IpAddr::V4(it) => it.to_string(),
        IpAddr::V6(it) => format!("{}/64", Ipv6Addr::from_bits(it.to_bits() >> 64 << 64)),
    }
}

/// Whether a request comes from this machine and nobody handed it on: the peer is a loopback address, so is the host it
/// asks for, and no proxy has left a mark.
pub(crate) fn is_local(peer: Option<IpAddr>, headers: &HeaderMap, host: &Host) -> bool {
    let name = host.as_str();
    let name = match name.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => name,
    };
    let inner = name
        .strip_prefix('[')
        .and_then(|it| it.strip_suffix(']'))
        .unwrap_or(name);
    let address = inner.parse::<IpAddr>().is_ok_and(|it| it.to_canonical().is_loopback());
    let handed_on = ["x-forwarded-for", "x-forwarded-host", "forwarded", "via", "x-real-ip"];
    peer.is_some_and(|it| it.to_canonical().is_loopback())
        && (address || name == "localhost" || name.ends_with(".localhost"))
        && !handed_on.iter().any(|it| headers.contains_key(*it))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(peer: &str, forwarded: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", value.parse().unwrap());
        }
        network(
            peer.parse().ok(),
            &headers,
            &["10.0.0.0/8".parse().unwrap(), "::1".parse().unwrap()],
        )
    }

    #[test]
    fn nobody_is_believed_but_trusted_proxies() {
        assert_eq!(seen("203.0.113.9", &["1.1.1.1"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["1.1.1.1"]), "1.1.1.1");
        assert_eq!(seen("::1", &["1.1.1.1"]), "1.1.1.1");
    }

    #[test]
    fn the_right_most_untrusted_hop_counts() {
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, 203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, 203.0.113.9, 10.0.0.7"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6", "203.0.113.9"]), "203.0.113.9");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, nonsense"]), "10.0.0.1");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn an_ipv6_customer_has_a_whole_network() {
        assert_eq!(seen("2001:db8:1:2:3:4:5:6", &[]), "2001:db8:1:2::/64");
        assert_eq!(seen("2001:db8:1:2:ffff::9", &[]), "2001:db8:1:2::/64");
        assert_eq!(seen("::ffff:203.0.113.9", &[]), "203.0.113.9");
    }

    #[test]
    fn only_this_machine_is_local() {
        let local = |peer: &str, host: &str| is_local(peer.parse().ok(), &HeaderMap::new(), &host.parse().unwrap());
        for host in ["127.0.0.1:8080", "localhost", "demo.localhost:1", "[::1]:8080"] {
            assert!(local("127.0.0.1", host) && local("::1", host), "{host}");
            assert!(!local("203.0.113.9", host), "{host}");
            assert!(!is_local(None, &HeaderMap::new(), &host.parse().unwrap()), "{host}");
        }
        assert!(!local("127.0.0.1", "help.example.com"));
        assert!(!local("127.0.0.1", "127.0.0.1.example.com"));
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9".parse().unwrap());
        assert!(!is_local(
            "127.0.0.1".parse().ok(),
            &headers,
            &"localhost".parse().unwrap()
        ));
    }
}
