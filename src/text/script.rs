//! Showing a text in Simplified or Traditional characters.

mod full_width;
mod han;
mod surnames;
mod traditional;

use std::borrow::Cow;
use std::cell::LazyCell;
use std::ops::Range;

use super::fold::fold;
use super::marks::JOINER;
pub use traditional::Forms;

/// In which script text is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Script {
    /// As the document has it.
    #[default]
    Original,
    Simplified,
    Traditional,
}

/// How text is displayed: the script, with whose forms, and whether half-width marks
/// are widened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Display {
    pub script: Script,
    /// The forms of Traditional characters.
    pub forms: Forms,
    /// Whether half-width marks in Chinese text become full-width ones, in Simplified
    /// and in Traditional text; the original keeps its own.
    pub full_width: bool,
    /// Whether joined emoji are shown one by one, for a terminal that does not join
    /// them: a selector, which takes no column either, stands for the joiner.
    pub parts_emoji: bool,
}

impl From<Script> for Display {
    fn from(script: Script) -> Self {
        Self::of(script)
    }
}

impl Display {
    /// A script with the forms of Taiwan and every mark as it is printed.
    pub const fn of(script: Script) -> Self {
        Self {
            script,
            forms: Forms::Taiwan,
            full_width: false,
            parts_emoji: false,
        }
    }

    /// Converts `text`; the result has as many characters as `text`, so that
    /// character indices stay true.
    pub fn show(self, text: &str) -> Cow<'_, str> {
        let shown = match self.script {
            Script::Original => return self.with_joiners(Cow::Borrowed(text)),
            Script::Simplified => to_simplified(text),
            Script::Traditional => show_traditional(text, self.forms),
        };
        let shown = self.with_joiners(shown);
        if self.full_width {
            let mut chars: Vec<char> = shown.chars().collect();
            full_width::widen(&mut chars);
            Cow::Owned(chars.into_iter().collect())
        } else {
            shown
        }
    }

    fn with_joiners(self, shown: Cow<'_, str>) -> Cow<'_, str> {
        if self.parts_emoji && shown.contains(JOINER) {
            Cow::Owned(shown.replace(JOINER, "\u{fe0f}"))
        } else {
            shown
        }
    }

    /// This display for text that leaves the screen, where emoji stay joined.
    pub const fn off_screen(self) -> Self {
        Self {
            parts_emoji: false,
            ..self
        }
    }

    /// This display with every mark as it is printed, for references, whose marks are
    /// those of a standard.
    pub const fn with_printed_marks(self) -> Self {
        Self {
            full_width: false,
            ..self
        }
    }
}

