//! Compilations of generated cases: any titles, bodies, sections and parts of a book read
//! back as the cases that they were made of.

use anli::case::{About, CaseRef, Category, Completeness};
use anli::compile::{Layout, Order, Plan, compile};
use anli::corpus::Corpus;
use anli::formats;
use anli::paper::Form;
use anli::seeds::{self, Source, catalog::Catalog};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::handmade::{Handmade, Parts};

/// Title lines; none of them is another's.
const TITLES: [&str; 12] = [
    "推行错时共享停车",
    "打造“一窗通办”新模式",
    "村级事务“阳光账本”",
    "“互联网+”监管平台",
    "15分钟便民服务圈",
    "探索湿地占补平衡",
    "政府采购合同融资",
    "建设智慧水务",
    "让群众少跑腿",
    "用数据管好渣土车",
    "老旧小区加装电梯的实践",
    "海上粮仓 深远海养殖",
];

const ORGS: [&str; 7] = [
    "湖心区政府",
    "东山县政府",
    "滨海新区管委",
    "临港经济区管委会",
    "市园林局",
    "市数据局",
    "市港航管理局",
];

const HEADINGS: [&str; 6] = [
    "一、背景",
    "一、基本情况",
    "二、主要做法",
    "三、创新性和领先性",
    "三、取得成效",
    "四、几点启示",
];

const SENTENCES: [&str; 8] = [
    "全年腾出车位3200个，群众满意率达到98.5%。",
    "（一）建立机制。由区长任组长，每季度会商一次。",
    "一是集中审批，二是限时办结，三是全程代办。",
    "办理时间由20个工作日压缩到3个工作日；",
    "做法得到省政府肯定(鲁政发〔2019〕7号)。",
    "市财政投入1.2亿元，带动社会资本5亿元。",
    "*试点先行*、_分步推进_，# 号和<标记>照原样保留。",
    "过去要跑5个部门，现在只跑1个窗口！",
];

#[derive(Clone, Debug)]
struct Made {
    title: Vec<&'static str>,
    orgs: Vec<&'static str>,
    category: Option<Category>,
    /// What stands before the first heading, then headings with what is below them.
    lead: Option<&'static str>,
    sections: Vec<(&'static str, Vec<&'static str>)>,
}

fn sentences() -> impl Strategy<Value = Vec<&'static str>> {
    subsequence(SENTENCES.to_vec(), 1..4)
}

/// Headings in the order of their numbers, each number once.
fn sections() -> impl Strategy<Value = Vec<(&'static str, Vec<&'static str>)>> {
    let numbered = |mut headings: Vec<&'static str>| {
        headings.dedup_by_key(|heading| heading.chars().next());
        headings
    };
    let headings = subsequence(HEADINGS.to_vec(), 2..=4).prop_map(numbered);
    headings.prop_flat_map(|headings| {
        let below = headings
            .into_iter()
            .map(|heading| (Just(heading), sentences()));
        below.collect::<Vec<_>>()
    })
}

fn made(title: Vec<&'static str>) -> impl Strategy<Value = Made> {
    let category = select(vec![
        Some(Category::District),
        Some(Category::Zone),
        Some(Category::Department),
        None,
    ]);
    let lead = proptest::option::of(select(SENTENCES.to_vec()));
    let orgs = subsequence(ORGS.to_vec(), 1..3);
    (orgs, category, lead, sections()).prop_map(move |(orgs, category, lead, sections)| Made {
        title: title.clone(),
        orgs,
        category,
        lead,
        sections,
    })
}

/// Two to six cases, no title line twice.
fn cases() -> impl Strategy<Value = Vec<Made>> {
    let titles = Just(TITLES.to_vec()).prop_shuffle();
    (titles, proptest::collection::vec(1..=2_usize, 2..=6)).prop_flat_map(|(titles, lines)| {
        let mut from = 0;
        let parts = lines.into_iter().map(|lines| {
            from += lines;
            made(titles[from - lines..from].to_vec())
        });
        parts.collect::<Vec<_>>()
    })
}

