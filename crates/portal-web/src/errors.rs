//! The only place where errors of use-cases become pages. No wildcard arms: a new error must get a page before it compiles.

use portal_core::EntryError;
use portal_core::access::{Denial, Refusal};
use portal_core::crm::{
    CompanyError, EraseContactError, ExportError, GroupError, MergeError, PartyNoteError, PropertyError,
    RemoveContactError, SaveContactError, TableError, ViewAsError, ViewContactError,
};
use portal_core::desk::{
    DeskError, FetchDeskFileError, ListDeskError, SplitError, StageDeskFileError, ViewDeskTicketError,
};
use portal_core::measures::ViewMeasuresError;
use portal_core::membership::{
    AccountPageError, ApiTokenError, ArriveError, ChangePasswordError, EndSessionsError, SignInError, SignOutError,
    UpdateProfileError, WayInError,
};
use portal_core::notify::{BellError, MuteByLinkError, MuteTicketError, OwnChoicesError};
use portal_core::ports::{FilesError, PasswordsError, StoreError, StoreErrorKind};
use portal_core::satisfaction::{RateByLinkError, RateTicketError};
use portal_core::service::TermsError;
use portal_core::settings::{ChangeSettingsError, DomainError, PipelineChangeError, ViewPortalError};
use portal_core::staff::{
    ArriveStaffError, ManageStaffError, OwnStaffError, StaffError, StaffLinkError, StaffRefusal, StaffSignInError,
};
use portal_core::ticket::{
    CloseTicketError, FetchFileError, ListTicketsError, MarkPrivateError, MarkReadError, OpenTicketError,
    ReopenTicketError, ReplyError, SearchTicketsError, StageFileError, SupportFormError, TakeInError, ViewTicketError,
    WatchTicketsError,
};

use crate::render::RenderError;
use crate::view::error::Fault;

/// Why a request gets something else than it asked for.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Nobody is signed in: the sign-in page, and back.
    SignIn,
    /// Somebody of the staff must prove again who they are: the page for that, and back.
    Prove,
    /// A page that says what is wrong.
    Fault(Fault),
    /// Somebody else was faster; what was typed is given back.
    Conflict,
    /// Something is broken: told to the log, with the id that the page shows.
    Broken(String),
}

impl Stop {
    pub(crate) const NOT_FOUND: Self = Self::Fault(Fault::NotFound);
    pub(crate) const BAD_REQUEST: Self = Self::Fault(Fault::BadRequest);

