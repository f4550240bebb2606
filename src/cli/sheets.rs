//! `gendan import` of order files: CSV, workbooks, mails, UBL.

use std::path::{Path, PathBuf};

use super::data::say;
use super::{Failure, Setting};
use crate::command::{self, Command};
use crate::outside;
use crate::store::Access;
use crate::text::{refusal, transfer as t};
use crate::transfer::draft::{Evidence, Options, Preview};
use crate::transfer::headings::{Field, Mapping};
use crate::transfer::{self, plan};

/// Error lines that are printed; the rest is counted.
const ERRORS_SHOWN: usize = 20;

pub(super) fn import(
    setting: &Setting,
    files: &[&PathBuf],
    kind: Option<&str>,
    map: Option<&Path>,
    dry_run: bool,
) -> Result<(), Failure> {
    if let Some(kind) = kind.filter(|k| *k != "orders") {
        return Err(Failure(t::NOT_AN_ORDER_KIND.fill(setting.lang, &[kind])));
    }
    let mapping = map
        .map(|path| mapping(setting, path))
        .transpose()?
        .unwrap_or_default();
    let options = Options {
        mapping,
        ..Options::default()
    };
    let mut read = Vec::new();
    for file in files {
        read.push(preview(setting, file, &options)?);
    }
    let wrong: Vec<String> = read
        .iter()
        .flat_map(|(_, p)| p.errors.iter().map(|e| t::error(e, setting.lang)))
        .collect();
    if !wrong.is_empty() {
        let shown: Vec<String> = wrong.iter().take(ERRORS_SHOWN).cloned().collect();
        let count = t::ERRORS.fill(setting.lang, &[&wrong.len().to_string()]);
        return Err(Failure(format!("{}\n{count}", shown.join("\n"))));
    }
    for (file, preview) in &read {
        if preview.drafts.is_empty() {
            return Err(Failure(t::NOTHING.fill(setting.lang, &[&file.name])));
        }
        report(setting, file, preview);
    }
    if dry_run {
        Ok(())
    } else {
        bring(setting, &read)
    }
}

fn preview(
    setting: &Setting,
    file: &Path,
    options: &Options,
) -> Result<(Evidence, Preview), Failure> {
    let path = file.display().to_string();
    let bytes = std::fs::read(file)
        .map_err(|e| Failure(t::CANNOT_READ.fill(setting.lang, &[&path, &e.to_string()])))?;
    let name = file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let options = &Options {
        pdf: outside::pdf(&name, &bytes),
        ..options.clone()
    };
    let preview = transfer::read(&name, &bytes, options, setting.clock.today());
    Ok((Evidence { name, bytes }, preview))
}

/// What was found, what is open, what was not used.
fn report(setting: &Setting, file: &Evidence, preview: &Preview) {
    let lang = setting.lang;
    say(&format!("{}: {}", file.name, t::found(preview, lang)));
    for line in [t::to_ask(preview, lang), t::skipped(&preview.skipped, lang)] {
        if !line.is_empty() {
            say(&format!("  {line}"));
        }
    }
    if !preview.unknown.is_empty() {
        say(&format!(
            "  {}",
            t::UNKNOWN_HEADINGS.fill(lang, &[&preview.unknown.join(", ")])
        ));
    }
}

/// Brings the files in, each in a change of its own; a file that is refused stops the rest.
fn bring(setting: &Setting, read: &[(Evidence, Preview)]) -> Result<(), Failure> {
    let mut store = setting.open(Access::Write)?;
    for (file, preview) in read {
        let world = store.world().map_err(|e| Failure::of(&e, setting.lang))?;
        let command =
            plan::command(&store, file, preview).map_err(|e| Failure::of(&e, setting.lang))?;
        let count = command.orders.len().to_string();
        command::apply(
            &mut store,
            &world,
            &Command::ImportOrders(Box::new(command)),
        )
        .map_err(|refused| {
            Failure(format!(
                "{}: {}",
                file.name,
                refusal::sentence(&refused, setting.lang)
            ))
        })?;
        say(&t::BROUGHT_IN.fill(setting.lang, &[&file.name, &count]));
    }
    Ok(())
}

/// Reads a mapping file: TOML with a heading and the field it means in each line.
fn mapping(setting: &Setting, path: &Path) -> Result<Mapping, Failure> {
    let name = path.display().to_string();
    let cannot = |e: String| Failure(t::CANNOT_READ.fill(setting.lang, &[&name, &e]));
    let text = std::fs::read_to_string(path).map_err(|e| cannot(e.to_string()))?;
    let entries: std::collections::BTreeMap<String, String> =
        toml::from_str(&text).map_err(|e| cannot(e.to_string()))?;
    let fields = Field::TABLE
        .iter()
        .map(|(_, name, _)| *name)
        .collect::<Vec<_>>()
        .join(", ");
    entries
        .into_iter()
        .map(|(heading, field)| match Field::of(&field) {
            Some(known) => Ok((heading, known)),
            None => Err(Failure(
                t::BAD_MAP.fill(setting.lang, &[&name, &heading, &fields]),
            )),
        })
        .collect()
}
