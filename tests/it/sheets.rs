//! One and the same pair of orders in more than thirty sheets, each with a difficulty of its own.

use chrono::NaiveDate;
use gendan::transfer;
use gendan::transfer::draft::{Fault, Options, Preview};
use gendan::transfer::values::{DateOrder, ValueFault};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

fn today() -> NaiveDate {
    "2026-11-23".parse().unwrap()
}

/// What every sheet of this file says: order, item, quantity, date.
const TRUTH: [(&str, &str, i64, &str); 4] = [
    ("PO-501", "A100", 1200, "2026-12-20"),
    ("PO-501", "A200", 35, "2026-12-20"),
    ("PO-502", "B300", 80, "2027-01-15"),
    ("PO-502", "A100", 4, "2027-01-25"),
];

/// The orders of a preview as the truth is written, by number.
fn said(preview: &Preview) -> Vec<(String, String, String, String)> {
    let one = |d: &gendan::transfer::draft::OrderDraft| {
        let no = if d.customer_po.is_empty() {
            d.order_no.clone()
        } else {
            d.customer_po.clone()
        };
        let line = move |l: &gendan::transfer::draft::LineDraft| {
            (
                no.clone(),
                l.item.clone(),
                l.qty.map(|q| q.text()).unwrap_or_default(),
                l.requested_date.map(|d| d.to_string()).unwrap_or_default(),
            )
        };
        d.lines.iter().map(line).collect::<Vec<_>>()
    };
    preview.drafts.iter().flat_map(one).collect()
}

