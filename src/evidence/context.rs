//! What is around a cue: its clause, its sentence, and what they say of it.

use std::ops::Range;

use super::Scope;

/// Signs that separate clauses.
const STOPS: [char; 10] = [
    '，', ',', '；', ';', '：', ':', '。', '！', '？', '\u{3000}',
];

/// Words in a paragraph, and the clause and sentence that hold them. All ranges
/// are in characters of the paragraph.
pub(super) struct CueContext<'a> {
    /// The paragraph in Simplified characters.
    pub text: &'a [char],
    pub sentence: Range<usize>,
    pub clause: Range<usize>,
    pub words: Range<usize>,
}

impl<'a> CueContext<'a> {
    /// Words that occupy `words` in a sentence.
    pub fn new(text: &'a [char], sentence: Range<usize>, words: Range<usize>) -> Self {
        let is_stop = |&at: &usize| STOPS.contains(&text[at]);
        let start = (sentence.start..words.start).rev().find(is_stop);
        let end = (words.end..sentence.end).find(is_stop);
        Self {
            text,
            clause: start.map_or(sentence.start, |at| at + 1)..end.unwrap_or(sentence.end),
            sentence,
            words,
        }
    }

    /// Whether the words right before the cue are one of these.
    pub fn is_after(&self, words: &str) -> bool {
        let before = &self.text[self.sentence.start..self.words.start];
        words.split(' ').any(|word| ends_with(before, word))
    }

    /// Whether the words right after the cue are one of these.
    pub fn is_before(&self, words: &str) -> bool {
        let after = &self.text[self.words.end..self.sentence.end];
        words.split(' ').any(|word| begins_with(after, word))
    }

    /// Whether one of these is in the clause before the cue, at most `most`
    /// characters away.
    pub fn follows(&self, words: &str, most: usize) -> bool {
        let start = self.clause.start.max(self.words.start.saturating_sub(most));
        has(&self.text[start..self.words.start], words)
    }

    /// Whether one of these is in the clause after the cue, at most `most`
    /// characters away.
    pub fn precedes(&self, words: &str, most: usize) -> bool {
        let end = self.clause.end.min(self.words.end + most);
        has(&self.text[self.words.end..end], words)
    }

    /// Whether one of these is in the clause.
    pub fn clause_has(&self, words: &str) -> bool {
        has(&self.text[self.clause.clone()], words)
    }

    /// Whether one of these is in the sentence.
    pub fn sentence_has(&self, words: &str) -> bool {
        has(&self.text[self.sentence.clone()], words)
    }

    /// Whether the clause gives a quantity: digits that are no date and no number
    /// of a list, or 几成, 半数, 一半.
    pub fn has_figure(&self) -> bool {
        const ROUND: &str = "万余 百余 千余 数十 上千 上万 一半 三分之 百分之 几十";
        let clause = &self.text[self.clause.clone()];
        let begins = |&at: &usize| {
            clause[at].is_ascii_digit()
                && (at == 0
                    || !is_of_number(clause[at - 1]) && !matches!(clause[at - 1], '第' | '+' | '“'))
        };
        let is_quantity = |at: usize| {
            let end = at
                + clause[at..]
                    .iter()
                    .take_while(|&&c| is_of_number(c))
                    .count();
            let rest = &clause[end..];
            // 1. begins an item, 3年内 is a time, 2017年 is a date.
            let dated = rest.first().is_none_or(|c| "年月日号、）)".contains(*c));
            let time = begins_with(rest, "年内") || begins_with(rest, "年时间");
            clause[end - 1] != '.' && (!dated || time)
        };
        (0..clause.len()).filter(begins).any(is_quantity) || has(clause, ROUND)
    }

    /// Whether the clause is about what shall be rather than what is.
    pub fn is_aim(&self) -> bool {
        let clause = &self.text[self.clause.clone()];
        let before = &self.text[self.clause.start..self.words.start];
        let is_purpose =
            PURPOSES.split(' ').any(|word| begins_with(clause, word)) && !has(clause, "了");
        is_purpose
            || has(before, AIMS)
            || self.is_after("以 要 来 以期 以便")
                && !self.is_after("予以 加以 得以 给以 难以 主要 重要 带来 以来 年来 前来")
            || is_future(before)
            || is_plan(&self.text[self.sentence.clone()])
    }

    /// Whether the cue is this word.
    pub fn words_are(&self, word: &str) -> bool {
        let cue = &self.text[self.words.clone()];
        begins_with(cue, word) && cue.len() == word.chars().count()
    }

    /// Whether the sentence describes the circumstances in which a case arose: 随着….
    pub fn is_background(&self) -> bool {
        begins_with(&self.text[self.sentence.clone()], "随着")
    }

