use std::io::Read;

use super::*;

#[test]
fn packed_forms_unpack_to_the_same_and_carry_other_tags() {
    let assets = Assets::embedded();
    let css = assets.get("app.css").unwrap();
    let br = css.fitting("gzip, deflate, br");
    let gz = css.fitting("gzip;q=1.0, br;q=0");
    let plain = css.fitting("identity");
    assert_eq!(
        (br.encoding, gz.encoding, plain.encoding),
        (Some("br"), Some("gzip"), None)
    );
    let mut out = Vec::new();
    brotli::Decompressor::new(br.bytes, 4096).read_to_end(&mut out).unwrap();
    assert_eq!(out, css.bytes);
    out.clear();
    flate2::read::GzDecoder::new(gz.bytes).read_to_end(&mut out).unwrap();
    assert_eq!(out, css.bytes);
    let tags = [css.etag_of(br), css.etag_of(gz), css.etag_of(plain)];
    assert!(tags.iter().all(|tag| tag.starts_with('"') && tag.ends_with('"')));
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
}

#[test]
fn a_first_visit_stays_small() {
    let assets = Assets::embedded();
    let packed = |name: &str| assets.get(name).unwrap().fitting("br").bytes.len();
    assert!(packed("app.css") <= 10_000, "style sheet: {}", packed("app.css"));
    assert!(packed("icons.svg") <= 3_000, "icons: {}", packed("icons.svg"));
    assert!(
        packed("fonts/inter.woff2") <= 27_000,
        "font: {}",
        packed("fonts/inter.woff2")
    );
    let scripts: usize = assets
        .iter()
        // Customers never load the desk's.
        .filter(|(name, _)| name.ends_with(".js") && !name.starts_with("js/desk"))
        .map(|(name, _)| packed(name))
        .sum();
    assert!(scripts <= 7_000, "scripts: {scripts}");
    let desk: usize = assets
        .iter()
        .filter(|(name, _)| name.starts_with("js/desk") || *name == "desk.css")
        .map(|(name, _)| packed(name))
        .sum();
    assert!(desk <= 9_000, "what the desk loads beside: {desk}");
}

#[test]
fn files_are_found_by_name_only() {
    let assets = Assets::embedded();
    assert_eq!(assets.href("app.css"), format!("/s/{}/app.css", assets.hash()));
    assert_eq!(assets.hash().len(), 16);
    for name in [
        "",
        "/app.css",
        "../Cargo.toml",
        "js",
        "js/../app.css",
        "fonts/nothing.woff2",
    ] {
        assert!(assets.get(name).is_none(), "{name}");
    }
}

#[test]
fn scripts_touch_nothing_that_trusted_types_or_the_policy_forbid() {
    for (name, asset) in Assets::embedded().iter().filter(|(name, _)| name.ends_with(".js")) {
        let text = std::str::from_utf8(asset.bytes).unwrap();
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "DOMParser",
            "document.write",
            "eval(",
            "new Function",
            ".style",
            "setAttribute(\"style\"",
        ] {
            assert!(!text.contains(word), "{name} has {word}");
        }
    }
}

#[test]
fn every_icon_that_a_template_shows_exists() {
    let assets = Assets::embedded();
    let icons = std::str::from_utf8(assets.get("icons.svg").unwrap().bytes).unwrap();
    let folder = include_dir::include_dir!("$CARGO_MANIFEST_DIR/templates");
    let mut seen = 0;
    for file in folder.files() {
        let text = file.contents_utf8().unwrap();
        for part in text.split("icon('").skip(1) {
            let name = part.split('\'').next().unwrap();
            if name.ends_with('-') {
                continue;
            }
            assert!(
                icons.contains(&format!("<symbol id=\"{name}\"")),
                "icon {name} in {}",
                file.path().display()
            );
            seen += 1;
        }
    }
    assert!(seen > 40, "only {seen} icons found");
    for name in ["received", "in_progress", "waiting", "closed"].map(|stage| format!("stage-{stage}")) {
        assert!(icons.contains(&format!("<symbol id=\"{name}\"")), "{name}");
    }
    for name in ["image", "pdf", "sheet", "text", "archive", "other"].map(|kind| format!("file-{kind}")) {
        assert!(icons.contains(&format!("<symbol id=\"{name}\"")), "{name}");
    }
}

