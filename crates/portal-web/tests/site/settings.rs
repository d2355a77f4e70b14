//! The staff's pages of settings, as a browser without scripts has them.

use poem::test::{TestForm, TestFormField};
use portal_core::ports::{Access, Store};
use portal_core::settings::{
    Branding, ConsentNotice, PortalLinks, Section, SettingsOwner, SettingsValue, SupportForm, TicketDisplay,
};
use portal_core::staff::Permission;

use crate::world::{Browser, Got, World, portal_id};

pub(crate) fn base() -> String {
    format!("/admin/portals/{}", portal_id(0))
}

impl World {
    async fn setting(&self, section: Section) -> Option<SettingsValue> {
        let mut tx = self.store.begin(Access::Read).await.unwrap();
        let owner = SettingsOwner::Portal(portal_id(0));
        let found = tx.settings().current_settings(owner, section).await.unwrap();
        found.map(|it| it.value)
    }
}

/// All fields of the form of a page, as a browser would send them back unchanged.
pub(crate) fn form_of(got: &Got) -> Vec<(String, String)> {
    let start = got.body.find("settings-form").unwrap_or_else(|| panic!("{}", got.body));
    let form = got.body[start..].split("</form>").next().unwrap();
    let text = |it: &str| {
        it.replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let attribute = |tag: &str, name: &str| {
        let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[at..].split('"').next().map(text)
    };
    let mut fields = Vec::new();
    let mut rest = form;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let tag = rest.split('>').next().unwrap();
        let name = attribute(tag, "name");
        if let (true, Some(name)) = (tag.starts_with("input"), &name) {
            let kind = attribute(tag, "type").unwrap_or_default();
            if !matches!(kind.as_str(), "checkbox" | "radio") || tag.contains(" checked") {
                fields.push((name.clone(), attribute(tag, "value").unwrap_or_default()));
            }
        } else if let (true, Some(name)) = (tag.starts_with("textarea"), &name) {
            let inside = rest[tag.len() + 1..].split("</textarea>").next().unwrap();
            fields.push((name.clone(), text(inside.strip_prefix('\n').unwrap_or(inside))));
        } else if let (true, Some(name)) = (tag.starts_with("select"), &name) {
            let inside = rest.split("</select>").next().unwrap();
            let chosen = inside.split("<option").skip(1).find(|it| it.contains(" selected"));
            let first = inside.split("<option").nth(1);
            if let Some(option) = chosen.or(first) {
                fields.push((
                    name.clone(),
                    attribute(&format!(" {option}"), "value").unwrap_or_default(),
                ));
            }
        }
    }
    fields
}

pub(crate) async fn send(browser: &mut Browser<'_>, path: &str, fields: &[(String, String)]) -> Got {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(path, &fields).await
}

pub(crate) fn set(fields: &mut Vec<(String, String)>, name: &str, value: &str) {
    match fields.iter_mut().find(|it| it.0 == name) {
        Some(field) => value.clone_into(&mut field.1),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
}

async fn keeper(world: &World) -> Browser<'_> {
    world.office("Mara", &[Permission::PortalSettings]).await
}

#[tokio::test]
async fn every_page_of_settings_saved_as_it_is_changes_nothing() {
    let world = World::new().await;
    let mut mara = keeper(&world).await;
    for section in ["display", "form", "consent", "branding", "links"] {
        let path = format!("{}/{section}", base());
        let page = mara.get(&path).await;
        assert_eq!(page.status, 200, "{section}: {}", page.body);
        let saved = send(&mut mara, &path, &form_of(&page)).await;
        assert_eq!(saved.status, 303, "{section}: {}", saved.body);
        assert_eq!(saved.location(), path);
        let value = world.setting(Section::named(section).unwrap()).await.unwrap();
        let usual = match &value {
            SettingsValue::Display(it) => *it == TicketDisplay::default(),
            SettingsValue::Form(it) => *it == SupportForm::default(),
            SettingsValue::Consent(it) => *it == ConsentNotice::default(),
            SettingsValue::Branding(it) => *it == Branding::default(),
            SettingsValue::Links(it) => *it == PortalLinks::default(),
            _ => false,
        };
        assert!(usual, "{value:?}");
    }
}

