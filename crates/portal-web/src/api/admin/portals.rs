use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{Enum, Object, OpenApi};
use portal_core::Portal;
use portal_core::access::Tab;
use portal_core::crm::{PolicyChange, PreviewAs};
use portal_core::id::{ContactId, PortalId};
use portal_core::settings::{
    BeginPortal, Cause, ChangeSettings, CheckState, CustomerPortal, PortalView, PublishPortal, Published,
    RollBackSettings, SaveStep, Section, SetUpStep, SettingsAuthor, SettingsOwner, SettingsValue, SettingsVersion,
};
use portal_core::staff::StaffActor;
use portal_core::text::Locale;

use super::caller::Caller;
use super::convert;
use super::schema::{Done, Made, NumberDto, PolicyPreviewDto, SectionDto};
use crate::api::Tag;
use crate::api::convert::instant;
use crate::api::error::ApiError;
use crate::api::schema::CountsDto;
use crate::plain::{self, Known, Settings, current};

/// Portals and their settings.
pub(in crate::api) struct PortalsApi;

/// A section of settings.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "Section", rename_all = "snake_case")]
pub(super) enum SectionName {
    /// Name, languages, time zone.
    General,
    /// Domain and slug.
    Address,
    /// Default inbox, ticket permission, hidden pipelines.
    Tickets,
    /// Who may enter.
    Access,
    /// What customers may do.
    Customers,
    /// How tickets look.
    Display,
    /// The support form.
    Form,
    /// What customers must agree to.
    Consent,
    /// Colour.
    Branding,
    /// Links of head and foot.
    Links,
    /// The texts of mails.
    MailTexts,
}

impl From<SectionName> for Section {
    fn from(name: SectionName) -> Self {
        match name {
            SectionName::General => Self::General,
            SectionName::Address => Self::Address,
            SectionName::Tickets => Self::Tickets,
            SectionName::Access => Self::Access,
            SectionName::Customers => Self::Customers,
            SectionName::Display => Self::Display,
            SectionName::Form => Self::Form,
            SectionName::Consent => Self::Consent,
            SectionName::Branding => Self::Branding,
            SectionName::Links => Self::Links,
            SectionName::MailTexts => Self::MailTexts,
        }
    }
}

/// How far a portal is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "PortalState", rename_all = "snake_case")]
enum PortalState {
    /// Somebody still sets it up; nobody can tell that it is there.
    Draft,
    /// It is open.
    Live,
    /// It was open, and is closed for now.
    Closed,
}

/// A portal in a list.
#[derive(Object, Clone, Debug)]
#[oai(rename = "PortalSummary")]
struct PortalSummary {
    /// Its id.
    id: String,
    /// Its name.
    name: String,
    /// Its host.
    host: String,
    /// The rest of its address.
    slug: String,
    /// Its primary language.
    language: String,
    /// How far it is.
    state: PortalState,
    /// How often anything about it was changed; publishing names it.
    revision: u32,
}

/// All portals.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Portals")]
struct PortalList {
    /// The portals, by host and slug.
    portals: Vec<PortalSummary>,
}

/// How a line of the check stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "CheckState", rename_all = "snake_case")]
enum CheckStateDto {
    /// Ready.
    Ready,
    /// It can be published without, and had better not be.
    Advised,
    /// It cannot be published without.
    Missing,
}

/// A line of the check before publishing.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Check")]
struct CheckDto {
    /// What was looked at: `steps`, `domain`, `inbox`, `access`, `company`, `consent`.
    item: String,
    /// How it stands.
    state: CheckStateDto,
}

/// A portal.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Portal", skip_serializing_if_is_none)]
struct PortalDto {
    /// The portal, as in lists.
    portal: PortalSummary,
    /// The settings of all sections that were changed, or that every portal has.
    settings: Settings,
    /// What is ready to be published, and what is missing.
    checks: Vec<CheckDto>,
    /// The step of the set-up that is next; missing if all were left.
    next_step: Option<String>,
    /// Where it used to be; these addresses lead on.
    formerly: Vec<String>,
}

