//! Names of people and villages in Simplified text whose surname is not written in
//! Traditional text as the word is that has the same character: 范 beside 範.
//!
//! A character alone does not tell: 范, 余 and 于 are words or parts of words far more
//! often. It is a surname where a sign of a person stands around it (a title behind the
//! name or before it, 某, 氏, an appointment, a list of names), and where what follows
//! can be a name. No word of the dictionary may take it for itself: 范围, 由于.

use std::collections::BTreeSet;
use std::ops::Range;

use super::han::{NUMERALS, is_han, starts_with_word};

/// The characters of a text that are surnames, or begin the name of a village after a
/// family, and keep their form. `words` are the words on the best path.
pub(super) fn surnames(text: &[char], words: &[Range<usize>]) -> Vec<usize> {
    let candidates = || (0..text.len()).filter(|&at| SURNAMES.contains(text[at]));
    if candidates().next().is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut names: BTreeSet<&[char]> = BTreeSet::new();
    for at in candidates() {
        let place = Place { text, words, at };
        let Some(given) = place.person() else {
            if place.is_village() {
                found.push(at);
            }
            continue;
        };
        found.push(at);
        if given == 2 {
            names.insert(&text[at..at + 3]);
        }
    }
    // Who was once named with a title is the same person without.
    let again = candidates().filter(|&at| {
        text.get(at..at + 3)
            .is_some_and(|name| names.contains(name))
    });
    found.extend(again);
    found
}

/// A character that may be a surname, in its text.
struct Place<'a> {
    text: &'a [char],
    words: &'a [Range<usize>],
    at: usize,
}

impl Place<'_> {
    fn before(&self) -> &[char] {
        &self.text[..self.at]
    }

    fn after(&self) -> &[char] {
        &self.text[self.at + 1..]
    }

    /// How many characters the given name has if this is a person: none before a title.
    fn person(&self) -> Option<usize> {
        if self.is_counted() {
            return None;
        }
        if self.ends_word() {
            return self.takes_from_word().then_some(2);
        }
        let is_by_sign = || {
            let nameless = self.after();
            let some_kind = |c: &&char| "一个些种项条处地方年月日天".contains(**c);
            match nameless {
                ['某', '某', ..] => true,
                ['某', rest @ ..] => rest.first().filter(some_kind).is_none() && self.may_stand(),
                ['氏', ..] => self.may_stand(),
                _ => is_title(nameless) && self.may_stand(),
            }
        };
        if self.is_free(0) && is_by_sign() {
            return Some(0);
        }
        [2, 1].into_iter().find(|&given| self.is_named(given))
    }

    /// Whether a name with this many characters after the surname is here.
    fn is_named(&self, given: usize) -> bool {
        let Some(name) = self.after().get(..given) else {
            return false;
        };
        if !name.iter().all(|&c| is_han(c)) || !self.is_free(given) {
            return false;
        }
        let behind = &self.after()[given..];
        let usual = name.iter().all(|&c| GIVEN.contains(c));
        let many_meanings = OF_MANY_MEANINGS.contains(self.text[self.at]);
        let named = usual || !many_meanings && !name.iter().any(|&c| NEVER_GIVEN.contains(c));
        let ends = ends_name(behind);
        let has_title = is_title(behind) || starts_with_word(behind, "氏");
        let role = self.follows_role();
        let alone = !self.before().last().is_some_and(|&c| is_han(c));
        named && has_title && (usual || given == 2) && self.may_stand()
            || role
                && (usual && (given == 2 && !many_meanings || ends) || named && ends && given == 2)
            || usual && self.is_in_list(behind)
            || usual && alone && given == 2 && ends
    }

    /// Whether no word takes the surname together with what is no name. A word of three
    /// characters that could be a name is one: 于海生.
    fn is_free(&self, given: usize) -> bool {
        let word = self.word();
        word.len() == 1
            || word.start == self.at && {
                let rest = &self.text[self.at + 1..word.end];
                let may_be_name = word.len() == 3 || self.text[self.at] == '范';
                may_be_name && rest.len() <= given && rest.iter().all(|&c| GIVEN.contains(c))
            }
    }

    /// 对于海涛局长, 由于海涛书记带队: a word ends with the surname. It gives it away where
    /// what is left of it is a word by itself, as 关 of 关于 is not, and where what follows
    /// is a given name and a title, but no word (对于学生老师) and no name already
    /// (对于林伟局长).
    fn takes_from_word(&self) -> bool {
        let [name @ .., _] = self.after().get(..3).unwrap_or_default() else {
            return false;
        };
        let behind = &self.after()[2..];
        let is_name = name.iter().all(|&c| GIVEN.contains(c)) && !FAMILIES.contains(name[0]);
        let in_parts = |word: &Range<usize>| word.end <= self.at + 2 || self.at + 2 <= word.start;
        let before = self.before();
        let is_word_left = matches!(before, [.., c] if "对由在与和向".contains(*c));
        self.word().len() == 2
            && is_word_left
            && is_name
            && is_title(behind)
            && self.words.iter().all(in_parts)
    }

    fn ends_word(&self) -> bool {
        self.word().start < self.at
    }

    fn word(&self) -> Range<usize> {
        let next = self.words.partition_point(|word| word.end <= self.at);
        self.words
            .get(next)
            .map_or(self.at..self.at + 1, Clone::clone)
    }

    /// 十余教师, 30余家企业: the character counts.
    fn is_counted(&self) -> bool {
        let last = self.before().last();
        last.is_some_and(|&c| c.is_ascii_digit() || NUMERALS.contains(c) || "亿〇○".contains(c))
    }

    /// Whether a person may begin here. 于 in the middle of a sentence is the preposition,
    /// and the others of many meanings are what they usually are.
    fn may_stand(&self) -> bool {
        !OF_MANY_MEANINGS.contains(self.text[self.at])
            || !self
                .before()
                .last()
                .is_some_and(|&c| is_han(c) && !"对向与和由是请让给被及".contains(c))
            || self.follows_role()
    }

    /// 局长范建国, 记者 范明, 任命于海波.
    fn follows_role(&self) -> bool {
        let mut before = self.before();
        while let [rest @ .., ' ' | '\u{3000}' | '：' | ':'] = before {
            before = rest;
        }
        let mut signs = TITLES.iter().chain(&BEFORE_NAMES);
        signs.any(|sign| ends_with_word(before, sign))
    }

    /// Whether the name is one of those that 、 parts: 任命于海波为市长、余杰、范伟民.
    fn is_in_list(&self, behind: &[char]) -> bool {
        let last = self.before().last().copied();
        let begins = last.is_none_or(|c| !is_han(c));
        begins && ends_name(behind) && (last == Some('、') || behind.first() == Some(&'、'))
    }

    /// 余家村, 于家埠.
    fn is_village(&self) -> bool {
        let free = self.word().len() == 1 || self.word() == (self.at..self.at + 2);
        let named = matches!(self.after(), ['家', kind, ..] if VILLAGES.contains(*kind));
        free && named && !self.is_counted()
    }
}

