//! The walk through the product structure: nets each item after its parents and explodes its lots.
// Positions come from `Network`, for lists of the same length.
#![allow(clippy::indexing_slicing)]

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::amount::{self, Flaw};
use super::input::{BomLine, Input, Item, Production, Source, Stage};
use super::load::Loaded;
use super::lotting::{self, Lotting};
use super::messages::messages;
use super::net::{self, Coming, Demand, Desk, Pinned, Rank, Ranks};
use super::network::Network;
use super::outcome::{Explosion, Finding, Lot, Message, Origin, ParentLot, ParentUse, Row, Supply};
use super::release::LeadTimes;
use super::rows::rows;
use crate::domain::quantity::Qty;

/// Explodes all needs of `input`, level by level, and nets them against stock and open orders.
///
/// Always answers: what cannot be planned is named in the findings and the rest is planned.
/// Time grows with the number of need shares, times its logarithm.
#[must_use]
pub fn explode(input: &Input) -> Explosion {
    let mut network = Network::new(input);
    let mut findings = std::mem::take(&mut network.findings);
    let ranks = Ranks::new(&input.needs);
    let lead = LeadTimes::new(input, &mut findings);
    let order = std::mem::take(&mut network.order);
    let loaded = Loaded::new(input, &network, &ranks, &mut findings);
    let mut run = Run::new(input, &network, &ranks, lead, loaded, findings);
    for group in order {
        run.group(&group);
    }
    run.finish()
}

struct Run<'a, 'n> {
    input: &'a Input,
    network: &'n Network<'a>,
    ranks: &'n Ranks,
    lead: LeadTimes<'a>,
    findings: Vec<Finding>,
    demands: Vec<Vec<Demand>>,
    comings: Vec<Vec<Coming>>,
    productions: BTreeMap<i64, &'a Production>,
    reserved: Vec<Vec<Pinned>>,
    lots: Vec<Lot>,
    rows: Vec<(usize, Vec<Row>)>,
    messages: Vec<(usize, Vec<Message>)>,
}

/// A quantity of a parent that takes its components together.
struct ParentBatch<'s> {
    lot: ParentLot,
    start_qty: Qty,
    stage: Stage,
    date: NaiveDate,
    production: Option<&'s Production>,
    shares: Vec<(Rank, Qty)>,
}

impl<'a, 'n> Run<'a, 'n> {
    fn new(
        input: &'a Input,
        network: &'n Network<'a>,
        ranks: &'n Ranks,
        lead: LeadTimes<'a>,
        loaded: Loaded,
        findings: Vec<Finding>,
    ) -> Self {
        Self {
            input,
            network,
            ranks,
            lead,
            findings,
            demands: loaded.demands,
            comings: loaded.comings,
            productions: input.productions.iter().map(|p| (p.id, p)).collect(),
            reserved: loaded.reserved,
            lots: Vec::new(),
            rows: Vec::new(),
            messages: Vec::new(),
        }
    }

    /// Nets the items of one group, then plans and explodes them.
    fn group(&mut self, group: &[usize]) {
        let mut desks: Vec<Desk<'a>> = Vec::new();
        for node in group {
            let mut desk = Desk::open(
                *node,
                self.network.items[*node],
                std::mem::take(&mut self.demands[*node]),
                std::mem::take(&mut self.comings[*node]),
                std::mem::take(&mut self.reserved[*node]),
            );
            desk.net(&self.input.settings);
            desks.push(desk);
        }
        self.substitute(&mut desks);
        for desk in desks {
            self.settle(desk);
        }
    }

