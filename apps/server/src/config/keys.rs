/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A path; relative ones count from where the server is started.
    Path,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Switch,
    /// A list of texts; in the environment separated by commas.
    List,
    /// A list of tables; not in the environment.
    Tables,
    /// Text that is never shown.
    Secret,
}

/// One key of the configuration.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// Its name with its section, such as `database.url`.
    pub path: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Its default as it would stand in a TOML file; empty if there is none.
    pub default: &'static str,
    /// An example where the default is none.
    pub example: &'static str,
    /// What it does.
    pub about: &'static str,
}

const fn key(path: &'static str, kind: Kind, default: &'static str, example: &'static str, about: &'static str) -> Key {
    Key {
        path,
        kind,
        default,
        example,
        about,
    }
}

const CHANNEL_PROGRAM: &str = "The program that carries answers to conversations of this channel: it gets each as one JSON document on its standard input. Without it, the portal and e-mail tell of them.";
const CHANNEL_ARGS: &str = "What the program is started with. No shell reads it.";
const CHANNEL_TIMEOUT: &str = "After how many seconds the program is ended, and the answer tried again later.";

/// Every key there is.
pub const KEYS: &[Key] = &[
    key(
        "data_dir",
        Kind::Path,
        "\"portal-data\"",
        "",
        "The folder with the database (unless it is PostgreSQL) and the content of files. It is made if it is not there. Only one server at a time can use it with SQLite.",
    ),
    key(
        "listen",
        Kind::Text,
        "\"127.0.0.1:8080\"",
        "",
        "The address and port the server listens on, in plain http. TLS is a proxy's work.",
    ),
    key(
        "base_url",
        Kind::Text,
        "\"\"",
        "\"https://help.example.com\"",
        "The address by which browsers reach the server: scheme and host, no path. Decides about secure cookies and HSTS, and which host is answered. If empty, it is `http://` and the listening address, which then must be one of this machine.",
    ),
    key(
        "insecure_http",
        Kind::Switch,
        "false",
        "",
        "Start although `base_url` is plain http on a host other than this machine. Passwords and sessions then travel in the clear.",
    ),
    key(
        "trusted_proxies",
        Kind::List,
        "[]",
        "[\"127.0.0.1\", \"10.0.0.0/8\"]",
        "Addresses or networks of your proxies. Only their `X-Forwarded-For` is believed when requests are counted by sender.",
    ),
    key(
        "operator.name",
        Kind::Text,
        "\"\"",
        "\"Kestrel GmbH\"",
        "Your name at the foot of every page.",
    ),
    key(
        "operator.sign_in_help",
        Kind::Text,
        "\"\"",
        "\"No account? Write to help@example.com.\"",
        "How to get access, shown on the sign-in page.",
    ),
    key(
        "operator.links",
        Kind::Tables,
        "[]",
        "[{ label = \"Imprint\", href = \"https://example.com/imprint\" }]",
        "Your links at the foot of every page.",
    ),
    key(
        "database.url",
        Kind::Secret,
        "",
        "\"postgres://portal:…@localhost/portal\"",
        "A PostgreSQL database, as `postgres://user:password@host/database`. Without it, SQLite in `data_dir`. The variable `DATABASE_URL` sets it, too.",
    ),
    key(
        "database.url_file",
        Kind::Path,
        "\"\"",
        "\"/run/secrets/database-url\"",
        "A file that has the address in it, so that it stands in no configuration. It should be readable for the server only.",
    ),
    key(
        "database.max_connections",
        Kind::Number,
        "10",
        "",
        "The most connections to the database, at least 2.",
    ),
    key(
        "database.statement_timeout_seconds",
        Kind::Number,
        "30",
        "",
        "After how many seconds PostgreSQL gives a statement up.",
    ),
    key("files.max_mib", Kind::Number, "25", "", "The largest file in MiB."),
    key(
        "files.max_message_mib",
        Kind::Number,
        "50",
        "",
        "The most MiB of all files of one message together.",
    ),
    key(
        "files.max_per_message",
        Kind::Number,
        "10",
        "",
        "The most files of one message.",
    ),
    key(
        "mail.transport",
        Kind::Text,
        "\"folder\"",
        "\"smtp\"",
        "How mails get out: `smtp` to a mail server, `folder` as files into a folder (nobody gets them), `off` not at all (they wait).",
    ),
    key(
        "mail.folder",
        Kind::Path,
        "\"\"",
        "\"/var/lib/portal/mails\"",
        "The folder of `mail.transport = \"folder\"`; if empty, `mails` in `data_dir`. The mails in it have links that let people in.",
    ),
    key(
        "mail.from",
        Kind::Text,
        "\"\"",
        "\"support@example.com\"",
        "The sender's address. Your mail server must be allowed to send in its name (SPF, DKIM).",
    ),
    key(
        "mail.host",
        Kind::Text,
        "\"\"",
        "\"smtp.example.com\"",
        "The mail server, by the name its certificate has.",
    ),
    key(
        "mail.port",
        Kind::Number,
        "587",
        "",
        "Its port: usually 587 for `starttls`, 465 for `implicit`.",
    ),
    key(
        "mail.tls",
        Kind::Text,
        "\"starttls\"",
        "",
        "How the connection is protected: `starttls`, `implicit` (TLS from the first byte), or `none`, which is only taken for a mail server on this machine.",
    ),
    key(
        "mail.ca_file",
        Kind::Path,
        "\"\"",
        "\"/etc/ssl/mail-ca.pem\"",
        "A PEM certificate that is believed beside the system's, for a mail server with a certificate of your own.",
    ),
    key(
        "mail.user",
        Kind::Text,
        "\"\"",
        "\"portal@example.com\"",
        "The user name, if the mail server wants one.",
    ),
    key("mail.password", Kind::Secret, "", "\"…\"", "The password of that user."),
    key(
        "mail.password_file",
        Kind::Path,
        "\"\"",
        "\"/run/secrets/mail-password\"",
        "A file that has the password in it, so that it stands in no configuration. It should be readable for the server only.",
    ),
    key(
        "channels.email.program",
        Kind::Path,
        "\"\"",
        "\"/usr/local/bin/email-out\"",
        CHANNEL_PROGRAM,
    ),
    key("channels.email.args", Kind::List, "[]", "[\"--verbose\"]", CHANNEL_ARGS),
    key(
        "channels.email.timeout_seconds",
        Kind::Number,
        "10",
        "",
        CHANNEL_TIMEOUT,
    ),
    key(
        "channels.form.program",
        Kind::Path,
        "\"\"",
        "\"/usr/local/bin/form-out\"",
        CHANNEL_PROGRAM,
    ),
    key("channels.form.args", Kind::List, "[]", "[\"--verbose\"]", CHANNEL_ARGS),
    key("channels.form.timeout_seconds", Kind::Number, "10", "", CHANNEL_TIMEOUT),
    key(
        "channels.chat.program",
        Kind::Path,
        "\"\"",
        "\"/usr/local/bin/chat-out\"",
        CHANNEL_PROGRAM,
    ),
    key("channels.chat.args", Kind::List, "[]", "[\"--verbose\"]", CHANNEL_ARGS),
    key("channels.chat.timeout_seconds", Kind::Number, "10", "", CHANNEL_TIMEOUT),
    key(
        "channels.messenger.program",
        Kind::Path,
        "\"\"",
        "\"/usr/local/bin/messenger-out\"",
        CHANNEL_PROGRAM,
    ),
    key(
        "channels.messenger.args",
        Kind::List,
        "[]",
        "[\"--verbose\"]",
        CHANNEL_ARGS,
    ),
    key(
        "channels.messenger.timeout_seconds",
        Kind::Number,
        "10",
        "",
        CHANNEL_TIMEOUT,
    ),
    key(
        "channels.other.program",
        Kind::Path,
        "\"\"",
        "\"/usr/local/bin/other-out\"",
        CHANNEL_PROGRAM,
    ),
    key("channels.other.args", Kind::List, "[]", "[\"--verbose\"]", CHANNEL_ARGS),
    key(
        "channels.other.timeout_seconds",
        Kind::Number,
        "10",
        "",
        CHANNEL_TIMEOUT,
    ),
    key(
        "log.format",
        Kind::Text,
        "\"auto\"",
        "",
        "`pretty` for people, `json` for programs, `auto` for pretty on a terminal and JSON elsewhere.",
    ),
    key(
        "log.level",
        Kind::Text,
        "\"info\"",
        "\"info,portal=debug\"",
        "What is logged: `error`, `warn`, `info`, `debug`, `trace`, also by module. Addresses, texts and secrets of customers are never logged by us; at `trace`, libraries may.",
    ),
    key(
        "limits.connections",
        Kind::Number,
        "1024",
        "",
        "The most connections at a time; further ones wait.",
    ),
    key(
        "limits.header_seconds",
        Kind::Number,
        "10",
        "",
        "How many seconds a client may take to send the head of a request, and be idle between two.",
    ),
    key(
        "limits.drain_seconds",
        Kind::Number,
        "20",
        "",
        "How many seconds running requests get to end when the server stops.",
    ),
    key(
        "limits.rates",
        Kind::Switch,
        "true",
        "",
        "Count requests by sender and contact, and refuse too many. Sign-ins are always counted.",
    ),
];

impl Key {
    /// The variable that sets it.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("PORTAL__{}", self.path.to_uppercase().replace('.', "__"))
    }

    /// The key with this path.
    #[must_use]
    pub fn find(path: &str) -> Option<&'static Self> {
        KEYS.iter().find(|it| it.path == path)
    }

    /// Whether it is a part of the path of a key, such as `database`.
    pub(super) fn is_section(path: &str) -> bool {
        KEYS.iter()
            .any(|it| it.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
    }

    /// The key whose name is most like a wrong one, if any is like it.
    pub(super) fn nearest(wrong: &str) -> Option<&'static Self> {
        let wrong = wrong.to_lowercase().replace('-', "_");
        let likeness = |key: &Key| {
            let last = key.path.rsplit('.').next().unwrap_or_default();
            let wrong_last = wrong.rsplit('.').next().unwrap_or_default();
            strsim::jaro_winkler(key.path, &wrong).max(strsim::jaro_winkler(last, wrong_last) - 0.02)
        };
        KEYS.iter()
            .map(|it| (likeness(it), it))
            .filter(|it| it.0 > 0.8)
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|it| it.1)
    }
}
