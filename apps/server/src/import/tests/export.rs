//! Exports as small tables, so that their columns and rows can be shuffled.

use std::path::Path;

/// A table: the heading first.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: &'static str,
    pub(super) rows: Vec<Vec<String>>,
}

impl Sheet {
    pub(super) fn new(name: &'static str, rows: &[&[&str]]) -> Self {
        Self {
            name,
            rows: rows
                .iter()
                .map(|row| row.iter().map(|it| (*it).to_owned()).collect())
                .collect(),
        }
    }

    pub(super) fn write(&self, folder: &Path) {
        let mut writer = csv::Writer::from_path(folder.join(self.name)).unwrap();
        for row in &self.rows {
            writer.write_record(row).unwrap();
        }
        writer.flush().unwrap();
    }
}

/// A good export: everything that can be there, once.
pub(super) fn good() -> Vec<Sheet> {
    vec![
        Sheet::new(
            "companies.csv",
            &[
                &["Record ID", "Company name", "Company Domain Name", "Industry"],
                &["11", "Fernwerk GmbH", "fernwerk.example", "Logistics"],
                &["9", "Nordlicht Apotheke", "", ""],
            ],
        ),
        Sheet::new(
            "contacts.csv",
            &[
                &[
                    "Record ID",
                    "First Name",
                    "Last Name",
                    "Email",
                    "Phone Number",
                    "Job Title",
                    "Primary Associated Company ID",
                    "Associated Company IDs",
                ],
                &[
                    "101",
                    "Jonas",
                    "Weber",
                    "Jonas.Weber@Fernwerk.example",
                    "+49 30 1",
                    "Shift lead",
                    "11",
                    "11;9",
                ],
                &[
                    "102",
                    "Aylin",
                    "Demir",
                    "aylin.demir@fernwerk.example",
                    "",
                    "",
                    "11",
                    "11",
                ],
                &["103", "Ilse", "Kranz", "shop@nordlicht.example", "", "Owner", "9", ""],
                &["104", "Bernd", "Petersen", "shop@nordlicht.example", "", "", "9", "9"],
            ],
        ),
        Sheet::new(
            "tickets.csv",
            &[
                &[
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
                ],
                &[
                    "7002",
                    "Scanner loses Wi-Fi",
                    "It is lost every day.",
                    "Support Pipeline",
                    "Waiting on contact",
                    "HIGH",
                    "Devices",
                    "Email",
                    "Mara Okafor",
                    "2026-11-20 15:21",
                    "",
                    "2026-11-22 15:00",
                    "101; 102",
                    "11",
                    "A-1",
                ],
                &[
                    "7001",
                    "Invoice is wrong",
                    "Two licences too many",
                    "Support Pipeline",
                    "Closed",
                    "Low",
                    "Billing",
                    "Form",
                    "tim@kestrel.example",
                    "2026-10-01T08:00:00Z",
                    "2026-10-03T08:00:00Z",
                    "2026-11-01",
                    "102",
                    "11;9",
                    "",
                ],
                &[
                    "7003",
                    "Awaiting parts",
                    "",
                    "Repairs",
                    "Awaiting parts",
                    "",
                    "",
                    "Phone",
                    "",
                    "2026-11-21 09:00",
                    "",
                    "",
                    "103",
                    "9",
                    "B-7",
                ],
                &[
                    "7004",
                    "No contact here",
                    "Call back",
                    "",
                    "Resolved",
                    "",
                    "",
                    "",
                    "",
                    "2026-11-21 09:00",
                    "2026-11-21 10:00",
                    "",
                    "",
                    "9",
                    "",
                ],
            ],
        ),
        Sheet::new(
            "messages.csv",
            &[
                &[
                    "Ticket ID",
                    "Message ID",
                    "Type",
                    "Author Email",
                    "Author Name",
                    "Date",
                    "Format",
                    "Body",
                    "Files",
                ],
                &[
                    "7002",
                    "3",
                    "message",
                    "mara@kestrel.example",
                    "Mara Okafor",
                    "2026-11-20 17:00",
                    "html",
                    "<p>Which <b>hall</b>?</p>",
                    "",
                ],
                &[
                    "7002",
                    "1",
                    "message",
                    "jonas.weber@fernwerk.example",
                    "",
                    "2026-11-20 15:30",
                    "text",
                    "Since Monday,\nhall B.",
                    "7002/wlan.log; plan.pdf",
                ],
                &[
                    "7002",
                    "2",
                    "note",
                    "tim@kestrel.example",
                    "Tim Lindner",
                    "2026-11-22 15:00",
                    "text",
                    "Same as 7001?",
                    "",
                ],
                &[
                    "7001",
                    "4",
                    "message",
                    "aylin.demir@fernwerk.example",
                    "Aylin Demir",
                    "2026-10-01T08:00:00Z",
                    "text",
                    "Two licences too many!",
                    "",
                ],
                &[
                    "7001",
                    "5",
                    "message",
                    "tim@kestrel.example",
                    "Tim Lindner",
                    "2026-10-02T08:00:00Z",
                    "text",
                    "Corrected.",
                    "",
                ],
                &[
                    "7003",
                    "x-1",
                    "message",
                    "shop@nordlicht.example",
                    "",
                    "2026-11-21 09:10",
                    "text",
                    "Where are they?",
                    "",
                ],
                &[
                    "7003",
                    "x-2",
                    "message",
                    "",
                    "The workshop",
                    "2026-11-21 09:10",
                    "text",
                    "Ordered.",
                    "",
                ],
            ],
        ),
    ]
}

pub(super) fn folder(sheets: &[Sheet]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("files/7002")).unwrap();
    std::fs::write(folder.path().join("files/7002/wlan.log"), "14:02 lost").unwrap();
    std::fs::write(folder.path().join("plan.pdf"), "%PDF").unwrap();
    for sheet in sheets {
        sheet.write(folder.path());
    }
    folder
}
