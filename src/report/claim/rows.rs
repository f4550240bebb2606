//! The tables of a claim.

use chrono::{Days, NaiveDate};

use super::{Claim, Side};
use crate::domain::codes::{ReceiptKind, Subject, Verdict};
use crate::domain::exception::Exception;
use crate::domain::followup::Chase;
use crate::domain::purchase::{Purchase, Receipt};
use crate::domain::quantity::Qty;
use crate::domain::rule::ledger::there_on;
use crate::domain::rule::purchase;
use crate::domain::rule::sample::ANSWER_DAYS;
use crate::report::paper::{Cell, Table, Tone, Value};
use crate::text::{Label, chasing, claim as c, words as w};

/// A row with the day it is sorted by.
type Dated = (Option<NaiveDate>, Vec<Cell>);

fn sorted(mut rows: Vec<Dated>) -> Vec<Vec<Cell>> {
    rows.sort_by_key(|(day, _)| *day);
    rows.into_iter().map(|(_, cells)| cells).collect()
}

fn qty(qty: Qty) -> Cell {
    if qty.is_zero() {
        Cell::text("")
    } else {
        Cell::of(Value::Qty(qty))
    }
}

/// Days from the day agreed; nothing where it is in time.
fn late(agreed: Option<NaiveDate>, came: NaiveDate) -> Cell {
    match agreed.map(|day| (came - day).num_days()) {
        Some(days) if days > 0 => Cell::of(Value::Whole(days)).tone(Tone::Bad),
        _ => Cell::text(""),
    }
}

