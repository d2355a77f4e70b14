use image::{ImageBuffer, Rgba};
use proptest::prelude::*;

use super::*;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = ImageBuffer::from_fn(width, height, |x, y| Rgba([x as u8, y as u8, 200, 255]));
    let mut bytes = Vec::new();
    let image = DynamicImage::ImageRgba8(pixels);
    let image = if format == ImageFormat::Jpeg {
        DynamicImage::ImageRgb8(image.into_rgb8())
    } else {
        image
    };
    image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

#[tokio::test]
async fn the_four_formats_become_png() {
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let made = RemadeImages::default()
            .remade(picture(40, 20, format), 480, 96)
            .await
            .unwrap();
        assert_eq!((made.width, made.height), (40, 20), "{format:?}: never scaled up");
        assert!(made.png.starts_with(b"\x89PNG\r\n"));
    }
}

#[tokio::test]
async fn a_large_picture_is_scaled_down_in_proportion() {
    let made = RemadeImages::default()
        .remade(picture(1000, 100, ImageFormat::Png), 480, 96)
        .await
        .unwrap();
    assert_eq!((made.width, made.height), (480, 48));
}

#[tokio::test]
async fn nothing_but_pixels_is_kept() {
    let mut bytes = picture(8, 8, ImageFormat::Png);
    bytes.extend_from_slice(b"<script>alert(1)</script>");
    let made = RemadeImages::default().remade(bytes, 480, 96).await.unwrap();
    let text = String::from_utf8_lossy(&made.png);
    assert!(!text.contains("script"));
}

#[tokio::test]
async fn what_is_no_picture_is_refused() {
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    let mut broken = picture(64, 64, ImageFormat::Png);
    broken.truncate(60);
    for bytes in [svg, broken, Vec::new(), b"GIF89a".to_vec(), b"BM".to_vec()] {
        let refused = RemadeImages::default().remade(bytes, 480, 96).await;
        assert_eq!(refused, Err(ImagesError::NotAPicture));
    }
}

#[tokio::test]
async fn a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded() {
    // The head of a PNG of 60,000 × 60,000 pixels; its check sum is made anew, so that only the size is wrong.
    let mut bytes = picture(1, 1, ImageFormat::Png);
    bytes.splice(16..24, [0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
    let sum = crc32(&bytes[12..29]).to_be_bytes();
    bytes.splice(29..33, sum);
    let refused = RemadeImages::default().remade(bytes, 480, 96).await;
    assert_eq!(refused, Err(ImagesError::TooLarge { max: MAX_SIDE }));
}

/// The check sum of a chunk of a PNG (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                0xEDB8_8320 ^ (sum >> 1)
            } else {
                sum >> 1
            };
        }
    }
    !sum
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_end_well(bytes: Vec<u8>, at in 8_usize..400, with: u8) {
        drop(remake(&bytes, 96, 96));
        let mut damaged = picture(20, 20, ImageFormat::Png);
        if let Some(byte) = damaged.get_mut(at) {
            *byte = with;
        }
        drop(remake(&damaged, 96, 96));
    }
}
