//! Refusals in words: what is wrong, where, and what to do.

use super::datein::{AmountInputError, DateError};
use super::word::{Lang, Word, word};
use super::{format, words};
use crate::command::{Problem, Refusal};
use crate::domain::rule::intake::Obstacle;
use crate::store::StoreError;

/// The sentence of a refusal.
#[must_use]
pub fn sentence(refusal: &Refusal, lang: Lang) -> String {
    problem(&refusal.problem, lang)
}

const REQUIRED: Word = word("必须填写。", "This has to be filled in.");
const NOT_POSITIVE: Word = word("数量必须大于零。", "The quantity has to be more than zero.");
const NOT_WHOLE: Word = word(
    "请填 {0} 到 {1} 的整数。",
    "Give a whole number from {0} to {1}.",
);
const TOO_LONG: Word = word("太长：最多 {0} 个字。", "Too long: at most {0} characters.");
const DATE_PAST: Word = word(
    "日期 {0} 不在今天（{1}）之后。",
    "The date {0} does not lie after today ({1}).",
);
const DATE_AHEAD: Word = word(
    "日期 {0} 还没到（今天 {1}）。",
    "The date {0} lies ahead of today ({1}).",
);
const DUPLICATE_PO: Word = word(
    "客户单号 {0} 已有订单 {1}；如是同一张，请改 {1}，如是新单，请加以区分。",
    "Customer PO {0} is order {1} already; change {1} if it is the same, or tell the two apart.",
);
const DUPLICATE_NO: Word = word(
    "编号 {0} 已经用过；换一个，或留空自动编号。",
    "Number {0} is taken; choose another or leave it empty.",
);
const UNKNOWN_ITEM: Word = word(
    "没有货号“{0}”；检查拼写，或在品名里写清产品。",
    "There is no item “{0}”; check the spelling, or describe the product under Name.",
);
const UNKNOWN: Word = word("没有叫“{1}”的{0}。", "There is no {0} called “{1}”.");
const AMOUNT_DIFFERS: Word = word(
    "金额 {0} 与数量×单价 {1} 不符；改正，或留空由程序计算。",
    "The amount {0} is not quantity × price, {1}; correct it, or leave it empty.",
);
const IN_CELL: Word = word("第 {0} 行{1}：{2}", "Row {0}, {1}: {2}");
const IN_ROW: Word = word("第 {0} 行：{1}", "Row {0}: {1}");
const LINE_IN_USE: Word = word(
    "第 {0} 行已有生产单、承诺或出货，不能去掉；要减数量请走订单更改。",
    "Line {0} has production orders, promises or shipments and cannot be left out; amend the order instead.",
);
const BELOW_SHIPPED: Word = word(
    "第 {0} 行已出货 {1}，数量不能更少。",
    "Line {0} has shipped {1}; it cannot be less.",
);
const CANCEL_INSTEAD: Word = word(
    "第 {0} 行已接单，不能直接去掉；在“取消数量”里写明。",
    "Line {0} was accepted and cannot be left out; give the cancelled quantity instead.",
);
const SIZES_DIFFER: Word = word(
    "尺码合计 {1}，数量写的是 {0}；改正，或把数量留空。",
    "The sizes add up to {1}, the quantity says {0}; correct it, or leave the quantity empty.",
);
const TOTAL_DIFFERS: Word = word(
    "各行合计 {1}，总数写的是 {0}；查对后改正，或把总数留空。",
    "The rows add up to {1}, the total says {0}; correct what is wrong, or leave the total empty.",
);
const OBSTACLES: Word = word(
    "还不能下达：{0}。要强行下达请写理由。",
    "Not ready: {0}. Give a reason to release it anyway.",
);
/// A figure that can hardly be right, with the way to keep it.
pub(super) const WITH_NOTE: Word = word(
    "{0}；如属实，在备注里写明。",
    "{0}; if it is right, say why in the note.",
);
const MORE_THAN_ORDERED: Word = word(
    "连溢装最多还能 {0} {1}；收货多出时在备注里写明。",
    "At most {0} {1} with the tolerance; for goods received beyond it, say why in the note.",
);
const LOTS_BEYOND: Word = word(
    "各批合计 {0}，比生产单的 {1} 多。",
    "The lots add up to {0}, more than the {1} of the production order.",
);
const LOTS_DIFFER: Word = word(
    "各批合计 {0}，生产单是 {1}；按数量分批，或先改数量。",
    "The lots add up to {0}, the production order has {1}; type the lots, or change the quantity first.",
);
const FIRST_LOT_LESS: Word = word(
    "已做 {0}，第一批不能比它少：把第一批写大一些。",
    "{0} are done already and stay in the first lot: make that lot larger.",
);
const BELOW_SHARES: Word = word(
    "合并的生产单里别的订单要 {0}，数量不能比它少。",
    "Other orders have {0} of this merged production order; it cannot be less.",
);
const NO_PARTNER: Word = word(
    "“{0}”不能并进来：要同一产品、同样的工序、同一状态、都没开工。",
    "“{0}” cannot be merged: it has to be the same item with the same operations and state, and none begun.",
);
const MORE_THAN_HELD: Word = word("待检的只有 {0} {1}。", "Only {0} {1} wait for inspection.");
const MORE_THAN_THERE: Word = word(
    "能退的只有 {0} {1}。",
    "There are only {0} {1} to send back.",
);
const LESS_THAN_CAME: Word = word(
    "已到货或已抵扣 {0} {1}，数量不能更少；余数不要了请结案（X）。",
    "{0} {1} have come or were credited; it cannot be less. Close the line (X) if no more is wanted.",
);
const NEEDS_ONLY: Word = word(
    "对方最多还需要 {0} {1}。",
    "No more than {0} {1} is needed there.",
);
const HAS_ONLY: Word = word("只有 {0} {1} 可给。", "There is only {0} {1} to give.");
const FILE: Word = word("文件“{0}”读不了：{1}", "Cannot read the file “{0}”: {1}");
const FILE_TOO_LARGE: Word = word(
    "文件“{0}”太大：最多 {1} MB。",
    "The file “{0}” is too large: at most {1} MB.",
);

