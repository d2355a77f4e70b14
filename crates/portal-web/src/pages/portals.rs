//! The root of a host: to its only portal, or a choice.

use poem::http::StatusCode;
use portal_core::settings::CustomerPortal;

use crate::errors::Stop;
use crate::view::portals::{PortalLink, PortalsPage};
use crate::visit::Answer;
use crate::web::{Ask, Web, see_other};

pub(super) async fn choose(web: &Web, ask: &Ask) -> Answer {
    let portals = web.portal.portals_on(&ask.host).await?;
    match portals.as_slice() {
        [] => Err(Stop::NOT_FOUND),
        [only] => Ok(see_other(&format!("/{}", only.slug))),
        _ => {
            let link = |it: &CustomerPortal| PortalLink {
                name: it.name.as_str().to_owned(),
                href: format!("/{}", it.slug),
            };
            let page = PortalsPage {
                shell: web.bare_shell(&ask.headers),
                portals: portals.iter().map(link).collect(),
            };
            Ok(web.html(StatusCode::OK, &page)?)
        }
    }
}
