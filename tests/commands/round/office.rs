//! What the office of a round decides and records: categories, ties, votes, the end, and what
//! the papers say of it.

use crate::schema;
use std::fs;

use anli::jury::settings::digest;
use serde_json::Value;

use crate::program::anli;

use super::Round;

/// A round on applications of its own, all of them accepted and scored by its one juror.
fn on_applications(texts: &[(&str, &str)]) -> Round {
    let folder = tempfile::tempdir().expect("a folder");
    let round = Round { folder };
    fs::create_dir_all(round.path().join("applications")).expect("a folder");
    for (name, text) in texts {
        fs::write(round.application(name), text).expect("written");
    }
    round.well("new", &["案例=applications", "评委=甲"]);
    let said = round.run("check", &["--json"]).stdout;
    for line in said.lines() {
        let application: Value = serde_json::from_str(line).expect("JSON");
        let id = application["id"].as_str().expect("an id");
        round.well("check", &["--case", id, "受理"]);
        let points = ["创新性=36", "领先性=20", "实效性=20"];
        let words = ["--juror", "甲", "--case", id].into_iter().chain(points);
        round.well("score", &words.collect::<Vec<_>>());
    }
    round
}

const PARKING: &str = "推行错时共享停车　机关车位向居民开放\n市交通局\n一、背景\n停车难。\n\
    二、做法\n市交通局把机关车位向居民开放。\n";
const WATER: &str = "推行农业水价综合改革　灌区用水户受益\n市水利局\n一、背景\n灌区缺水。\n\
    二、做法\n市水利局核定灌溉定额，用水户持卡取水。\n";

#[test]
fn an_application_that_is_changed_or_gone_is_named_after_the_end() {
    let round = on_applications(&[("停车.txt", PARKING), ("水价.txt", WATER)]);
    round.well("sheets", &[]);
    let said = round.well("close", &[]);
    assert!(said.contains("2 个案例"), "{said}");
    let said = round.well("verify", &[]);
    assert!(said.contains("2 个案例均未改动"), "{said}");
    let verified = || {
        let ran = round.run("verify", &[]);
        assert_eq!(ran.code, 1, "{}", ran.stdout);
        ran.stdout
    };
    // The text of one is changed, then the other goes.
    fs::write(
        round.application("停车.txt"),
        PARKING.replace("停车难", "停车很难"),
    )
    .expect("written");
    let said = verified();
    assert!(
        said.contains("推行错时共享停车") && said.contains("文本有改动"),
        "{said}"
    );
    fs::remove_file(round.application("水价.txt")).expect("removed");
    let said = verified();
    assert!(
        said.contains("推行农业水价综合改革") && said.contains("从案例库中消失"),
        "{said}"
    );
    let said = round.well("tally", &[]);
    assert!(
        said.contains("已不在案例库中") && said.contains("1 名评委的评分未计入"),
        "{said}"
    );
    // A paper is changed.
    let paper = round.path().join("papers/评审纪要.md");
    let text = fs::read_to_string(&paper).expect("a paper");
    fs::write(&paper, text + "补记\n").expect("written");
    let said = verified();
    assert!(said.contains("papers/评审纪要.md：结束后有改动"), "{said}");
}

#[test]
fn a_case_of_no_category_is_named_until_the_office_sets_one() {
    // The round has no place any more for the cases of districts.
    let round = Round::new(|settings| settings);
    let path = round.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let without = settings.replace("[[category]]\nname = \"区市\"\nquota = \"30%\"\n", "");
    fs::write(&path, without).expect("written");
    let refused = round.refused("check", &["--case", "003-9", "受理"]);
    assert!(
        refused.contains("类别=") && refused.contains("功能区、部门"),
        "{refused}"
    );
    let refused = round.refused("check", &["--case", "003-9", "受理", "类别=农村"]);
    assert!(refused.contains("农村"), "{refused}");
    let listed = round.run("check", &[]).stdout;
    let row = listed
        .lines()
        .find(|row| row.starts_with("003-9\t"))
        .expect("a row");
    assert!(row.contains("应补正"), "{row}");
    round.well("check", &["--case", "003-9", "受理", "类别=部门"]);
    round.score("甲", "003-9", "创新性=36 领先性=20 实效性=20");
    let rows = round.well("tally", &["--json"]);
    let row = rows
        .lines()
        .find(|row| row.contains("003-9"))
        .expect("a row");
    let row: Value = serde_json::from_str(row).expect("JSON");
    assert_eq!(
        (&row["category"], &row["rank"]),
        (&"部门".into(), &1.into())
    );
    // Where the settings drop a category later, its cases stand in a group of their own.
    let settings = fs::read_to_string(&path).expect("settings");
    let without = settings.replace("[[category]]\nname = \"部门\"\nquota = \"30%\"\n", "");
    fs::write(&path, without).expect("written");
    round.well("amend", &["--reason", "不评部门"]);
    let said = round.well("tally", &[]);
    assert!(
        said.contains("未分类\n") && said.contains("不参加排名"),
        "{said}"
    );
    round.well("sheets", &[]);
    let own = fs::read_to_string(round.path().join("papers/个人评分表-甲.md")).expect("a paper");
    assert!(own.contains("未分类") && own.contains("003-9"), "{own}");
}

