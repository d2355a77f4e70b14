use async_trait::async_trait;

/// A picture that cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImagesError {
    /// Not a PNG, JPEG, GIF or WebP picture, or a broken one.
    #[error("this is not a PNG, JPEG, GIF or WebP picture")]
    NotAPicture,
    /// More pixels than is sensible.
    #[error("the picture is larger than {max} × {max} pixels")]
    TooLarge {
        /// The most in either direction.
        max: u32,
    },
    /// This service takes no pictures.
    #[error("pictures are not taken here")]
    Off,
}

/// A picture made anew from its pixels: nothing else of what was uploaded is left in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// A PNG document.
    pub png: Vec<u8>,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// Makes pictures anew, so that nothing hidden in an upload is ever served.
#[async_trait]
pub trait Images: Send + Sync + 'static {
    /// The picture, scaled down to fit `width` × `height` pixels, never up. MUST bound memory and time for any bytes.
    async fn remade(&self, bytes: Vec<u8>, width: u32, height: u32) -> Result<Picture, ImagesError>;
}

/// Takes no pictures.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoImages;

#[async_trait]
impl Images for NoImages {
    async fn remade(&self, _: Vec<u8>, _: u32, _: u32) -> Result<Picture, ImagesError> {
        Err(ImagesError::Off)
    }
}
