//! The page of late days: what it shows at each level, and where its rows lead.

use chrono::NaiveDate;

use super::App;
use super::outlook::{Bound, Finish, Outlook, Place};
use crate::domain::order::Order;
use crate::domain::rule::ledger::pareto::{self, Bar, Month, Period};
use crate::domain::rule::ledger::{self, Charge, Facts, Given, Ledger};
use crate::domain::rule::production;
use crate::domain::world::World;
use crate::overlay::Overlay;
use crate::overlay::ledger::{Chart, LedgerPage, LedgerReply, Level, Subject};
use crate::overlay::sheet::Sheet;
use crate::panel::build::{customer, day, percent, product, sort_key, text};
use crate::panel::{
    Cell, Column, Cx, Listing, Row, Width, column, exceptions_ledger, number, place,
};
use crate::text::{ledger as said, words as w};
use crate::theme::{Role, Styles};
use crate::widget::chart::bar;

/// Cells of a bar.
const BAR: u16 = 16;
/// Months in the line of months over the charts.
const MONTHS_SHOWN: usize = 24;

const BARS: &[Column] = &[
    column(said::CHARGED_TO, Width::Fill(1), 0),
    number(said::DAYS, 6, 0),
    column(said::BAR, Width::Fixed(BAR), 2),
    number(said::SHARE, 6, 1),
    number(said::CUMULATIVE, 6, 0),
    number(said::ORDERS, 6, 3),
    number(said::EXCEPTIONS, 6, 0),
];

const MONTHS: &[Column] = &[
    column(said::MONTH, Width::Fixed(9), 0),
    number(said::DAYS, 6, 0),
    column(said::BAR, Width::Fixed(BAR), 1),
    column(said::MOST, Width::Fill(1), 0),
];

const ORDERS: &[Column] = &[
    column(w::ORDER_NO, Width::Fixed(12), 0),
    column(w::CUSTOMER, Width::Fill(1), 1),
    column(w::PRODUCT, Width::Fill(1), 3),
    column(said::AGREED, Width::Fixed(11), 2),
    column(said::ENDED, Width::Fixed(13), 2),
    number(said::DAYS, 5, 0),
    number(said::LATE_DAYS, 9, 0),
];

/// What the plan says of work that is not done, as ledgers take it.
#[must_use]
pub fn given(outlook: &Outlook, today: NaiveDate) -> Given {
    given_by(outlook.finishes.iter(), outlook.places.iter(), today)
}

/// The same of one order alone.
#[must_use]
pub fn given_of(world: &World, outlook: &Outlook, today: NaiveDate, order: &Order) -> Given {
    let made = production::of_order(world, order);
    let finishes = made
        .clone()
        .filter_map(|m| outlook.finishes.get_key_value(&m.id));
    let places = made
        .flat_map(|m| world.operations.of(m.id))
        .filter_map(|o| outlook.places.get_key_value(&o.id));
    given_by(finishes, places, today)
}

fn given_by<'a>(
    finishes: impl IntoIterator<Item = (&'a i64, &'a Finish)>,
    places: impl IntoIterator<Item = (&'a i64, &'a Place), IntoIter: Clone>,
    today: NaiveDate,
) -> Given {
    let (finishes, places) = (finishes.into_iter(), places.into_iter());
    let waits = places.clone().filter(|(_, p)| p.bound == Bound::Material);
    Given {
        today,
        finishes: finishes.map(|(id, f)| (*id, f.ends.date())).collect(),
        places: places
            .map(|(id, p)| (*id, (p.starts.date(), p.ends.date())))
            .collect(),
        materials: waits.map(|(id, p)| (*id, p.by.clone())).collect(),
    }
}

/// The ledgers of all orders, as the screens, reports and lists show them.
#[must_use]
pub fn all(world: &World, outlook: &Outlook, today: NaiveDate) -> Vec<Ledger> {
    let given = given(outlook, today);
    ledger::all(&Facts::new(world, &given))
}

impl App {
    /// Opens the page of late days.
    pub(super) fn open_ledger(&mut self) {
        let ledgers = all(&self.world, &self.outlook, self.cx().today());
        let mut page = Box::new(LedgerPage::new(ledgers));
        write(&self.cx(), &mut page, &self.styles);
        self.overlays.push(Overlay::Ledger(page));
    }

    pub(super) fn on_ledger_key(&mut self, key: crossterm::event::KeyEvent) {
        let Some(Overlay::Ledger(mut page)) = self.overlays.pop() else {
            return;
        };
        match page.on_key(key) {
            LedgerReply::Leave => return,
            LedgerReply::Taken => {}
            LedgerReply::Write => write(&self.cx(), &mut page, &self.styles),
            LedgerReply::Open => {
                if self.open_ledger_row(&mut page) {
                    return;
                }
            }
        }
        self.overlays.push(Overlay::Ledger(page));
    }

