//! A small terminal emulator, as strict as a test needs it.
//!
//! It knows what the program sends and nothing else: whatever it does not know
//! is written down in [`Emulator::mishaps`], so that a test can ask that nothing
//! was. Wide glyphs own two cells, and writing over either half blanks the other,
//! as xterm, VTE and kitty do. Characters of ambiguous width are as wide as the
//! emulator was told.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::fmt;

use anli::text::width::{self, Ambiguous};

/// A colour as it was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colour {
    #[default]
    Default,
    Palette(u8),
    True(u8, u8, u8),
}

/// Colours and attributes; `attributes` has bit n set for SGR n, 1 to 9.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub foreground: Colour,
    pub background: Colour,
    pub attributes: u16,
}

impl Look {
    pub fn has(&self, sgr: u16) -> bool {
        self.attributes & (1 << sgr) != 0
    }
}

/// One cell; `columns` is 0 for the second half of a wide glyph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub text: String,
    pub columns: u16,
    pub look: Look,
}

impl Cell {
    fn blank(look: Look) -> Self {
        Self {
            text: " ".into(),
            columns: 1,
            look,
        }
    }
}

type Cells = Vec<Vec<Cell>>;

/// The screen, what it was sent, and what it answered.
pub struct Emulator {
    columns: usize,
    rows: usize,
    ambiguous: Ambiguous,
    cells: Cells,
    /// The other of main and alternate screen.
    hidden: Cells,
    alternate: bool,
    /// There is an alternate screen.
    has_alternate: bool,
    column: usize,
    row: usize,
    saved: (usize, usize),
    wrap_pending: bool,
    top: usize,
    bottom: usize,
    look: Look,
    modes: Vec<u16>,
    state: State,
    utf8: Vec<u8>,
    answers: Vec<u8>,
    mishaps: Vec<String>,
    clipboard: Option<String>,
    /// The kind that it says it is (DA 2): kitty's, which takes copies too.
    kind: &'static str,
    /// The background that it answers, in X11's writing; silent without one.
    background: Option<&'static str>,
    frames: usize,
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Emulator")
            .field("alternate", &self.alternate)
            .field("cursor", &self.cursor())
            .field("region", &(self.top, self.bottom))
            .field("look", &self.look)
            .field("modes", &self.modes)
            .field("state", &self.state)
            .field("mishaps", &self.mishaps)
            .finish()?;
        write!(f, "\n{}", self.text())
    }
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    Escape,
    Control(String),
    /// A string up to BEL or ST, with its opening byte first.
    Text(Vec<u8>),
    TextEscape(Vec<u8>),
}

/// Modes that are set from the start: lines wrap, the cursor is visible.
const INITIAL_MODES: [u16; 2] = [7, 25];

