//! `list`, `plan` and `promise`: what the screens show, as tables, CSV or JSON.

mod print_rows;

mod chances;
mod chasing;
mod failures;
mod ledger;
mod lessons;
mod paces;
mod pictures;
mod plans;
mod shipping;
mod timeline;
mod today;

use pictures::{LoadBy, loads, schedule};
pub(super) use plans::{plan, promise};
use print_rows::plain;
pub(super) use print_rows::write;
pub(super) use shipping::Lot;

use chrono::{Datelike, NaiveDate};
use clap::ValueEnum;

use serde_json::{Map, Value, json};

use super::data::print;

use super::{Failure, Format, Setting};

use crate::app::outlook::{Outlook, Place};

use crate::command::schedule::{AcceptPlan, Placement};

use crate::command::{self, Command};

use crate::domain::codes::Stage;

use crate::domain::rule::summary::Period;
use crate::domain::rule::today::Today as Agenda;

use crate::domain::rule::ledger::pareto;
use crate::domain::rule::{delivery, production, purchase, review};

use crate::app::gate;
use crate::domain::codes::ProductionState;
use crate::domain::world::{Scope, World};

use crate::panel::{self, Content, Cx, Listing, PartKind};

use crate::plan::gather;

use crate::store::{Access, Store};

use crate::text::width::{Align, pad, width};

use crate::text::summary as summary_words;
use crate::text::{Word, production as made_words, refusal, word};

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ListWhat {
    Today,
    Done,
    Silence,
    Orders,
    Points,
    Documents,
    Facts,
    Queries,
    Milestones,
    Amendments,
    Samples,
    Lessons,
    Commitments,
    Answers,
    Schedule,
    Production,
    Load,
    Requirements,
    Purchases,
    Chances,
    Chases,
    Suppliers,
    Kits,
    Progress,
    Shipments,
    Inspections,
    Cartons,
    Papers,
    Aql,
    Exceptions,
    Impact,
    Ledger,
    Pareto,
    Summary,
    Timeline,
    Comparison,
    Baselines,
    Rules,
    Handovers,
    Journal,
}

impl ListWhat {
    /// Whether it is about what is going on, as the panels show it; the others list everything that
    /// ever was, the shelf included.
    const fn is_of_the_day(self) -> bool {
        matches!(
            self,
            Self::Today
                | Self::Done
                | Self::Silence
                | Self::Points
                | Self::Schedule
                | Self::Load
                | Self::Requirements
                | Self::Chances
                | Self::Chases
                | Self::Suppliers
                | Self::Kits
                | Self::Progress
                | Self::Impact
                | Self::Ledger
                | Self::Pareto
                | Self::Comparison
                | Self::Baselines
                | Self::Rules
                | Self::Lessons
        )
    }
}

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
        ListWhat::Orders => orders(l, order),
        ListWhat::Answers => answers(setting, l, order),
        ListWhat::Schedule => schedule(l, order),
        ListWhat::Production => production_orders(setting, l, order),
        ListWhat::Load => loads(l, ask.by, order),
        ListWhat::Requirements => requirements(l, order),
        ListWhat::Purchases => purchases(setting, l, order),
        ListWhat::Chances => chances::chances(setting, l, order),
        ListWhat::Summary => chances::summary(setting, l, ask.period(setting)?),
        ListWhat::Chases => chasing::chases(setting, l, order),
        ListWhat::Suppliers => chasing::suppliers(l),
        ListWhat::Kits => kits(l, order),
        ListWhat::Exceptions => failures::exceptions(setting, l, order),
        ListWhat::Impact => failures::impact(setting, l, order),
        ListWhat::Ledger => ledger::ledger(setting, l, order, ask.days(setting)?),
        ListWhat::Pareto => ledger::pareto(setting, l, order, ask.by, ask.days(setting)?),
        ListWhat::Timeline => timeline::timeline(setting, l, order)?,
        ListWhat::Comparison => plans::comparison(l, order),
        ListWhat::Baselines => plans::baselines(l),
        ListWhat::Rules => plans::rules(setting, l),
        ListWhat::Handovers => chasing::handovers(l, order),
        ListWhat::Journal => return journal(setting, l, order),
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

