use portal_core::Portal;
use portal_core::actor::Actor;
use portal_core::ports::{Access, Clock, Store};

use crate::MemoryStore;
use crate::conformance::Broken;
use crate::fakes::{
    EchoedImages, FixedClock, GlassVault, MemoryFiles, NoPause, PlainBodies, PlainCodes, PlainPasswords,
    RecordingObserver, SeededSecrets, SequentialIds, UtcOnly,
};
use crate::recording::{Calls, RecordingStore};
use crate::world::{Place, World, at};

/// A portal over the fakes, with a world in it, and all the handles a test could want.
#[derive(Debug)]
pub struct TestPortal {
    /// The use-cases.
    pub portal: Portal,
    /// The store, past the recording.
    pub store: MemoryStore,
    /// Which ports the use-cases called.
    pub calls: Calls,
    /// The time: a day after the world began.
    pub clock: FixedClock,
    /// The content of files.
    pub files: MemoryFiles,
    /// Counts the checks of passwords.
    pub passwords: PlainPasswords,
    /// What the observer was told.
    pub observer: RecordingObserver,
    /// The world, as it was in the beginning.
    pub world: World,
    /// Where it lies in the store.
    pub place: Place,
}

impl TestPortal {
    /// What every registered contact of a world signs in with.
    pub const PASSWORD: &'static str = "correct horse battery";

    /// A portal with this world in its store.
    ///
    /// # Errors
    /// If the world cannot be stored.
    pub async fn with(world: World) -> Result<Self, Broken> {
        let store = MemoryStore::new();
        let mut tx = store.begin(Access::Write).await?;
        let place = world.install(&mut *tx).await?;
        tx.commit().await?;
        let recording = RecordingStore::new(store.clone());
        let calls = recording.calls();
        let clock = FixedClock::at(at(24 * 60 * 60));
        let (files, passwords) = (MemoryFiles::default(), PlainPasswords::default());
        let observer = RecordingObserver::default();
        let portal = Portal::builder()
            .store(recording)
            .files(files.clone())
            .passwords(passwords.clone())
            .bodies(PlainBodies)
            .clock(clock.clone())
            .ids(SequentialIds::default())
            .secrets(SeededSecrets::new(clock.now().micros().unsigned_abs()))
            .pacer(NoPause)
            .observer(observer.clone())
            .images(EchoedImages)
            .vault(GlassVault)
            .one_time_codes(PlainCodes)
            .zones(UtcOnly)
            .build()?;
        Ok(Self {
            portal,
            store,
            calls,
            clock,
            files,
            passwords,
            observer,
            world,
            place,
        })
    }

    /// A contact of the world with a session.
    #[must_use]
    pub fn actor(&self, contact: usize) -> Actor {
        Actor::signed_in(self.place.contact_id(contact))
    }
}
