//! The full-text index keeps the words of the core whole, and finds on every database what the reference store finds.

use portal_core::actor::Task;
use portal_core::desk::{DeskFilter, DeskSearch};
use portal_core::id::{AgentId, NoteId};
use portal_core::ports::{Access, Store};
use portal_core::text::query_tokens;
use portal_core::ticket::{ListFilter, Note, Search};
use portal_testkit::MemoryStore;

use crate::scene::{self, ANN};
use crate::stores::{Postgres, Sqlite};

/// Letters and digits of many kinds: with accents, without case, outside of the tables of old Unicode versions, beyond the
/// basic plane; words that mean something to SQL, to FTS5 or to an array.
const SUBJECTS: [&str; 16] = [
    "Übergröße der Straße",
    "naïve café №5",
    "Привет Ёлка",
    "日本語のテスト",
    "हिन्दी शब्द",
    "ΣΑΣ σας",
    "Ⅷ ① ½ ٣٤ ४२",
    "🄰🅑 𞤀𞤣 𝟘𝟙",
    "null NULL AND OR NOT NEAR",
    "it's \"quoted\" \\ {a,b}",
    "ERR-404 x_y words:principals",
    "İstanbul ıslak",
    "ﬁnal ﬂow",
    "a b c",
    "l’été d'hiver",
    "ꙮ ẞ ŉ",
];

async fn found(store: &dyn Store, text: &str) -> Vec<i64> {
    let scope = scene::scope(store, ANN).await;
    let search = Search {
        tokens: query_tokens(text),
        filter: ListFilter::All,
        below: None,
        limit: 50,
    };
    let mut tx = store.begin(Access::Read).await.unwrap();
    let hits = tx.tickets().search(&scope, &search).await.unwrap();
    hits.iter().map(|it| it.row.number.get()).collect()
}

