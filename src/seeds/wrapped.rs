//! Plain text that was wrapped at a fixed width, as mail programs and terminals do: which of
//! its line ends are inside paragraphs.
//!
//! A line is full if the first word of the next line would not have fitted. One full line shows
//! nothing, since some line is the longest of every text; a text is taken for wrapped if full
//! lines that the next one continues are a fair share of its lines, most of them end in the
//! middle of a sentence, and few others do.

use std::ops::RangeInclusive;

use super::compilation;
use super::headings;
use super::lines::ends_a_sentence;
use crate::formats::{self, Role, Start};
use crate::text::marks::is_han;

/// The widths at which texts are wrapped, in columns; in characters half as many.
const WIDTHS: RangeInclusive<usize> = 56..=132;

/// No line of a wrapped text has more bytes: Han characters have three for two columns.
const LONGEST: usize = 132 * 2;

/// The fewest line ends inside paragraphs that show a width.
const LEAST: usize = 3;

/// How many lines of a long text have to look wrapped before the others are looked at.
const SAMPLE: usize = 2000;

/// A line of the text.
struct Row<'a> {
    /// Columns of white space in front of it.
    indent: usize,
    text: &'a str,
    width: usize,
}

/// What is known of the lines of a wrapped text that begin at the bytes `starts`; `None` where
/// the text is not wrapped.
pub(super) fn lines(text: &str, starts: &[u32]) -> Option<Vec<formats::Line>> {
    let ends = starts.iter().skip(1).map(|&start| start as usize);
    let ranges = starts
        .iter()
        .map(|&start| start as usize)
        .zip(ends.chain([text.len()]));
    let raw: Vec<&str> = ranges
        .map(|(start, end)| text[start..end].trim_end())
        .map(|line| (line.len() <= LONGEST).then_some(line))
        .collect::<Option<_>>()?;
    // Quotation marks, dashes and dots are narrow in some programs.
    let is_ambiguous = |c: char| ('\u{2010}'..='\u{2027}').contains(&c) || c == '·';
    let wide = |c: char| if c.is_ascii() { 1 } else { 2 };
    let narrow = |c: char| {
        if c.is_ascii() || is_ambiguous(c) {
            1
        } else {
            2
        }
    };
    let read = |raw: &[&str]| {
        joined(raw, wide, 1)
            .or_else(|| joined(raw, narrow, 1))
            .or_else(|| joined(raw, |_| 1, 2))
    };
    // The beginning of a long text shows it.
    if raw.len() > SAMPLE {
        read(&raw[..SAMPLE])?;
    }
    read(&raw)
}

/// Returns the lines with those of a paragraph joined, if the text is wrapped at a fixed width;
/// `None` if not. Widths are sums of `measure`; times `scale` they are columns.
fn joined(
    raw: &[&str],
    measure: impl Fn(char) -> usize,
    scale: usize,
) -> Option<Vec<formats::Line>> {
    let of = |text: &str| text.chars().map(&measure).sum::<usize>();
    let rows: Vec<Row<'_>> = raw
        .iter()
        .map(|raw| {
            let text = raw.trim_start();
            let indent = of(&raw[..raw.len() - text.len()]);
            let width = indent + of(text);
            Row {
                indent,
                text,
                width,
            }
        })
        .collect();
    let width = rows.iter().map(|row| row.width).max()?;
    if !WIDTHS.contains(&(width * scale)) {
        return None;
    }
    let margin = rows.iter().filter(|row| !row.text.is_empty());
    let margin = margin.map(|row| row.indent).min()?;
    // A closing mark may hang over the margin.
    let hang = measure('，');
    let mut lines = vec![formats::Line::new(Role::Unknown); raw.len()];
    let (mut full, mut joins, mut inside, mut loose, mut all) = (0, 0, 0, 0, 0);
    // The first line of every paragraph.
    let mut firsts = vec![0];
    for at in 1..rows.len() {
        let (row, next) = (&rows[at - 1], &rows[at]);
        all += usize::from(!next.text.is_empty());
        let first = firsts.last().map_or(row, |&first| &rows[first]);
        let begins = begins_a_paragraph(first, row, next, margin);
        let end = row.width + of(word(next.text));
        let is_sentence = ends_a_sentence(row.text);
        let is_full = end > width || end + hang > width && !is_sentence;
        if row.text.is_empty() || next.text.is_empty() || begins || !is_full {
            full += usize::from(is_full && begins && !is_sentence && !next.text.is_empty());
            loose += usize::from(!is_full && !begins && !is_sentence && !row.text.is_empty());
            firsts.push(at);
            continue;
        }
        joins += 1;

        inside += usize::from(!is_sentence);
        // No space is put between two words.
        let ends_in_word = row.text.ends_with(|c: char| c.is_ascii_alphanumeric());
        let is_word = next.text.starts_with(|c: char| c.is_ascii_alphanumeric());
        let digits = row.text.ends_with(|c: char| c.is_ascii_digit())
            && next.text.starts_with(|c: char| c.is_ascii_digit());
        if !ends_in_word || !is_word || digits {
            lines[at].start = Start::Joined;
        }
    }
    firsts.push(rows.len());
    // Lines that are all as long as one another are no paragraphs.
    let several = firsts.windows(2).filter(|pair| pair[1] - pair[0] > 1);
    let (mut paragraphs, mut short) = (0, 0);
    for pair in several {
        paragraphs += 1;
        short += usize::from(rows[pair[1] - 1].width + hang < width);
    }
    let is_wrapped = joins >= LEAST
        && short * 2 > paragraphs
        && joins * 7 >= all
        && joins >= full
        && joins >= loose
        && inside * 5 >= joins * 4;
    is_wrapped.then_some(lines)
}

