//! A round on files: from its settings to its papers, and what a juror may see.

mod folder;
mod office;

use crate::program;
use crate::schema;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{Ran, anli};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

/// A round in a folder of its own.
struct Round {
    folder: TempDir,
}

/// Three jurors; 乙 is of an org of the seeds.
const JURORS: &str = "[[juror]]\nname = \"甲\"\norg = \"市社科院\"\n\
    [[juror]]\nname = \"乙\"\norg = \"市审计局\"\n[[juror]]\nname = \"丙\"\norg = \"海洋大学\"\n";

impl Round {
    /// The round of `examples/round`, in a copy.
    fn example() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/round");
        copy(&from, folder.path());
        Self { folder }
    }

    /// A new round with three cases accepted and these settings changed.
    fn new(change: impl Fn(String) -> String) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let round = Self { folder };
        round.well("new", &["名称=试评"]);
        let path = round.path().join("round.toml");
        let settings = fs::read_to_string(&path).expect("it was written");
        fs::write(&path, change(settings) + JURORS).expect("it can be written");
        for id in ["003-8", "003-15", "003-11"] {
            let id = round.id(id);
            round.well("check", &["--case", &id, "受理"]);
        }
        round
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// How the round names a case of the library.
    fn id(&self, library: &str) -> String {
        let toml = fs::read_to_string(self.path().join("round.toml")).expect("settings");
        let round = anli::jury::settings::Round::parse(&toml).expect("they are right");
        anli::jury::docket::id(&round, library)
    }

    fn run(&self, action: &str, rest: &[&str]) -> Ran {
        let folder = self.path().to_str().expect("UTF-8");
        let words = ["jury", action, folder]
            .into_iter()
            .chain(rest.iter().copied());
        anli(words)
    }

    #[track_caller]
    fn well(&self, action: &str, rest: &[&str]) -> String {
        let ran = self.run(action, rest);
        assert_eq!(
            ran.code, 0,
            "{action} {rest:?}: {}{}",
            ran.stdout, ran.stderr
        );
        ran.stdout
    }

    #[track_caller]
    fn refused(&self, action: &str, rest: &[&str]) -> String {
        let ran = self.run(action, rest);
        assert_eq!(ran.code, 2, "{action} {rest:?}: {}", ran.stdout);
        ran.stderr
    }

    fn score(&self, juror: &str, case: &str, marks: &str) -> String {
        let id = self.id(case);
        let mut words = vec!["--juror", juror, "--case", &id];
        words.extend(marks.split_whitespace());
        self.well("score", &words)
    }

    /// What the explorer's library is for a juror, by a subcommand.
    fn as_juror(&self, juror: &str, words: &[&str]) -> Ran {
        let folder = self.path().to_str().expect("UTF-8");
        let words = words.iter().copied();
        anli(words.chain(["--round", folder, "--juror", juror, "--no-state"]))
    }

    fn application(&self, name: &str) -> PathBuf {
        self.path().join("applications").join(name)
    }

    fn file(&self, juror: &str) -> PathBuf {
        self.path().join(format!("jurors/{juror}.jsonl"))
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).expect("a folder");
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).expect("a file");
        }
    }
}

