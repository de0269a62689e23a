//! One reference for one case of each seed, in every style, written by hand
//! from the standards and the seeds.

use crate::handmade::{Handmade, Parts};
use anli::case::{About, CaseRef, Category, Completeness, Kind};
use anli::cite::{Element, Style, cite, cite_in};
use anli::corpus::{CaseIndex, Corpus};
use anli::text::script::Script;

/// The beginning of the digest, as printed: no headline, a day without a year.
fn digest() -> Corpus {
    Handmade::new()
        .document(
            "000.txt",
            "半岛网3月1日消息 去年,全市政府系统紧紧围绕市委市政府中心重点工作。\n\
             27.深入调研提出关于进一步支持平度改革创新突破发展的若干政策建议(市政府研究室)\n\
             创新拓展投融资渠道\n打造青岛特色轨道交通PPP模式\n\
             (市地铁指挥部办公室) 为解决长期资金需求,市地铁办创新引入“基金+项目公司”结构。\n\
             深入调研提出\n关于进一步支持平度改革创新突破发展的若干政策建议\n\
             (市政府研究室) 为使平度跟上全市步伐。\n\
             青岛市市民五王才艺大赛\n——创新公共文化活动模式的探索与实践\n\
             (市文广新局) 以海选全市“歌王”为载体。\n\
             半岛都市报/半岛网 记者 郝园园\n",
            About {
                title: Some("青岛市2015年度政府系统创新工作案例".to_owned()),
                publisher: Some("半岛网".to_owned()),
                date: Some("2016-03-01".to_owned()),
                reporter: Some("郝园园".to_owned()),
                year: Some(2015),
                kind: Some(Kind::News),
                number: None,
            },
        )
        .case(Parts {
            id: "000-13",
            completeness: Completeness::Abstract,
            title: &["创新拓展投融资渠道", "打造青岛特色轨道交通PPP模式"],
            orgs: &["市地铁指挥部办公室"],
            blocks: &["为解决长期资金需求,市地铁办创新引入“基金+项目公司”结构。"],
            ..Parts::default()
        })
        .case(Parts {
            id: "000-23",
            list: Some("27."),
            title: &[
                "深入调研提出\n",
                "关于进一步支持平度改革创新突破发展的若干政策建议",
            ],
            blocks: &["为使平度跟上全市步伐。"],
            ..Parts::default()
        })
        .case(Parts {
            id: "000-17",
            title: &[
                "青岛市市民五王才艺大赛",
                "——创新公共文化活动模式的探索与实践",
            ],
            blocks: &["以海选全市“歌王”为载体。"],
            ..Parts::default()
        })
        .corpus()
}

/// The report of 2016: Traditional, no publisher named as one, no headline.
fn report_of_2016() -> Corpus {
    Handmade::new()
        .document(
            "001.txt",
            "半島記者 李曉哲\n1月17日記者采訪獲悉,本市評選出2016年度全市政府系統創新工作案例。\n\
             即墨市政府的《發展“互聯網+制造” 催生經濟增長新動能》案例介紹,近年來。\n\
             市北區政府的創新則著眼于社會治理,努力建設城市治理網格化系統。\n",
            About {
                date: Some("2017-01-17".to_owned()),
                reporter: Some("李晓哲".to_owned()),
                year: Some(2016),
                kind: Some(Kind::News),
                number: None,
                ..About::default()
            },
        )
        .case(Parts {
            id: "001-1",
            completeness: Completeness::Report,
            title: &["發展“互聯網+制造” 催生經濟增長新動能"],
            blocks: &["案例介紹,近年來。"],
            ..Parts::default()
        })
        .case(Parts {
            id: "001-3",
            completeness: Completeness::Report,
            editor: "建设城市治理网格化系统",
            blocks: &["市北區政府的創新則著眼于社會治理,努力建設城市治理網格化系統。"],
            ..Parts::default()
        })
        .corpus()
}

