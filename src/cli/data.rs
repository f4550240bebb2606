//! Bringing data in, writing it out, copies.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::{Failure, Setting};
use crate::app::reader;
use crate::outside;
use crate::paths;
use crate::store::{Access, StoreError, backup as copies};
use crate::text::safe::shown_lines;
use crate::text::{Lang, Word, keeping, refusal, transfer, word};
use crate::transfer::json;

/// Errors that are printed before the rest is only counted.
const ERRORS_SHOWN: usize = 20;

pub(super) const CANNOT_WRITE: Word = word("写不了“{0}”：{1}", "Cannot write “{0}”: {1}");
const BROUGHT_IN: Word = word(
    "“{0}”：新增 {1} 条，更新 {2} 条，相同 {3} 条。",
    "“{0}”: {1} new, {2} changed, {3} the same.",
);
const DRY: Word = word("（只检查，没有写入）", "(checked only, nothing written)");
const REFUSED: Word = word(
    "没有导入，共 {0} 处问题。",
    "Nothing was imported; {0} problems.",
);

/// A refused interchange file as one text: a line for each error.
pub(super) fn import_failure(error: &json::ImportError, lang: Lang) -> Failure {
    match error {
        json::ImportError::Store(error) => Failure(refusal::store(error, lang)),
        json::ImportError::Refused(errors) => {
            listed(errors.iter().map(|e| e.say(lang)).collect(), lang)
        }
    }
}

fn listed(lines: Vec<String>, lang: Lang) -> Failure {
    let count = lines.len();
    let mut text = lines
        .into_iter()
        .take(ERRORS_SHOWN)
        .collect::<Vec<_>>()
        .join("\n");
    text.push('\n');
    text.push_str(&REFUSED.fill(lang, &[&count.to_string()]));
    Failure(text)
}

pub(super) fn say(text: &str) {
    // Words go to standard error; one that is closed is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{}", shown_lines(text));
}

/// Writes data to standard output; a reader that has seen enough is no failure.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure(error.to_string()))
        }
        _ => Ok(()),
    }
}

pub(super) fn import(
    setting: &Setting,
    files: &[PathBuf],
    how: &super::sheets::How,
) -> Result<(), Failure> {
    let (whole, sheets): (Vec<&PathBuf>, Vec<&PathBuf>) = files.iter().partition(|f| {
        f.extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("json"))
    });
    for file in whole {
        import_json(setting, file, how.dry_run)?;
    }
    if sheets.is_empty() {
        return Ok(());
    }
    super::sheets::import(setting, &sheets, how)
}

fn import_json(setting: &Setting, file: &Path, dry_run: bool) -> Result<(), Failure> {
    let name = file.display().to_string();
    let text = reader::text_of(file, json::FILE_MB_MAX)
        .map_err(|e| Failure(transfer::unread(&name, &e, setting.lang)))?;
    let parsed = json::parse(&text).map_err(|errors| {
        listed(
            errors
                .iter()
                .map(|e| format!("{name}: {}", e.say(setting.lang)))
                .collect(),
            setting.lang,
        )
    })?;
    // A trial run works on a copy in memory, so that what the file refuses is found too.
    let mut store = if dry_run {
        trial(setting)?
    } else {
        setting.open(Access::Write)?
    };
    let (summary, _) = json::bring(&mut store, &parsed, &name).map_err(|e| {
        let Failure(said) = import_failure(&e, setting.lang);
        Failure(format!("{name}: {said}"))
    })?;
    let total = summary.total();
    let counts = [
        total.new.to_string(),
        total.changed.to_string(),
        total.same.to_string(),
    ];
    let [new, changed, same] = &counts;
    let mut said = BROUGHT_IN.fill(setting.lang, &[&name, new, changed, same]);
    if dry_run {
        said.push_str(DRY.text(setting.lang));
    }
    say(&said);
    Ok(())
}

/// A copy of the data file in a folder of its own, or a new file where there is none.
fn trial(setting: &Setting) -> Result<crate::store::Store, Failure> {
    if !setting.database.exists() {
        return crate::store::Store::memory(setting.clock, &setting.who)
            .map_err(|e| Failure::of(&e, setting.lang));
    }
    let folder = super::throw_away()?;
    let copy = folder.path().join("trial.db");
    let failed = |e| Failure::of(&e, setting.lang);
    setting.open(Access::Read)?.backup(&copy).map_err(failed)?;
    crate::store::Store::open(&copy, Access::Write, setting.clock, &setting.who).map_err(failed)
}

pub(super) fn export(setting: &Setting, out: Option<&Path>) -> Result<(), Failure> {
    let store = setting.read()?;
    let failed = |e| Failure::of(&e, setting.lang);
    let (world, past) = (
        store.world().map_err(failed)?,
        store.past().map_err(failed)?,
    );
    let text = json::export(&world, &past);
    match out {
        None => print(&text),
        Some(path) => outside::write_whole(path, text.as_bytes()).map_err(|e| {
            Failure(CANNOT_WRITE.fill(setting.lang, &[&path.display().to_string(), &e.to_string()]))
        }),
    }
}

pub(super) fn backup(setting: &Setting, file: Option<PathBuf>) -> Result<(), Failure> {
    let store = setting.open(Access::Read)?;
    let target = file.unwrap_or_else(|| copies::by_hand(&setting.database, setting.clock));
    store
        .backup_new(&target)
        .map_err(|e| Failure::of(&e, setting.lang))?;
    let target = target.display().to_string();
    say(&keeping::BACKED_UP.fill(setting.lang, &[&target]));
    Ok(())
}

pub(super) fn restore(setting: &Setting, file: &Path) -> Result<(), Failure> {
    let failed = |e| Failure::of(&e, setting.lang);
    if setting.read_only {
        return Err(failed(StoreError::ReadOnly));
    }
    // The name alone of one of the copies is enough.
    let of_ours = paths::backups_of(&setting.database).join(file);
    let file = match file.exists() {
        false if of_ours.exists() => &of_ours,
        _ => file,
    };
    let kept = copies::restore(file, &setting.database, setting.clock).map_err(failed)?;
    let said = match kept {
        Some(kept) => keeping::RESTORED.fill(setting.lang, &[&kept.display().to_string()]),
        None => {
            let path = setting.database.display().to_string();
            keeping::RESTORED_NEW.fill(setting.lang, &[&path])
        }
    };
    say(&said);
    Ok(())
}
