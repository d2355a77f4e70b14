//! What happens before an operation of the staff's programs, and after it.

use poem::http::{HeaderValue, Method, StatusCode, header};
use poem::{Body, Endpoint, IntoResponse, Request, Response, Result};
use portal_core::Portal;
use portal_core::actor::Mode;
use portal_core::id::AgentId;
use portal_core::membership::Secret;
use portal_core::ports::IdempotencyKey;
use portal_core::programs::{Begun, Program};
use portal_core::settings::Host;
use portal_core::staff::Permission;
use sha2::{Digest, Sha256};

use crate::api::error::ApiError;
use crate::api::routes::{ApiRoute, Found, Who, find};

const KEY: &str = "idempotency-key";

/// Stands before all operations, and lets those of customers pass.
pub(crate) struct Gate<E> {
    pub(crate) inner: E,
    pub(crate) portal: Portal,
    /// The host where the staff work.
    pub(crate) office: Host,
}

impl<E: Endpoint<Output = Response>> Endpoint for Gate<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> Result<Response> {
        let path = request.uri().path();
        if path != "/v1/admin" && !path.starts_with("/v1/admin/") {
            return self.inner.call(request).await;
        }
        match self.guarded(request).await {
            Ok(response) => Ok(response),
            Err(err) => Ok(err.into_response()),
        }
    }
}

impl<E: Endpoint<Output = Response>> Gate<E> {
    async fn guarded(&self, mut request: Request) -> Result<Response, ApiError> {
        let route = match find(request.method(), request.uri().path()) {
            Found::Route(route) => route,
            Found::OtherMethods(allowed) => return Ok(other_methods(&allowed)),
            Found::Nothing => return Err(ApiError::not_found()),
        };
        if request.header(header::HOST) != Some(self.office.as_str()) {
            return Err(ApiError::not_found());
        }
        let program = self.arrive(&request).await?.ok_or_else(ApiError::sign_in)?;
        admitted(route, &program)?;
        let agent = program.user.id;
        request.set_data(program);
        let key = if *route.method == Method::GET {
            None
        } else {
            key_of(&request)?
        };
        match key {
            None => Ok(self.answer(request).await),
            Some(key) => self.once(request, agent, &key).await,
        }
    }

    async fn arrive(&self, request: &Request) -> Result<Option<Program>, ApiError> {
        let given = request.header(header::AUTHORIZATION).and_then(|it| it.split_once(' '));
        let secret = given
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .and_then(|(_, secret)| Secret::presented(secret.trim()));
        match secret {
            None => Ok(None),
            Some(secret) => Ok(self.portal.arrive_program(&secret).await?),
        }
    }

    async fn answer(&self, request: Request) -> Response {
        match self.inner.call(request).await {
            Ok(response) => response,
            Err(err) => crate::api::error::any(err).await,
        }
    }

    /// A command is begun, done, and its answer is kept: the effect is there at most once, and whoever asks again gets the
    /// same answer.
    async fn once(&self, mut request: Request, agent: AgentId, key: &IdempotencyKey) -> Result<Response, ApiError> {
        let body = request.take_body().into_bytes().await;
        let body = body.map_err(|err| ApiError::bad("bad_request", err))?;
        let mut hash = Sha256::new();
        for part in [
            request.method().as_str().as_bytes(),
            request.uri().to_string().as_bytes(),
            &body,
        ] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        match self.portal.begin_once(agent, key, hash.finalize().into()).await? {
            Begun::Now => {}
            Begun::Before(answer) => return Ok(again(&answer)),
            Begun::Unfinished => return Err(ApiError::unfinished()),
            Begun::OtherCommand => return Err(ApiError::key_reused()),
        }
        request.set_body(body);
        let response = self.answer(request).await;
        let status = response.status();
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            // Nobody knows what was done: so it stays, and is not done again under this key.
            return Ok(response);
        }
        if !status.is_success() {
            self.portal.end_once(agent, key, None).await?;
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let text = body.into_string().await.unwrap_or_default();
        let answer = format!("{}\n{text}", status.as_u16());
        self.portal.end_once(agent, key, Some(&answer)).await?;
        Ok(Response::from_parts(parts, Body::from(text)))
    }
}

/// What is judged by the table alone.
fn admitted(route: &ApiRoute, program: &Program) -> Result<(), ApiError> {
    let token = &program.token;
    let made_for = |it: &Permission| token.only.contains(&Permission::Admin) || token.only.contains(it);
    match route.who {
        Who::Contact => return Err(ApiError::not_found()),
        Who::Staff => {}
        Who::Any(permissions) => {
            if !permissions.iter().any(|it| made_for(it) && program.user.may(*it)) {
                let names: Vec<&str> = permissions.iter().map(|it| it.name()).collect();
                let title = format!(
                    "this needs a token for `{}`, and an owner who may",
                    names.join("` or `")
                );
                return Err(ApiError::forbidden("not_allowed", title));
            }
        }
    }
    if *route.method != Method::GET && token.mode == Mode::Read {
        return Err(ApiError::forbidden("read_only", "this token only reads"));
    }
    if route.dangerous && !token.dangerous {
        return Err(ApiError::prove());
    }
    Ok(())
}

fn key_of(request: &Request) -> Result<Option<IdempotencyKey>, ApiError> {
    let Some(given) = request.headers().get(KEY) else {
        return Ok(None);
    };
    let text = given.to_str().unwrap_or_default();
    text.parse()
        .map(Some)
        .map_err(|err| ApiError::bad("bad_idempotency_key", err))
}

fn again(answer: &str) -> Response {
    let (status, body) = answer.split_once('\n').unwrap_or((answer, ""));
    let status = status
        .parse::<u16>()
        .ok()
        .and_then(|it| StatusCode::from_u16(it).ok())
        .unwrap_or(StatusCode::OK);
    let mut response = Response::builder().status(status);
    if !body.is_empty() {
        response = response.content_type("application/json; charset=utf-8");
    }
    response.header("idempotency-replayed", "true").body(body.to_owned())
}

fn other_methods(allowed: &str) -> Response {
    let body = serde_json::json!({ "code": "method_not_allowed", "title": "this address does not have this method", "status": 405 });
    let mut response = Response::builder()
        .status(StatusCode::METHOD_NOT_ALLOWED)
        .content_type("application/problem+json")
        .body(body.to_string());
    if let Ok(allowed) = HeaderValue::from_str(allowed) {
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    response
}
