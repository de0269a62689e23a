//! Reading the settings file: every mistake at once, each with its line.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{
    Area, Band, Blind, Category, Conflict, Criterion, Discussion, Entry, Juror, LISTED, Mean,
    Mistake, Published, Quota, Round, Values, With, fingerprint,
};
use crate::jury::broken;
use crate::jury::exact::Points;
use crate::language::Sentence;
use crate::nearest::{is_slip, nearest};

/// The most jurors, criteria, bands or conflicts of a round: far above what a panel
/// has, and few enough that a wrong file takes no time.
const MOST_ROWS: usize = 99;

/// Of a table with at most so many keys all are named where one is wrong.
const FEW_KEYS: usize = 4;

/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

/// Steps that are usual, the largest first; the last goes into every number of points.
const STEPS: [&str; 13] = [
    "50", "25", "20", "10", "5", "2.5", "2", "1", "0.5", "0.25", "0.1", "0.01", "0.0001",
];

pub(super) fn read(toml: &str) -> Result<Round, Vec<Mistake>> {
    let (table, errors) = DeTable::parse_recoverable(toml);
    let mut reader = Reader {
        toml,
        mistakes: Vec::new(),
        unit_unknown: false,
    };
    for error in &errors {
        let why = broken::toml(error.message());
        let what = Sentence::new(
            format!("不符合 TOML 语法（{}）", why.chinese()),
            format!("invalid TOML: {}", why.english()),
        );
        reader.add(error.span().unwrap_or_default(), what);
    }
    if !errors.is_empty() {
        return Err(reader.mistakes);
    }
    let file = Table {
        name: String::new(),
        keys: table.get_ref(),
        span: 0..0,
    };
    let mut round = reader.round(&file);
    let mut content = String::new();
    write_table(table.get_ref(), &mut content);
    round.settings = fingerprint(content.as_bytes());
    name_values("", table.get_ref(), &mut round.values);
    reader.mistakes.sort_by_key(|mistake| mistake.line);
    if reader.mistakes.is_empty() {
        Ok(round)
    } else {
        Err(reader.mistakes)
    }
}

/// A table of the file: how it is named to the reader, its keys, and where it is.
struct Table<'a> {
    name: String,
    keys: &'a DeTable<'a>,
    span: Range<usize>,
}

type Value<'a> = Spanned<DeValue<'a>>;

struct Reader<'a> {
    toml: &'a str,
    mistakes: Vec<Mistake>,
    /// Whether the unit of the scores is unknown because `entry` is wrong.
    unit_unknown: bool,
}

