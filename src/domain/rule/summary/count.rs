//! The numbers of a period and the rows behind them.

use chrono::NaiveDate;

use super::points::points;
use super::*;
use crate::domain::codes::{InspectionResult, OrderState, Severity};
use crate::domain::exception::Exception;
use crate::domain::order::Order;
use crate::domain::production::ProductionOrder;
use crate::domain::rule::lesson::base::Base as LessonBase;
use crate::domain::rule::on_time::{self, Part};
use crate::domain::rule::{lesson, production, supplier};

/// Everything that is counted twice, for the period and for the one before.
pub(super) struct Look<'a> {
    pub(super) world: &'a World,
    pub(super) parts: &'a [Part],
    pub(super) base: &'a LessonBase,
    pub(super) today: NaiveDate,
    pub(super) period: Period,
}

/// The seven headings of a period, beside the period before it.
#[must_use]
pub fn sections(world: &World, today: NaiveDate, period: Period) -> Vec<Section> {
    let (parts, base) = (on_time::parts(world), LessonBase::of(world));
    let look = |period| Look {
        world,
        parts: &parts,
        base: &base,
        today,
        period,
    };
    let (now, before) = (look(period), period.moved(-1).map(look));
    let section = |heading: Heading| {
        let old = before.as_ref().map(|b| b.figures(heading));
        let old = |number| {
            let found = old.iter().flatten().find(|(n, ..)| *n == number);
            found.map_or(Amount::Count(0), |(_, amount, _)| *amount)
        };
        let figures: Vec<Figure> = now
            .figures(heading)
            .into_iter()
            .map(|(number, amount, rows)| Figure {
                number,
                amount,
                before: old(number),
                rows,
            })
            .collect();
        let (worst, best) = now.cases(heading);
        Section {
            heading,
            figures,
            worst,
            best,
            used: now.lessons(heading, false),
            repeated: now.lessons(heading, true),
            points: points(&now, heading),
        }
    };
    Heading::ALL.into_iter().map(section).collect()
}

type Counted = (Number, Amount, Vec<Case>);

fn plain(of: CaseOf) -> Case {
    Case { of, days: None }
}

const fn dated(of: CaseOf, days: i64) -> Case {
    Case {
        of,
        days: Some(days),
    }
}

fn count(number: Number, rows: Vec<Case>) -> Counted {
    let n = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    (number, Amount::Count(n), rows)
}

fn mean(number: Number, rows: Vec<Case>) -> Counted {
    let days = rows.iter().filter_map(|r| r.days).sum();
    let of = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    (number, Amount::Mean { days, of }, rows)
}

/// A share of rows; those that are not of the part stand behind it.
fn share(number: Number, part: usize, whole: usize, rows: Vec<Case>) -> Counted {
    let n = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let amount = Amount::Share {
        part: n(part),
        whole: n(whole),
    };
    (number, amount, rows)
}

