//! What can be asked of the application, and what it asks of the world.

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

/// Everything that can happen to the application.
#[derive(Clone, Debug)]
pub enum Action {
    /// What the editor made of a note.
    TakeNote(String),
    /// A command of the table.
    Run(Command),
    /// Characters typed into the line that is being edited.
    Type(String),
    /// A character typed into list or page before any key was used there: the
    /// beginning of a new search.
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
    /// The terminal draws characters of ambiguous width, or frames, otherwise than
    /// assumed so far.
    TakeWidths {
        ambiguous: Ambiguous,
        /// Whether frames have to be drawn in ASCII.
        ascii: bool,
        /// Whether joined emoji are drawn as one sign.
        joins: bool,
    },
    /// A frame is about to be drawn: what it lacks is asked for.
    PrepareFrame,
    /// The answer to a query.
    ShowFound(Found),
    /// Why some of the cases found are listed, which the answer left out.
    ShowExplained(Explained),
    /// The topics of every case, worked out, and the rules that did it.
    TakeTopics(Arc<Rules>, Vec<Vec<Assignment>>),
    /// How far the library is read.
    TakeProgress(Option<Loading>),
    /// What was asked for and worked out.
    TakeDone(Done),
    /// What is kept, as it is now.
    TakeKept(Box<State>),
    /// How saving what is kept went.
    TakeSaving(Saving),
    /// What the reader may see of the round by now.
    TakeSeat(Arc<Seat>),
    /// So many changes of marks are being saved, which takes a while.
    TellSaving(usize),
    /// The reader wants to leave and marks could not be saved.
    AskToLeave,
    /// Something that the reader should know.
    Tell(String),
    /// A text could not be copied: why, and the text, to be had another way.
    OfferText {
        why: String,
        text: String,
    },
    /// The reader's editor changed the text of a case that it was lent.
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

/// How far a library is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    /// Files that are read, and all there are; 0 until they are counted.
    pub read: usize,
    pub all: usize,
}

/// How saving went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Changes of marks that are not saved.
    pub marks: usize,
    /// Why saving failed; `None` where it did not.
    pub failed: Option<Unsavable>,
}

/// Why marks cannot be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsavable {
    /// As a sentence.
    pub sentence: String,
    /// Why, for a sentence that says already that marks are not saved.
    pub cause: String,
}

/// Something to be written to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    pub contents: Contents,
    /// As typed.
    pub path: String,
    /// Whether the reader agreed to lose a file of that name.
    pub overwrite: bool,
}

impl Export {
    /// A file that must not be there yet.
    pub fn to(path: &str, contents: Contents) -> Self {
        Self {
            contents,
            path: path.to_owned(),
            overwrite: false,
        }
    }

    /// The cases that are written; none for a text.
    pub fn cases(&self) -> &[CaseIndex] {
        match &self.contents {
            Contents::Cases(cases, _) => cases,
            Contents::Text(_) => &[],
        }
    }

    /// The format of the cases; none for a text.
    pub fn format(&self) -> Option<Format> {
        match self.contents {
            Contents::Cases(_, format) => Some(format),
            Contents::Text(_) => None,
        }
    }
}

/// What a file is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    Cases(Vec<CaseIndex>, Format),
    Text(String),
}

/// A text that an editor is lent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lent {
    pub case: CaseIndex,
    /// The case's id: what the file may be called.
    pub name: String,
    pub text: String,
}

/// The commands that keys are bound to; one row of the command table each.
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
    /// Whether it writes a file, runs a program, opens documents or stops this
    /// program: what a public terminal does without.
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

    /// Whether it does something with a case, so that there has to be one.
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

/// What the keys of a line that is being edited do.
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
    /// Whether it does what a public terminal does without, whatever asked for it.
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

/// What the world has to do about an action.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Ask the search for this query; the answer comes as
    /// [`Action::ShowFound`].
    Search(String),
    /// Look for the matches of some hits of a query that its answer left out; they
    /// come as [`Action::ShowExplained`].
    Explain {
        query: String,
        cases: Vec<CaseIndex>,
    },
    /// Tell the search what the corpus does not know, and ask again where the
    /// query depends on it.
    Know {
        facts: FieldValues,
        ask: Option<String>,
    },
    /// Remember what the reader did; the state comes back as
    /// [`Action::TakeKept`].
    Keep(Vec<Change>),
    /// Write an entry of the juror; what the juror may see then comes back as
    /// [`Action::TakeSeat`].
    Enter(Writing),
    /// Write an entry of the juror, and leave.
    EnterAndQuit(Writing),
    /// Write what the office of a round records; what it may see then comes back as
    /// [`Action::TakeSeat`].
    Record(Act),
    /// Keep the line that the juror is writing, or none.
    KeepDraft(Option<Draft>),
    /// Send a text to the reader's clipboard.
    Copy(String),
    /// Show a text on the bare terminal, to be selected there.
    Show(String),
    Export(Export),
    /// Hand a text to the reader's pager.
    Pager(String),
    /// Hand a text to the reader's editor; what was changed there comes back as
    /// [`Action::TakeEdited`].
    Editor(Lent),
    /// Open a note that is being written in the reader's editor; it comes back as
    /// [`Action::TakeNote`].
    EditNote(Lent),
    /// Report the mouse, or leave it to the terminal.
    TurnMouse,
    /// Begin the guided tour.
    Tour,
    /// Read the documents again.
    Reread,
    /// Open another library, by its place among those of the settings.
    OpenLibrary(usize),
    /// Write the whole screen again.
    Repaint,
    /// Give the terminal back and stop until the shell continues the program.
    Suspend,
    /// Leave, unless there is something to ask before.
    Quit,
    /// Leave although marks are not saved.
    Abandon,
}