impl Reader<'_> {
    fn add(&mut self, at: Range<usize>, what: Sentence) {
        let line = self.line(&at);
        self.mistakes.push(Mistake { line, what });
    }

    /// The line of a place, from 1.
    fn line(&self, at: &Range<usize>) -> u32 {
        let before = &self.toml.as_bytes()[..at.start.min(self.toml.len())];
        1 + before.iter().filter(|&&b| b == b'\n').count() as u32
    }

    /// A value that is not what `expected` says, Chinese and English.
    fn wrong(&mut self, key: &str, value: &Value<'_>, expected: (&str, &str)) {
        let given = shown(value.get_ref());
        let what = Sentence::new(
            format!("{key} 不能是 {given}，应为{}", expected.0),
            format!("{key} cannot be {given}; expected {}", expected.1),
        );
        self.add(value.span(), what);
    }

    fn known(&mut self, table: &Table<'_>, known: &[&str]) {
        for (key, _) in table.keys.iter() {
            let name: &DeString<'_> = key.get_ref();
            if known.contains(&name.as_ref()) {
                continue;
            }
            let near = nearest(name, known.iter().copied(), 1).join("");
            let (mut near_chinese, mut near_english) = (
                format!("最接近的是 {near}"),
                format!("the nearest is {near}"),
            );
            if known.len() <= FEW_KEYS && !is_slip(name, &near) {
                near_chinese = format!("可写 {}", known.join("、"));
                near_english = format!("there are {}", known.join(", "));
            }
            let (chinese, english) = match table.name.as_str() {
                "" => ("评审设置", "a round"),
                name => (name, name),
            };
            let what = Sentence::new(
                format!("{chinese} 没有 {name} 这一项，{near_chinese}"),
                format!("{english} has no setting {name}; {near_english}"),
            );
            self.add(key.span(), what);
        }
    }

    fn missing(&mut self, table: &Table<'_>, key: &str, right: &str) {
        let head = &table.name;
        let what = Sentence::new(
            format!("{head} 缺少 {key}，例如 {right}")
                .trim_start()
                .to_owned(),
            format!("{head} needs {key}, such as {right}")
                .trim_start()
                .to_owned(),
        );
        self.add(table.span.clone(), what);
    }

    fn text(&mut self, table: &Table<'_>, key: &str) -> String {
        match table.keys.get(key) {
            None => String::new(),
            Some(value) => match value.get_ref() {
                DeValue::String(text) => text.trim().to_owned(),
                _ => {
                    self.wrong(key, value, ("加引号的文字", "a text in quotation marks"));
                    String::new()
                }
            },
        }
    }

    /// A text that must be there and fit on a paper.
    fn name(&mut self, table: &Table<'_>, key: &str, example: &str) -> String {
        let name = self.text(table, key);
        let Some(value) = table.keys.get(key) else {
            self.missing(table, key, example);
            return name;
        };
        let control = name.chars().any(crate::text::gate::denied) || name.contains(['\n', '\t']);
        let is_text = matches!(value.get_ref(), DeValue::String(_));
        if is_text && (name.is_empty() || control || name.chars().count() > LONGEST_NAME) {
            let chinese = format!("1 到 {LONGEST_NAME} 个字的一行文字");
            let english = format!("one line of 1 to {LONGEST_NAME} characters");
            self.wrong(key, value, (&chinese, &english));
        }
        name
    }

    fn word<T: Copy>(&mut self, table: &Table<'_>, key: &str, words: &[(&str, T)]) -> T {
        let Some(value) = table.keys.get(key) else {
            return words[0].1;
        };
        let given = value.get_ref().as_str();
        match words.iter().find(|(word, _)| Some(*word) == given) {
            Some(&(_, known)) => known,
            None => {
                let all: Vec<&str> = words.iter().map(|&(word, _)| word).collect();
                let all = all.join(" | ");
                self.wrong(key, value, (&format!(" {all}"), &all));
                words[0].1
            }
        }
    }

    /// A number from `least` to `most`.
    fn points(
        &mut self,
        table: &Table<'_>,
        key: &str,
        (least, most): (&str, &str),
        default: Option<Points>,
    ) -> Points {
        let Some(value) = table.keys.get(key) else {
            if default.is_none() {
                self.missing(table, key, &format!("{key} = {most}"));
            }
            return default.unwrap_or_default();
        };
        let bound = |text| Points::parse(text).expect("a bound is a decimal");
        let given = number(value.get_ref());
        match given.filter(|given| (bound(least)..=bound(most)).contains(given)) {
            Some(points) => points,
            None => {
                let chinese = format!(" {least} 到 {most} 的数，至多四位小数");
                let english =
                    format!("a number from {least} to {most}, with at most four decimals");
                self.wrong(key, value, (&chinese, &english));
                default.unwrap_or_default()
            }
        }
    }

    fn tables<'a>(&mut self, table: &Table<'a>, key: &str, name: &'static str) -> Vec<Table<'a>> {
        let Some(value) = table.keys.get(key) else {
            return Vec::new();
        };
        let expected = (
            format!("写作 {name} 的表"),
            format!("tables written {name}"),
        );
        let expected = (&*expected.0, &*expected.1);
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, value, expected);
            return Vec::new();
        };
        if items.len() > MOST_ROWS {
            let what = Sentence::new(
                format!("{key} 有 {} 项，至多 {MOST_ROWS} 项", items.len()),
                format!("{key} has {} entries; at most {MOST_ROWS}", items.len()),
            );
            self.add(value.span(), what);
            return Vec::new();
        }
        let mut tables = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(keys) => tables.push(Table {
                    name: name.to_owned(),
                    keys,
                    span: item.span(),
                }),
                _ => self.wrong(key, item, expected),
            }
        }
        tables
    }

    fn texts<'a>(&mut self, table: &Table<'a>, key: &str) -> Vec<(String, &'a Value<'a>)> {
        let Some(value) = table.keys.get(key) else {
            return Vec::new();
        };
        let expected = ("加引号的文字列表", "a list of texts in quotation marks");
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(key, value, expected);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            match item.get_ref() {
                DeValue::String(text) => texts.push((text.trim().to_owned(), item)),
                _ => self.wrong(key, item, expected),
            }
        }
        texts
    }

    fn round(&mut self, file: &Table<'_>) -> Round {
        self.known(file, &KEYS);
        let entry = [("points", Entry::Points), ("percent", Entry::Percent)];
        let discussion = [
            ("between", Discussion::Between),
            ("before", Discussion::Before),
            ("none", Discussion::None),
        ];
        let blind = [
            ("none", Blind::None),
            ("labels", Blind::Labels),
            ("text", Blind::Text),
        ];
        let mean = [
            ("plain", Mean::Plain),
            ("trimmed", Mean::Trimmed),
            ("median", Mean::Median),
            ("adjusted", Mean::Adjusted),
        ];
        let published = [("numbers", Published::Numbers), ("names", Published::Names)];
        let half = Points::parse("0.5").expect("a decimal");
        let mut round = Round {
            id: self.name(file, "id", "id = \"2026\""),
            name: self.name(file, "name", "name = \"2026 年创新案例评审\""),
            library: self.text(file, "library"),
            earlier: self.text(file, "earlier"),
            length: self.length(file),
            entry: self.unit(file, &entry),
            step: self.points(file, "step", ("0.0001", "100"), Some(half)),
            discussion: self.word(file, "discussion", &discussion),
            blind: self.word(file, "blind", &blind),
            mean: self.word(file, "mean", &mean),
            flag: self.points(file, "flag", ("0", "100"), Some(Points::whole(15))),
            published: self.word(file, "published", &published),
            ties: Vec::new(),
            categories: self.categories(file),
            criteria: Vec::new(),
            jurors: Vec::new(),
            settings: String::new(),
            values: Values::new(),
        };
        self.criteria(file, &mut round);
        self.steps(file, &round);
        self.ties(file, &mut round);
        self.jurors(file, &mut round);
        round
    }

    /// The unit of scores. Where it is wrong nothing is said of what depends on it.
    fn unit(&mut self, file: &Table<'_>, words: &[(&str, Entry)]) -> Entry {
        let before = self.mistakes.len();
        let unit = self.word(file, "entry", words);
        self.unit_unknown = self.mistakes.len() > before;
        unit
    }

    fn length(&mut self, file: &Table<'_>) -> (Option<u32>, Option<u32>) {
        let Some(value) = file.keys.get("length") else {
            return (None, None);
        };
        let DeValue::Table(keys) = value.get_ref() else {
            let right = "{ least = 3000, most = 8000 }";
            self.wrong("length", value, (&format!(" {right}"), right));
            return (None, None);
        };
        let table = Table {
            name: "length".to_owned(),
            keys,
            span: value.span(),
        };
        self.known(&table, &["least", "most"]);
        let mut bound = |key| {
            let points = self.points(&table, key, ("0", "1000000"), Some(Points::default()));
            let whole = u32::try_from(points.units() / super::super::exact::UNIT).ok()?;
            (whole > 0).then_some(whole)
        };
        let (least, most) = (bound("least"), bound("most"));
        if let (Some(least), Some(most)) = (least, most)
            && least > most
        {
            let expected = ("least 不大于 most", "least not above most");
            self.wrong("length", value, expected);
        }
        (least, most)
    }

    fn categories(&mut self, file: &Table<'_>) -> Vec<Category> {
        let mut categories: Vec<Category> = Vec::new();
        for table in self.tables(file, "category", "[[category]]") {
            self.known(&table, &["name", "quota"]);
            let name = self.name(&table, "name", "name = \"部门\"");
            let names = crate::case::Category::ALL.map(crate::case::Category::name);
            if !name.is_empty() && !names.contains(&&*name) {
                let value = table.keys.get("name").expect("its text was read");
                let all = names.join(" | ");
                self.wrong("name", value, (&format!(" {all}"), &all));
            }
            if categories.iter().any(|other| other.name == name) {
                self.twice(&table, "name", &name);
            }
            let quota = self.quota(&table);
            categories.push(Category { name, quota });
        }
        if categories.is_empty() && !file.keys.contains_key("category") {
            self.missing(file, "[[category]]", "name = \"部门\", quota = 3");
        }
        categories
    }

    fn quota(&mut self, table: &Table<'_>) -> Quota {
        let Some(value) = table.keys.get("quota") else {
            self.missing(table, "quota", "quota = 3, quota = \"30%\"");
            return Quota::Number(0);
        };
        let share = value.get_ref().as_str().and_then(|text| {
            let percent = text.trim().strip_suffix(['%', '％'])?;
            Points::parse(percent).filter(|percent| *percent <= Points::whole(100))
        });
        let number = || {
            let digits = value.get_ref().as_integer()?.as_str();
            digits.parse::<u32>().ok()
        };
        let quota = share
            .map(Quota::Share)
            .or_else(|| number().map(Quota::Number));
        quota.unwrap_or_else(|| {
            let expected = (
                "整数（如 3）或比例（如 \"30%\"）",
                "a number such as 3 or a share such as \"30%\"",
            );
            self.wrong("quota", value, expected);
            Quota::Number(0)
        })
    }

    fn twice(&mut self, table: &Table<'_>, key: &str, name: &str) {
        let head = &table.name;
        let what = Sentence::new(
            format!("{head} 的 {key} “{name}”出现两次，应各不相同"),
            format!("{key} {name:?} occurs twice in {head}; each needs its own"),
        );
        self.add(table.span.clone(), what);
    }

    fn criteria(&mut self, file: &Table<'_>, round: &mut Round) {
        for table in self.tables(file, "criterion", "[[criterion]]") {
            self.known(&table, &["name", "points", "bands"]);
            let name = self.name(&table, "name", "name = \"创新性\"");
            if round.criteria.iter().any(|other| other.name == name) {
                self.twice(&table, "name", &name);
            }
            let points = self.points(&table, "points", ("0.5", "1000"), None);
            let mut criterion = Criterion {
                name,
                points,
                bands: Vec::new(),
            };
            self.bands(&table, round, &mut criterion);
            self.bands_in_percent(&table, round, &criterion);
            round.criteria.push(criterion);
        }
        if round.criteria.is_empty() && !file.keys.contains_key("criterion") {
            self.missing(file, "[[criterion]]", "name = \"创新性\", points = 40");
        }
        self.weights(file, round);
    }

    /// Steps that go up to the most of every criterion: else nobody can enter it.
    fn steps(&mut self, file: &Table<'_>, round: &Round) {
        if self.unit_unknown {
            return;
        }
        let (step, mut all) = (round.step, round.criteria.iter());
        let is_off = |criterion: &&Criterion| {
            let most = round.most(criterion);
            most > Points::default() && !most.fits(step)
        };
        let Some(criterion) = all.find(is_off) else {
            return;
        };
        let fits = |right: &Points| {
            let mut mosts = round.criteria.iter().map(|each| round.most(each));
            *right <= step && mosts.all(|most| most.fits(*right))
        };
        let usual = STEPS.into_iter().filter_map(Points::parse);
        let right = usual.into_iter().find(fits).unwrap_or_default();
        let (name, most) = (&criterion.name, round.most(criterion));
        let at = match file.keys.get("step") {
            Some(value) => value.span(),
            None => file.keys.get("criterion").map_or(0..0, Spanned::span),
        };
        let what = Sentence::new(
            format!("step 为 {step} 时打不出{name}的满分 {most}，应能整除它，例如 step = {right}"),
            format!(
                "steps of {step} do not come to {most}, the most of {name}; write one that does, such as step = {right}"
            ),
        );
        self.add(at, what);
    }

    /// How a row of a list is named: with what the file has there, in one line.
    fn quoted(&self, list: &str, row: &Table<'_>) -> String {
        let text = self
            .toml
            .get(row.span.clone())
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let mut shown: String = text.chars().take(LONGEST_NAME).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        format!("{list} {shown}").trim_end().to_owned()
    }

    /// Percents are weighted by the points, which make a whole then.
    fn weights(&mut self, file: &Table<'_>, round: &Round) {
        let sum = round.full();
        if round.entry != Entry::Percent || round.criteria.is_empty() || sum == Points::whole(100) {
            return;
        }
        let at = file.keys.get("criterion").map_or(0..0, Spanned::span);
        let what = Sentence::new(
            format!("entry = \"percent\" 时各指标的 points 是权重，合计应为 100，现为 {sum}"),
            format!(
                "with entry = \"percent\" the points of the criteria are weights and make 100 together, not {sum}"
            ),
        );
        self.add(at, what);
    }

    /// Bands of percents go to 100: below the points of the criterion they were meant as
    /// points.
    fn bands_in_percent(&mut self, table: &Table<'_>, round: &Round, criterion: &Criterion) {
        let (Some(best), Some(value)) = (criterion.bands.first(), table.keys.get("bands")) else {
            return;
        };
        let (points, whole) = (criterion.points, Points::whole(100));
        if round.entry == Entry::Percent && points < whole && best.from <= points {
            let name = &criterion.name;
            let what = Sentence::new(
                format!(
                    "entry = \"percent\" 时 {name} 的等次按 0–100 填写，最高一等从 {} 起，像是按 {points} 分填的",
                    best.from
                ),
                format!(
                    "with entry = \"percent\" the bands of {name} go from 0 to 100; the best one is from {} on, as if of {points} points",
                    best.from
                ),
            );
            self.add(value.span(), what);
        }
    }

    fn bands(&mut self, table: &Table<'_>, round: &Round, criterion: &mut Criterion) {
        let most = if self.unit_unknown {
            criterion.points.max(Points::whole(100))
        } else {
            round.most(criterion)
        };
        let mut above: Option<Points> = None;
        let mistakes = self.mistakes.len();
        for mut band in self.tables(table, "bands", "{ name = \"首创\", from = 36 }") {
            band.name = self.quoted("bands", &band);
            self.known(&band, &["name", "from"]);
            let name = self.name(&band, "name", "name = \"首创\"");
            let from = self.points(&band, "from", ("0", &most.to_string()), None);
            if let Some(value) = band.keys.get("from")
                && above.is_some_and(|above| from >= above)
            {
                let expected = (
                    "低于上一等次的数（从高到低排列）",
                    "less than in the band before it, from the best down",
                );
                self.wrong("from", value, expected);
            }
            above = band.keys.contains_key("from").then_some(from).or(above);
            criterion.bands.push(Band { name, from });
        }
        let lowest = criterion.bands.last().map(|band| (&band.name, band.from));
        if let (Some((band, from)), Some(value)) = (lowest, table.keys.get("bands"))
            && from > Points::default()
            && self.mistakes.len() == mistakes
        {
            let name = &criterion.name;
            let what = Sentence::new(
                format!(
                    "{name} 的最低一等“{band}”从 {from} 起，不到 {from} 的分数没有等次；最低一等应从 0 起"
                ),
                format!(
                    "the lowest band of {name}, {band:?}, begins at {from}: points below have none; it must begin at 0"
                ),
            );
            self.add(value.span(), what);
        }
    }

    fn ties(&mut self, file: &Table<'_>, round: &mut Round) {
        for (name, value) in self.texts(file, "ties") {
            match round.criteria.iter().position(|known| known.name == name) {
                Some(at) => round.ties.push(at),
                None => {
                    let all: Vec<&str> = round.criteria.iter().map(|c| c.name.as_str()).collect();
                    let all = all.join(" | ");
                    self.wrong(
                        "ties",
                        value,
                        (&format!("指标名 {all}"), &format!("a criterion: {all}")),
                    );
                }
            }
        }
    }

    fn jurors(&mut self, file: &Table<'_>, round: &mut Round) {
        for table in self.tables(file, "juror", "[[juror]]") {
            self.known(&table, &["name", "org", "areas", "conflicts"]);
            let name = self.name(&table, "name", "name = \"甲\"");
            if name.contains(['/', '\\', ':']) || name.starts_with('.') {
                let value = table.keys.get("name").expect("its text was read");
                let expected = (
                    "可作文件名的姓名，不含 / \\ : ，不以 . 开头",
                    "a name that can name a file: no / \\ : and no . at its start",
                );
                self.wrong("name", value, expected);
            }
            if is_device(&name)
                || name.ends_with('.')
                || name.contains(['<', '>', '"', '|', '?', '*'])
            {
                let value = table.keys.get("name").expect("its text was read");
                let expected = (
                    "各种磁盘上都可作文件名的姓名，不是 CON、NUL 等保留名，不含 < > \" | ? * ，不以 . 结尾",
                    "a name that can name a file on every disk: not CON, NUL or the like, no < > \" | ? * and no . at its end",
                );
                self.wrong("name", value, expected);
            }
            let folded = name.to_lowercase();
            let is_one_file =
                |other: &&Juror| other.name != name && other.name.to_lowercase() == folded;
            if let Some(other) = round.jurors.iter().find(is_one_file) {
                let other = &other.name;
                let what = Sentence::new(
                    format!(
                        "评委 {name} 与 {other} 只有大小写不同，在不分大小写的磁盘（如 U 盘）上是同一个文件；请改其中一个"
                    ),
                    format!(
                        "jurors {name} and {other} differ in case alone: on a disk that ignores it, as a memory stick does, they are one file; change one of them"
                    ),
                );
                self.add(table.span.clone(), what);
            }
            if round.juror(&name).is_some() {
                self.twice(&table, "name", &name);
            }
            let org = self.text(&table, "org");
            let hidden = round.blind != Blind::None;
            if hidden && org.is_empty() {
                let what = Sentence::new(
                    format!(
                        "匿名评审须写明每位评委的单位：{name} 缺少 org，例如 org = \"市社科院\""
                    ),
                    format!(
                        "a blind round needs the org of every juror: {name} has none; write org = \"市社科院\""
                    ),
                );
                self.add(table.span.clone(), what);
            }
            let areas = self
                .texts(&table, "areas")
                .into_iter()
                .map(|(name, value)| Area {
                    name,
                    line: self.line(&value.span()),
                })
                .collect();
            let conflicts = self.conflicts(&table);
            round.jurors.push(Juror {
                name,
                org,
                areas,
                conflicts,
            });
        }
    }

    fn conflicts(&mut self, table: &Table<'_>) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for mut row in self.tables(
            table,
            "conflicts",
            "{ org = \"市交通局\", ground = \"曾任职\" }",
        ) {
            row.name = self.quoted("conflicts", &row);
            self.known(&row, &["org", "case", "ground"]);
            let line = self.line(&row.span);
            let (org, case) = (self.text(&row, "org"), self.text(&row, "case"));
            let ground = self.name(&row, "ground", "ground = \"三年内曾任职\"");
            let with = match (org.is_empty(), case.is_empty()) {
                (false, true) => With::Org(org),
                (true, false) => With::Case(case),
                _ => {
                    let name = &row.name;
                    let what = Sentence::new(
                        format!("{name} 应写明 org 或 case 之一，例如 org = \"市交通局\""),
                        format!(
                            "{name} needs org or case, one of them, such as org = \"市交通局\""
                        ),
                    );
                    self.add(row.span.clone(), what);
                    continue;
                }
            };
            conflicts.push(Conflict { with, ground, line });
        }
        conflicts
    }
}

