//! The pictures of READMEs and guide: what each shows, and the libraries that they show.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use anli::corpus::Corpus;
use anli::jury::visible::Reader;
use anli::language::Language;
use anli::round::Opened;
use anli::round::sitting::Sitting;
use anli::search::index::Index;
use anli::seeds::{self, Source, catalog::Catalog};
use anli::show::Script;

use super::{BACKGROUNDS, Look, keys};
use anli::background::Background;

/// What is open in a picture.
#[derive(Clone, Copy)]
pub enum Shown {
    BuiltIn,
    /// Documents of the reader's own.
    Own,
    /// The sheet of a juror.
    Sheet,
}

/// A still picture.
struct Still {
    name: &'static str,
    shown: Shown,
    size: (u16, u16),
    keys: &'static str,
}

const STILLS: [Still; 9] = [
    still("explorer", (120, 36), "ditie{Enter}"),
    still("page", (90, 30), "yigongti{Enter}z"),
    still("citation", (100, 30), "haishuidao{Enter}c"),
    still("facets", (100, 30), "{Esc}f{Down}{Enter}"),
    still("figures", (100, 30), "{Esc}D"),
    still("compare", (120, 36), "year:2017 shenpi{Esc} {Down} C"),
    still("overview", (100, 30), "{Esc}V"),
    Still {
        shown: Shown::Sheet,
        ..still("scoring", (120, 36), "J")
    },
    Still {
        shown: Shown::Own,
        ..still("documents", (120, 36), "{Esc}{Down}")
    },
];

const fn still(name: &'static str, size: (u16, u16), keys: &'static str) -> Still {
    let shown = Shown::BuiltIn;
    Still {
        name,
        shown,
        size,
        keys,
    }
}

/// Documents that the project made up for its tests.
const OWN: [&str; 6] = ["comp1", "digest1", "law1", "list1", "report1", "table1"];

/// A library that is open, and its index.
pub struct Open {
    pub corpus: Arc<Corpus>,
    pub index: Index,
}

impl Open {
    fn new(corpus: Corpus) -> Self {
        let corpus = Arc::new(corpus);
        let index = Index::build(Arc::clone(&corpus));
        Self { corpus, index }
    }
}

static BUILT_IN: LazyLock<Open> =
    LazyLock::new(|| Open::new(seeds::read(seeds::embedded(), &Catalog::embedded()).corpus));
static OWN_DOCUMENTS: LazyLock<Open> = LazyLock::new(|| {
    let sources = OWN.map(|name| {
        let path = root().join(format!("tests/documents/{name}.txt"));
        let text = fs::read_to_string(&path).expect("the document is in the repository");
        Source::plain(format!("{name}.txt"), text)
    });
    Open::new(seeds::read(sources.into(), &Catalog::default()).corpus)
});
static ROUND: LazyLock<Open> = LazyLock::new(|| Open::new(sitting().corpus.clone()));

impl Shown {
    pub fn open(self) -> &'static Open {
        match self {
            Self::BuiltIn => &BUILT_IN,
            Self::Own => &OWN_DOCUMENTS,
            Self::Sheet => &ROUND,
        }
    }

    /// The juror at the round.
    pub fn sitting(self) -> Option<Sitting> {
        matches!(self, Self::Sheet).then(sitting)
    }
}

/// The first juror of the round that comes with the sources.
fn sitting() -> Sitting {
    let opened = Opened::read(&root().join("examples/round")).expect("the round can be read");
    let juror = opened.juror("甲").expect("a juror of the round");
    Sitting::new(opened, &BUILT_IN.corpus, Reader::Juror(juror))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Draws every picture of READMEs and guide into the folders of the guide.
///
/// # Errors
///
/// A picture that could not be written.
pub fn draw_all() -> io::Result<()> {
    let script = Script::built_in();
    for (language, book) in [(Language::English, "en"), (Language::Chinese, "zh")] {
        let folder = root().join(format!("docs/{book}/src/pictures"));
        fs::create_dir_all(&folder)?;
        for background in BACKGROUNDS {
            let look = Look {
                language,
                background,
            };
            let end = match background {
                Background::Dark => "svg",
                Background::Light => "light.svg",
            };
            fs::write(folder.join(format!("demo.{end}")), look.moving(&script))?;
            for still in &STILLS {
                let picture = look.still(still.shown, still.size, keys(still.keys));
                fs::write(folder.join(format!("{}.{end}", still.name)), picture)?;
            }
        }
    }
    Ok(())
}
