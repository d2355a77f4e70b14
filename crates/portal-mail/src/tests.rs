use portal_core::id::{TicketId, Uuid};
use portal_core::mail::{
    AgentNewsLine, Content, EditableMail, Letter, Letterhead, Link, MailText, MailTexts, MailThread, Origins,
    StaffNotice, TicketNews,
};
use portal_core::notify::AgentNews;
use portal_core::ports::{Letters as _, Rendered};
use portal_core::text::Locale;
use portal_core::time::Timestamp;

use crate::FluentLetters;

const AT: Timestamp = Timestamp::from_micros(1_795_615_500_000_000);

fn home() -> Link {
    Origins::new("https://help.kestrel.example".parse().unwrap())
        .staff()
        .to("support")
}

fn letter(content: Content) -> Letter {
    Letter {
        head: Letterhead {
            name: "Kestrel Support".to_owned(),
            home: home(),
            time_zone: "Europe/Berlin".to_owned(),
            from_name: None,
            from: None,
            portal: None,
        },
        to: "jonas@fernwerk.example".parse().unwrap(),
        to_name: Some("Jonas Brandt".to_owned()),
        language: Locale::english(),
        content,
        test: false,
    }
}

fn thread(is_let_in: bool) -> MailThread {
    MailThread {
        root: TicketId::from_uuid(Uuid::from_u128(0x4711)),
        slug: "support".to_owned(),
        by_person: true,
        mute: Some(home().to("mute").asking("token", "abc.4711.def")),
        choices: is_let_in.then(|| home().to("account")),
    }
}

fn news(what: TicketNews, is_let_in: bool) -> Content {
    Content::TicketNews {
        what,
        number: "4711".to_owned(),
        subject: "Scanner 4 loses Wi-Fi".to_owned(),
        author: "Mara Okafor".to_owned(),
        text: "You called us about the scanner.\n\nIs it better now?".to_owned(),
        until: (what == TicketNews::Reminder).then_some(AT),
        rate: (what == TicketNews::Closed && is_let_in).then(|| home().to("csat").asking("token", "abc.4711.99.def")),
        link: is_let_in.then(|| home().to("4711")),
        thread: thread(is_let_in),
    }
}

fn agent_line(news: AgentNews, number: u32) -> AgentNewsLine {
    AgentNewsLine {
        news,
        number: number.to_string(),
        subject: "Scanner 4 loses Wi-Fi".to_owned(),
        by: "Tim Lindner".to_owned(),
        link: home().to(&format!("desk/tickets/{number}")),
    }
}