/// The report of 2021: a headline, a full date, a reporter; the case prints no
/// title.
fn report_of_2021() -> Corpus {
    Handmade::new()
        .document(
            "002.txt",
            "新闻中心 > 青岛新闻 > 正文\n2021-12-23 06:36 来源:青岛日报\n\
             用好改革“关键一招”,更高水平“搞活一座城”\n\
             市城市管理局打造“星期三问城管”政民互动平台,每周三主动设置议题。\n\
             补齐了民生短板。(青岛日报/观海新闻记者 刘佳旎)\n",
            About {
                title: Some("用好改革“关键一招”,更高水平“搞活一座城”".to_owned()),
                publisher: Some("青岛日报".to_owned()),
                date: Some("2021-12-23".to_owned()),
                reporter: Some("刘佳旎".to_owned()),
                year: Some(2021),
                kind: Some(Kind::News),
                number: None,
            },
        )
        .case(Parts {
            id: "002-6",
            completeness: Completeness::Report,
            editor: "“星期三问城管”政民互动平台",
            blocks: &["市城市管理局打造“星期三问城管”政民互动平台,每周三主动设置议题。"],
            ..Parts::default()
        })
        .corpus()
}

/// The compilation: no front matter at all.
fn compilation() -> Corpus {
    Handmade::new()
        .document(
            "003.txt",
            " 创新实施“四个一”工作法\n\n创建成为“全国文明城市”\n胶州市政府\n\n\
             2015年以来，胶州市确立“创文明城市建美丽胶州”的创城主题。\n\
             推行“你发现，我奖励，身边隐患随手拍”\n有奖举报系统\n市安全监管局\n\
             结合我市实际，研究开发了“你发现，我奖励，身边隐患随手拍”有奖举报系统。\n",
            About {
                title: Some("青岛市2017年度政府系统创新工作案例汇编".to_owned()),
                year: Some(2017),
                kind: Some(Kind::Compilation),
                number: None,
                ..About::default()
            },
        )
        .case(Parts {
            id: "003-1",
            category: Some(Category::District),
            title: &["创新实施“四个一”工作法", "创建成为“全国文明城市”"],
            orgs: &["胶州市政府"],
            blocks: &["2015年以来，胶州市确立“创文明城市建美丽胶州”的创城主题。"],
            ..Parts::default()
        })
        .case(Parts {
            id: "003-18",
            category: Some(Category::Department),
            title: &["推行“你发现，我奖励，身边隐患随手拍”\n", "有奖举报系统"],
            orgs: &["市安全监管局"],
            blocks: &["结合我市实际，研究开发了“你发现，我奖励，身边隐患随手拍”有奖举报系统。"],
            ..Parts::default()
        })
        .corpus()
}

/// The supplement: Traditional, half-width punctuation, page heads.
fn supplement() -> Corpus {
    Handmade::new()
        .document(
            "004.txt",
            "\n青島日報2021年12月1日特1版\n\
             用改革的“沖擊鉆”破瓶頸,用創新的“動力源”謀發展\n市南:打造青島建設現代化國際大都市的樣板區\n\
             市南區直面發展的瓶頸制約。\n\
             青島日報2021年12月1日特2版\n\
             順勢乘勢聚勢 先行先試先改\n市北:打造RCEP經貿合作創新實踐樣板\n\
             《區域全面經濟伙伴關系協定》(RCEP)正式簽署以來。\n\
             探索居家社區養老服務新模式\n市北區現有60歲及以上老年人口26.4萬。\n\
             責任編輯:劉聰聰\n",
            About {
                title: Some("青岛日报改革创新特刊".to_owned()),
                publisher: Some("青岛日报".to_owned()),
                date: Some("2021-12-01".to_owned()),
                year: Some(2021),
                kind: Some(Kind::Newspaper),
                number: None,
                ..About::default()
            },
        )
        .case(Parts {
            id: "004-1",
            title: &[
                "用改革的“沖擊鉆”破瓶頸,用創新的“動力源”謀發展",
                "市南:打造青島建設現代化國際大都市的樣板區",
            ],
            orgs: &["市南區"],
            blocks: &["市南區直面發展的瓶頸制約。"],
            ..Parts::default()
        })
        .case(Parts {
            id: "004-2",
            title: &["順勢乘勢聚勢 先行先試先改", "市北:打造RCEP經貿合作創新實踐樣板"],
            orgs: &["市北區"],
            blocks: &["《區域全面經濟伙伴關系協定》(RCEP)正式簽署以來。"],
            ..Parts::default()
        })
        .case(Parts {
            id: "004-4",
            title: &["探索居家社區養老服務新模式"],
            orgs: &["市北區"],
            blocks: &["市北區現有60歲及以上老年人口26.4萬。"],
            ..Parts::default()
        })
        .corpus()
}

