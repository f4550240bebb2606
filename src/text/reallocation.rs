//! What a gift of material, or a count, does to everybody, in words.

use chrono::NaiveDate;

use super::materials as w;
use super::need::{Said, order_line};
use super::word::{Lang, Word};
use super::{format, show, words};
use crate::domain::item::Item;
use crate::domain::quantity::Qty;
use crate::domain::world::World;
use crate::plan::explode::Holder;
use crate::plan::reallocate::{Gift, Given, Shift};
use crate::theme::Role;

/// Most holders that are told of on one page.
const HOLDERS_MAX: usize = 100;

/// Says it of one state of the data.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    pub world: &'a World,
    pub today: NaiveDate,
    pub lang: Lang,
}

impl Teller<'_> {
    /// Title and lines about a gift.
    #[must_use]
    pub fn gift(&self, gift: &Gift, given: &Given) -> (String, Vec<Said>) {
        let item = self.world.items.get(gift.item);
        let (code, name) = item.map_or(("", ""), |i| (i.code.as_str(), i.name.as_str()));
        let unit = item.map_or("", |i| i.unit.as_str());
        let of = match self.world.purchases.find(gift.purchase) {
            Some(line) => format!("{}/{}", line.no, line.line),
            None => w::STOCK_PART.text(self.lang).to_owned(),
        };
        let from = gift
            .from
            .map_or_else(|| self.say(w::LAST_IN_LINE), |h| self.holder(h));
        let args = [
            code,
            &format!("{} {unit}", format::qty(gift.qty)),
            &format!("({of})"),
            &from,
            &self.holder(gift.to),
        ];
        let mut out = vec![self.line("", w::GIVE_SAID.fill(self.lang, &args), Role::Base)];
        for (holder, qty) in given.keep.iter().filter(|(h, _)| *h != gift.to) {
            let args = [&*self.holder(*holder), &*format::qty(*qty)];
            out.push(self.line("", w::KEEPS.fill(self.lang, &args), Role::Dim));
        }
        let both = |s: &&Shift| s.holder == gift.to || Some(s.holder) == gift.from;
        out.push(self.line("", self.say(w::BOTH_KITS), Role::Title));
        for shift in given.shifts.iter().filter(both) {
            self.shift(shift, &mut out);
        }
        self.everybody(&given.shifts, |s| s.holder != gift.to, &mut out);
        let title = w::GIVE_TITLE.fill(self.lang, &[&format!("{code} {name}")]);
        (title, out)
    }

    /// Title and lines about a stock count.
    #[must_use]
    pub fn count(
        &self,
        item: &Item,
        on_hand: Qty,
        on_hold: Qty,
        shifts: &[Shift],
    ) -> (String, Vec<Said>) {
        let row = |old: Qty, new: Qty| {
            let args = [
                &*format::qty(old),
                &*format::qty(new),
                &*w::signed(new - old),
            ];
            w::COUNT_ROW.fill(self.lang, &args)
        };
        let mut out = vec![
            self.line(
                self.say(w::COUNT_BOOK),
                row(item.on_hand, on_hand),
                Role::Base,
            ),
            self.line(
                self.say(w::COUNT_HOLD),
                row(item.on_hold, on_hold),
                Role::Base,
            ),
        ];
        self.everybody(shifts, |_| true, &mut out);
        let name = format!("{} {}", item.code, item.name);
        (w::COUNT_TITLE.fill(self.lang, &[&name]), out)
    }

    /// Those who lose, then the others.
    fn everybody(&self, shifts: &[Shift], other: impl Fn(&Shift) -> bool, out: &mut Vec<Said>) {
        let losers: Vec<&Shift> = shifts.iter().filter(|s| s.loses() && other(s)).collect();
        out.push(self.line("", self.say(w::BECOMES_SHORT), Role::Title));
        if losers.is_empty() {
            out.push(self.line("", self.say(w::NOBODY_SHORT), Role::Ok));
        }
        for shift in losers.iter().take(HOLDERS_MAX) {
            self.shift(shift, out);
        }
        let rest: Vec<&Shift> = shifts.iter().filter(|s| !s.loses() && other(s)).collect();
        if !rest.is_empty() {
            out.push(self.line("", self.say(w::OTHERS), Role::Title));
        }
        for shift in rest.iter().take(HOLDERS_MAX) {
            self.shift(shift, out);
        }
    }

    fn shift(&self, shift: &Shift, out: &mut Vec<Said>) {
        let role = if shift.loses() { Role::Bad } else { Role::Ok };
        let mut head = self.holder(shift.holder);
        let mut push = |text: String| out.push(self.line(std::mem::take(&mut head), text, role));
        if let (Some((before, _)), Some((after, of))) = (shift.before.sets, shift.after.sets) {
            let args = [before, after, of].map(format::qty);
            push(w::SHIFT_SETS.fill(self.lang, &[&args[0], &args[1], &args[2]]));
        }
        if shift.before.ready != shift.after.ready {
            let day = |d: Option<NaiveDate>| {
                d.map_or_else(
                    || self.say(words::NOT_ORDERED),
                    |d| show::day(d, self.today, self.lang),
                )
            };
            let args = [day(shift.before.ready), day(shift.after.ready)];
            push(w::SHIFT_READY.fill(self.lang, &[&args[0], &args[1]]));
        }
        for (id, before, after) in shift.items() {
            let code = self.world.items.get(id).map_or("", |i| i.code.as_str());
            let numbers = [
                before.stock,
                after.stock,
                before.coming,
                after.coming,
                before.short(),
                after.short(),
            ]
            .map(format::qty);
            let mut args = vec![code];
            args.extend(numbers.iter().map(String::as_str));
            push(w::SHIFT_ITEM.fill(self.lang, &args));
        }
    }

    fn holder(&self, holder: Holder) -> String {
        match holder {
            Holder::Production(id) => {
                let made = self.world.production_orders.get(id);
                made.map(|p| p.no.clone()).unwrap_or_default()
            }
            Holder::Need(id) => order_line(self.world, id),
        }
    }

    fn say(&self, word: Word) -> String {
        word.text(self.lang).to_owned()
    }

    fn line(&self, left: impl Into<String>, text: impl Into<String>, role: Role) -> Said {
        Said {
            left: left.into(),
            text: text.into(),
            role,
        }
    }
}
