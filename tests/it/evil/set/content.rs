//! Files that are whole, and say what cannot be: values, references, names, entities, mails.

use gendan::transfer::limits::{ATTACHMENTS_MAX, COLUMNS_MAX, MAP_ENTRIES_MAX, PARTS_MAX};

use super::{Set, Want};
use crate::evil::build::{
    self, CELLS, HEADS, LIN, PO1, UBL_LINE, csv, edifact, json, mail, pack, ubl, x12, xlsx_members,
    xlsx_sheet,
};
use crate::support::mail_with;

pub(super) fn values(set: &mut Set) {
    for qty in [
        "1e999",
        "1000000000000000000000000000000",
        "NaN",
        "inf",
        "-5",
        "0x10",
        "1e-30",
        "",
        "１２３４５６７８９０１２３",
        "9".repeat(400).as_str(),
        "1,2,3",
        "٣٤",
    ] {
        let want = if qty.is_empty() {
            Want::Any
        } else {
            Want::Refused
        };
        set.add("number", "csv", csv(&[("数量", qty)]), want);
    }
    for day in [
        "9999-99-99",
        "2027-02-30",
        "0000-00-00",
        "99999-01-01",
        "-2027-01-01",
        "3/4/2027",
        "2958466",
        "1e9",
        "now",
        "1",
    ] {
        set.add("date", "csv", csv(&[("要求交期", day)]), Want::Refused);
    }
    for price in ["-1", "1e400", "0.0000001"] {
        set.add("number", "csv", csv(&[("单价", price)]), Want::Refused);
    }
    let typed = |cell: &str| {
        let sheet = xlsx_sheet("", &CELLS).replace("<row r=\"3\">", "");
        let sheet = sheet.replace("<c r=\"C2\" t=\"inlineStr\"><is><t>10</t></is></c>", cell);
        pack(&xlsx_members(&sheet, &build::shared("", "0")), true)
    };
    for n in ["1e999", "NaN", "-1e308", "1e300", "2958466", "--"] {
        set.add(
            "number",
            "xlsx",
            typed(&format!("<c r=\"C2\"><v>{n}</v></c>")),
            if n == "2958466" {
                Want::Read
            } else {
                Want::Refused
            },
        );
    }
    set.add(
        "place",
        "xlsx",
        typed("<c r=\"ZZZZZZZZ99999999999\"><v>1</v></c>"),
        Want::Refused,
    );
    set.add(
        "place",
        "xlsx",
        typed("<c r=\"C2\" t=\"s\"><v>77</v></c>"),
        Want::Any,
    );
    for (from, to) in [
        (">10<", ">1e999<"),
        (">10<", ">-3<"),
        ("2027-01-15", "9999-99-99"),
        (">10<", ">NaN<"),
    ] {
        set.add(
            "number",
            "xml",
            ubl("", &UBL_LINE.replace(from, to)),
            Want::Refused,
        );
    }
    for qty in [
        "QTY+21:1e999'",
        "QTY+21:-10'",
        "QTY+21:99999999999999999999999'",
    ] {
        set.add("number", "edi", edifact(&[LIN[0], qty]), Want::Refused);
    }
    set.add(
        "date",
        "edi",
        edifact(&[LIN[0], LIN[1], "DTM+2:99999999:102'"]),
        Want::Refused,
    );
    set.add(
        "number",
        "x12",
        x12(&["PO1*1*-10*EA*2.5**VN*HG-1"]),
        Want::Refused,
    );
    set.add(
        "date",
        "x12",
        x12(&[PO1[0], "DTM*002*20271399"]),
        Want::Refused,
    );
    let order = |qty: &str| {
        json(&format!(
            ", \"items\": [{{\"code\": \"I9\", \"name\": \"x\", \"on_hand\": {qty}}}]"
        ))
    };
    for qty in ["1e999", "-1", "\"NaN\"", "1e30", "0.00000001", "true", "{}"] {
        set.add(
            "number",
            "json",
            order(qty),
            if qty == "-1" {
                Want::Any
            } else {
                Want::Refused
            },
        );
    }
}

