//! How a portal looks: its colour, logo, links and words, put into the frame of its pages.

use portal_core::settings::{BrandPicture, Colour, Looks, Palette, PortalLink, Shades};
use portal_core::text::{Locale, Localized};

use crate::assets::Assets;
use crate::view::shell::{Brand, FooterLink, Logo, Shell, Words};

/// What the name of a colour's style sheet begins with: `brand-2e61c4.css`.
const STYLE: &str = "brand-";

/// The frame with everything that the portal's settings say about it.
pub(crate) fn dress(mut shell: Shell, looks: &Looks, language: &Locale, assets: &Assets) -> Shell {
    let text = |it: &Option<Localized>| it.as_ref().map(|it| it.get(language).to_owned());
    shell.words = Words {
        many: text(&looks.display.label),
        new: text(&looks.display.new_label),
    };
    let base = shell.base.clone();
    let branding = &looks.branding;
    let logo = |it: &Option<BrandPicture>| {
        it.as_ref().map(|it| Logo {
            href: picture(&base, it),
            width: it.width.div_ceil(2),
            height: it.height.div_ceil(2),
        })
    };
    shell.brand = Brand {
        style: branding.accent.map(|it| assets.href(&style_name(it))),
        logo: logo(&branding.logo),
        logo_dark: logo(&branding.logo_dark),
        icon: branding.favicon.as_ref().map(|it| picture(&base, it)),
        show_name: branding.show_name,
    };
    let link = |it: &PortalLink| FooterLink {
        label: it.label.get(language).to_owned(),
        href: it.target.as_str().to_owned(),
    };
    shell.header = looks.links.header.iter().map(link).collect();
    // The portal's own links stand before those that hold for the whole server.
    let own: Vec<FooterLink> = looks.links.footer.iter().map(link).collect();
    shell.footer.splice(0..0, own);
    shell
}

fn picture(base: &str, it: &BrandPicture) -> String {
    format!("{base}/brand/{}", it.digest)
}

fn style_name(accent: Colour) -> String {
    format!("{STYLE}{}.css", accent.to_string().trim_start_matches('#'))
}

/// The style sheet with this name: what is made of the colour that the name says, so that nothing needs to be kept.
pub(crate) fn style(name: &str) -> Option<String> {
    let digits = name.strip_prefix(STYLE)?.strip_suffix(".css")?;
    let accent: Colour = digits.parse().ok().filter(|it| style_name(*it) == name)?;
    let Palette { light, dark } = Palette::of(accent);
    let token = |name: &str, of: fn(&Shades) -> String| format!("--{name}:light-dark({},{});", of(&light), of(&dark));
    let tokens = [
        token("accent", |it| it.solid.to_string()),
        token("accent-hover", |it| it.hover.to_string()),
        token("accent-on", |it| it.on.to_string()),
        token("accent-edge", |it| {
            it.edge.map_or_else(|| "transparent".to_owned(), |it| it.to_string())
        }),
        token("accent-line", |it| it.line.to_string()),
        token("accent-text", |it| it.link.to_string()),
        token("accent-soft", |it| it.soft.to_string()),
        token("focus", |it| it.focus.to_string()),
    ];
    Some(format!("@layer brand{{:root{{{}}}}}\n", tokens.concat()))
}