    /// Lets free stock of the group's other items cover what is still open.
    fn substitute(&self, desks: &mut [Desk<'a>]) {
        for at in 0..desks.len() {
            let node = desks[at].node;
            for (other, place) in &self.network.stand_ins[node] {
                let ratio = self.network.items[node].substitutes[*place].ratio;
                let Some(from) = desks.iter().position(|d| d.node == *other) else {
                    continue;
                };
                if let Ok([desk, other]) = desks.get_disjoint_mut([at, from]) {
                    net::stand_in(desk, other, ratio);
                }
            }
        }
    }

    /// Plans lots, writes the rows and messages, and hands the components on.
    fn settle(&mut self, mut desk: Desk<'a>) {
        let first = self.lots.len();
        if matches!(desk.item.source, Source::Buy | Source::Make) {
            Lotting::new(
                self.ranks,
                &mut self.lead,
                &mut self.lots,
                &mut self.findings,
            )
            .plan(&mut desk);
        }
        let lots = &self.lots[first..];
        self.rows.push((desk.node, rows(&desk, self.ranks, lots)));
        let mut said = Vec::new();
        messages(self.input, &desk, lots, &mut said);
        self.messages.push((desk.node, said));
        self.explode_lots(&desk, first);
        self.explode_productions(&desk);
        if desk.item.source == Source::Phantom {
            self.explode_phantom(&desk);
        }
    }

    fn explode_lots(&mut self, desk: &Desk<'a>, first: usize) {
        if desk.item.source != Source::Make || first == self.lots.len() {
            return;
        }
        if self.network.children[desk.node].is_empty() {
            self.no_bom(desk.node);
            return;
        }
        let shares = lotting::shares(desk);
        let batches: Vec<ParentBatch> = self.lots[first..]
            .iter()
            .map(|lot| ParentBatch {
                lot: ParentLot::Planned(lot.number),
                start_qty: lot.start_qty,
                stage: Stage::Waiting,
                date: lot.release,
                production: None,
                shares: lotting::whole_shares(shares.get(&Supply::Lot(lot.number)), lot.qty),
            })
            .collect();
        for batch in batches {
            self.explode_batch(desk.node, &batch);
        }
    }

    /// Open production orders take their components for those who take their output.
    fn explode_productions(&mut self, desk: &Desk<'a>) {
        let made = |c: &Coming| matches!(c.supply, Supply::Production(_));
        if !desk.comings.iter().any(made) {
            return;
        }
        let shares = lotting::shares(desk);
        for coming in &desk.comings {
            let Supply::Production(id) = coming.supply else {
                continue;
            };
            let Some(production) = self.productions.get(&id).copied() else {
                continue;
            };
            let batch = ParentBatch {
                lot: ParentLot::Production(id),
                start_qty: amount::start_qty(desk.item, coming.qty),
                stage: production.stage,
                date: production.start.max(self.input.today),
                production: Some(production),
                shares: lotting::whole_shares(shares.get(&coming.supply), coming.qty),
            };
            self.explode_batch(desk.node, &batch);
        }
    }

    /// A phantom's open need goes straight into its components, parent lot by parent lot.
    fn explode_phantom(&mut self, desk: &Desk<'a>) {
        let mut shares: BTreeMap<usize, Vec<(Rank, Qty)>> = BTreeMap::new();
        for line in desk.lines.iter().filter(|line| line.open.is_positive()) {
            let list = shares.entry(line.demand).or_default();
            list.push((line.rank, line.open));
        }
        if !shares.is_empty() && self.network.children[desk.node].is_empty() {
            self.no_bom(desk.node);
        }
        for (demand, shares) in shares {
            let qty = shares.iter().map(|(_, qty)| *qty).sum();
            let batch = ParentBatch {
                lot: ParentLot::Phantom,
                start_qty: amount::start_qty(desk.item, qty),
                stage: Stage::Waiting,
                date: desk.demands[demand].date,
                production: None,
                shares,
            };
            self.explode_batch(desk.node, &batch);
        }
    }

    fn explode_batch(&mut self, parent: usize, batch: &ParentBatch) {
        let network = self.network;
        let mut issued = issues(batch.production);
        let weights: Vec<Qty> = batch.shares.iter().map(|(_, qty)| *qty).collect();
        for (line, child) in &network.children[parent] {
            let (need, flaw) = amount::component_need(batch.start_qty, line, batch.stage);
            if let Some(flaw) = flaw {
                self.flawed(parent, *child, flaw);
            }
            let had = issued.get_mut(&line.component).map_or(Qty::ZERO, |left| {
                let had = need.min(*left);
                *left -= had;
                had
            });
            let qty = need - had;
            if !qty.is_positive() {
                continue;
            }
            let parts = amount::split(qty, &weights);
            self.demands[*child].push(Demand {
                date: take_date(batch, line, self.input.today),
                qty,
                origin: Origin::Parent(ParentUse {
                    parent: network.items[parent].id,
                    lot: batch.lot,
                    start_qty: batch.start_qty,
                    per: line.per,
                    fixed: match batch.stage {
                        Stage::Waiting => line.fixed,
                        Stage::Running => Qty::ZERO,
                    },
                    wastage: line.wastage,
                    wastage_rule: line.wastage_rule,
                    issued: had,
                    operation: line.operation,
                }),
                shares: batch.shares.iter().map(|(r, _)| *r).zip(parts).collect(),
            });
        }
    }

    fn no_bom(&mut self, node: usize) {
        let code = self.network.code(node);
        self.findings.push(Finding::NoBom { code });
    }

    fn flawed(&mut self, parent: usize, child: usize, flaw: Flaw) {
        let parent = self.network.code(parent);
        let component = self.network.code(child);
        self.findings.push(match flaw {
            Flaw::BadWastage => Finding::BadWastage { parent, component },
            Flaw::Negative => Finding::NegativeQty { code: component },
            Flaw::TooLarge => Finding::TooLarge { parent, component },
        });
    }

    /// Puts everything in the order it is read: by item code, then date; findings once each.
    fn finish(mut self) -> Explosion {
        let items: &[&Item] = &self.network.items;
        let key = |node: &usize| (&items[*node].code, items[*node].id);
        self.rows.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)));
        self.messages.sort_by(|(a, _), (b, _)| key(a).cmp(&key(b)));
        self.findings.sort_unstable();
        self.findings.dedup();
        Explosion {
            rows: self.rows.into_iter().flat_map(|(_, rows)| rows).collect(),
            lots: self.lots,
            messages: self.messages.into_iter().flat_map(|(_, m)| m).collect(),
            findings: self.findings,
            levels: items
                .iter()
                .zip(&self.network.levels)
                .map(|(item, level)| (item.id, *level))
                .collect(),
        }
    }
}

fn issues(production: Option<&Production>) -> BTreeMap<i64, Qty> {
    let mut issued: BTreeMap<i64, Qty> = BTreeMap::new();
    for issue in production.iter().flat_map(|p| &p.issued) {
        *issued.entry(issue.item).or_default() += issue.qty.floor_zero();
    }
    issued
}

/// When a component is taken: at the start of its operation where that is known.
fn take_date(batch: &ParentBatch, line: &BomLine, today: NaiveDate) -> NaiveDate {
    let starts = batch.production.map_or(&[][..], |p| &p.operation_starts);
    line.operation
        .and_then(|seq| starts.iter().find(|start| start.seq == seq))
        .map_or(batch.date, |start| start.date.max(today))
}
