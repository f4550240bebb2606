//! A file about purchases or stock beside what is known, in words: counts, rows, what is wrong.

use super::format;
use super::word::{Lang, Word, word};
use crate::domain::purchase::Purchase;
use crate::domain::quantity::Qty;
use crate::domain::world::World;
use crate::transfer::arrivals::Joined;
use crate::transfer::draft::Preview;
use crate::transfer::headings::Kind;
use crate::transfer::join::{Difference, Joint, Said, Standing, Wrong};
use crate::transfer::rows::SheetRow;

pub const KEYS_TAKE: Word = word(
    "Enter 写入 {0} 条  k 换读法  ↑↓ 滚动  Esc 返回",
    "Enter take {0}  k read as another kind  ↑↓ scroll  Esc back",
);
pub const KEYS_NOTHING: Word = word(
    "没有可写入的，Enter 或 Esc 返回  k 换读法  ↑↓ 滚动",
    "Nothing to take: Enter or Esc back  k read as another kind  ↑↓ scroll",
);
pub const KEYS_WRONG: Word = word(
    "有错，不能写入  k 换读法  ↑↓ 滚动  Esc 返回",
    "Errors: nothing is written  k another kind  ↑↓ scroll  Esc back",
);
pub const KEYS_TAKE_ONLY: Word = word(
    "Enter 写入 {0} 条  ↑↓ 滚动  Esc 返回",
    "Enter take {0}  ↑↓ scroll  Esc back",
);
pub const KEYS_NOTHING_ONLY: Word = word(
    "没有可写入的，Enter 或 Esc 返回  ↑↓ 滚动",
    "Nothing to take: Enter or Esc back  ↑↓ scroll",
);
pub const KEYS_WRONG_ONLY: Word = word(
    "有错，不能写入  ↑↓ 滚动  Esc 返回",
    "Errors: nothing is written  ↑↓ scroll  Esc back",
);
pub const IMPORT: Word = word("导入物料表格", "Import a sheet about materials");
pub const IMPORT_FIGURES: Word = word("导入生产日报", "Import a production report");
pub const HINT_FIGURES: Word = word(
    "读部门的生产日报（.xlsx .xls .ods .csv .eml）：日期、生产单/订单号、工序、合格、不良、返工、报废；先列出与已有数据的差别，确认后才写入",
    "Reads a department's report (.xlsx .xls .ods .csv .eml): date, production order or order, operation, good, defect, rework, scrap; what differs is listed first, nothing is written until you accept it",
);
pub const HINT: Word = word(
    "读供应商回复、收货、盘点、采购行的表格（.xlsx .xls .ods .csv .eml）：先列出与已有数据的差别，确认后才写入",
    "Reads suppliers' dates, receipts, stock counts and purchase lines (.xlsx .xls .ods .csv .eml): what differs is listed first, nothing is written until you accept it",
);
pub const LEFT: Word = word(
    "没有写入：{0} 行没有对上号或另有记录。改好文件，或加 --partly 只写入对得上的。",
    "Nothing was written: rows that are not known or stand recorded otherwise: {0}. Correct the file, or take the rest with --partly.",
);
pub const FOUND: Word = word("{0} {1} 行", "{0}: {1} rows");
pub const TAKEN: Word = word("“{0}”：写入 {1} 条。", "“{0}”: taken: {1}");
pub const NOTHING_NEW: Word = word(
    "“{0}”：没有要写入的，什么也没改。",
    "“{0}”: nothing to take, nothing was changed.",
);
pub const UNKNOWN_KIND: Word = word(
    "不能从表格导入“{0}”；可以是：{1}。其他资料请用 JSON（见 README 的数据格式）。",
    "“{0}” cannot be imported from sheets; it may be: {1}. Other data comes as JSON (see the data format in the README).",
);
const NEAR: Word = word("是不是 {0}？", "is it {0}?");
const LOOSE: Word = word("（编号近似）", "(alike)");
const NOT_MENTIONED: Word = word("文件里没有", "not in the file");
const NO_DATE_YET: Word = word("没有日期", "no date yet");
const NO_FIGURE: Word = word("没有数字", "no figure");

/// The columns of the list on the command line.
pub const COLUMNS: [&str; 9] = [
    "standing", "row", "purchase", "line", "item", "name", "field", "ours", "theirs",
];

/// What the rows of a kind are.
#[must_use]
pub const fn kind(kind: Kind) -> Word {
    match kind {
        Kind::Orders => word("订单", "orders"),
        Kind::Purchases => word("采购行", "purchase lines"),
        Kind::Promises => word("供应商回复", "supplier's dates"),
        Kind::Receipts => word("收货", "receipts"),
        Kind::Stock => word("盘点", "stock count"),
        Kind::Progress => word("报工", "production figures"),
    }
}

