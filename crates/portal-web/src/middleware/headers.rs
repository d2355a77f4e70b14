//! What every response says to the browser, whatever it is.

use poem::Response;
use poem::http::{HeaderName, HeaderValue, header};

use crate::config::WebConfig;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const POLICY_TLS: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'; \
     upgrade-insecure-requests";

/// What a mail may do that is shown in a frame of ours: have its own style, and nothing else.
pub(crate) const FRAMED_MAIL: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// Lets a page have a frame of our own: all else stays as it is on every page.
pub(crate) fn let_frame(response: &mut Response, config: &WebConfig) {
    let policy = if config.is_secure() { POLICY_TLS } else { POLICY };
    if let Ok(policy) = HeaderValue::from_str(&format!("{policy}; frame-src 'self'")) {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}

/// No page needs any of these.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), \
     fullscreen=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), \
     picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

/// Name of the header that carries the id of a request.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What a response says unless the page has said it itself.
static DEFAULTS: [(HeaderName, HeaderValue); 2] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    (header::VARY, HeaderValue::from_static("Cookie, Accept-Language")),
];

/// What every response says.
static ALWAYS: [(HeaderName, HeaderValue); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // `no-referrer` would make browsers send `Origin: null` with our own forms.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static(PERMISSIONS),
    ),
    (
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex"),
    ),
];

static POLICIES: [HeaderValue; 2] = [HeaderValue::from_static(POLICY), HeaderValue::from_static(POLICY_TLS)];

/// Puts the headers on a response. What a page has set itself stays: a file has a stricter policy, an asset may be kept.
pub(crate) fn put(response: &mut Response, config: &WebConfig, id: &str) {
    let headers = response.headers_mut();
    let [clear, tls] = &POLICIES;
    let policy = if config.is_secure() { tls } else { clear };
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert_with(|| policy.clone());
    for (name, value) in &DEFAULTS {
        headers.entry(name).or_insert_with(|| value.clone());
    }
    for (name, value) in &ALWAYS {
        headers.insert(name.clone(), value.clone());
    }
    if config.is_secure() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    headers.remove(header::SERVER);
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}
