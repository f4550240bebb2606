//! A requirement explained: where every number of it comes from.

use chrono::NaiveDate;

use super::explosion as rule_words;
use super::materials as w;
use super::word::{Lang, Word, word};
use super::{format, show, words};
use crate::app::outlook::{For, Lot, Origin, Outlook, ParentLot, ParentUse, Source, Supply};
use crate::domain::item::Item;
use crate::domain::quantity::{Qty, Rate};
use crate::domain::rule::purchase;
use crate::domain::world::World;
use crate::plan::explode::{LotRule, Row, WastageRule};
use crate::theme::Role;

/// Most days of one item that are explained on one page.
const DAYS_MAX: usize = 60;

/// A line of the explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What the number is; empty where the line goes on about the one above.
    pub left: String,
    pub text: String,
    pub role: Role,
}

const NEEDED: Word = word("{0} 需要 {1}", "{0} needed: {1}");
const FOR_WHOM: Word = word("为谁", "For whom");
const USE: Word = word("{0} {1}：{2} = {3}", "{0} {1}: {2} = {3}");
const ISSUED: Word = word("，已用 {0}", ", {0} built in");
const AT: Word = word("，工序 {0}", ", operation {0}");
const SAFETY: Word = word("补足安全库存", "up to the safety stock");
const SURPLUS_OF: Word = word("余量", "surplus");
const PLANNED_LOT: Word = word("计划批 {0}", "planned lot {0}");
const IN_STOCK: Word = word(
    "现有 {0} − 冻结 {1} − 安全库存 {2}",
    "on hand {0} − on hold {1} − safety stock {2}",
);
const RESERVED: Word = word("预留", "reserved");
const SUBSTITUTE: Word = word("替代 {0}", "substitute {0}");
const FROM_SURPLUS: Word = word("前批余量", "surplus of earlier lots");
const FROM_SUBSTITUTE: Word = word("替代料", "Substitutes");
const LOT: Word = word(
    "{0}：{1}，{2} 下单，{3} 到",
    "{0}: {1}, released {2}, there {3}",
);
const LEFT_OVER: Word = word("余 {0} 留给以后的需求", "{0} left over for later needs");
const RELEASE: Word = word(
    "要 {0} 到，提前期 {1} 个工作日，最晚 {2} 下单",
    "needed {0}, {1} working days ahead: release by {2}",
);
const LATE: Word = word(
    "已晚 {0} 个工作日，今天就下，{1} 才到",
    "{0} working days late: release it today, it comes {1}",
);
const GROUPED: Word = word(
    "并入较早的一批（{0} 天内的需求合并）",
    "ordered with an earlier lot (needs within {0} days go together)",
);
const CUSTOMER_SENDS: Word = word(
    "客供料：客户还须送来 {0}",
    "customer-supplied: the customer still has to send {0}",
);
const RULES: Word = word(
    "起订量 {0}，倍数 {1}，最大批 {2}，提前期 {3} 天",
    "minimum {0}, multiple {1}, largest {2}, lead time {3} days",
);
const UNITS: Word = word("1 {0} = {1} {2}", "1 {0} = {1} {2}");
const APPROVED: Word = word(
    "{0} ×{1}，{2} 批准，可用 {3}",
    "{0} ×{1}, approved by {2}, {3} free",
);
const NOT_APPROVED: Word = word("{0} ×{1}，未批准", "{0} ×{1}, not approved");
const NOTHING: Word = word("没有需求", "nothing is needed");
const MORE_DAYS: Word = word("还有 {0} 天的需求没有列出", "{0} more days are not listed");

