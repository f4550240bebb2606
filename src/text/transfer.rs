//! Errors, questions and notes of importing order files, in words.

use super::word::{Lang, Word, word};
use crate::app::reader::Unread;
use crate::transfer::compare::Standing;
use crate::transfer::draft::{Fault, ImportError, Place, Preview, Question, Skipped};
use crate::transfer::edi::EdiFault;
use crate::transfer::headings::{Field, Kind, WrongMap};
use crate::transfer::sheet::SheetError;
use crate::transfer::values::ValueFault;

pub const IMPORT: Word = word("导入订单文件", "Import an order file");
pub const PATH: Word = word("文件路径", "Path of the file");
pub const CANNOT_READ: Word = word("读不了“{0}”：{1}", "Cannot read “{0}”: {1}");
pub const FOUND: Word = word("{0} 张订单，{1} 行", "orders: {0}, lines: {1}");
pub const KEYS_PATH: Word = word("Enter 预览  Esc 返回", "Enter preview  Esc back");
pub const KEYS_READY: Word = word(
    "Enter 导入  ↑↓ 滚动  Esc 返回",
    "Enter import  ↑↓ scroll  Esc back",
);
pub const KEYS_WRONG: Word = word(
    "有错，不能导入  ↑↓ 滚动  Esc 返回",
    "Errors: cannot import  ↑↓ scroll  Esc back",
);
pub const KEYS_EXPLAIN: Word = word(
    "Enter 说明各列的意思  ↑↓ 滚动  Esc 返回",
    "Enter say what the columns mean  ↑↓ scroll  Esc back",
);
pub const KEYS_DATES: Word = word(
    "有日期分不清日和月：d 日在前  m 月在前  Esc 返回",
    "Dates leave open which is the day: d day first  m month first  Esc back",
);
pub const KEYS_MAP: Word = word(
    "↑↓ 选列  ←→ 选意思  Enter 用这样读  Esc 返回",
    "↑↓ column  ←→ meaning  Enter read it so  Esc back",
);
pub const MAP_TITLE: Word = word("各列是什么意思？", "What do the columns mean?");
pub const NOT_USED: Word = word("（不用）", "(not used)");
pub const ERRORS: Word = word(
    "错误 {0} 处（一处有错，全部不导入）",
    "errors: {0} (nothing is imported while there are any)",
);
pub const UNKNOWN_HEADINGS: Word = word("没用到的列：{0}", "Columns not used: {0}");
pub const TO_ASK: Word = word("导入后要补问：{0}", "To be asked afterwards: {0}");
pub const NO_FILE: Word = word("请输入文件路径。", "Type the path of a file.");
pub const HINT_PATH: Word = word(
    "支持 .eml .xlsx .xls .ods .csv .xml（UBL）.edi .txt .pdf；可把文件拖进终端粘贴路径",
    "Reads .eml .xlsx .xls .ods .csv .xml (UBL) .edi .txt .pdf; drop a file on the terminal to paste its path",
);
pub const NOTHING: Word = word(
    "“{0}”里没有可导入的订单。",
    "There is no order to import in “{0}”.",
);
pub const LEFT_OUT: Word = word(
    "略过 {0} 行（小计、说明或重复）",
    "rows left out: {0} (totals, words, repetitions)",
);
pub const READING: Word = word("正在读 {0}……", "Reading {0}…");
pub const READING_ROWS: Word = word("{0} / {1} 行", "{0} of {1} rows");
pub const KEYS_READING: Word = word("Esc 停止", "Esc stop");
pub const KEYS_MESSAGE: Word = word(
    "Enter 打开订单，逐项确认找到的内容  ↑↓ 滚动  Esc 返回",
    "Enter open the order to confirm what was found  ↑↓ scroll  Esc back",
);
pub const KEYS_CHANGED: Word = word(
    "Enter 打开有更改的  s 跳过它  ↑↓ 滚动  Esc 返回",
    "Enter open what changed  s skip it  ↑↓ scroll  Esc back",
);
pub const KEYS_NOTHING_NEW: Word = word(
    "没有新的，Enter 或 Esc 返回  ↑↓ 滚动",
    "Nothing new: Enter or Esc back  ↑↓ scroll",
);
pub const IS_NEW: Word = word("新", "new");
pub const IS_SAME: Word = word("与 {0} 相同，略过", "the same as {0}: left out");
pub const IS_CHANGED: Word = word("{0} 有更改 {1} 处", "{0} changes in: {1}");
pub const IS_PASSED: Word = word("{0} 有更改，已跳过", "{0} changes: skipped");
pub const CANCELS: Word = word("要取消 {0}", "cancels {0}");
pub const IS_CANCELLED: Word = word("{0} 已取消，略过", "{0} is cancelled: left out");
pub const IS_UNKNOWN: Word = word(
    "更改或取消一张没有的订单，略过",
    "changes or cancels an order that is not here: left out",
);
pub const STANDINGS: Word = word(
    "新 {0}，相同 {1}，有更改或取消 {2}",
    "new: {0}, the same: {1}, changed or cancelled: {2}",
);
pub const AS_THE_FILE_SAYS: Word = word("客户来件 {0}", "the customer's file {0}");
pub const CHANGES_ON_SCREEN: Word = word(
    "“{0}”更改或取消已有的订单，什么也没导入；请在屏幕上导入（接单 i），逐张看过再存。",
    "“{0}” changes or cancels known orders, nothing was imported; import it on the screen (Intake, i) to read each before it is saved.",
);
pub const ALL_KNOWN: Word = word(
    "“{0}”里的订单都已有，没有更改。",
    "All orders of “{0}” are known, nothing differs.",
);
pub const BROUGHT_IN: Word = word("“{0}”：导入 {1} 张订单。", "“{0}”: orders imported: {1}");

