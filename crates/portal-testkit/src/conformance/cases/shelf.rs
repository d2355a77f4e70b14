use portal_core::desk::{CannedReply, DeskFilter, DeskSort, DeskView, OwnedBy, SavedView};
use portal_core::id::{AgentId, CannedReplyId, CompanyId, ContactId, InboxId, SavedViewId, Uuid};
use portal_core::ports::{Access, Store};
use portal_core::ticket::{Priority, Stage};

use crate::conformance::Broken;
use crate::conformance::broken::same;

fn id(n: u128) -> Uuid {
    Uuid::from_u128((0x5e1f << 96) | n)
}

fn agent(n: u128) -> AgentId {
    AgentId::from_uuid(id(n))
}

fn view(n: u128, owner: u128, name: &str, place: u32, shared: bool) -> Result<SavedView, Broken> {
    Ok(SavedView {
        id: SavedViewId::from_uuid(id(n)),
        owner: agent(owner),
        shared,
        name: name.parse()?,
        place,
        view: DeskView::Waiting,
        inbox: Some(InboxId::from_uuid(id(90))),
        filter: DeskFilter {
            owner: Some(OwnedBy::Agent(agent(owner))),
            priority: Some(Priority::Urgent),
            stage: Some(Stage::WaitingOnContact),
            category: Some("Größe \"x\"".parse()?),
            contact: Some(ContactId::from_uuid(id(91))),
            company: Some(CompanyId::from_uuid(id(92))),
        },
        sort: DeskSort::Oldest,
    })
}

pub(super) async fn saved_views_come_back_and_others_only_if_shared(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let (later, first) = (view(1, 1, "Zeta", 0, false)?, view(2, 1, "Alpha", 1, true)?);
    let (shared, secret) = (view(3, 2, "Mine", 7, true)?, view(4, 2, "Secret", 0, false)?);
    for it in [&later, &first, &shared, &secret] {
        tx.shelf().put_saved_view(it).await?;
    }
    same!(
        tx.shelf().saved_views(agent(1)).await?,
        vec![later.clone(), first.clone(), shared.clone()],
        "the views of the first agent"
    );
    same!(
        tx.shelf().saved_views(agent(3)).await?,
        vec![first.clone(), shared.clone()],
        "the views of somebody else"
    );
    let plain = SavedView {
        filter: DeskFilter {
            owner: Some(OwnedBy::Nobody),
            ..DeskFilter::default()
        },
        inbox: None,
        sort: DeskSort::Newest,
        shared: true,
        ..later.clone()
    };
    tx.shelf().put_saved_view(&plain).await?;
    same!(
        tx.shelf().saved_view(plain.id).await?,
        Some(plain),
        "a view that was replaced"
    );
    tx.shelf().remove_saved_view(first.id).await?;
    tx.shelf().remove_saved_view(first.id).await?;
    same!(tx.shelf().saved_view(first.id).await?, None, "a view that was removed");
    Ok(())
}

pub(super) async fn canned_replies_come_back_by_name_and_others_only_if_shared(
    store: &dyn Store,
) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let reply = |n, owner, name: &str, shared| -> Result<CannedReply, Broken> {
        Ok(CannedReply {
            id: CannedReplyId::from_uuid(id(n)),
            owner: agent(owner),
            shared,
            inbox: shared.then(|| InboxId::from_uuid(id(90))),
            language: if shared { Some("de".parse()?) } else { None },
            name: name.parse()?,
            text: "Hello {contact_name},\n\n'quoted' \"text\"".to_owned(),
        })
    };
    let (own, shared, secret) = (
        reply(11, 11, "Zeta", false)?,
        reply(12, 12, "Alpha", true)?,
        reply(13, 12, "Beta", false)?,
    );
    for it in [&own, &shared, &secret] {
        tx.shelf().put_canned_reply(it).await?;
    }
    same!(
        tx.shelf().canned_replies(agent(11)).await?,
        vec![shared.clone(), own.clone()],
        "the replies of an agent"
    );
    let changed = CannedReply {
        text: "Other".to_owned(),
        ..own.clone()
    };
    tx.shelf().put_canned_reply(&changed).await?;
    same!(
        tx.shelf().canned_reply(own.id).await?,
        Some(changed),
        "a reply that was changed"
    );
    tx.shelf().remove_canned_reply(shared.id).await?;
    same!(
        tx.shelf().canned_reply(shared.id).await?,
        None,
        "a reply that was removed"
    );
    Ok(())
}
