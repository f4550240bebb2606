//! What leaves, what goes wrong, who is chased.

use gendan::command::{
    Command, arrivals, exceptions, followup, inspection, lessons, packing, remedies, shipment,
};
use gendan::domain::codes::*;
use gendan::domain::exception::{ExceptionAction, ExceptionEffect, ExceptionOption, Lesson};
use gendan::domain::exception_codes::EffectKind;
use gendan::domain::progress::{Carton, Credit};
use gendan::domain::quantity::Qty;
use gendan::domain::world::World;

use super::Maker;

impl Maker {
    pub(super) fn trouble(&mut self, w: &World) -> Command {
        if self.yes() {
            return self.leaving(w);
        }
        let exception_id = self.id(&w.exceptions);
        let order_id = self.id(&w.orders);
        match self.dice.of(19) {
            0 | 1 => Command::RaiseException(Box::new(exceptions::Raise {
                order_id: self.maybe(|_| order_id),
                what: self.said(),
                severity: self.pick(Severity::ALL),
                department: self.pick(Department::ALL),
                quantity: self.qty(),
                ..exceptions::Raise::default()
            })),
            2 => Command::WorkException(Box::new(exceptions::Work {
                exception_id,
                what: self.said(),
                containment: self.said(),
                analysis: self.said(),
                owner: self.said(),
                ..exceptions::Work::default()
            })),
            3 => Command::DecideException(exceptions::DecideOn {
                exception_id,
                decision: self.said(),
                by: self.said(),
                authority: self.said(),
                ..exceptions::DecideOn::default()
            }),
            4 => Command::CloseException(Box::new(exceptions::Close {
                exception_id,
                analysis: self.said(),
                solution: self.said(),
                preventive: self.said(),
                verification: self.said(),
                lesson: self.text(),
                ..exceptions::Close::default()
            })),
            5 => Command::ReopenException { exception_id },
            6 => Command::SaveRemedy(Box::new(remedies::Remedy::Option(ExceptionOption {
                exception_id,
                text: self.said(),
                cost: self.maybe(Self::qty),
                ..ExceptionOption::default()
            }))),
            7 => Command::SaveRemedy(Box::new(remedies::Remedy::Action(ExceptionAction {
                exception_id,
                text: self.said(),
                owner: self.said(),
                due: self.maybe(Self::ahead),
                ..ExceptionAction::default()
            }))),
            8 => Command::SaveRemedy(Box::new(remedies::Remedy::Effect(ExceptionEffect {
                exception_id,
                kind: EffectKind::Hold,
                order_id: Some(order_id),
                date: self.maybe(Self::ahead),
                ..ExceptionEffect::default()
            }))),
            9 => {
                let piece = match self.dice.of(3) {
                    0 => remedies::Piece::Option(self.id(&w.exception_options)),
                    1 => remedies::Piece::Effect(self.id(&w.exception_effects)),
                    _ => remedies::Piece::Action(self.id(&w.exception_actions)),
                };
                Command::DropRemedy(piece)
            }
            10 => Command::Escalate(exceptions::Escalate {
                exception_id,
                level: self.small(),
                to: self.said(),
            }),
            11 => Command::TellCustomer(exceptions::Tell {
                exception_id,
                on: self.back(),
                words: self.said(),
            }),
            12 => Command::MergeException {
                exception_id,
                into: self.id(&w.exceptions),
            },
            13 => Command::SetEscalation(Box::default()),
            14 => Command::SaveLesson(Box::new(lessons::SaveLesson {
                lesson: Lesson {
                    symptom: self.said(),
                    solution: self.said(),
                    tags: self.text(),
                    ..Lesson::default()
                },
            })),
            15 => Command::UseLesson(lessons::UseLesson {
                lesson_id: self.id(&w.lessons),
                order_id,
                ticked: self.yes(),
                reason: self.said(),
            }),
            16 => Command::JudgeLesson(lessons::JudgeLesson {
                use_id: self.id(&w.lesson_uses),
                helped: self.maybe(Self::yes),
            }),
            17 => Command::MergeLessons(lessons::MergeLessons {
                stays_id: self.id(&w.lessons),
                goes_id: self.id(&w.lessons),
            }),
            _ => Command::RetireLesson(lessons::RetireLesson {
                lesson_id: self.id(&w.lessons),
                retired: self.yes(),
                reason: self.said(),
            }),
        }
    }