async fn write_subjects(store: &dyn Store) {
    scene::people(store).await;
    let mut tx = store.begin(Access::Write).await.unwrap();
    for (number, subject) in (1..).zip(SUBJECTS) {
        tx.tickets().insert(&scene::ticket(number, subject)).await.unwrap();
        tx.tickets()
            .add_message(&scene::message(number, 1, &format!("message about {subject} again")))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

async fn finds_what_the_reference_finds(store: &dyn Store) {
    let reference = MemoryStore::new();
    write_subjects(&reference).await;
    write_subjects(store).await;
    let mut hits = 0;
    for text in SUBJECTS {
        // Each word, each beginning of it, and all of them together.
        for word in query_tokens(text) {
            let chars: Vec<char> = word.chars().collect();
            for end in 1..=chars.len() {
                let beginning: String = chars[..end].iter().collect();
                let wanted = found(&reference, &beginning).await;
                assert_eq!(found(store, &beginning).await, wanted, "{beginning}");
                hits += wanted.len();
            }
        }
        assert_eq!(found(store, text).await, found(&reference, text).await, "{text}");
    }
    assert!(hits > 100);
}

async fn a_very_long_thread_is_no_error(store: &dyn Store) {
    scene::people(store).await;
    let mut tx = store.begin(Access::Write).await.unwrap();
    tx.tickets().insert(&scene::ticket(1, "long")).await.unwrap();
    let words = |from: u32| {
        (from..from + 20_000)
            .map(|it| format!("w{it:08}"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (seq, from) in [(1, 0), (2, 10_000), (3, 20_000), (4, 40_000)] {
        tx.tickets()
            .add_message(&scene::message(1, seq, &words(from)))
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(found(store, "long w00000000 w00019999").await, [1]);
    // Words that came twice were not counted twice.
    assert_eq!(found(store, "w00025000").await, [1]);
    assert_eq!(found(store, "w00059999").await, [0i64; 0]);
}

#[tokio::test]
async fn sqlite_finds_what_the_reference_finds() {
    finds_what_the_reference_finds(&Sqlite::new().await.store).await;
}

#[tokio::test]
async fn postgres_finds_what_the_reference_finds() {
    finds_what_the_reference_finds(&Postgres::new().await.store).await;
}

#[tokio::test]
async fn sqlite_takes_a_very_long_thread() {
    a_very_long_thread_is_no_error(&Sqlite::new().await.store).await;
}

#[tokio::test]
async fn postgres_takes_a_very_long_thread() {
    a_very_long_thread_is_no_error(&Postgres::new().await.store).await;
}

/// A rare and a common word in a company beyond the limit of walking: page by page, each hit once.
async fn drains(store: &dyn Store, word: &str) -> Vec<i64> {
    let scope = scene::scope(store, ANN).await;
    let mut all = Vec::new();
    let mut below = None;
    for _ in 0..1000 {
        let search = Search {
            tokens: vec![word.to_owned()],
            filter: ListFilter::All,
            below,
            limit: 300,
        };
        let mut tx = store.begin(Access::Read).await.unwrap();
        let hits = tx.tickets().search(&scope, &search).await.unwrap();
        let Some(last) = hits.last() else { break };
        below = Some(last.row.number);
        all.extend(hits.iter().map(|it| it.row.number.get()));
    }
    all
}

#[tokio::test]
async fn postgres_finds_everything_in_a_huge_company() {
    let postgres = Postgres::new().await;
    scene::people(&postgres.store).await;
    scene::fill(&postgres.look().await, 12_000).await;
    assert_eq!(
        drains(&postgres.store, "rare").await,
        (1..=12).rev().map(|it| it * 1000).collect::<Vec<_>>()
    );
    assert_eq!(
        drains(&postgres.store, "common").await,
        (1..=12_000).rev().collect::<Vec<_>>()
    );
}

/// The same at the desk, with notes, and names of the people on tickets.
async fn found_at_the_desk(store: &dyn Store, text: &str) -> Vec<(i64, String, bool)> {
    let search = DeskSearch {
        tokens: query_tokens(text),
        agent: AgentId::from_uuid(scene::uuid(70)),
        view: None,
        inbox: None,
        filter: DeskFilter::default(),
        below: None,
        limit: 50,
    };
    let mut tx = store.begin(Access::Read).await.unwrap();
    let hits = tx.desk().desk_search(&crate::desk::scope(), &search).await.unwrap();
    hits.into_iter()
        .map(|it| (it.row.number.get(), it.excerpt, it.in_note))
        .collect()
}

async fn write_notes(store: &dyn Store) {
    let mut tx = store.begin(Access::Write).await.unwrap();
    for (number, subject) in (1..).zip(SUBJECTS) {
        let words: Vec<&str> = subject.split(' ').collect();
        let said = scene::message(number, 1, &format!("beside {} rests", words.join(" … ")));
        let note = Note {
            id: NoteId::from_uuid(said.id.uuid()),
            ticket: said.ticket,
            author: said.author,
            at: said.at,
            body: said.body,
            files: Vec::new(),
        };
        tx.tickets().add_note(&Task::Demo, &note).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn the_desk_finds_what_the_reference_finds(store: &dyn Store) {
    let reference = MemoryStore::new();
    for store in [&reference as &dyn Store, store] {
        write_subjects(store).await;
        write_notes(store).await;
    }
    let mut hits = 0;
    for text in SUBJECTS {
        for query in [
            text.to_owned(),
            format!("{text} beside"),
            format!("contact {text}"),
            format!("{text} 1"),
        ] {
            let wanted = found_at_the_desk(&reference, &query).await;
            assert_eq!(found_at_the_desk(store, &query).await, wanted, "{query}");
            hits += wanted.len();
        }
        for word in query_tokens(text) {
            let beginning: String = word.chars().take(2).collect();
            let wanted = found_at_the_desk(&reference, &beginning).await;
            assert_eq!(found_at_the_desk(store, &beginning).await, wanted, "{beginning}");
        }
    }
    assert!(hits > 30, "{hits}");
}

#[tokio::test]
async fn sqlite_finds_at_the_desk_what_the_reference_finds() {
    the_desk_finds_what_the_reference_finds(&Sqlite::new().await.store).await;
}

#[tokio::test]
async fn postgres_finds_at_the_desk_what_the_reference_finds() {
    the_desk_finds_what_the_reference_finds(&Postgres::new().await.store).await;
}