/// Why a file was not looked into, in one sentence.
#[must_use]
pub fn unread(path: &str, why: &Unread, lang: Lang) -> String {
    let why = match why {
        Unread::System(said) => said.clone(),
        Unread::TooLarge(most) => word("文件太大，最大 {0} MB", "it is too large; {0} MB at most")
            .fill(lang, &[&most.to_string()]),
        Unread::NoFile => word("不是普通文件", "it is no plain file")
            .text(lang)
            .to_owned(),
        Unread::NoText => word("不是 UTF-8 文本", "it is no text in UTF-8")
            .text(lang)
            .to_owned(),
        Unread::Failed => word("文件损坏", "it is damaged").text(lang).to_owned(),
    };
    CANNOT_READ.fill(lang, &[path, &why])
}

/// What is wrong with a mapping file, in one sentence.
#[must_use]
pub fn bad_map(path: &str, wrong: &WrongMap, lang: Lang) -> String {
    let mut fields: Vec<&str> = Field::all().map(|(_, name, _)| *name).collect();
    fields.sort_unstable();
    fields.dedup();
    let fields = fields.join(", ");
    match wrong {
        WrongMap::Limit(limit) => {
            let (wrong, right) = super::limit::reached(*limit, lang);
            word("映射文件“{0}”：{1}；{2}", "Mapping file “{0}”: {1}; {2}")
                .fill(lang, &[path, &wrong, &right])
        }
        WrongMap::Line(line) => word(
            "映射文件“{0}”第 {1} 行不对：写成 \"表头\" = \"字段\"，字段有：{2}",
            "Mapping file “{0}”, line {1}: write \"Heading\" = \"field\"; the fields are: {2}",
        )
        .fill(lang, &[path, &line.to_string(), &fields]),
        WrongMap::Field(heading) => word(
            "映射文件“{0}”里“{1}”的字段不对：字段有：{2}",
            "Mapping file “{0}”, heading “{1}”: there is no such field; the fields are: {2}",
        )
        .fill(lang, &[path, heading, &fields]),
    }
}

/// An error line: file, sheet, row, column, the value, what is wrong, what would be right.
#[must_use]
pub fn error(e: &ImportError, lang: Lang) -> String {
    let place = e.place.text();
    let (wrong, right) = fault(&e.fault, lang);
    let value = if e.value.is_empty() {
        String::new()
    } else {
        word("“{0}”", "“{0}” ").fill(lang, &[&e.value])
    };
    word("{0}：{1}{2}；{3}", "{0}: {1}{2}; {3}").fill(lang, &[&place, &value, &wrong, &right])
}

