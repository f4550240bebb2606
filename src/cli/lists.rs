//! `list`, `plan` and `promise`: what the screens show, as tables, CSV or JSON.

mod chances;
mod chasing;
mod failures;
mod ledger;
mod lessons;
mod materials;
mod paces;
mod parts;
mod pictures;
mod plans;
mod print_rows;
mod production_orders;
mod records;
mod shipping;
mod timeline;
mod today;
mod what;

use parts::parts;
use pictures::{LoadBy, loads, schedule};
pub(super) use plans::{plan, promise};
use print_rows::plain;
pub(super) use print_rows::write;
pub(super) use shipping::Lot;
pub(super) use what::ListWhat;

use chrono::{Datelike, NaiveDate};
use clap::ValueEnum;
use serde_json::{Map, Value, json};

use super::data::print;
use super::{Failure, Format, Setting};
use crate::app::outlook::{Outlook, Place};
use crate::command::schedule::{AcceptPlan, Placement};
use crate::command::{self, Command};
use crate::domain::codes::Stage;
use crate::domain::rule::ledger::pareto;
use crate::domain::rule::summary::Period;
use crate::domain::rule::today::Today as Agenda;
use crate::domain::world::{Scope, World};
use crate::panel::PartKind;
use crate::plan::gather;
use crate::store::{Access, Store};
use crate::text::summary as summary_words;
use crate::text::width::{Align, pad, width};
use crate::text::{Word, refusal, word};

pub(super) const NO_ORDER: Word = word("没有订单“{0}”。", "There is no order “{0}”.");

const BAD_PERIOD: Word = word(
    "结束日期早于开始日期。",
    "The period ends before it begins.",
);

const NEEDS_ORDER: Word = word(
    "履历是一张订单的：请用 --order 指明。",
    "A timeline is about one order: name it with --order.",
);

const NO_DATE: Word = word(
    "订单 {0} 的产品没有工艺路线，算不出最早交期。",
    "No line of order {0} has a routing, so no date can be computed.",
);

const PLAN_SAID: Word = word(
    "{0} 张生产单，{1} 张会迟。",
    "{0} production orders, {1} of them late.",
);

const ACCEPTED: Word = word("已采用。", "Accepted.");

/// Rows with named columns: the machine's names for JSON and CSV, and cells as JSON values.
pub(super) struct Rows {
    pub(super) names: Vec<String>,
    pub(super) rows: Vec<Vec<Value>>,
}

struct Loaded {
    store: Store,
    world: World,
    outlook: Outlook,
    agenda: Agenda,
}

/// Reads the file; computes the plan where it is asked for.
fn load(setting: &Setting, access: Access, planned: bool, scope: Scope) -> Result<Loaded, Failure> {
    let store = if access == Access::Read {
        setting.read()?
    } else {
        setting.open(access)?
    };
    let world = match scope {
        Scope::Whole => store.world(),
        _ => store.working(),
    };
    let world = world.map_err(|e| Failure::of(&e, setting.lang))?;
    let plan = || gather::outlook(&world, setting.clock.now(), gather::MOVES, &|| false);
    let outlook = planned.then(plan).flatten().unwrap_or_default();
    let agenda = crate::app::todo::agenda(&world, &outlook, setting.clock.now());
    Ok(Loaded {
        store,
        world,
        outlook,
        agenda,
    })
}

/// What else a list is asked for.
#[derive(Debug, Clone, Copy, clap::Args)]
pub(super) struct Ask {
    /// The periods of `load`, the bars of `pareto`
    #[arg(long, value_enum, default_value_t)]
    by: LoadBy,
    /// The year of `summary`; this year where nothing is said
    #[arg(long, value_name = "Y", conflicts_with_all = ["from", "to"])]
    year: Option<i32>,
    /// The first day of `summary`, `ledger` and `pareto`
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// Their last day
    #[arg(long, value_name = "DATE")]
    to: Option<NaiveDate>,
}

impl Ask {
    /// The period that was asked for.
    fn period(&self, setting: &Setting) -> Result<Period, Failure> {
        let today = setting.clock.today();
        let found = match (self.year, self.from, self.to) {
            (Some(year), ..) => Period::year(year),
            (None, None, None) => Period::year(today.year()),
            (None, from, to) => {
                let whole = Period::year(from.or(to).unwrap_or(today).year());
                whole.and_then(|y| Period::between(from.unwrap_or(y.from), to.unwrap_or(y.to)))
            }
        };
        found.ok_or_else(|| Failure(summary_words::BAD_PERIOD.text(setting.lang).to_owned()))
    }

    /// The period of late days; all of them where nothing is said.
    fn days(&self, setting: &Setting) -> Result<pareto::Period, Failure> {
        if self.from.zip(self.to).is_some_and(|(from, to)| to < from) {
            return Err(Failure(BAD_PERIOD.text(setting.lang).to_owned()));
        }
        Ok(pareto::Period {
            from: self.from,
            to: self.to,
        })
    }
}

