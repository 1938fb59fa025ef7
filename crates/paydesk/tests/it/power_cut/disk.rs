//! What may be on a disk when the power fails, by what was recorded.
//!
//! On the disk is what had been written when a sync began that has ended. Of everything else that
//! was begun, any part may be there: all, nothing, some of the writes, some of the sectors of a
//! write. Only the names in the folder change in order, as in every journaling file system.

use std::collections::{BTreeMap, HashMap};

use super::recording::{Entry, FileId, Name, Ticket};
use crate::support::random::Random;

/// What a disk writes wholly or not at all.
const SECTOR_BYTES: usize = 512;

/// A disk, as it becomes entry by entry.
#[derive(Default)]
pub(super) struct Disk {
    files: HashMap<FileId, File>,
    /// The names that are sure.
    names: BTreeMap<Name, FileId>,
    /// Changes of names that are not.
    unsure_names: Vec<(usize, NameChange)>,
    /// When each sync that has not ended began.
    syncs: HashMap<Ticket, (FileId, usize)>,
    /// What was begun and has not ended.
    begun: HashMap<Ticket, FileId>,
    /// How many entries it has seen.
    moment: usize,
}

/// A file's sure bytes, and what was done since, in order.
#[derive(Default)]
struct File {
    sure: Vec<u8>,
    unsure: Vec<Unsure>,
}

struct Unsure {
    ticket: Ticket,
    ended: Option<usize>,
    change: Change,
}

enum Change {
    Write { offset: usize, bytes: Vec<u8> },
    Truncate { length: usize },
}

#[derive(Clone, Copy)]
enum NameChange {
    Create(FileId),
    Unlink(Name),
}

/// How much of what is not sure has reached the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reached {
    Nothing,
    Everything,
    /// What came first, and of the next write some first sectors.
    First,
    /// Each write by chance.
    SomeWrites,
    /// Each sector of each write by chance.
    SomeSectors,
}

impl Reached {
    pub(super) const ALL: [Self; 5] =
        [Self::Nothing, Self::Everything, Self::First, Self::SomeWrites, Self::SomeSectors];
}

/// The files that a restarted machine finds.
pub(super) type Image = BTreeMap<Name, Vec<u8>>;

impl Disk {
    /// Lets the next entry happen. `is_honest` says of which files the syncs are believed.
    pub(super) fn apply(&mut self, entry: &Entry, is_honest: impl Fn(Name) -> bool) {
        match entry {
            Entry::Started | Entry::Answer(_) => {}
            Entry::Created(file) => {
                self.files.insert(*file, File::default());
                self.unsure_names.push((self.moment, NameChange::Create(*file)));
            }
            Entry::Unlinked(file) => {
                self.unsure_names.push((self.moment, NameChange::Unlink(file.name)));
            }
            Entry::Write { file, ticket, offset, bytes } => {
                let change = Change::Write { offset: *offset, bytes: bytes.clone() };
                self.begin(*file, *ticket, change);
            }
            Entry::Truncate { file, ticket, length } => {
                self.begin(*file, *ticket, Change::Truncate { length: *length });
            }
            Entry::Sync { file, ticket } => {
                self.syncs.insert(*ticket, (*file, self.moment));
            }
            Entry::Done(ticket) => self.end(*ticket, is_honest),
        }
        self.moment += 1;
    }

    fn begin(&mut self, file: FileId, ticket: Ticket, change: Change) {
        self.begun.insert(ticket, file);
        let file = self.files.get_mut(&file).expect("a file is made before it is written");
        file.unsure.push(Unsure { ticket, ended: None, change });
    }

    fn end(&mut self, ticket: Ticket, is_honest: impl Fn(Name) -> bool) {
        if let Some(file) = self.begun.remove(&ticket) {
            let file = self.files.get_mut(&file).expect("a file is made before it is written");
            let unsure = file.unsure.iter_mut().rev().find(|unsure| unsure.ticket == ticket);
            unsure.expect("what ends has begun").ended = Some(self.moment);
        } else if let Some((file, began)) = self.syncs.remove(&ticket)
            && is_honest(file.name)
        {
            self.make_sure(file, began);
        }
    }

    /// What had ended before a moment is on the disk from now on.
    fn make_sure(&mut self, id: FileId, began: usize) {
        if id.name == Name::Folder {
            for (_, change) in self.unsure_names.extract_if(.., |(at, _)| *at < began) {
                change.apply(&mut self.names);
            }
            return;
        }
        let file = self.files.get_mut(&id).expect("a file is made before it is synced");
        let sure = &mut file.sure;
        for Unsure { change, .. } in
            file.unsure.extract_if(.., |unsure| unsure.ended.is_some_and(|ended| ended < began))
        {
            change.apply(sure);
        }
    }

    /// What a restarted machine may find if the power fails now.
    pub(super) fn image(&self, reached: Reached, random: &mut Random) -> Image {
        let mut names = self.names.clone();
        let count = self.unsure_names.len();
        let kept = match reached {
            Reached::Nothing => 0,
            Reached::Everything => count,
            Reached::First | Reached::SomeWrites | Reached::SomeSectors => up_to(count, random),
        };
        for (_, change) in &self.unsure_names[..kept] {
            change.apply(&mut names);
        }
        names.into_iter().map(|(name, id)| (name, self.files[&id].image(reached, random))).collect()
    }
}

impl File {
    fn image(&self, reached: Reached, random: &mut Random) -> Vec<u8> {
        let mut bytes = self.sure.clone();
        let first = up_to(self.unsure.len(), random);
        for (index, Unsure { change, .. }) in self.unsure.iter().enumerate() {
            match reached {
                Reached::Nothing => {}
                Reached::Everything => change.apply(&mut bytes),
                Reached::First if index < first => change.apply(&mut bytes),
                Reached::First if index == first => {
                    let mut sectors = 0..random.below(8);
                    change.apply_torn(&mut bytes, || sectors.next().is_some());
                }
                Reached::First => {}
                Reached::SomeWrites if random.once_in(2) => change.apply(&mut bytes),
                Reached::SomeWrites => {}
                Reached::SomeSectors => change.apply_torn(&mut bytes, || random.once_in(2)),
            }
        }
        bytes
    }
}

impl Change {
    fn apply(&self, file: &mut Vec<u8>) {
        self.apply_torn(file, || true);
    }

    /// The sectors that are wanted, asked for in order. What is not a write is one of them.
    fn apply_torn(&self, file: &mut Vec<u8>, mut is_wanted: impl FnMut() -> bool) {
        match self {
            Self::Truncate { length } => {
                if is_wanted() {
                    file.resize(*length, 0);
                }
            }
            Self::Write { offset, bytes } => {
                let mut start = 0;
                while start < bytes.len() {
                    let at = offset + start;
                    // Up to the next border of a sector of the disk.
                    let end = (start + SECTOR_BYTES - at % SECTOR_BYTES).min(bytes.len());
                    if is_wanted() {
                        write(file, at, &bytes[start..end]);
                    }
                    start = end;
                }
            }
        }
    }
}

impl NameChange {
    fn apply(self, names: &mut BTreeMap<Name, FileId>) {
        match self {
            Self::Create(file) => {
                names.insert(file.name, file);
            }
            Self::Unlink(name) => {
                names.remove(&name);
            }
        }
    }
}

fn write(file: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if file.len() < end {
        file.resize(end, 0);
    }
    file[offset..end].copy_from_slice(bytes);
}

fn up_to(count: usize, random: &mut Random) -> usize {
    let count = u64::try_from(count).expect("a small number");
    usize::try_from(random.below(count + 1)).expect("no larger one")
}
