//! Writes a HubSpot-style export of any size, to try and to measure `portal import`:
//!
//! ```console
//! cargo run -p portal-server --example make-export -- FOLDER TICKETS
//! ```
//!
//! Three messages a ticket, one contact for five tickets, one company for twenty contacts, a note on every tenth ticket, a
//! file on every hundredth. The same in every run.

use std::error::Error;
use std::io::Write;
use std::path::Path;

type Outcome = Result<(), Box<dyn Error>>;

const SUBJECTS: [&str; 16] = [
    "Scanner {n} loses Wi-Fi every day around 14:00",
    "Label printer prints blank rows after update to 9.2",
    "Invoice 2026-{n} lists two licences too many",
    "Access for our new warehouse lead",
    "Import of {n} article numbers stops at row 8,191",
    "API returns 429 during the nightly stock sync",
    "Zwei Scanner zeigen denselben Namen",
    "Monatsbericht zählt Rücksendungen doppelt",
    "Battery of scanner {n} lasts only three hours",
    "Training date for the new picking module",
    "Kassenscanner {n} startet nicht mehr",
    "Delivery notes come out of the wrong tray",
    "Stock of article {n} is negative",
    "Webhook for shipped orders arrives twice",
    "Akku hält nur noch drei Stunden",
    "Move our contract to the new company address",
];

const SENTENCES: [&str; 12] = [
    "Since Monday this happens every day, and restarting helps until the next morning only.",
    "The other devices in the same hall are fine, and nothing was changed as far as we know.",
    "Could you please have a look? The late shift is affected most.",
    "Thank you for the precise description, that saved us a lot of time.",
    "We can reproduce it here and are preparing a fix for the next release.",
    "Please send us the log of that afternoon; you find it under Settings, Diagnostics, Export log.",
    "Seit dem letzten Update tritt das mehrmals am Tag auf, vor allem in Halle B.",
    "Wir haben Kabel und Steckdose getauscht, ohne dass sich etwas geändert hätte.",
    "Attached is the file without customer data; the line in question is marked.",
    "It has been stable for two days now, you may close this ticket.",
    "Der Ersatz geht heute raus, bitte legen Sie das alte Gerät in denselben Karton.",
    "Your limit was raised until the end of next week, after that batches are needed.",
];

const FIRST: [&str; 12] = [
    "Jonas", "Aylin", "Sven", "Greta", "Ilse", "Pavel", "Lea", "Tomás", "Nadia", "Urs", "Priya", "Astrid",
];
const LAST: [&str; 12] = [
    "Weber", "Demir", "Brandt", "Holm", "Kranz", "Novák", "Hoffmann", "Rey", "Rahman", "Käser", "Nair", "Müller",
];
const STATUSES: [&str; 8] = [
    "Closed",
    "Closed",
    "Closed",
    "Closed",
    "New",
    "Waiting on us",
    "Waiting on contact",
    "Escalated",
];

/// SplitMix64.
fn random(seed: u64) -> u64 {
    let mut it = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}

fn pick<'a>(from: &[&'a str], seed: u64) -> &'a str {
    from.get((random(seed) % from.len() as u64) as usize)
        .copied()
        .unwrap_or_default()
}

