//! Data from and to other programs: the interchange file, and the files people send: orders,
//! suppliers' promises, receipts, stock counts.
//!
//! Reading is pure: bytes in, a [`draft::Preview`] out. Nothing is written before the user has
//! seen it, and then all of a file or nothing.

mod arrival_sheet;
pub mod arrivals;
pub mod compare;
pub mod draft;
pub mod edi;
pub mod extract;
pub mod headings;
pub mod join;
pub mod json;
pub mod limits;
pub mod mail;
pub mod order_sheet;
pub mod paper;
pub mod plan;
mod reading;
pub mod rows;
pub mod sample;
pub mod sheet;
mod shield;
pub mod sized;
pub mod ubl;
pub mod values;

use chrono::NaiveDate;

use draft::{Fault, Options, Place, Preview};
use headings::{Desk, Kind};
use limits::Limit;
use sheet::{Sheet, SheetError};

/// Reads an order file of any kind that is known, by its name and content.
#[must_use]
pub fn read(name: &str, bytes: &[u8], options: &Options, today: NaiveDate) -> Preview {
    let mut preview = Preview::default();
    if let Err(fault) = read_into(name, bytes, options, today, &mut preview) {
        // Nothing is half read: what came before the fault is let go.
        preview.drafts.clear();
        preview.rows.clear();
        preview.error(placed(name, &fault), "", fault);
    }
    preview
}

/// Where a fault of a whole file stands in it, as far as it says.
fn placed(file: &str, fault: &Fault) -> Place {
    let file = file.to_owned();
    match fault {
        Fault::Sheet(SheetError::Limit {
            sheet, row, column, ..
        }) => Place {
            file,
            sheet: sheet.clone(),
            row: *row,
            column: column.map(draft::column_letter).unwrap_or_default(),
        },
        _ => Place {
            file,
            ..Place::default()
        },
    }
}

fn extension(name: &str) -> String {
    name.rsplit_once('.')
        .map(|(_, e)| e.to_lowercase())
        .unwrap_or_default()
}

fn read_into(
    name: &str,
    bytes: &[u8],
    options: &Options,
    today: NaiveDate,
    preview: &mut Preview,
) -> Result<(), Fault> {
    if bytes.len() > limits::FILE_BYTES_MAX {
        return Err(Limit::File.into());
    }
    let kind = extension(name);
    let may_be_edi = [
        "", "edi", "x12", "edifact", "850", "860", "dat", "txt", "ord",
    ];
    if may_be_edi.contains(&kind.as_str()) && edi::is(bytes) {
        return edi::read(name, bytes, preview);
    }
    match kind.as_str() {
        "csv" | "tsv" => {
            let sheet = sheet::csv(name, bytes).map_err(Fault::Sheet)?;
            read_sheet(&sheet, options, today, preview)
        }
        "xlsx" | "xls" | "xlsm" | "ods" => {
            let sheets = sheet::workbook(name, bytes).map_err(Fault::Sheet)?;
            read_sheets(&sheets, options, today, preview)
        }
        "xml" => ubl::read(name, bytes, preview),
        "eml" => read_mail(name, bytes, options, today, preview),
        "txt" => {
            let (text, _) = sheet::decode(bytes).map_err(Fault::Sheet)?;
            read_text(name, &text, today, preview)
        }
        "pdf" => match &options.pdf {
            Some(text) => read_text(name, text, today, preview),
            None => Err(Fault::Pdf),
        },
        _ => Err(Fault::UnknownKind),
    }
}

/// Reads a message: what rules find in it becomes an order to be completed, its words kept.
fn read_text(name: &str, text: &str, today: NaiveDate, preview: &mut Preview) -> Result<(), Fault> {
    if text.trim().is_empty() {
        return Err(Fault::Sheet(SheetError::Empty));
    }
    if text.chars().count() > limits::MESSAGE_MAX {
        return Err(Limit::Message.into());
    }
    let place = Place {
        file: name.to_owned(),
        ..Place::default()
    };
    preview.message = Some(text.to_owned());
    preview.drafts.push(draft::OrderDraft {
        place,
        ..extract::draft(text, today)
    });
    Ok(())
}

