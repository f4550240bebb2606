//! Errors, questions and notes of importing order files, in words.

use super::word::{Lang, Word, word};
use crate::transfer::draft::{Fault, ImportError, Place, Preview, Question, Skipped};
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
    "支持 .eml .xlsx .xls .ods .csv .xml（UBL）；可把文件拖进终端粘贴路径",
    "Reads .eml .xlsx .xls .ods .csv .xml (UBL); drop a file on the terminal to paste its path",
);
pub const NOTHING: Word = word(
    "“{0}”里没有可导入的订单。",
    "There is no order to import in “{0}”.",
);
pub const LEFT_OUT: Word = word(
    "略过 {0} 行（小计或重复）",
    "rows left out: {0} (totals, repetitions)",
);
pub const NOT_AN_ORDER_KIND: Word = word(
    "还不能从表格导入“{0}”；请用 JSON（见 README 的数据格式）。",
    "“{0}” cannot be imported from sheets yet; use JSON (see the data format in the README).",
);
pub const BAD_MAP: Word = word(
    "映射文件“{0}”第 {1} 项不对：写成 \"表头\" = \"字段\"，字段有：{2}",
    "Mapping file “{0}”, entry {1}: write \"Heading\" = \"field\"; the fields are: {2}",
);
pub const BROUGHT_IN: Word = word("“{0}”：导入 {1} 张订单。", "“{0}”: orders imported: {1}");

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
        Fault::NoRows => (t("表头下面没有订单行", "there is no order row under the headings"), t("填好后再导入", "fill it in first")),
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
    }
}

fn sheet(error: &SheetError, lang: Lang) -> (String, String) {
    let t = |zh: &'static str, en: &'static str| word(zh, en).text(lang).to_owned();
    let (wrong, right) = match error {
        SheetError::TooLarge => (
            t("文件太大", "the file is too large"),
            t("64 MB 以内", "64 MB at most"),
        ),
        SheetError::TooManyRows => (
            t("行数太多", "there are too many rows"),
            t("100,000 行以内，分成几个文件", "100,000 at most; split it"),
        ),
        SheetError::Inflates => (
            t("解压后异常地大", "it would unpack to an abnormal size"),
            t(
                "用表格程序另存后再试",
                "save it again from a spreadsheet program",
            ),
        ),
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
    }
}
