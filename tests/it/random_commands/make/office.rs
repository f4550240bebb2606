//! Orders, their papers, the review.

use gendan::command::{
    self, Command, amend, blocks, capacity, commitments, entry, facts, handing, intake, milestone,
    rush, samples, summary,
};
use gendan::domain::codes::*;
use gendan::domain::document::{Milestone, Sample};
use gendan::domain::followup::Handover;
use gendan::domain::moment::Moment;
use gendan::domain::order::{Order, OrderLine};
use gendan::domain::rule::planning::PlanSettings;
use gendan::domain::rule::review::Snapshot;
use gendan::domain::rule::summary::{Heading, Period};
use gendan::domain::world::World;
use gendan::text::Lang;

use super::Maker;

impl Maker {
    pub(super) fn line(&mut self, w: &World) -> OrderLine {
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

    pub(super) fn lines_of(&mut self, w: &World, order: i64) -> Vec<entry::LineEntry> {
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

    pub(super) fn orders(&mut self, w: &World) -> Command {
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

    pub(super) fn papers(&mut self, w: &World) -> Command {
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

    pub(super) fn review(&mut self, w: &World) -> Command {
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
}