/// Everything about an item: its stock, rules, units and substitutes, then each day's need; only
/// `day` where one is given.
#[must_use]
pub fn explain(
    world: &World,
    outlook: &Outlook,
    item: i64,
    day: Option<NaiveDate>,
    today: NaiveDate,
    lang: Lang,
) -> Vec<Said> {
    let teller = Teller {
        world,
        outlook,
        today,
        lang,
    };
    let Some(item) = world.items.get(item) else {
        return Vec::new();
    };
    let mut out = teller.about(item);
    let days = outlook.of_item(item.id);
    let wanted = |date: NaiveDate| day.is_none_or(|d| d == date);
    let mut told = 0;
    for requirement in days.iter().filter(|r| wanted(r.need_date)) {
        if told == DAYS_MAX {
            let rest = (days.len() - told).to_string();
            out.push(line("", MORE_DAYS.fill(lang, &[&rest]), Role::Warn));
            break;
        }
        told += 1;
        if let Some((_, row)) = outlook.requirement(item.id, requirement.need_date) {
            teller.row(item, row, &mut out);
        }
    }
    if told == 0 {
        out.push(line("", NOTHING.text(lang), Role::Dim));
    }
    out
}

fn line(left: impl Into<String>, text: impl Into<String>, role: Role) -> Said {
    Said {
        left: left.into(),
        text: text.into(),
        role,
    }
}

struct Teller<'a> {
    world: &'a World,
    outlook: &'a Outlook,
    today: NaiveDate,
    lang: Lang,
}