/// A portal to be set up.
#[derive(Object, Clone, Debug)]
#[oai(rename = "NewPortal", deny_unknown_fields)]
struct NewPortal {
    /// Its name.
    name: String,
    /// The language of the domain of the base address, if that is not connected yet.
    #[oai(default)]
    language: Option<String>,
    /// The IANA time zone where the reader's is not known.
    #[oai(default)]
    time_zone: Option<String>,
}

/// Opening a portal.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Publish", deny_unknown_fields)]
struct PublishDto {
    /// The revision whose check was looked at.
    revision: u32,
    /// Whether those who may enter get their registration mail.
    send_registration_mails: bool,
    /// How many people that are, as the plan of invitations says: if they are more now, nobody is written to.
    #[oai(default)]
    recipients: u64,
}

/// What publishing came to.
#[derive(Object, Clone, Debug)]
#[oai(rename = "Published")]
struct PublishedDto {
    /// How many registration mails wait to leave.
    invited: u64,
    /// If there are more people to write to than were named: how many; nobody was written to then.
    unsent: u64,
}

/// Who changed settings.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "SettingsAuthor", rename_all = "snake_case")]
enum AuthorDto {
    /// Somebody of the staff.
    Staff,
    /// Somebody at the command line of the server.
    CommandLine,
    /// The system itself.
    System,
}

/// How a version came about.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[oai(rename = "SettingsCause", rename_all = "snake_case")]
enum CauseDto {
    /// On its page or over the API.
    Changed,
    /// In the set-up.
    SetUp,
    /// Somebody went back to an older version.
    RolledBack,
    /// A file was applied.
    Applied,
    /// By a command.
    CommandLine,
}

/// One version of the settings of a section.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SettingsVersion", skip_serializing_if_is_none)]
struct VersionDto {
    /// The section.
    section: String,
    /// Counts from 1 for each section.
    version: u32,
    /// When it was made (RFC 3339, UTC).
    at: String,
    /// Who made it.
    author: AuthorDto,
    /// The id of the staff user who made it.
    staff: Option<String>,
    /// How it came about.
    cause: CauseDto,
    /// What it says.
    settings: Settings,
}

/// Versions of settings.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SettingsVersions")]
struct VersionsDto {
    /// The versions, newest first; at most 200.
    versions: Vec<VersionDto>,
}

/// Going back to an older version, which makes a new one.
#[derive(Object, Clone, Debug)]
#[oai(rename = "RollBack", deny_unknown_fields)]
struct RollBackDto {
    /// Which section.
    section: SectionName,
    /// The version to go back to.
    to: u32,
    /// The version that was seen as the current one.
    version: u32,
}

/// One of the lists that a contact has.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SeenList")]
struct SeenListDto {
    /// `mine` or `company`.
    list: String,
    /// How many tickets there are in each stage.
    counts: CountsDto,
    /// The newest ones.
    some: Vec<NumberDto>,
}

/// What a contact sees in a portal.
#[derive(Object, Clone, Debug)]
#[oai(rename = "SeenAs", skip_serializing_if_is_none)]
struct SeenAsDto {
    /// Whether the portal lets them in.
    enters: bool,
    /// Why not.
    refused: Option<String>,
    /// The lists they have.
    lists: Vec<SeenListDto>,
}

#[OpenApi(prefix_path = "/v1/admin", tag = "Tag::Portals")]
impl PortalsApi {
    /// All portals, drafts included.
    #[oai(path = "/portals", method = "get", operation_id = "listPortals")]
    async fn list(&self, portal: Data<&Portal>, caller: Caller) -> Result<Json<PortalList>, ApiError> {
        let portals = portal.list_portals(caller.actor()).await?;
        Ok(Json(PortalList {
            portals: portals.iter().map(summary).collect(),
        }))
    }

