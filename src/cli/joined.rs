//! `gendan import` of sheets about purchases and stock: the joined list, then all of it or nothing.

use serde_json::Value;

use super::data::say;
use super::lists::{Rows, write};
use super::sheets::{ERRORS_SHOWN, How};
use super::{Failure, Setting};
use crate::command;
use crate::domain::world::World;
use crate::store::Store;
use crate::text::{joined as j, refusal, transfer as t};
use crate::transfer::arrivals::{self, Joined};
use crate::transfer::draft::{Evidence, Preview};
use crate::transfer::headings::Mapping;
use crate::transfer::join::{Joint, Standing};
use crate::transfer::plan;

/// A file that was read, beside what is known.
type Read<'a> = (&'a Evidence, &'a Preview);

/// Says how the rows of a file stand; a trial run prints the whole list.
pub(super) fn look(
    setting: &Setting,
    world: &World,
    (file, preview): Read<'_>,
    how: &How,
) -> Result<(), Failure> {
    let Some(joined) = arrivals::join(world, preview, file, setting.clock.today()) else {
        return Ok(());
    };
    let lang = setting.lang;
    say(&format!("{}: {}", file.name, j::counts(&joined, lang)));
    let skipped = t::skipped(&preview.skipped, lang);
    if !skipped.is_empty() {
        say(&format!("  {skipped}"));
    }
    if !preview.unknown.is_empty() {
        let unknown = t::UNKNOWN_HEADINGS.fill(lang, &[&preview.unknown.join(", ")]);
        say(&format!("  {unknown}"));
    }
    if how.dry_run {
        write(&rows(world, preview, &joined), how.format)?;
    }
    refuse(setting, world, (file, preview), &joined, how)
}

/// Refuses a file with errors, and one with rows that cannot be taken unless that is allowed.
fn refuse(
    setting: &Setting,
    world: &World,
    (file, preview): Read<'_>,
    joined: &Joined,
    how: &How,
) -> Result<(), Failure> {
    let lang = setting.lang;
    if !joined.errors.is_empty() {
        let shown = joined.errors.iter().take(ERRORS_SHOWN);
        let shown: Vec<String> = shown.map(|e| t::error(e, lang)).collect();
        let count = t::ERRORS.fill(lang, &[&joined.errors.len().to_string()]);
        return Err(Failure(format!("{}\n{count}", shown.join("\n"))));
    }
    if joined.left() == 0 || how.partly || how.dry_run {
        return Ok(());
    }
    let left = |r: &&Joint| matches!(r.standing, Standing::Unknown | Standing::Otherwise);
    let shown = joined.rows.iter().filter(left).take(ERRORS_SHOWN);
    let shown = shown.map(|r| {
        let line = j::line(world, preview, joined, r, lang);
        format!("{}: {line}", file.name)
    });
    let said = j::LEFT.fill(lang, &[&joined.left().to_string()]);
    let lines: Vec<String> = shown.chain([said]).collect();
    Err(Failure(lines.join("\n")))
}

/// Takes what a file says, in one change.
pub(super) fn take(
    setting: &Setting,
    store: &mut Store,
    (file, preview): Read<'_>,
    mapping: &Mapping,
    how: &How,
) -> Result<(), Failure> {
    let failed = |e| Failure::of(&e, setting.lang);
    // A file before this one may have changed what is known.
    let world = store.world().map_err(failed)?;
    let Some(joined) = arrivals::join(&world, preview, file, setting.clock.today()) else {
        return Ok(());
    };
    refuse(setting, &world, (file, preview), &joined, how)?;
    if joined.taking.is_empty() {
        say(&j::NOTHING_NEW.fill(setting.lang, &[&file.name]));
        return Ok(());
    }
    let mapping = plan::mapping(preview, mapping);
    let command = arrivals::command(store, file, &joined, mapping).map_err(failed)?;
    command::apply(store, &world, &command).map_err(|refused| {
        let said = refusal::sentence(&refused, setting.lang);
        Failure(format!("{}: {said}", file.name))
    })?;
    let count = joined.taking.len().to_string();
    say(&j::TAKEN.fill(setting.lang, &[&file.name, &count]));
    Ok(())
}

/// The list for programs: a row for each field that differs, and one for each row without any.
fn rows(world: &World, preview: &Preview, joined: &Joined) -> Rows {
    let mut out = Vec::new();
    for joint in &joined.rows {
        let about = j::about(world, preview, joined, joint);
        let number = |n: i64| {
            if n > 0 { Value::from(n) } else { Value::Null }
        };
        let row = i64::try_from(about.row).unwrap_or(0);
        let head = [
            Value::from(j::code(joint.standing)),
            number(row),
            Value::from(about.purchase),
            number(about.line),
            Value::from(about.item),
            Value::from(about.name),
        ];
        let near = j::near(world, joined, joint);
        let line = |field: &str, ours: Value, theirs: Value| {
            let tail = [Value::from(field), ours, theirs];
            head.iter().cloned().chain(tail).collect::<Vec<Value>>()
        };
        if joint.differences.is_empty() {
            // For an unknown number the nearest that is known stands on our side.
            let ours = near.map_or(Value::Null, Value::from);
            out.push(line("", ours, Value::Null));
        }
        for d in &joint.differences {
            let (ours, theirs) = (plain(&d.ours), plain(&d.theirs));
            out.push(line(d.field.name(), ours, theirs));
        }
    }
    Rows {
        names: j::COLUMNS.map(str::to_owned).to_vec(),
        rows: out,
    }
}

fn plain(said: &crate::transfer::join::Said) -> Value {
    use crate::transfer::join::Said;
    match said {
        Said::Nothing => Value::Null,
        Said::Day(date) => Value::from(date.to_string()),
        Said::Amount(qty) => Value::from(qty.text()),
        Said::Text(text) => Value::from(text.clone()),
    }
}
