//! Order files as people send them give what a person reads in them, or a clear refusal.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::text::{Lang, transfer as words};
use gendan::transfer::draft::{Fault, Options, Preview, Question};
use gendan::transfer::headings::{Field, Mapping};
use gendan::transfer::{self, sheet};
use proptest::prelude::*;
use serde_json::Value;

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// The folder of real cases, or a line that says they are skipped.
pub(crate) fn cases(folder: &str) -> Option<PathBuf> {
    let found = std::env::var_os("GENDAN_CASES").map(|root| Path::new(&root).join(folder));
    if found.is_none() {
        eprintln!("skipped: GENDAN_CASES is not set, {folder} is not tried");
    }
    found
}

pub(crate) fn case(name: &str, options: &Options) -> Option<(Preview, Value)> {
    let folder = cases("import")?.join(name);
    let expected = std::fs::read_to_string(folder.join("expected.json")).unwrap();
    let files = std::fs::read_dir(&folder)
        .unwrap()
        .map(|e| e.unwrap().path());
    let file = files
        .into_iter()
        .find(|p| !p.ends_with("expected.json"))
        .unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let preview = transfer::read(
        &file.file_name().unwrap().to_string_lossy(),
        &bytes,
        options,
        today(),
    );
    Some((preview, serde_json::from_str(&expected).unwrap()))
}

pub(crate) fn read(name: &str, bytes: &[u8]) -> Preview {
    transfer::read(name, bytes, &Options::default(), today())
}

#[test]
fn a_garment_buyers_csv_gives_a_hundred_orders() {
    let Some((preview, expected)) = case("csv-garment-po", &Options::default()) else {
        return;
    };
    assert_eq!(preview.errors, []);
    assert_eq!(
        preview.drafts.len() as u64,
        expected["order_count"].as_u64().unwrap()
    );
    let sum: i64 = preview
        .drafts
        .iter()
        .flat_map(|d| &d.lines)
        .map(|l| l.qty.unwrap().0 / 1_000_000)
        .sum();
    assert_eq!(sum, expected["qty_ordered"].as_i64().unwrap());
    let first = &preview.drafts[0];
    assert_eq!(
        (first.customer_po.as_str(), first.customer.as_str()),
        ("185021243", "RTS")
    );
    assert_eq!(first.lines[0].item, "S700612");
    assert_eq!(
        first.lines[0].requested_date,
        Some("2021-01-08".parse().unwrap())
    );
    let last = preview.drafts.last().unwrap();
    assert_eq!(
        (
            last.customer_po.as_str(),
            last.lines[0].qty.unwrap().text().as_str()
        ),
        ("193717375", "336")
    );
}

#[test]
fn a_gbk_csv_is_read_with_its_dates_filled_down_and_the_missing_quantity_asked() {
    let Some((preview, expected)) = case("csv-gbk-sales", &Options::default()) else {
        return;
    };
    assert_eq!(preview.errors, []);
    let lines: Vec<_> = preview
        .drafts
        .iter()
        .flat_map(|d| d.lines.iter().map(move |l| (d, l)))
        .collect();
    assert_eq!(
        lines.len() as u64,
        expected["record_count"].as_u64().unwrap()
    );
    let (order, line) = lines[0];
    assert_eq!(order.order_no, "上海拼多多订单182894-455");
    assert_eq!(
        (line.name.as_str(), line.qty.unwrap().text().as_str()),
        ("杰克狼", "83")
    );
    assert_eq!(line.amount.unwrap().text(), "8217");
    assert_eq!(order.order_date, Some("2022-01-01".parse().unwrap()));
    assert_eq!(
        preview.drafts[5].order_date,
        Some("2022-01-01".parse().unwrap()),
        "filled down"
    );
    let (last, line) = lines.last().unwrap();
    assert_eq!(
        (last.order_no.as_str(), line.qty),
        ("上海天猫订单G70726", None)
    );
    assert!(
        preview
            .questions()
            .iter()
            .any(|(q, n)| *q == Question::Qty && *n == 1)
    );
    assert!(
        lines.iter().any(|(_, l)| l.name == "杰壳狼"),
        "a misspelt brand stays as it is"
    );
}

