//! Key figures against what a careful reader marked.

use anli::figures::{self, Found};
use anli::seeds::{self, catalog::Catalog};

/// One marked figure.
struct Marked {
    quote: String,
    /// Value, upper end, unit, kind, precision.
    meaning: [String; 5],
    doubtful: bool,
}

/// The cases that were marked, with their figures in reading order.
fn gold() -> Vec<(String, Vec<Marked>)> {
    let mut cases: Vec<(String, Vec<Marked>)> = Vec::new();
    for line in include_str!("../gold/figures.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [case, quote, value, to, unit, kind, precision, doubt] = cells[..] else {
            panic!("{line}");
        };
        if cases.last().is_none_or(|(last, _)| last != case) {
            cases.push((case.to_owned(), Vec::new()));
        }
        let (_, marked) = cases.last_mut().expect("one was pushed");
        marked.push(Marked {
            quote: quote.to_owned(),
            meaning: [value, to, unit, kind, precision].map(str::to_owned),
            doubtful: doubt == "?",
        });
    }
    cases
}

fn meaning(found: &Found) -> [String; 5] {
    let figure = &found.figure;
    [
        figure.value.to_string(),
        figure.value_to.map(|to| to.to_string()).unwrap_or_default(),
        figure.unit.clone(),
        figure.kind.name().to_owned(),
        figure.precision.name().to_owned(),
    ]
}

