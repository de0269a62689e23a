//! Removes from a document what readers and terminals must not see, and records where it
//! was.
//!
//! There are three kinds of noise, the same for every document: pinyin glosses after the
//! character they read, characters unsafe for terminals, and lines left over from a web form.
//! The list of characters is a deny list, so every other character survives.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::cuts::{Cut, Cuts, Noise};
use super::gloss;
use super::marks::{JOINER, Marks, is_denied, is_han, joins_emoji};

/// Finds the noise of a document.
pub fn find(raw: &str) -> Cuts {
    let mut cuts = marks_and_glosses(raw);
    leftovers(raw, &mut cuts);
    placed(cuts)
}

/// Finds the noise of a document in which the runs of `line_ends`, in bytes and in
/// order, part no lines.
pub fn find_with(raw: &str, line_ends: impl Iterator<Item = Range<usize>>) -> Cuts {
    let mut cuts = marks_and_glosses(raw);
    leftovers(raw, &mut cuts);
    let line_ends = line_ends.map(|raw| Cut {
        raw,
        clean: 0,
        noise: Noise::LineEnd,
    });
    merge(&mut cuts, line_ends.collect());
    placed(cuts)
}

/// Finds the noise of a line that was typed or pasted; it cannot have leftovers of a form.
pub fn in_line(raw: &str) -> Cuts {
    placed(marks_and_glosses(raw))
}

fn placed(mut cuts: Vec<Cut>) -> Cuts {
    cuts.shrink_to_fit();
    let mut removed = 0;
    for cut in &mut cuts {
        cut.clean = cut.raw.start - removed;
        removed += cut.raw.len();
    }
    Cuts { cuts }
}

/// Whether noise may begin with the byte `a`, in front of `b` and `c`: a control, `(`,
/// or what Chinese text seldom has. The first bytes of its punctuation are told apart by
/// what follows, since every line is full of it. Without branches, so that many bytes
/// are looked at in one instruction.
#[inline(always)]
const fn is_suspect(a: u8, b: u8, c: u8) -> bool {
    let line_end = (a == b'\t') | (a == b'\n') | (a == b'\r') & (b == b'\n');
    let control = (a < 0x20) & !line_end | (a == 0x7f);
    let rare = (a >= 0xc2) & (a <= 0xe1) | (a == 0xea) | (a == 0xed) | (a >= 0xf0);
    let general = (b != 0x80) | (c >= 0x8b) & (c <= 0x8f) | (c >= 0xa8);
    let symbols = (b != 0x80) | (c >= 0xaa);
    let full_width = (b == 0xbc) | (b == 0xbd);
    let punctuation = (a == 0xe2) & general | (a == 0xe3) & symbols | (a == 0xef) & !full_width;
    control | (a == b'(') | rare | punctuation
}

/// The first place from `from` on at which noise may begin.
fn next_suspect(bytes: &[u8], from: usize) -> Option<usize> {
    const CHUNK: usize = 64;
    let mut at = from;
    while let Some(window) = bytes.get(at..at + CHUNK + 2) {
        let mut found = false;
        for i in 0..CHUNK {
            found |= is_suspect(window[i], window[i + 1], window[i + 2]);
        }
        if found {
            break;
        }
        at += CHUNK;
    }
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    (at..bytes.len()).find(|&at| is_suspect(byte(at), byte(at + 1), byte(at + 2)))
}

fn marks_and_glosses(raw: &str) -> Vec<Cut> {
    let bytes = raw.as_bytes();
    let mut cuts: Vec<Cut> = Vec::new();
    let mut marks = Marks::default();
    let mut at = 0;
    while let Some(suspect) = next_suspect(bytes, at) {
        if suspect > at {
            marks = Marks::behind(raw[..suspect].chars().next_back());
        }
        at = suspect;
        let c = raw[at..].chars().next().expect("a character begins here");
        let end = at + c.len_utf8();
        let noise = match c {
            '(' => last_kept(raw, at, &cuts)
                .filter(|&c| is_han(c))
                .and_then(|_| gloss::end(raw, at))
                .map(|end| (end, Noise::Gloss)),
            // A carriage return is half of a line end, or else it overwrites
            // the line on a terminal.
            '\r' if bytes.get(end) != Some(&b'\n') => Some((end, Noise::Control)),
            JOINER if joins_emoji(&raw[..at], &raw[end..]) => None,
            c if is_denied(c) || marks.is_excess(c) => Some((end, Noise::Control)),
            _ => None,
        };
        match noise {
            Some((end, noise)) => {
                push(&mut cuts, at..end, noise);
                at = end;
            }
            None => at = end,
        }
    }
    cuts
}

