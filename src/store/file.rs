//! The state file: read with suspicion, replaced in one step, guarded by a lock.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use rustix::fs::OFlags;
use serde::{Deserialize, Serialize};

use super::report::{Attempt, Damage, Report};
use super::state::State;

/// The version that this program writes.
const VERSION: u64 = 1;
/// More bytes are neither read nor written: thousands of notes fit in.
const LIMIT: usize = 16 << 20;
/// How long to wait for another explorer that is saving. It takes milliseconds,
/// unless that one is stopped in the middle.
const PATIENCE: Duration = Duration::from_secs(2);

/// The folder with the state file.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

/// What reading the file came to.
pub enum Reading {
    Absent,
    State(State),
    /// It can be kept aside; why it is damaged.
    Damaged(Damage),
    /// It must be left as it is.
    Untouchable(Report),
}

/// Held while a file is read, joined and replaced; given back on drop.
pub struct Lock {
    _file: File,
}

/// What decides whether the rest can be understood.
#[derive(Deserialize)]
struct Head {
    version: u64,
}

#[derive(Serialize)]
struct Written<'a> {
    version: u64,
    #[serde(flatten)]
    state: &'a State,
}

impl Folder {
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    fn file(&self) -> PathBuf {
        self.path.join("state.json")
    }

    /// Reads the file.
    pub fn read(&self) -> Reading {
        let file = self.file();
        match fs::symlink_metadata(&file) {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Reading::Untouchable(Report::NotAFile { file }),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Reading::Absent,
            Err(cause) => return Reading::Untouchable(Report::Unreadable { file, cause }),
        }
        let bytes = match read_bytes(&file) {
            Ok(bytes) => bytes,
            Err(cause) => return Reading::Untouchable(Report::Unreadable { file, cause }),
        };
        if bytes.len() > LIMIT {
            return Reading::Damaged(Damage::TooLarge(LIMIT));
        }
        let head: Head = match serde_json::from_slice(&bytes) {
            Ok(head) => head,
            Err(why) => return Reading::Damaged(Damage::Syntax(why.to_string())),
        };
        match head.version {
            0 => Reading::Damaged(Damage::Version(0)),
            VERSION => match serde_json::from_slice::<State>(&bytes) {
                Ok(state) => Reading::State(state.tidied()),
                Err(why) => Reading::Damaged(Damage::Syntax(why.to_string())),
            },
            version => Reading::Untouchable(Report::Newer { file, version }),
        }
    }

    /// Takes the lock, and makes the folder where there is none.
    pub fn lock(&self) -> Result<Lock, Report> {
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.path);
        made.map_err(|cause| not_saved(Attempt::CreateFolder, &self.path, cause))?;
        let path = self.path.join("state.lock");
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .custom_flags(flags(OFlags::NOFOLLOW))
            .open(&path)
            .map_err(|cause| not_saved(Attempt::OpenLock, &path, cause))?;
        let taken = match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => match wait_for(file) {
                Some(taken) => taken,
                None => return Err(Report::Busy { lock: path }),
            },
            // Some network file systems know no locks; joining still keeps all
            // but what two explorers save in the same instant.
            Err(TryLockError::Error(cause)) if cause.kind() == io::ErrorKind::Unsupported => {
                Ok(file)
            }
            Err(TryLockError::Error(cause)) => Err(cause),
        };
        taken
            .map(|file| Lock { _file: file })
            .map_err(|cause| not_saved(Attempt::TakeLock, &path, cause))
    }

    /// Renames the file to the first free name. Call with the lock held.
    pub fn set_aside(&self, damage: Damage) -> Result<Report, Report> {
        let file = self.file();
        let kept = (1..=u32::MAX)
            .map(|number| self.path.join(format!("state.json.damaged-{number}")))
            .find(|kept| fs::symlink_metadata(kept).is_err())
            .expect("a folder holds fewer than four billion files");
        fs::rename(&file, &kept).map_err(|cause| not_saved(Attempt::KeepAside, &file, cause))?;
        Ok(Report::Damaged { file, kept, damage })
    }

    /// Replaces the file. Call with the lock held: the draft has one name, so
    /// that a killed program leaves at most one behind.
    pub fn write(&self, state: &State) -> Result<(), Report> {
        let file = self.file();
        let written = Written {
            version: VERSION,
            state,
        };
        let bytes = serde_json::to_vec(&written).expect("the state has string keys only");
        if bytes.len() > LIMIT {
            let bytes = bytes.len();
            return Err(Report::TooLarge { file, bytes });
        }
        let draft = self.path.join("state.json.tmp");
        write_draft(&draft, &bytes).map_err(|cause| not_saved(Attempt::Write, &draft, cause))?;
        // A rename replaces what the name stands for and follows no link.
        fs::rename(&draft, &file).map_err(|cause| not_saved(Attempt::Replace, &file, cause))?;
        let synced = File::open(&self.path).and_then(|folder| folder.sync_all());
        synced.map_err(|cause| not_saved(Attempt::SyncFolder, &self.path, cause))
    }
}

/// Waits for the lock, but not for ever: the thread that asks for it is left
/// behind, and gives it back at once should it still get it. `None` when the
/// patience is at its end.
fn wait_for(file: File) -> Option<io::Result<File>> {
    let (sender, receiver) = mpsc::channel();
    let ask = move || {
        let locked = file.lock().map(|()| file);
        let _ = sender.send(locked);
    };
    let thread = std::thread::Builder::new().name("state lock".to_owned());
    match thread.spawn(ask) {
        Ok(_) => receiver.recv_timeout(PATIENCE).ok(),
        Err(cause) => Some(Err(cause)),
    }
}

/// Reads at most one byte more than the limit, so that the caller sees that
/// there is more.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    // The name may have come to stand for something else since it was looked
    // at: a link is not followed, a pipe not waited for.
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(flags(OFlags::NOFOLLOW | OFlags::NONBLOCK))
        .open(path)?;
    let mut bytes = Vec::new();
    file.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn write_draft(draft: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::remove_file(draft) {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
        _ => {}
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn flags(flags: OFlags) -> i32 {
    i32::try_from(flags.bits()).expect("the flags of open(2) are an int")
}

fn not_saved(attempt: Attempt, path: &Path, cause: io::Error) -> Report {
    Report::NotSaved {
        attempt,
        path: path.to_owned(),
        cause,
    }
}
