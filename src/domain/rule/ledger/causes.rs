//! The facts that held an order up, as stretches of days.
//!
//! Each counts only what its holder added: an operation that began four days late and ended five
//! days late took one day longer. What still goes on lasts until today, what is expected until the
//! day it is expected.
//!
//! | fact | days | charged to |
//! | --- | --- | --- |
//! | exception | from its report until its measures were done or it was closed | its cause class; the supplier or department named where none is given |
//! | sample sent after its day | from that day until it was sent | technical |
//! | verdict | from five days after sending until it came | customer |
//! | sample rejected | until the next round was sent | technical |
//! | amendment after acceptance | as many days as the promise was moved within two days of it, else until the last department had seen it | customer |
//! | order on hold | as the journal says | customer |
//! | query answered after its day | from that day until the answer | the department that was asked |
//! | query raised after acceptance | from the question until the answer or its day | ourselves |
//! | purchase later than needed | what the usual lead time makes of the day it was ordered | purchasing |
//! | | the rest until it was there | supplier, or as an exception about the line says |
//! | | from the day agreed for asking again until that was done | ourselves |
//! | production order on hold | as the journal says | production |
//! | released after the planned start | from that day until the release | ourselves |
//! | operation begun later than what it waited for, or longer than planned | the days it added to the first accepted plan | its department |
//! | operation that still waits for a material by the plan | the days it added | the supplier of the open line, purchasing where nothing is on order |
//! | milestone later than planned | the days it added to those before it | its owner |

use chrono::{Days, NaiveDate};

use super::{Cause, Evidence, Facts, Whose, Why};
use crate::domain::codes::{CauseClass, DecisionKind, Department, Subject, Verdict};
use crate::domain::document::{Milestone, Sample};
use crate::domain::exception::Exception;
use crate::domain::order::{Amendment, Order};
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::purchase::Purchase;
use crate::domain::quantity::Qty;
use crate::domain::rule::milestone::{self, source::Source};
use crate::domain::rule::sample::ANSWER_DAYS;
use crate::domain::rule::{production, purchase};
use crate::domain::world::World;

/// Days after an amendment in which a later promise is taken to follow from it.
const MOVED_WITHIN: u64 = 2;

/// Everything that held an order up.
#[must_use]
pub fn of_order(facts: &Facts<'_>, order: &Order) -> Vec<Cause> {
    let mut list = List(Vec::new());
    let accepted = facts
        .world
        .decisions
        .of(order.id)
        .filter(|d| d.kind == DecisionKind::Accept)
        .map(|d| d.decided_on)
        .min();
    exceptions(facts, order, &mut list);
    samples(facts, order, &mut list);
    amendments(facts, order, accepted, &mut list);
    queries(facts, order, accepted, &mut list);
    for bought in facts.purchases.get(&order.id).into_iter().flatten() {
        delivery(facts, bought, &mut list);
    }
    holds(facts, order, &mut list);
    for made in facts.made.get(&order.id).into_iter().flatten() {
        work(facts, made, &mut list);
    }
    milestones(facts, order, &mut list);
    list.0
}

struct List(Vec<Cause>);

impl List {
    fn add(&mut self, (from, to): (NaiveDate, NaiveDate), whose: Whose, why: Why, by: Evidence) {
        if from < to {
            self.0.push(Cause {
                from,
                to,
                whose,
                why,
                evidence: by,
            });
        }
    }
}

fn after(day: NaiveDate, days: i64) -> NaiveDate {
    let days = Days::new(u64::try_from(days).unwrap_or(0));
    day.checked_add_days(days).unwrap_or(day)
}

/// The last `days` days before a day.
fn last(days: i64, to: NaiveDate) -> (NaiveDate, NaiveDate) {
    (super::back(to, days), to)
}

fn whose(facts: &Facts<'_>, e: &Exception) -> Whose {
    let supplier = facts
        .world
        .purchases
        .find(e.purchase_id)
        .and_then(|p| p.supplier_id);
    match e.cause {
        Some(CauseClass::Customer) => Whose::Customer,
        Some(CauseClass::Supplier) => Whose::Supplier(supplier),
        Some(CauseClass::Department) => Whose::Department(e.department),
        Some(CauseClass::Ourselves) => Whose::Ourselves,
        Some(CauseClass::External) => Whose::External,
        None if supplier.is_some() => Whose::Supplier(supplier),
        None => Whose::Department(e.department),
    }
}

