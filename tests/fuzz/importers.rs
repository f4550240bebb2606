//! Fuzz targets: everything that reads files of others.

use gendan::text::{Lang, transfer as words};
use gendan::transfer::draft::{Options, Preview};
use gendan::transfer::{self, headings, json, paper, plan};

use super::{Target, fuzz, real};
use crate::evil::build::{self, LIN, PO1, UBL_LINE};
use crate::support::{mail_with, order_workbook};

/// Reads a file as the program would, says all that is wrong, and goes on to what would be saved.
fn import(name: &str, bytes: &[u8]) -> Preview {
    let today = "2026-11-23".parse().unwrap();
    let preview = transfer::read(name, bytes, &Options::default(), today);
    for lang in [Lang::Zh, Lang::En] {
        for error in &preview.errors {
            assert!(!words::error(error, lang).is_empty());
        }
        let _ = (words::found(&preview, lang), words::to_ask(&preview, lang));
    }
    let _ = plan::mapping(&preview, &headings::Mapping::default());
    preview
}

fn book() -> Vec<u8> {
    order_workbook("EV-9", &[("HG-1", "合页", "10", "2.5", "2027-01-15")])
}

#[test]
fn sheets_of_text() {
    let mut seeds = vec![
        build::csv(&[]),
        "采购单号,行,料号,回复交期,回复数量\nPO-1,1,A,2027-01-05,5\n".into(),
        "料号;现有库存;冻结\nA;5;1\n".into(),
        "生产单\t工序\t合格数\tDate\nMO-1\t10\t5\t2026-11-20\n".into(),
    ];
    seeds.extend(real("csv"));
    let read = |bytes: &[u8]| drop(import("a.csv", bytes));
    fuzz(&Target {
        name: "csv",
        seeds,
        read,
        cases: 300,
        longest: 8_192,
    });
}

#[test]
fn workbooks() {
    let mut seeds = vec![
        book(),
        build::xlsx("", &[]),
        build::ods(&build::ods_row(&["订单号", "货号", "数量"], "")),
    ];
    seeds.extend(real("xlsx"));
    let read = |bytes: &[u8]| drop(import("a.xlsx", bytes));
    fuzz(&Target {
        name: "workbook, bytes",
        seeds,
        read,
        cases: 10,
        longest: 64 * 1024,
    });
}

#[test]
fn the_xml_in_workbooks() {
    // Spoilt before it is packed: what a checksum would stop gets through.
    let seeds = vec![
        build::xlsx_sheet("<dimension ref=\"A1:D2\"/>", &build::CELLS).into_bytes(),
        build::xlsx_sheet("", &build::CELLS)
            .replace("t=\"inlineStr\"><is><t>10</t></is>", "t=\"s\"><v>0</v>")
            .into_bytes(),
    ];
    let read = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes);
        let shared = build::shared("<si><t>a</t></si>", "1");
        drop(import(
            "a.xlsx",
            &build::pack(&build::xlsx_members(&text, &shared), false),
        ));
        drop(import("a.ods", &build::ods(&text)));
    };
    fuzz(&Target {
        name: "workbook, xml",
        seeds,
        read,
        cases: 10,
        longest: 8_192,
    });
}

#[test]
fn ods_rows() {
    let seeds = vec![
        (build::ods_row(&["订单号", "货号", "数量"], "")
            + &build::ods_row(&["EV", "HG", "1"], "table:number-rows-repeated=\"3\""))
            .into_bytes(),
    ];
    let read = |bytes: &[u8]| {
        drop(import(
            "a.ods",
            &build::ods(&String::from_utf8_lossy(bytes)),
        ))
    };
    fuzz(&Target {
        name: "ods, xml",
        seeds,
        read,
        cases: 10,
        longest: 8_192,
    });
}

#[test]
fn mails() {
    let mut seeds = vec![
        mail_with(
            "PO EV-8",
            "Li <a@b.cn>",
            "订单号 EV-8, total 250 USD",
            "a.csv",
            &build::csv(&[]),
        ),
        build::mail(
            "Subject: =?utf-8?B?6K6i5Y2V?=\r\nContent-Type: text/html; charset=gbk",
            "<table><tr><td>货号</td><td>数量</td></tr><tr><td>A</td><td>5</td></tr></table>",
        ),
        build::mail(
            "Subject: Fwd\r\nContent-Type: message/rfc822",
            "Subject: PO 7\r\n\r\nPO 7",
        ),
    ];
    seeds.extend(real("eml").into_iter().filter(|b| b.len() < 16_384));
    let read = |bytes: &[u8]| drop(import("a.eml", bytes));
    fuzz(&Target {
        name: "mail",
        seeds,
        read,
        cases: 200,
        longest: 16_384,
    });
}

