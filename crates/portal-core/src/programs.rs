//! Programs that work for the staff: their tokens for the admin API, and commands that are done at most once.
//!
//! A token acts as the staff user who made it, and never may more than they may at that moment, nor more than it was made
//! for. What wants a fresh proof of a person, a program can do only with a token that was made for that, which itself wants
//! such a proof and lasts a month at most: see [`CreateProgramToken::dangerous`].

mod arrive;
mod make_token;
mod once;
mod token;

pub use arrive::Program;
pub use make_token::{CreateProgramToken, CreatedProgramToken, ProgramTokenError};
pub use once::{Begun, DoneOnce};
pub use token::ProgramToken;