#[test]
fn the_example_is_the_worked_one() {
    let round = Round::example();
    let rows: Vec<Value> = round
        .well("tally", &["--json"])
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(rows.len(), 10);
    let schema = schema::of("schema/tally.schema.json");
    for row in &rows {
        schema::check(&schema, row);
    }
    let of = |id: &str, key: &str| -> Value {
        rows.iter().find(|row| row["case"] == id).expect("a case")[key].clone()
    };
    let expected = [
        ("003-8", 1, "81.80", "3.80", "81.80"),
        ("003-9", 2, "81.80", "2.51", "81.80"),
        ("003-10", 3, "80.20", "0.57", "78.10"),
        ("003-15", 1, "72.35", "0.35", "74.67"),
        ("003-16", 2, "72.00", "13.60", "72.00"),
    ];
    for (id, rank, plain, deviation, adjusted) in expected {
        assert_eq!(of(id, "rank"), rank, "{id}");
        assert_eq!(of(id, "plain"), plain, "{id}");
        assert_eq!(of(id, "deviation"), deviation, "{id}");
        assert_eq!(of(id, "adjusted"), adjusted, "{id}");
    }
    assert_eq!(of("003-16", "flags")[0]["distance"], "+23.55");
    assert_eq!(of("003-11", "rank"), Value::Null);
    let said = round.well("tally", &[]);
    for words in [
        "+6.24",
        "-5.39",
        "-0.68",
        "与案例原获奖时的评审无关",
        "丙 未评 4 个、未评完 1 个",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn what_prints_no_json_refuses_to() {
    let round = Round::example();
    for action in ["status", "agenda", "verify"] {
        let said = round.refused(action, &["--json"]);
        assert!(said.contains("check 和 tally"), "{action}: {said}");
    }
}

#[test]
fn applications_are_valid_by_their_schema() {
    let round = Round::example();
    round.well("check", &["--case", "003-14", "补正", "--reason", "缺盖章"]);
    let schema = schema::of("schema/jury-check.schema.json");
    // It ends with 1, since not everything is decided.
    let said = round.run("check", &["--json"]).stdout;
    let mut results = std::collections::BTreeSet::new();
    for line in said.lines() {
        let application: Value = serde_json::from_str(line).expect("JSON");
        schema::check(&schema, &application);
        results.insert(application["result"].to_string());
    }
    assert!(results.len() > 1, "{results:?}");
}

#[test]
fn entries_and_records_are_valid_by_their_schemas() {
    let round = Round::example();
    let entry = schema::of("schema/jury-entry.schema.json");
    for juror in ["甲", "乙", "丙"] {
        let text = fs::read_to_string(round.file(juror)).expect("it is there");
        for line in text.lines() {
            schema::check(&entry, &serde_json::from_str(line).expect("JSON"));
        }
    }
    // One record of every kind.
    let amended = round.path().join("round.toml");
    let settings = fs::read_to_string(&amended).expect("settings");
    fs::write(
        &amended,
        settings
            .replace("flag = 15", "flag = 12")
            .replace("ties = [\"创新性\"]", "ties = []"),
    )
    .expect("written");
    round.well("amend", &["--reason", "从严"]);
    round.well("check", &["--case", "003-14", "补正", "--reason", "缺盖章"]);
    round.well("open", &["--reason", "请假"]);
    round.well("note", &["成效数据已核对"]);
    round.well("order", &["003-9", "003-8", "--reason", "讨论决定"]);
    round.well("vote", &["--case", "003-8", "到会=3", "同意=2", "多数=2/3"]);
    round.well(
        "publicity",
        &["起=2026-03-01", "止=2026-03-08", "联系=办公室"],
    );
    round.well(
        "objection",
        &["--case", "003-8", "事由=数据", "核查=属实", "处理=更正"],
    );
    round.well("close", &["--reason", "请假"]);
    let office = schema::of("schema/jury-office.schema.json");
    let text = fs::read_to_string(round.path().join("office.jsonl")).expect("it is there");
    let mut kinds = std::collections::BTreeSet::new();
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).expect("JSON");
        schema::check(&office, &record);
        kinds.insert(record["kind"].as_str().expect("a kind").to_owned());
    }
    assert_eq!(kinds.len(), 10, "{kinds:?}");
}

