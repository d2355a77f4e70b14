use std::fmt;
use std::str::FromStr;

/// A colour of the screen, 8 bits a channel: `#2e61c4`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

/// A text that is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("use six hexadecimal digits, like #2e61c4")]
pub struct ColourError;

impl Colour {
    /// White.
    pub const WHITE: Self = Self::new(255, 255, 255);
    /// The dark letters on light colours.
    pub const INK: Self = Self::new(0x16, 0x19, 0x1f);

    /// A colour of its channels.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// The relative luminance of WCAG 2.2, 0 to 1.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of WCAG 2.2 between two colours, 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|it| {
            let it = f64::from(it) / 255.0;
            if it <= 0.040_45 {
                it / 12.92
            } else {
                ((it + 0.055) / 1.055).powf(2.4)
            }
        })
    }
}

impl FromStr for Colour {
    type Err = ColourError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let digits = text.strip_prefix('#').unwrap_or(text);
        if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(ColourError);
        }
        // `#2ac` is short for `#22aacc`.
        let full: String = match digits.len() {
            3 => digits.chars().flat_map(|it| [it, it]).collect(),
            6 => digits.to_owned(),
            _ => return Err(ColourError),
        };
        let all = u32::from_str_radix(&full, 16).map_err(|_| ColourError)?;
        let [_, red, green, blue] = all.to_be_bytes();
        Ok(Self { red, green, blue })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// Lightness, chroma and hue, in which equal steps look equal (OKLCH).
#[derive(Clone, Copy)]
struct Lch {
    lightness: f64,
    chroma: f64,
    hue: f64,
}

impl Lch {
    fn of(colour: Colour) -> Self {
        let [r, g, b] = colour.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
        Self {
            lightness,
            chroma: a.hypot(b),
            hue: b.atan2(a),
        }
    }

    /// The channels of light, which leave 0 to 1 where no screen shows the colour.
    fn linear(self) -> [f64; 3] {
        let (a, b) = (self.chroma * self.hue.cos(), self.chroma * self.hue.sin());
        let l = (self.lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ]
    }

    fn is_shown(self) -> bool {
        self.linear().iter().all(|it| (-0.000_1..=1.000_1).contains(it))
    }

    /// The nearest colour of the same lightness and hue that a screen shows: less colourful if need be.
    fn colour(self) -> Colour {
        let mut fit = self;
        if !self.is_shown() {
            let (mut shown, mut too_much) = (0.0, self.chroma);
            for _ in 0..20 {
                fit.chroma = f64::midpoint(shown, too_much);
                if fit.is_shown() {
                    shown = fit.chroma;
                } else {
                    too_much = fit.chroma;
                }
            }
            fit.chroma = shown;
        }
        let [red, green, blue] = fit.linear().map(|it| {
            let it = it.clamp(0.0, 1.0);
            let it = if it <= 0.003_130_8 {
                it * 12.92
            } else {
                1.055 * it.powf(1.0 / 2.4) - 0.055
            };
            (it * 255.0).round() as u8
        });
        Colour { red, green, blue }
    }

    fn at(self, lightness: f64) -> Self {
        Self { lightness, ..self }
    }

    fn at_most(self, chroma: f64) -> Self {
        Self {
            chroma: self.chroma.min(chroma),
            ..self
        }
    }
}

/// What is made of a company's colour for one colour scheme, readable whatever the colour was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shades {
    /// The ground of primary buttons.
    pub solid: Colour,
    /// The same under the pointer.
    pub hover: Colour,
    /// Letters on both: white or ink, contrast at least 4.5.
    pub on: Colour,
    /// The border of primary buttons where `solid` hardly differs from the page around it.
    pub edge: Option<Colour>,
    /// Thin marks, such as the line under the current page: contrast at least 3 with every ground.
    pub line: Colour,
    /// Links: contrast at least 4.5 with every ground.
    pub link: Colour,
    /// The ground of what is selected.
    pub soft: Colour,
    /// The ring around what has the focus: contrast at least 3 with every ground.
    pub focus: Colour,
}

/// What is made of a company's colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// On light pages.
    pub light: Shades,
    /// On dark pages.
    pub dark: Shades,
}

/// A colour scheme, as far as shades depend on it.
struct Scheme {
    /// Every ground that text stands on, but for the soft one: page, surface, sunken, hover.
    grounds: [Colour; 4],
    /// Borders of controls.
    control: Colour,
    soft: (f64, f64),
    link: (f64, f64),
    /// Which way colours become readable.
    step: f64,
}