pub(super) fn references(set: &mut Set) {
    let item = |code: &str, bom: &str| {
        format!(
            "{{\"code\": \"{code}\", \"name\": \"x\", \"make\": true, \"bom\": [{{\"item\": \"{bom}\", \"qty\": \"1\"}}]}}"
        )
    };
    let list = |items: &[String]| json(&format!(", \"items\": [{}]", items.join(",")));
    set.add("loop", "json", list(&[item("L1", "L1")]), Want::Any);
    set.add(
        "loop",
        "json",
        list(&[item("L1", "L2"), item("L2", "L3"), item("L3", "L1")]),
        Want::Any,
    );
    set.add(
        "dangling",
        "json",
        list(&[item("D1", "NONE")]),
        Want::Refused,
    );
    set.add(
        "twice",
        "json",
        list(&[item("T1", "T2"), item("T1", "T2")]),
        Want::Refused,
    );
    set.add(
        "dangling",
        "json",
        json(", \"suppliers\": [{\"code\": \"S9\", \"name\": \"x\", \"calendar\": \"NONE\"}]"),
        Want::Refused,
    );
    set.add(
        "dangling",
        "json",
        json(", \"orders\": [{\"no\": \"X\", \"customer\": \"NONE\"}]"),
        Want::Refused,
    );
    set.add(
        "twice",
        "json",
        json(", \"customers\": [], \"customers\": []"),
        Want::Refused,
    );
    set.add(
        "code",
        "json",
        json(", \"customers\": [{\"code\": \"C\", \"name\": \"n\", \"class\": \"Z\"}]"),
        Want::Refused,
    );
    set.add(
        "marks",
        "json",
        json(", \"inspections\": [{\"ref\": 1, \"re_of\": 1, \"order\": \"NONE\"}]"),
        Want::Refused,
    );
    set.add(
        "unknown",
        "csv",
        "采购单号,料号,回复交期\nPO-NONE,X-NONE,2027-01-05\n",
        Want::Any,
    );
    set.add(
        "twice",
        "csv",
        [csv(&[]), csv(&[])[HEADS.len() + 1..].to_vec()].concat(),
        Want::Any,
    );
    set.add(
        "change",
        "edi",
        edifact(&LIN).replace("ORDERS", "ORDCHG"),
        Want::Any,
    );
    set.add(
        "counts",
        "edi",
        edifact(&[LIN[0], LIN[1], "UNS+S'", "CNT+2:99'"]),
        Want::Refused,
    );
    set.add("counts", "x12", x12(&[PO1[0], "CTT*9"]), Want::Refused);
}

pub(super) fn entities(set: &mut Set) {
    let laughs: String = (0..9)
        .map(|n| {
            let inner = if n == 0 {
                "ha".to_owned()
            } else {
                format!("&l{};", n - 1).repeat(10)
            };
            format!("<!ENTITY l{n} \"{inner}\">")
        })
        .collect();
    let used = UBL_LINE.replace("Hinge", "&l8;");
    set.add(
        "laughs",
        "xml",
        ubl(&format!("<!DOCTYPE Order [{laughs}]>"), &used),
        Want::Refused,
    );
    set.add(
        "external",
        "xml",
        ubl(
            "<!DOCTYPE Order [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
            &UBL_LINE.replace("Hinge", "&x;"),
        ),
        Want::Refused,
    );
    set.add(
        "external",
        "xml",
        ubl(
            "<!DOCTYPE Order SYSTEM \"http://example.com/x.dtd\">",
            UBL_LINE,
        ),
        Want::Refused,
    );
    set.add(
        "entity",
        "xml",
        ubl("", &UBL_LINE.replace("Hinge", "&unknown;")),
        Want::Refused,
    );
    set.add(
        "entity",
        "xml",
        ubl("", &UBL_LINE.replace("Hinge", "&#xD800;")),
        Want::Refused,
    );
    set.add(
        "entity",
        "xml",
        ubl("", &UBL_LINE.replace("Hinge", "&#27;[2J")),
        Want::Any,
    );
    let sheet = xlsx_sheet("", &CELLS)
        .replace("<worksheet", &format!("<!DOCTYPE x [{laughs}]><worksheet"))
        .replace("HG-1", "&l8;");
    set.add(
        "laughs",
        "xlsx",
        pack(&xlsx_members(&sheet, &build::shared("", "0")), true),
        Want::Any,
    );
}

