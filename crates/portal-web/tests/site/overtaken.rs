//! Two of the staff who change the same contact, company or access group at once.

use portal_core::staff::Permission;

use crate::world::{Browser, World, company, contact};

/// Changes the name of a thing as one colleague while another has its form open, and lets the other save.
async fn overtaken(world: &World, path: &str, fields: &[(&str, &str)]) {
    let mut mara = world.office("Mara", &[Permission::Admin]).await;
    let mut ben = world.office("Ben", &[Permission::Admin]).await;
    let seen = mara.get(path).await.field("seen");
    let theirs = saved(&mut ben, path, "Theirs", fields).await;
    assert_eq!(theirs.0, 303, "{}", theirs.1);
    let mut all = vec![("name", "Mine"), ("seen", &seen)];
    all.extend(fields);
    let refused = mara.post(path, &all).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(refused.body.contains("<bdi>Theirs</bdi>"), "{}", refused.body);
    assert!(refused.body.contains("value=\"Mine\""), "what was typed stays");
    assert!(
        mara.get(path).await.body.contains("value=\"Theirs\""),
        "nothing was overwritten"
    );
    // Having seen it, one may put one's own in its place.
    let newer = refused.field("seen");
    assert_ne!(newer, seen);
    let mut all = vec![("name", "Mine"), ("seen", &newer)];
    all.extend(fields);
    assert_eq!(mara.post(path, &all).await.status, 303);
    assert!(mara.get(path).await.body.contains("value=\"Mine\""));
    let unseen = mara.post(path, &[&[("name", "Blind")], fields].concat()).await;
    assert_eq!(unseen.status, 400, "a form that says nothing of what was seen");
}

async fn saved(browser: &mut Browser<'_>, path: &str, name: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let seen = browser.get(path).await.field("seen");
    let mut all = vec![("name", name), ("seen", &seen)];
    all.extend(fields);
    let got = browser.post(path, &all).await;
    (got.status, got.body)
}

#[tokio::test]
async fn nobody_overwrites_a_company_they_have_not_seen() {
    let world = World::new().await;
    let path = format!("/admin/companies/{}/edit", company(0));
    overtaken(&world, &path, &[("domain", "fernwerk.example")]).await;
}

#[tokio::test]
async fn nobody_overwrites_a_contact_they_have_not_seen() {
    let world = World::new().await;
    let path = format!("/admin/contacts/{}/edit", contact("anna"));
    let mut nora = world.office("Nora", &[Permission::Admin]).await;
    let address = nora.get(&path).await.field("membership_email");
    overtaken(&world, &path, &[("membership_email", &address), ("do", "save")]).await;
}

#[tokio::test]
async fn nobody_overwrites_an_access_group_they_have_not_seen() {
    let world = World::new().await;
    let mut nora = world.office("Nora", &[Permission::Admin]).await;
    let made = nora
        .post("/admin/groups/new", &[("kind", "static"), ("name", "Guests")])
        .await;
    assert_eq!(made.status, 303, "{}", made.body);
    let path = format!("{}/edit", made.location());
    overtaken(&world, &path, &[("kind", "static")]).await;
}
