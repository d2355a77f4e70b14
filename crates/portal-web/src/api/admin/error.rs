//! Errors of the staff's use-cases as statuses. No wildcard arms: a new one must be given a status before it compiles.

use portal_core::audit::SealError;
use portal_core::crm::{
    CompanyError, GroupError, PreviewAsError, PropertyError, RemoveContactError, SaveContactError, ViewContactError,
};
use portal_core::mail::OutboxError;
use portal_core::members::MembersError;
use portal_core::ports::{ImagesError, PasswordsError};
use portal_core::settings::{
    ChangeBrandPictureError, ChangeSettingsError, DomainError, InboxError, KeepPictureError, LooksSheetError,
    MoveInboxError, ViewPortalError,
};
use portal_core::staff::{ManageStaffError, StaffError, StaffRefusal};

use crate::api::error::ApiError;
use crate::plain::Unfit;

impl From<StaffError> for ApiError {
    fn from(err: StaffError) -> Self {
        match err {
            StaffError::Refused(refusal) => refusal.into(),
            StaffError::Store(err) => err.into(),
        }
    }
}

impl From<StaffRefusal> for ApiError {
    fn from(refusal: StaffRefusal) -> Self {
        match refusal {
            StaffRefusal::NotActive => Self::sign_in(),
            StaffRefusal::NotAllowed(_) => Self::forbidden("not_allowed", refusal),
            StaffRefusal::ReadOnly => Self::forbidden("read_only", refusal),
            StaffRefusal::ProveAgain => Self::prove(),
        }
    }
}

impl From<Unfit> for ApiError {
    fn from(unfit: Unfit) -> Self {
        Self::invalid(vec![(unfit.path.join("."), unfit.problem)])
    }
}

impl From<PasswordsError> for ApiError {
    fn from(err: PasswordsError) -> Self {
        tracing::error!(error = &err as &dyn std::error::Error, "no randomness");
        Self::unavailable()
    }
}

impl From<ViewPortalError> for ApiError {
    fn from(err: ViewPortalError) -> Self {
        match err {
            ViewPortalError::Staff(err) => err.into(),
            ViewPortalError::NotFound => Self::not_found(),
            ViewPortalError::Store(err) => err.into(),
        }
    }
}

impl From<ChangeSettingsError> for ApiError {
    fn from(err: ChangeSettingsError) -> Self {
        match err {
            ChangeSettingsError::Staff(err) => err.into(),
            ChangeSettingsError::NotFound => Self::not_found(),
            ChangeSettingsError::Problems(problems) => problems.into(),
            ChangeSettingsError::Conflict { theirs } => {
                let title = format!("somebody changed this meanwhile; it is version {} now", theirs.version);
                Self::conflict("changed_meanwhile", title)
            }
            ChangeSettingsError::Store(err) => err.into(),
        }
    }
}

impl From<DomainError> for ApiError {
    fn from(err: DomainError) -> Self {
        match err {
            DomainError::Staff(err) => err.into(),
            DomainError::NotFound => Self::not_found(),
            DomainError::Problems(problems) => problems.into(),
            DomainError::InUse => Self::conflict("in_use", err),
            DomainError::NoChallenge(err) => err.into(),
            DomainError::Store(err) => err.into(),
        }
    }
}

impl From<InboxError> for ApiError {
    fn from(err: InboxError) -> Self {
        match err {
            InboxError::Staff(err) => err.into(),
            InboxError::NotFound => Self::not_found(),
            InboxError::Invalid(problems) => problems.into(),
            InboxError::Store(err) => err.into(),
        }
    }
}

impl From<MoveInboxError> for ApiError {
    fn from(err: MoveInboxError) -> Self {
        match err {
            MoveInboxError::Staff(err) => err.into(),
            MoveInboxError::NotFound => Self::not_found(),
            MoveInboxError::Already => Self::conflict("already", err),
            MoveInboxError::Moving => Self::conflict("moving", err),
            MoveInboxError::Default => Self::conflict("default_inbox", err),
            MoveInboxError::Store(err) => err.into(),
        }
    }
}

impl From<GroupError> for ApiError {
    fn from(err: GroupError) -> Self {
        match err {
            GroupError::Staff(err) => err.into(),
            GroupError::NotFound => Self::not_found(),
            GroupError::Invalid(problems) => problems.into(),
            GroupError::Criteria(problem) => Self::invalid(vec![("criteria".to_owned(), problem.to_string())]),
            GroupError::NameTaken => Self::conflict("name_taken", err),
            GroupError::WrongKind => Self::conflict("wrong_kind", err),
            GroupError::InUse(_) => Self::conflict("in_use", err),
            GroupError::TooMany => Self::bad("too_many", err),
            GroupError::Changed => Self::conflict("changed_meanwhile", err),
            GroupError::Store(err) => err.into(),
        }
    }
}

impl From<ViewContactError> for ApiError {
    fn from(err: ViewContactError) -> Self {
        match err {
            ViewContactError::Staff(err) => err.into(),
            ViewContactError::NotFound => Self::not_found(),
            ViewContactError::Store(err) => err.into(),
        }
    }
}

