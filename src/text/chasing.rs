//! Words of suppliers and chases: headings, why not to chase now, what history says, the message.

use chrono::{Datelike, NaiveDate};

use super::label::Label;
use super::word::{Lang, Word, word};
use super::{format, show};
use crate::app::outlook::Outlook;
use crate::command::followup::subject_name;
use crate::domain::codes::Subject;
use crate::domain::partner::Supplier;
use crate::domain::purchase::Purchase;
use crate::domain::quantity::Qty;
use crate::domain::rule::chase::{Hold, Line};
use crate::domain::rule::purchase;
use crate::domain::rule::supplier::{Record, Slip};
use crate::domain::world::World;

/// Lines of a message to a supplier; what is more is said as a number.
pub const MESSAGE_LINES_MAX: usize = 40;

pub const PART_CHASES: Word = word("催料", "Chase");
pub const PART_SUPPLIERS: Word = word("供应商", "Suppliers");
pub const EMPTY_CHASES: Word = word(
    "没有未到的采购；按 b 下采购单。",
    "No purchase is open: press b to place one.",
);
pub const EMPTY_SUPPLIERS: Word = word(
    "还没向供应商买过东西；按 b 下采购单。",
    "Nothing has been bought from a supplier yet: press b to place a purchase.",
);
pub const NEEDED: Word = word("要用", "Needed");
pub const SAYS: Word = word("回复", "Says");
pub const BELIEVED: Word = word("料到", "Believed");
pub const LIKELY: Word = word("多半到", "Likely");
pub const CHANCE: Word = word("迟率", "Late %");
pub const BLOCKS: Word = word("等料订单", "Blocks");
pub const SETS: Word = word("套数", "Sets");
pub const LOSS: Word = word("预计损失", "Loss");
pub const ASKED: Word = word("上次催", "Asked");
pub const NEXT: Word = word("下次", "Next");
pub const HELD_BACK: Word = word("暂不催", "Wait because");
pub const DELIVERIES: Word = word("批数", "n");
pub const FIRST_SLIP: Word = word("首次±", "First ±");
pub const LAST_SLIP: Word = word("末次±", "Last ±");
pub const ON_TIME: Word = word("准时", "On time");
pub const MISSING: Word = word("未到", "Missing");
pub const QUALITY: Word = word("合格", "Quality");
pub const OPEN_LINES: Word = word("未到采购", "Open lines");
pub const CONTACT: Word = word("联系人", "Contact");
pub const LEAD_DAYS: Word = word("提前期", "Lead days");
pub const CODE: Word = word("编号", "Code");
pub const FIRST_P50: Word = word("首次回复 偏差 P50", "First word, slip P50");
pub const FIRST_P80: Word = word("首次回复 偏差 P80", "First word, slip P80");
pub const LAST_P50: Word = word("末次回复 偏差 P50", "Last word, slip P50");
pub const LAST_P80: Word = word("末次回复 偏差 P80", "Last word, slip P80");
pub const CHASE_LIST: Word = word("催料清单", "Chase list");
pub const SUPPLIER_LIST: Word = word("供应商清单", "Supplier list");
pub const NO_SUPPLIER: Word = word("（未定供应商）", "(no supplier)");
pub const LINES: Word = word("行数", "Lines");
pub const HINT_PARTIAL: Word = word("只回复一部分时填写", "where the date is for a part only");
pub const FORM_DEPOSIT: Word = word("定金 · {0}", "Deposit · {0}");
pub const DEPOSIT_DUE: Word = word("应付日期", "Due on");
pub const DEPOSIT_PAID: Word = word("付款日期", "Paid on");
pub const PAID_NOT_DUE: Word = word(
    "没有应付日期的定金不能登记付款；先填应付日期。",
    "A deposit without a due date cannot be paid; give the due date first.",
);
pub const MORE_THAN_OPEN: Word = word(
    "这部分比未到的数量多；改少，或答复选“改期”。",
    "This part is more than is open; give less, or answer “rescheduled”.",
);
pub const CHASE_FOOT: Word = word(
    "按预计损失排列：迟到可能 × 迟的天数 × 订单权重 × 占料份额；“料到”是八成把握的日期。",
    "Ordered by expected loss: chance of late × days late × weight of the orders × share of the kit. “Believed” is the day that four fifths keep.",
);
pub const SLIP_FOOT: Word = word(
    "偏差：到齐日减回复日，日历天；P50 五成、P80 八成不超过。不足五批的按同行补足。准时率把过期未到的也算进去。",
    "Slip: the day all of it was there less the day promised, in calendar days; half keep P50, four fifths P80. Under five deliveries the others' fill up. On time counts what is past its day and never came.",
);

