//! Material changes before they are made: a supplier's list, who becomes short by a reallocation or
//! a count. Netting is done afresh for each, so that they never stand on an older plan.

use chrono::NaiveDate;

use super::App;
use crate::command::materials::{ListLine, PlaceList};
use crate::command::stock::{CountStock, Keeper, Reallocate};
use crate::command::{Command, Problem, Refusal};
use crate::domain::quantity::Money;
use crate::domain::rule::purchase;
use crate::overlay::form::Form;
use crate::overlay::pages::{Line, Page};
use crate::overlay::{Overlay, Review};
use crate::plan::explode::{self, For, Holder, Lot, Source};
use crate::plan::reallocate::{self, Cannot, Gift};
use crate::plan::supply;
use crate::text::need::Said;
use crate::text::{format, materials as w, reallocation as said, show};
use crate::theme::Role;

impl App {
    /// Shows what a change of materials does to others; false where it can be made at once.
    pub(super) fn shows_first(&mut self, command: &Command) -> bool {
        match command {
            Command::Reallocate(c) => self.review_gift((**c).clone()),
            Command::CountStock(c) => return self.review_count(c),
            _ => return false,
        }
        true
    }

    fn refuse_form(&mut self, refused: Refusal) {
        self.keep_draft();
        match self.editor() {
            Some(editor) => editor.refuse(refused),
            None => self.say_refusal(&refused),
        }
    }

    fn review(
        &mut self,
        title: String,
        lines: Vec<Said>,
        decides: crate::text::Word,
        command: Command,
    ) {
        let line = |s: Said| Line {
            left: s.left,
            text: s.text,
            role: s.role,
        };
        let page = Page::new(title, lines.into_iter().map(line).collect());
        self.overlays.push(Overlay::Review(Box::new(Review {
            page: page.deciding(decides),
            command,
        })));
    }

    fn review_gift(&mut self, mut c: Reallocate) {
        let unit = self
            .world
            .items
            .get(c.item_id)
            .map_or(String::new(), |i| i.unit.clone());
        if c.from == Some(c.to) {
            self.refuse_form(Refusal::at("to", Problem::Not(w::SAME_KEEPER)));
            return;
        }
        if !c.qty.is_positive() {
            self.refuse_form(Refusal::at("qty", Problem::NotPositive));
            return;
        }
        let input = supply::input(&self.world, self.store.clock().today());
        let gift = Gift {
            item: c.item_id,
            purchase: c.purchase_id,
            from: c.from.map(holder),
            to: holder(c.to),
            qty: c.qty,
        };
        let given = match reallocate::give(&input, &gift) {
            Ok(given) => given,
            Err(cannot) => {
                self.refuse_form(match cannot {
                    Cannot::NeedsOnly(qty) => Refusal::at("qty", Problem::NeedsOnly { qty, unit }),
                    Cannot::HasOnly(qty) => Refusal::at("from", Problem::HasOnly { qty, unit }),
                    Cannot::ThereIsOnly(qty) => Refusal::at("of", Problem::HasOnly { qty, unit }),
                });
                return;
            }
        };
        c.keep = given
            .keep
            .iter()
            .map(|(h, qty)| (keeper(*h), *qty))
            .collect();
        let teller = said::Teller {
            world: &self.world,
            today: self.store.clock().today(),
            lang: self.lang,
        };
        let (title, lines) = teller.gift(&gift, &given);
        self.review(title, lines, w::DO_GIVE, Command::Reallocate(Box::new(c)));
    }

    /// A count is shown first where somebody becomes short by it.
    fn review_count(&mut self, c: &CountStock) -> bool {
        let Some(item) = self.world.items.get(c.item_id) else {
            return false;
        };
        if c.on_hand.is_negative() || c.on_hold.is_negative() || c.on_hold > c.on_hand {
            return false;
        }
        let input = supply::input(&self.world, self.store.clock().today());
        let mut after = input.clone();
        if let Some(own) = after.items.iter_mut().find(|i| i.id == c.item_id) {
            (own.on_hand, own.on_hold) = (c.on_hand, c.on_hold);
        }
        let shifts = reallocate::shifts(
            &reallocate::standings(&input),
            &reallocate::standings(&after),
        );
        if !shifts.iter().any(reallocate::Shift::loses) {
            return false;
        }
        let teller = said::Teller {
            world: &self.world,
            today: self.store.clock().today(),
            lang: self.lang,
        };
        let (title, lines) = teller.count(item, c.on_hand, c.on_hold, &shifts);
        let command = Command::CountStock(c.clone());
        self.review(title, lines, w::DO_COUNT, command);
        true
    }

    /// Reads supplier and day from the form, and shows the list.
    pub(super) fn order_list_asked(&mut self, form: &Form) {
        let today = self.store.clock().today();
        let values = form.values(today);
        let name = values.text("supplier");
        let supplier = self
            .world
            .suppliers
            .iter()
            .find(|s| s.name == name || s.code == name);
        let supplier_id = supplier.map(|s| s.id);
        if supplier_id.is_none() && !name.is_empty() {
            let what = crate::text::say::SUPPLIER;
            self.refuse_form(Refusal::at("supplier", Problem::Unknown { what, name }));
            return;
        }
        match values.needed_date("by") {
            Ok(by) => self.review_list(supplier_id, by),
            Err(refused) => self.refuse_form(refused),
        }
    }

