//! Files of the desk's forms. Those of a form that was refused stay uploaded: the form brings their ids again.

use portal_core::id::FileId;
use portal_core::ticket::File;

use crate::errors::Stop;
use crate::forms::Upload;
use crate::office::visit::OfficeVisit;
use crate::view::file::{FileLimits, StagedFile, size};
use crate::view::form::Problem;

/// The files that go with what is sent.
#[derive(Debug, Default)]
pub(super) struct Attached {
    /// All of them: kept from earlier attempts, then those of this one. One that is gone is complained about where it is
    /// attached.
    pub(super) ids: Vec<FileId>,
    /// Those that are there, as the form shows them.
    pub(super) shown: Vec<StagedFile>,
    /// What was wrong with others.
    pub(super) problems: Vec<Problem>,
}

/// What a form brought.
pub(super) async fn attached(visit: &OfficeVisit<'_>, upload: &Upload) -> Result<Attached, Stop> {
    let most = visit.web.portal.file_limits().count + 1;
    let kept = upload.fields.all("staged").take(most);
    let kept: Vec<FileId> = kept.filter_map(|it| it.parse().ok()).collect();
    let there = visit.web.portal.drafted_files(visit.actor()?, &kept).await?;
    Ok(Attached {
        ids: kept.into_iter().chain(upload.files.iter().map(|it| it.id)).collect(),
        shown: shown(visit, there.iter().chain(&upload.files)),
        problems: upload.complaints.iter().map(|it| it.problem(visit.texts())).collect(),
    })
}

/// Files that wait to be sent, as the form shows them.
pub(super) fn shown<'a>(visit: &OfficeVisit<'_>, files: impl IntoIterator<Item = &'a File>) -> Vec<StagedFile> {
    let one = |it: &File| StagedFile {
        id: it.id.to_string(),
        name: it.name.as_str().to_owned(),
        size: size(it.size, visit.locale),
    };
    files.into_iter().map(one).collect()
}

/// How much a form takes.
pub(super) fn limits(visit: &OfficeVisit<'_>) -> FileLimits {
    let limits = visit.web.portal.file_limits();
    let count = u32::try_from(limits.count).unwrap_or(u32::MAX);
    FileLimits::new(count, limits.sum, visit.locale)
}