/// `11-23`; with the year where it is another.
#[must_use]
pub fn near(date: NaiveDate, today: NaiveDate) -> String {
    if date.year() == today.year() {
        format::date_narrow(date)
    } else {
        date.format("%y-%m-%d").to_string()
    }
}

/// Why a line had better wait.
#[must_use]
pub fn hold(world: &World, hold: Hold, today: NaiveDate, lang: Lang) -> String {
    let day = |date| near(date, today);
    match hold {
        Hold::Query(id) => {
            let no = world.queries.get(id).map_or("", |q| q.no.as_str());
            word("我方未答 {0}", "we owe {0}").fill(lang, &[no])
        }
        Hold::Deposit(due) => word("定金未付 {0}", "deposit due {0}").fill(lang, &[&day(due)]),
        Hold::Sample(id) => {
            let kind = world
                .samples
                .get(id)
                .map_or("", |s| s.kind.word().text(lang));
            word("我方未寄{0}", "{0} not sent").fill(lang, &[kind])
        }
        Hold::Next(date) => word("约好 {0} 再催", "ask again {0}").fill(lang, &[&day(date)]),
        Hold::Asked(date) => word("{0} 刚催过", "asked {0}").fill(lang, &[&day(date)]),
        Hold::PutOff(date) => word("推迟到 {0}", "put off to {0}").fill(lang, &[&day(date)]),
    }
}

/// Half and four fifths, with signs: `0/+3`; with a mark where others' deliveries fill up.
#[must_use]
pub fn slip(slip: Slip, record: &Record) -> String {
    let mark = if record.is_thin() { "~" } else { "" };
    format!("{mark}{}/{}", signed(slip.p50), signed(slip.p80))
}

fn signed(days: i64) -> String {
    if days > 0 {
        format!("+{days}")
    } else {
        days.to_string()
    }
}

/// What a thing is called on the screen; [`subject_name`] is the journal's word for it.
#[must_use]
pub fn subject(world: &World, subject: Subject, id: i64, lang: Lang) -> String {
    let word = match subject {
        Subject::Answer => world.answers.get(id).map(|a| a.department.word()),
        Subject::Sample => world.samples.get(id).map(|s| s.kind.word()),
        _ => None,
    };
    word.map_or_else(
        || subject_name(world, subject, id),
        |word| word.text(lang).to_owned(),
    )
}

/// The name of a purchase line: `PO-0210/1`.
#[must_use]
pub fn line_name(line: &Purchase) -> String {
    format!("{}/{}", line.no, line.line)
}

/// What is said of an open line and what history says to it.
#[must_use]
pub fn outlook_of(line: &Line, today: NaiveDate, lang: Lang) -> String {
    let mut days = near(line.p50, today);
    if line.p80 != line.p50 {
        days = word("{0}～{1}", "{0} to {1}").fill(lang, &[&days, &near(line.p80, today)]);
    }
    let (open, chance) = (
        format::qty(line.open),
        format::percent(line.chance.round_to(2)),
    );
    match line.says {
        Some(says) => word(
            "说 {0}，看记录 {1}，迟率 {2} · 欠 {3}",
            "says {0}, history says {1}, late {2} · {3} open",
        )
        .fill(lang, &[&near(says, today), &days, &chance, &open]),
        None => word(
            "未回复，看记录 {0}，迟率 {1} · 欠 {2}",
            "no word, history says {0}, late {1} · {2} open",
        )
        .fill(lang, &[&days, &chance, &open]),
    }
}

