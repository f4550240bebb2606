//! The warehouse's receipts beside those that are known.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Joiner, amount, day};
use crate::command::arrivals::{TakeReceipt, most};
use crate::domain::codes::ReceiptKind;
use crate::domain::purchase::{Purchase, Receipt};
use crate::domain::quantity::Qty;
use crate::domain::rule::purchase as rule;
use crate::transfer::headings::Field;
use crate::transfer::join::{Difference, Standing, Wrong, exact};

/// A receipt as a row has it, in the line's unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Came {
    date: NaiveDate,
    accepted: Qty,
    rejected: Qty,
    held: Qty,
    document: String,
}

impl Came {
    /// Whether it is that receipt: date and quantities agree, and the document where both name one.
    fn is(&self, known: &Receipt) -> bool {
        let document = exact(&known.document);
        (self.date, self.accepted, self.rejected, self.held)
            == (known.date, known.accepted, known.rejected, known.held)
            && (document == self.document || document.is_empty() || self.document.is_empty())
    }

    /// Whether it is that receipt in other words: the document is the same, and the date or all that
    /// came.
    fn is_like(&self, known: &Receipt) -> bool {
        let all = known.accepted + known.rejected + known.held;
        !self.document.is_empty()
            && exact(&known.document) == self.document
            && (self.date == known.date || all == self.accepted + self.rejected + self.held)
    }

    /// Whether it is that receipt after the verdict on what was held of it.
    fn is_judged(&self, known: &Receipt, (good, bad): (Qty, Qty)) -> bool {
        let (more, worse) = (
            self.accepted - known.accepted,
            self.rejected - known.rejected,
        );
        let out = known.held - self.held;
        self.date == known.date
            && exact(&known.document) == self.document
            && out.is_positive()
            && more + worse == out
            && (Qty::ZERO..=good).contains(&more)
            && (Qty::ZERO..=bad).contains(&worse)
    }

    fn against(&self, known: &Receipt) -> Vec<Difference> {
        let mut out = Vec::new();
        if self.date != known.date {
            out.push(day(Field::ReceivedOn, Some(known.date), Some(self.date)));
        }
        let pairs = [
            (Field::Accepted, known.accepted, self.accepted),
            (Field::Rejected, known.rejected, self.rejected),
            (Field::Held, known.held, self.held),
        ];
        let other = pairs.into_iter().filter(|(_, ours, theirs)| ours != theirs);
        out.extend(other.map(|(field, ours, theirs)| amount(field, ours, theirs)));
        out
    }
}

