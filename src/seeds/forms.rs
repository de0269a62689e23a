//! How the entries of a list set their title and their bodies beside one another.
//!
//! | form | entry |
//! |---|---|
//! | brackets | `建立“河长制”（沙洲县水利局）`, `《建立“河长制”》（沙洲县水利局报送）` |
//! | dash after | `建立“河长制”——沙洲县水利局` |
//! | dash before | `沙洲县水利局——建立“河长制”` |
//! | colon | `沙洲县水利局：建立“河长制”` |
//! | quoted | `沙洲县水利局《建立“河长制”》`, `《建立“河长制”》沙洲县水利局` |
//! | space before | `沙洲县水利局 建立“河长制”` |
//! | space after | `建立“河长制” 沙洲县水利局` |
//!
//! All entries of a list have one form. If most of them name bodies that are recognised by
//! their names, the text in the same place of the others is a body too.

use std::ops::Range;

use super::endings;
use super::entries::{Parts, last_brackets, trimmed};
use super::lines::{ends_a_sentence, is_short};
use super::orgs::Names;
use crate::text::marks::is_han;

/// A form, as the table above names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Brackets,
    DashBehind,
    DashBefore,
    Colon,
    Quoted,
    SpaceBefore,
    SpaceBehind,
}

/// All forms, the ones with the clearest signs first.
pub(super) const FORMS: [Form; 7] = [
    Form::Brackets,
    Form::DashBehind,
    Form::DashBefore,
    Form::Quoted,
    Form::Colon,
    Form::SpaceBefore,
    Form::SpaceBehind,
];

const DASHES: [&str; 5] = ["——", "--", "—", "－－", "──"];

/// Title and bodies of the text of an entry from the byte `start` on. With `any` a body
/// may have any name.
pub(super) fn parts(
    form: Form,
    text: &str,
    start: usize,
    names: &Names,
    any: bool,
) -> Option<Parts> {
    let entry = Entry {
        text,
        start,
        names,
        any,
    };
    let parts = match form {
        Form::Brackets => entry.brackets(),
        Form::DashBehind => DASHES.iter().find_map(|dash| {
            let at = start + text[start..].rfind(dash)?;
            entry.two(start..at, at + dash.len()..text.len())
        }),
        Form::DashBefore => DASHES.iter().find_map(|dash| {
            let at = start + text[start..].find(dash)?;
            entry.two(at + dash.len()..text.len(), start..at)
        }),
        Form::Colon => {
            let at = start + text[start..].find(['：', ':'])?;
            let behind = at + text[at..].chars().next().map_or(0, char::len_utf8);
            entry.two(behind..text.len(), start..at)
        }
        Form::Quoted => entry.quoted(),
        Form::SpaceBefore => {
            let at = start + text[start..].find(char::is_whitespace)?;
            entry.two(at..text.len(), start..at)
        }
        Form::SpaceBehind => {
            let at = start + text[start..].trim_end().rfind(char::is_whitespace)?;
            entry.two(start..at, at..text.len())
        }
    }?;
    let title = unquoted(text, parts.title);
    let is_title = !title.is_empty() && !text[title.clone()].ends_with(['；', ';']);
    is_title.then_some(Parts { title, ..parts })
}

/// A title without the marks around all of it: `《建立“河长制”》`.
pub(super) fn unquoted(text: &str, title: Range<usize>) -> Range<usize> {
    let title = trimmed(text, title);
    let inside = text[title.clone()]
        .strip_prefix('《')
        .and_then(|title| title.strip_suffix('》'));
    match inside {
        Some(inside) if !inside.contains(['《', '》']) => {
            let mark = '《'.len_utf8();
            trimmed(text, title.start + mark..title.end - mark)
        }
        _ => title,
    }
}

