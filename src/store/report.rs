//! What the reader has to know about the state file.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::language::Language;

/// Something about the state file that the user has to know.
#[derive(Debug)]
pub enum Report {
    /// There is no home folder: nothing is saved.
    NoFolder,
    /// `HOME` is not an absolute path: nothing is saved.
    RelativeHome { value: PathBuf },
    /// A variable of the XDG Base Directory Specification is not an absolute path,
    /// which the specification calls invalid; it is ignored.
    RelativeVariable { name: &'static str, value: PathBuf },
    /// The file could not be understood; it is now `kept`.
    Damaged {
        file: PathBuf,
        kept: PathBuf,
        damage: Damage,
    },
    /// A newer anli wrote the file: it is left alone, nothing is saved.
    Newer { file: PathBuf, version: u64 },
    /// The name is that of a folder, a pipe or a device, or of a link to one: it is
    /// left alone, nothing is saved.
    NotAFile { file: PathBuf },
    /// The name is a symbolic link to nothing: it is left alone, nothing is saved.
    DeadLink { file: PathBuf },
    /// The name is a symbolic link to a file that is no state, whatever it is: it is left
    /// alone, nothing is saved.
    LinkElsewhere {
        file: PathBuf,
        target: PathBuf,
        damage: Damage,
    },
    /// The lock is no file: it is left alone, nothing is saved.
    LockNotAFile { lock: PathBuf },
    /// The file may be read and not written: it is left alone, nothing is saved.
    ReadOnly { file: PathBuf },
    /// The file is there and cannot be read: nothing is saved.
    Unreadable { file: PathBuf, cause: io::Error },
    /// Saving failed; what is unsaved is kept in memory.
    NotSaved {
        attempt: Attempt,
        path: PathBuf,
        cause: io::Error,
    },
    /// Another explorer holds the lock and does not go on; what is unsaved is
    /// kept in memory.
    Busy { lock: PathBuf },
    /// The thread that saves is not there; what is unsaved is kept in memory.
    Stopped,
    /// The state has outgrown what would be read again; it is not saved.
    TooLarge { file: PathBuf, bytes: usize },
}

/// Why a state file cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It has more bytes than this.
    TooLarge(usize),
    /// No program ever wrote this version.
    Version(u64),
    /// What the parser of JSON says.
    Syntax(String),
}

/// A step of saving.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attempt {
    CreateFolder,
    OpenLock,
    TakeLock,
    KeepAside,
    Write,
    Replace,
    SyncFolder,
}

impl Report {
    /// Whether marks cannot be saved as long as nothing changes.
    pub fn prevents_saving(&self) -> bool {
        !matches!(self, Self::Damaged { .. } | Self::RelativeVariable { .. })
    }

    /// Whether marks that were kept may be there and are not known.
    pub const fn prevents_reading(&self) -> bool {
        !matches!(self, Self::ReadOnly { .. })
    }

    /// One sentence in a language.
    pub fn message(&self, language: Language) -> String {
        let (outcome, cause) = self.parts(language);
        outcome.to_owned() + &cause
    }

    /// The sentence without what it says first, that nothing is saved, where another sentence
    /// says so already.
    pub fn cause(&self, language: Language) -> String {
        self.parts(language).1
    }

    /// What comes of it, where that is said first, and why.
    fn parts(&self, language: Language) -> (&'static str, String) {
        match language {
            Language::Chinese => self.chinese(),
            Language::English => self.english(),
        }
    }

    fn chinese(&self) -> (&'static str, String) {
        let reason = |cause| Language::Chinese.labels().reason(cause);
        match self {
            Self::NoFolder => ("无法保存标记：", "没有主目录".to_owned()),
            Self::RelativeHome { value } => (
                "无法保存标记：",
                format!("HOME 应为绝对路径，现为 {}", value.display()),
            ),
            Self::RelativeVariable { name, value } => (
                "",
                format!("已忽略 {name}：应为绝对路径，现为 {}", value.display()),
            ),
            Self::Damaged { file, kept, damage } => (
                "",
                format!(
                    "状态文件 {} 已损坏（{}），原文件另存为 {}",
                    file.display(),
                    damage.chinese(),
                    kept.display()
                ),
            ),
            Self::Newer { file, version } => (
                "无法保存：",
                format!(
                    "状态文件 {} 由更高版本的程序写成（版本 {version}）",
                    file.display()
                ),
            ),
            Self::NotAFile { file } => (
                "无法保存：",
                format!("状态文件 {} 不是普通文件", file.display()),
            ),
            Self::DeadLink { file } => (
                "无法保存：",
                format!("状态文件 {} 是链接，目标不存在", file.display()),
            ),
            Self::LinkElsewhere {
                file,
                target,
                damage,
            } => (
                "无法保存：",
                format!(
                    "状态文件 {} 是链接，目标 {} 不是状态文件（{}）",
                    file.display(),
                    target.display(),
                    damage.chinese()
                ),
            ),
            Self::LockNotAFile { lock } => (
                "无法保存：",
                format!("锁文件 {} 不是普通文件", lock.display()),
            ),
            Self::ReadOnly { file } => (
                "无法保存：",
                format!("状态文件 {} 是只读的", file.display()),
            ),
            Self::Unreadable { file, cause } => (
                "无法保存：",
                format!("无法读取状态文件 {}：{}", file.display(), reason(cause)),
            ),
            Self::NotSaved {
                attempt,
                path,
                cause,
            } => (
                "未保存：",
                format!(
                    "无法{} {}：{}",
                    attempt.chinese(),
                    path.display(),
                    reason(cause)
                ),
            ),
            Self::Busy { lock } => ("未保存：", format!("另一个窗口正占用 {}", lock.display())),
            Self::Stopped => ("未保存：", "保存线程未能运行".to_owned()),
            Self::TooLarge { file, bytes } => (
                "未保存：",
                format!(
                    "内容有 {bytes} 字节，超过状态文件 {} 的上限",
                    file.display()
                ),
            ),
        }
    }