    /// Begin to set a portal up.
    ///
    /// It is a draft with safe settings: own tickets only, and nobody may enter. Put the settings of `general`, `address`,
    /// `tickets` and `access`, then publish it.
    #[oai(path = "/portals", method = "post", operation_id = "createPortal")]
    async fn create(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<NewPortal>,
    ) -> Result<Made, ApiError> {
        let NewPortal {
            name,
            language,
            time_zone,
        } = body.0;
        let language = language
            .map(|it| convert::id_of::<Locale>("language", &it))
            .transpose()?;
        let command = BeginPortal {
            name,
            language: language.unwrap_or_else(Locale::english),
            time_zone: time_zone.unwrap_or_else(|| "UTC".to_owned()),
        };
        Ok(Made::of(portal.begin_portal(caller.actor(), &command).await?))
    }

    /// A portal, with its settings and what is missing.
    #[oai(path = "/portals/:portal", method = "get", operation_id = "getPortal")]
    async fn get(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
    ) -> Result<Json<PortalDto>, ApiError> {
        let view = service.view_portal(caller.actor(), convert::id(&portal.0)?).await?;
        let mut settings = Settings::default();
        for section in Section::ALL {
            if let Some(value) = current(&view, section) {
                merge(&mut settings, plain::write(&value));
            }
        }
        Ok(Json(PortalDto {
            portal: summary(&view.portal),
            settings,
            checks: view
                .checks
                .iter()
                .map(|it| CheckDto {
                    item: it.item.name().to_owned(),
                    state: match it.state {
                        CheckState::Ready => CheckStateDto::Ready,
                        CheckState::Advised => CheckStateDto::Advised,
                        CheckState::Missing => CheckStateDto::Missing,
                    },
                })
                .collect(),
            next_step: view.portal.set_up.resume_at().map(|it| it.name().to_owned()),
            formerly: view.formerly,
        }))
    }

    /// Delete a portal for good.
    ///
    /// It must be closed. Its tickets stay in their inboxes, which no portal shows any more. Only a token does this that was
    /// made for what is dangerous.
    #[oai(path = "/portals/:portal", method = "delete", operation_id = "deletePortal")]
    async fn delete(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Its name, so that nobody deletes another one by mistake.
        name: Query<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service
            .delete_portal(caller.actor(), convert::id(&portal.0)?, &name.0)
            .await?;
        Ok(Done::NoContent)
    }