#[tokio::test]
async fn columns_are_added_moved_and_removed_by_buttons_and_customers_see_them() {
    let world = World::new().await;
    let mut mara = keeper(&world).await;
    let path = format!("{}/display", base());
    let mut page = mara.get(&path).await;
    for (button, choice) in [
        ("add-columns", "priority"),
        ("up-columns-4", ""),
        ("remove-columns-2", ""),
    ] {
        let mut fields = form_of(&page);
        set(&mut fields, "edit", button);
        if !choice.is_empty() {
            set(&mut fields, "add_columns", choice);
        }
        set(&mut fields, "label.en", "Requests");
        set(&mut fields, "label.de", "Anfragen");
        page = send(&mut mara, &path, &fields).await;
        assert_eq!(page.status, 200, "{}", page.body);
    }
    assert_eq!(world.setting(Section::Display).await, None, "nothing was saved yet");
    let fields = form_of(&page);
    let columns: Vec<&str> = fields
        .iter()
        .filter(|it| it.0 == "columns")
        .map(|it| it.1.as_str())
        .collect();
    assert_eq!(columns, ["subject", "status", "priority", "updated"]);
    let saved = send(&mut mara, &path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);

    let mut anna = world.signed_in("anna").await;
    let list = anna.get("/support").await;
    assert!(list.body.contains("Requests"), "{}", list.body);
}

