//! Texts that are validated once and valid for ever: holding one of these types proves that its rule was checked.

mod email;
mod host;
mod line;
mod locale;
mod search;
mod slug;

pub use email::{EmailAddress, EmailError};
pub use host::is_look_alike;
pub use line::{FileName, Line, LineError, PersonName, PortalName, SearchText, Subject, has_invisible};
pub use locale::{Locale, LocaleError, Localized};
pub use search::{Token, excerpt, index_tokens, matching_words, query_tokens};
pub use slug::{RESERVED_SLUGS, Slug, SlugError, looks_like, looks_reserved};

/// Longest body a person may type, in bytes of UTF-8 (64 KiB).
pub const MAX_TYPED_BODY: usize = 64 * 1024;
/// Longest plain text of an imported or inbound body, in bytes of UTF-8 (256 KiB).
pub const MAX_INBOUND_TEXT: usize = 256 * 1024;
/// Longest HTML of an imported or inbound body, in bytes of UTF-8 (1 MiB).
pub const MAX_INBOUND_HTML: usize = 1024 * 1024;
