//! What a reader sees and what keys do, over the real seeds and without a
//! terminal. Whole screens are kept as snapshots; what they have to show was
//! read in the seeds, and is asserted where it can be said in a line.

mod handmade;
mod support;

#[path = "screens/analysis.rs"]
mod analysis;
#[path = "screens/command_line.rs"]
mod command_line;
#[path = "screens/contrast.rs"]
mod contrast;
#[path = "screens/documents.rs"]
mod documents;
#[path = "screens/filter.rs"]
mod filter;
#[path = "screens/frames.rs"]
mod frames;
#[path = "screens/hints.rs"]
mod hints;
#[path = "screens/keeping.rs"]
mod keeping;
#[path = "screens/leaving.rs"]
mod leaving;
#[path = "screens/list.rs"]
mod list;
#[path = "screens/looks.rs"]
mod looks;
#[path = "screens/marking.rs"]
mod marking;
#[path = "screens/mouse.rs"]
mod mouse;
#[path = "screens/opening.rs"]
mod opening;
#[path = "screens/passages.rs"]
mod passages;
#[path = "screens/reading.rs"]
mod reading;
#[path = "screens/reasons.rs"]
mod reasons;
#[path = "screens/resizing.rs"]
mod resizing;
#[path = "screens/round.rs"]
mod round;
#[path = "screens/tour.rs"]
mod tour;
#[path = "screens/typing.rs"]
mod typing;
#[path = "screens/views.rs"]
mod views;
#[path = "screens/wire.rs"]
mod wire;

/// Keeps a screen as a snapshot with the name of the test, and the size of the
/// screen behind it.
macro_rules! kept {
    ($screen:expr) => {
        kept!($screen, text)
    };
    ($screen:expr, $way:ident) => {{
        let screen = &$screen;
        let (columns, rows) = screen.app.window.size;
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "../snapshots",
            snapshot_suffix => format!("{columns}x{rows}"),
        }, {
            insta::assert_snapshot!(screen.$way());
        });
    }};
}
use kept;

/// The sizes at which most screens are looked at.
const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (40, 12)];