/// Every figure without doubt is found as marked, and nothing else is.
#[test]
fn the_figures_of_twelve_cases_are_those_that_a_reader_marks() {
    let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
    let mut wrong = Vec::new();
    for (id, marked) in gold() {
        let case = corpus.get(corpus.find(&id).expect("the case is there"));
        let text: Vec<char> = case.text().chars().collect();
        let mut found = figures::of_case(case).into_iter().peekable();
        for mark in &marked {
            let quote = |found: &Found| {
                let span = found.figure.span.start as usize..found.figure.span.end as usize;
                text[span].iter().collect::<String>()
            };
            let skip = |found: &Found| {
                quote(found) != mark.quote
                    && !marked.iter().any(|other| other.quote == quote(found))
            };
            while let Some(extra) = found.next_if(skip) {
                wrong.push(format!("{id}: no figure: {}", quote(&extra)));
            }
            match found.next_if(|found| quote(found) == mark.quote) {
                Some(figure) if meaning(&figure) != mark.meaning => {
                    wrong.push(format!("{id}: {} is {:?}", mark.quote, meaning(&figure)));
                }
                None if !mark.doubtful => wrong.push(format!("{id}: missed {}", mark.quote)),
                _ => {}
            }
        }
        for extra in found {
            wrong.push(format!("{id}: no figure: {}", extra.figure));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The figures of a sentence: quote, value, upper end, unit, precision.
#[track_caller]
fn check(text: &str, expected: &[[&str; 5]]) {
    let characters: Vec<char> = text.chars().collect();
    let found: Vec<[String; 5]> = figures::of_text(text)
        .into_iter()
        .map(|figure| {
            let span = figure.span.start as usize..figure.span.end as usize;
            [
                characters[span].iter().collect(),
                figure.value.to_string(),
                figure.value_to.map(|to| to.to_string()).unwrap_or_default(),
                figure.unit,
                figure.precision.name().to_owned(),
            ]
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn numbers_are_read_in_every_form() {
    check(
        "还款2亿3000万元。",
        &[["2亿3000万元", "230000000", "", "元", "exact"]],
    );
    check(
        "培训１２，０００人次。",
        &[["１２，０００人次", "12000", "", "人次", "exact"]],
    );
    check(
        "修路1,234.5公里。",
        &[["1,234.5公里", "1234.5", "", "公里", "exact"]],
    );
    check(
        "种树三百二十一棵。",
        &[["三百二十一棵", "321", "", "棵", "exact"]],
    );
    check(
        "筹款两亿三千万元。",
        &[["两亿三千万元", "230000000", "", "元", "exact"]],
    );
    check(
        "还款3千多万元。",
        &[["3千多万元", "30000000", "", "元", "over"]],
    );
    check("占三分之二。", &[["三分之二", "66.67", "", "%", "exact"]]);
    check(
        "降幅达百分之三十。",
        &[["百分之三十", "30", "", "%", "exact"]],
    );
    check(
        "增长2.5个百分点。",
        &[["2.5个百分点", "2.5", "", "个百分点", "exact"]],
    );
    check("借款2个亿。", &[["2个亿", "200000000", "", "元", "exact"]]);
}

#[test]
fn a_unit_has_one_form() {
    check("绿地300㎡。", &[["300㎡", "300", "", "平方米", "exact"]]);
    check(
        "厂房300平米。",
        &[["300平米", "300", "", "平方米", "exact"]],
    );
    check("蓄水5 m3。", &[["5 m3", "5", "", "立方米", "exact"]]);
    check(
        "收费2元/ m3。",
        &[["2元/ m3", "2", "", "元/立方米", "exact"]],
    );
    check(
        "修復12萬畝濕地。",
        &[["12萬畝", "120000", "", "亩", "exact"]],
    );
    check("选派9名干部。", &[["9名", "9", "", "人", "exact"]]);
}

#[test]
fn ranges_and_words_beside_a_number_count() {
    check(
        "每车20—30万元。",
        &[["20—30万元", "200000", "300000", "元", "range"]],
    );
    check("升温3%-5%。", &[["3%-5%", "3", "5", "%", "range"]]);
    check("需三到五天。", &[["三到五天", "3", "5", "天", "range"]]);
    check(
        "现在两三个小时办完。",
        &[["两三个小时", "2", "3", "小时", "range"]],
    );
    // A change is two figures.
    check(
        "由30天缩短到5天。",
        &[
            ["30天", "30", "", "天", "exact"],
            ["5天", "5", "", "天", "exact"],
        ],
    );
    check(
        "约40户、近50户。",
        &[
            ["40户", "40", "", "户", "about"],
            ["50户", "50", "", "户", "about"],
        ],
    );
    check(
        "超过60台，70台以上。",
        &[
            ["60台", "60", "", "台", "over"],
            ["70台", "70", "", "台", "over"],
        ],
    );
    check(
        "不足8天，9天以内。",
        &[
            ["8天", "8", "", "天", "under"],
            ["9天", "9", "", "天", "under"],
        ],
    );
    check("至少安排2名专员。", &[["2名", "2", "", "人", "over"]]);
    check("历时4个多月。", &[["4个多月", "4", "", "个月", "over"]]);
}

#[test]
fn a_number_of_several_magnitudes_is_one() {
    for (text, quote, value) in [
        ("筹款2亿4千万元。", "2亿4千万元", "240000000"),
        ("筹款6亿7000多万元。", "6亿7000多万元", "670000000"),
        ("造林4万2千亩。", "4万2千亩", "42000"),
        ("受益7万6000户。", "7万6000户", "76000"),
        ("受益7万6000余户。", "7万6000余户", "76000"),
        ("补偿30 000元。", "30 000元", "30000"),
        ("补偿 2 400 万元。", "2 400 万元", "24000000"),
        (
            "补偿1\u{a0}250\u{a0}000元。",
            "1\u{a0}250\u{a0}000元",
            "1250000",
        ),
        ("供电7000万千瓦时。", "7000万千瓦时", "70000000"),
        ("供电7000千瓦时。", "7000千瓦时", "7000"),
        ("供电七千万千瓦时。", "七千万千瓦时", "70000000"),
        ("装机600万千瓦。", "600万千瓦", "6000000"),
    ] {
        let figure = &figures::of_text(text)[0];
        let characters: Vec<char> = text.chars().collect();
        let span = figure.span.start as usize..figure.span.end as usize;
        let printed: String = characters[span].iter().collect();
        assert_eq!(
            (&*printed, &*figure.value.to_string()),
            (quote, value),
            "{text}"
        );
    }
    // Columns of a table are numbers of their own.
    check("7 20 300个。", &[["300个", "300", "", "个", "exact"]]);
}

#[test]
fn half_a_unit_counts() {
    check("扩建用了四年半。", &[["四年半", "4.5", "", "年", "exact"]]);
    check("过了一年半，", &[["一年半", "1.5", "", "年", "exact"]]);
    check(
        "前后五个半月。",
        &[["五个半月", "5.5", "", "个月", "exact"]],
    );
    check(
        "三年半数以上停产。",
        &[
            ["三年", "3", "", "年", "exact"],
            ["半数", "50", "", "%", "over"],
        ],
    );
}

#[test]
fn parts_of_a_whole_are_percentages() {
    check("八成以上商户签约。", &[["八成", "80", "", "%", "over"]]);
    check("近四成农户入社。", &[["四成", "40", "", "%", "about"]]);
    check("下降六七成。", &[["六七成", "60", "70", "%", "range"]]);
    check("超过一半的车辆换新。", &[["一半", "50", "", "%", "over"]]);
    check("过半数代表同意。", &[["半数", "50", "", "%", "over"]]);
    check(
        "五分之三强的土地流转。",
        &[["五分之三", "60", "", "%", "over"]],
    );
    check("医护比例为1:4。", &[["1:4", "25", "", "%", "exact"]]);
    check("资金按3∶1配套。", &[["3∶1", "300", "", "%", "exact"]]);
    check("床护比达到1比5。", &[["1比5", "20", "", "%", "exact"]]);
    for text in [
        "一半是山，一半是海。",
        "每天9:30开门。",
        "比赛以3:1结束。",
        "三年建成立体交通。",
        "统一成标准格式。",
        "十成立队伍",
    ] {
        let found = figures::of_text(text);
        assert!(
            found.iter().all(|figure| figure.unit != "%"),
            "{text} {found:?}"
        );
    }
}

#[test]
fn degrees_points_places_and_tops_have_their_units() {
    check("室温提高2-4度。", &[["2-4度", "2", "4", "℃", "range"]]);
    check("水温升高6℃。", &[["6℃", "6", "", "℃", "exact"]]);
    check(
        "全年节电80万度。",
        &[["80万度", "800000", "", "千瓦时", "exact"]],
    );
    check("测评得97.2分。", &[["97.2分", "97.2", "", "分", "exact"]]);
    check(
        "浓度为41微克/立方米。",
        &[["41微克/立方米", "41", "", "微克/立方米", "exact"]],
    );
    check(
        "建400米见方的园子。",
        &[["400米见方", "400", "", "米", "exact"]],
    );
    check(
        "惠及9县31乡镇。",
        &[
            ["9县", "9", "", "个", "exact"],
            ["31乡镇", "31", "", "个", "exact"],
        ],
    );
    check("排名进入前20。", &[["前20", "20", "", "位", "exact"]]);
    check(
        "服务六十余万群众。",
        &[["六十余万", "600000", "", "人", "over"]],
    );
    check(
        "从3%以上至6%。",
        &[["3%", "3", "", "%", "over"], ["6%", "6", "", "%", "exact"]],
    );
    check(
        "税率为3%以上至6%。",
        &[["3%以上至6%", "3", "6", "%", "range"]],
    );
    for text in [
        "镜头转过90度。",
        "会议10点30分开始。",
        "推行1县1品。",
        "前20天完成",
        "工作十分扎实。",
    ] {
        let found = figures::of_text(text);
        let is_time = |unit: &str| unit == "天";
        assert!(
            found.iter().all(|figure| is_time(&figure.unit)),
            "{text} {found:?}"
        );
    }
}

/// Quote, value and unit of every figure of a sentence.
#[track_caller]
fn quantities(text: &str, expected: &[(&str, &str, &str)]) {
    let characters: Vec<char> = text.chars().collect();
    let found: Vec<(String, String, String)> = figures::of_text(text)
        .into_iter()
        .map(|figure| {
            let span = figure.span.start as usize..figure.span.end as usize;
            let quote = characters[span].iter().collect();
            (quote, figure.value.to_string(), figure.unit)
        })
        .collect();
    let expected: Vec<(String, String, String)> = expected
        .iter()
        .map(|&(quote, value, unit)| (quote.to_owned(), value.to_owned(), unit.to_owned()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn every_trade_has_its_units() {
    quantities(
        "建成220千伏变电站3座，装机50兆瓦。",
        &[
            ("220千伏", "220", "千伏"),
            ("3座", "3", "座"),
            ("50兆瓦", "50", "兆瓦"),
        ],
    );
    quantities(
        "夜间噪声由62分贝降到51分贝。",
        &[("62分贝", "62", "分贝"), ("51分贝", "51", "分贝")],
    );
    quantities(
        "画面每秒25帧，带宽1000Mbps。",
        &[("25帧", "25", "帧"), ("1000Mbps", "1000", "Mbps")],
    );
    quantities(
        "吞吐集装箱2400万标箱，开行班列816列。",
        &[("2400万标箱", "24000000", "标箱"), ("816列", "816", "列")],
    );
    quantities(
        "挖土石方120万方，管道压力0.6兆帕。",
        &[("120万方", "1200000", "立方米"), ("0.6兆帕", "0.6", "兆帕")],
    );
    quantities(
        "个人缴费320元/人·年，日供水10万立方米/日。",
        &[
            ("320元/人·年", "320", "元/人/年"),
            ("10万立方米/日", "100000", "立方米/日"),
        ],
    );
    quantities(
        "汇聚视频监控1.2万路，公交4路改线。",
        &[("1.2万路", "12000", "路")],
    );
    quantities(
        "人均预期寿命81.3岁，60岁以上老人免费。",
        &[("81.3岁", "81.3", "岁")],
    );
    quantities(
        "由15日内办结缩短到3日。",
        &[("15日", "15", "天"), ("3日", "3", "天")],
    );
    quantities(
        "涨幅回落0.6个点，布设3个点。",
        &[("0.6个点", "0.6", "个百分点"), ("3个", "3", "个")],
    );
    quantities(
        "群众满意度由88分升到94.5分。",
        &[("88分", "88", "分"), ("94.5分", "94.5", "分")],
    );
    for text in [
        "3路并进，8方代表到场。",
        "2021列入计划，12匹配成功。",
        "5号楼12层，3月5日施工。",
        "7×24小时服务，24小时自助办理。",
        "九年义务教育，学前三年普及，十天一通报。",
    ] {
        quantities(text, &[]);
    }
}

#[test]
fn a_time_in_two_units_is_one() {
    quantities("全程1小时20分钟。", &[("1小时20分钟", "80", "分钟")]);
    quantities("最短8分钟30秒。", &[("8分钟30秒", "510", "秒")]);
    quantities("发车间隔2分30秒。", &[("2分30秒", "150", "秒")]);
    quantities("上午8时30分至11时召开。", &[]);
}

#[test]
fn tenths_hundredths_and_decimals_are_read() {
    check("出租率近九成五。", &[["九成五", "95", "", "%", "about"]]);
    check("空置率不足一成。", &[["一成", "10", "", "%", "under"]]);
    check(
        "整治率达百分之九十六点五。",
        &[["百分之九十六点五", "96.5", "", "%", "exact"]],
    );
    check(
        "车位配比提高到1.2∶1。",
        &[["1.2∶1", "120", "", "%", "exact"]],
    );
    check("师生比为1:12.5。", &[["1:12.5", "8", "", "%", "exact"]]);
    check("约十几个部门。", &[["十几个", "10", "", "个", "over"]]);
    quantities("成效一成不变，几十家企业响应。", &[]);
}

#[test]
fn a_part_of_a_longer_word_qualifies_nothing() {
    for (text, precision) in [
        ("细化4项内容。", "exact"),
        ("服务8家内资企业。", "exact"),
        ("改造7个多功能厅。", "exact"),
        ("对接6家上下游企业。", "exact"),
        ("附近700户受益。", "exact"),
        ("最近4年没有事故。", "exact"),
        ("签订契约300份。", "exact"),
        ("近300份合同。", "about"),
        ("4日内，20天内办结。", "under"),
        ("长20米左右。", "about"),
        ("上千万元投入。", "over"),
        ("上千名学员。", "over"),
        ("最多交2次材料。", "under"),
        ("20分钟车程以内。", "under"),
    ] {
        let figures = figures::of_text(text);
        assert_eq!(figures[0].precision.name(), precision, "{text}");
    }
    counts("培育4家上市公司。", &["上市公司"]);
    counts("改造7个多功能厅。", &["多功能厅"]);
    counts("对接6家上下游企业。", &["上下游企业"]);
}

#[test]
fn a_large_number_has_the_unit_that_its_words_give() {
    check("参保职工达12万。", &[["12万", "120000", "", "人", "exact"]]);
    check(
        "共有3.2万社会救助申请人。",
        &[["3.2万", "32000", "", "人", "exact"]],
    );
    check(
        "参保人数由2.1万增加到5.6万。",
        &[
            ["2.1万", "21000", "", "人", "exact"],
            ["5.6万", "56000", "", "人", "exact"],
        ],
    );
    check(
        "发放贷款560万。",
        &[["560万", "5600000", "", "元", "exact"]],
    );
}

#[test]
fn a_rank_is_a_figure_and_an_ordinal_is_none() {
    check("总量居全省第2位。", &[["第2位", "2", "", "位", "exact"]]);
    check("在全市排名第一，", &[["第一", "1", "", "位", "exact"]]);
    check("总量稳居全省第一。", &[["第一", "1", "", "位", "exact"]]);
    check(
        "增速列计划单列市第3、全国第五。",
        &[
            ["第3", "3", "", "位", "exact"],
            ["第五", "5", "", "位", "exact"],
        ],
    );
    check(
        "信访量由全市第1降为第10。",
        &[
            ["第1", "1", "", "位", "exact"],
            ["第10", "10", "", "位", "exact"],
        ],
    );
    for text in [
        "第三批示范项目",
        "第12次常务会议",
        "第一时间赶到",
        "把安全摆在第一位",
        "全省第一家基地",
        "全国第一批试点",
    ] {
        check(text, &[]);
    }
}

#[test]
fn dates_names_and_list_numbers_are_no_figures() {
    for text in [
        "2019年5月6日印发。",
        "1—7月份完成。",
        "湖政发〔2019〕27号文件。",
        "拨打12345热线。",
        "国家5A级景区。",
        "实行“3+X”模式。",
        "推行“三化三进”工程。",
        "十三五规划提出。",
        "制定三年行动计划。",
        "一、背景\n1.做法\n（2）成效",
        "工业4.0园区。",
        "乘坐4号线。",
        "世界500强企业。",
        "搭建三个平台，抓好两项工作。",
        "去年上半年开工。",
        "《18条措施》已经发布。",
        "效率提高数十倍。",
    ] {
        check(text, &[]);
    }
}

#[test]
fn a_fact_that_was_told_before_is_marked() {
    let text = "建成公园12座。去年公园增加到12座,投资3亿元。\n湿地12座。";
    let again: Vec<bool> = figures::of_text(text).iter().map(|f| f.again).collect();
    // Parks, parks again, money, wetlands.
    assert_eq!(again, [false, true, false, false]);
    let again = |text| -> Vec<bool> { figures::of_text(text).iter().map(|f| f.again).collect() };
    assert_eq!(
        again("全区有137个服务站点。137处站点统一门头。"),
        [false, true]
    );
    assert_eq!(again("长达63年的纠纷。破解了63年的难题。"), [false, true]);
    assert_eq!(again("划拨200亩土地。200亩土地解决了用地。"), [false, true]);
    assert_eq!(
        again("每百户村配1名保洁员。不足50户的村配1名监督员。"),
        [false; 4]
    );
}

/// What the figures of a text count.
#[track_caller]
fn counts(text: &str, expected: &[&str]) {
    let figures = figures::of_text(text);
    let counts: Vec<&str> = figures.iter().map(|figure| &*figure.counts).collect();
    assert_eq!(counts, expected, "{text}");
}

#[test]
fn what_is_counted_begins_and_ends_with_words() {
    counts("召集120家养殖企业召开培训会。", &["养殖企业"]);
    counts("查处交通违法行为902起。", &["查处交通违法行为"]);
    counts("提供6大类52项专业服务。", &["专业服务", "专业服务"]);
    counts("60岁及以上老年人口26.4万。", &["60岁及以上老年人口"]);
    counts("长达63年之久的纠纷得到解决。", &["纠纷"]);
    counts("安排10亿元用于扶持。", &["安排"]);
    counts("2017年全区货物贸易总额3亿元。", &["全区货物贸易总额"]);
    counts("2022年1-9月生产总值3亿元。", &["生产总值"]);
    counts(
        "粮食、棉花和油料分别收获60吨、20吨和9吨。",
        &["粮食", "棉花", "油料"],
    );
    counts("教师由6人增至20人。", &["教师", "教师"]);
    counts("2022年1-9月份生产总值3亿元。", &["生产总值"]);
    counts("三年内实现交易额3亿元。", &["实现交易额", "实现交易额"]);
}

#[test]
fn a_figure_knows_its_sentence_and_its_line() {
    let corpus = seeds::read(seeds::embedded(), &Catalog::embedded()).corpus;
    for (_, case) in corpus.iter() {
        let text: Vec<char> = case.text().chars().collect();
        for Found { figure, line } in figures::of_case(case) {
            let (span, sentence) = (&figure.span, &figure.sentence);
            assert!(sentence.start <= span.start && span.end <= sentence.end);
            let quote: String = text[span.start as usize..span.end as usize]
                .iter()
                .collect();
            // Noise between the characters of the raw line is no part of the text.
            let raw: Vec<char> = case.document.raw_line(line).chars().collect();
            let mut raw = raw.into_iter();
            assert!(
                quote.chars().all(|c| raw.any(|r| r == c)),
                "{line}: {quote}"
            );
        }
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("第"),
            Just("3"),
            Just("12"),
            Just("."),
            Just(","),
            Just("万"),
            Just("亿"),
            Just("个"),
            Just("多"),
            Just("余"),
            Just("分之"),
            Just("—"),
            Just("至"),
            Just("元"),
            Just("/"),
            Just("年"),
            Just("人"),
            Just("三"),
            Just("十"),
            Just("半"),
            Just("%"),
            Just(" "),
            Just("。"),
            Just("\n"),
            Just("“"),
            Just("”"),
            Just("9999999999999999"),
            Just("位"),
            Just("排名"),
            Just("人口"),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn whatever_the_text_figures_are_in_order_and_inside_it(text in pieces()) {
            let length = text.chars().count() as u32;
            let mut last = 0;
            for figure in figures::of_text(&text) {
                prop_assert!(last <= figure.span.start && figure.span.start < figure.span.end);
                prop_assert!(figure.span.end <= length);
                prop_assert!(figure.value_to.is_none_or(|to| figure.value < to));
                last = figure.span.end;
            }
        }
    }
}