fn case<'a>(corpus: &'a Corpus, id: &str) -> CaseRef<'a> {
    corpus.get(
        corpus
            .find(id)
            .expect("the test names a case of the document"),
    )
}

#[track_caller]
fn check(corpus: &Corpus, id: &str, style: Style, text: &str) {
    assert_eq!(cite(case(corpus, id), style).text, text);
}

#[test]
fn a_case_of_the_digest_names_the_reporter_and_marks_the_year() {
    let corpus = digest();
    check(
        &corpus,
        "000-13",
        Style::Gbt2025,
        "郝园园. 创新拓展投融资渠道 打造青岛特色轨道交通PPP模式[EB/OL].（[2016]-03-01）.",
    );
    check(
        &corpus,
        "000-13",
        Style::Gbt2015,
        "郝园园. 创新拓展投融资渠道 打造青岛特色轨道交通PPP模式[EB/OL]. ([2016]-03-01).",
    );
    check(
        &corpus,
        "000-13",
        Style::BibTex,
        "@online{anli-000-13,
  title = {创新拓展投融资渠道\u{3000}打造青岛特色轨道交通{PPP}模式},
  author = {郝园园},
  organization = {半岛网},
  date = {2016-03-01},
  year = {2016},
  medium = {OL},
  entrymediumid = {OL},
  note = {出版年为推断},
  langid = {chinese},
}",
    );
    check(
        &corpus,
        "000-13",
        Style::Ris,
        "TY  - ELEC
ID  - anli-000-13
TI  - 创新拓展投融资渠道 打造青岛特色轨道交通PPP模式
AU  - 郝园园
T2  - 半岛网
PY  - 2016
DA  - 2016/03/01
N1  - 出版年为推断
LA  - zh
ER  - ",
    );
    check(
        &corpus,
        "000-13",
        Style::CslJson,
        r#"[
  {
    "id": "anli-000-13",
    "type": "webpage",
    "title": "创新拓展投融资渠道 打造青岛特色轨道交通PPP模式",
    "author": [
      {
        "literal": "郝园园"
      }
    ],
    "container-title": "半岛网",
    "issued": {
      "date-parts": [
        [
          2016,
          3,
          1
        ]
      ],
      "circa": true
    },
    "medium": "OL",
    "note": "出版年为推断",
    "language": "zh"
  }
]"#,
    );
    check(
        &corpus,
        "000-13",
        Style::Markdown,
        "[^anli-000-13]: 郝园园. 创新拓展投融资渠道 打造青岛特色轨道交通PPP模式[EB/OL].（[2016]-03-01）.",
    );
}

