//! Reading forms: fields as pairs, files straight into the file store while they arrive.

use async_trait::async_trait;
use futures_util::StreamExt;
use multer::{Field, Multipart};
use poem::Body;
use poem::http::{HeaderMap, header};
use portal_core::desk::StageDeskFileError;
use portal_core::ports::{FileSource, FilesError};
use portal_core::ticket::{File, FileLimits as Limits, StageFile, StageFileError, TakeInError};

use crate::errors::Stop;
use crate::i18n::Locale;
use crate::middleware::body::{FORM, FRAME, Heads, Overflow, TEXT, announces_more, counted};
use crate::office::visit::OfficeVisit;
use crate::routes::Carries;
use crate::view::error::Fault;
use crate::view::file::FileLimits;
use crate::view::form::Complaint;
use crate::visit::Visit;
use crate::web::Ask;

/// More fields than this are not read.
const MOST_FIELDS: usize = 200;
/// The staff's forms have a field a language and status: a form with more than these is refused, so that nothing is lost.
const MOST_OFFICE_FIELDS: usize = 3000;

/// What a form brought.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a query string.
    pub(crate) fn of_query(query: &str) -> Self {
        let pairs = form_urlencoded::parse(query.as_bytes()).take(MOST_FIELDS);
        Self(
            pairs
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .collect(),
        )
    }

    /// The first value of a field; empty if there is none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(it, _)| it == name).map_or("", |(_, value)| value)
    }

    /// The first value of a field, if it is there and not empty.
    pub(crate) fn given(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|it| !it.is_empty())
    }

    /// All values of a field.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(it, _)| it == name)
            .map(|(_, value)| value.as_str())
    }

    /// All fields.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The text of a browser's text area, with the line breaks that people typed.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).replace("\r\n", "\n")
    }
}

/// A form with files: its fields, and the files that were staged on the way.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    pub(crate) fields: Fields,
    pub(crate) files: Vec<File>,
    pub(crate) complaints: Vec<Complaint>,
}

/// What forms are sent as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    UrlEncoded,
    Multipart,
}

fn kind(headers: &HeaderMap) -> Option<Kind> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    match value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
        .as_str()
    {
        "application/x-www-form-urlencoded" => Some(Kind::UrlEncoded),
        "multipart/form-data" => Some(Kind::Multipart),
        _ => None,
    }
}

/// Whether a request says that it carries what the route takes.
pub(crate) fn fits(carries: Carries, headers: &HeaderMap) -> bool {
    match carries {
        Carries::Nothing => true,
        Carries::Form => kind(headers) == Some(Kind::UrlEncoded),
        Carries::Files => kind(headers).is_some(),
    }
}

/// A limit in the words that stand beside the form.
pub(crate) fn told(visit: &Visit<'_>, limit: u64) -> String {
    size(visit.locale, limit)
}

fn size(locale: Locale, limit: u64) -> String {
    FileLimits::new(0, limit, locale).size
}

fn too_large(locale: Locale, limit: u64) -> Stop {
    Fault::TooLarge {
        limit: size(locale, limit),
    }
    .into()
}

/// Reads a form without files.
pub(crate) async fn fields(visit: &Visit<'_>, body: Body) -> Result<Fields, Stop> {
    let text = urlencoded(visit.ask, visit.locale, body, FORM).await?;
    Ok(Fields::of_query(&text))
}

/// Reads a form of the staff without files. Their forms hold texts in several languages, so they may be larger.
pub(crate) async fn office_fields(visit: &OfficeVisit<'_>, body: Body) -> Result<Fields, Stop> {
    let text = urlencoded(visit.ask, visit.locale, body, TEXT + FORM).await?;
    let mut pairs = form_urlencoded::parse(text.as_bytes());
    let fields = pairs.by_ref().take(MOST_OFFICE_FIELDS);
    let fields = Fields(
        fields
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect(),
    );
    if pairs.next().is_some() {
        return Err(Stop::BAD_REQUEST);
    }
    visit.remember(&fields);
    Ok(fields)
}

/// Reads the form by which somebody proves who they are, which carries another form along.
pub(crate) async fn proof_fields(visit: &OfficeVisit<'_>, body: Body) -> Result<Fields, Stop> {
    let text = urlencoded(visit.ask, visit.locale, body, 2 * (TEXT + FORM)).await?;
    let pairs = form_urlencoded::parse(text.as_bytes()).take(MOST_OFFICE_FIELDS + 4);
    Ok(Fields(
        pairs
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect(),
    ))
}