/// A part of a panel for every order, or for one: what the screen shows, word for word.
fn parts(setting: &Setting, l: &Loaded, stage: Stage, kind: PartKind, order: Option<i64>) -> Rows {
    let base = std::cell::OnceCell::new();
    let cx = Cx {
        world: &l.world,
        now: setting.clock.now(),
        lang: setting.lang,
        agenda: &l.agenda,
        outlook: &l.outlook,
        journal: &[],
        rush: None,
        in_sight: None,
        view: crate::panel::View::default(),
        symbols: crate::theme::SymbolSet::Unicode.symbols(),
        lessons: &base,
    };
    let mut rows = Rows {
        names: Vec::new(),
        rows: Vec::new(),
    };
    for one in l
        .world
        .orders
        .iter()
        .filter(|o| order.is_none_or(|id| id == o.id))
    {
        let detail = panel::of(stage).detail(&cx, one.id);
        let found = detail
            .parts
            .into_iter()
            .find(|p| p.kind == kind)
            .map(|p| p.content);
        let Some(Content::List(listing)) = found else {
            continue;
        };
        rows.names = headings(&listing, setting);
        for row in listing.rows {
            let mut cells = vec![Value::from(one.no.clone())];
            cells.extend(row.cells.into_iter().map(|c| Value::from(c.text)));
            rows.rows.push(cells);
        }
    }
    rows
}

