//! Somebody of the staff, in a browser or without a screen: the first administrator by the set-up link that a server without
//! one writes into its data folder, others by invitation, and the codes of their apps. A code counts once, so that signing in
//! again uses a recovery code.

use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::json;
use sha1::Sha1;

use crate::browser::Browser;
use crate::html;
use crate::http::{Answer, Visitor};
use crate::site::Installation;
use crate::wait;

/// The first administrator's address.
pub const ADMIN: &str = "ada@kestrel.example";
/// The first administrator's name.
pub const ADMIN_NAME: &str = "Ada Admin";
/// Every staff user's password.
pub const STAFF_PASSWORD: &str = "walnut harbour 17 lantern";

/// What somebody of the staff has to prove themself with: the key of their app and their recovery codes, each good once.
#[derive(Clone, Debug)]
pub struct SecondFactor {
    key: Vec<u8>,
    recovery: Vec<String>,
}

impl SecondFactor {
    /// From the key as the page shows it (base 32, RFC 4648).
    pub fn of_typed(typed: &str) -> Result<Self> {
        let mut key = Vec::new();
        let (mut word, mut bits) = (0_u32, 0_u32);
        for letter in typed.chars().filter(|it| !it.is_whitespace()) {
            let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
                .find(letter)
                .with_context(|| format!("`{letter}` is not base 32"))?;
            word = (word << 5) | u32::try_from(value)?;
            bits += 5;
            if bits >= 8 {
                bits -= 8;
                key.push(u8::try_from((word >> bits) & 0xff)?);
            }
        }
        Ok(Self {
            key,
            recovery: Vec::new(),
        })
    }

    /// What the app shows now (RFC 6238: SHA-1, six digits, thirty seconds).
    pub fn code(&self) -> Result<String> {
        #[expect(clippy::disallowed_methods, reason = "an app goes by the real time")]
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.key)?;
        mac.update(&(now / 30).to_be_bytes());
        let tag = mac.finalize().into_bytes();
        let offset = usize::from(tag.last().context("an empty tag")? & 0xf);
        let word: [u8; 4] = tag.get(offset..offset + 4).context("a short tag")?.try_into()?;
        Ok(format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % 1_000_000))
    }

    /// A recovery code that was not used yet.
    pub fn recovery_code(&mut self) -> Result<String> {
        self.recovery.pop().context("all recovery codes are used")
    }
}

/// The link by which the first administrator is made, from the file in the data folder.
pub async fn set_up_link(installation: &Installation) -> Result<String> {
    let file = installation.data().join("setup-link");
    wait::until("the set-up link", || {
        let text = std::fs::read_to_string(&file);
        async move { Ok(text.ok().filter(|it| it.ends_with('\n'))) }
    })
    .await
    .map(|it| it.trim().to_owned())
}

impl Browser {
    /// Makes the first administrator by the set-up link, who connects an app and is signed in.
    pub async fn set_up_admin(&self, link: &str) -> Result<SecondFactor> {
        self.open(link).await?;
        self.write("#f-name", ADMIN_NAME).await?;
        self.write("#f-email", ADMIN).await?;
        self.choose_password().await
    }

    /// Chooses a password on the page of a link, and connects an app.
    pub async fn choose_password(&self) -> Result<SecondFactor> {
        self.write("#f-password", STAFF_PASSWORD).await?;
        self.write("#f-again", STAFF_PASSWORD).await?;
        self.follow("main [data-send]").await?;
        ensure!(
            self.here().await?.starts_with("/desk/second-step"),
            "the link leads to {}",
            self.here().await?
        );
        let mut factor = SecondFactor::of_typed(&self.text("[data-secret]").await?)?;
        self.write("#f-code", &factor.code()?).await?;
        self.follow("main [data-send]").await?;
        factor.recovery = self.texts("main code").await?;
        ensure!(factor.recovery.len() == 10, "there are no recovery codes on the page");
        self.follow("main a.btn-primary").await?;
        Ok(factor)
    }

    /// Whether the page asks for a fresh proof.
    pub async fn is_asked_for_proof(&self) -> Result<bool> {
        Ok(self.count("form[action='/desk/prove']").await? == 1)
    }

    /// If a fresh proof is asked for, gives it by a recovery code; what was wanted is done then.
    pub async fn prove(&self, factor: &mut SecondFactor) -> Result<()> {
        if self.is_asked_for_proof().await? {
            self.write("#f-code", &factor.recovery_code()?).await?;
            self.follow("main [data-send]").await?;
        }
        Ok(())
    }
}

/// Somebody of the staff who is signed in, proven a moment ago.
#[derive(Debug)]
pub struct Colleague {
    /// Their browser without a screen.
    pub visitor: Visitor,
    /// The address they sign in with.
    pub email: String,
    factor: Mutex<SecondFactor>,
    cookie: String,
}

impl Colleague {
    /// The first administrator of an installation whose server runs and waits for one.
    pub async fn first(installation: &Installation) -> Result<Self> {
        let link = set_up_link(installation).await?;
        let visitor = Visitor::new(&installation.base())?;
        let path = link.strip_prefix(&visitor.base).unwrap_or(&link).to_owned();
        let fields = [
            ("name", ADMIN_NAME),
            ("email", ADMIN),
            ("password", STAFF_PASSWORD),
            ("again", STAFF_PASSWORD),
        ];
        let half = visitor.submit(&path, "/setup", &fields, &[]).await?.expect(303)?;
        Self::connecting(visitor, ADMIN, &half).await
    }

