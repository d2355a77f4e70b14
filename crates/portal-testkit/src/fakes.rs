//! Gateways for tests: they do the least that their port promises, and the same in every run.

mod bodies;
mod channels;
mod clock;
mod files;
mod ids;
mod images;
mod letters;
mod mailer;
mod observer;
mod pacer;
mod passwords;
mod resolver;
mod secrets;
mod vault;
mod zones;

pub use bodies::PlainBodies;
pub use channels::MemoryChannels;
pub use clock::{FixedClock, TickingClock};
pub use files::MemoryFiles;
pub use ids::SequentialIds;
pub use images::EchoedImages;
pub use letters::PlainLetters;
pub use mailer::MemoryMailer;
pub use observer::{RecordingObserver, Seen};
pub use pacer::NoPause;
pub use passwords::PlainPasswords;
pub use resolver::KnownNames;
pub use secrets::SeededSecrets;
pub use vault::GlassVault;
pub use zones::UtcOnly;

mod one_time_codes;

pub use one_time_codes::PlainCodes;