/// What was wrong, as a sentence, where the column of a table has that title.
#[must_use]
pub fn in_column(problem: &Problem, title: &str, lang: Lang) -> String {
    match problem {
        Problem::InRow { row, problem, .. } if !title.is_empty() => {
            let (row, said) = (row + 1, self::problem(problem, lang));
            IN_CELL.fill(lang, &[&row.to_string(), title, &said])
        }
        problem => self::problem(problem, lang),
    }
}

/// What was wrong, as a sentence.
#[must_use]
pub fn problem(problem: &Problem, lang: Lang) -> String {
    let t = |word: Word, args: &[&str]| word.fill(lang, args);
    match problem {
        Problem::Store(error) => store(error, lang),
        Problem::Required => t(REQUIRED, &[]),
        Problem::NotPositive => t(NOT_POSITIVE, &[]),
        Problem::Amount(error) => amount(error, lang),
        Problem::Date(error) => date(*error, lang),
        Problem::NotWhole { least, most } => t(NOT_WHOLE, &[&least.to_string(), &most.to_string()]),
        Problem::TooLong { most } => t(TOO_LONG, &[&most.to_string()]),
        Problem::DatePast { date, today } => t(DATE_PAST, &[&date.to_string(), &today.to_string()]),
        Problem::DateAhead { date, today } => {
            t(DATE_AHEAD, &[&date.to_string(), &today.to_string()])
        }
        Problem::DuplicatePo { po, order } => t(DUPLICATE_PO, &[po, order]),
        Problem::DuplicateNo { no } => t(DUPLICATE_NO, &[no]),
        Problem::UnknownItem { code } => t(UNKNOWN_ITEM, &[code]),
        Problem::Unknown { what, name } => t(UNKNOWN, &[what.text(lang), name]),
        Problem::AmountDiffers { stated, computed } => t(AMOUNT_DIFFERS, &[stated, computed]),
        Problem::InRow { row, problem, .. } => {
            let said = self::problem(problem, lang);
            t(IN_ROW, &[&(row + 1).to_string(), &said])
        }
        Problem::BelowShipped { line, shipped } => t(BELOW_SHIPPED, &[&line.to_string(), shipped]),
        Problem::CancelInstead { line } => t(CANCEL_INSTEAD, &[&line.to_string()]),
        Problem::LineInUse { no } => t(LINE_IN_USE, &[&no.to_string()]),
        Problem::SizesDiffer { stated, sizes } => t(SIZES_DIFFER, &[stated, sizes]),
        Problem::TotalDiffers { stated, total } => t(TOTAL_DIFFERS, &[stated, total]),
        Problem::Network(broken) => super::milestone::broken(broken, lang),
        Problem::Obstacles(list) => t(OBSTACLES, &[&obstacles(list, lang)]),
        Problem::Not(why) => t(*why, &[]),
        Problem::Doubtful { doubt, unit } => super::progress::doubt(doubt, unit, lang),
        Problem::MoreThanOrdered { most, unit } => {
            t(MORE_THAN_ORDERED, &[&format::qty(*most), unit])
        }
        Problem::Rules(list) => super::shipping::broken(list, lang),
        Problem::LotsBeyond { lots, whole } => t(LOTS_BEYOND, &[lots, whole]),
        Problem::LotsDiffer { lots, whole } => t(LOTS_DIFFER, &[lots, whole]),
        Problem::FirstLotLess { done } => t(FIRST_LOT_LESS, &[done]),
        Problem::BelowShares { least } => t(BELOW_SHARES, &[least]),
        Problem::NoPartner { no } => t(NO_PARTNER, &[no]),
        Problem::MoreThanHeld { held, unit } => t(MORE_THAN_HELD, &[&format::qty(*held), unit]),
        Problem::MoreThanThere { most, unit } => t(MORE_THAN_THERE, &[&format::qty(*most), unit]),
        Problem::LessThanCame { came, unit } => t(LESS_THAN_CAME, &[&format::qty(*came), unit]),
        Problem::NeedsOnly { qty, unit } => t(NEEDS_ONLY, &[&format::qty(*qty), unit]),
        Problem::HasOnly { qty, unit } => t(HAS_ONLY, &[&format::qty(*qty), unit]),
        Problem::File { path, reason } => t(FILE, &[path, reason]),
        Problem::FileTooLarge { path, most } => {
            t(FILE_TOO_LARGE, &[path, &(most / 1024 / 1024).to_string()])
        }
    }
}