/// The example, whose 003-8 and 003-9 no criterion parts any more, for `places` places.
fn tied(places: u8) -> Round {
    let round = Round::example();
    let path = round.path().join("round.toml");
    let settings = fs::read_to_string(&path)
        .expect("settings")
        .replace("ties = [\"创新性\"]", "ties = []")
        .replacen("quota = 2", &format!("quota = {places}"), 1);
    fs::write(&path, settings).expect("written");
    round.well("amend", &["--reason", "并列由评审组决定"]);
    round
}

#[test]
fn a_tie_across_the_line_is_decided_or_a_recorded_gap() {
    let round = tied(1);
    let refused = round.refused("close", &[]);
    assert!(refused.contains("003-8、003-9 跨名额线并列"), "{refused}");
    // Only what is tied can be ordered, and all of it.
    for words in [
        &["003-8", "003-10"][..],
        &["003-15", "003-16"],
        &["003-8", "003-8"],
    ] {
        let words: Vec<&str> = words.iter().copied().chain(["--reason", "讨论"]).collect();
        let refused = round.refused("order", &words);
        assert!(refused.contains("003-8、003-9"), "{words:?}: {refused}");
    }
    round.well("order", &["003-9", "003-8", "--reason", "讨论决定"]);
    let refused = round.refused("close", &[]);
    assert!(!refused.contains("并列"), "{refused}");
    let said = Round::example().refused("order", &["003-8", "003-9", "--reason", "讨论"]);
    assert!(said.contains("没有并列的案例"), "{said}");
    let round = tied(1);
    round.well("close", &["--reason", "并列待定"]);
    let office = fs::read_to_string(round.path().join("office.jsonl")).expect("records");
    assert!(office.contains("跨名额线并列，未定次序"), "{office}");
}

#[test]
fn a_compilation_says_what_the_round_lacks() {
    // Two are tied for the one place of the first category, the others have none.
    let round = tied(1);
    let path = round.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    fs::write(&path, settings.replace("quota = 2", "quota = 0")).expect("written");
    round.run("amend", &["--reason", "名额调整"]);
    let folder = round.path().to_str().expect("UTF-8");
    let ran = anli(["compile", "--round", folder]);
    for words in ["003-8、003-9 跨名额线并列", "anli jury order"] {
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
    }
    // The example is not scored to its end, which the book says and its jurors' names not.
    let round = Round::example();
    let folder = round.path().to_str().expect("UTF-8");
    let ran = anli(["compile", "--round", folder]);
    assert!(ran.code == 0 && ran.stderr.contains("丙"), "{}", ran.stderr);
    assert!(
        ran.stdout.contains("编印时评审尚未结束") && ran.stdout.contains("从高到低"),
        "{}",
        ran.stdout
    );
}

#[test]
fn an_unknown_ending_is_no_plain_text() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.pdf", "a.doc", "a.xyz", "a"] {
        let path = folder.path().join(name);
        let output = path.to_str().expect("UTF-8");
        let ran = anli(["compile", "003-8", "--output", output]);
        assert!(ran.code == 2 && !path.exists(), "{name}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("txt | md | html | docx"),
            "{}",
            ran.stderr
        );
        let ran = anli(["compile", "003-8", "--format", "txt", "--output", output]);
        assert!(ran.code == 0 && path.exists(), "{name}: {}", ran.stderr);
    }
}

#[test]
fn where_the_ranking_mean_is_missing_no_tie_is_told() {
    let round = Round::example();
    let path = round.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let at = settings.find("mean = ").expect("a mean");
    let end = at + settings[at..].find('\n').expect("a line");
    let trimmed = format!("{}mean = \"trimmed\"{}", &settings[..at], &settings[end..]);
    fs::write(&path, trimmed).expect("written");
    round.well("amend", &["--reason", "改按去极值平均排名"]);
    // Three jurors score no case five times.
    let said = round.well("tally", &[]);
    assert!(!said.contains("得分与其他案例相同"), "{said}");
    assert!(said.contains("本轮以它排名，因此不列名次"), "{said}");
    let refused = round.refused("amend", &["--reason", "再记一次"]);
    assert!(refused.contains("无须登记"), "{refused}");
}

