//! The papers that a shipment needs: which, who makes them, when they are due.
//!
//! What is needed follows from the trade term (ICC Incoterms 2020: A7/B7 say who clears for export,
//! A5 who insures), from the payment (letter of credit: UCP 600; collection: URC 522) and from the
//! way the goods go. Days count back from the customs cut-off in working days of the factory, or
//! on from the day the goods leave; how many is a setting of the factory.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::credit;
use crate::domain::codes::{Department, PaperKind};
use crate::domain::order::Order;
use crate::domain::progress::{ExportPaper, Shipment};
use crate::domain::world::World;

/// Key of the setting that holds other days than the usual ones.
pub const KEY: &str = "papers:days";

/// The most days that a paper can be due before or after.
pub const DAYS_MAX: i64 = 120;

/// The rules of Incoterms 2020.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Incoterm {
    Exw,
    Fca,
    Fas,
    Fob,
    Cfr,
    Cif,
    Cpt,
    Cip,
    Dap,
    Dpu,
    Ddp,
}

impl Incoterm {
    const ALL: [(Self, &'static str); 11] = [
        (Self::Exw, "EXW"),
        (Self::Fca, "FCA"),
        (Self::Fas, "FAS"),
        (Self::Fob, "FOB"),
        (Self::Cfr, "CFR"),
        (Self::Cif, "CIF"),
        (Self::Cpt, "CPT"),
        (Self::Cip, "CIP"),
        (Self::Dap, "DAP"),
        (Self::Dpu, "DPU"),
        (Self::Ddp, "DDP"),
    ];

    /// The rule that a text of price terms names: `FOB Ningbo`, `cif hamburg`; `C&F` is CFR.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let text = text.to_uppercase();
        if text.contains("C&F") || text.contains("CNF") {
            return Some(Self::Cfr);
        }
        let words = text.split(|c: char| !c.is_ascii_alphabetic());
        words
            .filter_map(|word| Self::ALL.iter().find(|(_, code)| *code == word))
            .map(|(rule, _)| *rule)
            .next()
    }

    /// Its three letters.
    #[must_use]
    pub fn code(self) -> &'static str {
        let found = Self::ALL.iter().find(|(rule, _)| *rule == self);
        found.map_or("", |(_, code)| code)
    }
}

/// How the customer pays, as far as papers depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payment {
    Credit,
    /// Documents against payment or acceptance, through a bank.
    Collection,
    /// Transfer and everything else.
    Open,
}

impl Payment {
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.to_uppercase();
        let has = |names: &[&str]| names.iter().any(|name| text.contains(name));
        let word = |name: &str| {
            let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
            words.any(|w| w == name)
        };
        if has(&["L/C", "信用证", "信用證", "LETTER OF CREDIT"]) || word("LC") {
            Self::Credit
        } else if has(&["D/P", "D/A", "付款交单", "承兑交单", "托收"]) || word("DP") || word("DA")
        {
            Self::Collection
        } else {
            Self::Open
        }
    }

    #[must_use]
    pub const fn is_credit(self) -> bool {
        matches!(self, Self::Credit)
    }
}

/// The way the goods go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    Sea,
    Air,
    /// Rail, road, courier, or not said.
    Other,
}

impl Transport {
    #[must_use]
    pub fn of(text: &str) -> Self {
        let text = text.to_lowercase();
        let has = |names: &[&str]| names.iter().any(|name| text.contains(name));
        if has(&["air", "空", "飞机", "航班"]) {
            Self::Air
        } else if has(&["sea", "海", "ocean", "vessel", "ship", "船", "fcl", "lcl"]) {
            Self::Sea
        } else {
            Self::Other
        }
    }
}

/// What papers depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// None: no trade term of the standard, a sale within the country.
    pub incoterm: Option<Incoterm>,
    pub payment: Payment,
    pub transport: Transport,
}

impl Terms {
    /// What an order says.
    #[must_use]
    pub fn of(order: &Order) -> Self {
        Self {
            incoterm: Incoterm::of(&order.price_terms),
            payment: Payment::of(&order.payment_terms),
            transport: Transport::of(&order.delivery_method),
        }
    }

    /// The same for a shipment that goes another way.
    #[must_use]
    pub fn by(mut self, method: &str) -> Self {
        if !method.trim().is_empty() {
            self.transport = Transport::of(method);
        }
        self
    }
}

/// From which day a paper's days count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Working days before the customs cut-off, or before the planned day while there is none.
    CutOff,
    /// Working days after the goods left, or after the planned day until then.
    Shipped,
    /// The last day for presenting documents under the credit; its own days are taken off it.
    Presentation,
}

/// A kind of paper: who makes it and when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperRule {
    pub kind: PaperKind,
    pub owner: Department,
    pub anchor: Anchor,
    pub days: i64,
}

const fn rule(kind: PaperKind, owner: Department, anchor: Anchor, days: i64) -> PaperRule {
    PaperRule {
        kind,
        owner,
        anchor,
        days,
    }
}