fn amount(error: &AmountInputError, lang: Lang) -> String {
    error.say(lang)
}

fn date(error: DateError, lang: Lang) -> String {
    error.say(lang).to_owned()
}

/// What is missing, as a list.
#[must_use]
pub fn obstacles(list: &[Obstacle], lang: Lang) -> String {
    let one = |obstacle: &Obstacle| {
        let n = |sentence: Word, n: usize| sentence.fill(lang, &[&n.to_string()]);
        match obstacle {
            Obstacle::NotAccepted => word("订单未接单", "order not accepted")
                .text(lang)
                .to_owned(),
            Obstacle::OnHold => words::ON_HOLD_STATE.text(lang).to_owned(),
            Obstacle::PointsOpen(k) => n(word("{0} 个审单点未过", "review points open: {0}"), *k),
            Obstacle::DocumentsMissing(k) => n(word("缺 {0} 份单据", "{0} documents missing"), *k),
            Obstacle::QueriesOpen(k) => n(word("{0} 张疑问单未答", "{0} queries open"), *k),
            Obstacle::FactsConflict(k) => n(
                word("{0} 个关键要点单据矛盾", "{0} critical facts in conflict"),
                *k,
            ),
            Obstacle::ApprovalsMissing(k) => {
                n(word("{0} 种样品未批", "{0} samples not approved"), *k)
            }
            Obstacle::MaterialsShort(k) => n(word("缺 {0} 种料", "{0} materials short"), *k),
            Obstacle::NoWrittenConfirmation => word("没有书面确认", "no written confirmation")
                .text(lang)
                .to_owned(),
        }
    };
    let separator = word("、", ", ").text(lang);
    list.iter().map(one).collect::<Vec<_>>().join(separator)
}

