//! What the names of bodies end in, and what only looks like one.
//!
//! A name is read to its end: 绩效管理委员会 is no 绩效管理委, 人大常委会 no 人大常委.

use crate::text::marks::is_han;

/// What only the name of a body ends in.
const STRONG: [&str; 107] = [
    "政府",
    "管委",
    "管委会",
    "管理委员会",
    "委员会",
    "常委会",
    "常务委员会",
    "指挥部",
    "指挥部办公室",
    "街道办事处",
    "办事处",
    "街道办",
    "医院",
    "卫生院",
    "卫生服务中心",
    "大学",
    "学院",
    "职业技术学院",
    "附属中学",
    "实验学校",
    "法院",
    "检察院",
    "集团有限公司",
    "有限公司",
    "有限责任公司",
    "股份有限公司",
    "集团公司",
    "税务局",
    "公安局",
    "监管局",
    "管理局",
    "教育局",
    "民政局",
    "司法局",
    "财政局",
    "审计局",
    "统计局",
    "服务局",
    "数据局",
    "气象局",
    "海关",
    "消防救援支队",
    "支队",
    "总队",
    "大队",
    "总工会",
    "工商联",
    "妇联",
    "残联",
    "科协",
    "文联",
    "红十字会",
    "联合会",
    "基金会",
    "合作联社",
    "信用社",
    "农村商业银行",
    "银行",
    "公积金管理中心",
    "急救中心",
    "交易中心",
    "服务中心",
    "居委会",
    "村委会",
    "政协",
    "党工委",
    "工作委员会",
    "领导小组",
    "领导小组办公室",
    "工作专班",
    "人民政府办公厅",
    "办公厅",
    "发展改革委",
    "卫生健康委",
    "国资委",
    "住房城乡建设委",
    "城管委",
    "农业农村委",
    "总局",
    "组织部",
    "宣传部",
    "统战部",
    "政法委",
    "编办",
    "监委",
    "党校",
    "报社",
    "气象台",
    "电视台",
    "支行",
    "分行",
    "供电公司",
    "综合保税区",
    "储备局",
    "海事局",
    "地震局",
    "水文局",
    "检查站",
    "管理处",
    "法庭",
    "监狱",
    "分公司",
    "青少年宫",
    "动物园",
    "植物园",
    "大剧院",
    "火车站",
];

/// What a name ends in that is a body's if it begins like one.
const WEAK: [&str; 34] = [
    "局",
    "委",
    "办",
    "办公室",
    "厅",
    "中心",
    "研究室",
    "研究院",
    "研究所",
    "集团",
    "公司",
    "示范区",
    "片区",
    "院",
    "会",
    "部",
    "处",
    "站",
    "馆",
    "所",
    "社",
    "校",
    "学校",
    "中学",
    "小学",
    "幼儿园",
    "联社",
    "协会",
    "商会",
    "队",
    "区",
    "县",
    "镇",
    "街道",
];

/// Words that end as a body's name does and name none.
const NO_BODIES: [&str; 30] = [
    "格局",
    "布局",
    "全局",
    "大局",
    "开局",
    "结局",
    "当局",
    "时局",
    "僵局",
    "棋局",
    "破局",
    "机会",
    "社会",
    "大会",
    "听证会",
    "议事会",
    "座谈会",
    "运动会",
    "博览会",
    "交流会",
    "恳谈会",
    "全部",
    "内部",
    "外部",
    "干部",
    "好处",
    "难处",
    "总部",
    "多中心",
    "去中心",
];

/// With what a title begins and no name does: what was done, and how.
const VERBS: [&str; 88] = [
    "打造",
    "构建",
    "建设",
    "建立",
    "创新",
    "推行",
    "推进",
    "推动",
    "推出",
    "探索",
    "创建",
    "实施",
    "开展",
    "深化",
    "强化",
    "加强",
    "优化",
    "完善",
    "健全",
    "搭建",
    "培育",
    "聚焦",
    "坚持",
    "突出",
    "运用",
    "利用",
    "依托",
    "发挥",
    "全力",
    "全面",
    "大力",
    "着力",
    "积极",
    "率先",
    "努力",
    "做好",
    "做实",
    "做优",
    "做强",
    "走好",
    "走出",
    "抓好",
    "破解",
    "提升",
    "提高",
    "实现",
    "形成",
    "设立",
    "成立",
    "组建",
    "整合",
    "统筹",
    "促进",
    "助力",
    "服务群众",
    "争创",
    "激活",
    "盘活",
    "唤醒",
    "解决",
    "架起",
    "织密",
    "关于",
    "改革",
    "试点",
    "启动",
    "规范",
    "引入",
    "引进",
    "推广",
    "拓展",
    "拓宽",
    "延伸",
    "增强",
    "落实",
    "狠抓",
    "紧扣",
    "围绕",
    "立足",
    "通过",
    "联动",
    "携手",
    "共建",
    "实行",
    "开设",
    "编制",
    "发展",
    "参与",
];

