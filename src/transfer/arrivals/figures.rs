//! A department's report beside the figures that are known.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{Joiner, amount};
use crate::command::progress::{Figures, TakeFigures, unit};
use crate::domain::codes::ProductionState;
use crate::domain::production::{Operation, ProductionOrder};
use crate::domain::progress::Progress;
use crate::domain::quantity::Qty;
use crate::domain::rule::figures::{Entry, doubts};
use crate::domain::rule::production;
use crate::transfer::headings::Field;
use crate::transfer::join::{Difference, Hit, Index, Joint, Key, Said, Standing, Wrong, exact};
use crate::transfer::rows::SheetRow;

/// What a figure is about: operation, day, shift where the row names one.
type About = (i64, NaiveDate, String);

/// A row that says something new.
struct New {
    at: usize,
    loose: bool,
    about: About,
    differences: Vec<Difference>,
    known: Vec<i64>,
}

impl<'a> Joiner<'a> {
    pub(super) fn figures(&mut self) -> Vec<TakeFigures> {
        let made: Vec<&ProductionOrder> = self.world.production_orders.iter().collect();
        let key = |m: &&ProductionOrder| Key {
            no: m.no.clone(),
            ..Key::default()
        };
        let keys: Vec<Key> = made.iter().map(key).collect();
        let mut index = Index::new(&keys, std::iter::empty());
        let mut seen: BTreeMap<About, (usize, [Qty; 4])> = BTreeMap::new();
        let mut new: Vec<New> = Vec::new();
        for at in 0..self.preview.rows.len() {
            let Some(row) = self.row(at) else { continue };
            let Some((operation, loose)) = self.operation(at, row, &made, &mut index) else {
                continue;
            };
            self.touched.insert(operation.id);
            let Some(day) = self.day(at, row, operation) else {
                continue;
            };
            let about = (operation.id, day, exact(&row.shift));
            let theirs = [row.good, row.defect, row.rework, row.scrap];
            if let Some((earlier, same)) = seen.get(&about) {
                if *same == theirs {
                    self.say(at, Some(operation.id), Standing::Twice, loose, Vec::new());
                } else {
                    let wrong = Wrong::Again { row: *earlier };
                    self.wrong(at, Some(operation.id), Field::Good, wrong);
                }
                continue;
            }
            seen.insert(about.clone(), (row.place.row, theirs));
            let known = self.known(&about);
            let differences = differences(&known, theirs);
            if differences.is_empty() {
                let standing = if known.is_empty() {
                    Standing::Silent
                } else {
                    Standing::Same
                };
                self.say(at, Some(operation.id), standing, loose, differences);
                continue;
            }
            new.push(New {
                at,
                loose,
                about,
                differences,
                known: known.iter().map(|p| p.id).collect(),
            });
        }
        let taking = self.take_new(new);
        self.not_mentioned(&seen);
        taking
    }

    /// The operation of a row, and whether it is only alike; a row about none is said here.
    fn operation(
        &mut self,
        at: usize,
        row: &SheetRow,
        made: &[&'a ProductionOrder],
        index: &mut Index,
    ) -> Option<(&'a Operation, bool)> {
        let world = self.world;
        let key = Key {
            no: row.production_no.clone(),
            ..Key::default()
        };
        let of_order = self.of_order(&row.production_no);
        let (candidates, loose) = if of_order.is_empty() {
            match index.hit(&key) {
                Hit::One { at, loose } => (made.get(at).copied().into_iter().collect(), loose),
                Hit::Several(list) | Hit::OtherItem { lines: list, .. } => {
                    let all = list.iter().filter_map(|n| made.get(*n)).copied();
                    (all.collect::<Vec<_>>(), true)
                }
                Hit::Unknown { near } => {
                    let near = near.first().and_then(|n| made.get(*n));
                    let first = near.and_then(|m| world.operations.of(m.id).next());
                    let near = first.map(|o| o.id);
                    self.say(at, near, Standing::Unknown, false, Vec::new());
                    return None;
                }
            }
        } else {
            (of_order, false)
        };
        let all = candidates.iter().flat_map(|m| world.operations.of(m.id));
        let all: Vec<&Operation> = all.collect();
        let found = named(&all, &row.operation);
        match found.as_slice() {
            [one] => Some((one, loose)),
            [] => {
                let first = all.first().map(|o| o.id);
                self.say(at, first, Standing::Unknown, false, Vec::new());
                None
            }
            several => {
                let name = |o: &&Operation| {
                    let made = world.production_orders.get(o.production_order_id);
                    let no = made.map_or("", |m| m.no.as_str());
                    format!("{no} {} {}", o.seq, o.name)
                };
                let names = several.iter().map(name).collect();
                let first = several.first().map(|o| o.id);
                self.wrong(at, first, Field::Operation, Wrong::WhichOperation { names });
                None
            }
        }
    }

    /// The production orders of an order by its number, where it is one.
    fn of_order(&self, no: &str) -> Vec<&'a ProductionOrder> {
        let wanted = exact(no);
        let world = self.world;
        let order = world.orders.iter().find(|o| exact(&o.no) == wanted);
        let live = |m: &&ProductionOrder| m.state != ProductionState::Cancelled;
        let all = order
            .into_iter()
            .flat_map(|o| production::of_order(world, o));
        all.filter(live).collect()
    }

