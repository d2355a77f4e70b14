//! From which network a request comes: what limits count by.

use std::net::{IpAddr, Ipv6Addr};

use poem::http::HeaderMap;

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
}