impl Script {
    /// The names of the scripts in settings and options, each with what is also
    /// understood.
    pub const NAMES: [(&'static str, &'static [&'static str], Self); 3] = [
        ("原", &["original"], Self::Original),
        ("简", &["simplified", "簡"], Self::Simplified),
        ("繁", &["traditional"], Self::Traditional),
    ];

    /// The script of a name.
    pub fn named(name: &str) -> Option<Self> {
        let known = Self::NAMES.iter();
        let mut named = known.filter(|(own, others, _)| *own == name || others.contains(&name));
        named.next().map(|&(.., script)| script)
    }

    /// Converts `text`; the result has as many characters as `text`, so that
    /// character indices stay true.
    ///
    /// Traditional is made word by word, so that 发展 and 头发, 公里 and 这里 each
    /// get their own character, in the forms of Taiwan. Traditional text goes by
    /// way of Simplified.
    pub fn show(self, text: &str) -> Cow<'_, str> {
        Display::from(self).show(text)
    }
}

/// The bytes of a text, in order, at which a Han word goes on. Words are those of the list
/// by which text is converted.
pub fn within_words(text: &str) -> Vec<usize> {
    bytes_of(text, traditional::within_words(&to_simplified(text)))
}

/// Returns the byte offsets, in order, that may be inside a Han word, where no row should be
/// spread. A character that occurs in no word of the list counts as one word with its
/// neighbours.
pub fn without_border(text: &str) -> Vec<usize> {
    bytes_of(text, traditional::without_border(&to_simplified(text)))
}

/// How many characters on either side say which words some are: the list has words of up to
/// four.
pub const AROUND: usize = 6;

/// The words that folded characters are cut into, as indices among them; what is no Han is
/// in none.
pub fn words(codes: &[u16]) -> Vec<Range<usize>> {
    traditional::words(codes)
}

/// Whether a run of characters begins or ends inside one of the words around it.
pub fn cuts(words: &[Range<usize>], run: &Range<usize>) -> bool {
    let is_inside = |at: usize| words.iter().any(|word| word.start < at && at < word.end);
    is_inside(run.start) || is_inside(run.end)
}

/// Whether folded characters are a word of the list.
pub fn is_word(codes: &[u16]) -> bool {
    traditional::is_word(codes)
}

/// Whether a folded character is a particle, or another word of one character that joins
/// others.
pub fn is_particle(code: u16) -> bool {
    traditional::is_particle(code)
}

/// The bytes of some characters of a text, which are in order.
fn bytes_of(text: &str, places: Vec<usize>) -> Vec<usize> {
    let mut places = places.into_iter().peekable();
    let chars = text.char_indices().enumerate();
    chars
        .filter_map(|(at, (byte, _))| places.next_if_eq(&at).map(|_| byte))
        .collect()
}

/// Shows a text in Traditional characters by way of Simplified ones, so that what was
/// converted badly character by character comes right: 沖擊鉆 is 衝擊鑽. A variant
/// of a character that is the same in both scripts stays as it is printed: 瑯.
fn show_traditional(text: &str, forms: Forms) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let simplified = to_simplified(text);
    let converted = traditional::convert(&simplified, forms);
    let all = text.chars().zip(simplified.chars()).zip(converted.chars());
    let is_variant = |c: char| VARIANTS.binary_search(&(c as u16)).is_ok();
    let shown = all.map(|((printed, simple), new)| {
        if new == simple && new != printed && is_variant(printed) {
            printed
        } else {
            new
        }
    });
    Cow::Owned(shown.collect())
}

include!(concat!(env!("OUT_DIR"), "/kept.rs"));

/// Shows a text in Simplified characters, one for one, so that it keeps its
/// length in characters; for titles, lists and data, where speed counts.
///
/// It is the fold of a search without what only a search may do: marks, width
/// and case stay, and so do characters that a text may mean as they are. 著, 乾 and 藉
/// depend on their neighbours: 著力 becomes 着力, 著名 stays; 乾隆 stays. In a text
/// without any other Traditional character 乾 is a name, unless it is dry.
pub fn to_simplified(text: &str) -> Cow<'_, str> {
    let Some((start, _)) = text.char_indices().find(|&(_, c)| may_change(c)) else {
        return Cow::Borrowed(text);
    };
    let (head, tail) = text.split_at(start);
    let mut shown = String::with_capacity(text.len());
    shown.push_str(head);
    let mut before = head.chars().next_back();
    let has_traditional = LazyCell::new(|| {
        let tells = |c: char| !"乾著藉".contains(c) && may_change(c);
        tail.chars().any(tells)
    });
    let mut chars = tail.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        shown.push(match c {
            '乾' if is_a_name(before, after, &has_traditional) => c,
            _ => simplified(before, c, after),
        });
        before = Some(c);
    }
    Cow::Owned(shown)
}

fn may_change(c: char) -> bool {
    let is_han = matches!(c, '\u{2E80}'..='\u{2FDF}' | '\u{3400}'..='\u{9FFF}');
    is_han && fold(c) != c && ("著藉".contains(c) || KEPT.binary_search(&(c as u16)).is_err())
}

fn stands_in(list: &str, c: Option<char>) -> bool {
    c.is_some_and(|c| list.contains(c))
}

fn simplified(before: Option<char>, c: char, after: Option<char>) -> char {
    match c {
        '著' if stands_in("名作者述称稱书書录錄有", after) => c,
        '著' if stands_in("显顯专專名原编編卓昭土论論巨遗遺合译譯撰", before) => {
            c
        }
        '著' => '着',
        '藉' if stands_in("助由口以此着著机機故词詞", after) || stands_in("凭憑假", before) => {
            '借'
        }
        '藉' => c,
        _ if may_change(c) => fold(c),
        _ => c,
    }
}

