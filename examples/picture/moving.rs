//! A moving picture: every row that a screen ever shows, once, with the times at which
//! it is seen. A viewer that does not move, or a reader who wants none of it, sees one
//! screen.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::frame::{CELL, Inks, rect};

/// What is seen from a time on, in milliseconds.
pub struct Screen {
    pub from: u32,
    /// Every row as SVG, its top at 0.
    pub rows: Vec<String>,
}

/// The times during which something is seen.
type Times = Vec<(u32, u32)>;

/// The picture of screens that follow one another and end at a time. `still` is the
/// screen that is seen where nothing moves.
pub fn svg(screens: &[Screen], end: u32, still: usize, columns: u16, inks: &Inks) -> String {
    let rows = screens.first().map_or(0, |screen| screen.rows.len());
    let (width, height) = (columns * CELL.width, rows as u16 * CELL.height);
    let mut body = String::new();
    let mut kinds: Vec<(Times, bool)> = Vec::new();
    for y in 0..rows {
        let mut seen: BTreeMap<&str, (Times, bool)> = BTreeMap::new();
        for (at, screen) in screens.iter().enumerate() {
            let until = screens.get(at + 1).map_or(end, |next| next.from);
            let (times, stays) = seen.entry(&screen.rows[y]).or_default();
            match times.last_mut() {
                Some(last) if last.1 == screen.from => last.1 = until,
                _ => times.push((screen.from, until)),
            }
            *stays |= at == still;
        }
        let top = y as u16 * CELL.height;
        for (row, kind) in seen.into_iter().filter(|(row, _)| !row.is_empty()) {
            let class = match kind.0[..] {
                [(0, until)] if until == end => String::new(),
                _ => format!(" class=\"{}\"", name(&mut kinds, kind)),
            };
            writeln!(body, "<g transform=\"translate(0 {top})\"{class}>{row}</g>")
                .expect("a string takes everything");
        }
    }
    let mut style = inks.style();
    for (number, (times, stays)) in kinds.iter().enumerate() {
        let at_rest = if *stays { "visible" } else { "hidden" };
        write!(
            style,
            ".k{number}{{visibility:{at_rest};animation:k{number} {end}ms step-end infinite}}"
        )
        .expect("a string takes everything");
        style += &keyframes(number, times, end);
    }
    style += "@media (prefers-reduced-motion:reduce){g{animation:none!important}}";
    let mut ground = String::new();
    rect(&mut ground, (0, 0), (width, height), "c0");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
         width=\"{width}\" height=\"{height}\">\n<style>{style}</style>\n{ground}\n{body}</svg>\n"
    )
}

/// The class of rows that are seen at the same times.
fn name(kinds: &mut Vec<(Times, bool)>, kind: (Times, bool)) -> String {
    let known = kinds.iter().position(|known| *known == kind);
    let number = known.unwrap_or_else(|| {
        kinds.push(kind);
        kinds.len() - 1
    });
    format!("k{number}")
}

fn keyframes(number: usize, times: &Times, end: u32) -> String {
    let mut steps: BTreeMap<u32, &str> = BTreeMap::from([(0, "hidden")]);
    for &(from, until) in times {
        steps.insert(from, "visible");
        if until < end {
            steps.insert(until, "hidden");
        }
    }
    let steps = steps.into_iter().map(|(time, seen)| {
        let percent = f64::from(time) * 100.0 / f64::from(end.max(1));
        format!("{:.3}%{{visibility:{seen}}}", percent)
    });
    format!("@keyframes k{number}{{{}}}", steps.collect::<String>())
}