fn contents() -> Vec<(String, Content)> {
    let link = || {
        home()
            .to("accept")
            .asking("token", &format!("ptl_invite_{}", "a1".repeat(32)))
    };
    let code = || "042137".to_owned();
    let new = || "jonas.brandt@fernwerk.example".parse().unwrap();
    let mut all = vec![
        (
            "invitation",
            Content::Invitation {
                link: link(),
                expires: AT,
            },
        ),
        ("already_registered", Content::AlreadyRegistered { link: home() }),
        (
            "verify_address",
            Content::VerifyAddress {
                link: link(),
                expires: AT,
            },
        ),
        (
            "sign_in",
            Content::SignIn {
                link: link(),
                code: code(),
                expires: AT,
            },
        ),
        (
            "reset_password",
            Content::ResetPassword {
                link: link(),
                expires: AT,
            },
        ),
        (
            "confirm_address",
            Content::ConfirmAddress {
                link: link(),
                expires: AT,
            },
        ),
        (
            "address_changing",
            Content::AddressChanging {
                new: new(),
                link: link(),
            },
        ),
        ("address_changed", Content::AddressChanged { new: new(), undo: None }),
        (
            "address_changed_undo",
            Content::AddressChanged {
                new: new(),
                undo: Some((link(), AT)),
            },
        ),
        ("password_changed", Content::PasswordChanged { at: AT, link: link() }),
        ("registration_approved", Content::RegistrationApproved { link: home() }),
        (
            "registration_pending",
            Content::RegistrationPending {
                portal: "Kestrel Support".to_owned(),
                name: "Aylin Demir".to_owned(),
                address: new(),
                link: home(),
            },
        ),
        (
            "staff_invitation",
            Content::StaffInvitation {
                link: link(),
                expires: AT,
                invited_by: Some("Mara Okafor".to_owned()),
            },
        ),
        (
            "staff_invitation_system",
            Content::StaffInvitation {
                link: link(),
                expires: AT,
                invited_by: None,
            },
        ),
        (
            "staff_reset",
            Content::StaffReset {
                link: link(),
                expires: AT,
            },
        ),
        (
            "ticket_answered",
            Content::TicketAnswered {
                number: "4711".to_owned(),
                subject: "Scanner 4 loses Wi-Fi".to_owned(),
                author: "Mara Okafor".to_owned(),
                text: "Please restart it.\nThen hold both keys.\n\nDoes that help?\n<b>Mara</b>".to_owned(),
                link: Some(home().to("4711")),
                thread: thread(true),
            },
        ),
        (
            "ticket_answered_no_entry",
            Content::TicketAnswered {
                number: "4711".to_owned(),
                subject: "Scanner 4 loses Wi-Fi".to_owned(),
                author: "Mara Okafor".to_owned(),
                text: "Please restart it.".to_owned(),
                link: None,
                thread: thread(false),
            },
        ),
        (
            "test",
            Content::Test {
                asked_by: "Mara Okafor".to_owned(),
            },
        ),
        (
            "test_system",
            Content::Test {
                asked_by: String::new(),
            },
        ),
    ]
    .into_iter()
    .map(|(name, content)| (name.to_owned(), content))
    .collect::<Vec<_>>();
    for what in StaffNotice::ALL {
        let name = format!("staff_notice_{}", what.name());
        all.push((
            name,
            Content::StaffNotice {
                what,
                at: AT,
                link: home(),
            },
        ));
    }
    for what in TicketNews::ALL {
        all.push((format!("ticket_{}", what.name()), news(what, true)));
    }
    all.push(("ticket_closed_no_entry".to_owned(), news(TicketNews::Closed, false)));
    for kind in AgentNews::ALL {
        let lines = vec![agent_line(kind, 4711)];
        let link = home().to("desk/tickets/4711");
        all.push((format!("agent_{}", kind.name()), Content::AgentNews { lines, link }));
    }
    let lines = AgentNews::ALL
        .into_iter()
        .zip(4711..)
        .map(|(it, number)| agent_line(it, number));
    let (lines, link) = (lines.collect(), home().to("desk/notices"));
    all.push(("agent_digest".to_owned(), Content::AgentNews { lines, link }));
    all
}

fn rendered(letter: &Letter, texts: &MailTexts) -> Rendered {
    FluentLetters::new().unwrap().render(letter, texts).unwrap()
}

#[test]
fn every_mail_in_every_language_is_as_it_was() {
    for (name, content) in contents() {
        for language in [Locale::english(), Locale::german()] {
            let letter = Letter {
                language: language.clone(),
                ..letter(content.clone())
            };
            let it = rendered(&letter, &MailTexts::default());
            assert_eq!(it.language, language);
            insta::assert_snapshot!(
                format!("{name}-{language}"),
                format!("Subject: {}\n\n{}\n{}", it.subject, it.text, it.html)
            );
        }
    }
}

#[test]
fn no_subject_has_a_code_and_every_text_has_its_link() {
    for (name, content) in contents() {
        let said = crate::said::Said::of(&letter(content.clone()))
            .link
            .map(|it| it.as_str().to_owned());
        let it = rendered(&letter(content), &MailTexts::default());
        assert!(!it.subject.contains("042137"), "{name}");
        if let Some(link) = said {
            assert!(it.text.lines().any(|line| line == link), "{name}: {}", it.text);
            assert!(it.html.contains("href=\""), "{name}");
        }
        for line in it.text.lines() {
            assert!(
                line.chars().count() <= 72 || line.starts_with("https://"),
                "{name}: {line}"
            );
        }
        assert!(!it.text.contains('\u{1}') && !it.html.contains('\u{1}'), "{name}");
        assert!(!it.text.contains('{') && !it.subject.contains('{'), "{name}");
    }
}