/// With what a title begins, in one character.
const PARTICLES: [char; 15] = [
    '以', '让', '用', '把', '为', '从', '在', '当', '给', '使', '将', '对', '向', '变', '破',
];

/// How a name ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// As only a body's does.
    Strong,
    /// As a body's and other words do.
    Weak,
}

/// How `name`, in Simplified, ends; `None` where no body's name does.
pub(super) fn of(name: &str) -> Option<Ending> {
    let ends = |ends: &[&str]| {
        ends.iter()
            .any(|end| name.ends_with(end) && name.len() > end.len())
    };
    if NO_BODIES.iter().any(|end| name.ends_with(end)) {
        None
    } else if ends(&STRONG) {
        Some(Ending::Strong)
    } else if ends(&WEAK) {
        Some(Ending::Weak)
    } else {
        None
    }
}

/// Whether a line begins as a title does, `打造面向国际的财富管理中心`, and not as the
/// name of a body.
pub(super) fn begins_like_a_title(name: &str) -> bool {
    name.starts_with(PARTICLES)
        || VERBS.iter().any(|verb| name.starts_with(verb))
        || name.contains(['的', '了', '“', '《'])
}

/// Whether a clause says what somebody did: the verb of a practice is in it.
pub(super) fn tells_a_practice(clause: &str) -> bool {
    VERBS.iter().any(|verb| clause.contains(verb))
        || [
            "以“",
            "的《",
            "《",
            "针对",
            "始终把",
            "出台",
            "搭起",
            "首创",
            "试行",
            "上线",
        ]
        .iter()
        .any(|word| clause.contains(word))
}

/// Words that occur between a noun and a body's name rather than inside one.
const NOT_IN_NAMES: [char; 14] = [
    '对', '在', '的', '到', '向', '把', '将', '以', '从', '等', '可', '了', '是', '有',
];

/// Words that begin like the name of a city's body and are none: a city as a whole,
/// its party committee, and a market.
const NO_CITY_BODIES: [&str; 7] = ["市政府", "市委", "市级", "省委", "省政府", "市场", "县委"];

/// What the name of a city's own bodies begins with.
pub(super) const CITY: [char; 3] = ['市', '省', '县'];

/// The longest name of a city's body at the start of a sentence, in characters.
const LONGEST: usize = 20;

/// The characters of a city's body with which `head`, in Simplified, begins, seen
/// from how such names are made: 市, then what it is for, then 局, 委员会 or their
/// like.
pub(super) fn body_at_start(head: &str) -> Option<usize> {
    if !head.starts_with(CITY) || NO_CITY_BODIES.iter().any(|word| head.starts_with(word)) {
        return None;
    }
    let name: Vec<char> = head
        .chars()
        .take_while(|c| is_han(*c) && !NOT_IN_NAMES.contains(c))
        .take(LONGEST)
        .collect();
    const ENDS: [&str; 18] = [
        "人大常委会办公室",
        "人大常委会",
        "管理委员会",
        "工作委员会",
        "委员会",
        "管委会",
        "指挥部办公室",
        "指挥部",
        "办公室",
        "法院",
        "检察院",
        "医院",
        "中心",
        "总工会",
        "局",
        "厅",
        "委",
        "管委",
    ];
    for at in 1..name.len() {
        let rest: String = name[at..].iter().collect();
        // The longest end first: 委员会 is not cut to 委.
        let end = ENDS.iter().find(|end| rest.starts_with(**end));
        if let Some(end) = end {
            let length = at + end.chars().count();
            let word: String = name[..length].iter().collect();
            if length < 3 || NO_BODIES.iter().any(|end| word.ends_with(end)) {
                continue;
            }
            return Some(length);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_to_its_end() {
        let begins = |text: &str| {
            let length = body_at_start(text)?;
            Some(text.chars().take(length).collect::<String>())
        };
        for (text, name) in [
            ("市绩效管理委员会将湖泊公园", "市绩效管理委员会"),
            ("市人大常委会对本办法", "市人大常委会"),
            ("省水利厅会同省发展改革委研究", "省水利厅"),
            ("市园林绿化局负责全市", "市园林绿化局"),
            ("市发展改革委牵头", "市发展改革委"),
            ("市中级人民法院建立", "市中级人民法院"),
            ("市第一人民医院推行", "市第一人民医院"),
        ] {
            assert_eq!(begins(text).as_deref(), Some(name), "{text}");
        }
        for text in [
            "市场监管总局发布",
            "市场监管部门应当",
            "市委改革办有关负责人",
            "市民对城管局",
        ] {
            assert_eq!(begins(text), None, "{text}");
        }
    }

    #[test]
    fn a_title_begins_with_what_was_done() {
        for title in [
            "打造面向国际的财富管理中心",
            "让群众走进家门口的医院",
            "建设高水平大学",
        ] {
            assert!(begins_like_a_title(title), "{title}");
        }
        for name in ["云川农业大学", "临江市第一人民医院", "建德市教育局"] {
            assert!(!begins_like_a_title(name), "{name}");
        }
    }
}
