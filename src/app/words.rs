//! Texts of the interface, in both languages.

pub mod provenance;

use crate::case::{Category, Completeness};
use crate::cite::{Citation, Element};
use crate::facets::Facet;
pub use crate::language::Label;
use crate::language::en::count_of;
use crate::language::{Language, quoted, quoted_words};
use crate::search::{Problem, Tier};

/// Texts of one language, except those of the command tables.
#[derive(Debug)]
pub struct Words {
    language: Language,
    pub program: &'static str,
    pub cases: fn(usize) -> String,
    pub documents: fn(usize) -> String,
    /// Numbers of files read and of all files; the second is 0 until they are counted.
    pub loading: fn(usize, usize) -> String,
    /// Numbers of documents that are new, changed and gone.
    pub reread: fn(usize, usize, usize) -> String,
    pub not_reread: &'static str,
    /// Documents do not change during the tour.
    pub after_tour: &'static str,
    /// A public terminal does not offer this.
    pub not_in_public: &'static str,
    /// The tour needs the built-in documents.
    pub other_library: &'static str,
    pub search_hint: &'static str,
    pub no_hit: &'static str,
    pub searching: &'static str,
    pub clear_help: &'static str,
    /// No suggestion is similar to the query.
    pub no_similar: &'static str,
    pub ask_otherwise: &'static str,
    pub facets_help: &'static str,
    pub offer_help: &'static str,
    pub to_list: &'static str,
    pub star_help: &'static str,
    pub tag_help: &'static str,
    pub no_case: &'static str,
    pub case_needed: &'static str,
    pub too_small: &'static str,
    pub no_match_here: &'static str,
    pub wrapped_to_first: &'static str,
    pub wrapped_to_last: &'static str,
    /// Number of matches.
    pub matches: fn(usize) -> String,
    /// Number of the current match, and number of matches.
    pub match_at: fn(usize, usize) -> String,
    pub pinyin: &'static str,
    pub homophone: &'static str,
    pub scattered: &'static str,
    pub near: &'static str,
    /// The query that was searched instead of the one typed.
    pub instead: fn(&str) -> String,
    pub heading: &'static str,
    pub text: &'static str,
    pub org: &'static str,
    pub list: &'static str,
    pub no_section_there: &'static str,
    pub no_sections: &'static str,
    pub no_visit: &'static str,
    pub no_history: &'static str,
    pub original: &'static str,
    pub simplified: &'static str,
    pub traditional: &'static str,
    /// Columns of the measure, and columns available.
    pub measure: fn(u16, u16) -> String,
    pub not_justified: &'static str,
    pub justified: &'static str,
    /// Number of selected cases.
    pub selected: fn(usize) -> String,
    pub none_selected: &'static str,
    /// Number of cases that were starred.
    pub star_given: fn(usize) -> String,
    pub star_taken: fn(usize) -> String,
    pub nothing_to_mark: &'static str,
    pub held: &'static str,
    pub let_go: &'static str,
    pub by_sentence: &'static str,
    pub by_paragraph: &'static str,
    pub by_character: &'static str,
    /// Number of passages marked in this run.
    pub marked: fn(usize) -> String,
    pub unmarked: &'static str,
    /// The key that marks a passage.
    pub no_passages: fn(&str) -> String,
    /// The keys that remove a passage and copy it.
    pub passage_help: fn(&str, &str) -> String,
    pub note_taken: &'static str,
    pub note_kept: &'static str,
    /// Characters of a note or a tag, and the maximum.
    pub note_too_long: fn(usize, usize) -> String,
    pub tag_too_long: fn(usize, usize) -> String,
    pub no_tags: &'static str,
    pub known_tags: &'static str,
    /// Number of cases whose tags were added, removed, or both.
    pub tags_added: fn(usize) -> String,
    pub tags_removed: fn(usize) -> String,
    pub tags_changed: fn(usize) -> String,
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
    pub to_page: &'static str,
    /// The keys Up and Down together.
    pub up_and_down: &'static str,
    /// A key without a meaning.
    pub no_such_key: fn(&str) -> String,
    pub search: &'static str,
    pub help: &'static str,
    /// Separator between a notice and the keys that it names.
    pub gap: &'static str,
    /// Letters typed into a list that was just opened are a search.
    pub began: &'static str,
    /// Key part of the hint that typing starts a search.
    pub typing: &'static str,
    /// What typing and Esc do in a list before any key was used.
    pub to_search: &'static str,
    pub letter_keys: &'static str,
    pub no_star: &'static str,
    pub all_cases: &'static str,
    pub all_listed: &'static str,
    pub query_cut: &'static str,
    /// Number of further errors in the query.
    pub more_wrong: fn(usize) -> String,
    /// A text was sent to the terminal, which does not report whether it copied it.
    pub sent: &'static str,
    pub copying: &'static str,
    /// Number of cases written, and the file.
    pub exported: fn(usize, &str) -> String,
    /// The full path of the file of a text.
    pub saved: fn(&str) -> String,
    pub mouse_on: &'static str,
    pub mouse_off: &'static str,
    pub press_enter: &'static str,
    pub deselect: &'static str,
    pub clear: &'static str,
    pub cancel: &'static str,
    pub keep: &'static str,
    pub write: &'static str,
    pub tick: &'static str,
    /// A program, and why it cannot be run.
    pub no_program: fn(&str, &str) -> String,
    /// A program, and its exit code.
    pub ended_with: fn(&str, i32) -> String,
    /// The editor's file does not exist.
    pub edited_gone: &'static str,
    pub edited_no_text: &'static str,
    /// A program, and the number of the signal that ended it.
    pub ended_by: fn(&str, i32) -> String,
    pub raw: &'static str,
    pub note: &'static str,
    /// Appended to the notice on a mark that could not be saved.
    pub for_this_run: &'static str,
    pub saved_again: &'static str,
    /// Sign in the title bar while nothing can be saved and no change waits.
    pub not_saving: &'static str,
    /// Sign while another program holds up saving.
    pub being_saved: &'static str,
    /// Sign with the number of changes that are not saved.
    pub unsaved: fn(usize) -> String,
    pub marks_unsaved: fn(usize) -> String,
    pub stay: &'static str,
    pub stay_help: &'static str,
    pub abandon: &'static str,
    pub colon: &'static str,
    /// A case has a note.
    pub noted: &'static str,
    /// A view waits for its contents.
    pub gathering: &'static str,
    pub no_thread: &'static str,
    pub no_cases_listed: &'static str,
    pub figures: &'static str,
    pub no_figures: &'static str,
    pub no_figures_listed: &'static str,
    pub nothing_in_table: &'static str,
    /// Number of cases that did not fit into a table.
    pub cases_left_out: fn(usize) -> String,
    pub claims: &'static str,
    pub select_to_compare: &'static str,
    pub too_many_to_compare: fn(usize) -> String,
    pub two_to_compare: &'static str,
    pub figures_by_unit: &'static str,
    pub no_such_section: &'static str,
    pub no_such_figure: &'static str,
    pub no_related: &'static str,
    pub no_lineage: &'static str,
    pub no_such_query: &'static str,
    pub no_claims: &'static str,
    pub no_round: &'static str,
    pub no_juror: &'static str,
    pub lens_off: &'static str,
}

