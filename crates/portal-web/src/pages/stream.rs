//! Live hints for open pages.

use portal_core::ticket::Version;

use crate::errors::Stop;
use crate::forms::Fields;
use crate::stream::{self, Shown};
use crate::view::error::Fault;
use crate::visit::{Answer, Visit};

/// A stream. With `number` and `version` of the ticket on the page it also says what happened since that page was made.
pub(super) async fn open(visit: &Visit<'_>) -> Answer {
    let visitor = visit.visitor.as_ref().ok_or(Stop::SignIn)?;
    let session = visitor.session.ok_or(Stop::SignIn)?;
    let watch = visit.web.portal.watch_tickets(&visitor.actor, visit.site.id).await?;
    let fields = Fields::of_query(&visit.ask.query);
    let version = |text: &str| text.parse().ok().map(Version);
    let shown = fields.get("number").parse().ok().zip(version(fields.get("version")));
    let shown = shown.map(|(number, Version(version))| Shown { number, version });
    let seat = stream::join(&visit.web.hub, session).ok_or(Fault::TooMany { seconds: 10 })?;
    Ok(stream::response(
        visit.web.portal.clone(),
        visitor.actor,
        visit.site.id,
        seat,
        watch,
        shown,
    ))
}
