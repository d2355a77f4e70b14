//! Views with everything in them: long texts, empty lists, problems, both languages.

use jiff::civil::DateTime;
use portal_web::i18n::{Locale, Translator};
use portal_web::view::account::{Days, FreshToken, ProfileForm, Session, Token, Tokens};
use portal_web::view::confirm::Question;
use portal_web::view::error::Fault;
use portal_web::view::file::{FileLimits, FileLink, StagedFile};
use portal_web::view::form::Complaint;
use portal_web::view::new_ticket::{AskedField, AudienceChoice};
use portal_web::view::office::{Office, OfficeArea, PortalArea, PortalNav};
use portal_web::view::office_portals::*;
use portal_web::view::person::{Person, Role};
use portal_web::view::search::{Piece, SearchHit};
use portal_web::view::shell::{Area, Flash, FooterLink, Me, Theme};
use portal_web::view::status::{Priority, Stage, Status};
use portal_web::view::ticket::*;
use portal_web::view::tickets::*;
use portal_web::view::when::Times;
use portal_web::view::*;

#[path = "desk.rs"]
mod desk;
#[path = "party.rs"]
mod party;
#[path = "people.rs"]
mod people;

/// What a story is told in.
pub(crate) struct Teller<'a> {
    pub texts: &'a Translator,
    pub theme: Theme,
}

pub(crate) const ZONE: &str = "Europe/Berlin";

/// Microseconds of a local time.
pub(crate) fn at(text: &str) -> i64 {
    let local: DateTime = text.parse().unwrap();
    local.in_tz(ZONE).unwrap().timestamp().as_microsecond()
}

fn html(text: &str) -> SafeHtml {
    SafeHtml::sanitised(text)
}