    /// The settings of a section, with their version.
    #[oai(
        path = "/portals/:portal/settings/:section",
        method = "get",
        operation_id = "getSettings"
    )]
    async fn settings(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        section: Path<SectionName>,
    ) -> Result<Json<SectionDto>, ApiError> {
        let view = service.view_portal(caller.actor(), convert::id(&portal.0)?).await?;
        Ok(Json(shown(&view, section.0.into())))
    }

    /// Change the settings of a section as a whole.
    ///
    /// Only the settings of the section are looked at. Of a draft, it leaves the step of the set-up, too. Refused with 409 if
    /// the version is not the current one.
    #[oai(
        path = "/portals/:portal/settings/:section",
        method = "put",
        operation_id = "putSettings"
    )]
    async fn change(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        section: Path<SectionName>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<SectionDto>,
    ) -> Result<Json<SectionDto>, ApiError> {
        let section = section.0.into();
        let (view, value) = understood(&service, caller.actor(), &portal.0, section, &body.0.settings).await?;
        let made = match step_of(section).filter(|_| view.portal.set_up.is_draft()) {
            Some(step) => {
                let command = SaveStep {
                    portal: view.portal.id,
                    step,
                    value,
                    seen_version: body.0.version,
                };
                service.save_step(caller.actor(), &command).await?
            }
            None => {
                let command = ChangeSettings {
                    owner: SettingsOwner::Portal(view.portal.id),
                    value,
                    seen_version: body.0.version,
                };
                service.change_settings(caller.actor(), &command).await?
            }
        };
        Ok(Json(SectionDto {
            version: made.version,
            settings: plain::write(&made.value),
        }))
    }

    /// Who would see what if the settings of a section were changed.
    ///
    /// Only `tickets` and `access` change who sees what.
    #[oai(
        path = "/portals/:portal/settings/:section/preview",
        method = "post",
        operation_id = "previewSettings"
    )]
    async fn preview(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        section: Path<SectionName>,
        body: Json<Settings>,
    ) -> Result<Json<PolicyPreviewDto>, ApiError> {
        let section = section.0.into();
        let (view, value) = understood(&service, caller.actor(), &portal.0, section, &body.0).await?;
        let portal = view.portal.id;
        let change = match value {
            SettingsValue::Tickets(it) => PolicyChange::Tickets {
                portal,
                permission: it.permission,
                pipelines: it.hidden_pipelines,
            },
            SettingsValue::Access(it) => PolicyChange::Access {
                portal,
                access: it.rule,
            },
            _ => {
                return Err(ApiError::bad(
                    "no_preview",
                    "this section does not change who sees what",
                ));
            }
        };
        let preview = service.preview_policy(caller.actor(), &change).await?;
        Ok(Json(convert::preview(preview)))
    }

    /// The versions of the settings of a portal, newest first.
    #[oai(path = "/portals/:portal/versions", method = "get", operation_id = "listVersions")]
    async fn versions(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Only this section.
        section: Query<Option<SectionName>>,
    ) -> Result<Json<VersionsDto>, ApiError> {
        let id: PortalId = convert::id(&portal.0)?;
        service.view_portal(caller.actor(), id).await?;
        let versions = service
            .settings_history(
                caller.actor(),
                SettingsOwner::Portal(id),
                section.0.map(Section::from),
                200,
            )
            .await?;
        Ok(Json(VersionsDto {
            versions: versions.iter().map(version).collect(),
        }))
    }

    /// Go back to an older version of a section.
    #[oai(path = "/portals/:portal/roll-back", method = "post", operation_id = "rollBack")]
    async fn roll_back(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<RollBackDto>,
    ) -> Result<Json<SectionDto>, ApiError> {
        let command = RollBackSettings {
            owner: SettingsOwner::Portal(convert::id(&portal.0)?),
            section: body.0.section.into(),
            to: body.0.to,
            seen_version: body.0.version,
        };
        let made = service.roll_back_settings(caller.actor(), &command).await?;
        Ok(Json(SectionDto {
            version: made.version,
            settings: plain::write(&made.value),
        }))
    }

    /// Open a portal.
    #[oai(path = "/portals/:portal/publish", method = "post", operation_id = "publishPortal")]
    async fn publish(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
        body: Json<PublishDto>,
    ) -> Result<Json<PublishedDto>, ApiError> {
        let command = PublishPortal {
            portal: convert::id(&portal.0)?,
            send_registration_mails: body.0.send_registration_mails,
            recipients: body.0.recipients,
            seen_revision: body.0.revision,
        };
        let (invited, unsent) = match service.publish_portal(caller.actor(), command).await? {
            Published::Invited(invited) => (invited, 0),
            Published::MorePeople(unsent) => (0, unsent),
        };
        Ok(Json(PublishedDto { invited, unsent }))
    }

    /// Close a portal for now.
    ///
    /// Whoever is in is out at the next request. Publishing opens it again.
    #[oai(
        path = "/portals/:portal/unpublish",
        method = "post",
        operation_id = "unpublishPortal"
    )]
    async fn unpublish(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        _key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        service
            .unpublish_portal(caller.actor(), convert::id(&portal.0)?)
            .await?;
        Ok(Done::NoContent)
    }

    /// What a contact sees in a portal, and why not more.
    #[oai(path = "/portals/:portal/seen-as/:contact", method = "get", operation_id = "seeAs")]
    async fn seen_as(
        &self,
        service: Data<&Portal>,
        caller: Caller,
        portal: Path<String>,
        contact: Path<String>,
        /// As if the portal were open.
        as_published: Query<Option<bool>>,
    ) -> Result<Json<SeenAsDto>, ApiError> {
        let wanted = PreviewAs {
            portal: convert::id(&portal.0)?,
            contact: convert::id::<ContactId>(&contact.0)?,
            changes: Vec::new(),
            as_published: as_published.0.unwrap_or(false),
        };
        let seen = service.preview_as(caller.actor(), &wanted).await?;
        let lists = seen.lists.into_iter().map(|it| SeenListDto {
            list: match it.tab {
                Tab::Mine => "mine".to_owned(),
                Tab::Company => "company".to_owned(),
            },
            counts: it.counts.into(),
            some: it
                .some
                .into_iter()
                .map(|(number, subject)| NumberDto {
                    number: number.get(),
                    subject,
                })
                .collect(),
        });
        Ok(Json(SeenAsDto {
            enters: seen.refused.is_none(),
            refused: seen.refused.map(|it| it.to_string()),
            lists: lists.collect(),
        }))
    }
}

