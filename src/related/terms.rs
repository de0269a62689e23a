//! The words of a text by which cases are compared: its words, pairs of words that
//! follow each other (社会资本), and what such a pair is shortened to (医保).

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::case::{BlockKind, CaseRef};
use crate::corpus::Corpus;
use crate::text::script::{to_simplified, within_words};

/// Up to [`LONGEST`] characters of the Basic Multilingual Plane; zeros fill the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Term([u16; LONGEST]);

/// Characters of the longest term.
const LONGEST: usize = 6;

impl Term {
    fn new(characters: &[char]) -> Option<Self> {
        let fits = (2..=LONGEST).contains(&characters.len());
        let mut codes = [0; LONGEST];
        for (code, &c) in codes.iter_mut().zip(characters) {
            *code = u16::try_from(u32::from(c)).ok()?;
        }
        fits.then_some(Self(codes))
    }

    /// The characters of the term.
    pub fn text(self) -> String {
        let codes = self.0.into_iter().take_while(|&code| code != 0);
        codes
            .filter_map(|code| char::from_u32(code.into()))
            .collect()
    }
}

/// How much a term counts by where it is.
const IN_TITLE: f32 = 2.0;
const IN_HEADING: f32 = 1.5;
const IN_TEXT: f32 = 1.0;

/// Characters that make no term with the word beside them.
const FUNCTION: &str = "的了和与在是为等及并将以下上中对从向由于被把其之而或就都也又还要可能会有不到这那各每该此我们个余项名家内外后前使让给用至";

/// The terms of a case, each with how much it occurs, and those of its title.
pub(super) fn of_case(case: CaseRef<'_>, names: &Names) -> (HashMap<Term, f32>, Vec<Term>) {
    let mut terms = HashMap::new();
    let mut title = Vec::new();
    let mut add = |text: &str, weight: f32, seen: &mut Vec<Term>| {
        for term in of_text(text, names) {
            *terms.entry(term).or_default() += weight;
            seen.push(term);
        }
    };
    add(&case.title(), IN_TITLE, &mut title);
    title.sort_unstable();
    title.dedup();
    for block in &case.case.blocks {
        let weight = match block.kind {
            BlockKind::Heading { .. } => IN_HEADING,
            _ => IN_TEXT,
        };
        add(&case.block_text(block), weight, &mut Vec::new());
    }
    (terms, title)
}

/// Whether a term names something that cases share: no words of every report (做法, 情况), no verb
/// with its object (打造城市), no number (万亩).
pub(super) fn is_telling(term: &str) -> bool {
    const NUMBERS: &str = "一二三四五六七八九十百千万亿余个多第每各该此几两数";
    let first: String = term.chars().take(2).collect();
    let is_number = term.starts_with(|c| NUMBERS.contains(c));
    !is_number && !is_in(VERBS, &first) && !is_in(EMPTY, term)
}

/// Whether a word that says as much is in a longer one: 社会 in 社会资本, 医保 in 医疗保障.
pub(super) fn is_said_by(word: &str, longer: &str) -> bool {
    let shortened = || {
        let characters: Vec<char> = longer.chars().collect();
        characters.len() == 4 && word.chars().eq([characters[0], characters[2]])
    };
    longer.contains(word) || shortened()
}

fn is_in(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|other| other == word)
}

/// Verbs and adverbs of official reports, and the places that every one of them names.
const VERBS: &str = "
    打造 推进 提升 促进 实现 建设 加快 加速 推动 完善 加强 创新 构建 落实 成为 作为 建立 开展 实施 探索 整合
    走出 基于 围绕 确保 解决 提供 增强 扩大 深化 强化 优化 规范 制定 出台 支持 引导 带动 全面 成立 形成 评为
    列为 列入 入选 获得 荣获 进入 达到 完成 启动 召开 发展 累计 同比 培育 助力 助推 保障 破解 改善 提高 降低
    减轻 满足 激发 释放 印发 组织 发放 签订 涵盖 受到 得到 进行 具有 坚持 突出 聚焦 注重 利用 运用 通过 按照
    结合 根据 针对 继续 持续 不断 逐步 进一 深入 积极 主动 切实 有效 明显 显著 充分 大力 努力 高度 高标 顺应
    适应 贯彻 执行 履行 承担 负责 参与 配备 增加 新增 推行 推广 推出 提出 市委 省委 我市 全市 全省
    全国 全区";

