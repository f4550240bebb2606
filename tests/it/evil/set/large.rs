//! Files that are too large, too deep, or would be when they are unpacked.

use gendan::transfer::limits::{
    COLUMNS_MAX, FILE_BYTES_MAX, MEMBERS_MAX, MESSAGE_MAX, ROWS_MAX, SEGMENT_MAX, SEGMENTS_MAX,
    XML_DEPTH_MAX, XML_LINES_MAX,
};

use super::damaged::right_book;
use super::{Set, Want};
use crate::evil::build::{
    self, CELLS, HEADS, UBL_LINE, csv, edifact, json, mail, ods, ods_row, pack, ubl, x12, xlsx,
    xlsx_members, xlsx_sheet,
};
use crate::support::mail_with;

pub(super) fn oversized(set: &mut Set) {
    let rows = format!("{HEADS}\n{}", "\n".repeat(ROWS_MAX + 1));
    set.add(
        "rows",
        "csv",
        rows + "E,E,E,E,1,1,2027-01-15\n",
        Want::Refused,
    );
    set.heavy();
    set.add(
        "columns",
        "csv",
        format!("{HEADS}{}x\n", ",".repeat(COLUMNS_MAX)),
        Want::Refused,
    );
    set.add(
        "cell",
        "csv",
        csv(&[("品名", &"长".repeat(40_000))]),
        Want::Refused,
    );
    set.add(
        "file",
        "csv",
        vec![b'\n'; FILE_BYTES_MAX + 1],
        Want::Refused,
    );
    set.add("file", "eml", vec![b'a'; FILE_BYTES_MAX + 1], Want::Refused);
    set.add(
        "rows",
        "xlsx",
        xlsx("", &[("A1048576", "x")]),
        Want::Refused,
    );
    set.add("columns", "xlsx", xlsx("", &[("XFD3", "x")]), Want::Refused);
    set.add(
        "cell",
        "xlsx",
        xlsx("", &[("E2", &"x".repeat(40_000))]),
        Want::Refused,
    );
    set.add(
        "extent",
        "xlsx",
        xlsx("<dimension ref=\"D9:A1\"/>", &[]),
        Want::Refused,
    );
    set.add(
        "extent",
        "xlsx",
        xlsx("<dimension ref=\"A1:XFD1048576\"/>", &[]),
        Want::Read,
    );
    let right = ods_row(&["订单号", "货号", "数量"], "");
    let many = |attributes: &str| ods(&(right.clone() + &ods_row(&["EV", "HG", "1"], attributes)));
    set.add(
        "rows",
        "ods",
        many("table:number-rows-repeated=\"1048575\""),
        Want::Refused,
    );
    let wide = "<table:table-row><table:table-cell office:value-type=\"string\" \
                table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell></table:table-row>";
    set.add(
        "columns",
        "ods",
        ods(&(right.clone() + wide)),
        Want::Refused,
    );
    let long = format!(
        "<table:table-row table:number-rows-repeated=\"90000\"><table:table-cell office:value-type=\"string\">\
         <text:p>{}</text:p></table:table-cell></table:table-row>",
        "x".repeat(9000)
    );
    set.add("text", "ods", ods(&(right + &long)), Want::Refused);
    set.add(
        "message",
        "txt",
        "订单 ".repeat(MESSAGE_MAX / 3 + 9),
        Want::Refused,
    );
    set.add(
        "segment",
        "edi",
        edifact(&[&format!("FTX+AAI+++{}'", "x".repeat(SEGMENT_MAX))]),
        Want::Refused,
    );
    set.add(
        "segments",
        "edi",
        edifact(&[&"A'".repeat(SEGMENTS_MAX + 1)]),
        Want::Refused,
    );
    set.heavy();
    set.add(
        "elements",
        "x12",
        x12(&[&"*".repeat(SEGMENT_MAX + 1)]),
        Want::Refused,
    );
    let item = format!("</LineItem></OrderLine><OrderLine><LineItem>{UBL_LINE}");
    let lines = format!("{UBL_LINE}{}", item.repeat(XML_LINES_MAX));
    set.add("lines", "xml", ubl("", &lines), Want::Refused);
    set.heavy();
    set.add(
        "cell",
        "xml",
        ubl("", &UBL_LINE.replace("Hinge", &"x".repeat(40_000))),
        Want::Refused,
    );
    let attributes: String = (0..4000).map(|n| format!(" a{n}=\"1\"")).collect();
    set.add(
        "attributes",
        "xml",
        ubl("", &format!("<ID{attributes}>1</ID>")),
        Want::Refused,
    );
    set.add(
        "text",
        "json",
        json(&format!(
            ", \"customers\": [{{\"code\": \"C\", \"name\": \"{}\"}}]",
            "x".repeat(1_000_001)
        )),
        Want::Refused,
    );
    let keys: String = (0..1200).map(|n| format!(", \"k{n}\": 0")).collect();
    set.add("keys", "json", json(&keys), Want::Refused);
}