fn summary(it: &CustomerPortal) -> PortalSummary {
    PortalSummary {
        id: it.id.to_string(),
        name: it.name.to_string(),
        host: it.host.to_string(),
        slug: it.slug.to_string(),
        language: it.language.to_string(),
        state: if it.set_up.is_draft() {
            PortalState::Draft
        } else if it.published {
            PortalState::Live
        } else {
            PortalState::Closed
        },
        revision: it.revision,
    }
}

/// The settings of a portal, understood with everything they can refer to.
async fn understood(
    service: &Portal,
    actor: &StaffActor,
    portal: &str,
    section: Section,
    settings: &Settings,
) -> Result<(PortalView, SettingsValue), ApiError> {
    let view = service.view_portal(actor, convert::id(portal)?).await?;
    let properties = service.criteria_properties(actor).await?;
    let known = Known::of(&view, properties);
    let value = plain::read(settings, section, &known)?;
    Ok((view, value))
}

fn shown(view: &PortalView, section: Section) -> SectionDto {
    SectionDto {
        version: view.version(section),
        settings: current(view, section).as_ref().map(plain::write).unwrap_or_default(),
    }
}

/// Puts the one section that is there beside the others.
fn merge(all: &mut Settings, one: Settings) {
    let Settings {
        general,
        address,
        tickets,
        access,
        customers,
        display,
        form,
        consent,
        branding,
        links,
        mail_texts,
        private_content,
    } = one;
    all.general = general.or(all.general.take());
    all.address = address.or(all.address.take());
    all.tickets = tickets.or(all.tickets.take());
    all.access = access.or(all.access.take());
    all.customers = customers.or(all.customers.take());
    all.display = display.or(all.display.take());
    all.form = form.or(all.form.take());
    all.consent = consent.or(all.consent.take());
    all.branding = branding.or(all.branding.take());
    all.links = links.or(all.links.take());
    all.mail_texts = mail_texts.or(all.mail_texts.take());
    all.private_content = private_content.or(all.private_content.take());
}

const fn step_of(section: Section) -> Option<SetUpStep> {
    match section {
        Section::General => Some(SetUpStep::Name),
        Section::Address => Some(SetUpStep::Address),
        Section::Tickets => Some(SetUpStep::Tickets),
        Section::Access => Some(SetUpStep::Access),
        Section::Customers
        | Section::Display
        | Section::Form
        | Section::Consent
        | Section::Branding
        | Section::Links
        | Section::MailTexts
        | Section::PrivateContent => None,
    }
}

fn version(it: &SettingsVersion) -> VersionDto {
    let (author, staff) = match it.author {
        SettingsAuthor::Staff(id) => (AuthorDto::Staff, Some(id.to_string())),
        SettingsAuthor::CommandLine => (AuthorDto::CommandLine, None),
        SettingsAuthor::System => (AuthorDto::System, None),
    };
    VersionDto {
        section: it.section().name().replace('-', "_"),
        version: it.version,
        at: instant(it.at),
        author,
        staff,
        cause: match it.cause {
            Cause::Changed => CauseDto::Changed,
            Cause::Wizard => CauseDto::SetUp,
            Cause::RolledBack { .. } => CauseDto::RolledBack,
            Cause::Applied => CauseDto::Applied,
            Cause::CommandLine => CauseDto::CommandLine,
        },
        settings: plain::write(&it.value),
    }
}
