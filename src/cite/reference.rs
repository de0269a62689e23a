//! What a reference to a case consists of, before it is written in any style.

use super::imprint::{Carrier, Date, Imprint, Named, Printed, one_space};
use crate::case::{CaseRef, Completeness, Title, unbroken};
use crate::cite::Element;
use crate::text::script::Display;

/// Everything that a reference to one case may say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The case's id.
    pub id: String,
    pub carrier: Carrier,
    pub title: Named,
    /// 其他题名信息: a title line that a dash introduces.
    pub subtitle: Option<String>,
    pub authors: Vec<Named>,
    /// Whether the authors are bodies, whose names are not parted into family
    /// and given name.
    pub corporate: bool,
    /// What holds the case, where it has a title of its own.
    pub host: Option<Named>,
    /// The name of the case, if `title` is the printed headline of the report about it because
    /// the document prints no title for the case itself.
    pub case: Option<Named>,
    /// The newspaper or site.
    pub publication: Option<Named>,
    pub date: Option<Date>,
    /// 文号: of what holds the case, else of the document that it is.
    pub number: Option<String>,
    /// 版次
    pub page: Option<String>,
    /// What the reader made of the case, for formats that have a place for it;
    /// empty in a citation.
    pub keywords: Vec<String>,
    /// Notes and passages, one text each.
    pub annotations: Vec<String>,
    pub missing: Vec<Element>,
    pub inferred: Vec<Element>,
}

impl Reference {
    /// The reference to a case, given what is known of its document.
    pub fn of(case: CaseRef<'_>, imprint: &Imprint) -> Self {
        let (mut title, subtitle) = title(case);
        let compilation = imprint.carrier == Carrier::Compilation;
        let mut publication = imprint.publication.clone();
        let is_document = matches!(
            case.case.completeness,
            Completeness::Whole | Completeness::Rest
        );
        // A notice is the work of the body that issued it.
        let is_issued = imprint.is_issued && is_document && imprint.authors.is_empty();
        let authors = if compilation {
            orgs(case)
        } else if is_issued {
            publication.take().map_or_else(Vec::new, parted)
        } else {
            imprint.authors.clone()
        };
        // A report prints a headline, under which alone it can be found; a
        // newspaper's article is the case itself.
        let named = imprint.title.clone();
        // What is one case from head to foot is no part of itself.
        let is_whole = case.case.completeness == Completeness::Whole;
        let part = !is_whole && named.as_ref().is_none_or(|named| named.text != title.text);
        let host = named.filter(|named| match imprint.carrier {
            Carrier::Newspaper => false,
            Carrier::NewsOnline | Carrier::WebPage => part && !named.supplied,
            Carrier::Compilation | Carrier::Other => part,
        });
        let online = imprint.carrier.medium().is_some();
        // The reporter wrote the headline, not the title that an editor gave a
        // paragraph below it.
        let (host, headed) = match host {
            Some(headline) if title.supplied && online => {
                (None, Some(std::mem::replace(&mut title, headline)))
            }
            host => (host, None),
        };
        let part = part && headed.is_none();
        let page = imprint.page(case.case.lines.first).map(str::to_owned);
        let mut reference = Self {
            id: case.case.id.0.clone(),
            carrier: imprint.carrier,
            title,
            subtitle,
            authors,
            corporate: compilation || is_issued,
            number: imprint
                .number
                .clone()
                .filter(|_| is_document || host.is_some()),
            host,
            case: headed,
            publication,
            date: imprint.date,
            page,
            keywords: Vec::new(),
            annotations: Vec::new(),
            missing: Vec::new(),
            inferred: Vec::new(),
        };
        reference.missing = reference.missing(part);
        reference.inferred = reference.inferred();
        reference
    }

    /// The reference with its names in a script; marks stay as they are printed.
    pub fn shown(mut self, display: Display) -> Self {
        let display = display.with_printed_marks();
        let names = [
            Some(&mut self.title),
            self.host.as_mut(),
            self.case.as_mut(),
            self.publication.as_mut(),
        ];
        for name in names.into_iter().flatten().chain(&mut self.authors) {
            name.text = display.show(&name.text).into_owned();
        }
        let texts = [&mut self.subtitle, &mut self.page, &mut self.number];
        for text in texts.into_iter().flatten() {
            *text = display.show(text).into_owned();
        }
        self
    }

    /// Title and other title information, for the data formats.
    pub fn full_title(&self) -> String {
        let title = self.title.marked();
        match &self.subtitle {
            Some(subtitle) => format!("{title}：{subtitle}"),
            None => title,
        }
    }

