//! Where the characters of a page are.

use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};

use super::font::{Font, Fonts};

/// No page has more operators than this. A form counts as many as it has.
const MOST_OPERATORS: usize = 4_000_000;
/// Forms are nested no deeper.
const DEEPEST_FORM: usize = 12;
/// More pieces of paths than this are a drawing.
const MOST_PIECES: usize = 20_000;
/// What is thicker, in points, is no rule.
const THICKEST: f64 = 3.0;

/// A character on a page. Lengths are in points, upward and to the right.
#[derive(Clone, Debug)]
pub struct Glyph {
    pub text: String,
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub size: f32,
    pub is_bold: bool,
}

/// A straight rule, such as the border of a cell. Lengths are in points.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    pub upright: bool,
    /// Its position: from the left if it is upright, else from the bottom.
    pub at: f32,
    pub from: f32,
    pub to: f32,
}

/// What a page shows.
#[derive(Debug, Default)]
pub struct Shown {
    pub width: f32,
    pub height: f32,
    pub glyphs: Vec<Glyph>,
    /// Page heads and the like that the file itself calls so.
    pub artifacts: Vec<Glyph>,
    pub rules: Vec<Rule>,
    /// Glyphs that mean no character.
    pub unknown: usize,
}

/// An affine map: x' = a·x + c·y + e, y' = b·x + d·y + f.
#[derive(Clone, Copy, Debug)]
struct Matrix([f64; 6]);

impl Matrix {
    const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// The map that does `self` first and `next` after it.
    fn then(self, next: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [ra, rb, rc, rd, re, rf] = next.0;
        Self([
            a * ra + b * rc,
            a * rb + b * rd,
            c * ra + d * rc,
            c * rb + d * rd,
            e * ra + f * rc + re,
            e * rb + f * rd + rf,
        ])
    }

    fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    fn shifted(self, x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }
}

#[derive(Clone)]
struct State {
    map: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character: f64,
    word: f64,
    scale: f64,
    leading: f64,
    rise: f64,
    invisible: bool,
}

struct Reader<'f> {
    fonts: &'f mut Fonts,
    shown: Shown,
    state: State,
    stack: Vec<State>,
    text: Matrix,
    line: Matrix,
    operators: usize,
    /// For every marked content that is open, whether it is decoration.
    marked: Vec<bool>,
    /// The path under way: its straight pieces, its last point, and where that began.
    path: Vec<[(f64, f64); 2]>,
    point: (f64, f64),
    start: (f64, f64),
}

/// Reads a page.
pub fn read(page: &Page, fonts: &mut Fonts) -> Shown {
    let (width, height) = page.render_dimensions();
    let mut reader = Reader {
        fonts,
        shown: Shown {
            width,
            height,
            ..Shown::default()
        },
        state: State {
            map: Matrix(page.initial_transform(false).as_coeffs()),
            font: None,
            size: 1.0,
            character: 0.0,
            word: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            invisible: false,
        },
        stack: Vec::new(),
        text: Matrix::IDENTITY,
        line: Matrix::IDENTITY,
        operators: 0,
        marked: Vec::new(),
        path: Vec::new(),
        point: (0.0, 0.0),
        start: (0.0, 0.0),
    };
    if let Some(content) = page.page_stream() {
        reader.run(content, page.resources(), 0);
    }
    reader.shown
}