#[test]
fn an_application_that_goes_on_with_an_earlier_case_is_named_with_it() {
    // Two applications of a year after the seeds' own: one takes up the water price of
    // 003-25, with other words, the other nothing.
    let folder = tempfile::tempdir().expect("a folder");
    let applications = folder.path().join("applications");
    let earlier = folder.path().join("earlier");
    for path in [&applications, &earlier] {
        fs::create_dir_all(path).expect("a folder");
    }
    let seed = |name: &str| {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("seeds")
            .join(name)
    };
    fs::copy(
        seed("003_e708e3f89c99b752.txt"),
        earlier.join("003_e708e3f89c99b752.txt"),
    )
    .expect("copied");
    let text = "深化农业水价综合改革　灌区用水户全面受益\n青岛市水利局\n一、背景\n\
        农业水价综合改革试点取得经验后，市水利局在全市灌区推开宽限水量办法，超用加价、节约奖励。\n\
        二、做法\n以宽限水量核定灌溉定额，农业用水户持卡取水，水价由成本核定，精准补贴到户。\n\
        三、成效\n灌区亩均用水下降18%，农业水价综合改革面积扩大到30万亩。\n";
    fs::write(applications.join("水价.txt"), text).expect("written");
    let other = "开办社区食堂　方便老年人就餐\n某街道办事处\n一、背景\n老年人就餐不便。\n\
        二、做法\n街道开办社区食堂12个，志愿者送餐上门。\n三、成效\n每日就餐900人次。\n";
    fs::write(applications.join("食堂.txt"), other).expect("written");
    let round = Round { folder };
    round.well("new", &["名称=试评", "案例=applications", "评委=甲"]);
    let path = round.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let with = settings.replace("earlier = \"\"", "earlier = \"earlier\"");
    fs::write(&path, with).expect("written");
    let said = round.run("check", &[]).stdout;
    let row = |title: &str| said.lines().find(|row| row.contains(title)).expect("a row");
    assert!(
        row("水价").contains("往年案例") && row("水价").contains("003-25"),
        "{said}"
    );
    assert!(!row("食堂").contains("往年案例"), "{said}");
}

#[test]
fn the_formal_check_tells_what_cannot_be_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let applications = folder.path().join("applications");
    fs::create_dir_all(&applications).expect("a folder");
    let text = "推行错时共享停车　机关车位向居民开放\n湖心区政府\n一、背景\n停车难。\n\
        二、做法\n湖心区政府把机关车位向居民开放。\n";
    fs::write(applications.join("a.txt"), text).expect("written");
    fs::write(applications.join("b.docx"), "PK").expect("written");
    fs::write(applications.join("scan.jpg"), [0xff, 0xd8, 0xff]).expect("written");
    let round = Round { folder };
    round.well("new", &["案例=applications", "评委=甲"]);
    let ran = round.run("check", &[]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    assert!(ran.stderr.contains("b.docx"), "{}", ran.stderr);
    for said in [".jpg", "未定 1，无法读取 1"] {
        assert!(ran.stdout.contains(said), "{said}: {}", ran.stdout);
    }
    assert_eq!(
        fs::read_to_string(applications.join("a.txt")).expect("text"),
        text
    );
}

#[test]
fn chosen_cases_are_compiled_by_rank_or_in_a_fixed_order() {
    let round = Round::example();
    let folder = round.path().to_str().expect("UTF-8");
    let titles = ["组建全区旅游发展委员会", "加快医共体建设"];
    let places = |words: &[&str]| {
        let ran = anli(["compile", "--round", folder].iter().chain(words));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let place = |title: &&str| ran.stdout.find(*title);
        (
            titles.iter().map(place).collect::<Vec<_>>(),
            ran.stdout.clone(),
        )
    };
    // 003-9 becomes the first of the two that are chosen.
    round.score("甲", "003-9", "创新性=99");
    let (found, said) = places(&[]);
    assert!(found[1] < found[0] && said.contains("从高到低"), "{said}");
    let (found, said) = places(&["--order", "fixed"]);
    assert!(
        found[0] < found[1] && said.contains("排名不分先后"),
        "{said}"
    );
    let (found, said) = places(&["--order", "rank", "003-8", "003-9"]);
    assert!(found[1] < found[0] && said.contains("从高到低"), "{said}");
    let refused = anli(["compile", "003-8", "--order", "rank"]);
    assert!(
        refused.code == 2 && refused.stderr.contains("--round"),
        "{}",
        refused.stderr
    );
}

