//! The terminal lent to the reader's pager and editor.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use rustix::fs::OFlags;
use signal_hook::consts::{SIGINT, SIGQUIT};

use super::Shell;
use crate::app::App;
use crate::app::action::{Action, Lent};
use crate::draft::Draft;
use crate::text::gate;

/// More bytes than any text that was lent, with what a reader may add to it.
const LIMIT: u64 = 1 << 28;

impl Shell {
    /// Shows a text in the reader's pager.
    pub(super) fn page(&mut self, app: &App, text: &str) -> Option<Action> {
        let command = self.config.pager_command(variable);
        let text = gate::clean(text);
        self.lend(app, &command, |mut command| {
            // less takes the text for bytes where the locale is not installed.
            if variable("LESSCHARSET").is_none() {
                command.env("LESSCHARSET", "utf-8");
            }
            let mut child = command.stdin(Stdio::piped()).spawn()?;
            if let Some(mut stdin) = child.stdin.take() {
                // A pager that is left early closes the pipe.
                let _ = stdin.write_all(text.as_bytes());
            }
            child.wait()
        })
        .err()
        .flatten()
    }

    /// Opens a text in the reader's editor. What was changed there comes back to
    /// the application; the file goes.
    pub(super) fn edit(&mut self, app: &mut App, lent: &Lent) -> Option<Action> {
        self.edit_as(app, lent, |before, after| Action::TakeEdited {
            case: lent.case,
            before,
            after,
        })
    }

    /// Opens a note that is being written in the reader's editor.
    pub(super) fn edit_note(&mut self, app: &mut App, lent: &Lent) -> Option<Action> {
        self.edit_as(app, lent, |_, after| Action::TakeNote(after))
    }

    /// Opens a text in the reader's editor and has the application do what follows
    /// from the text before and after.
    fn edit_as(
        &mut self,
        app: &mut App,
        lent: &Lent,
        take: impl FnOnce(String, String) -> Action,
    ) -> Option<Action> {
        let command = self.config.editor_command(variable);
        let text = gate::clean(&lent.text).into_owned();
        let temporary = |error: io::Error| {
            let labels = app.settings.language.labels();
            Action::Tell((labels.reading.temporary)(&labels.reason(&error)))
        };
        let folder = match Draft::folder() {
            Ok(folder) => folder,
            Err(error) => return Some(temporary(error)),
        };
        let file = folder.path().join(format!("{}.txt", file_name(&lent.name)));
        if let Err(error) = write_private(&file, &text) {
            return Some(temporary(error));
        }
        let ended = self.lend(app, &command, |mut command| command.arg(&file).status());
        let told = ended.err().flatten();
        let words = app.words();
        let changed = match read_back(&file) {
            Ok(after) if after.trim_end() != text.trim_end() => Some(after),
            Ok(_) => None,
            Err(error) => {
                // Why the editor failed says more.
                let nothing = match error.kind() {
                    io::ErrorKind::NotFound => Action::Tell(words.edited_gone.to_owned()),
                    io::ErrorKind::InvalidData => Action::Tell(words.edited_no_text.to_owned()),
                    _ => temporary(error),
                };
                return told.or(Some(nothing));
            }
        };
        let Some(after) = changed else { return told };
        // An editor that failed may have saved first: nothing of that is lost.
        app.update(take(text, after));
        told
    }

    /// Runs another program on the terminal, without a shell. An error is the message to
    /// show.
    fn lend(
        &mut self,
        app: &App,
        command: &[String],
        run: impl FnOnce(Command) -> io::Result<ExitStatus>,
    ) -> Result<(), Option<Action>> {
        let (program, arguments) = command.split_first().ok_or(None)?;
        // Until the other program ends, a signal ends this one without asking.
        self.keep_place(app);
        let mut command = Command::new(program);
        command.args(arguments);
        let words = app.words();
        let said = match self.tui.lend(|| run(command)) {
            Err(error) => {
                let why = app.settings.language.labels().reason(&error);
                Some((words.no_program)(program, &why))
            }
            Ok(status) => match (status.code(), status.signal()) {
                (Some(0), _) => None,
                (Some(code), _) => Some((words.ended_with)(program, code)),
                // Typed at it.
                (None, Some(SIGINT | SIGQUIT)) => None,
                (None, signal) => Some((words.ended_by)(program, signal.unwrap_or_default())),
            },
        };
        said.map_or(Ok(()), |said| Err(Some(Action::Tell(said))))
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A name that no file system refuses, from one that came out of a document's.
fn file_name(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    name.chars().filter(|&c| plain(c)).take(40).collect()
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    let mut file = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())
}

/// What an editor left, cleaned like anything that comes from outside.
///
/// Errors: those of the system, and `InvalidData` where it is not UTF-8.
fn read_back(path: &Path) -> io::Result<String> {
    // Whatever has the name by now is not waited for.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).expect("the flags of open(2) are an int");
    let file: File = fs::OpenOptions::new()
        .read(true)
        .custom_flags(flags)
        .open(path)?;
    let mut bytes = Vec::new();
    file.take(LIMIT).read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| io::ErrorKind::InvalidData)?
        .replace("\r\n", "\n");
    Ok(gate::clean(&text).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_called_as_its_case_and_stays_in_its_folder() {
        assert_eq!(file_name("003-9"), "003-9");
        assert_eq!(file_name("../../etc/passwd-1"), "etcpasswd-1");
        assert_eq!(file_name(&"长".repeat(300)).chars().count(), 40);
    }
}