fn headings(listing: &Listing, setting: &Setting) -> Vec<String> {
    let own = listing
        .columns
        .iter()
        .map(|c| c.title.text(setting.lang).to_owned());
    std::iter::once("order".to_owned()).chain(own).collect()
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

fn orders(l: &Loaded, order: Option<i64>) -> Rows {
    let row = |o: &crate::domain::order::Order| {
        let q = delivery::order_qty(&l.world, o);
        let customer = l
            .world
            .customers
            .find(o.customer_id)
            .map(|c| c.name.clone());
        vec![
            Value::from(o.no.clone()),
            customer.map_or(Value::Null, Value::from),
            Value::from(o.customer_po.clone()),
            Value::from(o.state.code()),
            Value::from(q.ordered.text()),
            Value::from(q.shipped.text()),
            Value::from(q.open.text()),
            date(delivery::requested(&l.world, o)),
            date(delivery::promised(&l.world, o)),
        ]
    };
    let rows = l
        .world
        .orders
        .iter()
        .filter(|o| mine(order, Some(o.id)))
        .map(row)
        .collect();
    let names = [
        "no",
        "customer",
        "customer_po",
        "state",
        "ordered",
        "shipped",
        "open",
        "requested_date",
        "promised_date",
    ];
    named(&names, rows)
}

/// Every answer of every round, the silent ones with the days since they were asked.
fn answers(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let today = setting.clock.today();
    let mut rows = Vec::new();
    for round in &l.world.review_rounds {
        if !mine(order, Some(round.order_id)) {
            continue;
        }
        for a in review::answers(&l.world, round) {
            rows.push(vec![
                order_no(&l.world, Some(round.order_id)),
                Value::from(round.no),
                Value::from(a.department.code()),
                date(Some(a.asked_on)),
                date(a.answered_on),
                date(a.date),
                a.days.map_or(Value::Null, Value::from),
                a.satisfied.map_or(Value::Null, Value::from),
                Value::from(a.risk.clone()),
                Value::from(a.countermeasure.clone()),
                review::silent_days(a, today).map_or(Value::Null, Value::from),
                Value::from(a.carried),
            ]);
        }
    }
    let names = [
        "order",
        "round",
        "department",
        "asked_on",
        "answered_on",
        "date",
        "days",
        "satisfied",
        "risk",
        "countermeasure",
        "silent_days",
        "carried",
    ];
    named(&names, rows)
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

/// Production orders with both quantities and what is missing for their release.
fn production_orders(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let today = setting.clock.today();
    let mut rows = Vec::new();
    for made in &l.world.production_orders {
        let owners = production::owners(&l.world, made);
        if order.is_some() && !owners.iter().any(|(o, ..)| Some(o.id) == order) {
            continue;
        }
        let (_, line) = production::owner(&l.world, made).unzip();
        let both = line.map(|line| production::both(&l.world, line));
        let last = l.world.operations.of(made.id).max_by_key(|o| o.seq);
        let done = last.map(|o| production::done(&l.world, o));
        let missing = if made.state == ProductionState::Proposed {
            gate::gate(&l.world, &l.outlook, made, today)
        } else {
            Vec::new()
        };
        let missing = missing
            .iter()
            .map(|item| Value::from(made_words::missing(&l.world, item, today, setting.lang).0));
        let qty = |q: Option<crate::domain::quantity::Qty>| {
            q.map_or(Value::Null, |q| Value::from(q.text()))
        };
        let orders: Vec<&str> = owners.iter().map(|(o, ..)| o.no.as_str()).collect();
        rows.push(vec![
            Value::from(made.no.clone()),
            Value::from(orders.join(" ")),
            line.map_or(Value::Null, |line| Value::from(line.no)),
            made.item_id
                .map_or(Value::Null, |id| item_code(&l.world, id)),
            qty(both.map(|b| b.ordered)),
            qty(both.map(|b| b.in_production)),
            Value::from(made.qty.text()),
            qty(done),
            Value::from(state_code(production::standing(&l.world, made))),
            Value::from(missing.collect::<Vec<_>>()),
        ]);
    }
    let names = [
        "no",
        "order",
        "line",
        "item",
        "ordered",
        "in_production",
        "qty",
        "done",
        "state",
        "missing",
    ];
    named(&names, rows)
}

const fn state_code(standing: production::Standing) -> &'static str {
    use production::Standing as S;
    match standing {
        S::Proposed => "proposed",
        S::Released => "released",
        S::InProgress => "in_progress",
        S::Finished => "finished",
        S::OnHold => "on_hold",
        S::Cancelled => "cancelled",
    }
}

fn item_code(world: &World, id: i64) -> Value {
    world
        .items
        .get(id)
        .map_or(Value::Null, |i| Value::from(i.code.clone()))
}

fn requirements(l: &Loaded, order: Option<i64>) -> Rows {
    let ours = |r: &&crate::app::outlook::Requirement| {
        order.is_none() || r.pegs.iter().any(|p| p.order_id == order)
    };
    let behind = |r: &crate::app::outlook::Requirement| {
        l.outlook
            .requirement(r.item_id, r.need_date)
            .map(|(_, row)| row)
    };
    let row = |r: &crate::app::outlook::Requirement| {
        let peg = |p: &crate::app::outlook::Peg| json!({ "order": order_no(&l.world, p.order_id), "line": p.line_no, "qty": p.qty.text() });
        vec![
            item_code(&l.world, r.item_id),
            Value::from(r.need_date.to_string()),
            Value::from(r.gross.text()),
            Value::from(r.from_stock.text()),
            Value::from(r.from_on_order.text()),
            Value::from(r.net.text()),
            Value::from(if r.make { "make" } else { "buy" }),
            Value::from(r.qty_planned.text()),
            Value::from(r.release_date.to_string()),
            Value::from(r.rule.clone()),
            Value::from(r.pegs.iter().map(peg).collect::<Vec<_>>()),
            Value::from(behind(r).map_or(String::new(), |row| row.surplus.text())),
            Value::from(behind(r).map_or(String::new(), |row| row.shortage.text())),
            Value::from(behind(r).map_or(0, |row| row.late_days)),
        ]
    };
    let rows = l
        .outlook
        .requirements
        .iter()
        .filter(ours)
        .map(row)
        .collect();
    let names = [
        "item",
        "need_date",
        "gross",
        "from_stock",
        "from_on_order",
        "net",
        "buy_or_make",
        "qty_planned",
        "release_date",
        "rule",
        "pegs",
        "surplus",
        "shortage",
        "late_days",
    ];
    named(&names, rows)
}

fn purchases(setting: &Setting, l: &Loaded, order: Option<i64>) -> Rows {
    let today = setting.clock.today();
    let row = |p: &crate::domain::purchase::Purchase| {
        let arrival = purchase::arrival(&l.world, p);
        let (first, latest) = purchase::promises(&l.world, p);
        let supplier = l
            .world
            .suppliers
            .find(p.supplier_id)
            .map(|s| s.code.clone());
        vec![
            Value::from(p.no.clone()),
            Value::from(p.line),
            item_code(&l.world, p.item_id),
            supplier.map_or(Value::Null, Value::from),
            order_no(&l.world, p.order_id),
            Value::from(p.qty.text()),
            Value::from(arrival.accepted.text()),
            Value::from(arrival.rejected.text()),
            Value::from(arrival.open.text()),
            date(p.required_date),
            date(first.map(|x| x.date)),
            date(latest.map(|x| x.date)),
            Value::from(purchase::overdue_days(&l.world, p, today).unwrap_or(0)),
            Value::from(arrival.held.text()),
            Value::from(arrival.to_return().text()),
            Value::from(p.unit.clone()),
            p.unit_price
                .map_or(Value::Null, |price| Value::from(price.text())),
        ]
    };
    let rows = l
        .world
        .purchases
        .iter()
        .filter(|p| mine(order, p.order_id))
        .map(row)
        .collect();
    let names = [
        "no",
        "line",
        "item",
        "supplier",
        "order",
        "qty",
        "accepted",
        "rejected",
        "open",
        "required_date",
        "first_promise",
        "latest_promise",
        "overdue_days",
        "held",
        "to_return",
        "unit",
        "unit_price",
    ];
    named(&names, rows)
}

fn kits(l: &Loaded, order: Option<i64>) -> Rows {
    let mut rows = Vec::new();
    let gain = |g: &crate::app::outlook::KitGain| json!({ "item": item_code(&l.world, g.item), "by": date(g.by), "more_sets": g.more_sets.text() });
    for (id, kit) in l.outlook.kits.iter() {
        let Some(made) = l.world.production_orders.get(*id) else {
            continue;
        };
        if !mine(order, production::owner(&l.world, made).map(|(o, _)| o.id)) {
            continue;
        }
        rows.push(vec![
            Value::from(made.no.clone()),
            Value::from(kit.needed_sets.text()),
            Value::from(kit.buildable_sets.text()),
            Value::from(kit.item_rate.text()),
            date(kit.ready),
            Value::from(
                kit.blocking
                    .iter()
                    .map(|i| item_code(&l.world, *i))
                    .collect::<Vec<_>>(),
            ),
            Value::from(kit.gains.iter().map(gain).collect::<Vec<_>>()),
        ]);
    }
    named(
        &[
            "production_order",
            "needed_sets",
            "buildable_sets",
            "item_rate",
            "kit_ready_date",
            "blocking",
            "gains",
        ],
        rows,
    )
}

fn journal(setting: &Setting, l: &Loaded, order: Option<i64>) -> Result<Rows, Failure> {
    let no = l.world.orders.find(order).map(|o| o.no.as_str());
    let lines = l
        .store
        .journal(no, i64::MAX)
        .map_err(|e| Failure::of(&e, setting.lang))?;
    let row = |line: &crate::store::journal::Line| {
        vec![
            Value::from(line.id),
            Value::from(line.at.clone()),
            Value::from(line.who.clone()),
            Value::from(line.kind.clone()),
            Value::from(crate::text::diary::sentence(line, setting.lang)),
            Value::from(line.order_no.clone()),
        ]
    };
    Ok(named(
        &["id", "at", "who", "kind", "what", "order"],
        lines.iter().map(row).collect(),
    ))
}