async fn urlencoded(ask: &Ask, locale: Locale, body: Body, limit: u64) -> Result<String, Stop> {
    if announces_more(&ask.headers, limit) {
        return Err(too_large(locale, limit));
    }
    let overflow = Overflow::default();
    let mut stream = std::pin::pin!(counted(body, limit, overflow.clone()));
    let mut bytes = Vec::new();
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) => bytes.extend(chunk),
            Err(_) if overflow.happened() => return Err(too_large(locale, limit)),
            Err(_) => return Err(Stop::BAD_REQUEST),
        }
    }
    String::from_utf8(bytes).map_err(|_| Stop::BAD_REQUEST)
}

/// Who takes in the files of a form while they arrive.
#[async_trait]
trait Taker: Sync {
    fn ask(&self) -> &Ask;
    fn locale(&self) -> Locale;
    fn limits(&self) -> Limits;
    /// Stages one file.
    async fn take(&self, name: &str, content: &mut dyn FileSource) -> Result<File, Untaken>;
}

/// Why a file was not staged.
enum Untaken {
    /// It could not be stored.
    Files(FilesError),
    /// There is no form for whoever sent it.
    Stop(Stop),
}

impl From<TakeInError> for Untaken {
    fn from(err: TakeInError) -> Self {
        match err {
            TakeInError::Files(err) => Self::Files(err),
            err @ TakeInError::Secrets(_) => Self::Stop(err.into()),
        }
    }
}

#[async_trait]
impl Taker for Visit<'_> {
    fn ask(&self) -> &Ask {
        self.ask
    }

    fn locale(&self) -> Locale {
        self.locale
    }

    fn limits(&self) -> Limits {
        self.web.portal.file_limits()
    }

    async fn take(&self, name: &str, content: &mut dyn FileSource) -> Result<File, Untaken> {
        let command = StageFile {
            portal: self.site.id,
            name: name.to_owned(),
        };
        match self.web.portal.stage_file(&self.actor(), command, content).await {
            Ok(file) => Ok(file),
            Err(StageFileError::TakeIn(err)) => Err(err.into()),
            Err(err) => Err(Untaken::Stop(err.into())),
        }
    }
}

#[async_trait]
impl Taker for OfficeVisit<'_> {
    fn ask(&self) -> &Ask {
        self.ask
    }

    fn locale(&self) -> Locale {
        self.locale
    }

    fn limits(&self) -> Limits {
        self.web.portal.file_limits()
    }

    async fn take(&self, name: &str, content: &mut dyn FileSource) -> Result<File, Untaken> {
        let actor = self.actor().map_err(Untaken::Stop)?;
        match self.web.portal.stage_desk_file(actor, name, content).await {
            Ok(file) => Ok(file),
            Err(StageDeskFileError::TakeIn(err)) => Err(err.into()),
            Err(err) => Err(Untaken::Stop(err.into())),
        }
    }
}

/// Reads a form with files, staging each file as it arrives.
pub(crate) async fn upload(visit: &Visit<'_>, body: Body) -> Result<Upload, Stop> {
    taken(visit, body).await
}

/// Reads a form of the staff with files, staging each file as it arrives.
pub(crate) async fn office_upload(visit: &OfficeVisit<'_>, body: Body) -> Result<Upload, Stop> {
    let upload = taken(visit, body).await?;
    visit.remember(&upload.fields);
    Ok(upload)
}

async fn taken(taker: &dyn Taker, body: Body) -> Result<Upload, Stop> {
    match kind(&taker.ask().headers) {
        Some(Kind::UrlEncoded) => {
            let text = urlencoded(taker.ask(), taker.locale(), body, TEXT + FORM).await?;
            Ok(Upload {
                fields: Fields::of_query(&text),
                ..Upload::default()
            })
        }
        Some(Kind::Multipart) => multipart(taker, body).await,
        None => Err(Stop::BAD_REQUEST),
    }
}

