//! What a reader sees and what keys do, over the real seeds and without a
//! terminal. Whole screens are kept as snapshots; what they have to show was
//! read in the seeds, and is asserted where it can be said in a line.

#[path = "../handmade/mod.rs"]
mod handmade;
#[path = "../support/mod.rs"]
mod support;

mod analysis;
mod command_line;
mod contrast;
mod documents;
mod filter;
mod frames;
mod hints;
mod keeping;
mod kiosk;
mod leaving;
mod list;
mod looks;
mod marking;
mod mouse;
mod opening;
mod passages;
mod reading;
mod reasons;
mod resizing;
mod round;
mod tour;
mod typing;
mod views;
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
            snapshot_path => "snapshots",
            snapshot_suffix => format!("{columns}x{rows}"),
        }, {
            insta::assert_snapshot!(screen.$way());
        });
    }};
}
use kept;

/// The sizes at which most screens are looked at.
const SIZES: [(u16, u16); 3] = [(120, 36), (80, 24), (40, 12)];
