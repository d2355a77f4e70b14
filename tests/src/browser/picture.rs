//! Pictures of whole pages, kept for people to look at.

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as STANDARD;
use serde_json::{Value, json};

use super::Browser;
use crate::config;

/// Longer pages are cut: a picture is for looking at.
const TALLEST: f64 = 6000.0;

impl Browser {
    /// Takes a picture of the whole page and keeps it as `{name}.png` among the artifacts.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let layout = self.cdp("Page.getLayoutMetrics", json!({})).await?;
        let size = |key: &str| {
            layout
                .pointer(&format!("/cssContentSize/{key}"))
                .and_then(Value::as_f64)
                .context("no size")
        };
        let (width, height) = (size("width")?, size("height")?.min(TALLEST));
        let clip = json!({ "x": 0, "y": 0, "width": width, "height": height, "scale": 1 });
        let shot = self
            .cdp(
                "Page.captureScreenshot",
                json!({ "format": "png", "captureBeyondViewport": true, "clip": clip }),
            )
            .await?;
        let data = shot.get("data").and_then(Value::as_str).context("no picture")?;
        let folder = config::artifacts();
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.png")), STANDARD.decode(data)?)?;
        Ok(())
    }
}

impl Browser {
    /// As [`picture`](Self::picture), with the kind of run in front of the name.
    pub async fn picture_of(&self, kind: &str, name: &str) -> Result<()> {
        self.picture(&format!("journey-{kind}-{name}")).await
    }
}
