//! Claim evidence (索赔证据) against a supplier or a customer: what was agreed, what came, what was
//! asked and answered, what went wrong, how many days that cost, and the papers that show it.

mod rows;

use std::collections::BTreeSet;

use super::paper::{Cell, Layout, Paper, Table};
use super::{Lacks, Scope};
use crate::app::ledger;
use crate::domain::order::Order;
use crate::domain::purchase::Purchase;
use crate::domain::rule::ledger::pareto::{self, Period};
use crate::domain::rule::ledger::{Evidence, Ledger, Whose, there_on};
use crate::domain::rule::purchase;
use crate::domain::world::World;
use crate::text::{claim as c, failure as failure_words, ledger as said, report as r, words as w};

/// Against whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Every supplier and customer that cost days.
    All,
    Supplier(i64),
    Customer(i64),
}

impl Side {
    /// The supplier or customer of a code or name, case aside; empty: all of them. `None` where
    /// there is no such partner.
    #[must_use]
    pub fn of(world: &World, text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Some(Self::All);
        }
        let is =
            |code: &str, name: &str| code.to_lowercase() == text || name.to_lowercase() == text;
        let mut suppliers = world.suppliers.iter();
        let supplier = suppliers.find(|s| is(&s.code, &s.name));
        let mut customers = world.customers.iter();
        let customer = customers.find(|c| is(&c.code, &c.name));
        supplier
            .map(|s| Self::Supplier(s.id))
            .or(customer.map(|c| Self::Customer(c.id)))
    }

    fn charges(self, order: &Order, whose: Whose) -> bool {
        match self {
            Self::All => matches!(whose, Whose::Customer | Whose::Supplier(_)),
            Self::Supplier(id) => whose == Whose::Supplier(Some(id)),
            Self::Customer(id) => whose == Whose::Customer && order.customer_id == Some(id),
        }
    }

    fn sold(self, bought: &Purchase) -> bool {
        match self {
            Self::All => true,
            Self::Supplier(id) => bought.supplier_id == Some(id),
            Self::Customer(_) => false,
        }
    }
}

/// What a claim is about.
struct Claim<'a> {
    s: &'a Scope<'a>,
    side: Side,
    /// With the days of that side alone.
    ledgers: Vec<Ledger>,
    bought: Vec<&'a Purchase>,
    orders: Vec<&'a Order>,
}

pub(super) fn make(s: &Scope<'_>) -> Result<Paper, Lacks> {
    let side = Side::of(s.world, s.partner).ok_or(Lacks::Rows)?;
    let claim = Claim::new(s, side);
    let period = Period {
        from: s.from,
        to: s.to,
    };
    let mut tables = vec![
        super::ledger::charged(s, &claim.ledgers, period),
        claim.agreed(),
        claim.came(),
        claim.chases(),
        claim.exceptions(),
    ];
    tables.retain(|t| !t.rows.is_empty());
    if tables.is_empty() {
        return Err(Lacks::Rows);
    }
    let papers = claim.documents();
    tables.extend((!papers.rows.is_empty()).then_some(papers));
    let days: i64 = pareto::charges(&claim.ledgers, &period)
        .map(|(_, c)| c.days())
        .sum();
    let orders: Vec<&str> = claim.orders.iter().map(|o| o.no.as_str()).collect();
    let mut head = vec![(s.say(r::MADE_ON), s.today.to_string())];
    head.extend(claim.partner());
    head.push((s.say(c::ORDERS), orders.join(" ")));
    head.push((s.say(c::DAYS), days.to_string()));
    Ok(Paper {
        title: s.say(c::CLAIM),
        layout: Layout::Page,
        head,
        tables,
        foot: vec![s.say(said::RULE), s.say(c::PLEASE), s.say(r::SIGN_HERE)],
    })
}

