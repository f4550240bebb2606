//! Every reason leads to its place with one key, and is gone when the command that fixes it has run.

use std::collections::BTreeSet;

use chrono::Days;
use gendan::command::{self, Command};
use gendan::domain::codes::{
    CauseClass, ChaseHow, ChaseResult, DecisionKind, Department, DocumentKind, Firmness,
    PointResult, Stage, Subject, Verdict,
};
use gendan::domain::document::{Milestone, Sample};
use gendan::domain::quantity::Qty;
use gendan::domain::rule::attention::{Attention, Reason};
use gendan::domain::rule::{delivery, intake, lesson, production, purchase, review};
use gendan::panel::PartKind;
use gendan::text::Lang;
use serde_json::{Value, json};

use super::{go, on, select};
use crate::support::User;

/// The code of a reason, the panel and the part it leads to, and whether that part stands on its row.
const PLACES: &[(&str, Stage, PartKind, bool)] = &[
    ("points_open", Stage::Intake, PartKind::Points, false),
    (
        "document_missing",
        Stage::Intake,
        PartKind::Documents,
        false,
    ),
    (
        "no_written_confirmation",
        Stage::Intake,
        PartKind::Documents,
        false,
    ),
    ("query_overdue", Stage::Intake, PartKind::Queries, true),
    ("query_waiting", Stage::Intake, PartKind::Queries, true),
    (
        "not_acknowledged",
        Stage::Intake,
        PartKind::Amendments,
        true,
    ),
    ("sample_due", Stage::Intake, PartKind::Samples, true),
    ("sample_waiting", Stage::Intake, PartKind::Samples, true),
    ("sample_rejected", Stage::Intake, PartKind::Samples, true),
    ("lessons_open", Stage::Intake, PartKind::Lessons, false),
    ("not_authorised", Stage::Intake, PartKind::Commitments, true),
    ("milestone_late", Stage::Intake, PartKind::Milestones, true),
    ("milestone_due", Stage::Intake, PartKind::Milestones, true),
    ("review_to_start", Stage::Capacity, PartKind::List, false),
    ("answer_silent", Stage::Capacity, PartKind::Answers, true),
    ("decision_due", Stage::Capacity, PartKind::List, false),
    ("counter_waiting", Stage::Capacity, PartKind::List, false),
    ("production_to_make", Stage::Schedule, PartKind::List, false),
    (
        "production_to_release",
        Stage::Schedule,
        PartKind::List,
        false,
    ),
    ("not_scheduled", Stage::Schedule, PartKind::List, false),
    (
        "purchase_overdue",
        Stage::Materials,
        PartKind::Purchases,
        true,
    ),
    (
        "purchase_too_late",
        Stage::Materials,
        PartKind::Purchases,
        true,
    ),
    ("no_promise", Stage::Materials, PartKind::Purchases, true),
    ("no_news", Stage::Progress, PartKind::Operations, false),
    ("to_ship", Stage::Progress, PartKind::List, false),
    ("order_late", Stage::Progress, PartKind::List, false),
    ("order_due_soon", Stage::Progress, PartKind::List, false),
    ("to_close", Stage::Progress, PartKind::List, false),
    (
        "exception_decision",
        Stage::Exceptions,
        PartKind::List,
        false,
    ),
    ("exception_open", Stage::Exceptions, PartKind::List, false),
    ("follow_up", Stage::Intake, PartKind::Queries, true),
    ("said_by", Stage::Intake, PartKind::Queries, true),
    ("at_risk", Stage::Progress, PartKind::List, false),
    (
        "inspection_due",
        Stage::Progress,
        PartKind::Inspections,
        true,
    ),
    (
        "inspection_failed",
        Stage::Progress,
        PartKind::Inspections,
        true,
    ),
    ("paper_due", Stage::Progress, PartKind::Papers, true),
    ("shipment_due", Stage::Progress, PartKind::Shipments, true),
    (
        "exception_escalate",
        Stage::Exceptions,
        PartKind::List,
        false,
    ),
    (
        "exception_unowned",
        Stage::Exceptions,
        PartKind::List,
        false,
    ),
    ("action_overdue", Stage::Exceptions, PartKind::List, false),
];

