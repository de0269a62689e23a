//! What a query finds, in which order, and what of it is marked.

mod explained;
mod gold;
mod large;
mod library;
mod properties;

use std::sync::Arc;

use anli::corpus::CaseIndex;
use anli::search::field_values::FieldValues;
use anli::search::index::Index;
use anli::search::{Field, Found, Problem, Tier, query};
use anli::text::pinyin::Options;
use anli::text::pinyin::shuangpin::Scheme;

/// Cases as the seeds have them, shortened.
const LIBRARY: &str = "
    == 2015 功能区 - | 市地铁指挥部办公室=市地铁指挥部 | 创新拓展投融资渠道　打造青岛特色轨道交通PPP模式
    为解决长期资金需求,市地铁办创新引入“基金+项目公司”结构。
    == 2016 功能区 - | 市地鐵工程建設指揮部=市地铁指挥部 | 探索軌道交通投融資改革
    總投資42.32億元,2016年簽約。
    == 2017 功能区 - | 市地铁工程建设指挥部=市地铁指挥部 | 创新城市轨道交通BIM（建筑信息模型）技术应用系列标准工作
    # 一、背景情况
    2016年,我市地铁建设全面展开,地铁开通。
    == 2015 区市 即墨区 | 即墨市政府=即墨区政府 | 开展贫困残疾人“个需关爱”行动　打造精准化助残服务模式
    # 二、审批提速
    建立服务档案,街道审批。
    == 2021 区市 即墨区 | 即墨區=即墨区政府 | 即墨:用改革“冲击钻”开创高质量发展新格局
    海水稻在盐碱地试种。
    == 2017 部门 - | 市城市管理局 | 创新实行街长制 加强城市精细化管理
    # 一、推行街长制
    街长每天巡街。
    == 2015 部门 - | 市文广新局 | 青岛市市民五王才艺大赛　——创新公共文化活动模式的探索与实践
    歌王、舞王、秀王。
    == 2015 部门 - | 市统计局 | 顺应“大数据”时代　全面构建“互联网+”统计服务新体系
    全市审批事项减少。
    == 2017 部门 - | 市人力资源社会保障局=市人力资源社会保障局 | 助推新旧动能转换　进一步做好就业创业工作
    援企稳岗。
    == 2016 部门 - | 市人社局=市人力资源社会保障局 | 審批服務不見面
    人才引進。
";

fn index() -> Index {
    Index::build(Arc::new(library::corpus(LIBRARY)))
}

fn numbers(found: &Found) -> Vec<u32> {
    found.hits.iter().map(|hit| hit.case.0 + 1).collect()
}

#[track_caller]
fn check(query: &str, expected: &[u32]) {
    let found = index().search(query);
    assert_eq!(numbers(&found), expected, "{query}");
}

#[track_caller]
fn check_group(query: &str, tier: Tier, expected: &[u32]) {
    let found = index().search(query);
    assert_eq!(numbers(&found), expected, "{query}");
    assert!(found.hits.iter().all(|hit| hit.tier == tier), "{query}");
}