fn exceptions(facts: &Facts<'_>, order: &Order, list: &mut List) {
    for e in facts.exceptions.get(&order.id).into_iter().flatten() {
        let end = e.acted_on.or(e.closed_on).unwrap_or(facts.given.today);
        let began = e.happened_at.unwrap_or(e.reported_at).date();
        let days = (began, end);
        list.add(
            days,
            whose(facts, e),
            Why::Exception,
            Evidence::Exception(e.id),
        );
    }
}

fn samples(facts: &Facts<'_>, order: &Order, list: &mut List) {
    let today = facts.given.today;
    let technical = Whose::Department(Department::Technical);
    for s in facts.world.samples.of(order.id) {
        let row = Evidence::Sample(s.id);
        if let Some(due) = s.due {
            let sent = s.sent_on.unwrap_or(today);
            list.add((due, sent), technical, Why::SampleLate, row);
        }
        if let Some(sent) = s.sent_on {
            let end = match s.verdict {
                Verdict::Waiting => Some(today),
                _ => s.verdict_on,
            };
            if let Some(end) = end {
                let usual = after(sent, ANSWER_DAYS);
                list.add((usual, end), Whose::Customer, Why::VerdictLate, row);
            }
        }
        if let (Verdict::Rejected, Some(on)) = (s.verdict, s.verdict_on) {
            let next = |n: &&Sample| n.kind == s.kind && n.round == s.round + 1;
            let next = facts.world.samples.of(order.id).find(next);
            let sent = next.and_then(|n| n.sent_on).unwrap_or(today);
            list.add((on, sent), technical, Why::SampleAgain, row);
        }
    }
}

fn amendments(facts: &Facts<'_>, order: &Order, accepted: Option<NaiveDate>, list: &mut List) {
    let Some(accepted) = accepted else { return };
    for a in facts.world.amendments.of(order.id) {
        if a.made_on < accepted {
            continue;
        }
        let seen = facts.world.acknowledgements.of(a.id);
        let seen = seen.filter_map(|k| k.seen_on).max();
        let end = match moved(facts, order, a) {
            0 => seen.unwrap_or(a.made_on),
            days => after(a.made_on, days),
        };
        list.add(
            (a.made_on, end),
            Whose::Customer,
            Why::Changed,
            Evidence::Amendment(a.id),
        );
    }
}

/// Days by which the promise of a line was moved because of an amendment.
fn moved(facts: &Facts<'_>, order: &Order, a: &Amendment) -> i64 {
    let until = a.made_on.checked_add_days(Days::new(MOVED_WITHIN));
    let mut most = 0;
    for line in facts.world.order_lines.of(order.id) {
        let mut said: Vec<_> = facts.world.commitments.of(line.id).collect();
        said.sort_by_key(|c| (c.made_on, c.id));
        for (was, is) in said.iter().zip(said.iter().skip(1)) {
            if is.made_on >= a.made_on && until.is_some_and(|u| is.made_on <= u) {
                most = most.max((is.date - was.date).num_days());
            }
        }
    }
    most
}

fn queries(facts: &Facts<'_>, order: &Order, accepted: Option<NaiveDate>, list: &mut List) {
    for q in facts.world.queries.of(order.id) {
        let row = Evidence::Query(q.id);
        let answered = q.answered_on.unwrap_or(facts.given.today);
        if let Some(due) = q.due {
            let whose = Whose::Department(q.department);
            list.add((due, answered), whose, Why::AnswerLate, row);
        }
        if accepted.is_some_and(|day| q.raised_on > day) {
            let end = q.due.map_or(answered, |due| due.min(answered));
            list.add((q.raised_on, end), Whose::Ourselves, Why::AskedLate, row);
        }
    }
}

/// The day on which a purchase line was there within its tolerance; `None`: not yet.
#[must_use]
pub fn there_on(world: &World, bought: &Purchase) -> Option<NaiveDate> {
    let least = bought.qty - bought.qty.times(bought.under_pct);
    let mut receipts: Vec<_> = world.receipts.of(bought.id).collect();
    receipts.sort_by_key(|r| (r.date, r.id));
    let mut sum = Qty::ZERO;
    for r in &receipts {
        sum += purchase::settles(r);
        if sum >= least {
            return Some(r.date);
        }
    }
    receipts.last().filter(|_| bought.closed).map(|r| r.date)
}

