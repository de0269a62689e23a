//! Which characters after a figure belong to it: 1.2万, 42.32亿元, 4.2平方公里; and which
//! after a number in Han: 三个, 数十家, 多次.
//!
//! The words are those of the measures in GB 3100—1993 and of the common
//! measure words, in both scripts.

/// Whether a character is a power of ten between a figure and its unit.
pub(super) fn is_scale(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '萬' | '亿' | '億' | '兆')
}

/// How many characters at the start of `rest`, which `before` stands in front of, are one
/// number in Han and what it counts: 三个, 数十家, 多次, 十余年, 第三方. A number without a
/// counter is its numerals alone.
pub(super) fn counted(before: Option<char>, rest: impl Iterator<Item = char> + Clone) -> usize {
    let number = rest.clone().take_while(|&c| is_numeral(c)).count();
    let rough = usize::from(rest.clone().nth(number).is_some_and(is_some));
    let start = number + rough;
    match counter(rest.clone().skip(start)) {
        0 => number,
        _ if is_in_word(before, rest.clone()) => number,
        count => start + count,
    }
}

/// Whether a character is a Han numeral or a word for a number: 两, 数, 几, 多, 半.
pub(super) fn is_numeral(c: char) -> bool {
    is_scale(c) || NUMERALS.contains(c)
}

const NUMERALS: &str = "一二三四五六七八九〇零两兩几幾数數多半";

/// Whether a numeral and what follows it are a word that counts nothing.
fn is_in_word(before: Option<char>, rest: impl Iterator<Item = char> + Clone) -> bool {
    let is_counted = |c| matches!(c, '个' | '個') || is_numeral(c);
    match rest.clone().next() {
        // 统一部署, 唯一代表; yet 统一个数, 唯一一个.
        Some('一') if !rest.clone().nth(1).is_some_and(is_counted) => {
            before.is_some_and(|c| "统統唯单單逐".contains(c))
        }
        _ => WORDS.iter().any(|word| starts_with(rest.clone(), word)),
    }
}

const WORDS: [&str; 4] = ["数字", "數字", "百度", "零部"];

/// How many characters at the start of `rest` are one counter after a number in Han.
fn counter(rest: impl Iterator<Item = char> + Clone) -> usize {
    let is_counter = |c| COUNTERS.contains(c);
    match unit(rest.clone()) {
        0 if starts_with(rest.clone(), "系列") => 2,
        0 => rest.clone().next().is_some_and(is_counter).into(),
        count => count,
    }
}

/// Counters after numbers in Han, besides the units: 三大领域, 两方面, 一些.
const COUNTERS: &str = "大小口方步些把期代維维排行群伙股端重季院";

/// Whether a unit, all of `unit`, measures and does not count: 平方公里, 万吨, 亿美元. The
/// figure before it can be parted from it where a row would have a hole.
pub(super) fn is_measure(unit: impl Iterator<Item = char> + Clone) -> bool {
    let is_price = unit.clone().eq(['元']);
    let last = unit.last();
    last.is_some_and(|last| MEASURES.contains(last)) && !is_price
}

/// The last characters of the units that measure.
const MEASURES: &str = "米里寸克斤瓦升顷頃伏箱元吨噸亩畝度方";

/// Words for "and some" between figures and units: 20余个, 10多项.
pub(super) fn is_some(c: char) -> bool {
    matches!(c, '余' | '餘' | '多' | '来' | '來' | '几' | '幾')
}

/// How many characters at the start of `rest` are one unit; 0 for none.
pub(super) fn unit(rest: impl Iterator<Item = char> + Clone) -> usize {
    let Some(first) = rest.clone().next() else {
        return 0;
    };
    let long = LONG_UNITS
        .iter()
        .filter(|unit| starts_with(rest.clone(), unit))
        .map(|unit| unit.chars().count())
        .max();
    match long {
        Some(count) => count,
        None if is_unit(first) => 1,
        None => 0,
    }
}

/// Whether a Latin word is a unit that may follow a figure and a space:
/// 110 m3.
pub(super) fn is_latin_unit(word: impl Iterator<Item = char> + Clone) -> bool {
    LATIN_UNITS.iter().any(|unit| unit.chars().eq(word.clone()))
}

fn starts_with(mut rest: impl Iterator<Item = char>, start: &str) -> bool {
    start.chars().all(|c| rest.next() == Some(c))
}

fn is_unit(c: char) -> bool {
    // ㎡ ㎏ ㎞ and the other units that are one character. Of characters alike in
    // their last byte a search for one as bytes compares too many.
    matches!(c, '\u{3371}'..='\u{33DF}') || UNITS.chars().any(|unit| unit == c)
}

const UNITS: &str = "年月日天周週时時点點分秒刻岁歲号號元角米里升度倍成折吨噸斤克亩畝瓦\
    个個家名位人户戶件项項条條次起场場处處所座栋棟间間套台臺辆輛艘架部本册冊份篇幅张張枚支只隻头頭\
    匹株棵片块塊段节節期届屆批类類种種级級层層组組队隊对對双雙版页頁章款字句集轮輪门門口眼根面顶頂\
    盏盞宗笔筆路线線环環站镇鎮村街区區市县縣国國方校院室床席圈遍趟回";

const LONG_UNITS: [&str; 84] = [
    "平米",
    "毫升",
    "千伏",
    "公分",
    "英里",
    "英寸",
    "摄氏度",
    "攝氏度",
    "千字",
    "学时",
    "平方公里",
    "平方千米",
    "平方米",
    "平方",
    "立方米",
    "立方",
    "公顷",
    "公頃",
    "公里",
    "千米",
    "厘米",
    "毫米",
    "海里",
    "公斤",
    "千克",
    "毫克",
    "千瓦时",
    "千瓦時",
    "千瓦",
    "兆瓦",
    "美元",
    "欧元",
    "歐元",
    "日元",
    "港元",
    "人民币",
    "人民幣",
    "人次",
    "户次",
    "戶次",
    "架次",
    "车次",
    "車次",
    "班次",
    "场次",
    "場次",
    "航次",
    "批次",
    "家次",
    "件次",
    "标箱",
    "標箱",
    "个百分点",
    "個百分點",
    "百分点",
    "百分點",
    "个工作日",
    "個工作日",
    "工作日",
    "个小时",
    "個小時",
    "小时",
    "小時",
    "分钟",
    "分鐘",
    "个月",
    "個月",
    "月份",
    "月底",
    "月初",
    "年代",
    "年度",
    "年级",
    "年級",
    "年底",
    "年初",
    "年末",
    "世纪",
    "世紀",
    "周岁",
    "周歲",
    "号线",
    "號線",
    "号楼",
];

const LATIN_UNITS: [&str; 30] = [
    "m", "m2", "m3", "m²", "m³", "mm", "cm", "dm", "km", "km2", "km²", "hm2", "ha", "kg", "g",
    "mg", "t", "L", "ml", "mL", "kW", "MW", "GW", "kWh", "GB", "TB", "MB", "h", "min", "s",
];
