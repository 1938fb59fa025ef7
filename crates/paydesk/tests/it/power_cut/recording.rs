//! What a server did to its files and what it answered, in order.

use std::collections::HashMap;

/// Everything that was recorded. A moment is an index of it: what is before it has happened.
pub(super) struct Recording {
    pub(super) entries: Vec<Entry>,
}

/// What a file is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Name {
    Database,
    Log,
    Journal,
    Folder,
}

/// One of the files, or their folder. A file that is made anew under a name has the next number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct FileId {
    pub(super) name: Name,
    pub(super) generation: u64,
}

/// Something that happened, began or ended.
#[derive(Debug)]
pub(super) enum Entry {
    /// A server was started.
    Started,
    Created(FileId),
    Unlinked(FileId),
    /// Begins. Until it ends, no sync need have seen it.
    Write {
        file: FileId,
        ticket: Ticket,
        offset: usize,
        bytes: Vec<u8>,
    },
    /// Begins.
    Truncate {
        file: FileId,
        ticket: Ticket,
        length: usize,
    },
    /// Begins. Once it ends, what had ended before it began is on disk.
    Sync {
        file: FileId,
        ticket: Ticket,
    },
    /// What has this ticket has ended.
    Done(Ticket),
    /// An answer is about to be sent; the head of it.
    Answer(String),
}

/// What began and what ended have the same one. Each server counts its own.
pub(super) type Ticket = (u64, u64);

/// What begins an entry in the file, as `recorder.c` has it.
const HEADER_BYTES: usize = 24;

impl Name {
    pub(super) const FILES: [Self; 3] = [Self::Database, Self::Log, Self::Journal];

    fn from_number(number: u8) -> Self {
        [Self::Database, Self::Log, Self::Journal, Self::Folder][usize::from(number)]
    }

    /// What it adds to the name of the database.
    pub(super) const fn suffix(self) -> &'static str {
        match self {
            Self::Database => "",
            Self::Log => "-wal",
            Self::Journal => "-journal",
            Self::Folder => panic!("a folder is no file"),
        }
    }
}

impl Recording {
    pub(super) fn parse(mut bytes: &[u8]) -> Self {
        let mut recording = Self { entries: Vec::new() };
        let mut files = Files::default();
        while let Some((header, rest)) = bytes.split_at_checked(HEADER_BYTES) {
            let number = |from: usize| {
                let eight = header[from..from + 8].try_into().expect("eight bytes");
                u64::from_le_bytes(eight)
            };
            let length = u32::from_le_bytes(header[4..8].try_into().expect("four bytes"));
            let (payload, rest) = rest.split_at(length.try_into().expect("it is in memory"));
            let generation = u16::from_le_bytes([header[2], header[3]]);
            let file = files.find(Name::from_number(header[1]), generation.into());
            let ticket = (files.server, number(8));
            let offset = usize::try_from(number(16)).expect("files are small");
            let entry = match header[0] {
                b'p' => files.next_server(),
                b'c' => files.create(file),
                b'u' => Entry::Unlinked(file),
                b'w' => Entry::Write { file, ticket, offset, bytes: payload.to_vec() },
                b't' => Entry::Truncate { file, ticket, length: offset },
                b's' => Entry::Sync { file, ticket },
                b'd' => recording.done(ticket, offset),
                b'a' => Entry::Answer(String::from_utf8_lossy(payload).into_owned()),
                b'f' => panic!("a write, a truncation or a sync failed"),
                b'm' => panic!("{file:?} is written through memory, which is not recorded"),
                other => panic!("no kind of entry: {other}"),
            };
            recording.entries.push(entry);
            bytes = rest;
        }
        recording
    }

    /// When each sync ended, and of what.
    pub(super) fn ends_of_syncs(&self) -> Vec<(usize, Name)> {
        let mut begun = HashMap::new();
        let mut ends = Vec::new();
        for (at, entry) in (0..).zip(&self.entries) {
            match entry {
                Entry::Sync { file, ticket } => {
                    begun.insert(*ticket, file.name);
                }
                Entry::Done(ticket) => ends.extend(begun.remove(ticket).map(|name| (at, name))),
                _ => {}
            }
        }
        ends
    }

    /// An end. A write that was cut short is rare enough not to be looked at.
    fn done(&self, ticket: Ticket, written: usize) -> Entry {
        let mut latest = self.entries.iter().rev().take(100);
        let begun = latest.find_map(|entry| match entry {
            Entry::Write { ticket: other, bytes, .. } if *other == ticket => Some(bytes.len()),
            _ => None,
        });
        assert!(begun.is_none_or(|length| length == written), "a write was cut short");
        Entry::Done(ticket)
    }
}

/// Numbers files across servers. A server numbers the files of a name itself, from none for one
/// that was there when it started.
#[derive(Default)]
struct Files {
    server: u64,
    /// The latest file of each name.
    latest: HashMap<Name, u64>,
    /// The latest of each name when the server started.
    found: HashMap<Name, u64>,
}

impl Files {
    fn next_server(&mut self) -> Entry {
        self.server += 1;
        self.found = self.latest.clone();
        Entry::Started
    }

    fn find(&self, name: Name, generation: u64) -> FileId {
        let found = self.found.get(&name).copied().unwrap_or(0);
        FileId { name, generation: found + generation }
    }

    fn create(&mut self, file: FileId) -> Entry {
        self.latest.insert(file.name, file.generation);
        Entry::Created(file)
    }
}