async fn multipart(taker: &dyn Taker, body: Body) -> Result<Upload, Stop> {
    let (limits, locale) = (taker.limits(), taker.locale());
    let limit = limits.sum.saturating_add(FRAME);
    let headers = &taker.ask().headers;
    if announces_more(headers, limit) {
        return Err(too_large(locale, limits.sum));
    }
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    let boundary = multer::parse_boundary(given).map_err(|_| Stop::BAD_REQUEST)?;
    let overflow = Overflow::default();
    let heads = Heads::default();
    heads.begin();
    let mut parts = Multipart::new(heads.watch(counted(body, limit, overflow.clone())), boundary);
    let stopped = || {
        if overflow.happened() {
            too_large(locale, limits.sum)
        } else {
            Stop::BAD_REQUEST
        }
    };
    let mut upload = Upload::default();
    let mut many = 0;
    let mut texts = 0;
    while let Some(mut part) = parts.next_field().await.map_err(|_| stopped())? {
        heads.end();
        many += 1;
        if many > MOST_FIELDS {
            return Err(Stop::BAD_REQUEST);
        }
        let Some(name) = part.name().map(str::to_owned) else {
            return Err(Stop::BAD_REQUEST);
        };
        match part.file_name().map(str::to_owned) {
            None => {
                let mut bytes = Vec::new();
                while let Some(chunk) = part.chunk().await.map_err(|_| stopped())? {
                    bytes.extend_from_slice(&chunk);
                    texts += chunk.len() as u64;
                    // One text, or all of them together.
                    if bytes.len() as u64 > TEXT || texts > TEXT + FORM {
                        return Err(too_large(locale, TEXT));
                    }
                }
                let text = String::from_utf8(bytes).map_err(|_| Stop::BAD_REQUEST)?;
                upload.fields.0.push((name, text));
            }
            Some(file_name) => {
                let mut first = part.chunk().await.map_err(|_| stopped())?;
                while first.as_deref().is_some_and(<[u8]>::is_empty) {
                    first = part.chunk().await.map_err(|_| stopped())?;
                }
                match first {
                    // A file field that was left empty.
                    None if file_name.is_empty() => {}
                    None => upload.complaints.push(Complaint::FileEmpty { name: file_name }),
                    Some(_) if upload.files.len() >= limits.count => {
                        let complaint = Complaint::TooManyFiles {
                            max: u32::try_from(limits.count).unwrap_or(u32::MAX),
                        };
                        if !upload.complaints.contains(&complaint) {
                            upload.complaints.push(complaint);
                        }
                        while part.chunk().await.map_err(|_| stopped())?.is_some() {}
                    }
                    Some(first) => {
                        let mut source = Part {
                            first: Some(first.to_vec()),
                            rest: part,
                        };
                        match taker.take(&file_name, &mut source).await {
                            Ok(file) => upload.files.push(file),
                            Err(Untaken::Files(FilesError::TooLarge(limit))) => {
                                upload.complaints.push(Complaint::FilesTooLarge {
                                    limit: size(locale, limit),
                                });
                            }
                            Err(Untaken::Files(FilesError::Interrupted(_))) => return Err(stopped()),
                            Err(Untaken::Files(err @ (FilesError::Missing | FilesError::Unavailable(_)))) => {
                                tracing::error!(error = &err as &dyn std::error::Error, "a file could not be stored");
                                upload.complaints.push(Complaint::FileFailed { name: file_name });
                            }
                            Err(Untaken::Stop(stop)) => return Err(stop),
                        }
                        // What was not taken is passed over before the next head is looked for.
                        while source.rest.chunk().await.map_err(|_| stopped())?.is_some() {}
                    }
                }
            }
        }
        heads.begin();
    }
    Ok(upload)
}

/// The most bytes of a picture that staff upload.
pub(crate) const PICTURE: u64 = 2 * 1024 * 1024;

/// A form of the staff with pictures, held in memory: each has at most [`PICTURE`] bytes, and there are at most four.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    pub(crate) fields: Fields,
    /// Field and content of each picture that was chosen.
    pub(crate) pictures: Vec<(String, Vec<u8>)>,
}

