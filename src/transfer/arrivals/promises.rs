//! The supplier's confirmation beside the latest word on each line.

use chrono::NaiveDate;

use super::{Joiner, amount, day};
use crate::command::arrivals::{TakePromise, most};
use crate::domain::purchase::{Promise, Purchase};
use crate::domain::quantity::Qty;
use crate::domain::rule::purchase as rule;
use crate::transfer::headings::Field;
use crate::transfer::join::{Difference, Standing, Wrong};

/// A date with its quantity; zero is all that is open.
type Part = (NaiveDate, Qty);

/// What a file says of one line: its rows that count, each with its part.
struct Statement {
    rows: Vec<(usize, Part)>,
    said_on: NaiveDate,
}

impl Joiner<'_> {
    pub(super) fn promises(&mut self) -> Vec<TakePromise> {
        let mut taking = Vec::new();
        for (id, rows) in self.by_line() {
            if let Some(line) = self.world.purchases.get(id) {
                self.promises_of(line, &rows, &mut taking);
            }
        }
        let world = self.world;
        let suppliers: std::collections::BTreeSet<i64> = self
            .touched
            .iter()
            .filter_map(|id| world.purchases.get(*id)?.supplier_id)
            .collect();
        let day = self.preview.sent.unwrap_or(self.today);
        let open = |p: &&Purchase| {
            p.supplier_id.is_some_and(|s| suppliers.contains(&s))
                && p.ordered_on.is_none_or(|on| on <= day)
                && rule::arrival(world, p).open.is_positive()
        };
        self.missing(world.purchases.iter().filter(open));
        taking
    }

    fn promises_of(
        &mut self,
        line: &Purchase,
        rows: &[(usize, bool)],
        taking: &mut Vec<TakePromise>,
    ) {
        let Some(said) = self.statement(line, rows) else {
            return;
        };
        let known = current(self.world, line);
        let parts: Vec<Part> = said.rows.iter().map(|(_, part)| *part).collect();
        let new = !said.rows.is_empty() && parts != known && !self.is_history(line, &said);
        let open = rule::arrival(self.world, line).open.is_positive();
        let last = said.rows.len().saturating_sub(1);
        for (n, (at, part)) in said.rows.iter().enumerate() {
            let Some(row) = self.row(*at) else { continue };
            let loose = rows.iter().any(|(r, loose)| r == at && *loose);
            let factor = self
                .factor(self.world.items.get(line.item_id), &line.unit, &row.unit)
                .unwrap_or(Qty::ONE);
            let mut differences = Vec::new();
            if new {
                differences = changed(known.get(n), Some(part), line);
                if n == last {
                    let gone = known.iter().skip(n + 1);
                    differences.extend(gone.flat_map(|part| changed(Some(part), None, line)));
                }
            }
            let takes = !differences.is_empty() && open;
            differences.extend(self.aside(row, line, factor));
            let standing = match (takes, differences.is_empty()) {
                (true, _) => Standing::Differs,
                (false, false) => Standing::Otherwise,
                (false, true) => Standing::Same,
            };
            self.say(*at, Some(line.id), standing, loose, differences);
            if new && open {
                let note = format!("{} {}", self.from(row), row.note);
                taking.push(TakePromise {
                    purchase_id: line.id,
                    date: part.0,
                    qty: part.1,
                    said_on: said.said_on,
                    said_by: row.said_by.clone(),
                    note: note.trim().to_owned(),
                });
            }
        }
    }

    /// What the rows of a line say together, by date; none where one of them is wrong.
    fn statement(&mut self, line: &Purchase, rows: &[(usize, bool)]) -> Option<Statement> {
        let mut parts: Vec<(usize, NaiveDate, Option<Qty>)> = Vec::new();
        let mut said_on = None;
        let mut good = true;
        for (at, loose) in rows {
            let Some(row) = self.row(*at) else { continue };
            let Some(factor) = self.unit(*at, line) else {
                good = false;
                continue;
            };
            let Some(date) = row.promised else {
                let differences = self.aside(row, line, factor);
                let standing = match differences.is_empty() {
                    true => Standing::Silent,
                    false => Standing::Otherwise,
                };
                self.say(*at, Some(line.id), standing, *loose, differences);
                continue;
            };
            let said = row.said_on.or(self.preview.sent).unwrap_or(self.today);
            if said > self.today {
                let today = self.today;
                self.wrong(*at, Some(line.id), Field::SaidOn, Wrong::Ahead { today });
                good = false;
                continue;
            }
            let came = rule::arrival(self.world, line);
            if date < said && (came.accepted + came.held).is_zero() && came.open.is_positive() {
                let wrong = Wrong::BeforeSaid { said };
                self.wrong(*at, Some(line.id), Field::PromisedDate, wrong);
                good = false;
                continue;
            }
            said_on = said_on.max(Some(said));
            let qty = row.promised_qty.map(|q| q.times(factor));
            let same = |(_, d, q): &&(usize, NaiveDate, Option<Qty>)| *d == date && *q == qty;
            if parts.iter().any(|p| same(&p)) {
                self.say(*at, Some(line.id), Standing::Twice, *loose, Vec::new());
                continue;
            }
            parts.push((*at, date, qty));
        }
        let rows = self.shared(line, parts)?;
        good.then(|| Statement {
            rows,
            said_on: said_on.unwrap_or(self.today),
        })
    }

    /// Gives the one row without a quantity what the others leave; a lone row is about all that is
    /// open unless it names less.
    fn shared(
        &mut self,
        line: &Purchase,
        parts: Vec<(usize, NaiveDate, Option<Qty>)>,
    ) -> Option<Vec<(usize, Part)>> {
        let sum: Qty = parts.iter().filter_map(|(_, _, qty)| *qty).sum();
        let open: Vec<&(usize, NaiveDate, Option<Qty>)> =
            parts.iter().filter(|(_, _, qty)| qty.is_none()).collect();
        let most = most(line);
        if sum > most {
            let unit = line.unit.clone();
            let at = parts.last().map_or(0, |(at, ..)| *at);
            let wrong = Wrong::TooMuch { most, unit };
            self.wrong(at, Some(line.id), Field::PromisedQty, wrong);
            return None;
        }
        let rest = line.qty - sum;
        let first = parts.first().and_then(|(at, ..)| self.row(*at));
        let first = first.map_or(0, |row| row.place.row);
        let unclear = open.len() > 1 || (open.len() == 1 && parts.len() > 1 && !rest.is_positive());
        if let (true, Some((at, ..))) = (unclear, open.last()) {
            let wrong = Wrong::Again { row: first };
            self.wrong(*at, Some(line.id), Field::PromisedDate, wrong);
            return None;
        }
        let arrival = rule::arrival(self.world, line);
        let whole =
            |qty: Qty| qty >= line.qty || (arrival.open.is_positive() && qty >= arrival.open);
        let alone = parts.len() == 1;
        let part = |(at, date, qty): (usize, NaiveDate, Option<Qty>)| match qty {
            None if alone => (at, (date, Qty::ZERO)),
            None => (at, (date, rest)),
            Some(qty) if alone && whole(qty) => (at, (date, Qty::ZERO)),
            Some(qty) => (at, (date, qty)),
        };
        let mut rows: Vec<(usize, Part)> = parts.into_iter().map(part).collect();
        rows.sort_by_key(|(at, part)| (*part, *at));
        Some(rows)
    }

    /// Whether all of it was written before: said on the same day, or out of the very same file.
    fn is_history(&self, line: &Purchase, said: &Statement) -> bool {
        let known = |part: &Part| {
            self.world.promises.of(line.id).any(|p| {
                let file = self.before && p.note.starts_with(self.file);
                plain(p, line) == *part && (p.said_on == said.said_on || file)
            })
        };
        said.rows.iter().all(|(_, part)| known(part))
    }
}