#[test]
fn a_round_goes_from_its_settings_to_its_papers() {
    let round = Round::new(|settings| settings.replace("\"30%\"", "1"));
    for juror in ["甲", "丙"] {
        for case in ["003-8", "003-15", "003-11"] {
            round.score(juror, case, "创新性=36 领先性=20 实效性=25.5 评语=机制新");
        }
    }
    let refused = round.refused("score", &["--juror", "乙", "--case", "003-15", "创新性=36"]);
    assert!(
        refused.contains("回避") && refused.contains("市审计局"),
        "{refused}"
    );
    round.score("乙", "003-8", "创新性=30 领先性=20 实效性=25.5");
    let missing = round.refused("open", &[]);
    assert!(missing.contains("乙 未评 1 个"), "{missing}");
    round.well("open", &["--reason", "乙请假"]);
    round.score("甲", "003-8", "创新性=38");
    let text = fs::read_to_string(round.file("甲")).expect("it is there");
    assert!(text.contains("\"stage\":\"revised\"") && text.contains("\"stage\":\"first\""));
    let said = round.well("vote", &["--case", "003-8", "到会=3", "同意=2"]);
    assert!(said.contains("通过"), "{said}");
    round.refused("vote", &["--case", "003-8", "到会=3", "同意=4"]);
    round.well("note", &["--case", "003-8", "成效数据已核对"]);
    round.well("close", &["--reason", "乙请假"]);
    assert_eq!(round.run("verify", &[]).code, 0);
    round.well("sheets", &[]);
    let paper = |name: &str| fs::read(round.path().join("papers").join(name)).expect(name);
    let text = |name: &str| String::from_utf8(paper(name)).expect("UTF-8");
    let own = text("个人评分表-甲.md");
    assert!(
        own.contains("83.50") && own.contains("81.50") && own.contains("评委签名"),
        "{own}"
    );
    let public = text("评分汇总表-公布.md");
    assert!(
        public.contains("评委1") && !public.contains('甲'),
        "{public}"
    );
    assert!(text("评审纪要.md").contains("成效数据已核对"));
    for name in ["个人评分表-甲.md", "评分汇总表.md", "评审纪要.md"] {
        let paper = text(name);
        for part in ["不同意见", "SHA-256", "日期", "本轮评分"] {
            assert!(paper.contains(part), "{name} lacks {part}: {paper}");
        }
    }
    assert!(paper("评审纪要.docx").starts_with(b"PK"));
    assert!(!String::from_utf8_lossy(&paper("评分汇总表-公布.docx")).contains('甲'));
    // A change after the end is named.
    let path = round.file("甲");
    fs::write(
        &path,
        fs::read_to_string(&path).expect("text").replace("38", "39"),
    )
    .expect("written");
    let ran = round.run("verify", &[]);
    assert!(
        ran.code == 1 && ran.stdout.contains("jurors/甲.jsonl"),
        "{}",
        ran.stdout
    );
}

#[test]
fn settings_that_change_after_the_first_score_need_a_reason() {
    let round = Round::new(|settings| settings);
    round.score("甲", "003-8", "创新性=36 领先性=20 实效性=25.5");
    let path = round.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    fs::write(&path, settings.replace("points = 40", "points = 50")).expect("written");
    assert!(round.refused("tally", &[]).contains("amend"));
    assert!(round.refused("amend", &[]).contains("--reason"));
    round.well("amend", &["--reason", "分值印错"]);
    let rows = round.well("tally", &["--json"]);
    assert!(
        rows.lines().all(|row| row.contains("\"scores\":0")),
        "{rows}"
    );
    let status = round.well("status", &["--juror", "甲"]);
    assert!(status.contains("待确认（按旧规则所评）"), "{status}");
    let said = round.score("甲", "003-8", "创新性=40");
    assert!(said.contains("未评完"), "{said}");
    round.score("甲", "003-8", "确认");
    let status = round.well("status", &["--juror", "甲"]);
    assert!(!status.contains("待确认"), "{status}");
}

