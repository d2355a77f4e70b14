//! Somebody of the staff: the first administrator, by the link that the server prints, and the codes of their app.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, Result, ensure};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use crate::browser::Browser;
use crate::process::Process;
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

/// The set-up link that a server without an administrator prints.
pub async fn set_up_link(server: &Process) -> Result<String> {
    wait::until("the set-up link", || {
        let said = server.out.text() + &server.err.text();
        async move {
            let mut words = said.split_whitespace();
            Ok(words.find(|it| it.contains("/setup?token=")).map(str::to_owned))
        }
    })
    .await
}

impl Browser {
    /// Makes the first administrator by the set-up link, and signs them in with both factors.
    pub async fn set_up_admin(&self, link: &str) -> Result<SecondFactor> {
        self.open(link).await?;
        self.write("#f-name", ADMIN_NAME).await?;
        self.write("#f-email", ADMIN).await?;
        self.write("#f-password", STAFF_PASSWORD).await?;
        self.follow("main [data-send]").await?;
        ensure!(
            self.here().await?.starts_with("/desk/sign-in"),
            "the set-up leads to {}",
            self.here().await?
        );
        self.enrol(ADMIN).await
    }

    /// The first sign-in of somebody of the staff: password, then an app is connected.
    pub async fn enrol(&self, email: &str) -> Result<SecondFactor> {
        self.write("#f-email", email).await?;
        self.write("#f-password", STAFF_PASSWORD).await?;
        self.follow("main [data-send]").await?;
        let mut factor = SecondFactor::of_typed(&self.text("main code").await?)?;
        self.write("#f-code", &factor.code()?).await?;
        self.follow("main [data-send]").await?;
        factor.recovery = self.texts("main code").await?;
        ensure!(factor.recovery.len() >= 8, "there are no recovery codes on the page");
        self.follow("main a.btn-primary").await?;
        Ok(factor)
    }

    /// If a fresh proof is asked for, gives it by a recovery code.
    pub async fn prove(&self, factor: &mut SecondFactor) -> Result<()> {
        if self.here().await?.starts_with("/desk/prove") {
            self.write("#f-code", &factor.recovery_code()?).await?;
            self.follow("main [data-send]").await?;
        }
        Ok(())
    }
}