impl From<SaveContactError> for ApiError {
    fn from(err: SaveContactError) -> Self {
        match err {
            SaveContactError::Staff(err) => err.into(),
            SaveContactError::NotFound => Self::not_found(),
            SaveContactError::Invalid(problems) => problems.into(),
            SaveContactError::AddressTaken => Self::conflict("address_taken", err),
            SaveContactError::Registered => Self::conflict("registered", err),
            SaveContactError::Changed => Self::conflict("changed_meanwhile", err),
            SaveContactError::Store(err) => err.into(),
        }
    }
}

impl From<RemoveContactError> for ApiError {
    fn from(err: RemoveContactError) -> Self {
        match err {
            RemoveContactError::Staff(err) => err.into(),
            RemoveContactError::NotFound => Self::not_found(),
            RemoveContactError::AddressTaken => Self::conflict("address_taken", err),
            RemoveContactError::Gone => Self::conflict("gone", err),
            RemoveContactError::Store(err) => err.into(),
        }
    }
}

impl From<CompanyError> for ApiError {
    fn from(err: CompanyError) -> Self {
        match err {
            CompanyError::Staff(err) => err.into(),
            CompanyError::NotFound => Self::not_found(),
            CompanyError::Invalid(problems) => problems.into(),
            CompanyError::Changed => Self::conflict("changed_meanwhile", err),
            CompanyError::Store(err) => err.into(),
        }
    }
}

impl From<PropertyError> for ApiError {
    fn from(err: PropertyError) -> Self {
        match err {
            PropertyError::Staff(err) => err.into(),
            PropertyError::Invalid(problems) => problems.into(),
            PropertyError::OtherType => Self::conflict("other_type", err),
            PropertyError::UsedByCriteria(_) | PropertyError::ArchivedInUse(_) => {
                Self::conflict("used_by_criteria", err)
            }
            PropertyError::Store(err) => err.into(),
        }
    }
}

impl From<PreviewAsError> for ApiError {
    fn from(err: PreviewAsError) -> Self {
        match err {
            PreviewAsError::Staff(err) => err.into(),
            PreviewAsError::NotFound => Self::not_found(),
            PreviewAsError::Store(err) => err.into(),
        }
    }
}

impl From<MembersError> for ApiError {
    fn from(err: MembersError) -> Self {
        match err {
            MembersError::Staff(err) => err.into(),
            MembersError::NotFound => Self::not_found(),
            MembersError::NoAddress => Self::conflict("no_address", err),
            MembersError::NotPublished => Self::conflict("not_published", err),
            MembersError::NoAccess => Self::conflict("no_access", err),
            MembersError::Changed { .. } => Self::conflict("changed_meanwhile", err),
            MembersError::Decided => Self::conflict("decided", err),
            MembersError::Store(err) => err.into(),
        }
    }
}

impl From<ManageStaffError> for ApiError {
    fn from(err: ManageStaffError) -> Self {
        match err {
            ManageStaffError::Staff(err) => err.into(),
            ManageStaffError::NotFound => Self::not_found(),
            ManageStaffError::Invalid(problems) => problems.into(),
            ManageStaffError::LastAdmin => Self::conflict("last_admin", err),
            ManageStaffError::Secrets(err) => err.into(),
            ManageStaffError::Store(err) => err.into(),
        }
    }
}

impl From<LooksSheetError> for ApiError {
    fn from(err: LooksSheetError) -> Self {
        match err {
            LooksSheetError::Staff(err) => err.into(),
            LooksSheetError::NotFound => Self::not_found(),
            LooksSheetError::Store(err) => err.into(),
        }
    }
}

impl From<KeepPictureError> for ApiError {
    fn from(err: KeepPictureError) -> Self {
        match err {
            KeepPictureError::Staff(err) => err.into(),
            KeepPictureError::Images(err @ (ImagesError::NotAPicture | ImagesError::TooLarge { .. })) => {
                Self::bad("no_picture", err)
            }
            KeepPictureError::Images(ImagesError::Off) => Self::unavailable(),
            KeepPictureError::Files(err) => err.into(),
            KeepPictureError::Secrets(err) => err.into(),
            KeepPictureError::Store(err) => err.into(),
        }
    }
}

impl From<ChangeBrandPictureError> for ApiError {
    fn from(err: ChangeBrandPictureError) -> Self {
        match err {
            ChangeBrandPictureError::Sheet(err) => err.into(),
            ChangeBrandPictureError::Keep(err) => err.into(),
            ChangeBrandPictureError::Change(err) => err.into(),
        }
    }
}

impl From<SealError> for ApiError {
    fn from(err: SealError) -> Self {
        match err {
            SealError::Staff(err) => err.into(),
            SealError::Vault(err) => {
                tracing::error!(error = &err as &dyn std::error::Error, "the key cannot be used");
                Self::unavailable()
            }
            SealError::Store(err) => err.into(),
        }
    }
}

impl From<OutboxError> for ApiError {
    fn from(err: OutboxError) -> Self {
        match err {
            OutboxError::Staff(err) => err.into(),
            OutboxError::NotFound => Self::not_found(),
            OutboxError::Store(err) => err.into(),
        }
    }
}
