use std::collections::BTreeSet;

use portal_core::access::{AccessRule, CustomersMay, TicketPermission};
use portal_core::actor::Task;
use portal_core::id::{AgentId, DomainId, InvitationId, PortalId, Uuid};
use portal_core::membership::Invitation;
use portal_core::ports::{Access, Store};
use portal_core::settings::{
    AccessSettings, Address, Cause, Domain, General, Host, Ownership, PrivateContent, Section, SetUp, SetUpStep,
    SettingsAuthor, SettingsOwner, SettingsValue, SettingsVersion, TicketSettings,
};
use portal_core::text::Locale;

use super::small::{committed, conflict, usable, world};
use crate::conformance::Broken;
use crate::conformance::broken::{ensure, same};
use crate::world::{Place, at};

const TASK: &Task = &Task::Maintenance;

fn domain_id(place: &Place, number: u64) -> DomainId {
    DomainId::from_uuid(Uuid::from_u128(u128::from(place.base) << 8 | u128::from(number)))
}

fn domain(place: &Place, number: u64, host: &Host) -> Domain {
    Domain {
        id: domain_id(place, number),
        host: host.clone(),
        language: Locale::german(),
        ownership: Ownership::Local,
        private: PrivateContent::default(),
        from: None,
    }
}

fn version(owner: SettingsOwner, version: u32, value: SettingsValue) -> SettingsVersion {
    SettingsVersion {
        owner,
        version,
        value,
        author: SettingsAuthor::System,
        at: at(i64::from(version)),
        cause: Cause::Changed,
    }
}

fn may(close: bool) -> SettingsValue {
    SettingsValue::Customers(CustomersMay {
        close,
        ..CustomersMay::default()
    })
}

pub(super) async fn versions_come_one_after_the_other(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let owner = SettingsOwner::Portal(place.portal_id(0));
    same!(
        tx.settings().current_settings(owner, Section::Customers).await?,
        None,
        "settings that were never changed"
    );
    let step = version(owner, 2, may(false));
    ensure!(
        !tx.settings().add_settings_version(TASK, &step).await?,
        "a second version without a first"
    );
    let first = version(owner, 1, may(true));
    ensure!(
        tx.settings().add_settings_version(TASK, &first).await?,
        "the first version was refused"
    );
    let rival = version(owner, 1, may(false));
    ensure!(
        !tx.settings().add_settings_version(TASK, &rival).await?,
        "a second first version"
    );
    usable(&mut *tx, &place).await?;
    let found = tx.settings().current_settings(owner, Section::Customers).await?;
    same!(found, Some(first.clone()), "the current settings");
    let second = SettingsVersion {
        author: SettingsAuthor::Staff(AgentId::from_uuid(Uuid::from_u128(5))),
        cause: Cause::RolledBack { to: 1 },
        ..step
    };
    ensure!(
        tx.settings().add_settings_version(TASK, &second).await?,
        "the second version was refused"
    );
    let current = tx.settings().current_settings(owner, Section::Customers).await?;
    same!(current, Some(second), "the current settings, later");
    let other = SettingsOwner::Domain(domain_id(&place, 1));
    let of_other = tx.settings().current_settings(other, Section::Customers).await?;
    same!(of_other, None, "the settings of another owner");
    let old = tx
        .settings()
        .settings_version(TASK, owner, Section::Customers, 1)
        .await?;
    same!(old, Some(first), "an old version");
    Ok(())
}