#[test]
fn a_case_of_the_report_of_2016_lacks_a_publisher_and_says_so() {
    let corpus = report_of_2016();
    check(
        &corpus,
        "001-1",
        Style::Gbt2025,
        "李曉哲. 發展“互聯網+制造” 催生經濟增長新動能[EB/OL].（[2017]-01-17）.",
    );
    check(
        &corpus,
        "001-1",
        Style::Gbt2015,
        "李曉哲. 發展“互聯網+制造” 催生經濟增長新動能[EB/OL]. ([2017]-01-17).",
    );
    check(
        &corpus,
        "001-1",
        Style::BibTex,
        "@online{anli-001-1,
  title = {發展“互聯網+制造”\u{3000}催生經濟增長新動能},
  author = {李曉哲},
  date = {2017-01-17},
  year = {2017},
  medium = {OL},
  entrymediumid = {OL},
  note = {出版年为推断},
  langid = {chinese},
}",
    );
    check(
        &corpus,
        "001-1",
        Style::Ris,
        "TY  - ELEC
ID  - anli-001-1
TI  - 發展“互聯網+制造” 催生經濟增長新動能
AU  - 李曉哲
PY  - 2017
DA  - 2017/01/17
N1  - 出版年为推断
LA  - zh
ER  - ",
    );
    check(
        &corpus,
        "001-1",
        Style::Markdown,
        "[^anli-001-1]: 李曉哲. 發展“互聯網+制造” 催生經濟增長新動能[EB/OL].（[2017]-01-17）.",
    );
    let citation = cite(case(&corpus, "001-1"), Style::CslJson);
    let items: serde_json::Value = serde_json::from_str(&citation.text).expect("valid JSON");
    let expected = serde_json::json!([{
        "id": "anli-001-1",
        "type": "webpage",
        "title": "發展“互聯網+制造” 催生經濟增長新動能",
        "author": [{"literal": "李曉哲"}],
        "issued": {"date-parts": [[2017, 1, 17]], "circa": true},
        "medium": "OL",
        "note": "出版年为推断",
        "language": "zh",
    }]);
    assert_eq!(items, expected);
    let citation = cite(case(&corpus, "001-1"), Style::Gbt2025);
    assert_eq!(
        citation.missing,
        [
            Element::HostTitle,
            Element::Publication,
            Element::Address,
            Element::AccessDate
        ]
    );
    assert_eq!(citation.inferred, [Element::Year]);
}

#[test]
fn an_editors_title_stands_in_square_brackets() {
    let corpus = report_of_2016();
    check(
        &corpus,
        "001-3",
        Style::Gbt2025,
        "李曉哲. [建设城市治理网格化系统][EB/OL].（[2017]-01-17）.",
    );
    let citation = cite(case(&corpus, "001-3"), Style::BibTex);
    assert!(
        citation
            .text
            .contains("title = {[建设城市治理网格化系统]},")
    );
    assert_eq!(citation.inferred, [Element::Title, Element::Year]);
}

#[test]
fn a_paragraph_of_a_report_is_found_under_its_printed_headline() {
    let corpus = report_of_2021();
    check(
        &corpus,
        "002-6",
        Style::Gbt2025,
        "刘佳旎. 用好改革“关键一招”，更高水平“搞活一座城”[N/OL]. 青岛日报，2021-12-23.",
    );
    check(
        &corpus,
        "002-6",
        Style::Gbt2015,
        "刘佳旎. 用好改革“关键一招”,更高水平“搞活一座城”[N/OL]. 青岛日报, 2021-12-23.",
    );
    check(
        &corpus,
        "002-6",
        Style::BibTex,
        "@article{anli-002-6,
  entrysubtype = {newspaper},
  title = {用好改革“关键一招”,更高水平“搞活一座城”},
  author = {刘佳旎},
  journal = {青岛日报},
  date = {2021-12-23},
  year = {2021},
  medium = {OL},
  entrymediumid = {OL},
  note = {案例：[“星期三问城管”政民互动平台]},
  langid = {chinese},
}",
    );
    check(
        &corpus,
        "002-6",
        Style::Ris,
        "TY  - NEWS
ID  - anli-002-6
TI  - 用好改革“关键一招”,更高水平“搞活一座城”
AU  - 刘佳旎
T2  - 青岛日报
PY  - 2021
DA  - 2021/12/23
N1  - 案例：[“星期三问城管”政民互动平台]
LA  - zh
ER  - ",
    );
    check(
        &corpus,
        "002-6",
        Style::Markdown,
        "[^anli-002-6]: 刘佳旎. 用好改革“关键一招”，更高水平“搞活一座城”[N/OL]. 青岛日报，2021-12-23.",
    );
    let citation = cite(case(&corpus, "002-6"), Style::CslJson);
    let items: serde_json::Value = serde_json::from_str(&citation.text).expect("valid JSON");
    let expected = serde_json::json!([{
        "id": "anli-002-6",
        "type": "article-newspaper",
        "title": "用好改革“关键一招”,更高水平“搞活一座城”",
        "author": [{"literal": "刘佳旎"}],
        "container-title": "青岛日报",
        "issued": {"date-parts": [[2021, 12, 23]]},
        "medium": "OL",
        "note": "案例：[“星期三问城管”政民互动平台]",
        "language": "zh",
    }]);
    assert_eq!(items, expected);
    let missing = |style| cite(case(&corpus, "002-6"), style).missing;
    assert_eq!(missing(Style::Gbt2025), [Element::Page, Element::Address]);
    assert_eq!(
        missing(Style::Gbt2015),
        [Element::Page, Element::Address, Element::AccessDate]
    );
}

