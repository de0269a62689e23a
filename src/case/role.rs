//! The role of a section, recognised by its heading.
//!
//! The award asks for 创新性, 领先性 and 实效性, so most cases describe their
//! background, what was done, what is new about it, what came of it, and where
//! they lead; but hardly two say so in the same words. A heading has a role if it
//! names its section, as 三、领先性与主要成效 does. One that makes a statement
//! has none, whatever words it uses: （一）创新理念有效解开“邻避效应”难题.

use crate::text::script;

/// What a section is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 背景
    Background,
    /// 做法
    Practice,
    /// 创新
    Innovation,
    /// 成效
    Result,
    /// 领先性
    Lead,
}

impl Role {
    /// All roles, in the order in which a case usually has them.
    pub const ALL: [Self; 5] = [
        Self::Background,
        Self::Practice,
        Self::Innovation,
        Self::Result,
        Self::Lead,
    ];

    /// The name in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Background => "背景",
            Self::Practice => "做法",
            Self::Innovation => "创新",
            Self::Result => "成效",
            Self::Lead => "领先性",
        }
    }

    /// The name in English.
    pub const fn english(self) -> &'static str {
        match self {
            Self::Background => "background",
            Self::Practice => "practice",
            Self::Innovation => "innovation",
            Self::Result => "results",
            Self::Lead => "lead",
        }
    }

    /// The role with a name, in either language and script.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = script::to_simplified(name.trim());
        Self::ALL
            .into_iter()
            .find(|role| role.chinese() == name || role.english().eq_ignore_ascii_case(&name))
    }
}

/// The roles of one section, in the order of [`Role::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Roles(u8);

impl Roles {
    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `role` is among them.
    pub const fn contains(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// Each of them.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL
            .into_iter()
            .filter(move |&role| self.contains(role))
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Self(roles.into_iter().fold(0, |set, role| set | 1 << role as u8))
    }
}

/// The roles that a heading, in either script, gives its section.
pub fn of(heading: &str) -> Roles {
    let heading = script::to_simplified(heading);
    let name = unnumbered(&heading).trim_end_matches(['。', '：', ':', ' ']);
    if let Some(roles) = named(name) {
        return roles;
    }
    if name.contains(['，', ',', '；', ';', '。']) {
        return Roles::default();
    }
    // A label may have its subject before it: 管理制度的创新性.
    let after_subject = name.rfind('的').or_else(|| name.find("主要"));
    after_subject
        .and_then(|at| named(&name[at..]))
        .unwrap_or_default()
}

/// A heading without 一、 （一） 1. and white space.
fn unnumbered(heading: &str) -> &str {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let heading = heading.trim();
    let open = heading.trim_start_matches(['（', '(']);
    let rest = open.trim_start_matches(number);
    let closed = rest.trim_start_matches(['）', ')', '、', '.', '．', ' ', '\u{3000}']);
    if rest.len() < open.len() && closed.len() < rest.len() {
        closed
    } else {
        heading
    }
}

/// The roles of a text that is made of nothing but the words below.
fn named(mut text: &str) -> Option<Roles> {
    let mut roles = Vec::new();
    while !text.is_empty() {
        let label = LABELS
            .iter()
            .filter(|(label, _)| text.starts_with(label))
            .max_by_key(|(label, _)| label.len());
        if let Some((label, named)) = label {
            roles.extend_from_slice(named);
            text = &text[label.len()..];
        } else {
            text = FILLERS
                .iter()
                .find_map(|filler| text.strip_prefix(filler))?;
        }
    }
    Some(roles.into_iter().collect())
}

/// Labels in headings and the roles they show; the longest match counts. 创新 shows nothing
/// where it describes the word after it.
const LABELS: [(&str, &[Role]); 37] = [
    ("背景", &[Role::Background]),
    ("起因", &[Role::Background]),
    ("缘起", &[Role::Background]),
    ("由来", &[Role::Background]),
    ("动因", &[Role::Background]),
    ("创新背景", &[Role::Background]),
    ("做法", &[Role::Practice]),
    ("举措", &[Role::Practice]),
    ("措施", &[Role::Practice]),
    ("路径", &[Role::Practice]),
    ("内容", &[Role::Practice]),
    ("具体工作", &[Role::Practice]),
    ("创新", &[Role::Innovation]),
    ("创新性", &[Role::Innovation]),
    ("创新点", &[Role::Innovation]),
    ("创新之处", &[Role::Innovation]),
    ("创新性意义", &[Role::Innovation]),
    ("亮点", &[Role::Innovation]),
    ("特点", &[Role::Innovation]),
    ("特色", &[Role::Innovation]),
    ("创新工作", &[]),
    ("创新案例", &[]),
    ("创新项目", &[]),
    ("成效", &[Role::Result]),
    ("效果", &[Role::Result]),
    ("成果", &[Role::Result]),
    ("成绩", &[Role::Result]),
    ("实效", &[Role::Result]),
    ("实效性", &[Role::Result]),
    ("效益", &[Role::Result]),
    ("影响", &[Role::Result]),
    ("意义", &[Role::Result]),
    ("创新成效", &[Role::Result]),
    ("创新成果", &[Role::Result]),
    ("领先性", &[Role::Lead]),
    ("领先水平", &[Role::Lead]),
    ("先进性", &[Role::Lead]),
];