/// Returns the bodies that a line below its title names, in brackets or after a label, as
/// ranges of bytes: `（沙洲县水利局）`, `申报单位：沙洲县水利局`.
pub(super) fn below(text: &str, names: &Names) -> Option<Vec<Range<usize>>> {
    if !is_short(text, 60) {
        return None;
    }
    let inside = match last_brackets(text) {
        Some((0, inside)) => inside,
        _ => 0..text.len(),
    };
    let is_marked = inside.len() < text.len() || label(text) > 0;
    if !is_marked && !names.is_org_line(text) {
        return None;
    }
    let entry = Entry {
        text,
        start: 0,
        names,
        any: false,
    };
    entry.orgs(inside)
}

struct Entry<'a> {
    text: &'a str,
    /// Byte at which it begins after its number.
    start: usize,
    names: &'a Names,
    any: bool,
}

impl Entry<'_> {
    fn brackets(&self) -> Option<Parts> {
        let text = self.text;
        let mut end = text.trim_end_matches(['。', '；', ';']).len();
        let mut orgs = Vec::new();
        while let Some((open, inside)) = last_brackets(text[..end].trim_end()) {
            let found = self.orgs(inside).filter(|_| open > self.start);
            let Some(found) = found else { break };
            orgs.splice(0..0, found);
            end = open;
        }
        let title = trimmed(text, self.start..end);
        let is_title = !title.is_empty() && !text[title.clone()].ends_with('。');
        (is_title && !orgs.is_empty()).then_some(Parts { title, orgs })
    }

    fn quoted(&self) -> Option<Parts> {
        let (text, start) = (self.text, self.start);
        let end = text.trim_end_matches(['。', '；', ';']).len();
        let open = start + text[start..end].find('《')?;
        let close = start + text[start..end].rfind('》')? + '》'.len_utf8();
        let before = trimmed(text, start..open);
        let behind = trimmed(text, close.max(open)..end);
        let org = match (before.is_empty(), behind.is_empty()) {
            (true, false) => behind,
            (false, true) => {
                let bare = text[before.clone()].trim_end_matches(['：', ':']);
                before.start..before.start + bare.len()
            }
            _ => return None,
        };
        self.two(open..close, org)
    }

    /// A title and a body, if they are.
    fn two(&self, title: Range<usize>, org: Range<usize>) -> Option<Parts> {
        let title = trimmed(self.text, title);
        let name = &self.text[org.clone()];
        if title.is_empty() || endings::begins_like_a_title(name.trim()) {
            return None;
        }
        let orgs = self.orgs(org)?;
        Some(Parts { title, orgs })
    }

    /// The bodies that a run of the text names and nothing else.
    fn orgs(&self, range: Range<usize>) -> Option<Vec<Range<usize>>> {
        let range = self.bare(range);
        let name = &self.text[range.clone()];
        let is_org = |name: &str| self.names.are_orgs(name) || self.any && may_be_name(name);
        if name.is_empty() {
            return None;
        }
        if is_org(name) {
            return Some(vec![range]);
        }
        let parts = |mark: fn(char) -> bool| {
            let mut orgs = Vec::new();
            let mut at = range.start;
            for part in name.split_inclusive(mark) {
                let org = trimmed(self.text, at..at + part.trim_end_matches(mark).len());
                at += part.len();
                if !org.is_empty() {
                    orgs.push(org);
                }
            }
            let all = orgs.iter().all(|org| is_org(&self.text[org.clone()]));
            (orgs.len() > 1 && all).then_some(orgs)
        };
        parts(|c| "，,；;/".contains(c)).or_else(|| parts(char::is_whitespace))
    }

    /// The names in a run of the text without what is said of them: `申报单位：`, `报送`.
    fn bare(&self, range: Range<usize>) -> Range<usize> {
        const SAID: [&str; 14] = [
            "组织实施",
            "报送",
            "推荐",
            "申报",
            "提供",
            "供稿",
            "选送",
            "上报",
            "牵头",
            "负责",
            "实施",
            "承办",
            "主办",
            "供图",
        ];
        let range = trimmed(self.text, range);
        let start = range.start + label(&self.text[range.clone()]);
        let name = &self.text[start..range.end];
        let said = SAID.iter().find_map(|word| name.strip_suffix(word));
        let end = said.map_or(range.end, |name| start + name.len());
        trimmed(self.text, start..end)
    }
}