#[test]
fn a_clause_of_a_sentence_and_the_head_of_a_list_are_no_headlines() {
    let document = |line: &str| {
        let text = format!(
            "1月17日記者采訪獲悉,本市評選出創新工作案例,十區市入選。\n{line}一個案例\n正文。\n"
        );
        Handmade::new()
            .document(
                "001.txt",
                &text,
                About {
                    title: Some("本市评选出创新工作案例".to_owned()),
                    publisher: Some("半岛网".to_owned()),
                    kind: Some(Kind::News),
                    number: None,
                    ..About::default()
                },
            )
            .case(Parts {
                id: "001-1",
                title: &["一個案例"],
                blocks: &["正文。"],
                ..Parts::default()
            })
            .corpus()
    };
    for line in ["", "■本市評選出創新工作案例\n"] {
        let corpus = document(line);
        check(&corpus, "001-1", Style::Gbt2025, "一個案例[EB/OL].");
        let missing = cite(case(&corpus, "001-1"), Style::Gbt2025).missing;
        assert!(missing.contains(&Element::HostTitle));
    }
    let corpus = document(" 本市評選出創新工作案例 \n");
    check(
        &corpus,
        "001-1",
        Style::Gbt2025,
        "一個案例[EB/OL]//本市評選出創新工作案例.",
    );
    let missing = cite(case(&corpus, "001-1"), Style::Gbt2025).missing;
    assert!(!missing.contains(&Element::HostTitle));
}

#[test]
fn a_case_of_the_compilation_has_no_imprint() {
    let corpus = compilation();
    check(
        &corpus,
        "003-1",
        Style::Gbt2025,
        "胶州市政府. 创新实施“四个一”工作法 创建成为“全国文明城市”[G]//[青岛市2017年度政府系统创新工作案例汇编].",
    );
    check(
        &corpus,
        "003-1",
        Style::Gbt2015,
        "胶州市政府. 创新实施“四个一”工作法 创建成为“全国文明城市”[G]//[青岛市2017年度政府系统创新工作案例汇编].",
    );
    check(
        &corpus,
        "003-1",
        Style::BibTex,
        "@incollection{anli-003-1,
  title = {创新实施“四个一”工作法\u{3000}创建成为“全国文明城市”},
  author = {{胶州市政府}},
  booktitle = {[青岛市2017年度政府系统创新工作案例汇编]},
  langid = {chinese},
}",
    );
    check(
        &corpus,
        "003-1",
        Style::Ris,
        "TY  - CHAP
ID  - anli-003-1
TI  - 创新实施“四个一”工作法 创建成为“全国文明城市”
AU  - 胶州市政府
T2  - [青岛市2017年度政府系统创新工作案例汇编]
LA  - zh
ER  - ",
    );
    check(
        &corpus,
        "003-1",
        Style::Markdown,
        "[^anli-003-1]: 胶州市政府. 创新实施“四个一”工作法 创建成为“全国文明城市”[G]//[青岛市2017年度政府系统创新工作案例汇编].",
    );
    let citation = cite(case(&corpus, "003-1"), Style::CslJson);
    let items: serde_json::Value = serde_json::from_str(&citation.text).expect("valid JSON");
    let expected = serde_json::json!([{
        "id": "anli-003-1",
        "type": "chapter",
        "title": "创新实施“四个一”工作法 创建成为“全国文明城市”",
        "author": [{"literal": "胶州市政府"}],
        "container-title": "[青岛市2017年度政府系统创新工作案例汇编]",
        "language": "zh",
    }]);
    assert_eq!(items, expected);
    let citation = cite(case(&corpus, "003-1"), Style::Gbt2025);
    use Element::{Date, HostTitle, Page, Place, Publisher};
    assert_eq!(citation.missing, [Place, Publisher, Date, Page]);
    assert_eq!(citation.inferred, [HostTitle]);
}