const CHINESE: Words = Words {
    language: Language::Chinese,
    program: "案例 anli",
    cases: |count| format!("{count} 个案例"),
    documents: |count| format!("{count} 篇"),
    loading: |read, all| match all {
        0 => "正在读取".to_owned(),
        all => format!("正在读取 {read} / {all}"),
    },
    reread: |new, changed, gone| match (new, changed, gone) {
        (0, 0, 0) => "已重新读取，文档没有变化".to_owned(),
        _ => format!("已重新读取：新增 {new} 篇，改动 {changed} 篇，减少 {gone} 篇"),
    },
    not_reread: "这里的文档不会改动，无需重新读取",
    after_tour: "导览期间不更换文档",
    not_in_public: "公用终端不提供这项功能",
    other_library: "导览用自带的文档，请另行运行 anli tour",
    search_hint: "输入汉字、拼音或首字母",
    no_hit: "没有找到",
    searching: "正在查找",
    clear_help: "清除查找",
    no_similar: "也没有相近的内容",
    ask_otherwise: "可换用更短的词，或输入拼音",
    facets_help: "按主题、年份等筛选",
    offer_help: "按此查找",
    to_list: "列表",
    star_help: "加星标：先清除查找，再选一个案例",
    tag_help: "加标签：先清除查找，再选一个案例",
    no_case: "没有案例。请用 --seeds 指定存放 .txt 文档的文件夹。",
    case_needed: "列表中没有案例，请先清除查找",
    too_small: "终端太小，至少 24x6",
    no_match_here: "本案例中没有匹配",
    wrapped_to_first: "已到末尾，回到第一处匹配",
    wrapped_to_last: "已到开头，转到最后一处匹配",
    matches: |count| format!("匹配 {count} 处"),
    match_at: |at, count| format!("匹配 {at}/{count}"),
    pinyin: "正文读音相符",
    homophone: "同音匹配",
    scattered: "近似匹配",
    near: "近义",
    instead: |query| format!("按“{query}”查找"),
    heading: "小标题",
    text: "正文",
    org: "机构",
    list: "列表",
    no_section_there: "没有更多小节了",
    no_sections: "本案例没有小标题",
    no_visit: "没有其他阅读位置",
    no_history: "没有更早的查找记录",
    original: "原文",
    simplified: "简体",
    traditional: "繁体",
    measure: |measure, room| {
        if measure > room {
            format!("版心 {measure} 列，此处最多 {room} 列")
        } else {
            format!("版心 {measure} 列")
        }
    },
    not_justified: "已取消两端对齐",
    justified: "已两端对齐",
    selected: |count| format!("已选 {count} 个"),
    none_selected: "已取消选中",
    star_given: |count| match count {
        1 => "已加星标".to_owned(),
        _ => format!("已为 {count} 个案例加星标"),
    },
    star_taken: |count| match count {
        1 => "已取消星标".to_owned(),
        _ => format!("已取消 {count} 个案例的星标"),
    },
    nothing_to_mark: "这里没有可摘录的正文",
    held: "选区一端已固定，移动即可扩选",
    let_go: "选区一端已放开",
    by_sentence: "按句选取",
    by_paragraph: "按段选取",
    by_character: "按字选取",
    marked: |count| format!("已摘录；本次共 {count} 处"),
    unmarked: "已取消摘录",
    no_passages: |key| format!("还没有摘录；在正文里按 {key} 选取"),
    passage_help: |drop, copy| format!("{drop} 取消这处摘录，{copy} 复制"),
    note_taken: "笔记已删除",
    note_kept: "笔记已保存",
    note_too_long: |chars, most| format!("笔记有 {chars} 字，最多 {most} 字；未保存"),
    tag_too_long: |chars, most| format!("标签有 {chars} 字，最多 {most} 字；未保存"),
    no_tags: "还没有标签，请输入第一个",
    known_tags: "已有标签：",
    tags_added: |count| format!("已为 {count} 个案例添加标签"),
    tags_removed: |count| format!("已移除 {count} 个案例的标签"),
    tags_changed: |count| format!("已修改 {count} 个案例的标签"),
    not_printed: "文档未载：",
    inferred: "推断：",
    nothing_to_export: "列表为空，没有可导出的案例",
    no_file_named: "未填写文件名，没有导出",
    yes: "覆盖",
    no: "不覆盖",
    keep_file: "保留原文件",
    no_topics: "本案例未归入任何主题",
    no_topics_yet: "主题仍在归类，请稍后再看",
    no_other_case: "没有更多案例了",
    no_item: |key| format!("无匹配项，按 {key} 返回"),
    to_page: "正文",
    up_and_down: "上下",
    no_such_key: |key| format!("{key} 无此键"),
    search: "查找",
    help: "帮助",
    gap: "　",
    began: "正在输入查找内容；按 Esc 后，字母才是命令",
    typing: "输入文字",
    to_search: "查找",
    letter_keys: "字母键",
    no_star: "还没有加星标的案例",
    all_cases: "全部案例",
    all_listed: "已显示全部案例",
    query_cut: "查找内容过长，只采用前 500 字",
    more_wrong: |count| format!("（另有 {count} 处）"),
    sent: "已发给终端，请粘贴一次确认",
    copying: "正在复制……",
    exported: |count, path| format!("已将 {count} 个案例保存到 {path}"),
    saved: |path| format!("已保存到 {path}"),
    mouse_on: "鼠标由程序使用；按住 Shift 或 Option 可选取文字",
    mouse_off: "鼠标已交给终端，可直接选取文字",
    press_enter: "按 Enter 或 Esc 返回",
    deselect: "取消选中",
    clear: "清除",
    cancel: "取消",
    keep: "确定",
    write: "保存",
    tick: "勾选",
    no_program: |program, why| format!("无法运行 {program}：{why}"),
    ended_with: |program, code| format!("{program} 出错，退出码 {code}"),
    edited_gone: "编辑器没有留下文件，什么也没有取回",
    edited_no_text: "编辑器写的不是 UTF-8 文本，什么也没有取回",
    ended_by: |program, signal| format!("{program} 被信号 {signal} 终止"),
    raw: "原始文档",
    note: "笔记",
    for_this_run: "仅在本次运行中有效",
    saved_again: "此前未保存的标记已保存",
    not_saving: "无法保存",
    being_saved: "正在保存",
    unsaved: |count| format!("未保存 {count}"),
    marks_unsaved: |count| format!("有 {count} 处标记改动未能保存"),
    stay: "不退出",
    stay_help: "返回，可再试一次",
    abandon: "退出",
    colon: "：",
    noted: "有笔记",
    gathering: "正在汇总……",
    no_thread: "系统无法再创建线程，汇总未能进行；请关闭其他程序后再试",
    no_cases_listed: "列表中没有案例，请先按 x 清除查找",
    figures: "数字",
    no_figures: "本案例没有数字；按 D 查看列表中全部案例的数字",
    no_figures_listed: "列表中的案例没有数字；按 x 清除查找，再看全部",
    nothing_in_table: "表中没有可导出的数字，请先清空输入",
    cases_left_out: |count| format!("　另有 {count} 个案例未列入，请先缩小查找范围"),
    claims: "依据",
    select_to_compare: "请先按空格选中两三个案例，再按 C 对照",
    too_many_to_compare: |count| format!("已选 {count} 个案例，最多对照 3 个；按空格取消选中"),
    two_to_compare: "对照至少要有两个案例；按 Esc 返回",
    figures_by_unit: "数字",
    no_such_section: "（无此部分）",
    no_such_figure: "（无）",
    no_related: "没有与本案例相关的案例；J 看下一个案例",
    no_lineage: "没有可连成脉络的案例（须分属不同年度）；V 查看总览",
    no_such_query: "这些案例无法用一条查询列出，请选另一格",
    no_claims: "本案例没有自述的评审依据；J 看下一个案例",
    no_round: "没有打开评审；请用 --round 文件夹 打开",
    no_juror: "评分表须用 --juror 写明评委姓名后打开",
    lens_off: "已关闭评审依据标注",
};