/// How a row stands, short; the first sign of each is a mark of its own.
#[must_use]
pub const fn standing(standing: Standing) -> Word {
    match standing {
        Standing::Wrong => word("! 有错", "! wrong"),
        Standing::Differs => word("~ 不同", "~ differs"),
        Standing::Otherwise => word("* 另有记录", "* otherwise"),
        Standing::Unknown => word("? 只在文件", "? file only"),
        Standing::Missing => word("- 只在本账", "- ours only"),
        Standing::Silent => word("o 没说", "o silent"),
        Standing::Twice => word("2 重复", "2 twice"),
        Standing::Same => word("= 相同", "= same"),
    }
}

/// The code of a standing, for programs.
#[must_use]
pub const fn code(standing: Standing) -> &'static str {
    match standing {
        Standing::Wrong => "wrong",
        Standing::Differs => "differs",
        Standing::Otherwise => "otherwise",
        Standing::Unknown => "file_only",
        Standing::Missing => "ours_only",
        Standing::Silent => "silent",
        Standing::Twice => "twice",
        Standing::Same => "same",
    }
}

/// What the file is and how its rows stand, counted, in one line.
#[must_use]
pub fn counts(joined: &Joined, lang: Lang) -> String {
    let n = |s: Standing| joined.count(s);
    let mut parts = vec![
        word("相同 {0}", "the same {0}").fill(lang, &[&n(Standing::Same).to_string()]),
        word("不同 {0}", "different {0}").fill(
            lang,
            &[&(n(Standing::Differs) + n(Standing::Otherwise)).to_string()],
        ),
        word("只在文件 {0}", "only in the file {0}")
            .fill(lang, &[&n(Standing::Unknown).to_string()]),
        word("只在本账 {0}", "only with us {0}").fill(lang, &[&n(Standing::Missing).to_string()]),
    ];
    let rare = [
        (Standing::Wrong, word("有错 {0}", "wrong {0}")),
        (Standing::Twice, word("重复 {0}", "twice {0}")),
        (Standing::Silent, word("没说 {0}", "silent {0}")),
    ];
    for (standing, said) in rare {
        if n(standing) > 0 {
            parts.push(said.fill(lang, &[&n(standing).to_string()]));
        }
    }
    let list = parts.join(word("，", ", ").text(lang));
    word("按{0}读：{1}", "Read as {0}: {1}").fill(lang, &[kind(joined.kind).text(lang), &list])
}

/// One row of the list in full: mark, place, what it is about, what differs.
#[must_use]
pub fn line(
    world: &World,
    preview: &Preview,
    joined: &Joined,
    joint: &Joint,
    lang: Lang,
) -> String {
    let about = about(world, preview, joined, joint);
    let mut parts = vec![standing(joint.standing).text(lang).to_owned()];
    if about.row > 0 {
        parts.push(word("第 {0} 行", "row {0}").fill(lang, &[&about.row.to_string()]));
    }
    parts.push(about.key());
    parts.push(about.item);
    parts.push(about.name);
    if joint.loose {
        parts.push(LOOSE.text(lang).to_owned());
    }
    parts.push(said(world, joined, joint, lang));
    parts.retain(|p| !p.is_empty());
    parts.join(" ")
}

/// What differs, or why the row stands where it does.
#[must_use]
pub fn said(world: &World, joined: &Joined, joint: &Joint, lang: Lang) -> String {
    let counts = matches!(joined.kind, Kind::Stock | Kind::Progress);
    let mut said: Vec<String> = joint
        .differences
        .iter()
        .map(|d| difference(d, lang))
        .collect();
    match joint.standing {
        Standing::Missing => said.push(NOT_MENTIONED.text(lang).to_owned()),
        Standing::Silent if counts => said.push(NO_FIGURE.text(lang).to_owned()),
        Standing::Silent => said.push(NO_DATE_YET.text(lang).to_owned()),
        Standing::Unknown => {
            let near = near(world, joined, joint);
            said.extend(near.map(|near| NEAR.fill(lang, &[&near])));
        }
        _ => {}
    }
    said.join(word("；", "; ").text(lang))
}

/// The known number or code nearest to one that is not known.
#[must_use]
pub fn near(world: &World, joined: &Joined, joint: &Joint) -> Option<String> {
    let id = joint.ours.filter(|_| joint.standing == Standing::Unknown)?;
    match joined.kind {
        Kind::Stock => world.items.get(id).map(|i| i.code.clone()),
        Kind::Progress => operations_of(world, id),
        _ => world.purchases.get(id).map(number),
    }
}

