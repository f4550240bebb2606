//! Puts needs, open orders and reservations on the items they are about.
// Positions come from `Network`, for lists of the same length.
#![allow(clippy::indexing_slicing)]

use super::input::{Holder, Input};
use super::net::{Coming, Demand, PinTo, Pinned, Rank, Ranks};
use super::network::Network;
use super::outcome::{Finding, Origin, Supply};
use crate::domain::quantity::Qty;

/// The facts by position of their item.
pub(in crate::plan) struct Loaded {
    pub(in crate::plan) demands: Vec<Vec<Demand>>,
    pub(in crate::plan) comings: Vec<Vec<Coming>>,
    pub(in crate::plan) reserved: Vec<Vec<Pinned>>,
}

impl Loaded {
    /// Sorts the facts by item and names those that cannot be used.
    pub(in crate::plan) fn new(
        input: &Input,
        network: &Network,
        ranks: &Ranks,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let count = network.items.len();
        let mut loaded = Self {
            demands: vec![Vec::new(); count],
            comings: vec![Vec::new(); count],
            reserved: vec![Vec::new(); count],
        };
        check_items(network, findings);
        loaded.add_needs(input, network, ranks, findings);
        loaded.add_orders(input, network, ranks, findings);
        loaded.add_reservations(input, network, ranks, findings);
        loaded
    }

    fn add_needs(
        &mut self,
        input: &Input,
        network: &Network,
        ranks: &Ranks,
        findings: &mut Vec<Finding>,
    ) {
        let mut needs: Vec<_> = input.needs.iter().collect();
        needs.sort_by_key(|n| n.id);
        for need in needs {
            let Some(at) = network.position(need.item) else {
                findings.push(Finding::NeedWithoutItem {
                    order: need.order.clone(),
                    line: need.line,
                    item: need.item,
                });
                continue;
            };
            if need.qty.is_negative() {
                let code = network.code(at);
                findings.push(Finding::NegativeQty { code });
            }
            let rank = ranks.rank(need.id);
            if let Some(rank) = rank.filter(|_| need.qty.is_positive()) {
                self.demands[at].push(Demand {
                    date: need.date,
                    qty: need.qty,
                    origin: Origin::Need(need.id),
                    shares: vec![(rank, need.qty)],
                });
            }
        }
    }

    fn add_orders(
        &mut self,
        input: &Input,
        network: &Network,
        ranks: &Ranks,
        findings: &mut Vec<Finding>,
    ) {
        let purchases = input.purchases.iter().map(|p| {
            let coming = Coming {
                supply: Supply::Purchase(p.id),
                label: p.label.clone(),
                expected: p.expected,
                date: p.expected.map(|date| date.max(input.today)),
                qty: p.qty_open,
                left: p.qty_open,
                pins: pins(p.need, p.qty_open, &[], ranks),
            };
            (p.item, coming)
        });
        let productions = input.productions.iter().map(|p| {
            let coming = Coming {
                supply: Supply::Production(p.id),
                label: p.label.clone(),
                expected: Some(p.due),
                date: Some(p.due.max(input.today)),
                qty: p.qty_open,
                left: p.qty_open,
                pins: pins(p.need, p.qty_open, &p.also, ranks),
            };
            (p.item, coming)
        });
        for (item, coming) in purchases.chain(productions) {
            match network.position(item) {
                Some(at) if coming.qty.is_positive() => self.comings[at].push(coming),
                Some(at) if coming.qty.is_negative() => {
                    let code = network.code(at);
                    findings.push(Finding::NegativeQty { code });
                }
                Some(_) => {}
                None => findings.push(Finding::SupplyWithoutItem {
                    label: coming.label,
                    item,
                }),
            }
        }
    }

    fn add_reservations(
        &mut self,
        input: &Input,
        network: &Network,
        ranks: &Ranks,
        findings: &mut Vec<Finding>,
    ) {
        let mut reservations: Vec<_> = input.reservations.iter().collect();
        reservations.sort_by_key(|r| r.id);
        for reservation in reservations {
            let to = match reservation.holder {
                Holder::Production(id) => Some(PinTo::Production(id)),
                Holder::Need(id) => ranks.rank(id).map(PinTo::Rank),
            };
            match (network.position(reservation.item), to) {
                (Some(at), Some(to)) => self.reserved[at].push(Pinned {
                    id: reservation.id,
                    left: reservation.qty.floor_zero(),
                    purchase: reservation.purchase,
                    to,
                }),
                (Some(_), None) => {}
                (None, _) => findings.push(Finding::SupplyWithoutItem {
                    label: reservation.id.to_string(),
                    item: reservation.item,
                }),
            }
        }
    }
}

/// What is kept of `qty` for whom: the further needs have their quantities, the first the rest.
fn pins(need: Option<i64>, qty: Qty, also: &[(i64, Qty)], ranks: &Ranks) -> Vec<(Rank, Qty)> {
    let others: Qty = also.iter().map(|(_, qty)| *qty).sum();
    let own = need.map(|id| (id, (qty - others).floor_zero()));
    own.into_iter()
        .chain(also.iter().copied())
        .filter_map(|(id, qty)| Some((ranks.rank(id)?, qty)))
        .collect()
}

fn check_items(network: &Network, findings: &mut Vec<Finding>) {
    for item in &network.items {
        let amounts = [
            item.on_hold,
            item.safety_stock,
            item.moq,
            item.multiple,
            item.max_lot,
        ];
        if amounts.iter().any(|qty| qty.is_negative()) {
            let code = item.code.clone();
            findings.push(Finding::NegativeQty { code });
        }
    }
}