#[test]
fn jurors_and_bands_that_would_go_wrong_are_named_with_their_line() {
    let refused = |from: &str, to: &str| {
        let round = Round::example();
        let path = round.path().join("round.toml");
        let settings = fs::read_to_string(&path).expect("settings");
        assert!(settings.contains(from), "{settings}");
        fs::write(&path, settings.replacen(from, to, 1)).expect("written");
        let said = round.refused("status", &[]);
        assert!(said.contains("round.toml 第 "), "{said}");
        said
    };
    let said = refused("name = \"一般\", from = 0", "name = \"一般\", from = 10");
    assert!(said.contains("不到 10 的分数没有等次"), "{said}");
    let said = refused("name = \"甲\"", "name = \"CON\"");
    assert!(said.contains("保留名"), "{said}");
    let two = "name = \"abc\"\n[[juror]]\nname = \"ABC\"";
    let said = refused("name = \"甲\"", two);
    assert!(said.contains("只有大小写不同"), "{said}");
}

#[test]
fn the_agenda_before_scoring_has_every_case_in_the_order_of_the_docket() {
    let round = Round::new(|settings| {
        settings.replace("discussion = \"between\"", "discussion = \"before\"")
    });
    let said = round.well("agenda", &[]);
    let ids = ["003-8", "003-11", "003-15"];
    let places: Vec<_> = ids.iter().map(|id| said.find(id)).collect();
    assert!(places.iter().all(Option::is_some), "{said}");
}

#[test]
fn an_org_of_no_application_is_named_with_the_nearest() {
    let round = Round::new(|settings| settings);
    let said = round.run("status", &[]).stderr;
    assert!(said.contains("评委 甲 的单位“市社科院”"), "{said}");
    assert!(
        said.contains("最接近的是") && !said.contains("市审计局”"),
        "{said}"
    );
}

#[test]
fn a_vote_that_failed_leaves_the_case_out() {
    let round = tied(1);
    let chosen = |id: &str| {
        let rows = round.well("tally", &["--json"]);
        let row = rows
            .lines()
            .find(|row| row.contains(&format!("\"{id}\"")))
            .expect("a row");
        let row: Value = serde_json::from_str(row).expect("JSON");
        row["chosen"].clone()
    };
    assert_eq!(chosen("003-8"), Value::Null);
    let said = round.well("vote", &["--case", "003-8", "到会=3", "同意=1"]);
    assert!(said.contains("未通过"), "{said}");
    // The other of the two that were tied for one place has it.
    assert_eq!(
        (chosen("003-8"), chosen("003-9")),
        (false.into(), true.into())
    );
    let said = round.well("tally", &[]);
    assert!(said.contains("003-8 表决未通过，不入选"), "{said}");
    // A later vote counts; one without a quorum counts for nothing.
    round.well("vote", &["--case", "003-8", "到会=1", "同意=0"]);
    assert_eq!(chosen("003-8"), false);
    round.well("vote", &["--case", "003-8", "到会=3", "同意=3"]);
    assert_eq!(chosen("003-8"), Value::Null);
}

#[test]
fn a_vote_counts_the_recorded_recusals_or_asks_for_them() {
    let round = Round::new(|settings| settings);
    // 乙 is of the body of 003-15.
    let said = round.well("vote", &["--case", "003-15", "到会=3", "同意=2"]);
    assert!(
        said.contains("回避 1 人") && said.contains("通过"),
        "{said}"
    );
    let refused = round.refused("vote", &["--case", "003-15", "到会=2", "同意=2"]);
    assert!(refused.contains("回避=…"), "{refused}");
    let refused = round.refused("vote", &["--case", "003-15", "到会=3", "回避=0", "同意=2"]);
    assert!(refused.contains("至少有 1 人"), "{refused}");
    // One of the two present is recused: one of three is no quorum.
    let said = round.well("vote", &["--case", "003-15", "到会=2", "回避=1", "同意=1"]);
    assert!(said.contains("无效"), "{said}");
}

