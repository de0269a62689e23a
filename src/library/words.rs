//! Why files are not read, in both languages, with what would help.

use std::io;
use std::path::Path;

use super::Trouble;
use crate::formats::{Failure, Foreign, Format, Refusal};
use crate::language::{Labels, Language, Sentence};
use crate::seeds::PassedOver;

impl Trouble {
    /// The reason as part of a sentence, and what would help.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::System(error) => both(|labels| labels.reason(error)),
            Self::NotAFile => both(|labels| labels.reading.not_a_file.to_owned()),
            &Self::TooLarge { bytes, limit } => {
                both(|labels| (labels.reading.too_large)(bytes, limit))
            }
            &Self::NotUtf8 { byte, line } => {
                both(|labels| (labels.reading.not_utf8)(byte, line) + labels.reading.convert)
            }
            Self::Refused(refusal) => refused(refusal),
        }
    }
}

fn both(of: impl Fn(&Labels) -> String) -> Sentence {
    let [chinese, english] =
        [Language::Chinese, Language::English].map(|language| of(language.labels()));
    Sentence::new(chinese, english)
}

fn refused(refusal: &Refusal) -> Sentence {
    match refusal {
        Refusal::Foreign(kind) => foreign(*kind),
        Refusal::NotBuilt(format) => {
            let name = title(*format);
            Sentence::new(
                format!("这个版本不含 {name} 读取功能；可改用完整版，或另存为 .txt"),
                format!("this build does not read {name}; use the full build, or save it as .txt"),
            )
        }
        Refusal::Unknown => Sentence::new(
            "不是可读取的文档；可读取 TXT、Markdown、HTML、DOCX、EPUB、PDF、RTF",
            "not a readable document; TXT, Markdown, HTML, DOCX, EPUB, PDF and RTF are",
        ),
        Refusal::Damaged(part) => Sentence::new(
            format!("文件已损坏（{part}）；可用原程序打开后重新保存"),
            format!("it is damaged ({part}); open it in its own program and save it again"),
        ),
        Refusal::Encrypted => Sentence::new(
            "有密码保护；请先在原程序中去掉密码",
            "it is protected by a password; remove that in its own program first",
        ),
        Refusal::TooLarge => Sentence::new(
            "解压后的内容超过允许的大小",
            "it unpacks to more than a document may hold",
        ),
        Refusal::TooDeep => Sentence::new(
            "内容嵌套过深，不是正常的文档",
            "it is nested too deeply to be a real document",
        ),
        Refusal::Empty => Sentence::new("没有文字", "it holds no text"),
        Refusal::NoText { pages } => Sentence::new(
            format!(
                "{pages} 页都是图片，没有文字（扫描件）；可先用文字识别（OCR）软件转成带文字的 PDF"
            ),
            format!(
                "its {pages} pages are pictures without text (a scan); text recognition (OCR) makes a PDF with text"
            ),
        ),
        Refusal::Failed(Failure::TookTooLong) => Sentence::new(
            "读取时间过长，已中止；可另存为 .txt 或 .docx",
            "reading it took too long and was stopped; save it as .txt or .docx",
        ),
        Refusal::Failed(Failure::BroughtDown) => Sentence::new(
            "读取时内存不足或出错，已跳过；可另存为 .txt 或 .docx",
            "reading it failed or took too much memory; save it as .txt or .docx",
        ),
    }
}

fn foreign(kind: Foreign) -> Sentence {
    match kind {
        Foreign::Doc => Sentence::new(
            "是旧版 Word 文档（.doc）；请用 Word 或 WPS 另存为 .docx",
            "it is an old Word document (.doc); save it as .docx in Word or WPS",
        ),
        Foreign::Wps => Sentence::new(
            "是 WPS 文字文档（.wps）；请用 WPS 另存为 .docx",
            "it is a WPS document (.wps); save it as .docx in WPS",
        ),
        Foreign::Sheet => Sentence::new(
            "是电子表格；请把所需内容另存为 .txt（制表符分隔）",
            "it is a spreadsheet; save what you need as .txt (tab-separated)",
        ),
        Foreign::Slides => Sentence::new(
            "是演示文稿；请另存为 .pdf 或 .txt",
            "it is a presentation; save it as .pdf or .txt",
        ),
        Foreign::OpenDocument => Sentence::new(
            "是 OpenDocument 文档（.odt）；请另存为 .docx",
            "it is an OpenDocument text (.odt); save it as .docx",
        ),
        Foreign::Picture => Sentence::new(
            "是图片，没有文字；可先用文字识别（OCR）软件转成文字",
            "it is an image without text; run text recognition (OCR) on it first",
        ),
        Foreign::PageArchive => Sentence::new(
            "是单个文件的网页（.mht）；请在浏览器中另存为“网页，全部”（.html）",
            "it is a single-file web page (.mht); save it as a complete page (.html) in the browser",
        ),
        Foreign::OtherReader => Sentence::new(
            "需要专用阅读器；请在其中另存为 .pdf 或 .txt",
            "it needs its own reader; save it as .pdf or .txt there",
        ),
        Foreign::Archive => {
            Sentence::new("是压缩包；请先解压", "it is an archive; unpack it first")
        }
    }
}

/// The usual name of a format.
const fn title(format: Format) -> &'static str {
    match format {
        Format::Plain => "TXT",
        Format::Markdown => "Markdown",
        Format::Html => "HTML",
        Format::Docx => "DOCX",
        Format::Epub => "EPUB",
        Format::Pdf => "PDF",
        Format::Rtf => "RTF",
    }
}

/// Why a path that was named cannot be read, as a sentence.
pub fn path(path: &Path, error: &io::Error, labels: &Labels) -> String {
    (labels.reading.folder)(&path.to_string_lossy(), &labels.reason(error))
}

/// What is wrong with a catalog, as a sentence.
pub fn catalog(path: &Path, why: &Sentence) -> Sentence {
    let path = path.to_string_lossy();
    both(|labels| (labels.reading.catalog)(&path, why.in_language(labels.language)))
}

/// Why a place holds no document: what there is instead.
pub fn no_documents(passed_over: &[PassedOver]) -> Sentence {
    let kinds: Vec<String> = passed_over.iter().map(counted).collect();
    if kinds.is_empty() {
        return both(|labels| labels.reading.no_documents.to_owned());
    }
    let [chinese, english] = [Language::Chinese, Language::English]
        .map(|language| language.labels().reading.no_documents);
    Sentence::new(
        format!("{chinese}（另有 {}）", kinds.join("、")),
        format!("{english} (but {})", kinds.join(", ")),
    )
}

pub fn link_to_folder() -> Sentence {
    Sentence::new(
        "指向文件夹的链接，不进入；需要时请直接指定所指的文件夹",
        "links to folders, not followed; name the folders themselves to read them",
    )
}

pub fn too_deep() -> Sentence {
    Sentence::new(
        "文件夹嵌套过深，未读取；可直接指定该文件夹",
        "folders nested too deeply, not read; name them to read them",
    )
}

/// `.png 2`.
fn counted(passed: &PassedOver) -> String {
    if let Some((paths, _)) = &passed.folders {
        return paths.join("、");
    }
    if passed.kind.is_empty() {
        return format!("- {}", passed.count);
    }
    format!(".{} {}", passed.kind, passed.count)
}