    /// Shows what has to be ordered from a supplier up to a day; Enter places it.
    pub(super) fn review_list(&mut self, supplier_id: Option<i64>, by: NaiveDate) {
        let today = self.store.clock().today();
        let explosion = explode::explode(&supply::input(&self.world, today));
        let due = |lot: &&Lot| {
            let item = self.world.items.get(lot.item);
            lot.source == Source::Buy
                && lot.release <= by
                && item.is_some_and(|i| i.supplier_id == supplier_id)
        };
        let mut lots: Vec<&Lot> = explosion.lots.iter().filter(due).collect();
        lots.sort_by_key(|lot| (lot.due, lot.item, lot.number));
        if lots.is_empty() {
            self.refuse_form(Refusal::at("by", Problem::Not(w::NOTHING_TO_ORDER)));
            return;
        }
        let lines: Vec<ListLine> = lots.iter().map(|lot| self.list_line(lot)).collect();
        let shown = self.list_page(&lots, &lines, today);
        let supplier = self.world.suppliers.find(supplier_id);
        let name = supplier.map_or_else(|| w::NO_SUPPLIER.text(self.lang), |s| s.name.as_str());
        let title = w::LIST_TITLE.fill(self.lang, &[name, &lines.len().to_string()]);
        let command = Command::PlaceList(Box::new(PlaceList {
            supplier_id,
            lines,
            note: String::new(),
        }));
        self.review(title, shown, w::DO_PLACE, command);
    }

    /// A planned lot as a purchase line, in the unit the item was bought in before.
    fn list_line(&self, lot: &Lot) -> ListLine {
        let item = self.world.items.get(lot.item);
        let supplier = item.and_then(|i| i.supplier_id);
        let own = item.map_or("", |i| i.unit.as_str());
        let price = purchase::last_price(&self.world, lot.item, supplier);
        let factor = |unit: &str| purchase::factor(&self.world, lot.item, unit);
        let known = |unit: &str| {
            unit == own || self.world.unit_factors.of(lot.item).any(|f| f.unit == unit)
        };
        let (unit, price) = match price {
            Some((price, unit)) if known(&unit) => (unit, Some(price)),
            _ => (own.to_owned(), None),
        };
        let qty = if unit == own {
            lot.qty
        } else {
            purchase::in_unit(lot.qty, factor(&unit))
        };
        ListLine {
            item_id: lot.item,
            order_id: self.one_order(lot),
            qty,
            unit,
            unit_price: price,
            required_date: Some(lot.due),
        }
    }

    /// The order a lot is for, where it is for one alone.
    fn one_order(&self, lot: &Lot) -> Option<i64> {
        let mut orders = lot.pegs.iter().filter_map(|peg| match peg.to {
            For::Need(line) => Some(self.world.order_lines.get(line).map(|l| l.order_id)),
            For::SafetyStock => Some(None),
            For::Surplus => None,
        });
        let first = orders.next()??;
        orders.all(|other| other == Some(first)).then_some(first)
    }

    fn list_page(&self, lots: &[&Lot], lines: &[ListLine], today: NaiveDate) -> Vec<Said> {
        let lang = self.lang;
        let (mut sum, mut unpriced) = (Money::ZERO, 0_usize);
        let mut out = Vec::new();
        for (lot, line) in lots.iter().zip(lines) {
            let item = self.world.items.get(line.item_id);
            let amount = line.unit_price.map(|p| p.times(line.qty));
            sum += amount.unwrap_or_default();
            unpriced += usize::from(amount.is_none());
            let price =
                |p: Option<Money>| p.map_or_else(|| "—".to_owned(), |p| format::money(p, 2));
            let own = item.map_or("", |i| i.unit.as_str());
            let mut qty = format!("{} {}", format::qty(line.qty), line.unit);
            if line.unit != own {
                qty = format!("{qty} (= {} {own})", format::qty(lot.qty));
            }
            let needed = show::day(lot.due, today, lang);
            let name = item.map_or("", |i| i.name.as_str());
            let mut text = w::LIST_LINE.fill(
                lang,
                &[name, &qty, &needed, &price(line.unit_price), &price(amount)],
            );
            let late = lot.late_days > 0;
            if late {
                let days = w::LIST_LATE.fill(lang, &[&lot.late_days.to_string()]);
                text = format!("{text}  ! {days}");
            }
            out.push(Said {
                left: item.map_or(String::new(), |i| i.code.clone()),
                text,
                role: if late { Role::Bad } else { Role::Base },
            });
        }
        let mut total = w::LIST_SUM.fill(lang, &[&format::money(sum, 2)]);
        if unpriced > 0 {
            let rest = w::LIST_UNPRICED.fill(lang, &[&unpriced.to_string()]);
            total = format!("{total}  ({rest})");
        }
        out.push(Said {
            left: String::new(),
            text: total,
            role: Role::Title,
        });
        out
    }
}

const fn holder(keeper: Keeper) -> Holder {
    match keeper {
        Keeper::Production(id) => Holder::Production(id),
        Keeper::OrderLine(id) => Holder::Need(id),
    }
}

const fn keeper(holder: Holder) -> Keeper {
    match holder {
        Holder::Production(id) => Keeper::Production(id),
        Holder::Need(id) => Keeper::OrderLine(id),
    }
}