/// What is wrong with a file and what to do, in words.
#[must_use]
pub fn fault(f: &Fault, lang: Lang) -> (String, String) {
    let t = |zh: &'static str, en: &'static str| word(zh, en).text(lang).to_owned();
    match f {
        Fault::Sheet(error) => sheet(error, lang),
        Fault::Value(fault) => value(*fault, lang),
        Fault::NotPositive => (t("数量是零", "the quantity is zero"), t("填大于零的数量，或删去这一行", "give one above zero, or delete the row")),
        Fault::NoHeadings { unknown } => (
            t("找不到订单表头", "no heading row of an order sheet was found"),
            word(
                "要有货号或品名一列和数量一列；看到的是：{0}。可用 --map 说明各列",
                "it needs an item or name column and a quantity column; seen: {0}. Say what they mean with --map",
            )
            .fill(lang, &[&unknown.join(" | ")]),
        ),
        Fault::NoColumns { kind, unknown } => no_columns(*kind, unknown, lang),
        Fault::Row(wrong) => super::joined::wrong(wrong, lang),
        Fault::NoRows => (t("表头下面没有数据行", "there is no row under the headings"), t("填好后再导入", "fill it in first")),
        Fault::UnknownKind => (t("不认识这种文件", "this kind of file is not known"), t("用 .eml .xlsx .csv .xml .txt .pdf 或 .json", "use .eml .xlsx .csv .xml .txt .pdf or .json")),
        Fault::Pdf => (
            t("读不出这个 PDF 的文字", "no text can be read from this PDF"),
            t(
                "装上 pdftotext（扫描件读不出），或登记为单据（d）再录入（n）",
                "install pdftotext (it reads no scans), or file it as a document (d) and type the order (n)",
            ),
        ),
        Fault::Mail(said) => (
            word("邮件读不了（{0}）", "the mail cannot be read ({0})").fill(lang, &[said]),
            t("从邮件程序另存为 .eml 再试", "save it from the mail program as .eml again"),
        ),
        Fault::Xml(said) => (
            word("不是完整的 UBL 订单（{0}）", "it is no complete UBL order ({0})").fill(lang, &[said]),
            t("请对方重发，或手工录入", "ask for it again, or type it"),
        ),
        Fault::NoOrder => (t("XML 里没有订单", "there is no order in the XML"), t("检查是不是选错了文件", "check that it is the right file")),
        Fault::Entity(said) => (
            word("XML 里有 {0}，不读", "the XML has {0}, which is not read").fill(lang, &[said]),
            t("请对方不用 DTD 和实体重发", "ask for it without a DTD and entities"),
        ),
        Fault::Stopped => (t("已停止读取", "the reading was stopped"), t("再试一次", "try it again")),
        Fault::Edi(fault) => (edi(*fault).text(lang).to_owned(), t("请对方重发", "ask for it again")),
    }
}

/// What a sheet of a kind needs and this one has not.
fn no_columns(kind: Option<Kind>, unknown: &[String], lang: Lang) -> (String, String) {
    let wrong = match kind {
        None => word(
            "认不出是哪种表格",
            "it is not clear what kind of sheet this is",
        )
        .text(lang)
        .to_owned(),
        Some(kind) => word("不像“{0}”的表格", "these are not the columns of “{0}”")
            .fill(lang, &[super::joined::kind(kind).text(lang)]),
    };
    let needs = match kind {
        Some(Kind::Promises) => word(
            "采购单号和回复交期",
            "the purchase number and the promised date",
        ),
        Some(Kind::Receipts) => word(
            "采购单号、到货日期和实收数量",
            "the purchase number, the date and the quantity received",
        ),
        Some(Kind::Progress) => word(
            "生产单（或订单号）、工序和合格数",
            "the production order (or the order), the operation and the good pieces",
        ),
        Some(Kind::Stock) => word("料号和现有库存", "the item and the quantity on hand"),
        Some(Kind::Purchases) => word(
            "采购单号、料号和采购数量",
            "the purchase number, the item and the quantity",
        ),
        _ => word(
            "采购单号加回复交期或实收数量，或料号加现有库存",
            "the purchase number with a promised date or a quantity received, or the item with the quantity on hand",
        ),
    };
    let right = word(
        "要有{0}；看到的是：{1}。可说明各列的意思",
        "it needs {0}; seen: {1}. Say what the columns mean",
    )
    .fill(lang, &[needs.text(lang), &unknown.join(" | ")]);
    (wrong, right)
}

