use super::*;
use crate::view::shell::Theme;

fn stories(locale: Locale) -> Vec<(String, String)> {
    let renderer = Renderer::new(Arc::new(Assets::embedded())).unwrap();
    fixtures::all(&renderer, locale, Theme::System)
}

#[test]
fn every_page_renders_in_every_language() {
    for locale in [Locale::En, Locale::De, Locale::EnXa] {
        let pages = stories(locale);
        assert!(pages.len() > 40, "only {} pages", pages.len());
        for (name, html) in pages {
            assert!(html.contains(&format!("<html lang=\"{}\"", locale.as_str())), "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name}: one h1");
            assert_eq!(html.matches("<main").count(), 1, "{name}: one main");
            assert!(
                html.contains("<title>") && !html.contains("<title></title>"),
                "{name}: a title"
            );
        }
    }
}

#[test]
fn pages_fit_the_content_security_policy() {
    for (name, html) in stories(Locale::En) {
        // The list with long texts has a script as somebody's subject, escaped.
        for (at, _) in html.match_indices("<script") {
            assert!(
                html[at..].starts_with("<script type=\"module\" src=\"/s/"),
                "{name}: inline script"
            );
        }
        for word in ["style=\"", "<style", "onclick=\"", "onload=", "javascript:"] {
            let found = html.replace("&lt;b onclick", "").contains(word);
            assert!(!found, "{name} has {word}");
        }
    }
}

#[test]
fn text_of_people_is_escaped_once() {
    for (name, html) in stories(Locale::En) {
        assert!(!html.contains("<script>alert"), "{name}: markup from a subject");
        assert!(!html.contains("<Sons>"), "{name}: markup from a name");
        for twice in ["&amp;amp;", "&amp;lt;", "&amp;#", "&amp;quot;", "&lt;bdi"] {
            assert!(!html.contains(twice), "{name}: {twice}");
        }
    }
}

#[test]
fn links_inside_the_page_lead_somewhere_and_ids_are_unique() {
    for (name, html) in stories(Locale::De) {
        let mut ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}: an id is there twice");
        for mark in ["href=\"#", "popovertarget=\"", "commandfor=\"", " for=\""] {
            for target in html.split(mark).skip(1).filter_map(|part| part.split('"').next()) {
                assert!(ids.contains(&target), "{name}: {mark}{target}");
            }
        }
        for mark in ["aria-labelledby=\"", "aria-describedby=\""] {
            for target in html.split(mark).skip(1).filter_map(|part| part.split('"').next()) {
                for one in target.split_whitespace() {
                    assert!(ids.contains(&one), "{name}: {mark}{one}");
                }
            }
        }
    }
}

#[test]
fn the_pseudo_language_shows_no_text_from_outside_the_language_files() {
    for (name, html) in stories(Locale::EnXa) {
        for word in [
            "Search tickets",
            "Sign out",
            "New ticket",
            "Close ticket",
            "Send reply",
            ">Filter<",
            "Password<",
        ] {
            assert!(!html.contains(word), "{name}: {word}");
        }
    }
}

#[test]
fn refused_forms_say_so_in_the_title_and_lead_to_the_field() {
    let pages = stories(Locale::En);
    let page = |wanted: &str| &pages.iter().find(|(name, _)| name == wanted).unwrap().1;
    for name in ["new-refused", "ticket-refused", "sign-in-refused", "account-refused"] {
        assert!(page(name).contains("<title>Error: "), "{name}");
        assert!(page(name).contains("aria-invalid=\"true\""), "{name}");
    }
    let new = page("new-refused");
    assert!(new.contains("href=\"#f-subject\"") && new.contains("id=\"f-subject-problem\""));
    assert!(new.contains("name=\"staged\" value=\"f1\" checked"));
    assert!(new.contains("Since the update to 9.2"));
    assert!(!page("new").contains("<title>Error: "));
}
