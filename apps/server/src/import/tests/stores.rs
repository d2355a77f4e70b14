use portal_adapters::sea::{SeaConfig, SeaStore};

use super::export::{folder, good};
use super::world::{args, dump, import, memory, ports};

/// Both stores must hold the same after an import, after a second one, and after one with changes.
#[cfg(feature = "sqlite")]
#[tokio::test]
async fn the_reference_store_and_sqlite_agree() {
    let data = tempfile::tempdir().unwrap();
    let sea = SeaStore::connect(&SeaConfig::sqlite(data.path())).await.unwrap();
    sea.migrate().await.unwrap();
    let (reference, sqlite) = (memory().await, ports(sea).await);
    let mut sheets = good();
    for round in 0..3 {
        if round == 2 {
            sheets[1].rows[1][2] = "Weber-Lang".to_owned();
            sheets[2].rows[1][4] = "Closed".to_owned();
            let more = [
                "7001",
                "77",
                "message",
                "tim@kestrel.example",
                "",
                "2026-11-21 10:00",
                "text",
                "One thing more.",
                "",
            ];
            sheets[3].rows.push(more.map(str::to_owned).to_vec());
        }
        let folder = folder(&sheets);
        let (_, a) = import(&reference, &args(folder.path())).await.unwrap();
        let (_, b) = import(&sqlite, &args(folder.path())).await.unwrap();
        assert_eq!(a, b, "reports of round {round}");
        assert_eq!(
            dump(&reference).await,
            dump(&sqlite).await,
            "stores after round {round}"
        );
    }
}
