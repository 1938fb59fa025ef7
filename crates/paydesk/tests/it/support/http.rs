//! As much of HTTP/1.1 as the tests need: one connection, one request at a time.
//!
//! A client of its own, because these tests cut connections, and must know what was read before.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use form_urlencoded::Serializer;

/// Ends the wait for an answer that does not come.
const PATIENCE: Duration = Duration::from_secs(60);

/// One connection that uses one secret key.
pub(crate) struct Client {
    stream: BufReader<TcpStream>,
    key: String,
}

/// A request that can be sent as often as wanted.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    method: &'static str,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

/// A whole answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn get(path: &str) -> Self {
        Self::new("GET", path)
    }

    pub(crate) fn post(path: &str, form: &[(&str, &str)]) -> Self {
        let body = Serializer::new(String::new()).extend_pairs(form).finish();
        Self { body, ..Self::new("POST", path) }
            .header("Content-Type", "application/x-www-form-urlencoded")
    }

    fn new(method: &'static str, path: &str) -> Self {
        Self { method, path: path.to_owned(), headers: Vec::new(), body: String::new() }
    }

    /// With this header, in place of one of the same name.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn idempotent(self, key: &str) -> Self {
        self.header("Idempotency-Key", key)
    }

    /// What goes over the wire before the body.
    pub(crate) fn head(&self, key: &str) -> String {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: paydesk\r\n", self.method, self.path);
        if !key.is_empty() {
            head += &format!("Authorization: Bearer {key}\r\n");
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        if self.method == "POST" {
            head += &format!("Content-Length: {}\r\n", self.body.len());
        }
        head + "\r\n"
    }

    pub(crate) fn body(&self) -> &str {
        &self.body
    }
}

impl Client {
    /// A connection to a server that runs.
    pub(crate) fn connect(address: SocketAddr, key: &str) -> Self {
        Self::try_connect(address, key).expect("the server accepts connections")
    }

    /// A connection to a server that may be gone.
    pub(crate) fn try_connect(address: SocketAddr, key: &str) -> io::Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream: BufReader::new(stream), key: key.to_owned() })
    }

    /// Sends a request and reads the whole answer, where the server lives as long.
    pub(crate) fn try_send(&mut self, request: &Request) -> io::Result<Answer> {
        let message = request.head(&self.key) + request.body();
        self.stream.get_mut().write_all(message.as_bytes())?;
        self.try_read()
    }

    /// Sends a request that is expected to be answered.
    pub(crate) fn send(&mut self, request: &Request) -> Answer {
        let answer = self.try_send(request);
        answer.unwrap_or_else(|error| panic!("{request:?} is not answered: {error}"))
    }

    /// Sends a request that is expected to succeed.
    pub(crate) fn ok(&mut self, request: &Request) -> Answer {
        let answer = self.send(request);
        assert_eq!(answer.status, 200, "{request:?} got {}", answer.text());
        answer
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.ok(&Request::get(path))
    }

    pub(crate) fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.ok(&Request::post(path, form))
    }

    /// Sends bytes as they are.
    pub(crate) fn write(&mut self, message: &str) {
        let written = self.stream.get_mut().write_all(message.as_bytes());
        written.expect("the server reads");
    }

    /// Reads one answer, which may be an interim one without a body.
    pub(crate) fn read(&mut self) -> Answer {
        self.try_read().expect("the server answers")
    }

    /// Waits until the server ends the connection; false if it sends something instead.
    pub(crate) fn is_ended_by_server(&mut self) -> bool {
        match self.stream.fill_buf() {
            Ok(bytes) => bytes.is_empty(),
            Err(error) => error.kind() == io::ErrorKind::ConnectionReset,
        }
    }

    /// Whether nothing has come by now.
    pub(crate) fn has_nothing_to_read(&self) -> bool {
        let stream = self.stream.get_ref();
        stream.set_nonblocking(true).expect("a socket has this option");
        let seen = stream.peek(&mut [0]);
        stream.set_nonblocking(false).expect("a socket has this option");
        seen.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }

    fn try_read(&mut self) -> io::Result<Answer> {
        let status_line = self.read_line()?;
        let status = status_line
            .strip_prefix("HTTP/1.1 ")
            .and_then(|rest| rest.get(..3))
            .and_then(|code| code.parse().ok())
            .ok_or_else(|| invalid(&status_line))?;
        let mut headers = Vec::new();
        loop {
            let line = self.read_line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(": ").ok_or_else(|| invalid(&line))?;
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut answer = Answer { status, headers, body: Vec::new() };
        let length: usize = match answer.header("content-length") {
            Some(length) => length.parse().map_err(|_| invalid(length))?,
            None => 0,
        };
        answer.body.resize(length, 0);
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }

    fn read_line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let whole = line.strip_suffix("\r\n").map(str::to_owned);
        whole.ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }
}

impl Answer {
    /// The value of a header, named in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find_map(|(header, value)| (header == name).then_some(value.as_str()))
    }

    /// The session's revision that came with it.
    pub(crate) fn revision(&self) -> u64 {
        let revision = self.header("paydesk-revision");
        revision
            .and_then(|revision| revision.parse().ok())
            .unwrap_or_else(|| panic!("an answer about a session has its revision: {self:?}"))
    }

    pub(crate) fn is_replayed(&self) -> bool {
        self.header("idempotent-replayed") == Some("true")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("JSON: {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn invalid(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, text.to_owned())
}
