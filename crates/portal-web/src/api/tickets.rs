use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::{ApiResponse, OpenApi};
use portal_core::Portal;
use portal_core::access::Audience;
use portal_core::id::{ContactId, TicketId, TicketNumber};
use portal_core::ports::IdempotencyKey;
use portal_core::satisfaction::{RateTicket, Rating};
use portal_core::text::SearchText;
use portal_core::ticket::{
    CloseTicket, Edge, ListFilter, ListTickets, MarkPrivate, OpenTicket, ReopenTicket, Reply, SearchTickets, Sort,
    TimelineItem, TimelineWindow, ViewTicket, snippet,
};

use super::Tag;
use super::caller::{Called, Caller};
use super::convert;
use super::error::ApiError;
use super::schema::{
    AudienceDto, FilterDto, HitDto, MessagesDto, NewMessageDto, NewTicketDto, OpenedDto, RatingDto, RatingKindDto,
    ReasonDto, RepliedDto, SearchResult, SortDto, TabDto, TicketDto, TicketPage,
};
use crate::cursor;

/// Tickets and their messages.
pub(super) struct TicketsApi;

/// A ticket that was opened.
#[derive(ApiResponse)]
enum Opened {
    /// It was opened now, or by an earlier request with the same idempotency key.
    #[oai(status = 201)]
    Created(Json<OpenedDto>),
}

/// A reply that was stored.
#[derive(ApiResponse)]
enum Stored {
    /// It was stored now, or by an earlier request with the same idempotency key.
    #[oai(status = 201)]
    Created(Json<RepliedDto>),
}

/// Done.
#[derive(ApiResponse)]
enum Done {
    /// It is so now.
    #[oai(status = 204)]
    NoContent,
}

#[OpenApi(prefix_path = "/v1/portals", tag = "Tag::Tickets")]
impl TicketsApi {
    /// One page of tickets.
    #[oai(path = "/:slug/tickets", method = "get", operation_id = "listTickets")]
    #[expect(clippy::too_many_arguments, reason = "each is one parameter of the operation")]
    async fn list(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        /// Whose tickets; without it the company's, where the contact sees them.
        tab: Query<Option<TabDto>>,
        /// Which tickets.
        filter: Query<Option<FilterDto>>,
        /// Only tickets that this contact requested.
        requester: Query<Option<String>>,
        /// In which order.
        sort: Query<Option<SortDto>>,
        /// The page after this place.
        after: Query<Option<String>>,
        /// The page before this place.
        before: Query<Option<String>>,
        /// How many tickets, 1 to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// Up to where stages are counted, 1 to 1,000.
        #[oai(validator(minimum(value = "1"), maximum(value = "1000")))]
        count_to: Query<Option<u32>>,
    ) -> Result<Json<TicketPage>, ApiError> {
        let Caller(called) = caller;
        let requester = requester
            .0
            .map(|it| it.parse::<ContactId>())
            .transpose()
            .map_err(|err| ApiError::bad("bad_id", err))?;
        let place = |text: Option<String>| {
            text.map(|it| {
                cursor::decode(&it).ok_or_else(|| ApiError::bad("bad_cursor", "this is not a place in a list"))
            })
            .transpose()
        };
        let edge = match (place(after.0)?, place(before.0)?) {
            (None, None) => Edge::Start,
            (Some(it), None) => Edge::After(it),
            (None, Some(it)) => Edge::Before(it),
            (Some(_), Some(_)) => return Err(ApiError::bad("bad_cursor", "give `after` or `before`, not both")),
        };
        let query = ListTickets {
            portal: called.portal.id,
            tab: tab.0.map(Into::into),
            filter: filter.0.map_or(ListFilter::All, Into::into),
            requester,
            sort: Some(sort.0.map_or(Sort::Attention, Into::into)),
            edge,
            limit: limit.0.unwrap_or(25),
            count_to: count_to.0,
        };
        let page = portal.list_tickets(&called.visitor.actor, query).await?;
        let viewer = called.visitor.profile.contact;
        Ok(Json(TicketPage {
            tab: page.tab.into(),
            tickets: page.rows.into_iter().map(|it| convert::summary(it, viewer)).collect(),
            newer: page.newer.as_ref().map(cursor::encode),
            older: page.older.as_ref().map(cursor::encode),
            counts: page.counts.into(),
        }))
    }