    fn english(&self) -> (&'static str, String) {
        let reason = |cause| Language::English.labels().reason(cause);
        match self {
            Self::NoFolder => ("cannot save marks: ", "there is no home folder".to_owned()),
            Self::RelativeHome { value } => (
                "cannot save marks: ",
                format!("HOME must be an absolute path, not {}", value.display()),
            ),
            Self::RelativeVariable { name, value } => (
                "",
                format!(
                    "cannot use {name}: it must be an absolute path, not {}; it is ignored",
                    value.display()
                ),
            ),
            Self::Damaged { file, kept, damage } => (
                "",
                format!(
                    "cannot read the state {}: {}; it was saved as {}",
                    file.display(),
                    damage.english(),
                    kept.display()
                ),
            ),
            Self::Newer { file, version } => (
                "",
                format!(
                    "cannot use the state {}: a newer anli wrote it (version {version})",
                    file.display()
                ),
            ),
            Self::NotAFile { file } => (
                "",
                format!("cannot use the state {}: it is not a file", file.display()),
            ),
            Self::DeadLink { file } => (
                "",
                format!(
                    "cannot use the state {}: it is a link to nothing",
                    file.display()
                ),
            ),
            Self::LinkElsewhere {
                file,
                target,
                damage,
            } => (
                "",
                format!(
                    "cannot use the state {}: it is a link to {}, which is no state file ({})",
                    file.display(),
                    target.display(),
                    damage.english()
                ),
            ),
            Self::LockNotAFile { lock } => (
                "",
                format!("cannot use the lock {}: it is not a file", lock.display()),
            ),
            Self::ReadOnly { file } => (
                "",
                format!("cannot write the state {}: it is read-only", file.display()),
            ),
            Self::Unreadable { file, cause } => (
                "",
                format!(
                    "cannot read the state {}: {}",
                    file.display(),
                    reason(cause)
                ),
            ),
            Self::NotSaved {
                attempt,
                path,
                cause,
            } => (
                "",
                format!(
                    "cannot {} {}: {}",
                    attempt.english(),
                    path.display(),
                    reason(cause)
                ),
            ),
            Self::Busy { lock } => (
                "",
                format!(
                    "cannot take the lock {}: another anli is holding it",
                    lock.display()
                ),
            ),
            Self::Stopped => ("cannot save: ", "the thread for it does not run".to_owned()),
            Self::TooLarge { file, bytes } => (
                "cannot save: ",
                format!(
                    "the state {} would have {bytes} bytes, more than the limit",
                    file.display()
                ),
            ),
        }
    }
}

impl Damage {
    fn chinese(&self) -> String {
        match self {
            Self::TooLarge(limit) => format!("超过 {limit} 字节"),
            Self::Version(version) => format!("没有版本 {version}"),
            Self::Syntax(why) => format!("不符合 JSON 格式：{why}"),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::TooLarge(limit) => format!("it has more than {limit} bytes"),
            Self::Version(version) => format!("there is no version {version}"),
            Self::Syntax(why) => why.clone(),
        }
    }
}

impl Attempt {
    const fn chinese(self) -> &'static str {
        match self {
            Self::CreateFolder => "新建文件夹",
            Self::OpenLock => "打开锁文件",
            Self::TakeLock => "锁定",
            Self::KeepAside => "另存",
            Self::Write => "写入",
            Self::Replace => "替换",
            Self::SyncFolder => "同步文件夹",
        }
    }

    const fn english(self) -> &'static str {
        match self {
            Self::CreateFolder => "create the state folder",
            Self::OpenLock => "open the lock",
            Self::TakeLock => "take the lock",
            Self::KeepAside => "set aside",
            Self::Write => "write the state",
            Self::Replace => "replace the state",
            Self::SyncFolder => "save the folder",
        }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Language::English))
    }
}

impl std::error::Error for Report {}