    /// Goes a level deeper, or to the evidence; returns whether the page is left.
    fn open_ledger_row(&mut self, page: &mut LedgerPage) -> bool {
        let today = self.cx().today();
        let period = page.span.period(today);
        let at = page.sheet.selected;
        let deeper = match page.level {
            Level::Chart => subject(&self.cx(), page, period, at).map(Level::Orders),
            Level::Orders(of) => {
                let list = orders(&self.cx(), page, of, period);
                let found = list.get(at).map(|(order, _)| *order);
                found.map(|order| Level::Days { of, order })
            }
            Level::Days { order, .. } => {
                let cx = self.cx();
                let ledger = page.ledgers.iter().find(|l| l.order_id == order);
                let charge = ledger.and_then(|l| l.charges.get(at));
                let place = charge.and_then(|c| place::of_evidence(&cx, order, c.evidence));
                match place {
                    Some(place) => {
                        self.go_to(&place);
                        return true;
                    }
                    None => self.say_word(said::NO_EVIDENCE, Role::Warn),
                }
                None
            }
        };
        if let Some(level) = deeper {
            page.down(level);
            write(&self.cx(), page, &self.styles);
        }
        false
    }
}

/// What the row of a chart stands for.
fn subject(cx: &Cx<'_>, page: &LedgerPage, period: Period, at: usize) -> Option<Subject> {
    match page.chart {
        Chart::Pareto(by) => {
            let bars = pareto::bars(cx.world, &page.ledgers, by, period);
            bars.get(at).map(|b| Subject::Bar(b.whose))
        }
        Chart::Months => {
            let months = pareto::trend(&page.ledgers, period);
            months.iter().rev().nth(at).map(|m| Subject::Month(m.first))
        }
    }
}

/// The orders of a bar or month with their days there, most first.
fn orders(cx: &Cx<'_>, page: &LedgerPage, of: Subject, period: Period) -> Vec<(i64, i64)> {
    match (of, page.chart) {
        (Subject::Bar(whose), Chart::Pareto(by)) => {
            let bars = pareto::bars(cx.world, &page.ledgers, by, period);
            let bar = bars.into_iter().find(|b| b.whose == whose);
            bar.map_or_else(Vec::new, |b| b.orders)
        }
        (Subject::Month(first), _) => {
            let next = first.checked_add_months(chrono::Months::new(1));
            let month = Period {
                from: Some(first).max(period.from),
                to: next.and_then(|n| n.pred_opt()),
            };
            let mut sums = std::collections::BTreeMap::new();
            for (order, charge) in pareto::charges(&page.ledgers, &month) {
                *sums.entry(order).or_insert(0) += charge.days();
            }
            let mut list: Vec<(i64, i64)> = sums.into_iter().collect();
            list.sort_by_key(|(order, days)| (std::cmp::Reverse(*days), *order));
            list
        }
        (Subject::Bar(_), Chart::Months) => Vec::new(),
    }
}

/// Writes the page for where the user is.
fn write(cx: &Cx<'_>, page: &mut LedgerPage, styles: &Styles) {
    let period = page.span.period(cx.today());
    let selected = page.sheet.selected;
    let mut sheet = Sheet::read(cx.say(said::LEDGER), Listing::default());
    sheet.decides = Some(said::OPEN);
    let span = cx.say(page.span.word());
    let keys;
    match page.level {
        Level::Chart => {
            keys = said::KEYS;
            sheet.lines = chart_lines(cx, page, period, styles);
            sheet.listing = match page.chart {
                Chart::Pareto(by) => bar_rows(
                    cx,
                    &pareto::bars(cx.world, &page.ledgers, by, period),
                    by,
                    styles,
                ),
                Chart::Months => month_rows(cx, &pareto::trend(&page.ledgers, period), styles),
            };
        }
        Level::Orders(of) => {
            keys = said::KEYS_ORDERS;
            let list = orders(cx, page, of, period);
            let days: i64 = list.iter().map(|(_, days)| days).sum();
            let name = match (of, page.chart) {
                (Subject::Bar(whose), Chart::Pareto(by)) => said::bar(cx.world, whose, by, cx.lang),
                (Subject::Bar(whose), Chart::Months) => said::class(whose, cx.lang),
                (Subject::Month(first), _) => month(first),
            };
            let head = said::HEAD_ORDERS.fill(cx.lang, &[&name, span, &days.to_string()]);
            sheet.lines = vec![(head, Role::Title)];
            sheet.listing = order_rows(cx, page, &list);
        }
        Level::Days { order, .. } => {
            keys = said::KEYS_DAYS;
            let ledger = page.ledgers.iter().find(|l| l.order_id == order);
            if let Some(ledger) = ledger {
                sheet.lines = vec![(head_of(cx, ledger), Role::Title)];
                sheet.listing = Listing {
                    columns: exceptions_ledger::DAYS,
                    rows: exceptions_ledger::rows(cx, ledger),
                    empty: Some(said::EMPTY_PART),
                };
            }
        }
    }
    sheet.lines.push((cx.say(keys).to_owned(), Role::Dim));
    sheet.selected = selected.min(sheet.listing.rows.len().saturating_sub(1));
    page.sheet = sheet;
}

