//! What the frames of the real application cost on the wire, at 120x40 over the
//! seeds' own pages.

use anli::app::commands::Mode;
use anli::text::width::Ambiguous;
use anli::tui::dialect::Dialect;
use anli::tui::screen::Screen as Wire;
use anli::ui;

use crate::support::emulator::Emulator;
use crate::support::screen::Screen;

/// The explorer on a terminal that counts what it is sent, and shows it.
struct Desk {
    screen: Screen,
    wire: Wire<Vec<u8>>,
    emulator: Emulator,
}

impl Desk {
    /// The explorer after some keys, with the frame before them on the terminal.
    fn new(columns: u16, rows: u16, keys: &str) -> Self {
        let mut emulator = Emulator::new(columns, rows, Ambiguous::Narrow);
        // As the terminal floor leaves it: lines do not wrap.
        emulator.feed(b"\x1b[?7l\x1b[?25l");
        let mut wire = Wire::new(Vec::new(), columns, rows, Dialect::default());
        // And it has answered, as every terminal of these days does.
        wire.confirm_width();
        let mut desk = Self {
            screen: Screen::new(columns, rows),
            wire,
            emulator,
        };
        desk.after(keys);
        desk
    }

    /// Presses keys, one frame for all of them, and tells what it cost in bytes.
    #[track_caller]
    fn after(&mut self, keys: &str) -> usize {
        for key in crate::support::screen::parse(keys) {
            self.screen.input(anli::key::Input::Key(key));
        }
        self.show()
    }

    /// The frame written as if nothing were on the terminal.
    #[track_caller]
    fn repaint(&mut self) -> usize {
        self.wire.forget();
        self.show()
    }

    #[track_caller]
    fn show(&mut self) -> usize {
        let (app, theme) = (&self.screen.app, &self.screen.theme);
        self.wire
            .paint(|buffer, _| ui::draw(app, theme, buffer))
            .expect("a vector takes everything");
        let bytes = std::mem::take(self.wire.writer_mut());
        self.emulator.feed(&bytes);
        assert_eq!(self.emulator.mishaps(), [] as [String; 0]);
        // The terminal shows what was drawn, and the caret is where it belongs.
        let wanted = self.screen.text();
        assert_eq!(self.emulator.text(), wanted.trim_end());
        let caret = self.screen.caret();
        assert_eq!(self.emulator.cursor_is_visible(), caret.is_some());
        assert!(caret.is_none_or(|caret| caret == self.emulator.cursor()));
        bytes.len()
    }
}

#[test]
fn a_full_repaint_of_any_page_costs_at_most_7_kb() {
    let mut desk = Desk::new(120, 40, "{enter}");
    let mut most = 0;
    for _ in 0..94 {
        loop {
            let bytes = desk.repaint();
            assert!(bytes <= 7_000, "{bytes} bytes:\n{}", desk.screen.text());
            most = most.max(bytes);
            let top = desk.screen.app.page.top();
            desk.after("{pgdn}");
            if desk.screen.app.page.top() == top {
                break;
            }
        }
        desk.after("J");
    }
    for _ in 0..94 {
        let bytes = desk.repaint();
        assert!(bytes <= 7_000, "{bytes} bytes:\n{}", desk.screen.text());
        desk.after("K");
    }
    // Nor does the test look at pages that are empty.
    assert!(most > 4_000, "{most} bytes");
}

#[test]
fn moving_the_selection_with_the_page_following_costs_at_most_7_kb() {
    let mut desk = Desk::new(120, 40, "");
    for _ in 1..94 {
        let bytes = desk.after("{down}");
        assert!(bytes <= 7_000, "{bytes} bytes:\n{}", desk.screen.text());
    }
    // Back up, and by screens.
    for keys in ["{up}", "{up}", "{pgup}", "{pgup}", "{home}", "{end}"] {
        let bytes = desk.after(keys);
        assert!(bytes <= 7_000, "{keys}: {bytes} bytes");
    }
}

