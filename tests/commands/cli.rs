//! The command line as tools and people meet it: the real binary, its output,
//! its errors and its exit codes.

use crate::program;
use crate::schema;
use std::fs;
use std::process::Stdio;

use crate::program::{Ran, anli, call, command, ran};
use anli::store::{Change, Store};
use anli::text::fold::fold;
use serde_json::{Value, json};

/// The objects of a run that went well.
#[track_caller]
fn objects(call: &str) -> Vec<Value> {
    let ran = program::call(call);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{call}");
    let lines = ran.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("every line is JSON"))
        .collect()
}

#[track_caller]
fn object(call: &str) -> Value {
    let mut objects = objects(call);
    assert_eq!(objects.len(), 1, "{call}");
    objects.remove(0)
}

/// The run fails with one sentence and prints nothing.
#[track_caller]
fn fails(call: &str, code: i32, sentence: &str) {
    check_failure(program::call(call), code, sentence);
}

#[track_caller]
fn check_failure(ran: Ran, code: i32, sentence: &str) {
    assert_eq!(ran.stderr, format!("anli: {sentence}\n"));
    assert_eq!((ran.code, ran.stdout.as_str()), (code, ""));
}

#[test]
fn cases_are_listed_in_the_order_that_is_asked_for() {
    let years = |order: &str| -> Vec<u64> {
        let cases = objects(&format!("list --json --sort {order}"));
        let year = |case: &Value| case["year"].as_u64().expect("all years are known");
        cases.iter().map(year).collect()
    };
    assert!(years("oldest").is_sorted());
    assert!(years("newest").is_sorted_by(|a, b| a >= b));
    assert_eq!(years("title").len(), 94);
}

#[test]
fn list_prints_every_case_in_reading_order() {
    let ran = call("list");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 94);
    assert_eq!(
        lines[0],
        "000-1\t2015\t区市\t创新推行混合用地模式　提高土地集约高效利用水平\t青岛西海岸新区管委、黄岛区政府"
    );
    assert_eq!(
        lines[93],
        "004-8\t2021\t区市\t盤活低效閑置土地 喚醒“沉睡”資源\t萊西市"
    );
}

#[test]
fn an_editors_title_stands_in_brackets() {
    let ran = call("list");
    let line = ran.stdout.lines().find(|line| line.starts_with("001-3\t"));
    let title = line
        .and_then(|line| line.split('\t').nth(3))
        .expect("case 001-3 is there");
    assert!(title.starts_with('[') && title.ends_with(']'), "{title}");
}

#[test]
fn list_json_has_the_documented_keys_in_order() {
    let keys = [
        "id",
        "source",
        "n",
        "year",
        "category",
        "area",
        "completeness",
        "title",
        "title_printed",
        "title_simplified",
        "orgs",
        "lines",
        "sections",
    ];
    let ran = call("list --json");
    assert_eq!(ran.stdout.lines().count(), 94);
    for line in ran.stdout.lines() {
        let places: Vec<usize> = keys
            .iter()
            .map(|key| {
                line.find(&format!("\"{key}\":"))
                    .expect("every key is there")
            })
            .collect();
        assert!(places.is_sorted(), "{line}");
    }
}

#[test]
fn an_error_quotes_no_more_than_can_be_read() {
    let long = "没有的词".repeat(100);
    let quoted: String = long.chars().take(40).collect::<String>() + "…";
    for words in [
        vec!["search", &long],
        vec!["show", &long],
        vec!["show", "003-5", "--section", &long],
        vec!["export", "--query", &long],
        vec!["list", &long],
        vec!["list", "--lang", &long],
        vec!["help", &long],
    ] {
        let ran = anli(&words);
        assert_ne!(ran.code, 0, "{}", words[0]);
        let said: usize = ran.stderr.matches("没有的词").count();
        assert!(ran.stderr.contains(&quoted), "{}", ran.stderr);
        assert!(said < 60, "{}", ran.stderr);
    }
}

#[test]
fn an_option_unlike_any_is_answered_without_a_guess() {
    fails(
        "--bogus",
        2,
        "没有选项 --bogus；查询词以 - 开头时先写 --；用法见 anli --help",
    );
}

#[test]
fn an_id_in_a_library_without_cases_is_answered_with_a_whole_sentence() {
    let folder = folder(&[("leer.txt", b"\n")]);
    for (command, language, sentence) in [
        ("show", "zh", "没有案例 1"),
        ("cite", "zh", "没有案例 1"),
        ("show", "en", "no case 1"),
        ("cite", "en", "no case 1"),
    ] {
        let ran = anli([
            command.as_ref(),
            "1".as_ref(),
            "--lang".as_ref(),
            language.as_ref(),
            "--seeds".as_ref(),
            folder.path().as_os_str(),
        ]);
        check_failure(ran, 1, sentence);
    }
}

#[test]
fn figures_are_a_table_for_people_spreadsheets_and_documents() {
    let ran = call("figures 003-25");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let row = ran.stdout.lines().find(|row| row.contains("\t8795.6亩\t"));
    let cells: Vec<&str> = row.expect("it is listed").split('\t').collect();
    assert_eq!(cells[..4], ["003-25", "8795.6亩", "有效灌溉面积", "面积"]);
    let csv = call("figures 003-25 --format csv").stdout;
    assert!(
        csv.starts_with("case,quote,start,end,value,value_to,unit,"),
        "{csv}"
    );
    assert!(csv.contains("003-25,8-10m,"), "{csv}");
    let markdown = call("figures --query 海水稻 --format md --lang en").stdout;
    assert!(markdown.starts_with("| id | figure | counts | kind | sentence |\n|---|"));
    assert!(markdown.contains("| 620.95公斤 |"), "{markdown}");
    let none = folder(&[("leer.txt", "一个案例\n正文没有数字。\n".as_bytes())]);
    let ran = anli([
        "figures".as_ref(),
        "--seeds".as_ref(),
        none.path().as_os_str(),
    ]);
    check_failure(ran, 1, "这些案例中没有数字");
}

#[test]
fn what_only_guesses_find_is_not_counted() {
    for command in ["figures", "evidence", "stats"] {
        let ran = call(&format!("{command} --query 没有的"));
        assert_eq!(ran.code, 1, "{command}");
        assert_eq!(ran.stderr, "anli: 没有找到 没有的\n", "{command}");
    }
}

#[test]
fn two_or_three_cases_are_compared() {
    for ids in ["003-9", "003-9 003-9", "003-9 001-2 003-6 003-7"] {
        check_failure(
            call(&format!("compare {ids}")),
            2,
            "请给出两个或三个不同的案例编号",
        );
    }
    let table = call("compare 003-9 001-2 --format md --lang en").stdout;
    assert!(table.starts_with("|  | 003-9 "), "{table}");
    assert!(table.contains("\n| results | 二、取得成效<br>"), "{table}");
    let text = call("compare 003-9 001-2").stdout;
    assert!(text.contains("\n001-2\t（无此部分）\n"), "{text}");
}

#[test]
fn what_cases_say_is_a_table_for_people() {
    let evidence = call("evidence 003-16").stdout;
    assert!(
        evidence.starts_with("003-16\t创新性\t率先（全省）\t"),
        "{evidence}"
    );
    // 变“一次性出让”为“弹性出让”,变“静态管理”为“动态管理”: one cue, said once.
    let twice = call("evidence 000-1").stdout;
    assert!(twice.contains("\t探索、变、促进\t"), "{twice}");
    let related = call("related 002-5").stdout;
    assert!(related.starts_with("002-5\t004-8\t"), "{related}");
    assert!(
        related.contains("\t同一改革的另一报道 · 同一机构 莱西市政府 · 同一做法 "),
        "{related}"
    );
    let lineage = call("lineage 001-6 --lang en").stdout;
    assert!(
        lineage.contains("same organisation 市地铁指挥部办公室 → 市地铁工程建设指挥部"),
        "{lineage}"
    );
    let stats = call("stats --lang en").stdout;
    assert!(
        stats.contains("\nyear by category\n\t区市\t功能区\t部门\ttotal\n"),
        "{stats}"
    );
}