/// Appends a cut, or extends the last one if they touch.
fn push(cuts: &mut Vec<Cut>, raw: Range<usize>, noise: Noise) {
    match cuts.last_mut() {
        Some(last) if last.raw.end == raw.start => last.raw.end = raw.end,
        _ => cuts.push(Cut {
            raw,
            clean: 0,
            noise,
        }),
    }
}

/// The character in front of `at` that is not noise.
fn last_kept(raw: &str, at: usize, cuts: &[Cut]) -> Option<char> {
    let end = match cuts.last() {
        Some(cut) if cut.raw.end == at => cut.raw.start,
        _ => at,
    };
    raw[..end].chars().next_back()
}

/// Lines that the forms of a word processor leave when a page is copied.
const LEFTOVERS: [&str; 4] = ["窗体顶端", "窗体底端", "窗體頂端", "窗體底端"];

/// Adds the leftovers that are alone on a line once other noise is removed.
fn leftovers(raw: &str, cuts: &mut Vec<Cut>) {
    let found: Vec<Cut> = memmem::find_iter(raw.as_bytes(), "窗".as_bytes())
        .filter_map(|at| leftover(raw, at, cuts))
        .map(|raw| Cut {
            raw,
            clean: 0,
            noise: Noise::Leftover,
        })
        .collect();
    merge(cuts, found);
}

/// Adds further cuts. Those that touch become one, of the kind of the further one.
fn merge(cuts: &mut Vec<Cut>, further: Vec<Cut>) {
    let Some(noise) = further.first().map(|cut| cut.noise) else {
        return;
    };
    cuts.extend(further);
    cuts.sort_by_key(|cut| cut.raw.start);
    cuts.dedup_by(|next, cut| {
        let touching = next.raw.start <= cut.raw.end;
        if touching {
            cut.raw.end = cut.raw.end.max(next.raw.end);
            if next.noise == noise {
                cut.noise = noise;
            }
        }
        touching
    });
}

/// The run of the leftover that begins at `at`, if it is one and alone on its
/// line.
fn leftover(raw: &str, at: usize, cuts: &[Cut]) -> Option<Range<usize>> {
    let before = kept_before(raw, at, cuts).find(|c| *c == '\n' || !c.is_whitespace());
    if before.is_some_and(|c| c != '\n') {
        return None;
    }
    LEFTOVERS.iter().find_map(|leftover| {
        let mut kept = kept_from(raw, at, cuts);
        for wanted in leftover.chars() {
            kept.next().filter(|&(_, c)| c == wanted)?;
        }
        let mut behind = kept.clone();
        let next = behind.find(|&(_, c)| c == '\n' || !c.is_whitespace());
        if next.is_some_and(|(_, c)| c != '\n') {
            return None;
        }
        let end = kept_from(raw, at, cuts).nth(leftover.chars().count() - 1);
        end.map(|(end, c)| at..end + c.len_utf8())
    })
}

/// The characters from `at` on that are not noise, with their byte offsets.
fn kept_from<'a>(
    raw: &'a str,
    at: usize,
    cuts: &'a [Cut],
) -> impl Iterator<Item = (usize, char)> + Clone + 'a {
    let mut next = cuts.partition_point(|cut| cut.raw.end <= at);
    let mut at = at;
    std::iter::from_fn(move || {
        while let Some(cut) = cuts.get(next).filter(|cut| cut.raw.start <= at) {
            at = at.max(cut.raw.end);
            next += 1;
        }
        let c = raw[at..].chars().next()?;
        at += c.len_utf8();
        Some((at - c.len_utf8(), c))
    })
}

/// The characters in front of `at` that are not noise, last first.
fn kept_before<'a>(raw: &'a str, at: usize, cuts: &'a [Cut]) -> impl Iterator<Item = char> + 'a {
    let mut next = cuts.partition_point(|cut| cut.raw.start < at);
    let mut at = at;
    std::iter::from_fn(move || {
        while let Some(cut) = cuts[..next].last().filter(|cut| cut.raw.end >= at) {
            at = at.min(cut.raw.start);
            next -= 1;
        }
        let c = raw[..at].chars().next_back()?;
        at -= c.len_utf8();
        Some(c)
    })
}

