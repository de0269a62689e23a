//! The interface's words, in both languages.

use crate::case::{CaseRef, Category, Completeness};
use crate::cite::{Citation, Element};
use crate::facets::Facet;
pub use crate::language::Label;
use crate::language::Language;
use crate::language::en::count_of;
use crate::search::Problem;
use crate::store::State;
use crate::text::gate;
use crate::text::script::Script;
use crate::typeset::Front;

/// The words of one language that stand outside the command table.
#[derive(Debug)]
pub struct Words {
    language: Language,
    pub program: &'static str,
    pub cases: fn(usize) -> String,
    pub documents: fn(usize) -> String,
    pub search_hint: &'static str,
    pub no_hit: &'static str,
    pub searching: &'static str,
    pub clear_help: &'static str,
    pub offer_help: &'static str,
    pub star_help: &'static str,
    pub tag_help: &'static str,
    pub no_case: &'static str,
    pub case_needed: &'static str,
    pub too_small: &'static str,
    pub no_match_here: &'static str,
    pub wrapped_to_first: &'static str,
    pub wrapped_to_last: &'static str,
    pub hits: &'static str,
    pub matches: &'static str,
    pub pinyin: &'static str,
    pub homophone: &'static str,
    pub scattered: &'static str,
    pub heading: &'static str,
    pub text: &'static str,
    pub no_year: &'static str,
    pub no_section_there: &'static str,
    pub no_sections: &'static str,
    pub no_visit: &'static str,
    pub no_history: &'static str,
    pub original: &'static str,
    pub simplified: &'static str,
    pub traditional: &'static str,
    /// Columns of the measure, and those that there is room for.
    pub measure: fn(u16, u16) -> String,
    pub not_justified: &'static str,
    pub justified: &'static str,
    pub selected: &'static str,
    pub none_selected: &'static str,
    pub star_given: &'static str,
    pub star_taken: &'static str,
    pub note_taken: &'static str,
    pub note_kept: &'static str,
    pub no_tags: &'static str,
    pub known_tags: &'static str,
    pub tags_kept: &'static str,
    pub not_printed: &'static str,
    pub inferred: &'static str,
    pub nothing_to_export: &'static str,
    pub no_file_named: &'static str,
    pub yes: &'static str,
    pub no: &'static str,
    pub keep_file: &'static str,
    pub no_topics: &'static str,
    pub no_topics_yet: &'static str,
    pub no_other_case: &'static str,
    /// The key that goes back.
    pub no_item: fn(&str) -> String,
    pub no_star: &'static str,
    pub all_cases: &'static str,
    pub all_listed: &'static str,
    pub query_cut: &'static str,
    /// How many more parts of the query are wrong.
    pub more_wrong: fn(usize) -> String,
    pub copied: &'static str,
    pub exported: &'static str,
    pub mouse_on: &'static str,
    pub mouse_off: &'static str,
    pub press_enter: &'static str,
    pub deselect: &'static str,
    pub clear: &'static str,
    pub cancel: &'static str,
    pub keep: &'static str,
    pub write: &'static str,
    pub tick: &'static str,
    /// The program, and why it cannot be run.
    pub no_program: fn(&str, &str) -> String,
    pub raw: &'static str,
    pub note: &'static str,
}

const CHINESE: Words = Words {
    language: Language::Chinese,
    program: "案例 anli",
    cases: |count| format!("{count} 例"),
    documents: |count| format!("{count} 篇"),
    search_hint: "输入汉字、拼音或首字母",
    no_hit: "没有找到",
    searching: "正在查找",
    clear_help: "清除查找",
    offer_help: "改查这一条",
    star_help: "加星：先清除查找，再选一例",
    tag_help: "加标签：先清除查找，再选一例",
    no_case: "没有案例。用 --seeds 指定一个放着 .txt 文档的文件夹。",
    case_needed: "这里没有案例可用；先清除查找",
    too_small: "终端太小，至少 24x6",
    no_match_here: "这一例里没有匹配",
    wrapped_to_first: "已到末尾，回到第一处",
    wrapped_to_last: "已到开头，转到最后一处",
    hits: "条",
    matches: "匹配",
    pinyin: "正文拼音",
    homophone: "同音",
    scattered: "近似",
    heading: "小标题",
    text: "正文",
    no_year: "年份不详",
    no_section_there: "那边没有小节了",
    no_sections: "这一例没有小标题",
    no_visit: "没有更早或更晚的去处",
    no_history: "没有更早的查询",
    original: "原文",
    simplified: "简体",
    traditional: "繁体",
    measure: |measure, room| match measure > room {
        true => format!("版心列数 {measure}，此处只容 {room}"),
        false => format!("版心列数 {measure}"),
    },
    not_justified: "不再两端对齐",
    justified: "两端对齐",
    selected: "已选",
    none_selected: "已取消选中",
    star_given: "已加星",
    star_taken: "已去星",
    note_taken: "笔记已删去",
    note_kept: "笔记已记下",
    no_tags: "还没有标签，写下第一个",
    known_tags: "已有标签：",
    tags_kept: "标签已记下",
    not_printed: "文档未载：",
    inferred: "推断：",
    nothing_to_export: "列表是空的，没有可导出的",
    no_file_named: "没有写文件名，未导出",
    yes: "覆盖",
    no: "不覆盖",
    keep_file: "保留原来的文件",
    no_topics: "这一例没有归入主题",
    no_topics_yet: "主题还在归类，请稍后再看",
    no_other_case: "那边没有案例了",
    no_item: |key| format!("没有这一项；{key} 返回"),
    no_star: "还没有加星的案例",
    all_cases: "全部案例",
    all_listed: "已是全部案例",
    query_cut: "查找的文字太长，只用开头 500 字",
    more_wrong: |count| format!("（另有 {count} 处）"),
    copied: "已发送到终端剪贴板（OSC 52）",
    exported: "已写入",
    mouse_on: "鼠标归程序；按住 Shift 或 Option 仍可选取文字",
    mouse_off: "鼠标归终端，可直接选取文字",
    press_enter: "按 Enter 返回",
    deselect: "取消选中",
    clear: "清除查找",
    cancel: "放弃",
    keep: "确定",
    write: "写入",
    tick: "勾选",
    no_program: |program, why| format!("打不开 {program}：{why}"),
    raw: "文档原样",
    note: "笔记",
};

