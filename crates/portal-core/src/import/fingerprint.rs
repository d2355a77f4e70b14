use sha2::{Digest, Sha256};

use super::draft::{CompanyDraft, ContactDraft, MessageDraft, OwnerDraft, TicketDraft};
use crate::property::{PropertyValue, PropertyValues};
use crate::time::Timestamp;

/// Condenses what was read of a thing. Two drafts have the same fingerprint exactly if they say the same; the line they
/// stand on does not count. The first byte of what is hashed is a version: a change here makes the next run update all.
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    fn new() -> Self {
        let mut hash = Sha256::new();
        hash.update([1]);
        Self(hash)
    }

    // INVARIANT: each piece says how long it is, so that no two sequences of pieces give the same bytes.
    fn text(&mut self, text: &str) -> &mut Self {
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text.as_bytes());
        self
    }

    fn maybe(&mut self, text: Option<&str>) -> &mut Self {
        self.0.update([u8::from(text.is_some())]);
        self.text(text.unwrap_or_default())
    }

    fn texts<'a>(&mut self, texts: impl ExactSizeIterator<Item = &'a str>) -> &mut Self {
        self.0.update((texts.len() as u64).to_le_bytes());
        for text in texts {
            self.text(text);
        }
        self
    }

    fn instant(&mut self, at: Option<Timestamp>) -> &mut Self {
        self.0.update([u8::from(at.is_some())]);
        self.0.update(at.map_or(0, Timestamp::micros).to_le_bytes());
        self
    }

    fn byte(&mut self, byte: u8) -> &mut Self {
        self.0.update([byte]);
        self
    }

    fn properties(&mut self, values: &PropertyValues) -> &mut Self {
        self.0.update((values.len() as u64).to_le_bytes());
        for (key, value) in values {
            self.text(key.as_str());
            match value {
                PropertyValue::Text(it) => self.byte(1).text(it),
                PropertyValue::Number(it) => self.byte(2).text(&it.millionths().to_string()),
                PropertyValue::Date(it) => self.byte(3).text(&it.to_string()),
                PropertyValue::Bool(it) => self.byte(4).byte(u8::from(*it)),
                PropertyValue::Choice(it) => self.byte(5).text(it),
                PropertyValue::Choices(it) => self.byte(6).texts(it.iter().map(String::as_str)),
            };
        }
        self
    }

    fn message(&mut self, it: &MessageDraft) -> &mut Self {
        self.text(&it.key)
            .byte(it.kind as u8)
            .maybe(it.author.email.as_ref().map(crate::text::EmailAddress::as_str));
        self.maybe(it.author.name.as_ref().map(crate::text::PersonName::as_str))
            .instant(Some(it.at));
        self.byte(it.format as u8)
            .text(&it.body)
            .texts(it.files.iter().map(|it| it.path.as_str()))
    }

    fn end(self) -> [u8; 16] {
        let hash: [u8; 32] = self.0.finalize().into();
        let mut short = [0; 16];
        short.iter_mut().zip(hash).for_each(|(to, from)| *to = from);
        short
    }
}

pub(super) fn of_company(it: &CompanyDraft) -> [u8; 16] {
    let mut print = Fingerprint::new();
    print
        .text(it.name.as_str())
        .maybe(it.domain.as_ref().map(crate::text::Line::as_str))
        .properties(&it.properties);
    print.end()
}

/// `companies` are those that are really there: a company that comes with a later run changes the contact.
pub(super) fn of_contact(it: &ContactDraft, primary: Option<&str>, companies: &[&str]) -> [u8; 16] {
    let mut print = Fingerprint::new();
    print
        .text(it.name.as_str())
        .maybe(it.email.as_ref().map(crate::text::EmailAddress::as_str))
        .byte(u8::from(it.address_is_unique));
    print
        .maybe(primary)
        .texts(companies.iter().copied())
        .properties(&it.properties);
    print.end()
}

pub(super) fn of_ticket(it: &TicketDraft, contacts: &[&str], companies: &[&str]) -> [u8; 16] {
    let line = |it: &Option<crate::text::Line>| it.as_ref().map(|it| it.as_str().to_owned());
    let mut print = Fingerprint::new();
    print.text(it.subject.as_str()).maybe(it.description.as_deref());
    print
        .maybe(line(&it.pipeline).as_deref())
        .maybe(line(&it.status).as_deref());
    print
        .byte(it.priority as u8)
        .maybe(line(&it.category).as_deref())
        .byte(it.source as u8);
    match &it.owner {
        None => print.byte(0),
        Some(OwnerDraft::Email(it)) => print.byte(1).text(it.as_str()),
        Some(OwnerDraft::Name(it)) => print.byte(2).text(it.as_str()),
    };
    print
        .instant(Some(it.created_at))
        .instant(it.closed_at)
        .texts(contacts.iter().copied())
        .texts(companies.iter().copied());
    print.properties(&it.properties);
    for message in &it.messages {
        print.byte(1).message(message);
    }
    print.end()
}
