//! Settings in plain words: what programs send and get over the admin API, and what stands in the file that `portal apply`
//! takes. References are ids or names, texts are a table of languages.
//!
//! [`Settings`] has a part for each section. [`read`] makes the core's values of them, and says what does not fit, with the
//! path to it; [`write()`] goes the other way. What was written is read back as the same.

mod criteria;
mod current;
mod known;
mod read;
mod settings;
mod write;

pub use criteria::{Condition, ConditionOperator, criteria_of, criteria_read};
pub use current::current;
pub use known::{Known, Unfit};
pub use read::read;
pub use settings::{
    Access, AccessKind, Address, Branding, Consent, Customers, Display, EntryKind, Form, FormField, FormOption,
    General, Link, Links, MailText, OwnerKind, Permission, PrivateContent, Settings, ShownWhen, SortKind, StatusWords,
    Texts, Tickets,
};
pub use write::write;
