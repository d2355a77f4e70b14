//! Customers as the company knows them: contacts, companies, access groups; and the staff as far as customers see it.

mod people;

pub use people::{AccessGroup, Agent, Company, Contact, ContactStanding};