impl Teller<'_> {
    fn de(&self) -> bool {
        self.texts.locale() == Locale::De
    }

    fn say(&self, en: &str, de: &str) -> String {
        if self.de() { de.to_owned() } else { en.to_owned() }
    }

    fn times(&self) -> Times<'_> {
        Times::new(self.texts, ZONE, at("2026-11-22T14:00"))
    }

    pub(crate) fn shell(&self, area: Area) -> Shell {
        let mut shell = Shell::new("Kestrel Support", "support", self.texts.locale()).offering(&Locale::COMPLETE);
        shell.theme = self.theme;
        shell.zone = ZONE.to_owned();
        shell.path = "/support".to_owned();
        shell.area = area;
        shell.me = Some(Me {
            person: Person::new("Jonas Weber", Role::You),
            email: "jonas.weber@fernwerk.example".to_owned(),
        });
        shell.can_open = true;
        shell.operator = "Kestrel Systems GmbH".to_owned();
        shell.footer = vec![
            FooterLink {
                label: self.say("Privacy", "Datenschutz"),
                href: "/x".to_owned(),
            },
            FooterLink {
                label: self.say("Imprint", "Impressum"),
                href: "/x".to_owned(),
            },
        ];
        shell
    }

    pub(crate) fn guest(&self) -> Shell {
        Shell {
            me: None,
            can_open: false,
            ..self.shell(Area::None)
        }
    }

    pub(crate) fn sign_in(&self, problems: bool) -> SignInPage {
        SignInPage {
            shell: self.guest(),
            email: if problems {
                "jonas.weber@fernwerk.example".to_owned()
            } else {
                String::new()
            },
            next: "/support/4711".to_owned(),
            password: true,
            mail: true,
            registration: true,
            help: self.say(
                "No access yet? Write to support@kestrel.example.",
                "Noch keinen Zugang? Schreiben Sie an support@kestrel.example.",
            ),
            problems: if problems {
                vec![Complaint::SignInWrong.problem(self.texts)]
            } else {
                Vec::new()
            },
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a table of rows reads best like this")]
    fn row(
        &self,
        number: i64,
        subject: (&str, &str),
        stage: Stage,
        requester: &str,
        last: (&str, &str, &str),
        time: &str,
        unread: bool,
        files: u32,
    ) -> TicketRow {
        let role = |name: &str| {
            if name == "Jonas Weber" {
                Role::You
            } else {
                Role::Colleague
            }
        };
        TicketRow {
            number,
            href: format!("/support/{number}"),
            subject: self.say(subject.0, subject.1),
            unread,
            files,
            private: number == 4690,
            status: Status::of(stage),
            requester: Some(Person::new(requester, role(requester))),
            last: Some(LastMessage {
                author: Person::new(last.0, role(last.0)),
                text: self.say(last.1, last.2),
            }),
            time: self.times().recent(at(time)),
            more: Vec::new(),
        }
    }

    fn rows(&self) -> Vec<TicketRow> {
        use Stage::*;
        vec![
            self.row(
                4711,
                (
                    "Scanner 4 loses Wi-Fi every day around 14:00",
                    "Scanner 4 verliert täglich gegen 14 Uhr die WLAN-Verbindung",
                ),
                Waiting,
                "Jonas Weber",
                (
                    "Mara Okafor",
                    "Could you send us the log from 14:05 today?",
                    "Könnten Sie uns das Protokoll von heute 14:05 Uhr schicken?",
                ),
                "2026-11-22T13:48",
                true,
                1,
            ),
            self.row(
                4698,
                (
                    "Invoice 2026-1108 lists two licences too many",
                    "Rechnung 2026-1108 enthält zwei Lizenzen zu viel",
                ),
                Waiting,
                "Aylin Demir",
                (
                    "Tim Lindner",
                    "I attached a corrected draft – is the cost centre right?",
                    "Ich habe einen korrigierten Entwurf angehängt – stimmt die Kostenstelle?",
                ),
                "2026-11-21T09:00",
                false,
                2,
            ),
            self.row(
                4712,
                (
                    "Access for our new warehouse lead",
                    "Zugang für unsere neue Lagerleitung",
                ),
                Received,
                "Aylin Demir",
                (
                    "Jonas Weber",
                    "Please create an account for Greta Holm.",
                    "Bitte legen Sie ein Konto für Greta Holm an.",
                ),
                "2026-11-22T13:26",
                false,
                0,
            ),
            self.row(
                4705,
                (
                    "Label printer prints blank rows after update to 9.2",
                    "Etikettendrucker druckt Leerzeilen nach Update auf 9.2",
                ),
                InProgress,
                "Jonas Weber",
                (
                    "Mara Okafor",
                    "We can reproduce it and are preparing a fix.",
                    "Wir können es nachstellen und bereiten eine Korrektur vor.",
                ),
                "2026-11-22T12:00",
                true,
                0,
            ),
            self.row(
                4690,
                (
                    "Import of 12,000 article numbers stops at row 8,191",
                    "Import von 12.000 Artikelnummern bricht bei Zeile 8.191 ab",
                ),
                InProgress,
                "Jonas Weber",
                (
                    "Jonas Weber",
                    "Attached is the CSV file without customer data.",
                    "Anbei die CSV-Datei ohne Kundendaten.",
                ),
                "2026-11-20T10:00",
                false,
                1,
            ),
            self.row(
                4683,
                (
                    "API returns 429 during the nightly stock sync",
                    "API antwortet beim nächtlichen Bestandsabgleich mit 429",
                ),
                InProgress,
                "Sven Brandt",
                (
                    "Tim Lindner",
                    "Your limit was raised to 600 requests per minute.",
                    "Ihr Limit wurde auf 600 Anfragen pro Minute erhöht.",
                ),
                "2026-11-19T10:00",
                false,
                0,
            ),
            self.row(
                4677,
                (
                    "Two-factor code does not arrive by SMS",
                    "Zwei-Faktor-Code kommt nicht per SMS an",
                ),
                Closed,
                "Greta Holm",
                (
                    "Mara Okafor",
                    "Great that it works again. I am closing this ticket.",
                    "Schön, dass es wieder geht. Ich schließe das Ticket.",
                ),
                "2026-11-14T10:00",
                false,
                0,
            ),
            self.row(
                4652,
                (
                    "Move our contract to the new company address",
                    "Vertrag auf die neue Firmenadresse umstellen",
                ),
                Closed,
                "Aylin Demir",
                (
                    "Tim Lindner",
                    "Done – the next invoice shows the new address.",
                    "Erledigt – die nächste Rechnung zeigt die neue Adresse.",
                ),
                "2026-11-12T10:00",
                false,
                3,
            ),
            self.row(
                4640,
                (
                    "Training date for the new picking module",
                    "Schulungstermin für das neue Kommissioniermodul",
                ),
                Closed,
                "Sven Brandt",
                (
                    "Jonas Weber",
                    "3 December works for all of us, thank you!",
                    "Der 3. Dezember passt uns allen, danke!",
                ),
                "2025-11-09T10:00",
                false,
                0,
            ),
        ]
    }

    pub(crate) fn tickets(&self) -> TicketsPage {
        let query = ListQuery {
            tab: Some(TabKey::Company),
            ..ListQuery::default()
        };
        let base = "/support";
        let chip = |stage: Option<Stage>, n: u32| Chip {
            stage,
            count: Some(Count::capped(n)),
            href: query.with_stage(stage).href(base),
            current: stage.is_none(),
        };
        TicketsPage {
            shell: self.shell(Area::Tickets),
            columns: Head::usual(),
            usual_sort: Sort::Attention,
            tabs: vec![
                Tab {
                    company: None,
                    count: Some(Count::capped(7)),
                    href: query.with_tab(TabKey::Mine).href(base),
                    current: false,
                },
                Tab {
                    company: Some("Fernwerk GmbH".to_owned()),
                    count: Some(Count::capped(124)),
                    href: query.href(base),
                    current: true,
                },
            ],
            own_elsewhere: None,
            chips: vec![
                chip(None, 124),
                chip(Some(Stage::Waiting), 2),
                chip(Some(Stage::InProgress), 8),
                chip(Some(Stage::Received), 1),
                chip(Some(Stage::Closed), 113),
            ],
            filter: Filter {
                tab: Some(TabKey::Company),
                stage: None,
                state: State::Any,
                requesters: ["Aylin Demir", "Greta Holm", "Jonas Weber", "Sven Brandt"]
                    .into_iter()
                    .map(|name| Choice::new(name, name, ""))
                    .collect(),
                active: 0,
                clear: query.cleared().href(base),
            },
            sort: Sort::Attention,
            sort_activity: query.with_sort(Sort::Activity).href(base),
            groups: grouped(self.rows(), |heading| {
                Some(Count::capped(match heading {
                    Heading::Waiting => 2,
                    Heading::InProgress => 9,
                    Heading::Closed => 113,
                }))
            }),
            empty: None,
            pager: Pager {
                newer: None,
                older: Some(query.after("x").href(base)),
            },
        }
    }

    /// Extremes: unbroken words, other scripts, long names, filters on.
    pub(crate) fn tickets_long(&self) -> TicketsPage {
        let mut page = self.tickets();
        let mut rows = self.rows();
        rows[0].subject = format!(
            "{} {}",
            "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen".repeat(3),
            "and more words that go on and on until nobody wants to read them any more, which still must not break the page"
        );
        rows[1].subject = "الطابعة لا تعمل (Printer 9.2)".to_owned();
        rows[2].subject = "<script>alert(1)</script> & \"quotes\" 'n' more".to_owned();
        rows[2].status = Status {
            stage: Stage::Received,
            label: Some("Eingegangen und an die Fachabteilung weitergeleitet".to_owned()),
        };
        rows[3].requester = Some(Person::new(
            "Maximiliane-Alexandra Freifrau von Hohenstein-Wittelsbach",
            Role::Colleague,
        ));
        rows[4].requester = None;
        rows[5].last = None;
        page.tabs[1].company =
            Some("Vereinigte Elbtal-Fernwärme- und Wasserversorgungsgesellschaft mbH & Co. KG".to_owned());
        page.own_elsewhere = Some("/support?tab=mine".to_owned());
        page.groups = vec![Group {
            heading: None,
            count: None,
            rows,
        }];
        page.sort = Sort::Activity;
        page.filter.active = 2;
        page.filter.state = State::Open;
        page.pager.newer = Some("/support".to_owned());
        page
    }

    pub(crate) fn tickets_empty(&self, empty: Empty) -> TicketsPage {
        let mut page = self.tickets();
        page.groups = Vec::new();
        page.pager = Pager::default();
        if empty == Empty::First {
            page.tabs = vec![Tab {
                company: None,
                count: None,
                href: "/support".to_owned(),
                current: true,
            }];
            page.chips = vec![Chip {
                stage: None,
                count: None,
                href: "/support".to_owned(),
                current: true,
            }];
        } else {
            page.chips[0].current = false;
            page.chips[1].current = true;
            page.chips[1].count = Some(Count::capped(0));
        }
        page.empty = Some(empty);
        page
    }

    fn limits(&self) -> FileLimits {
        FileLimits::new(10, 50_000_000, self.texts.locale())
    }

    fn file(&self, name: &str, media: &str, bytes: u64) -> FileLink {
        FileLink::new(
            format!("/support/files/{name}"),
            name,
            media,
            bytes,
            self.texts.locale(),
        )
    }

    fn message(&self, sequence: i64, author: (&str, Role), time: &str, body: (&str, &str)) -> Message {
        Message {
            sequence,
            author: Person::new(author.0, author.1),
            when: self.times().recent(at(time)),
            lang: None,
            body: html(&self.say(body.0, body.1)),
            quoted: None,
            withdrawn: false,
            cut: false,
            unread: false,
            files: Vec::new(),
        }
    }

    pub(crate) fn ticket(&self) -> TicketPage {
        let times = self.times();
        let jonas = ("Jonas Weber", Role::You);
        let mara = ("Mara Okafor", Role::Support);
        let mut second = self.message(
            6,
            jonas,
            "2026-11-22T13:00",
            (
                "<p>It happened again today, 14:02 to 14:09. I have attached a screenshot of the signal strength and the layout of hall B.</p>",
                "<p>Heute wieder, 14:02 bis 14:09 Uhr. Ein Bildschirmfoto der Signalstärke und der Plan von Halle B liegen bei.</p>",
            ),
        );
        second.files = vec![
            self.file("signal-14-02.png", "image/png", 412_000),
            self.file("hall-b-layout.pdf", "application/pdf", 1_210_000),
        ];
        let mut third = self.message(
            7,
            mara,
            "2026-11-22T13:48",
            (
                "<p>Hi Jonas,</p><p>thank you for the precise description. Firmware 9.2.1 roams more aggressively than 9.1, so scanner 4 may be switching to the access point in hall C. As a first step I moved scanner 4 to the release channel <code>stable-9.1</code>.</p><p>Could you send us the log from 14:05 today? You find it on the scanner under <strong>Settings → Diagnostics → Export log</strong>:</p><pre tabindex=\"0\"><code>/var/log/kx80/wlan-2026-11-22.log</code></pre>",
                "<p>Hallo Jonas,</p><p>danke für die genaue Beschreibung. Firmware 9.2.1 wechselt schneller zwischen Access Points als 9.1; vermutlich springt Scanner 4 auf den Access Point in Halle C. Als ersten Schritt habe ich Scanner 4 auf den Kanal <code>stable-9.1</code> gesetzt.</p><p>Könnten Sie uns das Protokoll von heute 14:05 Uhr schicken? Sie finden es am Scanner unter <strong>Einstellungen → Diagnose → Protokoll exportieren</strong>:</p><pre tabindex=\"0\"><code>/var/log/kx80/wlan-2026-11-22.log</code></pre>",
            ),
        );
        third.unread = true;
        TicketPage {
            rate: None,
            promise: None,
            shell: self.shell(Area::Tickets),
            number: 4711,
            subject: self.say(
                "Scanner 4 loses Wi-Fi every day around 14:00",
                "Scanner 4 verliert täglich gegen 14 Uhr die WLAN-Verbindung",
            ),
            status: Status::of(Stage::Waiting),
            status_note: None,
            requester: Person::new("Jonas Weber", Role::You),
            opened: times.day(at("2026-11-20T14:21")),
            updated: times.recent(at("2026-11-22T13:48")),
            audience: Audience::Companies { names: vec!["Fernwerk GmbH".to_owned()] },
            why: Why::Requester,
            priority: Some(Priority::High),
            category: Some(self.say("Devices", "Geräte")),
            owner: Some(Person::new("Mara Okafor", Role::Support)),
            details: vec![Detail { label: self.say("Product", "Produkt"), value: self.say("KX-80 scanner", "Scanner KX-80") }],
            progress: vec![
                Step { status: Status::of(Stage::Received), state: StepState::Done, when: Some(times.moment(at("2026-11-20T14:21"))), who: None },
                Step { status: Status::of(Stage::InProgress), state: StepState::Done, when: Some(times.moment(at("2026-11-20T15:05"))), who: Some("Mara Okafor".to_owned()) },
                Step { status: Status::of(Stage::Waiting), state: StepState::Current, when: Some(times.moment(at("2026-11-22T13:48"))), who: None },
                Step { status: Status::of(Stage::Closed), state: StepState::Ahead, when: None, who: None },
            ],
            people: vec![
                Person::new("Jonas Weber", Role::You),
                Person::new("Aylin Demir", Role::Colleague),
                Person::new("Mara Okafor", Role::Support),
            ],
            others: 1,
            thread: vec![
                Item::Message(self.message(
                    1,
                    jonas,
                    "2026-11-20T14:21",
                    (
                        "<p>Hello,</p><p>since Monday our handheld scanner 4 in hall B loses the Wi-Fi connection every day at around 14:00, for 5 to 10 minutes. The other scanners in the same hall are fine.</p><ul><li>Model: KX-80, firmware 9.2.1</li><li>Access point: B-03</li><li>Restarting the scanner helps until the next day</li></ul>",
                        "<p>Hallo,</p><p>seit Montag verliert unser Handscanner 4 in Halle B jeden Tag gegen 14 Uhr für 5 bis 10 Minuten die WLAN-Verbindung. Die anderen Scanner in derselben Halle sind nicht betroffen.</p><ul><li>Modell: KX-80, Firmware 9.2.1</li><li>Access Point: B-03</li><li>Ein Neustart hilft bis zum nächsten Tag</li></ul>",
                    ),
                )),
                Item::Event(EventLine { event: Event::Assigned, who: Some(Person::new("Mara Okafor", Role::Support)), when: times.moment(at("2026-11-20T15:05")) }),
                Item::Fold { messages: 3, href: "/support/4711?all=1#m3".to_owned() },
                Item::Message(second),
                Item::Message(third),
                Item::Event(EventLine { event: Event::Status { status: Status::of(Stage::Waiting) }, who: Some(Person::new("Mara Okafor", Role::Support)), when: times.recent(at("2026-11-22T13:48")) }),
            ],
            waiting: Some(Waiting { who: Some("Mara".to_owned()), closes: Some(times.day(at("2026-11-29T14:00"))) }),
            can: Can { close: true, reopen: false, make_private: true },
            composer: Some(Composer {
                text: String::new(),
                idem: "0192f0c0-0000-7000-8000-000000000001".to_owned(),
                limits: Some(self.limits()),
                staged: Vec::new(),
                mode: ComposerMode::ReplyOrClose,
            }),
            read_only: None,
            version: 12,
            idem_close: "0192f0c0-0000-7000-8000-000000000002".to_owned(),
            idem_reopen: "0192f0c0-0000-7000-8000-000000000003".to_owned(),
            idem_private: "0192f0c0-0000-7000-8000-000000000004".to_owned(),
            all: false,
            seen: 9,
            problems: Vec::new(),
        }
    }

    /// Closed, every kind of event, quoted mail, withdrawn message, a table, a long line, a long name.
    pub(crate) fn ticket_closed(&self) -> TicketPage {
        let times = self.times();
        let mut page = self.ticket();
        let mara = Person::new("Mara O'Kafor & <Sons>", Role::Support);
        let event = |event: Event, who: Option<Person>| {
            Item::Event(EventLine {
                event,
                who,
                when: times.recent(at("2026-11-21T10:00")),
            })
        };
        let mut long = self.message(
            2,
            ("Mara O'Kafor & <Sons>", Role::Support),
            "2026-11-20T16:00",
            (
                "<h2>Steps</h2><ol><li>Open the settings</li><li>Choose <em>Diagnostics</em></li></ol><blockquote><p>As you wrote on Monday</p></blockquote><table><thead><tr><th>Device</th><th>Firmware</th><th>Access point</th></tr></thead><tbody><tr><td>Scanner 4</td><td>9.2.1</td><td>B-03</td></tr></tbody></table><pre tabindex=\"0\"><code>2026-11-22T14:02:11.412Z wlan0: roam from B-03 (-48 dBm) to C-01 (-71 dBm) reason=aggressive-roaming threshold=-50 band=5GHz channel=36</code></pre><p>aVeryLongWordWithoutAnyBreakThatMustNotMakeThePageScrollSidewaysaVeryLongWordWithoutAnyBreakThatMustNot</p>",
                "<h2>Schritte</h2><ol><li>Einstellungen öffnen</li><li><em>Diagnose</em> wählen</li></ol><blockquote><p>Wie Sie am Montag schrieben</p></blockquote><pre tabindex=\"0\"><code>2026-11-22T14:02:11.412Z wlan0: roam from B-03 (-48 dBm) to C-01 (-71 dBm) reason=aggressive-roaming threshold=-50</code></pre>",
            ),
        );
        long.quoted = Some(html(
            "<p>On Monday Jonas Weber wrote: since Monday our handheld scanner …</p>",
        ));
        long.cut = true;
        long.files = vec![
            self.file(
                "a-very-long-file-name-that-somebody-gave-without-thinking-2026-11-22-final-final-2.log",
                "text/plain",
                88_000,
            ),
            self.file("stock.xlsx", "application/octet-stream", 18_200),
            self.file("logs.zip", "application/zip", 12_400_000),
        ];
        let mut gone = self.message(3, ("Aylin Demir", Role::Colleague), "2026-11-20T17:00", ("", ""));
        gone.withdrawn = true;
        let mut arabic = self.message(
            4,
            ("ليلى حداد", Role::Colleague),
            "2026-11-20T18:00",
            (
                "<p>مرحبا، الماسح رقم 4 لا يعمل.</p>",
                "<p>مرحبا، الماسح رقم 4 لا يعمل.</p>",
            ),
        );
        arabic.lang = Some("ar".to_owned());
        page.thread = vec![
            page.thread.remove(0),
            event(Event::Assigned, Some(mara.clone())),
            Item::Message(long),
            Item::Message(gone),
            Item::Message(arabic),
            event(
                Event::Status {
                    status: Status {
                        stage: Stage::InProgress,
                        label: Some("With the engineers".to_owned()),
                    },
                },
                None,
            ),
            event(Event::MadePrivate, Some(Person::new("Jonas Weber", Role::You))),
            event(Event::MadeShared, Some(mara.clone())),
            event(
                Event::PersonAdded {
                    person: Person::unnamed(),
                },
                Some(mara.clone()),
            ),
            event(Event::ClosedByTimer, None),
            event(Event::NotDelivered { channel: "chat" }, None),
            event(Event::Reopened, Some(Person::unnamed())),
            event(
                Event::Merged {
                    into: Some(TicketLink {
                        number: 4720,
                        href: "/support/4720".to_owned(),
                        subject: "Wi-Fi in hall B".to_owned(),
                    }),
                },
                Some(mara.clone()),
            ),
            event(
                Event::FollowUp {
                    of: TicketLink {
                        number: 4600,
                        href: "/support/4600".to_owned(),
                        subject: String::new(),
                    },
                },
                None,
            ),
            event(Event::Merged { into: None }, None),
            event(
                Event::Closed {
                    reason: Some("The firmware update helped.".to_owned()),
                },
                Some(Person::new("Jonas Weber", Role::You)),
            ),
        ];
        page.status = Status::of(Stage::Closed);
        page.status_note = Some(self.say(
            "We keep closed tickets for two years.",
            "Wir bewahren geschlossene Tickets zwei Jahre auf.",
        ));
        page.requester = Person::new("Aylin Demir", Role::Colleague);
        page.audience = Audience::Companies {
            names: vec![
                "Fernwerk GmbH".to_owned(),
                "Nordlicht AG".to_owned(),
                "A & B".to_owned(),
            ],
        };
        page.why = Why::Company {
            name: "Fernwerk GmbH".to_owned(),
        };
        page.priority = Some(Priority::Normal);
        page.progress = Step::usual(Stage::Closed);
        page.waiting = None;
        page.can = Can {
            close: false,
            reopen: true,
            make_private: false,
        };
        if let Some(composer) = page.composer.as_mut() {
            composer.mode = ComposerMode::Reopen;
        }
        page.shell.flash = Some(Flash::Closed);
        page
    }

    /// A refused reply.
    pub(crate) fn ticket_refused(&self) -> TicketPage {
        let mut page = self.ticket();
        page.problems = vec![
            Complaint::BodyMissing.problem(self.texts),
            Complaint::FileEmpty {
                name: "wlan.log".to_owned(),
            }
            .problem(self.texts),
        ];
        if let Some(composer) = page.composer.as_mut() {
            composer.staged = vec![StagedFile {
                id: "f1".to_owned(),
                name: "signal-14-02.png".to_owned(),
                size: "412 kB".to_owned(),
            }];
        }
        page.audience = Audience::People { private: true };
        page
    }

    pub(crate) fn ticket_read_only(&self, read_only: ReadOnly) -> TicketPage {
        let mut page = self.ticket_closed();
        page.composer = None;
        page.can = Can::default();
        page.read_only = Some(read_only);
        page.shell.flash = None;
        page.audience = Audience::People { private: false };
        page.why = Why::Participant;
        page
    }

    pub(crate) fn new_ticket(&self) -> NewTicketPage {
        let categories = [("Devices", "Geräte"), ("Billing", "Abrechnung"), ("Access", "Zugang")];
        NewTicketPage {
            promise: None,
            shell: self.shell(Area::Tickets),
            heading: None,
            button: None,
            fields: AskedField::usual(),
            subject: String::new(),
            description: String::new(),
            categories: categories
                .into_iter()
                .map(|(en, de)| Choice::new(en, self.say(en, de), ""))
                .collect(),
            priorities: vec![Priority::Normal, Priority::High, Priority::Urgent],
            priority: Priority::Normal,
            audience: Some(AudienceChoice {
                company: Some("Fernwerk GmbH".to_owned()),
                may_be_private: true,
                private: false,
            }),
            limits: Some(self.limits()),
            staged: Vec::new(),
            about: None,
            idem: "0192f0c0-0000-7000-8000-000000000005".to_owned(),
            problems: Vec::new(),
        }
    }

    pub(crate) fn new_ticket_refused(&self) -> NewTicketPage {
        let mut page = self.new_ticket();
        page.description = self.say(
            "Since the update to 9.2 the printer at place 7 prints a blank row between two labels.",
            "Seit dem Update auf 9.2 druckt der Drucker an Platz 7 zwischen zwei Etiketten eine Leerzeile.",
        );
        page.staged = vec![StagedFile {
            id: "f1".to_owned(),
            name: "labels.png".to_owned(),
            size: "1.2 MB".to_owned(),
        }];
        page.problems = vec![
            Complaint::SubjectMissing.problem(self.texts),
            Complaint::CategoryUnknown.problem(self.texts),
            Complaint::FilesTooLarge {
                limit: "50 MB".to_owned(),
            }
            .problem(self.texts),
        ];
        page
    }

    pub(crate) fn new_ticket_about(&self) -> NewTicketPage {
        let mut page = self.new_ticket();
        page.about = Some(TicketLink {
            number: 4652,
            href: "/support/4652".to_owned(),
            subject: "Move our contract".to_owned(),
        });
        page.audience = Some(AudienceChoice {
            company: None,
            may_be_private: false,
            private: false,
        });
        page.categories = Vec::new();
        page
    }

    pub(crate) fn search(&self) -> SearchPage {
        let query = self.say("printer up", "drucker up");
        let mut shell = self.shell(Area::Tickets);
        shell.query.clone_from(&query);
        let hit =
            |number: i64, subject: Vec<Piece>, snippet: Vec<Piece>, stage: Stage, who: &str, time: &str| SearchHit {
                number,
                href: format!("/support/{number}"),
                subject,
                snippet,
                status: Status::of(stage),
                requester: Some(Person::new(who, Role::Colleague)),
                updated: self.times().recent(at(time)),
            };
        SearchPage {
            shell,
            query,
            hits: vec![
                hit(
                    4705,
                    Piece::cut("Label printer prints blank rows after update to 9.2", &[6..13, 38..44]),
                    Piece::cut(
                        "… since the update the printer at place 7 prints a blank row between two labels, which costs us a whole roll a day and stops the packing line …",
                        &[14..20, 25..32],
                    ),
                    Stage::InProgress,
                    "Jonas Weber",
                    "2026-11-22T12:00",
                ),
                hit(
                    4502,
                    Piece::cut("Printer offline", std::slice::from_ref(&(0..7))),
                    Vec::new(),
                    Stage::Closed,
                    "Aylin Demir",
                    "2026-08-02T12:00",
                ),
            ],
            too_many: true,
            blank: false,
            pager: Pager {
                newer: None,
                older: Some("/support/search?q=printer&after=x".to_owned()),
            },
        }
    }

    pub(crate) fn search_none(&self) -> SearchPage {
        let mut page = self.search();
        page.hits = Vec::new();
        page.pager = Pager::default();
        page
    }

    pub(crate) fn search_blank(&self) -> SearchPage {
        let mut page = self.search_none();
        page.query = String::new();
        page.shell.query = String::new();
        page.blank = true;
        page
    }

    pub(crate) fn account(&self) -> AccountPage {
        let times = self.times();
        AccountPage {
            new_email: String::new(),
            waiting_email: None,
            mails: portal_web::view::account::MailChoices {
                answers: true,
                changes: true,
                openings: false,
            },
            shell: self.shell(Area::Account),
            email: "jonas.weber@fernwerk.example".to_owned(),
            profile: ProfileForm {
                name: "Jonas Weber".to_owned(),
                languages: Locale::COMPLETE
                    .iter()
                    .map(|l| Choice::new(l.as_str(), l.own_name(), "de"))
                    .collect(),
                zones: ["Europe/Berlin", "Europe/London", "UTC"]
                    .iter()
                    .map(|zone| Choice::new(*zone, *zone, "Europe/Berlin"))
                    .collect(),
            },
            password_min: 15,
            sessions: vec![
                Session {
                    id: "1".to_owned(),
                    browser: "Firefox, Linux".to_owned(),
                    current: true,
                    started: times.moment(at("2026-11-22T08:02")),
                    used: times.recent(at("2026-11-22T13:59")),
                },
                Session {
                    id: "2".to_owned(),
                    browser: "Safari, iPhone".to_owned(),
                    current: false,
                    started: times.moment(at("2026-11-14T18:40")),
                    used: times.recent(at("2026-11-21T21:15")),
                },
                Session {
                    id: "3".to_owned(),
                    browser: String::new(),
                    current: false,
                    started: times.moment(at("2026-10-30T07:12")),
                    used: times.recent(at("2026-11-02T07:12")),
                },
            ],
            tokens: Some(Tokens {
                list: vec![
                    Token {
                        id: "1".to_owned(),
                        name: "Stock sync".to_owned(),
                        write: true,
                        expires: times.day(at("2027-03-01T00:00")),
                        expired: false,
                        used: Some(times.recent(at("2026-11-22T13:30"))),
                    },
                    Token {
                        id: "2".to_owned(),
                        name: "Report".to_owned(),
                        write: false,
                        expires: times.day(at("2026-10-01T00:00")),
                        expired: true,
                        used: None,
                    },
                ],
                fresh: None,
                name: String::new(),
                write: false,
                days: [30, 90, 365]
                    .map(|days| Days {
                        days,
                        selected: days == 90,
                    })
                    .to_vec(),
                idem: "0192f0c0-0000-7000-8000-000000000006".to_owned(),
            }),
            problems: Vec::new(),
        }
    }

    pub(crate) fn account_token(&self) -> AccountPage {
        let mut page = self.account();
        if let Some(tokens) = page.tokens.as_mut() {
            tokens.fresh = Some(FreshToken {
                name: "Stock sync".to_owned(),
                secret: "pt_3vJ7mW2k9QxZr5Lh8TnYbC4sDf6Gp1Aa0EeUuIiOo".to_owned(),
            });
        }
        page
    }

    pub(crate) fn account_refused(&self) -> AccountPage {
        let mut page = self.account();
        page.sessions.truncate(1);
        page.tokens = None;
        page.problems = vec![
            Complaint::CurrentWrong.problem(self.texts),
            Complaint::PasswordShort { min: 15 }.problem(self.texts),
        ];
        page
    }

    pub(crate) fn confirm(&self, question: Question) -> ConfirmPage {
        ConfirmPage {
            shell: self.shell(Area::Tickets),
            question,
            number: 4711,
            subject: self.ticket().subject,
            reason: String::new(),
            idem: "0192f0c0-0000-7000-8000-000000000007".to_owned(),
            version: 12,
            problems: Vec::new(),
        }
    }

    pub(crate) fn errors(&self) -> Vec<(&'static str, ErrorPage)> {
        let page = |error: Fault| ErrorPage {
            shell: self.shell(Area::None),
            error,
        };
        vec![
            ("400", page(Fault::BadRequest)),
            ("403", page(Fault::Forbidden)),
            ("403-cross", page(Fault::CrossSite)),
            ("403-entry", page(Fault::NoEntry)),
            ("404", page(Fault::NotFound)),
            (
                "404-guest",
                ErrorPage {
                    shell: self.guest(),
                    error: Fault::NotFound,
                },
            ),
            ("405", page(Fault::MethodNotAllowed)),
            (
                "409",
                page(Fault::Conflict {
                    href: "/support/4711".to_owned(),
                    text: "What I had typed".to_owned(),
                }),
            ),
            ("410", page(Fault::Gone)),
            (
                "413",
                page(Fault::TooLarge {
                    limit: "50 MB".to_owned(),
                }),
            ),
            (
                "421",
                ErrorPage {
                    shell: Shell::new("", "", self.texts.locale()),
                    error: Fault::Misdirected,
                },
            ),
            ("429", page(Fault::TooMany { seconds: 40 })),
            (
                "500",
                page(Fault::Internal {
                    id: "7f3a-91c2".to_owned(),
                }),
            ),
            (
                "503",
                ErrorPage {
                    shell: Shell::new("Kestrel Support", "", self.texts.locale()),
                    error: Fault::Unavailable,
                },
            ),
        ]
    }
}

/// Every story by name.
/// Pages of the staff about portals.
impl Teller<'_> {
    fn office(&self, area: OfficeArea) -> Shell {
        Shell {
            base: "/desk".to_owned(),
            path: "/admin".to_owned(),
            office: Some(Office::new(area, |_| true)),
            portal_name: "Portal".to_owned(),
            ..self.shell(Area::None)
        }
    }

    fn about(&self, area: PortalArea) -> Shell {
        let id = portal_core::id::PortalId::from_uuid(portal_core::id::Uuid::from_u128(1));
        let url = "https://help.kestrel.example/support".to_owned();
        let mut shell = self.office(OfficeArea::Home);
        let nav = PortalNav::new(id, "Kestrel Support", url, true, area);
        shell.office = shell.office.map(|it| it.about(nav));
        shell
    }

    fn portal_form(&self) -> PortalForm {
        PortalForm {
            name: "Kestrel Support".to_owned(),
            languages: vec![Choice::new("en", "English", "en"), Choice::new("de", "Deutsch", "en")],
            time_zone: "Europe/Berlin".to_owned(),
            scheme: "https://".to_owned(),
            host: "help.kestrel.example".to_owned(),
            domains: [
                ("1", "help.kestrel.example", true),
                ("2", "support.other.example", false),
            ]
            .map(|(value, label, proven)| DomainChoice {
                value: value.to_owned(),
                label: label.to_owned(),
                language: "en".to_owned(),
                selected: proven,
                proven,
            })
            .into(),
            slug: "support".to_owned(),
            formerly: vec!["help.kestrel.example/help-old".to_owned()],
            inboxes: vec![Choice::new("1", self.say("Customer service", "Kundenservice"), "1")],
            permission: "company".to_owned(),
            pipelines: vec![
                Choice::new("1", "Support", ""),
                Choice::new("2", self.say("Sales", "Vertrieb"), "2"),
            ],
            access: "groups".to_owned(),
            groups: vec![Choice::new("1", self.say("Customers", "Kunden"), "1")],
            private_href: "/admin/domains".to_owned(),
            send_mails: true,
            close: true,
            reopen_days: "30".to_owned(),
            mark_private: true,
            rate: true,
            seen: 1,
            ..PortalForm::default()
        }
    }

    fn steps(at: &str) -> Vec<StepLine> {
        let names = ["name", "address", "tickets", "access", "check"];
        let here = names.iter().position(|it| *it == at).unwrap();
        let values = ["Kestrel Support", "help.kestrel.example/support"];
        let line = |(index, step): (usize, &'static str)| StepLine {
            step,
            number: index + 1,
            href: (index <= here).then(|| format!("/admin/portals/1/setup/{step}")),
            value: values.get(index).filter(|_| index < here).map(|it| (*it).to_owned()),
            done: index < here,
            current: index == here,
        };
        names.into_iter().enumerate().map(line).collect()
    }

    pub(crate) fn set_up(&self, step: &'static str, problems: bool) -> SetUpPage {
        let steps = Self::steps(step);
        let number = steps.iter().position(|it| it.current).unwrap();
        let mut shell = self.office(OfficeArea::Home);
        shell.office = shell.office.map(|it| Office {
            links: Vec::new(),
            ..it
        });
        SetUpPage {
            shell,
            step,
            number: number + 1,
            next: steps[number + 1].step,
            back: (number > 0).then(|| "/admin/portals/1/setup/name".to_owned()),
            steps,
            action: format!("/admin/portals/1/setup/{step}"),
            form: PortalForm {
                slug: if problems { "Admin" } else { "support" }.to_owned(),
                ..self.portal_form()
            },
            problems: if problems {
                vec![form::Problem {
                    field: "slug".into(),
                    text: self.texts.text("office-problem-slug", &[]),
                }]
            } else {
                Vec::new()
            },
        }
    }

    fn check_lines() -> Vec<CheckLine> {
        let states = ["ready", "missing", "ready", "ready", "advised", "advised"];
        let items = ["steps", "domain", "inbox", "access", "company", "consent"];
        let both = items.into_iter().zip(states);
        both.map(|(item, state)| CheckLine {
            item,
            state,
            href: "/admin/domains".to_owned(),
        })
        .collect()
    }

    pub(crate) fn set_up_check(&self) -> CheckPage {
        CheckPage {
            shell: self.set_up("access", false).shell,
            steps: Self::steps("check"),
            checks: Self::check_lines(),
            ready: false,
            url: "https://help.kestrel.example/support".to_owned(),
            action: "/admin/portals/1/publish".to_owned(),
            back: "/admin/portals/1/setup/access".to_owned(),
            revision: 4,
            send_mails: true,
            recipients: 57,
            preview: people::preview(),
            q: "anna".to_owned(),
            found: Vec::new(),
            seen_as: None,
            sees: None,
            problems: Vec::new(),
        }
    }

    pub(crate) fn portal_settings(&self, section: &'static str) -> PortalSettingsPage {
        PortalSettingsPage {
            shell: self.about(PortalArea::General),
            section,
            action: format!("/admin/portals/1/{section}"),
            form: self.portal_form(),
            theirs: if section == "general" {
                vec!["Kestrel Help".to_owned()]
            } else {
                Vec::new()
            },
            preview: (section == "tickets").then(people::preview),
            problems: Vec::new(),
        }
    }

    pub(crate) fn portal_overview(&self) -> PortalOverview {
        PortalOverview {
            shell: self.about(PortalArea::Overview),
            name: "Kestrel Support".to_owned(),
            url: "https://help.kestrel.example/support".to_owned(),
            state: "closed",
            base: "/admin/portals/1".to_owned(),
            to_do: Self::check_lines(),
            revision: 4,
            send_mails: false,
            problems: Vec::new(),
        }
    }

    pub(crate) fn portal_history(&self) -> HistoryPage {
        HistoryPage {
            shell: self.about(PortalArea::History),
            versions: [("general", 2), ("general", 1), ("access", 1)]
                .map(|(section, version)| VersionLine {
                    section,
                    version,
                    current: 2,
                    author: if version == 2 { "Mara Ott" } else { "" }.to_owned(),
                    at: self.times().moment(at("2026-11-20T09:30")),
                    diff: vec!["Kestrel Support".to_owned()],
                })
                .into(),
            action: "/admin/portals/1/history".to_owned(),
            problems: Vec::new(),
        }
    }

    pub(crate) fn portals_home(&self) -> PortalsHome {
        PortalsHome {
            shell: self.office(OfficeArea::Home),
            portals: ["live", "closed", "draft"]
                .map(|state| PortalLine {
                    name: "Kestrel Support".to_owned(),
                    url: "https://help.kestrel.example/support".to_owned(),
                    href: "/admin/portals/1".to_owned(),
                    state,
                })
                .into(),
        }
    }

    pub(crate) fn domains(&self) -> DomainsPage {
        DomainsPage {
            shell: self.office(OfficeArea::Domains),
            domains: ["local", "pending", "verified"]
                .map(|state| DomainLine {
                    id: state.to_owned(),
                    host: "help.kestrel.example".to_owned(),
                    state,
                    record: "_portal-challenge.help.kestrel.example".to_owned(),
                    value: "portal-domain=0123456789abcdef0123456789abcdef".to_owned(),
                    languages: vec![Choice::new("en", "English", "en"), Choice::new("de", "Deutsch", "en")],
                    company: "Kestrel Systems GmbH".to_owned(),
                    contact: "support@kestrel.example".to_owned(),
                    self_registration: false,
                    approve: false,
                    by_password: true,
                    by_mail: true,
                    idle: "480".to_owned(),
                    absolute: "168".to_owned(),
                    seen: 1,
                    from_name: String::new(),
                    from_address: String::new(),
                    from_seen: String::new(),
                    theirs: Vec::new(),
                })
                .into(),
            host: String::new(),
            languages: vec![Choice::new("en", "English", "en"), Choice::new("de", "Deutsch", "en")],
            problems: Vec::new(),
        }
    }
}