/// The orders that wait for a line, and how many sets of them.
#[must_use]
pub fn blocks(world: &World, outlook: &Outlook, line: &Line) -> (String, Qty) {
    let mut names: Vec<&str> = Vec::new();
    let mut sets = Qty::ZERO;
    for w in &line.waiting {
        let made = world.production_orders.find(w.production_order_id);
        let order = world.orders.find(w.order_id);
        let name = order.map_or_else(|| made.map_or("", |m| m.no.as_str()), |o| o.no.as_str());
        if !names.contains(&name) {
            names.push(name);
        }
        let kit = w.production_order_id.and_then(|id| outlook.kits.get(&id));
        sets += kit.map_or(Qty::ZERO, |k| k.needed_sets.times(w.share).round_to(0));
    }
    (names.join(" "), sets)
}

/// Asks a supplier about all that is open with him, in one message.
#[must_use]
pub fn message(world: &World, supplier: &Supplier, today: NaiveDate, lang: Lang) -> String {
    let open = |p: &&Purchase| {
        p.supplier_id == Some(supplier.id) && purchase::arrival(world, p).open.is_positive()
    };
    let mut lines: Vec<&Purchase> = world.purchases.iter().filter(open).collect();
    lines.sort_by_key(|p| (p.required_date.is_none(), p.required_date, p.id));
    let mut out = vec![
        word(
            "{0}：以下采购还没到齐，请今天逐项回复交期：",
            "{0}: these purchases of ours are still open. Please confirm a date for each today:",
        )
        .fill(lang, &[&supplier.name]),
    ];
    for (at, line) in lines.iter().take(MESSAGE_LINES_MAX).enumerate() {
        out.push(format!("{}. {}", at + 1, ask(world, line, today, lang)));
    }
    if let Some(more) = lines
        .len()
        .checked_sub(MESSAGE_LINES_MAX)
        .filter(|n| *n > 0)
    {
        let more = more.to_string();
        out.push(word("……另有 {0} 项。", "… and {0} more.").fill(lang, &[&more]));
    }
    out.push(word("谢谢！", "Thank you!").text(lang).to_owned());
    out.join("\n")
}

/// One line of the message.
fn ask(world: &World, line: &Purchase, today: NaiveDate, lang: Lang) -> String {
    let item = world
        .items
        .get(line.item_id)
        .map_or("", |i| i.name.as_str());
    let open = purchase::arrival(world, line).open;
    let amount = format!("{} {}", format::qty(open), line.unit);
    let said = crate::domain::rule::supplier::last_word(world, line, today, open);
    let mut parts = vec![
        line_name(line),
        item.to_owned(),
        word("欠 {0}", "{0} open").fill(lang, &[amount.trim()]),
    ];
    if let Some(needed) = line.required_date {
        parts.push(word("我们 {0} 要用", "needed by {0}").fill(lang, &[&needed.to_string()]));
    }
    parts.push(match said {
        None => word("请给交期", "please give a date").text(lang).to_owned(),
        Some(date) if date < today => {
            let days = (today - date).num_days();
            word("您回复 {0}，已过 {1}", "you said {0}, {1} ago")
                .fill(lang, &[&date.to_string(), &show::late(days, lang)])
        }
        Some(date) => word("您回复 {0}，能否按期？", "you said {0}: does that hold?")
            .fill(lang, &[&date.to_string()]),
    });
    let comma = word("，", ", ").text(lang);
    parts.join(comma)
}
