//! The inboxes of a portal.

use serde::Serialize;

use super::Page;
use super::crm::PolicyPreviewView;
use super::form::Problem;
use super::shell::Shell;

/// `GET /admin/portals/{portal}/inboxes`.
#[derive(Clone, Debug, Serialize)]
pub struct InboxesPage {
    /// The frame.
    pub shell: Shell,
    /// Where the forms go.
    pub action: String,
    /// Those of the portal, and those that are on their way from or to it.
    pub here: Vec<InboxLine>,
    /// All others.
    pub elsewhere: Vec<InboxLine>,
    /// What moving one here would do, once that was asked.
    pub asked: Option<InboxMoveView>,
    /// Whether the portal is still being set up.
    pub draft: bool,
    /// Why one was not moved.
    pub problems: Vec<Problem>,
}

impl Page for InboxesPage {
    const TEMPLATE: &'static str = "office/inboxes.html";

    fn shell(&self) -> &Shell {
        &self.shell
    }
}

/// An inbox.
#[derive(Clone, Debug, Serialize)]
pub struct InboxLine {
    /// Sent by the forms.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The name of its portal; empty if it has none.
    pub portal: String,
    /// The name of the portal that it is on the move to; empty if it is not.
    pub moving_to: String,
    /// Whether new tickets of a portal arrive here.
    pub default: bool,
}

/// Moving one, before it is done.
#[derive(Clone, Debug, Serialize)]
pub struct InboxMoveView {
    /// Which.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it would do.
    pub preview: PolicyPreviewView,
}
