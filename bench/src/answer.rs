//! Finds HTTP/1.1 answers in a stream of bytes, with no more effort than a load generator needs.

use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};

/// One complete answer; its body stays in the inbox until more bytes are asked for.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    body: Range<usize>,
}

/// Bytes that arrived on one connection and were not yet handed out as answers.
pub struct Inbox {
    buffer: Vec<u8>,
    /// Where the first answer that was not handed out begins.
    start: usize,
    /// Where the arrived bytes end.
    end: usize,
    /// Up to where the search for the end of the head has come.
    searched: usize,
    head: Option<Head>,
}

#[derive(Clone, Copy)]
struct Head {
    status: u16,
    body_start: usize,
    body_length: usize,
}

impl Inbox {
    pub fn new() -> Self {
        Self { buffer: vec![0; 16 * 1024], start: 0, end: 0, searched: 0, head: None }
    }

    /// Free room to read into; it invalidates the bodies handed out before.
    pub fn room(&mut self) -> &mut [u8] {
        if self.start > 0 && self.head.is_none() {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.searched = self.searched.saturating_sub(self.start);
            self.start = 0;
        }
        if self.end == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        &mut self.buffer[self.end..]
    }

    /// Tells that so many bytes were read into the room.
    pub fn arrived(&mut self, count: usize) {
        self.end += count;
    }

    /// The next complete answer, or `None` while bytes of it are missing.
    pub fn take(&mut self) -> Result<Option<Answer>> {
        let Some(head) = self.head()? else {
            return Ok(None);
        };
        let body_end = head.body_start + head.body_length;
        if self.end < body_end {
            return Ok(None);
        }
        self.head = None;
        self.start = body_end;
        self.searched = body_end;
        Ok(Some(Answer { status: head.status, body: head.body_start..body_end }))
    }

    pub fn body(&self, answer: &Answer) -> &[u8] {
        &self.buffer[answer.body.clone()]
    }

    fn head(&mut self) -> Result<Option<Head>> {
        if self.head.is_some() {
            return Ok(self.head);
        }
        // The end mark may have been split, so the search steps back by all but one of its bytes.
        let from = self.searched.saturating_sub(3).max(self.start);
        let arrived = &self.buffer[from..self.end];
        let Some(at) = arrived.windows(4).position(|four| four == b"\r\n\r\n") else {
            self.searched = self.end;
            return Ok(None);
        };
        let text = &self.buffer[self.start..from + at];
        let (status, body_length) = parse_head(text)
            .with_context(|| format!("in the head:\n{}", String::from_utf8_lossy(text)))?;
        self.head = Some(Head { status, body_start: from + at + 4, body_length });
        Ok(self.head)
    }
}

/// Status and length of the body; other ways to mark a body's end are refused.
fn parse_head(head: &[u8]) -> Result<(u16, usize)> {
    let mut lines = head.split(|byte| *byte == b'\n');
    let status = parse_status(lines.next().unwrap_or_default())?;
    let mut length = None;
    for line in lines {
        // Most lines are sorted out by their first letter.
        if !matches!(line.first(), Some(b'c' | b'C' | b't' | b'T')) {
            continue;
        }
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let (name, value) = (&line[..colon], line[colon + 1..].trim_ascii());
        if name.eq_ignore_ascii_case(b"content-length") {
            let digits = std::str::from_utf8(value).context("content-length is not text")?;
            length = Some(digits.parse().context("content-length is not a number")?);
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            bail!("the load generator cannot read chunked answers");
        }
    }
    Ok((status, length.context("the answer has no content-length")?))
}