    /// Whether the clause names a scope that one of these is not.
    pub fn names_a_scope(&self, but: &[Scope]) -> bool {
        let scopes = self.scopes(self.clause.clone());
        scopes.iter().any(|(_, scope)| !but.contains(scope))
    }

    /// The scope that belongs to the cue: who gives an honour, else the last that the clause
    /// names before the cue, else the first after it. What is in quotation marks is part of
    /// a name.
    pub fn scope(&self) -> Option<Scope> {
        const HONOURS: &str = "荣获 获评 斩获 捧回 摘得 荣膺 获 评为 授予 被评 命名为 认定为 确定为 列为 列入 \
            选为 入选 纳入";
        let cue = &self.text[self.words.clone()];
        let before = self.clause.start..self.words.start;
        let after = self.words.end..self.clause.end;
        if HONOURS.split(' ').any(|word| begins_with(cue, word)) {
            // Before the cue the giver follows 被, as in 被省政府评为; a name without 被
            // is the receiver.
            let is_by = |&at: &usize| matches!(self.text[at], '被' | '经' | '由');
            let by = before
                .clone()
                .rev()
                .find(is_by)
                .map_or(before.end..before.end, |at| at..before.end);
            let given = self.givers(after.clone());
            let giver = given.first().copied().or(self.givers(by).last().copied());
            if giver.is_some() {
                return giver;
            }
        } else if cue.last() == Some(&'奖')
            && let Some(&giver) = self.givers(before.clone()).last()
        {
            return Some(giver);
        }
        (self.place_before())
            .or_else(|| self.last_scope(before))
            .or_else(|| {
                self.scopes(self.words.start..after.end)
                    .first()
                    .map(|(_, scope)| *scope)
            })
    }

    /// The place whose name ends right before the cue: 在江北省率先, 江北省首个. Without 在 it is who
    /// took the lead: 江北省率先.
    fn place_before(&self) -> Option<Scope> {
        let place = &self.text[self.clause.start..self.words.start];
        let place = place.strip_suffix(&['内']).unwrap_or(place);
        let end = self.clause.start + place.len();
        let scope = self.place(end.checked_sub(1)?.max(self.clause.start))?;
        let cue = &self.text[self.words.clone()];
        let counts = cue.first().is_some_and(|c| "首唯第最".contains(*c));
        let near = &place[place.len().saturating_sub(8)..];
        (counts || near.iter().any(|c| "在于居列".contains(*c))).then_some(scope)
    }

    /// The last scope that a part of the clause names; of several in one breath (全市乃至全国) the
    /// widest, and a trade only where there is nothing else.
    fn last_scope(&self, part: Range<usize>) -> Option<Scope> {
        let mut scopes = self.scopes(part);
        if scopes.iter().any(|(_, scope)| *scope != Scope::Industry) {
            scopes.retain(|(_, scope)| *scope != Scope::Industry);
        }
        let (mut start, mut widest) = scopes.pop().map(|(range, scope)| (range.start, scope))?;
        while let Some((range, scope)) = scopes.pop() {
            let between = &self.text[range.end..start];
            // 在全国同等城市和全省各地市
            if between.len() > 6 || !between.iter().any(|c| "、和及与乃".contains(*c)) {
                break;
            }
            (start, widest) = (range.start, widest.min(scope));
        }
        Some(widest)
    }

    /// The scopes that a part of the clause names outside quotation marks.
    fn scopes(&self, part: Range<usize>) -> Vec<(Range<usize>, Scope)> {
        self.named(part, |at, end| named(&self.text[at..end], SCOPES))
    }

    /// The scopes of the bodies and places that a part of the clause names.
    fn givers(&self, part: Range<usize>) -> Vec<Scope> {
        let named = self.named(part, |at, end| {
            let text = &self.text[at..end];
            let place = || self.place(at).map(|scope| (1, scope));
            named(text, SCOPES)
                .or_else(|| named(text, GIVERS))
                .or_else(place)
        });
        named.into_iter().map(|(_, scope)| scope).collect()
    }