/// A promise as a part; one for the whole line is for all that is open.
fn plain(promise: &Promise, line: &Purchase) -> Part {
    let whole = promise.qty >= line.qty;
    (promise.date, if whole { Qty::ZERO } else { promise.qty })
}

/// The supplier's latest word, by date: one promise, or the parts that were said on one day and
/// together are no more than the line.
fn current(world: &crate::domain::world::World, line: &Purchase) -> Vec<Part> {
    let mut all: Vec<&Promise> = world.promises.of(line.id).collect();
    all.sort_by_key(|p| (p.said_on, p.id));
    let Some(last) = all.last() else {
        return Vec::new();
    };
    let mut parts = vec![plain(last, line)];
    let mut sum = last.qty;
    if parts.first().is_some_and(|(_, qty)| qty.is_positive()) {
        for before in all.iter().rev().skip(1) {
            sum += before.qty;
            let whole = plain(before, line).1.is_zero();
            if before.said_on != last.said_on || whole || sum > most(line) {
                break;
            }
            parts.push(plain(before, line));
        }
    }
    parts.sort_unstable();
    parts
}

/// What changes from one part to another.
fn changed(ours: Option<&Part>, theirs: Option<&Part>, line: &Purchase) -> Vec<Difference> {
    let mut out = Vec::new();
    let date = |part: Option<&Part>| part.map(|(date, _)| *date);
    if date(ours) != date(theirs) {
        out.push(day(Field::PromisedDate, date(ours), date(theirs)));
    }
    let qty =
        |part: Option<&Part>| part.map(|(_, qty)| if qty.is_zero() { line.qty } else { *qty });
    if let (Some(a), Some(b)) = (qty(ours), qty(theirs))
        && a != b
    {
        out.push(amount(Field::PromisedQty, a, b));
    } else if let (None, Some(b)) = (qty(ours), qty(theirs))
        && b != line.qty
    {
        out.push(amount(Field::PromisedQty, Qty::ZERO, b));
    }
    out
}
