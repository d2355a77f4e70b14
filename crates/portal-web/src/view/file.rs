//! Files on messages and in forms.

use serde::Serialize;

use crate::i18n::Locale;

/// A file of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileLink {
    /// `/{slug}/files/{id}`.
    pub href: String,
    /// As the sender named it.
    pub name: String,
    /// Gives sign and word.
    pub kind: FileKind,
    /// `1.2 MB`.
    pub size: String,
}

impl FileLink {
    /// A file with kind and size made from its media type and length.
    #[must_use]
    pub fn new(href: impl Into<String>, name: impl Into<String>, media_type: &str, bytes: u64, locale: Locale) -> Self {
        let name = name.into();
        Self {
            href: href.into(),
            kind: FileKind::of(media_type, &name),
            size: size(bytes, locale),
            name,
        }
    }
}

/// Rough kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Any picture.
    Image,
    /// A PDF.
    Pdf,
    /// A table.
    Sheet,
    /// Text, log, source.
    Text,
    /// A packed file.
    Archive,
    /// Anything else.
    Other,
}

impl FileKind {
    /// From the media type, else from the ending of the name.
    #[must_use]
    pub fn of(media_type: &str, name: &str) -> Self {
        let ending = name
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase())
            .unwrap_or_default();
        match (media_type, ending.as_str()) {
            (media, _) if media.starts_with("image/") => Self::Image,
            ("application/pdf", _) | (_, "pdf") => Self::Pdf,
            ("text/csv", _) | (_, "csv" | "xls" | "xlsx" | "ods") => Self::Sheet,
            (_, "zip" | "gz" | "7z" | "rar" | "tar" | "xz" | "zst") => Self::Archive,
            (media, _) if media.starts_with("text/") => Self::Text,
            (_, "log" | "txt" | "json" | "xml") => Self::Text,
            _ => Self::Other,
        }
    }
}

/// A file that was already uploaded with a form that came back with a problem: kept by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StagedFile {
    /// Sent back in the hidden field `staged`.
    pub id: String,
    /// As the sender named it.
    pub name: String,
    /// `1.2 MB`.
    pub size: String,
}

/// How much a form takes; stated before choosing and checked in the browser too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileLimits {
    /// Files a message.
    pub count: u32,
    /// Bytes in sum.
    pub bytes: u64,
    /// The same for people, `50 MB`.
    pub size: String,
}

impl FileLimits {
    /// Limits with their text.
    #[must_use]
    pub fn new(count: u32, bytes: u64, locale: Locale) -> Self {
        Self {
            count,
            bytes,
            size: size(promised(bytes), locale),
        }
    }
}

/// What people are told of a limit that is set in binary units: 50 MiB is a plain `50 MB`, a little less than is taken.
fn promised(bytes: u64) -> u64 {
    const MIB: u64 = 1 << 20;
    if bytes.is_multiple_of(MIB) {
        bytes / MIB * 1_000_000
    } else {
        bytes
    }
}

/// A size in decimal units as people write it: `412 kB`, `1.2 MB`, German `1,2 MB`; the blank does not break.
#[must_use]
pub fn size(bytes: u64, locale: Locale) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    for (unit, name) in UNITS {
        if bytes >= unit {
            let tenths = bytes.saturating_mul(10).saturating_add(unit / 2) / unit;
            let (whole, rest) = (tenths / 10, tenths % 10);
            return if whole >= 10 || rest == 0 || unit == 1_000 {
                format!("{}\u{a0}{name}", bytes.saturating_add(unit / 2) / unit)
            } else {
                format!("{whole}{}{rest}\u{a0}{name}", locale.decimal_mark())
            };
        }
    }
    format!("{bytes}\u{a0}B")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_decimal_and_in_the_readers_language() {
        assert_eq!(size(0, Locale::En), "0\u{a0}B");
        assert_eq!(size(999, Locale::En), "999\u{a0}B");
        assert_eq!(size(412_300, Locale::En), "412\u{a0}kB");
        assert_eq!(size(1_234_567, Locale::En), "1.2\u{a0}MB");
        assert_eq!(size(1_234_567, Locale::De), "1,2\u{a0}MB");
        assert_eq!(size(50_000_000, Locale::De), "50\u{a0}MB");
        assert_eq!(size(25_600_000, Locale::De), "26\u{a0}MB");
    }

    #[test]
    fn kinds_come_from_media_type_then_ending() {
        assert_eq!(FileKind::of("image/png", "a.bin"), FileKind::Image);
        assert_eq!(FileKind::of("application/octet-stream", "x.PDF"), FileKind::Pdf);
        assert_eq!(FileKind::of("application/octet-stream", "wlan.log"), FileKind::Text);
        assert_eq!(FileKind::of("application/octet-stream", "noending"), FileKind::Other);
    }
}