#[test]
fn no_query_finds_all_in_reading_order() {
    check("", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    check(" \u{3000}", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    check("“", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
}

#[test]
fn title_comes_before_org_before_heading_before_text() {
    check("审批", &[10, 4, 8]);
    check("轨道交通", &[2, 3, 1]);
    check("街长", &[6]);
}

#[test]
fn all_words_must_match() {
    // Both titles begin with 创新; the first has it in its text as well.
    check("创新 轨道", &[1, 3]);
    check("创新\u{3000}轨道 PPP", &[1]);
}

#[test]
fn either_script_finds_both() {
    check("審批", &[10, 4, 8]);
    check("軌道", &[2, 3, 1]);
}

#[test]
fn either_circle_is_the_figure_in_a_year() {
    let library = "
        == 2023 部门 - | 市审计局 | 二○二三年审计结果
        正文。
        == 2022 部门 - | 市审计局 | 二〇二二年审计结果
        二○二三年整改。
    ";
    let index = Index::build(Arc::new(library::corpus(library)));
    for query in ["二〇二三", "二○二三年", "erlingersan"] {
        assert_eq!(numbers(&index.search(query)), [1, 2], "{query}");
    }
    assert_eq!(numbers(&index.search("二○二二")), [2]);
}

#[test]
fn a_body_is_found_by_its_former_and_canonical_names() {
    check("市人社局", &[10, 9]);
    check("市人力资源社会保障局", &[9, 10]);
    check("即墨区", &[5, 4]);
    check("即墨市", &[4, 5]);
}

#[test]
fn a_year_of_the_library_scopes_and_does_not_exclude() {
    check("2016 地铁", &[2, 3]);
    check("2016年", &[2, 10, 3]);
}

#[test]
fn a_year_that_is_not_finished_leaves_nothing_out() {
    for query in ["地铁 -2", "地铁 -20", "地铁 -201"] {
        check(query, &[3, 2, 1]);
    }
    check("地铁 -2016", &[1]);
    check("地铁 -BIM|201", &[2, 1]);
}

#[test]
fn an_id_finds_its_case() {
    check("900-7", &[7]);
    check("９００－７", &[7]);
    check("900-1", &[1, 10]);
    check("900-1 地铁", &[1]);
    check("900-1|900-10", &[10, 1]);
    check("900-11", &[]);
    check("-900-1 投融资", &[2]);
}

#[test]
fn an_id_that_is_being_typed_finds_those_that_begin_so_last() {
    let all = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    for query in ["9", "900", "900-"] {
        let mut found = numbers(&index().search(query));
        found.sort_by_key(|&case| std::cmp::Reverse(case));
        assert_eq!(found, all, "{query}");
    }
    let library = "
        == 2015 部门 - | 甲 | 乙
        正文。
        == 2016 部门 - | 丙 | 丁
        编号900-1,编号900-2。
    ";
    let index = Index::build(Arc::new(library::corpus(library)));
    assert_eq!(numbers(&index.search("900-")), [2, 1]);
    assert_eq!(numbers(&index.search("900-1")), [1, 2]);
    assert_eq!(numbers(&index.search("\"900-\"")), [2]);
    assert_eq!(numbers(&index.search("-900-")), [1]);
}

#[test]
fn letters_are_pinyin_after_they_are_themselves() {
    check("ditie", &[3, 2, 1]);
    check("dit", &[3, 2, 1]);
    check("dtgc", &[3, 2, 1]);
    check("bim", &[3]);
    check("ppp", &[1]);
    check("jiezhangzhi", &[6]);
    check("jiechangzhi", &[6]);
}

#[track_caller]
fn check_typed(options: Options, query: &str, expected: &[u32]) {
    let corpus = Arc::new(library::corpus(LIBRARY));
    let found = Index::with_options(corpus, options).search(query);
    assert_eq!(numbers(&found), expected, "{query}");
}

#[test]
fn confused_sounds_are_told_apart_unless_asked_not_to() {
    let fuzzy = Options {
        fuzzy: true,
        ..Options::default()
    };
    check("jiezangzi", &[]);
    check_typed(fuzzy, "jiezangzi", &[6]);
    check_typed(fuzzy, "cuangxin gongzhuo", &[3]);
    check_typed(fuzzy, "街脏制", &[6]);
}

#[test]
fn two_keys_a_syllable_in_every_layout() {
    let layouts = [
        (Scheme::Ziranma, "ditx"),
        (Scheme::Xiaohe, "ditp"),
        (Scheme::Microsoft, "ditx"),
        (Scheme::Sogou, "ditx"),
        (Scheme::Abc, "ditx"),
    ];
    for (scheme, keys) in layouts {
        let shuangpin = Options {
            shuangpin: Some(scheme),
            ..Options::default()
        };
        check_typed(shuangpin, keys, &[3, 2, 1]);
        check_typed(shuangpin, &keys[..3], &[3, 2, 1]);
    }
    let microsoft = Options {
        shuangpin: Some(Scheme::Microsoft),
        ..Options::default()
    };
    check_typed(microsoft, "q;dk", &[7, 1]);
    check_typed(microsoft, "hluvdk", &[5]);
    check_typed(microsoft, "q;", &[7, 1, 3]);
}

#[test]
fn full_pinyin_is_looked_for_in_the_text_initials_are_not() {
    check_group("haishuidao", Tier::PinyinInText, &[5]);
    check("hsd", &[]);
}

#[test]
fn a_han_word_that_stands_nowhere_is_tried_by_its_sound() {
    check_group("街长治", Tier::Homophone, &[6]);
}

#[test]
fn a_rare_reading_of_what_is_typed_is_no_sound_of_it() {
    // 单车 is not shàn jū, and 完善居住 no homophone of it.
    let library = "
        == 2017 部门 - | 市民政局 | 完善居住条件
        正文。
    ";
    let index = Index::build(Arc::new(library::corpus(library)));
    assert_eq!(numbers(&index.search("善居")), [1]);
    assert_eq!(numbers(&index.search("单车")), [] as [u32; 0]);
}

#[test]
fn a_body_is_found_with_its_city_before_its_name() {
    let library = "
        == 2015 区市 胶州市 | 胶州市政府 | 甲
        正文。
        == 2015 功能区 - | 青岛高新区管委=高新区管委 | 乙
        正文。
        == 2017 部门 - | 市民政局 | 丙
        正文。
    ";
    let index = Index::build(Arc::new(library::corpus(library)));
    for query in ["青岛市民政局", "青岛民政局", "机构:青岛市民政局 -甲"] {
        let found = index.search(query);
        assert_eq!(numbers(&found), [3], "{query}");
        let hit = &found.hits[0];
        assert_eq!(hit.tier, Tier::Exact, "{query}");
        let best = hit.best().expect("a match in the name");
        assert_eq!((best.field, best.spans[0].start), (Field::Org, 0));
        assert_eq!(best.spans[0].end, 4);
    }
    for query in [
        "qingdaoshiminzhengju",
        "qdsmzj",
        "qdmzj",
        "\"青岛市民政局\"",
    ] {
        assert_eq!(numbers(&index.search(query)), [3], "{query}");
    }
    let found = index.search("青岛市高新区管委");
    assert_eq!(numbers(&found), [2]);
    // The city alone names no body but the one that is printed with it.
    for query in ["青岛", "qingdao", "qd", "机构:青岛"] {
        assert_eq!(numbers(&index.search(query)), [2], "{query}");
    }
    // A district has a bureau of its own, so has a zone, and of another city
    // nothing is known.
    for query in [
        "胶州市民政局",
        "胶州民政局",
        "高新民政局",
        "机构:高新民政局",
        "济南市民政局",
        "青岛市",
    ] {
        assert_eq!(numbers(&index.search(query)), [] as [u32; 0], "{query}");
    }
}

#[test]
fn marks_that_a_word_was_copied_with_are_no_part_of_it() {
    for query in ["《海水稻》", "海水稻，", "（海水稻）。", "海、水稻"] {
        check_group(query, Tier::Exact, &[5]);
        let found = index().search(query);
        let best = found.hits[0].best().expect("a match in the text");
        assert_eq!((best.spans[0].start, best.spans[0].end), (0, 3), "{query}");
        assert_eq!(
            found.marker.marks(Field::Text, "海水稻在"),
            best.spans,
            "{query}"
        );
    }
    check("\"海水稻，\"", &[]);
}

#[test]
fn a_quoted_phrase_has_just_its_marks_at_its_ends_and_inside() {
    for query in ["\"轨道交通，\"", "\"互联网+、统计\"", "\"，审批提速\""] {
        check(query, &[]);
    }
    // In a title, over two of its lines, in a heading.
    for (query, case, field, marked) in [
        ("\"BIM(建筑\"", 3, Field::Title, (8, 14)),
        ("\"渠道 打造\"", 1, Field::Title, (7, 12)),
        ("\"、审批提速\"", 4, Field::Heading, (1, 6)),
        ("\"审批提速\"", 4, Field::Heading, (2, 6)),
    ] {
        check(query, &[case]);
        let found = index().search(query);
        let best = found.hits[0].best().expect("it stands there");
        let spans = best.spans.iter().map(|span| (span.start, span.end));
        assert_eq!(best.field, field, "{query}");
        assert_eq!(spans.collect::<Vec<_>>(), [marked], "{query}");
    }
}

#[test]
fn what_stands_elsewhere_without_its_marks_is_not_tried_by_its_sound() {
    let library = "
        == 2015 部门 - | 甲 | 海税道
        正文。
        == 2016 部门 - | 乙 | 丙
        海水稻。
    ";
    let index = Index::build(Arc::new(library::corpus(library)));
    assert_eq!(numbers(&index.search("海、水稻")), [2]);
    assert_eq!(numbers(&index.search("海、水稻 年:2015")), [] as [u32; 0]);
    assert_eq!(numbers(&index.search("海、睡道")), [1, 2]);
}

#[test]
fn of_alternatives_the_one_that_stands_better_counts() {
    let filler = "一二三四五六七八九十".repeat(15);
    let library = format!(
        "
        == 2015 部门 - | 甲 | 一
        {filler}军民融合{filler}
        == 2015 部门 - | 乙 | 二
        海水稻{filler}{filler}军民融合
        "
    );
    let index = Index::build(Arc::new(library::corpus(&library)));
    for query in ["军民融合|海水稻", "海水稻|军民融合"] {
        assert_eq!(numbers(&index.search(query)), [2, 1], "{query}");
        let in_text = index.search(&format!("文:{query}"));
        assert_eq!(numbers(&in_text), [2, 1], "文:{query}");
    }
}

#[test]
fn scattered_characters_come_last() {
    check_group("五王大赛", Tier::Scattered, &[7]);
}

#[test]
fn fields_narrow() {
    check("年:2016", &[2, 10]);
    check("year:2016- 创新", &[6, 3]);
    check("类:功能", &[1, 2, 3]);
    check("cat:zone", &[1, 2, 3]);
    check("地:即墨", &[4, 5]);
    check("地：jimo", &[4, 5]);
    check("机构:地铁", &[3, 2, 1]);
    check("题:审批", &[10]);
    check("文:审批", &[4, 8]);
    check("源:900", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    check("-创新 类:功能区", &[2]);
    check("海水稻|BIM", &[3, 5]);
    check("\"个需关爱”行动\"", &[4]);
}

#[test]
fn unfinished_and_wrong_input_is_noted_and_never_empties_the_screen() {
    for query in [
        "审批 年:",
        "审批 年:17",
        "审批 年:15-17",
        "审批 年:2017年底",
        "审批 年:abc",
        "审批 类:xyz",
        "审批 yaer:2017",
        "审批 -yaer:2017",
    ] {
        let found = index().search(query);
        assert_eq!(numbers(&found), [10, 4, 8], "{query}");
        assert_eq!(found.notes.len(), 1, "{query}");
    }
    let problem = &index().search("类:xyz").notes[0].problem;
    let Problem::BadValue { field, example, .. } = problem else {
        panic!("a value that the field cannot have");
    };
    assert_eq!(*field, query::Field::Category);
    assert_eq!(example.each_ref().map(String::as_str), ["区市", "district"]);
    // What is recommended is short, and finds something.
    let found = index().search("源:009");
    let Problem::BadValue { example, .. } = &found.notes[0].problem else {
        panic!("a value that the field cannot have");
    };
    assert_eq!(example[0], "900");
    let found = index().search(&format!("源:{}", example[0]));
    assert!(found.notes.is_empty() && !found.hits.is_empty());
    for (query, asked) in [
        ("year:9", query::Field::Year),
        ("-CAT:xyz", query::Field::Category),
        ("审批 年份：9 地铁", query::Field::Year),
        ("题:审批 －地区:xyz", query::Field::Area),
    ] {
        let problem = &index().search(query).notes[0].problem;
        let Problem::BadValue { field, .. } = problem else {
            panic!("a value that the field cannot have");
        };
        assert_eq!(*field, asked, "{query}");
    }
}

#[test]
fn the_city_before_the_name_of_a_district_is_no_area() {
    let index = Index::build(gold::seeds());
    for query in ["地:青岛", "地:青岛市", "area:qingdao"] {
        let found = index.search(query);
        assert_eq!(found.total, 94, "{query}");
        let is_bad = |problem: &Problem| matches!(problem, Problem::BadValue { .. });
        assert!(is_bad(&found.notes[0].problem), "{query}");
    }
}

#[test]
fn a_field_that_has_no_value_yet_finds_nothing_and_recommends_none() {
    for (query, field) in [
        ("审批 标签:待读", ("标签", "tag")),
        ("审批 星:是", ("星标", "star")),
        ("审批 主题:金融", ("主题", "topic")),
    ] {
        let found = index().search(query);
        assert_eq!(numbers(&found), [] as [u32; 0], "{query}");
        let problems: Vec<&Problem> = found.notes.iter().map(|note| &note.problem).collect();
        let (chinese, english) = field;
        assert_eq!(problems, [&Problem::NoValueYet { chinese, english }]);
        assert_eq!(found.suggestions[0].query, "审批");
    }
    assert_eq!(numbers(&index().search("审批 -标签:待读")), [10, 4, 8]);
    // With a tag, another one is a mistake and is passed over.
    let mut facts = FieldValues::default();
    facts.add(query::Field::Tag, ["重看"], [CaseIndex(9)]);
    let found = index().search_with("审批 标签:待读", &facts);
    assert_eq!(numbers(&found), [10, 4, 8]);
    let Problem::BadValue { example, .. } = &found.notes[0].problem else {
        panic!("a value that the field cannot have");
    };
    assert_eq!(example[0], "重看");
    assert_eq!(
        numbers(&index().search_with("审批 标签:重看", &facts)),
        [10]
    );
}

#[test]
fn a_case_without_a_year_is_in_no_range_of_years() {
    let mut corpus = library::corpus(LIBRARY);
    corpus.cases[0].year = None;
    let index = Index::build(Arc::new(corpus));
    assert_eq!(numbers(&index.search("年:-2015 地铁")), [] as [u32; 0]);
    assert_eq!(numbers(&index.search("年:-2016 地铁")), [2]);
    assert_eq!(numbers(&index.search("-年:-2016 地铁")), [3, 1]);
}

#[test]
fn a_word_with_a_colon_is_a_word_where_it_stands_somewhere() {
    let found = index().search("即墨:用改革");
    assert_eq!(numbers(&found), [5]);
    assert!(found.notes.is_empty());
}

#[test]
fn a_mistake_beside_other_words_is_noted_and_they_are_looked_for() {
    for query in ["yaer:2017|海水稻", "yaer:“2017 2018”|海水稻"] {
        let found = index().search(query);
        assert_eq!(numbers(&found), [5], "{query}");
        assert_eq!(found.notes.len(), 1, "{query}");
        let unknown = matches!(found.notes[0].problem, Problem::UnknownField { .. });
        assert!(unknown, "{query}");
    }
}

#[test]
fn a_hit_says_where_it_was_found() {
    let found = index().search("审批 2016");
    let hit = &found.hits[0];
    assert_eq!(hit.case.0, 9);
    assert_eq!(hit.matches[0].field, Field::Title);
    let found = index().search("街道审批");
    let best = found.hits[0].best().unwrap();
    assert_eq!((best.field, best.part), (Field::Text, 1));
    assert_eq!((best.spans[0].start, best.spans[0].end), (7, 11));
}

#[test]
fn nothing_found_offers_what_would_be() {
    let found = index().search("海水稻 轨道");
    let offers: Vec<(&str, u32)> = found
        .suggestions
        .iter()
        .map(|suggestion| (suggestion.query.as_str(), suggestion.count))
        .collect();
    assert_eq!(offers[..2], [("轨道", 3), ("海水稻", 1)]);
}

#[test]
fn a_word_that_is_not_in_its_field_is_offered_without_it() {
    let index = Index::build(gold::seeds());
    for (query, offered, count) in [
        ("题:海水稻", "海水稻", 1),
        ("org:rcep", "rcep", 2),
        ("title:haishuidao", "haishuidao", 1),
        ("年:2017 机构：海水稻", "年:2017 海水稻", 1),
        ("题:\"海水稻\"", "\"海水稻\"", 1),
    ] {
        let offer = &index.search(query).suggestions[0];
        assert_eq!((&*offer.query, offer.count), (offered, count), "{query}");
    }
}

#[test]
fn a_word_that_is_found_by_its_sound_alone_is_offered_where_little_else_is() {
    let index = Index::build(gold::seeds());
    for (query, offered) in [
        ("医公体 海水稻", ["海水稻", "医公体"]),
        ("公鸡金 地铁", ["地铁", "公鸡金"]),
    ] {
        let offers = index.search(query).suggestions;
        let offers: Vec<&str> = offers.iter().map(|offer| &*offer.query).collect();
        assert_eq!(offers, offered, "{query}");
    }
    let offers = index.search("五王大赛 区块链").suggestions;
    assert_eq!(offers[0].query, "五王大赛");
    for offer in offers {
        assert_eq!(index.search(&offer.query).total, offer.count);
    }
}

#[test]
fn a_suggestion_finds_as_many_cases_as_it_promises() {
    let index = Index::build(gold::seeds());
    for query in [
        "海水稻 地铁|",
        "题:海水稻 轨道|",
        "海水稻 地铁|囧囧 轨道",
        "海水稻 地铁|公鸡金 轨道",
        "e （改革）d -d",
        "e （改革）d 囧囧 -d",
        "题:题甲乙丙 地铁",
    ] {
        for offer in index.search(query).suggestions {
            let again = index.search(&offer.query);
            assert_eq!(again.hits.len(), offer.count as usize, "{}", offer.query);
        }
    }
}

#[test]
fn what_is_left_out_leaves_nothing_out_before_it_is_finished() {
    let index = Index::build(gold::seeds());
    let whole = index.search("审批");
    for begun in [
        "-年:2",
        "-年:20",
        "-年:201",
        "-year:2",
        "-源:0",
        "-年:2015-",
        "-年:2|",
    ] {
        let found = index.search(&format!("审批 {begun}"));
        assert_eq!(found.total, whole.total, "{begun}");
    }
    let kept = |query: &str| index.search(query).total;
    assert_eq!(kept("审批 -年:2017") + kept("审批 年:2017"), whole.total);
    assert_eq!(kept("审批 -年:2017|20"), kept("审批 -年:2017"));
    assert_eq!(kept("-年:2016-"), 37);
}

#[test]
fn a_word_that_is_two_is_parted_into_what_stands_together() {
    let index = Index::build(gold::seeds());
    for (query, parted, count) in [
        ("三权分置试点", "三权分置 试点", 1),
        ("中央创新区整合", "中央创新区 整合", 1),
    ] {
        let offer = &index.search(query).suggestions[0];
        assert_eq!((offer.query.as_str(), offer.count), (parted, count));
    }
}

#[test]
fn the_word_that_goes_with_none_of_the_others_is_left_out_wherever_it_stands() {
    let index = Index::build(gold::seeds());
    for (query, offered) in [
        ("hai shui dao zhuang", "hai shui dao"),
        ("zhuang hai shui dao", "hai shui dao"),
        (
            "chuangxin fuwu pingtai shenpi qiongnve",
            "chuangxin fuwu pingtai shenpi",
        ),
        (
            "创新 服务 平台 审批 改革 工作 囧囧",
            "创新 服务 平台 审批 改革 工作",
        ),
    ] {
        let offers = index.search(query).suggestions;
        let offer = offers.iter().find(|offer| offer.query == offered);
        let count = offer.map(|offer| offer.count);
        assert_eq!(count, Some(index.search(offered).total), "{query}");
    }
}

#[test]
fn a_name_that_stands_nowhere_is_cut_into_those_that_do() {
    let index = Index::build(gold::seeds());
    for (query, name) in [
        ("莱西市审计局", "莱西市"),
        ("青岛市李沧区财政局", "青岛市李沧区"),
    ] {
        let offers = index.search(query).suggestions;
        assert!(offers.iter().any(|offer| offer.query == name), "{query}");
    }
}

#[test]
fn a_library_without_years_offers_its_documents() {
    let mut corpus = library::corpus(LIBRARY);
    corpus.cases.iter_mut().for_each(|case| case.year = None);
    let mut offers = Vec::new();
    for documents in [1, 2] {
        let mut corpus = corpus.clone();
        let document = corpus.documents[0].clone();
        corpus.documents.resize(documents, document);
        corpus.documents[documents - 1].name = "乙.txt".to_owned();
        corpus.cases[9].document = documents as u32 - 1;
        let found = Index::build(Arc::new(corpus)).search("囧");
        let found = found.suggestions.into_iter();
        offers.push(found.map(|offer| offer.query).collect::<Vec<_>>());
    }
    // Of a single document all is all that there is.
    assert_eq!(offers[0], [""]);
    assert_eq!(offers[1].len(), 2);
    assert!(offers[1].iter().all(|query| query.starts_with("源:")));
}

#[test]
fn what_is_offered_is_a_word() {
    let index = Index::build(gold::seeds());
    let offers = |query: &str| {
        let offers = index.search(query).suggestions.into_iter();
        let offers = offers
            .map(|offer| offer.query)
            .filter(|offer| !offer.is_empty() && !offer.starts_with("源:"));
        offers.collect::<Vec<_>>()
    };
    // No syllables that are cut off, no initials of what is left.
    for query in ["shuijgg", "haishuidx", "lajjifenleix", "zxyyyq", "qinjia"] {
        let is_spelled = |offer: &String| offer.contains(|c: char| c.is_ascii_alphabetic());
        assert!(!offers(query).iter().any(is_spelled), "{query}");
    }
    // 民家 is in 居民家庭 alone; 的 joins words; a character is no word.
    assert!(!offers("qinjia").iter().any(|offer| offer.contains("民家")));
    for query in ["看病难的问题怎么解决", "市北区的囧囧", "看病难的问题"] {
        let is_joined = |offer: &String| offer.split(' ').any(|word| word.contains('的'));
        assert!(!offers(query).iter().any(is_joined), "{query}");
    }
    let is_short = |offer: &String| offer.split(' ').any(|word| word.chars().count() < 2);
    assert!(!offers("囧交").iter().any(is_short));
}

#[test]
fn an_empty_word_is_not_offered_by_itself() {
    let index = Index::build(gold::seeds());
    for (query, empty) in [
        ("关于 囧囧", "关于"),
        ("to 囧囧", "to"),
        ("in 囧囧", "in"),
        ("the 囧囧", "the"),
    ] {
        let offers = index.search(query).suggestions;
        assert!(offers.iter().all(|offer| offer.query != empty), "{query}");
    }
}

#[test]
fn of_words_that_go_not_together_one_in_a_title_is_offered_first() {
    let index = Index::build(gold::seeds());
    // 000-13 has PPP in its title; Modeling is in the text of 003-13.
    for query in ["PPP model", "model PPP"] {
        assert_eq!(index.search(query).suggestions[0].query, "PPP", "{query}");
    }
}

#[test]
fn what_is_offered_finds_as_many_as_it_says() {
    let index = index();
    // 阶掌: is no field; as a word it is found by its sound, in 街长, or
    // scattered, and then changes what the other words find.
    for query in [
        "海水稻 阶掌: 轨道",
        "海水稻 五赛 市",
        "海水稻 五王大赛 创新",
    ] {
        let found = index.search(query);
        assert!(!found.suggestions.is_empty(), "{query}");
        for offer in &found.suggestions {
            assert_eq!(
                numbers(&index.search(&offer.query)).len(),
                offer.count as usize,
                "{} for {query}",
                offer.query
            );
        }
    }
}

#[test]
fn what_is_told_first_takes_spaced_syllables_for_one_word_too() {
    let index = Index::build(gold::seeds());
    let first = |query| {
        let found = index.first_hits(query, &FieldValues::default(), &|| false);
        found.expect("nothing stops it")
    };
    // 003-3 has 海水稻 in its text; hai, shui and dao stand in the names of 000-1.
    assert_eq!(first("hai shui dao").total, 0);
    assert_eq!(index.search("hai shui dao").total, 1);
    assert_eq!(first("gong ji jin").total, first("gongjijin").total);
}

#[test]
fn letters_that_are_printed_are_where_their_hit_is_opened() {
    // The initials of a heading, （二）突出, are e, t and c as well.
    let corpus = gold::seeds();
    let found = Index::build(Arc::clone(&corpus)).search("ETC");
    let best = found.hits[0].best().expect("it has a match");
    assert_eq!(best.field, Field::Text);
    let case = corpus.get(found.hits[0].case);
    let block = &case.case.blocks[best.part as usize];
    let span = best.spans[0];
    let text = case.block_text(block);
    let letters = text.chars().skip(span.start as usize).take(3);
    assert_eq!(letters.collect::<String>(), "ETC");
}

/// What was asked instead of a query that finds nothing, and the ids of what that finds.
fn instead(index: &Index, query: &str) -> Option<(String, Vec<String>)> {
    let found = index.search(query);
    assert!(found.hits.is_empty(), "{query} is found as typed");
    let corpus = gold::seeds();
    let id = |case: CaseIndex| corpus.get(case).case.id.0.clone();
    let instead = found.instead()?;
    assert!(instead.hits.iter().all(|hit| hit.tier == Tier::Suggested));
    assert_eq!(found.suggestions[0].query, instead.query);
    let ids = instead.hits.iter().map(|hit| id(hit.case)).collect();
    Some((instead.query.clone(), ids))
}

#[test]
fn pinyin_with_one_slip_is_asked_as_the_word_that_was_meant() {
    let index = Index::build(gold::seeds());
    // Transposed, doubled, neighbouring, missing.
    for typed in ["gongijjin", "gongjijinn", "gongjujin", "gonjijin"] {
        let (query, ids) = instead(&index, typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!(
            (&*query, &*ids[0], ids.len()),
            ("公积金", "003-16", 3),
            "{typed}"
        );
    }
    for typed in ["zheguozhijing", "xyzzyx"] {
        assert_eq!(instead(&index, typed), None, "{typed}");
    }
}

#[test]
fn figures_of_tones_and_the_letters_of_passports_are_pinyin() {
    let index = Index::build(gold::seeds());
    let hits = |query: &str| index.search(query).hits;
    for (typed, plain) in [
        ("di4tie3", "ditie"),
        ("gong1ji1jin1", "gongjijin"),
        ("lyuse", "lvse"),
    ] {
        assert!(!hits(plain).is_empty());
        assert_eq!(hits(typed), hits(plain), "{typed}");
    }
    assert_eq!(hits("G2B").len(), 1);
}

#[test]
fn a_question_is_asked_without_its_empty_words() {
    let index = Index::build(gold::seeds());
    for (typed, asked, id) in [
        ("请问海水稻是什么", "海水稻", "003-3"),
        ("2017年李沧区", "2017年 李沧区", "003-3"),
        ("关于公积金的案例有哪些", "公积金", "003-16"),
        ("共享停车怎么做", "共享停车", "003-33"),
        ("哪个部门在搞农业保险", "农业保险", "003-2"),
        // 区 belongs to the question, and 土地盘活 is no better a word than 闲置土地.
        ("哪个区改造了公厕", "改造 公厕", "003-5"),
        ("闲置土地盘活", "闲置土地 盘活", "004-8"),
    ] {
        let (query, ids) = instead(&index, typed).unwrap_or_else(|| panic!("{typed}"));
        assert_eq!((&*query, &*ids[0]), (asked, id), "{typed}");
    }
}

#[test]
fn another_word_for_the_same_thing_is_found_as_such() {
    let index = Index::build(gold::seeds());
    let found = index.search("医联体");
    assert!(!found.hits.is_empty() && found.hits.iter().all(|hit| hit.tier == Tier::Near));
    let ids = |query: &str| {
        let found = index.search(query);
        assert!(
            found.hits.iter().all(|hit| hit.tier == Tier::Near),
            "{query}"
        );
        let corpus = gold::seeds();
        let ids = found
            .hits
            .iter()
            .map(|hit| corpus.get(hit.case).case.id.0.clone());
        ids.collect::<Vec<_>>()
    };
    // 轨道交通 is in their titles, 农贸市场 in that of 002-9 and in the text of 004-1.
    let mut first = ids("轨交")[..3].to_vec();
    first.sort_unstable();
    assert_eq!(first, ["000-13", "001-6", "003-13"]);
    assert_eq!(ids("菜市场"), ["002-9", "004-1"]);
    // Related words are offered, never merged.
    assert!(index.search("路长制").hits.is_empty());
    assert_eq!(instead(&index, "路长制").expect("an offer").0, "街长制");
}

#[test]
fn two_characters_are_not_found_by_their_sound() {
    let index = Index::build(gold::seeds());
    for word in ["湿地", "幼师", "石油", "新冠"] {
        assert!(index.search(word).hits.is_empty(), "{word}");
    }
    let offers = index.search("湿地").suggestions;
    assert!(offers.iter().any(|offer| offer.query == "实地"));
}

#[test]
fn an_exact_search_guesses_nothing() {
    let index = Index::build(gold::seeds());
    let exactly = |query: &str| index.search_exactly(query, &FieldValues::default());
    for query in ["gongijjin", "街长治", "五王大赛", "医联体"] {
        let found = exactly(query);
        assert!(
            found.hits.is_empty() && found.instead().is_none(),
            "{query}"
        );
        assert!(found.suggestions.is_empty(), "{query}");
    }
    assert_eq!(exactly("gongjijin").hits, index.search("gongjijin").hits);
}
