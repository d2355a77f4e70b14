//! What is done at each address: one file an address. A handler reads, calls one use-case, and shows what came of it.

pub(crate) mod account;
mod address;
mod asked;
mod asset;
mod brand;
mod close;
mod columns;
mod confirm;
mod dev_mail;
pub(crate) mod file;
mod joining;
mod list;
mod mailed;
mod mails;
mod new_ticket;
mod passwords;
mod portals;
mod preferences;
mod private;
pub(crate) mod probe;
mod problems;
mod profile;
mod rate;
mod read;
mod reopen;
mod reply;
mod search;
mod sessions;
pub(crate) mod show;
pub(crate) mod sign_in;
mod sign_out;
mod staged;
mod stream;
mod ticket;
mod tokens;
mod way_in;

use poem::{Body, Response};

use self::address::End;
use crate::errors::Stop;
use crate::forms;
use crate::routes::{Operation, Places};
use crate::view::way_in::Step;
use crate::visit::{Answer, Visit};
use crate::web::{Ask, Web};

/// What does not need a portal.
pub(crate) async fn without_portal(web: &Web, ask: &Ask, operation: Operation, places: &Places) -> Answer {
    match operation {
        Operation::Portals => portals::choose(web, ask).await,
        Operation::Robots => Ok(Response::builder()
            .content_type("text/plain; charset=utf-8")
            .body("User-agent: *\nDisallow: /\n")),
        Operation::Favicon => asset::favicon(web, ask),
        Operation::Asset => asset::get(web, ask, places),
        Operation::DevMails => dev_mail::list(web, ask).await,
        Operation::DevMail => dev_mail::show(web, ask, places).await,
        Operation::DevMailHtml => dev_mail::html(web, ask, places).await,
        _ => Err(Stop::NOT_FOUND),
    }
}

/// What comes before a page: the notice that is to be accepted, once for each version.
pub(crate) async fn before(visit: &Visit<'_>) -> Result<Option<Response>, Stop> {
    joining::consent_first(visit).await
}

/// What is on a portal.
pub(crate) async fn answer(visit: &Visit<'_>, operation: Operation, body: Body) -> Answer {
    match operation {
        Operation::Alive
        | Operation::Ready
        | Operation::Robots
        | Operation::Favicon
        | Operation::Asset
        | Operation::DevMails
        | Operation::DevMail
        | Operation::DevMailHtml
        | Operation::Portals => Err(Stop::NOT_FOUND),
        Operation::Tickets => list::show(visit).await,
        Operation::SignInForm => sign_in::show(visit).await,
        Operation::BrandPicture => brand::picture(visit).await,
        Operation::SignIn => sign_in::submit(visit, forms::fields(visit, body).await?).await,
        Operation::SignOut => sign_out::submit(visit).await,
        Operation::Language => preferences::language(visit, &forms::fields(visit, body).await?),
        Operation::Appearance => preferences::appearance(visit, &forms::fields(visit, body).await?),
        Operation::NewTicketForm => new_ticket::show(visit).await,
        Operation::NewTicket => new_ticket::submit(visit, body).await,
        Operation::Search => search::show(visit).await,
        Operation::Stream => stream::open(visit).await,
        Operation::Account => account::show(visit).await,
        Operation::Profile => profile::submit(visit, forms::fields(visit, body).await?).await,
        Operation::Password => passwords::submit(visit, forms::fields(visit, body).await?).await,
        Operation::EndSession => sessions::end(visit, &forms::fields(visit, body).await?).await,
        Operation::EndOtherSessions => sessions::end_others(visit).await,
        Operation::CreateToken => tokens::create(visit, forms::fields(visit, body).await?).await,
        Operation::RevokeToken => tokens::revoke(visit, &forms::fields(visit, body).await?).await,
        Operation::File => file::fetch(visit).await,
        Operation::Ticket => ticket::show(visit).await,
        Operation::Reply => reply::submit(visit, body).await,
        Operation::AskClose => close::ask(visit).await,
        Operation::Close => close::submit(visit, forms::fields(visit, body).await?).await,
        Operation::AskReopen => reopen::ask(visit).await,
        Operation::Reopen => reopen::submit(visit, &forms::fields(visit, body).await?).await,
        Operation::AskPrivate => private::ask(visit).await,
        Operation::Private => private::submit(visit, &forms::fields(visit, body).await?).await,
        Operation::Read => read::submit(visit, &forms::fields(visit, body).await?).await,
        Operation::CodeForm => mailed::show_code(visit),
        Operation::Code => mailed::submit_code(visit, forms::fields(visit, body).await?).await,
        Operation::LinkPage => mailed::show_link(visit).await,
        Operation::Link => mailed::submit_link(visit, forms::fields(visit, body).await?).await,
        Operation::ForgotForm => mailed::show_forgot(visit),
        Operation::Forgot => mailed::submit_forgot(visit, forms::fields(visit, body).await?).await,
        Operation::ForgotSent => way_in::told(visit, Step::ForgotSent),
        Operation::ResetForm => mailed::show_reset(visit).await,
        Operation::Reset => mailed::submit_reset(visit, forms::fields(visit, body).await?).await,
        Operation::InvitationPage => joining::show_invitation(visit).await,
        Operation::Invitation => joining::submit_invitation(visit, forms::fields(visit, body).await?).await,
        Operation::InvitationRenew => joining::renew_invitation(visit, forms::fields(visit, body).await?).await,
        Operation::InvitationSent => way_in::told(visit, Step::InvitationSent),
        Operation::RegisterForm => joining::show_register(visit).await,
        Operation::Register => joining::submit_register(visit, forms::fields(visit, body).await?).await,
        Operation::RegisterSent => way_in::told(visit, Step::RegisterSent),
        Operation::VerifyForm => joining::show_verify(visit).await,
        Operation::Verify => joining::submit_verify(visit, forms::fields(visit, body).await?).await,
        Operation::ConsentForm => joining::show_consent(visit).await,
        Operation::Consent => joining::submit_consent(visit, forms::fields(visit, body).await?).await,
        Operation::AddressConfirmPage => address::show(visit, End::New).await,
        Operation::AddressConfirm => address::act(visit, End::New, forms::fields(visit, body).await?).await,
        Operation::AddressRevertPage => address::show(visit, End::Old).await,
        Operation::AddressRevert => address::act(visit, End::Old, forms::fields(visit, body).await?).await,
        Operation::ChangeAddress => address::submit(visit, forms::fields(visit, body).await?).await,
        Operation::ChooseMails => mails::choose(visit, &forms::fields(visit, body).await?).await,
        Operation::AskMails => mails::ask(visit).await,
        Operation::Mails => mails::submit(visit, &forms::fields(visit, body).await?).await,
        Operation::MutePage => mails::link(visit),
        Operation::Mute => mails::by_link(visit).await,
        Operation::Rate => rate::submit(visit, &forms::fields(visit, body).await?).await,
        Operation::CsatPage => rate::link(visit).await,
        Operation::Csat => rate::by_link(visit, &forms::fields(visit, body).await?).await,
        Operation::GiveUpAddress => address::give_up(visit).await,
    }
}
