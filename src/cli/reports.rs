//! `report`: a hand-over written to a file.

use std::path::Path;

use chrono::NaiveDate;

use super::data::say;
use super::{Failure, Setting};
use crate::app::outlook::Outlook;
use crate::outside;
use crate::plan::gather;
use crate::report::write::Format;
use crate::report::{self, Lacks, Name, Scope};
use crate::text::report as words;

/// Which report, about what.
#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// query-sheet, change-notice, order-review, production-notice, schedule, schedule-forms, requirements, tracking, kits
    name: String,
    #[arg(long, value_name = "NO")]
    order: Option<String>,
    /// The supplier or customer that a claim is about: code or name
    #[arg(long, value_name = "CODE")]
    partner: Option<String>,
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
    /// The whole year, instead of from and to
    #[arg(long, value_name = "Y", conflicts_with_all = ["from", "to"])]
    year: Option<i32>,
    /// Ends in .xlsx, .csv, .md or .html
    #[arg(short = 'o', value_name = "FILE")]
    out: std::path::PathBuf,
}

pub(super) fn report(setting: &Setting, which: &Which) -> Result<(), Failure> {
    let lang = setting.lang;
    let Some(name) = Name::of(&which.name) else {
        let all: Vec<&str> = Name::ALL.iter().map(|n| n.code()).collect();
        let said = words::UNKNOWN.fill(lang, &[&which.name, &all.join(", ")]);
        return Err(Failure(said));
    };
    let path = which.out.display().to_string();
    let format = Format::of(&path).ok_or(Failure(words::BAD_FILE.text(lang).to_owned()))?;
    let store = setting.read()?;
    let mut world = store.world().map_err(|e| Failure::of(&e, lang))?;
    if let (Name::Timeline, Some(no)) = (name, &which.order) {
        world.deeds = store.deeds(no).map_err(|e| Failure::of(&e, lang))?;
    }
    let order = match &which.order {
        None => None,
        Some(no) => {
            let found = world.orders.iter().find(|o| o.no == *no);
            Some(found.ok_or_else(|| Failure(super::lists::NO_ORDER.fill(lang, &[no])))?)
        }
    };
    let partner = which.partner.as_deref().unwrap_or("");
    if report::Side::of(&world, partner).is_none() {
        return Err(Failure(words::NO_PARTNER.fill(lang, &[partner])));
    }
    let of_year = |month, day| {
        which
            .year
            .and_then(|y| NaiveDate::from_ymd_opt(y, month, day))
    };
    let now = setting.clock.now();
    let outlook = if name.needs_outlook() {
        gather::outlook(&world, now, gather::MOVES, &|| false).unwrap_or_default()
    } else {
        Outlook::default()
    };
    let scope = Scope {
        partner,
        world: &world,
        outlook: &outlook,
        now,
        today: setting.clock.today(),
        lang,
        order,
        from: which.from.or_else(|| of_year(1, 1)),
        to: which.to.or_else(|| of_year(12, 31)),
    };
    let title = name.word().text(lang);
    let paper = report::make(name, &scope).map_err(|lacks| {
        let word = match lacks {
            Lacks::Order => words::NEEDS_ORDER,
            Lacks::Rows => words::NOTHING,
        };
        Failure(word.fill(lang, &[title]))
    })?;
    let bytes = report::write::bytes(&paper, format, lang).map_err(Failure)?;
    write(&which.out, &bytes, setting)?;
    say(&words::MADE.fill(lang, &[&path]));
    Ok(())
}

fn write(path: &Path, bytes: &[u8], setting: &Setting) -> Result<(), Failure> {
    outside::write_whole(path, bytes).map_err(|e| {
        let args = [path.display().to_string(), e.to_string()];
        Failure(super::data::CANNOT_WRITE.fill(setting.lang, &[&args[0], &args[1]]))
    })
}