fn parse_status(line: &[u8]) -> Result<u16> {
    ensure!(line.starts_with(b"HTTP/1.1 "), "this is not an HTTP/1.1 answer");
    let digits = line.get(9..12).context("the status line is too short")?;
    Ok(std::str::from_utf8(digits)?.parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn receive(inbox: &mut Inbox, bytes: &[u8]) {
        let mut rest = bytes;
        while !rest.is_empty() {
            let room = inbox.room();
            let count = room.len().min(rest.len());
            room[..count].copy_from_slice(&rest[..count]);
            inbox.arrived(count);
            rest = &rest[count..];
        }
    }

    fn taken(inbox: &mut Inbox) -> Option<(u16, String)> {
        let answer = inbox.take().unwrap()?;
        Some((answer.status, String::from_utf8(inbox.body(&answer).to_vec()).unwrap()))
    }

    fn refused(bytes: &[u8]) -> String {
        let mut inbox = Inbox::new();
        receive(&mut inbox, bytes);
        format!("{:#}", inbox.take().unwrap_err())
    }

    #[test]
    fn an_answer_in_one_piece_is_taken_once() {
        let mut inbox = Inbox::new();
        receive(&mut inbox, b"HTTP/1.1 200 OK\r\ndate: now\r\ncontent-length: 5\r\n\r\nhello");
        assert_eq!(taken(&mut inbox), Some((200, "hello".to_owned())));
        assert_eq!(taken(&mut inbox), None);
    }

    #[test]
    fn an_answer_that_arrives_byte_by_byte_is_complete_only_at_its_last_byte() {
        let bytes = b"HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\nx: y\r\n\r\nabc";
        let mut inbox = Inbox::new();
        for byte in &bytes[..bytes.len() - 1] {
            receive(&mut inbox, &[*byte]);
            assert_eq!(taken(&mut inbox), None);
        }
        receive(&mut inbox, &bytes[bytes.len() - 1..]);
        assert_eq!(taken(&mut inbox), Some((404, "abc".to_owned())));
    }

    #[test]
    fn a_head_may_be_split_within_its_end_mark() {
        let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
        let mark = whole.len() - 6;
        for cut in mark..=mark + 4 {
            let mut inbox = Inbox::new();
            receive(&mut inbox, &whole[..cut]);
            assert_eq!(taken(&mut inbox), None);
            receive(&mut inbox, &whole[cut..]);
            assert_eq!(taken(&mut inbox), Some((200, "ok".to_owned())), "cut at {cut}");
        }
    }

    #[test]
    fn what_follows_an_answer_belongs_to_the_next_one() {
        let mut inbox = Inbox::new();
        receive(
            &mut inbox,
            b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\noneHTTP/1.1 201 Created\r\ncontent-le",
        );
        assert_eq!(taken(&mut inbox), Some((200, "one".to_owned())));
        assert_eq!(taken(&mut inbox), None);
        receive(&mut inbox, b"ngth: 3\r\n\r\ntwo");
        assert_eq!(taken(&mut inbox), Some((201, "two".to_owned())));
        assert_eq!(taken(&mut inbox), None);
    }

    #[test]
    fn a_leftover_head_whose_body_is_missing_survives_further_reads() {
        let mut inbox = Inbox::new();
        receive(
            &mut inbox,
            b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\na\
              HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nb",
        );
        assert_eq!(taken(&mut inbox), Some((200, "a".to_owned())));
        assert_eq!(taken(&mut inbox), None);
        receive(&mut inbox, b"cd");
        assert_eq!(taken(&mut inbox), None);
        receive(&mut inbox, b"e");
        assert_eq!(taken(&mut inbox), Some((200, "bcde".to_owned())));
    }

    #[test]
    fn a_body_larger_than_the_buffer_is_read_whole() {
        let body = "x".repeat(100_000);
        let mut inbox = Inbox::new();
        let whole = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        receive(&mut inbox, whole.as_bytes());
        assert_eq!(taken(&mut inbox), Some((200, body)));
    }

    #[test]
    fn an_empty_body_is_an_answer_too() {
        let mut inbox = Inbox::new();
        receive(&mut inbox, b"HTTP/1.1 200 OK\r\nCONTENT-LENGTH:0\r\n\r\n");
        assert_eq!(taken(&mut inbox), Some((200, String::new())));
    }

    #[test]
    fn a_chunked_answer_is_refused_with_its_head() {
        let message = refused(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        assert!(message.contains("cannot read chunked"), "{message}");
        assert!(message.contains("HTTP/1.1 200 OK"), "{message}");
    }

    #[test]
    fn an_answer_without_a_length_is_refused() {
        let message = refused(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\n\r\n");
        assert!(message.contains("no content-length"), "{message}");
    }

    #[test]
    fn something_other_than_http_is_refused() {
        let message = refused(b"SSH-2.0-server\r\n\r\n");
        assert!(message.contains("not an HTTP/1.1 answer"), "{message}");
    }
}
