//! `report`: a hand-over written to a file, and remembered where somebody is named.

use std::cell::Cell;
use std::io::{IsTerminal, Write};
use std::path::Path;

use chrono::NaiveDate;

use super::data::say;
use super::{Failure, Setting};
use crate::app::outlook::Outlook;
use crate::command::handing::HandOver;
use crate::command::{self, Command};
use crate::domain::exception::Exception;
use crate::domain::order::Order;
use crate::domain::world::World;
use crate::outside;
use crate::plan::gather;
use crate::report::deliver::{self, Errand, Undelivered};
use crate::report::write::Format;
use crate::report::{Lacks, Name, Scope, Side};
use crate::store::Access;
use crate::text::summary::BAD_PERIOD;
use crate::text::{Word, handing, refusal, report as words, word};

const NO_EXCEPTION: Word = word("没有异常“{0}”。", "There is no exception “{0}”.");

/// Which report, about what.
#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// Its name; an unknown one is answered with the list of all
    name: String,
    #[arg(long, value_name = "NO")]
    order: Option<String>,
    /// The exception that an exception report is about
    #[arg(long, value_name = "NO", conflicts_with = "order")]
    no: Option<String>,
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
    /// Remembers whom it is handed to, and marks what has changed since the last time
    #[arg(long, value_name = "WHO")]
    handed_to: Option<String>,
    /// Ends in .xlsx, .csv, .md or .html; a file that is there is written over
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
    if which.from.zip(which.to).is_some_and(|(from, to)| from > to) {
        return Err(Failure(BAD_PERIOD.text(lang).to_owned()));
    }
    let path = which.out.display().to_string();
    let format = Format::of(&path).ok_or(Failure(words::BAD_FILE.text(lang).to_owned()))?;
    let handed_to = which.handed_to.clone().unwrap_or_default();
    let mut store = if handed_to.trim().is_empty() {
        setting.read()?
    } else {
        setting.open(Access::Write)?
    };
    let reaches_back = name.reaches_back() || which.order.is_some() || which.no.is_some();
    let world = match reaches_back {
        true => store.world(),
        false => store.working(),
    };
    let mut world = world.map_err(|e| Failure::of(&e, lang))?;
    if let (Name::Timeline, Some(no)) = (name, &which.order) {
        world.deeds = store.deeds(no).map_err(|e| Failure::of(&e, lang))?;
    }
    let partner = which.partner.as_deref().unwrap_or("");
    if Side::of(&world, partner).is_none() {
        return Err(Failure(words::NO_PARTNER.fill(lang, &[partner])));
    }
    let (order, exception) = subject(setting, which, &world)?;
    let of_year = |month, day| {
        which
            .year
            .and_then(|y| NaiveDate::from_ymd_opt(y, month, day))
    };
    let errand = Errand {
        name,
        format,
        handed_to,
        exception: exception.map(|e| e.id),
    };
    let progress = Progress::new(setting);
    let now = setting.clock.now();
    let outlook = if name.needs_outlook() {
        progress.planning();
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
    let made = deliver::make(&errand, &scope, &|done, total| progress.rows(done, total));
    progress.end();
    let made = made.map_err(|error| match error {
        Undelivered::Lacks(Lacks::Order) => Failure(words::NEEDS_ORDER.fill(lang, &[title])),
        Undelivered::Lacks(Lacks::Rows | Lacks::Chances) => {
            Failure(words::NOTHING.fill(lang, &[title]))
        }
        Undelivered::Stopped => Failure(handing::STOPPED.text(lang).to_owned()),
        Undelivered::Failed(reason) => Failure(reason),
    })?;
    write(&which.out, &made.bytes, setting)?;
    let said = words::MADE.fill(lang, &[&path]);
    let said = format!("{said} {}", made.said(lang));
    if !made.handover.handed_to.is_empty() {
        let command = Command::HandOver(Box::new(HandOver {
            handover: made.handover,
            title: title.to_owned(),
        }));
        command::apply(&mut store, &world, &command)
            .map_err(|refused| Failure(refusal::sentence(&refused, lang)))?;
    }
    say(said.trim());
    Ok(())
}

/// The order and the exception that are named.
fn subject<'a>(
    setting: &Setting,
    which: &Which,
    world: &'a World,
) -> Result<(Option<&'a Order>, Option<&'a Exception>), Failure> {
    let order = match &which.order {
        None => None,
        Some(no) => {
            let found = world.orders.iter().find(|o| o.no == *no);
            let unknown = || Failure(super::lists::NO_ORDER.fill(setting.lang, &[no]));
            Some(found.ok_or_else(unknown)?)
        }
    };
    let exception = match &which.no {
        None => None,
        Some(no) => {
            let found = world.exceptions.iter().find(|e| e.no == *no);
            let unknown = || Failure(NO_EXCEPTION.fill(setting.lang, &[no]));
            Some(found.ok_or_else(unknown)?)
        }
    };
    let of_it = exception.and_then(|e| world.orders.find(e.order_id));
    Ok((order.or(of_it), exception))
}

/// How far the work is, said on standard error where that is a terminal.
struct Progress<'a> {
    setting: &'a Setting,
    terminal: bool,
    /// Whether something stands on the line.
    said: Cell<bool>,
}

impl<'a> Progress<'a> {
    fn new(setting: &'a Setting) -> Self {
        Self {
            setting,
            terminal: std::io::stderr().is_terminal(),
            said: Cell::new(false),
        }
    }

    fn line(&self, text: &str) {
        if self.terminal {
            // A terminal that is gone is no reason to fail.
            let _ = write!(std::io::stderr(), "\r\u{1b}[K{text}");
            self.said.set(!text.is_empty());
        }
    }

    fn planning(&self) {
        self.line(handing::PLANNING.text(self.setting.lang));
    }

    fn rows(&self, done: usize, total: usize) -> bool {
        if total > 0 {
            let (done, total) = (done.to_string(), total.to_string());
            self.line(&handing::ROWS.fill(self.setting.lang, &[&done, &total]));
        }
        true
    }

    /// Leaves the line as it was.
    fn end(&self) {
        if self.said.get() {
            self.line("");
        }
    }
}

fn write(path: &Path, bytes: &[u8], setting: &Setting) -> Result<(), Failure> {
    outside::write_whole(path, bytes).map_err(|e| {
        let args = [path.display().to_string(), e.to_string()];
        Failure(super::data::CANNOT_WRITE.fill(setting.lang, &[&args[0], &args[1]]))
    })
}
