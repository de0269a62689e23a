//! What a document says of itself: title, number, date, issuing body, reporter, year.
//!
//! Only the document's own text is searched, never that of a case: cases mention many dates
//! and reporters.

use super::dates::{self, Date};
use super::endings;
use super::lines::{Page, is_short};
use super::orgs::Names;
use crate::case::{About, Part, TextRange};
use crate::text::marks::is_han;

/// Fills in what `about` leaves open from the lines of the page that `claims` gives to
/// no case. A document that is one entry is its own text.
pub(super) fn complete(
    about: &mut About,
    page: &Page<'_>,
    names: &Names,
    claims: &[(TextRange, Part)],
    is_whole: bool,
) {
    let is_own = |part: Part| match part {
        Part::Own | Part::Furniture => true,
        Part::ListEntry => !is_whole,
        Part::Case => is_whole,
    };
    let mut own: Vec<TextRange> = claims
        .iter()
        .filter(|(_, part)| is_own(*part))
        .map(|(range, _)| *range)
        .collect();
    own.sort_unstable();
    let own: Vec<&str> = own.into_iter().map(|range| page.slice(range)).collect();
    let title = about.title.clone().unwrap_or_default();
    about.number = about.number.take().or_else(|| number(page, &own));
    let date = about
        .date
        .is_none()
        .then(|| date(&own, &title, names, is_whole));
    if let Some(date) = date.flatten() {
        about.date = Some(date.iso);
    }
    if about.date.is_none() && !is_whole {
        about.date = date_of_all_cases(page, claims);
    }
    if about.reporter.is_none() {
        about.reporter = own
            .iter()
            .find_map(|text| reporter(text))
            .map(str::to_owned);
    }
    if about.publisher.is_none() {
        about.publisher = publisher(&own, &title, names);
    }
    if about.year.is_none() {
        about.year = year(about, &own, &title, is_whole);
    }
}

/// How many lines at the beginning of a document may say what it is.
const HEAD: usize = 12;

fn number(page: &Page<'_>, own: &[&str]) -> Option<String> {
    let line = own
        .iter()
        .take(HEAD)
        .find_map(|text| dates::number_line(text).or_else(|| dates::keyed_number(text)));
    let decree = || {
        let head = own.get(..own.len().min(4))?.windows(2);
        let mut decrees = head.filter(|lines| lines[0].ends_with('令') && is_short(lines[0], 40));
        decrees.find_map(|lines| dates::ordinal_line(lines[1]))
    };
    line.or_else(decree).map(str::to_owned).or_else(|| {
        let start: Vec<&str> = (0..page.lines.len().min(4))
            .map(|at| page.line(at))
            .collect();
        dates::order_number(&start.join("\n"))
    })
}

/// The date of a document: of its signature, or else of its head.
fn date(own: &[&str], title: &str, names: &Names, is_whole: bool) -> Option<Date> {
    let signed = own.windows(2).find_map(|lines| {
        let is_signed = names.is_org_line(lines[0]) || lines[0].contains(['、', ' ', '\u{3000}']);
        dates::whole(lines[1]).filter(|_| is_signed && names.are_orgs_loosely(lines[0]))
    });
    let head = || {
        own.iter().take(HEAD).find_map(|text| {
            let alone = dates::whole(text).or_else(|| dates::keyed_date(text));
            let start = text.char_indices().nth(60).map_or(text.len(), |at| at.0);
            let in_line = || {
                let date = dates::date_in(&text[..start])?;
                // As briefs have it: who issues it, a gap, the date.
                let (before, behind) = (&text[..date.start], &text[date.end..]);
                let gap = before.len() - before.trim_end().len();
                let issuer = before.trim_end().trim_end_matches(['编', '印', '編']);
                let is_issued = gap > 1 && behind.is_empty() && names.are_orgs_loosely(issuer);
                (is_issued || is_heads(text, &date, is_whole)).then_some(date)
            };
            alone.or_else(in_line)
        })
    };
    let compact = || {
        let digits = title.split(|c: char| !c.is_ascii_digit());
        digits
            .filter(|digits| digits.len() == 8)
            .find_map(|digits| {
                let iso = format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]);
                dates::date_in(&iso)
            })
    };
    signed
        .or_else(head)
        .or_else(|| dates::date_in(title))
        .or_else(compact)
        // Footers print it at the end.
        .or_else(|| own.iter().rev().take(4).find_map(|text| dates::whole(text)))
}

