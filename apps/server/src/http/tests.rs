use poem::{IntoEndpoint, IntoResponse, get, handler};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::oneshot;

use super::*;

#[handler]
fn hello() -> &'static str {
    "hello"
}

#[handler]
async fn never() -> Response {
    std::future::pending::<()>().await;
    "never".into_response()
}

struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    server: tokio::task::JoinHandle<io::Result<bool>>,
}

async fn start(header: Duration, drain: Duration) -> Running {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let endpoint = poem::Route::new()
        .at("/", get(hello))
        .at("/never", get(never))
        .into_endpoint();
    let patience = Patience {
        connections: 4,
        header,
        drain,
    };
    let server = tokio::spawn(async move {
        let endpoint = poem::EndpointExt::map_to_response(endpoint);
        serve(listener, endpoint, patience, async {
            let _ = stopped.await;
        })
        .await
    });
    Running { address, stop, server }
}

async fn all(mut stream: TcpStream) -> String {
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    answer
}

const LONG: Duration = Duration::from_mins(1);

#[tokio::test]
async fn it_answers_and_stops() {
    let running = start(LONG, LONG).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    let answer = all(stream).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("hello"),
        "{answer}"
    );
    // One that is idle does not hold it up.
    let _idle = TcpStream::connect(running.address).await.unwrap();
    running.stop.send(()).unwrap();
    assert!(running.server.await.unwrap().unwrap());
    assert!(TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn a_head_that_drips_is_cut_off() {
    let running = start(Duration::from_millis(200), LONG).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ")
        .await
        .unwrap();
    // Ends only because the server ends it.
    let answer = tokio::time::timeout(LONG, all(stream)).await.unwrap();
    assert!(!answer.contains("200 OK"), "{answer}");
    running.stop.send(()).unwrap();
    running.server.await.unwrap().unwrap();
}

#[tokio::test]
async fn a_request_that_does_not_end_is_given_up() {
    let running = start(LONG, Duration::from_millis(100)).await;
    let mut stream = TcpStream::connect(running.address).await.unwrap();
    stream
        .write_all(b"GET /never HTTP/1.1\r\nHost: a\r\n\r\n")
        .await
        .unwrap();
    // The request must have arrived before the server is told to stop: a second one behind it proves nothing, so ask another.
    let mut other = TcpStream::connect(running.address).await.unwrap();
    other
        .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        .await
        .unwrap();
    assert!(all(other).await.ends_with("hello"));
    running.stop.send(()).unwrap();
    assert!(!running.server.await.unwrap().unwrap());
    drop(stream);
}
