//! What is remembered between two runs: stars, tags, notes, passages, the place where
//! reading stopped, the queries asked.
//!
//! One JSON file in the platform's state folder. It is replaced in one step, so
//! that a program killed while saving leaves the old file or the new one. Two
//! explorers at once lose nothing: each saves under a lock, after joining its
//! changes with those that the file has meanwhile got. A file that cannot be
//! read is kept aside, never overwritten.

mod file;
mod folders;
mod passage;
mod report;
mod seen;
mod state;
mod unknown;

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

pub use folders::{Missing, default_folder};
pub use passage::Passage;
pub use report::{Attempt, Damage, Report};
pub use seen::Seen;
pub use state::{
    Change, HISTORY_LIMIT, Marks, NOTE_LIMIT, Resume, State, TAG_LIMIT, tidy_note, tidy_tag,
};

use file::{Folder, Loaded};

/// The state and the file that it goes to.
#[derive(Debug)]
pub struct Store {
    place: Destination,
    state: State,
    /// Marks that wait to be saved.
    marks: usize,
    /// Whether anything waits to be saved, the place and queries included.
    unsaved: bool,
}

/// Where the state is saved.
#[derive(Debug)]
enum Destination {
    /// Nowhere, and nobody expects it to be.
    Memory,
    /// Nowhere, for want of a folder.
    Missing(Missing),
    Folder(Folder),
}

impl Store {
    /// A store that is not asked to save anything.
    pub fn memory() -> Self {
        Self::at(Destination::Memory, State::default())
    }

    /// Reads the state of the platform's usual folder, as [`Store::open`] does.
    pub fn open_usual() -> (Self, Vec<Report>) {
        match default_folder() {
            Ok((folder, mut reports)) => {
                let (store, others) = Self::open(&folder);
                reports.extend(others);
                (store, reports)
            }
            Err(missing) => Self::homeless(missing),
        }
    }

    /// A store without a folder: every attempt to save fails with the report that
    /// says why.
    pub fn homeless(missing: Missing) -> (Self, Vec<Report>) {
        let report = missing.report();
        let store = Self::at(Destination::Missing(missing), State::default());
        (store, vec![report])
    }

    /// Reads the state of a folder, which need not exist yet. Where the file cannot
    /// be used the state is empty and a report says why; saving is tried all the
    /// same, since what is in the way may go away.
    pub fn open(folder: &Path) -> (Self, Vec<Report>) {
        let folder = Folder::new(folder);
        match folder.read() {
            Loaded::Absent => (Self::with(folder, State::default()), Vec::new()),
            Loaded::State(state) => {
                let reports = folder.replaceable().err().into_iter().collect();
                (Self::with(folder, *state), reports)
            }
            Loaded::Damaged(_) => Self::open_damaged(folder),
            Loaded::Untouchable(report) => (Self::with(folder, State::default()), vec![report]),
        }
    }

    /// Keeps the damaged file aside, unless another explorer has mended it
    /// while this one waited for the lock.
    fn open_damaged(folder: Folder) -> (Self, Vec<Report>) {
        let aside = folder
            .lock(&mut || {})
            .and_then(|_lock| match folder.read() {
                Loaded::Absent => Ok((State::default(), None)),
                Loaded::State(state) => Ok((*state, None)),
                Loaded::Damaged(why) => Ok((State::default(), Some(folder.set_aside(why)?))),
                Loaded::Untouchable(report) => Err(report),
            });
        match aside {
            Ok((state, report)) => (Self::with(folder, state), report.into_iter().collect()),
            Err(report) => (Self::with(folder, State::default()), vec![report]),
        }
    }

    fn with(folder: Folder, state: State) -> Self {
        Self::at(Destination::Folder(folder), state)
    }

    fn at(place: Destination, state: State) -> Self {
        Self {
            place,
            state,
            marks: 0,
            unsaved: false,
        }
    }

    /// What is remembered.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether anything waits to be saved.
    pub fn unsaved(&self) -> bool {
        self.unsaved && !matches!(self.place, Destination::Memory)
    }

    /// How many changes of marks wait to be saved.
    pub fn unsaved_marks(&self) -> usize {
        match self.place {
            Destination::Memory => 0,
            Destination::Missing(_) | Destination::Folder(_) => self.marks,
        }
    }

    /// Takes a change in, at this moment. It is saved with [`Store::save`].
    pub fn apply(&mut self, change: Change) {
        self.apply_all(vec![change]);
    }

    /// Takes changes in, at this moment and in this order. They are saved with
    /// [`Store::save`].
    pub fn apply_all(&mut self, changes: Vec<Change>) {
        self.marks += changes.iter().filter(|change| change.is_mark()).count();
        self.unsaved |= !changes.is_empty();
        self.state.apply_all(changes, now());
    }

    /// Takes in that cases were found again, see [`crate::follow`]; it is saved with
    /// [`Store::save`]. None of it is a mark that the reader would miss.
    pub fn adopt(&mut self, changes: Vec<Change>) {
        self.unsaved |= !changes.is_empty();
        self.state.apply_all(changes, now());
    }

    /// Saves what is unsaved, joined with what other explorers saved meanwhile,
    /// which the state holds from then on. The reports returned say what was
    /// found amiss and mended.
    ///
    /// # Errors
    ///
    /// A report of what failed. The state stays in memory, unsaved, and the next
    /// call tries again.
    pub fn save(&mut self) -> Result<Vec<Report>, Report> {
        self.save_after(&mut || {})
    }

    /// Saves as [`Store::save`] does, and calls `contended` if another process
    /// holds the lock, so that saving takes longer than writing a file.
    ///
    /// # Errors
    ///
    /// Those of [`Store::save`].
    pub fn save_after(&mut self, contended: &mut dyn FnMut()) -> Result<Vec<Report>, Report> {
        if !self.unsaved {
            return Ok(Vec::new());
        }
        let folder = match &self.place {
            Destination::Memory => return Ok(Vec::new()),
            Destination::Missing(missing) => return Err(missing.report()),
            Destination::Folder(folder) => folder,
        };
        let _lock = folder.lock(contended)?;
        let mut reports = Vec::new();
        match folder.read() {
            Loaded::Absent => {}
            Loaded::State(other) => self.state.join(&other),
            Loaded::Damaged(why) => reports.push(folder.set_aside(why)?),
            Loaded::Untouchable(report) => return Err(report),
        }
        self.state.prune(now());
        folder.write(&self.state)?;
        (self.unsaved, self.marks) = (false, 0);
        Ok(reports)
    }
}

/// Microseconds since 1970.
pub fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_micros() as u64)
}
