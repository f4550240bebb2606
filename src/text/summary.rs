//! Words of the period summary: headings, numbers, cases, and the text drafted from them.

use super::label::Label;
use super::word::{Lang, Word, word};
use crate::domain::codes::CauseClass;
use crate::domain::rule::on_time::Base;
use crate::domain::rule::summary::{
    Amount, Case, CaseOf, Figure, Heading, Number, Period, Point, Section,
};
use crate::domain::world::World;
use crate::text::chasing::line_name;

pub const SUMMARY: Word = word("工作总结", "Work summary");
pub const TITLE: Word = word("工作总结 {0}", "Work summary {0}");
pub const ITEM: Word = word("项目", "Item");
pub const NOW: Word = word("本期", "Period");
pub const BEFORE: Word = word("上期", "Before");
pub const OF: Word = word("分数", "Of");
pub const ROWS: Word = word("明细", "Rows");
pub const TEXT: Word = word("总结", "Text");
pub const WORST: Word = word("最差", "Worst");
pub const BEST: Word = word("最好", "Best");
pub const LESSONS_USED: Word = word("用上的经验", "Lessons used");
pub const LESSONS_REPEATED: Word = word("重犯的经验", "Lessons repeated");
pub const POINTS: Word = word("下期要点", "Next period");
pub const PERIOD: Word = word("期间", "Period");
pub const THIS_YEAR: Word = word("今年", "This year");
pub const LAST_YEAR: Word = word("去年", "Last year");
pub const THIS_MONTH: Word = word("本月", "This month");
pub const LAST_MONTH: Word = word("上月", "Last month");
pub const TYPED: Word = word("填写日期", "Typed dates");
pub const FROM: Word = word("从", "From");
pub const TO: Word = word("到", "To");
pub const FORM_PERIOD: Word = word("工作总结的期间", "Period of the summary");
pub const FORM_TEXT: Word = word("{0} · {1}", "{0} · {1}");
pub const HINT_TEXT: Word = word("清空即恢复草稿", "empty: back to the draft");
pub const KEYS: Word = word(
    "Enter 明细或改文字  ← → 前后一期  p 选期间",
    "Enter rows or text  ← → periods  p choose",
);
pub const WRITTEN: Word = word("（已改）", "(edited)");
pub const DRAFT: Word = word("（草稿）", "(draft)");
pub const OPEN: Word = word("打开", "Open");
pub const GO: Word = word("到这一行", "Go there");
pub const CASE: Word = word("是什么", "What");
pub const CASE_ORDER: Word = word("订单", "Order");
pub const CASE_DAYS: Word = word("天", "Days");
pub const NO_ROWS: Word = word("没有明细。", "There are no rows behind it.");
pub const END_BEFORE_START: Word = word(
    "结束日期早于开始日期；请改其中一个。",
    "The period ends before it begins; change one of the dates.",
);
pub const BAD_PERIOD: Word = word(
    "期间不对：要么 --year 2026，要么 --from 和 --to，且开始不晚于结束。",
    "That is no period: give --year 2026, or --from and --to with the first not after the last.",
);
pub const FOOT: Word = word(
    "准时率三种：对客户要求日期、首次承诺、最新约定日期；按订单行或分批计，过了日期一件未出的算迟。",
    "Three on-time rates: against the requested date, the first promise and the latest agreed date; by order line or part, and what has nothing delivered once its date has passed is late.",
);

/// The heading.
#[must_use]
pub const fn heading(heading: Heading) -> Word {
    match heading {
        Heading::Acceptance => word("接单与产能评审", "Order acceptance and capacity review"),
        Heading::Scheduling => word("转单与排期", "Conversion and scheduling"),
        Heading::Materials => word("物料跟进", "Materials"),
        Heading::Progress => word("生产进度与出货", "Progress"),
        Heading::Exceptions => word("异常处理", "Exceptions"),
        Heading::Difficulties => word(
            "工作难点与解决办法",
            "Difficulties and how they were solved",
        ),
        Heading::Causes => word("外部因素与自身问题", "External factors and own problems"),
    }
}