/// A district of the built-in documents' city is none of another's.
#[test]
fn the_built_in_catalog_is_for_the_built_in_documents() {
    let text = "2019年度创新工作案例\n示例日报 2019-11-05\n\
        市教育局推出“校门口的公交”,按学生住址开行通学线路,全年少跑私家车12万车次。\n\
        高新区管委在老旧小区设立“共享工具间”,邻里可以借用梯子和打气筒。\n\
        市图书馆推行“书香快递”,读者在网上选书,三天内送到家门口。\n";
    let other = folder(&[("2019_other.txt", text.as_bytes())]);
    let found = |folder: &tempfile::TempDir| {
        let ran = anli([
            "search".as_ref(),
            "青岛高新技术产业开发区管委会".as_ref(),
            "--seeds".as_ref(),
            folder.path().as_os_str(),
        ]);
        ran.stdout
    };
    assert_eq!(found(&other), "");
    let report = include_str!("../../seeds/001_6ec06563744fe9af.txt");
    let ours = folder(&[
        ("2019_other.txt", text.as_bytes()),
        ("001_report.txt", report.replace('\n', "\r\n").as_bytes()),
    ]);
    assert!(found(&ours).contains("2019.0y8p1hy9-2"), "{}", found(&ours));
}

#[test]
fn every_object_is_valid_by_its_schema() {
    let ids: Vec<String> = objects("list --json")
        .iter()
        .map(|case| text(&case["id"]))
        .collect();
    let ids = ids.join(" ");
    for (file, calls) in [
        (
            "schema/case.schema.json",
            vec![
                "list --json".to_owned(),
                "search --json 创新".to_owned(),
                format!("show --json {ids}"),
                "export --format jsonl".to_owned(),
            ],
        ),
        (
            "schema/figure.schema.json",
            vec![
                "figures --json".to_owned(),
                "figures --json 003-25".to_owned(),
            ],
        ),
        (
            "schema/evidence.schema.json",
            vec!["evidence --json".to_owned()],
        ),
        (
            "schema/related.schema.json",
            vec![format!("related --json {ids}")],
        ),
        (
            "schema/lineage.schema.json",
            vec![
                "lineage --json".to_owned(),
                "lineage --json 003-4".to_owned(),
            ],
        ),
        (
            "schema/compare.schema.json",
            vec![
                "compare --json 003-9 001-2".to_owned(),
                "compare --json 003-25 003-6 004-8".to_owned(),
            ],
        ),
        (
            "schema/stats.schema.json",
            vec![
                "stats --json".to_owned(),
                "stats --json --query 年:2017".to_owned(),
            ],
        ),
        (
            "schema/check.schema.json",
            vec![
                "check --json".to_owned(),
                "check --json --lang en".to_owned(),
            ],
        ),
        (
            "schema/doctor.schema.json",
            vec![
                "doctor --json".to_owned(),
                "doctor --json --no-state".to_owned(),
            ],
        ),
    ] {
        let schema = schema::of(file);
        for call in calls {
            let objects = objects(&call);
            assert!(!objects.is_empty(), "{call}");
            for object in objects {
                schema::check(&schema, &object);
            }
        }
    }
    let schema = schema::of("schema/citation.schema.json");
    for style in anli::cite::Style::ALL.map(anli::cite::Style::name) {
        let ran = program::call(&format!("cite --json --style {style} {ids}"));
        assert_eq!(ran.stdout.lines().count(), 94, "{style}");
        for line in ran.stdout.lines() {
            let citation = serde_json::from_str(line).expect("every line is JSON");
            schema::check(&schema, &citation);
        }
    }
}

/// A validator that lets everything pass would hold nothing.
#[test]
#[should_panic(expected = "additionalProperties")]
fn a_key_that_no_schema_knows_is_found() {
    let schema = schema::of("schema/citation.schema.json");
    let mut citation = object("cite --json --style csl 004-2");
    citation["volume"] = json!(1);
    schema::check(&schema, &citation);
}

fn text(value: &Value) -> String {
    value.as_str().expect("it is a text").to_owned()
}

#[test]
fn a_digest_entry_knows_its_three_places() {
    assert_eq!(
        find("000-13"),
        json!({
            "id": "000-13",
            "source": "000_c8df632cfb2d134d.txt",
            "n": 13,
            "year": 2015,
            "category": "功能区",
            "category_printed": "二、功能区管理机构和重点项目协调推进机构创新工作案例",
            "area": null,
            "completeness": "摘要",
            "reader": "digest",
            "confidence": "high",
            "basis": "名单 37 条，摘要 37 篇，其中 37 篇与名单对应",
            "title": "创新拓展投融资渠道　打造青岛特色轨道交通PPP模式",
            "title_printed": true,
            "title_simplified": "创新拓展投融资渠道　打造青岛特色轨道交通PPP模式",
            "orgs": ["市地铁指挥部办公室"],
            "lines": {"first": 79, "last": 81, "list": 17},
            "sections": [],
        })
    );
}

#[track_caller]
fn find(id: &str) -> Value {
    let cases = objects("list --json");
    let found = cases.into_iter().find(|case| case["id"] == id);
    found.unwrap_or_else(|| panic!("there is no case {id}"))
}

#[test]
fn a_full_case_has_its_headings_with_level_and_line() {
    let case = find("003-5");
    assert_eq!(case["area"], "市南区");
    assert_eq!(case["completeness"], "全文");
    assert_eq!(
        case["lines"],
        json!({"first": 101, "last": 122, "list": null})
    );
    assert_eq!(
        case["sections"],
        json!([
            {"level": 1, "heading": "一、案例背景：", "line": 106},
            {"level": 1, "heading": "二、项目基本情况", "line": 109},
            {"level": 1, "heading": "三、创新思路及做法", "line": 111},
            {"level": 2, "heading": "（一）创新理念有效解开“邻避效应”难题。", "line": 112},
            {"level": 2, "heading": "（二）创新设计有效打开“空间不足”限制。", "line": 114},
            {"level": 2, "heading": "（三）创新模式有效化解“数量不足”制约。", "line": 116},
            {"level": 2, "heading": "（四）创新标准有效补齐“服务弱势”短板。", "line": 118},
            {"level": 2, "heading": "（五）创新品牌打造城市管理亮点。", "line": 120},
        ])
    );
}

#[test]
fn a_traditional_title_comes_in_both_scripts_without_glosses() {
    let case = find("001-2");
    assert_eq!(case["title"], "李滄區借力民營資本打造社區衛生服務新范本");
    assert_eq!(
        case["title_simplified"],
        "李沧区借力民营资本打造社区卫生服务新范本"
    );
    assert_eq!(case["orgs"], json!(["李滄區政府"]));
    assert_eq!(case["area"], "李沧区");
    assert_eq!(find("001-3")["title_printed"], false);
}

#[test]
fn show_prints_title_org_source_and_one_paragraph_a_line() {
    let ran = call("show 000-13");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(
        lines[..5],
        [
            "创新拓展投融资渠道",
            "打造青岛特色轨道交通PPP模式",
            "市地铁指挥部办公室",
            "2015 · 功能区 · 摘要 · 000-13 · 000_c8df632cfb2d134d.txt 第 79-81 行",
            "",
        ]
    );
    assert_eq!(lines.len(), 6);
    assert!(lines[5].starts_with("为解决长期资金需求,市地铁办创新引入“基金+项目公司”结构,"));
}

#[test]
fn a_case_of_one_line_is_said_to_stand_in_one() {
    let stdout = call("show 001-3").stdout;
    assert!(
        stdout.contains("001_6ec06563744fe9af.txt 第 9 行\n"),
        "{stdout}"
    );
    let stdout = call("show 001-3 --lang en").stdout;
    assert!(
        stdout.contains("001_6ec06563744fe9af.txt line 9\n"),
        "{stdout}"
    );
}