/// Words of every report, which name no practice.
const EMPTY: &str = "
    一些 上线 下发 不仅 不同 不少 不足 业务 个人 为主 主要 举措 之间 书记 事项 五个 交流 产生 享受 人员 今年
    介绍 以上 以来 任务 企业 优势 优惠 优秀 优质 会议 传统 位于 体系 作业 作用 依托 依据 依法 便捷 信息 借助
    借鉴 做好 做法 健全 克服 入围 全新 全程 全部 共同 关于 具体 典型 内容 再次 分别 创建 创造 制度 副省 加大
    化解 区长 协同 协调 单位 即可 即时 压缩 及时 反映 反馈 发布 发挥 发现 可以 可靠 各类 合作 同时 周边
    品牌 品质 因地 困难 城市 基本 基础 增长 处于 处理 处置 备案 多元 多头 多家 大厅 大幅 大胆 好评 妥善 委员
    媒体 学习 定义 实时 实际 宣传 容易 密切 对于 导致 将近 小时 就是 局长 层次 工作 市场 市民 市长 常务 常委
    常态 平台 平稳 年度 年来 并举 广大 广泛 建成 建议 开启 开始 引领 形势 形象 影响 很多 快速 总体 总额 情况
    意义 意见 成功 成效 成果 成熟 手段 扎实 扶持 批准 把握 抓好 投入 报名 指导 挖掘 接口 措施 提交 搭建 操作
    支撑 收到 收回 改革 政策 效应 效果 效率 效益 数据 整体 文件 新兴 新型 方便 方向 方式 方案 方法 无法 无需
    日常 时代 时间 明确 易于 是否 普遍 更加 更新 最后 最大 最高 月底 有利 服务 期间 本次 机制 机构 材料 条件
    极大 某些 标准 栏目 样板 核心 模块 模式 欢迎 正式 步伐 段时 每个 每周 每年 比例 水平 永远 汇总 沟通 活动
    流程 测算 消除 涉及 深度 滞后 激活 点赞 状况 环境 现场 班子 理念 生活 申请 登记 目前 目标 直接 相关 省市
    确定 社会 种类 积极性 程序 程度 突破 管理 类型 精准 精心 精神 系统 纳入 组建 细则 细化 经济 经验 结果 统一
    统筹 维护 综合 罚款 群众 考核 能力 自主 自动 自身 节约 若干 落地 蓬勃 融合 表示 规定 认可 认定 认真 记录
    评价 评审 负担 质量 资源 起到 起来 超过 越来 跟踪 路子 身份 载体 较大 较好 辐射 过程 运作 运行 近年 进展
    选择 逐一 途径 部分 部门 重大 重点 重要 长效 问题 阵地 阶段 随时 难题 需求 需要 项目 顺利 领域 领导 高效
    高端 齐全";

fn of_text(text: &str, names: &Names) -> Vec<Term> {
    let text = to_simplified(text);
    let characters: Vec<char> = text.chars().collect();
    let words = words(&text, &characters, names);
    let mut terms = Vec::with_capacity(words.len() * 2);
    for (at, word) in words.iter().enumerate() {
        terms.extend(Term::new(&characters[word.clone()]));
        let Some(next) = words.get(at + 1).filter(|next| next.start == word.end) else {
            continue;
        };
        let pair = word.start..next.end;
        let is_function =
            |word: &Range<usize>| word.len() == 1 && FUNCTION.contains(characters[word.start]);
        if pair.len() > 2 && !is_function(word) && !is_function(next) {
            terms.extend(Term::new(&characters[pair]));
            terms.extend(abbreviation(&characters, word, next));
        }
    }
    terms
}

/// The word that two words of two characters are shortened to: 医保 for 医疗保障, 环卫 for 环境卫生.
fn abbreviation(characters: &[char], one: &Range<usize>, other: &Range<usize>) -> Option<Term> {
    if one.len() != 2 || other.len() != 2 {
        return None;
    }
    let short = [characters[one.start], characters[other.start]];
    let word: String = short.iter().collect();
    let first: String = characters[one.clone()].iter().collect();
    // 成为全市 is no 成全.
    let is_word = !within_words(&word).is_empty() && !is_in(VERBS, &first);
    is_word.then(|| Term::new(&short))?
}