/// How many bytes of a text are the label in front of a name: `申报单位：`.
fn label(text: &str) -> usize {
    const LABELS: [&str; 7] = ["单位", "部门", "主体", "机构", "地区", "來源", "来源"];
    let Some((label, name)) = text.split_once(['：', ':']) else {
        return 0;
    };
    let is_label = is_short(label, 8) && LABELS.iter().any(|end| label.trim().ends_with(end));
    if is_label { text.len() - name.len() } else { 0 }
}

/// Whether the text in a body's place may be one: words, and no remark such as `第二批` or
/// `试行`.
fn may_be_name(name: &str) -> bool {
    const REMARKS: [&str; 12] = [
        "试行", "批", "版", "年", "项", "类", "期", "个", "篇", "次", "号", "稿",
    ];
    let is_word = |c: char| is_han(c) || c.is_ascii_alphanumeric() || "、（）()·".contains(c);
    is_short(name, 40)
        && name.chars().filter(|c| is_han(*c)).take(3).count() == 3
        && name.chars().all(is_word)
        && !name.starts_with(['第', '含', '共'])
        && !REMARKS.iter().any(|end| name.ends_with(end))
        && !ends_a_sentence(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: Form, text: &str, any: bool, expected: Option<(&str, &[&str])>) {
        let found = parts(form, text, 0, &Names::default(), any).map(|parts| {
            let orgs: Vec<&str> = parts.orgs.into_iter().map(|org| &text[org]).collect();
            (&text[parts.title], orgs)
        });
        let expected = expected.map(|(title, orgs)| (title, orgs.to_vec()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn each_form_parts_title_and_bodies() {
        let title = "让菜地变学堂";
        for (form, text) in [
            (Form::Brackets, "让菜地变学堂（松岭市教育局）"),
            (Form::Brackets, "《让菜地变学堂》(松岭市教育局推荐)"),
            (Form::Brackets, "让菜地变学堂（申报单位：松岭市教育局）"),
            (Form::DashBehind, "让菜地变学堂——松岭市教育局"),
            (Form::DashBefore, "松岭市教育局──让菜地变学堂"),
            (Form::Colon, "松岭市教育局：让菜地变学堂"),
            (Form::Quoted, "松岭市教育局：《让菜地变学堂》"),
            (Form::Quoted, "《让菜地变学堂》 松岭市教育局"),
            (Form::SpaceBefore, "松岭市教育局　让菜地变学堂"),
            (Form::SpaceBehind, "让菜地变学堂 松岭市教育局"),
        ] {
            check(form, text, false, Some((title, &["松岭市教育局"])));
        }
        check(
            Form::Brackets,
            "小河治理（松岭市水利局，松岭市财政局）",
            false,
            Some(("小河治理", &["松岭市水利局", "松岭市财政局"])),
        );
    }

    #[test]
    fn a_remark_is_no_body_even_where_bodies_stand() {
        for text in ["发放消费券（第二批）", "推行证照分离（试行）"] {
            check(Form::Brackets, text, true, None);
        }
        let name = "国家粮食储备松岭直属库";
        let text = format!("智能粮仓（{name}）");
        check(Form::Brackets, &text, false, None);
        check(Form::Brackets, &text, true, Some(("智能粮仓", &[name])));
    }

    #[test]
    fn what_only_has_a_colon_or_a_space_has_no_body() {
        check(Form::Colon, "推行双河长：一条河两个人管", true, None);
        check(Form::SpaceBefore, "打造样板 让利于民", true, None);
    }
}
