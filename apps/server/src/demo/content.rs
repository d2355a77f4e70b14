//! The content of the demo's files: made, not stored, so that the program stays small.

use std::fmt::Write as _;

use super::random::Random;

/// The content that a file of this name would have.
pub(super) fn content(name: &str, random: &mut Random) -> Vec<u8> {
    match name.rsplit_once('.').map_or("", |(_, it)| it) {
        "png" if name == "signal-14-02.png" => png(420, 327, random),
        "png" => png(160, 90, random),
        "pdf" if name == "hall-b-layout.pdf" => pdf("Layout of hall B", 1_190_000),
        "pdf" => pdf(name, 0),
        "csv" => csv(random),
        _ => log(random),
    }
}

/// A curve on a light ground, as an uncompressed PNG.
fn png(width: u32, height: u32, random: &mut Random) -> Vec<u8> {
    let mut rows = Vec::new();
    let mut level = f64::from(height) * 0.4;
    let dip = random.between(u64::from(width) / 2, u64::from(width) * 3 / 4);
    let mut curve = Vec::new();
    for x in 0..u64::from(width) {
        level += random.between(0, 7) as f64 - 3.0;
        level = level.clamp(f64::from(height) * 0.2, f64::from(height) * 0.5);
        let lost = x.abs_diff(dip) < u64::from(width) / 20;
        curve.push(if lost { f64::from(height) * 0.9 } else { level });
    }
    for y in 0..height {
        rows.push(0);
        for at in &curve {
            let distance = (f64::from(y) - at).abs();
            let colour = if distance < 1.6 {
                [44, 90, 200]
            } else if f64::from(y) > *at {
                [226, 236, 252]
            } else if y % (height / 6).max(1) == 0 {
                [214, 218, 224]
            } else {
                [250, 251, 252]
            };
            rows.extend(colour);
        }
    }
    let mut packed = vec![0x78, 0x01];
    let mut blocks = rows.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        let size = u16::try_from(block.len()).unwrap_or(u16::MAX);
        packed.push(u8::from(blocks.peek().is_none()));
        packed.extend(size.to_le_bytes());
        packed.extend((!size).to_le_bytes());
        packed.extend(block);
    }
    packed.extend(adler32(&rows).to_be_bytes());
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut image = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];
    for (kind, data) in [(b"IHDR", header), (b"IDAT", packed), (b"IEND", Vec::new())] {
        image.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
        let body = [kind.as_slice(), &data].concat();
        image.extend(&body);
        image.extend(crc32(&body).to_be_bytes());
    }
    image
}

fn adler32(bytes: &[u8]) -> u32 {
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    (b << 16) | a
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut table = [0_u32; 256];
    for (start, entry) in (0_u32..).zip(table.iter_mut()) {
        *entry = (0..8).fold(
            start,
            |it, _| if it & 1 == 1 { (it >> 1) ^ 0xedb8_8320 } else { it >> 1 },
        );
    }
    let step = |sum: u32, byte: &u8| {
        let place = usize::from((sum as u8) ^ byte);
        table.get(place).copied().unwrap_or_default() ^ (sum >> 8)
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// One page with a heading and some lines, as a PDF; filled up with an unused object to about `size` bytes.
fn pdf(title: &str, size: usize) -> Vec<u8> {
    let title: String = title
        .chars()
        .filter(|it| it.is_ascii() && !"()\\".contains(*it))
        .collect();
    let mut page = format!("BT /F1 20 Tf 60 770 Td ({title}) Tj ET\n0.6 w\n");
    for line in 0..9 {
        let y = 720 - line * 60;
        let _ = writeln!(
            page,
            "60 {y} 475 40 re S\nBT /F1 10 Tf 70 {} Td (Position {}) Tj ET",
            y + 15,
            line + 1
        );
    }
    let stream = |text: &str| format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len());
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        stream(&page),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        stream(&"% \n".repeat(size / 3)),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut table = String::new();
    for (number, object) in (1..).zip(&objects) {
        let _ = writeln!(table, "{:010} 00000 n ", text.len());
        let _ = write!(text, "{number} 0 obj\n{object}\nendobj\n");
    }
    let start = text.len();
    let count = objects.len() + 1;
    let _ = write!(text, "xref\n0 {count}\n0000000000 65535 f \n{table}");
    let _ = write!(
        text,
        "trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    text.into_bytes()
}

fn csv(random: &mut Random) -> Vec<u8> {
    let mut text = "article;name;place;stock\n".to_owned();
    for number in 0..60 {
        let name = random
            .pick(&[
                "Shelf board",
                "Bracket",
                "Screw set",
                "Label roll",
                "Pallet cover",
                "Box 40×30",
            ])
            .copied()
            .unwrap_or_default();
        let (hall, place, stock) = (random.between(0, 4), random.between(1, 90), random.between(0, 400));
        let hall = ["A", "B", "C", "D"].get(hall as usize).copied().unwrap_or("A");
        let _ = writeln!(text, "{};{name};{hall}-{place:02};{stock}", 100_200 + number * 7);
    }
    text.into_bytes()
}

fn log(random: &mut Random) -> Vec<u8> {
    let mut text = String::new();
    let mut second = 0;
    for _ in 0..120 {
        second += random.between(1, 20);
        let (minute, rest) = (second / 60 % 60, second % 60);
        let level = random.between(52, 79);
        let line = match random.between(0, 10) {
            0 => "wlan0: roam from 3c:28:6d:aa:10:02 to 3c:28:6d:aa:10:03".to_owned(),
            1 => "wlan0: beacon lost, 3 in a row".to_owned(),
            2 => "sync: 14 positions sent".to_owned(),
            _ => format!("wlan0: signal -{level} dBm"),
        };
        let _ = writeln!(text, "14:{minute:02}:{rest:02} {line}");
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_sums_are_the_known_ones() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(adler32(b"Wikipedia"), 0x11e6_0398);
    }

    #[test]
    fn files_have_the_sizes_of_the_pictures() {
        let mut random = Random::new(1);
        assert_eq!(content("signal-14-02.png", &mut random).len() / 1000, 412);
        assert_eq!(content("hall-b-layout.pdf", &mut random).len() / 100_000, 11);
        assert!(content("a.log", &mut random).len() > 1000);
    }
}
