//! Actions that change the application, and effects that it requests.

use std::sync::Arc;

pub use super::motion::Motion;
use super::work::Done;
use crate::corpus::CaseIndex;
use crate::export::Format;
use crate::jury::office::Act;
use crate::jury::seat::{Draft, Seat, Writing};
use crate::key::Mouse;
use crate::search::field_values::FieldValues;
use crate::search::{Explained, Found};
use crate::store::{Change, State};
use crate::text::width::Ambiguous;
use crate::topics::{Assignment, Rules};

/// An event that changes the application.
#[derive(Clone, Debug)]
pub enum Action {
    /// The text of a note as the external editor saved it.
    TakeNote(String),
    /// A command of the command table.
    Run(Command),
    /// Characters typed into the edited line.
    Type(String),
    /// A character typed into list or page before any other key was used there. It begins a new
    /// search.
    Begin(char),
    /// Nothing was pressed for as long as a word is not typed.
    Pause,
    /// Pasted text.
    Paste(String),
    Mouse(Mouse),
    /// The screen has a new size, in columns and rows.
    Fit {
        columns: u16,
        rows: u16,
    },
    /// The terminal draws ambiguous-width characters, frames or joined emoji in this way.
    TakeWidths {
        ambiguous: Ambiguous,
        /// Whether frames must be drawn in ASCII.
        ascii: bool,
        /// Whether joined emoji are drawn as one glyph.
        joins: bool,
    },
    /// A frame is about to be drawn. Requests the matches that its hits lack.
    PrepareFrame,
    /// The answer to a query.
    ShowFound(Found),
    /// The matches of some hits, which the answer left out.
    ShowExplained(Explained),
    /// The topics of every case, and the rules that assigned them.
    TakeTopics(Arc<Rules>, Vec<Vec<Assignment>>),
    /// Progress of reading the library.
    TakeProgress(Option<Loading>),
    /// The result of a job.
    TakeDone(Done),
    /// The kept marks, notes and queries, as they are now.
    TakeKept(Box<State>),
    /// The result of saving marks.
    TakeSaving(Saving),
    /// What the reader may now see of the round.
    TakeSeat(Arc<Seat>),
    /// Number of changes of marks being saved, if saving takes a while.
    TellSaving(usize),
    /// The reader wants to quit and marks could not be saved.
    AskToLeave,
    /// A message for the reader.
    Tell(String),
    /// A text that could not be copied, to be offered in another way, and the reason.
    OfferText {
        why: String,
        text: String,
    },
    /// The external editor changed the text of a case.
    TakeEdited {
        case: CaseIndex,
        before: String,
        after: String,
    },
    /// The file of an export is there already.
    AskToOverwrite(Export),
    /// Ask again for the file of an export that was not written, and say why.
    AskForPathAgain(Export, String),
}

/// Progress of reading a library.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    /// Files read so far, and all files; 0 until they are counted.
    pub read: usize,
    pub all: usize,
}

/// Result of saving.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Number of changes of marks that are not saved.
    pub marks: usize,
    /// Why saving failed; `None` if it succeeded.
    pub failed: Option<Unsavable>,
}

/// Why marks cannot be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsavable {
    /// The reason as a complete sentence.
    pub sentence: String,
    /// The bare cause, for a sentence that already says that marks are not saved.
    pub cause: String,
}

/// Contents to write to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub contents: Contents,
    /// Path as typed.
    pub path: String,
    /// Whether the reader agreed to overwrite an existing file.
    pub overwrite: bool,
}

impl Export {
    /// Creates an export to a file that must not exist yet.
    pub fn to(path: &str, contents: Contents) -> Self {
        Self {
            contents,
            path: path.to_owned(),
            overwrite: false,
        }
    }

    /// Returns the cases that are written; none if the contents are a text.
    pub fn cases(&self) -> &[CaseIndex] {
        match &self.contents {
            Contents::Cases(cases, _) => cases,
            Contents::Text(_) => &[],
        }
    }

    /// Returns the format of the cases; `None` if the contents are a text.
    pub fn format(&self) -> Option<Format> {
        match self.contents {
            Contents::Cases(_, format) => Some(format),
            Contents::Text(_) => None,
        }
    }
}

/// Contents of an exported file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    Cases(Vec<CaseIndex>, Format),
    Text(String),
}

/// A text to be opened in an external editor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lent {
    pub case: CaseIndex,
    /// Id of the case, usable as file name.
    pub name: String,
    pub text: String,
}