const ENGLISH: Words = Words {
    language: Language::English,
    program: "anli 案例",
    cases: |count| count_of(count, "case"),
    documents: |count| count_of(count, "document"),
    loading: |read, all| match all {
        0 => "reading".to_owned(),
        all => format!("reading {read} / {all}"),
    },
    reread: |new, changed, gone| match (new, changed, gone) {
        (0, 0, 0) => "read again: no document has changed".to_owned(),
        _ => format!("read again: {new} new, {changed} changed, {gone} gone"),
    },
    not_reread: "these documents do not change",
    after_tour: "the documents stay the same during the tour",
    not_in_public: "not available on a public terminal",
    other_library: "the tour needs the built-in documents: run anli tour",
    search_hint: "type to search: 汉字, pinyin or initials",
    no_hit: "nothing found for",
    searching: "searching for",
    clear_help: "clear the search",
    no_similar: "nothing is similar to it either",
    ask_otherwise: "try a shorter word, or pinyin",
    facets_help: "narrow by topic, year and so on",
    offer_help: "search this instead",
    to_list: "list",
    star_help: "star a case: clear the search first",
    tag_help: "tag a case: clear the search first",
    no_case: "No cases. Name a folder of .txt documents with --seeds.",
    case_needed: "no case is listed: clear the search first",
    too_small: "too small: at least 24x6",
    no_match_here: "no match in this case",
    wrapped_to_first: "end reached, back at the first match",
    wrapped_to_last: "start reached, on to the last match",
    matches: |count| match count {
        1 => "1 match".to_owned(),
        _ => format!("{count} matches"),
    },
    match_at: |at, count| format!("match {at}/{count}"),
    pinyin: "matched by pronunciation in text",
    homophone: "same sound",
    scattered: "similar",
    near: "near words",
    instead: |query| format!("searched instead: {query}"),
    heading: "heading",
    text: "text",
    org: "org",
    list: "list",
    no_section_there: "no more sections",
    no_sections: "this case has no headings",
    no_visit: "no other place to go to",
    no_history: "no earlier search",
    original: "original script",
    simplified: "Simplified",
    traditional: "Traditional",
    measure: |measure, room| {
        if measure > room {
            format!("{measure} columns wide, room for {room}")
        } else {
            format!("{measure} columns wide")
        }
    },
    not_justified: "not justified",
    justified: "justified",
    selected: |count| format!("{count} selected"),
    none_selected: "selection cleared",
    star_given: |count| match count {
        1 => "starred".to_owned(),
        _ => format!("{count} cases starred"),
    },
    star_taken: |count| match count {
        1 => "star removed".to_owned(),
        _ => format!("star removed from {count} cases"),
    },
    nothing_to_mark: "no text here to mark",
    held: "one end is fixed: move to extend",
    let_go: "the end is free again",
    by_sentence: "by sentence",
    by_paragraph: "by paragraph",
    by_character: "by character",
    marked: |count| format!("marked; {} so far", count_of(count, "passage")),
    unmarked: "passage removed",
    no_passages: |key| format!("no passages yet: {key} marks one on the page"),
    passage_help: |drop, copy| format!("{drop} removes this passage, {copy} copies it"),
    note_taken: "note deleted",
    note_kept: "note saved",
    note_too_long: |chars, most| {
        format!("the note has {chars} characters, {most} at most: not saved")
    },
    tag_too_long: |chars, most| format!("a tag has {chars} characters, {most} at most: not saved"),
    no_tags: "no tags yet: type the first",
    known_tags: "tags in use: ",
    tags_added: |count| format!("tags added to {}", count_of(count, "case")),
    tags_removed: |count| format!("tags removed from {}", count_of(count, "case")),
    tags_changed: |count| format!("tags of {} changed", count_of(count, "case")),
    not_printed: "not given: ",
    inferred: "inferred: ",
    nothing_to_export: "the list is empty: nothing to export",
    no_file_named: "no file name: nothing exported",
    yes: "overwrite",
    no: "keep",
    keep_file: "keep the file as it is",
    no_topics: "this case has no topic",
    no_topics_yet: "topics are not ready yet",
    no_other_case: "no more cases",
    no_item: |key| format!("no match; {key} goes back"),
    to_page: "page",
    up_and_down: "Up/Down",
    no_such_key: |key| format!("{key} does nothing"),
    search: "search",
    help: "help",
    gap: "  ",
    began: "typing into the search; after Esc, letters are commands",
    typing: "type",
    to_search: "to search",
    letter_keys: "keys",
    no_star: "no case is starred yet",
    all_cases: "all cases",
    all_listed: "all cases are listed",
    query_cut: "query too long: only its first 500 characters are used",
    more_wrong: |count| format!(" ({count} more)"),
    sent: "sent to the terminal; paste once to check",
    copying: "copying...",
    exported: |count, path| format!("{} saved to {path}", count_of(count, "case")),
    saved: |path| format!("saved to {path}"),
    mouse_on: "mouse used here; hold Shift or Option to select text",
    mouse_off: "mouse left to the terminal: select text with it",
    press_enter: "Enter or Esc goes back",
    deselect: "deselect",
    clear: "clear",
    cancel: "cancel",
    keep: "save",
    write: "save",
    tick: "tick",
    no_program: |program, why| format!("cannot run {program}: {why}"),
    ended_with: |program, code| format!("{program} failed with exit code {code}"),
    edited_gone: "the editor left no file; nothing was taken over",
    edited_no_text: "the editor's file is not UTF-8; nothing was taken over",
    ended_by: |program, signal| format!("{program} was ended by signal {signal}"),
    raw: "raw",
    note: "note",
    for_this_run: "for this run only",
    saved_again: "marks that were not saved are saved now",
    not_saving: "cannot save",
    being_saved: "saving",
    unsaved: |count| format!("unsaved {count}"),
    marks_unsaved: |count| format!("{} not saved", count_of(count, "change")),
    stay: "stay",
    stay_help: "go back; saving can be tried again",
    abandon: "quit",
    colon: ": ",
    noted: "with a note",
    gathering: "gathering...",
    no_thread: "the system cannot start a thread: close other programs and try again",
    no_cases_listed: "no case is listed: x clears the search",
    figures: "figure",
    no_figures: "no figures in this case; D has those of everything listed",
    no_figures_listed: "no figures in what is listed; x clears the search",
    nothing_in_table: "nothing in the table to export: clear the line first",
    cases_left_out: |count| format!("  {} left out: narrow the search", count_of(count, "case")),
    claims: "claims",
    select_to_compare: "select two or three cases with Space, then press C",
    too_many_to_compare: |count| {
        format!("{count} cases are selected, 3 at most can be compared: Space deselects")
    },
    two_to_compare: "a comparison needs two cases; Esc goes back",
    figures_by_unit: "figures",
    no_such_section: "(no such part)",
    no_such_figure: "(none)",
    no_related: "no case is related to this one; J reads the next case",
    no_lineage: "no cases form a chain (that takes different years); V shows the overview",
    no_such_query: "no query lists these cases: choose another cell",
    no_claims: "this case makes no claims; J reads the next case",
    no_round: "no round is open: open one with --round DIR",
    no_juror: "the score sheet is a juror's: name one with --juror",
    lens_off: "evidence marks are off",
};

