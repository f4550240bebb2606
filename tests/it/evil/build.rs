//! Right files of each format, small, to be spoilt; and the packing of workbooks.

use std::io::Write;

use zip::write::{SimpleFileOptions, ZipWriter};

pub(crate) const HEADS: &str = "订单号,客户,货号,品名,数量,单价,要求交期";

/// An order sheet with these cells in the place of the usual ones.
pub(crate) fn csv(cells: &[(&str, &str)]) -> Vec<u8> {
    let usual = [
        ("订单号", "EV-1"),
        ("客户", "Evil & Sons"),
        ("货号", "HG-1"),
        ("品名", "合页"),
        ("数量", "10"),
        ("单价", "2.5"),
        ("要求交期", "2027-01-15"),
    ];
    let row: Vec<String> = usual
        .iter()
        .map(|(head, text)| {
            let own = cells.iter().find(|(h, _)| h == head);
            let text = own.map_or(*text, |(_, t)| t);
            format!("\"{}\"", text.replace('"', "\"\""))
        })
        .collect();
    format!("{HEADS}\n{}\n", row.join(",")).into_bytes()
}

/// Packs files; `tight` deflates them.
pub(crate) fn pack(members: &[(&str, Vec<u8>)], tight: bool) -> Vec<u8> {
    let method = if tight {
        zip::CompressionMethod::Deflated
    } else {
        zip::CompressionMethod::Stored
    };
    let options = SimpleFileOptions::default().compression_method(method);
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The members of a workbook of one sheet.
pub(crate) fn xlsx_members(sheet: &str, shared: &str) -> Vec<(&'static str, Vec<u8>)> {
    let types = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
    );
    let root = format!(
        "{HEAD}<Relationships xmlns=\"{RELS}\"><Relationship Id=\"r1\" \
         Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let book = format!(
        "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>\
         <sheet name=\"订单\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let rels = format!(
        "{HEAD}<Relationships xmlns=\"{RELS}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" \
         Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    vec![
        ("[Content_Types].xml", types.into_bytes()),
        ("_rels/.rels", root.into_bytes()),
        ("xl/workbook.xml", book.into_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.into_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes().to_vec()),
        ("xl/sharedStrings.xml", shared.as_bytes().to_vec()),
    ]
}

/// A sheet of inline texts: place and content.
pub(crate) fn xlsx_sheet(before: &str, cells: &[(&str, &str)]) -> String {
    let mut out = format!("{HEAD}<worksheet xmlns=\"{MAIN}\">{before}<sheetData>");
    for (place, text) in cells {
        let row: String = place.chars().filter(char::is_ascii_digit).collect();
        out.push_str(&format!(
            "<row r=\"{row}\"><c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"
        ));
    }
    out + "</sheetData></worksheet>"
}

pub(crate) fn shared(texts: &str, said: &str) -> String {
    format!("{HEAD}<sst xmlns=\"{MAIN}\" uniqueCount=\"{said}\">{texts}</sst>")
}

/// The cells of a right order sheet.
pub(crate) const CELLS: [(&str, &str); 8] = [
    ("A1", "订单号"),
    ("B1", "货号"),
    ("C1", "数量"),
    ("D1", "要求交期"),
    ("A2", "EV-2"),
    ("B2", "HG-1"),
    ("C2", "10"),
    ("D2", "2027-01-15"),
];

pub(crate) fn xlsx(before: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let cells: Vec<(&str, &str)> = CELLS.iter().chain(more).copied().collect();
    pack(
        &xlsx_members(&xlsx_sheet(before, &cells), &shared("", "0")),
        true,
    )
}

/// An ODS of one table.
pub(crate) fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "{HEAD}<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet>\
         <table:table table:name=\"订单\">{rows}</table:table></office:spreadsheet></office:body>\
         </office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "{HEAD}<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/></manifest:manifest>"
    );
    pack(
        &[
            ("mimetype", kind.as_bytes().to_vec()),
            ("META-INF/manifest.xml", manifest.into_bytes()),
            ("content.xml", content.into_bytes()),
        ],
        true,
    )
}

/// A row of an ODS table.
pub(crate) fn ods_row(cells: &[&str], attributes: &str) -> String {
    let cells: String = cells
        .iter()
        .map(|text| {
            format!(
                "<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"
            )
        })
        .collect();
    format!("<table:table-row {attributes}>{cells}</table:table-row>")
}

/// An order message with this in the place of its usual line, and this before it.
pub(crate) fn ubl(before: &str, line: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>{before}\
         <Order xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Order-2\"><ID>EV-3</ID>\
         <IssueDate>2026-11-20</IssueDate><BuyerCustomerParty><Party><PartyName><Name>Evil GmbH</Name>\
         </PartyName></Party></BuyerCustomerParty>\n<OrderLine><LineItem>{line}</LineItem></OrderLine>\n</Order>"
    )
}

pub(crate) const UBL_LINE: &str = "<ID>1</ID><Quantity unitCode=\"C62\">10</Quantity><Delivery>\
    <RequestedDeliveryPeriod><EndDate>2027-01-15</EndDate></RequestedDeliveryPeriod></Delivery>\
    <Item><Name>Hinge</Name><SellersItemIdentification><ID>HG-1</ID></SellersItemIdentification></Item>";

/// An EDIFACT order of these segments between its first ones and its end.
pub(crate) fn edifact(segments: &[&str]) -> String {
    let count = segments.len() + 4;
    format!(
        "UNB+UNOC:3+SENDER+RECEIVER+261120:0800+1'\nUNH+1+ORDERS:D:96A:UN'\nBGM+220+EV-4+9'\n\
         DTM+2:20270115:102'\n{}\nUNT+{count}+1'\nUNZ+1+1'",
        segments.join("\n")
    )
}

pub(crate) const LIN: [&str; 2] = ["LIN+1++HG-1:SA'", "QTY+21:10'"];

/// An X12 order of these segments between its first ones and its end.
pub(crate) fn x12(segments: &[&str]) -> String {
    let count = segments.len() + 3;
    format!(
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *261120*0800*U*00401*000000001*0*P*>~\
         GS*PO*S*R*20261120*0800*1*X*004010~ST*850*0001~BEG*00*SA*EV-5**20261120~{}~SE*{count}*0001~\
         GE*1*1~IEA*1*000000001~",
        segments.join("~")
    )
}

pub(crate) const PO1: [&str; 2] = ["PO1*1*10*EA*2.5**VN*HG-1", "DTM*002*20270115"];

/// A mail with these headers and this body.
pub(crate) fn mail(headers: &str, body: &str) -> Vec<u8> {
    format!(
        "From: Evil <evil@example.com>\r\nTo: us@example.com\r\nDate: Fri, 20 Nov 2026 16:05:00 +0800\r\n\
         MIME-Version: 1.0\r\n{headers}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// An interchange file of these lists.
pub(crate) fn json(lists: &str) -> Vec<u8> {
    format!("{{\"format\": \"gendan/1\"{lists}}}").into_bytes()
}