const ENGLISH: Words = Words {
    language: Language::English,
    program: "anli 案例",
    cases: |count| count_of(count, "case"),
    documents: |count| count_of(count, "document"),
    search_hint: "type Han, pinyin or initials",
    no_hit: "nothing found for",
    searching: "searching for",
    clear_help: "clear the search",
    offer_help: "ask this instead",
    star_help: "star a case: clear the search first",
    tag_help: "tag a case: clear the search first",
    no_case: "No cases. Name a folder of .txt documents with --seeds.",
    case_needed: "no case here to do that with: clear the search",
    too_small: "too small: needs 24x6",
    no_match_here: "no match in this case",
    wrapped_to_first: "end reached, back at the first match",
    wrapped_to_last: "start reached, on to the last match",
    hits: "hits",
    matches: "match",
    pinyin: "pinyin in text",
    homophone: "same sound",
    scattered: "similar",
    heading: "heading",
    text: "text",
    no_year: "no year",
    no_section_there: "no section there",
    no_sections: "this case has no headings",
    no_visit: "nowhere to go back or forward to",
    no_history: "no earlier query",
    original: "original script",
    simplified: "Simplified",
    traditional: "Traditional",
    measure: |measure, room| match measure > room {
        true => format!("columns {measure}, room for {room}"),
        false => format!("columns {measure}"),
    },
    not_justified: "no longer justified",
    justified: "justified",
    selected: "selected:",
    none_selected: "nothing is selected any more",
    star_given: "starred",
    star_taken: "star taken away",
    note_taken: "note taken away",
    note_kept: "note kept",
    no_tags: "no tag yet: write the first",
    known_tags: "tags in use: ",
    tags_kept: "tags kept",
    not_printed: "not given: ",
    inferred: "inferred: ",
    nothing_to_export: "the list is empty: nothing to export",
    no_file_named: "no file was named: nothing is exported",
    yes: "overwrite",
    no: "keep",
    keep_file: "leave the file as it is",
    no_topics: "this case has no topic",
    no_topics_yet: "topics are still being worked out",
    no_other_case: "no case there",
    no_item: |key| format!("nothing like it; {key} goes back"),
    no_star: "no case is starred yet",
    all_cases: "every case",
    all_listed: "all cases are listed already",
    query_cut: "the query is too long: its first 500 characters are used",
    more_wrong: |count| format!(" ({count} more)"),
    copied: "sent to the terminal's clipboard (OSC 52)",
    exported: "written:",
    mouse_on: "mouse reported; Shift or Option still selects text",
    mouse_off: "mouse left to the terminal: it selects text",
    press_enter: "Enter goes back",
    deselect: "deselect",
    clear: "clear",
    cancel: "leave",
    keep: "keep",
    write: "write",
    tick: "tick",
    no_program: |program, why| format!("cannot run {program}: {why}"),
    raw: "as given",
    note: "note",
};

