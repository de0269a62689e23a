//! The state file: read with suspicion, replaced in one step, guarded by a lock.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::Access;
use rustix::io::Errno;
use serde::{Deserialize, Serialize};

use super::report::{Attempt, Damage, Report};
use super::state::State;
use crate::file_lock::{self, NotLocked};

/// The version that this program writes.
const VERSION: u64 = 1;
/// More bytes are neither read nor written: thousands of notes fit in.
const LIMIT: usize = 16 << 20;

/// The folder with the state file.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

/// What reading the file came to.
pub enum Loaded {
    Absent,
    State(Box<State>),
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

    /// The file that the state is in, or would be: the target where the name is a
    /// link, as in a folder of dotfiles. The second value is whether it exists.
    fn target(&self) -> Result<(PathBuf, bool), Report> {
        let file = self.file();
        let unreadable = |cause| {
            let file = self.file();
            Report::Unreadable { file, cause }
        };
        let found = match fs::symlink_metadata(&file) {
            Ok(found) => found,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok((file, false)),
            Err(cause) => return Err(unreadable(cause)),
        };
        if found.is_file() {
            return Ok((file, true));
        }
        if !found.is_symlink() {
            return Err(Report::NotAFile { file });
        }
        let target = match fs::canonicalize(&file) {
            Ok(target) => target,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                return Err(Report::DeadLink { file });
            }
            Err(cause) => return Err(unreadable(cause)),
        };
        if target.is_file() {
            Ok((target, true))
        } else {
            Err(Report::NotAFile { file })
        }
    }

    /// The file that may be replaced, see [`Folder::target`].
    ///
    /// # Errors
    ///
    /// [`Report::ReadOnly`]: in a folder that can be written a rename would replace
    /// that one too.
    pub fn replaceable(&self) -> Result<PathBuf, Report> {
        let (file, exists) = self.target()?;
        if exists && is_read_only(&file) {
            return Err(Report::ReadOnly { file });
        }
        Ok(file)
    }

    /// Reads the file.
    pub fn read(&self) -> Loaded {
        let file = match self.target() {
            Ok((file, true)) => file,
            Ok((_, false)) => return Loaded::Absent,
            Err(report) => return Loaded::Untouchable(report),
        };
        let bytes = match read_bytes(&file) {
            Ok(bytes) => bytes,
            Err(cause) => return Loaded::Untouchable(Report::Unreadable { file, cause }),
        };
        let link = self.file();
        let damaged = |damage| {
            if file == link {
                return Loaded::Damaged(damage);
            }
            // A link may have been made to anything.
            let (file, target) = (link.clone(), file.clone());
            Loaded::Untouchable(Report::LinkElsewhere {
                file,
                target,
                damage,
            })
        };
        if bytes.len() > LIMIT {
            return damaged(Damage::TooLarge(LIMIT));
        }
        let head: Head = match serde_json::from_slice(&bytes) {
            Ok(head) => head,
            Err(why) => return damaged(Damage::Syntax(why.to_string())),
        };
        match head.version {
            0 => damaged(Damage::Version(0)),
            VERSION => match serde_json::from_slice::<State>(&bytes) {
                Ok(state) => Loaded::State(Box::new(state.tidied())),
                Err(why) => damaged(Damage::Syntax(why.to_string())),
            },
            version => Loaded::Untouchable(Report::Newer { file, version }),
        }
    }

    /// Takes the lock, and makes the folder where there is none. Calls `contended`
    /// once if another process holds it, before waiting for a bounded time.
    ///
    /// # Errors
    ///
    /// [`Report::Busy`] if the other process does not give it back in time, else
    /// what the system says.
    pub fn lock(&self, contended: &mut dyn FnMut()) -> Result<Lock, Report> {
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.path);
        made.map_err(|cause| {
            // Something else has that name.
            let cause = if cause.kind() == io::ErrorKind::AlreadyExists {
                io::ErrorKind::NotADirectory.into()
            } else {
                cause
            };
            not_saved(Attempt::CreateFolder, &self.path, cause)
        })?;
        let path = self.path.join("state.lock");
        // A pipe by that name would be waited for without an end.
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .custom_flags(file_lock::flags())
            .open(&path)
            .map_err(|cause| {
                if is_odd(&path) {
                    Report::LockNotAFile { lock: path.clone() }
                } else {
                    not_saved(Attempt::OpenLock, &path, cause)
                }
            })?;
        if !file.metadata().is_ok_and(|found| found.is_file()) {
            return Err(Report::LockNotAFile { lock: path });
        }
        // Where there are no locks, joining still keeps all but what two explorers save in
        // the same instant.
        match file_lock::take(&file, contended) {
            Ok(()) => Ok(Lock { _file: file }),
            Err(NotLocked::Busy) => Err(Report::Busy { lock: path }),
            Err(NotLocked::System(cause)) => Err(not_saved(Attempt::TakeLock, &path, cause)),
        }
    }

    /// Renames the file to the first free name beside it. Call with the lock held.
    pub fn set_aside(&self, damage: Damage) -> Result<Report, Report> {
        let file = self.replaceable()?;
        let kept = (1..=u32::MAX)
            .map(|number| beside(&file, "", &format!(".damaged-{number}")))
            .find(|kept| fs::symlink_metadata(kept).is_err())
            .expect("a folder holds fewer than four billion files");
        fs::rename(&file, &kept).map_err(|cause| not_saved(Attempt::KeepAside, &file, cause))?;
        Ok(Report::Damaged { file, kept, damage })
    }

    /// Replaces the file. Call with the lock held: the draft has a fixed name, so a killed
    /// program leaves at most one draft.
    pub fn write(&self, state: &State) -> Result<(), Report> {
        let file = self.replaceable()?;
        let written = Written {
            version: VERSION,
            state,
        };
        let bytes = serde_json::to_vec(&written).expect("the state has string keys only");
        if bytes.len() > LIMIT {
            let bytes = bytes.len();
            return Err(Report::TooLarge { file, bytes });
        }
        let linked = file != self.file();
        // In a folder that is not ours no file of another name is touched.
        let draft = if linked {
            beside(&file, ".", ".anli-draft")
        } else {
            beside(&file, "", ".tmp")
        };
        write_draft(&draft, &bytes).map_err(|cause| not_saved(Attempt::Write, &draft, cause))?;
        let failed = |attempt, path: &Path, cause| {
            let _ = fs::remove_file(&draft);
            not_saved(attempt, path, cause)
        };
        if linked && let Ok(old) = fs::metadata(&file) {
            let kept = fs::set_permissions(&draft, old.permissions());
            kept.map_err(|cause| failed(Attempt::Write, &draft, cause))?;
        }
        // A rename replaces the name itself and follows no link.
        fs::rename(&draft, &file).map_err(|cause| failed(Attempt::Replace, &file, cause))?;
        let folder = file.parent().unwrap_or(&self.path);
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(|cause| not_saved(Attempt::SyncFolder, folder, cause))
    }
}