    /// Something is broken.
    pub(crate) fn broken(err: &(dyn std::error::Error + 'static)) -> Self {
        let mut text = err.to_string();
        let mut cause = err.source();
        while let Some(err) = cause {
            text = format!("{text}: {err}");
            cause = err.source();
        }
        Self::Broken(text)
    }

    /// Whether a thing was asked for that is not there.
    pub(crate) fn is_not_found(&self) -> bool {
        matches!(self, Self::Fault(Fault::NotFound))
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<StoreError> for Stop {
    fn from(err: StoreError) -> Self {
        match err.kind() {
            StoreErrorKind::Retry | StoreErrorKind::Unavailable => Fault::Unavailable.into(),
            StoreErrorKind::Conflict | StoreErrorKind::Corrupt => Self::broken(&err),
        }
    }
}

impl From<EntryError> for Stop {
    fn from(err: EntryError) -> Self {
        match err {
            EntryError::SignInRequired => Self::SignIn,
            EntryError::Refused(refusal) => match refusal {
                Refusal::NotPublished => Fault::Unavailable.into(),
                Refusal::NotActive => Self::SignIn,
                Refusal::NoAccess => Fault::NoEntry.into(),
            },
            EntryError::Store(err) => err.into(),
        }
    }
}

impl From<Denial> for Stop {
    fn from(denial: Denial) -> Self {
        match denial {
            Denial::NotVisible => Self::NOT_FOUND,
            Denial::ReadOnly
            | Denial::OnlyThroughCompany
            | Denial::NotOffered
            | Denial::NotRequester
            | Denial::ReopenWindowOver => Fault::Forbidden.into(),
            Denial::Merged | Denial::AlreadyClosed | Denial::NotClosed | Denial::AlreadyPrivate => Self::Conflict,
        }
    }
}

impl From<FilesError> for Stop {
    fn from(err: FilesError) -> Self {
        match err {
            FilesError::TooLarge(_) | FilesError::Interrupted(_) => Self::BAD_REQUEST,
            FilesError::Missing => Self::broken(&err),
            FilesError::Unavailable(_) => {
                tracing::error!(error = &err as &dyn std::error::Error, "the file store failed");
                Fault::Unavailable.into()
            }
        }
    }
}

impl From<PasswordsError> for Stop {
    fn from(err: PasswordsError) -> Self {
        match err {
            PasswordsError::Busy => Fault::Unavailable.into(),
            PasswordsError::Failed(_) => Self::broken(&err),
        }
    }
}

impl From<RenderError> for Stop {
    fn from(err: RenderError) -> Self {
        Self::broken(&err)
    }
}

/// Errors that only have the two variants all use-cases have, or `NotFound` beside them.
macro_rules! plain {
    ($($error:ident $(($missing:ident))?,)*) => {$(
        impl From<$error> for Stop {
            fn from(err: $error) -> Self {
                match err {
                    $error::Entry(err) => err.into(),
                    $($error::$missing => Self::NOT_FOUND,)?
                    $error::Store(err) => err.into(),
                }
            }
        }
    )*};
}

plain! {
    AccountPageError, ArriveError, EndSessionsError, ListTicketsError, MarkReadError(NotFound), SearchTicketsError, SignOutError,
    SupportFormError(NotFound), ViewTicketError(NotFound), WatchTicketsError,
}

// Where a form shows its problems itself, `Invalid` does not come this far.

impl From<ReplyError> for Stop {
    fn from(err: ReplyError) -> Self {
        match err {
            ReplyError::Entry(err) => err.into(),
            ReplyError::NotFound => Self::NOT_FOUND,
            ReplyError::Denied(denial) => denial.into(),
            ReplyError::Invalid(_) => Self::BAD_REQUEST,
            ReplyError::KeyReused => Self::Conflict,
            ReplyError::Store(err) => err.into(),
        }
    }
}

impl From<CloseTicketError> for Stop {
    fn from(err: CloseTicketError) -> Self {
        match err {
            CloseTicketError::Entry(err) => err.into(),
            CloseTicketError::NotFound => Self::NOT_FOUND,
            CloseTicketError::Denied(denial) => denial.into(),
            CloseTicketError::Invalid(_) => Self::BAD_REQUEST,
            CloseTicketError::KeyReused => Self::Conflict,
            CloseTicketError::Store(err) => err.into(),
        }
    }
}

impl From<ReopenTicketError> for Stop {
    fn from(err: ReopenTicketError) -> Self {
        match err {
            ReopenTicketError::Entry(err) => err.into(),
            ReopenTicketError::NotFound => Self::NOT_FOUND,
            ReopenTicketError::Denied(denial) => denial.into(),
            ReopenTicketError::Invalid(_) => Self::BAD_REQUEST,
            ReopenTicketError::KeyReused => Self::Conflict,
            ReopenTicketError::Store(err) => err.into(),
        }
    }
}

impl From<MarkPrivateError> for Stop {
    fn from(err: MarkPrivateError) -> Self {
        match err {
            MarkPrivateError::Entry(err) => err.into(),
            MarkPrivateError::NotFound => Self::NOT_FOUND,
            MarkPrivateError::Denied(denial) => denial.into(),
            MarkPrivateError::KeyReused => Self::Conflict,
            MarkPrivateError::Store(err) => err.into(),
        }
    }
}

impl From<OpenTicketError> for Stop {
    fn from(err: OpenTicketError) -> Self {
        match err {
            OpenTicketError::Entry(err) => err.into(),
            OpenTicketError::Invalid(_) => Self::BAD_REQUEST,
            OpenTicketError::Denied(denial) => denial.into(),
            OpenTicketError::KeyReused => Self::Conflict,
            OpenTicketError::NoInbox => Fault::Unavailable.into(),
            OpenTicketError::Store(err) => err.into(),
        }
    }
}

impl From<StageFileError> for Stop {
    fn from(err: StageFileError) -> Self {
        match err {
            StageFileError::Entry(err) => err.into(),
            StageFileError::Denied(denial) => denial.into(),
            StageFileError::TakeIn(err) => err.into(),
            StageFileError::Store(err) => err.into(),
        }
    }
}

impl From<FetchFileError> for Stop {
    fn from(err: FetchFileError) -> Self {
        match err {
            FetchFileError::Entry(err) => err.into(),
            FetchFileError::NotFound => Self::NOT_FOUND,
            FetchFileError::Files(err) => err.into(),
            FetchFileError::Store(err) => err.into(),
        }
    }
}

impl From<SignInError> for Stop {
    fn from(err: SignInError) -> Self {
        match err {
            SignInError::Invalid(_) => Self::BAD_REQUEST,
            SignInError::Wrong | SignInError::Blocked => Fault::Forbidden.into(),
            SignInError::TooSoon { .. } => Fault::Unavailable.into(),
            SignInError::Passwords(err) => err.into(),
            SignInError::Entry(err) => err.into(),
            SignInError::Store(err) => err.into(),
        }
    }
}

impl From<UpdateProfileError> for Stop {
    fn from(err: UpdateProfileError) -> Self {
        match err {
            UpdateProfileError::Entry(err) => err.into(),
            UpdateProfileError::Invalid(_) => Self::BAD_REQUEST,
            UpdateProfileError::Store(err) => err.into(),
        }
    }
}

impl From<ChangePasswordError> for Stop {
    fn from(err: ChangePasswordError) -> Self {
        match err {
            ChangePasswordError::Entry(err) => err.into(),
            ChangePasswordError::Invalid(_) => Self::BAD_REQUEST,
            ChangePasswordError::TooSoon { .. } => Fault::Unavailable.into(),
            ChangePasswordError::Blocked => Fault::Forbidden.into(),
            ChangePasswordError::Passwords(err) => err.into(),
            ChangePasswordError::Store(err) => err.into(),
        }
    }
}

impl From<WayInError> for Stop {
    fn from(err: WayInError) -> Self {
        match err {
            WayInError::Invalid(_) => Self::BAD_REQUEST,
            WayInError::Gone | WayInError::Wrong | WayInError::NotOffered => Self::NOT_FOUND,
            WayInError::TooSoon { .. } => Fault::Unavailable.into(),
            WayInError::Passwords(err) => err.into(),
            WayInError::Vault(err) => Self::broken(&err),
            WayInError::Entry(err) => err.into(),
            WayInError::Store(err) => err.into(),
        }
    }
}

impl From<ApiTokenError> for Stop {
    fn from(err: ApiTokenError) -> Self {
        match err {
            ApiTokenError::Entry(err) => err.into(),
            ApiTokenError::Invalid(_) => Self::BAD_REQUEST,
            ApiTokenError::Secrets(err) => err.into(),
            ApiTokenError::Store(err) => err.into(),
        }
    }
}

// The staff's use-cases.

impl From<StaffRefusal> for Stop {
    fn from(refusal: StaffRefusal) -> Self {
        match refusal {
            StaffRefusal::NotActive => Self::SignIn,
            StaffRefusal::NotAllowed(_) | StaffRefusal::ReadOnly => Fault::Forbidden.into(),
            StaffRefusal::ProveAgain => Self::Prove,
        }
    }
}

impl From<StaffError> for Stop {
    fn from(err: StaffError) -> Self {
        match err {
            StaffError::Refused(refusal) => refusal.into(),
            StaffError::Store(err) => err.into(),
        }
    }
}

impl From<ArriveStaffError> for Stop {
    fn from(err: ArriveStaffError) -> Self {
        match err {
            ArriveStaffError::Staff(err) => err.into(),
            ArriveStaffError::Store(err) => err.into(),
        }
    }
}

impl From<StaffSignInError> for Stop {
    fn from(err: StaffSignInError) -> Self {
        match err {
            StaffSignInError::Invalid(_) | StaffSignInError::Wrong => Self::BAD_REQUEST,
            StaffSignInError::TooSoon { .. } | StaffSignInError::Blocked => Fault::Forbidden.into(),
            StaffSignInError::Gone => Self::SignIn,
            StaffSignInError::Passwords(err) => err.into(),
            StaffSignInError::Vault(err) => Self::broken(&err),
            StaffSignInError::Staff(err) => err.into(),
            StaffSignInError::Store(err) => err.into(),
        }
    }
}

impl From<StaffLinkError> for Stop {
    fn from(err: StaffLinkError) -> Self {
        match err {
            StaffLinkError::NotFound => Self::NOT_FOUND,
            StaffLinkError::Invalid(_) => Self::BAD_REQUEST,
            StaffLinkError::Passwords(err) => err.into(),
            StaffLinkError::Vault(err) => Self::broken(&err),
            StaffLinkError::Staff(err) => err.into(),
            StaffLinkError::Store(err) => err.into(),
        }
    }
}

impl From<ManageStaffError> for Stop {
    fn from(err: ManageStaffError) -> Self {
        match err {
            ManageStaffError::NotFound => Self::NOT_FOUND,
            ManageStaffError::Invalid(_) => Self::BAD_REQUEST,
            ManageStaffError::LastAdmin => Self::Conflict,
            ManageStaffError::Secrets(err) => err.into(),
            ManageStaffError::Staff(err) => err.into(),
            ManageStaffError::Store(err) => err.into(),
        }
    }
}

impl From<OwnStaffError> for Stop {
    fn from(err: OwnStaffError) -> Self {
        match err {
            OwnStaffError::Invalid(_) | OwnStaffError::WrongCode => Self::BAD_REQUEST,
            OwnStaffError::TooSoon { .. } | OwnStaffError::Blocked => Fault::Forbidden.into(),
            OwnStaffError::Passwords(err) => err.into(),
            OwnStaffError::Vault(err) => Self::broken(&err),
            OwnStaffError::Staff(err) => err.into(),
            OwnStaffError::Store(err) => err.into(),
        }
    }
}

impl From<ViewContactError> for Stop {
    fn from(err: ViewContactError) -> Self {
        match err {
            ViewContactError::Staff(err) => err.into(),
            ViewContactError::NotFound => Self::NOT_FOUND,
            ViewContactError::Store(err) => err.into(),
        }
    }
}

impl From<SaveContactError> for Stop {
    fn from(err: SaveContactError) -> Self {
        match err {
            SaveContactError::Staff(err) => err.into(),
            SaveContactError::NotFound => Self::NOT_FOUND,
            SaveContactError::Invalid(_) => Self::BAD_REQUEST,
            SaveContactError::AddressTaken | SaveContactError::Registered | SaveContactError::Changed => Self::Conflict,
            SaveContactError::Store(err) => err.into(),
        }
    }
}

impl From<RemoveContactError> for Stop {
    fn from(err: RemoveContactError) -> Self {
        match err {
            RemoveContactError::Staff(err) => err.into(),
            RemoveContactError::NotFound => Self::NOT_FOUND,
            RemoveContactError::AddressTaken | RemoveContactError::Gone => Self::Conflict,
            RemoveContactError::Store(err) => err.into(),
        }
    }
}

impl From<CompanyError> for Stop {
    fn from(err: CompanyError) -> Self {
        match err {
            CompanyError::Staff(err) => err.into(),
            CompanyError::NotFound => Self::NOT_FOUND,
            CompanyError::Invalid(_) => Self::BAD_REQUEST,
            CompanyError::Changed => Self::Conflict,
            CompanyError::Store(err) => err.into(),
        }
    }
}

impl From<GroupError> for Stop {
    fn from(err: GroupError) -> Self {
        match err {
            GroupError::Staff(err) => err.into(),
            GroupError::NotFound => Self::NOT_FOUND,
            GroupError::Invalid(_) | GroupError::Criteria(_) | GroupError::TooMany | GroupError::WrongKind => {
                Self::BAD_REQUEST
            }
            GroupError::NameTaken | GroupError::InUse(_) | GroupError::Changed => Self::Conflict,
            GroupError::Store(err) => err.into(),
        }
    }
}

impl From<PropertyError> for Stop {
    fn from(err: PropertyError) -> Self {
        match err {
            PropertyError::Staff(err) => err.into(),
            PropertyError::Invalid(_) => Self::BAD_REQUEST,
            PropertyError::OtherType | PropertyError::UsedByCriteria(_) | PropertyError::ArchivedInUse(_) => {
                Self::Conflict
            }
            PropertyError::Store(err) => err.into(),
        }
    }
}

impl From<PartyNoteError> for Stop {
    fn from(err: PartyNoteError) -> Self {
        match err {
            PartyNoteError::Staff(err) => err.into(),
            PartyNoteError::NotFound => Self::NOT_FOUND,
            PartyNoteError::NotYours => Fault::Forbidden.into(),
            PartyNoteError::Invalid(_) => Self::BAD_REQUEST,
            PartyNoteError::Store(err) => err.into(),
        }
    }
}

impl From<MergeError> for Stop {
    fn from(err: MergeError) -> Self {
        match err {
            MergeError::Staff(err) => err.into(),
            MergeError::NotFound => Self::NOT_FOUND,
            MergeError::NotTwo | MergeError::Invalid(_) => Self::BAD_REQUEST,
            MergeError::Gone
            | MergeError::Widens(_)
            | MergeError::Registered
            | MergeError::AddressTaken
            | MergeError::TooLate => Self::Conflict,
            MergeError::Store(err) => err.into(),
        }
    }
}

impl From<EraseContactError> for Stop {
    fn from(err: EraseContactError) -> Self {
        match err {
            EraseContactError::Staff(err) => err.into(),
            EraseContactError::NotFound => Self::NOT_FOUND,
            EraseContactError::Merged => Self::Conflict,
            EraseContactError::NotConfirmed => Self::BAD_REQUEST,
            EraseContactError::Store(err) => err.into(),
        }
    }
}

impl From<ExportError> for Stop {
    fn from(err: ExportError) -> Self {
        match err {
            ExportError::Staff(err) => err.into(),
            ExportError::NotFound => Self::NOT_FOUND,
            ExportError::TooMany => Fault::TooMany { seconds: 3_600 }.into(),
            ExportError::Store(err) => err.into(),
        }
    }
}

impl From<TableError> for Stop {
    fn from(err: TableError) -> Self {
        match err {
            TableError::Staff(err) => err.into(),
            TableError::NotFound => Self::NOT_FOUND,
            TableError::Size | TableError::Invalid(_) => Self::BAD_REQUEST,
            TableError::Begun => Self::Conflict,
            TableError::Store(err) => err.into(),
        }
    }
}

impl From<ViewAsError> for Stop {
    fn from(err: ViewAsError) -> Self {
        match err {
            ViewAsError::Staff(err) => err.into(),
            ViewAsError::NotFound | ViewAsError::NotLetIn(_) => Self::NOT_FOUND,
            ViewAsError::Invalid(_) => Self::BAD_REQUEST,
            ViewAsError::Store(err) => err.into(),
        }
    }
}

impl From<ChangeSettingsError> for Stop {
    fn from(err: ChangeSettingsError) -> Self {
        match err {
            ChangeSettingsError::Staff(err) => err.into(),
            ChangeSettingsError::NotFound => Self::NOT_FOUND,
            ChangeSettingsError::Problems(_) => Self::BAD_REQUEST,
            ChangeSettingsError::Conflict { .. } => Self::Conflict,
            ChangeSettingsError::Store(err) => err.into(),
        }
    }
}

impl From<DomainError> for Stop {
    fn from(err: DomainError) -> Self {
        match err {
            DomainError::Staff(err) => err.into(),
            DomainError::NotFound => Self::NOT_FOUND,
            DomainError::Problems(_) => Self::BAD_REQUEST,
            DomainError::InUse => Self::Conflict,
            DomainError::NoChallenge(err) => err.into(),
            DomainError::Store(err) => err.into(),
        }
    }
}

impl From<ViewPortalError> for Stop {
    fn from(err: ViewPortalError) -> Self {
        match err {
            ViewPortalError::Staff(err) => err.into(),
            ViewPortalError::NotFound => Self::NOT_FOUND,
            ViewPortalError::Store(err) => err.into(),
        }
    }
}

impl From<MuteTicketError> for Stop {
    fn from(err: MuteTicketError) -> Self {
        match err {
            MuteTicketError::Entry(err) => err.into(),
            MuteTicketError::NotFound => Self::NOT_FOUND,
            MuteTicketError::Store(err) => err.into(),
        }
    }
}

impl From<MuteByLinkError> for Stop {
    fn from(err: MuteByLinkError) -> Self {
        match err {
            MuteByLinkError::NotFound => Self::NOT_FOUND,
            MuteByLinkError::Store(err) => err.into(),
        }
    }
}

impl From<RateTicketError> for Stop {
    fn from(err: RateTicketError) -> Self {
        match err {
            RateTicketError::Entry(err) => err.into(),
            RateTicketError::NotFound => Self::NOT_FOUND,
            RateTicketError::Denied(denial) => denial.into(),
            RateTicketError::Invalid(_) => Self::BAD_REQUEST,
            RateTicketError::Store(err) => err.into(),
        }
    }
}

impl From<RateByLinkError> for Stop {
    fn from(err: RateByLinkError) -> Self {
        match err {
            RateByLinkError::NotFound => Self::NOT_FOUND,
            RateByLinkError::Invalid(_) => Self::BAD_REQUEST,
            RateByLinkError::Store(err) => err.into(),
        }
    }
}

impl From<OwnChoicesError> for Stop {
    fn from(err: OwnChoicesError) -> Self {
        match err {
            OwnChoicesError::Staff(err) => err.into(),
            OwnChoicesError::Invalid(_) => Self::BAD_REQUEST,
            OwnChoicesError::Store(err) => err.into(),
        }
    }
}

impl From<BellError> for Stop {
    fn from(err: BellError) -> Self {
        match err {
            BellError::Staff(err) => err.into(),
            BellError::Store(err) => err.into(),
        }
    }
}

impl From<PipelineChangeError> for Stop {
    fn from(err: PipelineChangeError) -> Self {
        match err {
            PipelineChangeError::Staff(err) => err.into(),
            PipelineChangeError::NotFound => Self::NOT_FOUND,
            PipelineChangeError::Invalid(_) => Self::BAD_REQUEST,
            PipelineChangeError::Store(err) => err.into(),
        }
    }
}

impl From<ListDeskError> for Stop {
    fn from(err: ListDeskError) -> Self {
        match err {
            ListDeskError::Staff(err) => err.into(),
            ListDeskError::Store(err) => err.into(),
        }
    }
}

impl From<ViewDeskTicketError> for Stop {
    fn from(err: ViewDeskTicketError) -> Self {
        match err {
            ViewDeskTicketError::Staff(err) => err.into(),
            ViewDeskTicketError::NotFound => Self::NOT_FOUND,
            ViewDeskTicketError::Store(err) => err.into(),
        }
    }
}

impl From<TermsError> for Stop {
    fn from(err: TermsError) -> Self {
        match err {
            TermsError::Staff(err) => err.into(),
            TermsError::NotFound => Self::NOT_FOUND,
            // The page of the form shows these itself.
            TermsError::Stale => Self::Conflict,
            TermsError::Invalid(_) => Self::BAD_REQUEST,
            TermsError::Store(err) => err.into(),
        }
    }
}

impl From<ViewMeasuresError> for Stop {
    fn from(err: ViewMeasuresError) -> Self {
        match err {
            ViewMeasuresError::Staff(err) => err.into(),
            ViewMeasuresError::Invalid(_) => Self::BAD_REQUEST,
            ViewMeasuresError::Store(err) => err.into(),
        }
    }
}

impl From<DeskError> for Stop {
    fn from(err: DeskError) -> Self {
        match err {
            DeskError::Staff(err) => err.into(),
            DeskError::NotFound => Self::NOT_FOUND,
            DeskError::Stale | DeskError::Overtaken(_) | DeskError::NotPossible | DeskError::KeyReused => {
                Self::Conflict
            }
            DeskError::Invalid(_) => Self::BAD_REQUEST,
            DeskError::Store(err) => err.into(),
        }
    }
}

impl From<SplitError> for Stop {
    fn from(err: SplitError) -> Self {
        match err {
            SplitError::Desk(err) => err.into(),
            SplitError::Files(err) => err.into(),
            SplitError::Secrets(err) => err.into(),
        }
    }
}

impl From<TakeInError> for Stop {
    fn from(err: TakeInError) -> Self {
        match err {
            TakeInError::Files(err) => err.into(),
            TakeInError::Secrets(err) => err.into(),
        }
    }
}

impl From<StageDeskFileError> for Stop {
    fn from(err: StageDeskFileError) -> Self {
        match err {
            StageDeskFileError::Staff(err) => err.into(),
            StageDeskFileError::NotFound => Self::NOT_FOUND,
            StageDeskFileError::TakeIn(err) => err.into(),
            StageDeskFileError::Store(err) => err.into(),
        }
    }
}

impl From<FetchDeskFileError> for Stop {
    fn from(err: FetchDeskFileError) -> Self {
        match err {
            FetchDeskFileError::Staff(err) => err.into(),
            FetchDeskFileError::NotFound => Self::NOT_FOUND,
            FetchDeskFileError::Files(err) => err.into(),
            FetchDeskFileError::Store(err) => err.into(),
        }
    }
}