/// Reads a sheet as what it is; says so where it is nothing known.
fn read_sheet(
    sheet: &Sheet,
    options: &Options,
    today: NaiveDate,
    preview: &mut Preview,
) -> Result<(), Fault> {
    let heads = reading::first_row(sheet);
    let (stated, desk) = (options.kind, options.desk);
    let found = headings::recognise(sheet, stated, desk, &options.mapping).or_else(|| {
        let mark = draft::sheet_mark(&heads);
        let mut known = options.remembered.iter().filter(|r| r.who == mark);
        known.find_map(|r| headings::recognise(sheet, stated.or(Some(r.kind)), desk, &r.mapping))
    });
    let Some((kind, found)) = found else {
        let orders = match stated {
            None => desk == Desk::Intake,
            Some(kind) => kind == Kind::Orders,
        };
        return Err(if orders {
            Fault::NoHeadings { unknown: heads }
        } else {
            Fault::NoColumns {
                kind: stated.or((desk == Desk::Progress).then_some(Kind::Progress)),
                unknown: heads,
            }
        });
    };
    // A file is of one kind: that of its first sheet that is of any.
    if !preview.is_bare() && preview.kind != kind {
        return Ok(());
    }
    preview.kind = kind;
    if !options.mapping.is_empty() && preview.mapped.is_empty() {
        preview.mapped = heads;
    }
    preview.unknown.extend(found.unknown.iter().cloned());
    match kind {
        Kind::Orders => order_sheet::read(sheet, &found, options, today, preview),
        _ => arrival_sheet::read(sheet, kind, &found, options, today, preview),
    }
}

/// Reads those sheets that are of a kind that is known; fails where none of them is.
fn read_sheets(
    sheets: &[Sheet],
    options: &Options,
    today: NaiveDate,
    preview: &mut Preview,
) -> Result<(), Fault> {
    let mut first = None;
    let mut any = false;
    for sheet in sheets {
        match read_sheet(sheet, options, today, preview) {
            Ok(()) => any = true,
            Err(fault) => first = first.or(Some(fault)),
        }
    }
    match first {
        Some(fault) if !any => Err(fault),
        _ => Ok(()),
    }
}

/// Reads a mail: orders from its attachments, else from its tables, else what its text names.
fn read_mail(
    name: &str,
    bytes: &[u8],
    options: &Options,
    today: NaiveDate,
    preview: &mut Preview,
) -> Result<(), Fault> {
    let mail = mail::read(bytes)?;
    preview.subject.clone_from(&mail.subject);
    let near = mail.date.map_or(today, |at| at.date());
    let address = mail::address(&mail.from);
    let mut options = options.clone();
    let known = options.remembered.iter().find(|r| r.who == address);
    if let (true, Some(known)) = (options.mapping.is_empty(), known) {
        options.mapping = known.mapping.clone();
        options.kind = options.kind.or(Some(known.kind));
    }
    let options = &options;
    preview.sender = address;
    preview.sent = mail.date.map(|at| at.date());
    let mut faults = Vec::new();
    for file in &mail.attachments {
        let known = ["csv", "tsv", "xlsx", "xls", "xlsm", "ods", "xml"]
            .contains(&extension(&file.name).as_str())
            || edi::is(&file.bytes);
        if known && let Err(fault) = read_into(&file.name, &file.bytes, options, near, preview) {
            faults.push((file.name.clone(), fault));
        }
    }
    if !preview.is_bare() {
        // One that is broken beside one that is not: half of what was sent is not taken.
        for (file, fault) in faults.iter().filter(|(_, fault)| fault.is_broken()) {
            preview.error(placed(file, fault), "", fault.clone());
        }
    }
    if preview.is_bare() {
        let tables = sheet::html(name, &mail.html).map_err(Fault::Sheet)?;
        // A table that is no order is decoration; the text may still name one.
        let _ = read_sheets(&tables, options, near, preview);
    }
    if preview.is_bare() {
        if let Some((file, fault)) = faults.into_iter().next() {
            preview.error(placed(&file, &fault), "", fault);
            return Ok(());
        }
        if options.kind.is_some_and(|kind| kind != Kind::Orders) {
            return Err(Fault::NoRows);
        }
        preview.drafts.push(named_in_text(name, &mail));
    }
    let number = mail::order_number(&mail.subject);
    for draft in &mut preview.drafts {
        draft.words.clone_from(&mail.text);
        draft.received_from.clone_from(&mail.from);
        draft.received_at = mail.date;
        if draft.order_no.is_empty() && draft.customer_po.is_empty() {
            draft.order_no = number.clone().unwrap_or_default();
        }
    }
    preview.attachments = mail.attachments;
    Ok(())
}

/// What a mail without any table says of an order: a number, a total, a date; nothing invented.
fn named_in_text(name: &str, mail: &mail::Mail) -> draft::OrderDraft {
    let total = mail::total(&mail.text);
    draft::OrderDraft {
        order_no: mail::order_number(&mail.subject)
            .or_else(|| mail::order_number(&mail.text))
            .unwrap_or_default(),
        order_date: mail.date.map(|at| at.date()),
        currency: total
            .as_ref()
            .map(|(_, currency)| currency.clone())
            .unwrap_or_default(),
        total: total.map(|(sum, _)| sum),
        place: Place {
            file: name.to_owned(),
            ..Place::default()
        },
        ..draft::OrderDraft::default()
    }
}