    pub(super) fn leaving(&mut self, w: &World) -> Command {
        let accepted: Vec<i64> = w
            .orders
            .iter()
            .filter(|o| o.state == OrderState::Accepted)
            .map(|o| o.id)
            .collect();
        let order_id = if accepted.is_empty() {
            0
        } else {
            self.pick(&accepted)
        };
        let own = w.shipments.of(order_id).map(|s| s.id).collect::<Vec<_>>();
        let shipment_id = if own.is_empty() {
            self.id(&w.shipments)
        } else {
            self.pick(&own)
        };
        let lines: Vec<(i64, Qty)> = w
            .order_lines
            .of(order_id)
            .map(|l| (l.id, self.qty()))
            .collect();
        match self.dice.of(15) {
            0 | 1 => Command::SaveShipment(Box::new(shipment::SaveShipment {
                shipment_id: self.maybe(|_| shipment_id),
                order_id,
                planned: self.ahead(),
                lines,
                method: "海运".into(),
                vessel: self.text(),
                bl_no: self.text(),
                note: self.said(),
            })),
            2 | 3 => Command::Ship(Box::new(shipment::Ship {
                shipment_id: self.maybe(|_| shipment_id),
                order_id,
                date: self.back(),
                lines,
                method: "海运".into(),
                bl_no: self.text(),
                note: self.said(),
            })),
            4 => Command::Book(Box::new(shipment::Book {
                shipment_id,
                booking_no: self.said(),
                vessel: self.text(),
                cut_off: self.maybe(Self::moment),
                planned: self.ahead(),
                method: "空运".into(),
            })),
            5 => Command::CancelShipment(shipment::CancelShipment {
                shipment_id,
                reason: self.said(),
            }),
            6 => Command::SaveCredit(Box::new(Credit {
                order_id,
                no: self.said(),
                expiry: self.maybe(Self::ahead),
                ..Credit::default()
            })),
            7 | 8 => Command::PackCartons(packing::PackCartons {
                shipment_id,
                rows: vec![Carton {
                    shipment_id,
                    order_line_id: w
                        .shipment_lines
                        .of(shipment_id)
                        .next()
                        .map(|l| l.order_line_id),
                    per_carton: self.qty(),
                    cartons: self.small() + 1,
                    first_no: 1,
                    ..Carton::default()
                }],
            }),
            9 => Command::ChangeCartons(Box::new(Carton {
                per_carton: self.qty(),
                ..self.row(&w.cartons)
            })),
            10 => Command::DropCartons {
                carton_id: self.id(&w.cartons),
            },
            11 => Command::MakePapers { shipment_id },
            12 => Command::SavePaper(Box::new(packing::SavePaper {
                shipment_id,
                paper_id: self.maybe(|m| m.id(&w.export_papers)),
                kind: self.pick(PaperKind::ALL),
                owner: Department::Shipping,
                due: self.maybe(Self::ahead),
                done_on: self.maybe(Self::back),
                number: self.text(),
                note: self.said(),
            })),
            13 => Command::DropPaper {
                paper_id: self.id(&w.export_papers),
            },
            _ => self.around(w, order_id),
        }
    }

    pub(super) fn around(&mut self, w: &World, order_id: i64) -> Command {
        let subject = self.pick(Subject::ALL);
        let subject_id = match subject {
            Subject::Order => self.id(&w.orders),
            Subject::Purchase => self.id(&w.purchases),
            Subject::Query => self.id(&w.queries),
            Subject::Answer => self.id(&w.answers),
            Subject::Document => self.id(&w.documents),
            Subject::Sample => self.id(&w.samples),
            Subject::Exception => self.id(&w.exceptions),
            Subject::ProductionOrder => self.id(&w.production_orders),
            Subject::Shipment => self.id(&w.shipments),
            Subject::Milestone => self.id(&w.milestones),
        };
        match self.dice.of(6) {
            0 => Command::Chase(followup::LogChase {
                subject,
                subject_id,
                order_id: Some(self.id(&w.orders)),
                how: ChaseHow::Phone,
                result: self.pick(ChaseResult::ALL),
                answer: self.said(),
                new_date: self.maybe(Self::ahead),
                qty: Qty::ZERO,
                next_on: self.maybe(Self::ahead),
            }),
            1 => Command::Snooze(followup::PutOff {
                subject,
                subject_id,
                until: self.ahead(),
                reason: self.said(),
            }),
            2 => Command::Wake {
                subject,
                subject_id,
            },
            3 => Command::DropInspection {
                inspection_id: self.id(&w.inspections),
            },
            4 => Command::SaveInspection(Box::new(inspection::SaveInspection {
                inspection_id: None,
                order_id,
                production_order_id: None,
                shipment_id: None,
                re_of: None,
                kind: self.pick(InspectionKind::ALL),
                planned: self.maybe(Self::ahead),
                done_on: self.maybe(Self::back),
                lot: self.qty(),
                level: "II".into(),
                aql: "2.5/4.0".into(),
                sample: 0,
                critical: 0,
                major: self.small(),
                minor: self.small(),
                result: None,
                override_reason: self.text(),
                defects: self.text(),
                note: self.text(),
            })),
            _ => Command::TakeCounts(Box::new(arrivals::Take {
                source: Default::default(),
                mapping: None,
                rows: Vec::new(),
            })),
        }
    }
}