    /// Search tickets.
    ///
    /// Finds words of subject, number and public messages. The last word matches as a beginning, the others as a whole.
    #[oai(path = "/:slug/search", method = "get", operation_id = "searchTickets")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the request")]
    async fn search(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        /// What is searched for, at most 200 characters.
        q: Query<String>,
        /// Which tickets.
        filter: Query<Option<FilterDto>>,
        /// Only tickets with a lower number.
        below: Query<Option<i64>>,
        /// How many hits, 1 to 100.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<SearchResult>, ApiError> {
        let Caller(called) = caller;
        let text: SearchText = q.0.parse().map_err(|err| ApiError::bad("bad_query", err))?;
        let below = below
            .0
            .map(|it| TicketNumber::new(it).ok_or_else(|| ApiError::bad("bad_number", "a ticket number is at least 1")))
            .transpose()?;
        let query = SearchTickets {
            portal: called.portal.id,
            text,
            filter: filter.0.map_or(ListFilter::All, Into::into),
            below,
            limit: limit.0.unwrap_or(25),
        };
        let found = portal.search_tickets(&called.visitor.actor, query).await?;
        let viewer = called.visitor.profile.contact;
        let hits = found.hits.into_iter().map(|hit| {
            let excerpt = Some(snippet(&hit.excerpt)).filter(|it| !it.is_empty());
            HitDto {
                ticket: convert::summary(hit.row, viewer),
                excerpt,
            }
        });
        Ok(Json(SearchResult {
            hits: hits.collect(),
            older: found.older.map(TicketNumber::get),
        }))
    }

    /// One ticket, by its id or number.
    ///
    /// A ticket that the contact does not see is reported as absent.
    #[oai(path = "/:slug/tickets/:ticket", method = "get", operation_id = "getTicket")]
    async fn get(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        ticket: Path<String>,
    ) -> Result<Json<TicketDto>, ApiError> {
        let Caller(called) = caller;
        let number = named(&portal, &called, &ticket.0).await?;
        // The newest place is beyond every item, so no body is read.
        let query = ViewTicket {
            portal: called.portal.id,
            number,
            window: TimelineWindow::After(u32::MAX >> 1),
        };
        let view = portal.view_ticket(&called.visitor.actor, query).await?;
        Ok(Json(convert::ticket(view, &called.portal.language)))
    }