#[test]
fn show_json_adds_the_text_with_headings_and_without_title_and_org() {
    let case = object("show --json 003-5");
    let text = text(&case["text"]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "一、案例背景：");
    assert!(lines[1].starts_with("城市公共厕所作为城市公共设施的重要组成部分"));
    assert_eq!(lines[5], "（一）创新理念有效解开“邻避效应”难题。");
    assert!(!text.contains("市南区政府\n") && !text.contains("净善境美”城市管理服务品牌\n"));
}

#[test]
fn several_cases_are_shown_in_the_order_asked() {
    let cases = objects("show --json 004-4 000-1");
    assert_eq!(
        (&cases[0]["id"], &cases[1]["id"]),
        (&json!("004-4"), &json!("000-1"))
    );
}

#[test]
fn full_width_digits_name_a_case_too() {
    assert_eq!(object("show --json ０００－１３")["id"], "000-13");
}

#[test]
fn show_section_gives_that_section_only() {
    let text = text(&object("show --json 003-5 --section 项目基本情况")["text"]);
    assert!(text.starts_with("二、项目基本情况\n近年来，市南区加快实施“公厕革命”"));
    assert_eq!(text.lines().count(), 2);
}

/// Reads with settings of one's own.
fn written_with(settings: &str, arguments: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("config.toml");
    std::fs::write(&file, settings).expect("written");
    let ran = call(&format!("--config {} {arguments}", file.display()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout
}

#[test]
fn show_writes_the_script_that_is_asked_for() {
    let shown = |script: &str| call(&format!("show 004-1 {script}")).stdout;
    assert!(shown("").contains("沖擊鉆"), "as printed");
    assert_eq!(shown("--script 原"), shown(""));
    assert!(shown("--script 简").contains("冲击钻"));
    assert!(shown("--script 繁").contains("衝擊鑽"));
    assert_eq!(shown("--script traditional"), shown("--script 繁"));
    let object = object("show --json 003-27 --script 繁");
    assert!(text(&object["text"]).contains("街長發現各類問題"));
    assert_eq!(text(&object["category"]), "部门", "a key's own value stays");
}

#[test]
fn the_settings_choose_forms_and_marks_of_a_script() {
    let original = written_with(
        "traditional = \"hk\"\npunctuation = \"全角\"\n",
        "show 004-1",
    );
    assert_eq!(original, call("show 004-1").stdout);
    let taiwan = call("show 004-1 --script 繁").stdout;
    let hong_kong = written_with("traditional = \"hk\"\n", "show 004-1 --script 繁");
    assert!(
        taiwan.contains("臺") && !hong_kong.contains("臺"),
        "{hong_kong}"
    );
    let printed = call("show 004-1 --script 繁").stdout;
    let full = written_with("punctuation = \"全角\"\n", "show 004-1 --script 繁");
    assert!(printed.contains(",") && full.matches('，').count() > printed.matches('，').count());
    assert_eq!(printed.chars().count(), full.chars().count());
}

#[test]
fn search_and_export_write_the_script_that_is_asked_for() {
    let found = objects("search 街长 --json --script 繁");
    let matches = found
        .iter()
        .flat_map(|object| object["matches"].as_array().expect("matches"));
    let texts: Vec<&str> = matches
        .map(|found| found["text"].as_str().expect("text"))
        .collect();
    assert!(texts.iter().any(|text| text.contains("街長")) && !texts.concat().contains("街长"));
    for format in ["md", "csv", "json", "jsonl"] {
        let exported = call(&format!("export 003-27 --script 繁 --format {format}")).stdout;
        assert!(exported.contains("街長發現各類問題"), "{format}");
    }
    // What stands there for readers follows, and what programs compare stays.
    let shown = call("export 000-1 --script 繁 --format md").stdout;
    for line in [
        "- 編號：000-1",
        "- 類別：區市",
        "- 地區：黃島區",
        "- 文本類型：摘要",
    ] {
        assert!(shown.lines().any(|known| known == line), "{line}: {shown}");
    }
    for object in [
        object("show --json 000-1 --script 繁"),
        objects("search 混合用地 --json --script 繁").swap_remove(0),
        serde_json::from_str(&call("export 000-1 --script 繁 --format jsonl").stdout)
            .expect("an object"),
    ] {
        for (key, value) in [
            ("category", "区市"),
            ("area", "黄岛区"),
            ("completeness", "摘要"),
        ] {
            assert_eq!(text(&object[key]), value);
        }
    }
    let table = call("export 000-1 --script 繁 --format csv").stdout;
    assert!(table.contains(",区市,黄岛区,摘要,創新推行"), "{table}");
    let cited = call("export 003-27 --script 简 --format bib").stdout;
    assert_eq!(cited, call("export 003-27 --format bib").stdout);
    let ran = call("show 003-27 --script 日");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("原"), "{}", ran.stderr);
}

#[test]
fn a_role_names_a_section_whatever_its_heading_says() {
    let practice = text(&object("show --json 003-5 --section 做法")["text"]);
    assert!(practice.starts_with("三、创新思路及做法\n（一）创新理念有效解开"));
    // The heading on line 111 and all up to the end of the case on line 122.
    assert_eq!(practice.lines().count(), 12);
    for role in ["背景", "background"] {
        let background = text(&object(&format!("show --json 003-5 --section {role}"))["text"]);
        assert!(background.starts_with("一、案例背景：\n"), "{role}");
        assert_eq!(background.lines().count(), 2);
    }
}

#[test]
fn a_section_that_is_not_there_is_named_with_those_that_are() {
    fails(
        "show 000-13 --section 领先性",
        1,
        "案例 000-13 没有小标题，也没有 领先性 一节",
    );
    let ran = call("--lang en show 003-5 --section 无此节");
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.starts_with(
            "anli: case 003-5 has no section 无此节, its headings are: 一、案例背景：; "
        )
    );
}

#[test]
fn an_unknown_id_is_answered_with_the_nearest_ones() {
    let ran = call("show 000-99");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr
            .starts_with("anli: 没有案例 000-99，相近的有 000-9、"),
        "{}",
        ran.stderr
    );
    // Where no id is like it, none is named.
    let ran = call("show x1");
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.starts_with("anli: 没有案例 x1\n"),
        "{}",
        ran.stderr
    );
    let ran = call("show 000-99 000-1");
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.starts_with("创新推行混合用地模式\n"));
}

#[test]
fn search_ranks_from_one_and_says_where() {
    let found = objects("search --json 公厕");
    assert_eq!(
        (&found[0]["id"], &found[0]["rank"]),
        (&json!("003-5"), &json!(1))
    );
    assert_eq!(found[0]["matches"][0]["field"], "title");
    let ranks: Vec<u64> = found
        .iter()
        .filter_map(|case| case["rank"].as_u64())
        .collect();
    assert_eq!(ranks, (1..=found.len() as u64).collect::<Vec<_>>());
}

#[test]
fn a_guess_is_told_from_what_was_found_as_typed() {
    for (query, id, group) in [
        ("街长制", "003-27", "exact"),
        ("gxq", "000-12", "exact"),
        ("haishuidao", "003-3", "pinyin"),
        ("街长治", "003-27", "homophone"),
        ("五王大赛", "000-17", "scattered"),
    ] {
        let ran = call(&format!("search --json {query}"));
        // Where nothing else is found, it says so.
        let said = match group {
            "homophone" | "scattered" => "anli: 以下均为猜测，没有与所输文字完全相符的案例\n",
            _ => "",
        };
        assert_eq!((ran.code, &*ran.stderr), (0, said), "{query}");
        let found = ran
            .stdout
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"));
        let found: Vec<serde_json::Value> = found.collect();
        let case = found.iter().find(|case| case["id"] == id);
        let case = case.unwrap_or_else(|| panic!("{query} finds {id}"));
        assert_eq!(case["group"], group, "{query}");
    }
}