impl Reader<'_> {
    fn run(&mut self, content: &[u8], resources: &Resources, depth: usize) {
        let mut instructions = UntypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            self.operators += 1;
            if self.operators > MOST_OPERATORS {
                return;
            }
            let operands: Vec<Object> = instruction.operands().cloned().collect();
            let operator: &[u8] = instruction.operator;
            self.apply(operator, &operands, resources, depth);
        }
    }

    fn apply(&mut self, operator: &[u8], operands: &[Object], resources: &Resources, depth: usize) {
        let n = |at: usize| match operands.get(at) {
            Some(Object::Number(number)) => number.as_f64(),
            _ => 0.0,
        };
        let matrix = || Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]);
        match operator {
            b"q" if self.stack.len() < 256 => self.stack.push(self.state.clone()),
            b"Q" => {
                if let Some(state) = self.stack.pop() {
                    self.state = state;
                }
            }
            b"cm" => self.state.map = matrix().then(self.state.map),
            b"BT" => {
                self.text = Matrix::IDENTITY;
                self.line = Matrix::IDENTITY;
            }
            b"Tf" => {
                self.state.size = n(1);
                let font = match operands.first() {
                    Some(Object::Name(name)) => resources.get_font(name),
                    _ => None,
                };
                self.state.font = font.map(|font| self.fonts.get(&font));
            }
            b"Tc" => self.state.character = n(0),
            b"Tw" => self.state.word = n(0),
            b"Tz" => self.state.scale = n(0) / 100.0,
            b"TL" => self.state.leading = n(0),
            b"Ts" => self.state.rise = n(0),
            b"Tr" => self.state.invisible = n(0) == 3.0,
            b"Td" => self.next_line(n(0), n(1)),
            b"TD" => {
                self.state.leading = -n(1);
                self.next_line(n(0), n(1));
            }
            b"Tm" => {
                self.line = matrix();
                self.text = self.line;
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show_operand(operands.first()),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show_operand(operands.first());
            }
            b"\"" => {
                self.state.word = n(0);
                self.state.character = n(1);
                self.next_line(0.0, -self.state.leading);
                self.show_operand(operands.get(2));
            }
            b"TJ" => {
                if let Some(Object::Array(array)) = operands.first() {
                    self.show_array(array);
                }
            }
            b"Do" => {
                if let Some(Object::Name(name)) = operands.first() {
                    self.form(name, resources, depth);
                }
            }
            b"BMC" | b"BDC" => {
                let artifact =
                    matches!(operands.first(), Some(Object::Name(name)) if **name == *b"Artifact");
                self.marked.push(artifact);
            }
            b"EMC" => drop(self.marked.pop()),
            b"m" => {
                self.point = self.state.map.point(n(0), n(1));
                self.start = self.point;
            }
            b"l" => {
                let end = self.state.map.point(n(0), n(1));
                self.draw_to(end);
            }
            b"c" => self.point = self.state.map.point(n(4), n(5)),
            b"v" | b"y" => self.point = self.state.map.point(n(2), n(3)),
            b"h" => self.draw_to(self.start),
            b"re" => self.rectangle(n(0), n(1), n(2), n(3)),
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" => {
                if operator[0].eq_ignore_ascii_case(&b's') || operator[0] == b'b' {
                    self.draw_to(self.start);
                }
                self.paint(matches!(operator[0], b'f' | b'F'));
            }
            b"n" => self.path.clear(),
            _ => {}
        }
    }

    fn draw_to(&mut self, end: (f64, f64)) {
        if self.path.len() < MOST_PIECES {
            self.path.push([self.point, end]);
        }
        self.point = end;
    }

    fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let map = self.state.map;
        let corners = [
            (x, y),
            (x + width, y),
            (x + width, y + height),
            (x, y + height),
        ]
        .map(|(x, y)| map.point(x, y));
        self.point = corners[0];
        self.start = corners[0];
        for corner in [corners[1], corners[2], corners[3], corners[0]] {
            self.draw_to(corner);
        }
    }

    /// Keeps the rules of the path under way. What is filled is a rule if it is thin,
    /// and else a ground, whose edges part no cells.
    fn paint(&mut self, filled: bool) {
        let path = std::mem::take(&mut self.path);
        let size = |pieces: &[[(f64, f64); 2]], of: fn(&(f64, f64)) -> f64| {
            let points = || pieces.iter().flatten().map(of);
            points().fold(f64::MIN, f64::max) - points().fold(f64::MAX, f64::min)
        };
        if self.shown.rules.len() > MOST_PIECES || path.is_empty() {
            return;
        }
        if filled {
            // Several rules may be filled as one path, four pieces each.
            for pieces in path.chunks(4) {
                let (width, height) = (size(pieces, |p| p.0), size(pieces, |p| p.1));
                if width.min(height) < THICKEST {
                    let longest = pieces.iter().max_by(|a, b| length(a).total_cmp(&length(b)));
                    self.shown
                        .rules
                        .extend(longest.and_then(|piece| rule(*piece)));
                }
            }
        } else {
            let rules = path.into_iter().filter_map(rule);
            self.shown.rules.extend(rules);
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = self.line.shifted(x, y);
        self.text = self.line;
    }

    fn show_operand(&mut self, operand: Option<&Object>) {
        if let Some(Object::String(string)) = operand {
            self.show(string);
        }
    }

    fn show_array(&mut self, array: &Array) {
        for object in array.iter::<Object>() {
            match object {
                Object::String(string) => self.show(&string),
                Object::Number(number) => {
                    let back = number.as_f64() / 1000.0 * self.state.size * self.state.scale;
                    self.text = self.text.shifted(-back, 0.0);
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, string: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        for code in font.codes(string) {
            let state = &self.state;
            let advance = f64::from(code.width) / 1000.0 * state.size * state.scale;
            let place = self.text.shifted(0.0, state.rise).then(state.map);
            let [a, b, c, d, x, y] = place.0;
            let across = a.hypot(b);
            let size = state.size.abs() * c.hypot(d);
            // Text that runs another way than the page's lines is no part of them.
            let level = b.abs() < 0.2 * a.abs().max(1e-6);
            let artifact = self.marked.iter().any(|&artifact| artifact);
            if code.text.is_empty() {
                self.shown.unknown += usize::from(level && !state.invisible);
            } else if level {
                let glyphs = if artifact {
                    &mut self.shown.artifacts
                } else {
                    &mut self.shown.glyphs
                };
                glyphs.push(Glyph {
                    text: ligature(code.text),
                    x: x as f32,
                    y: y as f32,
                    width: (advance * across) as f32,
                    size: size as f32,
                    is_bold: font.is_bold,
                });
            }
            let space = if code.is_space { state.word } else { 0.0 };
            let further = advance + (state.character + space) * state.scale;
            self.text = self.text.shifted(further, 0.0);
        }
    }

    fn form(&mut self, name: &Name, resources: &Resources, depth: usize) {
        let Some(form) = resources.get_x_object(name) else {
            return;
        };
        let dict: &Dict = form.dict();
        let is_form = dict
            .get::<Name>("Subtype")
            .is_some_and(|subtype| *subtype == *b"Form");
        if !is_form || depth == DEEPEST_FORM {
            return;
        }
        // Forms may show one another many times over.
        self.operators += 2_000;
        self.run_form(&form, resources, depth);
    }

    fn run_form(&mut self, form: &Stream, resources: &Resources, depth: usize) {
        let Ok(content) = form.decoded_data() else {
            return;
        };
        let mut matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        if let Some(array) = form.dict().get::<Array>("Matrix") {
            for (own, object) in matrix.iter_mut().zip(array.iter::<Object>()) {
                if let Object::Number(number) = object {
                    *own = number.as_f64();
                }
            }
        }
        let outer = self.state.clone();
        let (text, line) = (self.text, self.line);
        let open = self.stack.len();
        self.state.map = Matrix(matrix).then(self.state.map);
        match form.dict().get::<Dict>("Resources") {
            Some(own) => self.run(&content, &Resources::new(own), depth + 1),
            None => self.run(&content, resources, depth + 1),
        }
        self.stack.truncate(open);
        self.state = outer;
        (self.text, self.line) = (text, line);
    }
}

fn length(piece: &[(f64, f64); 2]) -> f64 {
    let [(x, y), (to_x, to_y)] = *piece;
    (to_x - x).hypot(to_y - y)
}

/// A piece of a path that is level or upright, and longer than a stroke of a sign.
fn rule(piece: [(f64, f64); 2]) -> Option<Rule> {
    let [(x, y), (to_x, to_y)] = piece;
    let (width, height) = ((to_x - x).abs(), (to_y - y).abs());
    let upright = width < 0.5;
    if !(upright || height < 0.5) || length(&piece) <= 4.0 || !length(&piece).is_finite() {
        return None;
    }
    let (at, from, to) = if upright {
        (x, y.min(to_y), y.max(to_y))
    } else {
        (y, x.min(to_x), x.max(to_x))
    };
    Some(Rule {
        upright,
        at: at as f32,
        from: from as f32,
        to: to as f32,
    })
}

/// Two letters that one sign prints.
fn ligature(text: String) -> String {
    match text.as_str() {
        "ﬁ" => "fi".to_owned(),
        "ﬂ" => "fl".to_owned(),
        "ﬀ" => "ff".to_owned(),
        "ﬃ" => "ffi".to_owned(),
        "ﬄ" => "ffl".to_owned(),
        _ => text,
    }
}
