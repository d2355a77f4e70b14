//! Files of a form that was refused stay uploaded: the form brings their ids again, and needs their names.

use portal_core::id::FileId;
use portal_core::ticket::FetchFileError;

use crate::errors::Stop;
use crate::forms::Upload;
use crate::view::file::{StagedFile, size};
use crate::visit::Visit;

/// A file that is uploaded and not yet sent.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) id: FileId,
    name: String,
    size: u64,
}

/// The files kept from earlier attempts, then those of this one. What is no longer there is left out here, and complained
/// about where it is attached.
pub(super) async fn all(visit: &Visit<'_>, upload: &Upload) -> Result<Vec<Kept>, Stop> {
    let most = visit.web.portal.file_limits().count + 1;
    let mut kept = Vec::new();
    for id in upload
        .fields
        .all("staged")
        .take(most)
        .filter_map(|it| it.parse::<FileId>().ok())
    {
        match visit.web.portal.fetch_file(&visit.actor(), visit.site.id, id).await {
            Ok(found) => kept.push(Kept {
                id,
                name: found.file.name.as_str().to_owned(),
                size: found.file.size,
            }),
            Err(FetchFileError::NotFound | FetchFileError::Files(_)) => kept.push(Kept {
                id,
                name: String::new(),
                size: 0,
            }),
            Err(err @ (FetchFileError::Entry(_) | FetchFileError::Store(_))) => return Err(err.into()),
        }
    }
    kept.extend(upload.files.iter().map(|it| Kept {
        id: it.id,
        name: it.name.as_str().to_owned(),
        size: it.size,
    }));
    Ok(kept)
}

/// As the form shows them. One that is gone is not offered again.
pub(super) fn shown(visit: &Visit<'_>, kept: &[Kept]) -> Vec<StagedFile> {
    let there = kept.iter().filter(|it| !it.name.is_empty());
    there
        .map(|it| StagedFile {
            id: it.id.to_string(),
            name: it.name.clone(),
            size: size(it.size, visit.locale),
        })
        .collect()
}
