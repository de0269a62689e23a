//! The fields that a query can ask for by name.

use crate::language::Language;
use crate::nearest;
use crate::text::fold::fold;

/// A field that a query can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Year,
    Area,
    Category,
    Org,
    Title,
    Text,
    Source,
    Completeness,
    Topic,
    Tag,
    Note,
    Star,
    Evidence,
    Length,
}

/// The names of a field.
#[derive(Clone, Copy, Debug)]
pub struct FieldNames {
    pub field: Field,
    /// Accepted names. The interface shows the first Chinese and the first English one.
    pub chinese: &'static [&'static str],
    pub english: &'static [&'static str],
    /// Example of a value.
    pub example: &'static str,
}

/// All fields.
pub const FIELDS: [FieldNames; 14] = [
    names(Field::Year, &["年", "年度", "年份"], &["year"], "2015-2017"),
    names(Field::Area, &["地", "地区", "区市"], &["area"], "市南"),
    names(
        Field::Category,
        &["类", "类别"],
        &["cat", "category"],
        "部门",
    ),
    names(Field::Org, &["机构", "单位", "部门"], &["org"], "市民政局"),
    names(Field::Title, &["题", "标题"], &["title"], "大数据"),
    names(Field::Text, &["文", "正文"], &["text"], "试点"),
    names(Field::Source, &["源", "来源"], &["src", "source"], "003"),
    names(
        Field::Completeness,
        &["全", "完整"],
        &["done", "completeness"],
        "全文",
    ),
    names(Field::Topic, &["主题"], &["topic"], "营商环境"),
    names(Field::Tag, &["标签"], &["tag"], "待读"),
    names(Field::Note, &["笔记"], &["note"], "可借鉴"),
    names(Field::Star, &["星", "星标"], &["star"], "是"),
    names(
        Field::Evidence,
        &["据", "依据", "评审依据"],
        &["evidence", "claims"],
        "创新",
    ),
    names(
        Field::Length,
        &["字数", "篇幅"],
        &["length", "size"],
        "500-999",
    ),
];

/// Words that are not names of fields, and the fields that they mean.
const MEANT: [(&str, Field); 10] = [
    ("date time 日期 时间", Field::Year),
    (
        "district county city region place 区 县 市 区域",
        Field::Area,
    ),
    ("type kind 类型 分类", Field::Category),
    ("body agency department office author 机关 作者", Field::Org),
    ("headline heading name 名称 题目", Field::Title),
    ("content keyword word 内容 关键词 全文", Field::Text),
    ("document file publisher 文档 文件 出版者", Field::Source),
    ("theme subject 话题", Field::Topic),
    ("label 标记", Field::Tag),
    ("favorite favourite bookmark 收藏", Field::Star),
];

const fn names(
    field: Field,
    chinese: &'static [&'static str],
    english: &'static [&'static str],
    example: &'static str,
) -> FieldNames {
    FieldNames {
        field,
        chinese,
        english,
        example,
    }
}

impl Field {
    /// Returns the names of the field.
    pub fn names(self) -> &'static FieldNames {
        let row = FIELDS.iter().find(|row| row.field == self);
        row.expect("every field has a row of names")
    }

    /// Returns the name that the interface shows in a language.
    pub fn name(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.names().chinese[0],
            Language::English => self.names().english[0],
        }
    }

    /// Whether values are searched for as words, rather than picked from a list.
    pub fn is_of_text(self) -> bool {
        matches!(self, Self::Org | Self::Title | Self::Text)
    }

    /// Returns the field called `name`, in either language, full width or half.
    pub fn named(name: &str) -> Option<Self> {
        let mut rows = FIELDS.iter();
        let row = rows.find(|row| row.all().any(|known| same(known, name)));
        row.map(|row| row.field)
    }

    /// Returns the name of the field that a word means or may misspell.
    pub fn nearest_name(name: &str) -> Option<&'static str> {
        let name: String = name.chars().map(fold).collect();
        let language = if name.is_ascii() {
            Language::English
        } else {
            Language::Chinese
        };
        let is_meant = |words: &str| words.split(' ').any(|word| word == name);
        if let Some(&(_, field)) = MEANT.iter().find(|(words, _)| is_meant(words)) {
            return Some(field.name(language));
        }
        let names = FIELDS.iter().flat_map(FieldNames::all);
        let nearest = nearest::nearest(&name, names, 1)[0];
        nearest::is_like(&name, nearest).then_some(nearest)
    }
}

impl FieldNames {
    pub(super) fn all(&self) -> impl Iterator<Item = &'static str> {
        self.chinese.iter().chain(self.english).copied()
    }
}

/// Whether two texts are the same under the fold.
pub fn same(a: &str, b: &str) -> bool {
    a.chars().map(fold).eq(b.chars().map(fold))
}