fn corpus(cases: &[Made]) -> Corpus {
    let mut text = String::new();
    for case in cases {
        for line in &case.title {
            text += &format!("{line}\n");
        }
        for line in case.lines() {
            text += &format!("{}\n", line.trim_start_matches('§'));
        }
    }
    let mut made = Handmade::new().document("a.txt", &text, About::default());
    let ids: Vec<String> = (1..=cases.len())
        .map(|number| format!("a-{number}"))
        .collect();
    for (case, id) in cases.iter().zip(&ids) {
        let lines = case.lines();
        let blocks: Vec<&str> = lines.iter().map(String::as_str).collect();
        made = made.case(Parts {
            id,
            category: case.category,
            title: &case.title,
            orgs: &case.orgs,
            blocks: &blocks,
            ..Parts::default()
        });
    }
    made.corpus()
}

impl Made {
    /// The lines of the text, headings marked.
    fn lines(&self) -> Vec<String> {
        let below = self.sections.iter().flat_map(|(heading, below)| {
            let below = below.iter().map(|text| (*text).to_owned());
            std::iter::once(format!("§{heading}")).chain(below)
        });
        self.lead
            .map(str::to_owned)
            .into_iter()
            .chain(below)
            .collect()
    }
}

/// What is seen of a case, white space aside: title, orgs, category, its headings or none
/// where an abstract alone is printed, its text.
type Seen = (String, String, Option<Category>, Vec<String>, String);

fn seen(case: CaseRef<'_>, layout: Layout) -> Seen {
    let tidy = |text: &str| text.split_whitespace().collect::<String>();
    let sections = case.sections();
    let headings = sections.iter().map(|section| tidy(&section.heading));
    let blocks = case.case.blocks.iter();
    let texts = blocks.map(|block| (block.is_heading(), tidy(&case.block_text(block))));
    let (headings, text) = match layout {
        Layout::Full => (headings.collect(), texts.map(|(_, text)| text).collect()),
        Layout::Digest => {
            let told = texts.filter(|(is_heading, _)| !is_heading);
            (
                Vec::new(),
                told.map(|(_, text)| text).next().unwrap_or_default(),
            )
        }
    };
    let orgs = case
        .case
        .orgs
        .iter()
        .map(|org| org.printed.as_str())
        .collect::<Vec<_>>()
        .join("、");
    (
        tidy(&case.title()),
        orgs,
        case.case.category,
        headings,
        text,
    )
}

fn plan() -> impl Strategy<Value = Plan> {
    let note = select(vec![
        "",
        "本书收录评选出的案例，供各单位学习借鉴",
        "说明一。\n说明二",
    ]);
    // Its lines look like those of cases.
    let appendix = select(vec![
        "",
        "评审办法\n一、评委11名，独立评分。",
        "专家名单\n1.张三（市园林局）\n2.李四（湖心区政府）\n市数据局\n二、部门创新工作案例",
    ]);
    let layout = select(vec![Layout::Digest, Layout::Full]);
    let order = select(vec![Order::Fixed, Order::Rank]);
    let title = select(vec!["年度创新工作案例", "案例汇编（2018）"]);
    (layout, order, title, any::<[bool; 2]>(), note, appendix).prop_map(
        |(layout, order, title, [cover, contents], note, appendix)| Plan {
            layout,
            order,
            title: title.to_owned(),
            cover,
            note: note.to_owned(),
            contents,
            appendix: appendix.to_owned(),
            picked: Vec::new(),
        },
    )
}

/// The cases that are read in a file; what belongs to none is left out.
fn back(bytes: Vec<u8>, form: Form, layout: Layout) -> Vec<Seen> {
    let name = format!("book.{}", form.name());
    let text = formats::read(&name, bytes, None).expect("it is readable");
    let library = seeds::read(vec![Source::of(name, text)], &Catalog::default());
    let cases = library
        .corpus
        .iter()
        .map(|(_, case)| case)
        .filter(|case| case.case.completeness != Completeness::Rest);
    cases.map(|case| seen(case, layout)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn generated_cases_read_back_from_every_form(cases in cases(), plan in plan()) {
        let corpus = corpus(&cases);
        let cases: Vec<CaseRef<'_>> = corpus.iter().map(|(_, case)| case).collect();
        let mut expected: Vec<Seen> = cases.iter().map(|case| seen(*case, plan.layout)).collect();
        let place = |category: &Option<Category>| {
            let place = Category::ALL.iter().position(|known| Some(*known) == *category);
            place.unwrap_or(Category::ALL.len())
        };
        expected.sort_by_key(|(_, _, category, ..)| place(category));
        for form in Form::ALL {
            let found = back(compile(&cases, &plan).write(form), form, plan.layout);
            prop_assert_eq!(&found, &expected, "{:?}", form);
        }
    }
}