#[test]
fn an_article_of_the_supplement_has_its_page_and_its_script() {
    let corpus = supplement();
    check(
        &corpus,
        "004-2",
        Style::Gbt2025,
        "順勢乘勢聚勢 先行先試先改 市北：打造RCEP經貿合作創新實踐樣板[N]. 青島日報，2021-12-01（特2）.",
    );
    check(
        &corpus,
        "004-2",
        Style::Gbt2015,
        "順勢乘勢聚勢 先行先試先改 市北:打造RCEP經貿合作創新實踐樣板[N]. 青島日報, 2021-12-01(特2).",
    );
    check(
        &corpus,
        "004-2",
        Style::BibTex,
        "@article{anli-004-2,
  entrysubtype = {newspaper},
  title = {順勢乘勢聚勢\u{3000}先行先試先改\u{3000}市北:打造{RCEP}經貿合作創新實踐樣板},
  journal = {青島日報},
  date = {2021-12-01},
  year = {2021},
  pages = {特2},
  langid = {chinese},
}",
    );
    check(
        &corpus,
        "004-2",
        Style::Ris,
        "TY  - NEWS
ID  - anli-004-2
TI  - 順勢乘勢聚勢 先行先試先改 市北:打造RCEP經貿合作創新實踐樣板
T2  - 青島日報
PY  - 2021
DA  - 2021/12/01
SP  - 特2
LA  - zh
ER  - ",
    );
    check(
        &corpus,
        "004-2",
        Style::Markdown,
        "[^anli-004-2]: 順勢乘勢聚勢 先行先試先改 市北：打造RCEP經貿合作創新實踐樣板[N]. 青島日報，2021-12-01（特2）.",
    );
    let citation = cite(case(&corpus, "004-2"), Style::CslJson);
    let items: serde_json::Value = serde_json::from_str(&citation.text).expect("valid JSON");
    let expected = serde_json::json!([{
        "id": "anli-004-2",
        "type": "article-newspaper",
        "title": "順勢乘勢聚勢 先行先試先改 市北:打造RCEP經貿合作創新實踐樣板",
        "container-title": "青島日報",
        "issued": {"date-parts": [[2021, 12, 1]]},
        "page": "特2",
        "language": "zh",
    }]);
    assert_eq!(items, expected);
    let citation = cite(case(&corpus, "004-2"), Style::Gbt2025);
    assert_eq!(citation.missing, [Element::Author]);
    assert_eq!(citation.inferred, []);
}

#[test]
fn an_article_stands_on_the_page_whose_head_is_the_last_before_it() {
    let corpus = supplement();
    for (id, page) in [
        ("004-1", "（特1）"),
        ("004-2", "（特2）"),
        ("004-4", "（特2）"),
    ] {
        let text = cite(case(&corpus, id), Style::Gbt2025).text;
        assert!(text.contains(page), "{text}");
    }
}