#[test]
fn words_that_stand_far_apart_in_a_paragraph_are_each_shown() {
    for id in ["001-5", "003-24"] {
        let found = objects("search --json 打造 支撑");
        let case = found.iter().find(|case| case["id"] == id);
        let matches = case.expect("it has both")["matches"].clone();
        for word in ["打造", "支撑"] {
            let mut texts = matches.as_array().expect("a list").iter();
            let folded = |found: &Value| text(&found["text"]).chars().map(fold).collect::<String>();
            let shown = texts.any(|found| folded(found).contains(word));
            assert!(shown, "{word} in {id}: {matches}");
        }
    }
}

#[test]
fn search_prints_one_line_a_case_for_programs() {
    let ran = call("search 海水稻");
    let cells: Vec<&str> = ran
        .stdout
        .lines()
        .next()
        .expect("it is found")
        .split('\t')
        .collect();
    assert_eq!(
        cells[..4],
        ["1", "003-3", "李沧区高标准打造青岛国际院士港", "正文"]
    );
    assert!(cells[4].contains("海水稻"), "{}", cells[4]);
    assert_eq!(cells.len(), 5);
}

#[test]
fn a_search_without_a_hit_says_so_and_ends_with_one() {
    let ran = call("search --json 火星殖民地");
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.starts_with("anli: 没有找到 火星殖民地"));
    assert_eq!(ran.stderr.lines().count(), 1);
    // What has nothing of the word is not offered.
    let ran = call("search 龘龘龘靐");
    let told = "anli: 没有找到 龘龘龘靐；也没有相近的内容，可换用更短的词、拼音或主题（主题:）\n";
    assert_eq!(ran.stderr, told);
}

#[test]
fn a_word_to_exclude_is_no_option() {
    let with = objects("search --json 审计").len();
    let without = objects("search --json 审计 -大数据").len();
    assert!(0 < without && without < with, "{without} of {with}");
}

#[test]
fn cite_prints_a_reference_and_says_what_the_document_does_not() {
    let ran = call("cite 000-13 --lang en");
    assert_eq!(ran.code, 0);
    assert_eq!(ran.stdout.lines().count(), 1);
    assert!(
        ran.stdout
            .starts_with("郝园园. 创新拓展投融资渠道 打造青岛特色轨道交通PPP模式[EB/OL]")
    );
    assert!(
        ran.stderr
            .contains("the document of 000-13 does not give: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn cite_json_lists_what_is_missing() {
    let citation = object("cite --json --style gbt2025 003-5");
    assert_eq!(
        (&citation["id"], &citation["style"]),
        (&json!("003-5"), &json!("gbt2025"))
    );
    let missing = citation["missing"].as_array().expect("a list");
    assert!(missing.contains(&json!("出版日期")), "{missing:?}");
}

#[test]
fn several_references_in_csl_are_one_array() {
    let ran = call("cite --style csl 000-13 004-2");
    let items: Value = serde_json::from_str(&ran.stdout).expect("it is JSON");
    assert_eq!(items.as_array().map(Vec::len), Some(2));
}

#[test]
fn export_prints_all_cases_or_those_named_or_found() {
    assert_eq!(call("export --format jsonl").stdout.lines().count(), 94);
    assert_eq!(
        call("export --format jsonl 000-1 004-4")
            .stdout
            .lines()
            .count(),
        2
    );
    let found = call("export --format jsonl --query 海水稻").stdout;
    assert!(found.starts_with("{\"id\":\"003-3\","), "{found}");
    assert_eq!(call("export --query 火星殖民地").code, 1);
}

#[test]
fn an_export_of_a_query_with_a_wrong_field_is_refused() {
    for (query, sentence) in [
        ("年:2O17", "字段 年 的值 2O17 无效，可用 2015-2021"),
        ("地:火星 创新", "字段 地 的值 火星 无效，可用 即墨区"),
        ("年: 创新", "字段 年 缺少值"),
        ("年分:2017", "没有字段 年分，是否要用 年"),
        (
            "xyzq:2017",
            "没有字段 xyzq，可用的有 年、地、类、机构、题、文、",
        ),
    ] {
        let folder = folder(&[]);
        let path = folder.path().join("cases.jsonl");
        let name = path.to_string_lossy();
        let export = ["export", "--no-state", "--query", query];
        for ran in [
            anli(export),
            anli(export.into_iter().chain(["--output", &name])),
        ] {
            assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{query}");
            let said = format!("anli: {sentence}");
            assert!(ran.stderr.starts_with(&said), "{}", ran.stderr);
            assert_eq!(ran.stderr.lines().count(), 1);
        }
        assert!(!path.exists(), "{query}");
    }
}

#[test]
fn an_export_tells_of_a_quotation_that_is_not_closed() {
    let ran = call("export --format jsonl --query \"海水稻");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, "anli: 引号未闭合\n"));
    assert_eq!(ran.stdout.lines().count(), 1);
}

#[test]
fn pinyin_is_read_as_the_settings_say() {
    let calls = [
        "search --no-state cuangxin",
        "export --no-state --format jsonl --query cuangxin",
    ];
    for words in calls {
        assert_eq!(call(words).code, 1, "{words}");
        let fuzzy = |words: &str| {
            let mut command = command();
            command.env("ANLI_PINYIN_FUZZY", "true");
            ran(command.args(words.split(' ')).output().expect("it runs"))
        };
        let ran = fuzzy(words);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{words}");
        let right = fuzzy(&words.replace("cuangxin", "chuangxin"));
        assert_eq!(ran.stdout.lines().count(), right.stdout.lines().count());
    }
}

#[test]
fn export_replaces_no_file_unless_told_to() {
    let folder = folder(&[("cases.csv", b"mine")]);
    let path = folder.path().join("cases.csv");
    let name = path.to_string_lossy();
    let export = ["export", "--output", &name, "000-1"];
    check_failure(
        anli(export),
        2,
        &format!("无法写入文件 {name}：文件已存在，覆盖请用 --force"),
    );
    assert_eq!(fs::read(&path).expect("it is there"), b"mine");
    let ran = anli(export.into_iter().chain(["--force"]));
    assert_eq!(
        (ran.code, ran.stdout),
        (0, format!("已将 1 个案例导出到 {name}\n"))
    );
    let written = fs::read_to_string(&path).expect("it is UTF-8");
    assert!(written.starts_with("\u{feff}id,") && written.contains("\r\n'000-1,"));
}

#[test]
fn an_ending_that_no_format_has_is_told() {
    let folder = folder(&[]);
    for (name, told) in [("cases.xlsx", 1), ("cases.CSV", 0), ("cases", 0)] {
        let path = folder.path().join(name);
        let ran = anli(["export", "--output", &path.to_string_lossy(), "000-1"]);
        assert_eq!((ran.code, ran.stderr.lines().count()), (0, told), "{name}");
        assert_eq!(ran.stderr.contains("Markdown"), told == 1, "{name}");
    }
}

#[test]
fn check_accounts_for_every_character() {
    let documents = objects("check --json");
    assert_eq!(documents.len(), 5);
    let parts = [
        "case_text",
        "list_entry",
        "own_text",
        "furniture",
        "noise",
        "white_space",
        "unaccounted",
    ];
    for document in &documents {
        let sum: u64 = parts
            .iter()
            .filter_map(|part| document[part].as_u64())
            .sum();
        assert_eq!(document["total"].as_u64(), Some(sum));
        assert_eq!(document["unaccounted"], 0);
    }
    // The glosses are 47.6 % of the file; counted in an editor it has 4,654
    // characters, of which 2,213 stand in the 426 glosses.
    assert_eq!(
        (&documents[1]["total"], &documents[1]["noise"]),
        (&json!(4654), &json!(2213))
    );
    let table = call("check");
    assert_eq!((table.code, table.stderr.as_str()), (0, ""));
    assert!(table.stdout.contains("004_860cbca26c24b5e4.txt"));
}