pub(super) async fn settings_of_every_section_come_back(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let owner = SettingsOwner::Portal(place.portal_id(0));
    let portal = place.portal(&world, 0)?;
    let values = [
        SettingsValue::General(General {
            name: portal.name.clone(),
            offered: BTreeSet::from([Locale::german()]),
            time_zone: "Europe/Vienna".to_owned(),
        }),
        SettingsValue::Address(Address {
            domain: domain_id(&place, 1),
            slug: portal.slug.clone(),
        }),
        SettingsValue::Tickets(TicketSettings {
            default_inbox: place.inbox_id(0),
            permission: TicketPermission::Company,
            hidden_pipelines: portal.hidden_pipelines.clone(),
        }),
        SettingsValue::Access(AccessSettings {
            rule: AccessRule::EveryRegisteredContact,
            send_registration_mails: true,
        }),
        may(false),
    ];
    for value in &values {
        let it = version(owner, 1, value.clone());
        ensure!(tx.settings().add_settings_version(TASK, &it).await?, "refused");
    }
    let owner_of_domain = SettingsOwner::Domain(domain_id(&place, 1));
    let private = SettingsValue::PrivateContent(PrivateContent {
        company_name: Some("Kestrel".parse()?),
        admin_contact: Some("help@kestrel.example".parse()?),
        self_registration: true,
        ..PrivateContent::default()
    });
    let it = version(owner_of_domain, 1, private);
    ensure!(tx.settings().add_settings_version(TASK, &it).await?, "refused");
    let all = tx.settings().all_current_settings(owner).await?;
    let found: Vec<SettingsValue> = all.into_iter().map(|it| it.value).collect();
    same!(found, values.to_vec(), "all settings of the portal");
    let of_domain = tx.settings().all_current_settings(owner_of_domain).await?;
    same!(of_domain, vec![it], "all settings of the domain");
    // The newest of each section, not the newest of all.
    ensure!(
        tx.settings()
            .add_settings_version(TASK, &version(owner, 2, may(true)))
            .await?,
        "refused"
    );
    let all = tx.settings().all_current_settings(owner).await?;
    let versions: Vec<u32> = all.iter().map(|it| it.version).collect();
    same!(versions, vec![1, 1, 1, 1, 2], "the newest version of each section");
    Ok(())
}

pub(super) async fn the_history_is_newest_first_and_bounded(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let owner = SettingsOwner::Portal(place.portal_id(0));
    let access = SettingsValue::Access(AccessSettings {
        rule: AccessRule::EveryRegisteredContact,
        send_registration_mails: false,
    });
    let of_access = SettingsVersion {
        at: at(2),
        ..version(owner, 1, access)
    };
    let mut wanted = vec![version(owner, 1, may(true)), of_access];
    wanted.extend([version(owner, 2, may(false)), version(owner, 3, may(true))]);
    for it in &wanted {
        ensure!(tx.settings().add_settings_version(TASK, it).await?, "refused");
    }
    wanted.reverse();
    // At the same instant, section and version decide.
    wanted.swap(1, 2);
    wanted.sort_by_key(|it| std::cmp::Reverse((it.at, it.section().name(), it.version)));
    let all = tx.settings().settings_history(TASK, owner, None, 10).await?;
    same!(all, wanted, "the history of everything");
    let two = tx.settings().settings_history(TASK, owner, None, 2).await?;
    same!(
        two,
        wanted.iter().take(2).cloned().collect::<Vec<_>>(),
        "two of the history"
    );
    let of_section = tx
        .settings()
        .settings_history(TASK, owner, Some(Section::Customers), 10)
        .await?;
    let versions: Vec<u32> = of_section.iter().map(|it| it.version).collect();
    same!(versions, vec![3, 2, 1], "the history of a section");
    Ok(())
}

pub(super) async fn hosts_of_domains_are_unique(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let world = world();
    let place = world.install(&mut *tx).await?;
    let host = place.portal(&world, 0)?.host;
    let first = Domain {
        from: Some(("Kestrel".parse()?, "support@kestrel.example".parse()?)),
        ownership: Ownership::Verified {
            at: at(3),
            challenge: "portal=abc".to_owned(),
        },
        ..domain(&place, 1, &host)
    };
    tx.settings().put_domain(TASK, &first).await?;
    conflict(
        tx.settings().put_domain(TASK, &domain(&place, 2, &host)).await,
        "a second domain with a host",
    )?;
    usable(&mut *tx, &place).await?;
    for found in [
        tx.settings().domain(first.id).await?,
        tx.settings().domain_of(&host).await?,
        tx.settings().domain_to_change(TASK, first.id).await?,
    ] {
        same!(found, Some(first.clone()), "the domain");
    }
    let changed = Domain {
        language: Locale::english(),
        ..first
    };
    tx.settings().put_domain(TASK, &changed).await?;
    let ours = |all: Vec<Domain>| -> Vec<Domain> { all.into_iter().filter(|it| it.host == host).collect() };
    same!(
        ours(tx.settings().all_domains(TASK).await?),
        vec![changed.clone()],
        "all domains"
    );
    tx.settings().remove_domain(TASK, changed.id).await?;
    tx.settings().remove_domain(TASK, changed.id).await?;
    same!(tx.settings().domain_of(&host).await?, None, "a removed domain");
    Ok(())
}