#[test]
fn a_title_line_with_a_dash_is_other_title_information() {
    let corpus = digest();
    check(
        &corpus,
        "000-17",
        Style::Gbt2025,
        "郝园园. 青岛市市民五王才艺大赛：创新公共文化活动模式的探索与实践[EB/OL].（[2016]-03-01）.",
    );
    check(
        &corpus,
        "000-17",
        Style::Gbt2015,
        "郝园园. 青岛市市民五王才艺大赛: 创新公共文化活动模式的探索与实践[EB/OL]. ([2016]-03-01).",
    );
}

#[test]
fn a_phrase_that_the_list_or_the_text_prints_whole_has_no_space() {
    let title = "深入调研提出关于进一步支持平度改革创新突破发展的若干政策建议[EB/OL]";
    assert!(
        cite(case(&digest(), "000-23"), Style::Gbt2025)
            .text
            .contains(title)
    );
    let title = "推行“你发现，我奖励，身边隐患随手拍”有奖举报系统[G]";
    assert!(
        cite(case(&compilation(), "003-18"), Style::Gbt2025)
            .text
            .contains(title)
    );
}

#[test]
fn another_script_is_given_when_asked_for() {
    let corpus = supplement();
    let citation = cite_in(
        case(&corpus, "004-4"),
        Style::Gbt2025,
        Script::Simplified.into(),
    );
    assert_eq!(
        citation.text,
        "探索居家社区养老服务新模式[N]. 青岛日报，2021-12-01（特2）."
    );
}

#[test]
fn nothing_is_known_and_nothing_is_made_up() {
    let corpus = Handmade::new()
        .document("mine.txt", "一个案例\n正文。\n", About::default())
        .case(Parts {
            id: "mine-1",
            title: &["一个案例"],
            blocks: &["正文。"],
            ..Parts::default()
        })
        .corpus();
    let citation = cite(corpus.get(CaseIndex(0)), Style::Gbt2025);
    assert_eq!(citation.text, "一个案例[Z].");
    use Element::{Author, Date, Publication};
    assert_eq!(citation.missing, [Author, Publication, Date]);
}

#[test]
fn a_page_head_alone_tells_paper_day_and_page() {
    let corpus = Handmade::new()
        .document(
            "mine.txt",
            "胶东日报2020年5月6日第A12版\n一个案例\n正文。\n",
            About::default(),
        )
        .case(Parts {
            id: "mine-1",
            title: &["一个案例"],
            blocks: &["正文。"],
            ..Parts::default()
        })
        .corpus();
    check(
        &corpus,
        "mine-1",
        Style::Gbt2025,
        "一个案例[N]. 胶东日报，2020-05-06（A12）.",
    );
}

#[test]
fn a_date_and_a_name_that_are_not_printed_are_marked() {
    let corpus = Handmade::new()
        .document(
            "mine.txt",
            "11月17日讯\n一个案例\n正文。\n",
            About {
                publisher: Some("胶东日报".to_owned()),
                date: Some("2020-01-17".to_owned()),
                reporter: Some("王五、李六、赵七、钱八".to_owned()),
                kind: Some(Kind::News),
                number: None,
                ..About::default()
            },
        )
        .case(Parts {
            id: "mine-1",
            title: &["一个案例"],
            blocks: &["正文。"],
            ..Parts::default()
        })
        .corpus();
    let citation = cite(corpus.get(CaseIndex(0)), Style::Gbt2025);
    assert_eq!(
        citation.text,
        "[王五]，[李六]，[赵七]，等. 一个案例[N/OL]. [胶东日报]，[2020-01-17]."
    );
    use Element::{Author, Date, Publication};
    assert_eq!(citation.inferred, [Author, Publication, Date]);
}

