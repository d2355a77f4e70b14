//! Codes of authenticator apps (RFC 6238), and the picture by which an app is connected.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use portal_core::ports::{Enrolment, OneTimeCodes};
use portal_core::time::Timestamp;
use qrcode::{Color, QrCode};
use sha1::Sha1;
use subtle::ConstantTimeEq;

/// Seconds of a step.
const STEP: i64 = 30;
/// Blank modules around a QR code.
const QUIET: usize = 4;

/// SHA-1, six digits, steps of 30 seconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totp;

impl OneTimeCodes for Totp {
    fn step_of(&self, secret: &[u8], code: &str, now: Timestamp) -> Option<u64> {
        let present = u64::try_from(now.micros().div_euclid(1_000_000 * STEP)).ok()?;
        let mut found = None;
        for step in [present.saturating_sub(1), present] {
            if bool::from(digits(secret, step)?.as_bytes().ct_eq(code.as_bytes())) {
                found = Some(step);
            }
        }
        found
    }

    fn enrolment(&self, secret: &[u8], issuer: &str, account: &str) -> Enrolment {
        let text = base32(secret);
        let (issuer, account) = (escaped(issuer), escaped(account));
        let uri = format!("otpauth://totp/{issuer}:{account}?secret={text}&issuer={issuer}");
        let mut typed = String::new();
        for (index, letter) in text.chars().enumerate() {
            if index > 0 && index % 4 == 0 {
                typed.push(' ');
            }
            typed.push(letter);
        }
        Enrolment {
            typed,
            picture: picture(&uri),
            uri,
        }
    }
}

/// The six digits of a step (RFC 4226 §5.3).
fn digits(secret: &[u8], step: u64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).ok()?;
    mac.update(&step.to_be_bytes());
    let tag = mac.finalize().into_bytes();
    let offset = usize::from(tag.last()? & 0xf);
    let word: [u8; 4] = tag.get(offset..offset + 4)?.try_into().ok()?;
    Some(format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000))
}

fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::new();
    for group in bytes.chunks(5) {
        let mut bits = group.iter().fold(0_u64, |sum, it| (sum << 8) | u64::from(*it));
        bits <<= 8 * (5 - group.len());
        for place in 0..(group.len() * 8).div_ceil(5) {
            let index = usize::try_from((bits >> (35 - 5 * place)) & 31).unwrap_or(0);
            text.push(LETTERS.get(index).map_or('A', |it| char::from(*it)));
        }
    }
    text
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// One path, black on white in every appearance, since readers of codes want it so. Empty if the text is too long.
fn picture(text: &str) -> String {
    let Ok(code) = QrCode::new(text) else {
        return String::new();
    };
    let width = code.width();
    let mut path = String::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            let (x, y) = (index % width + QUIET, index / width + QUIET);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    let side = width + 2 * QUIET;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"220\" height=\"220\" \
         shape-rendering=\"crispEdges\" aria-hidden=\"true\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}h-{side}z\"/>\
         <path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B, the last six of eight digits.
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            let step = u64::try_from(seconds / STEP).unwrap();
            assert_eq!(Totp.step_of(SECRET, code, at(seconds)), Some(step), "{seconds}");
            assert_eq!(Totp.step_of(SECRET, code, at(seconds + 30)), Some(step));
            assert_eq!(Totp.step_of(SECRET, code, at(seconds + 60)), None);
            assert_eq!(Totp.step_of(SECRET, code, at(seconds - 30)), None);
        }
        assert_eq!(Totp.step_of(SECRET, "", at(59)), None);
    }

    #[test]
    fn an_app_can_be_connected() {
        let made = Totp.enrolment(SECRET, "Kestrel & Co", "mara@kestrel.example");
        assert_eq!(made.typed, "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            made.uri,
            "otpauth://totp/Kestrel%20%26%20Co:mara%40kestrel.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Kestrel%20%26%20Co"
        );
        assert!(made.picture.starts_with("<svg ") && !made.picture.contains("style"));
        assert_eq!(base32(b"f"), "MY");
        assert_eq!(base32(b"fooba"), "MZXW6YTB");
    }
}
