//! One keep-alive connection: a request goes out in one write, an answer comes back whole.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context as Waker, Poll};

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use crate::answer::Inbox;

/// A connection that is used for one request at a time.
pub struct Connection {
    stream: TcpStream,
    inbox: Inbox,
}

impl Connection {
    pub async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)
            .await
            .with_context(|| format!("connecting to {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, inbox: Inbox::new() })
    }

    /// Sends a request and waits for its answer's body; a status other than 200 is an error.
    pub async fn exchange(&mut self, request: &[u8]) -> Result<&[u8]> {
        self.send(request).await?;
        let answer = loop {
            if let Some(answer) = self.inbox.take()? {
                break answer;
            }
            self.receive().await?;
        };
        let body = self.inbox.body(&answer);
        if answer.status != 200 {
            bail!(
                "the answer's status is {}\n--- request\n{}\n--- body of the answer\n{}",
                answer.status,
                String::from_utf8_lossy(request),
                String::from_utf8_lossy(body),
            );
        }
        Ok(body)
    }

    async fn send(&mut self, request: &[u8]) -> Result<()> {
        let mut rest = request;
        while !rest.is_empty() {
            let stream = &mut self.stream;
            let count = poll_fn(|waker| Pin::new(&mut *stream).poll_write(waker, rest)).await?;
            rest = &rest[count..];
        }
        Ok(())
    }

    async fn receive(&mut self) -> Result<()> {
        let count = poll_fn(|waker| self.poll_receive(waker)).await?;
        ensure!(count > 0, "the server closed the connection before its answer was complete");
        self.inbox.arrived(count);
        Ok(())
    }

    /// Polled by hand because `poll_read` saves the read that would only say "nothing more".
    fn poll_receive(&mut self, waker: &mut Waker<'_>) -> Poll<std::io::Result<usize>> {
        let mut room = ReadBuf::new(self.inbox.room());
        match Pin::new(&mut self.stream).poll_read(waker, &mut room) {
            Poll::Ready(Ok(())) => Poll::Ready(Ok(room.filled().len())),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => Poll::Pending,
        }
    }
}