/// Reads a form of the staff with pictures.
pub(crate) async fn pictures(visit: &OfficeVisit<'_>, body: Body) -> Result<Pictures, Stop> {
    let headers = &visit.ask.headers;
    if kind(headers) == Some(Kind::UrlEncoded) {
        let fields = office_fields(visit, body).await?;
        return Ok(Pictures {
            fields,
            ..Pictures::default()
        });
    }
    let limit = 4 * PICTURE + TEXT + FORM;
    let large = || too_large(visit.locale, PICTURE);
    if announces_more(headers, limit) {
        return Err(large());
    }
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    let boundary = multer::parse_boundary(given).map_err(|_| Stop::BAD_REQUEST)?;
    let overflow = Overflow::default();
    let heads = Heads::default();
    heads.begin();
    let mut parts = Multipart::new(heads.watch(counted(body, limit, overflow.clone())), boundary);
    let stopped = || {
        if overflow.happened() {
            large()
        } else {
            Stop::BAD_REQUEST
        }
    };
    let mut read = Pictures::default();
    let mut many = 0;
    while let Some(mut part) = parts.next_field().await.map_err(|_| stopped())? {
        heads.end();
        many += 1;
        let name = part.name().map(str::to_owned).filter(|_| many <= MOST_FIELDS);
        let name = name.ok_or(Stop::BAD_REQUEST)?;
        let is_file = part.file_name().is_some();
        let most = if is_file { PICTURE } else { TEXT };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|_| stopped())? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > most {
                return Err(too_large(visit.locale, most));
            }
        }
        if is_file {
            // A file field that was left empty brings nothing.
            if !bytes.is_empty() {
                read.pictures.push((name, bytes));
            }
        } else {
            let text = String::from_utf8(bytes).map_err(|_| Stop::BAD_REQUEST)?;
            read.fields.0.push((name, text));
        }
        heads.begin();
    }
    Ok(read)
}

/// A form of the staff with one table: its fields, and the name and content of the file that was chosen, if one was.
pub(crate) type WithTable = (Fields, Option<(String, Vec<u8>)>);

/// Reads a form of the staff with one table of at most so many bytes, held in memory.
pub(crate) async fn table(visit: &OfficeVisit<'_>, body: Body, most: u64) -> Result<WithTable, Stop> {
    let headers = &visit.ask.headers;
    if kind(headers) == Some(Kind::UrlEncoded) {
        return Ok((office_fields(visit, body).await?, None));
    }
    let limit = most + TEXT + FORM;
    let large = || too_large(visit.locale, most);
    if announces_more(headers, limit) {
        return Err(large());
    }
    let given = headers
        .get(header::CONTENT_TYPE)
        .and_then(|it| it.to_str().ok())
        .unwrap_or_default();
    let boundary = multer::parse_boundary(given).map_err(|_| Stop::BAD_REQUEST)?;
    let overflow = Overflow::default();
    let heads = Heads::default();
    heads.begin();
    let mut parts = Multipart::new(heads.watch(counted(body, limit, overflow.clone())), boundary);
    let stopped = || {
        if overflow.happened() {
            large()
        } else {
            Stop::BAD_REQUEST
        }
    };
    let (mut fields, mut file) = (Fields::default(), None);
    let mut many = 0;
    while let Some(mut part) = parts.next_field().await.map_err(|_| stopped())? {
        heads.end();
        many += 1;
        let name = part.name().map(str::to_owned).filter(|_| many <= MOST_FIELDS);
        let name = name.ok_or(Stop::BAD_REQUEST)?;
        let file_name = part.file_name().map(str::to_owned);
        let most = if file_name.is_some() { most } else { TEXT };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|_| stopped())? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > most {
                return Err(too_large(visit.locale, most));
            }
        }
        match file_name {
            // A file field that was left empty brings nothing.
            Some(_) if bytes.is_empty() => {}
            Some(file_name) => file = Some((file_name, bytes)),
            None => {
                let text = String::from_utf8(bytes).map_err(|_| Stop::BAD_REQUEST)?;
                fields.0.push((name, text));
            }
        }
        heads.begin();
    }
    Ok((fields, file))
}

/// A part of a form as the content of a file.
struct Part {
    first: Option<Vec<u8>>,
    rest: Field<'static>,
}

#[async_trait]
impl FileSource for Part {
    async fn chunk(&mut self) -> Result<Option<Vec<u8>>, FilesError> {
        if let Some(first) = self.first.take() {
            return Ok(Some(first));
        }
        let next = self
            .rest
            .chunk()
            .await
            .map_err(|err| FilesError::Interrupted(Box::new(err)))?;
        Ok(next.map(|it| it.to_vec()))
    }
}