/// Whether the first or last word of a term is a single character.
pub(super) fn begins_or_ends_with_one_character(term: &str) -> bool {
    let characters: Vec<char> = term.chars().collect();
    let words = words(term, &characters, &Names::default());
    let is_single = |word: Option<&Range<usize>>| word.is_some_and(|word| word.len() == 1);
    is_single(words.first()) || is_single(words.last())
}

/// The words of a text, without those that hold digits and those of names.
fn words(text: &str, characters: &[char], names: &Names) -> Vec<Range<usize>> {
    let mut within = within_words(text).into_iter().peekable();
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut named = 0;
    for (at, (byte, c)) in text.char_indices().enumerate() {
        let goes_on = within.next_if_eq(&byte).is_some()
            || c.is_ascii_alphabetic() && at > 0 && characters[at - 1].is_ascii_alphabetic();
        named = named.max(at + names.at(&characters[at..]));
        let last = words.last_mut().filter(|word| word.end == at);
        match last {
            // A word that reaches into a name is dropped whole.
            Some(_) if goes_on && at < named => drop(words.pop()),
            Some(last) if goes_on => last.end = at + 1,
            _ if at < named || goes_on || !c.is_alphabetic() => {}
            _ => words.push(at..at + 1),
        }
    }
    words
}

/// Names of areas and orgs, which are compared as such and not as words.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By their first two characters, the longest first.
    by_start: HashMap<[char; 2], Vec<Vec<char>>>,
}

impl Names {
    pub fn of(corpus: &Corpus) -> Self {
        let mut names: HashSet<String> = HashSet::new();
        for case in &corpus.cases {
            names.extend(case.area.clone());
            for org in &case.orgs {
                let printed = to_simplified(&org.printed).into_owned();
                let short = printed.strip_suffix("政府").map(str::to_owned);
                names.extend(short);
                names.insert(printed);
                names.insert(org.canonical.clone());
            }
        }
        let mut by_start: HashMap<[char; 2], Vec<Vec<char>>> = HashMap::new();
        for name in names {
            let characters: Vec<char> = name.chars().collect();
            if let [first, second, ..] = characters[..] {
                by_start
                    .entry([first, second])
                    .or_default()
                    .push(characters);
            }
        }
        for names in by_start.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
        Self { by_start }
    }

    /// Characters of the name with which a text begins; 0 without one.
    fn at(&self, text: &[char]) -> usize {
        let &[first, second, ..] = text else { return 0 };
        let mut names = self.by_start.get(&[first, second]).into_iter().flatten();
        names
            .find(|name| text.starts_with(name))
            .map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_a_word_or_two_that_follow_each_other() {
        let terms: Vec<String> = of_text("引入社会资本，PPP模式3个", &Names::default())
            .into_iter()
            .map(Term::text)
            .collect();
        assert_eq!(
            terms,
            [
                "引入",
                "引入社会",
                "社会",
                "社会资本",
                "资本",
                "PPP",
                "PPP模式",
                "模式"
            ]
        );
    }

    #[test]
    fn two_words_are_what_they_are_shortened_to() {
        let terms: Vec<String> = of_text("医疗保障", &Names::default())
            .into_iter()
            .map(Term::text)
            .collect();
        assert_eq!(terms, ["医疗", "医疗保障", "医保", "保障"]);
    }

    #[test]
    fn words_of_every_report_tell_nothing() {
        for term in ["做法", "情况", "打造城市", "万亩", "不断"] {
            assert!(!is_telling(term), "{term}");
        }
        for term in ["社会资本", "网格", "供水", "审批事项"] {
            assert!(is_telling(term), "{term}");
        }
    }

    #[test]
    fn names_are_no_terms() {
        let mut names = Names::default();
        names
            .by_start
            .insert(['临', '湖'], vec!["临湖区".chars().collect()]);
        let terms = of_text("临湖区推行河长", &names);
        let text: Vec<String> = terms.into_iter().map(Term::text).collect();
        assert_eq!(text.first().map(String::as_str), Some("推行"));
    }
}