#[test]
fn markup_of_tex_and_markdown_is_escaped_and_keys_are_ascii() {
    let corpus = Handmade::new()
        .document(
            "我的.txt",
            "50% & {a_b} \\x ~ ^ `$5 #1 [x](y) *z*\n正文。\n",
            About::default(),
        )
        .case(Parts {
            id: "我的-1",
            title: &["50% & {a_b} \\x ~ ^ `$5 #1 [x](y) *z*"],
            blocks: &["正文。"],
            ..Parts::default()
        })
        .corpus();
    check(
        &corpus,
        "我的-1",
        Style::BibTex,
        "@misc{anli-_6211__7684_-1,
  title = {50\\% \\& \\textbraceleft{}a\\_b\\textbraceright{} \\textbackslash{}x \
         \\textasciitilde{} \\textasciicircum{} \\textasciigrave{}\\$5 \\#1 [x](y) *z*},
  langid = {chinese},
}",
    );
    check(
        &corpus,
        "我的-1",
        Style::Markdown,
        "[^anli-_6211__7684_-1]: 50% \\& {a\\_b} \\\\x \\~ ^ \\`\\$5 \\#1 [x]\\(y) \\*z\\*[Z].",
    );
}

/// The cases that the readers find in the seeds themselves.
#[test]
fn the_seeds_are_cited_as_their_hand_made_copies_are() {
    let sources = anli::seeds::embedded();
    let corpus = anli::seeds::read(sources, &anli::seeds::catalog::Catalog::embedded()).corpus;
    let check = |id: &str, text: &str| check(&corpus, id, Style::Gbt2025, text);
    check(
        "000-13",
        "郝园园. 创新拓展投融资渠道 打造青岛特色轨道交通PPP模式[EB/OL].（[2016]-03-01）.",
    );
    check(
        "000-17",
        "郝园园. 青岛市市民五王才艺大赛：创新公共文化活动模式的探索与实践[EB/OL].（[2016]-03-01）.",
    );
    check(
        "000-21",
        "郝园园. 21世纪海上丝绸之路“中国•青岛”号帆船航行暨北冰洋（东北航线）创纪录航行活动[EB/OL].（[2016]-03-01）.",
    );
    check(
        "000-37",
        "郝园园. 我市在全国率先建立国家自由贸易区战略地方经贸合作推进机制[EB/OL].（[2016]-03-01）.",
    );
    check(
        "001-4",
        "李曉哲. 念好“五字經”，爭列“瑯琊榜”，推動國家級開發區考核評價實現新突破[EB/OL].（[2017]-01-17）.",
    );
    let text = cite(case(&corpus, "002-6"), Style::Gbt2025).text;
    assert_eq!(
        text,
        "刘佳旎. 用好改革“关键一招”，更高水平“搞活一座城”[N/OL]. 青岛日报，2021-12-23."
    );
    // The text has 助推新旧动能转换进一步… as the name of a policy alone.
    let text = cite(case(&corpus, "003-22"), Style::Gbt2025).text;
    let expected = "市人力资源社会保障局. 助推新旧动能转换 进一步做好就业创业工作[G]//[";
    assert!(text.starts_with(expected), "{text}");
    let text = cite(case(&corpus, "003-18"), Style::Gbt2025).text;
    let expected = "市安全监管局. 推行“你发现，我奖励，身边隐患随手拍”有奖举报系统[G]//[";
    assert!(text.starts_with(expected), "{text}");
    check(
        "004-2",
        "順勢乘勢聚勢 先行先試先改 市北：打造RCEP經貿合作創新實踐樣板[N]. 青島日報，2021-12-01（特2）.",
    );
    check(
        "004-8",
        "盤活低效閑置土地 喚醒“沉睡”資源[N]. 青島日報，2021-12-01（特4）.",
    );
}

#[test]
fn style_names_lead_back_to_their_styles() {
    for style in Style::ALL {
        assert_eq!(Style::from_name(style.name()), Some(style));
    }
    assert_eq!(Style::from_name("apa"), None);
}
