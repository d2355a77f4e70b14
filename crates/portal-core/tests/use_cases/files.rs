use async_trait::async_trait;
use mockall::mock;
use portal_core::access::{CustomersMay, TicketPermission};
use portal_core::actor::{Actor, Task};
use portal_core::id::{ContactId, FileId};
use portal_core::input::ProblemKind;
use portal_core::ports::{Access, BytesSource, FileSource, Files, FilesError, Store, StoredFile};
use portal_core::ticket::{FetchFileError, FileKey, OpenTicketError, StageFile, StageFileError, TakeInError};
use portal_testkit::fakes::{MemoryFiles, PlainPasswords};

use crate::fixture::World;

mock! {
    Disk {
        fn put(&self) -> Result<StoredFile, FilesError>;
    }
}

/// The mock behind the port, whose signatures have more lifetimes than a mock can take.
struct FailingDisk(MockDisk);

#[async_trait]
impl Files for FailingDisk {
    async fn put(&self, _key: &FileKey, _source: &mut dyn FileSource, _limit: u64) -> Result<StoredFile, FilesError> {
        self.0.put()
    }

    async fn open(&self, _key: &FileKey) -> Result<Box<dyn FileSource>, FilesError> {
        Err(FilesError::Missing)
    }

    async fn remove(&self, _key: &FileKey) -> Result<(), FilesError> {
        Ok(())
    }
}

impl World {
    async fn upload(&self, who: ContactId, name: &str, bytes: &[u8]) -> Result<FileId, StageFileError> {
        let command = StageFile {
            portal: self.portal.id,
            name: name.to_owned(),
        };
        self.service
            .stage_file(&Actor::signed_in(who), command, &mut BytesSource::new(bytes.to_vec()))
            .await
            .map(|it| it.id)
    }

    pub(crate) async fn fetch(&self, who: ContactId, id: FileId) -> Option<Vec<u8>> {
        match self
            .service
            .fetch_file(&Actor::signed_in(who), self.portal.id, id)
            .await
        {
            Ok(mut found) => Some(found.content.chunk().await.unwrap().unwrap_or_default()),
            Err(FetchFileError::NotFound) => None,
            Err(err) => panic!("{err}"),
        }
    }
}

#[tokio::test]
async fn a_file_is_the_uploaders_until_it_is_sent_and_the_tickets_readers_afterwards() {
    let world = World::new().await;
    let file = world
        .upload(world.jonas, "../../signal\u{202e}gpj.exe", b"bytes")
        .await
        .unwrap();
    assert!(world.fetch(world.jonas, file).await.is_some());
    assert!(world.fetch(world.aylin, file).await.is_none());
    let mut draft = world.draft("Scanner");
    draft.files = vec![file];
    let number = world
        .service
        .open_ticket(&Actor::signed_in(world.jonas), draft)
        .await
        .unwrap()
        .number;
    assert_eq!(world.fetch(world.aylin, file).await.unwrap(), b"bytes");
    assert!(world.fetch(world.stranger, file).await.is_none());
    let ticket = world.stored(number).await;
    assert_eq!(ticket.files, 1);
}

#[tokio::test]
async fn nobody_sends_the_file_of_somebody_else_or_one_twice() {
    let world = World::new().await;
    let file = world.upload(world.jonas, "log.txt", b"bytes").await.unwrap();
    let mut draft = world.draft("Scanner");
    draft.files = vec![file];
    let Err(OpenTicketError::Invalid(problems)) = world
        .service
        .open_ticket(&Actor::signed_in(world.aylin), draft.clone())
        .await
    else {
        panic!()
    };
    assert_eq!(problems.list()[0].kind, ProblemKind::FileGone);
    world
        .service
        .open_ticket(&Actor::signed_in(world.jonas), draft.clone())
        .await
        .unwrap();
    let again = world
        .service
        .open_ticket(&Actor::signed_in(world.jonas), draft.clone())
        .await;
    assert!(matches!(again, Err(OpenTicketError::Invalid(_))));
    draft.files = vec![file; 11];
    let Err(OpenTicketError::Invalid(problems)) =
        world.service.open_ticket(&Actor::signed_in(world.jonas), draft).await
    else {
        panic!()
    };
    assert_eq!(problems.list()[0].kind, ProblemKind::TooManyFiles { max: 10 });
}

#[tokio::test]
async fn a_file_that_is_named_twice_is_sent_once() {
    let world = World::new().await;
    let file = world.upload(world.jonas, "log.txt", b"bytes").await.unwrap();
    let mut draft = world.draft("Scanner");
    draft.files = vec![file, file];
    let number = world
        .service
        .open_ticket(&Actor::signed_in(world.jonas), draft)
        .await
        .unwrap()
        .number;
    assert_eq!(world.stored(number).await.files, 1);
}

#[tokio::test]
async fn what_was_never_sent_is_forgotten_after_a_day() {
    let world = World::new().await;
    let file = world.upload(world.jonas, "log.txt", b"bytes").await.unwrap();
    world.days(2);
    let mut draft = world.draft("Scanner");
    draft.files = vec![file];
    assert!(matches!(
        world.service.open_ticket(&Actor::signed_in(world.jonas), draft).await,
        Err(OpenTicketError::Invalid(_))
    ));
}

#[tokio::test]
async fn a_disk_that_fails_leaves_no_row() {
    let mut disk = MockDisk::new();
    disk.expect_put()
        .times(1)
        .returning(|| Err(FilesError::Unavailable("no space left".into())));
    let world = World::with_gateways(
        TicketPermission::Company,
        CustomersMay::default(),
        FailingDisk(disk),
        PlainPasswords::default(),
    )
    .await;
    assert!(matches!(
        world.upload(world.jonas, "log.txt", b"bytes").await,
        Err(StageFileError::TakeIn(TakeInError::Files(_)))
    ));
    world.days(3);
    let mut tx = world.store.begin(Access::Write).await.unwrap();
    assert!(
        tx.tickets()
            .sweep_staged(&Task::Maintenance, world.service.now(), 10)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn nobody_uploads_without_entry() {
    let files = MemoryFiles::default();
    let world = World::with_gateways(
        TicketPermission::Company,
        CustomersMay::default(),
        files.clone(),
        PlainPasswords::default(),
    )
    .await;
    let command = StageFile {
        portal: world.portal.id,
        name: "log.txt".to_owned(),
    };
    let refused = world
        .service
        .stage_file(&Actor::Anonymous, command, &mut BytesSource::new(vec![1]))
        .await;
    assert!(matches!(refused, Err(StageFileError::Entry(_))));
    assert!(files.keys().is_empty());
}

#[tokio::test]
async fn a_form_sent_again_with_its_files_uploaded_again_is_the_same_form() {
    let world = World::new().await;
    let mut draft = world.draft("Scanner");
    draft.key = Some(crate::fixture::key("a-form-with-a-file"));
    let actor = Actor::signed_in(world.jonas);
    draft.files = vec![world.upload(world.jonas, "log.txt", b"bytes").await.unwrap()];
    let first = world.service.open_ticket(&actor, draft.clone()).await.unwrap();
    draft.files = vec![world.upload(world.jonas, "log.txt", b"bytes").await.unwrap()];
    assert_eq!(world.service.open_ticket(&actor, draft).await.unwrap(), first);
}