fn is_title(text: &[char]) -> bool {
    let prefixes = ["常务副", "副", "原", "总", ""];
    prefixes.iter().any(|prefix| {
        starts_with_word(text, prefix) && {
            let title = &text[prefix.chars().count()..];
            let found = TITLES.iter().find(|word| starts_with_word(title, word));
            // 主任会议 is a body and 校长办公会 a meeting.
            found.is_some_and(|word| {
                let behind = &title[word.chars().count()..];
                !["会议", "办公", "信箱", "热线", "接待"]
                    .iter()
                    .any(|word| starts_with_word(behind, word))
            })
        }
    })
}

/// Whether a name may end here: before what is no Han, a verb of speech, a title, a word
/// that joins.
fn ends_name(behind: &[char]) -> bool {
    behind.first().is_none_or(|&c| !is_han(c))
        || is_title(behind)
        || BEHIND_NAMES
            .iter()
            .any(|word| starts_with_word(behind, word))
}

fn ends_with_word(text: &[char], word: &str) -> bool {
    word.chars()
        .rev()
        .eq(text.iter().rev().copied().take(word.chars().count()))
}

/// Surnames that are not written as the word usually is that Simplified text has for them:
/// 余 and 餘, 范 and 範.
const SURNAMES: &str = "余范涂朴于郁游岳干后台党";
/// Those that are so often something else that only usual given names follow them.
const OF_MANY_MEANINGS: &str = "于干后台党游";

/// Characters that follow 家 in the name of a village.
const VILLAGES: &str = "村庄埠屯店沟台寨河岛堡湾坝坡岭山洼泊集塘桥营坊垭坪畈圩墩嘴滩峪疃夼";

const BEHIND_NAMES: [&str; 28] = [
    "说", "表示", "介绍", "告诉", "认为", "指出", "强调", "感慨", "坦言", "回忆", "带领", "带着",
    "主持", "作了", "出席", "参加", "担任", "任", "为", "等", "和", "与", "及", "在", "的", "是",
    "率", "一行",
];