fn delivery(facts: &Facts<'_>, bought: &Purchase, list: &mut List) {
    let world = facts.world;
    let first = purchase::promises(world, bought).0.map(|p| p.date);
    let Some(need) = bought.required_date.or(first) else {
        return;
    };
    let there = match there_on(world, bought) {
        Some(day) => day,
        // Closed without any goods: nothing was waited for.
        None if bought.closed => return,
        None => purchase::expected(world, bought, facts.given.today).unwrap_or(need),
    };
    if there <= need {
        return;
    }
    let row = Evidence::Purchase(bought.id);
    let possible = usual_arrival(facts, bought).map_or(need, |day| day.clamp(need, there));
    let buyers = Whose::Department(Department::Purchasing);
    list.add((need, possible), buyers, Why::BoughtLate, row);
    let told = facts.about.get(&bought.id);
    let theirs = told.map_or(Whose::Supplier(bought.supplier_id), |e| whose(facts, e));
    // What nobody asked about on the day agreed is ours; the supplier has the days between.
    let mut from = possible;
    for (agreed, asked) in late_chases(facts, bought, there) {
        let (agreed, asked) = (agreed.max(from), asked.max(from));
        list.add((from, agreed), theirs, Why::DeliveryLate, row);
        list.add((agreed, asked), Whose::Ourselves, Why::ChasedLate, row);
        from = asked;
    }
    list.add((from, there), theirs, Why::DeliveryLate, row);
}

/// When a purchase line could usually have come, ordered on the day it was.
fn usual_arrival(facts: &Facts<'_>, bought: &Purchase) -> Option<NaiveDate> {
    let supplier = facts.world.suppliers.find(bought.supplier_id)?;
    let days = i32::try_from(supplier.lead_days).ok().filter(|n| *n > 0)?;
    let calendar = facts.world.calendar_or_own(supplier.calendar_id);
    calendar.add_days(bought.ordered_on?, days)
}

/// Stretches from the day on which a supplier was to be asked again until he was, in order; the
/// goods end them too.
fn late_chases(
    facts: &Facts<'_>,
    bought: &Purchase,
    there: NaiveDate,
) -> Vec<(NaiveDate, NaiveDate)> {
    let about = facts.world.chases.of(bought.id);
    let mut about: Vec<_> = about.filter(|c| c.subject == Subject::Purchase).collect();
    about.sort_by_key(|c| (c.at, c.id));
    let next = about.iter().skip(1).map(|c| Some(c.at.date()));
    let end = there.min(facts.given.today);
    let pairs = about.iter().zip(next.chain([None]));
    pairs
        .filter_map(|(chase, next)| Some((chase.next_on?, next.unwrap_or(end).min(end))))
        .filter(|(agreed, asked)| agreed < asked)
        .collect()
}

fn holds(facts: &Facts<'_>, order: &Order, list: &mut List) {
    let made = facts.made.get(&order.id).into_iter().flatten();
    let made: Vec<(&str, i64)> = made.map(|m| (m.no.as_str(), m.id)).collect();
    for hold in &facts.world.holds {
        let end = hold.to.map_or(facts.given.today, |to| to.date());
        let days = (hold.from.date(), end);
        if !hold.made && hold.no == order.no {
            let row = Evidence::Order(order.id);
            list.add(days, Whose::Customer, Why::OrderHeld, row);
        }
        if let Some((_, id)) = made.iter().find(|(no, _)| hold.made && *no == hold.no) {
            let whose = Whose::Department(Department::Production);
            let row = Evidence::ProductionOrder(*id);
            list.add(days, whose, Why::ProductionHeld, row);
        }
    }
}