/// Commands that keys are bound to. Each has one row in the command table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    Move(Motion),
    Open,
    Choose,
    Back,
    SwitchPane,
    Search,
    ClearSearch,
    NextMatch,
    PreviousMatch,
    NextCase,
    PreviousCase,
    NextSection,
    PreviousSection,
    Outline,
    Facets,
    Starred,
    Star,
    Select,
    SelectAll,
    Sort,
    Tag,
    Note,
    Topics,
    Figures,
    AllFigures,
    Evidence,
    Overview,
    Related,
    Lineage,
    Compare,
    Swap,
    Drop,
    ScoreSheet,
    Tally,
    NextUnscored,
    Comment,
    Recuse,
    Abstain,
    Defer,
    Withdraw,
    Confirm,
    Explain,
    Settle,
    Agenda,
    Minute,
    Vote,
    Decide,
    Left,
    Right,
    Passage,
    KeepPassage,
    Hold,
    Unit,
    NextUnit,
    PreviousUnit,
    MarkParagraph,
    Passages,
    Copy,
    Cite,
    Export,
    Pager,
    Editor,
    Mouse,
    GoBack,
    GoForward,
    Script,
    Raw,
    Zen,
    Justify,
    Narrower,
    Wider,
    Help,
    Tour,
    Menu,
    Reread,
    Library,
    Repaint,
    Suspend,
    Quit,
    Edit(Editing),
}

impl Command {
    /// Whether the command writes a file, runs a program, opens documents or stops this program. A
    /// public terminal does not offer such commands.
    pub const fn reaches_out(self) -> bool {
        matches!(
            self,
            Self::Export
                | Self::Pager
                | Self::Editor
                | Self::Library
                | Self::Reread
                | Self::Suspend
                | Self::ScoreSheet
                | Self::Tally
        )
    }

    /// Whether the command acts on a case, so that there must be one.
    pub const fn needs_case(self) -> bool {
        matches!(
            self,
            Self::NextMatch
                | Self::PreviousMatch
                | Self::NextCase
                | Self::PreviousCase
                | Self::NextSection
                | Self::PreviousSection
                | Self::Outline
                | Self::Star
                | Self::Select
                | Self::SelectAll
                | Self::Tag
                | Self::Note
                | Self::Topics
                | Self::Figures
                | Self::AllFigures
                | Self::Evidence
                | Self::Related
                | Self::Passage
                | Self::Hold
                | Self::Unit
                | Self::MarkParagraph
                | Self::Copy
                | Self::Cite
                | Self::Pager
                | Self::Editor
                | Self::Raw
                | Self::Zen
        )
    }
}

/// Editing commands of an edited line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Editing {
    NewLine,
    DeleteBefore,
    DeleteBehind,
    DeleteWord,
    DeleteToStart,
    DeleteToEnd,
    Left,
    Right,
    Home,
    End,
}

impl Effect {
    /// Whether a public terminal must not carry out this effect, whatever requested it.
    pub const fn reaches_out(&self) -> bool {
        matches!(
            self,
            Self::Show(_)
                | Self::Export(_)
                | Self::Pager(_)
                | Self::Editor(_)
                | Self::EditNote(_)
                | Self::OpenLibrary(_)
                | Self::Record(_)
                | Self::Reread
                | Self::Suspend
        )
    }
}

/// What the application requests from its surroundings.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Search for this query. The answer arrives as [`Action::ShowFound`].
    Search(String),
    /// Find the matches of some hits that the answer left out. They arrive as
    /// [`Action::ShowExplained`].
    Explain {
        query: String,
        cases: Vec<CaseIndex>,
    },
    /// Give the search the facts that the corpus does not contain, and ask again if the query
    /// depends on them.
    Know {
        facts: FieldValues,
        ask: Option<String>,
    },
    /// Save changes of the reader. The state comes back as [`Action::TakeKept`].
    Keep(Vec<Change>),
    /// Write an entry of the juror. What the juror may see then comes back as [`Action::TakeSeat`].
    Enter(Writing),
    /// Write an entry of the juror, and quit.
    EnterAndQuit(Writing),
    /// Write an act of a round's office. What the office may see then comes back as
    /// [`Action::TakeSeat`].
    Record(Act),
    /// Save the draft of the line that the juror is writing, or delete it.
    KeepDraft(Option<Draft>),
    /// Copy a text to the clipboard.
    Copy(String),
    /// Show a text on the bare terminal, so that it can be selected there.
    Show(String),
    Export(Export),
    /// Open a text in the reader's pager.
    Pager(String),
    /// Open a text in the reader's editor. Changes come back as [`Action::TakeEdited`].
    Editor(Lent),
    /// Open a note that is being written in the reader's editor. It comes back as
    /// [`Action::TakeNote`].
    EditNote(Lent),
    /// Turn mouse reporting on or off.
    TurnMouse,
    /// Start the guided tour.
    Tour,
    /// Read the documents again.
    Reread,
    /// Open another library, by its index in the settings.
    OpenLibrary(usize),
    /// Redraw the whole screen.
    Repaint,
    /// Restore the terminal and stop until the shell continues the program.
    Suspend,
    /// Quit, unless a question has to be asked first.
    Quit,
    /// Quit although marks are not saved.
    Abandon,
}
