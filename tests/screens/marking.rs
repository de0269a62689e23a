//! Passages marked on the page, listed, copied and exported; and every part of a
//! case that can be copied.

use anli::app::action::{Contents, Effect};
use anli::store::Passage;

use crate::kept;
use crate::support::screen::{Screen, case};

/// The passages kept of a case, by their quotes.
fn quotes(screen: &Screen, id: &str) -> Vec<String> {
    let passages = screen.app.collection.kept.passages(id).into_iter();
    passages.map(|passage: Passage| passage.quote).collect()
}

/// The text of the copy that the last key press asked for.
#[track_caller]
fn copied(screen: &Screen) -> &str {
    match screen.effects.last() {
        Some(Effect::Copy(text)) => text,
        other => panic!("nothing was copied: {other:?}"),
    }
}

/// The first paragraph of 003-25, by sentences, as the document prints it.
const SENTENCES: [&str; 3] = [
    "2016年1月，国务院办公厅下发《关于推进农业水价综合改革的意见》，2016年9月，山东省政府办公厅下发\
     《关于印发山东省农业水价综合改革实施方案的通知》，为贯彻落实国务院、省政府的部署要求，加快推进我市\
     农业水价综合改革工作，2017年2月我市出台了《青岛市农业水价综合改革实施方案》。",
    "我市在即墨区移风店镇开展农业水价综合改革试点工作，探索应用宽限水量确定农业初始水权、推行超定额累进\
     加价制度，推进农业水价综合改革。",
    "二、案例基本情况",
];

/// The case at its first section, which the page then begins with.
fn water() -> Screen {
    Screen::new(80, 24).press("/农业水价{enter}xg]")
}

#[test]
fn a_sentence_is_marked_with_two_keys_and_shown_where_it_stands() {
    let screen = water().press("p");
    // The heading at the top is the first sentence in view, or the match in it.
    let screen = screen.press("{down}");
    kept!(screen, attributed);
    let screen = screen.press("{enter}");
    assert_eq!(quotes(&screen, "003-25"), [SENTENCES[0]]);
    let passage = &screen.app.collection.kept.passages("003-25")[0];
    let text = case("003-25").text();
    assert_eq!(passage.find(&text), Some(passage.span));
    // Marked once more, and it is no longer.
    let screen = screen.press("p{down}{enter}");
    assert_eq!(quotes(&screen, "003-25"), [] as [&str; 0]);
}

#[test]
fn paragraphs_and_runs_of_characters_are_marked_by_keys() {
    let whole = format!("{}{}", SENTENCES[0], SENTENCES[1]);
    let screen = water().press("p{down}{tab}{enter}");
    assert_eq!(quotes(&screen, "003-25"), [whole.as_str()]);
    // Two sentences, the first held.
    let screen = water().press("p{down} {down}{enter}");
    assert_eq!(quotes(&screen, "003-25"), [whole.as_str()]);
    // Over the end of a paragraph: the line feed between them is in the quote.
    let screen = water().press("p{down}{down} {down}{enter}");
    let over = format!("{}\n{}", SENTENCES[1], SENTENCES[2]);
    assert_eq!(quotes(&screen, "003-25"), [over.as_str()]);
    // Characters: the first five, by steps to the right.
    let screen = water().press("p{down}{tab}{tab} {right}{right}{right}{right}{enter}");
    assert_eq!(quotes(&screen, "003-25"), ["2016年"]);
    let screen = water().press("p{esc}");
    assert_eq!(quotes(&screen, "003-25"), [] as [&str; 0]);
    assert_eq!(screen.reading(), Some("003-25"));
}

#[test]
fn a_passage_is_what_the_document_prints_whatever_it_is_shown_in() {
    let screen = Screen::new(80, 24).press("/黨建引領{enter}tp{down}{enter}");
    let quotes = quotes(&screen, "004-3");
    let text = case("004-3").text();
    assert!(quotes.len() == 1 && text.contains(&quotes[0]), "{quotes:?}");
}

#[test]
fn marked_paragraphs_are_collected_over_cases_and_copied_with_their_sources() {
    let screen = Screen::new(80, 24).press("{enter}M").press("J").press("M");
    assert!(screen.row(23).contains("本次共 2 处"), "{}", screen.row(23));
    let screen = screen.press("y本次{enter}");
    let text = copied(&screen);
    let (first, second) = text.split_once("\n\n").expect("two passages");
    assert!(first.starts_with("西海岸新区积极推行用地规划"));
    assert!(first.contains("\n——"), "{first}");
    assert!(second.contains("\n——"), "{second}");
    // A paragraph marked twice is not marked.
    let screen = screen.press("M");
    assert_eq!(quotes(&screen, "000-2"), [] as [&str; 0]);
}