/// The byte offset of the start of every line of `raw`. A last line end begins
/// no further line.
pub fn line_starts(raw: &str) -> Vec<u32> {
    let mut starts = vec![0];
    let mut at = 0;
    while let Some(end) = memchr(b'\n', &raw.as_bytes()[at..]) {
        at += end + 1;
        if at < raw.len() {
            starts.push(at as u32);
        }
    }
    starts.shrink_to_fit();
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::marks::{is_combining, is_selector};
    use proptest::prelude::*;

    #[track_caller]
    fn check(raw: &str, clean: &str) {
        let cuts = find(raw);
        assert_eq!(cuts.apply(raw.into()).0, clean);
    }

    #[test]
    fn a_gloss_behind_the_character_it_reads_is_taken_out() {
        check("市評(píng)選(xuǎn)出", "市評選出");
        check("呂(lǚ)略(lüè)女(nǚ)", "呂略女");
        check("會(huì)區(qū)二(èr)", "會區二");
    }

    #[test]
    fn a_joiner_stays_between_emoji_alone() {
        for text in [
            "👩\u{200d}👩\u{200d}👧",
            "🏳\u{fe0f}\u{200d}🌈",
            "👨🏽\u{200d}⚕\u{fe0f}",
        ] {
            check(text, text);
        }
        check("改\u{200d}革", "改革");
        check("👩\u{200d}", "👩");
        check("\u{200d}👩", "👩");
        check("👩\u{200d}\u{200d}👧", "👩👧");
        check("👩\u{200d}a👧", "👩a👧");
        check("👩\u{200d}\u{301}👧", "👩\u{301}👧");
    }

    #[test]
    fn a_line_end_inside_a_paragraph_is_taken_out() {
        let raw = "办\u{200b}\n  成\n事";
        let end = raw.find('\n').expect("it has two lines");
        let cuts = find_with(raw, std::iter::once(end..end + 3));
        assert_eq!(cuts.apply(raw.into()).0, "办成\n事");
        assert_eq!(cuts.to_raw("办".len()), end + 3);
    }

    #[test]
    fn marks_beyond_the_thirtieth_of_a_character_are_taken_out() {
        let marks = "\u{301}".repeat(30);
        check(
            &format!("e{marks}青{marks}\u{301}岛"),
            &format!("e{marks}青{marks}岛"),
        );
        check(
            &format!("青{marks}\u{200b}\u{1dc0}\u{20dd}\u{64b}岛"),
            &format!("青{marks}岛"),
        );
        check(&"\u{e34}".repeat(1000), &"\u{e34}".repeat(30));
    }

    #[test]
    fn selectors_that_select_nothing_are_taken_out() {
        check(
            "葛\u{e0100}\u{e0101}城\u{fe00}\u{fe0f}市\u{fe00}",
            "葛\u{e0100}城\u{fe00}市",
        );
        check("\u{e0100}a\u{e0101}b\u{fe0f} \u{fe0e}\n\u{fe00}", "ab \n");
        check(
            "❤\u{fe0f}1\u{fe0f}\u{20e3}，\u{fe00}",
            "❤\u{fe0f}1\u{fe0f}\u{20e3}，\u{fe00}",
        );
        check("e\u{301}\u{fe0f}", "e\u{301}");
    }

    #[test]
    fn every_mark_is_suspected() {
        for c in ('\u{80}'..=char::MAX).filter(|&c| is_combining(c) || is_selector(c)) {
            let mut bytes = [0; 6];
            c.encode_utf8(&mut bytes);
            assert!(
                is_suspect(bytes[0], bytes[1], bytes[2]),
                "{c:?} {:x?}",
                bytes
            );
        }
    }

    #[test]
    fn a_gloss_in_decomposed_letters_is_one() {
        check("評(pi\u{301}ng)選", "評選");
        check("呂(lu\u{308}\u{30c})", "呂");
    }

    #[test]
    fn honest_parentheses_stay() {
        for honest in [
            "机制相融合(PPP模式)机制",
            "国省干道(G204、G308)拓宽",
            "北冰洋(东北航线)创纪录",
            "新冠(COVID)疫情",
            "方案(a)和方案(b)",
            "《区域全面经济伙伴关系协定》(RCEP)正式签署",
            "国家(地区)规划",
            "年费(次)企业",
            "咖啡(café)",
            "汉字(ping)无声调",
            "汉字(píngxuǎn)两个音节",
            "汉字(bíá)两个声调",
            "汉字(xǔx)",
            "汉字(nve)",
            "汉字(píng",
            "汉字(píng）",
            "word(píng)",
            "(píng)",
        ] {
            check(honest, honest);
        }
    }

    #[test]
    fn what_would_move_or_hide_text_on_a_terminal_is_taken_out() {
        check("\u{feff}市\u{200b}政\u{202e}府\u{ad}", "市政府");
        check("\u{1b}[31m红\u{9b}31m\u{7f}", "[31m红31m");
        check("一\u{2028}二\u{e0041}三\u{180e}", "一二三");
        check("a\0b\u{8}c", "abc");
    }

    #[test]
    fn tabs_line_ends_and_variation_selectors_stay() {
        let honest = "一\t二\r\n三\n神\u{fe00}葛\u{e0100}۝\u{605}";
        check(honest, honest);
        assert!(find(honest).cuts.is_empty());
    }

    #[test]
    fn a_selector_that_carries_nothing_visible_is_noise() {
        check(
            "市\u{fe0f}政\u{fe03}府，\u{fe0f}カ\u{fe0e}々\u{fe0f}",
            "市政府，カ々",
        );
        check(
            "市\u{fe00}政\u{fe01}府\u{fe02}，\u{fe02}カ\u{fe00}〇\u{fe00}１\u{fe00}神\u{fe01}",
            "市政府，カ〇１神",
        );
        check("ё\u{fe0f}가\u{fe0e}Ⓜ\u{fe0e}", "ё가Ⓜ\u{fe0e}");
        check("a\u{fe0f} \u{fe0f}é\u{301}\u{e0100}", "a é\u{301}");
        // 福 has two compatibility forms, 葛 forms of the collections, a full-width comma two
        // places in its cell; the rest are emoji.
        let honest =
            "福\u{fe00}福\u{fe01}葛\u{e0101}０\u{fe00}，\u{fe01}㊗\u{fe0f}☀\u{fe0e}3\u{fe0f}";
        check(honest, honest);
    }

    #[test]
    fn a_carriage_return_alone_is_noise() {
        check("覆盖\r原文\r\r\n", "覆盖原文\r\n");
    }

    #[test]
    fn a_leftover_alone_on_its_line_is_taken_out() {
        check(
            "标题\n 窗体顶端 \n\n市经济信息化委",
            "标题\n  \n\n市经济信息化委",
        );
        check("窗體底端", "");
        check("窗\u{200b}体(tǐ)顶端\n", "\n");
        check("关于窗体顶端的说明", "关于窗体顶端的说明");
        check("窗体顶端的说明", "窗体顶端的说明");
        check("说明 窗体顶端", "说明 窗体顶端");
    }

    #[test]
    fn what_touches_a_leftover_is_one_cut_with_it() {
        let cuts = find("\u{200b}窗体顶端\u{200b}\n");
        assert_eq!(cuts.cuts.len(), 1);
        assert_eq!(cuts.cuts[0].noise, Noise::Leftover);
    }

    #[test]
    fn places_are_found_in_both_directions() {
        let raw = "市評(píng)選";
        let cuts = find(raw);
        let behind = "市評(píng)".len();
        assert_eq!(cuts.to_raw("市".len()), "市".len());
        assert_eq!(cuts.to_raw("市評".len()), behind);
        assert_eq!(cuts.from_raw(behind), "市評".len());
        assert_eq!(cuts.from_raw("市評(pí".len()), "市評".len());
        assert_eq!(cuts.from_raw(raw.len()), "市評選".len());
    }

    #[test]
    fn a_line_end_at_the_end_begins_no_line() {
        assert_eq!(line_starts("一\n二\n"), [0, 4]);
        assert_eq!(line_starts("一\n\n"), [0, 4]);
        assert_eq!(line_starts(""), [0]);
    }

    /// Pieces that are noise, or would be if they stood elsewhere.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            "[ -~]",
            "[评選市a( )ā]{1,4}",
            "[\u{0}-\u{9f}]",
            prop::char::range('\u{2000}', '\u{2070}').prop_map(String::from),
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "(",
                ")",
                "(píng)",
                "評(píng)",
                "p",
                "í",
                "ng",
                "\u{301}",
                "\u{308}",
                "窗",
                "窗体顶端",
                "体顶端",
                "\r",
                "\n",
                "\r\n",
                " ",
                "\u{200b}",
                "\u{feff}",
                "評",
            ])
            .prop_map(str::to_owned),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn cleaning_is_done_once_and_every_character_keeps_its_place(
            pieces in prop::collection::vec(piece(), 0..24),
        ) {
            let raw = pieces.concat();
            let cuts = find(&raw);
            let (clean, noise) = cuts.apply(raw.as_str().into());
            prop_assert_eq!(&cuts.apply(raw.clone().into()).0, &clean);
            for pair in cuts.cuts.windows(2) {
                prop_assert!(pair[0].raw.end < pair[1].raw.start);
            }
            for (at, byte) in clean.bytes().enumerate() {
                prop_assert_eq!(raw.as_bytes()[cuts.to_raw(at)], byte);
                prop_assert_eq!(cuts.from_raw(cuts.to_raw(at)), at);
            }
            prop_assert_eq!(cuts.to_raw(clean.len()), raw.len());
            let ends = || raw.char_indices().map(|(at, _)| at).chain([raw.len()]);
            for start in ends() {
                for end in ends().filter(|&end| end >= start) {
                    prop_assert_eq!(cuts.raw(start..end, &clean, &noise), &raw[start..end]);
                }
            }
            prop_assert!(!clean.chars().any(is_denied));
            prop_assert_eq!(find(&clean).cuts, vec![]);
            prop_assert_eq!(
                clean.bytes().filter(|&b| b == b'\n').count(),
                raw.bytes().filter(|&b| b == b'\n').count()
            );
        }
    }
}