/// Whether 乾 is qián, a name or a sign of the Changes, not gān, dry. A name has it
/// in Simplified text as well: 乾程.
fn is_a_name<F>(
    before: Option<char>,
    after: Option<char>,
    has_traditional: &LazyCell<bool, F>,
) -> bool
where
    F: FnOnce() -> bool,
{
    if stands_in("隆坤陵清县縣元安嘉程德卦道兴興符封化祐宁寧务務健", after)
        || stands_in("康连連", before)
    {
        return true;
    }
    let is_dry = stands_in("燥淨净旱涸脆枯杯洗货貨糧粮果癟瘪冰裂", after)
        || stands_in("晒曬烘晾風风餅饼擦吹口豆腐葡萄未烤肉晶", before);
    !is_dry && !**has_traditional
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_text_is_shown_in_simplified_characters() {
        assert_eq!(to_simplified("開啟基層治理e時代"), "开启基层治理e时代");
        assert_eq!(to_simplified("爭列“瑯琊榜”"), "争列“琅琊榜”");
    }

    #[test]
    fn simplified_text_is_borrowed() {
        for text in ["什么都在这里，覆盖面", "BIM（建筑信息模型）", ""] {
            assert!(matches!(to_simplified(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn marks_width_and_case_stay() {
        assert_eq!(to_simplified("《臺Ａ》　“網＋”"), "《台Ａ》　“网＋”");
    }

    #[test]
    fn a_character_that_the_text_may_mean_stays() {
        assert_eq!(
            to_simplified("著名、顯著、著力、跟著"),
            "著名、显著、着力、跟着"
        );
        assert_eq!(to_simplified("乾隆與乾燥"), "乾隆与干燥");
        assert_eq!(to_simplified("乾程科技"), "乾程科技");
        assert_eq!(
            to_simplified("由乾程科技搭建餅乾廠"),
            "由乾程科技搭建饼干厂"
        );
        assert_eq!(to_simplified("李乾的公司"), "李乾的公司");
        assert_eq!(to_simplified("藉助與蘊藉"), "借助与蕴藉");
        assert_eq!(to_simplified("瞭望與覆蓋"), "瞭望与覆盖");
    }
}

#[cfg(test)]
mod show_tests {
    use super::*;

    #[track_caller]
    fn check(original: &str, traditional: &str) {
        assert_eq!(Script::Traditional.show(original), traditional);
    }

    #[test]
    fn phrases_decide_between_traditional_characters() {
        check("发展", "發展");
        check("头发", "頭髮");
        check("干部", "幹部");
        check("干净", "乾淨");
        check("干预", "干預");
        check("面条", "麵條");
        check("方面", "方面");
        check("以后", "以後");
        check("皇后", "皇后");
        check("里程", "里程");
        check("公里", "公里");
        check("这里", "這裡");
        check("台风", "颱風");
        check("复杂", "複雜");
        check("恢复", "恢復");
        check("系统", "系統");
        check("联系", "聯繫");
        check("准备", "準備");
        check("批准", "批准");
        check("制造", "製造");
        check("制度", "制度");
    }

    #[test]
    fn sentences_of_the_documents_are_converted() {
        check(
            "首先，通过“随手拍”举报效果分析后发现",
            "首先，通過“隨手拍”舉報效果分析後發現",
        );
        check(
            "崂山区全区陆域面积395.8平方公里，海域面积3700平方公里",
            "嶗山區全區陸域面積395.8平方公里，海域面積3700平方公里",
        );
    }

    #[test]
    fn what_is_traditional_stays_and_still_tells_the_phrase() {
        check("頭髮", "頭髮");
        check("乾程科技", "乾程科技");
        check("萬里", "萬里");
        check("以后開展", "以後開展");
        check("干部充實到試驗基地", "幹部充實到試驗基地");
    }

    #[test]
    fn half_width_marks_are_widened_if_asked_and_never_in_the_original() {
        let show = |script, full_width| {
            let display = Display {
                full_width,
                ..Display::from(script)
            };
            display.show("發展,創新(試點)").into_owned()
        };
        assert_eq!(show(Script::Simplified, true), "发展，创新（试点）");
        assert_eq!(show(Script::Traditional, true), "發展，創新（試點）");
        assert_eq!(show(Script::Simplified, false), "发展,创新(试点)");
        assert_eq!(show(Script::Original, true), "發展,創新(試點)");
    }

    #[test]
    fn joined_emoji_are_shown_one_by_one_if_asked() {
        use crate::text::width::{Ambiguous, of_str};
        let text = "家庭👩\u{200d}👧";
        for script in [Script::Original, Script::Simplified, Script::Traditional] {
            let joined = Display::from(script);
            let parted = Display {
                parts_emoji: true,
                ..joined
            };
            assert_eq!(joined.show(text), text);
            let shown = parted.show(text).into_owned();
            assert_eq!(shown.chars().count(), text.chars().count());
            assert_eq!(
                of_str(&shown, Ambiguous::Narrow),
                8,
                "each takes two columns"
            );
            assert_eq!(parted.off_screen().show(text), text);
        }
    }

    #[test]
    fn the_original_is_left_as_it_is() {
        let text = "區(qū)域 发展";
        assert_eq!(Script::Original.show(text), text);
    }

    #[test]
    fn latin_text_is_left_as_it_is() {
        for script in [Script::Simplified, Script::Traditional] {
            assert_eq!(script.show("COSMOPlat, G2B 5G+"), "COSMOPlat, G2B 5G+");
        }
    }

    const SEEDS: [&str; 5] = [
        include_str!("../../seeds/000_c8df632cfb2d134d.txt"),
        include_str!("../../seeds/001_6ec06563744fe9af.txt"),
        include_str!("../../seeds/002_480a3b4aff1897ca.txt"),
        include_str!("../../seeds/003_e708e3f89c99b752.txt"),
        include_str!("../../seeds/004_860cbca26c24b5e4.txt"),
    ];

    #[test]
    fn every_line_of_the_seeds_keeps_its_number_of_characters() {
        for script in [Script::Original, Script::Simplified, Script::Traditional] {
            for line in SEEDS.into_iter().flat_map(str::lines) {
                assert_eq!(script.show(line).chars().count(), line.chars().count());
            }
        }
    }

    #[test]
    fn words_are_not_sought_over_the_borders_of_others() {
        for (original, traditional) in [
            ("街长发现问题，不断发展", "街長發現問題，不斷發展"),
            ("更加注重协同，首个中德园区", "更加注重協同，首個中德園區"),
            ("集中签约院士，安监系统", "集中簽約院士，安監系統"),
            (
                "国家制造业，分配制度，机构编制",
                "國家製造業，分配制度，機構編制",
            ),
            (
                "工作准入，标准入选，批准入库",
                "工作准入，標準入選，批准入庫",
            ),
            ("抽查复算，两三个周完成", "抽查複算，兩三個週完成"),
            ("若干法规，干法厌氧", "若干法規，乾法厭氧"),
            ("局限性，布局限制", "局限性，佈局限制"),
            ("腾空后土地，土地组卷上报", "騰空後土地，土地組卷上報"),
            ("一百年历史工程", "一百年歷史工程"),
            ("日托室，今日托管", "日托室，今日託管"),
            ("体育锻炼，获得点赞", "體育鍛鍊，獲得點讚"),
        ] {
            check(original, traditional);
        }
    }

    #[test]
    fn names_keep_their_characters() {
        check("老街里院，这里院子", "老街里院，這裡院子");
        check("李哥庄镇与蓝谷", "李哥莊鎮與藍谷");
        check("广德里、和平里", "廣德里、和平里");
        check("同兴里社区", "同興里社區");
        check("“瑯琊榜”", "“瑯琊榜”");
    }

    #[test]
    fn surnames_before_titles_keep_their_characters() {
        check("余主任、范局长与涂女士", "余主任、范局長與涂女士");
        check("朴先生问范副局长", "朴先生問范副局長");
        check("于教授，归功于教授", "于教授，歸功於教授");
        check("其余教师，十余教授", "其餘教師，十餘教授");
        check("示范校长，规范范围", "示範校長，規範範圍");
        check("喷涂主管线，旅游局长", "噴塗主管線，旅遊局長");
    }

    #[test]
    fn a_platform_in_the_wind_is_no_typhoon() {
        check("站台风大，台风大作", "站臺風大，颱風大作");
        check("车站台风预警，签批与审签", "車站颱風預警，簽批與審簽");
    }

    #[test]
    fn a_character_alone_is_decided_by_its_neighbours() {
        check("15只基金，养鸡3只。", "15隻基金，養雞3隻。");
        check("占比只有5%，只跑一次", "佔比只有5%，只跑一次");
        check("冲、焊、涂、总装，冲压车间", "沖、焊、塗、總裝，沖壓車間");
        check("消费冲突，敢打敢冲", "消費衝突，敢打敢衝");
        check("本项目系国内首创", "本項目係國內首創");
        check("高校系、企业系", "高校系、企業系");
        check("海外系四大平台，物理系主任", "海外系四大平臺，物理系主任");
    }

    #[test]
    fn what_is_forbidden_is_not_inexact() {
        check("未经批准不准施工，不准入内", "未經批准不准施工，不准入內");
        check("执行“五个不准”的规定", "執行“五個不准”的規定");
        check("计量不准、底数不准。", "計量不準、底數不準。");
        check(
            "识别不准的问题，定位不准导致",
            "識別不準的問題，定位不準導致",
        );
        check(
            "产品不多、服务不准向多部门联动转变",
            "產品不多、服務不準向多部門聯動轉變",
        );
        check("不准确，不准时", "不準確，不準時");
    }

    #[test]
    fn a_counter_ends_a_clause_and_an_adverb_does_not() {
        check("鸡鸭三千余只。新增渔船只，", "雞鴨三千餘隻。新增漁船隻，");
        check("不只，只争朝夕", "不只，只爭朝夕");
    }

    #[test]
    fn words_of_official_texts_keep_their_characters_beside_others() {
        for (original, traditional) in [
            (
                "自制教具，各自制定，自制度实施以来",
                "自製教具，各自制定，自制度實施以來",
            ),
            (
                "源头发力，龙头发展，街头发放",
                "源頭發力，龍頭發展，街頭發放",
            ),
            (
                "有关系统，海关系统，骨干系统",
                "有關系統，海關系統，骨幹系統",
            ),
            (
                "批准备案，核准备案，标准备案",
                "批准備案，核准備案，標準備案",
            ),
            (
                "关注销售，关注解决，注销登记",
                "關注銷售，關注解決，註銷登記",
            ),
            (
                "机制造成，法制作用，抑制药物",
                "機制造成，法制作用，抑制藥物",
            ),
            (
                "方面包括，地面粉尘，表面粉刷",
                "方面包括，地面粉塵，表面粉刷",
            ),
            (
                "平台风险，舞台风格，防范台风",
                "平臺風險，舞臺風格，防範颱風",
            ),
            ("办理发证，代理发行，理发店", "辦理發證，代理發行，理髮店"),
            (
                "巡回审判，放松管制，合作伙伴",
                "巡迴審判，放鬆管制，合作夥伴",
            ),
            ("面向往来旅客，向导游提供", "面向往來旅客，向導遊提供"),
            ("发卡银行，党委托底", "發卡銀行，黨委托底"),
        ] {
            check(original, traditional);
        }
    }

    #[test]
    fn traditional_text_made_character_by_character_comes_right() {
        check("沖擊鉆與自閉癥", "衝擊鑽與自閉症");
        check("防范臺風，標桿", "防範颱風，標杆");
        check("土地凈收益，干部", "土地淨收益，幹部");
        check("依托老建筑", "依託老建築");
    }

    #[test]
    fn each_region_has_its_own_forms() {
        let shown = |forms| show_traditional("这里的群众为污水着力", forms);
        assert_eq!(shown(Forms::Taiwan), "這裡的群眾為汙水著力");
        assert_eq!(shown(Forms::HongKong), "這裏的羣眾為污水着力");
        assert_eq!(shown(Forms::OpenCc), "這裏的羣衆爲污水着力");
        let shown = |forms| show_traditional("汇报词汇汇编", forms);
        assert_eq!(shown(Forms::Taiwan), "彙報詞彙彙編");
        assert_eq!(shown(Forms::HongKong), "匯報詞彙彙編");
    }

    #[test]
    fn what_is_shown_is_what_a_search_finds() {
        use crate::text::fold::codes;
        for line in SEEDS.into_iter().flat_map(str::lines) {
            for forms in [Forms::Taiwan, Forms::HongKong, Forms::OpenCc] {
                assert_eq!(codes(&show_traditional(line, forms)), codes(line), "{line}");
            }
            assert_eq!(codes(&to_simplified(line)), codes(line));
        }
    }
}