#[test]
fn passages_are_listed_gone_to_and_exported() {
    let screen = water()
        .press("p{down}{enter}")
        .press("{esc}{esc}gM")
        .press("P");
    kept!(screen);
    // Choosing one goes to it, chosen: Enter takes it away.
    let screen = screen.press("003-25{enter}");
    assert_eq!(screen.reading(), Some("003-25"));
    let screen = screen.press("{enter}");
    assert_eq!(quotes(&screen, "003-25"), [] as [&str; 0]);

    let screen = water().press("p{down}{enter}PJSON{enter}{enter}");
    let Some(Effect::Export(export)) = screen.effects.last() else {
        panic!("nothing is exported: {:?}", screen.effects);
    };
    assert_eq!(export.path, "anli-passages.json");
    let Contents::Text(json) = &export.contents else {
        panic!("a text is exported");
    };
    let passages: serde_json::Value = serde_json::from_str(json).expect("it is JSON");
    let passage = &passages[0];
    assert_eq!(passage["id"], "003-25");
    assert_eq!(passage["quote"], SENTENCES[0]);
    let (start, end) = (passage["start"].as_u64(), passage["end"].as_u64());
    let text = case("003-25").text();
    let range = start.expect("a number") as usize..end.expect("a number") as usize;
    let there: String = text.chars().skip(range.start).take(range.len()).collect();
    assert_eq!(there, SENTENCES[0]);
    // The line of the document, which has the sentence.
    let line = passage["lines"][0].as_u64().expect("a number") as u32;
    assert!(
        case("003-25")
            .document
            .raw_line(line)
            .contains("国务院办公厅下发")
    );

    let screen = water().press("p{down}{enter}PMark{enter}{enter}");
    let Some(Effect::Export(export)) = screen.effects.last() else {
        panic!("nothing is exported: {:?}", screen.effects);
    };
    let Contents::Text(markdown) = &export.contents else {
        panic!("a text is exported");
    };
    assert!(markdown.contains("\n## 青岛市农业水价综合改革 引用宽限水量的探索 (003-25)\n"));
    assert!(markdown.contains("\n> 2016年1月"), "{markdown}");
}

#[test]
fn without_a_passage_the_list_says_how_to_mark_one() {
    let screen = Screen::new(80, 24).press("P");
    assert!(screen.row(23).contains("还没有摘录"), "{}", screen.row(23));
}

#[test]
fn sentence_paragraph_with_its_reference_and_raw_lines_are_copied() {
    let copy = |item: &str| water().press("j").press(&format!("y{item}{{enter}}"));
    let sentence = copy("句子");
    assert!(
        SENTENCES.contains(&copied(&sentence)),
        "{}",
        copied(&sentence)
    );
    let cited = copy("及引文");
    let (paragraph, citation) = copied(&cited).split_once("\n——").expect("a reference");
    assert!(case("003-25").text().contains(paragraph));
    assert!(citation.contains("青岛市农业水价综合改革"));
    let raw = copy("全部原始行");
    let lines = case("003-25").case.lines;
    let mut numbers = lines.first..=lines.last;
    for line in copied(&raw).lines() {
        let number = numbers.next().expect("no more lines than the case has");
        let document = case("003-25").document;
        assert_eq!(line, format!("{number}  {}", document.raw_line(number)));
    }
    assert_eq!(numbers.next(), None);
}

#[test]
fn what_is_chosen_is_copied_with_and_without_its_source() {
    let screen = water().press("p{down}y{enter}");
    assert_eq!(copied(&screen), SENTENCES[0]);
    let screen = water().press("p{down}y所选及{enter}");
    assert!(copied(&screen).starts_with(&format!("{}\n——", SENTENCES[0])));
}

#[test]
fn a_text_that_cannot_be_copied_is_offered_another_way() {
    let offer = anli::app::action::Action::OfferText {
        why: "没有复制：GNU screen 不接受程序的复制；请改用 tmux".to_owned(),
        text: "创新".to_owned(),
    };
    let screen = Screen::new(80, 24).act(offer);
    kept!(screen);
    let shown = screen.press("{enter}");
    assert!(matches!(shown.effects.last(), Some(Effect::Show(text)) if text == "创新"));
}
