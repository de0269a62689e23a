//! What is remembered between two runs: stars, tags, notes, passages, the place where
//! reading stopped, the queries asked.
//!
//! One JSON file in the platform's state folder. It is replaced in one step, so
//! that a program killed while saving leaves the old file or the new one. Two
//! explorers at once lose nothing: each saves under a lock, after joining its
//! changes with those that the file has meanwhile got. A file that cannot be
//! read is kept aside, never overwritten.

mod file;
mod passage;
mod report;
mod state;

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

pub use passage::Passage;
pub use report::{Attempt, Damage, Report};
pub use state::{Change, HISTORY_LIMIT, Marks, NOTE_LIMIT, Resume, State, TAG_LIMIT};

use file::{Folder, Reading};

/// The folder for state on this platform; `None` without a home folder.
pub fn default_folder() -> Option<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "anli")?;
    let folder = folders.state_dir();
    Some(folder.unwrap_or(folders.data_local_dir()).to_owned())
}

/// The state and the file that it goes to.
#[derive(Debug)]
pub struct Store {
    /// `None` where nothing is written.
    folder: Option<Folder>,
    state: State,
    unsaved: bool,
}

impl Store {
    /// A store that lives in memory alone.
    pub fn memory() -> Self {
        Self {
            folder: None,
            state: State::default(),
            unsaved: false,
        }
    }

    /// Reads the state of a folder, which need not exist yet. Without a folder,
    /// or where its file must not be written, the store works in memory; a
    /// report says why.
    pub fn open(folder: Option<&Path>) -> (Self, Vec<Report>) {
        let Some(folder) = folder else {
            return (Self::memory(), vec![Report::NoFolder]);
        };
        let folder = Folder::new(folder);
        match folder.read() {
            Reading::Absent => (Self::with(folder, State::default()), Vec::new()),
            Reading::State(state) => (Self::with(folder, state), Vec::new()),
            Reading::Damaged(_) => Self::open_damaged(folder),
            Reading::Untouchable(report) => (Self::memory(), vec![report]),
        }
    }

    /// Keeps the damaged file aside, unless another explorer has mended it
    /// while this one waited for the lock.
    fn open_damaged(folder: Folder) -> (Self, Vec<Report>) {
        let aside = folder.lock().and_then(|_lock| match folder.read() {
            Reading::Absent => Ok((State::default(), None)),
            Reading::State(state) => Ok((state, None)),
            Reading::Damaged(why) => Ok((State::default(), Some(folder.set_aside(why)?))),
            Reading::Untouchable(report) => Err(report),
        });
        match aside {
            Ok((state, report)) => (Self::with(folder, state), report.into_iter().collect()),
            Err(report) => (Self::memory(), vec![report]),
        }
    }

    fn with(folder: Folder, state: State) -> Self {
        Self {
            folder: Some(folder),
            state,
            unsaved: false,
        }
    }

    /// What is remembered.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether changes wait to be saved.
    pub fn unsaved(&self) -> bool {
        self.unsaved && self.folder.is_some()
    }

    /// Takes a change in, at this moment. It is saved with [`Store::save`].
    pub fn apply(&mut self, change: Change) {
        self.state.apply(change, now());
        self.unsaved = true;
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
        let Some(folder) = &self.folder else {
            return Ok(Vec::new());
        };
        if !self.unsaved {
            return Ok(Vec::new());
        }
        let _lock = folder.lock()?;
        let mut reports = Vec::new();
        match folder.read() {
            Reading::Absent => {}
            Reading::State(other) => self.state.join(&other),
            Reading::Damaged(why) => reports.push(folder.set_aside(why)?),
            Reading::Untouchable(report) => return Err(report),
        }
        self.state.prune(now());
        folder.write(&self.state)?;
        self.unsaved = false;
        Ok(reports)
    }
}

/// Microseconds since 1970.
fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_micros() as u64)
}