pub(super) fn maps(set: &mut Set) {
    set.add("map", "toml", "not toml at all", Want::Refused);
    set.add("map", "toml", "\"货号\" = \"no_such_field\"", Want::Refused);
    set.add("map", "toml", "\"货号\" = 5", Want::Refused);
    set.add(
        "map",
        "toml",
        "\"a\" = \"item\"\n\"a\" = \"qty\"",
        Want::Refused,
    );
    set.add("map", "toml", "[table]\nx = \"item\"", Want::Refused);
    set.add("map", "toml", vec![0xff, 0xfe, 0x00], Want::Refused);
    set.add(
        "map",
        "toml",
        "\"\u{1b}[2J\u{202e}\" = \"nothing\"",
        Want::Refused,
    );
    let many: String = (0..=MAP_ENTRIES_MAX)
        .map(|n| format!("h{n} = \"item\"\n"))
        .collect();
    set.add("map", "toml", many, Want::Refused);
    set.add(
        "map",
        "toml",
        "\"货号\" = \"item\"\n\"数量\" = \"qty\"\n",
        Want::Read,
    );
}

pub(super) fn names(set: &mut Set) {
    let long = format!("{}.csv", "n".repeat(300));
    for name in [
        "../../x.csv",
        "/etc/x.csv",
        "C:\\\\x\\\\y.csv",
        "..",
        "CON.csv",
        "nul",
        "a.csv:b.csv",
        ".csv",
        long.as_str(),
        "%2e%2e%2fx.csv",
        "x\u{202e}vsc.exe",
    ] {
        let bytes = csv(&[("订单号", "EV-NAME")]);
        let file = mail_with("PO EV-8", "a@b.cn", "see enclosed", name, &bytes);
        set.add("traversal", "eml", file, Want::Any);
    }
}

pub(super) fn mails(set: &mut Set) {
    let mixed = |body: &str| {
        mail(
            "Subject: PO EV-6\r\nContent-Type: multipart/mixed; boundary=\"bb\"",
            body,
        )
    };
    set.add(
        "boundary",
        "eml",
        mixed("--bb\r\nContent-Type: text/plain\r\n\r\nno end"),
        Want::Any,
    );
    set.add("boundary", "eml", mixed("no part at all"), Want::Any);
    set.add(
        "boundary",
        "eml",
        mail(
            "Subject: PO\r\nContent-Type: multipart/mixed",
            "--\r\n\r\n--",
        ),
        Want::Any,
    );
    set.add(
        "boundary",
        "eml",
        mail(
            "Subject: PO\r\nContent-Type: multipart/mixed; boundary=\"\"",
            "--\r\n--\r\n",
        ),
        Want::Any,
    );
    set.add(
        "parts",
        "eml",
        mixed(&"--bb\r\n\r\n".repeat(3 * PARTS_MAX)),
        Want::Refused,
    );
    let file = "--bb\r\nContent-Disposition: attachment; filename=a.bin\r\n\r\nx\r\n";
    set.add(
        "attachments",
        "eml",
        mixed(&(file.repeat(ATTACHMENTS_MAX + 1) + "--bb--")),
        Want::Refused,
    );
    set.add(
        "headers",
        "eml",
        mail(&"X: y\r\n".repeat(12_000), "x"),
        Want::Refused,
    );
    set.add("headers", "eml", ": : :\r\n\r\n", Want::Refused);
    set.add("headers", "eml", "\r\n\r\n\r\n", Want::Refused);
    let base64 = |body: &str| {
        mixed(&format!(
            "--bb\r\nContent-Type: text/csv; name=a.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--bb--\r\n"
        ))
    };
    set.add("base64", "eml", base64("!!!!not base64!!!!"), Want::Any);
    set.add("base64", "eml", base64("QUJD="), Want::Any);
    set.add(
        "tables",
        "eml",
        mail(
            "Subject: PO EV-6\r\nContent-Type: text/html",
            &"<tablex".repeat(40_000),
        ),
        Want::Any,
    );
    let wide = format!(
        "<table><tr>{}</tr><tr><td>1</td></tr></table>",
        "<td>x</td>".repeat(COLUMNS_MAX + 1)
    );
    set.add(
        "tables",
        "eml",
        mail("Subject: PO EV-6\r\nContent-Type: text/html", &wide),
        Want::Refused,
    );
    // One good sheet and one that is cut: neither is taken.
    let good = String::from_utf8(csv(&[])).unwrap();
    let both = format!(
        "--bb\r\nContent-Type: text/csv; charset=utf-8; name=a.csv\r\n\r\n{good}\r\n--bb\r\n\
         Content-Type: application/octet-stream; name=b.xlsx\r\n\r\nPK\u{3}\u{4}cut\r\n--bb--\r\n"
    );
    set.add("half", "eml", mixed(&both), Want::Refused);
}
