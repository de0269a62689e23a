//! Application forms: labels and values in a table, or parted by colons, one form a case, as
//! offices fill them in with a word processor.
//!
//! | label | value | |
//! |---|---|---|
//! | 案例名称 | 社区食堂共建共营 | the title |
//! | 申报单位 | 涪江区民政局 | the orgs |
//! | 案例类别 | 部门 | the group |
//! | 联系电话 | 8642 1357 | a field |
//! | 主要做法 | one paragraph or more | a section |

use super::lines::{Page, ends_a_sentence, is_short};
use super::reading::{Draft, Findings, Material, paragraph};
use crate::case::{
    Basis, Block, BlockKind, Completeness, Confidence, Lines, Part, Reader, TextRange, Title,
};
use crate::language::Sentence;

/// Most characters of a label.
const LONGEST_LABEL: usize = 14;

/// Most characters of a value that is printed beside its label; a longer one is a section.
const LONGEST_FIELD: usize = 30;

/// Most labels of a form; a table of two columns with more rows is none.
const MOST_LABELS: usize = 60;

/// Least share of the document's characters that its forms must have.
const SHARE: f64 = 0.5;

/// A label and its value, as ranges of the text.
#[derive(Clone, Debug)]
struct Entry {
    label: TextRange,
    /// The value in the label's row, then the lines below it without a label.
    value: Vec<TextRange>,
}

/// The rows of one form.
#[derive(Clone, Debug, Default)]
struct Form {
    places: Vec<usize>,
    entries: Vec<Entry>,
}

/// Reads the forms of a document; `None` unless every row of a table belongs to a form, and
/// every form has a title and an org.
pub(super) fn read(material: Material<'_>) -> Option<Findings> {
    let Material { page, .. } = material;
    let forms = forms(page)?;
    let places = forms.iter().flat_map(|form| form.places.iter().copied());
    if page.share(places) < SHARE || !asks_for_cases(page, forms.first()?) {
        return None;
    }
    let mut reading = Findings::default();
    for form in &forms {
        take(material, &mut reading, form)?;
    }
    reading.claim_rest(page, Part::Own);
    let count = forms.len();
    reading.basis = Basis {
        reader: Reader::Table,
        confidence: Confidence::High,
        why: Sentence::new(
            format!("{count} 份申报表，每份一个案例"),
            format!("application forms, a case each: {count}"),
        ),
    };
    Some(reading)
}

/// Whether a form or the line above it asks for cases: a notice of a tender has 项目名称 and
/// 采购单位 as well.
fn asks_for_cases(page: &Page<'_>, form: &Form) -> bool {
    const WORDS: [&str; 6] = ["案例", "申报", "填报", "推荐", "经验", "创新"];
    let labels = form.entries.iter().map(|entry| page.slice(entry.label));
    let above = form.places.first().and_then(|first| first.checked_sub(1));
    let above = above
        .map(|place| page.line(place))
        .filter(|line| is_short(line, LONGEST_FIELD));
    labels
        .chain(above)
        .any(|text| WORDS.iter().any(|word| text.contains(word)))
}

/// Parts the document into forms. A form begins where a label of the form before occurs again.
fn forms(page: &Page<'_>) -> Option<Vec<Form>> {
    let mut forms: Vec<Form> = Vec::new();
    for place in 0..page.lines.len() {
        let range = page.lines[place].range;
        let pairs = match row(page, range) {
            Row::Labelled(pairs) => pairs,
            Row::Foreign => return None,
            Row::Text => {
                // It belongs to the value above it, unless it heads the next form.
                let text = page.line(place);
                let is_value = !is_short(text, LONGEST_FIELD) || ends_a_sentence(text);
                if let Some(form) = forms.last_mut().filter(|_| is_value) {
                    form.places.push(place);
                    form.entries.last_mut()?.value.push(range);
                }
                continue;
            }
        };
        let occurs = |form: &Form| {
            let mut known = form.entries.iter().map(|entry| page.slice(entry.label));
            known.any(|label| label == page.slice(pairs[0][0]))
        };
        if forms.last().is_none_or(occurs) {
            forms.push(Form::default());
        }
        let form = forms.last_mut()?;
        if form.entries.len() > MOST_LABELS {
            return None;
        }
        form.places.push(place);
        form.entries
            .extend(pairs.into_iter().map(|[label, value]| Entry {
                label,
                value: if page.slice(value).is_empty() {
                    Vec::new()
                } else {
                    vec![value]
                },
            }));
    }
    Some(forms)
}

/// What a line is in a form.
enum Row {
    /// Labels, each with its value.
    Labelled(Vec<[TextRange; 2]>),
    /// Text without a label.
    Text,
    /// A row of another kind of table.
    Foreign,
}