pub(super) fn nested(set: &mut Set) {
    let deep = |n: usize| format!(", \"customers\": {}{}", "[".repeat(n), "]".repeat(n));
    set.add("deep", "json", json(&deep(100_000)), Want::Refused);
    set.add("deep", "json", "[".repeat(100_000), Want::Refused);
    set.add("deep", "json", "{\"format\":".repeat(50_000), Want::Refused);
    set.add(
        "deep",
        "xml",
        ubl(
            "",
            &format!(
                "{}{}",
                "<a>".repeat(XML_DEPTH_MAX + 1),
                "</a>".repeat(XML_DEPTH_MAX + 1)
            ),
        ),
        Want::Refused,
    );
    set.add("deep", "xml", "<a>".repeat(200_000), Want::Refused);
    let mut body = "Content-Type: text/plain\r\n\r\nEV".to_owned();
    for n in 0..40 {
        body = format!(
            "Content-Type: multipart/mixed; boundary=\"b{n}_\"\r\n\r\n--b{n}_\r\n{body}\r\n--b{n}_--"
        );
    }
    set.add(
        "deep",
        "eml",
        [
            &mail("Subject: PO EV-6", "")[..mail("Subject: PO EV-6", "").len() - 2],
            body.as_bytes(),
        ]
        .concat(),
        Want::Refused,
    );
    let mut inner = mail("Subject: PO EV-6\r\nContent-Type: text/plain", "EV");
    for _ in 0..30 {
        inner = [
            mail("Subject: Fwd\r\nContent-Type: message/rfc822", ""),
            inner,
        ]
        .concat();
    }
    set.add("deep", "eml", inner, Want::Refused);
    set.add(
        "deep",
        "csv",
        format!("{HEADS}\n{}", "\"".repeat(50_001)),
        Want::Refused,
    );
    set.add(
        "deep",
        "toml",
        format!("\"a\" = {}", "[".repeat(20_000)),
        Want::Refused,
    );
    let sheet = xlsx_sheet(&"<a>".repeat(50_000), &CELLS);
    set.add(
        "deep",
        "xlsx",
        pack(&xlsx_members(&sheet, &build::shared("", "0")), true),
        Want::Any,
    );
    // A workbook within a workbook is only a file beside the others.
    let mut members = xlsx_members(&xlsx_sheet("", &CELLS), &build::shared("", "0"));
    members.push(("xl/embeddings/book.xlsx", right_book()));
    set.add("within", "xlsx", pack(&members, true), Want::Read);
}

pub(super) fn packed(set: &mut Set) {
    let blank = |n: usize| vec![b' '; n];
    let with = |name: &'static str, bytes: Vec<u8>| {
        let mut members = xlsx_members(&xlsx_sheet("", &CELLS), &build::shared("", "0"));
        members.push((name, bytes));
        pack(&members, true)
    };
    let bomb = with("xl/media/image1.png", blank(20 << 20));
    set.add("bomb", "xlsx", bomb.clone(), Want::Refused);
    set.add(
        "bomb",
        "ods",
        pack(&[("content.xml", blank(20 << 20))], true),
        Want::Refused,
    );
    // It says that it is small.
    let mut lies = bomb;
    let mut at = 0;
    while let Some(next) = lies[at..].windows(4).position(|w| w == b"PK\x01\x02") {
        at += next;
        lies[at + 24..at + 28].copy_from_slice(&9_u32.to_le_bytes());
        at += 4;
    }
    set.add("bomb", "xlsx", lies, Want::Refused);
    let run = format!("<worksheet>{}", " ".repeat(2 << 20));
    set.add(
        "run",
        "xlsx",
        pack(&xlsx_members(&run, &build::shared("", "0")), true),
        Want::Refused,
    );
    for count in ["99999999999", "18446744073709551615"] {
        let members = xlsx_members(&xlsx_sheet("", &CELLS), &build::shared("", count));
        set.add(
            "count",
            "xlsx",
            pack(&members, true),
            if count.len() < 15 {
                Want::Refused
            } else {
                Want::Any
            },
        );
    }
    let styles = format!(
        "<styleSheet><cellXfs>{}</cellXfs></styleSheet>",
        "<xf/>".repeat(450_000)
    );
    set.add(
        "styles",
        "xlsx",
        with("xl/styles.xml", styles.into_bytes()),
        Want::Refused,
    );
    // One long text named by many cells.
    let text = format!("<si><t>{}</t></si>", "x".repeat(30_000));
    let cells: String = (1..=1500)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    set.add(
        "shared",
        "xlsx",
        pack(&xlsx_members(&sheet, &build::shared(&text, "1")), true),
        Want::Refused,
    );
    let names: Vec<String> = (0..=MEMBERS_MAX).map(|n| format!("a{n}")).collect();
    let members: Vec<(&str, Vec<u8>)> = names.iter().map(|n| (n.as_str(), Vec::new())).collect();
    set.add("members", "xlsx", pack(&members, false), Want::Refused);
    let bomb = with("xl/media/image1.png", blank(17 << 20));
    set.add(
        "bomb",
        "eml",
        mail_with("PO EV-8", "a@b.cn", "x", "a.xlsx", &bomb),
        Want::Refused,
    );
}
