//! Temporary files: the draft of an export, the text handed to an editor.
//!
//! Only their owner may read them. They are removed on drop. Their names are also kept in one
//! list, so that the thread that ends the program on a signal can remove them: nothing is
//! dropped then.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, TryLockError};
use std::thread;
use std::time::Duration;

use rustix::fs::{CWD, RenameFlags};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

/// Everything that is there now.
static DRAFTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// SIGXFSZ: a file has outgrown its limit (`ulimit -f`). Its number is the same
/// on every system that this program runs on.
const FILE_TOO_LARGE: i32 = 25;

/// Names that are tried before others have to have taken all of them.
const ATTEMPTS: u32 = 1000;

/// A file or folder that goes when this is dropped.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
}

impl Draft {
    /// A new file (mode 0600) in a folder, under a short name: the folder may be on
    /// a file system whose names are no longer than what the file will be called.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn file_in(folder: &Path) -> io::Result<(Self, File)> {
        Self::make(folder, |path| {
            let mut options = OpenOptions::new();
            options.write(true).create_new(true).mode(0o600).open(path)
        })
    }

    /// A new folder (mode 0700) in the folder for temporary files: what an editor
    /// puts beside its file goes with it.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn folder() -> io::Result<Self> {
        let make = |path: &Path| DirBuilder::new().mode(0o700).create(path);
        Self::make(&std::env::temp_dir(), make).map(|(draft, ())| draft)
    }

    fn make<T>(folder: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(Self, T)> {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        for _ in 0..ATTEMPTS {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let path = folder.join(format!(".anli-{}-{number}", std::process::id()));
            // Held while it is made, so that no draft is there that is not listed.
            let mut drafts = drafts();
            match make(&path) {
                Ok(made) => {
                    drafts.push(path.clone());
                    return Ok((Self { path }, made));
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file another name on the same file system, which then has it in
    /// the place of what was there.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn replace(self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)
    }

    /// Gives the file another name on the same file system, where nothing has that name yet.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::AlreadyExists`] where there is something, and what the
    /// system says.
    pub fn put(self, target: &Path) -> io::Result<()> {
        match rustix::fs::renameat_with(CWD, &self.path, CWD, target, RenameFlags::NOREPLACE) {
            // Not every file system can: NFS and some in user space.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => self.link(target),
            renamed => Ok(renamed?),
        }
    }

    fn link(self, target: &Path) -> io::Result<()> {
        match fs::hard_link(&self.path, target) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                // No links either, as on FAT: whoever makes the file has the name.
                OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .open(target)?;
                fs::rename(&self.path, target)
            }
            linked => linked,
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        remove(&self.path);
        drafts().retain(|path| *path != self.path);
    }
}

/// Takes away all that is there, before the program ends without dropping
/// anything. No draft can be made after that.
pub fn remove_all() {
    // Whoever holds the list may be what hangs, or what panicked.
    for _ in 0..20 {
        let drafts = match DRAFTS.try_lock() {
            Ok(drafts) => drafts,
            Err(TryLockError::Poisoned(drafts)) => drafts.into_inner(),
            Err(TryLockError::WouldBlock) => {
                thread::park_timeout(Duration::from_millis(1));
                continue;
            }
        };
        for path in drafts.iter() {
            remove(path);
        }
        std::mem::forget(drafts);
        return;
    }
}

/// From here on a signal that ends the program takes all drafts away first. For
/// a program that nothing else watches signals for; to be called as often as one
/// likes.
///
/// # Errors
///
/// What the system says.
pub fn remove_on_signals() -> io::Result<()> {
    static WATCHED: AtomicBool = AtomicBool::new(false);
    if WATCHED.swap(true, Ordering::AcqRel) {
        return Ok(());
    }
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP, SIGQUIT])?;
    let watch = move || {
        if let Some(signal) = signals.forever().next() {
            remove_all();
            let _ = emulate_default_handler(signal);
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(watch)?;
    Ok(())
}

/// From here on a file that outgrows its limit is an error, as on a full disk, and
/// does not end the program.
pub fn survive_file_limits() {
    let outgrown = Arc::new(AtomicBool::new(false));
    // Without it the signal ends the program, as it does others.
    let _ = signal_hook::flag::register(FILE_TOO_LARGE, outgrown);
}

fn drafts() -> MutexGuard<'static, Vec<PathBuf>> {
    DRAFTS
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Removes a file or a folder, if it is still there. What is reported is what
/// went wrong before, not this.
fn remove(path: &Path) {
    if fs::remove_file(path).is_err() {
        let _ = fs::remove_dir_all(path);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("readable");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("readable").file_name();
        let mut names: Vec<String> = entries
            .map(|entry| name(entry).to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    fn draft(folder: &Path, text: &str) -> Draft {
        let (draft, mut file) = Draft::file_in(folder).expect("made");
        file.write_all(text.as_bytes()).expect("written");
        draft
    }

    #[test]
    fn a_draft_is_its_owners_alone_and_goes_on_drop() {
        let folder = tempfile::tempdir().expect("a folder");
        let draft = draft(folder.path(), "半");
        let mode = |path: &Path| {
            let found = fs::metadata(path).expect("there");
            found.permissions().mode() & 0o777
        };
        assert_eq!(mode(draft.path()), 0o600);
        assert!(names(folder.path())[0].len() < 32);
        drop(draft);
        assert!(names(folder.path()).is_empty());

        let draft = Draft::folder().expect("made");
        let path = draft.path().to_owned();
        assert_eq!(mode(&path), 0o700);
        fs::write(path.join("text~"), "半").expect("written");
        drop(draft);
        assert!(!path.exists());
    }

    #[test]
    fn nothing_is_replaced_unless_that_is_wanted() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("cases.md");
        let read = || fs::read_to_string(&target).expect("readable");
        draft(folder.path(), "一").put(&target).expect("free");
        let taken = draft(folder.path(), "二").put(&target);
        assert_eq!(
            taken.expect_err("taken").kind(),
            io::ErrorKind::AlreadyExists
        );
        assert_eq!(read(), "一");
        let taken = draft(folder.path(), "二").link(&target);
        assert_eq!(
            taken.expect_err("taken").kind(),
            io::ErrorKind::AlreadyExists
        );
        assert_eq!(read(), "一");
        draft(folder.path(), "三").replace(&target).expect("wanted");
        assert_eq!(read(), "三");
        assert_eq!(names(folder.path()), ["cases.md"]);
    }

    #[test]
    fn a_file_system_without_the_rename_links() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("cases.md");
        draft(folder.path(), "一").link(&target).expect("free");
        assert_eq!(fs::read_to_string(&target).expect("readable"), "一");
        assert_eq!(names(folder.path()), ["cases.md"]);
    }
}