/// The sample factory, with what it has no example of.
fn everything(file: &mut Value) {
    let list = |file: &mut Value, name: &str| file[name].as_array_mut().unwrap().len();
    let push = |file: &mut Value, name: &str, row: Value| {
        file[name].as_array_mut().unwrap().push(row);
    };
    file["amendments"][0]["acknowledgements"]
        .as_array_mut()
        .unwrap()
        .push(json!({ "department": "shipping", "asked_on": "2026-11-20" }));
    let sample = |file: &mut Value, order: &str, kind: &str, with: Value| {
        let rows = file["samples"].as_array_mut().unwrap();
        let row = rows
            .iter_mut()
            .rfind(|s| s["order"] == order && s["kind"] == kind);
        let row = row.unwrap().as_object_mut().unwrap();
        row.extend(with.as_object().unwrap().clone());
    };
    sample(file, "SO-0108", "proto", json!({ "due": "2026-11-20" }));
    sample(
        file,
        "SO-0105",
        "pre_production",
        json!({ "due": "2026-11-05", "sent_on": "2026-11-05" }),
    );
    let no = json!({ "sent_on": "2026-11-18", "verdict": "rejected", "verdict_on": "2026-11-20" });
    sample(file, "SO-0103", "shipment", no);
    let order = |no: &str| {
        let at = no.trim_start_matches("SO-01").parse::<usize>().unwrap() - 1;
        assert!(at < 13);
        at
    };
    file["orders"][order("SO-0108")]["lines"][0]["commitments"] = json!([{
        "date": "2027-01-20", "made_on": "2026-11-20", "channel": "phone", "words": "late",
        "needs_authority": true
    }]);
    for m in file["milestones"].as_array_mut().unwrap() {
        if m["order"] == "SO-0104" && m["code"] == "sew_done" {
            m["planned"] = "2026-11-20".into();
        }
    }
    push(
        file,
        "answers",
        json!({
            "order": "SO-0109", "round": 1, "opened_on": "2026-11-19", "snapshot": "1500 pcs",
            "answers": [{ "department": "technical", "asked_on": "2026-11-19", "answered_on": "2026-11-20", "satisfied": true }]
        }),
    );
    push(
        file,
        "decisions",
        json!({
            "order": "SO-0109", "kind": "counter", "date": "2027-01-10", "decided_on": "2026-11-22", "round": 1
        }),
    );
    file["orders"][order("SO-0106")]["lines"][0]["promised_date"] = "2026-11-19".into();
    file["orders"][order("SO-0107")]["lines"][0]["promised_date"] = "2026-11-25".into();
    file["shipments"][1]["lines"][0]["qty"] = "20000".into();
    file["progress"].as_array_mut().unwrap().retain(|p| {
        p["production_order"] != "MO-0104" || p["date"].as_str().unwrap() < "2026-11-18"
    });
    push(
        file,
        "chases",
        json!({
            "subject": "query", "of": "Q-0012", "order": "SO-0109", "at": "2026-11-20T10:00", "how": "phone",
            "result": "accepted", "answer": "14#", "new_date": "2026-11-22"
        }),
    );
    let inspections = file["inspections"].as_array_mut().unwrap();
    for i in inspections
        .iter_mut()
        .filter(|i| i["order"] == "SO-0103" && i["kind"] == "final")
    {
        i["planned"] = "2026-11-22".into();
    }
    for i in inspections
        .iter_mut()
        .filter(|i| i["order"] == "SO-0104" && i["kind"] == "initial")
    {
        i["major"] = 60.into();
        i["result"] = "failed".into();
    }
    file["shipments"][2]["papers"][0]["due"] = "2026-11-23".into();
    file["shipments"][2]["planned"] = "2026-11-21".into();
    file["shipments"][2]["cut_off"] = "2026-11-21T12:00".into();
    file["exceptions"][2]["reported_at"] = "2026-11-23T07:50".into();
    file["exceptions"][4]["reported_at"] = "2026-11-23T07:50".into();
    file["exceptions"][4]["actions"] = json!([
        { "kind": "preventive", "text": "one paper for both", "owner": "Li", "due": "2026-11-20" }
    ]);
    push(
        file,
        "exceptions",
        json!({
            "no": "EX-0199", "order": "SO-0107", "stage": "progress", "reported_at": "2026-11-23T07:45",
            "reported_by": "Li", "what": "needle broke", "quantity": "1", "severity": "minor",
            "department": "production"
        }),
    );
    assert!(list(file, "orders") == 13);
}

fn codes(user: &User) -> BTreeSet<&'static str> {
    let causes = user.app.agenda.lines().flat_map(|l| l.causes());
    causes.map(|a| a.reason.code()).collect()
}