/// What the file refused, as a sentence.
#[must_use]
pub fn store(error: &StoreError, lang: Lang) -> String {
    let path = |p: &std::path::Path| p.display().to_string();
    match error {
        StoreError::NotADatabase(p) => word(
            "“{0}”不是数据库文件，没有改动它。用 --db 指定别的文件。",
            "“{0}” is not a database; it was not touched. Name another file with --db.",
        )
        .fill(lang, &[&path(p)]),
        StoreError::Foreign(p) => word(
            "“{0}”是别的程序的数据库，没有改动它。用 --db 指定别的文件。",
            "“{0}” is another program's database; it was not touched. Name another file with --db.",
        )
        .fill(lang, &[&path(p)]),
        StoreError::Newer { path: p, found, known } => word(
            "“{0}”由更新的版本写成（{1}，本程序到 {2}）；请升级程序。文件没有改动。",
            "“{0}” was written by a newer version ({1}; this program knows {2}). Please upgrade; it was not touched.",
        )
        .fill(lang, &[&path(p), &found.to_string(), &known.to_string()]),
        StoreError::CannotOpen { path: p, reason } => word(
            "打不开或写不了“{0}”：{1}。检查目录和权限，或用 --db 指定别处。",
            "Cannot open or write “{0}”: {1}. Check the folder and its rights, or name another place with --db.",
        )
        .fill(lang, &[&path(p), reason]),
        StoreError::Place(error) => super::keeping::place(error, lang),
        StoreError::ReadOnly => {
            word("文件是只读的，没有保存。", "The file is read-only; nothing was saved.").text(lang).to_owned()
        }
        StoreError::Busy => word(
            "另一个窗口正在保存，请再试一次。",
            "Another session is saving just now; please try again.",
        )
        .text(lang)
        .to_owned(),
        StoreError::Full => word(
            "磁盘满了，没有保存；腾出空间后再试，输入的内容还在。",
            "The disk is full; nothing was saved. Make room and try again; what you typed is still here.",
        )
        .text(lang)
        .to_owned(),
        StoreError::Stale { .. } => word(
            "这一行已在别处改过，没有保存；请看过新内容再改。",
            "This row was changed elsewhere meanwhile; nothing was saved. Look at it again first.",
        )
        .text(lang)
        .to_owned(),
        StoreError::Moved => word(
            "另一个窗口刚保存过，没有再存；看过新内容请再试一次。",
            "Another session has just saved; nothing was written. Look at what is new and try again.",
        )
        .text(lang)
        .to_owned(),
        StoreError::Missing { .. } => {
            word("这一行已经不在了。", "This row is no longer there.").text(lang).to_owned()
        }
        StoreError::Constraint(_) => word(
            "编号重复，或还有别的记录用着它；没有保存。",
            "The key exists already, or other records still use it; nothing was saved.",
        )
        .text(lang)
        .to_owned(),
        StoreError::NothingToRevert => {
            word("没有可撤销或重做的更改。", "There is nothing to undo or redo.").text(lang).to_owned()
        }
        StoreError::Archived(file) => word(
            "这次更改的内容已不在履历里，不能撤销或重做；原文在 {0}。",
            "The values of this change have left the journal, so it cannot be undone or redone; they are in {0}.",
        )
        .fill(lang, &[file]),
        StoreError::NothingToArchive => word(
            "没有可归档的更改：未完成订单的、撤销还没了结的都留着。换一个更晚的日期。",
            "There is nothing to archive: changes of open orders and unfinished undo chains stay. Give a later date.",
        )
        .text(lang)
        .to_owned(),
        StoreError::JournalBroken => word(
            "履历和数据对不上，没有归档；请先用 gendan check --deep 查看。",
            "The journal does not lead to the data, so nothing was archived; run gendan check --deep first.",
        )
        .text(lang)
        .to_owned(),
        StoreError::Exists(p) => word(
            "“{0}”已经存在，没有改动它；换一个名字。",
            "“{0}” exists already and was not touched; choose another name.",
        )
        .fill(lang, &[&path(p)]),
        StoreError::ChangedSince { .. } => word(
            "之后又改过，不能直接撤销。",
            "It was changed again since, so it cannot be taken back.",
        )
        .text(lang)
        .to_owned(),
        StoreError::Damaged(what) => word(
            "数据文件损坏：{0}。请用 gendan check，再从备份恢复。",
            "The data file is damaged: {0}. Run gendan check, then restore a backup.",
        )
        .fill(lang, &[what]),
        StoreError::Sql { doing, source } => {
            word("数据文件出错（{0}）：{1}", "The data file failed ({0}): {1}").fill(lang, &[doing, &source.to_string()])
        }
    }
}
