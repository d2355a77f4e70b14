//! Only the hosts of portals are answered: a host that is not ours is never echoed, resolved or looked up.

use poem::http::{HeaderMap, Uri, header};
use portal_core::settings::Host;

use crate::config::WebConfig;

/// The one host that a request names, if it is answered here. Two `Host` headers, or an absolute target that says
/// something else, name none.
pub(crate) fn named(headers: &HeaderMap, uri: &Uri, config: &WebConfig) -> Option<Host> {
    let mut names: Vec<&str> = Vec::new();
    for value in headers.get_all(header::HOST) {
        names.push(value.to_str().ok()?);
    }
    let headers_count = names.len();
    names.extend(uri.authority().map(poem::http::uri::Authority::as_str));
    let host = config.scheme.host(names.first()?)?;
    let agree = names.iter().all(|it| config.scheme.host(it).as_ref() == Some(&host));
    (headers_count <= 1 && agree && config.serves(&host)).then_some(host)
}