/// An order's lateness in a sentence.
fn head_of(cx: &Cx<'_>, ledger: &Ledger) -> String {
    let late = &ledger.late;
    let no = cx.world.orders.get(ledger.order_id);
    let no = no.map_or("", |o| o.no.as_str());
    let ended = if late.shipped {
        said::SHIPPED
    } else {
        said::EXPECTED
    };
    let show = |d| crate::text::show::day(d, cx.today(), cx.lang);
    let (agreed, ends) = (show(late.agreed), show(late.ends));
    let (days, absorbed) = (late.days().to_string(), ledger.absorbed.to_string());
    let args = [no, &agreed, cx.say(ended), &ends, &days, &absorbed];
    said::HEAD_ORDER.fill(cx.lang, &args)
}

fn chart_lines(
    cx: &Cx<'_>,
    page: &LedgerPage,
    period: Period,
    styles: &Styles,
) -> Vec<(String, Role)> {
    let in_period = |l: &&Ledger| {
        let within = |c: &Charge| c.within(period.from, period.to).is_some();
        l.charges.iter().any(within)
    };
    let count = page.ledgers.iter().filter(in_period).count().to_string();
    let days: i64 = pareto::charges(&page.ledgers, &period)
        .map(|(_, c)| c.days())
        .sum();
    let (name, span) = (cx.say(page.chart.word()), cx.say(page.span.word()));
    let head = said::HEAD.fill(cx.lang, &[name, span, &count, &days.to_string()]);
    let mut lines = vec![(head, Role::Title)];
    let months = pareto::trend(&page.ledgers, period);
    let shown = months.get(months.len().saturating_sub(MONTHS_SHOWN)..);
    let shown = shown.unwrap_or_default();
    if let (Some(first), Some(last), Chart::Pareto(_)) = (shown.first(), shown.last(), page.chart) {
        let values: Vec<i64> = shown.iter().map(|m| m.days).collect();
        let line = styles.symbols.sparkline(&values);
        let args = [&month(first.first), &line, &month(last.first)];
        let args = args.map(String::as_str);
        lines.push((said::TREND.fill(cx.lang, &args), Role::Base));
    }
    lines
}

/// `2026-11`, in every language.
fn month(first: NaiveDate) -> String {
    first.format("%Y-%m").to_string()
}

fn count(n: i64) -> Cell {
    text(n.to_string()).by(sort_key(n))
}

fn bar_rows(cx: &Cx<'_>, bars: &[Bar], by: pareto::By, styles: &Styles) -> Listing {
    let most = bars.iter().map(|b| b.days).max().unwrap_or(0).max(1);
    let row = |(b, id): (&Bar, i64)| Row {
        id,
        cells: vec![
            text(said::bar(cx.world, b.whose, by, cx.lang)),
            count(b.days),
            Cell::new(bar(b.days, most, BAR, styles.symbols), Role::Accent),
            percent(b.share),
            percent(b.cumulative),
            count(i64::try_from(b.orders.len()).unwrap_or(i64::MAX)),
            count(i64::try_from(b.exceptions).unwrap_or(i64::MAX)),
        ],
    };
    Listing {
        columns: BARS,
        rows: bars.iter().zip(1..).map(row).collect(),
        empty: Some(said::EMPTY_PAGE),
    }
}

/// The latest month first.
fn month_rows(cx: &Cx<'_>, months: &[Month], styles: &Styles) -> Listing {
    let most = months.iter().map(|m| m.days).max().unwrap_or(0).max(1);
    let row = |(m, id): (&Month, i64)| Row {
        id,
        cells: vec![
            text(month(m.first)),
            count(m.days),
            Cell::new(bar(m.days, most, BAR, styles.symbols), Role::Accent),
            text(said::mostly(m, cx.lang)),
        ],
    };
    Listing {
        columns: MONTHS,
        rows: months.iter().rev().zip(1..).map(row).collect(),
        empty: Some(said::EMPTY_BY_MONTH),
    }
}

fn order_rows(cx: &Cx<'_>, page: &LedgerPage, list: &[(i64, i64)]) -> Listing {
    let row = |(id, days): &(i64, i64)| {
        let order = cx.world.orders.get(*id)?;
        let late = page.ledgers.iter().find(|l| l.order_id == *id)?.late;
        let ends = day(Some(late.ends), cx);
        Some(Row {
            id: *id,
            cells: vec![
                text(order.no.clone()),
                customer(cx, order),
                product(cx, order),
                day(Some(late.agreed), cx),
                Cell {
                    role: if late.shipped { Role::Base } else { Role::Warn },
                    ..ends
                },
                count(*days),
                count(late.days()),
            ],
        })
    };
    Listing {
        columns: ORDERS,
        rows: list.iter().filter_map(row).collect(),
        empty: Some(said::EMPTY_ORDERS),
    }
}
