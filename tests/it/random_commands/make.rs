//! Makes random commands: mostly sensible, now and then not at all.

use chrono::{Days, NaiveDate};
use gendan::command::{self, Command, amend, arrivals, blocks, capacity, commitments, entry};
use gendan::command::{exceptions, facts, followup, goods, handing, inspection, intake, lessons};
use gendan::command::{materials, milestone, packing, planning, production, progress, remedies};
use gendan::command::{rush, samples, schedule, shipment, stock, summary};
use gendan::domain::codes::*;
use gendan::domain::document::{Milestone, Sample};
use gendan::domain::exception::{ExceptionAction, ExceptionEffect, ExceptionOption, Lesson};
use gendan::domain::exception_codes::EffectKind;
use gendan::domain::followup::Handover;
use gendan::domain::moment::Moment;
use gendan::domain::order::{Order, OrderLine};
use gendan::domain::progress::{Carton, Credit};
use gendan::domain::quantity::{Micro, Qty};
use gendan::domain::record::Record;
use gendan::domain::rule::escalation::Rules;
use gendan::domain::rule::lots::Lot;
use gendan::domain::rule::planning::PlanSettings;
use gendan::domain::rule::review::Snapshot;
use gendan::domain::rule::summary::{Heading, Period};
use gendan::domain::world::{Rows, World};
use gendan::text::Lang;

use crate::faults::Dice;
use crate::store::fixed;

pub(crate) struct Maker {
    pub(crate) dice: Dice,
    today: NaiveDate,
}

