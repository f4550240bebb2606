//! Files that are cut, turned, in the wrong encoding, or full of characters that act.

use super::{Set, Want};
use crate::evil::build::{
    self, CELLS, HEADS, LIN, PO1, UBL_LINE, csv, edifact, json, mail, ods, ods_row, pack, ubl, x12,
    xlsx, xlsx_members, xlsx_sheet,
};
use crate::evil::dice::Dice;
use crate::support::mail_with;

/// A right workbook, the same each time: what the writer of reports makes has its hour in it.
pub(super) fn right_book() -> Vec<u8> {
    xlsx("", &[])
}

pub(super) fn broken(set: &mut Set, dice: &mut Dice) {
    let book = right_book();
    let sheet = mail_with("PO EV-8", "a@b.cn", "hello", "a.xlsx", &book);
    let files: [(&str, Vec<u8>); 8] = [
        ("xlsx", book.clone()),
        (
            "ods",
            ods(&(ods_row(&["订单号", "货号", "数量"], "") + &ods_row(&["EV-7", "HG-1", "3"], ""))),
        ),
        ("eml", sheet),
        ("xml", ubl("", UBL_LINE).into_bytes()),
        ("edi", edifact(&LIN).into_bytes()),
        ("x12", x12(&PO1).into_bytes()),
        (
            "json",
            json(", \"customers\": [{\"code\": \"C9\", \"name\": \"N\"}]"),
        ),
        ("csv", csv(&[])),
    ];
    for (ending, bytes) in &files {
        // Cut in the middle, cut near the end, some bytes turned.
        for part in [2, 10] {
            let at = bytes.len() - bytes.len() / part - dice.below(3);
            set.add("cut", ending, &bytes[..at], Want::Any);
        }
        let mut turned = bytes.clone();
        for _ in 0..3 {
            let at = dice.below(turned.len());
            turned[at] ^= 1 << dice.below(8);
        }
        set.add("turned", ending, turned, Want::Any);
    }
    // The directory of the archive leads astray, says another size, or is missing.
    let directory = book.windows(4).position(|w| w == b"PK\x01\x02").unwrap();
    let mut astray = book.clone();
    astray[directory + 42..directory + 46].copy_from_slice(&u32::MAX.to_le_bytes());
    set.add("directory", "xlsx", astray, Want::Refused);
    let mut lies = book.clone();
    lies[directory + 24..directory + 28].copy_from_slice(&7_u32.to_le_bytes());
    set.add("directory", "xlsx", lies, Want::Any);
    set.add("directory", "xlsx", &book[..directory], Want::Refused);
    // Parts are missing.
    let members = xlsx_members(&xlsx_sheet("", &CELLS), &build::shared("", "0"));
    for missing in [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/_rels/workbook.xml.rels",
    ] {
        let rest: Vec<_> = members
            .iter()
            .filter(|(n, _)| *n != missing)
            .cloned()
            .collect();
        set.add("missing", "xlsx", pack(&rest, true), Want::Refused);
    }
    set.add(
        "missing",
        "ods",
        pack(&[("content.xml", b"<x/>".to_vec())], true),
        Want::Refused,
    );
    set.add("missing", "xlsx", pack(&[], true), Want::Refused);
    for ending in [
        "csv", "xlsx", "ods", "xls", "eml", "xml", "txt", "json", "edi",
    ] {
        set.add("empty", ending, "", Want::Refused);
    }
    for ending in ["xlsx", "xls", "ods", "eml", "xml", "json"] {
        set.add("other", ending, "no such file, only words", Want::Refused);
    }
    // A compound file whose table of sectors runs in a circle.
    let mut circle = vec![0_u8; 512 * 4];
    circle[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    circle[30..34].copy_from_slice(&[9, 0, 6, 0]);
    circle[44] = 1;
    circle[48] = 1;
    circle[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    circle[76..512].fill(0xFF);
    circle[76..80].fill(0);
    circle[512..1024].fill(0);
    circle[516..520].copy_from_slice(&1_u32.to_le_bytes());
    set.add("circle", "xls", circle, Want::Refused);
    set.add(
        "cut",
        "csv",
        format!("{HEADS}\n\"EV-1,Evil,HG-1,合页,10"),
        Want::Any,
    );
}

pub(super) fn encodings(set: &mut Set) {
    let text = String::from_utf8(csv(&[])).unwrap();
    let (gbk, _, _) = encoding_rs::GBK.encode(&text);
    set.add("gbk", "csv", gbk.clone().into_owned(), Want::Read);
    set.add(
        "bom",
        "csv",
        [b"\xef\xbb\xbf", &gbk[..]].concat(),
        Want::Refused,
    );
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    set.add("utf16", "csv", utf16.clone(), Want::Any);
    set.add(
        "utf16",
        "csv",
        [b"\xff\xfe", &utf16[..]].concat(),
        Want::Read,
    );
    set.add(
        "utf16",
        "csv",
        [b"\xff\xfe", &utf16[..utf16.len() - 1]].concat(),
        Want::Refused,
    );
    set.add(
        "invalid",
        "csv",
        [text.as_bytes(), b"\xff\xfe\xfa,\xc0\xaf\n"].concat(),
        Want::Any,
    );
    set.add(
        "middle",
        "csv",
        text.replace("EV-1", "EV\u{feff}-1"),
        Want::Any,
    );
    set.add("nul", "csv", text.replace("EV-1", "EV\0-1"), Want::Any);
    set.add("nul", "txt", "PO\0 12\0 pcs", Want::Any);
    set.add(
        "binary",
        "csv",
        (0..=255_u8).cycle().take(4096).collect::<Vec<_>>(),
        Want::Refused,
    );
    let labelled = mail(
        "Subject: PO EV-6\r\nContent-Type: text/plain; charset=utf-8",
        "",
    );
    let (body, _, _) = encoding_rs::GBK.encode("订单号 EV-6 数量 十件");
    set.add("label", "eml", [&labelled[..], &body].concat(), Want::Read);
    set.add(
        "label",
        "eml",
        mail(
            "Subject: =?x-none?B?////?=\r\nContent-Type: text/plain; charset=x-none",
            "EV",
        ),
        Want::Any,
    );
    let (xml, _, _) = encoding_rs::GBK.encode("<Order><ID>订单</ID></Order>");
    set.add(
        "gbk",
        "xml",
        [b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>", &xml[..]].concat(),
        Want::Any,
    );
    set.add(
        "gbk",
        "json",
        encoding_rs::GBK
            .encode("{\"format\": \"订单\"}")
            .0
            .into_owned(),
        Want::Refused,
    );
    set.add(
        "surrogate",
        "json",
        json(", \"customers\": [{\"code\": \"\\ud800\", \"name\": \"x\"}]"),
        Want::Refused,
    );
    set.add(
        "invalid",
        "edi",
        [edifact(&LIN).as_bytes(), b"\xff\xff"].concat(),
        Want::Any,
    );
}

/// Drives the terminal, turns text round, or hides in it.
pub(crate) const ACTS: &str = "x\u{1b}[2J\u{1b}]52;c;ZWNobyBoaQ==\u{7}\u{9b}31m\u{202e}txt\u{2066}\u{200b}\u{ad}\u{e0041}\u{7f}\u{85}y";

pub(super) fn controls(set: &mut Set) {
    for head in ["订单号", "客户", "货号", "品名", "数量", "要求交期"] {
        let want = if ["数量", "要求交期"].contains(&head) {
            Want::Refused
        } else {
            Want::Any
        };
        set.add("control", "csv", csv(&[(head, ACTS)]), want);
    }
    set.add(
        "control",
        "csv",
        format!("{ACTS},甲{ACTS}\n1,2\n"),
        Want::Refused,
    );
    let letters: String = ACTS.chars().filter(|c| !c.is_control()).collect();
    set.add(
        "control",
        "xlsx",
        xlsx("", &[("A1", letters.as_str()), ("C2", letters.as_str())]),
        Want::Refused,
    );
    set.add(
        "control",
        "xml",
        ubl("", &UBL_LINE.replace("Hinge", &letters)),
        Want::Any,
    );
    set.add(
        "control",
        "xml",
        ubl("", &UBL_LINE.replace(">10<", &format!(">{letters}<"))),
        Want::Refused,
    );
    set.add(
        "control",
        "edi",
        edifact(&["LIN+1++HG\u{1b}[2J-1:SA'", "QTY+21:1\u{202e}0'"]),
        Want::Refused,
    );
    set.add(
        "control",
        "x12",
        x12(&["PO1*1*1\u{1b}0*EA*2.5**VN*HG-1"]),
        Want::Refused,
    );
    set.add(
        "control",
        "eml",
        mail(
            &format!("Subject: {ACTS}\r\nContent-Type: text/plain"),
            ACTS,
        ),
        Want::Any,
    );
    set.add(
        "control",
        "txt",
        format!("订单号 {ACTS}\n数量 {ACTS}"),
        Want::Any,
    );
    set.add(
        "control",
        "json",
        json(&format!(", \"{}\": 1", letters)),
        Want::Refused,
    );
    set.add(
        "control",
        "json",
        json(", \"customers\": [{\"code\": \"\\u001b[2J\\u202e\", \"name\": 5}]"),
        Want::Refused,
    );
    set.named(
        "control",
        "acts\u{1b}[31m\u{202e}gpj\u{200b}.csv",
        "no,sheet\n1,2\n",
        Want::Refused,
    );
    set.named("control", "gpj\u{202e}xslx.xlsx", "none", Want::Refused);
    set.named("control", "line\nbreak.json", "none", Want::Refused);
}
