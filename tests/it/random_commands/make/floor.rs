//! The factory and its materials.

use gendan::command::{
    Command, followup, goods, materials, planning, production, progress, schedule, stock,
};
use gendan::domain::codes::*;
use gendan::domain::moment::Moment;
use gendan::domain::quantity::{Micro, Qty};
use gendan::domain::rule::lots::Lot;
use gendan::domain::world::World;

use super::Maker;

impl Maker {
    pub(super) fn factory(&mut self, w: &World) -> Command {
        let made = self.id(&w.production_orders);
        let operation_id = self.id(&w.operations);
        match self.dice.of(15) {
            0 | 1 => Command::MakeProduction {
                order_id: self.id(&w.orders),
            },
            2 | 3 => Command::Release(production::Release {
                production_order_id: made,
                override_reason: self.said(),
                short: Vec::new(),
            }),
            4 => {
                use production::ProductionStep::{Cancel, Hold, Resume};
                Command::SetProduction(production::SetProduction {
                    production_order_id: made,
                    to: self.pick(&[Hold, Resume, Cancel]),
                })
            }
            5 => {
                let whole = w.production_orders.get(made).map_or(Qty::ZERO, |m| m.qty);
                let first = self.qty();
                let lot = |qty| Lot {
                    qty,
                    ..Lot::default()
                };
                Command::SplitProduction(production::Split {
                    production_order_id: made,
                    lots: vec![lot(first), lot(whole - first)],
                })
            }
            6 => {
                let with = production_partners(w, made);
                let other = self.id(&w.production_orders);
                Command::MergeProduction(production::Merge {
                    production_order_id: made,
                    with: with.first().copied().map_or(vec![other], |id| vec![id]),
                })
            }
            7 => Command::ResizeProduction(production::Resize {
                production_order_id: made,
                qty: self.qty(),
            }),
            8 => {
                let starts = self.moment();
                Command::AcceptPlan(schedule::AcceptPlan {
                    placements: vec![schedule::Placement {
                        operation_id,
                        line_id: w.operations.get(operation_id).and_then(|o| o.line_id),
                        starts,
                        ends: Moment(starts.0 + chrono::Duration::hours(4)),
                    }],
                    note: self.text(),
                })
            }
            9 => Command::PinOperation {
                operation_id,
                pinned: self.yes(),
            },
            10 => {
                let starts = self.moment();
                Command::MoveOperation(planning::MoveOperation {
                    operation_id,
                    line_id: self.id(&w.lines),
                    starts,
                    ends: Moment(starts.0 + chrono::Duration::hours(4)),
                })
            }
            _ => Command::ReportProgress(progress::ReportProgress {
                date: self.back(),
                figures: vec![progress::Figures {
                    operation_id,
                    good: self.qty(),
                    defect: Micro::whole(self.small()),
                    rework: Qty::ZERO,
                    scrap: Micro::whole(self.small()),
                    shift: String::new(),
                    note: self.said(),
                    corrects: w
                        .progress
                        .of(operation_id)
                        .next_back()
                        .filter(|_| self.dice.of(3) == 0)
                        .map(|p| p.id),
                }],
            }),
        }
    }

    pub(super) fn goods(&mut self, w: &World) -> Command {
        let purchase = self.row(&w.purchases);
        let purchase_id = purchase.id;
        let date = self.back();
        let item = self.row(&w.items);
        match self.dice.of(16) {
            0 => Command::PlacePurchase(Box::new(materials::PlacePurchase {
                item: item.code,
                supplier: self.row(&w.suppliers).code,
                order_id: self.maybe(|m| m.id(&w.orders)),
                qty: self.qty(),
                unit: String::new(),
                unit_price: self.maybe(Self::qty),
                required_date: self.maybe(Self::ahead),
                over_pct: Qty::ZERO,
                under_pct: Qty::ZERO,
                note: self.text(),
            })),
            1 => Command::RecordPromise(materials::RecordPromise {
                purchase_id,
                date: self.ahead(),
                qty: Qty::ZERO,
                said_by: self.said(),
                firmness: Firmness::Spoken,
                note: self.text(),
            }),
            2 | 3 => Command::Receive(materials::Receive {
                purchase_id,
                date,
                accepted: self.qty(),
                rejected: Micro::whole(self.small()),
                held: self.qty(),
                document: self.text(),
                note: self.said(),
            }),
            4 => Command::ClosePurchase { purchase_id },
            5 => Command::CountStock(stock::CountStock {
                item_id: item.id,
                on_hand: self.qty() + Micro::whole(500),
                on_hold: Micro::whole(self.small()),
            }),
            6 => Command::PlaceList(Box::new(materials::PlaceList {
                supplier_id: Some(self.id(&w.suppliers)),
                lines: vec![materials::ListLine {
                    item_id: item.id,
                    order_id: None,
                    qty: self.qty(),
                    unit: item.unit,
                    unit_price: None,
                    required_date: self.maybe(Self::ahead),
                }],
                note: self.text(),
            })),
            7 => Command::ChangePurchase(Box::new(materials::ChangePurchase {
                purchase_id,
                supplier: self.row(&w.suppliers).code,
                qty: purchase.qty + self.qty(),
                unit_price: purchase.unit_price,
                required_date: self.maybe(Self::ahead),
                over_pct: Qty::ZERO,
                under_pct: Qty::ZERO,
                note: self.text(),
            })),
            8 | 9 => Command::InspectHeld(goods::InspectHeld {
                purchase_id: w
                    .receipts
                    .iter()
                    .next_back()
                    .map_or(purchase_id, |r| r.purchase_id),
                date,
                accepted: Micro::whole(self.small()),
                rejected: Micro::whole(self.small()),
                document: String::new(),
                note: self.text(),
            }),
            10 | 11 => Command::SendBack(goods::SendBack {
                purchase_id: w
                    .receipts
                    .iter()
                    .next_back()
                    .map_or(purchase_id, |r| r.purchase_id),
                date,
                from_stock: Micro::whole(self.small()),
                from_rejected: Micro::whole(self.small()),
                replaced: self.yes(),
                document: String::new(),
                note: self.said(),
            }),
            12 => Command::Reallocate(Box::new(stock::Reallocate {
                item_id: item.id,
                purchase_id: None,
                from: None,
                to: stock::Keeper::OrderLine(self.id(&w.order_lines)),
                qty: self.qty(),
                keep: Vec::new(),
                reason: self.said(),
            })),
            13 => Command::DropReservation {
                reservation_id: self.id(&w.reservations),
            },
            14 => Command::SaveSubstitute(stock::SaveSubstitute {
                item_id: item.id,
                substitute: self.row(&w.items).code,
                factor: Micro::ONE,
                approved_by: self.text(),
            }),
            _ => Command::RecordDeposit(followup::RecordDeposit {
                purchase_id,
                due: self.maybe(Self::ahead),
                paid_on: self.maybe(Self::back),
            }),
        }
    }
}

fn production_partners(w: &World, made: i64) -> Vec<i64> {
    let Some(made) = w.production_orders.get(made) else {
        return Vec::new();
    };
    gendan::domain::rule::production::partners(w, made)
        .map(|p| p.id)
        .collect()
}