const LIGHT: Scheme = Scheme {
    grounds: [
        Colour::new(0xf8, 0xf9, 0xfb),
        Colour::WHITE,
        Colour::new(0xf2, 0xf4, 0xf6),
        Colour::new(0xf0, 0xf3, 0xf6),
    ],
    control: Colour::new(0x82, 0x8a, 0x94),
    soft: (0.955, 0.022),
    link: (0.60, 0.20),
    step: -0.005,
};

const DARK: Scheme = Scheme {
    grounds: [
        Colour::new(0x0d, 0x0f, 0x14),
        Colour::new(0x15, 0x18, 0x1d),
        Colour::new(0x1c, 0x1f, 0x26),
        Colour::new(0x1e, 0x21, 0x28),
    ],
    control: Colour::new(0x6e, 0x75, 0x81),
    soft: (0.28, 0.055),
    link: (0.60, 0.13),
    step: 0.005,
};

/// What text needs.
const TEXT: f64 = 4.5;
/// What marks need.
const MARK: f64 = 3.0;

impl Palette {
    /// The palette of a colour.
    #[must_use]
    pub fn of(accent: Colour) -> Self {
        Self {
            light: LIGHT.shades(accent),
            dark: DARK.shades(accent),
        }
    }
}

impl Scheme {
    fn shades(&self, accent: Colour) -> Shades {
        let brand = Lch::of(accent);
        let (solid, on) = solid(accent);
        let soft = brand.at(self.soft.0).at_most(self.soft.1).colour();
        let focus = self.walked(brand, soft, MARK);
        let faint = self.grounds.iter().any(|it| it.contrast(solid) < MARK);
        Shades {
            hover: hover(solid, on),
            edge: faint.then_some(self.control),
            line: if faint || soft.contrast(solid) < MARK {
                focus
            } else {
                solid
            },
            link: self.walked(brand, soft, TEXT),
            solid,
            on,
            soft,
            focus,
        }
    }

    /// The colour made darker on light grounds, lighter on dark ones, until it stands out from all of them.
    fn walked(&self, brand: Lch, soft: Colour, enough: f64) -> Colour {
        let (bound, chroma) = self.link;
        let mut now = brand.at_most(chroma);
        now.lightness = if self.step < 0.0 {
            now.lightness.min(bound)
        } else {
            now.lightness.max(bound)
        };
        // 200 steps cross all of lightness.
        for _ in 0..200 {
            let colour = now.colour();
            if self
                .grounds
                .iter()
                .chain([&soft])
                .all(|it| it.contrast(colour) >= enough)
            {
                return colour;
            }
            now.lightness = (now.lightness + self.step).clamp(0.0, 1.0);
        }
        if self.step < 0.0 { Colour::INK } else { Colour::WHITE }
    }
}

/// The colour as it is where white or ink can be read on it; else darker, until white can.
fn solid(accent: Colour) -> (Colour, Colour) {
    if Colour::WHITE.contrast(accent) >= TEXT {
        return (accent, Colour::WHITE);
    }
    if Colour::INK.contrast(accent) >= TEXT {
        return (accent, Colour::INK);
    }
    let mut now = Lch::of(accent);
    for _ in 0..200 {
        let colour = now.colour();
        if Colour::WHITE.contrast(colour) >= TEXT {
            return (colour, Colour::WHITE);
        }
        now.lightness = (now.lightness - 0.005).max(0.0);
    }
    (Colour::INK, Colour::WHITE)
}

/// A little further away from its letters, where there is room; else a little nearer, as far as they stay readable.
fn hover(solid: Colour, on: Colour) -> Colour {
    let brand = Lch::of(solid);
    let away = if on == Colour::WHITE { -0.055 } else { 0.045 };
    let moved = |by: f64| brand.at((brand.lightness + by).clamp(0.0, 1.0)).colour();
    let room = (0.12..=0.94).contains(&brand.lightness);
    let wanted = if room { moved(away) } else { moved(-away * 1.6) };
    if on.contrast(wanted) >= TEXT { wanted } else { solid }
}

/// How a colour fares, to be said in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Buttons do not have the colour itself, but a darker one.
    pub buttons_darkened: bool,
    /// Letters on buttons are dark.
    pub dark_letters: bool,
    /// Buttons need a border on light pages.
    pub bordered: bool,
    /// Links are darker than the colour on light pages.
    pub links_darkened: bool,
    /// Links are lighter than the colour on dark pages.
    pub links_lightened: bool,
}

impl Palette {
    /// What became of the colour.
    #[must_use]
    pub fn verdict(&self, accent: Colour) -> Verdict {
        Verdict {
            buttons_darkened: self.light.solid != accent,
            dark_letters: self.light.on == Colour::INK,
            bordered: self.light.edge.is_some(),
            links_darkened: self.light.link.luminance() < accent.luminance(),
            links_lightened: self.dark.link.luminance() > accent.luminance(),
        }
    }
}