    /// Somebody with a link from an invitation or a reset: chooses the password and connects an app if asked to.
    pub async fn joining(base: &str, link: &str, email: &str) -> Result<Self> {
        let visitor = Visitor::new(base)?;
        let path = link.strip_prefix(base).unwrap_or(link).to_owned();
        let fields = [("password", STAFF_PASSWORD), ("again", STAFF_PASSWORD)];
        let half = visitor.submit(&path, "/desk/join", &fields, &[]).await?.expect(303)?;
        Self::connecting(visitor, email, &half).await
    }

    async fn connecting(visitor: Visitor, email: &str, half: &Answer) -> Result<Self> {
        let page = visitor.get(half.location()).await?.expect(200)?.text();
        let typed =
            html::between(&page, "<code data-secret dir=\"ltr\">", "</code>").context("no secret for the app")?;
        let mut factor = SecondFactor::of_typed(&typed)?;
        let code = factor.code()?;
        let hidden = html::hidden_fields(&page, "/desk/second-step").context("no form for the code")?;
        let mut fields: Vec<(&str, &str)> = hidden.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        fields.push(("code", &code));
        let done = visitor.post("/desk/second-step", &fields).await?.expect(200)?;
        factor.recovery = done
            .text()
            .split("<li><code>")
            .skip(1)
            .filter_map(|it| it.split("</code>").next())
            .map(str::to_owned)
            .collect();
        let codes = factor.recovery.len();
        ensure!(codes == 10, "there are {codes} recovery codes");
        Ok(Self {
            cookie: cookie_of(&done).context("no session")?,
            visitor,
            email: email.to_owned(),
            factor: Mutex::new(factor),
        })
    }

    /// Somebody invited by this administrator, with these permissions, who has accepted. The installation writes its mails
    /// into a folder, which is what it does unless it is told otherwise.
    pub async fn invite(&self, installation: &Installation, name: &str, permissions: &[&str]) -> Result<Self> {
        let email = format!("{}@kestrel.example", name.to_lowercase().replace(' ', "."));
        let mut fields = vec![("name", name), ("email", email.as_str()), ("inboxes", "all")];
        fields.extend(permissions.iter().map(|it| ("permission", *it)));
        let invited = self
            .visitor
            .submit("/admin/staff/invite", "/admin/staff/invite", &fields, &[]);
        invited.await?.expect(303)?;
        let link = mailed_link(installation, &email, "/desk/join?token=").await?;
        Self::joining(&installation.base(), &link, &email).await
    }

    /// What the app shows now. Each counts once.
    pub fn code(&self) -> Result<String> {
        self.factor.lock().unwrap_or_else(PoisonError::into_inner).code()
    }

    /// A recovery code that was not used yet.
    pub fn recovery_code(&self) -> Result<String> {
        self.factor
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recovery_code()
    }

    /// One more session of theirs, by password and recovery code.
    pub async fn sign_in(&self) -> Result<Visitor> {
        let visitor = Visitor::new(&self.visitor.base)?;
        let fields = [("email", self.email.as_str()), ("password", STAFF_PASSWORD)];
        let half = visitor.submit("/desk/sign-in", "/desk/sign-in", &fields, &[]);
        let half = half.await?.expect(303)?.location().to_owned();
        let code = self.recovery_code()?;
        let fields = [("code", code.as_str())];
        let done = visitor.submit(&half, "/desk/second-step", &fields, &[]);
        done.await?.expect(303)?;
        Ok(visitor)
    }

    /// Gives a browser the session that this one has.
    pub async fn lend(&self, browser: &Browser) -> Result<()> {
        let set = json!({
            "name": "desk", "value": self.cookie, "url": self.visitor.base, "httpOnly": true, "sameSite": "Strict",
        });
        browser.cdp("Network.setCookie", set).await?;
        Ok(())
    }

    /// The value of the cookie `desk`.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }
}

/// The link with this in it, in the newest mail to somebody.
pub async fn mailed_link(installation: &Installation, to: &str, part: &str) -> Result<String> {
    let folder = installation.data().join("mails");
    wait::until(&format!("a mail to {to}"), || {
        let found = newest_link(&folder, to, part);
        async move { found }
    })
    .await
}

fn newest_link(folder: &Path, to: &str, part: &str) -> Result<Option<String>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(None);
    };
    let mut mails = Vec::new();
    for entry in entries {
        let entry = entry?;
        if entry.path().extension().is_some_and(|it| it == "eml") {
            mails.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    mails.sort();
    for (_, path) in mails.iter().rev() {
        // Quoted-printable: soft line breaks, and `=` as `=3D`.
        let text = std::fs::read_to_string(path)?
            .replace("=\r\n", "")
            .replace("=\n", "")
            .replace("=3D", "=");
        let is_theirs = text.lines().any(|it| it.starts_with("To:") && it.contains(to));
        let link = text
            .split_whitespace()
            .map(|it| it.trim_matches(['"', '<', '>']))
            .find(|it| it.starts_with("http") && it.contains(part));
        if let (true, Some(link)) = (is_theirs, link) {
            return Ok(Some(link.to_owned()));
        }
    }
    Ok(None)
}

fn cookie_of(answer: &Answer) -> Option<String> {
    answer.headers.get_all("set-cookie").iter().find_map(|it| {
        let value = it.to_str().ok()?.strip_prefix("desk=")?;
        value.split(';').next().map(str::to_owned).filter(|it| !it.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_an_app_is_read() {
        let factor = SecondFactor::of_typed("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ").unwrap();
        assert_eq!(factor.key, b"12345678901234567890");
    }
}