#[test]
fn headings_of_the_senders_own_are_refused_until_they_are_mapped() {
    let Some((preview, expected)) = case("csv-other-headers", &Options::default()) else {
        return;
    };
    assert!(preview.drafts.is_empty());
    assert!(
        matches!(&preview.errors[0].fault, Fault::NoHeadings { unknown } if unknown.contains(&"How Many".to_owned()))
    );
    let pairs = [
        ("Customer Number", Field::Customer),
        ("DRUG", Field::Name),
        ("Dose / Form", Field::Spec),
        ("Pkg", Field::Unit),
        ("How Many", Field::Qty),
        ("Want By", Field::RequestedDate),
    ];
    let mapping: Mapping = pairs.into_iter().map(|(h, f)| (h.to_owned(), f)).collect();
    let (preview, _) = case(
        "csv-other-headers",
        &Options {
            mapping,
            ..Options::default()
        },
    )
    .unwrap();
    assert_eq!(preview.errors, []);
    let order = &expected["orders"][0];
    assert_eq!(preview.drafts.len(), 1);
    assert_eq!(
        preview.drafts[0].customer,
        order["customer_account"].as_str().unwrap()
    );
    let lines: Vec<_> = preview.drafts[0]
        .lines
        .iter()
        .map(|l| (l.name.clone(), l.qty.unwrap().text()))
        .collect();
    let wanted = order["lines"].as_array().unwrap().iter().map(|l| {
        (
            l["name"].as_str().unwrap().to_owned(),
            l["qty"].as_str().unwrap().to_owned(),
        )
    });
    assert_eq!(lines, wanted.collect::<Vec<_>>());
    assert!(
        preview.drafts[0]
            .lines
            .iter()
            .all(|l| l.requested_date == Some("2026-05-08".parse().unwrap()))
    );
}

