//! `gendan import` of order files: CSV, workbooks, mails, UBL.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::data::say;
use super::{Failure, Format, Setting, joined};
use crate::app::reader;
use crate::command::{self, Command};
use crate::domain::world::World;
use crate::store::Access;
use crate::text::ripple::difference;
use crate::text::{joined as j, refusal, transfer as t};
use crate::transfer::compare::{self, Standing};
use crate::transfer::draft::{Evidence, Options, Preview};
use crate::transfer::headings::{self, Kind, Mapping};
use crate::transfer::values::DateOrder;
use crate::transfer::{limits, plan};

/// Error lines that are printed; the rest is counted.
pub(super) const ERRORS_SHOWN: usize = 20;

/// How files are to be read.
#[derive(Debug, clap::Args)]
pub(super) struct How {
    /// What the files hold, where they do not say: orders, purchases, promises, receipts, stock, progress
    #[arg(long = "as", value_name = "KIND")]
    kind: Option<String>,
    /// A file of headings and the fields they stand for
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// How 3/4/2027 is meant, where a file has such dates
    #[arg(long, value_enum)]
    dates: Option<Dates>,
    /// Look and report, write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Of purchases, stock and progress: take the rows that can be taken, leave out those that are not known
    /// or stand recorded otherwise
    #[arg(long)]
    pub(super) partly: bool,
    /// How --dry-run prints the joined list
    #[arg(long, value_enum, default_value_t, requires = "dry_run")]
    pub(super) format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Dates {
    DayFirst,
    MonthFirst,
}

pub(super) fn import(setting: &Setting, files: &[&PathBuf], how: &How) -> Result<(), Failure> {
    let kind = how.kind.as_deref().map(|code| kind(setting, code));
    let kind = kind.transpose()?;
    let mapping = how.map.as_deref().map(|path| mapping(setting, path));
    // Without a file of the program's own nothing is remembered, and every order is new.
    let known = match setting.open(Access::Read) {
        Ok(store) => Some(store.world().map_err(|e| Failure::of(&e, setting.lang))?),
        Err(_) => None,
    };
    let options = Options {
        kind,
        mapping: mapping.transpose()?.unwrap_or_default(),
        date_order: match how.dates {
            None => DateOrder::Unsaid,
            Some(Dates::DayFirst) => DateOrder::DayFirst,
            Some(Dates::MonthFirst) => DateOrder::MonthFirst,
        },
        remembered: known.as_ref().map(plan::remembered).unwrap_or_default(),
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
    let nothing = World::default();
    for (file, preview) in &read {
        if preview.kind != Kind::Orders {
            let world = known.as_ref().unwrap_or(&nothing);
            joined::look(setting, world, (file, preview), how)?;
            continue;
        }
        if preview.drafts.is_empty() {
            return Err(Failure(t::NOTHING.fill(setting.lang, &[&file.name])));
        }
        report(setting, file, preview);
    }
    if !how.dry_run {
        return bring(setting, &read, &options.mapping, how);
    }
    for (_, preview) in read.iter().filter(|(_, p)| p.kind == Kind::Orders) {
        if let Some(world) = &known {
            let standings = compare::standings(world, preview);
            say(&format!("  {}", t::standings(&standings, setting.lang)));
        }
    }
    Ok(())
}

fn kind(setting: &Setting, code: &str) -> Result<Kind, Failure> {
    Kind::of(code).ok_or_else(|| {
        let all: Vec<&str> = Kind::ALL.iter().map(|k| k.code()).collect();
        Failure(j::UNKNOWN_KIND.fill(setting.lang, &[code, &all.join(", ")]))
    })
}

fn preview(
    setting: &Setting,
    file: &Path,
    options: &Options,
) -> Result<(Evidence, Preview), Failure> {
    let path = file.display().to_string();
    reader::read(&path, options, setting.clock.today())
        .map_err(|e| Failure(t::unread(&path, &e, setting.lang)))
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
fn bring(
    setting: &Setting,
    read: &[(Evidence, Preview)],
    mapping: &Mapping,
    how: &How,
) -> Result<(), Failure> {
    let mut store = setting.open(Access::Write)?;
    let world = store.world().map_err(|e| Failure::of(&e, setting.lang))?;
    for (file, preview) in read {
        refuse_changes(setting, &world, file, preview)?;
    }
    for (file, preview) in read {
        if preview.kind != Kind::Orders {
            joined::take(setting, &mut store, (file, preview), mapping, how)?;
            continue;
        }
        let world = store.world().map_err(|e| Failure::of(&e, setting.lang))?;
        let standings = compare::standings(&world, preview);
        if !standings.contains(&Standing::New) {
            say(&t::ALL_KNOWN.fill(setting.lang, &[&file.name]));
            continue;
        }
        let mut command = plan::command(&store, file, preview, &standings)
            .map_err(|e| Failure::of(&e, setting.lang))?;
        command.mapping = plan::mapping(preview, mapping);
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

/// A change of a known order is read and decided by a person: it is said, and nothing is written.
fn refuse_changes(
    setting: &Setting,
    world: &World,
    file: &Evidence,
    preview: &Preview,
) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for standing in compare::standings(world, preview) {
        let known = standing.order_id().and_then(|id| world.orders.get(id));
        let no = known.map_or("", |o| o.no.as_str());
        if matches!(
            standing,
            Standing::Changed(_) | Standing::Cancels { .. } | Standing::Unknown
        ) {
            lines.push(t::standing(&standing, no, setting.lang));
        }
        if let Standing::Changed(changed) = &standing {
            let said = changed.differences.iter();
            lines.extend(said.map(|d| format!("  {}", difference(d, setting.lang))));
        }
    }
    if lines.is_empty() {
        return Ok(());
    }
    let said = t::CHANGES_ON_SCREEN.fill(setting.lang, &[&file.name]);
    Err(Failure(format!("{}\n{said}", lines.join("\n"))))
}

/// Reads a mapping file: TOML with a heading and the field it means in each line.
fn mapping(setting: &Setting, path: &Path) -> Result<Mapping, Failure> {
    let name = path.display().to_string();
    let text = reader::text_of(path, limits::FILE_MB_MAX);
    let text = text.map_err(|e| Failure(t::unread(&name, &e, setting.lang)))?;
    headings::mapping(&text).map_err(|wrong| Failure(t::bad_map(&name, &wrong, setting.lang)))
}
