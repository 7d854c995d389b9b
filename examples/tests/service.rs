//! The HTTP server of the example, asked by an HTTP client.

use std::io::{BufRead as _, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// The server, and where it is.
struct Server(Child, String);

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_service"));
        let mut child = server.args(arguments).stdout(Stdio::piped()).spawn().expect("cargo has built it");
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().expect("it is piped"));
        said.read_line(&mut line).expect("it says where it is");
        child.stdout = Some(said.into_inner());
        Self(child, line.trim().to_owned())
    }

    /// The status, and what it answers.
    fn get(&self, path: &str, body: &str) -> (u16, String) {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer =
            agent.post(format!("{}{path}", self.1)).header("connection", "close").send(body).expect("an answer");
        (answer.status().as_u16(), answer.body_mut().read_to_string().expect("text"))
    }

    fn end(mut self) {
        assert!(self.0.wait().expect("it is ours").success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        _ = self.0.kill();
    }
}

#[test]
fn routes_of_different_services_answer_on_many_threads() {
    let server = Server::start(&["--connections", "4"]);
    assert_eq!(server.get("/hello", "world"), (200, "hello world".into()));
    assert_eq!(server.get("/slow", ""), (503, "too late".into()));
    assert_eq!(server.get("/flaky", ""), (200, "attempt 3".into()));
    assert_eq!(server.get("/nowhere", ""), (404, "there is nothing here".into()));
    server.end();
}

#[test]
fn a_service_that_is_not_send_answers_on_one_thread() {
    let server = Server::start(&["--local", "--connections", "3"]);
    let idle = TcpStream::connect(server.1.trim_start_matches("http://")).expect("it listens");
    assert_eq!(server.get("/", ""), (200, "request 1".into())); // it is not kept waiting by the one that says nothing
    assert_eq!(server.get("/", ""), (200, "request 2".into()));
    drop(idle);
    server.end();
}