impl Teller<'_> {
    fn day(&self, date: NaiveDate) -> String {
        show::day(date, self.today, self.lang)
    }

    fn say(&self, word: Word) -> String {
        word.text(self.lang).to_owned()
    }

    fn name(&self, item: i64) -> (String, String) {
        let item = self.world.items.get(item);
        item.map(|i| (i.code.clone(), i.name.clone()))
            .unwrap_or_default()
    }

    fn about(&self, item: &Item) -> Vec<Said> {
        let lang = self.lang;
        let supplier = self.world.suppliers.find(item.supplier_id);
        let mut title = format!("{} {} {}", item.code, item.name, item.spec);
        if item.customer_supplied {
            title = format!("{title}  [{}]", rule_words::CUSTOMER_SUPPLIED.text(lang));
        }
        let mut out = vec![line("", title.trim(), Role::Title)];
        let or_none = |qty: Qty| {
            if qty.is_zero() {
                "—".to_owned()
            } else {
                format::qty(qty)
            }
        };
        let rules = [
            or_none(item.moq),
            or_none(item.multiple),
            or_none(item.max_lot),
            item.lead_days.to_string(),
        ];
        let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
        let who = supplier.map_or(String::new(), |s| format!("  {}", s.name));
        out.push(line(
            self.say(w::LOT_RULE),
            format!("{}{who}", RULES.fill(lang, &rules)),
            Role::Base,
        ));
        for unit in self.world.unit_factors.of(item.id) {
            let text = UNITS.fill(lang, &[&unit.unit, &format::qty(unit.factor), &item.unit]);
            out.push(line(self.say(words::UNIT), text, Role::Base));
        }
        for other in self.world.substitutes.of(item.id) {
            let (code, name) = self.name(other.substitute_id);
            let named = format!("{code} {name}");
            let factor = format::qty(other.factor);
            let there = self
                .world
                .items
                .get(other.substitute_id)
                .map_or(Qty::ZERO, purchase::usable);
            let text = if other.approved_by.is_empty() {
                NOT_APPROVED.fill(lang, &[&named, &factor])
            } else {
                APPROVED.fill(
                    lang,
                    &[&named, &factor, &other.approved_by, &format::qty(there)],
                )
            };
            out.push(line(self.say(FROM_SUBSTITUTE), text, Role::Base));
        }
        out
    }

    fn row(&self, item: &Item, row: &Row, out: &mut Vec<Said>) {
        let lang = self.lang;
        let amount = |qty: Qty| format!("{} {}", format::qty(qty), item.unit);
        let title = NEEDED.fill(lang, &[&self.day(row.need_date), &amount(row.gross)]);
        out.push(line("", title, Role::Title));
        let mut head = format!("{} {}", w::GROSS.text(lang), format::qty(row.gross));
        for part in &row.parts {
            let text = match &part.origin {
                Origin::Need(id) => format!("{} {}", self.order_line(*id), amount(part.qty)),
                Origin::SafetyStock => format!("{} {}", SAFETY.text(lang), amount(part.qty)),
                Origin::Parent(usage) => self.usage(usage, part.qty),
            };
            out.push(line(std::mem::take(&mut head), text, Role::Base));
        }
        let mut head = self.say(FOR_WHOM);
        for peg in &row.pegs {
            let text = format!("{} {}", self.whom(peg.to), amount(peg.qty));
            out.push(line(std::mem::take(&mut head), text, Role::Base));
        }
        self.covers(item, row, out);
        self.plan(item, row, out);
    }

    /// `2,800 × 1.35 × (1 + 3%) + 5`, and who takes it.
    fn usage(&self, usage: &ParentUse, qty: Qty) -> String {
        let lang = self.lang;
        let (code, name) = self.name(usage.parent);
        let lot = match usage.lot {
            ParentLot::Production(id) => self.production(id),
            ParentLot::Planned(number) => {
                let lot = self.outlook.explosion.lots.get(number);
                let when = lot.map_or(String::new(), |l| self.day(l.due));
                PLANNED_LOT.fill(lang, &[&when])
            }
            ParentLot::Phantom => self.say(rule_words::PHANTOM),
        };
        let mut sum = format!(
            "{} × {}",
            format::qty(usage.start_qty),
            format::qty(usage.per)
        );
        if usage.wastage.is_positive() {
            let rate = percent(usage.wastage);
            sum = match usage.wastage_rule {
                WastageRule::Multiply => format!("{sum} × (1 + {rate})"),
                WastageRule::Divide => format!("{sum} ÷ (1 − {rate})"),
            };
        }
        if usage.fixed.is_positive() {
            sum = format!("{sum} + {}", format::qty(usage.fixed));
        }
        if usage.issued.is_positive() {
            sum = format!("{sum} − {}", format::qty(usage.issued));
        }
        let who = format!("{lot} {code}");
        let mut text = USE.fill(lang, &[&who, &name, &sum, &format::qty(qty)]);
        if usage.issued.is_positive() {
            text.push_str(&ISSUED.fill(lang, &[&format::qty(usage.issued)]));
        }
        if let Some(seq) = usage.operation {
            text.push_str(&AT.fill(lang, &[&seq.to_string()]));
        }
        text
    }

    fn covers(&self, item: &Item, row: &Row, out: &mut Vec<Said>) {
        let lang = self.lang;
        if row.from_stock.is_positive() {
            let args = [item.on_hand, item.on_hold, item.safety_stock].map(format::qty);
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let head = format!(
                "{} {}",
                words::STOCK.text(lang),
                format::qty(row.from_stock)
            );
            out.push(line(head, IN_STOCK.fill(lang, &args), Role::Base));
        }
        let mut ordered = format!(
            "{} {}",
            words::ON_ORDER.text(lang),
            format::qty(row.from_on_order)
        );
        for cover in &row.covers {
            let whom = self.whom(cover.to);
            let qty = format::qty(cover.qty);
            let (head, what) = match cover.from {
                Supply::Stock => (String::new(), self.say(w::STOCK_PART)),
                Supply::Reserved(_) => (String::new(), self.say(RESERVED)),
                Supply::Purchase(id) => (std::mem::take(&mut ordered), self.purchase(id)),
                Supply::Production(id) => (std::mem::take(&mut ordered), self.production(id)),
                Supply::Substitute(id) => {
                    let (code, name) = self.name(id);
                    let text = SUBSTITUTE.fill(lang, &[&format!("{code} {name}")]);
                    (self.say(FROM_SUBSTITUTE), text)
                }
                Supply::Lot(_) => continue,
            };
            out.push(line(head, format!("{what}: {qty} → {whom}"), Role::Base));
        }
        if row.from_surplus.is_positive() {
            let text = format::qty(row.from_surplus);
            out.push(line(self.say(FROM_SURPLUS), text, Role::Base));
        }
    }

    fn plan(&self, item: &Item, row: &Row, out: &mut Vec<Said>) {
        let lang = self.lang;
        let net = format!("{} {}", w::NET.text(lang), format::qty(row.net));
        if row.source == Source::Customer {
            if row.shortage.is_positive() {
                let text = CUSTOMER_SENDS.fill(lang, &[&format::qty(row.shortage)]);
                out.push(line(net, text, Role::Warn));
            }
            return;
        }
        let said = LotRule::say(&row.rules, lang);
        out.push(line(net, said, Role::Base));
        if row.lots.is_empty() && row.net.is_positive() && row.source != Source::Phantom {
            let days = item.group_days.to_string();
            out.push(line("", GROUPED.fill(lang, &[&days]), Role::Base));
        }
        let lots = row
            .lots
            .iter()
            .filter_map(|n| self.outlook.explosion.lots.get(*n));
        let mut head = format!("{} {}", w::PLANNED.text(lang), format::qty(row.qty_planned));
        for lot in lots {
            let args = [
                format!("{} {}", format::qty(lot.qty), item.unit),
                LotRule::say(&lot.rules, lang),
                self.day(lot.release),
                self.day(lot.arrives),
            ];
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            out.push(line(
                std::mem::take(&mut head),
                LOT.fill(lang, &args),
                Role::Base,
            ));
            out.push(self.release(item, lot));
        }
        if row.surplus.is_positive() {
            let text = LEFT_OVER.fill(lang, &[&format::qty(row.surplus)]);
            out.push(line(self.say(SURPLUS_OF), text, Role::Base));
        }
    }

    fn release(&self, item: &Item, lot: &Lot) -> Said {
        let (lang, head) = (self.lang, self.say(w::RELEASE_BY));
        let due = self.day(lot.due);
        let days = item.lead_days.to_string();
        let by = self.day(lot.release_required);
        let text = RELEASE.fill(lang, &[&due, &days, &by]);
        if lot.late_days > 0 {
            let late = LATE.fill(lang, &[&lot.late_days.to_string(), &self.day(lot.arrives)]);
            return line(head, format!("{text}; {late}"), Role::Bad);
        }
        line(head, text, Role::Base)
    }

    fn whom(&self, to: For) -> String {
        match to {
            For::Need(id) => self.order_line(id),
            For::SafetyStock => self.say(SAFETY),
            For::Surplus => self.say(SURPLUS_OF),
        }
    }

    fn order_line(&self, id: i64) -> String {
        order_line(self.world, id)
    }

    fn production(&self, id: i64) -> String {
        let made = self.world.production_orders.get(id);
        made.map(|p| p.no.clone()).unwrap_or_default()
    }

    fn purchase(&self, id: i64) -> String {
        let Some(line) = self.world.purchases.get(id) else {
            return String::new();
        };
        let when = purchase::expected(self.world, line, self.today);
        let when = when.map_or_else(|| self.say(w::NO_DATE), |d| self.day(d));
        format!("{}/{} {when}", line.no, line.line)
    }
}

/// The names of the lot rules that acted.
#[must_use]
pub fn rules(rules: &[LotRule], lang: Lang) -> String {
    LotRule::say(rules, lang)
}

/// An order line's name: order and line number.
#[must_use]
pub fn order_line(world: &World, id: i64) -> String {
    let Some(line) = world.order_lines.get(id) else {
        return String::new();
    };
    let no = world
        .orders
        .get(line.order_id)
        .map_or("", |o| o.no.as_str());
    format!("{no}/{}", line.no)
}

/// A share with all its digits: `3.5%`, not rounded.
fn percent(share: Rate) -> String {
    format!("{}%", format::qty(share.times(Rate::whole(100))))
}
