//! Plans what netting left open: windows of needs become lots, and lots' surplus covers later needs.
// Line positions come from the desk itself.
#![allow(clippy::indexing_slicing)]

use std::collections::{BTreeMap, VecDeque};

use chrono::{Days, NaiveDate};

use super::amount;
use super::net::{Desk, Rank, Ranks, SURPLUS};
use super::outcome::{Finding, For, Lot, LotRule, Peg, Supply};
use super::release::LeadTimes;
use super::size::LotRules;
use crate::domain::quantity::Qty;

/// Needs that are ordered together.
struct Window {
    first: NaiveDate,
    last: NaiveDate,
    /// Line and what it still needs.
    lines: Vec<(usize, Qty)>,
}

/// Lots planned so far and their surplus, while one item is planned.
pub(super) struct Lotting<'r, 'a> {
    ranks: &'r Ranks,
    lead: &'r mut LeadTimes<'a>,
    lots: &'r mut Vec<Lot>,
    findings: &'r mut Vec<Finding>,
    surplus: VecDeque<(usize, Qty)>,
}

impl<'r, 'a> Lotting<'r, 'a> {
    pub(super) fn new(
        ranks: &'r Ranks,
        lead: &'r mut LeadTimes<'a>,
        lots: &'r mut Vec<Lot>,
        findings: &'r mut Vec<Finding>,
    ) -> Self {
        Self {
            ranks,
            lead,
            lots,
            findings,
            surplus: VecDeque::new(),
        }
    }

    /// Plans lots for every open line of `desk`, in date order.
    pub(super) fn plan(mut self, desk: &mut Desk<'a>) {
        let rules = LotRules::of(desk.item);
        if rules.conflict {
            let code = desk.item.code.clone();
            self.findings.push(Finding::LotRulesConflict { code });
        }
        let days = Days::new(desk.item.group_days.max(1).into());
        let mut window: Option<Window> = None;
        for at in 0..desk.lines.len() {
            if !desk.lines[at].open.is_positive() {
                continue;
            }
            let date = desk.lines[at].date;
            let past = |w: &Window| {
                w.first
                    .checked_add_days(days)
                    .is_some_and(|end| date >= end)
            };
            if window.as_ref().is_some_and(past)
                && let Some(full) = window.take()
            {
                self.close(desk, &rules, full);
            }
            if window.is_none() {
                self.use_surplus(desk, at);
            }
            let rest = desk.lines[at].open;
            if !rest.is_positive() {
                continue;
            }
            desk.lines[at].net = rest;
            let window = window.get_or_insert_with(|| Window {
                first: date,
                last: date,
                lines: Vec::new(),
            });
            window.last = date;
            window.lines.push((at, rest));
        }
        if let Some(full) = window {
            self.close(desk, &rules, full);
        }
        self.peg(desk);
    }

    fn use_surplus(&mut self, desk: &mut Desk, at: usize) {
        while let Some((lot, left)) = self.surplus.front_mut() {
            let qty = desk.lines[at].open.min(*left);
            if !qty.is_positive() {
                return;
            }
            let lot = *lot;
            *left -= qty;
            if left.is_zero() {
                self.surplus.pop_front();
            }
            desk.lines[at].from_surplus += qty;
            desk.take(at, Supply::Lot(lot), qty);
        }
    }

    /// Sizes the lots of a window and gives them to its lines in order.
    fn close(&mut self, desk: &mut Desk<'a>, rules: &LotRules, window: Window) {
        let net: Qty = window.lines.iter().map(|(_, qty)| *qty).sum();
        let mut sized = rules.size(net);
        if sized.too_many {
            let code = desk.item.code.clone();
            self.findings.push(Finding::TooManyLots { code });
        }
        if window.last > window.first {
            sized.rules.insert(0, LotRule::Grouped);
        }
        let release = self.lead.release(desk.item, window.first);
        for qty in sized.lots {
            let number = self.lots.len();
            self.surplus.push_back((number, qty));
            self.lots.push(Lot {
                number,
                item: desk.item.id,
                source: desk.item.source,
                qty,
                start_qty: amount::start_qty(desk.item, qty),
                due: window.first,
                release_required: release.required,
                release: release.possible,
                late_days: release.late_days,
                arrives: release.arrives,
                rules: sized.rules.clone(),
                pegs: Vec::new(),
            });
        }
        for (at, _) in window.lines {
            while desk.lines[at].open.is_positive() {
                let Some((lot, left)) = self.surplus.front_mut() else {
                    break;
                };
                let (lot, qty) = (*lot, desk.lines[at].open.min(*left));
                *left -= qty;
                if left.is_zero() {
                    self.surplus.pop_front();
                }
                desk.take(at, Supply::Lot(lot), qty);
            }
        }
    }

    /// Writes on every new lot for whom it is.
    fn peg(&mut self, desk: &Desk) {
        for take in &desk.takes {
            if let Supply::Lot(number) = take.from {
                let to = self.ranks.who(desk.lines[take.line].rank);
                add_peg(&mut self.lots[number].pegs, to, take.qty);
            }
        }
        for (number, left) in &self.surplus {
            add_peg(&mut self.lots[*number].pegs, For::Surplus, *left);
        }
    }
}

/// Adds to the last peg where it is for the same, else starts another.
pub(super) fn add_peg(pegs: &mut Vec<Peg>, to: For, qty: Qty) {
    match pegs.last_mut() {
        Some(last) if last.to == to => last.qty += qty,
        _ => pegs.push(Peg { to, qty }),
    }
}

/// For whom each supply of this desk goes, by rank; what nobody took is not in it.
pub(super) fn shares(desk: &Desk) -> BTreeMap<Supply, Vec<(Rank, Qty)>> {
    let mut taken: Vec<(Supply, Rank, Qty)> = desk
        .takes
        .iter()
        .map(|take| (take.from, desk.lines[take.line].rank, take.qty))
        .collect();
    taken.sort_unstable();
    let mut shares: BTreeMap<Supply, Vec<(Rank, Qty)>> = BTreeMap::new();
    for (supply, rank, qty) in taken {
        let list = shares.entry(supply).or_default();
        match list.last_mut() {
            Some((last, sum)) if *last == rank => *sum += qty,
            _ => list.push((rank, qty)),
        }
    }
    shares
}

/// Completes the shares of one supply to its `whole` quantity with what nobody took.
pub(super) fn whole_shares(taken: Option<&Vec<(Rank, Qty)>>, whole: Qty) -> Vec<(Rank, Qty)> {
    let mut shares = taken.cloned().unwrap_or_default();
    let left = whole - shares.iter().map(|(_, qty)| *qty).sum();
    if left.is_positive() {
        shares.push((SURPLUS, left));
    }
    shares
}