/// What a production order added to the first accepted plan, operation by operation.
fn work(facts: &Facts<'_>, made: &ProductionOrder, list: &mut List) {
    let mut operations: Vec<&Operation> = facts.world.operations.of(made.id).collect();
    operations.sort_by_key(|o| (o.seq, o.id));
    let first = operations.iter().filter_map(|o| facts.baseline.get(&o.id));
    let planned = first.map(|row| row.starts.date()).min();
    // How late what comes next finds the work.
    let mut late = 0;
    if let Some(start) = planned {
        let released = made.released_on.unwrap_or(facts.given.today);
        let row = Evidence::ProductionOrder(made.id);
        list.add((start, released), Whose::Ourselves, Why::ReleasedLate, row);
        late = (released - start).num_days().max(0);
    }
    for operation in operations {
        let Some(plan) = facts.baseline.get(&operation.id) else {
            continue;
        };
        let Some((begun, ended)) = real(facts, made, operation) else {
            continue;
        };
        let centre = facts.world.work_centres.find(operation.work_centre_id);
        let department = centre.map_or(Department::Production, |c| c.department);
        let whose = Whose::Department(department);
        let row = Evidence::Operation(operation.id);
        let start_late = (begun - plan.starts.date()).num_days();
        let waited = start_late - late.max(0);
        let (who, why, by) =
            waits_for(facts, made, operation).unwrap_or((whose, Why::StartedLate, row));
        list.add(last(waited.max(0), begun), who, why, by);
        let end_late = (ended - plan.ends.date()).num_days();
        let longer = end_late - start_late.max(0);
        list.add(last(longer.max(0), ended), whose, Why::TookLonger, row);
        late = end_late;
    }
}

/// The material that an operation which nobody has begun waits for by the plan: the open purchase
/// line that brings it, for this order before any other, or the buyers where none does.
fn waits_for(
    facts: &Facts<'_>,
    made: &ProductionOrder,
    operation: &Operation,
) -> Option<(Whose, Why, Evidence)> {
    let world = facts.world;
    let code = facts.given.materials.get(&operation.id)?;
    if production::figures(world, operation.id).next().is_some() {
        return None;
    }
    let item = world.items.iter().find(|i| i.code == *code)?;
    let order = production::owner(world, made).map(|(order, _)| order.id);
    let open = |p: &&Purchase| p.item_id == item.id && !p.closed && there_on(world, p).is_none();
    let lines = world.purchases.iter().filter(open);
    let line = lines.min_by_key(|p| (p.order_id != order, p.id));
    Some(match line {
        Some(p) => (
            Whose::Supplier(p.supplier_id),
            Why::DeliveryLate,
            Evidence::Purchase(p.id),
        ),
        None => (
            Whose::Department(Department::Purchasing),
            Why::NotBought,
            Evidence::Operation(operation.id),
        ),
    })
}

/// The first and the last day of an operation: as reported, else as the plan has it now.
fn real(
    facts: &Facts<'_>,
    made: &ProductionOrder,
    operation: &Operation,
) -> Option<(NaiveDate, NaiveDate)> {
    let planned = facts.given.places.get(&operation.id).copied();
    let days = production::figures(facts.world, operation.id).map(|f| f.date);
    let (first, latest) = (days.clone().min(), days.max());
    let left = production::left(facts.world, made, operation);
    let begun = first.or(planned.map(|p| p.0))?;
    let ended = if left.is_positive() {
        planned.map(|p| p.1)
    } else {
        latest
    }?;
    Some((begun, ended.max(begun)))
}

fn milestones(facts: &Facts<'_>, order: &Order, list: &mut List) {
    let today = facts.given.today;
    let Ok(standing) = milestone::standing(facts.world, order, today) else {
        return;
    };
    let planned_work = facts.made.get(&order.id).into_iter().flatten().any(|m| {
        let mut operations = facts.world.operations.of(m.id);
        operations.any(|o| facts.baseline.contains_key(&o.id))
    });
    let late = |s: &milestone::Standing<'_>| {
        let end = s.actual.unwrap_or(today);
        s.row.planned.map(|planned| (end - planned).num_days())
    };
    for s in &standing {
        let Some(whose) = owner(s.row, planned_work) else {
            continue;
        };
        let before = standing.iter().filter(|p| p.row.before == s.row.code);
        let found = before.filter_map(late).max().unwrap_or(0);
        let own = late(s).unwrap_or(0) - found.max(0);
        let end = s.actual.unwrap_or(today);
        let row = Evidence::Milestone(s.row.id);
        list.add(last(own.max(0), end), whose, Why::MilestoneLate, row);
    }
}

/// Who answers for a milestone; nobody where rows of another kind tell the same in more detail.
fn owner(row: &Milestone, planned_work: bool) -> Option<Whose> {
    match Source::parse(&row.source) {
        Some(Source::Accepted | Source::Sample(_) | Source::MaterialsIn | Source::Shipped) => None,
        Some(Source::ProductionReleased) => (!planned_work).then_some(Whose::Ourselves),
        Some(Source::ProductionStarted | Source::ProductionFinished) if planned_work => None,
        _ => Some(Whose::Department(row.owner)),
    }
}