#[test]
fn published_papers_list_the_jurors_in_the_order_of_their_numbers() {
    let round = Round::example();
    round.well("sheets", &[]);
    let read =
        |name: &str| fs::read_to_string(round.path().join("papers").join(name)).expect("a paper");
    let row = |paper: &str, start: &str| -> Vec<String> {
        let row = paper
            .lines()
            .find(|row| row.starts_with(start))
            .expect("a row");
        row.split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let public = read("评分汇总表-公布.md");
    let head = row(&public, "| 名次");
    let at = head
        .iter()
        .position(|cell| cell == "评委1")
        .expect("a column");
    assert_eq!(head[at..at + 3], ["评委1", "评委2", "评委3"]);
    let signed = read("评分汇总表.md");
    let (names, own) = (row(&signed, "| 名次"), row(&signed, "| 1 | 003-15"));
    let first = names
        .iter()
        .position(|cell| cell == "甲")
        .expect("a column");
    let (mut own, mut shown) = (
        own[first..first + 3].to_vec(),
        row(&public, "| 1 | 003-15")[at..at + 3].to_vec(),
    );
    // The same three scores, in the order of the numbers.
    own.sort();
    shown.sort();
    assert_eq!(own, shown);
}

#[test]
fn jurors_of_a_round_without_a_revision_see_the_tally_once_it_is_closed() {
    for discussion in ["none", "before"] {
        let round = Round::new(|settings| {
            settings.replace(
                "discussion = \"between\"",
                &format!("discussion = {discussion:?}"),
            )
        });
        for juror in ["甲", "丙"] {
            round.score(juror, "003-8", "创新性=36 领先性=20 实效性=25.5");
        }
        round.refused("tally", &["--juror", "甲"]);
        round.well("close", &["--reason", "试评"]);
        let rows = round.well("tally", &["--json", "--juror", "甲"]);
        let row = rows
            .lines()
            .find(|row| row.contains("003-8"))
            .expect("a row");
        assert!(row.contains("\"scores\":2"), "{row}");
    }
}

#[test]
fn a_juror_learns_nothing_from_what_is_the_offices() {
    let round = Round::new(|settings| settings);
    let refused = round.refused("open", &["--juror", "甲"]);
    assert!(
        !refused.contains("尚缺") && refused.contains("办公室"),
        "{refused}"
    );
    // The ground of a listed recusal names the body, which a blind round hides.
    let round = Round::new(|settings| settings.replace("blind = \"none\"", "blind = \"labels\""));
    let said = round.well("status", &["--juror", "乙"]);
    assert!(
        said.contains("回避（") && !said.contains("市审计局"),
        "{said}"
    );
    round.well("sheets", &[]);
    let own = fs::read_to_string(round.path().join("papers/个人评分表-乙.md")).expect("a paper");
    assert!(own.contains("回避（") && !own.contains("市审计局"), "{own}");
}

#[test]
fn a_score_that_is_withdrawn_has_no_total() {
    let round = Round::new(|settings| settings);
    let said = round.score("甲", "003-8", "创新性=36 领先性=20 实效性=25.5");
    assert!(said.contains("本轮总分 81.50"), "{said}");
    let said = round.score("甲", "003-8", "撤回");
    assert!(!said.contains("81.50") && said.contains("未评"), "{said}");
    let rows = round.well("csv", &[]);
    assert!(rows.contains("与案例原获奖时的评审无关"), "{rows}");
}

#[test]
fn the_csv_is_the_same_in_every_language_and_valid_by_its_schema() {
    let round = Round::example();
    let id = round.id("003-11");
    round.well("score", &["--juror", "丙", "--case", &id, "回避=参与论证"]);
    let chinese = round.well("csv", &["--lang", "zh"]);
    assert_eq!(chinese, round.well("csv", &["--lang", "en"]));
    let mut rows = csv::Reader::from_reader(chinese.trim_start_matches('\u{feff}').as_bytes());
    let heads = rows.headers().expect("heads").clone();
    let schema = schema::of("schema/jury-csv.schema.json");
    let mut states = std::collections::BTreeSet::new();
    for row in rows.records() {
        let row = row.expect("a row");
        let cells = heads
            .iter()
            .zip(row.iter())
            .map(|(head, cell)| (head.to_owned(), cell.into()));
        let row: Value = Value::Object(cells.collect());
        schema::check(&schema, &row);
        // Alone the id would be the eleventh of March.
        if row["case"] == format!("'{id}") && row["juror"] == "丙" {
            assert_eq!(row["why"], "参与论证");
        }
        states.insert(row["state"].as_str().expect("a text").to_owned());
    }
    let states: Vec<&str> = states.iter().map(String::as_str).collect();
    assert_eq!(states, ["incomplete", "recused", "scored", "unscored"]);
}

/// 甲 scored 003-8 with points of 40, 30 and 30; from then on the round takes percents.
#[test]
fn scores_in_points_are_given_anew_when_a_round_goes_over_to_percents() {
    let round = Round::new(|settings| settings);
    round.score("甲", "003-8", "创新性=36 领先性=24 实效性=27");
    round.score("乙", "003-8", "创新性=30 领先性=21 实效性=21");
    round.score("甲", "003-15", "创新性=20");
    let path = round.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let bands = settings.find("bands = [").expect("bands");
    assert!(settings[bands..].contains("from"));
    let percent = settings.replace("entry = \"points\"", "entry = \"percent\"");
    // Bands of points are named as such until they are changed.
    fs::write(&path, &percent).expect("written");
    let said = round.refused("tally", &[]);
    assert!(said.contains("0–100"), "{said}");
    let without = |text: &str| -> String {
        let mut kept = String::new();
        let mut is_band = false;
        for line in text.lines() {
            is_band |= line.starts_with("bands = [");
            if !is_band {
                kept.push_str(line);
                kept.push('\n');
            }
            is_band &= !line.starts_with(']');
        }
        kept
    };
    fs::write(&path, without(&percent)).expect("written");
    assert!(round.refused("tally", &[]).contains("amend"));
    let said = round.well("amend", &["--reason", "改为百分制"]);
    for words in [
        "0 个评分照旧计入，0 个待评委确认",
        "3 个因打分方式已改",
        "打分方式 分值 → 百分制",
    ] {
        assert!(said.contains(words), "{said}");
    }
    let rows = round.well("tally", &["--json"]);
    assert!(
        rows.lines().all(|row| row.contains("\"scores\":0")),
        "{rows}"
    );
    let id = round.id("003-8");
    let shown = |juror: &str| {
        let said = round.well("status", &["--juror", juror]);
        let line = said.lines().find(|line| line.contains(&id));
        line.expect("a case").to_owned()
    };
    let line = shown("甲");
    assert!(line.contains("须重新打分") && line.contains("—"), "{line}");
    // 甲 scores anew by percents: 90, 80 and 90 are 36, 24 and 27.
    round.score("甲", "003-8", "创新性=90 领先性=80 实效性=90");
    let line = shown("甲");
    assert!(line.contains("已评") && line.contains("87.00"), "{line}");
    // What 乙 gave in points cannot be confirmed as percents.
    let said = round.refused("score", &["--juror", "乙", "--case", &id, "确认"]);
    assert!(said.contains("没有可确认的分数"), "{said}");
    round.score("乙", "003-8", "创新性=30 领先性=20 实效性=20");
    let first = round.well("tally", &["--json"]);
    let row = first.lines().find(|row| row.contains(&id)).expect("a row");
    // 87 and 12 + 6 + 6.
    assert!(
        row.contains("\"scores\":2") && row.contains("\"plain\":\"55.50\""),
        "{row}"
    );
    // Both entries of 甲 are in the file.
    let file = fs::read_to_string(round.file("甲")).expect("a file");
    assert!(
        file.contains("\"创新性\":36") && file.contains("\"创新性\":90"),
        "{file}"
    );
    // Back to points: what was given in percents is given anew.
    fs::write(&path, &settings).expect("written");
    round.well("amend", &["--reason", "改回"]);
    round.refused("score", &["--juror", "甲", "--case", &id, "确认"]);
    let line = shown("甲");
    assert!(line.contains("须重新打分") && line.contains("—"), "{line}");
    // The minutes say what was changed, both times.
    round.well("sheets", &[]);
    let minutes = fs::read_to_string(round.path().join("papers/评审纪要.md")).expect("a paper");
    for words in ["打分方式 分值 → 百分制", "打分方式 百分制 → 分值"] {
        assert!(minutes.contains(words), "{words}: {minutes}");
    }
}

#[test]
fn an_item_that_is_written_twice_is_refused() {
    let round = Round::example();
    for (action, words) in [
        (
            "score",
            &[
                "--juror",
                "甲",
                "--case",
                "003-11",
                "创新性=70",
                "创新性=80",
            ][..],
        ),
        ("vote", &["--case", "003-8", "到会=3", "同意=1", "同意=2"]),
        (
            "publicity",
            &[
                "起=2026-03-01",
                "止=2026-03-08",
                "止=2026-03-09",
                "联系=办公室",
            ],
        ),
    ] {
        let said = round.refused(action, words);
        assert!(said.contains("写了两次"), "{said}");
    }
}

#[test]
fn a_score_out_of_range_is_named_with_its_file_and_line() {
    let round = Round::example();
    let path = round.file("丙");
    let text = fs::read_to_string(&path).expect("a file");
    // The last line: no other one follows it, so that nothing else is amiss.
    fs::write(&path, text.replace("\"创新性\":75", "\"创新性\":175")).expect("written");
    let said = round.run("tally", &[]).stderr;
    for words in [
        "jurors/丙.jsonl 第 6 行",
        "003-10",
        "创新性 至多 100 分，不能是 175",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    // Another juror learns nothing of it.
    let said = round.run("status", &["--juror", "甲"]);
    assert!(!said.stderr.contains("175"), "{}", said.stderr);
}

#[test]
fn a_csv_in_a_file_is_for_spreadsheets() {
    let round = Round::example();
    let id = round.id("003-11");
    round.well("score", &["--juror", "丙", "--case", &id, "评语==1+1"]);
    let path = round.path().join("scores.csv");
    let output = path.to_str().expect("UTF-8");
    round.well("csv", &["--output", output]);
    let text = fs::read_to_string(&path).expect("written");
    assert!(text.starts_with("\u{feff}round,juror"), "{text}");
    assert!(
        text.contains(",'003-11,") && text.contains(",'=1+1,"),
        "{text}"
    );
    // Points stay numbers.
    assert!(text.contains(",创新性,90,100,"), "{text}");
    let said = round.refused("csv", &["--output", output]);
    assert!(said.contains("已存在"), "{said}");
}

#[test]
fn a_quota_above_the_number_of_cases_is_told() {
    let round = Round::new(|settings| settings.replacen("quota = \"30%\"", "quota = 200", 1));
    let said = round.well("tally", &[]);
    assert!(
        said.contains("设置的名额 200 个，多于受理的 1 个案例"),
        "{said}"
    );
    // 30% of one case is none.
    assert!(said.contains("30%，1 个案例向下取整不足 1 个"), "{said}");
}

#[test]
fn words_that_would_be_passed_over_are_refused() {
    let round = Round::example();
    for (action, words) in [
        ("check", &["受理"][..]),
        ("check", &["--case", "003-8", "受理", "补正"]),
        (
            "score",
            &["--juror", "甲", "--case", "003-8", "弃评", "创新性=36"],
        ),
        ("score", &["--juror", "甲", "--case", "003-8", "弃评=太忙"]),
        (
            "score",
            &["--juror", "甲", "--case", "003-8", "确认", "--reason", "试"],
        ),
        ("tally", &["区市"]),
        ("status", &["--case", "003-8"]),
        ("verify", &["manifest.sha256"]),
        ("close", &["试评"]),
        ("sheets", &["out"]),
    ] {
        let said = round.refused(action, words);
        let named = words
            .iter()
            .any(|word| said.contains(word.split('=').next().unwrap_or("")));
        assert!(named, "{action} {words:?}: {said}");
    }
}

#[test]
fn papers_that_are_written_after_the_end_are_held_by_their_own_list() {
    let round = on_applications(&[("停车.txt", PARKING)]);
    round.well("close", &[]);
    round.well("sheets", &[]);
    round.well("verify", &[]);
    fs::remove_file(round.path().join("papers/评审纪要.docx")).expect("removed");
    let ran = round.run("verify", &[]);
    assert!(
        ran.code == 1 && ran.stdout.contains("papers/评审纪要.docx：结束后消失"),
        "{}",
        ran.stdout
    );
    // One that is changed together with the list is held by the office's records.
    round.well("sheets", &[]);
    round.well("verify", &[]);
    let (minutes, list) = (
        round.path().join("papers/评审纪要.md"),
        round.path().join("papers/papers.sha256"),
    );
    let before = fs::read(&minutes).expect("minutes");
    let after = [&before[..], b"x"].concat();
    fs::write(&minutes, &after).expect("written");
    let listed = fs::read_to_string(&list).expect("a list");
    let forged = listed.replace(&digest(&before), &digest(&after));
    assert_ne!(forged, listed);
    fs::write(&list, forged).expect("written");
    let ran = round.run("verify", &[]);
    assert!(
        ran.code == 1 && ran.stdout.contains("papers/papers.sha256：结束后有改动"),
        "{}",
        ran.stdout
    );
    // All of them gone.
    fs::remove_dir_all(round.path().join("papers")).expect("removed");
    let ran = round.run("verify", &[]);
    assert!(
        ran.code == 1 && ran.stdout.contains("papers/papers.sha256：结束后消失"),
        "{}",
        ran.stdout
    );
}

#[test]
fn papers_that_are_gone_are_named_where_anything_lists_them() {
    let round = Round::example();
    round.well("sheets", &[]);
    round.well("close", &["--reason", "试评"]);
    let papers = round.path().join("papers");
    fs::remove_dir_all(&papers).expect("removed");
    let ran = round.run("verify", &[]);
    assert_eq!(ran.code, 1, "{}", ran.stdout);
    for name in ["papers.sha256", "评审纪要.docx", "个人评分表-甲.md"] {
        let said = format!("papers/{name}：结束后消失");
        assert!(ran.stdout.contains(&said), "{name}: {}", ran.stdout);
    }
    // Of a round that was ended without papers nothing tells whether there were any.
    let round = Round::example();
    round.well("close", &["--reason", "试评"]);
    let said = round.well("verify", &[]);
    assert!(said.contains("如有遗失无从得知"), "{said}");
    round.well("sheets", &[]);
    let said = round.well("verify", &[]);
    assert!(!said.contains("无从得知"), "{said}");
}

#[test]
fn minutes_name_no_part_that_is_empty() {
    let round = on_applications(&[("停车.txt", PARKING)]);
    let id = round.run("check", &["--json"]).stdout;
    let id: Value = serde_json::from_str(id.lines().next().expect("one")).expect("JSON");
    let id = id["id"].as_str().expect("an id");
    let said = round.well("objection", &["--case", id, "事由=署名有误"]);
    assert!(
        said.contains("署名有误") && !said.contains("核查") && !said.contains("处理"),
        "{said}"
    );
    round.well("sheets", &[]);
    let minutes = fs::read_to_string(round.path().join("papers/评审纪要.md")).expect("minutes");
    let results = minutes
        .split("三、评审结果")
        .nth(1)
        .expect("results")
        .split("四、")
        .next()
        .expect("results");
    assert!(results.lines().any(|line| line == "无"), "{results}");
}

#[test]
fn what_is_recorded_after_the_end_is_told_from_tampering() {
    let round = on_applications(&[("停车.txt", PARKING), ("水价.txt", WATER)]);
    round.well("close", &[]);
    let first = fs::read(round.path().join("manifest.sha256")).expect("a manifest");
    round.well(
        "publicity",
        &["起=2026-03-01", "止=2026-03-08", "联系=办公室"],
    );
    let said = round.well("verify", &[]);
    assert!(
        said.contains("公示：2026年3月1日") && said.contains("均未改动"),
        "{said}"
    );
    // A second end needs a reason and leaves the first manifest as it was.
    let refused = round.refused("close", &[]);
    assert!(refused.contains("再次结束"), "{refused}");
    round.well("close", &["--reason", "公示无异议"]);
    assert_eq!(
        fs::read(round.path().join("manifest.sha256")).expect("a manifest"),
        first
    );
    assert!(round.path().join("manifest-2.sha256").exists());
    round.well("verify", &[]);
    // What touches the result is said to.
    let id = round.run("check", &["--json"]).stdout;
    let id: Value = serde_json::from_str(id.lines().next().expect("one")).expect("JSON");
    let id = id["id"].as_str().expect("an id");
    let said = round.well("check", &["--case", id, "不受理", "--reason", "撤回申报"]);
    assert!(said.contains("影响评审结果"), "{said}");
    let ran = round.run("verify", &[]);
    assert!(
        ran.code == 1 && ran.stdout.contains("影响评审结果"),
        "{}",
        ran.stdout
    );
    let said = round.well("tally", &[]);
    assert!(said.contains("此后又有 1 条影响结果的记录"), "{said}");
    // An entry that is changed is no addition.
    let office = round.path().join("office.jsonl");
    let text = fs::read_to_string(&office).expect("text");
    fs::write(&office, text.replace("公示无异议", "公示有异议")).expect("written");
    let ran = round.run("verify", &[]);
    assert!(
        ran.code == 1 && ran.stdout.contains("office.jsonl：结束后有改动"),
        "{}",
        ran.stdout
    );
}

#[test]
fn points_for_a_text_that_was_replaced_count_only_when_they_are_confirmed() {
    let round = on_applications(&[("停车.txt", PARKING)]);
    let id = round.run("check", &["--json"]).stdout;
    let id: Value = serde_json::from_str(id.lines().next().expect("one")).expect("JSON");
    let id = id["id"].as_str().expect("an id");
    let changed = PARKING.replace("停车难", "停车很难");
    fs::write(round.application("停车.txt"), changed).expect("written");
    let score = |mark| round.well("score", &["--juror", "甲", "--case", id, mark]);
    let said = score("创新性=30");
    assert!(
        said.contains("未评完") && said.contains("旧分待确认") && said.contains("领先性、实效性"),
        "{said}"
    );
    let last = || {
        let text = fs::read_to_string(round.file("甲")).expect("entries");
        let last: Value =
            serde_json::from_str(text.lines().next_back().expect("one")).expect("JSON");
        last["points"].clone()
    };
    assert_eq!(last(), serde_json::json!({"创新性": 30}));
    assert!(round.well("tally", &["--json"]).contains("\"scores\":0"));
    let said = score("领先性=10");
    assert!(said.contains("计入：实效性"), "{said}");
    // 30 anew, 10 anew, 20 as before.
    let said = score("确认");
    assert!(
        said.contains("已评") && said.contains("60.00") && !said.contains("待确认"),
        "{said}"
    );
    assert_eq!(
        last(),
        serde_json::json!({"创新性": 30, "领先性": 10, "实效性": 20})
    );
}

#[test]
fn an_amendment_names_the_jurors_who_came_and_went() {
    let round = Round::new(|settings| settings);
    round.score("丙", "003-8", "创新性=30 领先性=20 实效性=20");
    let path = round.path().join("round.toml");
    let settings = fs::read_to_string(&path).expect("settings");
    let other = settings.replace("name = \"丙\"\norg = \"海洋大学\"", "name = \"戊\"");
    fs::write(&path, other).expect("written");
    let said = round.well("amend", &["--reason", "丙退出"]);
    for words in [
        "评委 丙 在册 → 无",
        "评委 丙 单位 海洋大学 → 无",
        "评委 戊 无 → 在册",
        "0 个评分照旧计入",
        "丙 已不在评委名单，其评分不再计入",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    round.well("sheets", &[]);
    let minutes = fs::read_to_string(round.path().join("papers/评审纪要.md")).expect("a paper");
    assert!(minutes.contains("评委 丙 在册 → 无"), "{minutes}");
}

#[test]
fn the_office_names_a_case_of_a_blind_round_by_either_id() {
    let round = Round::new(|settings| settings.replace("blind = \"none\"", "blind = \"labels\""));
    let code = round.id("003-8");
    let by_code = round.well("note", &["--case", &code, "已议"]);
    let by_id = round.well("note", &["--case", "003-8", "已议"]);
    assert_eq!(by_code, by_id);
    round.well("check", &["--case", "003-9", "受理"]);
    let folder = round.path().to_str().expect("UTF-8");
    let shown = |id: &str| anli(["show", "--round", folder, id]);
    assert!(shown(&code).stdout.contains("崂山区政府"));
    assert_eq!(shown(&code).stdout, shown("003-8").stdout);
    // A juror who could use ids of the library would learn whose case it is.
    let own = |id: &str| round.as_juror("甲", &["show", id]).code;
    assert_eq!((own(&code), own("003-8")), (0, 1));
    let refused = round.refused("score", &["--juror", "甲", "--case", "003-8", "创新性=1"]);
    assert!(refused.contains("没有 003-8"), "{refused}");
}

#[test]
fn a_compilation_says_that_its_round_is_not_closed() {
    let round = Round::new(|settings| settings);
    for juror in ["甲", "丙"] {
        for case in ["003-8", "003-15", "003-11"] {
            round.score(juror, case, "创新性=30 领先性=20 实效性=20");
        }
    }
    round.score("乙", "003-8", "创新性=30 领先性=20 实效性=20");
    round.score("乙", "003-11", "创新性=30 领先性=20 实效性=20");
    round.well("open", &[]);
    let folder = round.path().to_str().expect("UTF-8");
    let compiled = || anli(["compile", "--round", folder, "003-8", "--order", "rank"]);
    let ran = compiled();
    assert!(ran.stdout.contains("评审尚未结束，名次"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("评分未齐"), "{}", ran.stdout);
    round.well("close", &[]);
    assert!(!compiled().stdout.contains("评审尚未结束"));
}

#[test]
fn the_minutes_say_that_scores_were_changed_after_the_end() {
    let round = Round::new(|settings| settings);
    round.score("甲", "003-8", "创新性=30 领先性=20 实效性=20");
    round.well("close", &["--reason", "提前结束"]);
    let minutes = || {
        round.well("sheets", &[]);
        fs::read_to_string(round.path().join("papers/评审纪要.md")).expect("a paper")
    };
    assert!(!minutes().contains("结束之后"));
    round.score("甲", "003-8", "创新性=10");
    let said = minutes();
    assert!(said.contains("评分文件又有改动：甲（新增 1 条）"), "{said}");
}