#[test]
fn help_and_version_are_answers_not_errors() {
    for call in [
        "--help",
        "-h",
        "help",
        "list --help",
        "help search",
        "--version",
        "-V",
    ] {
        let ran = program::call(call);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{call}");
        assert!(
            ran.stdout.ends_with('\n') && !ran.stdout.ends_with("\n\n"),
            "{call}"
        );
    }
    assert_eq!(
        call("--version").stdout,
        concat!("anli ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn help_speaks_the_language_asked() {
    assert!(
        call("--help")
            .stdout
            .contains("用法：anli [选项] [QUERY]...")
    );
    assert!(
        call("--lang en --help")
            .stdout
            .contains("Usage: anli [OPTIONS] [QUERY]...")
    );
    assert!(
        call("help --lang=en show")
            .stdout
            .contains("Usage: anli show [OPTIONS] ID...")
    );
    let english = command().env("LANG", "en_US.UTF-8").arg("--help").output();
    let english = ran(english.expect("the binary was built for this test"));
    assert!(english.stdout.contains("Usage: "));
}

#[test]
fn help_names_every_command_and_fits_the_screen() {
    for language in ["zh", "en"] {
        let help = anli(["--lang", language, "--help"]).stdout;
        for name in [
            "list",
            "show",
            "search",
            "check",
            "completions",
            "man",
            "help",
        ] {
            assert!(help.contains(&format!("\n  {name} ")), "{name}");
        }
        for line in help.lines() {
            let columns = anli_columns(line);
            assert!(columns <= 100, "{columns} columns: {line}");
        }
    }
}

fn anli_columns(line: &str) -> u16 {
    anli::text::width::of_str(line, anli::text::width::Ambiguous::Wide)
}

#[test]
fn a_wrong_call_is_told_once_and_ends_with_two() {
    fails(
        "--seds x",
        2,
        "没有选项 --seds，是否要用 --seeds；用法见 anli --help",
    );
    fails(
        "--lang en --seds x",
        2,
        "unknown option --seds, did you mean --seeds; see anli --help",
    );
    fails(
        "--lang en list 000-1",
        2,
        "unexpected argument 000-1; see anli --help",
    );
    fails(
        "list --lang fr",
        2,
        "--lang 的值 fr 无效，可用 zh、en；用法见 anli --help",
    );
    fails(
        "--lang en list --seeds",
        2,
        "missing value for --seeds; see anli --help",
    );
    fails(
        "--lang en list --json=1",
        2,
        "--json takes no value; see anli --help",
    );
    fails("show", 2, "缺少参数 ID；用法见 anli --help");
    fails(
        "--lang en search",
        2,
        "missing argument QUERY; see anli --help",
    );
    fails(
        "--lang en help nothing",
        2,
        "no command or guide page is called nothing; see anli help guide",
    );
    fails(
        "--lang en completions tcsh",
        2,
        "invalid value tcsh for SHELL, expected bash, zsh, fish; see anli --help",
    );
    fails(
        "--lang en --no-state --state x",
        2,
        "--no-state cannot be used with --state; see anli --help",
    );
}

#[test]
fn an_option_that_could_mean_nothing_is_refused() {
    for (call, said) in [
        ("demo --round x", "--round cannot be used with anli demo"),
        ("--juror x demo", "--juror cannot be used with anli demo"),
        ("demo --plain", "--plain cannot be used with anli demo"),
        ("demo --state x", "--state cannot be used with anli demo"),
        ("tour --kiosk", "--kiosk cannot be used with anli tour"),
        ("tour --seeds x", "--seeds cannot be used with anli tour"),
        ("open --round x y", "--round cannot be used with anli open"),
        ("--idle 5", "--idle is only for anli demo and --kiosk"),
        ("tour --idle 5", "--idle is only for anli demo and --kiosk"),
        ("--title=", "missing value for --title"),
        ("demo --title=", "missing value for --title"),
    ] {
        fails(
            &format!("--lang en {call}"),
            2,
            &format!("{said}; see anli --help"),
        );
    }
    // What is left is that there is no terminal here.
    for call in [
        "demo --idle 5",
        "--kiosk --idle 5",
        "--kiosk demo --title x",
    ] {
        let said = self::call(&format!("--lang en {call}")).stderr;
        assert!(said.contains("needs a terminal"), "{call}: {said}");
    }
}

#[test]
fn what_is_not_there_is_called_by_its_name() {
    fails(
        "--lang en demo nowhere.demo",
        2,
        "cannot read the demo script nowhere.demo: it does not exist",
    );
    fails(
        "demo nowhere.demo",
        2,
        "无法读取演示脚本 nowhere.demo：不存在",
    );
    fails(
        "--lang en help kios",
        2,
        "no command or guide page is called kios, did you mean kiosk; see anli help guide",
    );
    fails(
        "help exprot",
        2,
        "没有名为 exprot 的命令或使用指南主题，是否要用 export；用法见 anli help guide",
    );
}

#[test]
fn the_last_of_two_equal_options_counts() {
    assert!(
        call("--lang zh --lang en --help")
            .stdout
            .contains("Usage: ")
    );
    fails(
        "--lang en --lang zh list x",
        2,
        "多余的参数 x；用法见 anli --help",
    );
}

#[test]
fn free_words_and_words_behind_two_hyphens_open_the_explorer() {
    let sentence = "全屏浏览需要终端；可用 anli list、anli search、anli show 或 --plain";
    for call in [
        "",
        "地铁",
        "ditie 融资",
        "地铁 list",
        "-- list",
        "-- show 000-1",
        "-排除 地铁",
    ] {
        fails(call, 2, sentence);
    }
    fails(
        "--lang en -- --json",
        2,
        "the explorer needs a terminal; use anli list, anli search, anli show or --plain",
    );
}

#[test]
fn options_stand_before_or_behind_the_command() {
    assert_eq!(call("--lang en list").stdout, call("list --lang en").stdout);
    assert_eq!(
        call("--no-state --mouse off list").stdout,
        call("list --plain --no-sync").stdout
    );
}

#[test]
fn an_argument_that_is_not_utf8_is_refused() {
    use std::os::unix::ffi::OsStrExt;
    let latin = std::ffi::OsStr::from_bytes(b"show\xe9");
    let arguments = ["search".as_ref(), latin];
    check_failure(anli(arguments), 2, "参数不是 UTF-8；用法见 anli --help");
}

#[test]
fn a_closed_pipe_ends_quietly() {
    for arguments in [
        &["list", "--json"][..],
        &["show", "003-1", "003-2"],
        &["check"],
        &["man"],
    ] {
        let mut child = command()
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary was built for this test");
        drop(child.stdout.take());
        let ran = ran(child.wait_with_output().expect("it ends"));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{arguments:?}");
    }
}

/// Runs the binary with a settings file of this text.
#[track_caller]
fn with_settings(text: &str, call: &str) -> (String, Ran) {
    let folder = folder(&[("anli.toml", text.as_bytes())]);
    let path = folder
        .path()
        .join("anli.toml")
        .to_string_lossy()
        .into_owned();
    let ran = anli(call.split_whitespace().chain(["--config", &path]));
    (path, ran)
}

#[test]
fn config_lists_every_mistake_with_its_line_and_what_would_be_right() {
    let settings = "theme = \"neon\"\nmesure = 40\n[keys]\nserch = \"x\"\n";
    let (path, ran) = with_settings(settings, "config --check --lang en");
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""));
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines.len(), 3, "{lines:?}");
    for (line, (number, nearest)) in lines
        .iter()
        .zip([(1, "mono"), (2, "measure"), (4, "search")])
    {
        assert!(
            line.starts_with(&format!("{path}, line {number}: ")),
            "{line}"
        );
        assert!(
            line.ends_with(&format!("the nearest is {nearest}")),
            "{line}"
        );
    }
}