impl Emulator {
    pub fn new(columns: u16, rows: u16, ambiguous: Ambiguous) -> Self {
        let (columns, rows) = (usize::from(columns), usize::from(rows));
        Self {
            columns,
            rows,
            ambiguous,
            cells: erased(columns, rows),
            hidden: erased(columns, rows),
            alternate: false,
            has_alternate: true,
            column: 0,
            row: 0,
            saved: (0, 0),
            wrap_pending: false,
            top: 0,
            bottom: rows - 1,
            look: Look::default(),
            modes: INITIAL_MODES.into(),
            state: State::Ground,
            utf8: Vec::new(),
            answers: Vec::new(),
            kind: "1;4000;19",
            mishaps: Vec::new(),
            clipboard: None,
            background: None,
            frames: 0,
        }
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.columns as u16, self.rows as u16)
    }

    pub fn cell(&self, column: u16, row: u16) -> &Cell {
        &self.cells[usize::from(row)][usize::from(column)]
    }

    /// The text of a row, without the blanks at its end.
    pub fn row(&self, row: u16) -> String {
        let text: String = self.cells[usize::from(row)]
            .iter()
            .filter(|cell| cell.columns > 0)
            .map(|cell| cell.text.as_str())
            .collect();
        text.trim_end().to_owned()
    }

    /// The rows of the screen, without blanks at their ends and blank rows at
    /// the bottom.
    pub fn text(&self) -> String {
        let rows: Vec<String> = (0..self.rows as u16).map(|row| self.row(row)).collect();
        rows.join("\n").trim_end().to_owned()
    }

    /// Column and row of the cursor.
    pub fn cursor(&self) -> (u16, u16) {
        (self.column as u16, self.row as u16)
    }

    pub fn cursor_is_visible(&self) -> bool {
        self.mode(25)
    }

    pub fn is_alternate(&self) -> bool {
        self.alternate
    }

    /// From now on there is one screen only, as on the Linux console.
    pub fn remove_alternate_screen(&mut self) {
        self.has_alternate = false;
    }

    /// Whether a DEC private mode is set.
    pub fn mode(&self, mode: u16) -> bool {
        self.modes.contains(&mode)
    }

    /// Whether every mode is as a terminal has it when nobody has touched it.
    pub fn is_untouched(&self) -> bool {
        !self.alternate
            && self.modes.len() == INITIAL_MODES.len()
            && INITIAL_MODES.iter().all(|&mode| self.mode(mode))
            && self.look == Look::default()
            && (self.top, self.bottom) == (0, self.rows - 1)
            && matches!(self.state, State::Ground)
    }

    /// What was sent that this emulator, or a terminal, makes no sense of.
    pub fn mishaps(&self) -> &[String] {
        &self.mishaps
    }

    /// The text of the last OSC 52, as it was sent (base64).
    pub fn clipboard(&self) -> Option<&str> {
        self.clipboard.as_deref()
    }

    /// How many synchronized updates have ended.
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// What the terminal would type: the answers to queries since the last call.
    pub fn take_answers(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.answers)
    }

    /// Another size, with what still fits kept at the top left.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        (self.columns, self.rows) = (usize::from(columns), usize::from(rows));
        for cells in [&mut self.cells, &mut self.hidden] {
            cells.resize(self.rows, Vec::new());
            for row in cells.iter_mut() {
                row.resize(self.columns, Cell::blank(Look::default()));
                if let Some(last) = row.last_mut()
                    && last.columns == 2
                {
                    *last = Cell::blank(Look::default());
                }
            }
        }
        self.column = self.column.min(self.columns - 1);
        self.row = self.row.min(self.rows - 1);
        (self.top, self.bottom) = (0, self.rows - 1);
        self.wrap_pending = false;
    }

    /// Takes in what a program wrote.
    pub fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.byte(byte);
        }
    }

    fn byte(&mut self, byte: u8) {
        self.state = match (std::mem::take(&mut self.state), byte) {
            // CAN drops the sequence that it stands in.
            (_, 0x18) => State::Ground,
            (State::Text(mut text), 0x1b) => {
                text.shrink_to_fit();
                State::TextEscape(text)
            }
            (State::Text(text), 0x07) => self.end_of_text(&text),
            (State::Text(mut text), _) => {
                text.push(byte);
                State::Text(text)
            }
            (State::TextEscape(text), b'\\') => self.end_of_text(&text),
            // Inside a pass-through every ESC is doubled.
            (State::TextEscape(mut text), 0x1b) => {
                text.push(0x1b);
                State::Text(text)
            }
            (State::TextEscape(_), _) => {
                self.mishap(format!("a string broken off by ESC {byte:#x}"));
                State::Ground
            }
            (_, 0x1b) => {
                self.end_of_character();
                State::Escape
            }
            (State::Escape, b'[') => State::Control(String::new()),
            (State::Escape, b']' | b'P' | b'_' | b'^' | b'X') => State::Text(vec![byte]),
            (State::Escape, _) => self.escape(byte),
            (State::Control(parameters), 0x40..=0x7e) => {
                self.control(&parameters, byte);
                State::Ground
            }
            (State::Control(mut parameters), 0x20..=0x3f) => {
                parameters.push(char::from(byte));
                State::Control(parameters)
            }
            (State::Control(parameters), _) => {
                self.mishap(format!("CSI {parameters} broken off by {byte:#x}"));
                State::Ground
            }
            (State::Ground, _) => {
                self.ground(byte);
                State::Ground
            }
        };
    }

    fn ground(&mut self, byte: u8) {
        match byte {
            0x00..=0x1f | 0x7f => {
                self.end_of_character();
                self.c0(byte);
            }
            0x20..=0x7e => {
                self.end_of_character();
                self.put(char::from(byte));
            }
            _ => {
                self.utf8.push(byte);
                match std::str::from_utf8(&self.utf8) {
                    Ok(text) => {
                        let c = text.chars().next().expect("at least one byte was pushed");
                        self.utf8.clear();
                        self.put(c);
                    }
                    Err(error) if error.error_len().is_some() => self.end_of_character(),
                    Err(_) => {}
                }
            }
        }
    }

    /// A character must not be left half sent.
    fn end_of_character(&mut self) {
        if !self.utf8.is_empty() {
            self.mishap(format!("not UTF-8: {:x?}", self.utf8));
            self.utf8.clear();
        }
    }

    fn mishap(&mut self, what: String) {
        self.mishaps.push(what);
    }

    fn c0(&mut self, byte: u8) {
        match byte {
            b'\r' => self.go(0, self.row),
            b'\n' => self.line_feed(),
            0x08 => self.go(self.column.saturating_sub(1), self.row),
            b'\t' => self.go((self.column / 8 + 1) * 8, self.row),
            _ => self.mishap(format!("control {byte:#x}")),
        }
    }

    fn put(&mut self, c: char) {
        if c.is_control() {
            return self.mishap(format!("control {c:?}"));
        }
        let columns = usize::from(width::of_char(c, self.ambiguous));
        if columns == 0 {
            return self.combine(c);
        }
        if self.mode(7) && (self.wrap_pending || self.column + columns > self.columns) {
            self.column = 0;
            self.line_feed();
        }
        self.wrap_pending = false;
        if self.column + columns > self.columns {
            return self.mishap(format!("no room for {c:?} in row {}", self.row));
        }
        for column in self.column..self.column + columns {
            self.tear(column);
        }
        let cells = &mut self.cells[self.row];
        cells[self.column] = Cell {
            text: c.into(),
            columns: columns as u16,
            look: self.look,
        };
        for cell in &mut cells[self.column + 1..self.column + columns] {
            *cell = Cell {
                text: String::new(),
                columns: 0,
                look: self.look,
            };
        }
        self.column += columns;
        if self.column == self.columns {
            self.column -= 1;
            self.wrap_pending = true;
        }
    }

    /// Adds a mark to the character before the cursor.
    fn combine(&mut self, c: char) {
        let mut column = if self.wrap_pending {
            self.column
        } else {
            self.column.saturating_sub(1)
        };
        if self.cells[self.row][column].columns == 0 {
            column -= 1;
        }
        self.cells[self.row][column].text.push(c);
    }

    /// Blanks the other half of a wide glyph that is about to lose this one.
    fn tear(&mut self, column: usize) {
        let cells = &mut self.cells[self.row];
        match cells[column].columns {
            0 if column > 0 => cells[column - 1] = Cell::blank(cells[column - 1].look),
            2 => cells[column + 1] = Cell::blank(cells[column + 1].look),
            _ => return,
        }
        cells[column] = Cell::blank(cells[column].look);
    }

    fn go(&mut self, column: usize, row: usize) {
        self.column = column.min(self.columns - 1);
        self.row = row.min(self.rows - 1);
        self.wrap_pending = false;
    }

    fn line_feed(&mut self) {
        if self.row == self.bottom {
            self.scroll(1)
        } else {
            self.row = (self.row + 1).min(self.rows - 1)
        }
        self.wrap_pending = false;
    }

    /// Moves the rows of the region up, or down if negative.
    fn scroll(&mut self, by: isize) {
        let blank = vec![Cell::blank(self.paper()); self.columns];
        let band = &mut self.cells[self.top..=self.bottom];
        let distance = by.unsigned_abs().min(band.len());
        if by > 0 {
            band.rotate_left(distance);
            let kept = band.len() - distance;
            band[kept..].fill(blank);
        } else {
            band.rotate_right(distance);
            band[..distance].fill(blank);
        }
    }

    /// What erasing leaves behind: the background of the pen.
    fn paper(&self) -> Look {
        Look {
            background: self.look.background,
            ..Look::default()
        }
    }

    fn escape(&mut self, byte: u8) -> State {
        match byte {
            b'M' if self.row == self.top => self.scroll(-1),
            b'M' => self.row = self.row.saturating_sub(1),
            b'7' => self.saved = (self.column, self.row),
            b'8' => self.go(self.saved.0, self.saved.1),
            // The keypad, which nothing here has.
            b'=' | b'>' => {}
            // The end of a string that has ended already.
            b'\\' => {}
            _ => self.mishap(format!("ESC {}", char::from(byte))),
        }
        State::Ground
    }

    /// From now on it says that it is of this kind (DA 2).
    pub fn set_kind(&mut self, kind: &'static str) {
        self.kind = kind;
    }

    /// From now on it says that its background has this colour.
    pub fn set_background(&mut self, colour: &'static str) {
        self.background = Some(colour);
    }

    fn end_of_text(&mut self, text: &[u8]) -> State {
        if text == b"]11;?" {
            if let Some(colour) = self.background {
                let answer = format!("\x1b]11;{colour}\x1b\\");
                self.answers.extend_from_slice(answer.as_bytes());
            }
            return State::Ground;
        }
        match text.strip_prefix(b"]52;c;") {
            Some(payload) => self.clipboard = Some(String::from_utf8_lossy(payload).into_owned()),
            None => match text.strip_prefix(b"Ptmux;") {
                Some(inner) => self.feed(inner),
                None => self.mishap(format!("string {:?}", String::from_utf8_lossy(text))),
            },
        }
        State::Ground
    }

    fn control(&mut self, parameters: &str, last: u8) {
        if let Some(private) = parameters.strip_prefix('?') {
            return self.private(private, last);
        }
        let numbers: Vec<Option<usize>> = parameters.split(';').map(|n| n.parse().ok()).collect();
        let number = |at: usize| numbers.get(at).copied().flatten();
        let count = number(0).unwrap_or(1).max(1);
        match last {
            b'A' => self.go(self.column, self.row.saturating_sub(count)),
            b'B' => self.go(self.column, self.row + count),
            b'C' => self.go(self.column + count, self.row),
            b'D' => self.go(self.column.saturating_sub(count), self.row),
            b'G' => self.go(count - 1, self.row),
            b'H' => self.go(number(1).unwrap_or(1).max(1) - 1, count - 1),
            b'J' if number(0) == Some(2) => {
                let blank = Cell::blank(self.paper());
                self.cells
                    .iter_mut()
                    .for_each(|row| row.fill(blank.clone()));
            }
            b'J' if number(0).unwrap_or(0) == 0 => {
                self.erase(self.columns);
                let blank = Cell::blank(self.paper());
                let below = self.row + 1..;
                self.cells[below]
                    .iter_mut()
                    .for_each(|row| row.fill(blank.clone()));
            }
            b'K' if number(0).unwrap_or(0) == 0 => self.erase(self.columns),
            b'X' => self.erase(self.column + count),
            b'S' => self.scroll(count as isize),
            b'T' => self.scroll(-(count as isize)),
            b'r' => {
                let top = number(0).unwrap_or(1).max(1) - 1;
                let bottom = number(1).unwrap_or(self.rows).min(self.rows) - 1;
                if top < bottom {
                    (self.top, self.bottom) = (top, bottom);
                    self.go(0, 0);
                }
            }
            b'm' => self.sgr(parameters),
            b'n' if number(0) == Some(5) => self.answers.extend_from_slice(b"\x1b[0n"),
            b'n' if number(0) == Some(6) => {
                let answer = format!("\x1b[{};{}R", self.row + 1, self.column + 1);
                self.answers.extend_from_slice(answer.as_bytes());
            }
            b'c' if parameters == ">" => {
                let answer = format!("\x1b[>{}c", self.kind);
                self.answers.extend_from_slice(answer.as_bytes());
            }
            b'c' => self.answers.extend_from_slice(b"\x1b[?62;22c"),
            _ => self.mishap(format!("CSI {parameters} {}", char::from(last))),
        }
    }

    /// Erases from the cursor up to a column.
    fn erase(&mut self, end: usize) {
        let end = end.min(self.columns);
        self.tear(self.column);
        self.tear(end - 1);
        let blank = Cell::blank(self.paper());
        self.cells[self.row][self.column..end].fill(blank);
        self.wrap_pending = false;
    }

    fn private(&mut self, parameters: &str, last: u8) {
        for parameter in parameters.trim_end_matches('$').split(';') {
            let Ok(mode) = parameter.parse::<u16>() else {
                return self.mishap(format!("CSI ? {parameters} {}", char::from(last)));
            };
            match last {
                b'h' => self.set_mode(mode, true),
                b'l' => self.set_mode(mode, false),
                b'p' => {
                    let known = matches!(
                        mode,
                        1 | 7 | 25 | 1000 | 1002 | 1006 | 1049 | 2004 | 2026 | 2031
                    );
                    let state = match (known, self.mode(mode)) {
                        (false, _) => 0,
                        (true, true) => 1,
                        (true, false) => 2,
                    };
                    let answer = format!("\x1b[?{mode};{state}$y");
                    self.answers.extend_from_slice(answer.as_bytes());
                }
                _ => self.mishap(format!("CSI ? {parameters} {}", char::from(last))),
            }
        }
    }

    fn set_mode(&mut self, mode: u16, on: bool) {
        if !matches!(
            mode,
            1 | 7 | 25 | 1000 | 1002 | 1006 | 1049 | 2004 | 2026 | 2031
        ) {
            self.mishap(format!("mode {mode}"));
        }
        if mode == 1049 && self.has_alternate && on != self.alternate {
            std::mem::swap(&mut self.cells, &mut self.hidden);
            self.alternate = on;
            if on {
                self.saved = (self.column, self.row);
                self.cells = erased(self.columns, self.rows);
            } else {
                self.go(self.saved.0, self.saved.1);
            }
        }
        if mode == 2026 && self.mode(2026) && !on {
            self.frames += 1;
        }
        self.modes.retain(|&set| set != mode);
        if on && mode != 1049 {
            self.modes.push(mode);
        }
    }

    fn sgr(&mut self, parameters: &str) {
        let mut numbers = parameters.split(';').map(|n| n.parse::<u16>().unwrap_or(0));
        while let Some(number) = numbers.next() {
            match number {
                0 => self.look = Look::default(),
                1..=9 => self.look.attributes |= 1 << number,
                22 => self.look.attributes &= !(1 << 1 | 1 << 2),
                25 => self.look.attributes &= !(1 << 5 | 1 << 6),
                23 | 24 | 27..=29 => self.look.attributes &= !(1 << (number - 20)),
                30..=37 => self.look.foreground = Colour::Palette((number - 30) as u8),
                40..=47 => self.look.background = Colour::Palette((number - 40) as u8),
                90..=97 => self.look.foreground = Colour::Palette((number - 82) as u8),
                100..=107 => self.look.background = Colour::Palette((number - 92) as u8),
                39 => self.look.foreground = Colour::Default,
                49 => self.look.background = Colour::Default,
                38 | 48 => {
                    let mut next = || numbers.next().unwrap_or(0) as u8;
                    let colour = match next() {
                        5 => Colour::Palette(next()),
                        _ => Colour::True(next(), next(), next()),
                    };
                    match number {
                        38 => self.look.foreground = colour,
                        _ => self.look.background = colour,
                    }
                }
                _ => self.mishap(format!("SGR {number}")),
            }
        }
    }
}

fn erased(columns: usize, rows: usize) -> Cells {
    vec![vec![Cell::blank(Look::default()); columns]; rows]
}