fn find(user: &User, code: &str) -> Option<Attention> {
    // What stands open first; what is held back has its place all the same.
    let mut causes = user.app.agenda.lines().flat_map(|l| l.causes());
    let of_code = |a: &&Attention| {
        let query = a.subject == Subject::Query;
        a.reason.code() == code
            && (code != "no_news" || a.subject == Subject::ProductionOrder)
            && (!matches!(code, "follow_up" | "said_by") || query)
    };
    causes.find(of_code).cloned()
}

#[test]
fn every_reason_leads_to_its_place_with_one_key() {
    for lang in [Lang::Zh, Lang::En] {
        let mut user = on(lang, everything);
        let have = codes(&user);
        for (code, stage, part, own_row) in PLACES {
            let a = find(&user, code).unwrap_or_else(|| panic!("no {code} among {have:?}"));
            let on = (a.subject, a.subject_id);
            if user.app.agenda.open.iter().any(|l| l.subject() == on) {
                select(&mut user, on);
            } else {
                let row = on.1 * 100 + on.0 as i64 + 1;
                user.press("0 esc esc")
                    .part(PartKind::HeldBack)
                    .press("home");
                for _ in 0..40 {
                    if user.app.board().unwrap().spot().part_row != row {
                        user.press("down");
                    }
                }
            }
            let line = user.app.agenda.lines().find(|l| l.subject() == on).unwrap();
            let at = line
                .causes()
                .position(|c| c.reason == a.reason && c.row == a.row)
                .unwrap();
            if at > 0 {
                user.part(PartKind::Reasons).press("home");
                for _ in 0..at {
                    user.press("down");
                }
            }
            user.press("enter");
            let here = user.app.stage;
            assert_eq!(here, *stage, "{code}:\n{}", user.screen());
            let spot = user.app.board().unwrap().spot();
            assert_eq!(spot.part, *part, "{code}:\n{}", user.screen());
            if *own_row {
                assert_eq!(spot.part_row, a.row, "{code}:\n{}", user.screen());
            }
            let of = user.app.panel().order_of(&user.app.cx(), spot.row);
            if *stage != Stage::Materials {
                assert_eq!(of, a.order_id, "{code}:\n{}", user.screen());
            }
            match a.reason {
                Reason::DocumentMissing(kind) => assert_eq!(spot.part_row, -(kind as i64) - 1),
                Reason::ExceptionOpen
                | Reason::ExceptionDecision
                | Reason::ExceptionEscalate(_)
                | Reason::ExceptionUnowned
                | Reason::ActionOverdue => {
                    assert_eq!(spot.row, a.subject_id)
                }
                Reason::ProductionToRelease | Reason::NotScheduled => {
                    assert_eq!(spot.row, a.subject_id)
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_reason_is_gone_when_its_cause_is() {
    let mut stays = Vec::new();
    for (code, ..) in PLACES {
        let mut user = on(Lang::En, everything);
        let a = find(&user, code).unwrap_or_else(|| panic!("no {code}"));
        fix(&mut user, &a);
        let same = |c: &Attention| {
            let of = |c: &Attention| (c.reason.code(), c.subject, c.subject_id, c.row);
            let paper = matches!(a.reason, Reason::DocumentMissing(_));
            of(c) == of(&a) && (!paper || c.reason == a.reason)
        };
        let all = user.app.agenda.lines().flat_map(|l| l.causes());
        let still: Vec<_> = all.filter(|c| same(c)).collect();
        if !still.is_empty() {
            stays.push(format!("{code}: {still:?}"));
        }
    }
    assert!(stays.is_empty(), "{stays:#?}");
}

/// Ends a cause with the command that its panel has for it.
fn fix(user: &mut User, a: &Attention) {
    let today = user.today();
    let world = user.app.world.clone();
    let order = world.orders.find(a.order_id);
    let text = str::to_owned;
    let file = |kind| {
        Command::FileDocument(Box::new(command::intake::FileDocument {
            order_id: a.order_id.unwrap(),
            kind,
            title: text("paper"),
            date: today,
            note: String::new(),
            path: String::new(),
        }))
    };
    let sample = |change: &dyn Fn(&mut Sample)| {
        let mut sample = world.samples.get(a.row).unwrap().clone();
        change(&mut sample);
        Command::SaveSample(Box::new(command::samples::SaveSample { sample }))
    };
    let ship = || {
        let order = order.unwrap();
        let lines = world.order_lines.of(order.id);
        let lines = lines.map(|l| (l.id, delivery::line_qty(&world, l).open));
        Command::Ship(Box::new(command::shipment::Ship {
            shipment_id: world
                .shipments
                .of(order.id)
                .find(|s| s.shipped_on.is_none())
                .map(|s| s.id),
            order_id: order.id,
            date: today,
            lines: lines.collect(),
            method: text("sea"),
            bl_no: String::new(),
            note: text("agreed"),
        }))
    };
    let inspect = |id: Option<i64>, re_of: Option<i64>, done_on| {
        let i = world.inspections.find(id.or(re_of)).unwrap();
        Command::SaveInspection(Box::new(command::inspection::SaveInspection {
            inspection_id: id,
            order_id: i.order_id,
            production_order_id: i.production_order_id,
            shipment_id: i.shipment_id,
            re_of,
            kind: i.kind,
            planned: Some(today + Days::new(1)),
            done_on,
            lot: i.lot,
            level: i.level.clone(),
            aql: i.aql.clone(),
            sample: i.sample,
            critical: 0,
            major: 0,
            minor: 0,
            result: None,
            override_reason: String::new(),
            defects: String::new(),
            note: String::new(),
        }))
    };
    let decide = |kind| {
        Command::Decide(Box::new(command::capacity::Decide {
            order_id: a.order_id.unwrap(),
            kind,
            date: order.and_then(|o| delivery::requested(&world, o)),
            reason: text("agreed"),
            authority: text("Wang"),
            planner: None,
        }))
    };
    let promise = || {
        Command::RecordPromise(command::materials::RecordPromise {
            purchase_id: a.subject_id,
            date: today + Days::new(1),
            qty: Qty::ZERO,
            said_by: text("Chen"),
            firmness: Firmness::Written,
            note: String::new(),
        })
    };
    let command = match a.reason {
        Reason::PointsOpen(_) => {
            let points = intake::points(&world, order.unwrap(), today);
            for p in points.iter().filter(|p| !p.is_settled()) {
                go(
                    user,
                    &Command::ReviewPoint(command::intake::ReviewPoint {
                        order_id: a.subject_id,
                        point: p.kind,
                        result: PointResult::Waived,
                        reason: text("asked"),
                    }),
                );
            }
            return;
        }
        Reason::DocumentMissing(kind) => file(kind),
        Reason::NoWrittenConfirmation => file(DocumentKind::CustomerOrderSheet),
        Reason::QueryOverdue | Reason::QueryWaiting => {
            Command::AnswerQuery(command::intake::AnswerQuery {
                query_id: a.subject_id,
                answer: text("yes"),
                by: text("He"),
                effect: String::new(),
            })
        }
        Reason::NotAcknowledged => Command::Acknowledge(command::amend::Acknowledge {
            acknowledgement_id: a.row,
            by: text("He"),
            on: today,
        }),
        Reason::SampleDue => sample(&|s| s.sent_on = Some(today)),
        Reason::SampleWaiting => sample(&|s| {
            s.verdict = Verdict::Approved;
            s.verdict_on = Some(today);
        }),
        Reason::SampleRejected => sample(&|s| {
            *s = Sample {
                order_id: s.order_id,
                kind: s.kind,
                round: s.round + 1,
                due: Some(today + Days::new(5)),
                ..Sample::default()
            };
        }),
        Reason::LessonsOpen(_) => {
            for known in lesson::at_entry(&world, order.unwrap()) {
                if known.used.is_none() {
                    go(
                        user,
                        &Command::UseLesson(command::lessons::UseLesson {
                            lesson_id: known.lesson.id,
                            order_id: a.subject_id,
                            ticked: true,
                            reason: String::new(),
                        }),
                    );
                }
            }
            return;
        }
        Reason::NotAuthorised => Command::Authorise(command::commitments::Authorise {
            commitment_id: a.row,
            authority: text("Wang"),
        }),
        Reason::MilestoneLate | Reason::MilestoneDue => {
            let milestone = Milestone {
                actual: Some(today),
                ..world.milestones.get(a.row).unwrap().clone()
            };
            Command::SaveMilestone(Box::new(command::milestone::SaveMilestone { milestone }))
        }
        Reason::ReviewToStart => Command::AskDepartments(Box::new(command::capacity::Ask {
            order_id: a.subject_id,
            departments: vec![Department::Technical],
            new_round: false,
            carry: Vec::new(),
            snapshot: review::Snapshot::of(&world, order.unwrap()),
        })),
        Reason::AnswerSilent => Command::RecordAnswer(Box::new(command::capacity::RecordAnswer {
            answer_id: a.subject_id,
            date: Some(today + Days::new(2)),
            days: None,
            satisfied: Some(true),
            risk: String::new(),
            countermeasure: String::new(),
        })),
        Reason::DecisionDue | Reason::CounterWaiting => decide(DecisionKind::Accept),
        Reason::ProductionToMake => Command::MakeProduction {
            order_id: a.subject_id,
        },
        Reason::ProductionToRelease => Command::Release(command::production::Release {
            production_order_id: a.subject_id,
            override_reason: text("wanted"),
            short: Vec::new(),
        }),
        Reason::NotScheduled => {
            let placements =
                user.app
                    .outlook
                    .places
                    .iter()
                    .map(|(id, p)| command::schedule::Placement {
                        operation_id: *id,
                        line_id: p.line_id,
                        starts: p.starts,
                        ends: p.ends,
                    });
            Command::AcceptPlan(command::schedule::AcceptPlan {
                placements: placements.collect(),
                note: text("agreed"),
            })
        }
        Reason::PurchaseOverdue => {
            let line = world.purchases.get(a.subject_id).unwrap();
            Command::Receive(command::materials::Receive {
                purchase_id: line.id,
                date: today,
                accepted: purchase::arrival(&world, line).open,
                rejected: Qty::ZERO,
                held: Qty::ZERO,
                document: String::new(),
                note: String::new(),
            })
        }
        Reason::PurchaseTooLate | Reason::NoPromise => promise(),
        Reason::NoNews(_) => {
            let made = world.production_orders.get(a.subject_id).unwrap();
            let mut own = world.operations.of(made.id);
            let next = own.find(|o| production::left(&world, made, o).is_positive());
            Command::ReportProgress(command::progress::ReportProgress {
                date: today,
                figures: vec![command::progress::Figures {
                    operation_id: next.unwrap().id,
                    good: Qty::ONE,
                    defect: Qty::ZERO,
                    rework: Qty::ZERO,
                    scrap: Qty::ZERO,
                    shift: String::new(),
                    note: text("counted"),
                    corrects: None,
                }],
            })
        }
        Reason::ToShip
        | Reason::OrderLate
        | Reason::OrderDueSoon
        | Reason::AtRisk(_)
        | Reason::ShipmentDue => ship(),
        Reason::InspectionDue => inspect(Some(a.row), None, Some(today)),
        Reason::InspectionFailed => inspect(None, Some(a.row), None),
        Reason::PaperDue => {
            let paper = world.export_papers.get(a.row).unwrap();
            Command::SavePaper(Box::new(command::packing::SavePaper {
                shipment_id: paper.shipment_id,
                paper_id: Some(paper.id),
                kind: paper.kind,
                owner: paper.owner,
                due: paper.due,
                done_on: Some(today),
                number: text("7-1"),
                note: String::new(),
            }))
        }
        Reason::ToClose => Command::SetOrder(command::orders::SetOrder {
            order_id: a.subject_id,
            to: command::orders::OrderStep::Close,
            reason: String::new(),
        }),
        Reason::ExceptionDecision => Command::DecideException(command::exceptions::DecideOn {
            exception_id: a.subject_id,
            option_id: None,
            decision: text("by air"),
            by: text("Wang"),
            authority: text("by mail"),
            act_by: Some(today + Days::new(2)),
            by_plan: None,
            carry_out: false,
        }),
        Reason::ExceptionEscalate(level) => Command::Escalate(command::exceptions::Escalate {
            exception_id: a.subject_id,
            level,
            to: text("Wang"),
        }),
        Reason::ActionOverdue => {
            let late = world.exception_actions.of(a.subject_id).next().unwrap();
            let done = gendan::domain::exception::ExceptionAction {
                done_on: Some(today),
                ..late.clone()
            };
            Command::SaveRemedy(Box::new(command::remedies::Remedy::Action(done)))
        }
        Reason::ExceptionOpen | Reason::ExceptionUnowned => {
            Command::CloseException(Box::new(command::exceptions::Close {
                exception_id: a.subject_id,
                cause: CauseClass::Supplier,
                factor: None,
                analysis: text("late"),
                difficulty: String::new(),
                solution: text("by air"),
                preventive: text("ask sooner"),
                verification: text("seen"),
                lesson: String::new(),
                tags: String::new(),
            }))
        }
        Reason::FollowUp | Reason::SaidBy => Command::Chase(command::followup::LogChase {
            subject: a.subject,
            subject_id: a.subject_id,
            order_id: a.order_id,
            how: ChaseHow::Phone,
            result: ChaseResult::NoAnswer,
            answer: String::new(),
            new_date: None,
            qty: Qty::ZERO,
            next_on: None,
        }),
    };
    go(user, &command);
}
