//! Units, and what a number with one measures.

use super::number::{self, Number};
use super::{Kind, Text};
use crate::text::fold::fold;

/// A unit behind a number.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    /// In one form: ㎡ and 平米 are 平方米.
    pub unit: String,
    pub kind: Kind,
    /// Whether more may be meant: 4个多月.
    pub is_open: bool,
    /// Whether the unit is a classifier of things, such as 个 and 家.
    pub is_classifier: bool,
    /// Whether half a unit more is printed: 两年半, 三个半月.
    pub has_half: bool,
    /// What one printed unit is in units of `unit`: 10 for 成.
    pub scale: i128,
    /// The place after it.
    pub end: usize,
}

/// A unit as printed, in Simplified; its one form; what it measures.
type Row = (&'static str, &'static str, Kind);

/// Units of measurement (GB 3100—93 and those of daily use), money and time.
const MEASURES: &[Row] = &[
    ("%", "%", Kind::Percent),
    ("‰", "‰", Kind::Percent),
    ("个百分点", "个百分点", Kind::Percent),
    ("百分点", "个百分点", Kind::Percent),
    ("成", "%", Kind::Percent),
    ("元人民币", "元", Kind::Money),
    ("元", "元", Kind::Money),
    ("美元", "美元", Kind::Money),
    ("美金", "美元", Kind::Money),
    ("欧元", "欧元", Kind::Money),
    ("日元", "日元", Kind::Money),
    ("韩元", "韩元", Kind::Money),
    ("港元", "港元", Kind::Money),
    ("港币", "港元", Kind::Money),
    ("英镑", "英镑", Kind::Money),
    ("角", "角", Kind::Money),
    ("平方公里", "平方公里", Kind::Area),
    ("平方千米", "平方公里", Kind::Area),
    ("平方米", "平方米", Kind::Area),
    ("平米", "平方米", Kind::Area),
    ("㎡", "平方米", Kind::Area),
    ("m²", "平方米", Kind::Area),
    ("m2", "平方米", Kind::Area),
    ("㎢", "平方公里", Kind::Area),
    ("km²", "平方公里", Kind::Area),
    ("km2", "平方公里", Kind::Area),
    ("平方厘米", "平方厘米", Kind::Area),
    ("公顷", "公顷", Kind::Area),
    ("亩", "亩", Kind::Area),
    ("立方米", "立方米", Kind::Volume),
    ("方水", "立方米", Kind::Volume),
    ("m³", "立方米", Kind::Volume),
    ("m3", "立方米", Kind::Volume),
    ("㎥", "立方米", Kind::Volume),
    ("毫升", "毫升", Kind::Volume),
    ("升", "升", Kind::Volume),
    ("千米", "公里", Kind::Length),
    ("公里", "公里", Kind::Length),
    ("km", "公里", Kind::Length),
    ("海里", "海里", Kind::Length),
    ("厘米", "厘米", Kind::Length),
    ("毫米", "毫米", Kind::Length),
    ("微米", "微米", Kind::Length),
    ("米", "米", Kind::Length),
    ("米见方", "米", Kind::Length),
    ("cm", "厘米", Kind::Length),
    ("mm", "毫米", Kind::Length),
    ("m", "米", Kind::Length),
    ("吨", "吨", Kind::Weight),
    ("公斤", "公斤", Kind::Weight),
    ("千克", "公斤", Kind::Weight),
    ("kg", "公斤", Kind::Weight),
    ("斤", "斤", Kind::Weight),
    ("克", "克", Kind::Weight),
    ("毫克", "毫克", Kind::Weight),
    ("微克", "微克", Kind::Weight),
    ("千瓦时", "千瓦时", Kind::Energy),
    ("kwh", "千瓦时", Kind::Energy),
    ("度电", "千瓦时", Kind::Energy),
    ("兆瓦", "兆瓦", Kind::Energy),
    ("千瓦", "千瓦", Kind::Energy),
    ("kw", "千瓦", Kind::Energy),
    ("mw", "兆瓦", Kind::Energy),
    ("wh", "瓦时", Kind::Energy),
    ("℃", "℃", Kind::Temperature),
    ("°c", "℃", Kind::Temperature),
    ("摄氏度", "℃", Kind::Temperature),
    ("度", "度", Kind::Temperature),
    ("tb", "TB", Kind::Data),
    ("pb", "PB", Kind::Data),
    ("gb", "GB", Kind::Data),
    ("年", "年", Kind::Duration),
    ("周年", "年", Kind::Duration),
    ("个年头", "年", Kind::Duration),
    ("个月", "个月", Kind::Duration),
    ("个多月", "个月", Kind::Duration),
    ("个半月", "个月", Kind::Duration),
    ("个半小时", "小时", Kind::Duration),
    ("个半星期", "周", Kind::Duration),
    ("个多小时", "小时", Kind::Duration),
    ("个多星期", "周", Kind::Duration),
    ("个季度", "个季度", Kind::Duration),
    ("个星期", "周", Kind::Duration),
    ("个周", "周", Kind::Duration),
    ("星期", "周", Kind::Duration),
    ("周", "周", Kind::Duration),
    ("个工作日", "个工作日", Kind::Duration),
    ("工作日", "个工作日", Kind::Duration),
    ("个自然日", "天", Kind::Duration),
    ("天", "天", Kind::Duration),
    ("个小时", "小时", Kind::Duration),
    ("小时", "小时", Kind::Duration),
    ("个学时", "学时", Kind::Duration),
    ("学时", "学时", Kind::Duration),
    ("课时", "课时", Kind::Duration),
    ("分钟", "分钟", Kind::Duration),
    ("秒", "秒", Kind::Duration),
    ("倍", "倍", Kind::Ratio),
];