    /// `part`: whether the case is a part of a document with a title.
    fn missing(&self, part: bool) -> Vec<Element> {
        let lacks = |element: Element| match element {
            Element::Author => self.authors.is_empty(),
            Element::Title => self.title.text.is_empty(),
            Element::HostTitle => part && self.host.is_none(),
            Element::Publication => self.publication.is_none(),
            Element::Date | Element::Year => self.date.is_none(),
            Element::Page => self.page.is_none(),
            Element::Place | Element::Publisher | Element::Address | Element::AccessDate => true,
        };
        let mut wanted = self.wanted().to_vec();
        wanted.retain(|element| lacks(*element));
        wanted
    }

    /// What the standard's entry for the carrier consists of (GB/T 7714—2025,
    /// 8.2 to 8.5 and 8.11).
    fn wanted(&self) -> &'static [Element] {
        use Element::{
            Address, Author, Date, HostTitle, Page, Place, Publication, Publisher, Title,
        };
        match self.carrier {
            Carrier::Newspaper => &[Author, Title, Publication, Date, Page],
            Carrier::NewsOnline => &[Author, Title, HostTitle, Publication, Date, Page, Address],
            Carrier::WebPage => &[Author, Title, HostTitle, Publication, Date, Address],
            Carrier::Compilation => &[Author, Title, HostTitle, Place, Publisher, Date, Page],
            Carrier::Other if self.corporate => &[Author, Title, Date],
            Carrier::Other => &[Author, Title, Publication, Date],
        }
    }

    fn inferred(&self) -> Vec<Element> {
        let supplied = |name: &Option<Named>| name.as_ref().is_some_and(|name| name.supplied);
        let printed = |how| self.date.is_some_and(|date| date.printed == how);
        let marks = [
            (
                Element::Author,
                self.authors.iter().any(|name| name.supplied),
            ),
            (Element::Title, self.title.supplied),
            (Element::HostTitle, supplied(&self.host)),
            (Element::Publication, supplied(&self.publication)),
            (Element::Date, printed(Printed::Nothing)),
            (Element::Year, printed(Printed::MonthAndDay)),
        ]
        .into_iter();
        marks
            .filter_map(|(element, marked)| marked.then_some(element))
            .collect()
    }
}

/// The bodies that sign together, one by one.
fn parted(names: Named) -> Vec<Named> {
    let bodies = names.text.split('、').map(|body| Named {
        text: body.to_owned(),
        supplied: names.supplied,
    });
    bodies.collect()
}

fn orgs(case: CaseRef<'_>) -> Vec<Named> {
    let orgs = case.case.orgs.iter();
    orgs.map(|org| Named {
        text: one_space(&org.printed),
        supplied: false,
    })
    .collect()
}

/// Title and other title information. Lines are parted by a space, as the
/// documents' own lists print them; a line that a dash introduces is other
/// title information (GB/T 7714—2025, 7.2.3); a line broken inside a phrase,
/// which the case or its list entry prints whole, is joined.
fn title(case: CaseRef<'_>) -> (Named, Option<String>) {
    let lines = match &case.case.title {
        Title::Editor(title) => {
            return (
                Named {
                    text: one_space(title),
                    supplied: true,
                },
                None,
            );
        }
        Title::Printed(lines) => lines,
    };
    let mut title = String::new();
    let mut subtitle: Option<String> = None;
    for range in lines {
        let line = one_space(&unbroken(case.document.slice(*range)));
        let plain = line.trim_start_matches(['—', '－', '-']).trim_start();
        if plain.len() < line.len() && !title.is_empty() && subtitle.is_none() {
            subtitle = Some(plain.to_owned());
            continue;
        }
        let part = subtitle.as_mut().unwrap_or(&mut title);
        if !part.is_empty() && !printed_whole(case, part, &line) {
            part.push(' ');
        }
        part.push_str(&line);
    }
    let named = Named {
        text: title,
        supplied: false,
    };
    (named, subtitle)
}

/// Whether the case prints the end of one title line and the start of the next
/// as one run, in its text or in the document's list.
fn printed_whole(case: CaseRef<'_>, line: &str, next: &str) -> bool {
    const AROUND: usize = 4;
    let skipped = line.chars().count().saturating_sub(AROUND);
    let seam: String = line
        .chars()
        .skip(skipped)
        .chain(next.chars().take(AROUND))
        .collect();
    let entry = case.case.lines.list.unwrap_or(0);
    let mut blocks = case.case.blocks.iter();
    blocks.any(|block| holds(case.document.slice(block.range), &seam))
        || holds(&case.document.raw_line(entry), &seam)
}

/// Whether a text holds a seam; inside 《》 it belongs to the name of something
/// else, such as the policy that the case carries out.
fn holds(text: &str, seam: &str) -> bool {
    text.match_indices(seam).any(|(at, _)| {
        let before = &text[..at];
        let count = |mark| before.matches(mark).count();
        count('《') == count('》')
    })
}