    /// The public messages of a ticket, oldest first.
    #[oai(
        path = "/:slug/tickets/:ticket/messages",
        method = "get",
        operation_id = "listMessages"
    )]
    async fn messages(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        ticket: Path<String>,
        /// Only what came after this place in the ticket's public sequence.
        after_seq: Query<Option<u32>>,
    ) -> Result<Json<MessagesDto>, ApiError> {
        let Caller(called) = caller;
        let number = named(&portal, &called, &ticket.0).await?;
        let window = after_seq
            .0
            .map_or(TimelineWindow::All, |it| TimelineWindow::After(it.min(u32::MAX >> 1)));
        let view = portal
            .view_ticket(
                &called.visitor.actor,
                ViewTicket {
                    portal: called.portal.id,
                    number,
                    window,
                },
            )
            .await?;
        let viewer = called.visitor.profile.contact;
        let messages = view.timeline.items.iter().filter_map(|item| match item {
            TimelineItem::Message(it) => Some(convert::message(it, viewer)),
            TimelineItem::Event(_) => None,
        });
        Ok(Json(MessagesDto {
            messages: messages.collect(),
            seq: view.public_seq,
        }))
    }

    /// Open a ticket.
    ///
    /// The requester is the contact of the token.
    #[oai(path = "/:slug/tickets", method = "post", operation_id = "openTicket")]
    async fn open(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<String>>,
        body: Json<NewTicketDto>,
    ) -> Result<Opened, ApiError> {
        let Caller(called) = caller;
        let NewTicketDto {
            subject,
            description,
            category,
            priority,
            audience,
            files,
            fields,
        } = body.0;
        let command = OpenTicket {
            portal: called.portal.id,
            subject,
            description,
            category,
            priority: priority.into(),
            private: audience == AudienceDto::from(Audience::Private),
            fields: convert::answers(fields.map(|it| it.0))?,
            files: convert::file_ids(&files)?,
            key: idempotency(key.0)?,
        };
        let opened = portal.open_ticket(&called.visitor.actor, command).await?;
        Ok(Opened::Created(Json(OpenedDto {
            id: opened.id.to_string(),
            number: opened.number.get(),
        })))
    }

    /// Reply to a ticket.
    ///
    /// A closed ticket is reopened if the portal allows it still; else a follow-up ticket is opened.
    #[oai(path = "/:slug/tickets/:ticket/messages", method = "post", operation_id = "reply")]
    async fn reply(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        ticket: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<String>>,
        body: Json<NewMessageDto>,
    ) -> Result<Stored, ApiError> {
        let Caller(called) = caller;
        let number = named(&portal, &called, &ticket.0).await?;
        let command = Reply {
            portal: called.portal.id,
            number,
            text: body.0.text,
            files: convert::file_ids(&body.0.files)?,
            close: body.0.close,
            key: idempotency(key.0)?,
        };
        let done = portal.reply(&called.visitor.actor, command).await?;
        Ok(Stored::Created(Json(RepliedDto {
            number: done.number.get(),
            seq: done.seq,
            is_follow_up: done.is_follow_up,
        })))
    }

    /// Close a ticket.
    #[oai(path = "/:slug/tickets/:ticket/close", method = "post", operation_id = "closeTicket")]
    async fn close(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        ticket: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<String>>,
        body: Json<ReasonDto>,
    ) -> Result<Done, ApiError> {
        let Caller(called) = caller;
        let number = named(&portal, &called, &ticket.0).await?;
        let command = CloseTicket {
            portal: called.portal.id,
            number,
            reason: body.0.reason,
            key: idempotency(key.0)?,
        };
        portal.close_ticket(&called.visitor.actor, command).await?;
        Ok(Done::NoContent)
    }

    /// Reopen a closed ticket.
    #[oai(
        path = "/:slug/tickets/:ticket/reopen",
        method = "post",
        operation_id = "reopenTicket"
    )]
    async fn reopen(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        ticket: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<String>>,
        body: Json<ReasonDto>,
    ) -> Result<Done, ApiError> {
        let Caller(called) = caller;
        let number = named(&portal, &called, &ticket.0).await?;
        let command = ReopenTicket {
            portal: called.portal.id,
            number,
            reason: body.0.reason,
            key: idempotency(key.0)?,
        };
        portal.reopen_ticket(&called.visitor.actor, command).await?;
        Ok(Done::NoContent)
    }

    /// Mark a ticket private.
    ///
    /// Takes it out of the company's sight; only the support team can give it back.
    #[oai(
        path = "/:slug/tickets/:ticket/private",
        method = "post",
        operation_id = "markPrivate"
    )]
    async fn private(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        ticket: Path<String>,
        /// Makes repeating the request harmless for 24 hours.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<String>>,
    ) -> Result<Done, ApiError> {
        let Caller(called) = caller;
        let number = named(&portal, &called, &ticket.0).await?;
        portal
            .mark_private(
                &called.visitor.actor,
                MarkPrivate {
                    portal: called.portal.id,
                    number,
                    key: idempotency(key.0)?,
                },
            )
            .await?;
        Ok(Done::NoContent)
    }

    /// Say whether the solution is good.
    ///
    /// Of a closed ticket that the contact is on. A later answer takes the place of the one before; saying the same again
    /// changes nothing.
    #[oai(path = "/:slug/tickets/:ticket/rating", method = "put", operation_id = "rateTicket")]
    async fn rate(
        &self,
        portal: Data<&Portal>,
        caller: Caller,
        /// The slug of the token's portal.
        #[oai(name = "slug")]
        _slug: Path<String>,
        ticket: Path<String>,
        body: Json<RatingDto>,
    ) -> Result<Done, ApiError> {
        let Caller(called) = caller;
        let number = named(&portal, &called, &ticket.0).await?;
        let command = RateTicket {
            portal: called.portal.id,
            number,
            rating: match body.0.rating {
                RatingKindDto::Good => Rating::Good,
                RatingKindDto::NotGood => Rating::NotGood,
            },
            comment: body.0.comment.unwrap_or_default(),
        };
        portal.rate_ticket(&called.visitor.actor, command).await?;
        Ok(Done::NoContent)
    }
}

/// The ticket that a path names, by number or id. What is neither is as absent as what is not visible.
async fn named(portal: &Portal, called: &Called, text: &str) -> Result<TicketNumber, ApiError> {
    if let Ok(number) = text.parse::<TicketNumber>() {
        return Ok(number);
    }
    let id: TicketId = text.parse().map_err(|_| ApiError::not_found())?;
    Ok(portal
        .ticket_number(&called.visitor.actor, called.portal.id, id)
        .await?)
}

fn idempotency(text: Option<String>) -> Result<Option<IdempotencyKey>, ApiError> {
    text.map(|it| it.parse().map_err(|err| ApiError::bad("bad_idempotency_key", err)))
        .transpose()
}