impl Words {
    /// The words of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    /// The name of a category.
    pub fn category(&self, category: Category) -> &'static str {
        let english = match category {
            Category::District => "district",
            Category::Zone => "zone",
            Category::Department => "department",
        };
        Label(category.name(), english).in_language(self.language)
    }

    /// The name of a completeness.
    pub fn completeness(&self, completeness: Completeness) -> &'static str {
        let english = match completeness {
            Completeness::Full => "full text",
            Completeness::Abstract => "abstract",
            Completeness::Report => "report",
        };
        Label(completeness.name(), english).in_language(self.language)
    }

    /// The value of a facet as the panel shows it: by the name that a query
    /// takes, with what that means where it is not in the reader's language.
    pub fn facet_value(&self, facet: Facet, value: &str) -> String {
        let category = |c: Category| (c.name(), self.category(c));
        let completeness = |c: Completeness| (c.name(), self.completeness(c));
        let names = match facet {
            Facet::Category => {
                use Category::{Department, District, Zone};
                [District, Zone, Department].map(category)
            }
            Facet::Completeness => {
                use Completeness::{Abstract, Full, Report};
                [Full, Abstract, Report].map(completeness)
            }
            _ => return value.to_owned(),
        };
        let meaning = names.into_iter().find(|&(name, _)| name == value);
        match meaning.filter(|(name, meaning)| name != meaning) {
            Some((name, meaning)) => format!("{name} {meaning}"),
            None => value.to_owned(),
        }
    }

    /// What a reference lacks, and what in it is inferred; empty where it is
    /// whole and every part of it printed.
    pub fn lacks(&self, citation: &Citation) -> String {
        let names = |elements: &[Element]| {
            let name = |element: &Element| {
                Label(element.name(), element.english()).in_language(self.language)
            };
            let names: Vec<&str> = elements.iter().map(name).collect();
            names.join(self.language.labels().answer.comma)
        };
        let parts = [
            (self.not_printed, &citation.missing),
            (self.inferred, &citation.inferred),
        ];
        let parts = parts.iter().filter(|(_, elements)| !elements.is_empty());
        let parts: Vec<String> = parts
            .map(|(what, elements)| format!("{what}{}", names(elements)))
            .collect();
        parts.join(self.language.labels().answer.separator)
    }

    /// What is wrong with a part of a query, and what would be right.
    pub fn problem(&self, problem: &Problem) -> String {
        let chinese = self.language == Language::Chinese;
        match problem {
            Problem::UnknownField { name, nearest } if chinese => {
                format!("没有“{name}:”这一项，是不是 {nearest}:")
            }
            Problem::UnknownField { name, nearest } => {
                format!("no field {name}:, perhaps {nearest}:")
            }
            Problem::EmptyField { name } if chinese => format!("{name}: 后面要有内容"),
            Problem::EmptyField { name } => format!("{name}: wants a value"),
            Problem::BadValue {
                field,
                value,
                example,
            } if chinese => {
                format!("{field}: 不能是 {value}，例如 {field}:{example}")
            }
            Problem::BadValue {
                field,
                value,
                example,
            } => {
                format!("{field}: cannot be {value}; {field}:{example} would do")
            }
            Problem::NoValueYet { chinese: name, .. } if chinese => format!("还没有{name}"),
            Problem::NoValueYet { english, .. } => format!("there is no {english} yet"),
            Problem::NoWord if chinese => "| 后面只能是词，限定和排除要另写".to_owned(),
            Problem::NoWord => "only words go behind |; a field or - needs a space".to_owned(),
            Problem::OpenQuote if chinese => "引号还没有合上".to_owned(),
            Problem::OpenQuote => "the quotation is not closed yet".to_owned(),
            Problem::TooLong => self.query_cut.to_owned(),
        }
    }

    /// What would be right instead of a part of a query, where there is no room to
    /// say what is wrong with it.
    pub fn remedy(&self, problem: &Problem) -> String {
        let chinese = self.language == Language::Chinese;
        match problem {
            Problem::UnknownField { nearest, .. } if chinese => format!("是不是 {nearest}:"),
            Problem::UnknownField { nearest, .. } => format!("perhaps {nearest}:"),
            Problem::BadValue { field, example, .. } if chinese => {
                format!("例如 {field}:{example}")
            }
            Problem::BadValue { field, example, .. } => format!("try {field}:{example}"),
            Problem::NoWord if chinese => "| 后只能是词".to_owned(),
            Problem::NoWord => "| wants words".to_owned(),
            Problem::EmptyField { .. }
            | Problem::NoValueYet { .. }
            | Problem::OpenQuote
            | Problem::TooLong => self.problem(problem),
        }
    }

    /// The lines between a case's title and its text, in a script, with what
    /// the reader made of the case.
    pub fn front(&self, case: CaseRef<'_>, script: Script, kept: &State) -> Front {
        let mut byline = vec![case.orgs()];
        byline.extend(case.case.year.map(|year| year.to_string()));
        byline.extend(case.case.category.map(|c| self.category(c).to_owned()));
        byline.push(self.completeness(case.case.completeness).to_owned());
        byline.retain(|part| !part.is_empty());
        let about = &case.document.about;
        let mut source: Vec<String> = [&about.publisher, &about.date, &about.reporter]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let lines = case.case.lines;
        let name = &case.document.name;
        source.push(match lines.last == lines.first {
            true => format!("{name}:{}", lines.first),
            false => format!("{name}:{}-{}", lines.first, lines.last),
        });
        let shown = |parts: Vec<String>| script.show(&parts.join("  ")).into_owned();
        let id = case.case.id.0.as_str();
        let star = kept.starred(id).then(|| "*".to_owned());
        let tags = kept.tags(id).map(|tag| format!("#{tag}"));
        let marks: Vec<String> = star.into_iter().chain(tags).collect();
        let mut byline = shown(byline);
        for mark in marks {
            byline += "  ";
            byline += &gate::line(&mark);
        }
        let note = kept.note(id);
        let mut source = shown(source);
        if !note.is_empty() {
            source += &format!("  {}: {}", self.note, gate::line(note));
        }
        Front { byline, source }
    }
}