impl Claim<'_> {
    fn line(&self, p: &Purchase) -> String {
        let item = self.s.world.items.get(p.item_id);
        format!(
            "{} {}",
            chasing::line_name(p),
            item.map_or("", |i| i.name.as_str())
        )
    }

    fn need(&self, p: &Purchase) -> Option<NaiveDate> {
        let first = purchase::promises(self.s.world, p).0;
        p.required_date.or(first.map(|f| f.date))
    }

    /// What was said: when, about what, by whom, for which day, in which words.
    pub(super) fn agreed(&self) -> Table {
        let mut rows: Vec<Dated> = Vec::new();
        let mut add =
            |on: Option<NaiveDate>, about: String, what: String, who: &str, day, words: &str| {
                rows.push((
                    on,
                    vec![
                        Cell::date(on),
                        Cell::text(about),
                        Cell::text(what),
                        Cell::text(who),
                        Cell::date(day),
                        Cell::text(words),
                    ],
                ));
            };
        for p in &self.bought {
            let amount = format!("{} {}", p.qty.text(), p.unit);
            let ordered = c::ORDERED.fill(self.s.lang, &[&amount]);
            add(
                p.ordered_on,
                self.line(p),
                ordered,
                "",
                p.required_date,
                &p.note,
            );
            let mut said: Vec<_> = self.s.world.promises.of(p.id).collect();
            said.sort_by_key(|s| (s.said_on, s.id));
            for (s, first) in said
                .iter()
                .zip(std::iter::once(true).chain(std::iter::repeat(false)))
            {
                let what = if first { c::FIRST_SAID } else { c::SAID_AGAIN };
                let firm = s.firmness.word().text(self.s.lang);
                let what = format!("{} ({firm})", self.s.say(what));
                add(
                    Some(s.said_on),
                    self.line(p),
                    what,
                    &s.said_by,
                    Some(s.date),
                    &s.note,
                );
            }
        }
        for o in self.theirs() {
            for line in self.s.world.order_lines.of(o.id) {
                let about = format!("{} {}", o.no, line.name);
                let came = o.received_at.map(|at| at.date());
                let asked = self.s.say(c::ASKED);
                add(
                    came,
                    about.clone(),
                    asked,
                    &o.received_from,
                    line.requested_date,
                    &o.words,
                );
                for k in self.s.world.commitments.of(line.id) {
                    let what = self.s.say(c::PROMISED);
                    add(
                        Some(k.made_on),
                        about.clone(),
                        what,
                        &k.made_by,
                        Some(k.date),
                        &k.words,
                    );
                }
            }
            for sample in self
                .s
                .world
                .samples
                .of(o.id)
                .filter(|s| s.sent_on.is_some())
            {
                let kind = sample.kind.word().text(self.s.lang);
                let about = c::SAMPLE_SENT.fill(self.s.lang, &[kind, &sample.round.to_string()]);
                let usual = Days::new(u64::try_from(ANSWER_DAYS).unwrap_or(0));
                let day = sample.sent_on.and_then(|d| d.checked_add_days(usual));
                let what = c::VERDICT_BY.fill(self.s.lang, &[&ANSWER_DAYS.to_string()]);
                add(
                    sample.sent_on,
                    format!("{} {about}", o.no),
                    what,
                    "",
                    day,
                    &sample.courier,
                );
            }
        }
        let columns = [
            (c::ON, 11),
            (c::ABOUT_WHAT, 30),
            (c::AGREED, 24),
            (c::WHO, 14),
            (c::FOR_DAY, 11),
            (c::WORDS, 40),
        ];
        self.table(c::AGREED, &columns, sorted(rows))
    }

    /// What came: when, how much, good and bad, how many days after it was needed.
    pub(super) fn came(&self) -> Table {
        let mut rows: Vec<Dated> = Vec::new();
        for p in &self.bought {
            let need = self.need(p);
            for r in self.s.world.receipts.of(p.id) {
                rows.push((Some(r.date), self.receipt(p, r, need)));
            }
            if there_on(self.s.world, p).is_none() && !p.closed {
                let open = purchase::arrival(self.s.world, p).open;
                let what = format!("{}: {} {}", self.s.say(c::STILL_OPEN), open.text(), p.unit);
                let cells = self.event(
                    self.s.today,
                    self.line(p),
                    &what,
                    late(need, self.s.today),
                    "",
                );
                rows.push((Some(self.s.today), cells));
            }
        }
        for o in self.theirs() {
            for s in self.s.world.samples.of(o.id) {
                let Some(on) = s.verdict_on.filter(|_| s.verdict != Verdict::Waiting) else {
                    continue;
                };
                let usual = Days::new(u64::try_from(ANSWER_DAYS).unwrap_or(0));
                let by = s.sent_on.and_then(|d| d.checked_add_days(usual));
                let kind = s.kind.word().text(self.s.lang);
                let about = format!("{} {kind} {}", o.no, s.round);
                let verdict = s.verdict.word().text(self.s.lang);
                rows.push((
                    Some(on),
                    self.event(on, about, verdict, late(by, on), &s.comments),
                ));
            }
            for a in self.s.world.amendments.of(o.id) {
                let what = c::CHANGED.fill(self.s.lang, &[&a.no.to_string()]);
                let cells = self.event(a.made_on, o.no.clone(), &what, Cell::text(""), &a.reason);
                rows.push((Some(a.made_on), cells));
            }
        }
        let columns = [
            (c::ON, 11),
            (c::ABOUT_WHAT, 30),
            (c::CAME, 24),
            (c::GOOD, 10),
            (c::BAD, 10),
            (c::LATE, 8),
            (c::PAPER, 24),
        ];
        self.table(c::CAME, &columns, sorted(rows))
    }

    fn receipt(&self, p: &Purchase, r: &Receipt, need: Option<NaiveDate>) -> Vec<Cell> {
        let what = match r.kind {
            ReceiptKind::Arrival => c::ARRIVED,
            ReceiptKind::Inspection => c::INSPECTED,
            ReceiptKind::Return => c::RETURNED,
        };
        let bad = qty(r.rejected);
        vec![
            Cell::date(Some(r.date)),
            Cell::text(self.line(p)),
            Cell::text(self.s.say(what)),
            qty(r.accepted),
            if r.rejected.is_positive() {
                bad.tone(Tone::Bad)
            } else {
                bad
            },
            late(need, r.date),
            Cell::text(format!("{} {}", r.document, r.note).trim().to_owned()),
        ]
    }

    fn event(&self, on: NaiveDate, about: String, what: &str, late: Cell, note: &str) -> Vec<Cell> {
        vec![
            Cell::date(Some(on)),
            Cell::text(about),
            Cell::text(what),
            Cell::text(""),
            Cell::text(""),
            late,
            Cell::text(note),
        ]
    }

    pub(super) fn chases(&self) -> Table {
        let theirs: Vec<i64> = self.theirs().map(|o| o.id).collect();
        let about = |chase: &Chase| match chase.subject {
            Subject::Purchase => {
                let bought = self.bought.iter().find(|p| p.id == chase.subject_id)?;
                Some(self.line(bought))
            }
            // What is asked of the customer: the order, its papers and its samples.
            Subject::Order | Subject::Document | Subject::Sample => {
                let order = chase.order_id.filter(|id| theirs.contains(id))?;
                let no = &self.s.world.orders.get(order)?.no;
                Some(format!("{no} {}", chase.subject.word().text(self.s.lang)))
            }
            _ => None,
        };
        let rows = self.s.world.chases.iter().filter_map(|chase| {
            let cells = vec![
                Cell::text(chase.at.text().replace('T', " ")),
                Cell::text(about(chase)?),
                Cell::text(chase.how.word().text(self.s.lang)),
                Cell::text(chase.result.word().text(self.s.lang)),
                Cell::text(chase.answer.clone()),
                Cell::date(chase.new_date),
            ];
            Some((Some(chase.at.date()), cells))
        });
        let columns = [
            (w::TIME, 17),
            (c::ABOUT_WHAT, 30),
            (c::HOW, 8),
            (c::RESULT, 12),
            (c::ANSWER, 44),
            (c::NEW_DAY, 11),
        ];
        self.table(c::CHASES, &columns, sorted(rows.collect()))
    }

    /// The exceptions that the claim rests on.
    pub(super) fn told(&self) -> impl Iterator<Item = &Exception> {
        use crate::domain::codes::CauseClass as K;
        let theirs: Vec<i64> = self.theirs().map(|o| o.id).collect();
        let mine = move |e: &&Exception| {
            let bought = self.bought.iter().any(|p| e.purchase_id == Some(p.id));
            let order = e.order_id.is_some_and(|id| theirs.contains(&id));
            let customer = !matches!(self.side, Side::Supplier(_)) && e.cause == Some(K::Customer);
            bought || (order && customer)
        };
        self.s.world.exceptions.iter().filter(mine)
    }

    /// Exceptions about their goods, or about their orders where the cause is theirs.
    pub(super) fn exceptions(&self) -> Table {
        let rows = self.told().map(|e| {
            let order = self.s.world.orders.find(e.order_id);
            let cause = e.cause.map_or("", |k| k.word().text(self.s.lang));
            vec![
                Cell::text(e.no.clone()),
                Cell::date(Some(e.reported_at.date())),
                Cell::text(order.map_or("", |o| o.no.as_str())),
                Cell::text(e.what.clone()),
                qty(e.quantity),
                Cell::text(e.severity.word().text(self.s.lang)),
                Cell::text(cause),
                Cell::text(e.analysis.clone()),
                Cell::text(e.decision.clone()),
                Cell::date(e.closed_on),
            ]
        });
        let columns = [
            (w::NO, 10),
            (c::ON, 11),
            (w::ORDER_NO, 12),
            (c::WHAT, 34),
            (c::QTY, 9),
            (w::SEVERITY, 9),
            (c::CAUSE, 12),
            (w::ANALYSIS, 34),
            (c::DECISION, 34),
            (w::CLOSED_ON, 11),
        ];
        self.table(c::EXCEPTIONS, &columns, rows.collect())
    }
}