/// What is wrong with an EDI message.
const fn edi(fault: EdiFault) -> Word {
    match fault {
        EdiFault::NotClosed => word("EDI 报文不完整，没有结尾", "the EDI message has no end"),
        EdiFault::Segments => word(
            "报文说的段数与实有的不同",
            "the message counts another number of segments than it has",
        ),
        EdiFault::Lines => word(
            "报文说的行数与实有的不同",
            "the message counts another number of lines than it has",
        ),
        EdiFault::Sum => word(
            "报文说的数量合计与各行之和不同",
            "the message states another sum of quantities than its lines have",
        ),
        EdiFault::NoOrder => word(
            "EDI 文件里没有采购订单",
            "there is no purchase order in the EDI file",
        ),
    }
}

fn sheet(error: &SheetError, lang: Lang) -> (String, String) {
    let t = |zh: &'static str, en: &'static str| word(zh, en).text(lang).to_owned();
    let (wrong, right) = match error {
        SheetError::Limit { limit, .. } => super::limit::reached(*limit, lang),
        SheetError::Damaged(said) => (
            word(
                "文件损坏或不是表格（{0}）",
                "it is damaged or no sheet ({0})",
            )
            .fill(lang, &[said]),
            t(
                "用表格程序打开另存后再试",
                "open and save it in a spreadsheet program",
            ),
        ),
        SheetError::Encoding => (
            t(
                "不是文本，或编码不明",
                "it is no text, or in an unknown encoding",
            ),
            t("另存为 UTF-8 的 CSV", "save it as CSV in UTF-8"),
        ),
        SheetError::Empty => (
            t("文件是空的", "it is empty"),
            t("检查是不是选错了文件", "check that it is the right file"),
        ),
    };
    (wrong, right)
}

fn value(fault: ValueFault, lang: Lang) -> (String, String) {
    let t = |zh: &'static str, en: &'static str| word(zh, en).text(lang).to_owned();
    let (wrong, right) = match fault {
        ValueFault::NotANumber => (
            t("不是数字", "is no number"),
            t("如 1200 或 1,200 件", "such as 1200 or 1,200 pcs"),
        ),
        ValueFault::TooFine => (
            t("小数超过六位", "has more than six decimals"),
            t("最多六位小数", "six decimals at most"),
        ),
        ValueFault::TooLarge => (
            t("太大", "is too large"),
            t("不超过十亿", "a thousand million at most"),
        ),
        ValueFault::Negative => (
            t("是负数", "is negative"),
            t("大于零的数", "a number above zero"),
        ),
        ValueFault::NotADate => (
            t("不是日期", "is no date"),
            t("如 2026-12-01", "such as 2026-12-01"),
        ),
        ValueFault::WhichIsDay => (
            t("分不清日和月", "leaves open which is the day"),
            t("写成 2026-12-01", "write 2026-12-01"),
        ),
    };
    (wrong, right)
}

/// What the file leaves open.
#[must_use]
pub fn question(q: Question, lang: Lang) -> &'static str {
    match q {
        Question::Customer => word("客户", "customer"),
        Question::OrderNo => word("订单号（将自动编号）", "order number (will be numbered)"),
        Question::RequestedDate => word("要求交期", "requested date"),
        Question::Qty => word("数量", "quantity"),
        Question::Lines => word("产品行", "product lines"),
    }
    .text(lang)
}

/// What was left out, in one line; empty where nothing was.
#[must_use]
pub fn skipped(list: &[(Place, Skipped)], lang: Lang) -> String {
    if list.is_empty() {
        String::new()
    } else {
        LEFT_OUT.fill(lang, &[&list.len().to_string()])
    }
}

/// What was found, in one line.
#[must_use]
pub fn found(preview: &Preview, lang: Lang) -> String {
    let lines: usize = preview.drafts.iter().map(|d| d.lines.len()).sum();
    FOUND.fill(
        lang,
        &[&preview.drafts.len().to_string(), &lines.to_string()],
    )
}