pub(super) fn list(
    setting: &Setting,
    what: ListWhat,
    format: Format,
    order: Option<&str>,
    filter: Option<&str>,
    ask: Ask,
    lot: &Lot,
) -> Result<(), Failure> {
    if what == ListWhat::Aql {
        // A table of the standard needs no file.
        return write(&shipping::aql(setting, lot)?, format);
    }
    // What is only read from the journal or learnt from news needs no plan.
    let planned = !matches!(what, ListWhat::Done | ListWhat::Silence | ListWhat::Journal);
    let reaches_back = ask.from.is_some();
    let scope = if order.is_some() || reaches_back || !what.is_of_the_day() {
        Scope::Whole
    } else {
        Scope::OffShelf
    };
    let loaded = load(setting, Access::Read, planned, scope)?;
    let order_id = match order {
        None => None,
        Some(no) => match loaded.world.orders.iter().find(|o| o.no == no) {
            Some(found) => Some(found.id),
            None => return Err(Failure(NO_ORDER.fill(setting.lang, &[no]))),
        },
    };
    if matches!(what, ListWhat::Lessons) && order_id.is_none() {
        return write(&lessons::lessons(&loaded.world, filter), format);
    }
    let mut rows = rows(setting, &loaded, what, order_id, ask, format)?;
    if let Some(filter) = filter {
        let matcher = crate::text::search::Matcher::new(filter);
        rows.rows
            .retain(|row| matcher.matches(&row.iter().map(plain).collect::<Vec<_>>().join(" ")));
    }
    write(&rows, format)
}

fn rows(
    setting: &Setting,
    l: &Loaded,
    what: ListWhat,
    order: Option<i64>,
    ask: Ask,
    format: Format,
) -> Result<Rows, Failure> {
    Ok(match what {
        ListWhat::Today => today::lines(setting, l, order, format),
        ListWhat::Done => return today::done(setting, l, order),
        ListWhat::Silence => today::silence(setting, l, order),
        ListWhat::Orders => records::orders(l, order),
        ListWhat::Answers => records::answers(setting, l, order),
        ListWhat::Schedule => schedule(l, order),
        ListWhat::Production => production_orders::production_orders(setting, l, order),
        ListWhat::Load => loads(l, ask.by, order),
        ListWhat::Requirements => materials::requirements(l, order),
        ListWhat::Purchases => materials::purchases(setting, l, order),
        ListWhat::Chances => chances::chances(setting, l, order),
        ListWhat::Summary => chances::summary(setting, l, ask.period(setting)?),
        ListWhat::Chases => chasing::chases(setting, l, order),
        ListWhat::Suppliers => chasing::suppliers(l),
        ListWhat::Kits => materials::kits(l, order),
        ListWhat::Exceptions => failures::exceptions(setting, l, order),
        ListWhat::Impact => failures::impact(setting, l, order),
        ListWhat::Ledger => ledger::ledger(setting, l, order, ask.days(setting)?),
        ListWhat::Pareto => ledger::pareto(setting, l, order, ask.by, ask.days(setting)?),
        ListWhat::Timeline => timeline::timeline(setting, l, order)?,
        ListWhat::Comparison => plans::comparison(l, order),
        ListWhat::Baselines => plans::baselines(l),
        ListWhat::Rules => plans::rules(setting, l),
        ListWhat::Handovers => chasing::handovers(l, order),
        ListWhat::Journal => return records::journal(setting, l, order),
        ListWhat::Points => parts(setting, l, Stage::Intake, PartKind::Points, order),
        ListWhat::Documents => parts(setting, l, Stage::Intake, PartKind::Documents, order),
        ListWhat::Queries => parts(setting, l, Stage::Intake, PartKind::Queries, order),
        ListWhat::Facts => parts(setting, l, Stage::Intake, PartKind::Facts, order),
        ListWhat::Milestones => parts(setting, l, Stage::Intake, PartKind::Milestones, order),
        ListWhat::Samples => parts(setting, l, Stage::Intake, PartKind::Samples, order),
        ListWhat::Lessons => parts(setting, l, Stage::Intake, PartKind::Lessons, order),
        ListWhat::Commitments => parts(setting, l, Stage::Intake, PartKind::Commitments, order),
        ListWhat::Amendments => parts(setting, l, Stage::Intake, PartKind::Amendments, order),
        ListWhat::Progress => paces::progress(setting, l, order),
        ListWhat::Inspections => shipping::inspections(l, order),
        ListWhat::Cartons => shipping::cartons(l, order),
        ListWhat::Papers => shipping::papers(setting, l, order),
        // Listed without a file, before anything is loaded.
        ListWhat::Aql => named(&[], Vec::new()),
        ListWhat::Shipments => parts(setting, l, Stage::Progress, PartKind::Shipments, order),
    })
}

fn named(names: &[&str], rows: Vec<Vec<Value>>) -> Rows {
    Rows {
        names: names.iter().map(|n| (*n).to_owned()).collect(),
        rows,
    }
}

fn date(value: Option<chrono::NaiveDate>) -> Value {
    value.map_or(Value::Null, |d| Value::from(d.to_string()))
}

fn order_no(world: &World, id: Option<i64>) -> Value {
    world
        .orders
        .find(id)
        .map_or(Value::Null, |o| Value::from(o.no.clone()))
}

fn mine(order: Option<i64>, of: Option<i64>) -> bool {
    order.is_none() || order == of
}

fn place_of(l: &Loaded, place: &Place) -> (Value, Value) {
    let centre = l
        .world
        .work_centres
        .find(place.work_centre_id)
        .map(|c| c.code.clone());
    let line = l.world.lines.find(place.line_id).map(|x| x.code.clone());
    (
        centre.map_or(Value::Null, Value::from),
        line.map_or(Value::Null, Value::from),
    )
}

fn item_code(world: &World, id: i64) -> Value {
    world
        .items
        .get(id)
        .map_or(Value::Null, |i| Value::from(i.code.clone()))
}