/// Whether a name is one that some systems keep for devices, whatever its ending.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim().to_uppercase();
    let port = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    let is_port = port.is_some_and(|port| matches!(port.as_bytes(), [b'1'..=b'9']));
    is_port || ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str())
}

/// Every key of the file.
const KEYS: [&str; 16] = [
    "id",
    "name",
    "library",
    "earlier",
    "length",
    "entry",
    "step",
    "discussion",
    "blind",
    "mean",
    "flag",
    "ties",
    "published",
    "category",
    "criterion",
    "juror",
];

/// A number as it is written, or one in quotation marks.
fn number(value: &DeValue<'_>) -> Option<Points> {
    match value {
        DeValue::Integer(number) => Points::parse(number.as_str()),
        DeValue::Float(number) => Points::parse(number.as_str()),
        DeValue::String(text) => Points::parse(text),
        _ => None,
    }
}

/// A value as a message quotes it.
fn shown(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => format!("“{text}”"),
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(value) => value.to_string(),
        DeValue::Array(_) => "[…]".to_owned(),
        DeValue::Table(_) => "{…}".to_owned(),
    }
}

/// The content of a table without its layout: keys in the order of their names.
fn write_table(table: &DeTable<'_>, out: &mut String) {
    let mut rows: Vec<_> = table.iter().collect();
    rows.sort_by(|(one, _), (other, _)| one.get_ref().cmp(other.get_ref()));
    for (key, value) in rows {
        let name: &str = key.get_ref();
        out.push_str(&format!("{name:?}="));
        write_value(value.get_ref(), out);
        out.push('\n');
    }
}