/// What else a name follows without anything between: 原告余某, 任命于海波; and 长, which ends
/// the titles of more offices than are listed.
const BEFORE_NAMES: [&str; 24] = [
    "长",
    "记者",
    "通讯员",
    "原告",
    "被告",
    "被告人",
    "第三人",
    "申请人",
    "市民",
    "村民",
    "居民",
    "业主",
    "店主",
    "代表",
    "代表人",
    "负责人",
    "联系人",
    "当事人",
    "嫌疑人",
    "党员",
    "网格员",
    "任命",
    "免去",
    "作者",
];

/// Characters that are no part of a given name, and begin what a sentence goes on with.
const NEVER_GIVEN: &str =
    "的了在和与为是对从将把被以及等并也都不已向到由或而就其该这那上下有个名位人们件项元度";

/// The usual characters of given names.
const GIVEN: &str = "伟丽霞建国志强海涛波晓东明华民芳娜敏静秀英杰军勇刚平辉鹏斌超磊洋艳燕玲娟兰凤珍梅莉红桂春荣\
香月云琴萍雪琳晶妍茜珊莎锦青倩婷宁蓓琼瑞瑶怡婵雁蓉蕾薇菁梦岚昕馨玉莹琰卿希欣飘育柔竹霭凝纯悦昭冰爽琬羽\
彤彬翰朗伯宏言若鸣朋梁栋维启克伦翔旭泽晨辰士以致树炎德行泰盛雄琛钧冠策腾榕风航弘毅俊峰健世义兴良贵福\
龙元全学祥才发武新利清飞富顺信子昌成康星天达安岩中茂进林有坚和彪博诚先敬震振壮思群豪心邦承乐绍功松善厚\
庆裕贤友仁生文胜浩亮政谦亨奇固之轮佳嘉慧巧美惠珠翠雅芝娣叶璧璐勤贞洁";

/// Those of them that are so often surnames that a name may begin with them.
const FAMILIES: &str = "林梁叶康龙安成武";

/// Titles of people, before or after a name.
const TITLES: [&str; 72] = [
    "主任",
    "书记",
    "支书",
    "局长",
    "处长",
    "科长",
    "股长",
    "所长",
    "站长",
    "队长",
    "院长",
    "校长",
    "园长",
    "县长",
    "市长",
    "区长",
    "省长",
    "州长",
    "部长",
    "厅长",
    "司长",
    "镇长",
    "乡长",
    "村长",
    "会长",
    "组长",
    "班长",
    "社长",
    "行长",
    "馆长",
    "厂长",
    "店长",
    "街长",
    "路长",
    "河长",
    "理事长",
    "董事长",
    "秘书长",
    "审判长",
    "总经理",
    "经理",
    "总监",
    "总裁",
    "主席",
    "主管",
    "先生",
    "女士",
    "小姐",
    "太太",
    "老师",
    "教授",
    "院士",
    "博士",
    "医生",
    "大夫",
    "律师",
    "法官",
    "检察官",
    "警官",
    "民警",
    "审判员",
    "书记员",
    "工程师",
    "师傅",
    "同志",
    "大爷",
    "大妈",
    "大娘",
    "大姐",
    "阿姨",
    "老板",
    "委员",
];

#[cfg(test)]
mod tests {
    use super::super::Script;

    #[track_caller]
    fn check(pairs: &[(&str, &str)]) {
        let wrong =
            |&&(original, expected): &&(&str, &str)| Script::Traditional.show(original) != expected;
        let wrong = pairs.iter().filter(wrong);
        let shown: Vec<String> = wrong
            .map(|(original, expected)| {
                format!("{} for {expected}", Script::Traditional.show(original))
            })
            .collect();
        assert!(shown.is_empty(), "{shown:#?}");
    }

    #[test]
    fn people_keep_their_surnames() {
        check(&[
            ("范丽霞副主任介绍", "范麗霞副主任介紹"),
            ("范建国同志任组长", "范建國同志任組長"),
            ("局长范建国表示", "局長范建國表示"),
            ("区委书记范伟主持会议", "區委書記范偉主持會議"),
            ("范氏家族与余氏宗祠", "范氏家族與余氏宗祠"),
            ("余海涛主任带队", "余海濤主任帶隊"),
            ("于晓东区长到场", "于曉東區長到場"),
            ("涂建华镇长说", "涂建華鎮長說"),
            ("由副市长郁建新书记牵头", "由副市長郁建新書記牽頭"),
            ("游志强", "游志強"),
            ("干志强处长", "干志強處長"),
            (
                "任命于海波为市长、余杰、范伟民为副市长",
                "任命于海波為市長、余傑、范偉民為副市長",
            ),
            ("原告余某、被告于某、余某某", "原告余某、被告于某、余某某"),
            ("记者 范明", "記者 范明"),
            ("通讯员：于晓明", "通訊員：于曉明"),
            ("市民于先生反映", "市民于先生反映"),
            ("业主范女士、余女士", "業主范女士、余女士"),
            ("范志强局长在余家村调研", "范志強局長在余家村調研"),
            ("于家埠村、余家村", "于家埠村、余家村"),
            ("市长范志毅、于海生", "市長范志毅、于海生"),
            ("范丽霞主任说，范丽霞常来", "范麗霞主任說，范麗霞常來"),
            ("委员于建国，代表涂强", "委員于建國，代表涂強"),
            ("钟志华院士", "鍾志華院士"),
            ("叶志强书记", "葉志強書記"),
            ("对于海涛局长的任命", "對于海濤局長的任命"),
            ("由于晓辉副局长牵头", "由于曉輝副局長牽頭"),
            ("会上对于丽霞同志予以表彰", "會上對于麗霞同志予以表彰"),
        ]);
    }

