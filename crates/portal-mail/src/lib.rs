//! Writes the mails of `portal-core`: [`FluentLetters`] makes a subject, an authored plain text and an HTML document of a
//! [`Letter`](portal_core::mail::Letter).
//!
//! Texts are Fluent files, one a language. A portal may have texts of its own, with a closed set of placeholders; both go
//! the same way: a text becomes [`Block`]s, and blocks become plain text and HTML. Values are filled in as text and escaped
//! by the template, whatever they hold.

mod blocks;
mod letters;
mod plain;
mod said;
mod texts;
mod when;

pub use blocks::{Block, Span};
pub use letters::{FluentLetters, TextsError};

#[cfg(test)]
mod tests;