#[test]
fn xml_orders() {
    let mut seeds = vec![build::ubl("", UBL_LINE).into_bytes()];
    seeds.extend(real("xml").into_iter().filter(|b| b.len() < 32_768));
    let read = |bytes: &[u8]| drop(import("a.xml", bytes));
    fuzz(&Target {
        name: "ubl",
        seeds,
        read,
        cases: 300,
        longest: 32_768,
    });
}

#[test]
fn edi_messages() {
    let mut seeds = vec![
        build::edifact(&LIN).into_bytes(),
        format!("UNA:+.? '{}", build::edifact(&LIN)).into_bytes(),
        build::x12(&PO1).into_bytes(),
        build::x12(&["POC*1*QI*5*0*EA*2.5**VN*HG-1"])
            .replace("850", "860")
            .into_bytes(),
    ];
    seeds.extend(real("edi"));
    seeds.extend(
        real("txt")
            .into_iter()
            .filter(|b| b.starts_with(b"UN") || b.starts_with(b"ISA")),
    );
    let read = |bytes: &[u8]| drop(import("a.edi", bytes));
    fuzz(&Target {
        name: "edi",
        seeds,
        read,
        cases: 300,
        longest: 16_384,
    });
}

#[test]
fn messages() {
    let mut seeds: Vec<Vec<u8>> = vec![
        "张姐，追加 5cm 合页 300 个，黑色，12月20号前要，单价2.5元，月结30天，含税。".into(),
        "Please send 1,200 pcs of HG-1 in navy (S 100 / M 200) by Dec 20, USD 2.50 FOB Ningbo."
            .into(),
    ];
    seeds.extend(real("txt").into_iter().filter(|b| b.len() < 4_096));
    let read = |bytes: &[u8]| drop(import("a.txt", bytes));
    fuzz(&Target {
        name: "message",
        seeds,
        read,
        cases: 15,
        longest: 4_096,
    });
}

#[test]
fn mapping_files() {
    let seeds = vec![
        "\"货号\" = \"item\"\n\"数量\" = \"qty\"\n".into(),
        "# comment\nPO = 'order_no'\n'a b' = \"\"\"item\"\"\"\n".into(),
    ];
    let read = |bytes: &[u8]| {
        if let Err(wrong) = headings::mapping(&String::from_utf8_lossy(bytes)) {
            assert!(words::bad_map("a", &wrong, Lang::Zh) != words::bad_map("a", &wrong, Lang::En));
        }
    };
    fuzz(&Target {
        name: "mapping",
        seeds,
        read,
        cases: 300,
        longest: 4_096,
    });
}

#[test]
fn interchange_files() {
    let seeds = vec![
        br#"{"format":"gendan/1","now":"2026-11-23T08:00","customers":[{"code":"C","name":"n","class":"A","weight":4}],
            "items":[{"code":"A","name":"x","make":true,"bom":[{"item":"B","qty":"2","wastage":"0.03"}],
            "routing":[{"seq":10,"name":"s","minutes_per_unit":"1.5"}]},{"code":"B","name":"y","on_hand":"5.5"}],
            "calendars":[{"code":"D","week":{"mon":["08:00-12:00"]},"days":[{"date":"2026-10-01","shifts":[],"name":"x"}]}]}"#
            .to_vec(),
    ];
    let read = |bytes: &[u8]| {
        if let Err(errors) = json::parse(&String::from_utf8_lossy(bytes)) {
            assert!(!errors.is_empty());
            for error in errors {
                let (zh, en) = (error.say(Lang::Zh), error.say(Lang::En));
                assert!(zh != en && !zh.contains('\u{1b}'), "{zh}");
            }
        }
    };
    fuzz(&Target {
        name: "interchange",
        seeds,
        read,
        cases: 300,
        longest: 8_192,
    });
}

#[test]
fn papers_as_text() {
    let seeds = vec![
        build::csv(&[("货号", "Colour: navy")]),
        b"Colour: navy; Length = 5 cm\n".to_vec(),
    ];
    let read = |bytes: &[u8]| {
        for name in ["a.csv", "a.txt", "a.eml", "a.html"] {
            for line in paper::text(name, bytes, None).unwrap_or_default() {
                assert!(!line.contains(gendan::text::safe::acts), "{line:?}");
            }
            let _ = paper::facts(name, bytes, None, &|key| key.len() < 8);
        }
    };
    fuzz(&Target {
        name: "paper",
        seeds,
        read,
        cases: 40,
        longest: 4_096,
    });
}