    #[test]
    fn words_with_the_same_characters_are_converted() {
        check(&[
            ("于是，余下的范围", "於是，餘下的範圍"),
            ("游客与干部", "遊客與幹部"),
            ("由于海洋资源丰富", "由於海洋資源豐富"),
            (
                "关于海水淡化，对于建国初期的档案",
                "關於海水淡化，對於建國初期的檔案",
            ),
            ("位于东海路", "位於東海路"),
            ("记者于2020年采访", "記者於2020年採訪"),
            ("局长于去年到任", "局長於去年到任"),
            ("书记于3月5日主持", "書記於3月5日主持"),
            ("主任干部制度", "主任幹部制度"),
            ("干部处长与干部队长", "幹部處長與幹部隊長"),
            ("后任局长，后勤主任", "後任局長，後勤主任"),
            ("台下老师，台上主席", "臺下老師，臺上主席"),
            ("十余名老师、30余位主任", "十餘名老師、30餘位主任"),
            ("百余家村镇银行", "百餘家村鎮銀行"),
            ("服务于家庭，源于家乡", "服務於家庭，源於家鄉"),
            ("发生于某地、处于某种状态", "發生於某地、處於某種狀態"),
            ("规范主任职责，示范校长", "規範主任職責，示範校長"),
            ("余热、余粮、余波", "餘熱、餘糧、餘波"),
            ("涂料、涂层、粉刷", "塗料、塗層、粉刷"),
            ("干粉、干货、干红", "乾粉、乾貨、乾紅"),
            ("由代表于主任会议召开前提出", "由代表於主任會議召開前提出"),
            ("负责人于当日到达", "負責人於當日到達"),
            ("原告于庭审后撤诉", "原告於庭審後撤訴"),
            ("校长后续工作，书记台账", "校長後續工作，書記臺賬"),
            ("党建国家标准，党员代表", "黨建國家標準，黨員代表"),
            ("郁郁葱葱，忧郁", "鬱鬱蔥蔥，憂鬱"),
            ("游览区长廊", "遊覽區長廊"),
            ("市民游园，老师范例", "市民遊園，老師範例"),
            ("代表团干事，委员干劲", "代表團幹事，委員幹勁"),
            ("业余教师，课余老师", "業餘教師，課餘老師"),
            (
                "忠于职守，敢于担当，善于创新",
                "忠於職守，敢於擔當，善於創新",
            ),
            ("归功于教授", "歸功於教授"),
            ("由市长于年底前完成", "由市長於年底前完成"),
            ("队员干活，民警干净", "隊員幹活，民警乾淨"),
            ("对于学生老师要关心", "對於學生老師要關心"),
            ("关于海涛局长的任命", "關於海濤局長的任命"),
            ("由于林伟局长出差", "由於林偉局長出差"),
            ("对于安全主任的要求", "對於安全主任的要求"),
            ("对于新局长，由于老主任", "對於新局長，由於老主任"),
            ("对于英文老师、华文老师", "對於英文老師、華文老師"),
            ("对于新生老师、对于民生委员", "對於新生老師、對於民生委員"),
        ]);
    }

    #[test]
    fn words_of_meters_plays_and_firms() {
        check(&[
            ("政策一出，群众叫好", "政策一出，群眾叫好"),
            ("看了一出戏", "看了一齣戲"),
            ("里岔镇、里口山、里院", "里岔鎮、里口山、里院"),
            ("这里岔路口多", "這裡岔路口多"),
            ("干散货码头", "乾散貨碼頭"),
            ("当当网开售", "當當網開售"),
            ("台端", "台端"),
            (
                "水表、电表、气表、热表、电能表",
                "水錶、電錶、氣錶、熱錶、電能錶",
            ),
            (
                "表格、报表、年表，大气表面，水表面",
                "表格、報表、年表，大氣表面，水表面",
            ),
        ]);
    }
}
