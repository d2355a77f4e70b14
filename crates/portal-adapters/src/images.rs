//! Pictures, made anew from their pixels.
//!
//! What comes out has the pixels of what came in and nothing else of it: no metadata, no trailing bytes, no second format
//! hidden in the first, no animation. Decoding runs off the threads that serve requests, one picture at a time, with
//! limits on pixels and memory that hold before anything is decoded.

use std::io::Cursor;
use std::sync::Arc;

use async_trait::async_trait;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, ImageReader, Limits};
use portal_core::ports::{Images, ImagesError, Picture};
use tokio::sync::Semaphore;

/// The most pixels in either direction of what is taken.
const MAX_SIDE: u32 = 4096;
/// The most memory that a decoder may use.
const MAX_MEMORY: u64 = 128 * 1024 * 1024;

/// Makes pictures anew: PNG, JPEG, GIF and WebP in, PNG out. Clones take turns.
#[derive(Clone, Debug)]
pub struct RemadeImages {
    turn: Arc<Semaphore>,
}

impl Default for RemadeImages {
    fn default() -> Self {
        Self {
            turn: Arc::new(Semaphore::new(1)),
        }
    }
}

#[async_trait]
impl Images for RemadeImages {
    async fn remade(&self, bytes: Vec<u8>, width: u32, height: u32) -> Result<Picture, ImagesError> {
        let turn = self.turn.clone().acquire_owned().await.map_err(|_| ImagesError::Off)?;
        let made = tokio::task::spawn_blocking(move || {
            // Kept until it is done, even if nobody waits for it any more.
            let _turn = turn;
            remake(&bytes, width, height)
        });
        // A decoder that panics has met a broken picture.
        made.await.unwrap_or(Err(ImagesError::NotAPicture))
    }
}

fn remake(bytes: &[u8], width: u32, height: u32) -> Result<Picture, ImagesError> {
    let reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| ImagesError::NotAPicture)?;
    let taken = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP];
    if !reader.format().is_some_and(|it| taken.contains(&it)) {
        return Err(ImagesError::NotAPicture);
    }
    let picture = decoded(reader)?;
    let fits = picture.width() <= width && picture.height() <= height;
    let picture = if fits {
        picture
    } else {
        picture.resize(width, height, FilterType::CatmullRom)
    };
    // Eight bits and an alpha channel, whatever it had: nothing of its colour space is kept.
    let picture = DynamicImage::ImageRgba8(picture.into_rgba8());
    let mut png = Vec::new();
    picture
        .write_to(&mut Cursor::new(&mut png), ImageFormat::Png)
        .map_err(|_| ImagesError::NotAPicture)?;
    Ok(Picture {
        png,
        width: picture.width(),
        height: picture.height(),
    })
}

fn decoded(mut reader: ImageReader<Cursor<&[u8]>>) -> Result<DynamicImage, ImagesError> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    reader.decode().map_err(|err| match err {
        image::ImageError::Limits(_) => ImagesError::TooLarge { max: MAX_SIDE },
        _ => ImagesError::NotAPicture,
    })
}

#[cfg(test)]
mod tests;