/// A production order with its operations, by one of them.
fn operations_of(world: &World, operation: i64) -> Option<String> {
    let operation = world.operations.get(operation)?;
    let made = world.production_orders.get(operation.production_order_id)?;
    let all = world.operations.of(made.id);
    let all: Vec<String> = all.map(|o| format!("{} {}", o.seq, o.name)).collect();
    Some(format!("{} ({})", made.no, all.join(", ")))
}

fn number(line: &Purchase) -> String {
    format!("{}/{}", line.no, line.line)
}

/// What a row of the list is about.
#[derive(Debug, Default)]
pub struct About {
    /// Row in the file; zero where it is with us only.
    pub row: usize,
    pub purchase: String,
    /// Zero where it is not said.
    pub line: i64,
    pub item: String,
    pub name: String,
}

impl About {
    fn key(&self) -> String {
        match self.line {
            0 => self.purchase.clone(),
            line => format!("{}/{line}", self.purchase),
        }
    }
}

/// What a row of the list is about: what we know of it, else what the file says.
#[must_use]
pub fn about(world: &World, preview: &Preview, joined: &Joined, joint: &Joint) -> About {
    let mut about = About::default();
    if let Some(row) = joint.row.and_then(|at| preview.rows.get(at)) {
        about = About {
            row: row.place.row,
            purchase: row.purchase_no.clone(),
            line: row.line.unwrap_or(0),
            item: row.item.clone(),
            name: row.name.clone(),
        };
    }
    if joined.kind == Kind::Progress {
        let row = joint.row.and_then(|at| preview.rows.get(at));
        return of_figure(world, about, joint, row);
    }
    if joint.standing == Standing::Unknown {
        return about;
    }
    let item = if joined.kind == Kind::Stock {
        joint.ours.and_then(|id| world.items.get(id))
    } else {
        let line = joint.ours.and_then(|id| world.purchases.get(id));
        if let Some(line) = line {
            about.purchase.clone_from(&line.no);
            about.line = line.line;
        }
        line.and_then(|l| world.items.get(l.item_id))
    };
    if let Some(item) = item {
        if joint.standing != Standing::Wrong || about.item.is_empty() {
            about.item.clone_from(&item.code);
        }
        about.name.clone_from(&item.name);
    }
    about
}

/// What a row of a report is about: production order, number and name of the operation.
fn of_figure(world: &World, about: About, joint: &Joint, row: Option<&SheetRow>) -> About {
    let known = joint.ours.filter(|_| joint.standing != Standing::Unknown);
    let Some(operation) = known.and_then(|id| world.operations.get(id)) else {
        return About {
            purchase: row.map_or_else(String::new, |r| r.production_no.clone()),
            name: row.map_or_else(String::new, |r| r.operation.clone()),
            ..about
        };
    };
    let made = world.production_orders.get(operation.production_order_id);
    let item = made.and_then(|m| world.items.find(m.item_id));
    About {
        row: about.row,
        purchase: made.map_or_else(String::new, |m| m.no.clone()),
        line: operation.seq,
        item: item.map_or_else(String::new, |i| i.code.clone()),
        name: operation.name.clone(),
    }
}

/// `回复交期 2026-12-01 → 2026-12-05`.
#[must_use]
pub fn difference(d: &Difference, lang: Lang) -> String {
    let field = super::transfer::field(d.field).text(lang);
    let change = match (&d.ours, &d.theirs) {
        (Said::Amount(ours), Said::Amount(theirs)) => {
            let by = *theirs - *ours;
            let sign = if by.is_negative() { "" } else { "+" };
            format!(" ({sign}{})", format::qty(by))
        }
        (Said::Day(ours), Said::Day(theirs)) => format!(" ({:+} d)", (*theirs - *ours).num_days())
            .replace(" d", word(" 天", " d").text(lang)),
        _ => String::new(),
    };
    format!("{field} {} → {}{change}", value(&d.ours), value(&d.theirs))
}

/// A value as it stands in the list.
#[must_use]
pub fn value(said: &Said) -> String {
    match said {
        Said::Nothing => "—".to_owned(),
        Said::Day(date) => date.to_string(),
        Said::Amount(qty) => format::qty(*qty),
        Said::Text(text) => text.clone(),
    }
}