impl Look<'_> {
    fn holds(&self, day: NaiveDate) -> bool {
        day <= self.today && self.period.within().holds(day)
    }

    fn figures(&self, heading: Heading) -> Vec<Counted> {
        match heading {
            Heading::Acceptance => self.acceptance(),
            Heading::Scheduling => self.scheduling(),
            Heading::Materials => self.materials(),
            Heading::Progress => self.progress(),
            Heading::Exceptions => self.exceptions(),
            Heading::Difficulties => self.difficulties(),
            Heading::Causes => self.causes(),
        }
    }

    pub(super) fn received(&self) -> Vec<&Order> {
        let day = |o: &Order| o.received_at.map(|at| at.date()).or(o.customer_po_date);
        let orders = self.world.orders.iter();
        orders
            .filter(|o| day(o).is_some_and(|d| self.holds(d)))
            .collect()
    }

    fn acceptance(&self) -> Vec<Counted> {
        let received = self.received();
        let in_state = |states: &[OrderState]| -> Vec<Case> {
            let mine = received.iter().filter(|o| states.contains(&o.state));
            mine.map(|o| plain(CaseOf::Order(o.id))).collect()
        };
        let all = received.iter().map(|o| plain(CaseOf::Order(o.id)));
        let amended = self.world.amendments.iter();
        let amended = amended.filter(|a| self.holds(a.made_on));
        let asked = self
            .world
            .queries
            .iter()
            .filter(|q| self.holds(q.raised_on));
        let rounds = self.world.review_rounds.iter();
        let rounds: Vec<_> = rounds.filter(|r| self.holds(r.opened_on)).collect();
        let answers = rounds.iter().flat_map(|r| {
            let own = self.world.answers.of(r.id).filter(|a| !a.carried);
            own.filter_map(|a| {
                let days = (a.answered_on? - a.asked_on).num_days();
                Some(dated(CaseOf::Review(r.id), days))
            })
        });
        vec![
            count(Number::OrdersReceived, all.collect()),
            count(
                Number::OrdersAccepted,
                in_state(&[OrderState::Accepted, OrderState::Closed]),
            ),
            count(Number::OrdersDeclined, in_state(&[OrderState::Declined])),
            count(
                Number::OrdersAmended,
                amended.map(|a| plain(CaseOf::Order(a.order_id))).collect(),
            ),
            count(
                Number::Queries,
                asked.map(|q| plain(CaseOf::Query(q.id))).collect(),
            ),
            mean(Number::QueryDays, self.answered()),
            count(
                Number::ReviewRounds,
                rounds
                    .iter()
                    .map(|r| plain(CaseOf::Order(r.order_id)))
                    .collect(),
            ),
            mean(Number::AnswerDays, answers.collect()),
        ]
    }

    /// Queries that were answered, with the days it took.
    pub(super) fn answered(&self) -> Vec<Case> {
        let asked = self.world.queries.iter();
        let answered = asked.filter_map(|q| Some((q, q.answered_on?)));
        let mine = answered.filter(|(_, day)| self.holds(*day));
        mine.map(|(q, day)| dated(CaseOf::Query(q.id), (day - q.raised_on).num_days()))
            .collect()
    }

    /// Production orders that were finished, with the days after their date.
    pub(super) fn finished(&self) -> Vec<Case> {
        let finished = |made: &ProductionOrder| {
            let standing = production::standing(self.world, made);
            let last = production::last_report(self.world, made)?;
            let done = standing == production::Standing::Finished && self.holds(last);
            let due = production::due(self.world, made)?;
            done.then(|| dated(CaseOf::Made(made.id), (last - due).num_days()))
        };
        self.world
            .production_orders
            .iter()
            .filter_map(finished)
            .collect()
    }

    fn scheduling(&self) -> Vec<Counted> {
        let made = self.world.production_orders.iter();
        let released = made.filter(|m| m.released_on.is_some_and(|d| self.holds(d)));
        let finished = self.finished();
        let late = |c: &&Case| c.days.is_some_and(|d| d > 0);
        let late: Vec<Case> = finished.iter().filter(late).copied().collect();
        let plans = self.world.plans.iter();
        let plans = plans.filter(|p| self.holds(p.accepted_at.date())).count();
        let whole = finished.len();
        vec![
            count(
                Number::Released,
                released.map(|m| plain(CaseOf::Made(m.id))).collect(),
            ),
            count(Number::Finished, finished),
            share(Number::FinishedInTime, whole - late.len(), whole, late),
            (
                Number::PlansAccepted,
                Amount::Count(i64::try_from(plans).unwrap_or(i64::MAX)),
                Vec::new(),
            ),
        ]
    }

    /// Purchase lines whose first word fell into the period, with the days they slipped so far.
    pub(super) fn slips(&self) -> Vec<(Case, bool)> {
        let slip = |p: &crate::domain::purchase::Purchase| {
            let first = supplier::first_word(self.world, p)?;
            let came = supplier::came(self.world, p).filter(|d| *d <= self.today);
            // What is due today may still come today.
            if !self.period.within().holds(first) || (came.is_none() && first >= self.today) {
                return None;
            }
            let end = came.unwrap_or(self.today);
            Some((
                dated(CaseOf::Purchase(p.id), (end - first).num_days()),
                came.is_some(),
            ))
        };
        self.world.purchases.iter().filter_map(slip).collect()
    }

    fn materials(&self) -> Vec<Counted> {
        let placed = self.world.purchases.iter();
        let placed = placed.filter(|p| p.ordered_on.is_some_and(|d| self.holds(d)));
        let came = self.world.purchases.iter().filter_map(|p| {
            let day = supplier::came(self.world, p)?;
            self.holds(day).then(|| plain(CaseOf::Purchase(p.id)))
        });
        let slips = self.slips();
        let kept = |(case, came): &&(Case, bool)| *came && case.days.is_some_and(|d| d <= 0);
        let in_time = slips.iter().filter(kept).count();
        let late = slips.iter().filter(|s| !kept(s)).map(|s| s.0);
        let missing = slips.iter().filter(|s| !s.1).map(|s| s.0);
        let chases = self.world.chases.iter();
        let chases = chases.filter(|c| self.holds(c.at.date()));
        let about = |c: &crate::domain::followup::Chase| {
            let purchase = c.subject == crate::domain::codes::Subject::Purchase;
            let order = c.order_id.map(CaseOf::Order);
            let of = if purchase {
                Some(CaseOf::Purchase(c.subject_id))
            } else {
                order
            };
            of.map(plain)
        };
        let chased = chases.clone().count();
        vec![
            count(
                Number::PurchasesPlaced,
                placed.map(|p| plain(CaseOf::Purchase(p.id))).collect(),
            ),
            count(Number::PurchasesCame, came.collect()),
            share(
                Number::PurchasesInTime,
                in_time,
                slips.len(),
                late.collect(),
            ),
            count(Number::PurchasesMissing, missing.collect()),
            (
                Number::Chases,
                Amount::Count(i64::try_from(chased).unwrap_or(i64::MAX)),
                chases.filter_map(about).collect(),
            ),
        ]
    }

    /// Deliveries due by a base, with their orders: the days after the date, and what was kept.
    pub(super) fn delivered(&self, base: Base) -> Vec<(Case, on_time::Outcome)> {
        let within = self.period.within();
        let mine = self.parts.iter();
        let mine = mine.filter(|p| p.date(base).is_some_and(|d| within.holds(d)));
        let outcome = |p: &Part| {
            let o = p.outcome(base, self.today)?;
            Some((dated(CaseOf::Order(p.order_id), o.days), o))
        };
        mine.filter_map(outcome).collect()
    }

    fn progress(&self) -> Vec<Counted> {
        let left = self.world.shipments.iter();
        let left = left.filter(|s| s.shipped_on.is_some_and(|d| self.holds(d)));
        let mut out = vec![count(
            Number::Shipments,
            left.map(|s| plain(CaseOf::Order(s.order_id))).collect(),
        )];
        for base in Base::ALL {
            let all = self.delivered(base);
            let rate = on_time::rate(self.parts, base, self.period.within(), self.today);
            let n = |n: i64| usize::try_from(n).unwrap_or(0);
            let missed = |kept: fn(&on_time::Outcome) -> bool| {
                let missed = all.iter().filter(|(_, o)| !kept(o));
                missed.map(|(case, _)| *case).collect()
            };
            out.push(share(
                Number::InFullOnTime(base),
                n(rate.in_full_on_time),
                n(rate.due),
                missed(|o| o.in_full_on_time),
            ));
            out.push(share(
                Number::OnTime(base),
                n(rate.on_time),
                n(rate.due),
                missed(|o| o.on_time),
            ));
        }
        let inspected = self.world.inspections.iter();
        let inspected = inspected.filter(|i| i.done_on.is_some_and(|d| self.holds(d)));
        let failed = inspected.clone();
        let failed = failed.filter(|i| i.result == InspectionResult::Failed);
        let of = |i: &crate::domain::progress::Inspection| plain(CaseOf::Order(i.order_id));
        out.push(count(Number::Inspections, inspected.map(of).collect()));
        out.push(count(Number::InspectionsFailed, failed.map(of).collect()));
        out
    }

    /// Exceptions that were reported in the period, with the days until they were closed, or so far.
    pub(super) fn raised(&self) -> impl Iterator<Item = (&Exception, i64)> {
        let all = self.world.exceptions.iter();
        let mine = all.filter(|e| self.holds(e.reported_at.date()));
        mine.map(|e| {
            let end = e
                .closed_on
                .filter(|d| *d <= self.today)
                .unwrap_or(self.today);
            (e, (end - e.reported_at.date()).num_days())
        })
    }

    pub(super) fn of_raised(&self, which: impl Fn(&Exception) -> bool) -> Vec<Case> {
        let mine = self.raised().filter(|(e, _)| which(e));
        mine.map(|(e, days)| dated(CaseOf::Exception(e.id), days))
            .collect()
    }

    fn exceptions(&self) -> Vec<Counted> {
        let ended = self.world.exceptions.iter().filter_map(|e| {
            let day = e.closed_on?;
            let days = (day - e.reported_at.date()).num_days();
            self.holds(day)
                .then(|| dated(CaseOf::Exception(e.id), days))
        });
        let ended: Vec<Case> = ended.collect();
        vec![
            count(Number::Raised, self.of_raised(|_| true)),
            count(
                Number::Critical,
                self.of_raised(|e| e.severity == Severity::Critical),
            ),
            count(Number::Closed, ended.clone()),
            mean(Number::CloseDays, ended),
            count(Number::StillOpen, self.of_raised(|e| e.closed_on.is_none())),
        ]
    }

    fn difficulties(&self) -> Vec<Counted> {
        let hard = |e: &Exception| !e.difficulty.trim().is_empty();
        let learned = self.world.lessons.iter().filter(|l| {
            let from = self.world.exceptions.find(l.exception_id);
            from.and_then(|e| e.closed_on)
                .is_some_and(|d| self.holds(d))
        });
        let learned = learned.map(|l| {
            let order_id = self
                .world
                .exceptions
                .find(l.exception_id)
                .and_then(|e| e.order_id);
            let lesson_id = l.id;
            plain(CaseOf::Lesson {
                lesson_id,
                order_id,
            })
        });
        vec![
            count(Number::WithDifficulty, self.of_raised(hard)),
            count(
                Number::Solved,
                self.of_raised(|e| !e.solution.trim().is_empty()),
            ),
            count(Number::Lessons, learned.collect()),
            count(
                Number::LessonsUsed,
                self.lessons(Heading::Difficulties, false),
            ),
            count(
                Number::LessonsRepeated,
                self.lessons(Heading::Difficulties, true),
            ),
        ]
    }

    fn causes(&self) -> Vec<Counted> {
        let mut out: Vec<Counted> = CauseClass::ALL
            .iter()
            .map(|class| {
                let mine = self.of_raised(|e| e.cause == Some(*class));
                count(Number::Cause(*class), mine)
            })
            .collect();
        out.push(count(
            Number::NoCause,
            self.of_raised(|e| e.cause.is_none()),
        ));
        let known = self.of_raised(|e| e.cause.is_some()).len();
        let outside = self.of_raised(|e| {
            use CauseClass as C;
            matches!(e.cause, Some(C::Customer | C::Supplier | C::External))
        });
        out.push(share(Number::External, outside.len(), known, outside));
        out
    }

    /// The rows that went worst, and best, by their days.
    fn cases(&self, heading: Heading) -> (Vec<Case>, Vec<Case>) {
        let mut all = match heading {
            Heading::Acceptance => self.answered(),
            Heading::Scheduling => self.finished(),
            Heading::Materials => self.slips().into_iter().map(|s| s.0).collect(),
            Heading::Progress => {
                let all = self.delivered(Base::LatestPromise);
                all.into_iter().map(|d| d.0).collect()
            }
            Heading::Exceptions => self.of_raised(|_| true),
            Heading::Difficulties => self.of_raised(|e| !e.difficulty.trim().is_empty()),
            Heading::Causes => self.of_raised(|e| e.cause.is_some()),
        };
        all.sort_by_key(|c| (std::cmp::Reverse(c.days), c.of));
        let worst = all.iter().filter(|c| c.days.is_some_and(|d| d > 0));
        let worst: Vec<Case> = worst.take(CASES_MAX).copied().collect();
        let ended = |c: &&Case| match c.of {
            CaseOf::Exception(id) => {
                let found = self.world.exceptions.get(id);
                found.is_some_and(|e| e.closed_on.is_some())
            }
            CaseOf::Purchase(id) => {
                let found = self.world.purchases.get(id);
                found.is_some_and(|p| supplier::came(self.world, p).is_some())
            }
            _ => true,
        };
        let best = all.iter().rev().filter(ended);
        let best = best.filter(|c| !worst.contains(c)).take(CASES_MAX);
        let best = best.copied().collect();
        (worst, best)
    }

    /// Lessons that were heeded at orders received in the period, or those of them that happened
    /// again.
    pub(super) fn lessons(&self, heading: Heading, repeated: bool) -> Vec<Case> {
        let mut out = Vec::new();
        for order in self.received() {
            for used in self.world.lesson_uses.iter() {
                let lesson = self.world.lessons.get(used.lesson_id);
                let Some(lesson) = lesson.filter(|_| used.order_id == order.id && used.ticked)
                else {
                    continue;
                };
                let from = self.world.exceptions.find(lesson.exception_id);
                let told = from.is_none_or(|e| heading.tells_of(e.stage));
                let again = lesson::outcome(self.world, self.base, lesson, used) == Some(false);
                if told && (again || !repeated) {
                    out.push(plain(CaseOf::Lesson {
                        lesson_id: lesson.id,
                        order_id: Some(order.id),
                    }));
                }
            }
        }
        out
    }
}