/// A number: its name in data files and its word.
#[must_use]
pub fn number(number: Number) -> (&'static str, Word) {
    use Number as N;
    match number {
        N::OrdersReceived => ("orders_received", word("收到订单", "Orders received")),
        N::OrdersAccepted => ("orders_accepted", word("其中已接", "of them accepted")),
        N::OrdersDeclined => ("orders_declined", word("其中谢绝", "of them declined")),
        N::OrdersAmended => ("orders_amended", word("订单更改", "Amendments")),
        N::Queries => ("queries", word("疑问单", "Queries raised")),
        N::QueryDays => (
            "query_days",
            word("疑问单平均答复天数", "Mean days to a query's answer"),
        ),
        N::ReviewRounds => ("review_rounds", word("评审轮次", "Review rounds")),
        N::AnswerDays => (
            "answer_days",
            word("部门评审平均答复天数", "Mean days to a department's answer"),
        ),
        N::Released => ("released", word("下达生产单", "Production orders released")),
        N::Finished => ("finished", word("完工生产单", "Production orders finished")),
        N::FinishedInTime => (
            "finished_in_time",
            word("生产单按期完工率", "Production orders finished in time"),
        ),
        N::PlansAccepted => ("plans_accepted", word("采用排期次数", "Plans accepted")),
        N::PurchasesPlaced => (
            "purchases_placed",
            word("下采购行", "Purchase lines placed"),
        ),
        N::PurchasesCame => (
            "purchases_came",
            word("到齐采购行", "Purchase lines come in full"),
        ),
        N::PurchasesInTime => (
            "purchases_in_time",
            word("供应商首次回复准时率", "Suppliers' first word kept"),
        ),
        N::PurchasesMissing => (
            "purchases_missing",
            word("过期未到齐", "Past their day and not in full"),
        ),
        N::Chases => ("chases", word("跟催次数", "Chases")),
        N::Shipments => ("shipments", word("出货批次", "Shipments")),
        N::InFullOnTime(Base::Requested) => (
            "in_full_on_time_requested",
            word(
                "按要求日期足量准时率",
                "In full and on time, requested date",
            ),
        ),
        N::InFullOnTime(Base::FirstPromise) => (
            "in_full_on_time_first_promise",
            word("按首次承诺足量准时率", "In full and on time, first promise"),
        ),
        N::InFullOnTime(Base::LatestPromise) => (
            "in_full_on_time_latest_promise",
            word("按最新约定足量准时率", "In full and on time, latest agreed"),
        ),
        N::OnTime(Base::Requested) => (
            "on_time_requested",
            word("按要求日期准时率", "On time, requested date"),
        ),
        N::OnTime(Base::FirstPromise) => (
            "on_time_first_promise",
            word("按首次承诺准时率", "On time, first promise"),
        ),
        N::OnTime(Base::LatestPromise) => (
            "on_time_latest_promise",
            word("按最新约定准时率", "On time, latest agreed"),
        ),
        N::Inspections => ("inspections", word("验货次数", "Inspections")),
        N::InspectionsFailed => (
            "inspections_failed",
            word("验货不合格", "Inspections failed"),
        ),
        N::Raised => ("exceptions_raised", word("发生异常", "Exceptions raised")),
        N::Critical => ("exceptions_critical", word("其中严重", "of them critical")),
        N::Closed => ("exceptions_closed", word("关闭异常", "Exceptions closed")),
        N::CloseDays => ("close_days", word("平均关闭天数", "Mean days to close")),
        N::StillOpen => ("exceptions_open", word("仍未关闭", "Still open")),
        N::WithDifficulty => (
            "with_difficulty",
            word("写明难点的异常", "Exceptions with a difficulty"),
        ),
        N::Solved => (
            "solved",
            word("写明解决办法的异常", "Exceptions with what worked"),
        ),
        N::Lessons => ("lessons", word("新经验", "New lessons")),
        N::LessonsUsed => ("lessons_used", LESSONS_USED),
        N::LessonsRepeated => ("lessons_repeated", LESSONS_REPEATED),
        N::Cause(CauseClass::Customer) => {
            ("cause_customer", word("原因在客户", "Caused by customers"))
        }
        N::Cause(CauseClass::Supplier) => (
            "cause_supplier",
            word("原因在供应商", "Caused by suppliers"),
        ),
        N::Cause(CauseClass::Department) => (
            "cause_department",
            word("原因在部门", "Caused by departments"),
        ),
        N::Cause(CauseClass::Ourselves) => {
            ("cause_ourselves", word("原因在自己", "Caused by ourselves"))
        }
        N::Cause(CauseClass::External) => {
            ("cause_external", word("外部原因", "Caused from outside"))
        }
        N::NoCause => ("cause_unknown", word("原因未定", "Cause not known yet")),
        N::External => (
            "external_share",
            word("外部因素占比", "Share of external factors"),
        ),
    }
}