/// The date that the cases print on lines of their own, where it is the same for all.
fn date_of_all_cases(page: &Page<'_>, claims: &[(TextRange, Part)]) -> Option<String> {
    let cases = claims.iter().filter(|(_, part)| *part == Part::Case);
    let mut dates = cases.filter_map(|(range, _)| dates::whole(page.slice(*range)));
    let first = dates.next()?.iso;
    dates.all(|date| date.iso == first).then_some(first)
}

/// Whether the date of a line at the head of a document is the document's: the line is
/// short and no sentence, or a dateline, or says when a law was passed.
fn is_heads(text: &str, date: &Date, is_whole: bool) -> bool {
    let behind = &text[date.end..];
    let is_dateline = ["消息", "讯", "訊", "电", "報道", "报道"]
        .iter()
        .any(|word| behind.starts_with(word));
    let before = text[..date.start].trim_end_matches(['（', '(']);
    let is_dateline = is_dateline
        || ["讯", "訊", "电", "電"]
            .iter()
            .any(|word| before.ends_with(word));
    let in_brackets = text.starts_with(['（', '(']) && text.ends_with(['）', ')']);
    let is_law = text.contains("中華民國") || text.contains("公布") && in_brackets;
    let sentence = super::lines::ends_a_sentence(text);
    is_dateline
        || dates::has_source(text)
        || in_brackets
        || is_law
        || is_short(text, 60) && !sentence && !is_whole
        || super::supplement::is_page_head(text)
}

/// The year of the cases: of the award, or else of the title, the number, the date.
fn year(about: &About, own: &[&str], title: &str, is_whole: bool) -> Option<u16> {
    let award = |text: &str| {
        let (year, end) = dates::award_year(text)?;
        let behind = text[end..].char_indices().nth(20);
        let behind = &text[end..behind.map_or(text.len(), |at| end + at.0)];
        let of_cases = ["案例", "项目", "名单", "评选", "优秀", "創新", "创新"];
        (is_short(text, 40) || of_cases.iter().any(|word| behind.contains(word))).then_some(year)
    };
    let bracket = |text: &&&str| {
        text.starts_with(['（', '(']) && is_short(text, 30) && text.ends_with(['）', ')'])
    };
    dates::award_year(title)
        .map(|(year, _)| year)
        .or_else(|| {
            let most = if is_whole { HEAD } else { own.len() };
            own.iter().take(most).find_map(|text| award(text))
        })
        .or_else(|| dates::year_in(title))
        .or_else(|| {
            let number = about.number.as_deref()?;
            let digits: String = number
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take(4)
                .collect();
            let year: u16 = digits.parse().ok()?;
            let is_bracketed = number.contains(['〔', '[', '［', '﹝', '【']);
            (is_bracketed && (1949..2200).contains(&year)).then_some(year)
        })
        .or_else(|| about.date.as_deref()?.get(..4)?.parse().ok())
        .or_else(|| {
            let head = own.iter().take(6).filter(bracket);
            head.filter_map(|text| dates::year_in(text)).next()
        })
}

/// Who publishes a document: whose page it is, the source that a page names, who signs.
fn publisher(own: &[&str], title: &str, names: &Names) -> Option<String> {
    let short = own.iter().filter(|text| is_short(text, 60));
    let named = short.clone().find_map(|text| {
        let page_head = dates::date_in(text)
            .filter(|_| super::supplement::is_page_head(text))
            .map(|date| text[..date.start].trim());
        page_head
            .or_else(|| source(text))
            .filter(|name| !name.is_empty())
    });
    let signed = || {
        let at = (1..own.len()).find(|&at| {
            let is_date = dates::whole(own[at]).is_some();
            is_date && is_signature(own[at - 1], names)
        })?;
        // All bodies above the date, the first one first.
        let lines = own[..at].iter().rev();
        let signers: Vec<&str> = lines
            .take_while(|text| is_signature(text, names))
            .take(4)
            .flat_map(|text| text.split_whitespace().rev())
            .collect();
        let signers: Vec<&str> = signers.into_iter().rev().collect();
        Some(signers.join("、"))
    };
    let titled = || issuer(title, names).map(str::to_owned);
    named.map(str::to_owned).or_else(signed).or_else(titled)
}