/// Whether a line begins a paragraph whatever the line before: it is empty, indented, numbered,
/// or laid out in columns. `first` is the first line of the paragraph of the line `before`.
fn begins_a_paragraph(first: &Row<'_>, before: &Row<'_>, line: &Row<'_>, margin: usize) -> bool {
    let hangs = line.indent > first.indent && is_marked(first.text)
        || line.indent == before.indent && before.indent > first.indent;
    line.text.is_empty()
        || before.text.is_empty()
        || line.indent > margin && !hangs
        || is_marked(line.text)
        || [before, line]
            .iter()
            .any(|row| row.text.contains(['\t']) || row.text.contains("   "))
        || !line.text.contains(is_han)
}

/// Whether a line begins with a number or a bullet.
fn is_marked(text: &str) -> bool {
    const BULLETS: &str = "■□◆◇●○▲△★☆◎►▶※•·—-*>【《〔#|";
    let wide = text.trim_start_matches(|c| ('０'..='９').contains(&c));
    let is_item = wide.len() < text.len() && wide.starts_with(['．', '、', '.']);
    let is_circled = |c: char| ('\u{2460}'..='\u{249b}').contains(&c);
    text.starts_with(|c: char| BULLETS.contains(c) || is_circled(c))
        || headings::mark(text).is_some()
        || compilation::case_number(text).is_some()
        || is_item
}

/// The first word of a line, which is not broken: letters, or one character with the marks
/// that may begin no line.
fn word(text: &str) -> &str {
    let is_letter = |c: char| c.is_ascii() && !c.is_ascii_whitespace();
    let no_start = |c: char| "，。、；：？！）》”’】」』〕…%".contains(c);
    let Some(first) = text.chars().next() else {
        return text;
    };
    let rest = if is_letter(first) {
        text.trim_start_matches(is_letter)
    } else {
        &text[first.len_utf8()..]
    };
    let rest = rest.trim_start_matches(no_start);
    &text[..text.len() - rest.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::clean;

    /// The paragraphs of a text, white space at their ends aside.
    fn paragraphs(text: &str) -> Vec<String> {
        let starts = clean::line_starts(text);
        let lines = lines(text, &starts);
        let mut paragraphs: Vec<String> = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let goes_on = lines
                .as_ref()
                .is_some_and(|lines| lines[at].start == Start::Joined);
            match paragraphs.last_mut() {
                Some(last) if goes_on => last.push_str(line.trim()),
                _ => paragraphs.push(line.trim().to_owned()),
            }
        }
        paragraphs
    }

    /// A text wrapped after so many characters, with `hanging` in front of what goes on.
    fn wrapped(paragraph: &str, width: usize, hanging: &str) -> String {
        let mut text = String::new();
        let mut left = width;
        for c in paragraph.chars() {
            if left == 0 {
                text.push('\n');
                text.push_str(hanging);
                left = width - hanging.chars().count() / 2;
            }
            text.push(c);
            left -= 1;
        }
        text
    }

    const FIRST: &str = "甲县把分散在各个部门的审批事项集中到一个大厅办理并且公布每个事项的办理时限让群众少跑路少等候全年办件二十万件群众满意度逐年提高";
    const SECOND: &str = "乙县在每个乡镇设立便民服务站由经过培训的干部轮流值班山区老人办理养老认证不必进城还可以预约上门服务受到欢迎";
    const THIRD: &str = "丙县开通夜间公交";

    #[test]
    fn lines_that_were_broken_at_a_width_are_one_paragraph() {
        for width in [36, 40] {
            let text = [FIRST, SECOND, THIRD].map(|text| wrapped(text, width, "") + "\n");
            let text = format!("{}{}{}{}", text[0], text[1], text[2], text[0]);
            assert_eq!(paragraphs(&text), [FIRST, SECOND, THIRD, FIRST]);
        }
    }

    #[test]
    fn numbered_lines_hang_and_indents_begin_a_paragraph() {
        let items = [FIRST, SECOND, THIRD, FIRST];
        let items: Vec<String> = items
            .iter()
            .zip(1..)
            .map(|(text, number)| format!("{number}．{text}"))
            .collect();
        let text: Vec<String> = items.iter().map(|item| wrapped(item, 36, "    ")).collect();
        assert_eq!(paragraphs(&text.join("\n")), items);
        let text = [FIRST, SECOND, FIRST].map(|text| wrapped(&format!("　　{text}"), 36, ""));
        assert_eq!(paragraphs(&text.join("\n")), [FIRST, SECOND, FIRST]);
    }

    #[test]
    fn lines_of_their_own_stay_apart() {
        // A list whose entries are as long as one another, and one of any length.
        let alike: Vec<String> = (1..9)
            .map(|number| format!("{number}、{}", &FIRST[..90]))
            .collect();
        let unnumbered =
            ["甲", "乙", "丙", "丁", "戊"].map(|name| format!("{name}{}", &FIRST[3..90]));
        let titles: Vec<&str> = (30..60).step_by(3).map(|end| &FIRST[..end * 3]).collect();
        for lines in [
            alike.join("\n"),
            unnumbered.join("\n"),
            titles.join("\n"),
            FIRST.to_owned(),
        ] {
            let expected: Vec<&str> = lines.lines().collect();
            assert_eq!(paragraphs(&lines), expected);
        }
    }
}