/// The name of a number in data files.
#[must_use]
pub fn number_code(of: Number) -> &'static str {
    number(of).0
}

/// `12`, `97.78 % (440/450)`, `3.5`; a dash of nothing.
#[must_use]
pub fn amount(amount: Amount, lang: Lang) -> String {
    let Some(value) = amount.value() else {
        return "—".to_owned();
    };
    match amount {
        Amount::Count(n) => n.to_string(),
        Amount::Share { part, whole } => format!("{} % ({part}/{whole})", value.text_fixed(2)),
        Amount::Mean { .. } => word("{0} 天", "{0} d").fill(lang, &[&value.text_fixed(1)]),
    }
}

/// The same without the counts of a share.
#[must_use]
pub fn short(of: Amount, lang: Lang) -> String {
    match (of, of.value()) {
        (Amount::Share { .. }, Some(value)) => format!("{} %", value.text_fixed(2)),
        _ => amount(of, lang),
    }
}

/// The period as people say it.
#[must_use]
pub fn period(period: Period, lang: Lang) -> String {
    let code = period.code();
    match (code.len(), lang) {
        (4, Lang::Zh) => format!("{code} 年"),
        _ => code.replace("..", " ～ "),
    }
}

/// The number of a row: an order's, a purchase line's.
#[must_use]
pub fn case_no(world: &World, of: CaseOf) -> String {
    let or = String::new;
    match of {
        CaseOf::Order(id) => world.orders.get(id).map_or_else(or, |o| o.no.clone()),
        CaseOf::Made(id) => world
            .production_orders
            .get(id)
            .map_or_else(or, |m| m.no.clone()),
        CaseOf::Purchase(id) => world.purchases.get(id).map_or_else(or, line_name),
        CaseOf::Query(id) => world.queries.get(id).map_or_else(or, |q| q.no.clone()),
        CaseOf::Exception(id) => world.exceptions.get(id).map_or_else(or, |e| e.no.clone()),
        CaseOf::Review(_) => order_of(world, of)
            .and_then(|id| world.orders.get(id))
            .map_or_else(or, |o| o.no.clone()),
        CaseOf::Lesson { .. } => case_about(world, of),
    }
}

/// What a row is, in data files.
#[must_use]
pub const fn case_kind(of: CaseOf) -> &'static str {
    match of {
        CaseOf::Order(_) => "order",
        CaseOf::Made(_) => "production_order",
        CaseOf::Purchase(_) => "purchase",
        CaseOf::Query(_) => "query",
        CaseOf::Review(_) => "review_round",
        CaseOf::Exception(_) => "exception",
        CaseOf::Lesson { .. } => "lesson",
    }
}