/// Every value of a table by its name; a table in a list is called by its own, else by its
/// place.
fn name_values(before: &str, table: &DeTable<'_>, out: &mut Values) {
    for (key, value) in table.iter() {
        let key: &str = key.get_ref();
        if key == "name" && !before.is_empty() {
            continue;
        }
        name_value(format!("{before} {key}").trim_start(), value.get_ref(), out);
    }
}

fn name_value(name: &str, value: &DeValue<'_>, out: &mut Values) {
    match value {
        DeValue::Table(table) => name_values(name, table, out),
        DeValue::Array(items) => {
            for (item, number) in items.iter().zip(1..) {
                let item = item.get_ref();
                let table = item.as_table();
                let own = table.and_then(|table| table.get("name")?.get_ref().as_str());
                if let Some(own) = own {
                    out.insert(format!("{name} {own}"), LISTED.to_owned());
                }
                let own = own.map_or_else(|| number.to_string(), str::to_owned);
                name_value(&format!("{name} {own}"), item, out);
            }
        }
        DeValue::String(text) => drop(out.insert(name.to_owned(), text.to_string())),
        plain => drop(out.insert(name.to_owned(), shown(plain))),
    }
}

fn write_value(value: &DeValue<'_>, out: &mut String) {
    match value {
        DeValue::Array(items) => {
            for item in items.iter() {
                out.push('[');
                write_value(item.get_ref(), out);
                out.push(']');
            }
        }
        DeValue::Table(table) => {
            out.push('{');
            write_table(table, out);
            out.push('}');
        }
        DeValue::String(text) => out.push_str(&format!("{text:?}")),
        plain => out.push_str(&shown(plain)),
    }
}