/// Words around a label that show no role themselves.
const FILLERS: [&str; 41] = [
    "案例", "项目", "工作", "改革", "试点", "建设", "主要", "具体", "基本", "实际", "取得", "产生",
    "存在", "问题", "提出", "实施", "开展", "推进", "思路", "方式", "方法", "过程", "情况", "进展",
    "经验", "启示", "体会", "评价", "社会", "经济", "以及", "的", "与", "及", "和", "、", "，",
    ",", " ", "\u{3000}", "性",
];

#[cfg(test)]
mod tests {
    use super::Role::{Background, Innovation, Lead, Practice, Result};
    use super::*;

    #[track_caller]
    fn check(heading: &str, expected: &[Role]) {
        let found: Vec<Role> = of(heading).iter().collect();
        assert_eq!(found, expected, "{heading}");
    }

    #[test]
    fn headings_that_name_a_section_have_a_role() {
        check("一、案例背景", &[Background]);
        check("一、案例背景：", &[Background]);
        check("1、 案例背景", &[Background]);
        check("一、实施背景", &[Background]);
        check("一、背景情况", &[Background]);
        check("一、创新背景", &[Background]);
        check("一、主要背景", &[Background]);
        check("一、背景起因", &[Background]);
        check("一、改革的背景和主要过程", &[Background]);
        check("二、主要做法", &[Practice]);
        check("二、具体做法", &[Practice]);
        check("三、具体工作", &[Practice]);
        check("二、改革的主要内容", &[Practice]);
        check("三、创新思路", &[Innovation]);
        check("三、创新亮点", &[Innovation]);
        check("三、案例特点", &[Innovation]);
        check("二、创新性", &[Innovation]);
        check("（一）管理制度的创新性", &[Innovation]);
        check("三、居民家庭经济状况核对机制的创新性意义", &[Innovation]);
        check("四、实际效果", &[Result]);
        check("二、取得成效", &[Result]);
        check("四、工作成效", &[Result]);
        check("三、创新工作成效", &[Result]);
        check("四、主要效果", &[Result]);
        check("四、实效性", &[Result]);
        check("（三）解决问题的实效性", &[Result]);
        check("（三）取得的实际成果。", &[Result]);
        check("（二）项目的实施意义。", &[Result]);
        check("三、改革的意义", &[Result]);
        check("三、领先性", &[Lead]);
        check("（二）适用范围的领先性", &[Lead]);
    }

    #[test]
    fn a_section_can_have_several_roles() {
        check("3、 创新性思路、做法与方式", &[Practice, Innovation]);
        check("三、创新性思路、做法、方式", &[Practice, Innovation]);
        check("三、创新思路及做法", &[Practice, Innovation]);
        check("三、创新性做法", &[Practice, Innovation]);
        check("三、创新做法", &[Practice, Innovation]);
        check("一、基本情况及创新性做法", &[Practice, Innovation]);
        check("三、主要做法与特点", &[Practice, Innovation]);
        check("三、创新做法及取得成效", &[Practice, Innovation, Result]);
        check("（一）项目的创新性、领先性。", &[Innovation, Lead]);
        check("三、领先性与主要成效", &[Result, Lead]);
        check("三、取得实效和领先性", &[Result, Lead]);
        check("四、取得成果和领先性", &[Result, Lead]);
        check("四、取得的成效及领先性", &[Result, Lead]);
        check("四、取得的实际效果及领先性", &[Result, Lead]);
        check("    四、实际效果和领先性 ", &[Result, Lead]);
    }

    #[test]
    fn headings_that_make_a_statement_have_none() {
        check("（一）精准定位园区功能，找对人才发展的路子", &[]);
        check("（一）区域管理网格化", &[]);
        check("（一）创新理念有效解开“邻避效应”难题。", &[]);
        check("（五）创新品牌打造城市管理亮点。", &[]);
        check("（一）创新一套组建模式", &[]);
        check(
            "一、立足行业特点，聚焦服务职能，在顶层设计中体现创新意识",
            &[],
        );
        check("（二）创新工作模式，积极内引外联", &[]);
        check("（二）突出“四个面向”创新服务。", &[]);
        check("（一）为社会保障政策的制定提供了更为科学的依据", &[]);
        check("（三）提高了社会救助的工作效率和质量", &[]);
        check("（三）已落户高等教育机构成效初显", &[]);
        check("5.成果获得多个奖项", &[]);
        check("三、统筹重点群体就业，稳定就业“基本盘”", &[]);
        check(
            "（四）立足精准化、生态化、共享化的服务理念，大力整合创新资源，提升“双创”服务水平",
            &[],
        );
        check("（1）农作物灌溉用水现状分析", &[]);
    }

    #[test]
    fn headings_that_name_something_else_have_none() {
        check("二、基本情况", &[]);
        check("2、 案例基本情况", &[]);
        check("二、进展情况", &[]);
        check("四、工作难度", &[]);
        check("四、项目评价", &[]);
    }

    #[test]
    fn the_name_of_a_subject_may_stand_before_the_label() {
        check("二、街长制主要做法", &[Practice]);
        check("公租房保障的主要措施", &[Practice]);
        check("核对是一项新业务，具有“机构新、人员新”的特点。", &[]);
    }

    #[test]
    fn traditional_headings_have_the_same_roles() {
        check("三、領先性與主要成效", &[Result, Lead]);
        check("一、案例背景", &[Background]);
    }

    #[test]
    fn a_role_is_found_by_either_name() {
        assert_eq!(Role::from_name("做法"), Some(Practice));
        assert_eq!(Role::from_name("領先性"), Some(Lead));
        assert_eq!(Role::from_name("Results"), Some(Result));
        assert_eq!(Role::from_name("难度"), None);
    }
}