/// What is to be asked, in one line; empty where nothing is.
#[must_use]
pub fn to_ask(preview: &Preview, lang: Lang) -> String {
    let asked: Vec<String> = preview
        .questions()
        .into_iter()
        .map(|(q, n)| format!("{} ×{n}", question(q, lang)))
        .collect();
    if asked.is_empty() {
        String::new()
    } else {
        TO_ASK.fill(lang, &[&asked.join(", ")])
    }
}

/// What a column can mean.
#[must_use]
pub const fn field(field: crate::transfer::headings::Field) -> Word {
    use super::words as w;
    use crate::transfer::headings::Field as F;
    match field {
        F::OrderNo => w::ORDER_NO,
        F::CustomerPo => w::CUSTOMER_PO,
        F::Customer => w::CUSTOMER,
        F::OrderDate => word("下单日期", "Order date"),
        F::Item => w::ITEM,
        F::Name => w::NAME,
        F::Spec => w::SPEC,
        F::Colour => word("颜色", "Colour"),
        F::Size => word("尺码", "Size"),
        F::Qty => w::QTY,
        F::Unit => w::UNIT,
        F::UnitPrice => w::UNIT_PRICE,
        F::Amount => w::AMOUNT,
        F::Currency => w::CURRENCY,
        F::RequestedDate => w::REQUESTED_DATE,
        F::PaymentTerms => w::PAYMENT_TERMS,
        F::PriceTerms => w::PRICE_TERMS,
        F::DeliveryMethod => w::DELIVERY_METHOD,
        F::ShipTo => w::SHIP_TO,
        F::Packaging => w::PACKAGING,
        F::JobNo => word("生产编号", "Job no."),
        F::Note => w::NOTE,
        F::OrderNote => word("订单备注", "Order remark"),
        F::LineNo => word("行号", "Line no."),
        F::PurchaseNo => w::PURCHASE_NO,
        F::Supplier => w::SUPPLIER,
        F::OrderedOn => word("采购日期", "Ordered on"),
        F::RequiredDate => w::REQUIRED_DATE,
        F::Ordered => word("采购数量", "Ordered"),
        F::PromisedDate => word("回复交期", "Promised"),
        F::PromisedQty => word("回复数量", "Promised qty"),
        F::SaidOn => word("回复日期", "Said on"),
        F::SaidBy => word("回复人", "Said by"),
        F::ReceivedOn => word("到货日期", "Received on"),
        F::Arrived => word("到货数量", "Arrived"),
        F::Accepted => word("实收", "Accepted"),
        F::Rejected => word("拒收", "Rejected"),
        F::Held => word("冻结/待检", "On hold"),
        F::Document => word("送货单号", "Document"),
        F::OnHand => word("现有库存", "On hand"),
        F::ProductionNo => w::PRODUCTION_NO,
        F::Operation => w::OPERATION,
        F::Shift => word("班次", "Shift"),
        F::Output => word("实际产量", "Output"),
        F::Good => w::GOOD,
        F::Defect => w::DEFECT,
        F::Rework => w::REWORK,
        F::Scrap => w::SCRAP,
    }
}

/// How an order of a file stands to what is known; `no` is the known order's number.
#[must_use]
pub fn standing(standing: &Standing, no: &str, lang: Lang) -> String {
    match standing {
        Standing::New => IS_NEW.text(lang).to_owned(),
        Standing::Same { .. } => IS_SAME.fill(lang, &[no]),
        Standing::Changed(changed) => {
            IS_CHANGED.fill(lang, &[no, &changed.differences.len().to_string()])
        }
        Standing::Cancels { .. } => CANCELS.fill(lang, &[no]),
        Standing::IsCancelled { .. } => IS_CANCELLED.fill(lang, &[no]),
        Standing::Unknown => IS_UNKNOWN.text(lang).to_owned(),
    }
}

/// How the orders of a file stand to what is known, counted.
#[must_use]
pub fn standings(list: &[Standing], lang: Lang) -> String {
    let count = |f: &dyn Fn(&Standing) -> bool| list.iter().filter(|s| f(s)).count().to_string();
    let new = count(&|s| *s == Standing::New);
    let same = count(&|s| matches!(s, Standing::Same { .. }));
    let changed = count(&|s| matches!(s, Standing::Changed(_) | Standing::Cancels { .. }));
    STANDINGS.fill(lang, &[&new, &same, &changed])
}