#[test]
fn html_loads_nothing_and_has_no_script() {
    for (name, content) in contents() {
        let html = rendered(&letter(content), &MailTexts::default()).html;
        for forbidden in [
            "<img", "<script", "<link", "url(", "@import", " src=", "<form", "<iframe",
        ] {
            assert!(!html.contains(forbidden), "{name}: {forbidden}");
        }
        assert!(html.len() < 20_000, "{name}: {}", html.len());
    }
}

#[test]
fn adm_013_values_are_text_whatever_they_hold() {
    let hostile = "</title><script>alert(1)</script>\"><img onerror>{{7*7}}{link}\r\nBcc: x@evil.example \u{1}at\u{1}";
    let mut letter = letter(Content::Invitation {
        link: home(),
        expires: AT,
    });
    letter.head.name = hostile.to_owned();
    letter.to_name = Some(hostile.to_owned());
    let own = MailTexts::default().with(
        EditableMail::Invitation,
        Locale::english(),
        Some(MailText::typed(
            "<b>{portal_name}</b>",
            "<i>{contact_name}</i>\n\n{link}",
        )),
    );
    for texts in [MailTexts::default(), own] {
        let it = rendered(&letter, &texts);
        assert!(
            !it.html.contains("<script") && !it.html.contains("<img") && !it.html.contains("<b>"),
            "{}",
            it.html
        );
        assert!(!it.subject.contains(['\r', '\n']), "{}", it.subject);
        assert!(it.text.contains("{{7*7}}"));
        assert_eq!(it.html.matches("<h1").count(), 1);
    }
}

#[test]
fn a_portals_own_text_stands_in_place_of_the_built_in_one_in_its_language_only() {
    let letters = FluentLetters::new().unwrap();
    let own = MailTexts::default().with(
        EditableMail::SignIn,
        Locale::german(),
        Some(MailText::typed("Hereinspaziert", "{code} oder {link}, {contact_name}.")),
    );
    let german = Letter {
        language: "de-AT".parse().unwrap(),
        to_name: None,
        ..letter(Content::SignIn {
            link: home(),
            code: "042137".to_owned(),
            expires: AT,
        })
    };
    let it = letters.render(&german, &own).unwrap();
    assert_eq!(it.subject, "Hereinspaziert");
    assert!(
        it.text
            .starts_with("042137 oder\nhttps://help.kestrel.example/support\n"),
        "{}",
        it.text
    );
    let english = Letter {
        language: Locale::english(),
        ..german
    };
    assert_ne!(letters.render(&english, &own).unwrap().subject, "Hereinspaziert");
}

#[test]
fn built_in_texts_pass_the_check_that_own_texts_must_pass() {
    let letters = FluentLetters::new().unwrap();
    for mail in EditableMail::ALL {
        for language in letters.languages() {
            assert_eq!(letters.built_in(mail, language).faults(mail), [], "{mail:?} {language}");
        }
    }
}

#[test]
fn nobodys_name_leaves_no_gap() {
    let nameless = Letter {
        to_name: None,
        ..letter(Content::AlreadyRegistered { link: home() })
    };
    assert!(rendered(&nameless, &MailTexts::default()).text.starts_with("Hello,\n"));
}

#[test]
fn what_somebody_wrote_is_never_taken_for_a_placeholder() {
    let content = Content::TicketAnswered {
        number: "1".to_owned(),
        subject: "{link}".to_owned(),
        author: "Mara".to_owned(),
        text: "{code} \u{1}number\u{1} <b>{link}</b>".to_owned(),
        link: None,
        thread: thread(false),
    };
    let it = rendered(&letter(content), &MailTexts::default());
    assert!(
        it.text.contains("{code}") && it.text.contains("<b>{link}</b>"),
        "{}",
        it.text
    );
    assert!(
        !it.html.contains("<b>{link}</b>") && it.html.contains("&lt;b&gt;"),
        "{}",
        it.html
    );
    assert_eq!(it.subject, "Re: {link} (#1)");
}
