//! Style sheet, scripts, icons and font: in the binary, packed once at start.
//!
//! All files live under one hash of their whole content, `/s/{hash}/…`, so that they refer to each other by relative
//! paths and always fit together.

use std::collections::BTreeMap;
use std::io::Write;

use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/assets");

/// All assets.
#[derive(Debug)]
pub struct Assets {
    hash: String,
    files: BTreeMap<String, Asset>,
}

/// One file in the forms in which it can be sent.
#[derive(Clone, Debug)]
pub struct Asset {
    /// `text/css; charset=utf-8`.
    pub content_type: &'static str,
    /// As it is.
    pub bytes: &'static [u8],
    /// Packed with brotli; `None` where that does not help.
    pub brotli: Option<Vec<u8>>,
    /// Packed with gzip; `None` where that does not help.
    pub gzip: Option<Vec<u8>>,
    /// Strong, quoted, of the plain form.
    pub etag: String,
}

/// The form of a file that fits a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Representation<'a> {
    /// What is sent.
    pub bytes: &'a [u8],
    /// `Content-Encoding`.
    pub encoding: Option<&'static str>,
    /// Ending of the entity tag, which differs by form: `""`, `"-br"`, `"-gz"`.
    tag: &'static str,
}

impl Asset {
    /// Chooses the form for an `Accept-Encoding` header. The answer varies by that header.
    #[must_use]
    pub fn fitting(&self, accept_encoding: &str) -> Representation<'_> {
        let accepts = |name: &str| {
            accept_encoding.split(',').any(|part| {
                let mut fields = part.split(';').map(str::trim);
                let named = fields.next().is_some_and(|coding| coding.eq_ignore_ascii_case(name));
                named && !fields.any(|field| matches!(field, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
            })
        };
        match (&self.brotli, &self.gzip) {
            (Some(packed), _) if accepts("br") => Representation {
                bytes: packed,
                encoding: Some("br"),
                tag: "-br",
            },
            (_, Some(packed)) if accepts("gzip") => Representation {
                bytes: packed,
                encoding: Some("gzip"),
                tag: "-gz",
            },
            _ => Representation {
                bytes: self.bytes,
                encoding: None,
                tag: "",
            },
        }
    }

    /// The strong, quoted entity tag of one form.
    #[must_use]
    pub fn etag_of(&self, representation: Representation<'_>) -> String {
        format!("\"{}{}\"", self.etag.trim_matches('"'), representation.tag)
    }
}

impl Assets {
    /// Reads and packs the files in the binary.
    #[must_use]
    pub fn embedded() -> Self {
        let mut files = BTreeMap::new();
        collect(&FILES, &mut files);
        let mut all = Sha256::new();
        for (name, asset) in &files {
            all.update(name.as_bytes());
            all.update([0]);
            all.update(asset.bytes);
            all.update([0]);
        }
        Self {
            hash: hex(&all.finalize(), 8),
            files,
        }
    }

    /// The hash in the URLs. A request that carries another one comes from a page of another release: it is answered
    /// with the present file, which must then not be kept for long.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// URL of a file: `app.css` → `/s/{hash}/app.css`.
    #[must_use]
    pub fn href(&self, name: &str) -> String {
        format!("/s/{}/{name}", self.hash)
    }

    /// The file behind the part of the URL after `/s/{hash}/`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Asset> {
        self.files.get(name)
    }

    /// All names and files.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.files.iter().map(|(name, asset)| (name.as_str(), asset))
    }
}

fn collect(folder: &Dir<'static>, files: &mut BTreeMap<String, Asset>) {
    for inner in folder.dirs() {
        collect(inner, files);
    }
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let Some((content_type, packable)) = kind(&name) else {
            continue;
        };
        let bytes = file.contents();
        let shorter = |packed: Option<Vec<u8>>| packed.filter(|packed| packable && packed.len() < bytes.len());
        let asset = Asset {
            content_type,
            bytes,
            brotli: shorter(brotli(bytes)),
            gzip: shorter(gzip(bytes)),
            etag: format!("\"{}\"", hex(&Sha256::digest(bytes), 16)),
        };
        files.insert(name, asset);
    }
}

/// Content type, and whether packing helps. Anything else is not served.
fn kind(name: &str) -> Option<(&'static str, bool)> {
    match name.rsplit_once('.')?.1 {
        "css" => Some(("text/css; charset=utf-8", true)),
        "js" => Some(("text/javascript; charset=utf-8", true)),
        "svg" => Some(("image/svg+xml", true)),
        "txt" => Some(("text/plain; charset=utf-8", true)),
        "woff2" => Some(("font/woff2", false)),
        _ => None,
    }
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 9, 22);
    writer.write_all(bytes).ok()?;
    writer.flush().ok()?;
    drop(writer);
    Some(packed)
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(bytes).ok()?;
    writer.finish().ok()
}

/// The first `bytes` of a digest in hexadecimal.
fn hex(digest: &[u8], bytes: usize) -> String {
    let digits = digest.iter().take(bytes).flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|it| char::from_digit(u32::from(it), 16)).collect()
}

#[cfg(test)]
mod tests;