/// Contrast of the colours, computed from the style sheet itself.
mod contrast {
    use std::collections::BTreeMap;

    use super::*;

    /// Relative luminance of both schemes by token.
    fn tokens() -> BTreeMap<String, [f64; 2]> {
        let assets = Assets::embedded();
        let css = std::str::from_utf8(assets.get("app.css").unwrap().bytes).unwrap();
        let mut found = BTreeMap::new();
        for line in css.lines() {
            let Some((name, value)) = line.trim().split_once(": ") else {
                continue;
            };
            let Some(name) = name.strip_prefix("--") else { continue };
            let colours: Vec<f64> = value
                .split("oklch(")
                .skip(1)
                .filter_map(|part| part.split(')').next())
                .filter(|part| !part.contains('/'))
                .map(|part| {
                    let numbers: Vec<f64> = part.split_whitespace().map(|number| number.parse().unwrap()).collect();
                    luminance(numbers[0], numbers[1], numbers[2])
                })
                .collect();
            match colours[..] {
                [both] => found.insert(name.to_owned(), [both, both]),
                [light, dark] => found.insert(name.to_owned(), [light, dark]),
                _ => None,
            };
        }
        found
    }

    /// OKLCH to linear sRGB (clipped as the screen does) to relative luminance.
    fn luminance(lightness: f64, chroma: f64, hue: f64) -> f64 {
        let (a, b) = (chroma * hue.to_radians().cos(), chroma * hue.to_radians().sin());
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        let red = 4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s;
        let green = -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s;
        let blue = -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s;
        let [red, green, blue] = [red, green, blue].map(|value| value.clamp(0.0, 1.0));
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn ratio(one: f64, other: f64) -> f64 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn check(pairs: &[(&str, &[&str])], least: f64) -> usize {
        let tokens = tokens();
        let mut checked = 0;
        for (front, backs) in pairs {
            for back in *backs {
                for (scheme, name) in ["light", "dark"].iter().enumerate() {
                    let found = ratio(tokens[*front][scheme], tokens[*back][scheme]);
                    assert!(found >= least, "{front} on {back}, {name}: {found:.2}");
                    checked += 1;
                }
            }
        }
        checked
    }

    const GROUNDS: &[&str] = &["bg", "surface", "raised", "sunken", "hover"];

    #[test]
    fn text_can_be_read() {
        let soft = &[
            "amber-soft",
            "blue-soft",
            "green-soft",
            "grey-soft",
            "red-soft",
            "violet-soft",
            "accent-soft",
            "mark-soft",
        ];
        let checked = check(
            &[
                ("text", GROUNDS),
                ("text", soft),
                ("text", &["track"]),
                ("text-2", GROUNDS),
                (
                    "text-2",
                    &["accent-soft", "grey-soft", "track", "mark-soft", "green-soft"],
                ),
                ("text-3", &["bg", "surface"]),
                ("accent-text", GROUNDS),
                ("accent-text", &["accent-soft"]),
                ("accent-on", &["accent", "accent-hover"]),
                ("amber-text", &["amber-soft"]),
                ("blue-text", &["blue-soft"]),
                ("green-text", &["green-soft"]),
                ("grey-text", &["grey-soft", "hover"]),
                ("red-text", &["red-soft", "surface", "bg", "sunken"]),
                ("violet-text", &["violet-soft"]),
            ],
            4.5,
        );
        assert!(checked >= 70, "only {checked} pairs");
    }

    #[test]
    fn controls_can_be_seen() {
        check(
            &[
                ("control", &["bg", "surface", "sunken"]),
                ("focus", GROUNDS),
                ("accent", &["surface", "bg"]),
                ("red-solid", &["surface"]),
                ("surface", &["green-text"]),
            ],
            3.0,
        );
    }
}