/// Classifiers: what people, households and things are counted in.
const CLASSIFIERS: &[Row] = &[
    ("人次", "人次", Kind::People),
    ("人", "人", Kind::People),
    ("名", "人", Kind::People),
    ("位", "人", Kind::People),
    ("户次", "户次", Kind::Count),
    ("户", "户", Kind::Count),
    ("家次", "家次", Kind::Count),
    ("家", "家", Kind::Count),
    ("件次", "件次", Kind::Count),
    ("件", "件", Kind::Count),
    ("台次", "台次", Kind::Count),
    ("台", "台", Kind::Count),
    ("车次", "车次", Kind::Count),
    ("批次", "批次", Kind::Count),
    ("架次", "架次", Kind::Count),
    ("场次", "场次", Kind::Count),
    ("次", "次", Kind::Count),
    ("个", "个", Kind::Count),
    ("项", "项", Kind::Count),
    ("条", "条", Kind::Count),
    ("所", "所", Kind::Count),
    ("处", "处", Kind::Count),
    ("座", "座", Kind::Count),
    ("栋", "栋", Kind::Count),
    ("幢", "幢", Kind::Count),
    ("套", "套", Kind::Count),
    ("辆", "辆", Kind::Count),
    ("艘", "艘", Kind::Count),
    ("架", "架", Kind::Count),
    ("支", "支", Kind::Count),
    ("份", "份", Kind::Count),
    ("篇", "篇", Kind::Count),
    ("期", "期", Kind::Count),
    ("场", "场", Kind::Count),
    ("批", "批", Kind::Count),
    ("宗", "宗", Kind::Count),
    ("起", "起", Kind::Count),
    ("例", "例", Kind::Count),
    ("张", "张", Kind::Count),
    ("笔", "笔", Kind::Count),
    ("类", "类", Kind::Count),
    ("种", "种", Kind::Count),
    ("门", "门", Kind::Count),
    ("眼", "眼", Kind::Count),
    ("根", "根", Kind::Count),
    ("只", "只", Kind::Count),
    ("头", "头", Kind::Count),
    ("株", "株", Kind::Count),
    ("棵", "棵", Kind::Count),
    ("部", "部", Kind::Count),
    ("本", "本", Kind::Count),
    ("册", "册", Kind::Count),
    ("幅", "幅", Kind::Count),
    ("块", "块", Kind::Count),
    ("片", "片", Kind::Count),
    ("段", "段", Kind::Count),
    ("间", "间", Kind::Count),
    ("层", "层", Kind::Count),
    ("床", "床", Kind::Count),
    ("对", "对", Kind::Count),
    ("组", "组", Kind::Count),
    ("队", "队", Kind::Count),
    ("站", "站", Kind::Count),
    ("单", "单", Kind::Count),
    ("枚", "枚", Kind::Count),
    ("副", "副", Kind::Count),
    ("盏", "盏", Kind::Count),
    ("口", "口", Kind::Count),
    ("封", "封", Kind::Count),
    ("首", "首", Kind::Count),
    ("面", "面", Kind::Count),
    ("款", "款", Kind::Count),
    ("阶段", "个", Kind::Count),
    ("环节", "个", Kind::Count),
    ("部门", "个", Kind::Count),
    ("领域", "个", Kind::Count),
    ("大领域", "个", Kind::Count),
    ("大类", "类", Kind::Count),
    ("路视频", "路", Kind::Count),
    ("村", "个", Kind::Count),
    ("县", "个", Kind::Count),
    ("县区", "个", Kind::Count),
    ("县市", "个", Kind::Count),
    ("区县", "个", Kind::Count),
    ("区市", "个", Kind::Count),
    ("市县", "个", Kind::Count),
    ("省市", "个", Kind::Count),
    ("乡镇", "个", Kind::Count),
    ("镇街", "个", Kind::Count),
    ("街道", "个", Kind::Count),
    ("社区", "个", Kind::Count),
    ("分", "分", Kind::Count),
];