#[test]
fn files_that_are_broken_or_foreign_are_named_and_never_fatal() {
    let round = Round::example();
    let jurors = round.path().join("jurors");
    fs::write(jurors.join("x.jsonl"), "nonsense\n").expect("written");
    fs::write(jurors.join("notes.doc"), "").expect("written");
    fs::write(jurors.join("big.jsonl"), vec![b' '; 9 << 20]).expect("written");
    fs::copy(round.file("甲"), jurors.join("甲 副本.jsonl")).expect("copied");
    let mut cut = fs::read(round.file("乙")).expect("it is there");
    cut.truncate(cut.len() - 5);
    fs::write(round.file("乙"), cut).expect("written");
    let ran = round.run("tally", &["--json"]);
    assert_eq!(ran.code, 0);
    for words in [
        "x.jsonl 第 1 行",
        "notes.doc",
        "big.jsonl",
        "乙.jsonl 第",
        "jurors/甲 副本.jsonl：其中 5 条记录都已在 jurors/甲.jsonl 中",
    ] {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
    let row = ran
        .stdout
        .lines()
        .find(|row| row.contains("003-8"))
        .expect("a row");
    assert!(row.contains("81.80"), "{row}");
}

#[test]
fn nothing_is_written_to_a_file_that_would_not_be_read() {
    let round = Round::example();
    let file = round.path().join("jurors/甲.jsonl");
    let own = fs::read(&file).expect("the example has it");
    let foreign = String::from_utf8_lossy(&own).replacen("example", "other", 1);
    let others = fs::read(round.path().join("jurors/乙.jsonl")).expect("the example has it");
    let wide: Vec<u8> = own.iter().flat_map(|&byte| [byte, 0]).collect();
    let headless = own
        .iter()
        .skip_while(|&&byte| byte != b'\n')
        .skip(1)
        .copied();
    let unreadable = [
        (foreign.into_bytes(), "属于另一轮评审"),
        (others, "这是评委“乙”的文件"),
        (wide, "甲.jsonl"),
        (headless.collect(), "不是评委的评分文件"),
    ];
    for (bytes, told) in unreadable {
        fs::write(&file, &bytes).expect("it can be written");
        let score = ["--juror", "甲", "--case", "003-16", "弃评"];
        let refusal = round.refused("score", &score);
        assert!(refusal.contains(told), "{refusal}");
        assert!(refusal.contains("没有写入"), "{refusal}");
        assert_eq!(fs::read(&file).expect("it is there"), bytes, "{told}");
    }
}

#[test]
fn a_juror_reads_the_accepted_cases_in_an_order_of_the_own() {
    let round = Round::example();
    let order = |juror: &str| round.as_juror(juror, &["list"]).stdout;
    assert_eq!(order("甲").lines().count(), 10);
    assert_ne!(order("甲"), order("丙"));
    let (mut one, mut other): (Vec<_>, Vec<_>) = {
        let (one, other) = (order("甲"), order("丙"));
        (
            one.lines().map(str::to_owned).collect(),
            other.lines().map(str::to_owned).collect(),
        )
    };
    one.sort();
    other.sort();
    assert_eq!(one, other);
    assert_eq!(round.as_juror("丁", &["list"]).code, 2);
}

/// Subcommands that read the library of a round.
const READS: [&[&str]; 14] = [
    &["list"],
    &["list", "--json"],
    &["search", "公积金", "--json"],
    &["search", "机构:崂山区政府"],
    &["export", "--format", "json"],
    &["export", "--format", "csv"],
    &["export", "--format", "bib"],
    &["figures", "--json"],
    &["evidence", "--json"],
    &["stats", "--json"],
    &["lineage"],
    &["compile"],
    &["compile", "--layout", "digest", "--format", "html"],
    &["check"],
];

#[test]
fn a_blind_round_shows_no_applicant_anywhere() {
    for blind in ["labels", "text"] {
        let round = Round::new(|settings| {
            settings.replace("blind = \"none\"", &format!("blind = {blind:?}"))
        });
        for words in READS {
            let ran = round.as_juror("甲", words);
            let out = format!("{}{}", ran.stdout, ran.stderr);
            let labels = [
                "003-8",
                "003-15",
                "003_e708",
                "市审计局\"",
                "\"崂山区政府\"",
            ];
            for name in labels {
                assert!(!out.contains(name), "{blind} {words:?} shows {name}: {out}");
            }
            let within = ["崂山区政府", "市审计局", "崂山区", "崂山"];
            for name in within.into_iter().filter(|_| blind == "text") {
                let quoted = words.contains(&name) || words.iter().any(|word| word.contains(name));
                assert!(
                    quoted || !out.contains(name),
                    "{words:?} shows {name}: {out}"
                );
            }
        }
        let id = round.id("003-8");
        let other = round.id("003-15");
        for words in [
            &["related", &id, "--json"][..],
            &["compare", &id, &other, "--format", "md"],
            &["cite", &id],
        ] {
            let ran = round.as_juror("甲", words);
            let out = format!("{}{}", ran.stdout, ran.stderr);
            for name in ["003-8", "003-15", "003_e708", "市审计局", "崂山区政府"] {
                let within = blind == "labels" && words[0] == "compare";
                assert!(
                    within || !out.contains(name),
                    "{blind} {words:?} shows {name}: {out}"
                );
            }
        }
        let shown = round.as_juror("甲", &["show", &id]);
        assert_eq!(shown.code, 0, "{}", shown.stderr);
        assert!(blind != "text" || shown.stdout.contains("■■") && shown.stderr.contains("猜"));
        round.well("sheets", &["--juror", "甲"]);
        let own =
            fs::read_to_string(round.path().join("papers/个人评分表-甲.md")).expect("a paper");
        assert!(
            !own.contains("崂山区政府") && !own.contains("市审计局"),
            "{own}"
        );
    }
}

/// The actions of a round but those that make one or write an entry, which name their
/// files, and the papers, which are compared as such.
const ACTIONS: [&str; 14] = [
    "check",
    "status",
    "tally",
    "amend",
    "open",
    "agenda",
    "note",
    "order",
    "vote",
    "csv",
    "close",
    "verify",
    "publicity",
    "objection",
];

/// One way to fill in the entries of two jurors.
fn entries() -> impl Strategy<Value = Vec<(bool, usize, u8)>> {
    proptest::collection::vec((any::<bool>(), 0..3_usize, 0..40_u8), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    fn before_the_opening_nothing_depends_on_the_entries_of_others(others in entries()) {
        let cases = ["003-8", "003-15", "003-11"];
        let one = Round::new(|settings| settings);
        one.score("甲", "003-8", "创新性=36 领先性=20 实效性=25.5");
        let other = tempfile::tempdir().expect("a folder");
        copy(one.path(), other.path());
        let other = Round { folder: other };
        for (first, case, points) in others {
            let juror = if first { "乙" } else { "丙" };
            if juror == "乙" && cases[case] == "003-15" {
                continue;
            }
            match points {
                0 => other.score(juror, cases[case], "弃评"),
                1 => other.score(juror, cases[case], "回避=亲属"),
                points => other.score(juror, cases[case], &format!("创新性={points} 领先性=9 实效性=9")),
            };
        }
        let same = |ran: (Ran, Ran)| {
            prop_assert_eq!(ran.0.stdout, ran.1.stdout);
            prop_assert_eq!(ran.0.stderr, ran.1.stderr);
            Ok(())
        };
        for words in READS {
            same((one.as_juror("甲", words), other.as_juror("甲", words)))?;
        }
        // The office has listed the files of both, which tells them apart for itself alone.
        for round in [&one, &other] {
            fs::write(round.path().join("manifest.sha256"), "").expect("written");
        }
        for action in ACTIONS {
            let mut words = vec!["--juror", "甲"];
            words.extend(match action {
                "check" => &["--case", "003-8", "受理"][..],
                "amend" | "open" | "close" => &["--reason", "试"],
                "note" => &["--case", "003-8", "讨论"],
                "order" => &["003-8", "003-11", "--reason", "试"],
                "vote" => &["--case", "003-8", "到会=3", "回避=0", "同意=2"],
                "publicity" => &["起=2026-03-01", "止=2026-03-08", "联系=办公室"],
                "objection" => &["--case", "003-8", "事由=数据"],
                _ => &[],
            });
            same((one.run(action, &words), other.run(action, &words)))?;
        }
        one.well("sheets", &["--juror", "甲"]);
        other.well("sheets", &["--juror", "甲"]);
        let paper = |round: &Round| fs::read(round.path().join("papers/个人评分表-甲.docx")).expect("a paper");
        prop_assert_eq!(paper(&one), paper(&other));
    }
}

#[test]
fn a_recused_juror_sees_nothing_of_others_on_that_case() {
    let round = Round::new(|settings| settings);
    for juror in ["甲", "丙"] {
        for case in ["003-8", "003-15", "003-11"] {
            round.score(juror, case, "创新性=36 领先性=20 实效性=25.5");
        }
    }
    round.well("open", &["--reason", "乙回避"]);
    let rows = round.well("tally", &["--json", "--juror", "乙"]);
    let row = |id: &str| rows.lines().find(|row| row.contains(id)).expect("a row");
    assert!(row("003-8").contains("\"scores\":2"), "{rows}");
    assert!(row("003-15").contains("\"scores\":0"), "{rows}");
    // Ranks of the category of that case would be others with it.
    assert!(row("003-15").contains("\"rank\":null"), "{rows}");
    assert!(row("003-8").contains("\"rank\":1"), "{rows}");
    let said = round.well("tally", &["--juror", "乙"]);
    assert!(said.contains("本人有应回避的案例"), "{said}");
}

#[test]
fn two_hundred_kills_while_scoring_lose_at_most_the_last_entry() {
    let round = Round::new(|settings| settings);
    let folder = round.path().to_str().expect("UTF-8").to_owned();
    let id = round.id("003-8");
    let mut written = 0;
    for kill in 0..200_u32 {
        let score = format!("创新性={}", kill % 41);
        let words = [
            "jury", "score", &folder, "--juror", "甲", "--case", &id, &score,
        ];
        let mut child = program::command()
            .args(words)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .expect("it starts");
        // Some are killed at once, some after so many turns of waiting.
        for _ in 0..(kill % 20) * 2_000 {
            if child.try_wait().expect("it can be waited for").is_some() {
                break;
            }
        }
        let _ = child.kill();
        let done = child.wait().expect("it ends").success();
        let text = fs::read_to_string(round.file("甲")).unwrap_or_default();
        let now = text
            .lines()
            .skip(1)
            .filter(|line| line.ends_with('}'))
            .count();
        assert!(now >= written && now <= written + 1, "{written} {now}");
        assert!(!done || now == written + 1);
        written = now;
    }
    let text = fs::read_to_string(round.file("甲")).unwrap_or_default();
    let parsed = text
        .lines()
        .skip(1)
        .filter(|line| anli::jury::entry::Entry::parse(line).is_ok());
    assert_eq!(parsed.count(), written);
}