#[test]
fn a_character_for_a_command_of_edited_lines_is_a_mistake() {
    let settings = "[keys]\nchoose = [\"f12\", \"y\"]\nhelp = \"Y\"\n";
    let (path, ran) = with_settings(settings, "config --check --lang en");
    let told = format!(
        "{path}, line 2: keys.choose: y is text while typing; use keys such as ctrl-x or f2\n"
    );
    assert_eq!((ran.code, ran.stdout), (1, told));
}

#[test]
fn config_print_gives_settings_that_are_right() {
    let printed = call("config --print").stdout;
    for row in anli::app::commands::all() {
        assert!(
            printed.contains(&format!("\n# {} = [", row.name)),
            "{}",
            row.name
        );
    }
    let (_, ran) = with_settings(&printed, "config --check --lang en");
    assert_eq!(
        (ran.code, ran.stdout.as_str()),
        (0, "the settings are valid\n")
    );
}

#[test]
fn a_wrong_setting_stops_nothing_and_a_right_one_beside_it_counts() {
    let (_, ran) = with_settings("theme = 7\nlanguage = \"en\"\n", "help");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("Usage: "));
    let (_, ran) = with_settings("language = \"en\"\n", "help --lang zh");
    assert!(ran.stdout.contains("用法："));
}

#[test]
fn a_settings_file_that_was_named_has_to_be_there() {
    fails(
        "list --config none.toml",
        2,
        "无法读取设置文件 none.toml：不存在",
    );
}

#[test]
fn every_theme_of_the_command_line_is_one_of_the_settings() {
    for theme in ["16", "mono", "contrast", "truecolor"] {
        assert_eq!(
            anli(["config", "--check", "--theme", theme]).code,
            0,
            "{theme}"
        );
    }
    fails(
        "--lang en list --theme neon",
        2,
        "invalid value neon for --theme, expected 16, mono, contrast, truecolor; see anli --help",
    );
}