/// The kinds in the order they are made, with their usual days.
pub const RULES: [PaperRule; 10] = [
    rule(
        PaperKind::PackingList,
        Department::Warehouse,
        Anchor::CutOff,
        4,
    ),
    rule(
        PaperKind::CommercialInvoice,
        Department::Shipping,
        Anchor::CutOff,
        4,
    ),
    rule(
        PaperKind::CertificateOfOrigin,
        Department::Shipping,
        Anchor::CutOff,
        3,
    ),
    rule(
        PaperKind::CustomsDeclaration,
        Department::Shipping,
        Anchor::CutOff,
        2,
    ),
    rule(
        PaperKind::InsurancePolicy,
        Department::Shipping,
        Anchor::CutOff,
        1,
    ),
    rule(
        PaperKind::BillOfLading,
        Department::Shipping,
        Anchor::Shipped,
        3,
    ),
    rule(
        PaperKind::AirWaybill,
        Department::Shipping,
        Anchor::Shipped,
        1,
    ),
    rule(PaperKind::Waybill, Department::Shipping, Anchor::Shipped, 1),
    rule(
        PaperKind::Collection,
        Department::Finance,
        Anchor::Shipped,
        7,
    ),
    rule(
        PaperKind::LetterOfCredit,
        Department::Finance,
        Anchor::Presentation,
        3,
    ),
];

/// The papers that terms ask for, in the order they are made.
#[must_use]
pub fn needed(terms: Terms) -> Vec<PaperKind> {
    use PaperKind as K;
    let export = terms.incoterm.is_some();
    let wants = |kind: PaperKind| match kind {
        K::PackingList | K::CommercialInvoice => true,
        K::CertificateOfOrigin => export,
        // Under EXW the buyer clears for export (A7), under all others the seller.
        K::CustomsDeclaration => export && terms.incoterm != Some(Incoterm::Exw),
        K::InsurancePolicy => matches!(terms.incoterm, Some(Incoterm::Cif | Incoterm::Cip)),
        K::BillOfLading => export && terms.transport == Transport::Sea,
        K::AirWaybill => export && terms.transport == Transport::Air,
        K::Waybill => !export || terms.transport == Transport::Other,
        K::Collection => terms.payment == Payment::Collection,
        K::LetterOfCredit => terms.payment == Payment::Credit,
        K::Other => false,
    };
    let kinds = RULES.iter().map(|r| r.kind);
    kinds.filter(|kind| wants(*kind)).collect()
}

/// The factory's own days by kind, as the setting has them: `packing_list 4`, a line each.
#[must_use]
pub fn own_days(world: &World) -> BTreeMap<PaperKind, i64> {
    let text = world.settings.iter().find(|s| s.key == KEY);
    let line = |line: &str| {
        let (kind, days) = line.trim().split_once(' ')?;
        let days: i64 = days.trim().parse().ok()?;
        Some((PaperKind::of(kind)?, days.clamp(0, DAYS_MAX)))
    };
    text.map(|s| s.value.lines().filter_map(line).collect())
        .unwrap_or_default()
}

/// The setting's text; what is usual is left out.
#[must_use]
pub fn days_text(days: &BTreeMap<PaperKind, i64>) -> String {
    let usual = |kind: PaperKind| RULES.iter().find(|r| r.kind == kind).map(|r| r.days);
    let own = days
        .iter()
        .filter(|(kind, days)| usual(**kind) != Some(**days));
    let lines: Vec<String> = own
        .map(|(kind, days)| format!("{} {days}", kind.code()))
        .collect();
    lines.join("\n")
}

/// The rule of a kind with the factory's own days; none for other papers.
#[must_use]
pub fn rule_of(world: &World, kind: PaperKind) -> Option<PaperRule> {
    let rule = RULES.iter().find(|r| r.kind == kind)?;
    let days = own_days(world).get(&kind).copied();
    Some(PaperRule {
        days: days.unwrap_or(rule.days),
        ..*rule
    })
}

/// Who makes a kind of paper unless it is said otherwise.
#[must_use]
pub fn owner(kind: PaperKind) -> Department {
    let rule = RULES.iter().find(|r| r.kind == kind);
    rule.map_or(Department::Shipping, |r| r.owner)
}

/// The day a paper is due: as set by hand, else by its rule; none while there is no day to count from.
#[must_use]
pub fn due(world: &World, shipment: &Shipment, paper: &ExportPaper) -> Option<NaiveDate> {
    if paper.due.is_some() {
        return paper.due;
    }
    let rule = rule_of(world, paper.kind)?;
    let calendar = world.factory_calendar();
    let days = i32::try_from(rule.days).unwrap_or(0);
    let leaves = shipment.shipped_on.or(shipment.planned);
    match rule.anchor {
        Anchor::CutOff => {
            let from = shipment.cut_off.map(|at| at.date()).or(shipment.planned)?;
            calendar.add_days(from, -days)
        }
        Anchor::Shipped => calendar.add_days(leaves?, days),
        Anchor::Presentation => {
            let credit = world.credits.of(shipment.order_id).next_back();
            let last = credit::present_by(credit, leaves?);
            // Never before the goods have left.
            let early = calendar.add_days(last, -days)?;
            Some(early.max(leaves?))
        }
    }
}

/// Whether a paper has to be there before the goods leave.
#[must_use]
pub fn is_before(kind: PaperKind) -> bool {
    let rule = RULES.iter().find(|r| r.kind == kind);
    rule.is_some_and(|r| r.anchor == Anchor::CutOff)
}

/// The papers that have to be there before the goods leave, and are not.
#[must_use]
pub fn open_before<'a>(world: &'a World, shipment: &Shipment) -> Vec<&'a ExportPaper> {
    let own = world.export_papers.of(shipment.id);
    own.filter(|p| p.done_on.is_none() && is_before(p.kind))
        .collect()
}

/// The kinds that a shipment needs and has not on its list yet.
#[must_use]
pub fn missing(world: &World, order: &Order, shipment: &Shipment) -> Vec<PaperKind> {
    let there = |kind: &PaperKind| world.export_papers.of(shipment.id).any(|p| p.kind == *kind);
    let mut kinds = needed(Terms::of(order).by(&shipment.method));
    kinds.retain(|kind| !there(kind));
    kinds
}
