/// What an inbox does with what comes in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InboxKind {
    /// Every new conversation makes a ticket by itself.
    #[default]
    HelpDesk,
    /// Somebody of the staff decides what becomes of each conversation.
    Inbox,
}

impl InboxKind {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::HelpDesk, Self::Inbox];

    /// Its name in forms and files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HelpDesk => "help_desk",
            Self::Inbox => "inbox",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}