#[test]
fn a_portals_workbook_keeps_equal_items_apart_and_names_no_customer() {
    let Some((preview, expected)) = case("xlsx-buyer-po-p202511140770", &Options::default()) else {
        return;
    };
    assert_eq!(preview.errors, []);
    let (order, wanted) = (&preview.drafts[0], &expected["orders"][0]);
    assert_eq!(preview.drafts.len(), 1);
    assert_eq!(order.order_no, "P202511140770");
    assert_eq!(
        order.customer, "",
        "the supplier column names us, not the customer"
    );
    assert_eq!(order.remarks, wanted["order_note"].as_str().unwrap());
    assert_eq!(
        order.lines.len() as u64,
        wanted["line_count"].as_u64().unwrap()
    );
    for (line, wanted) in order.lines.iter().zip(wanted["lines"].as_array().unwrap()) {
        let text = |key: &str| wanted[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(line.row as u64, wanted["row"].as_u64().unwrap());
        assert_eq!(
            (&line.item, &line.name, &line.spec),
            (&text("item"), &text("name"), &text("spec"))
        );
        assert_eq!(
            (line.qty.unwrap().text(), &line.unit),
            (text("qty"), &text("unit"))
        );
        assert_eq!(line.requested_date.unwrap().to_string(), text("due"));
        assert_eq!(line.job_no, text("job_no"));
    }
}

#[test]
fn a_mills_workbook_has_its_unit_in_the_heading_and_asks_for_the_rest() {
    let Some((preview, expected)) = case("xlsx-knitting-orders", &Options::default()) else {
        return;
    };
    assert_eq!(preview.errors, []);
    assert_eq!(
        preview.drafts.len() as u64,
        expected["order_count"].as_u64().unwrap()
    );
    for (draft, wanted) in preview
        .drafts
        .iter()
        .zip(expected["orders"].as_array().unwrap())
    {
        assert_eq!(draft.order_no, wanted["order_no"].as_str().unwrap());
        let line = &draft.lines[0];
        assert_eq!(line.item, wanted["item"].as_str().unwrap());
        assert_eq!(line.qty.unwrap().text(), wanted["qty"].as_str().unwrap());
        assert_eq!(line.unit, wanted["unit"].as_str().unwrap());
    }
    let asked: Vec<Question> = preview.questions().into_iter().map(|(q, _)| q).collect();
    assert_eq!(asked, [Question::Customer, Question::RequestedDate]);
}

#[test]
fn the_one_filled_row_of_a_shops_forms_is_read_once() {
    let Some((preview, expected)) = case("xlsx-scheduling-forms", &Options::default()) else {
        return;
    };
    assert_eq!(preview.errors, []);
    let wanted = &expected["example"];
    assert_eq!(preview.drafts.len(), 1);
    let order = &preview.drafts[0];
    assert_eq!(order.order_no, wanted["project_no"].as_str().unwrap());
    assert_eq!(order.customer, wanted["customer"].as_str().unwrap());
    assert_eq!(
        order.order_date.unwrap().to_string(),
        wanted["order_date"].as_str().unwrap()
    );
    assert_eq!(order.lines.len(), 1, "the same row stands in four sheets");
    assert_eq!(
        order.lines[0].qty.unwrap().text(),
        wanted["qty"].as_str().unwrap()
    );
    assert_eq!(
        order.lines[0].requested_date.unwrap().to_string(),
        wanted["due"].as_str().unwrap()
    );
}

#[test]
fn a_mail_with_an_enclosed_ubl_order_is_read_and_its_file_kept() {
    let Some((preview, expected)) = case("eml-composed-ubl", &Options::default()) else {
        return;
    };
    assert_eq!(preview.errors, []);
    assert_eq!(preview.subject, expected["subject"].as_str().unwrap());
    let names: Vec<&str> = preview
        .attachments
        .iter()
        .map(|a| a.name.as_str())
        .collect();
    assert_eq!(names, [expected["attachments"][0].as_str().unwrap()]);
    let (order, wanted) = (&preview.drafts[0], &expected["orders"][0]);
    assert_eq!(order.order_no, wanted["order_no"].as_str().unwrap());
    assert_eq!(order.customer, "Johnssons byggvaror");
    assert_eq!(
        order.received_at.unwrap().to_string(),
        "2010-01-20 12:30:00"
    );
    for (line, wanted) in order.lines.iter().zip(wanted["lines"].as_array().unwrap()) {
        assert_eq!(line.name, wanted["name"].as_str().unwrap());
        assert_eq!(line.qty.unwrap().text(), wanted["qty"].as_str().unwrap());
        assert_eq!(line.unit, wanted["unit"].as_str().unwrap());
        assert_eq!(line.requested_date.unwrap().to_string(), "2010-02-25");
    }
    assert!(order.words.contains("Please find our order below."));
}

#[test]
fn a_web_shops_notice_names_its_number_and_total_and_nothing_is_invented() {
    let Some((preview, expected)) = case("eml-shop-order", &Options::default()) else {
        return;
    };
    assert_eq!(preview.errors, []);
    let (order, wanted) = (&preview.drafts[0], &expected["orders"][0]);
    assert_eq!(preview.subject, expected["subject"].as_str().unwrap());
    assert_eq!(order.order_no, wanted["order_no"].as_str().unwrap());
    assert_eq!(
        order.total.unwrap().text_fixed(2),
        wanted["total"].as_str().unwrap()
    );
    assert_eq!(order.currency, wanted["currency"].as_str().unwrap());
    assert_eq!(
        order.order_date.unwrap().to_string(),
        wanted["order_date"].as_str().unwrap()
    );
    assert!(order.lines.is_empty());
    assert!(
        preview
            .questions()
            .iter()
            .any(|(q, _)| *q == Question::Lines)
    );
}

#[test]
fn enclosed_ubl_orders_of_all_cases_agree_line_by_line() {
    for name in [
        "ubl-order-2.0",
        "ubl-order-2.1",
        "peppol-uc1",
        "peppol-uc2",
        "peppol-uc3",
    ] {
        let Some((preview, expected)) = case(name, &Options::default()) else {
            return;
        };
        assert_eq!(preview.errors, [], "{name}");
        let (order, wanted) = (&preview.drafts[0], &expected["orders"][0]);
        assert_eq!(
            order.order_no,
            wanted["order_no"].as_str().unwrap(),
            "{name}"
        );
        assert_eq!(
            order.lines.len() as u64,
            wanted["line_count"]
                .as_u64()
                .unwrap_or(order.lines.len() as u64),
            "{name}"
        );
        for (line, wanted) in order.lines.iter().zip(wanted["lines"].as_array().unwrap()) {
            assert_eq!(
                line.name,
                wanted["name"].as_str().unwrap_or_default(),
                "{name}"
            );
            let qty: gendan::domain::quantity::Micro =
                wanted["qty"].as_str().unwrap().parse().unwrap();
            assert_eq!(line.qty, Some(qty), "{name}");
        }
    }
}

#[test]
fn a_pdf_is_refused_with_what_to_do() {
    let Some((preview, _)) = case("pdf-fax-po", &Options::default()) else {
        return;
    };
    assert_eq!(preview.errors[0].fault, Fault::Pdf);
    assert!(words::error(&preview.errors[0], Lang::Zh).contains("登记为单据"));
    assert!(words::error(&preview.errors[0], Lang::En).contains("file it as a document"));
}

#[test]
fn errors_name_file_sheet_row_column_value_and_what_would_be_right() {
    let text =
        "订单号,款号,数量,交期\nA-1,S1,一百,2026-12-01\nA-2,S2,-5,2026-12-01\nA-3,S3,0,明年\n";
    let preview = read("po.csv", text.as_bytes());
    let said: Vec<String> = preview
        .errors
        .iter()
        .map(|e| words::error(e, Lang::Zh))
        .collect();
    assert_eq!(
        said,
        [
            "po.csv C2：“一百”不是数字；如 1200 或 1,200 件",
            "po.csv C3：“-5”是负数；大于零的数",
            "po.csv C4：“0”数量是零；填大于零的数量，或删去这一行",
            "po.csv D4：“明年”不是日期；如 2026-12-01",
        ]
    );
    let said = words::error(&preview.errors[0], Lang::En);
    assert_eq!(
        said,
        "po.csv C2: “一百” is no number; such as 1200 or 1,200 pcs"
    );
}

#[test]
fn a_garment_sheet_with_titles_sizes_subtotals_and_blank_keys_is_read() {
    let text = "\
某某服饰有限公司,,,,,,
订购单,,,,,,
客户單號,款號,顏色,S,M,L,交貨日期
PO-77,A100,藏青,10,20,３０,12月20日
,A100,白,5,5,5,12月20日
小计,,,15,25,35,
PO-78,B200,红,1,,2,2027/1/5
合计,,,16,25,37,
";
    let preview = read("order.csv", text.as_bytes());
    assert_eq!(preview.errors, []);
    assert_eq!(preview.drafts.len(), 2);
    let first = &preview.drafts[0];
    assert_eq!(
        (first.customer_po.as_str(), first.lines.len()),
        ("PO-77", 2)
    );
    assert_eq!(first.lines[0].qty.unwrap().text(), "60");
    assert_eq!(first.lines[0].sizes.len(), 3);
    assert_eq!(first.lines[1].colour, "白");
    assert_eq!(
        first.lines[0].requested_date.unwrap().to_string(),
        "2026-12-20"
    );
    assert_eq!(preview.skipped.len(), 2);
}

#[test]
fn the_same_sheet_in_every_encoding_gives_the_same_orders() {
    let text = "訂單號,品名,數量\nA-1,不鏽鋼法蘭,12\n";
    let simple = "订单号,品名,数量\nA-1,不锈钢法兰,12\n";
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(simple.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let with_bom: Vec<u8> = [0xef, 0xbb, 0xbf]
        .into_iter()
        .chain(simple.bytes())
        .collect();
    for bytes in [
        simple.as_bytes().to_vec(),
        with_bom,
        utf16,
        encoding_rs::GBK.encode(simple).0.into_owned(),
    ] {
        let preview = read("a.csv", &bytes);
        assert_eq!(
            preview.drafts.first().map(|d| d.lines[0].name.as_str()),
            Some("不锈钢法兰")
        );
    }
    assert_eq!(
        read("a.csv", text.as_bytes()).drafts[0].lines[0].name,
        "不鏽鋼法蘭"
    );
}

#[test]
fn broken_files_of_every_kind_give_a_sentence_in_both_languages() {
    let xlsx = b"PK\x03\x04 and then nothing that a workbook has";
    let cases: &[(&str, &[u8])] = &[
        ("a.csv", b""),
        ("a.csv", b"\x00\x01\x02\x03\x00"),
        ("a.xlsx", xlsx),
        ("a.xls", b"not a workbook"),
        ("a.eml", b"no headers at all"),
        ("a.xml", b"<Order><ID>1</ID>"),
        (
            "a.xml",
            b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><Order>&x;</Order>",
        ),
        ("a.xml", b"<Invoice></Invoice>"),
        ("a.docx", b"x"),
        ("a", b"x"),
    ];
    for (name, bytes) in cases {
        let preview = read(name, bytes);
        assert!(
            preview.drafts.is_empty() && !preview.errors.is_empty(),
            "{name}"
        );
        let (zh, en) = (
            words::error(&preview.errors[0], Lang::Zh),
            words::error(&preview.errors[0], Lang::En),
        );
        assert!(
            zh.starts_with(name) && zh != en && en.is_ascii() || en.contains('“'),
            "{zh} / {en}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the bytes are, reading ends with orders or errors, never with a panic.
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600), kind in 0usize..6) {
        let name = ["a.csv", "a.xlsx", "a.xls", "a.eml", "a.xml", "a.ods"][kind];
        let _ = read(name, &bytes);
    }

    #[test]
    fn random_sheets_never_panic(text in "[订单号款数量交期,;\t\n0-9a-z\"<>&/.年月日-]{0,400}") {
        let _ = read("a.csv", text.as_bytes());
        let _ = sheet::html("a", &text);
        let _ = gendan::transfer::mail::order_number(&text);
        let _ = gendan::transfer::mail::total(&text);
    }
}
