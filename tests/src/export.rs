//! A set of files as another help desk exports it, for `portal import`.

use std::path::Path;

use anyhow::Result;

/// A company.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its id there.
    pub key: &'static str,
    /// Its name.
    pub name: String,
}

/// A contact.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Their id there.
    pub key: &'static str,
    /// First and last name.
    pub name: (String, String),
    /// The address, which becomes the one for signing in.
    pub email: String,
    /// Their companies, the primary one first.
    pub companies: Vec<&'static str>,
    /// A column that the portal does not know, so it is for staff only.
    pub secret: String,
}

impl Contact {
    /// The name that pages show.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.name.0, self.name.1)
    }
}

/// A ticket.
#[derive(Clone, Debug, Default)]
pub struct Ticket {
    /// Its id there.
    pub key: String,
    /// Its subject.
    pub subject: String,
    /// The text it was opened with.
    pub description: String,
    /// A status of the default pipeline there.
    pub status: &'static str,
    /// `LOW`, `MEDIUM`, `HIGH`, `URGENT`, or nothing.
    pub priority: &'static str,
    /// What kind of request it is.
    pub category: String,
    /// Name of the agent.
    pub owner: String,
    /// The requester, then the participants.
    pub contacts: Vec<&'static str>,
    /// Companies it belongs to.
    pub companies: Vec<&'static str>,
    /// When it was opened: `2026-03-04 05:06`.
    pub opened: String,
    /// A column that the portal does not know, so it is for staff only.
    pub secret: String,
    /// Messages and notes.
    pub messages: Vec<Message>,
}

/// A message or a note.
#[derive(Clone, Debug, Default)]
pub struct Message {
    /// Whether only staff may read it.
    pub is_note: bool,
    /// The author's address.
    pub email: String,
    /// The author's name.
    pub name: String,
    /// When it was written.
    pub at: String,
    /// Whether the text is HTML.
    pub is_html: bool,
    /// The text.
    pub body: String,
    /// Names and contents of its files.
    pub files: Vec<(String, String)>,
}

/// Everything that is exported.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// All companies.
    pub companies: Vec<Company>,
    /// All contacts.
    pub contacts: Vec<Contact>,
    /// All tickets.
    pub tickets: Vec<Ticket>,
}

impl Export {
    /// Writes the four files, and those of the messages, into a folder.
    pub fn write(&self, folder: &Path) -> Result<()> {
        std::fs::create_dir_all(folder.join("files"))?;
        let mut table = Table::new(&["Record ID", "Company name", "Company Domain Name"]);
        for it in &self.companies {
            table.row(&[it.key, &it.name, ""]);
        }
        table.write(&folder.join("companies.csv"))?;

        let mut table = Table::new(&[
            "Record ID",
            "First Name",
            "Last Name",
            "Email",
            "Primary Associated Company ID",
            "Associated Company IDs",
            "Secret remark",
        ]);
        for it in &self.contacts {
            let primary = it.companies.first().copied().unwrap_or_default();
            table.row(&[
                it.key,
                &it.name.0,
                &it.name.1,
                &it.email,
                primary,
                &it.companies.join(";"),
                &it.secret,
            ]);
        }
        table.write(&folder.join("contacts.csv"))?;

        // Another order than the documented one: it does not matter.
        let mut tickets = Table::new(&[
            "Ticket name",
            "Record ID",
            "Ticket description",
            "Pipeline",
            "Ticket status",
            "Priority",
            "Category",
            "Ticket owner",
            "Create date",
            "Close date",
            "Associated Contact IDs",
            "Associated Company IDs",
            "Secret score",
        ]);
        let mut messages = Table::new(&[
            "Ticket ID",
            "Message ID",
            "Type",
            "Author Email",
            "Author Name",
            "Date",
            "Format",
            "Body",
            "Files",
        ]);
        for it in &self.tickets {
            let closed = if it.status == "Closed" { it.opened.as_str() } else { "" };
            let (contacts, companies) = (it.contacts.join(";"), it.companies.join(";"));
            tickets.row(&[
                &it.subject,
                &it.key,
                &it.description,
                "Support Pipeline",
                it.status,
                it.priority,
                &it.category,
                &it.owner,
                &it.opened,
                closed,
                &contacts,
                &companies,
                &it.secret,
            ]);
            for (place, message) in it.messages.iter().enumerate() {
                let names: Vec<_> = message.files.iter().map(|(name, _)| name.as_str()).collect();
                for (name, content) in &message.files {
                    std::fs::write(folder.join("files").join(name), content)?;
                }
                messages.row(&[
                    &it.key,
                    &format!("{}-{place}", it.key),
                    if message.is_note { "note" } else { "message" },
                    &message.email,
                    &message.name,
                    &message.at,
                    if message.is_html { "html" } else { "text" },
                    &message.body,
                    &names.join(";"),
                ]);
            }
        }
        tickets.write(&folder.join("tickets.csv"))?;
        messages.write(&folder.join("messages.csv"))
    }
}

struct Table(String);

impl Table {
    fn new(headings: &[&str]) -> Self {
        // With a byte order mark, as spreadsheets write it.
        let mut table = Self("\u{feff}".to_owned());
        table.row(headings);
        table
    }

    fn row(&mut self, cells: &[&str]) {
        let cells = cells.iter().map(|it| format!("\"{}\"", it.replace('"', "\"\"")));
        self.0 += &cells.collect::<Vec<_>>().join(",");
        self.0 += "\r\n";
    }

    fn write(&self, path: &Path) -> Result<()> {
        Ok(std::fs::write(path, &self.0)?)
    }
}