pub(super) async fn served_hosts_are_proven_or_without_domain(store: &dyn Store) -> Result<(), Broken> {
    let world = world();
    let place = committed(store, &world).await?;
    let host = place.portal(&world, 0)?.host;
    let mut tx = store.begin(Access::Write).await?;
    ensure!(
        tx.settings().served_hosts().await?.contains(&host),
        "the host of a portal without domain is not served"
    );
    let pending = Domain {
        ownership: Ownership::Pending {
            challenge: "portal=abc".to_owned(),
        },
        ..domain(&place, 1, &host)
    };
    tx.settings().put_domain(TASK, &pending).await?;
    ensure!(
        !tx.settings().served_hosts().await?.contains(&host),
        "a host that nobody proved is served"
    );
    let verified = Domain {
        ownership: Ownership::Verified {
            at: at(1),
            challenge: "portal=abc".to_owned(),
        },
        ..pending
    };
    tx.settings().put_domain(TASK, &verified).await?;
    let served = tx.settings().served_hosts().await?;
    same!(
        served.iter().filter(|it| **it == host).count(),
        1,
        "how often a proven host is served"
    );
    let mut sorted = served.clone();
    sorted.sort();
    same!(served, sorted, "the order of the served hosts");
    Ok(())
}

pub(super) async fn former_addresses_lead_to_one_portal(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    world.portals.extend(world.portals.clone());
    let place = world.install(&mut *tx).await?;
    let host = place.portal(&world, 0)?.host;
    let (old, older) = ("old".parse()?, "older".parse()?);
    let (first, second) = (place.portal_id(0), place.portal_id(1));
    same!(
        tx.settings().portal_formerly_at(&host, &old).await?,
        None,
        "an address nobody had"
    );
    tx.settings().keep_address(TASK, &host, &older, first).await?;
    tx.settings().keep_address(TASK, &host, &old, first).await?;
    same!(
        tx.settings().portal_formerly_at(&host, &old).await?,
        Some(first),
        "the portal that was there"
    );
    let own = tx.settings().former_addresses(TASK, first).await?;
    same!(
        own,
        vec![(host.clone(), old.clone()), (host.clone(), older.clone())],
        "where the portal was"
    );
    tx.settings().keep_address(TASK, &host, &old, second).await?;
    same!(
        tx.settings().portal_formerly_at(&host, &old).await?,
        Some(second),
        "the portal that was there last"
    );
    tx.settings().free_address(TASK, &host, &older).await?;
    same!(
        tx.settings().portal_formerly_at(&host, &older).await?,
        None,
        "an address that was freed"
    );
    Ok(())
}

pub(super) async fn a_removed_portal_leaves_nothing(store: &dyn Store) -> Result<(), Broken> {
    let mut tx = store.begin(Access::Write).await?;
    let mut world = world();
    world.portals.extend(world.portals.clone());
    let place = world.install(&mut *tx).await?;
    let (mut gone, stays) = (place.portal(&world, 1)?, place.portal(&world, 0)?);
    gone.set_up = SetUp::Draft {
        done: BTreeSet::from([SetUpStep::Name, SetUpStep::Access]),
    };
    gone.send_registration_mails = true;
    gone.revision = 7;
    tx.directory().put_portal(TASK, &gone).await?;
    let found = tx.settings().portal_to_change(TASK, gone.id).await?;
    same!(found, Some(gone.clone()), "a draft");
    let old = "old".parse()?;
    for id in [gone.id, stays.id] {
        let it = version(SettingsOwner::Portal(id), 1, may(false));
        ensure!(tx.settings().add_settings_version(TASK, &it).await?, "refused");
    }
    tx.settings().keep_address(TASK, &gone.host, &old, gone.id).await?;
    let contact = place.contact_id(0);
    for portal in [gone.id, stays.id] {
        let invitation = Invitation::queued(InvitationId::from_uuid(portal.uuid()), portal, contact, at(1));
        tx.members().put_invitation(&invitation).await?;
    }
    tx.settings().remove_portal(TASK, gone.id).await?;
    same!(tx.directory().portal(gone.id).await?, None, "the removed portal");
    same!(
        tx.members().invitation(gone.id, contact).await?,
        None,
        "an invitation to it"
    );
    ensure!(
        tx.members().invitation(stays.id, contact).await?.is_some(),
        "the invitation to another portal is gone"
    );
    same!(
        tx.settings().portal_formerly_at(&gone.host, &old).await?,
        None,
        "its former address"
    );
    let kept = |id: PortalId| SettingsOwner::Portal(id);
    same!(
        tx.settings().all_current_settings(kept(gone.id)).await?,
        vec![],
        "its settings"
    );
    same!(
        tx.settings().all_current_settings(kept(stays.id)).await?.len(),
        1,
        "the settings of another portal"
    );
    same!(tx.directory().portal(stays.id).await?, Some(stays), "another portal");
    Ok(())
}
