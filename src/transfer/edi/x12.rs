//! ANSI X12: 850 (purchase order) and 860 (purchase order change), releases 3040 to 5010.
//!
//! Codes are those of the X12 data elements: 353 (purpose), 374 (dates), 98 (parties),
//! 235 (article numbers), 670 (what is done with a line).

use super::segment::Segment;
use super::{Frame, Message, Orders, joined, messages};
use crate::domain::quantity::{Micro, Qty};
use crate::transfer::draft::{Fault, LineAction, LineDraft, Purpose, SchedulePart};

/// Which party the name and address segments now belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Party {
    Buyer,
    ShipTo,
    Other,
}

const FRAME: Frame = Frame {
    header: ("ISA", 6),
    start: ("ST", 1),
    end: "SE",
    order: "850",
    change: "860",
};

pub(super) fn orders(file: &str, segments: &[Segment]) -> Result<Orders, Fault> {
    messages(file, segments, &FRAME, || Party::Other, Message::take)
}

impl Message<Party> {
    fn take(&mut self, s: &Segment) {
        let in_lines = !self.r.order.lines.is_empty();
        match s.tag.as_str() {
            "BEG" => self.begin(s, 5),
            "BCH" => self.begin(s, 6),
            "CUR" => s.get(2, 1).clone_into(&mut self.r.order.currency),
            "DTM" => {
                let day = self.r.day(s, s.get(2, 1));
                self.date(s.get(1, 1), day);
            }
            "FOB" if !in_lines => self.r.order.price_terms = joined([s.get(5, 1), s.get(7, 1)]),
            "ITD" if !in_lines => s.get(12, 1).clone_into(&mut self.r.order.payment_terms),
            "TD5" if !in_lines => {
                self.r.order.delivery_method = joined([s.get(3, 1), s.get(5, 1)]);
            }
            "MSG" => self.message(s.get(1, 1)),
            "N1" | "N2" | "N3" | "N4" if !in_lines => self.address(s),
            "PO1" => self.line(s, 6),
            "POC" => self.change(s),
            "PID" => self.describe(s.get(5, 1)),
            "SCH" => self.part(s),
            "CTT" => {
                self.lines = self.r.amount(s, s.get(1, 1));
                self.sum = self.r.amount(s, s.get(2, 1));
            }
            _ => {}
        }
    }

    fn begin(&mut self, s: &Segment, date: usize) {
        let day = self.r.day(s, s.get(date, 1));
        let order = &mut self.r.order;
        match s.get(1, 1) {
            "01" => order.purpose = Purpose::Cancel,
            "04" => order.purpose = Purpose::Change,
            _ => {}
        }
        s.get(3, 1).clone_into(&mut order.order_no);
        order.order_date = day;
    }

    fn date(&mut self, kind: &str, day: Option<chrono::NaiveDate>) {
        let rank = match kind {
            "002" => 0,
            "063" => 1,
            "010" => 2,
            "064" => 3,
            _ => return,
        };
        self.r.date(rank, day);
    }

    fn message(&mut self, text: &str) {
        let slot = match self.r.order.lines.last_mut() {
            Some(line) => &mut line.note,
            None => &mut self.r.order.remarks,
        };
        *slot = joined([slot.as_str(), text]);
    }

    fn address(&mut self, s: &Segment) {
        let order = &mut self.r.order;
        if s.tag == "N1" {
            self.state = match s.get(1, 1) {
                "BY" | "BT" => Party::Buyer,
                "ST" => Party::ShipTo,
                _ => Party::Other,
            };
            let name = if s.get(2, 1).is_empty() {
                s.get(4, 1)
            } else {
                s.get(2, 1)
            };
            match self.state {
                Party::Buyer if order.customer.is_empty() => name.clone_into(&mut order.customer),
                Party::ShipTo => name.clone_into(&mut order.ship_to),
                _ => {}
            }
        } else if self.state == Party::ShipTo {
            let parts = (1..=s.len()).map(|at| s.get(at, 1));
            order.ship_to = joined(std::iter::once(order.ship_to.as_str()).chain(parts));
        }
    }

    /// A line; `ids` is where the pairs of article numbers begin.
    fn line(&mut self, s: &Segment, ids: usize) {
        let (qty, price) = (self.r.amount(s, s.get(2, 1)), self.r.amount(s, s.get(4, 1)));
        let line = LineDraft {
            line_no: s.get(1, 1).parse().ok(),
            qty,
            unit: s.get(3, 1).to_owned(),
            unit_price: price,
            ..LineDraft::default()
        };
        self.r.line(line, s);
        self.items(s, ids);
    }

    /// A line of an 860: what is done with it stands in the second element.
    fn change(&mut self, s: &Segment) {
        let (qty, price) = (self.r.amount(s, s.get(3, 1)), self.r.amount(s, s.get(6, 1)));
        let action = match s.get(2, 1) {
            "AI" => LineAction::Added,
            "DI" => LineAction::Removed,
            "NC" => LineAction::Kept,
            _ => LineAction::Changed,
        };
        let line = LineDraft {
            line_no: s.get(1, 1).parse().ok(),
            action: Some(action),
            qty,
            unit: s.get(5, 1).to_owned(),
            unit_price: price,
            ..LineDraft::default()
        };
        self.r.line(line, s);
        self.items(s, 8);
    }

    /// Article numbers in pairs of kind and number; the vendor's own number comes first.
    fn items(&mut self, s: &Segment, from: usize) {
        let Some(line) = self.r.order.lines.last_mut() else {
            return;
        };
        let mut best = usize::MAX;
        for at in (from..s.len()).step_by(2) {
            let (kind, code) = (s.get(at, 1), s.get(at + 1, 1));
            match kind {
                _ if code.is_empty() => {}
                "BO" | "VE" | "CL" => code.clone_into(&mut line.colour),
                "IZ" | "SZ" => line.sizes = vec![(code.to_owned(), Qty::ZERO)],
                _ => {
                    const FIRST: [&str; 6] = ["VN", "VP", "VC", "BP", "IN", "SK"];
                    let rank = FIRST.iter().position(|k| *k == kind).unwrap_or(FIRST.len());
                    if rank < best {
                        best = rank;
                        code.clone_into(&mut line.item);
                    }
                }
            }
        }
    }

    fn describe(&mut self, text: &str) {
        let Some(line) = self.r.order.lines.last_mut() else {
            return;
        };
        if line.name.is_empty() {
            text.clone_into(&mut line.name);
        } else {
            line.spec = joined([line.spec.as_str(), text]);
        }
    }

    fn part(&mut self, s: &Segment) {
        let qty = self.r.amount(s, s.get(1, 1)).unwrap_or(Micro::ZERO);
        let date = self.r.day(s, s.get(6, 1));
        if let Some(line) = self.r.order.lines.last_mut() {
            line.schedule.push(SchedulePart { qty, date });
        }
    }
}