/// Reads the labels and values of a line: cells parted by tabs, or `申报单位：市民政局`.
fn row(page: &Page<'_>, line: TextRange) -> Row {
    let text = page.slice(line);
    let start = line.start as usize;
    let trimmed = |from: usize, cell: &str| {
        let from = from + (cell.len() - cell.trim_start().len());
        TextRange::new(from, from + cell.trim().len())
    };
    if !text.contains('\t') {
        let Some((label, value)) = text
            .split_once(['：', ':'])
            .filter(|(label, _)| is_known(label))
        else {
            return Row::Text;
        };
        let value_start = line.end as usize - value.len();
        return Row::Labelled(vec![[trimmed(start, label), trimmed(value_start, value)]]);
    }
    let mut from = start;
    let mut cells = Vec::new();
    for cell in text.split('\t') {
        cells.push(trimmed(from, cell));
        from += cell.len() + 1;
    }
    let ends_empty = cells
        .last()
        .is_some_and(|cell| page.slice(*cell).is_empty());
    if !cells.len().is_multiple_of(2) && ends_empty {
        cells.pop();
    }
    let pairs: Vec<[TextRange; 2]> = cells
        .chunks_exact(2)
        .map(|pair| [pair[0], pair[1]])
        .collect();
    let are_labels = pairs.iter().all(|[label, _]| is_label(page.slice(*label)));
    if cells.len().is_multiple_of(2) && are_labels {
        Row::Labelled(pairs)
    } else {
        Row::Foreign
    }
}

/// Whether text before a colon is a label of a form and no part of a sentence.
fn is_known(text: &str) -> bool {
    const ENDS: [&str; 22] = [
        "名称",
        "题目",
        "标题",
        "单位",
        "部门",
        "机构",
        "类别",
        "类型",
        "组别",
        "背景",
        "做法",
        "成效",
        "效果",
        "简介",
        "概况",
        "内容",
        "创新点",
        "亮点",
        "经验",
        "启示",
        "联系人",
        "电话",
    ];
    let text = text.trim();
    is_short(text, 8) && ENDS.iter().any(|end| text.ends_with(end))
}

fn is_label(text: &str) -> bool {
    let text = text.trim_end_matches(['：', ':']);
    !text.is_empty()
        && is_short(text, LONGEST_LABEL)
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '。' | '，' | '；' | '“'))
}

/// What a label asks for, without spaces and marks at its end.
fn asks(page: &Page<'_>, label: TextRange) -> String {
    let text: String = page.slice(label).split_whitespace().collect();
    text.trim_end_matches(['：', ':']).to_owned()
}

fn take(material: Material<'_>, reading: &mut Findings, form: &Form) -> Option<()> {
    const TITLES: [&str; 4] = ["名称", "题目", "标题", "案例名"];
    const ORGS: [&str; 3] = ["单位", "部门", "机构"];
    const GROUPS: [&str; 3] = ["类别", "类型", "组别"];
    let Material { page, names, .. } = material;
    let find = |ends: &[&str]| {
        form.entries.iter().position(|entry| {
            let label = asks(page, entry.label);
            ends.iter().any(|end| label.ends_with(end))
        })
    };
    // 单位名称 is no title.
    let title = form.entries.iter().position(|entry| {
        let label = asks(page, entry.label);
        let is_org = ORGS.iter().any(|org| label.contains(org));
        !is_org && TITLES.iter().any(|end| label.ends_with(end))
    })?;
    let org = find(&ORGS)?;
    let group = find(&GROUPS);
    let printed = form.entries[title].value.clone();
    if printed.is_empty() {
        return None;
    }
    let orgs: Vec<_> = form.entries[org]
        .value
        .iter()
        .flat_map(|range| names.orgs_of_cell(page.slice(*range)))
        .collect();
    let group = group.and_then(|at| form.entries[at].value.first().copied());
    let (category, area) = names.place_in_group(&orgs, group.map(|range| page.slice(range)));
    let mut blocks = Vec::new();
    let mut has_sections = false;
    for (at, entry) in form.entries.iter().enumerate() {
        if at == title || at == org || entry.value.is_empty() {
            continue;
        }
        if let [value] = entry.value[..]
            && is_short(page.slice(value), LONGEST_FIELD)
        {
            blocks.push(Block {
                kind: BlockKind::Field { head: entry.label },
                range: value,
            });
            continue;
        }
        has_sections = true;
        blocks.push(Block {
            kind: BlockKind::Heading { level: 1 },
            range: entry.label,
        });
        blocks.extend(entry.value.iter().map(|range| paragraph(*range)));
    }
    for &place in &form.places {
        reading.claim(page.lines[place].range, Part::Case);
    }
    let number = |place: Option<&usize>| place.map_or(0, |&place| page.lines[place].number);
    reading.cases.push(Draft {
        lines: Lines {
            first: number(form.places.first()),
            last: number(form.places.last()),
            list: None,
        },
        category,
        area,
        group,
        year: None,
        completeness: if has_sections {
            Completeness::Full
        } else {
            Completeness::Entry
        },
        title: Some(Title::Printed(printed)),
        orgs,
        blocks,
    });
    Some(())
}
