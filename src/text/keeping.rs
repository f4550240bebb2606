//! Words about the file itself: where it lies, its copies, what became of it.

use std::path::Path;

use super::refusal;
use super::word::{Lang, Word, word};
use crate::store::{Journal, PlaceError, StoreError};

pub const COPY_FAILED: Word = word("备份没有做成：{0}", "The copy was not made: {0}");
pub const NO_COPY_HERE: Word = word(
    "这里看的不是文件本身，不能备份。",
    "This is not the file itself; it cannot be copied from here.",
);
pub const BACKED_UP: Word = word("已备份到 {0}", "Copied to {0}");
pub const RESTORED: Word = word(
    "已恢复；原来的文件保存在 {0}",
    "Restored; the old file is kept as {0}",
);
pub const RESTORED_NEW: Word = word("已恢复到 {0}", "Restored to {0}");

const LINK: Word = word(
    "“{0}”是别人建的链接，或占了日志的位置，没有通过它读写。删掉这个链接，或用 --db 指定文件本身。",
    "“{0}” is a link that somebody else made or that stands in place of a log; nothing was read or written through it. Remove it, or name the file itself with --db.",
);
const DEAD_LINK: Word = word(
    "“{0}”是链接，所指的文件不在；没有新建。检查链接，或用 --db 指定文件本身。",
    "“{0}” is a link to a file that is not there; none was made. Check the link, or name the file itself with --db.",
);
const EXISTS: Word = word(
    "“{0}”已经存在，没有覆盖；换个名字，或先移走它。",
    "“{0}” exists already and was not overwritten; choose another name, or move it away first.",
);
const IN_USE: Word = word(
    "“{0}”正被别的窗口或程序打开，没有改动；请先关闭再试。",
    "“{0}” is open in another window or program; it was not touched. Close that first.",
);
const OLDER: Word = word(
    "“{0}”由较旧的版本写成，只读时不能升级；请先以可写方式打开一次。",
    "“{0}” was written by an older version and cannot be brought up to date read-only; open it once with the right to write.",
);
const CANNOT_WRITE: Word = word(
    "“{0}”在这里只能读；检查文件和目录的权限，或用 --read-only 打开。",
    "“{0}” can only be read here; check the rights of the file and its folder, or open it with --read-only.",
);
const SAME_FILE: Word = word(
    "“{0}”就是数据文件本身，没有可恢复的。",
    "“{0}” is the data file itself; there is nothing to restore.",
);
const NETWORK: Word = word(
    "文件在网络目录（{0}）上：已改用安全方式，保存较慢；别的电脑同时写时请等一等。",
    "The file lies on a network folder ({0}): the safe way is used. Saving is slower, and sessions wait for each other.",
);
const SAFE: Word = word(
    "按要求用安全方式打开：不用共享内存，保存较慢。",
    "Opened in the safe way as asked: no shared memory, saving is slower.",
);
const NETWORK_MARK: Word = word("网络目录", "network");
const SAFE_MARK: Word = word("安全方式", "safe way");

/// Why a place will not do, as a sentence.
#[must_use]
pub fn place(error: &PlaceError, lang: Lang) -> String {
    let (said, path): (Word, &Path) = match error {
        PlaceError::Link(path) => (LINK, path),
        PlaceError::DeadLink(path) => (DEAD_LINK, path),
        PlaceError::Exists(path) => (EXISTS, path),
        PlaceError::InUse(path) => (IN_USE, path),
        PlaceError::Older(path) => (OLDER, path),
        PlaceError::CannotWrite(path) => (CANNOT_WRITE, path),
        PlaceError::SameFile(path) => (SAME_FILE, path),
    };
    said.fill(lang, &[&path.display().to_string()])
}

/// What has to be said of a file that is opened without shared memory.
#[must_use]
pub fn journal(how: Journal, lang: Lang) -> Option<String> {
    match how {
        Journal::Log => None,
        Journal::Network(name) => Some(NETWORK.fill(lang, &[name])),
        Journal::Safe => Some(SAFE.text(lang).to_owned()),
    }
}

/// The same as a mark that stands on the screen all the time.
#[must_use]
pub fn mark(how: Journal, lang: Lang) -> Option<&'static str> {
    match how {
        Journal::Log => None,
        Journal::Network(_) => Some(NETWORK_MARK.text(lang)),
        Journal::Safe => Some(SAFE_MARK.text(lang)),
    }
}

/// What went wrong while nobody waited: a copy that was not made, or damage that was found.
#[must_use]
pub fn background(error: &StoreError, lang: Lang) -> String {
    let said = refusal::store(error, lang);
    match error {
        StoreError::Damaged(_) => said,
        _ => COPY_FAILED.fill(lang, &[&said]),
    }
}