/// What a row is about, in a few words.
#[must_use]
pub fn case_about(world: &World, of: CaseOf) -> String {
    let or = String::new;
    let line = |order: i64| {
        let line = world.order_lines.of(order).next();
        line.map_or_else(or, |l| l.name.clone())
    };
    match of {
        CaseOf::Order(id) => {
            let customer = world.orders.get(id).and_then(|o| o.customer_id);
            let customer = world
                .customers
                .find(customer)
                .map_or("", |c| c.name.as_str());
            format!("{customer} {}", line(id)).trim().to_owned()
        }
        CaseOf::Made(id) => {
            let item = world.production_orders.get(id).and_then(|m| m.item_id);
            world.items.find(item).map_or_else(or, |i| i.name.clone())
        }
        CaseOf::Purchase(id) => {
            let bought = world.purchases.get(id);
            let item = bought.and_then(|p| world.items.get(p.item_id));
            let supplier = world.suppliers.find(bought.and_then(|p| p.supplier_id));
            let (item, supplier) = (item.map(|i| &i.name), supplier.map(|s| &s.name));
            let words: Vec<&str> = [item, supplier]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            words.join(" · ")
        }
        CaseOf::Query(id) => world
            .queries
            .get(id)
            .map_or_else(or, |q| q.question.clone()),
        CaseOf::Review(id) => world
            .review_rounds
            .get(id)
            .map_or_else(or, |r| line(r.order_id)),
        CaseOf::Exception(id) => world.exceptions.get(id).map_or_else(or, |e| e.what.clone()),
        CaseOf::Lesson { lesson_id, .. } => world
            .lessons
            .get(lesson_id)
            .map_or_else(or, |l| l.symptom.clone()),
    }
}

/// The order that a row belongs to.
#[must_use]
pub fn order_of(world: &World, of: CaseOf) -> Option<i64> {
    match of {
        CaseOf::Order(id) => Some(id),
        CaseOf::Made(id) => {
            let made = world.production_orders.get(id)?;
            crate::domain::rule::production::owner(world, made).map(|(o, _)| o.id)
        }
        CaseOf::Purchase(id) => world.purchases.get(id)?.order_id,
        CaseOf::Query(id) => world.queries.get(id).map(|q| q.order_id),
        CaseOf::Review(id) => world.review_rounds.get(id).map(|r| r.order_id),
        CaseOf::Exception(id) => world.exceptions.get(id)?.order_id,
        CaseOf::Lesson { order_id, .. } => order_id,
    }
}

/// The days of a row: late or early by a date, else how long it took.
#[must_use]
pub fn case_days(case: &Case, lang: Lang) -> String {
    let Some(days) = case.days else {
        return String::new();
    };
    match case.of {
        CaseOf::Order(_) | CaseOf::Made(_) | CaseOf::Purchase(_) => match days {
            0 => word("准时", "on time").text(lang).to_owned(),
            1.. => word("迟 {0} 天", "{0} d late").fill(lang, &[&days.to_string()]),
            _ => word("早 {0} 天", "{0} d early").fill(lang, &[&(-days).to_string()]),
        },
        _ => word("{0} 天", "{0} d").fill(lang, &[&days.to_string()]),
    }
}

/// Rows in one line: `SO-0107 迟 12 天、SO-0106 迟 3 天`.
#[must_use]
pub fn cases(world: &World, cases: &[Case], lang: Lang) -> String {
    let one = |c: &Case| {
        let said = format!("{} {}", case_no(world, c.of), case_days(c, lang));
        said.trim().to_owned()
    };
    join(cases.iter().map(one).collect(), lang)
}

fn join(list: Vec<String>, lang: Lang) -> String {
    list.join(word("、", ", ").text(lang))
}