    /// The day of a row; one without a day, or ahead, is said to be wrong.
    fn day(&mut self, at: usize, row: &SheetRow, operation: &Operation) -> Option<NaiveDate> {
        let orders = &self.world.production_orders;
        let made = orders.get(operation.production_order_id);
        let proposed = made.is_some_and(|m| m.state == ProductionState::Proposed);
        let today = self.today;
        let (field, wrong) = match row.made_on {
            None => (Field::OrderDate, Wrong::NoDay),
            Some(day) if day > today => (Field::OrderDate, Wrong::Ahead { today }),
            Some(_) if proposed => (Field::ProductionNo, Wrong::NotReleased),
            Some(day) => return Some(day),
        };
        self.wrong(at, Some(operation.id), field, wrong);
        None
    }

    /// The known figures of an operation and day; of the shift, where the row names one.
    fn known(&self, (operation, day, shift): &About) -> Vec<&'a Progress> {
        let same =
            |p: &&Progress| p.date == *day && (shift.is_empty() || exact(&p.shift) == *shift);
        production::figures(self.world, *operation)
            .filter(same)
            .collect()
    }

    /// Takes what is new; what can hardly be right and has no note is said to be wrong.
    fn take_new(&mut self, new: Vec<New>) -> Vec<TakeFigures> {
        let world = self.world;
        let replaced = |n: &New| -> Qty {
            let known = n.known.iter().filter_map(|id| world.progress.get(*id));
            known.map(|p| p.good).sum()
        };
        let entry = |n: &New| Entry {
            operation_id: n.about.0,
            good: self.row(n.at).map_or(Qty::ZERO, |row| row.good),
            replaced: replaced(n),
        };
        let entries: Vec<Entry> = new.iter().map(entry).collect();
        let mut taking = Vec::new();
        for (n, doubt) in new.into_iter().zip(doubts(world, &entries)) {
            let Some(row) = self.row(n.at) else { continue };
            let (operation, date, _) = n.about;
            if let (Some(doubt), true) = (doubt, row.note.trim().is_empty()) {
                let unit = unit(world, operation);
                let wrong = Wrong::Doubtful { doubt, unit };
                self.wrong(n.at, Some(operation), Field::Good, wrong);
                continue;
            }
            let from = self.from(row);
            self.say(
                n.at,
                Some(operation),
                Standing::Differs,
                n.loose,
                n.differences,
            );
            let figures = |corrects: Option<i64>| Figures {
                operation_id: operation,
                shift: row.shift.clone(),
                note: row.note.clone(),
                corrects,
                ..Figures::default()
            };
            taking.push(TakeFigures {
                date,
                figures: Figures {
                    good: row.good,
                    defect: row.defect,
                    rework: row.rework,
                    scrap: row.scrap,
                    ..figures(n.known.first().copied())
                },
                from: from.clone(),
            });
            // The row is the sum of the day; further figures of it are in the new one.
            taking.extend(n.known.iter().skip(1).map(|id| TakeFigures {
                date,
                figures: figures(Some(*id)),
                from: from.clone(),
            }));
        }
        taking
    }

    /// Figures of the same days and departments that the file should mention and does not.
    fn not_mentioned(&mut self, seen: &BTreeMap<About, (usize, [Qty; 4])>) {
        let world = self.world;
        let days: BTreeSet<NaiveDate> = seen.keys().map(|(_, day, _)| *day).collect();
        let department = |o: &Operation| {
            let centre = world.work_centres.find(o.work_centre_id);
            centre.map_or("", |c| c.department.code())
        };
        let departments: BTreeSet<&str> = seen
            .keys()
            .filter_map(|(id, ..)| world.operations.get(*id))
            .map(department)
            .collect();
        let here = |o: &&Operation| {
            departments.contains(department(o))
                && production::figures(world, o.id).any(|p| days.contains(&p.date))
        };
        let ids: Vec<i64> = world.operations.iter().filter(here).map(|o| o.id).collect();
        for id in ids.into_iter().filter(|id| !self.touched.contains(id)) {
            self.rows.push(Joint {
                row: None,
                ours: Some(id),
                standing: Standing::Missing,
                loose: false,
                differences: Vec::new(),
            });
        }
    }
}

/// The operations that a text means: by number, by name, by one of the words of a name; all of them
/// where it says nothing.
fn named<'a>(all: &[&'a Operation], text: &str) -> Vec<&'a Operation> {
    let wanted = exact(text);
    if wanted.is_empty() {
        return all.to_vec();
    }
    let number: Option<i64> = wanted.trim_end_matches(".0").parse().ok();
    let word = |o: &Operation| o.name.split_whitespace().any(|w| exact(w) == wanted);
    let ways: [&dyn Fn(&Operation) -> bool; 4] = [
        &|o| Some(o.seq) == number,
        &|o| exact(&o.name) == wanted,
        &word,
        &|o| exact(&o.name).contains(&wanted),
    ];
    let mut found = ways
        .iter()
        .map(|same| all.iter().copied().filter(|o| same(o)).collect::<Vec<_>>());
    found.find(|list| !list.is_empty()).unwrap_or_default()
}

fn differences(known: &[&Progress], theirs: [Qty; 4]) -> Vec<Difference> {
    let sum = |f: &dyn Fn(&Progress) -> Qty| -> Qty { known.iter().map(|p| f(p)).sum() };
    let ours = [
        sum(&|p| p.good),
        sum(&|p| p.defect),
        sum(&|p| p.rework),
        sum(&|p| p.scrap),
    ];
    let fields = [Field::Good, Field::Defect, Field::Rework, Field::Scrap];
    let all = fields.into_iter().zip(ours).zip(theirs);
    let other = all.filter(|((_, ours), theirs)| ours != theirs);
    let said = other.map(|((field, ours), theirs)| match known {
        [] => Difference {
            field,
            ours: Said::Nothing,
            theirs: Said::Amount(theirs),
        },
        _ => amount(field, ours, theirs),
    });
    said.collect()
}