fn agrees(name: &str, file: &str, bytes: &[u8], options: &Options) {
    let preview = transfer::read(file, bytes, options, today());
    assert_eq!(preview.errors, [], "{name}");
    let wanted = TRUTH.map(|(no, item, qty, date)| {
        (
            no.to_owned(),
            item.to_owned(),
            qty.to_string(),
            date.to_owned(),
        )
    });
    assert_eq!(said(&preview), wanted, "{name}");
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The truth as a CSV with these headings; `date` writes the date.
fn table(headings: &str, separator: &str, date: impl Fn(NaiveDate) -> String) -> String {
    let mut text = format!("{headings}\n");
    for (no, item, qty, on) in TRUTH {
        let row = [
            no.to_owned(),
            item.to_owned(),
            qty.to_string(),
            date(day(on)),
        ];
        text.push_str(&(row.join(separator) + "\n"));
    }
    text
}

fn iso(date: NaiveDate) -> String {
    date.to_string()
}

const PLAIN: &str = "订单号,货号,数量,交期";

#[test]
fn encodings_and_separators() {
    let text = table(PLAIN, ",", iso);
    let utf16 = |mark: &[u8], big: bool| {
        let unit = |u: u16| {
            if big {
                u.to_be_bytes()
            } else {
                u.to_le_bytes()
            }
        };
        [mark.to_vec(), text.encode_utf16().flat_map(unit).collect()].concat()
    };
    let traditional = table("訂單號,貨號,數量,交貨日期", ",", iso);
    let none = Options::default();
    for (name, file, bytes) in [
        ("1 utf-8", "a.csv", text.clone().into_bytes()),
        (
            "2 utf-8 with mark",
            "a.csv",
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        ),
        ("3 utf-16 le", "a.csv", utf16(b"\xff\xfe", false)),
        ("4 utf-16 be", "a.csv", utf16(b"\xfe\xff", true)),
        (
            "5 gbk",
            "a.csv",
            encoding_rs::GBK.encode(&text).0.into_owned(),
        ),
        (
            "6 big5",
            "a.csv",
            encoding_rs::BIG5.encode(&traditional).0.into_owned(),
        ),
        ("7 traditional", "a.csv", traditional.into_bytes()),
        (
            "8 english",
            "a.csv",
            table("PO No.,Style No.,Order Qty,Delivery Date", ",", iso).into_bytes(),
        ),
        (
            "9 tabs",
            "a.tsv",
            table(&PLAIN.replace(',', "\t"), "\t", iso).into_bytes(),
        ),
        (
            "10 semicolons",
            "a.csv",
            table(&PLAIN.replace(',', ";"), ";", iso).into_bytes(),
        ),
        (
            "11 width and case of headings",
            "a.csv",
            table("ＰＯ　Ｎｏ, STYLE no ,QTY,Ｄelivery date", ",", iso).into_bytes(),
        ),
        (
            "12 line ends of another system",
            "a.csv",
            text.replace('\n', "\r\n").into_bytes(),
        ),
    ] {
        agrees(name, file, &bytes, &none);
    }
}

#[test]
fn forms_of_dates_and_numbers() {
    let none = Options::default();
    let dates: [(&str, &str); 5] = [
        ("13 slashes", "%Y/%-m/%-d"),
        ("14 month and day", "%-m月%-d日"),
        ("15 month by name", "%-d-%b-%y"),
        ("16 dots", "%Y.%m.%d"),
        ("17 with a time", "%Y-%m-%d 00:00:00"),
    ];
    for (name, form) in dates {
        let text = table(PLAIN, ",", |d| d.format(form).to_string());
        agrees(name, "a.csv", text.as_bytes(), &none);
    }
    let ordered = |date_order| Options {
        date_order,
        ..Options::default()
    };
    let text = table(PLAIN, ",", |d| d.format("%d/%m/%Y").to_string());
    agrees(
        "18 day first",
        "a.csv",
        text.as_bytes(),
        &ordered(DateOrder::DayFirst),
    );
    let text = table(PLAIN, ",", |d| d.format("%m/%d/%y").to_string());
    agrees(
        "19 month first",
        "a.csv",
        text.as_bytes(),
        &ordered(DateOrder::MonthFirst),
    );
    let plain = table(PLAIN, ",", iso);
    for (name, text) in [
        (
            "20 units behind",
            plain
                .replace(",1200,", ",1200件,")
                .replace(",35,", ",35 pcs,"),
        ),
        ("21 thousands", plain.replace(",1200,", ",\"1,200\",")),
        (
            "22 full-width digits",
            plain
                .replace(",1200,", ",１２００,")
                .replace(",80,", ",８０,"),
        ),
        (
            "23 decimals",
            plain.replace(",1200,", ",1200.00,").replace(",4,", ",4.0,"),
        ),
        (
            "24 unit in the heading",
            plain.replace("数量", "数量（件）"),
        ),
    ] {
        agrees(name, "a.csv", text.as_bytes(), &none);
    }
}

#[test]
fn rows_that_are_no_lines() {
    let plain = table(PLAIN, ",", iso);
    let rows: Vec<&str> = plain.lines().collect();
    let (head, first, second) = (rows[0], &rows[1..3], &rows[3..5]);
    let join = |parts: &[&[&str]]| parts.concat().join("\n") + "\n";
    let blank_keys = plain
        .replace("PO-501,A200", ",A200")
        .replace("PO-502,A100", ",A100");
    for (name, text) in [
        (
            "25 subtotals",
            join(&[
                &[head],
                first,
                &["小计,,1235,"],
                second,
                &["小计,,84,", "合计,,1319,"],
            ]),
        ),
        (
            "26 totals in english",
            join(&[
                &[head],
                first,
                &["Subtotal,,1235,"],
                second,
                &["Grand Total:,,1319,"],
            ]),
        ),
        ("27 blank keys", blank_keys),
        (
            "28 titles, blank rows and signatures",
            join(&[
                &[
                    "某某服饰有限公司,,,",
                    "订购单,,,",
                    "日期：2026-11-20,,,",
                    ",,,",
                ],
                &[head],
                first,
                &[",,,"],
                second,
                &[",,,", "制表：,李,审核：,王"],
            ]),
        ),
        (
            "29 the heading repeated on the next page",
            join(&[&[head], first, &[head], second]),
        ),
        (
            "30 the same heading twice",
            join(&[&[head, ""]]).trim().replace("数量", "数量,数量")
                + "\n"
                + &rows[1..]
                    .iter()
                    .map(|r| {
                        let mut cells: Vec<&str> = r.split(',').collect();
                        cells.insert(3, "99");
                        cells.join(",") + "\n"
                    })
                    .collect::<String>(),
        ),
        (
            "31 columns of no use around",
            rows.iter()
                .enumerate()
                .map(|(n, r)| {
                    if n == 0 {
                        format!("序号,{r},跟单员\n")
                    } else {
                        format!("{n},{r},李\n")
                    }
                })
                .collect(),
        ),
    ] {
        agrees(name, "a.csv", text.as_bytes(), &Options::default());
    }
}

/// Fills a sheet.
type Fill<'a> = &'a dyn Fn(&mut Worksheet);

/// A workbook whose sheets are filled by functions.
fn book(sheets: &[(&str, Fill<'_>)]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, fill) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        fill(sheet);
    }
    book.save_to_buffer().unwrap()
}

fn heads(sheet: &mut Worksheet, row: u32, column: u16) {
    for (at, text) in (0..).zip(PLAIN.split(',')) {
        sheet.write_string(row, column + at, text).unwrap();
    }
}

fn lines(sheet: &mut Worksheet, row: u32, column: u16, truth: &[(&str, &str, i64, &str)]) {
    for (at, (no, item, qty, on)) in (row..).zip(truth) {
        sheet.write_string(at, column, *no).unwrap();
        sheet.write_string(at, column + 1, *item).unwrap();
        sheet.write_number(at, column + 2, *qty as f64).unwrap();
        let date = Format::new().set_num_format("yyyy/m/d");
        sheet
            .write_datetime_with_format(at, column + 3, day(on), &date)
            .unwrap();
    }
}

#[test]
fn workbooks() {
    let plain = Format::new();
    let titled: Fill<'_> = &|s| {
        s.merge_range(0, 0, 0, 6, "采购订单 PURCHASE ORDER", &plain)
            .unwrap();
        s.merge_range(1, 0, 1, 6, "地址：宁波 电话：0574", &plain)
            .unwrap();
        heads(s, 3, 0);
        lines(s, 4, 0, &TRUTH);
    };
    let shifted: Fill<'_> = &|s| {
        heads(s, 5, 3);
        lines(s, 6, 3, &TRUTH);
    };
    let serial: Fill<'_> = &|s| {
        heads(s, 0, 0);
        lines(s, 1, 0, &TRUTH);
        for (at, (.., on)) in (1..).zip(TRUTH) {
            let days = (day(on) - day("1899-12-30")).num_days();
            s.write_number(at, 3, days as f64).unwrap();
        }
    };
    let computed: Fill<'_> = &|s| {
        heads(s, 0, 0);
        lines(s, 1, 0, &TRUTH);
        s.write_formula(1, 2, Formula::new("=600*2").set_result("1200"))
            .unwrap();
    };
    let two_rows: Fill<'_> = &|s| {
        s.merge_range(0, 0, 1, 0, "订单号", &plain).unwrap();
        s.merge_range(0, 1, 1, 1, "货号", &plain).unwrap();
        s.merge_range(0, 2, 0, 4, "数量", &plain).unwrap();
        for (at, size) in (2..).zip(["S", "M", "L"]) {
            s.write_string(1, at, size).unwrap();
        }
        s.merge_range(0, 5, 1, 5, "交期", &plain).unwrap();
        for (row, (no, item, qty, on)) in (2..).zip(TRUTH) {
            s.write_string(row, 0, no).unwrap();
            s.write_string(row, 1, item).unwrap();
            let (small, middle) = (qty / 4, qty / 2);
            for (column, part) in (2..).zip([small, middle, qty - small - middle]) {
                if part > 0 {
                    s.write_number(row, column, part as f64).unwrap();
                }
            }
            s.write_string(row, 5, on).unwrap();
        }
    };
    let merged_keys: Fill<'_> = &|s| {
        heads(s, 0, 0);
        lines(s, 1, 0, &TRUTH);
        s.merge_range(1, 0, 2, 0, "PO-501", &plain).unwrap();
        s.merge_range(3, 0, 4, 0, "PO-502", &plain).unwrap();
    };
    let broken_heads: Fill<'_> = &|s| {
        for (at, text) in (0..).zip(["订单\n编号", "款 号", "订单\n数量\n(件)", "交货\n日期"])
        {
            s.write_string(0, at, text).unwrap();
        }
        lines(s, 1, 0, &TRUTH);
    };
    let first: Fill<'_> = &|s| {
        heads(s, 0, 0);
        lines(s, 1, 0, &TRUTH[..2]);
    };
    let second: Fill<'_> = &|s| {
        heads(s, 0, 0);
        lines(s, 1, 0, &TRUTH[2..]);
    };
    let notes: Fill<'_> = &|s| {
        s.write_string(0, 0, "说明：本订单按合同执行").unwrap();
    };
    for (name, sheets) in [
        ("32 titles over merged cells", vec![("订单", titled)]),
        ("33 not in the corner", vec![("订单", shifted)]),
        ("34 serial numbers as dates", vec![("订单", serial)]),
        ("35 results of formulas", vec![("订单", computed)]),
        ("36 two rows of headings, sizes", vec![("订单", two_rows)]),
        ("37 merged keys", vec![("订单", merged_keys)]),
        (
            "38 headings over several lines",
            vec![("订单", broken_heads)],
        ),
        (
            "39 a sheet for each order, and one of words",
            vec![("说明", notes), ("501", first), ("502", second)],
        ),
        (
            "40 the same rows in two sheets",
            vec![("总表", titled), ("501", first)],
        ),
    ] {
        agrees(name, "a.xlsx", &book(&sheets), &Options::default());
    }
}