/// Whether a line above a date is the name of who signs, and no title.
fn is_signature(text: &str, names: &Names) -> bool {
    is_short(text, 60) && names.are_orgs_loosely(text) && !endings::begins_like_a_title(text)
}

/// The body of a decree, which its title names and nothing else: `某市人民政府令`. Other
/// documents are signed.
fn issuer<'a>(title: &'a str, names: &Names) -> Option<&'a str> {
    let name = title.strip_suffix('令')?.trim();
    names.are_orgs(name).then_some(name)
}

/// Returns the name after 记者 at the end of a text.
pub(super) fn reporter(text: &str) -> Option<&str> {
    let text = text.trim_end_matches(['）', ')', ']', '】', '。']);
    let before = text.trim_end_matches(is_han);
    let name = &text[before.len()..];
    let word = before.trim_end_matches([' ', '\u{3000}', ':', '：']);
    let is_name = word.len() < before.len()
        && (word.ends_with("记者") || word.ends_with("記者"))
        && (2..=4).contains(&name.chars().take(5).count());
    is_name.then_some(name)
}

/// The source that a web page names: `来源:青岛日报`.
fn source(text: &str) -> Option<&str> {
    let behind = ["来源", "來源"].iter().find_map(|word| {
        let at = text.find(word)? + word.len();
        text[at..].strip_prefix([':', '：'])
    })?;
    behind.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reporter_is_a_name_behind_the_word() {
        assert_eq!(reporter("半岛都市报/半岛网 记者 郝园园"), Some("郝园园"));
        assert_eq!(reporter("? 半島記者 李曉哲"), Some("李曉哲"));
        assert_eq!(
            reporter("改善了政务服务。(青岛日报/观海新闻记者 刘佳旎)"),
            Some("刘佳旎")
        );
        assert_eq!(reporter("1月17日記者采訪獲悉"), None);
    }

    #[test]
    fn a_head_has_its_date_behind_who_issues_it() {
        let names = Names::default();
        let head = [
            "丙县改革简报",
            "丙县人民政府办公室　　　　2024年9月12日",
            "丙县推行一张床。",
        ];
        let found = date(&head, "丙县改革简报", &names, true);
        assert_eq!(found.map(|date| date.iso).as_deref(), Some("2024-09-12"));
        // A sentence about what happened then is none.
        let head = ["丙县改革简报", "丙县政府 2024年9月12日启动改革。"];
        assert_eq!(date(&head, "丙县改革简报", &names, true), None);
    }

    #[test]
    fn a_web_page_names_its_source() {
        assert_eq!(source("2021-12-23 06:36 来源:青岛日报"), Some("青岛日报"));
        assert_eq!(source("分享到:"), None);
    }

    #[test]
    fn all_bodies_that_sign_publish_and_so_does_the_one_of_the_title() {
        let names = Names::default();
        let own = [
            "现印发给你们。",
            "丙省发展和改革委员会",
            "丙省财政厅",
            "2020年1月2日",
        ];
        let found = publisher(&own, "", &names);
        assert_eq!(found.as_deref(), Some("丙省发展和改革委员会、丙省财政厅"));
        let own = ["现予公布。", "丁市教育局　丁市公安局", "二〇二〇年一月二日"];
        assert_eq!(
            publisher(&own, "", &names).as_deref(),
            Some("丁市教育局、丁市公安局")
        );
        let found = publisher(&["第9号"], "丁市人民政府令", &names);
        assert_eq!(found.as_deref(), Some("丁市人民政府"));
    }
}