#[test]
fn doctor_answers_without_a_terminal() {
    let findings = objects("doctor --json --lang en");
    let names: Vec<&str> = findings
        .iter()
        .filter_map(|finding| finding["name"].as_str())
        .collect();
    for name in [
        "term",
        "locale",
        "utf8",
        "colours",
        "clipboard",
        "state_folder",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    for finding in &findings {
        assert!(finding["good"].is_boolean() && !text(&finding["advice"]).is_empty());
    }
    assert!(call("doctor").stdout.contains("请在终端里运行"));
}

#[test]
fn doctor_speaks_the_language_chosen() {
    let told = |language: &str, label: &str, value: &str| {
        let ran = call(&format!("doctor --no-state --lang {language}"));
        let line = ran.stdout.lines().find(|line| line.contains(label));
        let line = line.unwrap_or_else(|| panic!("{label} in {}", ran.stdout));
        assert!(line.ends_with(value), "{line}");
    };
    told("zh", "终端应答", "不是终端");
    told("zh", "引号宽度", "未知");
    told("zh", "状态文件夹", "关");
    told("en", "answers", "no terminal");
    told("en", "ambiguous width", "unknown");
    told("en", "state folder", "off");
    // Programs compare values, whatever a person reads.
    let chinese = objects("doctor --json --no-state --lang zh");
    for value in ["no terminal", "off"] {
        let found = chinese.iter().any(|found| found["value"] == value);
        assert!(found, "{value} in {chinese:?}");
    }
}

#[test]
fn help_has_no_more_than_one_blank_line_at_a_time() {
    for language in ["zh", "en"] {
        for command in [
            "", "list", "show", "search", "cite", "export", "doctor", "help",
        ] {
            let help = call(&format!("help {command} --lang {language}")).stdout;
            assert!(!help.contains("\n\n\n"), "{help}");
            assert!(!help.starts_with('\n') && !help.ends_with("\n\n"), "{help}");
        }
    }
}

#[test]
fn help_lists_an_option_where_it_does_something() {
    let reading = [
        "list", "show", "search", "cite", "export", "import", "figures", "evidence", "related",
        "lineage", "compare", "stats", "compile", "check", "demo",
    ];
    let exploring = ["open", "tour", "demo"];
    let marking = [
        "open", "search", "export", "import", "figures", "evidence", "stats", "compile", "doctor",
        "check",
    ];
    for subcommand in anli::cli::SUBCOMMANDS {
        let name = subcommand.name;
        let help = call(&format!("help {name}")).stdout;
        let listed = |option: &str| {
            let mut rows = help.lines().map(str::trim_start);
            rows.any(|row| row.split(' ').next() == Some(option))
        };
        assert!(listed("--lang"), "{name}");
        assert_eq!(listed("--mouse"), exploring.contains(&name), "{name}");
        assert_eq!(listed("--seeds"), reading.contains(&name), "{name}");
        assert_eq!(listed("--state"), marking.contains(&name), "{name}");
        assert_eq!(listed("--no-state"), marking.contains(&name), "{name}");
    }
    // An alias may hold an option that does nothing here.
    assert_eq!(call("--seeds none man --state none").code, 0);
    assert_eq!(call("--seeds none list").code, 2);
    assert_eq!(call("list --seeds none").code, 2);
}

/// What a shell is offered for the last of some words.
fn offered(words: &[&str]) -> Vec<String> {
    let ran = anli([&["__complete", "anli"], words].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let value = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    ran.stdout.lines().map(value).collect()
}

#[test]
fn every_command_and_option_is_completed() {
    let commands = offered(&[""]);
    for subcommand in anli::cli::SUBCOMMANDS {
        assert!(
            commands.contains(&subcommand.name.to_owned()),
            "{commands:?}"
        );
        assert!(offered(&["help", ""]).contains(&subcommand.name.to_owned()));
    }
    assert_eq!(offered(&["--la"]), ["--lang"]);
    assert_eq!(offered(&["show", "--sec"]), ["--section"]);
    assert_eq!(offered(&["completions", ""]), ["bash", "zsh", "fish"]);
    // An empty word is for a command or a value; nothing offers a lone dash.
    assert!(
        commands.iter().all(|word| !word.starts_with('-')),
        "{commands:?}"
    );
}

#[test]
fn values_are_completed_from_what_the_line_names() {
    assert_eq!(offered(&["--lang", ""]), ["zh", "en"]);
    assert_eq!(offered(&["cite", "--style", "gbt"]), ["gbt2025", "gbt2015"]);
    assert_eq!(offered(&["show", "--section", "成"]), ["成效"]);
    assert_eq!(offered(&["show", "001-"]).len(), 7);
    assert_eq!(offered(&["cite", "003-2", "004-8"]), ["004-8"]);
    assert_eq!(
        offered(&["search", "年:201"]),
        ["年:2015", "年:2016", "年:2017"]
    );
    assert_eq!(offered(&["search", "year:2015|202"]), ["year:2015|2021"]);
    assert_eq!(offered(&["search", "-类:功"]), ["-类:功能区"]);
    assert_eq!(offered(&["export", "--query", "top"]), ["topic:"]);
    assert_eq!(offered(&["topi"]), ["topic:"]);
    assert_eq!(offered(&["search", "不是字段:"]), [] as [&str; 0]);
    let folder = folder(&[("own.txt", "一个案例\n正文。\n".as_bytes())]);
    let folder = folder.path().to_str().expect("UTF-8");
    assert_eq!(offered(&["--seeds", folder, "show", ""]), ["own-1"]);
    assert_eq!(offered(&["show", "--seeds", folder, ""]), ["own-1"]);
    assert_eq!(
        offered(&["show", "--seeds", "nowhere", ""]),
        [] as [&str; 0]
    );
}

#[test]
fn tags_are_completed_where_they_are_kept() {
    let state = tempfile::tempdir().expect("a folder can be made");
    let (mut store, _) = anli::store::Store::open(state.path());
    store.apply(anli::store::Change::Tag {
        case: "003-5".to_owned(),
        tag: "待读".to_owned(),
        on: true,
    });
    store.save().expect("it can be written");
    let state = state.path().to_str().expect("UTF-8");
    assert_eq!(
        offered(&["--state", state, "search", "标签:"]),
        ["标签:待读"]
    );
    assert_eq!(offered(&["--no-state", "search", "标签:"]), [] as [&str; 0]);
}

#[test]
fn the_man_page_has_every_command_and_option() {
    let page = call("man --lang en").stdout;
    assert!(page.contains(".TH ANLI 1 "));
    for text in [
        ".SS \"anli show ID...\"",
        "\\-\\-section",
        "\\-\\-seeds",
        "EXIT STATUS",
    ] {
        assert!(page.contains(text), "{text}");
    }
}

/// The strictest reader of man pages has nothing to say, where it is installed.
#[test]
fn the_man_page_passes_mandocs_lint() {
    for language in ["zh", "en"] {
        let page = call(&format!("man --lang {language}")).stdout;
        for line in page.lines() {
            assert!(line.len() <= 80, "{} bytes: {line}", line.len());
        }
        let lint = std::process::Command::new("mandoc")
            .args(["-T", "lint", "-W", "style"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut lint) = lint else {
            eprintln!("mandoc is not installed: its lint was left out");
            return;
        };
        let mut input = lint.stdin.take().expect("it was piped");
        std::io::Write::write_all(&mut input, page.as_bytes()).expect("it reads");
        drop(input);
        let said = lint.wait_with_output().expect("it ends").stdout;
        let said = String::from_utf8_lossy(&said);
        assert_eq!(said, "", "{language}");
    }
}

/// Runs the binary with a home folder of its own.
fn at_home(home: &std::path::Path, call: &str) -> Ran {
    let run = command()
        .env("HOME", home)
        .env_remove("XDG_CONFIG_HOME")
        .args(call.split_whitespace())
        .output();
    ran(run.expect("the binary was built for this test"))
}

#[test]
fn completions_and_man_page_are_put_where_they_are_looked_for() {
    let home = tempfile::tempdir().expect("a folder can be made");
    let placed = [
        (
            "completions bash",
            ".local/share/bash-completion/completions/anli",
        ),
        ("completions zsh", ".local/share/zsh/site-functions/_anli"),
        ("completions fish", ".config/fish/completions/anli.fish"),
        ("man --lang en", ".local/share/man/man1/anli.1"),
        ("man --lang zh", ".local/share/man/zh_CN/man1/anli.1"),
    ];
    for (printed, file) in placed {
        let ran = at_home(home.path(), &format!("{printed} --install"));
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{printed}");
        let path = home.path().join(file);
        assert!(
            ran.stdout.contains(&*path.to_string_lossy()),
            "{}",
            ran.stdout
        );
        let there = fs::read_to_string(&path).expect("it was written");
        assert_eq!(there, call(printed).stdout, "{file}");
    }
}

#[test]
fn an_installed_file_is_replaced_only_when_that_was_said() {
    let home = tempfile::tempdir().expect("a folder can be made");
    let path = home.path().join("there/anli");
    let call = format!(
        "completions bash --install --dir {}",
        home.path().join("there").display()
    );
    assert_eq!(at_home(home.path(), &call).code, 0);
    // The same file again is no mistake.
    let again = at_home(home.path(), &call);
    assert!(
        again.code == 0 && again.stdout.contains("已安装，无需更新"),
        "{}",
        again.stdout
    );
    fs::write(&path, "# mine\n").expect("it can be written");
    let refused = at_home(home.path(), &call);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("--force"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(&path).expect("it is there"), "# mine\n");
    let forced = at_home(home.path(), &format!("{call} --force"));
    assert!(
        forced.code == 0 && forced.stdout.contains("已替换"),
        "{}",
        forced.stdout
    );
    // Without a home folder there is no place to guess.
    let homeless = anli(["completions", "bash", "--install"]);
    assert_eq!(homeless.code, 2);
    assert!(homeless.stderr.contains("--dir"), "{}", homeless.stderr);
}

/// A folder with documents of these names and bytes.
fn folder(documents: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, bytes) in documents {
        fs::write(folder.path().join(name), bytes).expect("it can be written");
    }
    folder
}

#[track_caller]
fn list(folder: &std::path::Path, language: &str) -> Ran {
    anli([
        "list".as_ref(),
        "--lang".as_ref(),
        language.as_ref(),
        "--seeds".as_ref(),
        folder.as_os_str(),
    ])
}

#[test]
fn search_tells_of_every_hit_why_it_is_one() {
    let paragraphs = (1..=1100).map(|n| {
        format!("市教育局的《第{n}所学校的新课》案例介绍,学生在第{n}块地里试种海水稻。\n")
    });
    let folder = folder(&[("001.txt", paragraphs.collect::<String>().as_bytes())]);
    let search = |arguments: &[&str]| {
        let ran = anli(
            [
                "search".as_ref(),
                "海水稻".as_ref(),
                "--seeds".as_ref(),
                folder.path().as_os_str(),
            ]
            .into_iter()
            .chain(arguments.iter().map(|argument| argument.as_ref())),
        );
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        ran.stdout
    };
    let lines = search(&[]);
    assert_eq!(lines.lines().count(), 1100);
    for (rank, line) in (1..).zip(lines.lines()) {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!((cells[0], cells[3]), (&*rank.to_string(), "正文"));
        let number = cells[2].trim_matches(|c: char| !c.is_ascii_digit());
        let stands = format!("第{number}块地里试种海水稻。");
        assert!(cells[4].contains(&stands), "{line}");
    }
    for line in search(&["--json"]).lines() {
        let case: Value = serde_json::from_str(line).expect("every line is JSON");
        let found = case["matches"].as_array().expect("a list");
        assert_eq!((found.len(), &found[0]["field"]), (1, &json!("text")));
        assert!(text(&found[0]["text"]).contains("海水稻"), "{line}");
    }
}

#[test]
fn a_folder_of_the_same_documents_gives_the_same_cases() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    assert_eq!(list(&seeds, "zh").stdout, call("list").stdout);
    let copies = tempfile::tempdir().expect("a folder can be made");
    for entry in fs::read_dir(seeds).expect("the documents are there") {
        let path = entry.expect("they can be listed").path();
        if path.extension().is_some_and(|end| end == "txt") {
            let name = path.file_name().expect("a file has a name");
            fs::copy(&path, copies.path().join(name)).expect("it can be copied");
        }
    }
    assert_eq!(list(copies.path(), "zh").stdout, call("list").stdout);
}

#[test]
fn an_entry_of_the_catalog_that_matches_nothing_fails_the_check() {
    let catalog = "[[document]]\nquote = \"火星殖民地\"\n";
    let folder = folder(&[
        ("001.txt", "改革".as_bytes()),
        ("catalog.toml", catalog.as_bytes()),
    ]);
    let run = |subcommand: &str| {
        let options = ["--lang", "en", "--seeds"].map(AsRef::as_ref);
        anli(
            [subcommand.as_ref()]
                .into_iter()
                .chain(options)
                .chain([folder.path().as_os_str()]),
        )
    };
    for (subcommand, code) in [("check", 1), ("list", 0)] {
        let ran = run(subcommand);
        assert_eq!(ran.code, code, "{subcommand}");
        assert!(
            ran.stderr.starts_with("anli: catalog: document "),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains("火星殖民地"), "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1);
    }
}

#[test]
fn a_wrong_catalog_is_named_with_its_line() {
    let folder = folder(&[("001.txt", "改革".as_bytes()), ("catalog.toml", b"x = \n")]);
    let ran = list(folder.path(), "en");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let expected = format!(
        "anli: cannot read the catalog {}/catalog.toml: ",
        folder.path().to_string_lossy()
    );
    assert!(ran.stderr.starts_with(&expected), "{}", ran.stderr);
}

#[test]
fn search_knows_topics_and_stars_as_the_explorer_does() {
    let found = objects("search --json 主题:金融 年:2015 --no-state");
    let ids: Vec<&str> = found.iter().filter_map(|o| o["id"].as_str()).collect();
    assert!(ids.contains(&"000-31"), "财富管理: {ids:?}");
    assert!(!ids.contains(&"000-21"), "帆船航行: {ids:?}");
    assert_eq!(call("search 星:是 --no-state").code, 1);
}

#[test]
fn a_damaged_state_is_told_in_the_language_chosen() {
    for (language, said) in [
        ("zh", ["状态文件", "已损坏"]),
        ("en", ["cannot read the state", "it was saved as"]),
    ] {
        let folder = folder(&[("state.json", b"{")]);
        let state = folder.path().to_string_lossy();
        let ran = anli(["search", "星:是", "--state", &state, "--lang", language]);
        let first = ran.stderr.lines().next().expect("it is told");
        assert!(said.iter().all(|part| first.contains(part)), "{first}");
    }
}

#[test]
fn what_is_wrong_with_the_state_is_told_once_and_only_where_it_matters() {
    use std::os::unix::fs::PermissionsExt;

    let star = r#"{"version":1,"stars":{"000-2":{"on":true,"at":1}}}"#;
    let folder = folder(&[("state.json", b"{\"version\":99}"), ("one.json", b"[]")]);
    let state = folder.path().to_string_lossy().into_owned();
    let told = |arguments: &[&str]| {
        let ran = anli([arguments, &["--state", &state]].concat());
        (ran.code, ran.stderr.matches("state.json").count())
    };
    let marks = ["export", "000-1", "--format=json"];
    let file = folder.path().join("marks.json");
    let exported = anli(marks)
        .stdout
        .replace(r#""star":false"#, r#""star":true"#);
    fs::write(&file, exported).expect("it can be written");
    let import = ["import", &file.to_string_lossy()];
    assert_eq!(told(&["export", "--query=星:是"]), (1, 1));
    assert_eq!(told(&["search", "星:是"]), (1, 1));
    assert_eq!(told(&import), (2, 1));
    // What is only read may be read-only.
    let kept = folder.path().join("state.json");
    fs::write(&kept, star).expect("it can be written");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o400)).expect("it can be set");
    assert_eq!(told(&["search", "星:是"]).1, 0);
    assert_eq!(told(&["export", "--query=年:2017"]), (0, 0));
    assert_eq!(told(&import), (2, 1));
}

#[test]
fn without_a_tag_search_says_so_and_lists_no_case() {
    for (language, told) in [("zh", "还没有标签"), ("en", "there is no tag yet")] {
        let ran = call(&format!("--lang {language} search 标签:待读 --no-state"));
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
        assert!(ran.stderr.contains(told), "{}", ran.stderr);
    }
}

#[test]
fn settings_that_are_named_and_are_no_text_stop_the_start() {
    let folder = folder(&[
        ("gbk.toml", b"theme = \"\xba\xec\"\n"),
        ("large.toml", &vec![b' '; (1 << 20) + 1]),
        ("wrong.toml", b"theme = \"red\"\n"),
    ]);
    let ran = |file: &str| {
        let path = folder.path().join(file);
        anli(["list", "--lang", "en", "--config", &path.to_string_lossy()])
    };
    for (file, why) in [
        ("gbk.toml", "not UTF-8"),
        ("large.toml", "more than 1024 KB"),
        ("none.toml", "it does not exist"),
        ("", "not a regular file"),
    ] {
        let ran = ran(file);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{file}");
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        assert!(ran.stderr.contains(why), "{}", ran.stderr);
    }
    assert_eq!(ran("wrong.toml").code, 0);
}

#[test]
fn a_folder_of_the_environment_that_is_relative_is_ignored_and_said() {
    let home = tempfile::tempdir().expect("a folder can be made");
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = command();
        command.args(arguments).env("HOME", home.path());
        command.envs(variables.iter().copied());
        ran(command
            .output()
            .expect("the binary was built for this test"))
    };
    let config = run(&["config", "--check"], &[("XDG_CONFIG_HOME", "conf")]);
    assert_eq!(config.code, 1);
    assert!(
        config
            .stdout
            .contains("$XDG_CONFIG_HOME：应为绝对路径，现为 conf"),
        "{}",
        config.stdout
    );
    let relative = [("HOME", "here"), ("XDG_CONFIG_HOME", "")];
    let ran = run(&["config", "--check"], &relative);
    assert!(ran.stdout.contains("$HOME：应为绝对路径"), "{}", ran.stdout);
    let starred = ["search", "星:是", "--lang", "en"];
    let state = run(&starred, &[("XDG_STATE_HOME", "state")]);
    assert!(
        state.stderr.contains("cannot use XDG_STATE_HOME"),
        "{}",
        state.stderr
    );
    let state = run(&starred, &[("HOME", "here")]);
    assert!(
        state
            .stderr
            .contains("HOME must be an absolute path, not here"),
        "{}",
        state.stderr
    );
}

