//! Portals and their settings.

use portal_core::crm::{AccessGroup, GroupKind};
use portal_core::id::{AccessGroupId, DomainId, InboxId, PipelineId, PortalId, Uuid};
use portal_core::settings::{
    BeginPortal, ChangeSettings, Domain, Inbox, Ownership, PortalView, PublishPortal, SaveStep, Section, SetUpStep,
    SettingsOwner, ViewPortalError,
};
use portal_core::text::Locale;
use portal_web::plain::{self, Address, Known, Settings, Unfit, current};

use super::Applying;
use super::change::{Changes, Names};
use super::file::{File, PortalPart, Wrong};
use super::things::{changing, differ};

/// The sections of the four steps, in order.
const STEPS: [(Section, SetUpStep); 4] = [
    (Section::General, SetUpStep::Name),
    (Section::Address, SetUpStep::Address),
    (Section::Tickets, SetUpStep::Tickets),
    (Section::Access, SetUpStep::Access),
];

impl Applying<'_> {
    pub(super) async fn portals(&self, file: &File, changes: &mut Changes) -> Result<(), Wrong> {
        for (place, part) in file.portals.iter().enumerate() {
            self.portal(file, place, part, changes)
                .await
                .map_err(|wrong| match wrong {
                    Wrong::Unfit(it) if it.path.first().is_none_or(|it| it != "portal") => {
                        Wrong::Unfit(it.within(place.to_string()).within("portal"))
                    }
                    wrong => wrong,
                })?;
        }
        Ok(())
    }

    async fn portal(&self, file: &File, place: usize, part: &PortalPart, changes: &mut Changes) -> Result<(), Wrong> {
        let settings = &part.settings;
        if settings.private_content.is_some() || settings.address.is_some() {
            let problem = "a portal's address is `domain` and `slug`, and private content belongs to a domain";
            return Err(Unfit::new("settings", problem).into());
        }
        let name = format!("portal {}/{}", part.domain, part.slug);
        let all = self.wired.portal.list_portals(&self.actor).await?;
        let found = all
            .iter()
            .find(|it| it.host.as_str() == part.domain.to_ascii_lowercase() && it.slug.as_str() == part.slug);
        let settings = Settings {
            address: Some(Address {
                domain: part.domain.to_ascii_lowercase(),
                slug: part.slug.clone(),
            }),
            ..settings.clone()
        };
        let id = match found {
            Some(found) => found.id,
            None => {
                changes.note(format!("+ {name}"));
                match self.begun(file, part, &settings, changes).await? {
                    Some(id) => id,
                    None => return Ok(()),
                }
            }
        };
        for section in Section::ALL {
            self.section(file, place, id, section, &settings, changes, &name)
                .await?;
        }
        self.published(place, id, part, changes, &name).await
    }

    /// A draft; nothing if nothing is to be changed, but everything that would be is looked at.
    async fn begun(
        &self,
        file: &File,
        part: &PortalPart,
        settings: &Settings,
        changes: &mut Changes,
    ) -> Result<Option<PortalId>, Wrong> {
        let general = settings.general.as_ref();
        let general = general.ok_or_else(|| Unfit::new("settings", "a new portal needs `general` with a name"))?;
        if self.dry_run {
            let known = self.foreseen(file, part).await?;
            for section in Section::ALL {
                if has(settings, section) {
                    let value = plain::read(settings, section, &known).map_err(|it| it.within("settings"))?;
                    let what = format!("+ {}", section.name());
                    differ(changes, what, None, &value, &names(&known));
                }
            }
            if part.publish == Some(true) {
                changes.note("published");
            }
            return Ok(None);
        }
        let command = BeginPortal {
            name: general.name.clone(),
            language: Locale::english(),
            time_zone: general.time_zone.clone(),
        };
        let begun = self.wired.portal.begin_portal(&self.actor, &command).await;
        Ok(Some(begun.map_err(|err| changing(&["settings", "general"], err))?))
    }

    async fn view(&self, id: PortalId) -> Result<PortalView, Wrong> {
        let view = self.wired.portal.view_portal(&self.actor, id).await;
        view.map_err(|err| match err {
            ViewPortalError::Staff(err) => err.into(),
            ViewPortalError::Store(err) => err.into(),
            ViewPortalError::NotFound => Wrong::at(&[], err),
        })
    }

    #[expect(clippy::too_many_arguments, reason = "all of it is about one section of one portal")]
    async fn section(
        &self,
        file: &File,
        place: usize,
        id: PortalId,
        section: Section,
        settings: &Settings,
        changes: &mut Changes,
        name: &str,
    ) -> Result<(), Wrong> {
        let view = self.view(id).await?;
        let step = STEPS.iter().find(|it| it.0 == section).map(|it| it.1);
        let open = view.portal.set_up.is_draft().then_some(step).flatten();
        if !has(settings, section) && open.is_none() {
            return Ok(());
        }
        let mut known = Known::of(&view, self.criteria_properties(file).await?);
        if self.dry_run {
            Self::foresee(file, &mut known);
        }
        let before = current(&view, section);
        let value = if has(settings, section) {
            plain::read(settings, section, &known).map_err(|it| it.within("settings"))?
        } else {
            // A step that the file says nothing of is left as it is.
            before
                .clone()
                .ok_or_else(|| Unfit::new("settings", "the address must be there"))?
        };
        let same = before.as_ref() == Some(&value);
        if !same {
            let what = format!("{name}, {}", section.name());
            differ(changes, what, before.as_ref(), &value, &names(&known));
        }
        if self.dry_run || (same && open.is_none()) {
            return Ok(());
        }
        let seen_version = view.version(section);
        let made = match open {
            Some(step) => {
                let command = SaveStep {
                    portal: id,
                    step,
                    value,
                    seen_version,
                };
                self.wired.portal.save_step(&self.actor, &command).await
            }
            None => {
                let command = ChangeSettings {
                    owner: SettingsOwner::Portal(id),
                    value,
                    seen_version,
                };
                self.wired.portal.change_settings(&self.actor, &command).await
            }
        };
        made.map_err(|err| match err {
            portal_core::settings::ChangeSettingsError::Problems(problems) => {
                Wrong::settings(place, section, &problems)
            }
            err => changing(&["settings", section.name()], err),
        })?;
        Ok(())
    }

    /// Opens or closes a portal. Nobody is written to: whoever is to be invited is, on the page or over the API.
    async fn published(
        &self,
        place: usize,
        id: PortalId,
        part: &PortalPart,
        changes: &mut Changes,
        name: &str,
    ) -> Result<(), Wrong> {
        let view = self.view(id).await?;
        let at = place.to_string();
        let path = ["portal", &at, "publish"];
        match part.publish {
            Some(true) if !view.portal.published => {
                changes.note(format!("{name}: published"));
                let command = PublishPortal {
                    portal: id,
                    send_registration_mails: view.portal.send_registration_mails,
                    recipients: 0,
                    seen_revision: view.portal.revision,
                };
                if !self.dry_run {
                    let done = self.wired.portal.publish_portal(&self.actor, command).await;
                    done.map_err(|err| changing(&path, err))?;
                }
            }
            Some(false) if view.portal.published => {
                changes.note(format!("{name}: closed"));
                if !self.dry_run {
                    let done = self.wired.portal.unpublish_portal(&self.actor, id).await;
                    done.map_err(|err| changing(&path, err))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// What references could mean in a portal that is not there yet.
    async fn foreseen(&self, file: &File, part: &PortalPart) -> Result<Known, Wrong> {
        let portal = &self.wired.portal;
        let (inboxes, pipelines) = portal.list_inboxes(&self.actor).await?;
        let groups = portal.list_groups(&self.actor).await?;
        let mut known = Known {
            language: None,
            domains: portal.list_domains(&self.actor).await?,
            inboxes,
            pipelines,
            groups: groups.into_iter().map(|it| it.group).collect(),
            properties: self.criteria_properties(file).await?,
            versions: Vec::new(),
        };
        Self::foresee(file, &mut known);
        let host = part.domain.to_ascii_lowercase();
        known.language = known
            .domains
            .iter()
            .find(|it| it.host.as_str() == host)
            .map(|it| it.language.clone());
        Ok(known)
    }

    /// Adds what the file would make.
    fn foresee(file: &File, known: &mut Known) {
        // Ids that nothing has: they are only told apart.
        let mut last = 0_u128;
        let mut fresh = || {
            last += 1;
            Uuid::from_u128(last)
        };
        for part in &file.domains {
            let (Ok(host), Ok(language)) = (part.host.parse(), part.language.parse()) else {
                continue;
            };
            if known.domains.iter().all(|it| it.host != host) {
                known.domains.push(Domain {
                    id: DomainId::from_uuid(fresh()),
                    host,
                    language,
                    ownership: Ownership::Local,
                    private: portal_core::settings::PrivateContent::default(),
                    from: None,
                });
            }
        }
        for part in &file.inboxes {
            let Ok(name) = part.name.parse() else { continue };
            if known.inboxes.iter().all(|it| it.name != name) {
                known.inboxes.push(Inbox {
                    id: InboxId::from_uuid(fresh()),
                    name,
                    portal: None,
                    pipeline: PipelineId::from_uuid(fresh()),
                    moving_to: None,
                });
            }
        }
        for part in &file.groups {
            let Ok(name) = part.name.parse() else { continue };
            if known.groups.iter().all(|it| it.name != name) {
                known.groups.push(AccessGroup {
                    id: AccessGroupId::from_uuid(fresh()),
                    name,
                    kind: GroupKind::Static,
                });
            }
        }
    }
}

/// Names for the ids that settings refer to.
fn names(known: &Known) -> Names {
    let names = Names::default();
    let names = known.domains.iter().fold(names, |all, it| all.with(it.id, &it.host));
    let names = known.inboxes.iter().fold(names, |all, it| all.with(it.id, &it.name));
    let names = known
        .pipelines
        .iter()
        .fold(names, |all, it| all.with(it.id(), it.name()));
    known.groups.iter().fold(names, |all, it| all.with(it.id, &it.name))
}

const fn has(settings: &Settings, section: Section) -> bool {
    match section {
        Section::General => settings.general.is_some(),
        Section::Address => settings.address.is_some(),
        Section::Tickets => settings.tickets.is_some(),
        Section::Access => settings.access.is_some(),
        Section::Customers => settings.customers.is_some(),
        Section::Display => settings.display.is_some(),
        Section::Form => settings.form.is_some(),
        Section::Consent => settings.consent.is_some(),
        Section::Branding => settings.branding.is_some(),
        Section::Links => settings.links.is_some(),
        Section::MailTexts => settings.mail_texts.is_some(),
        Section::PrivateContent => settings.private_content.is_some(),
    }
}