impl<'a> Claim<'a> {
    fn new(s: &'a Scope<'a>, side: Side) -> Self {
        let mut ledgers = ledger::all(s.world, s.outlook, s.today);
        ledgers.retain_mut(|l| {
            let order = s.world.orders.get(l.order_id);
            let order = order.filter(|o| s.order.is_none_or(|only| only.id == o.id));
            let Some(order) = order else { return false };
            l.charges.retain(|c| side.charges(order, c.whose));
            !l.charges.is_empty()
        });
        let charged: BTreeSet<i64> = ledgers
            .iter()
            .flat_map(|l| &l.charges)
            .filter_map(|c| match c.evidence {
                Evidence::Purchase(id) => Some(id),
                _ => None,
            })
            .collect();
        let mine = |p: &&Purchase| side.sold(p) && s.order.is_none_or(|o| p.order_id == Some(o.id));
        let bought = s.world.purchases.iter().filter(mine);
        let bought: Vec<&Purchase> = bought
            .filter(|p| charged.contains(&p.id) || is_faulty(s, p))
            .collect();
        let ids: BTreeSet<i64> = ledgers
            .iter()
            .map(|l| l.order_id)
            .chain(bought.iter().filter_map(|p| p.order_id))
            .chain(s.order.map(|o| o.id))
            .collect();
        Self {
            s,
            side,
            ledgers,
            bought,
            orders: ids
                .iter()
                .filter_map(|id| s.world.orders.get(*id))
                .collect(),
        }
    }

    fn partner(&self) -> Vec<(String, String)> {
        let world = self.s.world;
        let (name, contact) = match self.side {
            Side::All => return Vec::new(),
            Side::Supplier(id) => match world.suppliers.get(id) {
                Some(k) => (format!("{} {}", k.code, k.name), k.contact.clone()),
                None => return Vec::new(),
            },
            Side::Customer(id) => match world.customers.get(id) {
                Some(k) => (format!("{} {}", k.code, k.name), k.contact.clone()),
                None => return Vec::new(),
            },
        };
        vec![
            (self.s.say(c::ABOUT), name),
            (self.s.say(c::CONTACT), contact),
        ]
    }

    /// Orders whose customer the claim is against.
    fn theirs(&self) -> impl Iterator<Item = &'a Order> {
        let side = self.side;
        let charged: BTreeSet<i64> = self
            .ledgers
            .iter()
            .filter(|l| l.charges.iter().any(|c| c.whose == Whose::Customer))
            .map(|l| l.order_id)
            .collect();
        self.orders.iter().copied().filter(move |o| match side {
            Side::All => charged.contains(&o.id),
            Side::Supplier(_) => false,
            Side::Customer(id) => o.customer_id == Some(id),
        })
    }

    fn table(
        &self,
        title: crate::text::Word,
        columns: &[(crate::text::Word, u16)],
        rows: Vec<Vec<Cell>>,
    ) -> Table {
        let columns = columns.iter();
        Table {
            title: self.s.say(title),
            columns: columns
                .map(|(word, wide)| self.s.column(*word, *wide))
                .collect(),
            rows,
        }
    }

    fn documents(&self) -> Table {
        let documents = self.orders.iter().flat_map(|o| {
            let of = self.s.world.documents.of(o.id);
            of.map(|d| (o.no.clone(), d))
        });
        let rows = documents.map(|(no, d)| {
            use crate::text::Label;
            vec![
                Cell::text(no),
                Cell::text(d.kind.word().text(self.s.lang)),
                Cell::text(format!("{} v{}", d.title, d.version).trim().to_owned()),
                Cell::date(d.date),
                Cell::text(d.file_name.clone()),
                Cell::text(d.file_hash.clone()),
            ]
        });
        let evidence = self.told().flat_map(|e| {
            let of = self.s.world.exception_evidence.of(e.id);
            of.map(|x| {
                vec![
                    Cell::text(e.no.clone()),
                    Cell::text(self.s.say(failure_words::PART_EVIDENCE)),
                    Cell::text(x.title.clone()),
                    Cell::date(x.date),
                    Cell::text(x.file_name.clone()),
                    Cell::text(x.file_hash.clone()),
                ]
            })
        });
        let rows = rows.chain(evidence);
        let columns = [
            (w::ORDER_NO, 12),
            (c::KIND, 14),
            (c::TITLE, 24),
            (c::ON, 11),
            (c::FILE, 24),
            (c::HASH, 66),
        ];
        self.table(c::DOCUMENTS, &columns, rows.collect())
    }
}

/// Whether a purchase line came late or bad, or an exception is about it.
fn is_faulty(s: &Scope<'_>, p: &Purchase) -> bool {
    let need = p
        .required_date
        .or(purchase::promises(s.world, p).0.map(|f| f.date));
    let late = need.is_some_and(|need| there_on(s.world, p).unwrap_or(s.today) > need);
    let bad = purchase::arrival(s.world, p).rejected.is_positive();
    let told = || {
        s.world
            .exceptions
            .iter()
            .any(|e| e.purchase_id == Some(p.id))
    };
    // A line that was closed without goods was not waited for.
    (late && !(p.closed && there_on(s.world, p).is_none())) || bad || told()
}