/// Whether a path leads to something that is no file.
fn is_odd(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| !found.is_file())
}

/// Whether a file is not to be written: nobody may, or this user may not.
fn is_read_only(path: &Path) -> bool {
    let nobody = fs::metadata(path).is_ok_and(|found| found.permissions().readonly());
    let denied = rustix::fs::access(path, Access::WRITE_OK)
        .is_err_and(|cause| matches!(cause, Errno::ACCESS | Errno::PERM | Errno::ROFS));
    nobody || denied
}

/// The path of a file in the same folder, its name between two others.
fn beside(file: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = OsString::from(before);
    name.push(file.file_name().unwrap_or_default());
    name.push(after);
    file.with_file_name(name)
}

/// Reads at most one byte more than the limit, so that the caller sees that
/// there is more.
fn read_bytes(path: &Path) -> io::Result<Vec<u8>> {
    // The name may refer to something else since it was looked
    // at: a link is not followed, a pipe not waited for.
    let file = OpenOptions::new()
        .read(true)
        .custom_flags(file_lock::flags())
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
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // It would keep a full disk full.
        let _ = fs::remove_file(draft);
    }
    written
}

fn not_saved(attempt: Attempt, path: &Path, cause: io::Error) -> Report {
    Report::NotSaved {
        attempt,
        path: path.to_owned(),
        cause,
    }
}
