//! Setting a portal up in steps, and changing who sees what afterwards.

use portal_core::access::TicketPermission;
use portal_core::actor::Task;
use portal_core::ports::{Access, Store};
use portal_core::property::{PropertyDefinition, PropertyOwner, PropertyType};
use portal_core::staff::Permission;
use portal_core::text::{Locale, Localized};

use crate::settings::{base, form_of, send, set};
use crate::world::{Browser, World, portal_id};

async fn contact_property(world: &World, key: &str, customer_writable: bool) {
    let definition = PropertyDefinition {
        owner: PropertyOwner::Contact,
        key: key.parse().unwrap(),
        label: Localized::new(Locale::english(), key),
        kind: PropertyType::Text,
        customer_writable,
        shown_to_customers: false,
        options: Vec::new(),
        archived: false,
    };
    let mut tx = world.store.begin(Access::Write).await.unwrap();
    tx.directory()
        .put_property(&Task::CommandLine, &definition)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn permission(world: &World) -> TicketPermission {
    let mut tx = world.store.begin(Access::Read).await.unwrap();
    tx.directory().portal(portal_id(0)).await.unwrap().unwrap().permission
}

async fn step(browser: &mut Browser<'_>, path: &str, change: &[(&str, &str)]) -> String {
    let page = browser.get(path).await;
    assert_eq!(page.status, 200, "{path}: {}", page.body);
    let mut fields = form_of(&page);
    for (name, value) in change {
        set(&mut fields, name, value);
    }
    let got = send(browser, path, &fields).await;
    assert_eq!(got.status, 303, "{path}: {}", got.body);
    got.location().to_owned()
}

#[tokio::test]
async fn four_steps_make_a_portal_with_an_inbox_and_a_group_made_on_the_way() {
    let world = World::new().await;
    contact_property(&world, "role", false).await;
    contact_property(&world, "nickname", true).await;
    let mut mara = world.office("Mara", &[Permission::PortalSettings]).await;
    let address = step(&mut mara, "/admin/portals/new", &[("name", "Second Portal")]).await;
    let tickets = step(&mut mara, &address, &[("slug", "second")]).await;

    let page = mara.get(&tickets).await;
    assert!(!page.body.contains("nickname"), "customers write it: {}", page.body);
    let mut fields = form_of(&page);
    set(&mut fields, "edit", "add-inbox");
    let refused = send(&mut mara, &tickets, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("href=\"#f-new_inbox\""), "{}", refused.body);
    set(&mut fields, "new_inbox", "Returns");
    let page = send(&mut mara, &tickets, &fields).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let mut fields = form_of(&page);
    // Criteria that make no sense are refused, and stay as they were typed.
    set(&mut fields, "permission", "some");
    set(&mut fields, "v-0-0", "Manager <b>");
    let refused = send(&mut mara, &tickets, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("href=\"#f-criteria\"") && refused.body.contains("Manager &lt;b&gt;"));
    set(&mut fields, "p-0-0", "role");
    set(&mut fields, "edit", "condition-0");
    let more = send(&mut mara, &tickets, &fields).await;
    assert!(more.body.contains("name=\"p-0-1\""), "{}", more.body);
    fields.retain(|it| it.0 != "edit");
    let next = send(&mut mara, &tickets, &fields).await;
    assert_eq!(next.status, 303, "{}", next.body);

    let access = next.location().to_owned();
    let mut fields = form_of(&mara.get(&access).await);
    set(&mut fields, "edit", "add-group");
    set(&mut fields, "new_group", "Partners");
    let page = send(&mut mara, &access, &fields).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let fields = form_of(&page);
    assert_eq!(
        fields.iter().filter(|it| it.0 == "groups").count(),
        1,
        "it is chosen: {fields:?}"
    );
    let next = send(&mut mara, &access, &fields).await;
    assert_eq!(next.status, 303, "{}", next.body);
    let check = mara.get(next.location()).await;
    assert_eq!(check.status, 200, "{}", check.body);
    let eyes = format!("{}?q=anna", next.location());
    let found = mara.get(&eyes).await;
    let at = found.body.find("&amp;as=").unwrap_or_else(|| panic!("{}", found.body));
    let id = found.body[at + 8..].split(['#', '"']).next().unwrap().to_owned();
    let seen = mara.get(&format!("{eyes}&as={id}")).await;
    assert!(seen.body.contains("Anna Berg would see"), "{}", seen.body);
}

#[tokio::test]
async fn adm_a_change_of_permission_shows_who_loses_sight_before_it_counts() {
    let world = World::new().await;
    let mut jonas = world.signed_in("jonas").await;
    let number = jonas.open("Belt stands still").await;
    let mut anna = world.signed_in("anna").await;
    let ticket = format!("/support/{number}");
    assert_eq!(anna.get(&ticket).await.status, 200);

    let mut mara = world.office("Mara", &[Permission::PortalSettings]).await;
    let path = format!("{}/tickets", base());
    let mut fields = form_of(&mara.get(&path).await);
    set(&mut fields, "permission", "own");
    let looked = send(&mut mara, &path, &fields).await;
    assert_eq!(looked.status, 200, "{}", looked.body);
    assert!(
        looked.body.contains("Anna Berg") && looked.body.contains("Nothing is saved yet"),
        "{}",
        looked.body
    );
    assert!(
        !looked.body.contains("Belt stands still"),
        "she does not work with tickets: {}",
        looked.body
    );
    assert_eq!(permission(&world).await, TicketPermission::Company);
    // What was looked at is what is saved, and nothing else.
    let mut other = form_of(&looked);
    set(&mut other, "checked", "0123456789abcdef");
    assert_eq!(send(&mut mara, &path, &other).await.status, 200);
    assert_eq!(permission(&world).await, TicketPermission::Company);
    let saved = send(&mut mara, &path, &form_of(&looked)).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_eq!(permission(&world).await, TicketPermission::Own);
    assert_eq!(anna.get(&ticket).await.status, 404);
}

#[tokio::test]
async fn who_may_enter_is_looked_at_before_it_is_changed() {
    let world = World::new().await;
    let mut mara = world.office("Mara", &[Permission::PortalSettings]).await;
    let path = format!("{}/access", base());
    let mut fields = form_of(&mara.get(&path).await);
    fields.retain(|it| it.0 != "groups");
    set(&mut fields, "edit", "add-group");
    set(&mut fields, "new_group", "Nobody yet");
    let page = send(&mut mara, &path, &fields).await;
    let looked = send(&mut mara, &path, &form_of(&page)).await;
    assert_eq!(looked.status, 200, "{}", looked.body);
    assert!(looked.body.contains("Nothing is saved yet"), "{}", looked.body);
    let mut anna = world.signed_in("anna").await;
    assert_eq!(anna.get("/support").await.status, 200);
    let saved = send(&mut mara, &path, &form_of(&looked)).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert_ne!(anna.get("/support").await.status, 200);
}