#[test]
fn mails_with_a_table_or_an_attachment() {
    let rows: String = TRUTH
        .iter()
        .map(|(no, item, qty, on)| {
            format!("<tr><td>{no}</td><td>{item}</td><td>{qty}</td><td>{on}</td></tr>")
        })
        .collect();
    let html = format!(
        "From: Li <li@a.cn>\r\nSubject: =?GBK?B?tqm1pQ==?=\r\nDate: Fri, 20 Nov 2026 09:00:00 +0800\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n<p>请安排</p><table><tr><th>订单号</th><th>货号</th>\
         <th>数量</th><th>交期</th></tr>{rows}</table>"
    );
    agrees(
        "41 a table in the mail",
        "a.eml",
        html.as_bytes(),
        &Options::default(),
    );
    let gbk = encoding_rs::GBK
        .encode(&table(PLAIN, ",", iso))
        .0
        .into_owned();
    let hex: String = gbk.iter().map(|b| format!("={b:02X}")).collect();
    let attached = format!(
        "From: Li <li@a.cn>\r\nSubject: order\r\nDate: Fri, 20 Nov 2026 09:00:00 +0800\r\n\
         Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nsee\r\n\
         --x\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: quoted-printable\r\n\
         Content-Disposition: attachment; filename*=GBK''%B6%A9%B5%A5.csv\r\n\r\n{hex}\r\n--x--\r\n"
    );
    let preview = transfer::read("b.eml", attached.as_bytes(), &Options::default(), today());
    assert_eq!(preview.attachments[0].name, "订单.csv");
    agrees(
        "42 an attachment with a Chinese name",
        "b.eml",
        attached.as_bytes(),
        &Options::default(),
    );
}

#[test]
fn an_ambiguous_date_is_asked_and_never_guessed() {
    let text = "订单号,货号,数量,交期\nPO-1,A100,5,03/04/2027\n";
    let preview = transfer::read("a.csv", text.as_bytes(), &Options::default(), today());
    assert_eq!(
        preview.errors[0].fault,
        Fault::Value(ValueFault::WhichIsDay)
    );
}

#[test]
fn rows_of_a_text_sheet_keep_their_line_after_blank_lines_and_quoted_breaks() {
    let text = "a,b\n\n\r\n\"x\ny\",1\n\n\nlast,2";
    let read = gendan::transfer::sheet::csv("a.csv", text.as_bytes()).unwrap();
    let filled: Vec<(usize, String)> = (1..)
        .zip(&read.rows)
        .filter_map(|(line, row)| Some((line, row.first()?.text())))
        .collect();
    let wanted = [(1, "a"), (4, "x\ny"), (8, "last")];
    assert_eq!(filled, wanted.map(|(line, text)| (line, text.to_owned())));
}