#[test]
fn notes_are_searched_as_text_is() {
    let state = tempfile::tempdir().expect("a folder can be made");
    let (mut store, _) = Store::open(state.path());
    for (case, note) in [
        ("000-1", "可借鉴：3 个街道\n审批流程最多跑一次"),
        ("000-2", "审批 制度"),
        ("003-9", "3"),
    ] {
        store.apply(Change::Note {
            case: case.to_owned(),
            note: note.to_owned(),
        });
    }
    store.save().expect("the folder can be written");
    let found = |query: &str| -> Vec<String> {
        let folder = state.path().to_string_lossy();
        let ran = anli(["search", "--json", query, "--state", &folder]);
        let lines = ran.stdout.lines();
        let mut ids: Vec<String> = lines
            .map(|line| {
                let object: Value = serde_json::from_str(line).expect("every line is JSON");
                object["id"].as_str().expect("a case has an id").to_owned()
            })
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(found("笔记:审批"), ["000-1", "000-2"]);
    assert_eq!(found("note:shenpi"), ["000-1", "000-2"]);
    assert_eq!(found("note:\"审批 制度\""), ["000-2"]);
    assert_eq!(found("笔记:3"), ["000-1", "003-9"]);
    assert_eq!(found("笔记:流程|3"), ["000-1", "003-9"]);
    assert_eq!(found("笔记:审批 -笔记:流程"), ["000-2"]);
    assert_eq!(found("笔记:审批 笔记:流程"), ["000-1"]);
    assert_eq!(found("笔记:*"), ["000-1", "000-2", "003-9"]);
    // A line end separates words as the end of a paragraph does.
    assert_eq!(found("笔记:街道审批"), [""; 0]);
    assert_eq!(found("笔记:没有写过"), [""; 0]);
}

#[test]
fn of_a_query_as_long_as_a_book_the_beginning_is_asked() {
    let ran = anli(["search", &format!("海水稻{}", " 改革".repeat(10_000))]);
    let mut said = ran.stderr.lines();
    assert_eq!(
        said.next(),
        Some("anli: 查找内容过长，只采用前 500 字"),
        "{}",
        ran.stderr
    );
    let ran = anli(["search", &"abc ".repeat(20_000)]);
    // It is too long, no pinyin, and nowhere.
    assert_eq!((ran.code, ran.stderr.lines().count()), (1, 3));
}

#[test]
fn a_field_that_is_none_ends_a_search_with_two() {
    for query in ["yaer:2017", "类:xyz 地铁"] {
        let ran = call(&format!("search {query}"));
        assert_eq!((ran.code, &*ran.stdout), (2, ""), "{query}");
        assert!(!ran.stderr.is_empty(), "{query}");
    }
}