/// A point for the time to come.
#[must_use]
pub fn point(world: &World, point: &Point, lang: Lang) -> String {
    let n = |n: &i64| n.to_string();
    match point {
        Point::SlowAnswers { department, queries, days } => word(
            "与{0}约定疑问单答复期限：本期 {1} 张共等 {2} 天",
            "Agree a time for answers with {0}: {1} queries waited {2} days together",
        )
        .fill(lang, &[department.word().text(lang), &n(queries), &n(days)]),
        Point::LateOrders { late, due } => word(
            "按最新约定 {1} 行中有 {0} 行没有足量准时：把握低的订单提早一周预警",
            "{0} of {1} lines were not in full and on time by the latest agreed date: warn a week ahead where the chance is low",
        )
        .fill(lang, &[&n(late), &n(due)]),
        Point::LateProduction { late, made, days } => word(
            "{1} 张完工生产单中 {0} 张迟，共 {2} 天：排期留出余量",
            "{0} of {1} finished production orders were late, {2} days together: leave room in the schedule",
        )
        .fill(lang, &[&n(late), &n(made), &n(days)]),
        Point::Supplier { supplier_id, lines, days } => {
            let name = world.suppliers.get(*supplier_id).map_or("", |s| s.name.as_str());
            word(
                "{0} 迟 {1} 行共 {2} 天：提早下单，约谈或另找",
                "{0} was late on {1} lines, {2} days together: order earlier, talk to them or find another",
            )
            .fill(lang, &[name, &n(lines), &n(days)])
        }
        Point::Cause { cause, exceptions, all } => word(
            "已知原因的 {2} 起异常中 {1} 起原因在{0}：从这里改起",
            "{1} of {2} exceptions with a known cause came from: {0}. Begin there",
        )
        .fill(lang, &[cause.word().text(lang), &n(exceptions), &n(all)]),
        Point::Responsible { department, exceptions } => word(
            "{0}负责的异常最多（{1} 起）：一起复盘",
            "{0} answers for most exceptions ({1}): go through them together",
        )
        .fill(lang, &[department.word().text(lang), &n(exceptions)]),
        Point::Repeated { lesson_id, times } => {
            let what = world.lessons.get(*lesson_id).map_or("", |l| l.symptom.as_str());
            word(
                "“{0}”勾了经验仍重犯 {1} 次：改预防办法",
                "“{0}” happened again {1} times though it was heeded: change the prevention",
            )
            .fill(lang, &[what, &n(times)])
        }
        Point::Unsolved { exceptions } => word(
            "{0} 起异常关闭时没写什么办法有效：补写，留给下次",
            "{0} exceptions were closed without saying what worked: write it down for the next time",
        )
        .fill(lang, &[&n(exceptions)]),
    }
}

/// What the program drafts of a heading from its numbers, a line for each thing.
#[must_use]
pub fn draft(world: &World, section: &Section, lang: Lang) -> String {
    let figure = |f: &Figure| {
        let args = [
            number(f.number).1.text(lang),
            &amount(f.amount, lang),
            &amount(f.before, lang),
        ];
        word("{0} {1}（上期 {2}）", "{0} {1} (before {2})").fill(lang, &args)
    };
    let all: Vec<String> = section.figures.iter().map(figure).collect();
    let stop = word("。", ".").text(lang);
    let mut lines = vec![format!("{}{stop}", all.join(word("；", "; ").text(lang)))];
    let named = word("{0}：{1}", "{0}: {1}");
    for (head, rows) in [(WORST, &section.worst), (BEST, &section.best)] {
        if !rows.is_empty() {
            let rows = cases(world, rows, lang);
            lines.push(named.fill(lang, &[head.text(lang), &rows]));
        }
    }
    for (head, rows) in [
        (LESSONS_USED, &section.used),
        (LESSONS_REPEATED, &section.repeated),
    ] {
        if !rows.is_empty() {
            let mut seen: Vec<String> = rows.iter().map(|c| case_about(world, c.of)).collect();
            seen.sort();
            seen.dedup();
            lines.push(named.fill(lang, &[head.text(lang), &join(seen, lang)]));
        }
    }
    for p in &section.points {
        let said = point(world, p, lang);
        lines.push(named.fill(lang, &[POINTS.text(lang), &said]));
    }
    lines.join("\n")
}
