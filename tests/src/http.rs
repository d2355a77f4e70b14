//! A browser without a screen: cookies, forms, no redirects on its own; and a caller of the API.

use anyhow::{Context as _, Result, ensure};
use reqwest::header::{HOST, HeaderMap, HeaderName, HeaderValue, LOCATION, ORIGIN};
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

use crate::html;
use crate::wait;

/// A response, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// What was asked, for messages.
    pub asked: String,
}

impl Answer {
    /// Reads a response.
    pub async fn read(asked: String, request: RequestBuilder) -> Result<Self> {
        let response = request.send().await.with_context(|| asked.clone())?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.bytes().await.with_context(|| asked.clone())?.to_vec();
        Ok(Self {
            status,
            headers,
            body,
            asked,
        })
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("{} gave no JSON but: {}", self.asked, self.text()))
    }

    /// A header; empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default()
    }

    /// Where it leads; empty if nowhere.
    pub fn location(&self) -> &str {
        self.header(LOCATION.as_str())
    }

    /// Fails unless it has this status.
    pub fn expect(self, status: u16) -> Result<Self> {
        ensure!(
            self.status == status,
            "{} gave {} instead of {status}: {}",
            self.asked,
            self.status,
            self.start()
        );
        Ok(self)
    }

    /// Everything that two answers must share to be the same: status, headers without those that always differ, body.
    pub fn essence(&self) -> (u16, Vec<(String, String)>, String) {
        let differs = ["date", "x-request-id"];
        let headers = self
            .headers
            .iter()
            .filter(|(name, _)| !differs.contains(&name.as_str()));
        let mut headers: Vec<_> = headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        headers.sort();
        (self.status, headers, self.text())
    }

    fn start(&self) -> String {
        self.text().chars().take(1500).collect()
    }
}

/// Somebody with a cookie jar.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// `http://127.0.0.1:…`.
    pub base: String,
    /// The client below.
    pub client: reqwest::Client,
}

impl Visitor {
    /// Somebody nobody knows.
    pub fn new(base: &str) -> Result<Self> {
        Self::from(base, &[])
    }

    /// Somebody who sends these headers with each request.
    pub fn from(base: &str, headers: &[(&'static str, &str)]) -> Result<Self> {
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.insert(HeaderName::from_static(name), HeaderValue::from_str(value)?);
        }
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .cookie_store(true)
            .default_headers(all);
        Ok(Self {
            base: base.to_owned(),
            client: client.timeout(wait::DEADLINE).build()?,
        })
    }

    /// Somebody signed in to a portal.
    pub async fn signed_in(base: &str, slug: &str, email: &str, password: &str) -> Result<Self> {
        let visitor = Self::new(base)?;
        visitor.sign_in(slug, email, password).await?.expect(303)?;
        Ok(visitor)
    }

    /// Sends the sign-in form; again, if the server says that too many sign in at this moment.
    pub async fn sign_in(&self, slug: &str, email: &str, password: &str) -> Result<Answer> {
        let path = format!("/{slug}/sign-in");
        crate::wait::until("the server has time for a sign-in", || async {
            let answer = self.post(&path, &[("email", email), ("password", password)]).await?;
            Ok((answer.status != 503).then_some(answer))
        })
        .await
    }

    /// A request to a path, to be given headers and a body.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// Fetches a path.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        Answer::read(format!("GET {path}"), self.request(Method::GET, path)).await
    }

    /// Fetches a page and follows where it leads, at most five times.
    pub async fn visit(&self, path: &str) -> Result<Answer> {
        let mut answer = self.get(path).await?;
        for _ in 0..5 {
            if !matches!(answer.status, 301..=308) {
                break;
            }
            let to = answer
                .location()
                .strip_prefix(&self.base)
                .unwrap_or(answer.location())
                .to_owned();
            answer = self.get(&to).await?;
        }
        Ok(answer)
    }

    /// Sends a form as a page of the same origin does.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        let request = self.request(Method::POST, path).header(ORIGIN, &self.base);
        let body = html::form_body(fields);
        Answer::read(
            format!("POST {path}"),
            request
                .header("content-type", "application/x-www-form-urlencoded")
                .body(body),
        )
        .await
    }

    /// Sends a form with files as a page of the same origin does.
    pub async fn post_files(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Result<Answer> {
        let request = self.request(Method::POST, path).header(ORIGIN, &self.base);
        let mut form = Form::new();
        for (name, value) in fields {
            form = form.text((*name).to_owned(), (*value).to_owned());
        }
        for (name, content) in files {
            form = form.part("files", Part::bytes(content.to_vec()).file_name((*name).to_owned()));
        }
        Answer::read(format!("POST {path}"), request.multipart(form)).await
    }

    /// Opens the page with a form, fills it in and sends it: hidden fields go along.
    pub async fn submit(
        &self,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Result<Answer> {
        let form = self.visit(page).await?.expect(200)?;
        let hidden =
            html::hidden_fields(&form.text(), action).with_context(|| format!("no form to {action} on {page}"))?;
        let all: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(fields.iter().copied())
            .collect();
        if html::is_multipart(&form.text(), action) {
            self.post_files(action, &all, files).await
        } else {
            self.post(action, &all).await
        }
    }
}

/// A program that calls the API of one portal with a token.
#[derive(Clone, Debug)]
pub struct Program {
    root: String,
    host: String,
    token: String,
    client: reqwest::Client,
}

impl Program {
    /// A caller with a token; an empty token is none.
    pub fn new(base: &str, slug: &str, token: &str) -> Result<Self> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .timeout(wait::DEADLINE)
            .build()?;
        let host = base.trim_start_matches("http://").to_owned();
        Ok(Self {
            root: format!("{base}/api/v1/portals/{slug}"),
            host,
            token: token.to_owned(),
            client,
        })
    }

    /// The same caller at another portal, or at another server that a proxy would choose: the host stays.
    pub fn at(&self, base: &str, slug: &str) -> Result<Self> {
        Ok(Self {
            host: self.host.clone(),
            ..Self::new(base, slug, &self.token)?
        })
    }

    /// A request with the token.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self
            .client
            .request(method, format!("{}{path}", self.root))
            .header(HOST, &self.host);
        if self.token.is_empty() {
            request
        } else {
            request.bearer_auth(&self.token)
        }
    }

    /// Asks.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        Answer::read(format!("GET {}{path}", self.root), self.request(Method::GET, path)).await
    }

    /// Tells, with an idempotency key unless it is empty.
    pub async fn post(&self, path: &str, key: &str, body: &Value) -> Result<Answer> {
        let mut request = self.request(Method::POST, path).json(body);
        if !key.is_empty() {
            request = request.header("idempotency-key", key);
        }
        Answer::read(format!("POST {}{path}", self.root), request).await
    }
}

impl Program {
    /// Uploads a file.
    pub async fn upload(&self, name: &str, content: &[u8]) -> Result<Answer> {
        let path = format!("/files?name={}", html::encode(name));
        let request = self
            .request(Method::POST, &path)
            .header("content-type", "application/octet-stream")
            .body(content.to_vec());
        Answer::read(format!("POST {}/files", self.root), request).await
    }
}

/// Whether a status is one that a server gives for a request it understood and refused.
pub fn is_refusal(status: u16) -> bool {
    StatusCode::from_u16(status).is_ok_and(|it| it.is_client_error())
}