#[tokio::test]
async fn the_builder_makes_a_form_with_conditions() {
    let world = World::new().await;
    world
        .ticket_property("line", portal_core::property::PropertyType::Choice)
        .await;
    let mut mara = keeper(&world).await;
    let path = format!("{}/form", base());
    let mut fields = form_of(&mara.get(&path).await);
    set(&mut fields, "edit", "add-fields");
    set(&mut fields, "add_fields", "property-line");
    let page = send(&mut mara, &path, &fields).await;
    let mut fields = form_of(&page);
    assert!(
        fields
            .iter()
            .any(|it| it == &("n-5".to_owned(), "property-line".to_owned())),
        "{fields:?}"
    );
    // Two answers of different fields cannot be meant.
    set(&mut fields, "options-5", "l1 | Line one | Linie eins\nl2");
    fields.push(("when-5".to_owned(), "priority=high".to_owned()));
    fields.push(("when-5".to_owned(), "category=Hardware".to_owned()));
    let refused = send(&mut mara, &path, &fields).await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(
        refused.body.contains("href=\"#f-when.property-line\""),
        "{}",
        refused.body
    );
    assert!(
        refused.body.contains("l1 | Line one | Linie eins"),
        "nothing is lost: {}",
        refused.body
    );
    fields.retain(|it| it.1 != "category=Hardware");
    let saved = send(&mut mara, &path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let again = form_of(&mara.get(&path).await);
    for kept in [
        ("options-5", "l1 | Line one | Linie eins\nl2"),
        ("when-5", "priority=high"),
    ] {
        assert!(
            again.iter().any(|it| (it.0.as_str(), it.1.as_str()) == kept),
            "{again:?}"
        );
    }
    let mut anna = world.signed_in("anna").await;
    let new = anna.get("/support/new").await;
    assert!(new.body.contains("Line one"), "{}", new.body);
}

#[tokio::test]
async fn a_lost_update_is_refused_with_both_values_shown() {
    let world = World::new().await;
    let mut mara = keeper(&world).await;
    let mut jo = world.office("Jo", &[Permission::PortalSettings]).await;
    let path = format!("{}/links", base());
    let (mut hers, mut his) = (form_of(&mara.get(&path).await), form_of(&jo.get(&path).await));
    for (fields, words) in [(&mut hers, "Her shop"), (&mut his, "His blog")] {
        set(fields, "header-0.en", words);
        set(fields, "header-to-0", "https://acme.example/");
    }
    assert_eq!(send(&mut mara, &path, &hers).await.status, 303);
    let refused = send(&mut jo, &path, &his).await;
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(
        refused.body.contains("Her shop") && refused.body.contains("His blog"),
        "{}",
        refused.body
    );
    // Saved again, it is meant.
    let saved = send(&mut jo, &path, &form_of(&refused)).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let history = jo.get(&format!("{}/history", base())).await;
    assert!(
        history.body.contains("Her shop") && history.body.contains("His blog"),
        "{}",
        history.body
    );
}

#[tokio::test]
async fn adm_017_a_link_that_leads_anywhere_else_is_refused_and_named() {
    let world = World::new().await;
    let mut mara = keeper(&world).await;
    let path = format!("{}/links", base());
    for to in [
        "javascript:alert(1)",
        "http://acme.example/",
        "//evil.example",
        "https://acme.example@evil.example/",
        "",
    ] {
        let mut fields = form_of(&mara.get(&path).await);
        set(&mut fields, "footer-0.en", "Imprint <b>");
        set(&mut fields, "footer-to-0", to);
        let refused = send(&mut mara, &path, &fields).await;
        assert_eq!(refused.status, 422, "{to}: {}", refused.body);
        assert!(refused.body.contains("href=\"#f-footer.0\""), "{}", refused.body);
        assert!(refused.body.contains("Imprint &lt;b&gt;"), "{}", refused.body);
    }
}

#[tokio::test]
async fn a_changed_notice_has_another_number_and_going_back_has_yet_another() {
    let world = World::new().await;
    let mut mara = keeper(&world).await;
    let path = format!("{}/consent", base());
    for text in ["One.", "Two."] {
        let mut fields = form_of(&mara.get(&path).await);
        set(&mut fields, "text.en", text);
        assert_eq!(send(&mut mara, &path, &fields).await.status, 303);
    }
    let back = [("section", "consent"), ("to", "1"), ("seen", "2")];
    let got = mara.post(&format!("{}/history", base()), &back).await;
    assert_eq!(got.status, 303, "{}", got.body);
    let Some(SettingsValue::Consent(notice)) = world.setting(Section::Consent).await else {
        panic!("no notice");
    };
    assert_eq!((notice.version, notice.counts_from), (3, 3));
    let page = mara.get(&path).await;
    assert!(page.body.contains("Version 3"), "{}", page.body);
}

#[tokio::test]
async fn a_logo_is_made_anew_and_shown_and_a_bad_colour_is_named() {
    let world = World::new().await;
    let mut mara = keeper(&world).await;
    let path = format!("{}/branding", base());
    let picture = |bytes: &'static [u8]| {
        let part = TestFormField::bytes(bytes).name("picture").filename("logo.png");
        TestForm::new().text("was", "").field(part)
    };
    let refused = mara
        .upload(&format!("{path}/logo"), picture(b"<svg onload=alert(1)>"))
        .await;
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(refused.body.contains("href=\"#f-logo\""), "{}", refused.body);
    let saved = mara.upload(&format!("{path}/logo"), picture(b"\x89PNG 1")).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = mara.get(&path).await;
    let at = page.body.find(&format!("{}/picture/", base())).unwrap();
    let href = page.body[at..].split('"').next().unwrap().to_owned();
    let shown = mara.get(&href).await;
    assert_eq!((shown.status, shown.header("content-type")), (200, "image/png"));
    let strange = mara.get(&format!("{}/picture/0123456789abcdef", base())).await;
    assert_eq!(strange.status, 404);
    // Somebody who did not see this logo does not take it away.
    let lost = mara.upload(&format!("{path}/logo"), picture(b"\x89PNG 2")).await;
    assert_eq!(lost.status, 409, "{}", lost.body);

    let mut fields = form_of(&page);
    set(&mut fields, "accent", "reddish");
    let refused = send(&mut mara, &path, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(
        refused.body.contains("href=\"#f-accent\"") && refused.body.contains("reddish"),
        "{}",
        refused.body
    );
    set(&mut fields, "accent", "FFE600");
    let saved = send(&mut mara, &path, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    let page = mara.get(&path).await;
    assert!(
        page.body.contains("#ffe600") && page.body.contains("picture/"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn adm_016_017_texts_of_mails_have_a_closed_set_of_placeholders_and_the_link() {
    let world = World::new().await;
    let mut mara = keeper(&world).await;
    let list = mara.get(&format!("{}/mail-texts", base())).await;
    assert_eq!(list.status, 200, "{}", list.body);
    let path = format!("{}/mail-texts/invitation/en", base());
    let page = mara.get(&path).await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(page.header("content-security-policy").contains("frame-src 'self'"));
    let text = |subject: &'static str, body: &'static str| {
        [("seen", "0"), ("do", "save"), ("subject", subject), ("body", body)]
    };
    for (subject, body, field) in [
        ("Hello", "{{config.secret}} {link}", "body"),
        ("Hello", "No link", "body"),
        ("{link}", "{link}", "subject"),
        ("Hello", "{link} https://evil.example", "body"),
    ] {
        let refused = mara.post(&path, &text(subject, body)).await;
        assert_eq!(refused.status, 422, "{}", refused.body);
        assert!(
            refused.body.contains(&format!("href=\"#f-{field}\"")),
            "{}",
            refused.body
        );
    }
    assert_eq!(world.setting(Section::MailTexts).await, None);
    let look = mara
        .post(&format!("{path}/preview"), &text("Hello", "Come in: {link}"))
        .await;
    assert_eq!(look.status, 200, "{}", look.body);
    let policy = look.header("content-security-policy");
    assert!(
        policy.starts_with("sandbox; default-src 'none'") && policy.contains("frame-ancestors 'self'"),
        "{policy}"
    );
    assert_eq!(mara.post(&path, &text("Hello", "Come in: {link}")).await.status, 303);
    assert!(mara.get(&path).await.body.contains("Come in: {link}"));
    let test = [
        ("seen", "1"),
        ("do", "test"),
        ("subject", "Hello"),
        ("body", "{link}"),
        ("to", "no address"),
    ];
    assert_eq!(mara.post(&path, &test).await.status, 422);
    let test = [
        ("seen", "1"),
        ("do", "test"),
        ("subject", "Hello"),
        ("body", "{link}"),
        ("to", "me@acme.example"),
    ];
    assert_eq!(mara.post(&path, &test).await.status, 303);
    let reset = [("seen", "1"), ("do", "reset"), ("subject", "Hello"), ("body", "{link}")];
    assert_eq!(mara.post(&path, &reset).await.status, 303);
    assert!(!mara.get(&path).await.body.contains("Come in: {link}"));
}

#[tokio::test]
async fn adm_005_nobody_else_reaches_a_page_of_settings() {
    let world = World::new().await;
    let pages = [
        "display",
        "form",
        "consent",
        "branding",
        "links",
        "mail-texts",
        "mail-texts/invitation/en/preview",
    ];
    let mut anna = world.signed_in("anna").await;
    let mut agent = world.office("Agent", &[Permission::HelpDesk, Permission::Crm]).await;
    let mut nobody = world.browser();
    for page in pages {
        let path = format!("{}/{page}", base());
        assert_eq!(nobody.get(&path).await.status, 303, "{page}");
        assert_eq!(anna.get(&path).await.status, 303, "a contact is nobody here: {page}");
        assert_eq!(agent.get(&path).await.status, 403, "{page}");
        if page != "mail-texts" {
            assert_eq!(agent.post(&path, &[("seen", "0")]).await.status, 403, "{page}");
        }
    }
}