    /// What `of` finds from left to right outside quotation marks, with the length of its words.
    fn named(
        &self,
        part: Range<usize>,
        of: impl Fn(usize, usize) -> Option<(usize, Scope)>,
    ) -> Vec<(Range<usize>, Scope)> {
        let mut found = Vec::new();
        let mut quoted = 0;
        let mut from = part.start;
        for at in self.clause.start..part.end {
            match self.text[at] {
                '“' | '《' | '「' => quoted += 1,
                '”' | '》' | '」' => quoted -= 1,
                _ if quoted <= 0 && at >= from => {
                    if let Some((length, scope)) = of(at, self.clause.end) {
                        from = at + length;
                        found.push((at..from, scope));
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// The scope of the place whose name ends with the character at `at`: 江北省, not 节省.
    fn place(&self, at: usize) -> Option<Scope> {
        let before = at.checked_sub(1).map_or(' ', |before| self.text[before]);
        let after = self.text.get(at + 1).copied().unwrap_or(' ');
        let (scope, no_before, no_after) = match self.text[at] {
            '省' => (Scope::Province, "节副跨", "时力心钱电水"),
            '市' => (Scope::City, "城上超门股都集夜入", "场民值容价区"),
            '区' | '县' => (
                Scope::District,
                "园社景片地校厂库验范发能贸小辖山灾林牧城矿特",
                "域块位级",
            ),
            _ => return None,
        };
        (!no_before.contains(before) && !no_after.contains(after)).then_some(scope)
    }
}

/// The scope whose words a text begins with, and their length.
fn named(text: &[char], scopes: &[(&str, Scope)]) -> Option<(usize, Scope)> {
    scopes.iter().find_map(|&(words, scope)| {
        let word = words.split(' ').find(|word| begins_with(text, word))?;
        let length = word.chars().count();
        // 国际化 says of no rank among others.
        (text.get(length) != Some(&'化')).then_some((length, scope))
    })
}

const SCOPES: &[(&str, Scope)] = &[
    ("全球 世界 国际", Scope::World),
    // Their ranking is made among the cities of the whole country.
    (
        "全国 国内 我国 中国 国家级 副省级 计划单列市",
        Scope::Nation,
    ),
    ("全省 省内 本省 我省", Scope::Province),
    ("全市 我市 本市 市内", Scope::City),
    ("全区 全县 我区 区内", Scope::District),
    ("行业 同类 全系统", Scope::Industry),
];

/// Bodies of the whole country.
const GIVERS: &[(&str, Scope)] = &[(
    "国家 国务院 国办 中央 中宣部 中组部 总局 工信部 工业和信息化部 住建部 住房城乡建设部 商务部 教育部 财政部 \
     科技部 民政部 公安部 司法部 交通部 交通运输部 农业部 农业农村部 生态环境部 环保部 环境保护部 人社部 \
     自然资源部 国土资源部 水利部 文化部 文旅部 文化和旅游部 卫生部 应急管理部",
    Scope::Nation,
)];

/// Words with which a clause of purpose begins.
const PURPOSES: &str = "为了 为使 为进一步 为实现 为解决 为确保 为切实 为全面 为有效 为加快 为推动 为促进 \
                        为提升 为提高 为方便 为破解 为规范 为加强";

/// Words after which something is still wanted.
const AIMS: &str = "力争 争取 努力 旨在 致力 着力 确保 务必 必须 应当 需要 拟 计划 预计 目标 \
            下一步 下步 今后 未来 有望 有利于 有助于 以期 要求 希望 为抓手 如何 便于 \
            用于 亟需 亟待 急需 迫切 围绕 聚焦 争创 可以 \
                    能有效 可有效 能够 计划用 规划";

/// Whether 将 before a cue speaks of the future: it takes no object there, as in
/// 将进一步提高, while 将资源整合 does.
fn is_future(before: &[char]) -> bool {
    const NEXT: &str = "逐步 进一步 继续 全面 不断 大大 有效 直接 会 有 极大 更 起到 带动 达 \
            实现 提高 为 促进 推动 在";
    (0..before.len()).any(|at| {
        before[at] == '将'
            && (at + 1 == before.len()
                || NEXT
                    .split(' ')
                    .any(|word| begins_with(&before[at + 1..], word)))
    })
}

/// Whether a sentence is about later years: 今后, 到2020年.
fn is_plan(sentence: &[char]) -> bool {
    const LATER: &str = "今后 下一步 下步 未来 接下来 下阶段 力争";
    let begins = LATER.split(' ').any(|word| begins_with(sentence, word));
    begins
        || has(sentence, "计划用 计划到 计划在")
        || (0..sentence.len()).any(|at| {
            let digits = sentence[at + 1..].iter();
            let year = digits.take_while(|c| c.is_ascii_digit()).count();
            sentence[at] == '到' && year == 4 && sentence.get(at + 5) == Some(&'年')
        })
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',')
}

/// Whether a text begins with a word.
pub(super) fn begins_with(text: &[char], word: &str) -> bool {
    let mut text = text.iter();
    word.chars().all(|c| text.next() == Some(&c))
}

fn ends_with(text: &[char], word: &str) -> bool {
    let mut text = text.iter().rev();
    word.chars().rev().all(|c| text.next() == Some(&c))
}

/// Whether one of the words occurs in a text.
pub(super) fn has(text: &[char], words: &str) -> bool {
    words
        .split(' ')
        .any(|word| (0..text.len()).any(|at| begins_with(&text[at..], word)))
}