impl Words {
    /// Returns the texts of a language.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Chinese => &CHINESE,
            Language::English => &ENGLISH,
        }
    }

    /// Returns the heading of a tier of hits that are not exact matches.
    pub fn group(&self, tier: Tier) -> Option<&'static str> {
        match tier {
            Tier::PinyinInText => Some(self.pinyin),
            Tier::Near => Some(self.near),
            Tier::Homophone => Some(self.homophone),
            Tier::Scattered => Some(self.scattered),
            Tier::Exact | Tier::Suggested => None,
        }
    }

    /// Returns the name of a category.
    pub fn category(&self, category: Category) -> &'static str {
        Label(category.name(), category.english()).in_language(self.language)
    }

    /// Returns the name of a completeness.
    pub fn completeness(&self, completeness: Completeness) -> &'static str {
        let english = match completeness {
            Completeness::Full => "full text",
            Completeness::Abstract => "abstract",
            Completeness::Report => "report",
            Completeness::Entry => "list entry",
            Completeness::Whole => "whole document",
            Completeness::Rest => "other text",
        };
        Label(completeness.name(), english).in_language(self.language)
    }

    /// Returns the value of a facet as the panel shows it.
    pub fn facet_value(&self, facet: Facet, value: &str) -> String {
        let category = Category::ALL.into_iter().find(|c| c.name() == value);
        let completeness = Completeness::ALL.into_iter().find(|c| c.name() == value);
        let name = match facet {
            Facet::Category => category.map(|category| self.category(category)),
            Facet::Completeness => completeness.map(|c| self.completeness(c)),
            Facet::Note => Some(self.noted),
            _ => None,
        };
        name.unwrap_or(value).to_owned()
    }

    /// Lists what a citation lacks and which parts are inferred; empty if it is complete and every
    /// part is printed.
    pub fn lacks(&self, citation: &Citation) -> String {
        let names = |elements: &[Element]| {
            let name = |element: &Element| {
                Label(element.name(), element.english()).in_language(self.language)
            };
            let names: Vec<&str> = elements.iter().map(name).collect();
            names.join(self.language.labels().answer.comma)
        };
        let parts: Vec<String> = [
            (self.not_printed, &citation.missing),
            (self.inferred, &citation.inferred),
        ]
        .iter()
        .filter(|(_, elements)| !elements.is_empty())
        .map(|(what, elements)| format!("{what}{}", names(elements)))
        .collect();
        parts.join(self.language.labels().answer.separator)
    }

    /// Reports what is wrong with a part of a query, and the remedy.
    pub fn problem(&self, problem: &Problem) -> String {
        let chinese = self.language == Language::Chinese;
        match problem {
            Problem::UnknownField { name, nearest } => match (nearest, chinese) {
                (Some(nearest), true) => format!("没有字段 {name}:，是否要用 {nearest}:"),
                (Some(nearest), false) => format!("no field {name}:, did you mean {nearest}:"),
                (None, true) => format!("没有字段 {name}:，按普通文字查找"),
                (None, false) => format!("no field {name}:, searched as text"),
            },
            Problem::EmptyField { name } if chinese => format!("{name}: 后面缺少内容"),
            Problem::EmptyField { name } => format!("{name}: needs a value"),
            Problem::BadValue {
                field,
                value,
                example: [in_chinese, in_english],
            } => {
                let name = field.name(self.language);
                match self.language {
                    Language::Chinese => {
                        format!("{name}: 不能是 {value}，可写 {name}:{in_chinese}")
                    }
                    Language::English => {
                        format!("{name}: cannot be {value}; try {name}:{in_english}")
                    }
                }
            }
            Problem::NoValueYet { chinese: name, .. } if chinese => format!("还没有{name}"),
            Problem::NoValueYet { english, .. } => format!("there is no {english} yet"),
            Problem::NoWord if chinese => "| 后面只能是词语，字段和排除须用空格另写".to_owned(),
            Problem::NoWord => {
                "only words can follow |; put a space before a field or -".to_owned()
            }
            Problem::OtherSyntax { typed, right } if chinese => {
                format!(
                    "{} 按普通文字检索，可写 {}",
                    quoted(typed),
                    quoted_words(right)
                )
            }
            Problem::OtherSyntax { typed, right } => {
                let (typed, right) = (quoted(typed), quoted_words(right));
                format!("{typed} is searched for as text; write {right}")
            }
            Problem::NotChinese { word } if chinese => format!("案例均为中文，{word} 也不是拼音"),
            Problem::NotChinese { word } => {
                format!("the texts are Chinese, and {word} is not pinyin")
            }
            Problem::OpenQuote if chinese => "引号未闭合".to_owned(),
            Problem::OpenQuote => "the quotation mark is not closed".to_owned(),
            Problem::TooLong => self.query_cut.to_owned(),
        }
    }

    /// Returns the remedy for a part of a query, without what is wrong with it.
    pub fn remedy(&self, problem: &Problem) -> String {
        let chinese = self.language == Language::Chinese;
        match problem {
            Problem::UnknownField { nearest, .. } => match (nearest, chinese) {
                (Some(nearest), true) => format!("可用 {nearest}:"),
                (Some(nearest), false) => format!("try {nearest}:"),
                (None, true) => "按普通文字查找".to_owned(),
                (None, false) => "searched as text".to_owned(),
            },
            Problem::BadValue {
                field,
                example: [in_chinese, in_english],
                ..
            } => {
                let name = field.name(self.language);
                match self.language {
                    Language::Chinese => format!("可写 {name}:{in_chinese}"),
                    Language::English => format!("try {name}:{in_english}"),
                }
            }
            Problem::NoWord if chinese => "| 后面只能是词语".to_owned(),
            Problem::NoWord => "only words after |".to_owned(),
            Problem::OtherSyntax { right, .. } if chinese => format!("可写 {right}"),
            Problem::OtherSyntax { right, .. } => format!("write {right}"),
            Problem::EmptyField { .. }
            | Problem::NoValueYet { .. }
            | Problem::NotChinese { .. }
            | Problem::OpenQuote
            | Problem::TooLong => self.problem(problem),
        }
    }
}