pub(crate) fn all(renderer: &portal_web::render::Renderer, locale: Locale, theme: Theme) -> Vec<(String, String)> {
    let tell = Teller {
        texts: renderer.locales().get(locale),
        theme,
    };
    let mut stories = Vec::new();
    macro_rules! story {
        ($name:expr, $page:expr) => {
            stories.push(($name.to_owned(), renderer.render(&$page).unwrap()))
        };
    }
    story!("sign-in", tell.sign_in(false));
    story!("sign-in-refused", tell.sign_in(true));
    story!("list", tell.tickets());
    story!("list-long", tell.tickets_long());
    story!("list-first", tell.tickets_empty(Empty::First));
    story!("list-waiting", tell.tickets_empty(Empty::NothingWaiting));
    story!("list-nothing", tell.tickets_empty(Empty::NoMatch));
    story!("ticket", tell.ticket());
    story!("ticket-closed", tell.ticket_closed());
    story!("ticket-refused", tell.ticket_refused());
    story!("ticket-follow-up", tell.ticket_read_only(ReadOnly::FollowUp));
    story!("ticket-final", tell.ticket_read_only(ReadOnly::Closed));
    story!("ticket-colleague", tell.ticket_read_only(ReadOnly::Colleague));
    story!("ticket-merged", tell.ticket_read_only(ReadOnly::Merged));
    story!("new", tell.new_ticket());
    story!("new-refused", tell.new_ticket_refused());
    story!("new-about", tell.new_ticket_about());
    story!("search", tell.search());
    story!("search-none", tell.search_none());
    story!("search-blank", tell.search_blank());
    story!("account", tell.account());
    story!("account-token", tell.account_token());
    story!("account-refused", tell.account_refused());
    story!("close", tell.confirm(Question::Close));
    story!("reopen", tell.confirm(Question::Reopen));
    story!("private", tell.confirm(Question::Private));
    for step in ["name", "address", "tickets", "access"] {
        story!(format!("set-up-{step}"), tell.set_up(step, false));
    }
    story!("set-up-refused", tell.set_up("address", true));
    story!("set-up-check", tell.set_up_check());
    for section in ["general", "address", "tickets", "access", "customers"] {
        story!(format!("portal-{section}"), tell.portal_settings(section));
    }
    story!("portal-overview", tell.portal_overview());
    story!("portal-history", tell.portal_history());
    story!("portals", tell.portals_home());
    story!("domains", tell.domains());
    for flash in Flash::ALL {
        let mut page = tell.tickets();
        page.shell.flash = Some(flash);
        story!(format!("flash-{}", flash.as_str()), page);
    }
    for (name, page) in tell.errors() {
        story!(format!("error-{name}"), page);
    }
    stories.extend(people::all(renderer, &tell));
    stories.extend(party::all(renderer, &tell));
    stories.extend(desk::all(renderer, &tell));
    stories
}