/// Words that begin with what looks like a unit.
const NO_UNITS: &[&str] = &[
    "人大",
    "人民",
    "人才",
    "人力",
    "人工",
    "名校",
    "名列",
    "名优",
    "位于",
    "位列",
    "家庭",
    "家长",
    "家居",
    "件套",
    "次要",
    "次会议",
    "次全会",
    "次常务",
    "个性",
    "个体",
    "个人",
    "项目",
    "条例",
    "条件",
    "所有",
    "所在",
    "所属",
    "处理",
    "处置",
    "处罚",
    "座谈",
    "套餐",
    "支持",
    "支付",
    "支撑",
    "面积",
    "面向",
    "面对",
    "面临",
    "款项",
    "款式",
    "份额",
    "期间",
    "期限",
    "期货",
    "场所",
    "场地",
    "场景",
    "批复",
    "批准",
    "起步",
    "起来",
    "起到",
    "例如",
    "张贴",
    "类似",
    "种植",
    "种类",
    "门诊",
    "门户",
    "根据",
    "只有",
    "只要",
    "头等",
    "部分",
    "部署",
    "本市",
    "本级",
    "本次",
    "片区",
    "段时间",
    "间接",
    "层次",
    "层面",
    "对于",
    "对接",
    "组织",
    "组成",
    "组建",
    "队伍",
    "站点",
    "站位",
    "单位",
    "单元",
    "口径",
    "口岸",
    "口子",
    "首次",
    "首个",
    "村级",
    "村民",
    "村庄",
    "年级",
    "年度",
    "年初",
    "年底",
    "年末",
    "年中",
    "年代",
    "年版",
    "年来",
    "年间",
    "年龄",
    "月份",
    "周边",
    "周岁",
    "天然",
    "米线",
    "升级",
    "升至",
    "升到",
    "克服",
    "克难",
    "角度",
    "角色",
    "元化",
    "元素",
    "元旦",
    "方面",
    "秒杀",
    "台账",
    "台帐",
    "台湾",
    "户籍",
    "户口",
    "户型",
    "名单",
    "家门",
    "块地",
    "对口",
    "对象",
    "县级",
    "县域",
    "县委",
    "县政府",
    "县长",
    "县城",
    "街道办",
    "分之",
    "分类",
    "分级",
    "分期",
    "分段",
    "分组",
    "分工",
    "分管",
    "分公司",
    "分局",
    "分中心",
    "成立",
    "成为",
    "成功",
    "成员",
    "成果",
    "成绩",
    "成效",
    "成本",
    "成都",
    "成熟",
    "成长",
    "成人",
    "成片",
    "成套",
    "成网",
    "成型",
    "成形",
    "成交",
    "成品",
    "成分",
    "成份",
    "成年",
    "成体",
    "成规",
    "成了",
    "成一",
    "成语",
    "成就",
    "成链",
    "成群",
    "成批",
    "成因",
    "成不变",
];

/// The character as the rules read it.
pub(super) fn plain(c: char) -> char {
    match c {
        '㎡' | '㎢' | '㎥' | '²' | '³' => c,
        '，' => ',',
        '。' | '；' | '：' => c,
        '％' => '%',
        '～' | '∼' | '〜' => '~',
        '－' | '−' | '‐' | '‑' => '-',
        '．' => '.',
        '／' => '/',
        '餘' => '余',
        '兩' => '两',
        '萬' => '万',
        '億' => '亿',
        c => fold(c),
    }
}