impl Joiner<'_> {
    pub(super) fn receipts(&mut self) -> Vec<TakeReceipt> {
        let mut taking = Vec::new();
        for (id, rows) in self.by_line() {
            if let Some(line) = self.world.purchases.get(id) {
                self.receipts_of(line, &rows, &mut taking);
            }
        }
        let world = self.world;
        let dates = || self.preview.rows.iter().filter_map(|r| r.received_on);
        if let (Some(first), Some(last)) = (dates().min(), dates().max()) {
            // What was to come in the days that the sheet is about and is not in it.
            let due = |p: &&Purchase| {
                let said = rule::promises(world, p).1.map(|x| x.date);
                let day = said.or(p.required_date);
                day.is_some_and(|d| (first..=last).contains(&d))
                    && rule::arrival(world, p).open.is_positive()
            };
            self.missing(world.purchases.iter().filter(due));
        }
        taking
    }

    fn receipts_of(
        &mut self,
        line: &Purchase,
        rows: &[(usize, bool)],
        taking: &mut Vec<TakeReceipt>,
    ) {
        let world = self.world;
        let mut read = Vec::new();
        for (at, loose) in rows {
            if let Some(came) = self.came(*at, line) {
                read.push((*at, *loose, came));
            }
        }
        let all = || world.receipts.of(line.id);
        let known: Vec<&Receipt> = all().filter(|r| r.kind == ReceiptKind::Arrival).collect();
        let verdicts = all().filter(|r| r.kind == ReceiptKind::Inspection);
        let verdict = verdicts.fold((Qty::ZERO, Qty::ZERO), |sum, r| {
            (sum.0 + r.accepted, sum.1 + r.rejected)
        });
        // A known receipt that a row repeats is spoken for.
        let repeated: BTreeSet<i64> = known
            .iter()
            .filter(|k| read.iter().any(|(_, _, came)| came.is(k)))
            .map(|k| k.id)
            .collect();
        let before = rule::arrival(world, line);
        let mut so_far = (before.accepted, before.rejected, before.held);
        let credited = before.credited;
        let mut seen: Vec<(Came, usize)> = Vec::new();
        for (at, loose, came) in read {
            let Some(row) = self.row(at) else { continue };
            let aside = self.aside(row, line, Qty::ONE);
            let aside = aside.into_iter().filter(|d| d.field != Field::Ordered);
            let aside: Vec<Difference> = aside.collect();
            if seen.iter().any(|(earlier, _)| *earlier == came) {
                self.say(at, Some(line.id), Standing::Twice, loose, aside);
                continue;
            }
            seen.push((came.clone(), row.place.row));
            // Held goods whose verdict is entered stand as accepted or rejected in a later sheet.
            let judged = |k: &&Receipt| came.is_judged(k, verdict);
            if known.iter().any(|k| came.is(k)) || known.iter().any(judged) {
                let standing = if aside.is_empty() {
                    Standing::Same
                } else {
                    Standing::Otherwise
                };
                self.say(at, Some(line.id), standing, loose, aside);
                continue;
            }
            let mut like = known.iter().filter(|k| !repeated.contains(&k.id));
            if let Some(other) = like.find(|k| came.is_like(k)) {
                let differences = [came.against(other), aside].concat();
                self.say(at, Some(line.id), Standing::Otherwise, loose, differences);
                continue;
            }
            let next = (
                so_far.0 + came.accepted,
                so_far.1 + came.rejected,
                so_far.2 + came.held,
            );
            let limit = most(line);
            if next.0 + next.2 + credited > limit && row.note.trim().is_empty() {
                let unit = line.unit.clone();
                let wrong = Wrong::TooMuch { most: limit, unit };
                self.wrong(at, Some(line.id), Field::Accepted, wrong);
                continue;
            }
            let pairs = [
                (Field::Accepted, so_far.0, next.0),
                (Field::Rejected, so_far.1, next.1),
                (Field::Held, so_far.2, next.2),
            ];
            so_far = next;
            let more = pairs.into_iter().filter(|(_, ours, theirs)| ours != theirs);
            let more = more.map(|(field, ours, theirs)| amount(field, ours, theirs));
            let differences = more.chain(aside).collect();
            self.say(at, Some(line.id), Standing::Differs, loose, differences);
            taking.push(TakeReceipt {
                purchase_id: line.id,
                date: came.date,
                accepted: came.accepted,
                rejected: came.rejected,
                held: came.held,
                document: row.document.clone(),
                reason: row.note.clone(),
                from: self.from(row),
            });
        }
    }

    /// What came by a row; none where the row is wrong.
    fn came(&mut self, at: usize, line: &Purchase) -> Option<Came> {
        let row = self.row(at)?;
        let factor = self.unit(at, line)?;
        let Some(date) = row.received_on else {
            self.wrong(at, Some(line.id), Field::ReceivedOn, Wrong::NoDate);
            return None;
        };
        if date > self.today {
            let today = self.today;
            self.wrong(at, Some(line.id), Field::ReceivedOn, Wrong::Ahead { today });
            return None;
        }
        Some(Came {
            date,
            accepted: row.accepted.times(factor),
            rejected: row.rejected.times(factor),
            held: row.held.unwrap_or_default().times(factor),
            document: exact(&row.document),
        })
    }
}