/// What is wrong with a row and what would be right.
#[must_use]
pub fn wrong(wrong: &Wrong, lang: Lang) -> (String, String) {
    let t = |w: Word| w.text(lang).to_owned();
    let qty = |q: &Qty| format::qty(*q);
    match wrong {
        Wrong::PartsDiffer { came, parts } => (
            word(
                "到货 {0}，合格、拒收、待检合计 {1}",
                "{0} arrived, accepted, rejected and held are {1} together",
            )
            .fill(lang, &[&qty(came), &qty(parts)]),
            t(word(
                "三项合计应等于到货数量",
                "they have to add up to what arrived",
            )),
        ),
        Wrong::OtherItem { ours, near } if near.is_empty() => (
            word(
                "与采购行 {0} 的料号不同",
                "is another item than that of {0}",
            )
            .fill(lang, &[ours]),
            t(word("改正料号或采购单号", "correct the item or the number")),
        ),
        Wrong::OtherItem { ours, near } => (
            word(
                "与采购行 {0} 的料号不同",
                "is another item than that of {0}",
            )
            .fill(lang, &[ours]),
            word(
                "是不是 {0}？改正料号或采购单号",
                "is it {0}? Correct the item or the number",
            )
            .fill(lang, &[near]),
        ),
        Wrong::WhichLine { lines } => {
            let lines: Vec<String> = lines.iter().map(i64::to_string).collect();
            (
                t(word("有几行都对得上", "fits several lines")),
                word(
                    "加一列行号，可以是 {0}",
                    "add a column “Line no.” with one of {0}",
                )
                .fill(lang, &[&lines.join(", ")]),
            )
        }
        Wrong::Again { row } => (
            word(
                "与第 {0} 行说的是同一项，却不相同",
                "says otherwise of the same than row {0}",
            )
            .fill(lang, &[&row.to_string()]),
            t(word(
                "留一行；分批的，每行写数量",
                "leave one; parts need a quantity in each row",
            )),
        ),
        Wrong::TooMuch { most, unit } => (
            word(
                "超过采购数量连溢装 {0} {1}",
                "is more than ordered with its tolerance, {0} {1}",
            )
            .fill(lang, &[&qty(most), unit]),
            t(word(
                "改正数量；收货属实的，在备注列写明",
                "correct it; for goods that did come, say why in the note column",
            )),
        ),
        Wrong::Unit { ours } => (
            word(
                "单位不是 {0}，也没有换算",
                "is not the unit {0}, and there is no factor",
            )
            .fill(lang, &[ours]),
            word(
                "按 {0} 写数量，或先登记换算",
                "give it in {0}, or enter a factor first",
            )
            .fill(lang, &[ours]),
        ),
        Wrong::BeforeSaid { said } => (
            word("早于回复的日子 {0}", "lies before the day it was said, {0}")
                .fill(lang, &[&said.to_string()]),
            t(word("改正日期", "correct the date")),
        ),
        Wrong::Ahead { today } => (
            word("还没到（今天 {0}）", "lies ahead of today, {0}")
                .fill(lang, &[&today.to_string()]),
            t(word("改正日期", "correct the date")),
        ),
        Wrong::NoDate => (
            t(word("没有到货日期", "has no date of arrival")),
            t(word("填上日期", "fill it in")),
        ),
        Wrong::HoldsMore { on_hand } => (
            word(
                "冻结比库存 {0} 还多",
                "is more on hold than the stock of {0}",
            )
            .fill(lang, &[&qty(on_hand)]),
            t(word("写明冻结/待检的数量", "give the quantity on hold")),
        ),
        Wrong::MadeDiffer { made, parts } => (
            word(
                "产量 {0}，合格或不良等却有 {1}",
                "{0} were made, but {1} of them are good or not",
            )
            .fill(lang, &[&qty(made), &qty(parts)]),
            t(word("改正其中一项", "correct one of the two")),
        ),
        Wrong::NoDay => (
            t(word("没有日期", "has no day")),
            t(word(
                "加一列日期，或在表头上写明",
                "add a column of dates, or write it over the table",
            )),
        ),
        Wrong::WhichOperation { names } => (
            t(word("几道工序都对得上", "fits several operations")),
            word("写明工序，可以是 {0}", "name the operation, one of {0}")
                .fill(lang, &[&names.join(", ")]),
        ),
        Wrong::NotReleased => (
            t(word(
                "生产单还没下达",
                "is a production order that is not released",
            )),
            t(word("先下达生产单", "release it first")),
        ),
        Wrong::Doubtful { doubt, unit } => (
            super::progress::doubt_alone(doubt, unit, lang),
            t(word(
                "改正数量；属实的，在备注或异常列写明",
                "correct it; if it is right, say why in the note column",
            )),
        ),
        Wrong::NoItem => (
            t(word("没有这个料号", "is no item that is known")),
            t(word(
                "检查拼写，或先导入物料",
                "check the spelling, or import the item first",
            )),
        ),
        Wrong::NoSupplier => (
            t(word("没有这个供应商", "is no supplier that is known")),
            t(word(
                "用供应商的编号或全名，或先导入供应商",
                "use the code or the full name, or import the supplier first",
            )),
        ),
    }
}
