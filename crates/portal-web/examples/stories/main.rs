//! Writes every page with rich contents as static files, to look at them: `cargo run -p portal-web --example stories -- DIR`,
//! then serve the folder with any web server.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a tool for developers, on made-up data"
)]

mod fixtures;

use std::path::PathBuf;
use std::sync::Arc;

use portal_web::assets::Assets;
use portal_web::i18n::Locale;
use portal_web::render::Renderer;
use portal_web::view::shell::Theme;

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).unwrap_or_else(|| "target/stories".into()));
    let assets = Arc::new(Assets::embedded());
    for (name, asset) in assets.iter() {
        write(&folder.join(assets.href(name).trim_start_matches('/')), asset.bytes);
    }
    let renderer = Renderer::new(assets).unwrap();
    for locale in [Locale::En, Locale::De, Locale::EnXa] {
        for theme in [Theme::Light, Theme::Dark, Theme::System] {
            for (name, html) in fixtures::all(&renderer, locale, theme) {
                let file = format!("{name}-{}-{}.html", locale.as_str(), theme.as_str());
                write(&folder.join(file), html.as_bytes());
            }
        }
    }
}

fn write(path: &std::path::Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, bytes).unwrap();
}