/// The unit behind a number, with what it is measured against: 元/吨.
pub(super) fn read(text: &Text, number: &Number) -> Option<Amount> {
    if number.is_fraction {
        return Some(Amount {
            unit: "%".to_owned(),
            kind: Kind::Ratio,
            is_open: false,
            is_classifier: false,
            has_half: false,
            scale: 1,
            end: number.end,
        });
    }
    let at = text.skip_blanks(number.end);
    if NO_UNITS.iter().any(|word| text.has(at, word)) {
        return None;
    }
    let (row, is_classifier) = longest(text, at, MEASURES)
        .map(|row| (row, false))
        .or_else(|| longest(text, at, CLASSIFIERS).map(|row| (row, true)))?;
    let (printed, unit, kind) = *row;
    // 路 counts channels before 视频 alone.
    let printed = printed.strip_suffix("视频").unwrap_or(printed);
    let mut end = at + printed.chars().count();
    // Letters that go on are a word, not a unit: 10members.
    let latin = |c: char| c.is_ascii_alphabetic();
    if printed.ends_with(latin) && text.get(end).is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let has_half = printed.contains('半') || kind == Kind::Duration && goes_on_by_half(text, end);
    end += usize::from(has_half && !printed.contains('半'));
    let mut unit = unit.to_owned();
    if let Some((per, after)) = rate(text, end) {
        unit = format!("{unit}/{per}");
        end = after;
    }
    Some(Amount {
        unit,
        kind,
        is_open: printed.contains('多'),
        is_classifier,
        has_half,
        scale: if printed == "成" { 10 } else { 1 },
        end,
    })
}

/// Whether 半 after a unit of time adds half of it: 两年半, not 两年半数.
fn goes_on_by_half(text: &Text, at: usize) -> bool {
    text.get(at) == Some('半') && !text.get(at + 1).is_some_and(|c| "数年月天".contains(c))
}

/// What follows a slash: 元/m3, m3/亩, 元/人.
fn rate(text: &Text, at: usize) -> Option<(&'static str, usize)> {
    if text.get(at) != Some('/') {
        return None;
    }
    let at = text.skip_blanks(at + 1);
    const PER: &[Row] = &[
        ("度", "度", Kind::Energy),
        ("日", "日", Kind::Duration),
        ("月", "月", Kind::Duration),
        ("时", "小时", Kind::Duration),
    ];
    let row = [MEASURES, CLASSIFIERS, PER]
        .into_iter()
        .find_map(|rows| longest(text, at, rows))?;
    Some((row.1, at + row.0.chars().count()))
}

fn longest<'r>(text: &Text, at: usize, rows: &'r [Row]) -> Option<&'r Row> {
    let found = rows.iter().filter(|row| text.has(at, row.0));
    found.max_by_key(|row| row.0.chars().count())
}

/// Whether words speak of money.
pub(super) fn is_of_money(words: &str) -> bool {
    const MONEY: &[&str] = &[
        "贷款",
        "资金",
        "投资",
        "补贴",
        "补助",
        "奖励",
        "奖补",
        "经费",
        "产值",
        "税收",
        "融资",
        "营收",
        "利润",
        "创投",
        "基金",
        "给予最高",
        "授信",
    ];
    MONEY.iter().any(|word| words.contains(word))
}

/// Whether words name people: the noun of a number without a unit.
pub(super) fn counts_people(noun: &str) -> bool {
    const PEOPLE: &[&str] = &[
        "职工",
        "员工",
        "学生",
        "毕业生",
        "居民",
        "村民",
        "群众",
        "市民",
        "农民",
        "人口",
        "用户",
        "游客",
        "患者",
        "老人",
        "老年人",
        "儿童",
        "教师",
        "医生",
        "干部",
        "党员",
        "志愿者",
        "残疾人",
        "劳动力",
        "从业者",
        "参保",
        "企业家",
        "创业者",
        "人才",
    ];
    PEOPLE.iter().any(|word| noun.contains(word))
}

/// Whether a Chinese number of this size announces a list rather than counts:
/// 三个平台.
pub(super) fn only_announces(number: &Number) -> bool {
    number.is_chinese && !number.is_open && !number.is_fraction && number.value <= number::small()
}
