use portal_core::id::{ConversationId, InboxId, IntentId, MessageId, TicketNumber, Uuid};
use portal_core::time::Timestamp;

use super::*;

fn answer() -> OutgoingAnswer {
    let id = Uuid::from_u128(7);
    OutgoingAnswer {
        delivery: IntentId::from_uuid(id),
        channel: Source::Chat,
        conversation: ConversationId::from_uuid(id),
        inbox: InboxId::from_uuid(id),
        ticket: TicketNumber::new(17).unwrap(),
        subject: "Scanner".to_owned(),
        to_name: "Jonas".to_owned(),
        to_address: None,
        contact: None,
        message: MessageId::from_uuid(id),
        author: "Mara".to_owned(),
        at: Timestamp::from_micros(1_700_000_000_000_000),
        text: "Please try again; it's \"fixed\" $(now).".to_owned(),
        html: "<p>Please try again.</p>".to_owned(),
    }
}

async fn by(script: &str, timeout: Duration) -> Result<(), ChannelError> {
    let program = ChannelProgram {
        program: PathBuf::from("/bin/sh"),
        args: vec!["-c".to_owned(), script.to_owned()],
        timeout,
    };
    ProgramChannels::new(BTreeMap::from([(Source::Chat, program)]))
        .deliver(&answer())
        .await
}

/// Long enough for a machine that is busy.
const PATIENT: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_program_gets_the_whole_answer_on_its_standard_input_and_nothing_of_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let (file, env) = (folder.path().join("answer.json"), folder.path().join("env"));
    let script = format!("cat > {}; env > {}", file.display(), env.display());
    by(&script, PATIENT).await.unwrap();
    let read: ChannelAnswer = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(read, ChannelAnswer::from(&answer()));
    let env = std::fs::read_to_string(env).unwrap();
    let names: Vec<&str> = env.lines().filter_map(|it| it.split('=').next()).collect();
    assert!(
        names
            .iter()
            .all(|it| ["PATH", "PWD", "SHLVL", "_", "OLDPWD"].contains(it)),
        "{names:?}"
    );
}

#[tokio::test]
async fn how_a_program_ends_says_whether_it_is_tried_again() {
    by("exit 0", PATIENT).await.unwrap();
    for (script, refused, why) in [
        ("echo 'no such user' >&2; exit 67", true, "no such user"),
        ("exit 65", true, "the program ended with 65"),
        ("echo later >&2; echo more >&2; exit 75", false, "later"),
        ("exit 1", false, "the program ended with 1"),
        ("kill -9 $$", false, "the program was ended by a signal"),
    ] {
        match by(script, PATIENT).await {
            Err(ChannelError::Refused(it)) => assert!(refused && it == why, "{script}: {it}"),
            Err(ChannelError::Unavailable(it, _)) => assert!(!refused && it == why, "{script}: {it}"),
            other => panic!("{script}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_program_that_hangs_or_does_not_exist_is_tried_again() {
    let hangs = by("exec tail -f /dev/null", Duration::from_millis(50)).await;
    assert!(matches!(hangs, Err(ChannelError::Unavailable(..))), "{hangs:?}");
    let program = ChannelProgram {
        program: PathBuf::from("/no/such/program"),
        args: Vec::new(),
        timeout: PATIENT,
    };
    let channels = ProgramChannels::new(BTreeMap::from([(Source::Email, program)]));
    assert!(channels.carries(Source::Email) && !channels.carries(Source::Chat));
    let other = channels.deliver(&answer()).await;
    assert!(matches!(other, Err(ChannelError::NotConfigured)), "{other:?}");
    let email = OutgoingAnswer {
        channel: Source::Email,
        ..answer()
    };
    let gone = channels.deliver(&email).await;
    assert!(matches!(gone, Err(ChannelError::Unavailable(..))), "{gone:?}");
}

#[tokio::test]
async fn a_program_that_talks_much_and_reads_nothing_does_not_hang() {
    let script = "head -c 300000 /dev/zero | tr '\\0' x >&2; exit 75";
    let talked = by(script, PATIENT).await;
    let Err(ChannelError::Unavailable(why, _)) = talked else {
        panic!("{talked:?}")
    };
    assert_eq!(why.len(), MOST_KEPT);
}