#[test]
fn moving_the_selection_alone_costs_at_most_450_bytes() {
    // One pane, where no page follows; the moves that scroll the list included.
    let mut desk = Desk::new(79, 40, "");
    let mut last = desk.screen.app.list.scroll();
    for at in 1..94 {
        let bytes = desk.after("{down}");
        let scroll = desk.screen.app.list.scroll();
        let limit = if scroll == last { 450 } else { 1_200 };
        assert!(bytes <= limit, "{at}: {bytes} bytes");
        last = scroll;
    }
    for _ in 1..30 {
        let bytes = desk.after("{up}");
        if desk.screen.app.list.scroll() == last {
            assert!(bytes <= 450, "{bytes} bytes");
        }
        last = desk.screen.app.list.scroll();
    }
}

#[test]
fn moving_the_selection_of_a_list_over_the_panes_costs_at_most_450_bytes() {
    for open in ["?", "f", "/水价{enter}o", "e"] {
        let mut desk = Desk::new(120, 40, open);
        for _ in 0..5 {
            let bytes = desk.after("{down}");
            assert!(bytes <= 450, "{open}: {bytes} bytes");
        }
    }
}

#[test]
fn scrolling_the_page_by_a_line_beside_the_list_costs_at_most_6_kb() {
    for keys in [
        "/农业水价{enter}",
        "/期货+保险{enter}",
        "/黨建引領{enter}",
        "{enter}",
    ] {
        let mut desk = Desk::new(120, 40, keys);
        for _ in 0..40 {
            let bytes = desk.after("j");
            assert!(bytes <= 6_000, "{bytes} bytes:\n{}", desk.screen.text());
        }
        for _ in 0..10 {
            let bytes = desk.after("k");
            assert!(bytes <= 6_000, "{bytes} bytes");
        }
    }
}

#[test]
fn scrolling_a_page_of_full_width_by_a_line_costs_at_most_400_bytes() {
    for (columns, keys) in [
        (120, "/农业水价{enter}z"),
        (120, "/期货+保险{enter}z"),
        (79, "/农业水价{enter}"),
        (79, "/黨建引領{enter}"),
        (79, "/李沧区{enter}"),
    ] {
        let mut desk = Desk::new(columns, 40, keys);
        for motion in ["j", "k"] {
            loop {
                let top = desk.screen.app.page.top();
                let bytes = desk.after(motion);
                if desk.screen.app.page.top() == top {
                    break;
                }
                assert!(
                    bytes <= 400,
                    "{keys} {motion} at {top}: {bytes} bytes\n{}",
                    desk.screen.text()
                );
            }
        }
    }
}

#[test]
fn a_frame_in_which_nothing_changed_costs_nothing() {
    for keys in ["", "{enter}", "/地铁", "?", "aa", "/水价{enter}R"] {
        let mut desk = Desk::new(120, 40, keys);
        assert_eq!(desk.show(), 0, "{keys}");
        // Neither does a key that means nothing, once that has been said.
        desk.after("{f12}");
        assert_eq!(desk.after("{f12}"), 0, "{keys}");
    }
    let mut desk = Desk::new(120, 40, "{enter}g");
    assert_eq!(desk.after("g"), 0);
}

#[test]
fn a_letter_that_changes_nothing_in_the_list_costs_at_most_120_bytes() {
    // 海水稻 leaves one case, and so does every longer query of its text.
    let mut desk = Desk::new(120, 40, "/海水稻 ");
    assert_eq!(desk.screen.app.mode(), Mode::Filter);
    let listed = desk.screen.listed().len();
    for key in ["{backspace}", " ", "{left}", "{right}", "{home}", "{end}"] {
        let bytes = desk.after(key);
        assert!(bytes <= 120, "{key}: {bytes} bytes");
        assert_eq!(desk.screen.listed().len(), listed);
    }
    // In the line of a list over the panes, and of a note.
    let mut desk = Desk::new(120, 40, "a");
    for key in ["可", "借", "鉴", "{backspace}", "x", "{left}"] {
        let bytes = desk.after(key);
        assert!(bytes <= 120, "{key}: {bytes} bytes");
    }
}
