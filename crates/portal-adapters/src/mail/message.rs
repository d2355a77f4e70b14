use std::error::Error;

use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use portal_core::ports::{MailerError, OutgoingMail};

/// The address in whose name the installation sends.
#[derive(Clone, Debug)]
pub struct SenderAddress(Address);

/// A text that is not an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address like support@example.com")]
pub struct SenderAddressError(String);

impl std::str::FromStr for SenderAddress {
    type Err = SenderAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let address = text.trim().parse();
        address.map(Self).map_err(|_| SenderAddressError(text.to_owned()))
    }
}

/// The mail as it goes over the wire (RFC 5322): the plain text first, one recipient, and the marks that keep machines from
/// answering it.
pub(super) fn message(mail: &OutgoingMail, sender: &SenderAddress) -> Result<Message, MailerError> {
    let from = match &mail.from {
        Some(address) => parsed(address.as_str())?,
        None => sender.0.clone(),
    };
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}>", mail.message_id)))
        .date_now()
        .from(Mailbox::new(named(&mail.from_name), from))
        .to(Mailbox::new(named(&mail.to_name), parsed(mail.to.as_str())?))
        .subject(mail.subject.clone());
    if let Some(address) = &mail.reply_to {
        builder = builder.reply_to(Mailbox::new(None, parsed(address.as_str())?));
    }
    let mut headers = vec![
        ("X-Auto-Response-Suppress", "OOF, AutoReply".to_owned()),
        ("Content-Language", mail.language.as_str().to_owned()),
    ];
    if mail.is_automatic {
        // RFC 3834 §5: nobody's machine answers, and ours knows its own.
        headers.push(("Auto-Submitted", "auto-generated".to_owned()));
    }
    if let Some(thread) = &mail.thread {
        headers.push(("In-Reply-To", format!("<{}>", thread.root)));
        headers.push(("References", format!("<{}>", thread.root)));
        headers.push(("List-Id", format!("<{}>", thread.list)));
        if let Some(mute) = &thread.mute {
            headers.push(("List-Unsubscribe", format!("<{mute}>")));
            headers.push(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
    }
    for (name, value) in headers {
        let name = HeaderName::new_from_ascii(name.to_owned()).map_err(broken)?;
        builder = builder.raw_header(HeaderValue::new(name, value));
    }
    builder
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))
        .map_err(broken)
}

fn named(name: &str) -> Option<String> {
    let clean: String = name.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let clean = clean.trim();
    (!clean.is_empty()).then(|| clean.to_owned())
}

fn parsed(address: &str) -> Result<Address, MailerError> {
    // What the core calls an address is one for every mail server; whatever is not will never be.
    address
        .parse()
        .map_err(|_| MailerError::Refused("this is no address that can be written to".to_owned()))
}

fn broken(error: impl Error + Send + Sync + 'static) -> MailerError {
    MailerError::Unavailable(Box::new(error))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(crate) fn mail() -> OutgoingMail {
        OutgoingMail {
            message_id: "0198-abc@help.kestrel.example".to_owned(),
            from_name: "Kestrel \"Support\" Ä\r\nBcc: x@evil.example".to_owned(),
            from: None,
            reply_to: None,
            to: "jonas@fernwerk.example".parse().unwrap(),
            to_name: "Jonas Brandt".to_owned(),
            subject: "Ihr Zugang zu Kestrel Süd".to_owned(),
            text: "Guten Tag,\n\nhttps://help.kestrel.example/accept?token=ptl_invite_00\n".to_owned(),
            html: "<!DOCTYPE html><html lang=\"de\"><title>Zugang</title><p>Grüße</p></html>".to_owned(),
            language: "de".parse().unwrap(),
            thread: None,
            is_automatic: true,
        }
    }

    #[test]
    fn mails_about_a_ticket_hang_together_and_end_with_one_post() {
        let sender: SenderAddress = "support@kestrel.example".parse().unwrap();
        let about_one = OutgoingMail {
            is_automatic: false,
            thread: Some(portal_core::ports::OutgoingThread {
                root: "ticket.0198@help.kestrel.example".to_owned(),
                list: "tickets.support.help.kestrel.example".to_owned(),
                mute: Some("https://help.kestrel.example/support/mute?token=a.1.b".to_owned()),
            }),
            ..mail()
        };
        let text = String::from_utf8(message(&about_one, &sender).unwrap().formatted()).unwrap();
        for line in [
            "In-Reply-To: <ticket.0198@help.kestrel.example>",
            "References: <ticket.0198@help.kestrel.example>",
            "List-Id: <tickets.support.help.kestrel.example>",
            "List-Unsubscribe: <https://help.kestrel.example/support/mute?token=a.1.b>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(!text.contains("Auto-Submitted"), "{text}");
    }

    /// Every octet that a strict parser minds: short ASCII lines that end in CRLF, each header once.
    #[test]
    fn a_message_is_strictly_what_the_standard_says() {
        let sender: SenderAddress = "support@kestrel.example".parse().unwrap();
        let bytes = message(&mail(), &sender).unwrap().formatted();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.is_ascii());
        for line in text.split("\r\n") {
            assert!(line.len() <= 998 && !line.contains(['\r', '\n']), "{line}");
        }
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let headers: Vec<(&str, &str)> = unfolded.split("\r\n").map(|it| it.split_once(": ").unwrap()).collect();
        let one = |name: &str| {
            let found: Vec<&str> = headers.iter().filter(|it| it.0 == name).map(|it| it.1).collect();
            assert_eq!(found.len(), 1, "{name}");
            found[0].to_owned()
        };
        assert_eq!(one("Message-ID"), "<0198-abc@help.kestrel.example>");
        assert_eq!(one("Auto-Submitted"), "auto-generated");
        assert_eq!(one("X-Auto-Response-Suppress"), "OOF, AutoReply");
        assert_eq!(one("Content-Language"), "de");
        assert_eq!(one("MIME-Version"), "1.0");
        assert!(one("To").contains("jonas@fernwerk.example"));
        assert!(one("From").ends_with("<support@kestrel.example>"));
        assert!(one("Subject").contains("=?utf-8?"));
        assert!(!one("Date").is_empty());
        assert!(!headers.iter().any(|it| it.0 == "Bcc" || it.0 == "Cc"));
        let kind = one("Content-Type");
        let boundary = kind.split("boundary=\"").nth(1).unwrap().split('"').next().unwrap();
        assert!(kind.starts_with("multipart/alternative;"));
        let parts: Vec<&str> = body.split(&format!("--{boundary}")).collect();
        assert_eq!(parts.len(), 4, "before, text, HTML, end");
        assert!(parts[1].contains("Content-Type: text/plain; charset=utf-8"));
        assert!(parts[2].contains("Content-Type: text/html; charset=utf-8"));
        assert_eq!(parts[3].trim(), "--");
    }
}