impl Maker {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            dice: Dice(seed),
            today: fixed().today(),
        }
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.dice.of(from.len())]
    }

    /// The id of some row; one that is not there where there is none, and now and then anyway.
    fn id<T: Record>(&mut self, rows: &Rows<T>) -> i64 {
        if rows.is_empty() || self.dice.of(60) == 0 {
            return 999_999;
        }
        let at = self.dice.of(rows.len());
        rows.iter().nth(at).unwrap().id()
    }

    fn row<T: Record + Default>(&mut self, rows: &Rows<T>) -> T {
        let id = self.id(rows);
        rows.get(id).cloned().unwrap_or_default()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.dice.of(2) == 0).then(|| make(self))
    }

    fn yes(&mut self) -> bool {
        self.dice.of(2) == 0
    }

    fn qty(&mut self) -> Qty {
        let most = self.pick(&[5, 50, 500]);
        Micro::whole(i64::try_from(self.dice.of(most)).unwrap() + i64::from(self.dice.of(20) != 0))
    }

    fn small(&mut self) -> i64 {
        i64::try_from(self.dice.of(4)).unwrap()
    }

    fn ahead(&mut self) -> NaiveDate {
        let days = self.dice.of(60) as u64;
        self.today + Days::new(days)
    }

    fn back(&mut self) -> NaiveDate {
        let days = self.dice.of(5) as u64;
        self.today - Days::new(days)
    }

    fn moment(&mut self) -> Moment {
        let day = self.ahead();
        let hour = self.pick(&[8, 10, 13, 16]);
        Moment(day.and_hms_opt(hour, 0, 0).unwrap())
    }

    fn text(&mut self) -> String {
        self.pick(&[
            "",
            "说明",
            "why \"not\"",
            "=1+1",
            "a/b\u{202e}c",
            "货期紧",
            "x",
        ])
        .to_owned()
    }

    /// Mostly filled in.
    fn said(&mut self) -> String {
        if self.dice.of(8) == 0 {
            String::new()
        } else {
            self.pick(&["因为客户要求", "because", "李", "已查实"])
                .to_owned()
        }
    }

    pub(crate) fn command(&mut self, w: &World) -> Command {
        match self.dice.of(6) {
            0 => self.orders(w),
            1 => self.papers(w),
            2 => self.review(w),
            3 => self.factory(w),
            4 => self.goods(w),
            _ => self.trouble(w),
        }
    }

    fn line(&mut self, w: &World) -> OrderLine {
        let item = self.row(&w.items);
        OrderLine {
            no: self.small() + 1,
            item_id: (item.id > 0).then_some(item.id),
            item_code: item.code.clone(),
            name: self.said(),
            qty: self.qty(),
            unit: item.unit.clone(),
            unit_price: self.maybe(Self::qty),
            requested_date: self.maybe(Self::ahead),
            ..OrderLine::default()
        }
    }

    fn lines_of(&mut self, w: &World, order: i64) -> Vec<entry::LineEntry> {
        let mut lines: Vec<entry::LineEntry> = w
            .order_lines
            .of(order)
            .enumerate()
            .map(|(row, line)| entry::LineEntry {
                row,
                line: line.clone(),
                sizes: w.line_sizes.of(line.id).cloned().collect(),
                schedule: w.schedule_lines.of(line.id).cloned().collect(),
            })
            .collect();
        if lines.is_empty() || self.dice.of(3) == 0 {
            lines.push(entry::LineEntry {
                row: lines.len(),
                line: self.line(w),
                ..entry::LineEntry::default()
            });
        } else if self.yes() {
            let at = self.dice.of(lines.len());
            lines[at].line.qty = self.qty();
            lines[at].line.note = self.text();
        }
        if lines.len() > 1 && self.dice.of(6) == 0 {
            lines.pop();
        }
        lines
    }

    fn orders(&mut self, w: &World) -> Command {
        let order = self.row(&w.orders);
        let customer = {
            let c = self.row(&w.customers);
            if c.code.is_empty() {
                "新客户".to_owned()
            } else {
                c.code
            }
        };
        let order_id = order.id;
        match self.dice.of(9) {
            0 | 1 => {
                let new = Order {
                    customer_po: format!("PO-{}", self.dice.of(40)),
                    remarks: self.text(),
                    received_from: self.said(),
                    ..Order::default()
                };
                Command::SaveOrder(Box::new(entry::SaveOrder {
                    order: new,
                    customer,
                    lines: Some(self.lines_of(w, 0)),
                    paper: String::new(),
                }))
            }
            2 => Command::SaveOrder(Box::new(entry::SaveOrder {
                order: Order {
                    remarks: self.text(),
                    packaging: self.said(),
                    ..order
                },
                customer,
                lines: self.maybe(|m| m.lines_of(w, order_id)),
                paper: String::new(),
            })),
            3 => {
                let mut line = self.row(&w.order_lines);
                if line.id == 0 || self.dice.of(3) == 0 {
                    line = OrderLine {
                        order_id,
                        ..self.line(w)
                    };
                } else {
                    line.qty = self.qty();
                }
                Command::SaveLine(Box::new(entry::SaveLine { line, sizes: None }))
            }
            4 | 5 => {
                use command::orders::OrderStep::{Cancel, Close, Hold, Reopen, Resume};
                Command::SetOrder(command::orders::SetOrder {
                    order_id,
                    to: self.pick(&[Hold, Resume, Cancel, Close, Reopen, Reopen]),
                    reason: self.said(),
                })
            }
            6 => Command::Amend(Box::new(amend::Amend {
                customer,
                lines: self.lines_of(w, order_id),
                reason: self.said(),
                touched: Vec::new(),
                departments: [Department::Production, Department::Purchasing].into(),
                order,
            })),
            7 => Command::Acknowledge(amend::Acknowledge {
                acknowledgement_id: self.id(&w.acknowledgements),
                by: self.said(),
                on: self.back(),
            }),
            _ => Command::PlanParts(rush::PlanParts {
                order_line_id: self.id(&w.order_lines),
                parts: vec![(self.qty(), self.ahead()), (self.qty(), self.ahead())],
            }),
        }
    }

    fn papers(&mut self, w: &World) -> Command {
        let order_id = self.id(&w.orders);
        match self.dice.of(16) {
            0 => Command::ReviewPoint(intake::ReviewPoint {
                order_id,
                point: self.pick(PointKind::ALL),
                result: self.pick(PointResult::ALL),
                reason: self.said(),
            }),
            1 => Command::FileDocument(Box::new(intake::FileDocument {
                order_id,
                kind: self.pick(DocumentKind::ALL),
                title: self.said(),
                date: self.back(),
                note: self.text(),
                path: String::new(),
            })),
            2 => Command::SetDocument(intake::SetDocument {
                document_id: self.id(&w.documents),
                state: self.pick(DocumentState::ALL),
            }),
            3 => Command::RaiseQuery(intake::RaiseQuery {
                order_id,
                department: self.pick(Department::ALL),
                topic: self.text(),
                question: self.said(),
                due: self.maybe(Self::ahead),
            }),
            4 => Command::AnswerQuery(intake::AnswerQuery {
                query_id: self.id(&w.queries),
                answer: self.said(),
                by: self.said(),
                effect: self.text(),
            }),
            5 => Command::SaveFacts(Box::new(facts::SaveFacts {
                document_id: self.id(&w.documents),
                facts: (0..self.dice.of(3))
                    .map(|row| facts::Stated {
                        row,
                        key: format!("要点{row}"),
                        value: self.said(),
                        unit: String::new(),
                        critical: self.yes(),
                    })
                    .collect(),
            })),
            6 => {
                let known = w.aliases.iter().take(self.dice.of(4));
                let mut aliases: Vec<(String, String, String)> = known
                    .map(|a| (a.kind.clone(), a.name.clone(), a.canonical.clone()))
                    .collect();
                aliases.push((
                    "colour".into(),
                    format!("n{}", self.dice.of(9)),
                    "黑".into(),
                ));
                Command::SaveAliases(Box::new(facts::SaveAliases { aliases }))
            }
            7 => Command::MakeMilestones(milestone::MakeMilestones {
                order_id,
                lang: Lang::Zh,
            }),
            8 => Command::SaveMilestone(Box::new(milestone::SaveMilestone {
                milestone: Milestone {
                    revised: self.maybe(Self::ahead),
                    revised_reason: self.said(),
                    actual: self.maybe(Self::back),
                    ..self.row(&w.milestones)
                },
            })),
            9 => Command::SaveTemplate(milestone::SaveTemplate { order_id }),
            10 => Command::AddMargin(milestone::AddMargin {
                milestone_id: self.id(&w.milestones),
                days: self.small(),
                reason: self.said(),
            }),
            11 => Command::SaveExpected(intake::SaveExpected {
                order_id,
                kinds: vec![self.pick(DocumentKind::ALL)],
            }),
            12 => Command::SaveSample(Box::new(samples::SaveSample {
                sample: Sample {
                    order_id,
                    kind: self.pick(SampleKind::ALL),
                    round: self.small(),
                    due: self.maybe(Self::ahead),
                    sent_on: self.maybe(Self::back),
                    comments: self.text(),
                    ..Sample::default()
                },
            })),
            13 => Command::HandOver(Box::new(handing::HandOver {
                handover: Handover {
                    report: "order-status".into(),
                    order_id: self.maybe(|_| order_id),
                    handed_to: self.said(),
                    content: self.text(),
                    ..Handover::default()
                },
                title: "订单状态".into(),
            })),
            14 => Command::WriteSummary(Box::new(summary::WriteSummary {
                period: Period::year(2026).unwrap(),
                heading: self.pick(&Heading::ALL),
                text: self.said(),
            })),
            _ => Command::SavePaperDays([(PaperKind::PackingList, self.small())].into()),
        }
    }

    fn review(&mut self, w: &World) -> Command {
        let order_id = self.id(&w.orders);
        match self.dice.of(10) {
            0 => Command::AskDepartments(Box::new(capacity::Ask {
                order_id,
                departments: vec![self.pick(Department::ALL), Department::Production],
                new_round: self.yes(),
                carry: Vec::new(),
                snapshot: Snapshot::default(),
            })),
            1 | 2 => Command::RecordAnswer(Box::new(capacity::RecordAnswer {
                answer_id: self.id(&w.answers),
                date: self.maybe(Self::ahead),
                days: None,
                satisfied: self.maybe(Self::yes),
                risk: self.text(),
                countermeasure: self.text(),
            })),
            3 | 4 => {
                let date = self.ahead();
                Command::Decide(Box::new(capacity::Decide {
                    order_id,
                    kind: self.pick(DecisionKind::ALL),
                    date: Some(date),
                    reason: self.said(),
                    authority: self.said(),
                    planner: self.maybe(|_| date),
                }))
            }
            5 => Command::Commit(Box::new(commitments::Commit {
                order_id,
                order_line_id: self.maybe(|m| m.id(&w.order_lines)),
                date: self.ahead(),
                channel: Channel::Phone,
                words: self.said(),
                authority: self.text(),
                reason: self.said(),
            })),
            6 => Command::Authorise(commitments::Authorise {
                commitment_id: self.id(&w.commitments),
                authority: self.said(),
            }),
            7 => {
                let centre = self.id(&w.work_centres);
                let from = self.moment();
                let to = Moment(from.0 + chrono::Duration::hours(3));
                Command::SaveBlock(Box::new(blocks::SaveBlock {
                    replaces: None,
                    revision: 0,
                    work_centre_id: centre,
                    line_id: None,
                    kind: self.pick(BlockKind::ALL),
                    spans: vec![(from, to)],
                    minutes: 0,
                    note: self.said(),
                }))
            }
            8 => Command::RemoveBlock {
                block_id: self.id(&w.capacity_blocks),
            },
            _ => {
                let mut settings = PlanSettings::default();
                settings.weights.reverse();
                Command::SetPlanRules(Box::new(if self.yes() {
                    settings
                } else {
                    PlanSettings::default()
                }))
            }
        }
    }

    fn factory(&mut self, w: &World) -> Command {
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

    fn goods(&mut self, w: &World) -> Command {
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

    fn trouble(&mut self, w: &World) -> Command {
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
            13 => Command::SetEscalation(Box::new(Rules::default())),
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

    fn leaving(&mut self, w: &World) -> Command {
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

    fn around(&mut self, w: &World, order_id: i64) -> Command {
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

fn production_partners(w: &World, made: i64) -> Vec<i64> {
    let Some(made) = w.production_orders.get(made) else {
        return Vec::new();
    };
    gendan::domain::rule::production::partners(w, made)
        .map(|p| p.id)
        .collect()
}