fn instant(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds)
        .map(|it| it.strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

fn companies(folder: &Path, count: u64) -> Outcome {
    let mut out = csv::Writer::from_path(folder.join("companies.csv"))?;
    out.write_record(["Record ID", "Company name", "Company Domain Name", "Industry"])?;
    for id in 1..=count {
        let name = format!("{} Logistics {id}", pick(&LAST, id));
        out.write_record([&id.to_string(), &name, &format!("c{id}.example"), "Logistics"])?;
    }
    Ok(out.flush()?)
}

fn contacts(folder: &Path, count: u64, companies: u64) -> Outcome {
    let mut out = csv::Writer::from_path(folder.join("contacts.csv"))?;
    let heading = [
        "Record ID",
        "First Name",
        "Last Name",
        "Email",
        "Phone Number",
        "Job Title",
        "Primary Associated Company ID",
        "Associated Company IDs",
    ];
    out.write_record(heading)?;
    for id in 1..=count {
        let company = (id - 1) % companies + 1;
        let (phone, company) = (format!("+49 30 {:06}", random(id) % 1_000_000), company.to_string());
        let mail = format!("contact{id}@c{company}.example");
        out.write_record([
            &id.to_string(),
            pick(&FIRST, id),
            pick(&LAST, id * 7),
            &mail,
            &phone,
            "Shift lead",
            &company,
            &company,
        ])?;
    }
    Ok(out.flush()?)
}

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, tickets] = arguments.as_slice() else {
        return Err("give a folder and the number of tickets".into());
    };
    let (folder, tickets): (&Path, u64) = (Path::new(folder), tickets.parse()?);
    std::fs::create_dir_all(folder.join("files"))?;
    let people = tickets.div_ceil(5);
    let firms = people.div_ceil(20);
    companies(folder, firms)?;
    contacts(folder, people, firms)?;

    let mut sheet = csv::Writer::from_path(folder.join("tickets.csv"))?;
    let heading = [
        "Record ID",
        "Ticket name",
        "Ticket description",
        "Pipeline",
        "Ticket status",
        "Priority",
        "Category",
        "Source",
        "Ticket owner",
        "Create date",
        "Close date",
        "Last activity date",
        "Associated Contact IDs",
        "Associated Company IDs",
        "Order number",
    ];
    sheet.write_record(heading)?;
    let mut thread = csv::Writer::from_path(folder.join("messages.csv"))?;
    thread.write_record([
        "Ticket ID",
        "Message ID",
        "Type",
        "Author Email",
        "Author Name",
        "Date",
        "Format",
        "Body",
        "Files",
    ])?;
    let mut message = 0_u64;
    for number in 1..=tickets {
        // Neither in the order of ids nor of dates.
        let id = 1_000_000 + (number * 7_919) % (tickets * 8 + 1);
        let contact = random(number) % people + 1;
        let company = ((contact - 1) % firms + 1).to_string();
        let opened = 1_735_689_600 + (random(number * 3) % 58_000_000) as i64;
        let status = pick(&STATUSES, number);
        let closed = if status == "Closed" {
            instant(opened + 300_000)
        } else {
            String::new()
        };
        let words = (random(number * 5) % 90_000 + 10_000).to_string();
        let subject = pick(&SUBJECTS, number * 11).replace("{n}", &words);
        let owner = ["Mara Okafor", "Tim Lindner"]
            .get(number as usize % 2)
            .copied()
            .unwrap_or_default();
        let (id, asked) = (format!("{id}-{number}"), pick(&SENTENCES, number));
        sheet.write_record([
            &id,
            &subject,
            asked,
            "Support Pipeline",
            status,
            "MEDIUM",
            "Devices",
            "Email",
            owner,
            &instant(opened),
            &closed,
            &instant(opened + 400_000),
            &contact.to_string(),
            &company,
            &words,
        ])?;
        for place in 0..3 + u64::from(number % 10 == 0) {
            message += 1;
            let text: Vec<&str> = (0..3 + random(message) % 8)
                .map(|it| pick(&SENTENCES, message * 13 + it))
                .collect();
            let (kind, mail, name) = match place {
                3 => ("note", "tim.lindner@kestrel.example".to_owned(), "Tim Lindner"),
                1 => ("message", "mara.okafor@kestrel.example".to_owned(), "Mara Okafor"),
                _ => ("message", format!("contact{contact}@c{company}.example"), ""),
            };
            let (format, body) = if place == 1 {
                (
                    "html",
                    format!(
                        "<p>Hello,</p><p>{}</p><ul><li>one</li><li>two</li></ul>",
                        text.join(" ")
                    ),
                )
            } else if place == 0 {
                ("text", format!("{asked}\n\n{}", text.join(" ")))
            } else {
                ("text", text.join("\n"))
            };
            let file = if number % 100 == 0 && place == 0 {
                format!("{number}.log")
            } else {
                String::new()
            };
            if !file.is_empty() {
                std::fs::write(folder.join("files").join(&file), text.join("\n"))?;
            }
            let at = instant(opened + 60 + place as i64 * 90_000);
            thread.write_record([&id, &message.to_string(), kind, &mail, name, &at, format, &body, &file])?;
        }
    }
    sheet.flush()?;
    thread.flush()?;
    writeln!(
        std::io::stdout(),
        "{tickets} tickets, {message} messages and notes, {people} contacts, {firms} companies"
    )?;
    Ok(())
}
