use anyhow::Result;
use poem::listener::TcpListener;
use poem::{Route, Server, get, handler};

#[handler]
fn hello() -> &'static str {
    "hello"
}

/// An empty handler of the same framework, in a process of its own like the product.
pub(crate) async fn serve(port: u16) -> Result<()> {
    Server::new(TcpListener::bind(("127.0.0.1", port)))
        .run(Route::new().at("/", get(hello)))
        .await?;
    Ok(())
}
