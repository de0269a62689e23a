//! The guide: the pages below `docs/` in both languages, and each of them as
//! plain text for a terminal or the man page.
//!
//! The same files are an mdBook (`docs/en`, `docs/zh`). A page's topic is its
//! file's name.

mod layout;

use crate::language::Language;
use crate::text::width::Ambiguous;

pub use layout::{Row, Style};

/// One page of the guide.
#[derive(Debug)]
pub struct Page {
    /// The name by which `anli help` finds it: its file's name without `.md`.
    pub topic: &'static str,
    english: &'static str,
    chinese: &'static str,
}

/// A page whose files have this name.
macro_rules! page {
    ($topic:literal) => {
        Page {
            topic: $topic,
            english: include_str!(concat!("../docs/en/src/", $topic, ".md")),
            chinese: include_str!(concat!("../docs/zh/src/", $topic, ".md")),
        }
    };
}

/// Every page, in the order of the books.
pub const PAGES: [Page; 17] = [
    page!("guide"),
    page!("keys"),
    page!("query"),
    page!("topics"),
    page!("analysis"),
    page!("marks"),
    page!("documents"),
    page!("sources"),
    page!("settings"),
    page!("commands"),
    page!("json"),
    page!("presenting"),
    page!("kiosk"),
    page!("round"),
    page!("terminals"),
    page!("accessibility"),
    page!("performance"),
];

impl Page {
    /// The page with a topic, or with a title in either language; letter case
    /// does not matter.
    pub fn find(name: &str) -> Option<&'static Self> {
        let name = name.to_lowercase();
        PAGES.iter().find(|page| {
            page.topic == name
                || page.title(Language::Chinese) == name
                || page.title(Language::English).to_lowercase() == name
        })
    }

    /// The page as Markdown.
    pub fn markdown(&self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.chinese,
            Language::English => self.english,
        }
    }

    /// The page's title: its first line, a heading.
    pub fn title(&self, language: Language) -> &'static str {
        let first = self.markdown(language).lines().next().unwrap_or_default();
        first.trim_start_matches(['#', ' '])
    }

    /// The page as rows of at most `columns` columns, its title first. Links to
    /// other pages name the call that prints them.
    pub fn rows(&self, language: Language, columns: u16, ambiguous: Ambiguous) -> Vec<Row> {
        layout::rows(self.markdown(language), columns, ambiguous)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

    #[test]
    fn a_page_is_found_by_topic_and_by_title_in_either_language() {
        for name in ["keys", "Keys", "按键"] {
            assert_eq!(Page::find(name).map(|page| page.topic), Some("keys"));
        }
        assert!(Page::find("no such page").is_none());
        assert!(Page::find("").is_none());
    }

    #[test]
    fn no_row_of_any_page_is_wider_than_its_room() {
        for (page, language) in PAGES.iter().flat_map(|page| LANGUAGES.map(|l| (page, l))) {
            for columns in [24, 40, 79, 80, 120, 200] {
                for row in page.rows(language, columns, Ambiguous::Wide) {
                    let wide = width::of_str(&row.text, Ambiguous::Wide);
                    assert!(wide <= columns, "{} {columns}: {}", page.topic, row.text);
                }
            }
        }
    }

    #[test]
    fn a_page_shows_all_its_letters_at_every_width() {
        // Letters alone: a narrow table repeats its head in every row.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        // Without pictures, the goals of links and the languages of blocks of code.
        let plain = |markdown: &str| {
            let lines = markdown.split_inclusive('\n');
            let markdown: String = lines.filter(|line| !line.trim().starts_with('<')).collect();
            let mut parts = markdown.split("](");
            let first = parts.next().unwrap_or_default().to_owned();
            let rest = parts.map(|part| part.split_once(')').map_or(part, |(_, rest)| rest));
            let text = first + &rest.collect::<String>();
            ["sh", "toml", "text"].iter().fold(text, |text, language| {
                text.replace(&format!("```{language}\n"), "")
            })
        };
        for (page, language) in PAGES.iter().flat_map(|page| LANGUAGES.map(|l| (page, l))) {
            let at = |columns| {
                let rows = page.rows(language, columns, Ambiguous::Narrow);
                rows.iter().map(|row| letters(&row.text)).sum::<usize>()
            };
            // A narrow table of two columns does without its head.
            let heads = 30;
            assert!(at(60) + heads >= at(500), "{}", page.topic);
            assert!(at(24) + heads >= at(500), "{}", page.topic);
            let all = letters(&plain(page.markdown(language)));
            assert!(at(500) >= all, "{} {} {all}", page.topic, at(500));
        }
    }
}
